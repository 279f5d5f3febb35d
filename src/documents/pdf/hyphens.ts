const BROKEN = /\p{L}[-\u00ad\u2010]\s*$/u;
const GOES_ON = /^\s*\p{Ll}/u;

/** Lines as one text; a word that was broken at a line's end is one word again. */
export function joinLines(lines: readonly string[]): string {
  let text = '';
  for (const [i, line] of lines.entries()) {
    if (i === 0) text = line;
    else if (BROKEN.test(text.slice(-8)) && GOES_ON.test(line)) text = text.trimEnd().slice(0, -1) + line.trimStart();
    else text += `\n${line}`;
  }
  return text;
}
