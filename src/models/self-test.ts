import { ClasserError } from '../contract/errors.js';
import { deviation } from '../decide/statistics.js';
import { selfTest } from '../engines/golden.js';
import type { ModelSpec } from '../engines/manifest.js';
import type { Draft } from './draft.js';
import { installFailure } from './failure.js';
import type { InstallTools } from './installation.js';
import type { Kind } from './kinds.js';
import { addressesOf } from './record.js';

/** What ONNX Runtime, its WebAssembly and JavaScript say when memory ends, or a size is beyond any memory. */
const TOO_MUCH = /bad_alloc|out of memory|allocat|integer overflow|shape is too large|array buffer|array length/i;

/** How far a score may be off later, in standard deviations of the self-test's. */
const TOLERANCE = 0.2;

/** Opens the model, fits its constants, and writes down what it answers. */
export async function selfTested(
  id: string,
  spec: ModelSpec,
  { calibrate }: Kind,
  { folder }: Draft,
  tools: InstallTools,
): Promise<ModelSpec> {
  const { store, signal, onProgress, open } = tools;
  const step = (done: number) => onProgress({ stage: 'check', done, total: 3 });
  const refused = (what: string) => (cause: unknown) => {
    signal.throwIfAborted();
    if (ClasserError.is(cause) && cause.code !== 'MODEL_UNAVAILABLE') throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    if (TOO_MUCH.test(why)) {
      const message = `${id} cannot be ${what}: it needs more memory than there is (${why}); take a smaller or quantised model.`;
      throw installFailure('too_large', message, {}, cause);
    }
    throw installFailure('unsupported', `${id} cannot be ${what}: ${why}`, {}, cause);
  };
  step(0);
  const addresses = addressesOf(store, folder, spec);
  const model = await open(id, spec, addresses).catch(refused('opened'));
  step(1);
  const scores = await selfTest(model, signal).catch(refused('run'));
  step(2);
  const calibration = await calibrate?.(model, tools);
  const tolerance = TOLERANCE * deviation(scores);
  if (!scores.every(Number.isFinite) || tolerance === 0) {
    throw installFailure('unsupported', `${id} cannot be used: it gives no usable numbers.`);
  }
  step(3);
  return { ...spec, ...(calibration && { calibration }), golden: { scores, tolerance } };
}
