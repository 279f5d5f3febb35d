import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createClasser } from 'classer-local/test';
import { expect, test } from 'vitest';
import { BatchClient } from '../support/batch-client.js';
import { batchBlob } from '../support/batch-file.js';
import { ownHome, serverAt } from '../support/child.js';

const LINES = 1_000_000;
const FAKE = new URL('../support/fake-serve.ts', import.meta.url).pathname;
const request = { labels: ['billing', 'praise'] };

/** Megabytes that a process has taken at most, and takes now. */
async function memory(pid: number): Promise<{ peak: number; now: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s*(\\d+)`).exec(status)?.[1]) / 1024;
  return { peak: megabytes('VmHWM'), now: megabytes('VmRSS') };
}

test('a job of 1,000,000 lines takes no more memory at its end than at its start, and a kill loses nothing', async () => {
  const store = ownHome();
  const serve = () => serverAt(['--import', 'tsx', FAKE, '--port', '0', '--store', store]);
  const input = batchBlob(LINES);
  let server = await serve();
  let client = new BatchClient(server.url);
  const id = await client.begin(request, input);
  const early = await client.until(id, ({ requests_completed }) => requests_completed > LINES / 10);
  const { peak: uploaded } = await memory(server.child.pid ?? 0);
  await client.until(id, ({ requests_completed }) => requests_completed > LINES / 2);
  const { peak: half } = await memory(server.child.pid ?? 0);
  await server.stop('SIGKILL');

  server = await serve();
  client = new BatchClient(server.url);
  const done = await client.until(id, ({ status }) => status === 'completed');
  const { peak } = await memory(server.child.pid ?? 0);
  expect(done).toMatchObject({ requests_total: LINES, requests_completed: LINES });
  const found = createHash('sha256');
  const { results_url } = await client.json('GET', `/v1/batch/${id}/results`);
  const { body } = await client.send('GET', results_url);
  for await (const piece of body ?? []) found.update(piece);
  const { peak: read } = await memory(server.child.pid ?? 0);
  await server.stop();

  const wanted = createHash('sha256');
  const undisturbed = createClasser();
  for await (const { results } of undisturbed.jobs.pipe(request, input)) wanted.update(results);
  await undisturbed.dispose();
  expect(found.digest('hex')).toBe(wanted.digest('hex'));
  const megabytes = Object.entries({ uploaded, half, resumed: peak, read }).map(([at, mb]) => `${at} ${mb.toFixed(0)}`);
  console.log(
    `peak megabytes of the server: ${megabytes.join(', ')}; ${early.requests_completed} lines at the first look`,
  );
  expect(Math.max(half, peak, read)).toBeLessThan(1.5 * uploaded);
}, 1_800_000);
