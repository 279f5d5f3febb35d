import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A piece of documented code and where it stands. */
export interface Example {
  readonly name: string;
  readonly code: string;
  /** What it says it prints, line by line. */
  readonly output: readonly string[];
}

const BLOCK = /```ts\n([\s\S]*?)```/g;

/** Every ```ts block of the README, of the page on documents and of the doc comments under src. */
export function examples(): Example[] {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return [
    ...fromFile('README.md'),
    ...fromFile('docs/documents.md'),
    ...sources.flatMap((file) => fromFile(join('src', file))),
  ];
}

function fromFile(file: string): Example[] {
  const text = readFileSync(file, 'utf8').replace(/^\s*\* ?/gm, file.endsWith('.ts') ? '' : '$&');
  return [...text.matchAll(BLOCK)].map(([, code = ''], index) => ({
    name: `${file} ${index + 1}`,
    code,
    output: [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, line = '']) => line),
  }));
}
