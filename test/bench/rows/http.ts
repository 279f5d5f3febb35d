import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { type Classer, createClasser } from 'classer-local';
import { createClasser as createFake } from 'classer-local/test';
import { CLI, serverAt } from '../../support/child.js';
import type { Measurement } from '../bench.js';
import { median } from '../interleave.js';
import { toRow } from '../row.js';

const FAKE = new URL('../../support/fake-serve.ts', import.meta.url).pathname;
const LABELS = ['billing', 'praise', 'technical'];
const AT_ONCE = 200;
const text = (i: number) => `I was charged twice for order number ${i} this month and would like my money back please`;

const direct = (classer: Classer, i: number) => classer.classify({ text: text(i), labels: LABELS, cache: false });

const agent = new Agent({ keepAlive: true });

/** Asks over a connection that is kept; a client that costs little, as it is the server that is measured. */
async function over(url: string, i: number): Promise<string> {
  const body = JSON.stringify({ text: text(i), labels: LABELS, cache: false });
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  const sent = request(`${url}/v1/classify`, { method: 'POST', agent, headers }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let answer = '';
  for await (const piece of response.setEncoding('utf8')) answer += piece;
  const { label } = JSON.parse(answer) as { label?: string };
  if (label === undefined) throw new Error(`Request ${i} was lost: ${response.statusCode}.`);
  return label;
}

async function time(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}

/** What HTTP adds to a call, on an engine that costs nothing, and what 200 requests at once cost against one batch. */
export const http: Measurement = async () => [await overhead(), await concurrent()];

/** A server that does nothing but read the request and answer: what HTTP costs in Node without any of ours. */
const BARE = `
  import { createServer } from 'node:http';
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    const [label] = JSON.parse(body).labels;
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ label }));
  });
  server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));
`;

async function overhead() {
  await using server = await serverAt(['--import', 'tsx', FAKE, '--port', '0']);
  await using bare = await serverAt(['--input-type=module', '-e', BARE]);
  const classer = createFake({ cache: false });
  const calls: number[] = [];
  const nothings: number[] = [];
  const requests: number[] = [];
  for (let i = 0; i < 600; i++) {
    const call = await time(() => direct(classer, i));
    const nothing = await time(() => over(bare.url, i));
    const request = await time(() => over(server.url, i));
    if (i < 100) continue;
    calls.push(call);
    nothings.push(nothing);
    requests.push(request);
  }
  await classer.dispose();
  const added_ms = median(requests) - median(calls);
  return toRow({
    name: 'http-overhead',
    where: 'Node',
    ratio: added_ms,
    figures: { direct_ms: median(calls), bare_ms: median(nothings), http_ms: median(requests) },
  });
}

async function concurrent() {
  await using server = await serverAt([CLI, 'serve', '--port', '0', '--store', 'memory']);
  const classer = createClasser({ store: 'memory', cache: false });
  await Promise.all([direct(classer, 0), over(server.url, 0)]);
  const all = Array.from({ length: AT_ONCE }, (_, i) => i);
  const batches: number[] = [];
  const requests: number[] = [];
  for (let round = 0; round < 5; round++) {
    batches.push(await time(() => classer.classifyBatch({ texts: all.map(text), labels: LABELS, cache: false })));
    requests.push(await time(() => Promise.all(all.map((i) => over(server.url, i)))));
  }
  await classer.dispose();
  return toRow({
    name: 'http-concurrent',
    where: 'Node',
    ratio: median(batches) / median(requests),
    figures: { batch_ms: median(batches), requests_ms: median(requests) },
  });
}
