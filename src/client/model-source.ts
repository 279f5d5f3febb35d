import { isFields, kindOf, quote } from '../contract/checks.js';
import { invalid } from '../contract/errors.js';
import type { InstallRequest, Origin } from '../models/manage.js';
import { MODEL_ID } from '../models/record.js';

/** An id on the hub that `modelHost` names, a URL of a folder in the hub's layout, or the files themselves. */
export type ModelSource = string | URL | Blob | Iterable<File>;

/** A source once read; `revision` where it is one of a hub's. */
export type NamedSource = Pick<InstallRequest, 'id' | 'origin' | 'revision'>;

/** A name of git's, as far as it matters in an address: none that leads to another folder. */
const REVISION = /^(?!.*\.\.)\w[\w./+-]*$/;

/** Where a model is to come from; `host` is the hub of ids, if there is one. */
export function modelSource(source: unknown, host: string | undefined, revision: string | undefined): NamedSource {
  const text = typeof source === 'string' || source instanceof URL ? String(source) : '';
  if (revision !== undefined && !MODEL_ID.test(text)) {
    throw invalid('revision', 'revision is for ids of a hub; a URL or files have their own.');
  }
  if (revision !== undefined && !REVISION.test(revision)) {
    throw invalid('revision', `${quote(revision)} is no branch, tag or commit.`);
  }
  if (/^https?:/i.test(text)) {
    if (!URL.canParse(text)) throw invalid('source', `${quote(text)} is no address.`);
    return { id: idOf(text), origin: { kind: 'url', url: text }, revision: null };
  }
  if (!MODEL_ID.test(text)) return fileSource(source);
  if (host === undefined) {
    const message = `Set modelHost to the hub that ${quote(text)} is to be fetched from, or give the URL of its folder.`;
    throw invalid('modelHost', message);
  }
  const folder = `${text}/resolve/${encodeURIComponent(revision ?? 'main')}/`;
  const { href } = new URL(folder, host.endsWith('/') ? host : `${host}/`);
  return { id: text, origin: { kind: 'url', url: href }, revision: revision ?? 'main' };
}

/** Files of the caller's: a zip, a list, or in Node a path. */
export function fileSource(source: unknown): NamedSource {
  return { id: undefined, origin: originOf(source), revision: null };
}

function originOf(source: unknown): Origin {
  if (typeof source === 'string' && source !== '') return { kind: 'path', path: source };
  if (source instanceof URL) return { kind: 'path', path: decodeURIComponent(source.pathname) };
  if (source instanceof Blob) return { kind: 'zip', content: source };
  const listed = typeof source === 'object' && source !== null && Symbol.iterator in source && !isFields(source);
  const files = listed ? [...(source as Iterable<unknown>)] : [];
  if (files.length > 0 && files.every((file): file is File => file instanceof Blob && 'name' in file)) {
    return {
      kind: 'files',
      files: files.map((file) => ({ path: file.webkitRelativePath || file.name, content: file })),
    };
  }
  throw invalid('source', `A model comes from an id, a URL, a zip or a list of files, not from ${kindOf(source)}.`);
}

/** `owner/name` of an address on a hub, else the name of the folder. */
function idOf(url: string): string | undefined {
  const names = new URL(url).pathname.split('/').filter(Boolean);
  const revision = names.indexOf('resolve');
  return revision >= 2 ? names.slice(revision - 2, revision).join('/') : names.at(-1);
}
