import type { LogEntry, LogPage } from 'classer-local';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestHandler, testHandler } from '../support/handler.js';

const request = { text: 'a billing question', labels: ['billing', 'praise'] };
const open: TestHandler[] = [];
const made = (...options: Parameters<typeof testHandler>) => {
  const one = testHandler(...options);
  open.push(one);
  return one;
};
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map(({ classer }) => classer.dispose()));
});
const codeOf = async (response: Response) => [response.status, (await response.json()).code];

describe('who may ask', () => {
  const origin = 'https://app.example';
  test('a page of the server’s own, or nobody’s', async () => {
    const { send } = made();
    expect((await send('POST', '/v1/classify', request)).status).toBe(200);
    expect((await send('POST', '/v1/classify', request, { Origin: 'http://localhost' })).status).toBe(200);
  });

  test.for(['https://evil.example', 'null', 'http://localhost.evil.example'])('no page of %s', async (from) => {
    const { send } = made({ origins: [origin] });
    const response = await send('POST', '/v1/classify', request, { Origin: from });
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
    expect(await codeOf(response)).toEqual([403, 'FORBIDDEN']);
    expect((await send('OPTIONS', '/v1/classify', undefined, { Origin: from })).status).toBe(403);
  });

  test('a page of an origin that was allowed, and it may read', async () => {
    const { send } = made({ origins: [origin] });
    const ask = { Origin: origin, 'Access-Control-Request-Method': 'POST' };
    const preflight = await send('OPTIONS', '/v1/classify', undefined, ask);
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('Access-Control-Allow-Methods')).toBe('POST');
    for (const sent of [request, { ...request, labels: [] }]) {
      const response = await send('POST', '/v1/classify', sent, { Origin: origin });
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe(origin);
      expect(response.headers.get('Vary')).toBe('Origin');
    }
  });

  test.for(['https://APP.example:443/', 'https://app.example/start?a#b'])(
    'an origin is known however it is written: %s',
    async (written) => {
      const { send } = made({ origins: [written, 'chrome-extension://abc'] });
      expect((await send('GET', '/v1/balance', undefined, { Origin: origin })).status).toBe(200);
      expect((await send('GET', '/v1/balance', undefined, { Origin: 'chrome-extension://abc' })).status).toBe(200);
    },
  );

  test.for(['notanorigin', 'app.example', 'app.example:8080', 'mailto:a@b', '', 'https://'])(
    '%j is no origin',
    (written) => {
      expect(() => made({ origins: [written] })).toThrow(
        expect.objectContaining({ code: 'VALIDATION_ERROR', details: { field: 'origins' } }),
      );
    },
  );

  test('a name that is not the server’s is refused, an address is not', async () => {
    const { handle } = made({ hosts: ['localhost', 'Box.Local'] });
    const at = async (host: string) => (await handle(new Request(`http://${host}/v1/balance`))).status;
    expect(await at('localhost:8787')).toBe(200);
    expect(await at('box.local')).toBe(200);
    expect(await at('127.0.0.1:80')).toBe(200);
    expect(await at('[::1]:80')).toBe(200);
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example']) {
      expect(await at(host)).toBe(403);
    }
  });
});

describe('keys', () => {
  test('are asked for, shown once, and worth nothing once revoked', async () => {
    const { classer, send } = made({ requireKey: true });
    const refused = await send('POST', '/v1/classify', request);
    expect(refused.headers.get('WWW-Authenticate')).toBe('Bearer');
    expect(await codeOf(refused)).toEqual([401, 'UNAUTHORIZED']);
    const { id, key } = await classer.keys.create({ name: 'first' });
    const bearer = { Authorization: `Bearer ${key}` };
    expect((await send('POST', '/v1/classify', request, bearer)).status).toBe(200);
    const second = await (await send('POST', '/v1/keys', { name: 'second' }, bearer)).json();
    expect(second).toEqual({
      id: expect.stringMatching(/^key_[0-9a-f]{16}$/),
      name: 'second',
      key: expect.stringMatching(/^classer_[0-9a-f]{48}$/),
      created_at: expect.any(String),
    });
    const { keys } = await (await send('GET', '/v1/keys', undefined, bearer)).json();
    expect(keys.map((one: { name: string }) => one.name).sort()).toEqual(['first', 'second']);
    expect(JSON.stringify(keys)).not.toContain(key);
    expect((await send('DELETE', `/v1/keys/${second.id}`, undefined, bearer)).status).toBe(204);
    const revoked = await send('GET', '/v1/balance', undefined, { Authorization: `Bearer ${second.key}` });
    expect(await codeOf(revoked)).toEqual([401, 'UNAUTHORIZED']);
    for (const wrong of ['Bearer', 'Bearer x', `Basic ${key}`, `Bearer ${key}x`, `Bearer ${id}`]) {
      expect((await send('GET', '/v1/balance', undefined, { Authorization: wrong })).status).toBe(401);
    }
    expect((await send('DELETE', '/v1/keys/key_0000000000000000', undefined, bearer)).status).toBe(404);
    expect((await send('DELETE', '/v1/keys/..%2fx', undefined, bearer)).status).toBe(404);
  });

  test('are not asked for otherwise', async () => {
    const { send } = made();
    expect((await send('GET', '/v1/balance', undefined, { Authorization: 'Bearer anything' })).status).toBe(200);
  });
});

