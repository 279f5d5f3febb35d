import { readdir, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { minifySync } from 'rolldown/experimental';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { node, run } from '../support/child.js';
import { type Consumer, consumer, readJson } from '../support/consumer.js';
import { lines, pdf } from '../support/documents/pdf.js';
import { png } from '../support/pictures/files.js';
import { scanned } from '../support/pictures/print.js';
import { readmeExample } from '../support/readme.js';

let app: Consumer;
beforeAll(async () => {
  app = await consumer();
});
afterAll(() => app[Symbol.asyncDispose]());

const installed = (path: string) => join(app.folder, 'node_modules/classer-local', path);

test('a consumer gets one package, and what draws pictures in Node, without install scripts', async () => {
  const names = await readdir(join(app.folder, 'node_modules'));
  expect(names.filter((name) => !name.startsWith('.'))).toEqual(['@napi-rs', 'classer-local']);
  const { packages } = await readJson(join(app.folder, 'node_modules/.package-lock.json'));
  const others = Object.keys(packages).filter((path) => !/^node_modules\/@napi-rs\/canvas(-[\w-]+)?$/.test(path));
  expect(others).toEqual(['node_modules/classer-local']);
  for (const one of Object.values(packages)) expect(one).not.toHaveProperty('hasInstallScript');
  const manifest = await readJson(installed('package.json'));
  for (const kind of ['dependencies', 'peerDependencies']) expect(manifest).not.toHaveProperty(kind);
  expect(Object.keys(manifest.optionalDependencies)).toEqual(['@napi-rs/canvas']);
  for (const hook of ['preinstall', 'install', 'postinstall']) expect(manifest.scripts).not.toHaveProperty(hook);
});

test('every file that the exports, bin and types name is in the package', async () => {
  const { exports, bin } = await readJson(installed('package.json'));
  const named = JSON.stringify([exports, bin]).match(/(?:\.\/)?dist\/[^"]+/g) ?? [];
  expect(named.length).toBeGreaterThan(5);
  for (const path of named) expect((await stat(installed(path))).isFile(), path).toBe(true);
});

test('nothing but the built package is packed', () => {
  const strange = app.files
    .map(({ path }) => path)
    .filter(
      (path) =>
        !/^(dist|docs|models\/(classer-embed|classer-photo|nli-mini))\/|^[^/]+$|^models\/[^/]+\.(json|md)$/.test(path),
    );
  expect(strange).toEqual([]);
  expect(app.files.filter(({ path }) => /\.(test|spec)\.|\.npmrc|\.py$|node_modules/.test(path))).toEqual([]);
});

test('every link of its documents leads to something in the package', async () => {
  const documents = app.files.map(({ path }) => path).filter((path) => path.endsWith('.md'));
  expect(documents).toContain('README.md');
  for (const document of documents) {
    const text = await readFile(installed(document), 'utf8');
    const links = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, link = '']) => link);
    for (const link of links) {
      const target = join(dirname(document), link);
      expect(await stat(installed(target)).catch(() => undefined), `${document}: ${link}`).toBeDefined();
    }
  }
});

test('the types compile where nothing else is installed, every library file checked', async () => {
  await app.write('five.ts', await readmeExample());
  await app.write('http.ts', "import { createHandler } from 'classer-local/http';\nexport default createHandler;\n");
  const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
  const flags = ['--noEmit', '--strict', '--target', 'es2022', '--skipLibCheck', 'false', 'five.ts', 'http.ts'];
  for (const rules of [
    ['--module', 'nodenext'],
    ['--module', 'esnext', '--moduleResolution', 'bundler'],
  ]) {
    expect((await node([tsc, ...rules, ...flags], { cwd: app.folder })).stdout).toBe('');
  }
});

const zipped = async (path: string) => gzipSync(await readFile(installed(path)), { level: 9 }).length;

