import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './child.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKED = 'classer-local-packed.tgz';

/** Someone else's folder, outside of this repository, with the packed package installed. */
export interface Consumer extends AsyncDisposable {
  readonly folder: string;
  /** Path of the packed tarball. */
  readonly tarball: string;
  readonly files: { readonly path: string; readonly size: number }[];
  write(name: string, content: string | Uint8Array): Promise<void>;
}

/** Packs the built package, makes a new project and installs the tarball as anybody would. */
export async function consumer(): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), 'classer-consumer-'));
  const tarball = join(folder, PACKED);
  // The package was built before the tests; packing must not build it under the other tests' feet.
  const packed = await must('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], ROOT);
  const [{ filename, files }] = JSON.parse(packed);
  await cp(join(folder, filename), tarball);
  await rm(join(folder, filename));
  await writeFile(join(folder, 'package.json'), '{ "name": "app", "private": true, "type": "module" }\n');
  await must('npm', ['i', `./${PACKED}`], folder);
  return {
    folder,
    tarball,
    files,
    write: (name, content) => writeFile(join(folder, name), content),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function must(program: string, args: string[], cwd: string): Promise<string> {
  const { status, stdout, stderr } = await run(program, args, { cwd, limit: 120_000 });
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status}: ${stderr}`);
  return stdout;
}

/** A JSON file of the consumer's. */
export const readJson = async (path: string) => JSON.parse(await readFile(path, 'utf8'));