describe('rate limits', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-31T12:00:10Z') });
  });
  const limits = (response: Response) =>
    ['Limit-Requests', 'Remaining-Requests', 'Limit-Tokens', 'Remaining-Tokens', 'Reset'].map((name) =>
      Number(response.headers.get(`X-RateLimit-${name}`)),
    );
  const END = Date.parse('2026-01-31T12:01:00Z') / 1000;

  test('are off unless set', async () => {
    const { send } = made();
    const plenty = 2147483647;
    expect(limits(await send('POST', '/v1/classify', request))).toEqual([plenty, plenty, plenty, plenty, END]);
  });

  test('count a minute’s requests', async () => {
    const { send } = made({ rateLimit: { requests: 2 } });
    expect(limits(await send('POST', '/v1/classify', request)).slice(0, 2)).toEqual([2, 1]);
    // A refused one counts too.
    expect(limits(await send('POST', '/v1/tag', { ...request, labels: [] })).slice(0, 2)).toEqual([2, 0]);
    const refused = await send('POST', '/v1/classify', request);
    expect(refused.headers.get('Retry-After')).toBe('50');
    expect(limits(refused).slice(0, 2)).toEqual([2, 0]);
    expect(await codeOf(refused)).toEqual([429, 'RATE_LIMITED']);
    expect((await send('GET', '/v1/balance')).status).toBe(200);
    vi.setSystemTime(END * 1000);
    expect((await send('POST', '/v1/classify', request)).status).toBe(200);
  });

  test('count a minute’s tokens, and none for what was known', async () => {
    const { send } = made({ rateLimit: { tokens: 6 } });
    const first = await send('POST', '/v1/classify', request);
    expect(limits(first).slice(2, 4)).toEqual([6, 1]);
    expect(limits(await send('POST', '/v1/classify', request)).slice(2, 4)).toEqual([6, 1]);
    await send('POST', '/v1/classify', { ...request, text: 'another' });
    expect((await send('POST', '/v1/classify', request)).status).toBe(429);
  });

  test('count each key apart', async () => {
    const { classer, send } = made({ requireKey: true, rateLimit: { requests: 1 } });
    for (const name of ['one', 'two']) {
      const { key } = await classer.keys.create({ name });
      const bearer = { Authorization: `Bearer ${key}` };
      expect((await send('POST', '/v1/classify', request, bearer)).status).toBe(200);
      expect((await send('POST', '/v1/classify', request, bearer)).status).toBe(429);
    }
  });
});

describe('bodies', () => {
  test('one that never ends is given up', async () => {
    const { send } = made({ bodyTimeout: 0.05 });
    const stuck = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"te')) });
    expect(await codeOf(await send('POST', '/v1/classify', stuck))).toEqual([408, 'TIMEOUT']);
    expect((await send('POST', '/v1/classify', request)).status).toBe(200);
  });

  test('one that is too long is refused', async () => {
    const { send } = made({ maxBody: 100 });
    const long = { ...request, text: 'x'.repeat(100) };
    expect(await codeOf(await send('POST', '/v1/classify', long))).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect(await codeOf(await send('POST', '/v1/classifiers', long))).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });
});

