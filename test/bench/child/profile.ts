// Runs the encoder with ONNX Runtime's own profiler. Native, that writes a file of this prefix; on WebAssembly it prints.
import { readFileSync } from 'node:fs';
import * as native from 'onnxruntime-node';
import * as wasm from 'onnxruntime-web/wasm';
import { feeds } from '../feeds.js';

const [side = '', weights = '', tokens = '', runs = '', profileFilePrefix = ''] = process.argv.slice(2);
const { Tensor } = wasm;
const { ids, mask, dims } = feeds(Number(tokens));
const inputs = { input_ids: new Tensor('int64', ids, dims), attention_mask: new Tensor('int64', mask, dims) };
wasm.env.wasm.numThreads = 1;
const options = { enableProfiling: true, profileFilePrefix, intraOpNumThreads: 1, interOpNumThreads: 1 };
const session = await (side === 'native'
  ? native.InferenceSession.create(weights, options)
  : wasm.InferenceSession.create(readFileSync(weights), options));
for (let run = 0; run < Number(runs); run++) await session.run(inputs);
session.endProfiling();
