/** The formats of pictures that are read, by their names on the web. */
export type PictureType = keyof typeof READERS;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The size that a picture's header states, before anything of it is decoded: a few bytes can ask for gigabytes.
 *
 * Throws a RangeError when the header is cut, and an Error when it states none.
 */
export function sizeOf(bytes: Uint8Array, type: PictureType): Size {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read: Reader = READERS[type];
  const size = read(view);
  if (size && size.width > 0 && size.height > 0) return size;
  throw new Error('its header states no size');
}

const READERS = {
  'image/png': (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  'image/jpeg': jpeg,
  'image/gif': gif,
  'image/webp': webp,
  'image/bmp': (view) =>
    view.getUint32(14, true) === 12
      ? { width: view.getUint16(18, true), height: view.getUint16(20, true) }
      : // Rows from the top down are written as a negative height.
        { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) },
  'image/avif': largestStated,
  'image/heic': largestStated,
} satisfies Record<string, Reader>;

type Reader = (view: DataView) => Size | undefined;

/** The frame's header, after any number of segments. */
function jpeg(view: DataView): Size {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint8(at + 1) === 0xff) at++;
    if (view.getUint8(at) !== 0xff) throw new Error('its segments are out of step');
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
}

/** The larger of the screen and its first frame. */
function gif(view: DataView): Size {
  const table = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + table(view.getUint8(10));
  // Extensions: a label and blocks, each with its length before it.
  while (view.getUint8(at) === 0x21) {
    at += 2;
    while (view.getUint8(at) > 0) at += 1 + view.getUint8(at);
    at++;
  }
  if (view.getUint8(at) !== 0x2c) throw new Error('it has no frame');
  const [screen, frame] = [
    [6, 8],
    [at + 5, at + 7],
  ].map((places) => places.map((place) => view.getUint16(place, true))) as [number[], number[]];
  const [width = 0, height = 0] = screen.map((side, i) => Math.max(side, frame[i] ?? 0));
  return { width, height };
}

function webp(view: DataView): Size | undefined {
  const kind = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  const u24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (kind === 'VP8X') return { width: u24(24) + 1, height: u24(27) + 1 };
  if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (kind !== 'VP8L') return undefined;
  const bits = view.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

/** Boxes on the way to the sizes, each with the bytes of it that stand before those it holds. */
const HOLDERS: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0 };

/** The largest of the sizes that the boxes of an AVIF or HEIC state: a picture may come in tiles, and with a small one. */
function largestStated(view: DataView, start = 0, end = view.byteLength): Size | undefined {
  let largest: Size | undefined;
  for (let at = start; at + 8 <= end; ) {
    const name = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)));
    const stated = view.getUint32(at);
    const next = stated >= 8 ? at + stated : end;
    const holds = HOLDERS[name];
    let size: Size | undefined;
    if (holds !== undefined) size = largestStated(view, at + 8 + holds, Math.min(next, end));
    if (name === 'ispe') size = { width: view.getUint32(at + 12), height: view.getUint32(at + 16) };
    if (size && size.width * size.height > (largest?.width ?? 0) * (largest?.height ?? 0)) largest = size;
    at = next;
  }
  return largest;
}
