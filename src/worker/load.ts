import { type ReadFile, readVerified } from '../engines/assets.js';
import { EmbedEngine } from '../engines/embed/engine.js';
import { TokenSource } from '../engines/embed/tokens.js';
import type { Engine } from '../engines/engine.js';
import { type FileRecord, loadedFiles } from '../engines/manifest.js';
import { configureRuntime, Session, startRuntime } from '../engines/onnx.js';
import { StagedEngine } from '../engines/staged.js';
import type { WorkerModels } from './models-module.js';
import type { Load, LoadOptions, OtherModel } from './settings.js';

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
  const { spec, urls, threads, device } = options;
  const total = loadedFiles(spec).reduce((sum, { file }) => sum + file.bytes, 0);
  // The first sign of life: from now on the caller waits for bytes.
  onBytes(0, total);
  const { glue, wasm } = urls.runtime[device];
  // A page's browser compiles the wasm while it streams in; Node cannot fetch a file.
  const binary = wasm.startsWith('file:') ? await read(wasm, signal, () => undefined) : undefined;
  configureRuntime({ glue, wasm, binary, threads, device });
  const done = new Map<string, number>();
  const count = (role: string) => (bytes: number) => {
    done.set(role, bytes);
    const loaded = [...done.values()].reduce((a, b) => a + b, 0);
    // The last byte is not the end: the event that says so comes when the model is ready.
    onBytes(Math.min(total - 1, loaded), total);
  };
  const [engine] = await Promise.all([open(options, { read, signal, count }), startRuntime()]);
  onBytes(total, total);
  return engine;
}

/** How a model is opened. */
interface Opening {
  /** Reads what came with the package. */
  readonly read: ReadFile;
  readonly signal: AbortSignal;
  readonly count: (role: string) => (bytes: number) => void;
}

/** Opens a model; one that was installed must answer as it did then. */
async function open(options: LoadOptions, opening: Opening): Promise<Engine> {
  const { spec, urls, installed } = options;
  const { signal } = opening;
  const hub: WorkerModels | undefined = installed ? await import(/* @vite-ignore */ urls.models) : undefined;
  const engine = await start(options, opening, hub);
  signal.throwIfAborted();
  if (spec.golden) await hub?.checkGolden(engine, spec.golden, signal);
  return engine;
}

async function start(options: LoadOptions, opening: Opening, hub: WorkerModels | undefined): Promise<Engine> {
  const { model, spec, urls, second, reader } = options;
  const { read, signal, count } = opening;
  const records = new Map(loadedFiles(spec).map(({ role, file }) => [role, file]));
  const file = (role: string) => {
    const record = records.get(role) as FileRecord;
    return readVerified(hub?.readStored ?? read, urls.model[role] ?? '', record, signal, count(role), hub?.advice);
  };
  const other = (one: OtherModel) => () =>
    open({ ...alone(options), ...one, urls: { ...urls, model: one.urls } }, { read, signal: NEVER, count: uncounted });
  if (spec.engine === 'embed') {
    const first = await EmbedEngine.open(model, spec, file, hub?.hubParts);
    return spec.second && second ? new StagedEngine(first, spec.second, other(second)) : first;
  }
  const { openNli, openClip, hubParts }: WorkerModels = hub ?? (await import(/* @vite-ignore */ urls.models));
  const openTokens = (bytes: Uint8Array) => new TokenSource(bytes, '', hubParts.runs);
  const openGraph = (bytes: Uint8Array) => Session.open(bytes);
  const ground = { openTokens, openGraph, reader: reader && { ...reader, open: other(reader) } };
  return spec.engine === 'nli' ? openNli(model, spec, file, ground) : openClip(model, spec, file, ground);
}

/** What another model of the same thread is opened with. */
const alone = ({ second: _, reader: __, installed: ___, ...rest }: LoadOptions) => rest;

/** What was loaded once serves every later call, so no caller's signal may stop it. */
const NEVER = new AbortController().signal;
const uncounted = () => () => undefined;
