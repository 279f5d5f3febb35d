import { type Classer, type CreateOptions, sourceOf } from 'classer-local';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lines, pdf } from './documents/pdf.js';
import { scannedPdf } from './pictures/files.js';
import { type Pattern, pattern } from './pictures/patterns.js';
import { rejection } from './rejection.js';

/** A row of test/fixtures/pairs/golden.json, which golden.py writes. */
interface Golden {
  readonly model: string;
  readonly picture: Pattern;
  readonly template?: string;
  readonly labels: string[];
  /** Chances that a label is the one, and that it fits by itself. */
  readonly one: readonly number[];
  readonly each: readonly number[];
}

export interface PairGround {
  readonly hub: () => string;
  readonly create: (options: CreateOptions) => Classer;
  readonly golden: () => Promise<unknown>;
}

const PATCHES: Record<string, number> = { 'tiny/clip': 9, 'tiny/siglip': 4 };
/** Runtimes differ in the last digits; pictures are resampled as Pillow does it, to the bit. */
const NEAR = 0.001;

/** What everybody is promised who brings a model that compares pictures with texts. */
export function pairCases({ hub, create, golden }: PairGround): void {
  let classer: Classer;
  let rows: Golden[];
  beforeAll(async () => {
    rows = (await golden()) as Golden[];
    classer = create({ cache: false, modelHost: `${hub()}/none/pairs` });
  });
  afterAll(() => classer.dispose());

  describe.each(['tiny/clip', 'tiny/siglip'])('%s', (model) => {
    test('is installed, and says of pictures what Python says', async () => {
      expect(await classer.models.install(model)).toMatchObject({ id: model, engine: 'clip', embedded: false });
      const own = rows.filter((row) => row.model === model);
      expect(own.length).toBe(3);
      for (const { picture, template: hypothesis_template, labels, one, each } of own) {
        const request = { image: await pattern(picture), labels, model, hypothesis_template };
        const answer = await classer.classify({ ...request, scores: true, explain: true });
        expect(sourceOf(answer)?.model).toBe(model);
        expect(answer).toMatchObject({
          visual_tokens: PATCHES[model],
          evidence: [{ kind: 'image', image: 1, weight: 1 }],
        });
        expect(answer.tokens).toBeGreaterThanOrEqual(labels.length);
        const { scores = [] } = await classer.tag({ ...request, scores: true });
        for (const [i, label] of labels.entries()) {
          const found = (all: typeof scores = []) => all.find((row) => row.label === label)?.confidence ?? Number.NaN;
          expect(Math.abs(found(answer.scores) - (one[i] ?? 0)), `${picture} ${label}`).toBeLessThan(NEAR);
          expect(Math.abs(found(scores) - (each[i] ?? 0)), `${picture} ${label}`).toBeLessThan(NEAR);
          const { confidence = 1 } = await classer.classify({ ...request, labels: [label] });
          expect(Math.abs(confidence - (each[i] ?? 0))).toBeLessThan(NEAR);
        }
        const [first = 0, second = 0] = [...each].sort((a, b) => b - a);
        const { labels: tagged } = await classer.tag({ ...request, threshold: (first + second) / 2 });
        expect(tagged.map(({ label }) => label)).toEqual([labels[each.indexOf(Math.max(...each))]]);
      }
    });

    test('looks at pages, weighs text beside pictures, and leaves text alone to the default model', async () => {
      const labels = ['sport', 'weather', 'guitar'];
      const text = 'The striker scored in the last minute of the match.';
      const image = await pattern('wide');
      const light = Uint8Array.from({ length: 40_000 }, (_, i) => 127 + 120 * Math.sin((i % 200) / 20));
      const file = await scannedPdf([{ width: 200, height: 200, light }]);
      const page = await classer.classify({ file, labels, model, explain: true });
      expect(page).toMatchObject({ visual_tokens: PATCHES[model], evidence: [{ kind: 'page', page: 1 }] });
      const both = await classer.classify({ text, image: [image, image], labels, model, explain: true });
      expect(both).toMatchObject({ visual_tokens: 2 * (PATCHES[model] ?? 0) });
      expect(both.evidence?.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 2);
      expect(both.evidence?.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['text', 'image']));
      const written = await pdf({ pages: [lines(text)] });
      const read = await classer.classify({ file: written, labels, model });
      const { label, confidence } = await classer.classify({ file: written, labels });
      expect(read).toMatchObject({ label, confidence, visual_tokens: PATCHES[model] });
      const alone = await classer.classify({ text, labels, model });
      expect(sourceOf(alone)?.model).toBe('classer-embed');
      expect(alone).toMatchObject({ ...(await classer.classify({ text, labels })), latency_ms: alone.latency_ms });
      const { results } = await classer.classifyBatch({ texts: [text, ''], labels, image, model });
      expect(results.map(({ visual_tokens }) => visual_tokens)).toEqual([PATCHES[model], PATCHES[model]]);
    });

    test('answers whoever names no model once it is used, and is removed', async () => {
      const [request] = [{ image: await pattern('high'), labels: ['sport', 'weather'] }];
      const named = await classer.classify({ ...request, model });
      await classer.models.use(model);
      const { confidence } = await classer.classify(request);
      expect(confidence).toBe(named.confidence);
      expect(sourceOf(await classer.classify({ text: 'rain', labels: ['sport', 'weather'] }))?.model).toBe(
        'classer-embed',
      );
      await classer.models.remove(model);
      expect(await rejection(classer.classify({ ...request, model }))).toMatchObject({ code: 'MODEL_NOT_FOUND' });
      const later = await classer.classify({ text: 'rain', labels: ['sport', 'weather'] });
      expect(sourceOf(later)?.model).toBe('classer-embed');
      expect((await classer.models.list()).map(({ id }) => id)).not.toContain(model);
    });
  });

  test('CLIP in two graphs is scaled as CLIP is', async () => {
    const model = 'tiny/clip-split';
    await classer.models.install(model);
    const { picture, labels, one } = rows[0] as Golden;
    const { scores = [] } = await classer.classify({ image: await pattern(picture), labels, model, scores: true });
    const raised = one.map((chance) => chance ** (100 / 14.3));
    const total = raised.reduce((a, b) => a + b, 0);
    for (const { label, confidence } of scores) {
      expect(confidence).toBeCloseTo((raised[labels.indexOf(label)] ?? 0) / total, 2);
    }
    await classer.models.remove(model);
  });
}
