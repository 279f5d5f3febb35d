import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OPERATIONS } from '../../src/http/openapi/operations.js';
import { classerServe, type Running } from '../support/child.js';

const run = promisify(execFile);

/** A call of the docs and the answer that stands below it. */
interface Call {
  readonly script: string;
  readonly kind: string;
  readonly answer: string;
}

const text = await readFile('docs/api.md', 'utf8');
const calls: Call[] = [...text.matchAll(/```sh\n([\s\S]*?)```\n\n```(json|text)\n([\s\S]*?)```/g)].map(
  ([, script = '', kind = '', answer = '']) => ({ script, kind, answer }),
);

let folder: string;
let server: Running;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'classer-api-'));
  server = await classerServe();
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** Confidences are the model's; other numbers, such as milliseconds, differ from run to run. */
const received = (name: string, value: unknown) => (typeof value === 'number' && name !== 'confidence' ? 0 : value);
/** The same of what the docs say, to two decimals. */
const promised = (name: string, value: unknown) =>
  typeof value === 'number' && name === 'confidence' ? expect.closeTo(value, 2) : received(name, value);

/** Without what differs from run to run: numbers but the statuses, times, random names, addresses. */
function settled(answer: string, number: typeof received): unknown {
  const plain = answer
    .replace(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, 'TIME')
    .replace(/\d{14,17}-[0-9a-f]{8}\.\d+/g, 'CURSOR')
    .replace(/\b(batch|key|req)_[0-9a-f]{16,24}/g, '$1_ID')
    .replace(/classer_[0-9a-f]{48}/g, 'KEY')
    .replace(/\b[0-9a-f]{32}\b/g, 'SIGNATURE')
    .replace(/http:\/\/(localhost|127\.0\.0\.1):\d+/g, 'SERVER');
  try {
    return JSON.parse(plain, number);
  } catch {
    return plain
      .trim()
      .split('\n')
      .map((line) => (line.startsWith('{') ? JSON.parse(line, number) : line.trim().toLowerCase()));
  }
}

test('each call of the docs is answered as they say', async () => {
  const port = new URL(server.url).port;
  // One shell, so that a call finds what the one before it left; a line of its own parts the answers.
  const script = calls
    .map((call) => call.script.replaceAll('localhost:8787', `localhost:${port}`))
    .join("\necho; echo '=='\n");
  const { stdout } = await run('bash', ['-e', '-c', script], { cwd: folder });
  const answers = stdout.split('\n==\n');
  expect(answers).toHaveLength(calls.length);
  for (const [i, { script: asked, answer }] of calls.entries()) {
    expect(settled(answers[i] ?? '', received), asked).toEqual(settled(answer, promised));
  }
});

test('there is a call for each route', () => {
  const asked = calls.map(({ script }) => script).join('\n');
  for (const operation of Object.keys(OPERATIONS)) {
    const [method, path = ''] = operation.split(' ');
    if (path === '/openapi.json') continue;
    const address = path
      .replace(/\/v1\/batch\/\{job_id\}\/upload/, '"$(job upload_url)"')
      .replace(/\/v1\/batch\/\{job_id\}\/results\/file/, '"$(node -p "require(\'./results.json\').results_url")"')
      .replace('{job_id}', '$(job job_id)')
      .replace('{name}', 'support')
      .replace('{id}', '$(node');
    const said = asked
      .split('\n')
      .some((line) => line.includes(address) && (method !== 'DELETE' || line.includes('-X DELETE')));
    expect(said, operation).toBe(true);
  }
});
