import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { expose, type Methods } from '../bridge/bridge.js';
import { nodeEndpoint } from '../bridge/node.js';
import { failure } from '../contract/errors.js';
import type { ReadFile } from '../engines/assets.js';
import { Session } from '../engines/onnx.js';
import { createHost, type Host } from '../worker/host.js';
import { loader } from '../worker/load.js';

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

// V8 would spend seconds optimising hundreds of the runtime's functions during the first calls, for code that is
// no faster afterwards; a high budget puts that off. It is process-wide, so it is set only while the model opens.
const PATIENT = '--wasm-tiering-budget=200000000';
const USUAL = '--wasm-tiering-budget=1800000';

async function patiently<Result>(run: () => Promise<Result>): Promise<Result> {
  setFlagsFromString(PATIENT);
  return run().finally(() => setFlagsFromString(USUAL));
}

const host = createHost(loader(readLocal), (bytes) => Session.open(bytes, { device: 'wasm' }));
const patient: Host = {
  ...host,
  open: (options, context) => patiently(() => host.open(options, context)),
  install: (request, context) => patiently(() => host.install(request, context)),
};
if (parentPort) expose(patient as unknown as Methods, nodeEndpoint(parentPort));