/** Bytes after gzip. What a page loads before it can ask for a worker, and what the worker is. */
const CEILINGS = [
  // The bridge, the checks, stores, jobs and fallback, with their comments; 23,000 in an app's build. 1,300 for keeping what was
  // computed for labels, as in the command and in Node.
  { path: 'dist/index.js', most: 49_900 },
  // ONNX Runtime's JavaScript and the tokenizer make up nine tenths.
  { path: 'dist/worker.js', most: 62_000 },
  // The same on ONNX Runtime's JavaScript for WebGPU, and its wasm: loaded where that is tried, and nowhere else.
  { path: 'dist/worker-webgpu.js', most: 50_000 },
  { path: 'dist/ort/ort-wasm-simd-threaded.jspi.wasm', most: 4_300_000 },
  // 50 for the version of the package in what an answer is remembered by.
  { path: 'dist/node.js', most: 52_950 },
  // Hono, the routes and their document; 700 for what the document says of limits, null, and fields that need or exclude others.
  { path: 'dist/http.js', most: 34_700 },
  // With the paths of the routes, as it leaves all others to the network, and names and rate limits for its own refusals.
  { path: 'dist/service-worker.js', most: 4_200 },
  // The server and all routes besides: answers from the cache in a tenth of a second. 600 for the document, as above, and 1,500
  // for outputs of batches that know what they were asked with, and are gone on with when their input has grown.
  { path: 'dist/cli.js', most: 105_700 },
  // Loaded with the first model that is installed or named: downloads, checks, pooling, other tokenizers' pieces, WebGPU's
  // trial; 3,400 are for CLIP and SigLIP: what prepares pictures, both towers, the scale that is measured; 1,100 for a second
  // model that is named, and for examples of models that infer; 900 for numbers that cannot be, files that are too large and
  // storage that is blocked; 400 for checksums of archives, damaged records and weights of 16 bits; 300 for what downloads
  // leave that broke off.
  { path: 'dist/models.js', most: 28_100 },
  // Loaded with the first file: the reader, pdf.js, mammoth.
  // It also weighs photographs and text, finds pages that are mostly picture, and tells slides by how pages are laid out (700).
  { path: 'dist/documents.js', most: 11_000 },
  { path: 'dist/pdf.js', most: 530_000 },
  { path: 'dist/docx.js', most: 95_000 },
  { path: 'dist/pdf-char-maps.bin', most: 900_000 },
  // Loaded with the first scan or picture: what draws it, the reader with Tesseract's glue, its wasm and its English.
  { path: 'dist/pdf-drawing.bin', most: 800_000 },
  { path: 'dist/pictures.js', most: 30_000 },
  { path: 'dist/ocr-core.wasm', most: 1_300_000 },
  { path: 'dist/ocr-english.bin', most: 3_000_000 },
];

test.for(CEILINGS)('$path stays small', async ({ path, most }) => {
  expect(await zipped(path)).toBeLessThan(most);
});

test('a page that sends texts loads little for those that send files or install models', async () => {
  const minified = async (path: string) =>
    gzipSync(minifySync(path, await readFile(installed(path), 'utf8')).code, { level: 9 }).length;
  // 57,100 before files were read; 1,000 for their checks and addresses, and their place in the request's way; 600 for
  // pictures, which are files too; 500 for jobs whose record is damaged and for requests that were refused unread; 1,500
  // for a worker a model, the door to what installs them, and tokenizers and pooling that are not ours; 1,500 for models
  // that infer and look again; 900 for damaged records of every kind, a bounded log and checks of hosted answers; 400 for
  // the addresses of the model of photographs and their place in the answer; 500 for who goes first, and for not making anew
  // for each call what is the same in all of them; 1,200 for a second device: when it is tried, and what is done again when
  // it is lost; 900 for batches that are spread over workers; 600 for templates, an engine that looks at pictures itself, a
  // second model that is named, and what an encoder learns for a model that infers; 500 for examples that are checked
  // against each other; 200 for the runtime's start beside the files; 200 for
  // what is kept where storage is blocked, and limits that follow a call's own; 1,500 for keeping what was computed for labels.
  expect((await minified('dist/index.js')) + (await minified('dist/worker.js'))).toBeLessThan(70_200);
});

test('the whole package stays small', async () => {
  // 52 MB of int8 weights of three models and 3 MB of Tesseract's English, which hardly compress, 34 MB of wasm, which does (to 9), and code.
  expect((await stat(app.tarball)).size).toBeLessThan(62_000_000);
});

