/** Characters that say nothing: controls, private use (fonts without a meaning), marks of direction, nothing at all. */
const NOISE = /[\p{Cc}\p{Co}\p{Cn}\ufffd\u200b\u2060\ufeff]+/gu;
const HYPHENS = /[\u00ad\u2010\u2011]/g;

/** Text as people would type it: no control characters, no stray blanks, at most one empty line at a time. */
export function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/\t/g, ' ')
        .replace(NOISE, '')
        .replace(HYPHENS, plainHyphen)
        .replace(/[^\S\n]+/g, ' ')
        .trim(),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A soft hyphen that is left was not at a line's end: it is not seen. */
const plainHyphen = (hyphen: string): string => (hyphen === '\u00ad' ? '' : '-');
