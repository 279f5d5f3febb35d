import { type ReadFile, readVerified } from '../engines/assets.js';
import { EmbedEngine } from '../engines/embed/engine.js';
import type { Engine } from '../engines/engine.js';
import { type EmbedFile, type FileRecord, loadedFiles } from '../engines/manifest.js';
import { configureRuntime } from '../engines/onnx.js';
import type { WorkerModels } from './models-module.js';
import type { Load, LoadOptions } from './settings.js';

/** Fetches, checks and starts models; `onBytes` counts the model's files. */
export const loader =
  (read: ReadFile): Load =>
  (options, signal, onBytes) =>
    load(options, read, signal, onBytes);

async function load(
  { model, spec, urls, threads, installed }: LoadOptions,
  read: ReadFile,
  signal: AbortSignal,
  onBytes: (done: number, total: number) => void,
): Promise<Engine> {
  const total = loadedFiles(spec.files).reduce((sum, file) => sum + (spec.files[file]?.bytes ?? 0), 0);
  // The first sign of life: from now on the caller waits for bytes.
  onBytes(0, total);
  const { glue, wasm } = urls;
  // A page's browser compiles the wasm while it streams in; Node cannot fetch a file.
  const binary = wasm.startsWith('file:') ? await read(wasm, signal, () => undefined) : undefined;
  configureRuntime({ glue, wasm, binary, threads });
  const hub: WorkerModels | undefined = installed ? await import(/* @vite-ignore */ urls.models) : undefined;
  const done = new Map<EmbedFile, number>();
  const loaded = () => [...done.values()].reduce((a, b) => a + b, 0);
  const file = (name: EmbedFile) => {
    const count = (bytes: number) => {
      done.set(name, bytes);
      // The last byte is not the end: the event that says so comes when the model is ready.
      onBytes(Math.min(total - 1, loaded()), total);
    };
    const url = urls.model[name] ?? '';
    return readVerified(hub?.readStored ?? read, url, spec.files[name] as FileRecord, signal, count, hub?.advice);
  };
  const engine = await EmbedEngine.open(model, spec, file, hub?.hubParts);
  signal.throwIfAborted();
  if (spec.golden) await hub?.checkGolden(engine, spec.golden, signal);
  onBytes(total, total);
  return engine;
}
