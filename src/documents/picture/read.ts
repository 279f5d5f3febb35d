import { documentFailure } from '../../contract/file.js';
import { LIMITS } from '../../contract/limits.js';
import type { Part } from '../part.js';
import { type Canvases, drawn } from './canvas.js';
import type { Picture } from './picture.js';
import { type PictureType, type Size, sizeOf } from './size.js';

/** A larger picture is scaled down to fit a square of this side, as the hosted API does. */
const SIDE = 2048;

/** A picture as a document of one page. */
export async function* readPicture(
  bytes: Uint8Array<ArrayBuffer>,
  type: PictureType,
  canvases: Canvases | undefined,
): AsyncGenerator<Part> {
  refuseLarge(stated(bytes, type));
  if (!canvases) {
    const message = 'Pictures are read in Node with the package @napi-rs/canvas, which is not installed here.';
    throw documentFailure('unsupported', message);
  }
  const draw = () => decodePicture(bytes, type, canvases);
  yield { kind: 'picture', page: 1, pages: 1, text: '', draws: [draw] };
}

function stated(bytes: Uint8Array, type: PictureType): Size {
  try {
    return sizeOf(bytes, type);
  } catch (cause) {
    throw broken(cause instanceof RangeError ? 'it is cut short' : (cause as Error).message, cause);
  }
}

function refuseLarge({ width, height }: Size): void {
  if (width * height <= LIMITS.pixels) return;
  const message = `The picture has ${width} × ${height} pixels; send one of at most ${LIMITS.pixels / 1e6} million.`;
  throw documentFailure('too_large', message);
}

/** A picture, scaled down where it is large; refused by its header where it is huge. */
export async function decodePicture(
  bytes: Uint8Array<ArrayBuffer>,
  type: PictureType,
  canvases: Canvases,
): Promise<Picture> {
  refuseLarge(stated(bytes, type));
  const decoded = await canvases.decode(bytes, type).catch((cause: unknown) => {
    throw MAYBE.includes(type) ? undecoded(type, cause) : broken(`it cannot be decoded as ${type}`, cause);
  });
  try {
    refuseLarge(decoded);
    const { width, height } = decoded;
    const scale = width * height > SIDE * SIDE ? SIDE / Math.max(width, height) : 1;
    const size = [width, height].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
    return await drawn(canvases, size, (context) => {
      // One that keeps its size would be blurred by what smoothes.
      context.imageSmoothingEnabled = scale < 1;
      context.imageSmoothingQuality = 'high';
      context.drawImage(decoded.image, 0, 0, ...size);
    });
  } finally {
    decoded.close();
  }
}

const broken = (why: string, cause: unknown) =>
  documentFailure('corrupt', `The picture is broken (${why}); open it in a viewer and save it anew.`, cause);

/** Formats that not every browser decodes; see docs/documents.md. */
const MAYBE: readonly PictureType[] = ['image/avif', 'image/heic'];

function undecoded(type: PictureType, cause: unknown) {
  const message = `The picture cannot be decoded as ${type}, which is not known everywhere; save it as JPEG or PNG.`;
  return documentFailure('unsupported', message, cause);
}
