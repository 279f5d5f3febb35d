import { type Bytes, concat, crc32, deflate } from './bytes.js';

/** A file of an archive: its content, or something wrong with it. */
export type Member =
  | string
  | Bytes
  | { readonly content: Bytes; readonly packed?: Bytes; readonly flags?: number; readonly method?: number };

/** A zip archive, written by hand; everything is deflated. */
export async function zip(members: Readonly<Record<string, Member>>): Promise<Bytes> {
  const locals: Bytes[] = [];
  const centrals: Bytes[] = [];
  let at = 0;
  for (const [name, member] of Object.entries(members)) {
    const { content, packed, flags = 0, method = 8 } = normal(member);
    const stored = packed ?? (await deflate(content, 'deflate-raw'));
    const title = new TextEncoder().encode(name);
    const common = [...u16(20), ...u16(flags), ...u16(method), ...u32(0), ...u32(crc32(content))];
    const sizes = [...u32(stored.length), ...u32(content.length), ...u16(title.length), ...u16(0)];
    const local = concat(Uint8Array.from([...u32(0x04034b50), ...common, ...sizes]), title, stored);
    const rest = [...u16(0), ...u16(0), ...u16(0), ...u32(0), ...u32(at)];
    centrals.push(concat(Uint8Array.from([...u32(0x02014b50), ...u16(20), ...common, ...sizes, ...rest]), title));
    locals.push(local);
    at += local.length;
  }
  const directory = concat(...centrals);
  const count = u16(centrals.length);
  const end = [...u32(0x06054b50), ...u32(0), ...count, ...count, ...u32(directory.length), ...u32(at), ...u16(0)];
  return concat(...locals, directory, Uint8Array.from(end));
}

function normal(member: Member) {
  if (typeof member === 'string') return { content: new TextEncoder().encode(member) };
  return member instanceof Uint8Array ? { content: member } : member;
}

const u16 = (value: number): number[] => [value & 255, (value >> 8) & 255];
const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];
