import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

/** Flags for a Chromium that talks to nobody but the page under test. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Path of a Chromium: `CHROMIUM_PATH`, the system's, or Playwright's; else one is installed where that can be
 * done by itself (Debian, as root). Throws with the command to run where it cannot.
 */
export function chromiumPath(): string {
  return found() ?? installed();
}

function found(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const system = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...system, chromium.executablePath()].find(runs);
}

function installed(): string {
  const commands = [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ];
  if (process.getuid?.() !== 0 || !runs('/usr/bin/apt-get')) {
    throw new Error('No Chromium was found. Run `npx playwright install chromium`, or set CHROMIUM_PATH.');
  }
  for (const args of commands) execFileSync('/usr/bin/apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const path = found();
  if (path) return path;
  throw new Error('Chromium was installed but not found; set CHROMIUM_PATH.');
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
