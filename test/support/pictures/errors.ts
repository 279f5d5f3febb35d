/** Share of characters that are wrong: changes from one text to the other (Levenshtein), white space aside. */
export function characterErrors(read: string, written: string): number {
  const [a, b] = [read, written].map((text) => text.split(/\s+/).filter(Boolean).join(' ')) as [string, string];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(changed, (above[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    above = row;
  }
  return (above[b.length] as number) / b.length;
}
