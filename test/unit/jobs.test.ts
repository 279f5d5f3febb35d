import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failure } from '../../src/contract/errors.js';
import { type AskTexts, answerLines } from '../../src/service/jobs/answer.js';
import { readInput } from '../../src/service/jobs/input.js';
import { readLines } from '../../src/service/jobs/lines.js';
import { LineCounter } from '../../src/service/jobs/upload.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes in pieces that end anywhere. */
const pieces = fc
  .tuple(
    fc.array(fc.oneof(fc.constantFrom('\n', '\r\n', ' ', '\ufeff', 'a', '"ü"', '語'), fc.string()), { maxLength: 12 }),
    fc.array(fc.nat(9), { maxLength: 9 }),
    fc.boolean(),
  )
  .map(([parts, cuts, bom]) => {
    const bytes = encoder.encode((bom ? '\ufeff' : '') + parts.join(''));
    const list: Uint8Array[] = [];
    let at = 0;
    for (const cut of cuts) {
      list.push(bytes.subarray(at, at + cut));
      at += cut;
    }
    return [...list, bytes.subarray(at)];
  });

async function* stream(list: readonly Uint8Array[]) {
  yield* list;
}
const whole = (list: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(list));
async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('lines', () => {
  test('are what splitting the whole file gives, wherever the pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, async (list) => {
        const text = decoder.decode(whole(list)).replace(/^\ufeff/, '');
        const wanted = text
          .split('\n')
          .map((line) => line.replace(/^[ \t\r]+|[ \t\r]+$/g, ''))
          .filter((line) => line !== '');
        const lines = await collect(readLines(stream(list)));
        expect(lines.map(({ bytes }) => decoder.decode(bytes))).toEqual(wanted);
        const counter = new LineCounter();
        for (const piece of list) counter.push(piece);
        expect(counter.end()).toBe(wanted.length);
      }),
      { numRuns: 300 },
    );
  });

  test('go on from the end of any of them', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, fc.nat(10), async (list, some) => {
        const all = await collect(readLines(stream(list)));
        const stop = all[some % Math.max(1, all.length)];
        if (!stop) return;
        const rest = whole(list).subarray(stop.end);
        const from = { offset: stop.end, row: stop.index + 1 };
        expect(await collect(readLines(stream([rest]), from))).toEqual(all.slice(all.indexOf(stop) + 1));
      }),
    );
  });

  test('one that is too long is counted, not kept', async () => {
    const long = function* () {
      yield encoder.encode('{"text":"a"}\n{"text":"');
      for (let i = 0; i < 17; i++) yield new Uint8Array(1_000_000).fill(97);
      yield encoder.encode('"}\n{"text":"b"}');
    };
    const lines = await collect(readLines(stream([...long()])));
    expect(lines.map(({ bytes }) => bytes?.length)).toEqual([12, undefined, 12]);
    expect(readInput(lines[1]?.bytes)).toEqual({ error: expect.stringContaining('16000000') });
  });
});

