import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BankSource, type EmbedBank } from '../../src/engines/embed/bank.js';
import { Encoder } from '../../src/engines/embed/encoder.js';
import { Head } from '../../src/engines/embed/head.js';
import { Reader } from '../../src/engines/embed/reader.js';
import { Scorer } from '../../src/engines/embed/scorer.js';
import { TokenSource } from '../../src/engines/embed/tokens.js';
import type { EmbedModel } from '../../src/engines/manifest.js';
import { configureRuntime, Session } from '../../src/engines/onnx.js';
import { openBrowser } from './browser.js';
import { root, stage } from './folders.js';
import { timeLabels } from './rows/labels.js';
import { serve } from './server.js';
import { texts } from './text.js';

const RUNS = 150;
const COUNTS = [2, 200] as const;

/** Where the time of one text under 2 and under 200 cached labels goes, a thread: the profile behind `labels-200-vs-2`. */
const read = (path: string) => new Uint8Array(readFileSync(join(root, path)));
const ort = (file: string) => pathToFileURL(join(root, 'dist/ort', file)).href;
const wasm = 'ort-wasm-simd-threaded.wasm';
const runtime = { glue: ort('ort-wasm-simd-threaded.mjs'), wasm: ort(wasm), binary: read(`dist/ort/${wasm}`) };
configureRuntime({ ...runtime, threads: 1, device: 'wasm' });

const { models, default: name } = JSON.parse(new TextDecoder().decode(read('models/manifest.json')));
const spec: EmbedModel = models[name];
const open = (role: 'encoder' | 'head') => Session.open(read(`models/${spec.files[role]?.path}`), { optimised: true });
const tokens = new TokenSource(read(`models/${spec.files.tokenizer.path}`));
const encoder = new Encoder(await open('encoder'), spec.encoder, tokens.pad);
const reader = new Reader(tokens, encoder, spec.encoder);
if (!spec.head) throw new Error('The model has no head.');
const scorer = new Scorer(new Head(await open('head'), spec.head, spec.encoder.dimensions), spec);
const banks = new BankSource(spec, reader, scorer, true);
const effort = { signal: new AbortController().signal, urgency: 'interactive' as const };
const how = { ...effort, textType: undefined, template: undefined, priors: false, exclusive: true };
const [text = ''] = texts(1, 62);

/** Milliseconds of the shortest of many runs: other programs' load does not count. */
async function shortest(run: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < RUNS; i++) {
    const begun = performance.now();
    await run();
    least = Math.min(least, performance.now() - begun);
  }
  return least;
}

const columns = [];
for (const count of COUNTS) {
  const labels = Array.from({ length: count }, (_, i) => ({
    name: `topic ${i}`,
    description: undefined,
    examples: [],
  }));
  const bank = (await banks.get(labels, how)) as EmbedBank;
  const [windows = []] = await reader.states([text], effort);
  const [window] = windows;
  if (!window) throw new Error('The text has no window.');
  const attended = await scorer.attend(window.encoded, bank, effort);
  columns.push({
    'the text through the encoder': await shortest(() => reader.states([text], effort)),
    'labels from memory': await shortest(() => banks.get(labels, how)),
    'what labels look for and find in tokens (head)': await shortest(() => scorer.attend(window.encoded, bank, effort)),
    'softmax over the tokens, cosines, scores': await shortest(() => {
      const state = scorer.start(bank);
      state.add(window, attended);
      return scorer.scores(state, bank);
    }),
  });
}
const [few, many] = columns;
for (const [step, before] of Object.entries(few ?? {})) print(step, before, many?.[step as keyof typeof many]);

await using staged = await stage();
await using plain = await serve({ stage: staged.path });
await using browser = await openBrowser();
const inPage = await timeLabels({ browser, plain });
print('in Chromium, from call to answer', inPage.two.answer, inPage.many.answer);
print("outside the worker's engine: page, messages, worker", inPage.two.around, inPage.many.around);

function print(step: string, before: number, after = Number.NaN): void {
  console.log(`${step.padEnd(52)} ${before.toFixed(2).padStart(7)} ${after.toFixed(2).padStart(7)}`);
}
