import { InferenceSession, Tensor } from 'onnxruntime-node';
import { feeds } from '../feeds.js';
import { offer } from './offer.js';

/** Times the encoder on native ONNX Runtime, on one thread: milliseconds of each run. */
const [weights = '', tokens = ''] = process.argv.slice(2);
const session = await InferenceSession.create(weights, { intraOpNumThreads: 1, interOpNumThreads: 1 });
const { ids, mask, dims } = feeds(Number(tokens));
const inputs = { input_ids: new Tensor('int64', ids, dims), attention_mask: new Tensor('int64', mask, dims) };

offer(async (runs: number): Promise<number[]> => {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const begun = performance.now();
    await session.run(inputs);
    times.push(performance.now() - begun);
  }
  return times;
});
