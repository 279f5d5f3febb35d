import { failure } from '../contract/errors.js';
import { join } from '../documents/join.js';
import type { Engine } from '../engines/engine.js';
import { selfTest } from '../engines/golden.js';
import type { EmbedModel, FileRecord, ModelSpec } from '../engines/manifest.js';
import { storageFull } from '../store/full.js';
import type { GrowingStore, Json } from '../store/store.js';
import { type Begun, Download } from './download.js';
import { Draft } from './draft.js';
import { installFailure, isResumable } from './failure.js';
import { fitCalibration } from './fit.js';
import { graphOf } from './graph.js';
import { CONFIGS, type Config, WEIGHTS } from './hub-files.js';
import { type Kind, kindOf } from './kinds.js';
import { type InstallProgress, Tally } from './progress.js';
import { addressesOf, allInstalled, bytesOf, findInstalled, type InstalledModel, keyOf, storedName } from './record.js';
import type { Source } from './source.js';

/** What is to be installed. */
export interface Installation {
  readonly id: string;
  readonly source: Source;
  /** The URL that the source is; null for files of the caller's. */
  readonly from: string | null;
  readonly revision: string | null;
  readonly integrity: Readonly<Record<string, string>>;
}

/** What an installation works with. */
export interface InstallTools {
  readonly store: GrowingStore;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: InstallProgress) => void;
  /** The embedded model's entry, whose constants are the start of the new one's. */
  readonly embedded: EmbedModel;
  /** Opens the embedded model. */
  openEmbedded(): Promise<Engine>;
  /** Opens a model from addresses of its files, by role. */
  open(id: string, spec: ModelSpec, addresses: Readonly<Record<string, string>>): Promise<Engine>;
}

/**
 * Installs a model: its files first, then its self-test, and last, in one write, the record that makes it one.
 *
 * When it rejects, whatever was installed before still is. What came of a download that broke off is kept.
 */
export async function install(installation: Installation, tools: InstallTools): Promise<InstalledModel> {
  const { id, source } = installation;
  const { store, signal } = tools;
  const draft = await Draft.open(store, id, source.name);
  try {
    const record = await make(installation, draft, tools);
    signal.throwIfAborted();
    const before = await findInstalled(store, id);
    await store.update<Json & InstalledModel>('models', await keyOf(id), () => record as Json & InstalledModel);
    await draft.forget();
    if (before) await store.files.remove(before.folder);
    return record;
  } catch (error) {
    if (!signal.aborted && !isResumable(error)) await draft.drop();
    throw error;
  }
}

async function make(installation: Installation, draft: Draft, tools: InstallTools): Promise<InstalledModel> {
  const { id, source, from, revision, integrity } = installation;
  const { store, embedded, signal, onProgress } = tools;
  const stop = new AbortController();
  const tally = new Tally(onProgress);
  const download = new Download({
    ...{ source, draft, store, tally, integrity },
    signal: AbortSignal.any([signal, stop.signal]),
  });
  try {
    const { kind, config, small } = await describe(download, installation, draft, store);
    const files = await large(download, installation, store);
    tally.finish();
    const records = [...small, ...files];
    const unknown = Object.keys(integrity).find((path) => !records.some((file) => file.path === path));
    if (unknown !== undefined) {
      throw installFailure('integrity', `${source.name} has no ${unknown}, for which a SHA-256 was given.`, {
        file: unknown,
      });
    }
    const read = (file: FileRecord) => join(store.files.read(storedName(draft.folder, file.path)));
    const configs = Object.fromEntries(
      await Promise.all(small.map(async (file) => [file.path, parse(file.path, await read(file))] as const)),
    );
    const [tokenizer, weights] = files;
    const graph = graphOf(await read(weights));
    const spec = kind.describe({ id, config, configs, graph }, { weights, tokenizer }, embedded);
    const tested = await selfTested(installation, spec, draft, tools);
    const installed_at = new Date().toISOString();
    return { id, spec: tested, folder: draft.folder, files: records, from, revision, installed_at };
  } finally {
    stop.abort();
  }
}

