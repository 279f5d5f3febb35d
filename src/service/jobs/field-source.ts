/**
 * How a field of an object is written, given the object's valid JSON; of two fields with the name the last counts, as for
 * `JSON.parse`.
 *
 * A number may have more digits than JavaScript's numbers keep: only its source is exact.
 */
export function fieldSource(json: string, name: string): string | undefined {
  let found: string | undefined;
  let key: unknown;
  let [depth, start] = [0, 0];
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (char === '"') at = closingQuote(json, at);
    else if (char === '{' || char === '[') {
      if (depth++ === 0) start = at + 1;
    } else if (char === ':' && depth === 1) {
      key = JSON.parse(json.slice(start, at));
      start = at + 1;
    } else if ((char === ',' && depth === 1) || ((char === '}' || char === ']') && depth-- === 1)) {
      if (key === name) found = json.slice(start, at).trim();
      start = at + 1;
    }
  }
  return found;
}

function closingQuote(json: string, open: number): number {
  for (let at = json.indexOf('"', open + 1); ; at = json.indexOf('"', at + 1)) {
    let before = at - 1;
    while (json[before] === '\\') before--;
    // An even number of backslashes escape each other, not the quote.
    if ((at - before) % 2 === 1) return at;
  }
}
