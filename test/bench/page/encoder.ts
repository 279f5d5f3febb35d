import * as ort from 'onnxruntime-web/wasm';
import { type EncoderTimer, openEncoder } from '../encoder.js';
import { offer, RUNTIME } from './offer.js';

let timer: EncoderTimer | undefined;

offer(async ({ tokens, runs }: { tokens: number; runs: number }) => {
  ort.env.wasm.wasmPaths = RUNTIME;
  timer ??= await openEncoder(await fetchBytes('/models/classer-embed/encoder.onnx'), tokens);
  return timer(runs);
});

const fetchBytes = async (url: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(url)).arrayBuffer());
