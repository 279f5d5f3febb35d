import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built command. */
export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/**
 * The environment of a shell: without what npm, vitest and the like put there for their own children, and with a
 * folder of its own for what is kept, so that nothing is answered from what another process left.
 */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const theirs = /^(npm_|vitest|vite|test$|node_env$|mode$|dev$|prod$|ssr$|base_url$|node_path$|init_cwd$)/i;
  const rest = Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.test(name)));
  return { ...rest, CLASSER_HOME: ownHome() };
}

/** A folder that nobody used before; it goes with the run's. */
export const ownHome = (): string => join(process.env['CLASSER_HOME'] ?? tmpdir(), randomUUID());

/** What a finished process left behind. */
export interface Finished {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Standard input; closed at once when there is none. */
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which it is killed, so that a process that never ends fails its test. */
  readonly limit?: number;
}

/** Runs a program to its end. */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const { input = '', cwd, env, limit = 60_000 } = options;
  const settings = { cwd, env: { ...plainEnvironment(), ...env }, timeout: limit, killSignal: 'SIGKILL' as const };
  const child = spawn(program, [...args], settings);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  // A program that refuses early may close its input first.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [status, signal] = await once(child, 'close');
  return { status, signal, stdout: stdout(), stderr: stderr() };
}

/** Runs a script of Node's. */
export const node = (args: readonly string[], options?: RunOptions): Promise<Finished> =>
  run(process.execPath, args, options);

/** Runs the built `classer`. */
export const classer = (args: readonly string[], options?: RunOptions): Promise<Finished> =>
  node([CLI, ...args], options);

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

/** A process that goes on until it is told to stop, with the address that it printed. */
export interface Running extends AsyncDisposable {
  readonly url: string;
  readonly child: ChildProcess;
  /** Asks it to end and waits until it has. */
  stop(signal?: NodeJS.Signals): Promise<{ status: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts a server and waits for the address in its output; rejects when it ends without one. */
export async function serverAt(args: readonly string[], cwd?: string, env?: NodeJS.ProcessEnv): Promise<Running> {
  const settings = { cwd, env: { ...plainEnvironment(), ...env } };
  const child = spawn(process.execPath, [...args], { ...settings, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const stderr = collect(child.stderr);
  const url = await new Promise<string>((resolve, reject) => {
    const stdout = collect(child.stdout);
    child.stdout.on('data', () => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are taken out of the output.
      const found = /http:\/\/[^\s/]+:\d+/.exec(stdout().replace(/\u001b\[\d+m/g, ''))?.[0];
      if (found) resolve(found);
    });
    ended.then(([status]) => reject(new Error(`It ended with status ${status}: ${stderr()}`)), reject);
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    const [status, by] = await ended;
    return { status, signal: by };
  };
  return {
    url,
    child,
    stop,
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL');
    },
  };
}

/** A process that talks on standard output while it runs. */
export interface Started {
  /** The first line that fits, whether it was said already or is still to come. */
  line(fits: (line: string) => boolean): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Finished>;
}

/** Starts a script of Node's without waiting for its end. */
export function started(args: readonly string[], env?: NodeJS.ProcessEnv): Started {
  const settings = { env: { ...plainEnvironment(), ...env } };
  const child = spawn(process.execPath, [...args], { ...settings, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const ended = once(child, 'close').then(([status, signal]) => ({
    status,
    signal,
    stdout: stdout(),
    stderr: stderr(),
  }));
  return {
    line: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = stdout().split('\n').slice(0, -1).find(fits);
          if (found === undefined) return;
          child.stdout.off('data', look);
          resolve(found);
        };
        child.stdout.on('data', look);
        ended.then(({ status, stderr: why }) => reject(new Error(`It ended with status ${status}: ${why}`)));
        look();
      }),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

/** Starts `classer serve` on a free port. */
export const classerServe = (options: readonly string[] = [], env?: NodeJS.ProcessEnv): Promise<Running> =>
  serverAt([CLI, 'serve', '--port', '0', ...options], undefined, env);
