import { createClasser } from 'classer-local';
import { expect, test } from 'vitest';
import { fileCases } from '../support/documents/file-cases.js';
import { slideCases } from '../support/documents/slide-cases.js';
import { rejection } from '../support/rejection.js';

fileCases('/dist/');
slideCases();

test('a file by URL is fetched, unless it lies on this machine and only the public net is allowed', async () => {
  const request = { file: new URL('/dist/pdf.js', location.href).href, labels: ['a', 'b'] };
  const [any, strict] = [createClasser({ store: 'memory' }), createClasser({ store: 'memory', allowUrls: 'public' })];
  expect(await rejection(any.classify(request))).toMatchObject({ details: { reason: 'unsupported' } });
  expect(await rejection(strict.classify(request))).toMatchObject({ code: 'URL_NOT_ALLOWED' });
  await Promise.all([any.dispose(), strict.dispose()]);
});
