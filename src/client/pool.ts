import type { NearContext } from '../bridge/bridge.js';
import { isLost } from '../contract/again.js';
import type { Task } from '../contract/task.js';
import type { Device } from '../engines/device.js';
import type { ModelVectors } from '../service/cache/vectors.js';
import type { WireOutcome } from '../worker/host.js';
import type { LoadOptions } from '../worker/settings.js';
import type { Files } from '../worker/shared-files.js';
import { Graphics, type TryOut } from './graphics.js';
import { onward } from './onward.js';
import type { Platform } from './platform.js';
import { partsOf, spread } from './spread.js';
import { Supervisor, type Waiting } from './supervisor.js';

/** Which device is to be taken: `auto` takes WebGPU where it is right and faster. */
export type DeviceWish = Device | 'auto';

/** What runs a model, and why. */
export interface RuntimeInfo {
  /** The id of the model. */
  model: string;
  /** `"wasm"`: the processor, through WebAssembly; `"webgpu"`: the graphics card. */
  device: Device;
  /** Why it is that device, in a sentence. */
  why: string;
  /** Threads of a worker. */
  threads: number;
  /** Workers that a batch is spread over. */
  concurrency: number;
}

/** What a pool is made of. */
export interface PoolParts {
  readonly platform: Platform;
  readonly assets: string | undefined;
  readonly load: LoadOptions;
  readonly concurrency: number;
  readonly device: DeviceWish;
  readonly tryOut: TryOut;
  /** What is kept of labels; other devices than the processor round differently, and have none of it. */
  readonly vectors: ModelVectors | undefined;
}

/** Milliseconds without a call after which a faster device is looked for. */
const IDLE = 1000;
const FOREVER = Number.POSITIVE_INFINITY;
/** Milliseconds without a batch after which the workers beyond the first end. */
const REST = 30_000;

/** The workers of one model. */
export class Pool {
  readonly #load: LoadOptions;
  readonly #vectors: ModelVectors | undefined;
  readonly #first: Supervisor;
  /** Those beyond the first: they start with the first batch that is worth it. */
  readonly #others: readonly Supervisor[];
  #rest: ReturnType<typeof setTimeout> | undefined;
  readonly #graphics: Graphics | undefined;
  /** Why WebGPU is not even tried. */
  readonly #why: string | undefined;
  /** Whether WebGPU is wanted however fast it is. */
  readonly #insists: boolean;

  constructor({ platform, assets, load, concurrency, device, tryOut, vectors }: PoolParts) {
    this.#load = load;
    this.#vectors = vectors;
    this.#first = new Supervisor(platform, { assets, vectors, load: { ...load, leads: concurrency > 1 } });
    const following = async () => ({ ...load, files: await this.#first.call<Files>('files', undefined, {}, FOREVER) });
    const follower = () => new Supervisor(platform, { assets, vectors, load: following });
    this.#others = Array.from({ length: concurrency - 1 }, follower);
    this.#why = againstWebGpu(device, load, platform);
    this.#insists = device === 'webgpu';
    if (this.#why !== undefined) return;
    this.#graphics = new Graphics({
      wasm: this.#first,
      webgpu: (onLost) => {
        const device = 'webgpu';
        return new Supervisor(platform, { assets, device, load: { ...load, device }, onLost });
      },
      tryOut,
      idle: this.#insists ? 0 : IDLE,
    });
  }

  get info(): RuntimeInfo {
    const device = this.#graphics?.trusted ? 'webgpu' : 'wasm';
    return {
      model: this.#load.model,
      device,
      why: this.#why ?? this.#graphics?.why ?? '',
      threads: this.#load.threads,
      concurrency: 1 + this.#others.length,
    };
  }

  /** Resolves when the model can answer, and WebGPU, where that is wanted whatever it takes, was tried. */
  async ready(waiting?: Waiting): Promise<void> {
    await (this.#graphics?.trusted ?? this.#first).ready(waiting);
    if (this.#insists) await this.#graphics?.tried();
  }

  /** Has a task answered; `seconds` starts when the model is loaded. */
  async run(task: Task, context: NearContext, seconds: number): Promise<WireOutcome> {
    const graphics = this.#graphics;
    if (!graphics) return this.#onProcessor(task, context, seconds);
    graphics.begin();
    try {
      const told = { ...context, onProgress: onward(context.onProgress) };
      return (await this.#onGraphics(graphics, task, told, seconds)) ?? (await this.#onProcessor(task, told, seconds));
    } finally {
      graphics.end();
    }
  }

  /** Ends the workers and rejects what was in flight. */
  dispose(): void {
    clearTimeout(this.#rest);
    for (const one of [this.#first, ...this.#others]) one.dispose();
    this.#graphics?.dispose();
  }

  /** Throws once `dispose` was called. */
  refuseDisposed(): void {
    this.#first.refuseDisposed();
  }

  async #onProcessor(task: Task, context: NearContext, seconds: number): Promise<WireOutcome> {
    const outcome = await this.#ask(task, context, seconds);
    this.#vectors?.add(outcome.computed);
    return outcome;
  }

  async #ask(task: Task, context: NearContext, seconds: number): Promise<WireOutcome> {
    const parts = partsOf(task, 1 + this.#others.length);
    if (parts.length === 1) return this.#first.call('run', task, context, seconds);
    clearTimeout(this.#rest);
    try {
      return await spread(task, parts, [this.#first, ...this.#others], context, seconds);
    } finally {
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => {
        for (const other of this.#others) other.rest();
      }, REST);
      // In Node, nothing is to wait for that.
      (this.#rest as { unref?: () => void }).unref?.();
    }
  }

  /** What the graphics card answers, or nothing where it is not trusted or failed. */
  async #onGraphics(graphics: Graphics, task: Task, context: NearContext, seconds: number) {
    try {
      return await graphics.trusted?.call<WireOutcome>('run', task, context, seconds);
    } catch (error) {
      if (!isLost(error)) throw error;
      graphics.giveUp(error.message);
      return undefined;
    }
  }
}

function againstWebGpu(device: DeviceWish, { spec }: LoadOptions, platform: Platform): string | undefined {
  if (device === 'wasm') return 'The device option says so.';
  if (!platform.webgpu()) return 'There is no WebGPU here.';
  if (device === 'webgpu' || spec.precision === 'float') return undefined;
  return 'The weights are integers, with which the processor computes as they are.';
}
