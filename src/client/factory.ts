import { failure } from '../contract/errors.js';
import { TIMEOUTS } from '../contract/limits.js';
import { once } from '../contract/once.js';
import type { Manifest } from '../engines/manifest.js';
import { Account } from '../service/account/account.js';
import { Keys } from '../service/account/keys.js';
import { Recorder } from '../service/account/recorder.js';
import { AnswerCache } from '../service/cache/cache.js';
import { VectorCache } from '../service/cache/vectors.js';
import { Classifiers } from '../service/classifiers.js';
import { Jobs } from '../service/jobs/jobs.js';
import type { LoadOptions } from '../worker/settings.js';
import { Asker, type Timeouts } from './asker.js';
import { checkWaiting } from './call.js';
import type { Calls, Classer } from './classer.js';
import { embeddedModels } from './embedded.js';
import { endable } from './end.js';
import { divide } from './machine.js';
import { lazyModels, modelsModule } from './models.js';
import { OpenedStore } from './opened.js';
import { type CreateOptions, checkOptions } from './options.js';
import type { Platform } from './platform.js';
import { recordable, recordTo } from './record.js';
import { Workers } from './workers.js';

/** Makes the factory of classifiers for one environment. */
export function createFactory(platform: Platform, manifest: Manifest) {
  return (options: CreateOptions = {}, timeouts: Timeouts = TIMEOUTS): Classer => {
    const {
      model: name,
      assets,
      runtime,
      signal,
      allowUrls: policy,
      ocrData,
      modelHost,
      device,
      ...rest
    } = checkOptions(options);
    const { threads, concurrency } = divide(platform.machine(), runtime);
    const embedded = embeddedModels(manifest, {
      urls: (model, spec) => platform.urls(assets, model, spec),
      threads,
      policy,
      ocrData,
    });
    const load = embedded(manifest.default) as LoadOptions;
    const opened = new OpenedStore(() => platform.store(rest.store));
    const store = () => opened.get();
    const ended = new AbortController();
    const module = modelsModule(load.urls.models);
    const findStored = (id: string) => module(({ findModel }) => findModel(parts, id));
    const cache = rest.cache && new AnswerCache(store, rest.cache);
    const vectors = rest.cache && new VectorCache(store, Object.values(manifest.models));
    const workers = new Workers(name ?? load.model, {
      platform,
      embedded,
      assets,
      find: findStored,
      // What scans are read with and photographs are looked at with decides what they say.
      sight: { ocrData, photo: manifest.photo },
      concurrency,
      device,
      vectors,
      tryWebGpu: (trial) => module(async ({ tryWebGpu }) => tryWebGpu({ ...trial, store: await store() })),
    });
    const { signal: end } = ended;
    const parts = {
      platform,
      manifest,
      assets,
      modelHost,
      storeName: rest.store,
      load,
      embedded,
      store,
      workers,
      ended: end,
    };
    const classifiers = new Classifiers(store);
    const find = (reference: string) => classifiers.get(reference);
    const recorder = new Recorder(store);
    const account = new Account(store, recorder);
    const record = recordTo(recorder, rest.logTexts);
    const asker = new Asker({ workers, cache, find, timeouts, record });
    const jobs = new Jobs({
      store,
      find,
      identity: async (model) => (await workers.get(model, false)).identity(),
      recorder,
      // A line may hold a text that takes an hour: nobody waits for it, and a limit would end the job for good.
      run: (task, signal) => asker.run(task, { signal, timeout: Number.POSITIVE_INFINITY, onProgress: undefined }),
    });
    const dispose = once(async () => {
      const stopped = jobs.dispose();
      workers.dispose();
      ended.abort(failure('ABORTED', 'The classifier was disposed of.'));
      await stopped;
      await Promise.all([cache?.flush(), vectors?.flush(), recorder.flush()]);
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
      ...endable(ended.signal),
      classifiers,
      jobs,
      models: lazyModels(parts, module),
      keys: new Keys(store),
      balance: () => account.balance(),
      usage: (range) => account.usage(range),
      logs: (range) => account.logs(range),
      cache: {
        clear: async () => void (await Promise.all([cache?.clear(), vectors?.clear()])),
        size: async () => cache?.size() ?? { entries: 0, bytes: 0 },
      },
      info: async () => (await workers.get()).pool.info,
      ready: async (waiting) => {
        const checked = checkWaiting(waiting);
        const { pool } = await workers.get();
        return pool.ready(checked);
      },
      dispose,
      // Not every browser has the symbol yet.
      [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]: dispose,
    } as Classer;
  };
}
