import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { root } from './folders.js';

/** What is compared with: the last is the native runtime. */
const PEERS = ['@huggingface/transformers', 'onnxruntime-web', 'onnxruntime-node'];

/** When and on what rows were measured, and against which versions of what. */
export interface About {
  /** Day, as ISO 8601 has it, in UTC. */
  readonly date: string;
  readonly machine: string;
  /** Processes that wanted to run in the minute before, as the system counts them; 0 on a quiet machine. */
  readonly load?: number;
  readonly versions: Readonly<Record<string, string>>;
}

/** What is measured with, before anything is. */
export function about(chromium: string): About {
  const cores = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown'}`,
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
    versions: {
      node: process.version.slice(1),
      chromium,
      ...Object.fromEntries(PEERS.map((name) => [name, version(name)])),
    },
  };
}

function version(name: string): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'),
  );
  return manifest.version;
}

/** Date, machine and versions in a line. */
export function aboutText({ date, machine, load, versions }: About): string {
  const of = Object.entries(versions).map(([name, number]) => `${name} ${number}`);
  return [date, machine, ...(load === undefined ? [] : [`load ${load}`]), ...of].join(', ');
}
