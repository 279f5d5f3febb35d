import * as ort from 'onnxruntime-web/wasm';
import { failure } from '../contract/errors.js';
import type { Effort } from './engine.js';
import { turns } from './turns.js';

/** Where ONNX Runtime's own two files are and how many threads it may take. */
export interface RuntimeOptions {
  readonly glue: string;
  readonly wasm: string;
  /** The content of `wasm` where the runtime cannot fetch it by itself. */
  readonly binary?: Uint8Array<ArrayBuffer> | undefined;
  readonly threads: number;
}

/** A tensor as plain values; integers are 64-bit on the model's side. */
export type Input =
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] }
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] };

/** Sets the runtime up; must come before the first session, else it looks for its files elsewhere. */
export function configureRuntime({ glue, wasm, binary, threads }: RuntimeOptions): void {
  ort.env.wasm.wasmPaths = { mjs: glue, wasm };
  if (binary) ort.env.wasm.wasmBinary = binary;
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
}

/** One ONNX graph ready to run. The runtime takes one run at a time. */
export class Session {
  readonly #session: ort.InferenceSession;

  private constructor(session: ort.InferenceSession) {
    this.#session = session;
  }

  /** Rejects with MODEL_UNAVAILABLE when the runtime cannot start or the graph cannot be read. */
  static async open(bytes: Uint8Array): Promise<Session> {
    try {
      const options = { executionProviders: ['wasm'], graphOptimizationLevel: 'all' } as const;
      return new Session(await ort.InferenceSession.create(bytes, options));
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
    const results = await this.#session.run(feeds, [...outputs]);
    return Object.fromEntries(outputs.map((name) => [name, results[name]?.data as Float32Array]));
  }
}
