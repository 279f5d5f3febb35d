declare module 'mammoth/lib/docx/docx-reader.js' {
  import type { DocxPackage } from './package.js';
  import type { DocxElement } from './text.js';
  /** What mammoth makes of a document, before it makes HTML of that. */
  export function read(docx: DocxPackage, input: object, options: object): Promise<{ value: DocxElement }>;
}

declare module 'mammoth/lib/docx/office-xml-reader.js' {
  import type { XmlElement } from './margins.js';
  import type { DocxPackage } from './package.js';
  /** A part as a tree, with the prefixes that everybody uses; null when there is no such part. */
  export function readXmlFromZipFile(docx: DocxPackage, name: string): Promise<XmlElement | null>;
}
