import { ClasserError, failure } from '../contract/errors.js';
import { once } from '../contract/once.js';
import { errorFromBody, errorToBody } from '../contract/wire.js';
import type { Manifest } from '../engines/manifest.js';
import type { Store } from '../store/store.js';
import type { LoadOptions } from '../worker/settings.js';
import type { Verdict } from './graphics.js';
import type { InstallOptions, UseOptions } from './model-options.js';
import type { ModelSource } from './model-source.js';
import type { Platform } from './platform.js';
import type { Trial } from './trial.js';
import type { Workers } from './workers.js';

/** A model that can be named in requests. */
export interface ModelInfo {
  id: string;
  /** Whether it came with the package; such a model cannot be removed. */
  embedded: boolean;
  /** Whether requests that name none are answered by it. */
  current: boolean;
  /** What runs it. */
  engine: string;
  /** Bytes of its files. */
  bytes: number;
  /** The URL that it was installed from; null where it was not. */
  from: string | null;
  revision: string | null;
  installed_at: string | null;
  /** What `priority: "standard"` does that `"fast"` does not. */
  standard: {
    /** The model that looks again; null where both priorities give the same answers. */
    second: string | null;
    /** When it looks again, or why nothing does. */
    why: string;
  };
  /** Only where what is kept of a model is damaged: what to do. It answers nothing, and can be removed by its `id`. */
  error?: string;
}

/** Room for models. */
export interface ModelStorage {
  /** Bytes that installed models take. */
  used: number;
  /** Bytes that can still be stored; null where the system does not say. */
  available: number | null;
  /** Whether the browser promised to keep what is stored; always true in Node. */
  persisted: boolean;
}

/**
 * Models besides the embedded one: sentence encoders, inference models, CLIP and SigLIP in ONNX, as model hubs lay them out. Each is installed once and
 * answers offline ever after, where a request, `createClasser` or `use` names it.
 *
 * Nothing is asked of any server but by `install`. Rejects with `MODEL_UNAVAILABLE` and a `details.reason` when a model
 * cannot be had or run, `MODEL_NOT_FOUND`, `STORAGE_FULL`, `VALIDATION_ERROR` or `ABORTED`; what was installed before
 * still is.
 *
 * @example
 * ```ts
 * import { createClasser } from 'classer-local';
 * const classer = createClasser({ store: 'memory' });
 * const [embedded] = await classer.models.list();
 * console.log(embedded?.id, embedded?.current); // classer-embed true
 * await classer.dispose();
 * ```
 */
export interface Models {
  /** The embedded model, then those that were installed, by id. */
  list(): Promise<ModelInfo[]>;
  /** Fetches a model, tests it, and keeps it under its id. One that broke off before is gone on with. */
  install(source: ModelSource, options?: InstallOptions): Promise<ModelInfo>;
  /** Installs a model from files: a zip as `export` writes it, a list of files, or in Node a path of either. */
  import(files: Blob | Iterable<File> | string, options?: InstallOptions): Promise<ModelInfo>;
  /** A model's files as a zip in the hub's layout, to be imported elsewhere. */
  export(id: string): Promise<ReadableStream<Uint8Array>>;
  /** Removes a model with its files, and what is left of a download of it. */
  remove(id: string): Promise<void>;
  /**
   * Has a model answer the requests that name none, as long as this classifier lives: alone, or with a second one that
   * looks again where the first is unsure.
   */
  use(id: string, options?: UseOptions): Promise<void>;
  /** How much room models take and how much there is. */
  storage(): Promise<ModelStorage>;
}

/** What models are managed with. */
export interface ModelsParts {
  readonly platform: Platform;
  readonly manifest: Manifest;
  readonly assets: string | undefined;
  readonly modelHost: string | undefined;
  readonly storeName: string | undefined;
  /** How the embedded model is opened. */
  readonly load: LoadOptions;
  /** How any model that came with the package is. */
  readonly embedded: (model: string) => LoadOptions | undefined;
  readonly store: () => Promise<Store>;
  readonly workers: Workers;
  /** Fires when the classifier is disposed of. */
  readonly ended: AbortSignal;
}

/** The part of the module at `AssetUrls.models` that the caller's side uses. */
export interface PageModels {
  openModels(parts: ModelsParts): Models;
  /** How an installed model is opened, and the folder of its files; rejects with MODEL_NOT_FOUND. */
  findModel(parts: ModelsParts, id: string): Promise<{ load: LoadOptions; folder: string }>;
  /** In pages alone: nothing else has a graphics card. */
  tryWebGpu(trial: Trial): Promise<Verdict>;
}

/** Loads the module when it is first needed; what it throws becomes an error of this copy of the package. */
export const modelsModule = (url: string) => {
  const load = once(async (): Promise<PageModels> => {
    try {
      return await import(/* @vite-ignore */ url);
    } catch (cause) {
      const message = `${url} could not be loaded; check the network or the assets option.`;
      throw failure('MODEL_UNAVAILABLE', message, { url }, cause);
    }
  });
  return async <Result>(use: (module: PageModels) => Result | Promise<Result>): Promise<Result> => {
    try {
      return await use(await load());
    } catch (error) {
      throw ClasserError.is(error) ? errorFromBody(errorToBody(error), error.cause) : error;
    }
  };
};

const METHODS = ['list', 'install', 'import', 'export', 'remove', 'use', 'storage'] as const;

/** `Models` whose code is loaded when one of its methods is called. */
export function lazyModels(parts: ModelsParts, module: ReturnType<typeof modelsModule>): Models {
  const open = once(() => module(({ openModels }) => openModels(parts)));
  const call =
    (method: (typeof METHODS)[number]) =>
    (...given: unknown[]) =>
      module(async () => ((await open())[method] as (...given: unknown[]) => Promise<unknown>)(...given));
  return Object.fromEntries(METHODS.map((method) => [method, call(method)])) as unknown as Models;
}
