import { describe, expect, test } from 'vitest';
import { Recall } from '../../../src/engines/embed/recall.js';
import { pack } from '../../../src/service/cache/packed.js';
import { LabelMemory } from '../../../src/worker/memory.js';

/** What a later page has of what one computed. */
function later(memory: LabelMemory, at = Date.now()): LabelMemory {
  const next = new LabelMemory();
  const kept = Object.entries(memory.take()).map(([key, numbers]) => [key, { vector: pack(numbers), at }]);
  next.restore(Object.fromEntries(kept));
  return next;
}

/** Asks for numbers and tells which texts they were computed for. */
async function ask(memory: LabelMemory | undefined, texts: readonly string[], together = false) {
  const computed: string[] = [];
  const numbers = await new Recall(memory, together ? texts : undefined).get('vector', 2, texts, async (open) => {
    computed.push(...open);
    return open.map((text) => Float32Array.of(text.length, 1 / 3));
  });
  return { computed, numbers };
}

describe('what was computed for labels', () => {
  test('is computed again only for those that are new', async () => {
    const memory = new LabelMemory();
    const first = await ask(memory, ['a', 'bb']);
    const next = later(memory);
    const second = await ask(next, ['ccc', 'bb', 'a']);
    expect([first.computed, second.computed]).toEqual([['a', 'bb'], ['ccc']]);
    expect(second.numbers).toEqual([Float32Array.of(3, 1 / 3), ...first.numbers.toReversed()]);
    expect(Object.keys(next.take())).toHaveLength(1);
    expect(next.take()).toEqual({});
  });

  test('is all computed again in other company, where that has a say', async () => {
    const memory = new LabelMemory();
    await ask(memory, ['a', 'bb'], true);
    const next = later(memory);
    expect((await ask(next, ['a', 'ccc'], true)).computed).toEqual(['a', 'ccc']);
    expect((await ask(next, ['bb', 'a'], true)).computed).toEqual(['bb', 'a']);
    expect((await ask(next, ['a', 'bb'], true)).computed).toEqual([]);
  });

  test('is kept anew when it is used a day later', async () => {
    const memory = new LabelMemory();
    await ask(memory, ['a', 'bb']);
    const next = later(memory, Date.now() - 25 * 60 * 60 * 1000);
    expect((await ask(next, ['bb'])).computed).toEqual([]);
    expect(Object.values(next.take())).toEqual([Float32Array.of(2, 1 / 3)]);
  });

  test('is as long as it should be, or not taken', async () => {
    const memory = new LabelMemory();
    memory.add('0', Float32Array.of(1, 2, 3));
    const next = later(memory);
    expect([next.find('0', 2), next.find('0', 4), next.find('toString', 3)]).toEqual([undefined, undefined, undefined]);
    expect(next.find('0', 3)).toEqual(Float32Array.of(1, 2, 3));
  });
});
