/** English metric units to a twip, in which pages are measured. */
const TWIP = 635;
/** A page of US Letter, as where no size is stated. */
const LETTER = 12_240 * 15_840;

/** The share of a page, from 0 to 1, that each picture of a document's main part takes, in order; 0 where its size is not stated. */
export function pictureShares(mainPart: string): number[] {
  const page = areaOf(/<w:pgSz\b[^>]*>/.exec(mainPart)?.[0] ?? '', 'w:w', 'w:h') || LETTER;
  const shares: number[] = [];
  let area = 0;
  for (const [tag] of mainPart.matchAll(/<(wp:extent|a:blip)\b[^>]*>/g)) {
    if (tag.startsWith('<wp:')) area = areaOf(tag, 'cx', 'cy') / TWIP ** 2;
    else shares.push(Math.min(1, area / page));
  }
  return shares;
}

const areaOf = (tag: string, width: string, height: string): number => sideOf(tag, width) * sideOf(tag, height);

const sideOf = (tag: string, name: string): number => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(tag)?.[1] ?? 0);
