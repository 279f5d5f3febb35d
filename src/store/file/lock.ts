import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failure } from '../../contract/errors.js';
import type { Release } from '../store.js';
import { makeFolder } from './folder.js';
import { asFull } from './full.js';
import { type Holder, holder, isAlive } from './holder.js';

/**
 * Takes a lock file, or answers undefined while a living process holds it.
 *
 * The file appears under its name with its content already in it, so nobody reads half of one. A holder that
 * died is moved aside by whoever comes first.
 */
export async function tryLock(path: string): Promise<Release | undefined> {
  const mine = await holder(randomUUID());
  const draft = `${path}.${mine.token}.tmp`;
  const content = JSON.stringify(mine);
  await makeFolder(dirname(path), 0o700);
  try {
    await writeFile(draft, content, { mode: 0o600 });
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        await link(draft, path);
        return held(path, mine);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const found = await read(path);
      if (found && (await isHeld(path, found))) return undefined;
      if (found) await bury(path, found);
    }
    return undefined;
  } catch (error) {
    throw await asFull(error, dirname(path), content.length);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Milliseconds between two signs of life, and how many of them must be missing to look closer. */
const BEAT = 1000;
const MISSED = 15;

/** Milliseconds after which a lock for a change, which takes a few, is waited for no longer. */
const PATIENCE = 30_000;

/** Takes a lock file as soon as it is free; throws when it does not come free. */
export async function lock(path: string): Promise<Release> {
  const begun = Date.now();
  for (let wait = 1; ; wait = Math.min(wait * 2, 50)) {
    const taken = await tryLock(path);
    if (taken) return taken;
    if (Date.now() - begun > PATIENCE) {
      const held = new Error(`${path} is there.`);
      throw failure('INTERNAL', 'Another process holds what is kept; end it, or remove its lock.', undefined, held);
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
    if (error instanceof SyntaxError) return { pid: 0, began: 0, start: null, token: '' };
    throw error;
  }
}

/** Whether a lock is held; where the system cannot tell, a holder is dead when its heart is seen not to beat. */
async function isHeld(path: string, by: Holder): Promise<boolean> {
  const alive = await isAlive(by);
  if (alive !== undefined) return alive;
  const beat = await lastBeat(path);
  if (Date.now() - beat < BEAT * MISSED) return true;
  // The machine may have been asleep, and the holder with it.
  await new Promise((resolve) => setTimeout(resolve, BEAT * 2));
  return (await lastBeat(path)) !== beat;
}

const lastBeat = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

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

/** Keeps a lock alive until it is given back. */
function held(path: string, mine: Holder): Release {
  const heart = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, BEAT).unref();
  return async () => {
    clearInterval(heart);
    const now = await read(path);
    if (now?.token === mine.token) await rm(path, { force: true });
  };
}
