import { isFields } from '../contract/checks.js';
import { failure } from '../contract/errors.js';
import { join } from '../documents/join.js';
import type { FileRecord } from '../engines/manifest.js';
import type { GrowingStore } from '../store/store.js';
import type { Begun, Download } from './download.js';
import type { Draft } from './draft.js';
import { installFailure } from './failure.js';
import { type Graph, graphOf } from './graph.js';
import type { Config, HubModel, Layout, RoleFiles } from './hub-files.js';
import { type Kind, kindOf } from './kinds.js';
import { storedName } from './record.js';
import { refuseFull } from './room.js';

/** A model's files on their way into a store. */
export interface Fetching {
  readonly id: string;
  /** Where they come from, for messages. */
  readonly from: string;
  readonly download: Download;
  readonly draft: Draft;
  readonly store: GrowingStore;
}

/** A model whose files are all there. */
export interface FetchedModel {
  readonly kind: Kind;
  readonly hub: HubModel;
  readonly files: RoleFiles;
  /** Every file that came. */
  readonly records: readonly FileRecord[];
}

/** Fetches a model: what it says about itself, and then, if an engine runs such a model, the rest. */
export async function fetchModel(fetching: Fetching): Promise<FetchedModel> {
  const { id, download } = fetching;
  const first = await download.get('config.json');
  if (!first) throw noModel(fetching);
  const config = await readObject(fetching, first);
  const kind = kindOf(config, id);
  const others = await download.together(kind.configs.map((path) => download.get(path)));
  const small = others.filter((file) => file !== undefined);
  const missing = kind.needs.find((path) => !small.some((file) => file.path === path));
  if (missing !== undefined) throw absent('no_preprocessor', missing, fetching);
  const files = await large(fetching, kind.layouts);
  const { tokenizer, weights, vision } = files;
  // One that broke off is told from one that no engine reads.
  await readObject(fetching, tokenizer);
  const configs = Object.fromEntries(
    await Promise.all(small.map(async (file) => [file.path, await readJson(fetching, file)] as const)),
  );
  const graph = await outline(fetching, weights);
  const pictures = vision && { vision: await outline(fetching, vision) };
  return {
    kind,
    hub: { id, config, configs, graph, ...pictures },
    files,
    records: [first, ...small, tokenizer, weights, ...(vision ? [vision] : [])],
  };
}

/** Tokenizer and weights: asked for together, so that it is known what is to come before any of it is written. */
async function large(fetching: Fetching, layouts: readonly Layout[]): Promise<RoleFiles> {
  const { id, download, store } = fetching;
  const tokenizer = await download.begin('tokenizer.json');
  if (!tokenizer) throw absent('no_tokenizer', 'tokenizer.json', fetching);
  let begun: Begun[] | undefined;
  for (const layout of layouts) begun ??= await beginAll(download, layout);
  if (!begun) {
    const first = layouts[0]?.weights ?? '';
    const every = layouts.map(({ weights, vision }) => (vision === undefined ? weights : `${weights} with ${vision}`));
    throw absent('no_weights', first, fetching, `weights under a name that is known: ${every.join(', ')}`);
  }
  const all = [tokenizer, ...begun];
  await refuseFull(
    id,
    all.reduce((sum, { missing }) => sum + missing, 0),
    store,
  );
  const records = await download.together(all.map((one) => download.finish(one)));
  const [first, weights, vision] = records as [FileRecord, FileRecord, FileRecord?];
  return { tokenizer: first, weights, ...(vision && { vision }) };
}

/** The weights of a layout; undefined where one of its files is not there. */
async function beginAll(download: Download, { weights, vision }: Layout): Promise<Begun[] | undefined> {
  const first = await download.begin(weights);
  if (!first || vision === undefined) return first && [first];
  const second = await download.begin(vision);
  return second && [first, second];
}

/** What a graph says about itself; only inside may its numbers have 16 bits. */
async function outline(fetching: Fetching, file: FileRecord): Promise<Graph> {
  const graph = graphOf(await read(fetching, file));
  const half = [...graph.inputs, ...graph.outputs].find((value) => value.half)?.name;
  if (half === undefined) return graph;
  const message = `${fetching.id} cannot be used: ${half} in ${file.path} has 16 bits; export it with inputs and outputs of 32.`;
  throw installFailure('unsupported', message, { file: file.path });
}

const read = ({ store, draft }: Fetching, { path }: FileRecord): Promise<Uint8Array> =>
  join(store.files.read(storedName(draft.folder, path)));

async function readJson(fetching: Fetching, file: FileRecord): Promise<Config> {
  const bytes = await read(fetching, file);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw notJson(file.path, cause);
  }
}

async function readObject(fetching: Fetching, file: FileRecord): Promise<Config> {
  const json = await readJson(fetching, file);
  if (isFields(json)) return json;
  throw notJson(file.path);
}

const notJson = (path: string, cause?: unknown) =>
  installFailure('corrupt', `${path} is no JSON object; get the model again.`, { file: path }, cause);

function noModel({ from, download }: Fetching) {
  const page = download.pages.length > 0;
  const why = page ? 'a web page came instead of config.json' : 'it has no config.json';
  const message = `There is no model at ${from}: ${why}.`;
  return page ? installFailure('web_page', message, { file: 'config.json' }) : failure('MODEL_NOT_FOUND', message);
}

function absent(
  reason: 'no_tokenizer' | 'no_weights' | 'no_preprocessor',
  path: string,
  { id, from, download }: Fetching,
  named = path,
) {
  const page = download.pages.includes(path);
  const message = `${id} cannot be used: ${from} has no ${page ? `${path}, but a web page in its place` : named}.`;
  return installFailure(page ? 'web_page' : reason, message, { file: path });
}
