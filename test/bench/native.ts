import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EncoderTimer } from './encoder.js';

/** Native ONNX Runtime in a Python process. */
export interface Native {
  readonly version: string;
  readonly time: EncoderTimer;
  close(): Promise<void>;
}

/** Starts `PYTHON`, or python3, with the encoder; where it has no onnxruntime, says why. */
export async function openNative(weights: string, tokens: number): Promise<Native | { why: string }> {
  const python = process.env['PYTHON'] ?? 'python3';
  const args = [join(import.meta.dirname, 'native.py'), weights, String(tokens)];
  const child = spawn(python, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  child.on('error', (error) => {
    complaint += error.message;
  });
  // A process that is gone closes its output, which ends the waiting; a write to it must not throw meanwhile.
  child.stdin.on('error', () => undefined);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async <Value>(): Promise<Value | undefined> => {
    const { value, done } = await lines.next();
    return done ? undefined : (JSON.parse(value) as Value);
  };
  const version = await next<string>();
  if (version === undefined) {
    const why = complaint.trim().split('\n').at(-1) ?? '';
    return { why: `${python}: ${why}; set PYTHON to one that has onnxruntime and numpy` };
  }
  return {
    version,
    async time(runs) {
      child.stdin.write(`${runs}\n`);
      const times = await next<number[]>();
      if (!times) throw new Error(`${python} stopped: ${complaint}`);
      return times;
    },
    async close() {
      child.stdin.end();
      await next();
    },
  };
}
