import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { node, run, serverAt } from '../support/child.js';
import { type Consumer, consumer } from '../support/consumer.js';
import { base64 } from '../support/documents/bytes.js';
import { lines, pdf } from '../support/documents/pdf.js';
import { hubFolder } from '../support/hub/model.js';
import { png } from '../support/pictures/files.js';
import { scanned } from '../support/pictures/print.js';
import { readmeExample } from '../support/readme.js';
import { staticServer } from '../support/static-server.js';
import { openBrowser, strangers, visit } from '../support/visit.js';

const VITE = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));
const ANSWER = /^billing /;

let app: Consumer;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([consumer(), openBrowser()]);
  const example = await readmeExample();
  await app.write('main.ts', example);
  await app.write('index.html', page('/main.ts'));
});
afterAll(async () => {
  await browser.close();
  await app[Symbol.asyncDispose]();
});

const POLICY =
  "default-src 'none'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

const page = (script: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>A new app</title><link rel="icon" href="data:,"><script type="module" src="${script}"></script></html>`;

test('the README’s example under vite dev', async () => {
  await using server = await serverAt([VITE, '--port', '0'], app.folder);
  const seen = await visit(browser, server.url);
  expect(seen.said).toMatch(ANSWER);
  expect(strangers(seen, server.url)).toEqual([]);
});

test('the README’s example under vite build and vite preview', async () => {
  const built = await node([VITE, 'build'], { cwd: app.folder });
  expect({ status: built.status, stderr: built.stderr }).toMatchObject({ status: 0 });
  await using server = await serverAt([VITE, 'preview', '--port', '0'], app.folder);
  const seen = await visit(browser, server.url);
  expect(seen.said).toMatch(ANSWER);
  expect(strangers(seen, server.url)).toEqual([]);
  // Worker, runtime and weights are the build's own copies.
  expect(seen.requests.filter((request) => request.includes('node_modules'))).toEqual([]);
});

const INSTALLED = `import { installFetch } from 'classer-local/http';
installFetch();
const body = JSON.stringify({ text: 'I was charged twice this month', labels: ['billing', 'technical', 'praise'] });
const response = await fetch('https://api.classer.ai/v1/classify', { method: 'POST', body });
console.log((await response.json()).label, response.headers.get('X-Classer-Source'));`;

test('the hosted address, answered in the page, under vite dev and vite build', async () => {
  await app.write('installed.ts', INSTALLED);
  await app.write('index.html', page('/installed.ts'));
  {
    await using server = await serverAt([VITE, '--port', '0'], app.folder);
    const seen = await visit(browser, server.url);
    expect(seen.said).toBe('billing local');
    expect(strangers(seen, server.url)).toEqual([]);
  }
  const built = await node([VITE, 'build', '--outDir', 'installed'], { cwd: app.folder });
  expect(built.status).toBe(0);
  await using server = await staticServer(join(app.folder, 'installed'));
  const seen = await visit(browser, server.url);
  expect(seen.said).toBe('billing local');
  expect(strangers(seen, server.url)).toEqual([]);
  await app.write('index.html', page('/main.ts'));
});

test('a build that lies in a folder of its server', async () => {
  const built = await node([VITE, 'build', '--base', './', '--outDir', 'site/deep/app'], { cwd: app.folder });
  expect(built.status).toBe(0);
  await using server = await staticServer(join(app.folder, 'site'));
  const seen = await visit(browser, `${server.url}/deep/app/`);
  expect(seen.said).toMatch(ANSWER);
  expect(strangers(seen, server.url)).toEqual([]);
});

const SCRIPT = (from: string, options = '') => `import { createClasser } from '${from}';
const { label, confidence } = await createClasser(${options}).classify(
  { text: 'I was charged twice this month', labels: ['billing', 'technical', 'praise'] });
console.log(label, confidence);`;

test('without a bundler, by an import map', async () => {
  const map = JSON.stringify({ imports: { 'classer-local': '/node_modules/classer-local/dist/index.js' } });
  await app.write('map.html', page('/map.js').replace('<script', `<script type="importmap">${map}</script><script`));
  await app.write('map.js', SCRIPT('classer-local'));
  await using server = await staticServer(app.folder);
  const seen = await visit(browser, `${server.url}/map.html`);
  expect(seen.said).toMatch(ANSWER);
  expect(seen.isolated).toBe(false);
  expect(strangers(seen, server.url)).toEqual([]);
});

test('without a bundler, isolated and under the README’s content policy', async () => {
  await app.write('path.html', page('/path.js'));
  await app.write('path.js', SCRIPT('/node_modules/classer-local/dist/index.js'));
  await using server = await staticServer(app.folder, {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Content-Security-Policy': POLICY,
  });
  const seen = await visit(browser, `${server.url}/path.html`);
  expect(seen.said).toMatch(ANSWER);
  expect(seen.isolated).toBe(true);
  expect(seen.problems).toEqual([]);
  expect(strangers(seen, server.url)).toEqual([]);
});

test('with the files that `classer assets` copied, and no others', async () => {
  const site = join(app.folder, 'copied');
  await mkdir(site);
  const { status } = await run('npx', ['--no-install', 'classer', 'assets', 'copied/classer'], { cwd: app.folder });
  expect(status).toBe(0);
  await cp(join(app.folder, 'node_modules/classer-local/dist/index.js'), join(site, 'bundle.js'));
  await app.write('copied/index.html', page('/index.js'));
  await app.write('copied/index.js', SCRIPT('/bundle.js', "{ assets: '/classer/' }"));
  await using server = await staticServer(site);
  const seen = await visit(browser, server.url);
  expect(seen.said).toMatch(ANSWER);
  expect(seen.problems).toEqual([]);
  expect(strangers(seen, server.url)).toEqual([]);
});

const ANSWER_OF_A_FILE = /^invoice 49 invoice {"images":\[1\]}$/;
const INVOICE = 'Invoice: please pay 540 EUR by May.';
/** A PDF, and a picture of the same, which fetches all that reads scans. */
const FILE_SCRIPT = async (from: string, options = '') => `import { createClasser } from '${from}';
const classer = createClasser(${options});
const labels = ['invoice', 'recipe', 'poem'];
const written = await classer.classify({ file: '${base64(await pdf({ pages: [lines(INVOICE)] }))}', labels });
const seen = await classer.classify({ image: '${base64(await png(await scanned([INVOICE], { height: 1 })))}', labels });
console.log(written.label, written.visual_tokens, seen.label, JSON.stringify(seen.ocr));`;

test('a PDF and a picture under vite dev, and under vite build and vite preview', async () => {
  await app.write('file.html', page('/file.js'));
  await app.write('file.js', await FILE_SCRIPT('classer-local'));
  const config = "export default { build: { rolldownOptions: { input: 'file.html' }, outDir: 'file-site' } };";
  await app.write('file.config.js', config);
  const rules = ['--config', 'file.config.js'];
  const built = await node([VITE, 'build', ...rules], { cwd: app.folder });
  expect({ status: built.status, stderr: built.stderr }).toMatchObject({ status: 0 });
  for (const command of [[], ['preview']]) {
    await using server = await serverAt([VITE, ...command, ...rules, '--port', '0'], app.folder);
    const seen = await visit(browser, `${server.url}/file.html`);
    expect(seen.said).toMatch(ANSWER_OF_A_FILE);
    expect(strangers(seen, server.url)).toEqual([]);
  }
});

test('a PDF and a picture with the files that `classer assets` copied, under the README’s content policy', async () => {
  const site = join(app.folder, 'copied-for-files');
  await mkdir(site);
  const target = 'copied-for-files/classer';
  expect((await run('npx', ['--no-install', 'classer', 'assets', target], { cwd: app.folder })).status).toBe(0);
  await cp(join(app.folder, 'node_modules/classer-local/dist/index.js'), join(site, 'bundle.js'));
  await app.write('copied-for-files/index.html', page('/index.js'));
  await app.write('copied-for-files/index.js', await FILE_SCRIPT('/bundle.js', "{ assets: '/classer/' }"));
  await using server = await staticServer(site, { 'Content-Security-Policy': POLICY });
  const seen = await visit(browser, server.url);
  expect(seen.said).toMatch(ANSWER_OF_A_FILE);
  expect(seen.problems).toEqual([]);
  expect(strangers(seen, server.url)).toEqual([]);
});

const MODEL_SCRIPT = (from: string, options = '') => `import { createClasser, sourceOf } from '${from}';
const classer = createClasser(${options});
await classer.models.install(new URL('/tiny/', location.href));
const request = { text: 'a refund of my billing and the invoice', labels: ['billing', 'sport', 'weather'] };
const answer = await classer.classify({ ...request, model: 'tiny' });
console.log(answer.label, sourceOf(answer).model);`;
const ANSWER_OF_A_MODEL = 'billing tiny';

/** A tiny sentence encoder in the hub's layout, below a folder of the app. */
async function writeModel(folder: string): Promise<void> {
  for (const [path, content] of Object.entries(hubFolder('tiny/wordpiece') ?? {})) {
    const file = join(app.folder, folder, 'tiny', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

test('a model that is installed, under vite dev, and under vite build and vite preview', async () => {
  await writeModel('public');
  await app.write('model.html', page('/model.js'));
  await app.write('model.js', MODEL_SCRIPT('classer-local'));
  const config = "export default { build: { rolldownOptions: { input: 'model.html' }, outDir: 'model-site' } };";
  await app.write('model.config.js', config);
  const rules = ['--config', 'model.config.js'];
  const built = await node([VITE, 'build', ...rules], { cwd: app.folder });
  expect({ status: built.status, stderr: built.stderr }).toMatchObject({ status: 0 });
  for (const command of [[], ['preview']]) {
    await using server = await serverAt([VITE, ...command, ...rules, '--port', '0'], app.folder);
    const seen = await visit(browser, `${server.url}/model.html`);
    expect(seen.said).toBe(ANSWER_OF_A_MODEL);
    expect(strangers(seen, server.url)).toEqual([]);
  }
});

test('a model that is installed, with the files that `classer assets` copied, under the README’s content policy', async () => {
  const site = join(app.folder, 'copied-for-models');
  const target = 'copied-for-models/classer';
  await writeModel('copied-for-models');
  expect((await run('npx', ['--no-install', 'classer', 'assets', target], { cwd: app.folder })).status).toBe(0);
  await cp(join(app.folder, 'node_modules/classer-local/dist/index.js'), join(site, 'bundle.js'));
  await app.write('copied-for-models/index.html', page('/index.js'));
  await app.write('copied-for-models/index.js', MODEL_SCRIPT('/bundle.js', "{ assets: '/classer/' }"));
  await using server = await staticServer(site, { 'Content-Security-Policy': POLICY });
  const seen = await visit(browser, server.url);
  expect(seen.said).toBe(ANSWER_OF_A_MODEL);
  expect(strangers(seen, server.url)).toEqual([]);
});
