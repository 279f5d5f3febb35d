/** The remainders of each byte, for the polynomial of Ethernet and zip, reflected. */
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of bytes that come piece by piece. */
export class Crc32 {
  #state = -1;

  add(piece: Uint8Array): void {
    let state = this.#state;
    for (const byte of piece) state = (state >>> 8) ^ (TABLE[(state ^ byte) & 255] ?? 0);
    this.#state = state;
  }

  get value(): number {
    return ~this.#state >>> 0;
  }
}
