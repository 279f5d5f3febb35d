import { describe, expect, test } from 'vitest';
import { checkClassifier, classifierReference, withClassifier } from '../../src/contract/classifier.js';
import { ClasserError } from '../../src/contract/errors.js';
import { CALLS, checkRequest } from '../../src/contract/request.js';
import { Classifiers } from '../../src/service/classifiers.js';
import { MemoryStore } from '../../src/store/memory/store.js';

const definition = {
  name: 'support',
  labels: ['billing', 'bug'],
  descriptions: { billing: 'money', bug: 'broken' },
  examples: { bug: ['it crashes'] },
  mode: 'multi' as const,
  threshold: 0.3,
  text_type: 'ticket',
};

describe('a reference', () => {
  test.each([
    ['support', { name: 'support', version: undefined }],
    ['support@v2', { name: 'support', version: 2 }],
    ['a.b_c-1@v10', { name: 'a.b_c-1', version: 10 }],
  ])('%s', (classifier, wanted) => expect(classifierReference({ classifier })).toEqual(wanted));

  test.each([
    [{ classifier: 'support', labels: ['a'] }, 'VALIDATION_ERROR'],
    [{ classifier: 5 }, 'VALIDATION_ERROR'],
    [{ classifier: ' ' }, 'VALIDATION_ERROR'],
    [{ classifier: 'Support' }, 'CLASSIFIER_NOT_FOUND'],
    [{ classifier: 'support@2' }, 'CLASSIFIER_NOT_FOUND'],
    [{ classifier: '../../etc' }, 'CLASSIFIER_NOT_FOUND'],
    [{ classifier: '..' }, 'CLASSIFIER_NOT_FOUND'],
    [{ classifier: 'x'.repeat(65) }, 'CLASSIFIER_NOT_FOUND'],
    [{ classifier: 'a\nb' }, 'CLASSIFIER_NOT_FOUND'],
  ])('%o is refused', (fields, code) => {
    expect(() => classifierReference(fields)).toThrow(
      expect.objectContaining({ code, details: { field: 'classifier' } }),
    );
  });
});

describe('a definition', () => {
  test.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'With Blanks' }, 'name'],
    [{ name: '..' }, 'name'],
    [{ name: 'a', labels: [] }, 'labels'],
    [{ name: 'a', labels: ['x', 'x'] }, 'labels'],
    [{ name: 'a', labels: ['x'], descriptions: { y: 'z' } }, 'descriptions'],
    [{ name: 'a', labels: ['x'], mode: 'both' }, 'mode'],
    [{ name: 'a', labels: ['x'], threshold: 2 }, 'threshold'],
    [{ name: 'a', labels: ['x'], text_type: 5 }, 'text_type'],
  ])('%o is refused', (input, field) => {
    expect(() => checkClassifier(input)).toThrow(ClasserError);
    expect(() => checkClassifier(input)).toThrow(expect.objectContaining({ details: { field } }));
  });

  test('keeps what it says and nothing else', () => {
    expect(checkClassifier({ ...definition })).toEqual(definition);
    expect(checkClassifier({ name: 'a', labels: ['x'], descriptions: { x: ' ' } })).toEqual({
      name: 'a',
      labels: ['x'],
      mode: 'single',
    });
  });
});

