import { readFile } from 'node:fs/promises';
import { uptime } from 'node:os';

/** Which process holds a lock. Ids come back, so it is known by when it began as well. */
export interface Holder {
  readonly pid: number;
  /** Milliseconds since 1970, by this process's own clock. */
  readonly began: number;
  /** When the process began as the system tells it; null where it does not. */
  readonly start: string | null;
  readonly token: string;
}

/** The same in every thread of this process, give or take a clock's rounding. */
const began = Date.now() - process.uptime() * 1000;
const ROUNDING = 500;

let ownStart: Promise<string | null> | undefined;

/** This process, under a name for one lock. */
export async function holder(token: string): Promise<Holder> {
  ownStart ??= startOf(process.pid);
  return { pid: process.pid, began, start: await ownStart, token };
}

/** Whether a process holds its lock still; undefined where only its heartbeat can tell. */
export async function isAlive({ pid, began: then, start }: Holder): Promise<boolean | undefined> {
  // Ids come back after a restart of the machine, too.
  if (pid === 0 || then < Date.now() - uptime() * 1000 - ROUNDING) return false;
  if (pid === process.pid) return Math.abs(then - began) < ROUNDING;
  if (!exists(pid)) return false;
  const now = start === null ? null : await startOf(pid);
  return now === null ? undefined : now === start;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process began, in ticks since the machine did: only Linux tells it in a file. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // Its 22nd field; the second, in brackets, is a name with anything in it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
