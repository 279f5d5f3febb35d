import { readXmlFromZipFile } from 'mammoth/lib/docx/office-xml-reader.js';
import type { DocxPackage } from './package.js';

/** A node of mammoth's XML tree. */
export interface XmlElement {
  readonly type: 'element' | 'text';
  readonly name?: string;
  readonly value?: string;
  readonly children?: readonly XmlElement[];
}

/** What stands above and below the pages, each text once; mammoth leaves it out. */
export async function margins(docx: DocxPackage): Promise<{ above: string[]; below: string[] }> {
  const read = async (part: string) => {
    const names = docx.names.filter((name) => new RegExp(`^word/${part}\\d*\\.xml$`).test(name)).sort();
    const texts: string[] = [];
    for (const name of names) {
      const root = await readXmlFromZipFile(docx, name);
      if (root) texts.push(...paragraphs(root));
    }
    return [...new Set(texts)];
  };
  return { above: await read('header'), below: await read('footer') };
}

/** The paragraphs of a part that say something; a page's number is put in by whoever prints. */
function paragraphs(node: XmlElement): string[] {
  if (node.name === 'w:p') return [textOf(node)].filter((text) => /\p{L}/u.test(text));
  return (node.children ?? []).flatMap(paragraphs);
}

function textOf(node: XmlElement): string {
  if (node.type === 'text') return node.value ?? '';
  if (node.name === 'w:tab' || node.name === 'w:br') return ' ';
  const inside = (node.children ?? []).filter(
    ({ name, type }) => type === 'element' || node.name === 'w:t' || name === 'w:t',
  );
  return node.name === 'w:instrText' || node.name === 'w:delText' ? '' : inside.map(textOf).join('');
}
