import type { Classer, CreateOptions } from 'classer-local';
import { expect, test } from 'vitest';
import type { KeptVectors } from '../../src/service/cache/vectors.js';
import type { Store } from '../../src/store/store.js';

/** Where the cases run. */
export interface VectorGround {
  /** A classifier; those of one name share what is kept. */
  readonly create: (store: string, options?: CreateOptions) => Classer;
  /** What a store of that name holds. */
  readonly open: (store: string) => Promise<Store>;
}

/** Several pages' or processes' worth of loading models. */
const SECONDS = 180;

const LABELS = ['billing', 'sport'] as const;
const TEXT = 'a refund for the tickets of the final';

/** Changes what is kept of one label's numbers. */
type Change = (text: string, hash: string) => string;

const DAMAGE: readonly Change[] = [
  (text) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1),
  (text) => text.slice(0, -4),
  (text) => text + text,
  () => '',
  () => 'AAAA',
  () => 'no base64!',
];

/** What everybody is promised who asks about the same labels again. */
export function vectorCases({ create, open }: VectorGround): void {
  /** Asks as a page or process of its own would. */
  async function asked(store: string, labels: readonly string[] = LABELS, options?: CreateOptions) {
    const classer = create(store, options);
    const { scores = [] } = await classer.tag({ text: TEXT, labels, scores: true, cache: false, timeout: 300 });
    await classer.dispose();
    return Object.fromEntries(scores.map(({ label, confidence }) => [label, confidence]));
  }

  async function kept(store: string): Promise<Record<string, KeptVectors>> {
    const opened = await open(store);
    const names = await opened.keys('vectors');
    const records = await Promise.all(names.map((name) => opened.get<KeptVectors>('vectors', name)));
    await opened.close();
    return Object.fromEntries(names.map((name, i) => [name, records[i] ?? {}]));
  }
  const numbers = async (store: string) =>
    Object.assign(
      {},
      ...Object.values(await kept(store)).map((record) =>
        Object.fromEntries(Object.entries(record).map(([hash, { vector }]) => [hash, vector])),
      ),
    ) as Record<string, string>;

  async function change(store: string, how: Change): Promise<void> {
    const opened = await open(store);
    for (const [name, record] of Object.entries(await kept(store))) {
      const changed = Object.entries(record).map(([hash, one]) => [hash, { ...one, vector: how(one.vector, hash) }]);
      await opened.update('vectors', name, () => Object.fromEntries(changed));
    }
    await opened.close();
  }

  test(
    'nothing is computed again for labels, which are kept unread, and damage costs only the time',
    async () => {
      const genuine = await asked('kept');
      const all = await numbers('kept');
      // For each label its vector, what it looks for in texts, and where a model wants it how much it fits anything.
      expect([4, 6]).toContain(Object.keys(all).length);
      expect(JSON.stringify(await kept('kept'))).not.toMatch(/billing|sport/);
      expect(await asked('kept')).toEqual(genuine);
      expect(await numbers('kept')).toEqual(all);

      // With another label, as one alone is asked in another way.
      await asked('one', ['billing', 'weather']);
      const own = Object.keys(await numbers('one'));
      expect(own.filter((hash) => hash in all)).toHaveLength(Object.keys(all).length / 2);
      // Each label's numbers under the other's name: whatever were computed would turn up here.
      const partner = (text: string, hash: string) =>
        Object.keys(all).find(
          (other) => all[other]?.length === text.length && own.includes(other) !== own.includes(hash),
        ) ?? hash;
      await change('kept', (text, hash) => all[partner(text, hash)] ?? '');
      expect(await asked('kept')).toEqual({ billing: genuine['sport'], sport: genuine['billing'] });

      let turn = 0;
      await change('kept', (_, hash) => (DAMAGE[turn++ % DAMAGE.length] as Change)(all[hash] ?? '', hash));
      expect(await asked('kept')).toEqual(genuine);
      expect(await numbers('kept')).toEqual(all);
    },
    SECONDS * 1000,
  );

  test(
    'clearing the cache forgets them, and a classifier without a cache keeps none',
    async () => {
      await asked('cleared', LABELS, { cache: false });
      expect(await kept('cleared')).toEqual({});
      await asked('cleared', ['billing']);
      expect(Object.keys(await numbers('cleared'))).not.toEqual([]);
      const classer = create('cleared');
      await classer.tag({ text: TEXT, labels: LABELS, timeout: 300 });
      await classer.cache.clear();
      await classer.dispose();
      expect(await kept('cleared')).toEqual({});
    },
    SECONDS * 1000,
  );
}
