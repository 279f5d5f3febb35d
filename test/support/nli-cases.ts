import { createClasser, sourceOf } from 'classer-local';
import { afterAll, expect, test } from 'vitest';
import type { Manifest, NliModel } from '../../src/engines/manifest.js';

const MODEL = 'nli-mini';

/** `models/nli-mini/golden.json`. */
interface GoldenPairs {
  readonly cases: readonly { readonly premise: string; readonly hypothesis: string; readonly logits: number[] }[];
}

/** The request that asks about a hypothesis: by a description, or by a template. */
function requestOf(hypothesis: string) {
  const [label = '', description] = hypothesis.split(': ');
  if (description !== undefined) return { labels: [label], descriptions: { [label]: description } };
  const [, adjective] = /^This example is (\w+)\.$/.exec(hypothesis) ?? [];
  if (adjective !== undefined) return { labels: [adjective], hypothesis_template: 'This example is {}.' };
  return label === 'approval' ? { labels: [label], hypothesis_template: '{label}' } : undefined;
}

/** What the embedded model that infers is held to; `read` reads a file of the models' folder. */
export function nliCases(read: (path: string) => Promise<unknown>): void {
  const classer = createClasser({ cache: false, model: MODEL });
  afterAll(() => classer.dispose());

  test('it says of a label what native onnxruntime says of the pair', async () => {
    const { models } = (await read('manifest.json')) as Manifest;
    const { calibration, classifier, wording } = models[MODEL] as NliModel;
    const golden = (await read('nli-mini/golden.json')) as GoldenPairs;
    expect(wording.described).toEqual(['{label}: {description}']);
    const pairs = golden.cases.flatMap((one) => {
      const request = requestOf(one.hypothesis);
      return request ? [{ ...one, request }] : [];
    });
    expect(pairs.length).toBe(4);
    for (const { premise, hypothesis, logits, request } of pairs) {
      const [entailment = 0, ...others] = logits;
      const odds = entailment - Math.log(others.reduce((sum, logit) => sum + Math.exp(logit), 0));
      const { scale, bias } = calibration.detect;
      const expected = 1 / (1 + Math.exp(-(scale * classifier.scale * odds + bias)));
      const answer = await classer.classify({ text: premise, ...request });
      expect(sourceOf(answer)?.model).toBe(MODEL);
      expect(Math.abs((answer.confidence ?? 2) - expected), hypothesis).toBeLessThan(0.03);
    }
  });

  test('it sorts what is plain, one by one and in a batch', async () => {
    const labels = ['cooking', 'football', 'weather'];
    const texts = [
      'Fry the onions in butter and add the rice.',
      'The striker scored in the last minute.',
      'Snow and strong wind are expected tonight.',
    ];
    const { results } = await classer.classifyBatch({ texts, labels });
    expect(results.map((one) => 'label' in one && one.label)).toEqual(labels);
    for (const [i, text] of texts.entries()) {
      const { label, confidence } = await classer.classify({ text, labels });
      expect(label).toBe(labels[i]);
      expect(results[i]).toMatchObject({ confidence: expect.closeTo(confidence ?? 0, 3) });
    }
  });
}
