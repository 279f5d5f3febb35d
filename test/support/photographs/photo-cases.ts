import type { Classer } from 'classer-local';
import { expect, test } from 'vitest';
import { encoded } from '../pictures/canvases.js';
import { png } from '../pictures/files.js';
import { type GreyPicture, printed } from '../pictures/print.js';
import { EVERYDAY, PHOTOGRAPHS, type ReadPhotograph } from './photographs.js';

/** What must be said of photographs, the same everywhere. */
export function photoCases(classer: Classer, photograph: ReadPhotograph): void {
  test.for([...PHOTOGRAPHS])('a photograph: $name', async ({ name, label }) => {
    const answer = await classer.classify({ image: await photograph(name), labels: EVERYDAY, explain: true });
    expect(answer).toMatchObject({
      label,
      visual_tokens: 49,
      evidence: [{ label, kind: 'image', image: 1, weight: 1 }],
    });
    expect(answer.confidence).toBeGreaterThan(0.5);
    expect(answer).not.toHaveProperty('ocr');
  });

  test('tags are those of any of the photographs', async () => {
    const image = [await photograph('cat'), await photograph('astronaut')];
    const { labels } = await classer.tag({ image, labels: EVERYDAY, explain: true });
    expect(labels.map(({ label }) => label).sort()).toEqual(['cat', 'person']);
  });

  test('one label alone is there or not', async () => {
    const image = await photograph('cat');
    const [cat, car] = await Promise.all(['cat', 'car'].map((label) => classer.classify({ image, labels: [label] })));
    expect(cat?.confidence).toBeGreaterThan(0.8);
    expect(car?.confidence).toBeLessThan(0.2);
  });

  test('text and photographs are weighed by what they have to say, and evidence says which said what', async () => {
    const image = [await photograph('astronaut'), await photograph('cat')];
    const labels = ['cat', 'weather', 'tax'];
    const { label, evidence = [] } = await classer.classify({ text: 'Look at this.', image, labels, explain: true });
    expect(label).toBe('cat');
    expect(evidence[0]).toMatchObject({ kind: 'image', image: 2 });
    expect(evidence.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 2);
    const taxed = await classer.classify({ text: 'My income tax return is due in May.', image: image[0], labels });
    expect(taxed.label).toBe('tax');
  });

  test('in a batch each text is weighed by itself', async () => {
    const texts = ['The income tax return is due in May.', 'The cat sleeps all day.'];
    const labels = ['cat', 'tax'];
    const { results } = await classer.classifyBatch({ texts, image: await photograph('coffee'), labels });
    expect(results.map(({ label }) => label)).toEqual(['tax', 'cat']);
  });

  test('a page of writing counts by its words alone', async () => {
    const page = await encoded(
      await printed(['My income tax return', 'is due in May.'], { width: 5, height: 2.5, size: 24 }),
      'webp',
    );
    const labels = ['cat', 'tax'];
    const { confidence } = await classer.classify({ image: page, labels });
    const written = await classer.classify({ text: 'My income tax return\nis due in May.', labels });
    expect(confidence).toBeCloseTo(written.confidence ?? 0, 2);
  });

  test('a drawing is no photograph: without writing, what kind of picture it is says a little', async () => {
    const image = await png(bars());
    const labels = ['poem', 'drawing', 'letter'];
    const { label, confidence = 0, evidence } = await classer.classify({ image, labels, explain: true });
    expect({ label, evidence }).toEqual({
      label: 'drawing',
      evidence: [{ label, weight: 1, kind: 'image', image: 1, shows: 'drawing, illustration' }],
    });
    expect(confidence).toBeGreaterThan(1 / 3);
    // Half of what it says goes to all labels alike.
    expect(confidence).toBeLessThan(1 / 2 + 1 / 6);
    expect((await classer.tag({ image, labels })).labels).toEqual([]);
    expect((await classer.classify({ image, labels: ['drawing'] })).confidence).toBeLessThan(0.5);
  });

  test('the kind of a picture is silent beside a text or a photograph', async () => {
    const [cat, drawing] = [await photograph('cat'), await png(bars())];
    const labels = [...EVERYDAY, 'drawing'];
    const { evidence } = await classer.classify({ image: [drawing, cat], labels, explain: true });
    expect(evidence).toMatchObject([{ label: 'cat', kind: 'image', image: 2, weight: 1 }]);
    const { results } = await classer.classifyBatch({ texts: ['The dog barks.', ''], image: drawing, labels });
    const read = await classer.classify({ text: 'The dog barks.', labels });
    expect(results.map(({ label }) => label)).toEqual(['dog', 'drawing']);
    expect(results[0]?.confidence).toBe(read.confidence);
  });
}

/** Bars of a chart, on white. */
function bars(): GreyPicture {
  const [width, height] = [480, 320];
  const tops = [40, 180, 90, 250, 130, 60];
  const light = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return x % 80 < 50 && y > (tops[Math.floor(x / 80)] ?? 0) && y < 300 ? 60 : 255;
  });
  return { width, height, light };
}
