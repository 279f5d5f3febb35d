import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { model } from './folders.js';
import { byOperator, type Profile } from './operators.js';

const TOKENS = 64;
const RUNS = 150;

/** Where a forward's time goes, on WebAssembly in Node and natively, a thread each: the profile behind `native-1t`. */
const [wasm, native] = [profile('wasm'), profile('native')];
const names = [...new Set([...wasm.keys(), ...native.keys()])];
const rows = names.map((name) => ({ name, wasm: wasm.get(name) ?? 0, native: native.get(name) ?? 0 }));
for (const { name, wasm: ours, native: theirs } of rows.toSorted((a, b) => b.wasm - a.wasm))
  console.log(`${name.padEnd(28)} ${ours.toFixed(2).padStart(7)} ${theirs.toFixed(2).padStart(7)}`);
const sum = (one: Profile) => [...one.values()].reduce((total, ms) => total + ms, 0);
console.log(`${'all'.padEnd(28)} ${sum(wasm).toFixed(2).padStart(7)} ${sum(native).toFixed(2).padStart(7)}`);

function profile(side: 'wasm' | 'native'): Profile {
  const folder = mkdtempSync(join(tmpdir(), 'classer-profile-'));
  const script = join(import.meta.dirname, 'child/profile.ts');
  const args = [side, join(model, 'encoder.onnx'), String(TOKENS), String(RUNS), join(folder, 'profile')];
  // A file, as WebAssembly's side ends on a pipe that is full.
  const output = openSync(join(folder, 'output'), 'w');
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
    stdio: ['ignore', output, 'inherit'],
  });
  closeSync(output);
  const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`The profiler of ${side} ended with ${status}.`);
  return byOperator(text.join('\n'));
}
