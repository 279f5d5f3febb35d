import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { checkResults } from '../../eval/ask.js';
import { parseFlags } from '../../eval/flags.js';
import { chunks, requests } from '../../eval/request.js';
import { type EvalSet, readSets } from '../../eval/sets.js';

const fixtures = resolve(import.meta.dirname, '../../fixtures/eval');
const set = (folder: string, name: string): EvalSet => {
  const found = readSets(`${fixtures}/${folder}`).find((one) => one.name === name);
  if (!found) throw new Error(`no set ${name}`);
  return found;
};
const first = (of: EvalSet, ...flags: string[]) => requests(of, of.rows, parseFlags(['--sets', 'd', ...flags]))[0];

test('sets whose file is missing are left out', () => {
  expect(readSets(`${fixtures}/public`).map(({ name }) => name)).toEqual(['kitchen', 'weather', 'chores']);
  expect(() => readSets(fixtures)).toThrow('neither datasets.json nor sets.jsonl');
});

test('a classify request', () => {
  expect(first(set('synthetic', 'library-desk'))).toEqual({
    labels: ['loan', 'return', 'other'],
    descriptions: { loan: 'taking a book home', return: 'bringing a book back' },
    texts: set('synthetic', 'library-desk').rows.map(({ text }) => text),
    cache: false,
  });
});

test('flags put fields in or leave them out', () => {
  const desk = set('synthetic', 'library-desk');
  expect(first(desk, '--bare')).not.toHaveProperty('descriptions');
  expect(first(desk, '--text-type', '--priority', 'fast', '--model', 'm')).toMatchObject({
    text_type: 'desk question',
    priority: 'fast',
    model: 'm',
  });
  expect(first(set('synthetic', 'trail-report'))).toMatchObject({ threshold: 0 });
});

test('examples: the first of each label, cut, and no label without one', () => {
  const examples = first(set('public', 'kitchen'), '--examples', '2')?.examples;
  expect(Object.keys(examples ?? {})).toEqual(['baking', 'frying', 'cleaning']);
  expect(examples?.['baking']).toEqual(['Grease the mould well', 'Bake until golden']);
  expect(examples?.['cleaning']?.[0]).toHaveLength(1000);
});

test('chunks keep the order and the limits of a request', () => {
  const rows = Array.from({ length: 120 }, (_, i) => ({ text: String(i), labels: [] }));
  expect(chunks(rows).map((part) => part.length)).toEqual([50, 50, 20]);
  expect(chunks(rows).flat()).toEqual(rows);
  const long = (length: number) => ({ text: 'é'.repeat(length), labels: [] });
  // 350,000 bytes and two quotes each: the second would take a request over 700,000.
  expect(chunks([long(175_000), long(175_000), long(1)]).map((part) => part.length)).toEqual([1, 2]);
  expect(chunks([long(500_000), long(1)]).map((part) => part.length)).toEqual([1, 1]);
  expect(chunks([])).toEqual([]);
});

test('missing and broken results are refused', () => {
  const good = { label: 'a', confidence: 1 };
  expect(() => checkResults('set', [good], 2)).toThrow('set: 1 results for 2 texts.');
  expect(() => checkResults('set', [good, { error: 'too long' }], 2)).toThrow(
    '1 results with an error, first: too long',
  );
  expect(() => checkResults('set', [good], 1)).not.toThrow();
});
