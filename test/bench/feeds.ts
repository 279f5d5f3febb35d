/** One text of so many tokens, as the encoder is fed; any ids of words will do, as the work does not depend on them. */
export function feeds(tokens: number) {
  return {
    ids: BigInt64Array.from({ length: tokens }, (_, t) => BigInt(2000 + 37 * t)),
    mask: new BigInt64Array(tokens).fill(1n),
    dims: [1, tokens],
  };
}
