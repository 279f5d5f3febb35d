/** Rows of numbers, row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/**
 * Ridge regression without an intercept: the `W` [outputs, inputs] of the least `‖X·Wᵀ − Y‖² + ridge·‖W‖²`.
 *
 * `x` is [n, inputs], `y` [n, outputs], `ridge` above 0. Whichever of `X·Xᵀ` and `Xᵀ·X` is smaller is decomposed
 * (Saunders, Gammerman and Vovk 1998, "Ridge regression learning algorithm in dual variables").
 */
export function ridgeRegression(x: Matrix, y: Matrix, ridge: number): Matrix {
  const dual = x.rows <= x.columns;
  const across = transpose(x);
  const gram = dual ? product(across, across) : product(x, x);
  for (let i = 0; i < gram.rows; i++) gram.values[i * gram.rows + i] = at(gram.values, i * gram.rows + i) + ridge;
  return dual ? product(solve(gram, y), x) : transpose(solve(gram, product(x, y)));
}

function transpose({ rows, columns, values }: Matrix): Matrix {
  const out = new Float64Array(values.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[c * rows + r] = at(values, r * columns + c);
  return { rows: columns, columns: rows, values: out };
}

/** `aᵀ·b` of `a` [n, p] and `b` [n, q]. */
function product(a: Matrix, b: Matrix): Matrix {
  const values = new Float64Array(a.columns * b.columns);
  for (let n = 0; n < a.rows; n++) {
    for (let p = 0; p < a.columns; p++) {
      const factor = at(a.values, n * a.columns + p);
      const to = p * b.columns;
      const from = n * b.columns;
      for (let q = 0; q < b.columns; q++) values[to + q] = at(values, to + q) + factor * at(b.values, from + q);
    }
  }
  return { rows: a.columns, columns: b.columns, values };
}

/** The `X` of `A·X = B` for a symmetric positive definite `A`, which is overwritten, by Cholesky's `A = L·Lᵀ`. */
function solve({ rows: n, values: a }: Matrix, right: Matrix): Matrix {
  const b = { ...right, values: right.values.slice() };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(a, i * n + j);
      for (let k = 0; k < j; k++) sum -= at(a, i * n + k) * at(a, j * n + k);
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / at(a, j * n + j);
    }
  }
  const width = b.columns;
  const take = (from: number, to: number, factor: number): void => {
    for (let c = 0; c < width; c++) {
      b.values[to * width + c] = at(b.values, to * width + c) - factor * at(b.values, from * width + c);
    }
  };
  const divide = (row: number): void => {
    for (let c = 0; c < width; c++) b.values[row * width + c] = at(b.values, row * width + c) / at(a, row * n + row);
  };
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) take(k, i, at(a, i * n + k));
    divide(i);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) take(k, i, at(a, k * n + i));
    divide(i);
  }
  return b;
}

const at = (values: Float64Array, index: number): number => values[index] ?? 0;
