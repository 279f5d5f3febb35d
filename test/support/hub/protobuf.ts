import { concat } from '../../../src/contract/bytes.js';

/** A message of protocol buffers, field by field. */
export type Field = readonly [number: number, value: number | string | Uint8Array | readonly Field[]];

/** Writes a message: integers as varints, everything else with its length. */
export function message(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  const parts: Uint8Array[] = [];
  const flush = () => parts.push(Uint8Array.from(bytes.splice(0)));
  for (const [number, value] of fields) {
    if (typeof value === 'number') {
      varint(bytes, number << 3);
      varint(bytes, value);
      continue;
    }
    const content =
      typeof value === 'string'
        ? new TextEncoder().encode(value)
        : value instanceof Uint8Array
          ? value
          : message(value as readonly Field[]);
    varint(bytes, (number << 3) | 2);
    varint(bytes, content.length);
    flush();
    parts.push(content);
  }
  flush();
  return concat(parts);
}

function varint(bytes: number[], value: number): void {
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return void bytes.push(rest);
    bytes.push((rest % 128) | 128);
  }
}
