import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runs } from '../../../src/engines/embed/runs.js';
import { TokenSource } from '../../../src/engines/embed/tokens.js';
import { type TokenizerKind, tinyTokenizer } from '../../support/hub/tokenizers.js';

const effort = { signal: new AbortController().signal, urgency: 'interactive' as const };
const bytes = (json: object) => new TextEncoder().encode(JSON.stringify(json));
const KINDS: TokenizerKind[] = ['wordpiece', 'bpe', 'unigram'];

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'refund',
        'Refund,',
        'don’t',
        "it's",
        'rain.',
        '中文字',
        'naïve',
        '👍🏽',
        'the',
        'a',
        '42nd',
        'x-y',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }).map((word) => word.replace(/\s/g, '_')),
    ),
    { maxLength: 20 },
  )
  .chain((words) => fc.constantFrom(' ', '  ', '\n').map((space) => words.join(space).trim()));

describe.each(KINDS)('%s', (kind) => {
  const { json } = tinyTokenizer(kind);
  const whole = new Tokenizer(json, {});

  test('gives the ids that the tokenizer gives the whole text', async () => {
    const source = new TokenSource(bytes(json), '', runs);
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const { ids } = await source.read(value, effort);
        expect([...ids]).toEqual(whole.encode(value, { add_special_tokens: false }).ids);
      }),
    );
  });

  test('stands between its special tokens, behind its prefix', async () => {
    const plain = new TokenSource(bytes(json), '', runs);
    const prefixed = new TokenSource(bytes(json), 'query: ', runs);
    const framed = async (source: TokenSource, value: string) => [
      ...source.open,
      ...(await source.read(value, effort)).ids,
      ...source.close,
    ];
    expect(await framed(plain, 'the refund was cold')).toEqual(whole.encode('the refund was cold').ids);
    expect(await framed(prefixed, 'the refund was cold')).toEqual(whole.encode('query: the refund was cold').ids);
    expect(prefixed.frame).toBeGreaterThan(plain.frame);
  });

  test('reads a text of one long run in pieces, and offsets that lie within it', async () => {
    const source = new TokenSource(bytes(json), '', runs);
    const value = '天气。下雨。👍🏽'.repeat(5000);
    const { ids, starts, ends } = await source.read(value, effort);
    expect(ids.length).toBeGreaterThan(1000);
    expect(starts.every((start, i) => start < (ends[i] ?? 0) && (ends[i] ?? 0) <= value.length)).toBe(true);
  });
});

test.for(['{}', '{', '[]', '{"model":{"type":"Other"}}'])('%s is no tokenizer', (content) => {
  expect(() => new TokenSource(new TextEncoder().encode(content))).toThrow(
    expect.objectContaining({ code: 'MODEL_UNAVAILABLE' }),
  );
});
