import { AutoModel, AutoTokenizer, env } from '@huggingface/transformers';
import { RUNTIME } from './offer.js';

/** transformers.js, which runs a pair at a time as its zero-shot pipeline does. */
export async function openPeer(): Promise<(text: string, label: string) => Promise<unknown>> {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = '/hub/';
  env.useBrowserCache = false;
  env.useWasmCache = false;
  const { wasm } = env.backends.onnx;
  if (!wasm) throw new Error('transformers.js has no WebAssembly backend here.');
  wasm.wasmPaths = RUNTIME;
  wasm.numThreads = 1;
  const tokenizer = await AutoTokenizer.from_pretrained('encoder');
  const model = await AutoModel.from_pretrained('encoder', { dtype: 'q8', device: 'wasm' });
  return async (text, label) => {
    const inputs = tokenizer([text], { text_pair: [`This example is ${label}.`], padding: true, truncation: true });
    return model(inputs);
  };
}
