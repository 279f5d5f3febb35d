/** Rows of numbers, row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** What a ridge regression found. */
export interface RidgeFit {
  /** `W` [outputs, inputs]. */
  readonly weights: Matrix;
  /** How much some rows decide about their own predictions, from 0 to 1: on the diagonal of `X·(XᵀX + ridge)⁻¹·Xᵀ`. */
  leverage(rows: readonly number[]): Float64Array;
}

/**
 * Ridge regression without an intercept: the `W` [outputs, inputs] of the least `‖X·Wᵀ − Y‖² + ridge·‖W‖²`.
 *
 * `x` is [n, inputs], `y` [n, outputs], `ridge` above 0. Whichever of `X·Xᵀ` and `Xᵀ·X` is smaller is decomposed
 * (Saunders, Gammerman and Vovk 1998, "Ridge regression learning algorithm in dual variables").
 */
export function ridgeRegression(x: Matrix, y: Matrix, ridge: number): RidgeFit {
  const dual = x.rows <= x.columns;
  const across = transpose(x);
  const gram = dual ? product(across, across) : product(x, x);
  for (let i = 0; i < gram.rows; i++) gram.values[i * gram.rows + i] = at(gram.values, i * gram.rows + i) + ridge;
  const root = cholesky(gram);
  const weights = dual ? product(solve(root, y), x) : transpose(solve(root, product(x, y)));
  // X·(XᵀX + r)⁻¹·Xᵀ = 1 − r·(X·Xᵀ + r)⁻¹, and the diagonal of Bᵀ·A⁻¹·B is made of the squared columns of L⁻¹·B.
  const leverage = (rows: readonly number[]): Float64Array =>
    dual
      ? squares(forward(root, columns(identity(x.rows), rows))).map((square) => 1 - ridge * square)
      : squares(forward(root, columns(across, rows)));
  return { weights, leverage };
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

function identity(size: number): Matrix {
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++) values[i * size + i] = 1;
  return { rows: size, columns: size, values };
}

/** Some of a matrix's columns. */
function columns({ rows, columns: width, values }: Matrix, some: readonly number[]): Matrix {
  const own = Float64Array.from({ length: rows * some.length }, (_, i) =>
    at(values, Math.floor(i / some.length) * width + (some[i % some.length] ?? 0)),
  );
  return { rows, columns: some.length, values: own };
}

/** The sum of squares of each column. */
function squares({ columns, values }: Matrix): Float64Array {
  const sums = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) sums[i % columns] = at(sums, i % columns) + at(values, i) ** 2;
  return sums;
}

/** The lower triangle `L` of `A = L·Lᵀ` for a symmetric positive definite `A`, which is overwritten. */
function cholesky(matrix: Matrix): Matrix {
  const { rows: n, values: a } = matrix;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(a, i * n + j);
      for (let k = 0; k < j; k++) sum -= at(a, i * n + k) * at(a, j * n + k);
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / at(a, j * n + j);
    }
  }
  return matrix;
}

/** The `X` of `L·Lᵀ·X = B`. */
function solve(root: Matrix, right: Matrix): Matrix {
  const n = root.rows;
  const found = forward(root, right);
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) take(found, k, i, at(root.values, k * n + i));
    divide(found, i, at(root.values, i * n + i));
  }
  return found;
}

/** The `X` of `L·X = B`. */
function forward({ rows: n, values: l }: Matrix, right: Matrix): Matrix {
  const found = { ...right, values: right.values.slice() };
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) take(found, k, i, at(l, i * n + k));
    divide(found, i, at(l, i * n + i));
  }
  return found;
}

/** Takes a multiple of a row off another. */
function take({ columns, values }: Matrix, from: number, to: number, factor: number): void {
  for (let c = 0; c < columns; c++) {
    values[to * columns + c] = at(values, to * columns + c) - factor * at(values, from * columns + c);
  }
}

function divide({ columns, values }: Matrix, row: number, by: number): void {
  for (let c = 0; c < columns; c++) values[row * columns + c] = at(values, row * columns + c) / by;
}

const at = (values: Float64Array, index: number): number => values[index] ?? 0;
