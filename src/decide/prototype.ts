/** Scales a vector to length 1 in place; a zero vector stays as it is. */
export function normalise(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const x of vector) sum += x * x;
  if (sum === 0) return vector;
  const scale = 1 / Math.sqrt(sum);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) * scale;
  return vector;
}

/** Sum of vectors of the same length, each times its weight (1 where none is given). */
export function weightedSum(vectors: readonly Float32Array[], weights: readonly number[] = []): Float32Array {
  const total = new Float32Array(vectors[0]?.length ?? 0);
  vectors.forEach((vector, k) => {
    const weight = weights[k] ?? 1;
    for (let i = 0; i < total.length; i++) total[i] = (total[i] ?? 0) + weight * (vector[i] ?? 0);
  });
  return total;
}

/**
 * A label's vector moved towards its examples: `normalise(weight·label + Σ examples)`, all of length 1.
 *
 * With a few examples the name still leads; with many they do.
 */
export function prototype(label: Float32Array, examples: readonly Float32Array[], weight: number): Float32Array {
  if (examples.length === 0) return label;
  return normalise(weightedSum([label, ...examples], [weight, ...examples.map(() => 1)]));
}
