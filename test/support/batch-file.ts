const TEXTS = ['a billing question', 'praise for you', 'please send me a refund', 'Übergröße 語 👍'];

/** NDJSON for a job: good lines, and here and there a broken or blank one. */
export function* batchLines(count: number): Generator<string> {
  for (let i = 0; i < count; i++) {
    if (i % 97 === 50) yield `{"id":${i},"text":\n`;
    else if (i % 89 === 7) yield `{"id":${i},"text":""}\r\n`;
    else yield `${JSON.stringify({ id: i, text: `${TEXTS[i % TEXTS.length]} ${i}` })}\n`;
    if (i % 1000 === 999) yield '\n';
  }
}

/** The same as a blob, which a form can carry. */
export function batchBlob(count: number): Blob {
  const parts: string[] = [];
  let part = '';
  for (const line of batchLines(count)) {
    part += line;
    if (part.length < 1_000_000) continue;
    parts.push(part);
    part = '';
  }
  return new Blob([...parts, part]);
}