describe('saved classifiers', () => {
  const definition = { name: 'support', labels: ['billing', 'praise'], descriptions: { billing: 'money' } };

  test('are saved, listed, used and removed', async () => {
    const { send } = made();
    const saved = await send('POST', '/v1/classifiers', { ...definition, colour: 'red' });
    expect(saved.status).toBe(201);
    expect(saved.headers.get('X-Classer-Warning')).toBe('ignored: colour');
    const first = { ...definition, mode: 'single', version: 1, created_at: expect.any(String) };
    expect(await saved.json()).toEqual(first);
    const second = await (await send('POST', '/v1/classifiers', { ...definition, labels: ['billing', 'bug'] })).json();
    expect(second.version).toBe(2);
    expect(await (await send('GET', '/v1/classifiers')).json()).toEqual({ classifiers: [second] });
    expect(await (await send('GET', '/v1/classifiers/support')).json()).toEqual(second);
    expect(await (await send('GET', '/v1/classifiers/support?version=1')).json()).toEqual(first);
    for (const path of ['classify', 'tag', 'classify/batch', 'tag/batch']) {
      const body = { text: 'a billing bug', texts: ['a billing bug'], classifier: 'support@v1', scores: true };
      const answer = await (await send('POST', `/v1/${path}`, body)).json();
      const { scores } = answer.results?.[0] ?? answer;
      expect(scores.map(({ label }: { label: string }) => label).sort(), path).toEqual(['billing', 'praise']);
    }
    expect((await send('DELETE', '/v1/classifiers/support')).status).toBe(204);
    for (const gone of ['support', 'support?version=1', 'nope', '..%2f..', 'a%2Fb']) {
      expect(await codeOf(await send('GET', `/v1/classifiers/${gone}`))).toEqual([404, 'CLASSIFIER_NOT_FOUND']);
    }
    expect(await codeOf(await send('GET', '/v1/classifiers/support?version=x'))).toEqual([422, 'VALIDATION_ERROR']);
  });
});

describe('usage and logs', () => {
  test('count requests, tokens, hits and latency', async () => {
    const { send } = made();
    const { tokens } = await (await send('POST', '/v1/classify', request)).json();
    await send('POST', '/v1/classify', request);
    await send('POST', '/v1/tag/batch', { ...request, texts: ['one', 'two'] });
    await send('POST', '/v1/classify', { ...request, labels: [] });
    const { days } = await (await send('GET', '/v1/usage')).json();
    expect(days).toEqual([
      {
        date: new Date().toISOString().slice(0, 10),
        requests: 4,
        errors: 1,
        texts: 5,
        tokens: expect.any(Number),
        cache_hits: 1,
        latency_ms: { p50: expect.any(Number), p90: expect.any(Number), p99: expect.any(Number) },
      },
    ]);
    expect(days[0].tokens).toBeGreaterThan(2 * tokens);
    expect(await (await send('GET', '/v1/usage?to=2020-01-01')).json()).toEqual({ days: [] });
    expect(await codeOf(await send('GET', '/v1/usage?from=yesterday'))).toEqual([422, 'VALIDATION_ERROR']);
  });

  test('page through requests, newest first, without their texts', async () => {
    const { classer, send } = made();
    const ids: (string | null)[] = [];
    for (let i = 0; i < 7; i++) {
      const response = await send('POST', '/v1/classify', { ...request, text: `secret ${i}` });
      ids.unshift(response.headers.get('X-Request-ID'));
      if (i % 2) await classer.usage();
    }
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: { logs: { request_id: string }[]; next: string | null } = await (
        await send('GET', `/v1/logs?limit=3${next && `&before=${next}`}`)
      ).json();
      expect(JSON.stringify(page)).not.toContain('secret');
      seen.push(...page.logs.map(({ request_id }) => request_id));
      next = page.next;
    }
    expect(seen).toEqual(ids);
    for (const query of ['limit=0', 'limit=x', 'limit=', 'limit=1e9', 'before=x']) {
      expect(await codeOf(await send('GET', `/v1/logs?${query}`)), query).toEqual([422, 'VALIDATION_ERROR']);
    }
  });

  test('have every request that was refused, wherever that was', async () => {
    const { classer, send } = made({ requireKey: true, maxBody: 300, rateLimit: { requests: 5 } });
    const { id, key } = await classer.keys.create({ name: 'first' });
    const bearer = { Authorization: `Bearer ${key}` };
    const ask = async (method: string, path: string, body?: unknown, headers: HeadersInit = bearer) => {
      const response = await send(method, path, body, headers);
      const { code } = await response.json();
      return { id: response.headers.get('X-Request-ID'), status: response.status, code, path: path.split('?')[0] };
    };
    const refused = [
      await ask('POST', '/v1/classify', request, {}),
      await ask('POST', '/v1/classify', '{'),
      await ask('POST', '/v1/classify', []),
      await ask('POST', '/v1/classify', { ...request, text: 'x'.repeat(300) }),
      await ask('POST', '/v1/classify/batch', { ...request, texts: ['one', 'two'], labels: [] }),
      await ask('POST', '/v1/tag', { ...request, classifier: 'nope', labels: undefined }),
      await ask('POST', '/v1/tag', request),
      await ask('GET', '/v1/classify'),
      await ask('GET', '/v1/nope?secret=1'),
      await ask('GET', '/v1/batch/batch_0123456789abcdef'),
      await ask('POST', '/v1/classify', request, { Origin: 'https://evil.example' }),
      await ask('GET', `/v1/${'x'.repeat(200)}`),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 400, 400, 413, 422, 404, 429, 405, 404, 404, 403, 404]);
    const { logs } = await classer.logs();
    expect(logs.reverse()).toEqual(
      refused.map((one) =>
        expect.objectContaining({
          request_id: one.id,
          status: one.status,
          error_code: one.code,
          endpoint: one.path?.slice(0, 100),
          texts: one.path === '/v1/classify/batch' ? 2 : one.code === 'CLASSIFIER_NOT_FOUND' ? 1 : 0,
          key_id: [401, 403, 405].includes(one.status) || one.code === 'NOT_FOUND' ? null : id,
        }),
      ),
    );
    expect((await classer.usage()).days).toMatchObject([{ requests: 12, errors: 12, texts: 3 }]);
  });

  test('keep the texts where that was turned on', async () => {
    const { send } = made({}, { logs: { texts: true } });
    await send('POST', '/v1/classify', request);
    await send('POST', '/v1/classify', { ...request, labels: [] });
    const { logs } = await (await send('GET', '/v1/logs')).json();
    expect(logs).toEqual([
      expect.objectContaining({ status: 422, error_code: 'VALIDATION_ERROR', endpoint: '/v1/classify' }),
      expect.objectContaining({ status: 200, error_code: null, model: 'fake', inputs: [request.text] }),
    ]);
  });

  test('keep no more of long texts than is told, and every request', async () => {
    const { send } = made({}, { logs: { texts: true } });
    const long = 'a billing question '.repeat(20_000);
    const ids: (string | null)[] = [];
    for (let i = 0; i < 15; i++) {
      const response = await send('POST', '/v1/classify', { ...request, text: `${i} ${long}` });
      ids.unshift(response.headers.get('X-Request-ID'));
    }
    const texts = [long.slice(0, 60_000), long.slice(0, 60_000), 'more'];
    ids.unshift((await send('POST', '/v1/classify/batch', { ...request, texts })).headers.get('X-Request-ID'));
    const seen: LogEntry[] = [];
    for (let next = ''; ; ) {
      const body = await (await send('GET', `/v1/logs?limit=200${next}`)).text();
      expect(body.length).toBeLessThan(1_200_000);
      const page: LogPage = JSON.parse(body);
      seen.push(...page.logs);
      if (page.next === null) break;
      next = `&before=${page.next}`;
    }
    expect(seen.map(({ request_id }) => request_id)).toEqual(ids);
    expect(seen[0]?.inputs).toEqual([long.slice(0, 60_000), `${long.slice(0, 40_000)}…`]);
    expect(seen[1]?.inputs).toEqual([`${`14 ${long}`.slice(0, 100_000)}…`]);
  });
});

