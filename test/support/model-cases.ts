import type { Classer, CreateOptions, InstallProgress } from 'classer-local';
import { sourceOf } from 'classer-local';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../src/contract/digest.js';
import type { Json, Store } from '../../src/store/store.js';
import { hubFolder } from './hub/model.js';
import type { Asked } from './hub/server.js';
import { type Rejection, rejection } from './rejection.js';

/** Where the cases run. */
export interface ModelGround {
  /** The hub's address, up to the name of a fault. */
  readonly hub: () => string;
  /** The same hub as another origin, where there are origins. */
  readonly elsewhere: () => string;
  /** A classifier; those of one name share what is kept. */
  readonly create: (store: string, options: CreateOptions) => Classer;
  /** What a store of that name holds. */
  readonly open: (store: string) => Promise<Store>;
}

const WEIGHTS = 'onnx/model_quantized.onnx';
const LABELS = ['billing', 'sport', 'weather'] as const;
const REQUEST = { text: 'a refund of my billing and the invoice', labels: LABELS };

/** What everybody is promised who brings a model. */
export function modelCases({ hub, elsewhere, create, open }: ModelGround): void {
  let count = 0;
  const made: Classer[] = [];
  afterAll(async () => void (await Promise.all(made.map((one) => one.dispose()))));

  /** A classifier with a store, and a part of the hub, of its own. */
  function ground(fault = 'none', store = `models-${count}`) {
    const part = `${hub()}/${fault}/k${count++}`;
    const classer = create(store, { cache: false, modelHost: part });
    made.push(classer);
    return {
      ...{ classer, store, part },
      asked: async () =>
        ((await (await fetch(`${part}/asked`)).json()) as Asked[]).filter((one) => one.path === WEIGHTS),
      mend: (as = '', fault = 'none') => fetch(`${part}/mend?as=${as}&fault=${fault}`),
    };
  }
  const installed = async (classer: Classer) =>
    (await classer.models.list()).flatMap(({ id, embedded }) => (embedded ? [] : [id]));

  describe('a model', () => {
    test('is installed, answers, says so, and is removed', async () => {
      const { classer, store } = ground();
      const events: InstallProgress[] = [];
      const info = await classer.models.install('tiny/wordpiece', { onProgress: (event) => events.push(event) });
      expect(info).toMatchObject({
        id: 'tiny/wordpiece',
        embedded: false,
        current: false,
        engine: 'embed',
        revision: 'main',
      });
      expect(await classer.models.list()).toEqual([
        expect.objectContaining({ id: 'classer-embed', embedded: true, current: true }),
        expect.objectContaining({ id: 'nli-mini', embedded: true, engine: 'nli', current: false }),
        info,
      ]);
      expect(await classer.models.storage()).toMatchObject({ used: info.bytes });
      for (const stage of ['download', 'check']) {
        const own = events.filter((event) => event.stage === stage);
        expect(own.length).toBeGreaterThan(1);
        expect(own.map(({ done }) => done)).toEqual(own.map(({ done }) => done).toSorted((a, b) => a - b));
        expect(own.filter(({ done, total }) => done === total)).toEqual([own.at(-1)]);
      }
      expect(events.filter(({ stage }) => stage === 'download').at(-1)?.files?.[WEIGHTS]?.done).toBeGreaterThan(
        400_000,
      );
      const own = await classer.classify({ ...REQUEST, model: 'tiny/wordpiece' });
      expect(own.label).toBe('billing');
      expect(sourceOf(own)?.model).toBe('tiny/wordpiece');
      expect(sourceOf(await classer.classify(REQUEST))?.model).toBe('classer-embed');
      // Another classifier, as another page or process would have it, with the server out of reach.
      const later = create(store, { cache: false, model: 'tiny/wordpiece' });
      made.push(later);
      expect(await later.classify(REQUEST)).toMatchObject({ label: 'billing', confidence: own.confidence });
      await classer.models.remove('tiny/wordpiece');
      expect(await installed(classer)).toEqual([]);
      const gone = await rejection(later.classify(REQUEST));
      expect(gone).toMatchObject({ code: 'MODEL_NOT_FOUND', details: { field: 'model' } });
      expect(gone.message).toContain('classer-embed');
      expect(await rejection(classer.models.remove('tiny/wordpiece'))).toMatchObject({ code: 'MODEL_NOT_FOUND' });
      expect((await classer.classify(REQUEST)).label).toBe('billing');
    });

    test('is used until another is, and the embedded one once it is removed', async () => {
      const { classer } = ground();
      await classer.models.install('tiny/wordpiece');
      await classer.models.use('tiny/wordpiece');
      expect(sourceOf(await classer.classify(REQUEST))?.model).toBe('tiny/wordpiece');
      expect((await classer.models.list()).filter(({ current }) => current).map(({ id }) => id)).toEqual([
        'tiny/wordpiece',
      ]);
      expect(sourceOf(await classer.classify({ ...REQUEST, model: 'classer-embed' }))?.model).toBe('classer-embed');
      expect(await rejection(classer.models.use('tiny/none'))).toMatchObject({ code: 'MODEL_NOT_FOUND' });
      await classer.models.remove('tiny/wordpiece');
      expect(sourceOf(await classer.classify(REQUEST))?.model).toBe('classer-embed');
    });

    test('that infers reads a text with each label, whatever their order and number', async () => {
      const { classer } = ground();
      expect(await classer.models.install('tiny/nli')).toMatchObject({ engine: 'nli' });
      const asked = { ...REQUEST, model: 'tiny/nli', scores: true } as const;
      const { scores = [] } = await classer.classify(asked);
      expect(scores.reduce((sum, { confidence }) => sum + confidence, 0)).toBeCloseTo(1, 3);
      expect(new Set(scores.map(({ confidence }) => confidence)).size).toBe(3);
      const turned = await classer.classify({ ...asked, labels: LABELS.toReversed() });
      expect(turned.scores).toEqual(scores);
      // By itself each label is as likely as its odds say, beside whatever others.
      const tagged = async (labels: readonly string[]) =>
        (await classer.tag({ text: REQUEST.text, labels, model: 'tiny/nli', scores: true })).scores ?? [];
      const [all, two] = [await tagged(LABELS), await tagged(LABELS.slice(0, 2))];
      for (const { label, confidence } of two) {
        expect(all.find((one) => one.label === label)?.confidence).toBeCloseTo(confidence, 3);
      }
      const put = async (hypothesis_template: string, descriptions?: Record<string, string>) =>
        (await classer.classify({ ...asked, hypothesis_template, ...(descriptions && { descriptions }) })).scores;
      // Its own template says the same as none, in either spelling, and any other does not.
      expect(await put('This example is {}.')).toEqual(scores);
      expect(await put('This example is {label}.')).toEqual(scores);
      expect(await put('It is on {}')).not.toEqual(scores);
      expect(await put('It is on {}', { sport: 'goal and team' })).not.toEqual(await put('It is on {}'));
      // Examples put its chances right, and count; tags are as they were.
      const taught = await classer.classify({ ...asked, examples: { sport: [REQUEST.text], billing: ['guitar'] } });
      expect(taught.label).toBe('sport');
      expect(taught.scores?.reduce((sum, { confidence }) => sum + confidence, 0)).toBeCloseTo(1, 3);
      expect(taught.tokens).toBeGreaterThan((await classer.classify(asked)).tokens);
      const text = Array.from({ length: 500 }, () => 'refund').join(' ');
      const long = await classer.classify({ ...asked, text, explain: true });
      expect(long.evidence?.length).toBeGreaterThan(1);
    });

    test('that infers is known by its classes where nothing says what it is called', async () => {
      const { classer } = ground();
      expect(await classer.models.install('tiny/nli-unnamed')).toMatchObject({ engine: 'nli' });
    });

    test('that infers looks again for another one, where that is unsure', async () => {
      const { store, part } = ground();
      const classer = create(store, { modelHost: part });
      made.push(classer);
      await classer.models.install('tiny/nli');
      const standards = async () => (await classer.models.list()).map(({ standard }) => standard.second);
      // So short that nothing is sure.
      const asked = { text: 'it was', labels: LABELS, scores: true, hypothesis_template: '{}' } as const;
      const fast = await classer.classify({ ...asked, priority: 'fast' });
      const { scores: before } = await classer.classify(asked);
      expect(before).toEqual(fast.scores);
      expect(await standards()).toEqual([null, null, null]);
      await classer.models.use('classer-embed', { second: 'tiny/nli' });
      expect(await standards()).toEqual(['tiny/nli', null, null]);
      const [embedded, mini] = await classer.models.list();
      expect(embedded?.standard.why).toContain('5 best labels');
      expect(mini?.standard.why).toContain('each label');
      const again = await classer.classify(asked);
      expect(again.cached).toBe(false);
      expect(sourceOf(again)?.model).toBe('classer-embed');
      // Half of the second one's log odds, which its tags tell, on top of the log of the first one's chance.
      const { scores: each = [] } = await classer.tag({ ...asked, model: 'tiny/nli' });
      const raised = (fast.scores ?? []).map(({ label, confidence }) => {
        const odds = each.find((one) => one.label === label)?.confidence ?? Number.NaN;
        return { label, weight: confidence * Math.sqrt(odds / (1 - odds)) };
      });
      const total = raised.reduce((sum, { weight }) => sum + weight, 0);
      for (const { label, weight } of raised) {
        expect(again.scores?.find((one) => one.label === label)?.confidence).toBeCloseTo(weight / total, 2);
      }
      expect(again.scores).not.toEqual(before);
      expect((await classer.classify({ ...asked, priority: 'fast', cache: false })).scores).toEqual(before);
      const bad = async (second: string, id = 'classer-embed') =>
        (await rejection(classer.models.use(id, { second }))).details?.field;
      expect([await bad('classer-embed'), await bad('tiny/nli', 'tiny/nli'), await bad('tiny/none')]).toEqual([
        ...['second', 'second', 'model'],
      ]);
      expect((await rejection(classer.models.use('classer-embed', { first: 'x' } as never))).details?.field).toBe(
        'first',
      );
      expect(await standards()).toEqual(['tiny/nli', null, null]);
      await classer.models.remove('tiny/nli');
      expect((await classer.classify({ ...asked, cache: false })).scores).toEqual(before);
      expect(await standards()).toEqual([null, null]);
    });

    test.for(['tiny/bpe', 'tiny/unigram', 'tiny/cls', 'tiny/prompts'])(
      '%s answers any kind of request',
      async (model) => {
        const { classer } = ground();
        await classer.models.install(model);
        const asked = { ...REQUEST, model };
        const { label, scores, evidence } = await classer.classify({ ...asked, scores: true, explain: true });
        expect(scores?.reduce((sum, { confidence }) => sum + confidence, 0)).toBeCloseTo(1, 3);
        expect(evidence?.every((one) => one.label === label && REQUEST.text.slice(one.start, one.end) !== '')).toBe(
          true,
        );
        expect(label).toBe('billing');
        const examples = { sport: [REQUEST.text], billing: ['the striker scored a goal'] };
        expect((await classer.classify({ ...asked, examples })).label).toBe('sport');
        const { labels } = await classer.tag({ ...asked, threshold: 0 });
        expect(labels.map((one) => one.confidence).every((c) => c > 0 && c < 1)).toBe(true);
        const { confidence } = await classer.classify({ ...asked, labels: ['billing'] });
        expect(confidence).toBeLessThan(1);
        const long = `${'it rain and snow on the team '.repeat(60)}`;
        expect((await classer.classify({ ...asked, text: long })).tokens).toBeGreaterThan(300);
      },
    );

    test('of 16 bits is taken where there is nothing else, and answers as that of 32 does', async () => {
      const { classer } = ground();
      const answers: number[] = [];
      for (const id of ['tiny/wordpiece', 'tiny/half']) {
        await classer.models.install(id);
        const { label, confidence = 0 } = await classer.classify({ ...REQUEST, model: id });
        expect(label).toBe('billing');
        answers.push(confidence);
      }
      expect(answers[1]).toBeCloseTo(answers[0] ?? 0, 2);
    });

    test('is read with the pooling and prefix that its files name', async () => {
      const { classer, store } = ground();
      const specs = await open(store);
      const encoderOf = async (id: string) => {
        await classer.models.install(id);
        const { spec } = (await specs.get<Json & { spec: { encoder: object } }>('models', await sha256(id))) ?? {};
        return spec?.encoder;
      };
      expect(await encoderOf('tiny/prompts')).toMatchObject({ prefix: 'query: ', pooling: 'mean', window: 64 });
      expect(await encoderOf('tiny/search')).not.toHaveProperty('prefix');
      expect(await encoderOf('tiny/e5-bare')).toMatchObject({ prefix: 'query: ', pooling: 'mean' });
      expect(await encoderOf('tiny/cls')).toMatchObject({ pooling: 'cls', inputs: { types: 'token_type_ids' } });
      await specs.close();
    });

    test('is installed again over itself, from a URL, and past a redirect', async () => {
      const { classer, part } = ground('redirect');
      await classer.models.install(`${part}/tiny/wordpiece/resolve/main/`);
      expect(await installed(classer)).toEqual(['tiny/wordpiece']);
      const before = await classer.classify({ ...REQUEST, model: 'tiny/wordpiece' });
      await classer.models.install(new URL(`${part}/tiny/other-weights/`), { id: 'tiny/wordpiece' });
      expect(await installed(classer)).toEqual(['tiny/wordpiece']);
      const after = await classer.classify({ ...REQUEST, model: 'tiny/wordpiece' });
      expect(after.confidence).not.toBe(before.confidence);
    });

    test('goes out as a zip and comes back, or as a list of files', async () => {
      const { classer } = ground();
      const { bytes } = await classer.models.install('tiny/wordpiece');
      const own = await classer.classify({ ...REQUEST, model: 'tiny/wordpiece' });
      const zip = await new Response(await classer.models.export('tiny/wordpiece')).blob();
      await classer.models.remove('tiny/wordpiece');
      expect(await classer.models.import(zip)).toMatchObject({
        id: 'tiny/wordpiece',
        bytes,
        from: null,
        revision: null,
      });
      expect(await classer.classify({ ...REQUEST, model: 'tiny/wordpiece' })).toMatchObject({
        confidence: own.confidence,
      });
      const files = Object.entries(hubFolder('tiny/wordpiece') ?? {}).map(
        ([path, content]) => new File([content], path.split('/').pop() ?? ''),
      );
      // Files without their folders: only the first config.json can be meant.
      const flat = files.filter(({ name }, i) => name !== 'config.json' || i === 0);
      expect(await classer.models.install(flat, { id: 'my/own' })).toMatchObject({ id: 'my/own', from: null });
      expect(await classer.classify({ ...REQUEST, model: 'my/own' })).toMatchObject({ confidence: own.confidence });
      const damaged = new Uint8Array(await zip.arrayBuffer());
      const middle = damaged.length >> 1;
      damaged[middle] = (damaged[middle] ?? 0) ^ 0x40;
      for (const broken of [zip.slice(0, 5000), new Blob([damaged])]) {
        const error = await rejection(classer.models.import(broken, { id: 'my/broken' }));
        expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { reason: 'corrupt' } });
        expect(error.message).toContain('zip');
      }
      expect(await installed(classer)).toEqual(['my/own', 'tiny/wordpiece']);
      expect(await rejection(classer.models.import(flat))).toMatchObject({ code: 'VALIDATION_ERROR' });
    });
  });

  describe('a download', () => {
    test('that breaks off is gone on with', async () => {
      const { classer, asked, mend } = ground('cut');
      const error = await rejection(classer.models.install('tiny/wordpiece'));
      expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { reason: 'network' } });
      expect(await installed(classer)).toEqual([]);
      expect((await classer.classify(REQUEST)).label).toBe('billing');
      await mend();
      const whole = await sha256(hubFolder('tiny/wordpiece')?.[WEIGHTS] as Uint8Array<ArrayBuffer>);
      await classer.models.install('tiny/wordpiece', { integrity: { [WEIGHTS]: whole } });
      const ranges = (await asked()).map(({ range }) => range);
      expect(ranges[0]).toBeUndefined();
      expect(Number(/^bytes=(\d+)-$/.exec(ranges[1] ?? '')?.[1])).toBeGreaterThan(10_000);
      expect((await classer.classify({ ...REQUEST, model: 'tiny/wordpiece' })).label).toBe('billing');
    });

    test('that broke off counts in what is used, and can be removed', async () => {
      const { classer } = ground('cut');
      await rejection(classer.models.install('tiny/wordpiece'));
      const { used } = await classer.models.storage();
      expect(used).toBeGreaterThan(10_000);
      await classer.models.remove('tiny/wordpiece');
      expect(await classer.models.storage()).toMatchObject({ used: 0 });
      expect(await rejection(classer.models.remove('tiny/wordpiece'))).toMatchObject({ code: 'MODEL_NOT_FOUND' });
    });

    test('of a file that changed meanwhile begins anew', async () => {
      const { classer, asked, mend } = ground('cut');
      await rejection(classer.models.install('tiny/wordpiece'));
      await mend('tiny/other-weights');
      const other = await sha256(hubFolder('tiny/other-weights')?.[WEIGHTS] as Uint8Array<ArrayBuffer>);
      await classer.models.install('tiny/wordpiece', { integrity: { [WEIGHTS]: other } });
      const ranges = (await asked()).map(({ range }) => range !== undefined);
      expect(ranges).toEqual([false, true, false]);
    });

    test('is given up by its signal, and gone on with', async () => {
      const { classer, asked, mend } = ground('stall');
      const controller = new AbortController();
      const onProgress = ({ files }: InstallProgress) => {
        if ((files?.[WEIGHTS]?.done ?? 0) > 0) controller.abort();
      };
      const call = classer.models.install('tiny/wordpiece', { signal: controller.signal, onProgress });
      expect(await rejection(call)).toMatchObject({ code: 'ABORTED', status: 499 });
      expect(await installed(classer)).toEqual([]);
      await mend();
      await classer.models.install('tiny/wordpiece');
      expect((await asked()).at(-1)?.range).toMatch(/^bytes=\d+-$/);
    });

    test('that is packed on the way, by a server of another origin, is installed', async () => {
      const { classer } = ground();
      await classer.models.install(`${elsewhere()}/packed/k${count++}/tiny/wordpiece/`, { id: 'tiny/wordpiece' });
      expect((await classer.classify({ ...REQUEST, model: 'tiny/wordpiece' })).label).toBe('billing');
    });

    test('that cannot be unpacked ends after its time', async () => {
      const { classer } = ground('mangled');
      const error = await rejection(classer.models.install('tiny/wordpiece', { timeout: 1 }));
      expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE' });
      // Chromium unpacks what it can, and does not look at the checksum.
      expect(['network', 'stalled', 'corrupt']).toContain(error.details?.['reason']);
      expect(await installed(classer)).toEqual([]);
      expect((await classer.classify(REQUEST)).label).toBe('billing');
    });

    test('of which a part comes that nobody asked for is refused', async () => {
      const { classer } = ground('part');
      const error = await rejection(classer.models.install('tiny/wordpiece'));
      expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { reason: 'network' } });
    });

    test.for(['..', '../..', 'a/../b', '.', '', 'a b'])('of the revision %j is none', async (revision) => {
      const { classer } = ground();
      const error = await rejection(classer.models.install('tiny/wordpiece', { revision }));
      expect(error).toMatchObject({ code: 'VALIDATION_ERROR', details: { field: 'revision' } });
    });

    test.for(['http://', 'https://['])('from %j is refused', async (source) => {
      const { classer } = ground();
      const error = await rejection(classer.models.install(source));
      expect(error).toMatchObject({ code: 'VALIDATION_ERROR', details: { field: 'source' } });
    });

    test('that comes to a stand ends after its time', async () => {
      const { classer } = ground('stall');
      const error = await rejection(classer.models.install('tiny/wordpiece', { timeout: 1 }));
      expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { reason: 'stalled' } });
      expect(error.message).toContain('1 second');
    });

    test('of the same model by two at once is one download, and both have it', async () => {
      const { classer, store, part, asked } = ground();
      const other = create(store, { cache: false, modelHost: part });
      made.push(other);
      const infos = await Promise.all([classer, other].map((one) => one.models.install('tiny/wordpiece')));
      expect(infos[0]).toEqual(infos[1]);
      expect(await asked()).toHaveLength(1);
      expect(sourceOf(await other.classify({ ...REQUEST, model: 'tiny/wordpiece' }))?.model).toBe('tiny/wordpiece');
    });

    test('of the same model by one who was told another hash is refused to that one alone', async () => {
      const { classer, store, part, asked } = ground();
      const other = create(store, { cache: false, modelHost: part });
      made.push(other);
      let second: Promise<Rejection> | undefined;
      const onProgress = () => {
        second ??= rejection(other.models.install('tiny/wordpiece', wrong));
      };
      await classer.models.install('tiny/wordpiece', { onProgress });
      expect(await second).toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { reason: 'integrity' } });
      expect(await asked()).toHaveLength(2);
      expect((await other.classify({ ...REQUEST, model: 'tiny/wordpiece' })).label).toBe('billing');
    });
  });

  describe('refused', () => {
    const kept = 'tiny/wordpiece';
    let before: unknown;
    const own = async () => {
      const { classer } = ground('none', 'refused');
      const scores = async (fields: object) => (await classer.classify({ ...REQUEST, ...fields, scores: true })).scores;
      return { models: await classer.models.list(), answers: [await scores({}), await scores({ model: kept })] };
    };
    beforeAll(async () => {
      await ground('none', 'refused').classer.models.install(kept);
      before = await own();
    }, 60_000);

    test.for(REFUSED.map((one) => ({ name: `${one.fault ?? ''} ${one.model ?? ''}`.trim(), ...one })))(
      '$name: $says',
      async ({ fault = 'none', model = 'tiny/wordpiece', reason, code, says, options }) => {
        const { classer } = ground(fault, 'refused');
        const error = await rejection(classer.models.install(model, options));
        expect(error).toMatchObject({ name: 'ClasserError', code: code ?? 'MODEL_UNAVAILABLE' });
        if (reason) expect(error.details).toMatchObject({ reason });
        expect(error.message).toContain(says ?? '');
        expect(await installed(classer)).toEqual([kept]);
        await classer.dispose();
      },
    );

    test('none of which changed what the default model answers, or one that was installed before', async () => {
      expect(await own()).toEqual(before);
    });

    test('a graph that needs more memory than there is, and the embedded model answers', async () => {
      const { classer } = ground('none', 'refused');
      const error = await rejection(classer.models.install('tiny/hungry'));
      expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { reason: 'too_large' } });
      expect(error.message).toContain('cannot be run');
      expect(await installed(classer)).toEqual([kept]);
      expect((await classer.classify(REQUEST)).label).toBe('billing');
    });

    test('a server that is not there', async () => {
      const classer = create('refused', { modelHost: 'http://127.0.0.1:9' });
      made.push(classer);
      const error = await rejection(classer.models.install('tiny/wordpiece'));
      expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { reason: 'network' } });
      expect((await classer.classify(REQUEST)).label).toBe('billing');
    });

    test('a store that keeps nothing, and the embedded model answers', async () => {
      const classer = create('memory', { modelHost: `${hub()}/none/memory` });
      made.push(classer);
      const error = await rejection(classer.models.install('tiny/wordpiece'));
      expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { reason: 'storage_blocked' } });
      expect((await classer.classify(REQUEST)).label).toBe('billing');
    });

    test('what is no model, no id and no option', async () => {
      const classer = create('refused', {});
      made.push(classer);
      const bad = async (call: Promise<unknown>, field: string) =>
        expect(await rejection(call)).toMatchObject({ code: 'VALIDATION_ERROR', details: { field } });
      await bad(classer.models.install('tiny/wordpiece'), 'modelHost');
      await bad(classer.models.install(7 as never), 'source');
      await bad(classer.models.install([] as never), 'source');
      await bad(classer.models.install('http://localhost/x', { progress: 1 } as never), 'progress');
      await bad(classer.models.install('http://localhost/x', { integrity: { a: 'b' } }), 'integrity');
      await bad(classer.models.install('http://localhost/x', { id: '../x' }), 'id');
      await bad(classer.models.install('http://localhost/x', { revision: 'main' }), 'revision');
      await bad(classer.models.remove('../x'), 'id');
      await bad(classer.models.export(''), 'id');
      await bad(classer.models.install('http://localhost/x', { id: 'classer-embed' }), 'id');
      await bad(classer.models.remove('classer-embed'), 'id');
      expect(() => create('refused', { modelHost: 'hub' })).toThrow('modelHost');
    });

    test('a model that no longer answers as it did', async () => {
      const { classer, store } = ground();
      await classer.models.install('tiny/wordpiece');
      const records = await open(store);
      const key = await sha256('tiny/wordpiece');
      await records.update<never>('models', key, (record) => {
        const { spec, ...rest } = record as unknown as { spec: { golden: { scores: number[] } } };
        const scores = spec.golden.scores.map((score) => score + 0.5);
        return { ...rest, spec: { ...spec, golden: { ...spec.golden, scores } } } as never;
      });
      await records.close();
      const error = await rejection(classer.classify({ ...REQUEST, model: 'tiny/wordpiece' }));
      expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { reason: 'golden' } });
      expect(error.message).toContain('install it again');
      await classer.models.install('tiny/wordpiece');
      expect((await classer.classify({ ...REQUEST, model: 'tiny/wordpiece' })).label).toBe('billing');
    });
  });
}

