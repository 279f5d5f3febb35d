import { createClasser } from 'classer-local';
import { afterAll, describe, expect, test } from 'vitest';

const classer = createClasser();
afterAll(() => classer.dispose());

const NEWS = 'The striker scored twice in the final and the home crowd sang all night.';
const TOPICS = ['sports', 'politics', 'cooking', 'astronomy'];
const words = (count: number) => Array.from({ length: count }, (_, i) => NEWS.split(' ')[i % 13]).join(' ');
const SYNONYMS = Array.from({ length: 200 }, (_, i) => `${['sport', 'sports', 'athletics', 'games'][i % 4]} news ${i}`);

/** Requests that are odd but valid: the label that must win, or the most that the best may claim. */
const ODD: { name: string; text: string; labels: string[]; descriptions?: object; wins?: string; most?: number }[] = [
  { name: 'labels in German', text: NEWS, labels: ['Sport', 'Politik', 'Kochen', 'Astronomie'], wins: 'Sport' },
  { name: 'labels in Japanese', text: NEWS, labels: ['スポーツ', '政治', '料理'], most: 0.9 },
  { name: 'labels of emoji alone', text: NEWS, labels: ['⚽', '🍳', '🔭'], most: 0.9 },
  {
    name: 'codes with descriptions',
    text: NEWS,
    labels: ['K-01', 'K-02', 'K-03'],
    descriptions: { 'K-01': 'recipes and food', 'K-02': 'football and other sports', 'K-03': 'stars and planets' },
    wins: 'K-02',
  },
  {
    name: 'a label against its description',
    text: NEWS,
    labels: ['cooking', 'sports'],
    descriptions: { cooking: 'a football match, its goals and its fans', sports: 'recipes, pans and ovens' },
    most: 0.95,
  },
  { name: '200 near-synonyms', text: NEWS, labels: SYNONYMS, most: 0.2 },
  { name: 'an ellipsis', text: '…', labels: TOPICS, most: 0.7 },
  { name: 'a thumb', text: '👍', labels: TOPICS, most: 0.7 },
  { name: 'one letter', text: 'x', labels: TOPICS, most: 0.7 },
  { name: 'gibberish', text: 'qwpo zmxn vbla krtu oiwe', labels: TOPICS, most: 0.7 },
  { name: 'all capitals', text: NEWS.toUpperCase(), labels: TOPICS, wins: 'sports' },
  {
    name: 'as scanned badly',
    text: 'The strlker scored twice in the flnal and the home crovvd sang all nlght.',
    labels: TOPICS,
    wins: 'sports',
  },
  { name: '10 words', text: words(10), labels: TOPICS, wins: 'sports' },
  { name: '2,000 words', text: words(2_000), labels: TOPICS, wins: 'sports' },
  { name: 'no spaces', text: NEWS.replaceAll(' ', ''), labels: TOPICS },
  { name: 'accents piled up', text: NEWS.replace(/[aeiou]/g, '$&\u0301\u0302\u0303'), labels: TOPICS },
];

describe('odd input', () => {
  test.each(ODD)('$name: sensible confidences', async ({ name: _, wins, most = 1, ...request }) => {
    const { label, confidence = 0, scores = [] } = await classer.classify({ ...request, scores: true } as never);
    const confidences = scores.map((score: { confidence: number }) => score.confidence);
    expect(confidences.every((value: number) => value >= 0 && value <= 1)).toBe(true);
    expect(confidences.reduce((a: number, b: number) => a + b, 0)).toBeCloseTo(1, 1);
    if (wins !== undefined) expect(label).toBe(wins);
    expect(confidence).toBeLessThanOrEqual(most);
    const { labels } = await classer.tag({ ...request, threshold: 0 } as never);
    for (const tag of labels) expect(tag.confidence).toBeGreaterThan(0);
  });

  test('texts under the wrong label, or under two, do not undo what the label says', async () => {
    const right = { sports: ['a goal in the last minute'], cooking: ['fry the onions until they are golden'] };
    const answer = (examples: object) =>
      classer.classify({ text: NEWS, labels: ['sports', 'cooking'], examples } as never);
    const twice = { sports: [...right.sports, ...right.sports], cooking: right.cooking };
    expect(await answer(twice)).toMatchObject({ confidence: (await answer(right)).confidence });
    expect(await answer({ sports: right.sports, cooking: [...right.cooking, ...right.sports] })).toMatchObject({
      label: 'sports',
    });
    expect(await answer({ sports: right.cooking, cooking: ['whisk the eggs'] })).toMatchObject({ label: 'sports' });
  });

  test('a text that is an example is answered as the example says', async () => {
    const text = 'The lamp arrived in pieces.';
    const labels = ['delivery', 'defect', 'praise'];
    for (const label of labels) {
      expect(await classer.classify({ text, labels, examples: { [label]: [text] } })).toMatchObject({ label });
    }
  });
});
