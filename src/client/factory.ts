import { sha256 } from '../contract/digest.js';
import { TIMEOUTS } from '../contract/limits.js';
import { once } from '../contract/once.js';
import { findModel, type Manifest } from '../engines/manifest.js';
import { Account } from '../service/account/account.js';
import { Keys } from '../service/account/keys.js';
import { Recorder } from '../service/account/recorder.js';
import { AnswerCache } from '../service/cache/cache.js';
import type { ModelIdentity } from '../service/cache/recall.js';
import { Classifiers } from '../service/classifiers.js';
import { Jobs } from '../service/jobs/jobs.js';
import { Asker, type Timeouts } from './asker.js';
import { checkWaiting } from './call.js';
import type { Calls, Classer } from './classer.js';
import { OpenedStore } from './opened.js';
import { type CreateOptions, checkOptions } from './options.js';
import type { Platform } from './platform.js';
import { recordable, recordTo } from './record.js';
import { Supervisor } from './supervisor.js';

/** Makes the factory of classifiers for one environment. */
export function createFactory(platform: Platform, manifest: Manifest) {
  return (options: CreateOptions = {}, timeouts: Timeouts = TIMEOUTS): Classer => {
    const { model: name, assets, threads, signal, allowUrls: policy, ocrData, ...rest } = checkOptions(options);
    const { model, spec } = findModel(manifest, name);
    const urls = platform.urls(assets, spec.files);
    const documents = {
      urls: { ...urls.documents, ...(ocrData && { ocrLanguages: ocrData }) },
      policy,
      photo: manifest.photo,
    };
    const load = { model, spec, urls, threads: threads ?? platform.threads(), documents };
    const supervisor = new Supervisor(platform, { assets, load });
    const opened = new OpenedStore(() => platform.store(rest.store));
    const store = () => opened.get();
    const cache = rest.cache && new AnswerCache(store, rest.cache);
    const classifiers = new Classifiers(store);
    const identity = once(async (): Promise<ModelIdentity> => {
      // What scans are read with and photographs are looked at with decides what they say.
      const content = JSON.stringify({ ...spec, ocrData, photo: manifest.photo });
      return { model, content: `${model} ${await sha256(content)}` };
    });
    const find = (reference: string) => classifiers.get(reference);
    const recorder = new Recorder(store);
    const account = new Account(store, recorder);
    const record = recordTo(recorder, rest.logTexts);
    const asker = new Asker({ supervisor, identity, cache, find, timeouts, record });
    const jobs = new Jobs({
      store,
      find,
      identity,
      recorder,
      // A line may hold a text that takes an hour: nobody waits for it, and a limit would end the job for good.
      run: (task, signal) => asker.run(task, { signal, timeout: Number.POSITIVE_INFINITY, onProgress: undefined }),
    });
    const dispose = once(async () => {
      const stopped = jobs.dispose();
      supervisor.dispose();
      await stopped;
      await Promise.all([cache?.flush(), recorder.flush()]);
      await opened.close();
    });
    if (signal?.aborted) void dispose();
    signal?.addEventListener('abort', dispose, { once: true });
    const methods = {
      classify: (request: unknown) => asker.ask('classify', request),
      tag: (request: unknown) => asker.ask('tag', request),
      classifyBatch: (request: unknown) => asker.ask('classifyBatch', request),
      tagBatch: (request: unknown) => asker.ask('tagBatch', request),
    } as Calls;
    return {
      ...methods,
      ...recordable(recorder),
      classifiers,
      jobs,
      keys: new Keys(store),
      balance: () => account.balance(),
      usage: (range) => account.usage(range),
      logs: (range) => account.logs(range),
      cache: {
        clear: async () => cache?.clear(),
        size: async () => cache?.size() ?? { entries: 0, bytes: 0 },
      },
      ready: async (waiting) => supervisor.ready(checkWaiting(waiting)),
      dispose,
      // Not every browser has the symbol yet.
      [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]: dispose,
    } as Classer;
  };
}
