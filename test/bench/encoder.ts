import * as ort from 'onnxruntime-web/wasm';

/** Runs the encoder alone, on one text of so many tokens; answers the milliseconds of each run. */
export type EncoderTimer = (runs: number) => Promise<number[]>;

/** Opens the encoder on one thread of the WebAssembly runtime. */
export async function openEncoder(weights: Uint8Array, tokens: number): Promise<EncoderTimer> {
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  const session = await ort.InferenceSession.create(weights, { executionProviders: ['wasm'] });
  const ids = BigInt64Array.from({ length: tokens }, (_, t) => BigInt(tokenId(t)));
  const dims = [1, tokens];
  return async (runs) => {
    const times: number[] = [];
    for (let run = 0; run < runs; run++) {
      const feeds = {
        input_ids: new ort.Tensor('int64', ids, dims),
        attention_mask: new ort.Tensor('int64', new BigInt64Array(tokens).fill(1n), dims),
      };
      const begun = performance.now();
      await session.run(feeds);
      times.push(performance.now() - begun);
    }
    return times;
  };
}

/** Any ids of words will do: the work does not depend on them. */
const tokenId = (position: number): number => 2000 + position * 37;
