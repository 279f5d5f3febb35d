import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Input, NOTHING, type Seen } from '../../src/node/cli/input.js';
import { readLines } from '../../src/service/jobs/lines.js';

const encoder = new TextEncoder();

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Lines that follow what was seen of an input, and what is seen with each of them. */
async function follow(bytes: Uint8Array, size: number, before: Seen) {
  const input = new Input('in', pieces(bytes, size), before);
  const list: { index: number; text: string; seen: Seen }[] = [];
  for await (const line of readLines(input.rest(), { offset: before.bytes, row: before.row })) {
    const answered = { results: '', end: line.end, row: line.index + 1, lines: 1, failed: 0, tokens: 0 };
    list.push({ index: line.index, text: Buffer.from(line.bytes ?? []).toString(), seen: input.seen(answered) });
  }
  return list;
}

const file = fc
  .array(fc.constantFrom('\n', '\r\n', ' ', 'a', 'bc', 'ü'), { maxLength: 20 })
  .map((parts) => encoder.encode(parts.join('')));

test('an input goes on after any of its lines, however it comes in', async () => {
  await fc.assert(
    fc.asyncProperty(
      file,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      async (bytes, one, other) => {
        const all = await follow(bytes, one, NOTHING);
        for (const [i, { seen }] of all.entries()) expect(await follow(bytes, other, seen)).toEqual(all.slice(i + 1));
      },
    ),
  );
});

test('one that has grown goes on as if it had always been so long, or says that its last line has changed', async () => {
  await fc.assert(
    fc.asyncProperty(file, file, fc.integer({ min: 1, max: 9 }), async (first, more, size) => {
      const whole = new Uint8Array(Buffer.concat([first, more]));
      const begun = await follow(first, size, NOTHING);
      const seen = begun.at(-1)?.seen ?? NOTHING;
      const texts = (list: typeof begun) => list.map(({ index, text }) => ({ index, text }));
      const wanted = texts(await follow(whole, size, NOTHING));
      const rest = await follow(whole, size, seen).catch((error: Error) => error.message);
      if (typeof rest === 'string') expect(wanted).not.toEqual(expect.arrayContaining(texts(begun)));
      else expect([...texts(begun), ...texts(rest)]).toEqual(wanted);
    }),
  );
});

test('one that differs in what was answered is refused', async () => {
  await fc.assert(
    fc.asyncProperty(file, fc.nat(), fc.integer({ min: 1, max: 9 }), async (bytes, some, size) => {
      const { seen } = (await follow(bytes, size, NOTHING)).at(-1) ?? {};
      if (!seen) return;
      const at = some % seen.bytes;
      const other = bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
      await expect(follow(other, size, seen)).rejects.toThrow('are others');
      await expect(follow(bytes.subarray(0, at), size, seen)).rejects.toThrow('it ends before');
    }),
  );
});
