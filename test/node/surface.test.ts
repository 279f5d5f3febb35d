import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { node } from '../support/child.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const REQUEST = `{ text: 'I was charged twice this month', labels: ['billing', 'technical', 'praise'] }`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'classer-surface-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(ROOT, join(folder, 'node_modules/classer-local'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a module in a Node of its own, so that its end can be seen. */
async function script(source: string, flags: readonly string[] = []) {
  const file = join(folder, 'program.mjs');
  await writeFile(file, source);
  return node([...flags, file]);
}

test('a one-liner on the command line works', async () => {
  const source = `import { classify } from 'classer-local'; console.log((await classify(${REQUEST})).label);`;
  const { status, stdout, stderr } = await node(['--input-type=module', '--eval', source], { cwd: ROOT });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'billing\n', stderr: '' });
});

test('a program ends by itself after its answer', async () => {
  const begun = performance.now();
  const { status, stdout, stderr } = await script(`
    import { classify } from 'classer-local';
    const { label, confidence } = await classify(${REQUEST});
    console.log(label, typeof confidence);
  `);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'billing number\n', stderr: '' });
  expect(performance.now() - begun).toBeLessThan(30_000);
});

test('a program ends by itself after an error, an abort and a dispose', async () => {
  const { status, stdout } = await script(`
    import { classify, createClasser } from 'classer-local';
    const say = (promise) => promise.catch((error) => console.log(error.code));
    await say(classify({ text: '', labels: ['a'] }));
    await say(classify({ ...${REQUEST}, signal: AbortSignal.timeout(1) }));
    const classer = createClasser();
    const call = say(classer.classify(${REQUEST}));
    await classer.dispose();
    await call;
  `);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'VALIDATION_ERROR\nABORTED\nABORTED\n' });
});

test('a program that never asks never starts a worker', async () => {
  const { status, stdout } = await script(`
    import { ClasserClient, createClasser } from 'classer-local';
    new ClasserClient({ timeout: 5 });
    createClasser();
    console.log(process.getActiveResourcesInfo().includes('Worker'));
  `);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'false\n' });
});

test('require() gives the same package', () => {
  const require = createRequire(import.meta.url);
  const { classify, default: classer } = require('classer-local');
  expect(classer.classify).toBe(classify);
});

test('a killed worker thread rejects what was in flight, and a fresh one takes the next call', async () => {
  // Node tells every thread's creation to whoever listens on the process.
  const { status, stdout } = await script(`
    import { createClasser, ClasserError } from 'classer-local';
    const threads = [];
    process.on('worker', (worker) => threads.push(worker));
    const classer = createClasser();
    await classer.ready();
    const long = 'word '.repeat(100_000);
    const calls = [
      classer.classify({ text: long, labels: ['a', 'b'], onProgress: () => threads[0].terminate() }),
      classer.tagBatch({ texts: [long], labels: ['a', 'b'] }),
    ];
    for (const call of calls) {
      const error = await call.catch((error) => error);
      console.log(error instanceof ClasserError, error.code, error.status);
    }
    console.log((await classer.classify(${REQUEST})).label, threads.length);
  `);
  expect(stdout.split('\n')).toEqual(['true WORKER_LOST 503', 'true WORKER_LOST 503', 'billing 2', '']);
  expect(status).toBe(0);
});

test('a thread out of memory rejects what was in flight, and the program goes on', async () => {
  const { status, stdout } = await script(
    `
    import { createClasser } from 'classer-local';
    const classer = createClasser();
    await classer.ready();
    // Each line is a passage that evidence may name.
    const text = 'a\\nb\\n'.repeat(480_000);
    const error = await classer.classify({ text, labels: ['a', 'b'], explain: true }).catch((error) => error);
    console.log(error.code, error.status);
    console.log((await classer.classify(${REQUEST})).label);
  `,
    ['--max-old-space-size=24'],
  );
  expect(stdout.split('\n')).toEqual(['WORKER_LOST 503', 'billing', '']);
  expect(status).toBe(0);
});

test('weights that are not there are named', async () => {
  const { stdout } = await script(`
    import { createClasser } from 'classer-local';
    for (const assets of ['/nowhere', new URL('file:///nowhere/')]) {
      const error = await createClasser({ assets }).classify(${REQUEST}).catch((error) => error);
      console.log(error.code, error.status, error.message.includes('nowhere'));
    }
  `);
  expect(stdout).toBe('MODEL_UNAVAILABLE 503 true\n'.repeat(2));
});

test('it works inside a worker thread of the caller', async () => {
  const worker = new Worker(
    `import('classer-local').then(async ({ classify }) => {
      const { label } = await classify(${REQUEST});
      require('node:worker_threads').parentPort.postMessage(label);
    });`,
    { eval: true },
  );
  const label = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  expect(label).toBe('billing');
  await worker.terminate();
});

test('hundreds of calls abandoned at once cost the next one nothing', async () => {
  const { stdout } = await script(`
    import { createClasser } from 'classer-local';
    const classer = createClasser({ runtime: { threads: 1 }, cache: false });
    const labels = ['late', 'early'];
    const ask = (text, signal) => classer.classify({ text, labels, signal });
    // Processor time of the whole process, which other programs do not change.
    const cost = async (run) => {
      const begun = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(begun);
      return user + system;
    };
    const some = () => Promise.all(Array.from({ length: 20 }, (_, i) => ask('order ' + i + ' came late')));
    for (let i = 0; i < 10; i++) await some();
    const usual = await cost(some);
    const controller = new AbortController();
    const codes = new Map();
    const abandoned = await cost(async () => {
      const calls = Array.from({ length: 900 }, (_, i) => ask('parcel ' + i + ' came late', controller.signal));
      calls[0].then(() => controller.abort());
      for (const call of calls) await call.catch(({ code }) => codes.set(code, 1 + (codes.get(code) ?? 0)));
      await ask('the next');
    });
    // Read all the same, they would have cost 45 times the usual 20; V8 may compile meanwhile, at some 8.
    console.log(codes.get('ABORTED') > 800, abandoned < 22 * usual);
  `);
  expect(stdout).toBe('true true\n');
});

test('memory does not grow with calls', async () => {
  const { stdout } = await script(`
    import { createClasser } from 'classer-local';
    const classer = createClasser();
    const ask = async (count) => {
      for (let i = 0; i < count; i++) await classer.classify({ text: ('order ' + i + ' came late ').repeat(10), labels: ['late ' + i % 7, 'early'] });
    };
    await ask(200);
    const before = process.memoryUsage.rss();
    await ask(200);
    console.log(Math.round((process.memoryUsage.rss() - before) / 1e6));
  `);
  expect(stdout).toMatch(/^-?\d+\n$/);
  // Megabytes; a leak of each call's tensors (about 150 kB) would show as 30. The first calls grow by the code
  // that V8 optimises meanwhile.
  expect(Number(stdout)).toBeLessThan(20);
});
