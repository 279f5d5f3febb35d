import { expect, test } from 'vitest';
import { memoryRow, progressRow, textRow } from '../../bench/pdf/rows.js';

test('documents are compared by the sum of their medians, and each ratio is said', () => {
  const row = textRow('Node', [
    { layout: 'prose', ours: [30, 900, 10], bare: [20, 20, 20] },
    { layout: 'tables', ours: [90], bare: [60] },
  ]);
  expect(row).toMatchObject({ name: 'pdf-text', ratio: 1.5, met: false, figures: { ours_ms: 120, bare_ms: 80 } });
  expect(row.note).toBe('prose 1.50, tables 1.50');
});

test('progress is the median share of the time of an answer, the first one said besides', () => {
  const answers = [
    { first: 500, total: 1000 },
    { first: 50, total: 1000 },
    { first: 10, total: 1000 },
  ];
  expect(progressRow('Chromium', answers)).toMatchObject({
    ratio: 0.05,
    met: true,
    figures: { first_ms: 50, total_ms: 1000, cold_first_ms: 500, cold_total_ms: 1000 },
  });
});

test('an answer without an event is not taken for one that was quick', () => {
  expect(progressRow('Node', [{ first: Number.NaN, total: 10 }])).toMatchObject({ ratio: null, met: null });
});

test.each([
  [[200e6, 210e6, 220e6], 1.1, true],
  [[200e6, 240e6], 1.2, false],
])('memory of %j', (peaks, ratio, met) => {
  expect(memoryRow('Node', peaks)).toMatchObject({ name: 'pdf-memory', ratio, met });
});
