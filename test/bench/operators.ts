/** Milliseconds by operator. */
export type Profile = ReadonlyMap<string, number>;

/** What ONNX Runtime's profiler wrote: the shortest of each node's runs, so that other programs do not count, by operator. */
export function byOperator(text: string): Profile {
  const shortest = new Map<string, { operator: string; ms: number }>();
  for (const [, us, node = '', rest = ''] of text.matchAll(/"dur" ?:(\d+).*?"name" ?:"([^"]*)_kernel_time"(.*)/g)) {
    const operator = /"op_name" ?: ?"([^"]*)"/.exec(rest)?.[1] ?? 'unknown';
    const ms = Math.min(Number(us) / 1000, shortest.get(node)?.ms ?? Number.POSITIVE_INFINITY);
    shortest.set(node, { operator, ms });
  }
  const sums = new Map<string, number>();
  for (const { operator, ms } of shortest.values()) sums.set(operator, (sums.get(operator) ?? 0) + ms);
  return sums;
}
