import type { Json } from '../store/store.js';
import { Download } from './download.js';
import { Draft } from './draft.js';
import { installFailure, isResumable } from './failure.js';
import type { Installation, InstallTools } from './installation.js';
import { findInstalled } from './installed.js';
import { fetchModel } from './model-files.js';
import { Tally } from './progress.js';
import { type InstalledModel, keyOf } from './record.js';
import { explained } from './room.js';
import { selfTested } from './self-test.js';

/**
 * Installs a model: its files first, then its self-test, and last, in one write, the record that makes it one.
 *
 * When it rejects, whatever was installed before still is. What came of a download that broke off is kept.
 */
export async function install(installation: Installation, tools: InstallTools): Promise<InstalledModel> {
  const { id, source } = installation;
  const { store, signal } = tools;
  const draft = await Draft.open(store, id, source.name);
  const before = await findInstalled(store, id);
  const tally = new Tally(tools.onProgress);
  let record: InstalledModel;
  try {
    record = await make(installation, draft, tally, tools);
    signal.throwIfAborted();
    await store.update<Json & InstalledModel>('models', await keyOf(id), () => record as Json & InstalledModel);
  } catch (error) {
    if (!signal.aborted && !isResumable(error)) await draft.drop().catch(() => undefined);
    throw await explained(error, id, tally.total, store);
  }
  // It is installed: what cannot be tidied up now is found by the next installation.
  await draft.forget().catch(() => undefined);
  if (before) await store.files.remove(before.folder).catch(() => undefined);
  return record;
}

async function make(
  installation: Installation,
  draft: Draft,
  tally: Tally,
  tools: InstallTools,
): Promise<InstalledModel> {
  const { id, source, from, revision, integrity } = installation;
  const { store, embedded, signal } = tools;
  const download = new Download({ source, draft, store, tally, integrity, signal });
  try {
    const place = source.name || 'the files';
    const { kind, hub, files, records } = await fetchModel({ id, from: place, download, draft, store });
    tally.finish();
    const unknown = Object.keys(integrity).find((path) => !records.some((file) => file.path === path));
    if (unknown !== undefined) {
      const message = `${place} has no ${unknown}, for which a SHA-256 was given.`;
      throw installFailure('integrity', message, { file: unknown });
    }
    const described = kind.describe(hub, files, embedded);
    const float = !hub.graph.quantized && { precision: 'float' as const };
    const spec = await selfTested(id, { ...described, ...float }, kind, draft, tools);
    const installed_at = new Date().toISOString();
    return { id, spec, folder: draft.folder, files: records, from, revision, installed_at };
  } finally {
    download.stop();
  }
}
