import type { Calibration } from '../decide/calibration.js';
import type { Effort, Engine } from '../engines/engine.js';
import { GOLDEN_LABELS, goldenPictures } from '../engines/golden.js';
import { installFailure } from './failure.js';
import type { InstallTools } from './installation.js';
import { calibrationOf } from './pictures.js';

/** The scale and bias that a graph's own scores have, measured on the self-test's pictures and labels. */
export async function measureLine({ eye }: Engine, { signal }: InstallTools): Promise<Calibration | undefined> {
  if (!eye) return undefined;
  const effort: Effort = { signal, urgency: 'interactive' };
  const line = await eye.line(goldenPictures(eye.view), await eye.bank(GOLDEN_LABELS, effort), effort);
  if (line && !(line.scale > 0)) {
    throw installFailure('unsupported', 'Its own scores of pictures do not grow with its cosines; it cannot be used.');
  }
  return line && calibrationOf(line);
}
