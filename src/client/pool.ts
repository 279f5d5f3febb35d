import type { NearContext } from '../bridge/bridge.js';
import { isLost } from '../contract/again.js';
import type { Task } from '../contract/task.js';
import type { Device } from '../engines/device.js';
import type { WireOutcome } from '../worker/host.js';
import type { LoadOptions } from '../worker/settings.js';
import { Graphics, type TryOut } from './graphics.js';
import { onward } from './onward.js';
import type { Platform } from './platform.js';
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
}

/** What a pool is made of. */
export interface PoolParts {
  readonly platform: Platform;
  readonly assets: string | undefined;
  readonly load: LoadOptions;
  readonly device: DeviceWish;
  readonly tryOut: TryOut;
}

/** Milliseconds without a call after which a faster device is looked for. */
const IDLE = 1000;

/** The workers of one model. */
export class Pool {
  readonly #load: LoadOptions;
  readonly #first: Supervisor;
  readonly #graphics: Graphics | undefined;
  /** Why WebGPU is not even tried. */
  readonly #why: string | undefined;
  /** Whether WebGPU is wanted however fast it is. */
  readonly #insists: boolean;

  constructor({ platform, assets, load, device, tryOut }: PoolParts) {
    this.#load = load;
    this.#first = new Supervisor(platform, { assets, load });
    this.#why = againstWebGpu(device, load, platform);
    this.#insists = device === 'webgpu';
    if (this.#why !== undefined) return;
    this.#graphics = new Graphics({
      wasm: this.#first,
      webgpu: (onLost) => new Supervisor(platform, { assets, load: { ...load, device: 'webgpu' }, onLost }),
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
    if (!graphics) return this.#first.call('run', task, context, seconds);
    graphics.begin();
    try {
      const told = { ...context, onProgress: onward(context.onProgress) };
      return (
        (await this.#onGraphics(graphics, task, told, seconds)) ?? (await this.#first.call('run', task, told, seconds))
      );
    } finally {
      graphics.end();
    }
  }

  /** Ends the workers and rejects what was in flight. */
  dispose(): void {
    this.#first.dispose();
    this.#graphics?.dispose();
  }

  /** Throws once `dispose` was called. */
  refuseDisposed(): void {
    this.#first.refuseDisposed();
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
