import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A copy of a built demo whose page says something else, and whose service worker knows. */
export async function nextRelease(folder: string, title: string): Promise<{ folder: string; remove(): Promise<void> }> {
  const copy = await mkdtemp(join(tmpdir(), 'classer-demo-'));
  await cp(folder, copy, { recursive: true });
  const page = (await readFile(join(copy, 'index.html'), 'utf8')).replace(
    /<title>.*<\/title>/,
    `<title>${title}</title>`,
  );
  await writeFile(join(copy, 'index.html'), page);
  const sha256 = createHash('sha256').update(page).digest('hex');
  await editServiceWorker(
    copy,
    /\{"url":"\.\/".*?\}/,
    `{"url":"./","bytes":${Buffer.byteLength(page)},"sha256":"${sha256}"}`,
  );
  return { folder: copy, remove: () => rm(copy, { recursive: true }) };
}

/** Changes the service worker of a built demo, and with it the version. */
export async function editServiceWorker(folder: string, what: RegExp, by: string): Promise<void> {
  const file = join(folder, 'sw.js');
  const code = await readFile(file, 'utf8');
  await writeFile(file, code.replace(what, by).replace('"version":"', '"version":"next-'));
}
