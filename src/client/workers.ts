import { sha256 } from '../contract/digest.js';
import { once } from '../contract/once.js';
import type { SecondStage } from '../engines/manifest.js';
import type { ModelIdentity } from '../service/cache/recall.js';
import type { VectorCache } from '../service/cache/vectors.js';
import type { LoadOptions } from '../worker/settings.js';
import type { TryOut, Verdict } from './graphics.js';
import type { Platform } from './platform.js';
import { type DeviceWish, Pool } from './pool.js';
import type { Trial } from './trial.js';

/** How far a score of a model without golden answers may be off: that much runtimes differ anyway. */
const TOLERANCE = 0.02;

/** A model with the workers that run it. */
export interface ModelWorker {
  readonly pool: Pool;
  readonly identity: () => Promise<ModelIdentity>;
}

/** What workers are started with. */
export interface WorkersParts {
  readonly platform: Platform;
  /** How a model that comes with the package is opened; undefined for any other. */
  readonly embedded: (model: string) => LoadOptions | undefined;
  readonly assets: string | undefined;
  /** How an installed model is opened; rejects with MODEL_NOT_FOUND. */
  readonly find: (model: string) => Promise<{ load: LoadOptions; folder: string }>;
  /** What else decides what files say: how they are looked at. */
  readonly sight: object;
  readonly concurrency: number;
  readonly device: DeviceWish;
  /** What is kept of labels, where anything is. */
  readonly vectors: VectorCache | undefined;
  /** Tries whether WebGPU answers as WebAssembly does. */
  readonly tryWebGpu: (trial: Omit<Trial, 'store'>) => Promise<Verdict>;
}

interface Running {
  readonly folder: string | undefined;
  readonly second: Second | undefined;
  readonly worker: ModelWorker;
}

/** A model that looks again, and when. */
export interface Second {
  readonly stage: SecondStage;
  /** How another model is opened with it. */
  beside(load: LoadOptions): LoadOptions;
}

/** The workers of each model that is asked for. */
export class Workers {
  /** The model of requests that name none. */
  current: string;
  /** What looks again for it, where something does. */
  second: Second | undefined;
  readonly #parts: WorkersParts;
  /** By model, with the folder of its files, which another installation changes, and what looks again. */
  readonly #workers = new Map<string, Running>();
  #disposed = false;

  constructor(current: string, parts: WorkersParts) {
    this.current = current;
    this.#parts = parts;
  }

  /**
   * A model's worker: at once for an embedded model, after a look into the store for an installed one. Where there is
   * nothing to look at, a model of pictures leaves the texts to the one that reads them for it.
   */
  get(model = this.current, looks = true): ModelWorker | Promise<ModelWorker> {
    const load = this.#parts.embedded(model);
    return load ? this.#worker(undefined, load) : this.#installed(model, looks);
  }

  /** Ends a model's worker, if it has one. */
  end(model: string): void {
    this.#workers.get(model)?.worker.pool.dispose();
    this.#workers.delete(model);
  }

  dispose(): void {
    this.#disposed = true;
    for (const { worker } of this.#workers.values()) worker.pool.dispose();
  }

  async #installed(model: string, looks: boolean): Promise<ModelWorker> {
    const { folder, load } = await this.#parts.find(model).catch((error: unknown) => {
      // One that is gone answers no more.
      this.end(model);
      throw error;
    });
    return load.reader && !looks && load.spec.engine === 'clip'
      ? this.get(load.reader.model)
      : this.#worker(folder, load);
  }

  #worker(folder: string | undefined, alone: LoadOptions): ModelWorker {
    const { platform, assets, concurrency, device, tryWebGpu, sight, vectors: kept } = this.#parts;
    const second = alone.model === this.current ? this.second : undefined;
    const load = second?.beside(alone) ?? alone;
    const there = this.#workers.get(load.model);
    if (there && there.folder === folder && there.second === second) return there.worker;
    this.end(load.model);
    const identity = once(() => identityOf(load, sight));
    const tolerance = load.spec.golden?.tolerance ?? TOLERANCE;
    const tryOut: TryOut = async (wasm, webgpu) => {
      const { content } = await identity();
      return tryWebGpu({ wasm, webgpu, content, tolerance, insist: device === 'webgpu' });
    };
    const vectors = load.spec.engine === 'embed' ? kept?.of(load.spec) : undefined;
    const pool = new Pool({ platform, assets, load, concurrency, device, tryOut, vectors });
    if (this.#disposed) pool.dispose();
    const worker = { pool, identity };
    this.#workers.set(load.model, { folder, second, worker });
    return worker;
  }
}

const identityOf = async ({ model, spec, second, reader }: LoadOptions, sight: object): Promise<ModelIdentity> => ({
  model,
  content: `${model} ${await sha256(JSON.stringify({ ...spec, ...sight, again: second?.spec, reader: reader?.spec }))}`,
});
