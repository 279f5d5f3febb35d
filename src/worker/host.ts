import type { FarContext } from '../bridge/bridge.js';
import { ClasserError, failure } from '../contract/errors.js';
import type { Task } from '../contract/task.js';
import type { Progress } from '../contract/types.js';
import { type ErrorBody, errorToBody } from '../contract/wire.js';
import type { Engine } from '../engines/engine.js';
import type { Probe } from '../engines/golden.js';
import type { OpenGraph } from '../engines/photo/classifier.js';
import type { InstalledModel } from '../models/record.js';
import type { Answer, Outcome } from '../service/answer.js';
import type { Computed, KeptVectors } from '../service/cache/vectors.js';
import { Service } from '../service/service.js';
import { lazyDocuments } from './lazy-documents.js';
import { LabelMemory } from './memory.js';
import type { ManageRequest, WorkerModels } from './models-module.js';
import type { Load, LoadOptions } from './settings.js';
import type { Files } from './shared-files.js';
import { throttle } from './throttle.js';

/** An outcome as it crosses from the worker. */
export interface WireOutcome extends Omit<Outcome, 'answers'> {
  readonly answers: readonly ({ answer: Answer } | { error: ErrorBody })[];
  /** What was computed for labels, to be kept. */
  readonly computed: Computed;
}

/** The methods that a worker offers. */
export interface Host {
  open(options: LoadOptions, context: FarContext): Promise<void>;
  /** Takes what an earlier page or process computed for labels. */
  restore(kept: KeptVectors, context: FarContext): Promise<void>;
  run(task: Task, context: FarContext): Promise<WireOutcome>;
  /** The files that were read for the others of a pool; none where each reads them from its own disk. */
  files(argument: unknown, context: FarContext): Promise<Files>;
  /** Has the opened model answer the self-test, and takes its time over so many rounds. */
  probe(rounds: number, context: FarContext): Promise<Probe>;
  /** Installs a model; needs no opened one. */
  install(request: ManageRequest, context: FarContext): Promise<InstalledModel>;
  /** Resolves when nothing is being installed. */
  idle(argument: unknown, context: FarContext): Promise<void>;
}

/** The worker's side of every call: one service, opened once. */
export function createHost(load: Load, openGraph?: OpenGraph): Host {
  const installing = new Set<Promise<unknown>>();
  const memory = new LabelMemory();
  let opened: { service: Service; engine: Engine; options: LoadOptions } | undefined;
  return {
    async open(options, { signal, onProgress }) {
      const report = throttle<Progress>(onProgress);
      const engine = await load(options, signal, (done, total) => report({ stage: 'model', done, total }));
      opened = { service: new Service(engine, lazyDocuments(options.documents, openGraph)), engine, options };
    },
    restore: async (kept) => memory.restore(kept),
    async run(task, { signal, onProgress }) {
      if (!opened) throw unopened();
      const report = throttle<Progress>(onProgress);
      const reportPages = throttle<Progress>(onProgress);
      const onTokens = (done: number, total: number) => report({ stage: 'text', done, total });
      const onPages = (done: number, total: number) => reportPages({ stage: 'document', done, total });
      const { answers, ...rest } = await opened.service.run(task, { signal, onTokens, onPages, memory });
      return {
        ...rest,
        computed: memory.take(),
        answers: answers.map((one) => (ClasserError.is(one) ? { error: errorToBody(one) } : { answer: one })),
      };
    },
    files: async () => ({}),
    async probe(rounds, { signal }) {
      if (!opened) throw unopened();
      const models: WorkerModels = await import(/* @vite-ignore */ opened.options.urls.models);
      return models.probe(opened.engine, rounds, signal);
    },
    async install(request, context) {
      const models: WorkerModels = await import(/* @vite-ignore */ request.load.urls.models);
      const running = models.install(request, context, load);
      installing.add(running);
      return running.finally(() => installing.delete(running));
    },
    idle: async () => void (await Promise.allSettled(installing)),
  };
}

const unopened = () => failure('INTERNAL', 'The worker was asked before its model was opened.');
