/** Numbers from 0 to 1 that depend on the seed alone (mulberry32, started from a hash of the seed's characters). */
export function random(seed: string): () => number {
  let state = 1_779_033_703;
  for (const char of seed) {
    state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 3_432_918_353);
    state = (state << 13) | (state >>> 19);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The first `count` rows of a shuffle (Fisher and Yates) that is the same on every machine. */
export function sample<Row>(rows: readonly Row[], count: number, seed: string): Row[] {
  const draw = random(seed);
  const shuffled = rows.slice();
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(draw() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other] as Row, shuffled[last] as Row];
  }
  return shuffled.slice(0, count);
}
