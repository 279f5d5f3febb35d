import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { expose, type Methods } from '../bridge/bridge.js';
import { nodeEndpoint } from '../bridge/node.js';
import { failure } from '../contract/errors.js';
import type { ReadFile } from '../engines/assets.js';
import { createHost } from '../worker/host.js';

const readLocal: ReadFile = async (url, signal, onBytes) => {
  try {
    const bytes = new Uint8Array(await readFile(fileURLToPath(url), { signal }));
    onBytes(bytes.length);
    return bytes;
  } catch (cause) {
    signal.throwIfAborted();
    throw failure('MODEL_UNAVAILABLE', `${url} could not be read; check the assets option.`, { url }, cause);
  }
};

if (parentPort) expose(createHost(readLocal) as unknown as Methods, nodeEndpoint(parentPort));
