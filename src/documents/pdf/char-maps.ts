/** One character map of the file that holds them all; see build/pdf.ts. */
export function findCharMap(file: Uint8Array<ArrayBuffer>, name: string): Uint8Array<ArrayBuffer> {
  const length = new DataView(file.buffer, file.byteOffset).getUint32(0, true);
  const list: unknown = JSON.parse(new TextDecoder().decode(file.subarray(4, 4 + length)));
  const place: unknown = Object.entries(list as object).find(([key]) => key === name)?.[1];
  if (!Array.isArray(place)) throw new Error(`There is no character map ${name}.`);
  const [start, end] = place as [number, number];
  return file.slice(4 + length + start, 4 + length + end);
}
