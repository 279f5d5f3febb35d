import { quote } from '../contract/checks.js';
import { invalid } from '../contract/errors.js';
import { HttpSource } from './http.js';
import { install } from './install.js';
import type { Installation, InstallTools } from './installation.js';
import { LocalSource } from './local.js';
import { type InstalledModel, MODEL_ID } from './record.js';
import type { Source } from './source.js';
import { zipSource } from './unzip.js';

/** Where a model is to come from, as the caller said it. */
export type Origin =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'files'; readonly files: readonly { readonly path: string; readonly content: Blob }[] }
  | { readonly kind: 'zip'; readonly content: Blob }
  | { readonly kind: 'path'; readonly path: string };

/** What the caller's side asks of the thread that installs. */
export interface InstallRequest {
  /** Left out for files, whose folder or configuration names the model. */
  readonly id: string | undefined;
  readonly origin: Origin;
  readonly revision: string | null;
  readonly integrity: Readonly<Record<string, string>>;
  /** Seconds without a byte. */
  readonly timeout: number;
}

/** What differs between a page and Node. */
export interface Environment extends InstallTools {
  /** A folder or zip of this machine's. */
  openPath(path: string): Promise<Source>;
}

/** Installs what a request names. */
export async function installFrom(request: InstallRequest, environment: Environment): Promise<InstalledModel> {
  const { origin, revision, integrity } = request;
  const source = await sourceOf(request, environment);
  const from = origin.kind === 'url' ? origin.url : null;
  const id = request.id ?? source.name;
  if (!MODEL_ID.test(id)) {
    throw invalid('id', `${quote(id)} is no id of a model; give one such as "owner/name" with the id option.`);
  }
  const installation: Installation = { id, source, from, revision, integrity };
  return install(installation, environment);
}

async function sourceOf({ origin, timeout }: InstallRequest, { openPath }: Environment): Promise<Source> {
  switch (origin.kind) {
    case 'url':
      return new HttpSource(origin.url, timeout);
    case 'files':
      return new LocalSource(origin.files.map(({ path, content }) => ({ path, content: async () => content })));
    case 'zip':
      return zipSource(origin.content);
    case 'path':
      return openPath(origin.path);
  }
}
