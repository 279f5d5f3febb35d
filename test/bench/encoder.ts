import * as ort from 'onnxruntime-web/wasm';
import { feeds } from './feeds.js';

/** Runs the encoder alone, on one text of so many tokens; answers the milliseconds of each run. */
export type EncoderTimer = (runs: number) => Promise<number[]>;

/** Opens the encoder on one thread of the WebAssembly runtime. */
export async function openEncoder(weights: Uint8Array, tokens: number): Promise<EncoderTimer> {
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  const session = await ort.InferenceSession.create(weights, { executionProviders: ['wasm'] });
  const { ids, mask, dims } = feeds(tokens);
  return async (runs) => {
    const times: number[] = [];
    for (let run = 0; run < runs; run++) {
      const inputs = {
        input_ids: new ort.Tensor('int64', ids, dims),
        attention_mask: new ort.Tensor('int64', mask, dims),
      };
      const begun = performance.now();
      await session.run(inputs);
      times.push(performance.now() - begun);
    }
    return times;
  };
}
