import { type Classer, type CreateOptions, createClasser } from 'classer-local';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Doctored, doctorWorkers } from '../support/doctored-workers.js';

const LABELS = ['billing', 'sport', 'weather'];
const TEXTS = ['a refund of my billing and the invoice', 'the team and the sport', 'weather and the invoice', 'sport'];
const MODEL = 'tiny/wordpiece';
const STORE = `webgpu-${crypto.randomUUID()}`;
const REQUEST = { texts: TEXTS, labels: LABELS, scores: true };

/** What a worker is told to do with its graphics card. */
const CARD = 'card';
const LOSES_IT = `
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...given) {
    const device = await request.apply(this, given);
    new BroadcastChannel('${CARD}').onmessage = () => device.destroy();
    return device;
  };`;
/** Its tanh is something else. */
const CALCULATES_WRONG = `
  const make = GPUDevice.prototype.createShaderModule;
  GPUDevice.prototype.createShaderModule = function (given) {
    return make.call(this, { ...given, code: given.code.replaceAll('=tanh_v(', '=cos(') });
  };`;

let doctored: Doctored | undefined;
const made: Classer[] = [];
const version = vi.spyOn(navigator as Navigator & { userAgentData: object }, 'userAgentData', 'get');
beforeAll(async () => {
  const classer = createClasser({ store: STORE, modelHost: `${location.origin}/hub/none/webgpu` });
  await classer.models.install(MODEL);
  await classer.dispose();
});
afterEach(async () => {
  doctored?.restore();
  await Promise.all(made.splice(0).map((one) => one.dispose()));
});

/** A browser of another version remembers nothing of what was tried. */
function updateBrowser(): void {
  const fullVersionList = crypto.randomUUID();
  version.mockReturnValue({ getHighEntropyValues: async () => ({ fullVersionList }) });
}

/** A classifier with the tiny model, which computes with floats. */
function withModel(options: CreateOptions = {}, code = ''): Classer {
  doctored?.restore();
  doctored = doctorWorkers(code);
  const classer = createClasser({ store: STORE, cache: false, model: MODEL, ...options });
  made.push(classer);
  return classer;
}

const loseDevice = () => new BroadcastChannel(CARD).postMessage('lose it');
const confidences = async (classer: Classer) =>
  (await classer.classifyBatch(REQUEST)).results.map(({ scores }) => scores?.map(({ confidence }) => confidence));

test('WebGPU answers once it gave the same answers as WebAssembly', async () => {
  updateBrowser();
  const own = await confidences(withModel({ device: 'wasm' }));
  const classer = withModel({ device: 'webgpu' });
  await classer.ready();
  const info = await classer.info();
  expect(info).toMatchObject({ model: MODEL, device: 'webgpu', why: expect.stringContaining('the same answers') });
  for (const [i, scores] of (await confidences(classer)).entries()) {
    for (const [j, score] of scores?.entries() ?? []) expect(score).toBeCloseTo(own[i]?.[j] ?? Number.NaN, 2);
  }
});

test('wrong answers of WebGPU are found out, and remembered', async () => {
  updateBrowser();
  const refused = { device: 'wasm', why: 'WebGPU gave wrong answers.' };
  const classer = withModel({ device: 'webgpu' }, CALCULATES_WRONG);
  await classer.ready();
  expect(await classer.info()).toMatchObject(refused);
  const again = withModel({ device: 'webgpu' });
  await again.ready();
  expect(await again.info()).toMatchObject(refused);
  expect(doctored?.started()).toBe(0);
  expect((await again.classify({ text: TEXTS[0], labels: LABELS })).label).toBe('billing');
});

test('a card that is lost in the middle of a batch loses no answer', async () => {
  updateBrowser();
  const classer = withModel({ device: 'webgpu' }, LOSES_IT);
  await classer.ready();
  const texts = Array.from({ length: 400 }, (_, i) => `${TEXTS[i % TEXTS.length]} ${i}`);
  let begun: (() => void) | undefined;
  const reading = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const done: number[] = [];
  const onProgress = ({ stage, done: tokens }: { stage: string; done: number }) => {
    if (stage === 'text') done.push(tokens);
    begun?.();
  };
  const batch = classer.classifyBatch({ texts, labels: LABELS, onProgress });
  const beside = classer.classify({ text: TEXTS[0], labels: LABELS });
  await reading;
  loseDevice();
  const { results } = await batch;
  expect(results).toHaveLength(texts.length);
  expect(results.every(({ error, label }) => error === undefined && label !== undefined)).toBe(true);
  expect((await beside).label).toBe('billing');
  expect(await classer.info()).toMatchObject({ device: 'wasm', why: expect.stringContaining('given up') });
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  const plain = withModel({ device: 'wasm' });
  expect(results.map(({ label }) => label)).toEqual(
    (await plain.classifyBatch({ texts, labels: LABELS })).results.map(({ label }) => label),
  );
});

test('a card that is lost while nothing runs is noticed, and the next call answered', async () => {
  const classer = withModel({ device: 'webgpu' }, LOSES_IT);
  await classer.ready();
  loseDevice();
  await vi.waitFor(async () => expect((await classer.info()).device).toBe('wasm'), { timeout: 30_000 });
  expect((await classer.classify({ text: TEXTS[0], labels: LABELS })).label).toBe('billing');
});

test('what is slower is not taken, and not tried again until the browser is another', async () => {
  const tried = async () => {
    const classer = withModel();
    await classer.classify({ text: TEXTS[0], labels: LABELS });
    await vi.waitFor(async () => expect((await classer.info()).why).toContain('slower'), { timeout: 60_000 });
    expect((await classer.info()).device).toBe('wasm');
    return doctored?.started();
  };
  updateBrowser();
  // Chromium's own adapter is a program on the processor: many times slower than WebAssembly there.
  expect(await tried()).toBe(1);
  expect(await tried()).toBe(0);
  updateBrowser();
  expect(await tried()).toBe(1);
});

test('the first answers do not wait for WebGPU, and a model of integers is not tried on it', async () => {
  doctored = doctorWorkers();
  const classer = createClasser({ store: 'memory', cache: false });
  made.push(classer);
  expect((await classer.classify({ text: 'I was charged twice', labels: ['billing', 'praise'] })).label).toBe(
    'billing',
  );
  expect(await classer.info()).toMatchObject({ device: 'wasm', why: expect.stringContaining('integers') });
  expect(doctored.started()).toBe(0);
});

test('where the embedded model is wanted on WebGPU, which cannot run it, WebAssembly answers', async () => {
  const classer = createClasser({ store: 'memory', cache: false, device: 'webgpu' });
  made.push(classer);
  await classer.ready();
  expect(await classer.info()).toMatchObject({ device: 'wasm', why: expect.stringContaining('WebGPU failed') });
  expect((await classer.classify({ text: 'I was charged twice', labels: ['billing', 'praise'] })).label).toBe(
    'billing',
  );
});
