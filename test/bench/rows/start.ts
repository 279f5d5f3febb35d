import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Measurement } from '../bench.js';
import { type Browser, callPage, openPage } from '../browser.js';
import { median } from '../interleave.js';
import type { Start } from '../page/start.js';
import { toRow } from '../row.js';
import { serve } from '../server.js';

const VISITS = 5;

/** From navigation to the first answer with everything in the browser's cache, and each step on the way. */
export const firstAnswer: Measurement = async ({ browser, stage }) => {
  const prelude = readFileSync(join(import.meta.dirname, '../prelude.js'), 'utf8');
  await using server = await serve({ stage, prelude });
  const first = await visit(browser, server.url);
  await visitPeer(browser, server.url);
  const visits: Record<string, number>[] = [];
  const peers: number[] = [];
  for (let round = 0; round < VISITS; round++) {
    visits.push(await visit(browser, server.url));
    peers.push(await visitPeer(browser, server.url));
  }
  const names = Object.keys(first);
  const figures = Object.fromEntries(names.map((name) => [name, median(visits.map((one) => one[name] ?? 0))]));
  const peer = median(peers);
  return [
    toRow({
      name: 'first-answer',
      where: 'Chromium',
      ratio: (figures['answer_ms'] ?? Number.NaN) / peer,
      figures: { ...figures, peer_ms: peer },
      note: `first visit, nothing cached: ${first['answer_ms']?.toFixed(0)} ms; steps overlap where they can`,
    }),
  ];
};

/** What a first visit to a page that reads text downloads. */
export const firstVisit: Measurement = async ({ browser, stage }) => {
  await using server = await serve({ stage });
  await visit(browser, server.url);
  const ours = [...server.sent].filter(([path]) => /^\/(dist|models)\//.test(path));
  const sum = (size: (body: Buffer) => number) => ours.reduce((total, [, body]) => total + size(body), 0);
  const packed = sum((body) => gzipSync(body).length);
  const peer = await peerBytes(browser, stage);
  const figures = { raw_bytes: sum((body) => body.length), gzip_bytes: packed, peer_gzip_bytes: peer };
  const files = ours.map(([path, body]) => `${path} ${body.length} (${gzipSync(body).length})`);
  return [
    toRow({
      name: 'first-visit-bytes',
      where: 'Chromium',
      ratio: packed / peer,
      figures,
      note: files.join(', '),
    }),
  ];
};

/** Weights of an int8 distilbert-mnli, the smallest that is in use for this. */
const PEER_WEIGHTS = 67_000_000;

/** What the peer's page loads, with its weights in the place of ours and packed as well as ours. */
async function peerBytes(browser: Browser, stage: string): Promise<number> {
  await using server = await serve({ stage });
  await visitPeer(browser, server.url);
  const files = [...server.sent].filter(([path]) => !path.endsWith('.html'));
  return files.reduce((total, [path, body]) => {
    const packed = gzipSync(body).length;
    return total + (path.endsWith('.onnx') ? (packed / body.length) * PEER_WEIGHTS : packed);
  }, 0);
}

async function visitPeer(browser: Browser, url: string): Promise<number> {
  const page = await openPage(browser, `${url}/start-peer.html`);
  const answer = await callPage<number>(page, undefined);
  await page.close();
  return answer;
}

interface Step {
  readonly name: string;
  readonly begun: number;
  readonly ended: number;
}

async function visit(browser: Browser, url: string): Promise<Record<string, number>> {
  const page = await openPage(browser, `${url}/start.html`);
  const start = await callPage<Start>(page, undefined);
  const inside = await page.workers()[0]?.evaluate(() => ({
    steps: (globalThis as { benchSteps?: Step[] }).benchSteps ?? [],
    fetches: performance.getEntriesByType('resource').map(({ name, startTime, duration }) => ({
      name: name.replace(/.*\//, ''),
      begun: performance.timeOrigin + startTime,
      ended: performance.timeOrigin + startTime + duration,
    })),
  }));
  await page.close();
  const { steps = [], fetches = [] } = inside ?? {};
  const since = (time: number | undefined) => (time === undefined ? Number.NaN : time - start.origin);
  const last = (list: readonly Step[], name: string) => list.filter((one) => one.name.startsWith(name)).at(-1);
  const took = (step: Step | undefined) => (step ? step.ended - step.begun : Number.NaN);
  const wasm = last(steps, 'wasm');
  const hashes = steps.filter(({ name }) => name.startsWith('hash'));
  const weights = hashes.toSorted((a, b) => took(a) - took(b)).at(-1);
  return {
    answer_ms: start.answer,
    'page script': start.script,
    module: start.module - start.script,
    'worker start': since(last(steps, 'worker')?.begun) - start.module,
    'fetch encoder': took(last(fetches, 'encoder.onnx')),
    'hash encoder': took(weights),
    'fetch wasm': took(last(fetches, 'ort-wasm-simd-threaded.wasm')),
    'fetch and compile wasm': took(wasm),
    'sessions, from the last of hash and wasm to open':
      start.opened - since(Math.max(wasm?.ended ?? 0, weights?.ended ?? 0)),
    'first request': start.answer - start.opened,
    'of which neutral texts and warm-up': start.answer - start.opened - start.relabelled,
    'same request again': start.again,
    'new labels': start.relabelled,
  };
}
