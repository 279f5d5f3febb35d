import * as ort from 'onnxruntime-web/wasm';
import { failure } from '../contract/errors.js';
import { once } from '../contract/once.js';
import type { Device } from './device.js';
import type { Effort } from './engine.js';
import { turns } from './turns.js';

/** Where ONNX Runtime's own two files are and how many threads it may take. */
export interface RuntimeOptions {
  readonly glue: string;
  readonly wasm: string;
  /** The content of `wasm` where the runtime cannot fetch it by itself. */
  readonly binary?: Uint8Array<ArrayBuffer> | undefined;
  readonly threads: number;
  readonly device: Device;
}

/** How a graph is opened; on the runtime's device, unless another is named. */
interface Opening {
  readonly device?: Device;
  /** Whether it is as it should run: its optimisation, which changes nothing then, is a third of opening it. */
  readonly optimised?: boolean;
}

/** A tensor as plain values; integers are 64-bit on the model's side. */
export type Input =
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] }
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] };

let chosen: Device = 'wasm';

/** Sets the runtime up; must come before the first session, else it looks for its files elsewhere. */
export function configureRuntime({ glue, wasm, binary, threads, device }: RuntimeOptions): void {
  chosen = device;
  ort.env.wasm.wasmPaths = { mjs: glue, wasm };
  if (binary) ort.env.wasm.wasmBinary = binary;
  ort.env.wasm.numThreads = threads;
  // What fails on a graphics card is done again elsewhere, and told there.
  ort.env.logLevel = device === 'webgpu' ? 'fatal' : 'error';
}

/** `b = Identity(a)`, as ONNX. */
const NOTHING = 'CAg6NwoQCgFhEgFiIghJZGVudGl0eRIBZ1oPCgFhEgoKCAgBEgQKAggBYg8KAWISCgoICAESBAoCCAFCAhAR';

/** Starts the runtime, which takes as long as a model's files to come: by a graph that there is no need to wait for. */
export async function startRuntime(): Promise<void> {
  await Session.open(
    Uint8Array.from(atob(NOTHING), (byte) => byte.charCodeAt(0)),
    { device: 'wasm' },
  );
}

/** One ONNX graph ready to run. The runtime takes one run at a time. */
export class Session {
  readonly #session: ort.InferenceSession;
  readonly #device: Device;
  static #opening: Promise<unknown> = Promise.resolve();

  private constructor(session: ort.InferenceSession, device: Device) {
    this.#session = session;
    this.#device = device;
  }

  /** Rejects with MODEL_UNAVAILABLE when the runtime cannot start or the graph cannot be read. */
  static open(bytes: Uint8Array, opening: Opening = {}): Promise<Session> {
    // One after the other: the runtime remembers one error alone, and starts one device at a time.
    const opened = Session.#opening.then(() => Session.#open(bytes, opening));
    Session.#opening = opened.catch(() => undefined);
    return opened;
  }

  static async #open(bytes: Uint8Array, { device = chosen, optimised = false }: Opening): Promise<Session> {
    try {
      const graphOptimizationLevel = optimised ? 'disabled' : 'all';
      const session = await ort.InferenceSession.create(bytes, {
        executionProviders: [device],
        graphOptimizationLevel,
      });
      if (device === 'webgpu') await watchDevice();
      return new Session(session, device);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw failure('MODEL_UNAVAILABLE', `The model could not be started: ${why}`, undefined, cause);
    }
  }

  /** Runs the graph when its turn comes; answers the named outputs as flat float32 arrays. */
  run(
    inputs: Record<string, Input>,
    outputs: readonly string[],
    effort: Effort,
  ): Promise<Record<string, Float32Array>> {
    return turns.take(effort, () => this.#run(inputs, outputs));
  }

  async #run(inputs: Record<string, Input>, outputs: readonly string[]): Promise<Record<string, Float32Array>> {
    const feeds = Object.fromEntries(
      Object.entries(inputs).map(([name, { type, data, dims }]) => [name, new ort.Tensor(type, data, dims)]),
    );
    const results = await this.#session.run(feeds, [...outputs]).catch((cause: unknown) => {
      throw this.#device === 'webgpu' ? deviceFailed(cause) : cause;
    });
    return Object.fromEntries(outputs.map((name) => [name, results[name]?.data as Float32Array]));
  }
}

/** With or without a call in flight, a thread whose graphics device is gone counts as dead. */
const watchDevice = once(async () => {
  const { lost } = (await ort.env.webgpu.device) as { lost: Promise<{ message: string }> };
  void lost.then(({ message }) => reportError(new Error(`its graphics device was lost. ${message}`)));
});

/** Nothing more is to be expected of a device that failed once. */
const deviceFailed = (cause: unknown) =>
  failure(
    'WORKER_LOST',
    `WebGPU failed: ${cause instanceof Error ? cause.message : cause}`,
    { reason: 'device' },
    cause,
  );
