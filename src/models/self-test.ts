import { selfTest } from '../engines/golden.js';
import type { ModelSpec } from '../engines/manifest.js';
import type { Draft } from './draft.js';
import { installFailure } from './failure.js';
import { fitCalibration } from './fit.js';
import type { InstallTools } from './installation.js';
import { addressesOf } from './record.js';

/** Opens the model, fits its constants, and writes down what it answers. */
export async function selfTested(
  id: string,
  spec: ModelSpec,
  { folder }: Draft,
  { store, signal, onProgress, embedded, open, openEmbedded }: InstallTools,
): Promise<ModelSpec> {
  const step = (done: number) => onProgress({ stage: 'check', done, total: 3 });
  step(0);
  const addresses = addressesOf(store, folder, spec);
  const other = await open(id, spec, addresses).catch((cause: unknown) => {
    signal.throwIfAborted();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw installFailure('unsupported', `${id} cannot be opened: ${why}`, {}, cause);
  });
  step(1);
  const fitted = await openEmbedded();
  step(2);
  const { calibration, deviation } = await fitCalibration({ fitted, other }, embedded.neutral, signal);
  const golden = { scores: await selfTest(other, signal), tolerance: 0.2 * deviation };
  if (!golden.scores.every(Number.isFinite) || deviation === 0) {
    throw installFailure('unsupported', `${id} cannot be used: it gives no usable numbers.`);
  }
  step(3);
  // What an inference model was trained to say needs no fitting.
  return spec.engine === 'embed' ? { ...spec, calibration, golden } : { ...spec, golden };
}
