import { AutoModel, AutoTokenizer, env } from '@huggingface/transformers';
import { interleave } from '../interleave.js';
import { importPackage, offer, RUNTIME } from './offer.js';

/** Rounds until the better code of three kinds of requests a round is there. */
const WARM = 25;

/** What is compared: one text a round, with each of the label lists, against pairs with `peerLabels`. */
export interface PairsOptions {
  readonly rounds: number;
  readonly texts: readonly string[];
  readonly few: readonly string[];
  readonly many: readonly string[];
  readonly two: readonly string[];
  readonly peerLabels: readonly string[];
}

offer(async ({ rounds, texts, two, few, many, peerLabels }: PairsOptions) => {
  const { createClasser } = await importPackage();
  const classer = createClasser({ runtime: { threads: 1 }, cache: false });
  const pair = await openPeer();
  const text = (round: number) => texts[round % texts.length] ?? '';
  const ours = (labels: readonly string[]) => (round: number) =>
    classer.classify({ text: text(round), labels, cache: false });
  const times = await interleave(
    { warm: WARM, rounds },
    {
      few: ours(few),
      // As many runs to warm up as ours has.
      peer: async (round) => {
        for (const label of round < WARM ? peerLabels.slice(0, 3) : peerLabels) await pair(text(round), label);
      },
      many: ours(many),
      two: ours(two),
    },
  );
  await classer.dispose();
  return times;
});

/** transformers.js, which runs a pair at a time as its zero-shot pipeline does. */
async function openPeer(): Promise<(text: string, label: string) => Promise<unknown>> {
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