interface Refused {
  readonly fault?: string;
  readonly model?: string;
  readonly reason?: string;
  readonly code?: string;
  readonly says?: string;
  readonly options?: object;
}

const wrong = { integrity: { [WEIGHTS]: '0'.repeat(64) } };
const REFUSED: Refused[] = [
  { fault: 'corrupt', reason: 'corrupt', says: 'ONNX' },
  { fault: 'short', reason: 'corrupt' },
  { fault: 'empty', reason: 'corrupt', says: 'empty' },
  { fault: 'broken', reason: 'corrupt', says: 'config.json' },
  { fault: 'torn', reason: 'corrupt', says: 'tokenizer.json' },
  { fault: 'enormous', reason: 'too_large', says: `${WEIGHTS} has 3000000000 bytes` },
  { fault: 'page', reason: 'web_page', says: WEIGHTS },
  { fault: 'app', reason: 'web_page', says: 'config.json' },
  { fault: 'pointer', reason: 'lfs_pointer', says: 'LFS' },
  { fault: 'forbidden', reason: 'forbidden', says: '401' },
  { fault: 'busy', reason: 'network', says: '503' },
  { fault: 'tampered', reason: 'integrity', says: 'SHA-256', options: wrong },
  { reason: 'integrity', says: 'no-such-file', options: { integrity: { 'no-such-file': '0'.repeat(64) } } },
  { model: 'tiny/none', code: 'MODEL_NOT_FOUND', says: 'tiny/none' },
  { model: 'tiny/no-tokenizer', reason: 'no_tokenizer', says: 'tokenizer.json' },
  { model: 'tiny/bad-tokenizer', reason: 'unsupported', says: 'tokenizer.json' },
  { model: 'tiny/no-weights', reason: 'no_weights', says: 'onnx/model.onnx, model_quantized.onnx' },
  { model: 'tiny/unknown-operator', reason: 'unsupported', says: 'GatherAndHope' },
  { model: 'tiny/sentiment', reason: 'unsupported', says: 'entailment' },
  { model: 'tiny/writer', reason: 'unsupported', says: 'writes text' },
  { model: 'tiny/pictures', reason: 'unsupported', says: 'pictures' },
  { fault: 'unprepared', model: 'tiny/clip', reason: 'web_page', says: 'preprocessor_config.json' },
  { fault: 'short', model: 'tiny/clip-split', reason: 'corrupt' },
  { fault: 'page', model: 'tiny/siglip', reason: 'web_page', says: WEIGHTS },
  { model: 'tiny/clip-unprepared', reason: 'no_preprocessor', says: 'preprocessor_config.json' },
  { model: 'tiny/clip-nearest', reason: 'unsupported', says: 'preprocessor_config.json' },
  { model: 'tiny/clip-larger', reason: 'unsupported', says: '30 × 30 pixels, not 24 × 24' },
  { model: 'tiny/clip-operator', reason: 'unsupported', says: 'GatherAndHope' },
  { model: 'tiny/clip-no-tokenizer', reason: 'no_tokenizer', says: 'tokenizer.json' },
  { model: 'tiny/clip-half', reason: 'no_weights', says: 'onnx' },
  { model: 'tiny/siglip-split', reason: 'unsupported', says: 'onnx/model.onnx' },
  {
    model: 'tiny/half-throughout',
    reason: 'unsupported',
    says: 'last_hidden_state in onnx/model_fp16.onnx has 16 bits',
  },
  { model: 'tiny/no-window', reason: 'unsupported', says: 'max_seq_length is 0' },
  { model: 'tiny/negative-window', reason: 'unsupported', says: 'max_seq_length is -5' },
  { model: 'tiny/part-window', reason: 'unsupported', says: 'max_seq_length is 64.5' },
  { model: 'tiny/few-positions', reason: 'unsupported', says: 'max_position_embeddings is 4' },
  { model: 'tiny/long-prompt', reason: 'unsupported', says: 'of the 64 tokens' },
  { model: 'tiny/no-depth', reason: 'unsupported', says: 'hidden_size is 0' },
  { model: 'tiny/other-depth', reason: 'unsupported', says: '32 numbers a token, not 48' },
  { model: 'tiny/nli-nowhere', reason: 'unsupported', says: 'entailment' },
  { model: 'tiny/nli-more', reason: 'unsupported', says: '5 classes' },
  { model: 'tiny/clip-wordless', reason: 'unsupported', says: 'max_position_embeddings is 0' },
  { model: 'tiny/clip-patchless', reason: 'unsupported', says: 'patch_size is 0' },
  { model: 'tiny/max-pooling', reason: 'unsupported', says: 'max_tokens' },
  { model: 'tiny/dense', reason: 'unsupported', says: 'layer' },
];
