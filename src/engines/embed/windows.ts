/** Part of a text that fits into one forward pass. */
export interface Window {
  /** Which text it is from. */
  readonly text: number;
  /** Its tokens in that text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Tokens that the window before it did not have. */
  readonly fresh: number;
}

/**
 * Cuts a text of `length` tokens into windows of at most `size`, each sharing `overlap` with the one before.
 *
 * A text without tokens has one empty window, so that it still has a vector.
 */
export function cut(text: number, length: number, size: number, overlap: number): Window[] {
  const windows: Window[] = [];
  let read = 0;
  do {
    const start = Math.max(0, read - (read > 0 ? overlap : 0));
    const end = Math.min(length, start + size);
    windows.push({ text, start, end, fresh: end - read });
    read = end;
  } while (read < length);
  return windows;
}

/** Windows in an order in which every beginning is an even sample: the van der Corput sequence. */
export function spread<T>(items: readonly T[]): T[] {
  const bits = Math.ceil(Math.log2(Math.max(2, items.length)));
  const out: T[] = [];
  for (let i = 0; i < 2 ** bits; i++) {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
    const item = items[reversed];
    if (item !== undefined) out.push(item);
  }
  return out;
}

/** Groups items of like length so that a group, padded to its longest, has at most `budget` tokens. */
export function group<Item>(items: readonly Item[], tokens: (item: Item) => number, budget: number): Item[][] {
  const groups: Item[][] = [];
  let current: Item[] = [];
  let longest = 0;
  for (const item of items) {
    const length = tokens(item);
    const next = Math.max(longest, length);
    if (current.length > 0 && next * (current.length + 1) > budget) {
      groups.push(current);
      current = [];
    }
    longest = current.length === 0 ? length : next;
    current.push(item);
  }
  if (current.length > 0) groups.push(current);
  return groups;
}
