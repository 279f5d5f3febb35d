import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Task } from '../../src/contract/task.js';
import {
  type Calibration,
  confidences,
  exclusive,
  independent,
  type Scored,
  usesPriors,
} from '../../src/decide/calibration.js';
import { decide } from '../../src/decide/decision.js';
import { softmax } from '../../src/decide/probability.js';
import { normalise, prototype } from '../../src/decide/prototype.js';

const calibration: Calibration = {
  classify: {
    null: 0.5,
    temperature: [
      { max_labels: 2, value: 0.5 },
      { max_labels: 200, value: 0.1 },
    ],
  },
  tag: { scale: 10, bias: -4, null: 1 },
  detect: { scale: 8, bias: -3, null: 0 },
};
const task = (kind: Task['kind'], names: string[], rest: Partial<Task> = {}): Task => ({
  kind,
  texts: ['x'],
  urgency: 'interactive',
  labels: names.map((name) => ({ name, description: undefined, examples: [] })),
  threshold: 0.5,
  files: [],
  minConfidence: 0,
  textType: undefined,
  template: undefined,
  priority: 'standard',
  cache: true,
  model: undefined,
  scores: false,
  explain: false,
  budget: Number.POSITIVE_INFINITY,
  ...rest,
});
const scored = (scores: number[], priors = scores.map(() => 0)) => ({ scores, priors });
const score = fc.double({ min: -2, max: 2, noNaN: true });
const rows = fc.uniqueArray(fc.record({ name: fc.string({ minLength: 1 }), score }), {
  selector: ({ name }) => name,
  minLength: 1,
  maxLength: 30,
});

describe('softmax', () => {
  test('sums to 1 and keeps the order, whatever the scores', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (scores) => {
        const out = softmax(scores, 0.05);
        expect(out.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        expect(out[scores.indexOf(Math.max(...scores))]).toBe(Math.max(...out));
      }),
    );
  });

  test('takes its temperature from the number of labels', () => {
    expect(exclusive(scored([1, 0]), calibration)[0]).toBeCloseTo(1 / (1 + Math.exp(-2)));
    expect(exclusive(scored([1, 0.9, 0]), calibration)[0]).toBeCloseTo(1 / (1 + Math.exp(-1) + Math.exp(-10)));
  });
});

/** What is decided from scores. */
const decided = (asked: Task, scores: Scored) =>
  decide(asked, confidences(scores, asked.kind === 'classify', calibration));

describe('decide', () => {
  test('does not depend on the order of the labels', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom('classify' as const, 'tag' as const), (list, kind) => {
        const run = (order: typeof list) =>
          decided(
            task(
              kind,
              order.map(({ name }) => name),
            ),
            scored(order.map((row) => row.score)),
          );
        const [forth, back] = [run(list), run(list.toReversed())];
        expect(back.chosen).toEqual(forth.chosen);
        expect(back.ranked).toEqual(forth.ranked);
      }),
    );
  });

  test('a tag among rivals is less than it is alone, and keeps its rank', () => {
    const rivals = { weight: 1, temperature: 0.2 };
    fc.assert(
      fc.property(fc.array(score, { minLength: 2, maxLength: 20 }), (scores) => {
        const alone = independent(scored(scores), calibration.tag);
        const among = independent(scored(scores), { ...calibration.tag, rivals });
        among.forEach((confidence, l) => {
          expect(confidence).toBeLessThanOrEqual(alone[l] ?? 0);
          among.forEach((other, k) => {
            if ((scores[l] ?? 0) > (scores[k] ?? 0)) expect(confidence).toBeGreaterThanOrEqual(other);
          });
        });
      }),
    );
    expect(independent(scored([0.3]), { ...calibration.tag, rivals })).toEqual(
      independent(scored([0.3]), calibration.tag),
    );
  });

  test('tag takes labels strictly above the threshold, highest first', () => {
    const half = 0.4; // 10 · 0.4 − 4 = 0, a confidence of exactly 0.5
    const { chosen } = decided(task('tag', ['a', 'b', 'c']), scored([half, 0.9, 0.6]));
    expect(chosen.map(({ label }) => label)).toEqual(['b', 'c']);
    expect(chosen[0]?.confidence).toBe(0.9933);
  });

  test('a prior makes a label that fits everything less likely', () => {
    const plain = decided(task('tag', ['a', 'b']), scored([0.6, 0.6])).ranked;
    const popular = decided(task('tag', ['a', 'b']), scored([0.6, 0.6], [0, 0.5])).ranked;
    expect(plain[0]?.confidence).toBe(plain[1]?.confidence);
    expect(popular[0]?.label).toBe('a');
  });

  test('one label alone is a detection, not a certainty', () => {
    const confidence = (s: number) => decided(task('classify', ['spam']), scored([s])).ranked[0]?.confidence;
    expect(confidence(0)).toBe(0.0474);
    expect(confidence(0.9)).toBe(0.9852);
  });

  test('below min_confidence nothing is chosen, and the confidence is still there', () => {
    const { chosen, ranked } = decided(task('classify', ['a', 'b'], { minConfidence: 0.9 }), scored([0.1, 0]));
    expect(chosen).toEqual([]);
    expect(ranked[0]?.confidence).toBe(0.5498);
  });

  test('priors are asked for only where the calibration uses them', () => {
    expect(usesPriors('classify', 2, calibration)).toBe(true);
    expect(usesPriors('tag', 1, calibration)).toBe(false);
  });
});

describe('prototype', () => {
  const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
  const unit = vector.filter((v) => Math.hypot(...v) > 0.01).map((v) => normalise(Float32Array.from(v)));

  test('has length 1 and leans towards the examples', () => {
    fc.assert(
      fc.property(unit, unit, (label, example) => {
        const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
        fc.pre(dot(label, example) > -0.9);
        const moved = prototype(label, [example], 2);
        expect(dot(moved, moved)).toBeCloseTo(1, 4);
        expect(dot(moved, example)).toBeGreaterThanOrEqual(dot(label, example) - 1e-5);
      }),
    );
  });
});
