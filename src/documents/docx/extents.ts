import type { Sheet } from '../sheet.js';

/** English metric units to a twip, in which pages are measured. */
const TWIP = 635;
/** A page of US Letter, as where no size is stated. */
const LETTER = { width: 12_240, height: 15_840 };

/** The pages of a document's main part, in twips: all as the first of them. */
export function pageOf(mainPart: string): Sheet {
  const tag = /<w:pgSz\b[^>]*>/.exec(mainPart)?.[0] ?? '';
  const page = { width: sideOf(tag, 'w:w'), height: sideOf(tag, 'w:h') };
  return page.width * page.height > 0 ? page : LETTER;
}

/** The share of a page, from 0 to 1, that each picture of a document's main part takes, in order; 0 where its size is not stated. */
export function pictureShares(mainPart: string): number[] {
  const { width, height } = pageOf(mainPart);
  const shares: number[] = [];
  let area = 0;
  for (const [tag] of mainPart.matchAll(/<(wp:extent|a:blip)\b[^>]*>/g)) {
    if (tag.startsWith('<wp:')) area = (sideOf(tag, 'cx') * sideOf(tag, 'cy')) / TWIP ** 2;
    else shares.push(Math.min(1, area / (width * height)));
  }
  return shares;
}

const sideOf = (tag: string, name: string): number => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(tag)?.[1] ?? 0);
