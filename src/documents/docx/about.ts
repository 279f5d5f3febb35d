import { readXmlFromZipFile } from 'mammoth/lib/docx/office-xml-reader.js';
import type { XmlElement } from './margins.js';
import type { DocxPackage } from './package.js';

const PART = 'docProps/core.xml';
const SAYS = /(^|[}:])(title|subject|keywords)$/;

/** What a DOCX says of itself in its properties; its description is often that of the program that made it. */
export async function aboutDocx(docx: DocxPackage): Promise<string> {
  if (!docx.exists(PART)) return '';
  const root: XmlElement | null = await readXmlFromZipFile(docx, PART).catch(() => null);
  const said = (root?.children ?? []).filter(({ name = '' }) => SAYS.test(name)).map(textOf);
  return said.filter((text) => text.trim() !== '').join('\n');
}

function textOf(node: XmlElement): string {
  return (node.value ?? '') + (node.children ?? []).map(textOf).join('');
}
