/** Ranges of addresses that are not for the public (IANA's special-purpose registries), as bits of prefix. */
const V4 = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24',
  '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24',
  '224.0.0.0/3',
].map(prefixOf4); // biome-ignore format: a list is easier to read as a block

/** True for an IPv4 or IPv6 address that anybody may have; false for one of this machine, its network, or none. */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return isPublic4(bits4(plain));
  const groups = groupsOf(plain);
  if (!groups) return false;
  const [a = 0, b = 0] = groups;
  const last = groups
    .slice(6)
    .map((group) => group.toString(2).padStart(16, '0'))
    .join('');
  const zeros = (count: number) => groups.slice(0, count).every((group) => group === 0);
  // An IPv4 address in another dress: mapped, compatible, translated (64:ff9b::/96), or 6to4 (2002::/16).
  if (zeros(5) && groups[5] === 0xffff) return isPublic4(last);
  if (a === 0x64 && b === 0xff9b) return groups.slice(2, 6).every((group) => group === 0) && isPublic4(last);
  if (a === 0x2002) return isPublic4([b, groups[2] ?? 0].map((group) => group.toString(2).padStart(16, '0')).join(''));
  // Global unicast is 2000::/3; of that Teredo, benchmarking and documentation are not for the public.
  return a >> 13 === 1 && !(a === 0x2001 && (b < 0x200 || b === 0xdb8)) && a !== 0x3fff;
}

const isPublic4 = (bits: string | undefined): boolean =>
  bits !== undefined && !V4.some((prefix) => bits.startsWith(prefix));

function prefixOf4(range: string): string {
  const [address = '', length] = range.split('/');
  return (bits4(address) ?? '').slice(0, Number(length));
}

function bits4(address: string): string | undefined {
  const bytes = address.split('.');
  if (bytes.length !== 4 || !bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256)) return undefined;
  return bytes.map((byte) => Number(byte).toString(2).padStart(8, '0')).join('');
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] | undefined {
  const dotted = /(?<=:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  if (dotted) {
    const [a, b, c, d] = dotted.slice(1).map(Number) as [number, number, number, number];
    if ([a, b, c, d].some((byte) => byte > 255)) return undefined;
    return groupsOf(`${address.slice(0, dotted.index)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`);
  }
  const halves = address.split('::');
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : undefined;
}
