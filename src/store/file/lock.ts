import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { dirname } from 'node:path';
import { failure } from '../../contract/errors.js';
import type { Release } from '../store.js';

/** Which process holds a lock: its id, and when it began, because ids come back after a restart. */
interface Holder {
  readonly pid: number;
  readonly began: number;
  readonly token: string;
}

/** The same in every thread of this process, give or take a clock's rounding. */
const began = Date.now() - process.uptime() * 1000;
const ROUNDING = 500;

/**
 * Takes a lock file, or answers undefined while a living process holds it.
 *
 * The file appears under its name with its content already in it, so nobody reads half of one. A holder that
 * died is moved aside by whoever comes first.
 */
export async function tryLock(path: string): Promise<Release | undefined> {
  const mine: Holder = { pid: process.pid, began, token: randomUUID() };
  const draft = `${path}.${mine.token}.tmp`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        await link(draft, path);
        return () => release(path, mine);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = await read(path);
      if (holder && alive(holder)) return undefined;
      if (holder) await bury(path, holder);
    }
    return undefined;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Milliseconds after which a lock for a change, which takes a few, is waited for no longer. */
const PATIENCE = 30_000;

/** Takes a lock file as soon as it is free; throws when it does not come free. */
export async function lock(path: string): Promise<Release> {
  const begun = Date.now();
  for (let wait = 1; ; wait = Math.min(wait * 2, 50)) {
    const taken = await tryLock(path);
    if (taken) return taken;
    if (Date.now() - begun > PATIENCE) {
      throw failure('INTERNAL', `${path} is held by another process; end that, or remove the file.`, { file: path });
    }
    await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random())));
  }
}

async function read(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    // Cut short by a power failure: nobody's.
    if (error instanceof SyntaxError) return { pid: 0, began: 0, token: '' };
    throw error;
  }
}

function alive({ pid, began: then }: Holder): boolean {
  // Ids come back after a restart of the machine, too.
  if (pid === 0 || then < Date.now() - uptime() * 1000 - ROUNDING) return false;
  if (pid === process.pid) return Math.abs(then - began) < ROUNDING;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Moves a dead holder's file away; if another took the lock meanwhile, that one is put back. */
async function bury(path: string, dead: Holder): Promise<void> {
  const grave = `${path}.${randomUUID()}.dead`;
  try {
    await rename(path, grave);
    const moved = await read(grave);
    if (moved && moved.token !== dead.token) await link(grave, path).catch(() => undefined);
    await unlink(grave);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function release(path: string, mine: Holder): Promise<void> {
  const now = await read(path);
  if (now?.token === mine.token) await rm(path, { force: true });
}