test('an unknown field is refused from JavaScript, with the nearest one, wherever it would be kept', async () => {
  const { classer } = made();
  const labels = ['billing', 'praise'];
  const refused = (field: string) => ({
    code: 'VALIDATION_ERROR',
    details: { field },
    message: expect.stringContaining('Did you mean'),
  });
  const job = { labels, treshold: 0.5 };
  await expect(classer.jobs.create(job)).rejects.toMatchObject(refused('treshold'));
  const classifier = { name: 'support', labels, description: {} };
  await expect(classer.classifiers.save(classifier)).rejects.toMatchObject(refused('description'));
  const key = { name: 'laptop', nme: 'x' };
  await expect(classer.keys.create(key)).rejects.toMatchObject(refused('nme'));
  expect([await classer.jobs.list(), await classer.classifiers.list(), await classer.keys.list()]).toEqual([
    [],
    [],
    [],
  ]);
});

test('local use is free', async () => {
  const { send } = made();
  expect(await (await send('GET', '/v1/balance')).json()).toEqual({
    plan: 'local',
    unlimited: true,
    balance: null,
    currency: 'USD',
    message: expect.stringContaining('free'),
  });
});

test.for([
  ['PUT', '/v1/classifiers', 'GET, POST'],
  ['POST', '/v1/classifiers/support', 'GET, DELETE'],
  ['POST', '/v1/balance', 'GET'],
  ['GET', '/v1/keys/key_1', 'DELETE'],
] as const)('%s %s is not allowed', async ([method, path, allow]) => {
  const { send } = made();
  const response = await send(method, path);
  expect(response.headers.get('Allow')).toBe(allow);
  expect(await codeOf(response)).toEqual([405, 'METHOD_NOT_ALLOWED']);
});
