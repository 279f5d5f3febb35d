import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Runs a program with its output shown; its failure ends this one. */
export function run(program: string, args: readonly string[], cwd?: string): void {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', ...(cwd === undefined ? {} : { cwd }) });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** Whether a program ends well. */
const works = (program: string, args: readonly string[]) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** The recipe's Python, in `~/.cache/classer-local/venv` or `$CLASSER_VENV`; made when missing or out of date. */
export function python(requirements: string): string {
  const folder = process.env['CLASSER_VENV'] ?? join(homedir(), '.cache', 'classer-local', 'venv');
  const inside = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const mark = join(folder, 'requirements.sha256');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted && works(inside, ['-c', 'import torch'])) return inside;

  const outside = ['python3.11', 'python3', 'python'].find((name) =>
    works(name, ['-c', 'import sys, ensurepip; assert sys.version_info >= (3, 11)']),
  );
  if (!outside) throw new Error('The recipe needs Python 3.11 or newer with venv: install python3 and python3-venv.');
  if (!existsSync(inside)) run(outside, ['-m', 'venv', folder]);
  const install = [inside, ['-m', 'pip', 'install', '--quiet', '-r', requirements]] as const;
  run(install[0], [...install[1], '--no-deps']);
  // PyTorch's build for graphics cards needs libraries that the list leaves out.
  if (!works(inside, ['-c', 'import torch'])) run(...install);
  writeFileSync(mark, wanted);
  return inside;
}
