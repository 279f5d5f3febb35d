import { type ReadFile, readVerified } from '../engines/assets.js';
import { EmbedEngine } from '../engines/embed/engine.js';
import { TokenSource } from '../engines/embed/tokens.js';
import type { Engine } from '../engines/engine.js';
import { type FileRecord, loadedFiles } from '../engines/manifest.js';
import { configureRuntime, Session, startRuntime } from '../engines/onnx.js';
import { StagedEngine } from '../engines/staged.js';
import type { WorkerModels } from './models-module.js';
import type { Load, LoadOptions } from './settings.js';

/** Fetches, checks and starts models; `onBytes` counts the model's files. */
export const loader =
  (read: ReadFile): Load =>
  (options, signal, onBytes) =>
    load(options, read, signal, onBytes);

async function load(
  options: LoadOptions,
  read: ReadFile,
  signal: AbortSignal,
  onBytes: (done: number, total: number) => void,
): Promise<Engine> {
  const { spec, urls, threads, device, installed } = options;
  const total = loadedFiles(spec).reduce((sum, { file }) => sum + file.bytes, 0);
  // The first sign of life: from now on the caller waits for bytes.
  onBytes(0, total);
  const { glue, wasm } = urls.runtime[device];
  // A page's browser compiles the wasm while it streams in; Node cannot fetch a file.
  const binary = wasm.startsWith('file:') ? await read(wasm, signal, () => undefined) : undefined;
  // What comes with the package and reads texts was written as it should run.
  const optimised = !installed && spec.engine === 'embed';
  configureRuntime({ glue, wasm, binary, threads, device, optimised });
  const hub: WorkerModels | undefined = installed ? await import(/* @vite-ignore */ urls.models) : undefined;
  const done = new Map<string, number>();
  const count = (role: string) => (bytes: number) => {
    done.set(role, bytes);
    const loaded = [...done.values()].reduce((a, b) => a + b, 0);
    // The last byte is not the end: the event that says so comes when the model is ready.
    onBytes(Math.min(total - 1, loaded), total);
  };
  const opening = open(options, hub?.readStored ?? read, signal, hub, count);
  const [engine] = await Promise.all([opening, startRuntime()]);
  signal.throwIfAborted();
  if (spec.golden) await hub?.checkGolden(engine, spec.golden, signal);
  onBytes(total, total);
  return engine;
}

async function open(
  { model, spec, urls, second }: Pick<LoadOptions, 'model' | 'spec' | 'second' | 'urls'>,
  read: ReadFile,
  signal: AbortSignal,
  hub: WorkerModels | undefined,
  count: (role: string) => (bytes: number) => void,
): Promise<Engine> {
  const records = new Map(loadedFiles(spec).map(({ role, file }) => [role, file]));
  const file = (role: string) =>
    readVerified(read, urls.model[role] ?? '', records.get(role) as FileRecord, signal, count(role), hub?.advice);
  if (spec.engine === 'nli') {
    const { openNli, hubParts }: WorkerModels = hub ?? (await import(/* @vite-ignore */ urls.models));
    const openTokens = (bytes: Uint8Array) => new TokenSource(bytes, '', hubParts.runs);
    return openNli(model, spec, file, { openTokens, openGraph: Session.open });
  }
  const first = await EmbedEngine.open(model, spec, file, hub?.hubParts);
  if (!spec.second || !second) return first;
  const other = { ...second, urls: { ...urls, model: second.urls } };
  return new StagedEngine(first, spec.second, () => open(other, read, NEVER, undefined, () => () => undefined));
}

/** What was loaded once serves every later call, so no caller's signal may stop it. */
const NEVER = new AbortController().signal;
