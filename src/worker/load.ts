import { type ReadFile, readVerified } from '../engines/assets.js';
import { EmbedEngine } from '../engines/embed/engine.js';
import type { Engine } from '../engines/engine.js';
import { type EmbedFile, type EmbedModel, type FileRecord, loadedFiles } from '../engines/manifest.js';
import { configureRuntime } from '../engines/onnx.js';
import type { DocumentSettings, DocumentUrls } from './lazy-documents.js';

/** Absolute addresses of a model's files and of the runtime's two. */
export interface AssetUrls {
  readonly model: Readonly<Partial<Record<EmbedFile, string>>>;
  readonly glue: string;
  readonly wasm: string;
  readonly documents: DocumentUrls;
}

/** What a worker needs to start; plain values, sent by the page. */
export interface LoadOptions {
  readonly model: string;
  readonly spec: EmbedModel;
  readonly urls: AssetUrls;
  readonly threads: number;
  readonly documents: DocumentSettings;
}

/** Starts the engine that the options describe; `onBytes` counts what is loaded for it. */
export type Load = (
  options: LoadOptions,
  signal: AbortSignal,
  onBytes: (done: number, total: number) => void,
) => Promise<Engine>;

/** Fetches, checks and starts models; `onBytes` counts the model's files. */
export const loader =
  (read: ReadFile): Load =>
  (options, signal, onBytes) =>
    load(options, read, signal, onBytes);

async function load(
  { model, spec, urls, threads }: LoadOptions,
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
  const done = new Map<EmbedFile, number>();
  const loaded = () => [...done.values()].reduce((a, b) => a + b, 0);
  const file = (name: EmbedFile) => {
    const count = (bytes: number) => {
      done.set(name, bytes);
      // The last byte is not the end: the event that says so comes when the model is ready.
      onBytes(Math.min(total - 1, loaded()), total);
    };
    return readVerified(read, urls.model[name] ?? '', spec.files[name] as FileRecord, signal, count);
  };
  const engine = await EmbedEngine.open(model, spec, file);
  signal.throwIfAborted();
  onBytes(total, total);
  return engine;
}