describe('a line', () => {
  test('tells how its id is written, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.string(), fc.nat(4), (id, other, text, space) => {
        const json = JSON.stringify({ other, id, [`${text}.`]: other, text: `${text}.` }, null, space);
        const read = readInput(encoder.encode(json));
        if (!('id' in read)) expect('error' in read && read.error).toContain('id must have at most');
        else expect(JSON.parse(read.id as string)).toEqual(JSON.parse(JSON.stringify(id)));
      }),
    );
  });

  test.each([
    ['{"text":"hello"}', { text: 'hello' }],
    ['{"text":"hello","id":7,"more":1}', { id: '7', text: 'hello' }],
    ['{"text":"hello","id":{"a":[null]}}', { id: '{"a":[null]}', text: 'hello' }],
    [`{"text":"hello","id":"${'x'.repeat(998)}"}`, { id: `"${'x'.repeat(998)}"`, text: 'hello' }],
    [`{"text":"hello","id":"${'x'.repeat(999)}"}`, { error: expect.stringContaining('1000') }],
    [`{"text":"hello","id":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, { error: expect.stringContaining('id') }],
    ['{"id":"x"}', { id: '"x"', error: expect.stringContaining('required') }],
    ['{"id":"x","text":5}', { id: '"x"', error: expect.stringContaining('a number') }],
    ['{"id":9007199254740993,"text":"a"}', { id: '9007199254740993', text: 'a' }],
    ['{"text":"a","id": -0.10 }', { id: '-0.10', text: 'a' }],
    [
      '{"a":{"id":1},"text":"\\\\\\",\\"id\\":2","\\u0069d" : [ 1e999 , "]" ]}',
      { id: '[ 1e999 , "]" ]', text: '\\","id":2' },
    ],
    ['{"id":1,"text":"a","id":2}', { id: '2', text: 'a' }],
    ['{"text":" "}', { error: expect.stringContaining('empty') }],
    ['{"text":"hello"', { error: expect.stringContaining('JSON') }],
    ['["text"]', { error: expect.stringContaining('an array') }],
    ['null', { error: expect.stringContaining('null') }],
  ])('%.80s', (line, wanted) => expect(readInput(encoder.encode(line))).toEqual(wanted));

  test('of invalid UTF-8', () => {
    const bytes = new Uint8Array([...encoder.encode('{"text":"'), 0xff, ...encoder.encode('"}')]);
    expect(readInput(bytes)).toEqual({ error: expect.stringContaining('UTF-8') });
  });
});

describe('answers', () => {
  const ask: AskTexts = async (texts) =>
    texts.map((text) =>
      text === 'bad' ? failure('VALIDATION_ERROR', 'no') : { label: text, confidence: 1, tokens: 1, cached: false },
    );

  test('come in order, one a line, whatever is on it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('{"text":"a","id":1}', '{"text":"bad"}', '{', '{"text":""}', 'null'), {
          maxLength: 300,
        }),
        async (list) => {
          // A blank line has a number, but no result.
          const lines = readLines(stream([encoder.encode(`\n \n${list.join('\n')}`)]));
          const batches = await collect(answerLines(lines, ask, new AbortController().signal));
          const results = batches.flatMap(({ results: some }) =>
            some
              .trim()
              .split('\n')
              .map((line) => JSON.parse(line)),
          );
          expect(results.map(({ index }) => index)).toEqual(list.map((_, i) => i + 2));
          for (const [i, result] of results.entries()) {
            expect('error' in result).toBe(list[i] !== '{"text":"a","id":1}');
            if (!('error' in result)) expect(result).toMatchObject({ id: 1, label: 'a', confidence: 1, tokens: 1 });
          }
          const sum = (key: 'lines' | 'failed') => batches.reduce((all, one) => all + one[key], 0);
          expect(sum('lines')).toBe(list.length);
          expect(sum('failed')).toBe(results.filter((one) => 'error' in one).length);
        },
      ),
    );
  });

  test('carry ids as they were written', async () => {
    const ids = ['9007199254740993', '12345678901234567890', '-0', '1.0', '{"n":1e400}', '"\\u00fc"', 'null'];
    const lines = ids.map((id) => `{"id":${id},"text":"a"}\n`).join('');
    const batches = answerLines(readLines(stream([encoder.encode(lines)])), ask, new AbortController().signal);
    const results = (await collect(batches)).map(({ results: some }) => some).join('');
    expect(results).toBe(
      ids.map((id, i) => `{"index":${i},"id":${id},"label":"a","confidence":1,"tokens":1}\n`).join(''),
    );
  });

  test('the input is read no further than it is asked for', async () => {
    let read = 0;
    const endless = async function* () {
      for (;;) {
        read++;
        yield encoder.encode('{"text":"a"}\n'.repeat(100));
      }
    };
    const batches = answerLines(readLines(endless()), ask, new AbortController().signal);
    await batches.next();
    await batches.next();
    expect(read).toBeLessThan(5);
    await batches.return(undefined);
  });
});
