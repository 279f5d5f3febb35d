import { Connection } from '../bridge/bridge.js';
import { Deadline } from '../contract/deadline.js';
import { failure } from '../contract/errors.js';
import type { InstallProgress } from '../models/progress.js';
import type { InstalledModel } from '../models/record.js';
import type { ManageRequest } from '../worker/models-module.js';
import type { Platform } from './platform.js';
import { startWorker } from './supervisor.js';

/** Seconds for the worker to begin, for it to give no sign while a model is tested, and for what came to be written. */
const STARTED = 20;
const QUIET = 300;
const WRITTEN = 10;

/** Installs a model in a thread of its own, which ends with it and gives its memory back. */
export async function runInstall(
  platform: Platform,
  assets: string | undefined,
  request: ManageRequest,
  signal: AbortSignal,
  onProgress: (progress: InstallProgress) => void,
): Promise<InstalledModel> {
  const handle = startWorker(platform, assets);
  const lose = (why: string) => connection.lose(failure('WORKER_LOST', `The installing worker was lost: ${why}`));
  const connection = new Connection(handle.endpoint, () => lose('it stopped answering. Install again.'));
  // A server that says nothing is the download's to give up, after its own time.
  const { timeout } = request.install;
  const watch = new Deadline(STARTED + timeout, signal, (seconds) =>
    failure('TIMEOUT', `Installing went on for ${seconds} seconds without a sign; install again.`),
  );
  handle.onDeath(lose);
  handle.hold(true);
  const listen = (progress: InstallProgress) => {
    watch.restart(QUIET + timeout);
    onProgress(progress);
  };
  try {
    return await connection.call('install', request, { signal: watch.signal, onProgress: listen });
  } finally {
    watch.stop();
    if (watch.signal.aborted) await written(connection);
    lose('it ended.');
    handle.terminate();
  }
}

/** Waits until what came of a download that was given up is on the disk. */
async function written(connection: Connection): Promise<void> {
  const patience = new Deadline(WRITTEN);
  await connection.call('idle', undefined, { signal: patience.signal }).catch(() => undefined);
  patience.stop();
}
