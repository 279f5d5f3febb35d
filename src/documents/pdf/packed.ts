/** One of the files that a file holds; see build/pdf.ts. */
export function unpack(packed: Uint8Array<ArrayBuffer>, name: string): Uint8Array<ArrayBuffer> {
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(0, true);
  const list: unknown = JSON.parse(new TextDecoder().decode(packed.subarray(4, 4 + length)));
  const place: unknown = Object.entries(list as object).find(([key]) => key === name)?.[1];
  if (!Array.isArray(place)) throw new Error(`There is no file ${name}.`);
  const [start, end] = place as [number, number];
  return packed.slice(4 + length + start, 4 + length + end);
}
