import { isFields } from '../contract/checks.js';
import { sha256 } from '../contract/digest.js';
import { ClasserError } from '../contract/errors.js';
import { agree, type Probe } from '../engines/golden.js';
import type { Store } from '../store/store.js';
import type { Verdict } from './graphics.js';
import type { Supervisor } from './supervisor.js';

/** What WebGPU is tried with. */
export interface Trial {
  readonly wasm: Supervisor;
  readonly webgpu: Supervisor;
  readonly store: Store;
  /** What stands for the model's version. */
  readonly content: string;
  /** How far a score may be off. */
  readonly tolerance: number;
  /** Whether it is taken though it is slower. */
  readonly insist: boolean;
}

/** What a trial found, as it is kept: why it failed, if it did, and the milliseconds that both took. */
type Found = { readonly failed: string | null; readonly wasm: number; readonly webgpu: number };

/** Rounds of which the fastest counts. */
const ROUNDS = 3;

/**
 * Tries WebGPU: it must answer the self-test as WebAssembly does, and faster.
 *
 * What is found is kept for this model, browser and graphics card, so that what was refused is not even loaded again.
 * What was taken answers the self-test each time. Rejects where nothing was found out, as without a network.
 */
export async function tryWebGpu(trial: Trial): Promise<Verdict> {
  const place = await placeOf();
  if (place === undefined) return { taken: false, why: 'This browser has no WebGPU adapter.' };
  const key = await sha256(`${trial.content} ${place}`);
  const known = await trial.store.get<Found>('devices', key).catch(() => undefined);
  const before = isFound(known) ? verdictOf(known, trial) : undefined;
  if (before?.taken === false) return before;
  const found = await compare(trial, before ? known : undefined);
  // Where nothing can be kept, it is tried each time.
  await trial.store.update<Found>('devices', key, () => found).catch(() => undefined);
  return verdictOf(found, trial);
}

function verdictOf({ failed, wasm, webgpu }: Found, { insist }: Trial): Verdict {
  if (failed !== null) return { taken: false, why: failed };
  const times = `${webgpu.toFixed(1)} ms against ${wasm.toFixed(1)} ms`;
  if (webgpu < wasm) return { taken: true, why: `WebGPU gave the same answers, faster: ${times}.` };
  return { taken: insist, why: `WebGPU gave the same answers, but slower: ${times}.` };
}

async function compare({ wasm, webgpu, tolerance }: Trial, known: Found | undefined): Promise<Found> {
  const rounds = known ? 0 : ROUNDS;
  const ask = (worker: Supervisor) => worker.call<Probe>('probe', rounds, {}, Number.POSITIVE_INFINITY);
  const other = await ask(webgpu).catch(lastingFailure);
  if ('failed' in other) return { ...other, wasm: 0, webgpu: 0 };
  const own = await ask(wasm);
  const same = agree(own.scores, other.scores, tolerance);
  const failed = same ? null : 'WebGPU gave wrong answers.';
  return known && same ? known : { failed, wasm: own.milliseconds, webgpu: other.milliseconds };
}

/** A failure that will be the same next time; any other is thrown again. */
function lastingFailure(error: unknown): { failed: string } {
  const reason = ClasserError.is(error) ? error.details?.reason : undefined;
  if (reason === 'golden') return { failed: 'WebGPU gave wrong answers.' };
  if (reason === 'device') return { failed: (error as ClasserError).message };
  throw error;
}

const isFound = (value: unknown): value is Found =>
  isFields(value) &&
  (value['failed'] === null || typeof value['failed'] === 'string') &&
  typeof value['wasm'] === 'number' &&
  typeof value['webgpu'] === 'number';

/** The part of WebGPU that tells of an adapter. */
interface Gpu {
  requestAdapter(): Promise<{ info: Record<'vendor' | 'architecture' | 'device' | 'description', string> } | null>;
}

/** The browser's version and the graphics card; undefined where there is none. */
async function placeOf(): Promise<string | undefined> {
  const { gpu, userAgentData, userAgent } = navigator as Navigator & {
    gpu?: Gpu;
    userAgentData?: { getHighEntropyValues(names: string[]): Promise<{ fullVersionList?: unknown }> };
  };
  const adapter = await gpu?.requestAdapter();
  if (!adapter) return undefined;
  const { vendor, architecture, device, description } = adapter.info;
  const versions = await userAgentData?.getHighEntropyValues(['fullVersionList']).catch(() => undefined);
  return JSON.stringify([versions?.fullVersionList ?? userAgent, vendor, architecture, device, description]);
}