const ENTRIES = [
  ...['index', 'worker', 'worker-webgpu', 'node', 'node-worker', 'cli', 'http', 'http-node'],
  ...['register', 'service-worker', 'test', 'test-node', 'models', 'models-node'],
];
test.for(ENTRIES)('dist/%s.js holds nothing of the heavy libraries', async (name) => {
  const code = await readFile(installed(`dist/${name}.js`), 'utf8');
  expect(code).not.toMatch(/pdfjs|mammoth|tesseract|@huggingface\/transformers|onnxruntime-node|\bsharp\b/i);
  // No default address of anybody's: nothing may be fetched unless the caller names it. The hosted API's is known, to be
  // answered here or, where a program says so, fallen back on.
  const hosts = code.match(/\bhttps?:\/\/[\w.-]+\.[a-z]{2,}/g) ?? [];
  expect(hosts.filter((host) => /cdn|jsdelivr|unpkg|huggingface|hf\.co/.test(host))).toEqual([]);
});

test('where nothing draws, files are read for their text, and pictures are refused', async () => {
  await app.write('note.pdf', Buffer.from(await pdf({ pages: [lines('Invoice: please pay by May.'), {}] })));
  await app.write('note.png', Buffer.from(await png(await scanned(['Invoice'], { height: 1 }))));
  const drawing = join(app.folder, 'node_modules/@napi-rs');
  await rename(drawing, join(app.folder, 'away'));
  const ask = (file: string) =>
    run('npx', ['--no-install', 'classer', 'classify', '--file', file, '--labels', 'invoice,poem', '--json'], {
      cwd: app.folder,
    });
  const [written, seen] = [await ask('note.pdf'), await ask('note.png')];
  await rename(join(app.folder, 'away'), drawing);
  expect(JSON.parse(written.stdout)).toMatchObject({ label: 'invoice', visual_tokens: 98 });
  expect(seen).toMatchObject({ status: 2, stderr: expect.stringContaining('@napi-rs/canvas, which is not installed') });
});

const REQUEST = `{ text: 'I was charged twice this month', labels: ['billing', 'technical', 'praise'] }`;

test('import in Node', async () => {
  await app.write(
    'consumer.mjs',
    `import classer, { classify } from 'classer-local'; console.log((await classify(${REQUEST})).label, typeof classer.tag);`,
  );
  expect(await node(['consumer.mjs'], { cwd: app.folder })).toMatchObject({ status: 0, stdout: 'billing function\n' });
});

test('require() in Node', async () => {
  await app.write(
    'consumer.cjs',
    `require('classer-local').classify(${REQUEST}).then(({ label }) => console.log(label));`,
  );
  expect(await node(['consumer.cjs'], { cwd: app.folder })).toMatchObject({ status: 0, stdout: 'billing\n' });
});

test('the handler in Node', async () => {
  await app.write(
    'handler.mjs',
    `import { createClasser } from 'classer-local';
    import { createHandler } from 'classer-local/http';
    const handle = createHandler(createClasser());
    const response = await handle(new Request('http://localhost/v1/classify', { method: 'POST', body: JSON.stringify(${REQUEST}) }));
    console.log(response.status, (await response.json()).label);`,
  );
  expect(await node(['handler.mjs'], { cwd: app.folder })).toMatchObject({ status: 0, stdout: '200 billing\n' });
});

test('every entry resolves, and the register entry answers an unchanged fetch', async () => {
  await app.write(
    'entries.mjs',
    `import { createClasser } from 'classer-local/test';
    import { createHandler, installFetch } from 'classer-local/http';
    const uninstall = installFetch(createClasser());
    const ask = () => fetch('https://api.classer.ai/v1/classify', { method: 'POST', body: JSON.stringify(${REQUEST}) });
    console.log((await (await ask()).json()).tokens > 0, typeof createHandler);
    uninstall();
    console.log((await (await ask()).json()).label);
    console.log(import.meta.resolve('classer-local/service-worker').split('/').pop());`,
  );
  const ended = await node(['--import', 'classer-local/register', 'entries.mjs'], { cwd: app.folder });
  expect(ended).toMatchObject({ status: 0, stdout: 'true function\nbilling\nservice-worker.js\n', stderr: '' });
});

test('npx classer', async () => {
  const args = [
    'classer',
    'classify',
    'I was charged twice this month',
    '--labels',
    'billing,technical,praise',
    '--json',
  ];
  const { status, stdout } = await run('npx', ['--no-install', ...args], { cwd: app.folder });
  expect(status).toBe(0);
  expect(JSON.parse(stdout).label).toBe('billing');
});
