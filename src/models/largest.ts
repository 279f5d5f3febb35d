import type { ClasserError } from '../contract/errors.js';
import { installFailure } from './failure.js';

/**
 * Bytes of a file at most: what a message of protobuf may be, which an ONNX file is. The runtime's memory of 4 GB, where a
 * graph lies twice while it is opened, may end before that.
 */
export const LARGEST = 2 ** 31 - 1;

/** The error of a file above that; `bytes` are undefined where only the end would tell how many they are. */
export function tooLarge(path: string, bytes?: number): ClasserError {
  const own = bytes === undefined ? `more than ${LARGEST}` : bytes;
  const message = `${path} has ${own} bytes, and no more than ${LARGEST} can be read; take a smaller or quantised model.`;
  return installFailure('too_large', message, { file: path, most: LARGEST });
}
