/** Product of a vector with as many numbers of `values`, from an offset on. */
export function dot(values: ArrayLike<number>, vector: ArrayLike<number>, from = 0): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += (values[from + i] ?? 0) * (vector[i] ?? 0);
  return sum;
}
