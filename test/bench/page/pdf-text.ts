import type { PdfTimer } from '../pdf/timer.js';
import { offer } from './offer.js';

/** Which document of the server's is read, and by whom. */
export interface PdfTextOptions {
  readonly by: 'ours' | 'bare';
  readonly path: string;
}

/**
 * Opens another page within this one. Each reader has a global object of its own, where pdf.js leaves what it reads
 * with, and both have one thread: a browser gives pages that are not in front less of the processor.
 */
async function openFrame(name: string): Promise<PdfTimer> {
  const frame = document.createElement('iframe');
  frame.src = `/${name}.html`;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await loaded;
  return (frame.contentWindow as unknown as { bench: PdfTimer }).bench;
}

const readers = { ours: openFrame('pdf-ours'), bare: openFrame('pdf-bare') };

offer(async ({ by, path }: PdfTextOptions) => {
  const read = await readers[by];
  return read(new Uint8Array(await (await fetch(path)).arrayBuffer()));
});
