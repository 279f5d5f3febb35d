import { describe, expect, test } from 'vitest';
import { ClasserError } from '../../src/contract/errors.js';
import { nearest } from '../../src/contract/nearest.js';
import { CALLS, checkRequest, knownFields, unknownFields } from '../../src/contract/request.js';

const many = (count: number) => Array.from({ length: count }, (_, i) => `label ${i}`);
const good = { text: 'hello', labels: ['a', 'b'] };

/** What each bad request answers: the field at fault and words of the message. */
const BAD: [name: string, request: unknown, field: string | undefined, message: RegExp][] = [
  ['no object', 'hello', undefined, /must be an object, not a string/],
  ['null', null, undefined, /must be an object, not null/],
  ['no text', { labels: ['a'] }, 'text', /text is required/],
  ['blank text', { ...good, text: ' \n' }, 'text', /text is empty/],
  ['a number for text', { ...good, text: 3 }, 'text', /must be a string, not a number/],
  ['no labels', { text: 'hello' }, 'labels', /labels or a classifier is required/],
  ['0 labels', { ...good, labels: [] }, 'labels', /1 to 200 entries; this has 0/],
  ['201 labels', { ...good, labels: many(201) }, 'labels', /this has 201/],
  ['a label twice', { ...good, labels: ['a', 'b', 'a'] }, 'labels', /labels\[0\] and labels\[2\] are both "a"/],
  ['an empty label', { ...good, labels: ['a', ''] }, 'labels', /labels\[1\] is empty/],
  ['101 characters', { ...good, labels: ['é'.repeat(101)] }, 'labels', /longer than 100/],
  ['a hole in the labels', { ...good, labels: Array(2) }, 'labels', /labels\[0\] must be a string/],
  ['a description of no label', { ...good, descriptions: { A: 'x' } }, 'descriptions', /"A", which is no label.*"a"\?/],
  ['an example of no label', { ...good, examples: { zzzz: ['x'] } }, 'examples', /"zzzz", which is no label/],
  [
    'a map for descriptions',
    { ...good, descriptions: new Map([['a', 'x']]) },
    'descriptions',
    /not a value of type Map/,
  ],
  ['a description that is no string', { ...good, descriptions: { a: 1 } }, 'descriptions', /description of "a"/],
  ['examples that are no array', { ...good, examples: { a: 'x' } }, 'examples', /array of texts/],
  ['an empty example', { ...good, examples: { a: [''] } }, 'examples', /not empty/],
  ['NaN', { ...good, threshold: Number.NaN }, 'threshold', /from 0 to 1, not NaN/],
  ['a threshold above 1', { ...good, threshold: 1.1 }, 'threshold', /not 1.1/],
  ['priority', { ...good, priority: 'slow' }, 'priority', /standard/],
  ['cache', { ...good, cache: 'no' }, 'cache', /true or false/],
  ['a number for a picture', { labels: ['a'], image: [1] }, 'image', /a Blob or bytes, not a number/],
  ['no pictures', { labels: ['a'], image: [] }, 'image', /1 to 20 entries; this has 0/],
  ['21 pictures', { labels: ['a'], image: Array(21).fill('x') }, 'image', /this has 21/],
  ['a number for a file', { labels: ['a'], file: 1 }, 'file', /a Blob or bytes, not a number/],
  ['an array for a file', { labels: ['a'], file: ['x'] }, 'file', /not an array/],
  ['75 MB of a file', { labels: ['a'], file: new Uint8Array(75_000_001) }, 'file', /over 50000000 bytes/],
  ['a number for a password', { ...good, password: 1 }, 'password', /must be a string/],
  ['a template without a place', { ...good, hypothesis_template: 'x' }, 'hypothesis_template', /exactly once/],
  ['a template with two places', { ...good, hypothesis_template: '{}{}' }, 'hypothesis_template', /exactly once/],
  [
    'a template with two spellings',
    { ...good, hypothesis_template: '{}{label}' },
    'hypothesis_template',
    /exactly once/,
  ],
  ['budget', { ...good, budget_ms: -1 }, 'budget_ms', /at least 0/],
];

describe('a bad request', () => {
  test.each(BAD)('%s', (_, request, field, message) => {
    const run = () => checkRequest(CALLS.tag, request);
    expect(run).toThrow(ClasserError);
    expect(run).toThrow(message);
    expect(run).toThrow(
      expect.objectContaining({ details: field === undefined ? undefined : expect.objectContaining({ field }) }),
    );
  });

  test.each([
    ['none', undefined],
    ['no array', 'x'],
    ['0', []],
    ['1001', Array(1001).fill('x')],
    ['a number among them', ['x', 1]],
  ])('texts: %s', (_, texts) => {
    const run = () => checkRequest(CALLS.classifyBatch, { texts, labels: ['a'] });
    expect(run).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR', details: { field: 'texts' } }));
  });
});

describe('a good request', () => {
  test('fills in what was left out', () => {
    expect(checkRequest(CALLS.classify, good)).toEqual({
      kind: 'classify',
      texts: ['hello'],
      files: [],
      labels: [
        { name: 'a', description: undefined, examples: [] },
        { name: 'b', description: undefined, examples: [] },
      ],
      threshold: 0.5,
      minConfidence: 0,
      textType: undefined,
      template: undefined,
      priority: 'standard',
      cache: true,
      model: undefined,
      scores: false,
      explain: false,
      budget: Number.POSITIVE_INFINITY,
      urgency: 'interactive',
    });
  });

  test('takes names that objects have by nature, and their descriptions', () => {
    const request = JSON.parse('{"text":"x","labels":["__proto__","constructor"],"descriptions":{"__proto__":"p"}}');
    const [proto, ctor] = checkRequest(CALLS.classify, request).labels;
    expect(proto).toEqual({ name: '__proto__', description: 'p', examples: [] });
    expect(ctor?.description).toBeUndefined();
  });

  test('takes each example once, the older name of text_type, and 100 emoji as a label', () => {
    const label = '🎉'.repeat(100);
    const task = checkRequest(CALLS.tag, {
      text: 'x',
      labels: [label],
      examples: { [label]: ['e', 'e'] },
      source_type: 's',
    });
    expect(task.labels[0]?.examples).toEqual(['e']);
    expect(task.textType).toBe('s');
  });

  test.each(['about {}.', 'about {label}.'])('takes the template %s', (hypothesis_template) => {
    expect(checkRequest(CALLS.tag, { ...good, hypothesis_template }).template).toBe('about {label}.');
  });

  test('takes no notice of a threshold on classify', () => {
    expect(checkRequest(CALLS.classify, { ...good, threshold: Number.NaN }).threshold).toBe(0.5);
  });

  test('keeps empty texts in a batch: each has its own error later', () => {
    expect(checkRequest(CALLS.tagBatch, { texts: ['', 'x'], labels: ['a'] }).texts).toEqual(['', 'x']);
  });
});

test('an unknown field is one that the call does not know, of whatever value but undefined', () => {
  const unknown = (fields: object) => unknownFields(fields as never, knownFields(CALLS.tag));
  expect(unknown({ ...good, treshold: 1, label: null })).toEqual(['treshold', 'label']);
  expect(unknown({ ...good, min_confidence: 1 })).toEqual(['min_confidence']);
  expect(unknown({ ...good, whatever: undefined })).toEqual([]);
});

test('a misspelt name has a nearest one, a foreign name has none', () => {
  const near = (name: string) => nearest(name, knownFields(CALLS.tag));
  expect(['treshold', 'label', 'explian', 'zzzzzzzz'].map(near)).toEqual(['threshold', 'labels', 'explain', undefined]);
});
