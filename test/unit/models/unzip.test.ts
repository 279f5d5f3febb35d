import { expect, test } from 'vitest';
import { zipSource } from '../../../src/models/unzip.js';
import { bytes } from '../../support/documents/bytes.js';
import { zip } from '../../support/documents/zip.js';

const CONFIG = bytes('{"model_type":"bert"}');

test.for([
  { name: 'deflated', member: CONFIG },
  { name: 'as it is', member: { content: CONFIG, packed: CONFIG, method: 0 } },
])('a file that is packed $name comes out whole', async ({ member }) => {
  const source = await zipSource(new Blob([await zip({ 'mine/config.json': member })]));
  const { body, total } = (await source.open('config.json')) ?? {};
  expect(await new Response(body as unknown as ReadableStream).text()).toBe('{"model_type":"bert"}');
  expect([source.name, total]).toEqual(['mine', CONFIG.length]);
});

test('one whose checksum is another is damaged', async () => {
  const packed = bytes('{"model_type":"bart"}');
  const archive = await zip({ 'config.json': { content: CONFIG, packed, method: 0 } });
  const open = (await zipSource(new Blob([archive]))).open('config.json');
  await expect(open).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE', details: { reason: 'corrupt' } });
});
