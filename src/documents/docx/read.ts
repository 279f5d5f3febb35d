import { read } from 'mammoth/lib/docx/docx-reader.js';
import { ClasserError } from '../../contract/errors.js';
import { documentFailure } from '../../contract/file.js';
import { LIMITS } from '../../contract/limits.js';
import type { Part } from '../part.js';
import { tidy } from '../tidy.js';
import { margins } from './margins.js';
import { DocxPackage } from './package.js';
import { countPages } from './pages.js';
import { documentText, PAGE_BREAK } from './text.js';

/** The text of a DOCX, in one part for each page that the author began. */
export async function* readDocx(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Part> {
  const { text, pages } = await readWhole(new MainPart(bytes));
  if (pages > LIMITS.pages) {
    throw documentFailure('too_many_pages', `The DOCX has about ${pages} pages; send at most ${LIMITS.pages} of them.`);
  }
  const parts = text.split(PAGE_BREAK);
  for (let page = 1; page <= pages; page++) {
    // A page that fills itself up has no break: its text stays with the one before.
    yield { kind: 'text', page, pages, text: tidy(parts[page - 1] ?? '') };
  }
}

/** A package that remembers how its document began. */
class MainPart extends DocxPackage {
  text = '';

  override async read(name: string, encoding?: string): Promise<string> {
    const text = await super.read(name, encoding);
    if (/<(\w+:)?document[\s>]/.test(text.slice(0, 4000))) this.text = text;
    return text;
  }
}

async function readWhole(docx: MainPart): Promise<{ text: string; pages: number }> {
  try {
    const { value } = await read(docx, {}, { externalFileAccess: false });
    const { above, below } = await margins(docx);
    const text = [...above, documentText(value), ...below].join('\n');
    return { text, pages: countPages(docx.text, text.length) };
  } catch (cause) {
    if (ClasserError.is(cause)) throw cause;
    const [why] = String((cause as Error).message).split('\n');
    throw documentFailure(
      'corrupt',
      `The DOCX is broken (${why?.slice(0, 200)}); open it in Word and save it anew.`,
      cause,
    );
  }
}
