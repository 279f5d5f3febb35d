import { readFile } from 'node:fs/promises';

const EXAMPLE = `import { classify } from 'classer-local';
const { label, confidence } = await classify({
  text: 'I was charged twice this month', labels: ['billing', 'technical', 'praise'] });
console.log(label, confidence! > 0.5); // billing true
`;

/** The README's first example, as TypeScript. */
export async function readmeExample(): Promise<string> {
  const text = await readFile(new URL('../../README.md', import.meta.url), 'utf8').catch(() => '');
  return /```ts\n([\s\S]*?)```/.exec(text)?.[1] ?? EXAMPLE;
}
