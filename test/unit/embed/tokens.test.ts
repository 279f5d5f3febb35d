import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passages } from '../../../src/engines/embed/passages.js';
import { TokenSource } from '../../../src/engines/embed/tokens.js';
import { words } from '../../../src/engines/embed/words.js';

const file = readFileSync('models/classer-embed/tokenizer.json');
const source = new TokenSource(file);
const whole = new Tokenizer(JSON.parse(file.toString()), {});
const effort = { signal: new AbortController().signal, urgency: 'interactive' as const };

/** Text of every script and kind, joined by every kind of white space. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'Hello',
        'naïve',
        'running,',
        'don’t',
        '中文字',
        'ελληνικά',
        'שלום',
        '👍🏽',
        '…',
        ' ',
        '\n',
        '\u00a0',
        '\u3000',
      ),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(' '));

describe('TokenSource', () => {
  test('gives the ids that the tokenizer gives the whole text', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const { ids } = await source.read(value, effort);
        expect([...ids]).toEqual(whole.encode(value, { add_special_tokens: false }).ids);
      }),
      { numRuns: 500 },
    );
  });

  test('agrees on words taken apart because they are long', async () => {
    const long = [
      '中'.repeat(500),
      `${'a'.repeat(90)},`.repeat(9),
      `${'x'.repeat(300)}!y`,
      'é'.repeat(150),
      '👍'.repeat(300),
    ];
    for (const value of long) {
      const { ids } = await source.read(value, effort);
      expect([...ids]).toEqual(whole.encode(value, { add_special_tokens: false }).ids);
    }
  });

  test('reads 10 MB of one character in bounded time, and 10 MB of nothing visible', async () => {
    expect((await source.read('a'.repeat(10_000_000), effort)).ids).toHaveLength(1);
    expect((await source.read('\0'.repeat(10_000_000), effort)).ids).toHaveLength(0);
    expect((await source.read(`${'\u200b'.repeat(10_000)}hello`, effort)).ids).toHaveLength(1);
  });

  test('refuses more than a million tokens', async () => {
    const error = { code: 'VALIDATION_ERROR', details: { field: 'text' } };
    await expect(source.read('a '.repeat(1_000_001), effort)).rejects.toMatchObject(error);
    await expect(source.read('中'.repeat(10_000_000), effort)).rejects.toMatchObject(error);
    expect((await source.read('a '.repeat(1_000_000), effort)).ids).toHaveLength(1_000_000);
  });

  test('stops when its signal fires', async () => {
    const controller = new AbortController();
    const reading = source.read('word '.repeat(900_000), { ...effort, signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
  });
});

test('words stand where they say', () => {
  fc.assert(
    fc.property(text, (value) => {
      for (const { text: word, start, end } of words(value)) expect(value.slice(start, end)).toBe(word);
    }),
  );
});

describe('passages', () => {
  test('cover every token once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const tokens = await source.read(value, effort);
        const spans = passages(value, tokens);
        let from = 0;
        for (const span of spans) {
          expect(span.from).toBe(from);
          from = span.to;
        }
        expect(from).toBe(tokens.ids.length);
      }),
    );
  });

  test('end at full stops and at line ends', async () => {
    const value = 'First one. Second one!  “Third?”\nfourth 3.14 line';
    const spans = passages(value, await source.read(value, effort));
    expect(spans.map(({ start, end }) => value.slice(start, end))).toEqual([
      'First one.',
      'Second one!',
      '“Third?”',
      'fourth 3.14 line',
    ]);
  });
});