describe('saved classifiers', () => {
  const opened = (store = new MemoryStore()) => new Classifiers(async () => store);

  test('a version never changes, and a name means the newest', async () => {
    const classifiers = opened();
    const one = await classifiers.save(definition);
    expect(one).toEqual({ ...definition, version: 1, created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) });
    const two = await classifiers.save({ name: 'support', labels: ['other'] });
    expect(two).toMatchObject({ version: 2, labels: ['other'], mode: 'single' });
    expect(await classifiers.get('support@v1')).toEqual(one);
    expect(await classifiers.get('support')).toEqual(two);
    await classifiers.save({ name: 'another', labels: ['a'] });
    expect((await classifiers.list()).map(({ name, version }) => [name, version])).toEqual([
      ['another', 1],
      ['support', 2],
    ]);
    await expect(classifiers.get('support@v3')).rejects.toMatchObject({ code: 'CLASSIFIER_NOT_FOUND' });
  });

  test('a number that was removed does not come back', async () => {
    const classifiers = opened();
    await classifiers.save(definition);
    await classifiers.remove('support');
    expect(await classifiers.list()).toEqual([]);
    for (const gone of ['support', 'support@v1']) {
      await expect(classifiers.get(gone)).rejects.toMatchObject({ code: 'CLASSIFIER_NOT_FOUND' });
    }
    await expect(classifiers.remove('support')).rejects.toMatchObject({ code: 'CLASSIFIER_NOT_FOUND' });
    expect((await classifiers.save(definition)).version).toBe(2);
  });

  test('those saved at once get a number each', async () => {
    const store = new MemoryStore();
    const both = [opened(store), opened(store)];
    const saved = await Promise.all(Array.from({ length: 10 }, (_, i) => both[i % 2]?.save(definition)));
    expect(saved.map((one) => one?.version).sort((a = 0, b = 0) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('an export is all of it, through JSON and back', async () => {
    const from = opened();
    await from.save(definition);
    await from.save({ ...definition, labels: ['billing', 'bug', 'praise'] });
    await from.save({ name: 'other', labels: ['__proto__'], descriptions: JSON.parse('{"__proto__":"odd"}') });
    const written = JSON.parse(JSON.stringify(await from.export()));
    const to = opened();
    expect(await to.import(written)).toHaveLength(3);
    expect(await to.export()).toEqual(await from.export());
    await to.import(written);
    expect(await to.export()).toEqual(await from.export());
    expect((await to.save(definition)).version).toBe(3);
  });

  test('an import takes no number that no name could have', async () => {
    const to = opened();
    for (const version of [0, 1.5, 1e308, 2 ** 31, '1']) {
      const one = { ...definition, version, created_at: '2026-01-31T12:00:00.000Z' };
      const exported = { format: 'classer-classifiers', version: 1, classifiers: [one] } as never;
      await expect(to.import(exported)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    }
    expect(await to.list()).toEqual([]);
  });

  test('an import that contradicts what is here adds nothing', async () => {
    const [from, to] = [opened(), opened()];
    await from.save({ name: 'aaa', labels: ['x'] });
    await from.save(definition);
    await to.save({ ...definition, threshold: 0.4 });
    const before = await to.export();
    await expect(to.import(await from.export())).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    expect(await to.export()).toEqual(before);
  });

  test.each([null, [], {}, { format: 'classer-classifiers', version: 2, classifiers: [] }])(
    '%o is no export',
    async (input) => {
      await expect(opened().import(input as never)).rejects.toBeInstanceOf(ClasserError);
    },
  );

  test('a request says what it says, and the classifier the rest', async () => {
    const saved = await opened().save(definition);
    const request = {
      text: 'x',
      classifier: 'support',
      descriptions: { bug: 'a defect' },
      examples: { billing: ['refund me'] },
      threshold: 0.9,
    };
    const task = checkRequest(CALLS.tag, withClassifier(request, saved));
    expect(task).toMatchObject({ threshold: 0.9, textType: 'ticket' });
    expect(task.labels).toEqual([
      { name: 'billing', description: 'money', examples: ['refund me'] },
      { name: 'bug', description: 'a defect', examples: ['it crashes'] },
    ]);
    const plain = checkRequest(CALLS.tag, withClassifier({ text: 'x', classifier: 'support' }, saved));
    expect(plain.threshold).toBe(0.3);
    expect(() => checkRequest(CALLS.tag, withClassifier({ text: 'x', descriptions: { no: 'a' } }, saved))).toThrow(
      expect.objectContaining({ details: { field: 'descriptions' } }),
    );
  });
});
