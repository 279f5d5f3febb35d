import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchDocument, lookupFor } from '../../src/node/fetch-document.js';
import { rejection } from '../support/rejection.js';

let server: Server;
let origin: string;
const seen: { cookie: string | undefined; authorization: string | undefined }[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const { cookie, authorization } = request.headers;
    seen.push({ cookie, authorization });
    const [, kind, rest = ''] = (request.url ?? '').split('/');
    if (kind === 'file') return response.end('%PDF-');
    if (kind === 'to') return response.writeHead(302, { Location: decodeURIComponent(rest) }).end();
    if (kind === 'count') return response.writeHead(307, { Location: `/count/${Number(rest) - 1}` }).end();
    if (kind === 'cut')
      return response.writeHead(200, { 'Content-Length': '100' }).write('%PDF', () => response.destroy());
    if (kind === 'long') {
      const piece = Buffer.alloc(1_000_000);
      const more = (): unknown => response.destroyed || response.write(piece, () => setImmediate(more));
      return more();
    }
    return response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const any = fetchDocument('any');
const to = (address: string) => `${origin}/to/${encodeURIComponent(address)}`;

test('a file, and one behind a redirect, come whole and without credentials', async () => {
  const named = origin.replace('//', '//name:secret@');
  for (const url of [`${named}/file`, to(`${origin}/file`), to('/file')]) {
    expect(Buffer.from(await any(url)).toString()).toBe('%PDF-');
  }
  expect(seen.filter(({ cookie, authorization }) => cookie || authorization)).toEqual([]);
});

test.for([
  { path: '/nothing', code: 'URL_FAILED', says: '404' },
  { path: '/count/9', code: 'URL_FAILED', says: 'more than 5 times' },
  { path: '/cut', code: 'URL_FAILED', says: 'aborted' },
  { path: '/long', code: 'DOCUMENT_ERROR', says: '50000000' },
  { path: `/to/${encodeURIComponent('http://files.example/a.pdf')}`, code: 'URL_NOT_ALLOWED', says: 'https' },
  { path: `/to/${encodeURIComponent('file:///etc/passwd')}`, code: 'URL_NOT_ALLOWED', says: 'https' },
])('$path is refused', async ({ path, code, says }) => {
  const error = await rejection(any(origin + path));
  expect(error).toMatchObject({ code, details: { field: 'file' } });
  expect(error.message).toContain(says);
});

test.for([
  'https://127.0.0.1/', 'https://[::1]/', 'https://10.1.2.3/', 'https://169.254.169.254/latest', 'https://0x7f.1/',
  'https://2130706433/', 'https://[::ffff:192.168.0.1]/', 'https://localhost/', 'https://printer.local/',
  'https://intranet/', 'https://a.localhost./', 'http://127.0.0.1:8080/',
])('%s is no public address', async (url) => {
  expect(await rejection(fetchDocument('public')(url))).toMatchObject({ code: 'URL_NOT_ALLOWED' });
}); // biome-ignore format: a list is easier to read as a block

test('a name that stands for a private address is refused where it is looked up', async () => {
  const look = (policy: 'any' | 'public') =>
    new Promise((resolve) => {
      const done = (error: Error | null, found: unknown) => resolve(error ?? found);
      lookupFor(new URL('https://rebound.example/'), policy)('localhost', { all: true }, done as never);
    });
  expect(await look('public')).toMatchObject({ code: 'URL_NOT_ALLOWED' });
  expect(await look('any')).toEqual(expect.arrayContaining([expect.objectContaining({ address: expect.any(String) })]));
});