/** The small files, and the engine that they ask for, before anything large is fetched. */
async function describe(
  download: Download,
  { id, source }: Installation,
  draft: Draft,
  store: GrowingStore,
): Promise<{ kind: Kind; config: Config; small: FileRecord[] }> {
  const first = await download.get('config.json');
  if (!first) {
    const page = download.pages.length > 0;
    const message = `There is no model at ${source.name}: ${page ? 'a web page came instead of' : 'it has no'} config.json.`;
    throw page ? installFailure('web_page', message, { file: 'config.json' }) : failure('MODEL_NOT_FOUND', message);
  }
  const config = parse('config.json', await join(store.files.read(storedName(draft.folder, 'config.json'))));
  const kind = kindOf(config, id);
  const others = await Promise.all(CONFIGS.map((path) => download.get(path)));
  return { kind, config, small: [first, ...others.filter((file) => file !== undefined)] };
}

/** Tokenizer and weights. */
async function large(
  download: Download,
  { id, source }: Installation,
  store: GrowingStore,
): Promise<[tokenizer: FileRecord, weights: FileRecord]> {
  const tokenizer = await download.begin('tokenizer.json');
  if (!tokenizer) throw absent('no_tokenizer', 'tokenizer.json', id, source, download);
  let weights: Begun | undefined;
  for (const path of WEIGHTS) weights ??= await download.begin(path);
  if (!weights) throw absent('no_weights', WEIGHTS[0], id, source, download);
  await refuseFull(id, tokenizer.missing + weights.missing, store);
  return Promise.all([download.finish(tokenizer), download.finish(weights)]);
}

function absent(reason: 'no_tokenizer' | 'no_weights', path: string, id: string, { name }: Source, download: Download) {
  const page = download.pages.includes(path);
  const message = `${id} cannot be used: ${name || 'it'} has no ${path}${page ? ', but a web page in its place' : ''}.`;
  return installFailure(page ? 'web_page' : reason, message, { file: path });
}

/** Says what is needed and what could go, before a disk is filled in vain. */
async function refuseFull(id: string, needed: number, store: GrowingStore): Promise<void> {
  const available = await store.files.room();
  if (available === undefined || needed <= available) return;
  const removable = (await allInstalled(store)).map((model) => ({ id: model.id, bytes: bytesOf(model.files) }));
  const could = removable.map((model) => `${model.id} (${model.bytes} bytes)`).join(', ');
  const advice = could === '' ? 'Free space on the disk.' : `Free space, or remove a model: ${could}.`;
  const full = storageFull(undefined, { needed, available });
  const message = `${id} needs ${needed} bytes and ${available} are free. ${advice}`;
  throw failure('STORAGE_FULL', message, { ...full.details, removable });
}

function parse(path: string, bytes: Uint8Array): Config {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw installFailure('corrupt', `${path} is no JSON; get the model again.`, { file: path }, cause);
  }
}

/** Opens the model, fits its constants, and writes down what it answers. */
async function selfTested(
  { id }: Installation,
  spec: ModelSpec,
  { folder }: Draft,
  { store, signal, onProgress, embedded, open, openEmbedded }: InstallTools,
): Promise<ModelSpec> {
  const step = (done: number) => onProgress({ stage: 'check', done, total: 3 });
  step(0);
  const addresses = addressesOf(store, folder, spec);
  const other = await open(id, spec, addresses).catch((cause: unknown) => {
    signal.throwIfAborted();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw installFailure('unsupported', `${id} cannot be opened: ${why}`, {}, cause);
  });
  step(1);
  const fitted = await openEmbedded();
  step(2);
  const { calibration, deviation } = await fitCalibration({ fitted, other }, embedded.neutral, signal);
  const golden = { scores: await selfTest(other, signal), tolerance: 0.2 * deviation };
  if (!golden.scores.every(Number.isFinite) || deviation === 0) {
    throw installFailure('unsupported', `${id} cannot be used: it gives no usable numbers.`);
  }
  step(3);
  // What an inference model was trained to say needs no fitting.
  return spec.engine === 'embed' ? { ...spec, calibration, golden } : { ...spec, golden };
}
