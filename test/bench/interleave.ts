/** The middle value; the mean of the middle two of an even count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/**
 * Runs tasks in turn, round by round: their medians, in milliseconds.
 *
 * A machine that is slow for a while is then slow for all of them. Every second round goes backwards, so that none
 * always finds the caches as the same other one left them. The first `warm` rounds do not count: browsers
 * and Node compile WebAssembly twice, and the better code is not there before some dozens of runs.
 */
export async function interleave<Name extends string>(
  { warm, rounds }: { readonly warm: number; readonly rounds: number },
  tasks: Record<Name, (round: number) => Promise<unknown>>,
): Promise<Record<Name, number>> {
  const entries = Object.entries<(round: number) => Promise<unknown>>(tasks);
  const times = entries.map((): number[] => []);
  for (let round = 0; round < warm + rounds; round++) {
    const turns = [...entries.entries()];
    for (const [t, [, run]] of round % 2 ? turns.reverse() : turns) {
      const begun = performance.now();
      await run(round);
      if (round >= warm) times[t]?.push(performance.now() - begun);
    }
  }
  return Object.fromEntries(entries.map(([name], t) => [name, median(times[t] ?? [])])) as Record<Name, number>;
}
