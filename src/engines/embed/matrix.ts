/** Rows of the same length as one row-major array. */
export function stack(rows: readonly Float32Array[]): Float32Array {
  const width = rows[0]?.length ?? 0;
  const matrix = new Float32Array(rows.length * width);
  for (const [r, row] of rows.entries()) matrix.set(row, r * width);
  return matrix;
}
