import type { Calibration } from '../decide/calibration.js';
import type { EmbedModel, FileRecord, Manifest } from '../engines/manifest.js';

const LOGISTIC = { scale: 2, bias: -2, null: 0 };

/** Confidences that spread over the whole range. */
export const CALIBRATION: Calibration = {
  classify: { null: 0, temperature: [{ max_labels: 200, value: 1 }] },
  tag: LOGISTIC,
  detect: LOGISTIC,
};

const NOTHING: FileRecord = { path: 'none', bytes: 0, sha256: '' };

/** A model without files or constants of its own; the fake engine looks at none. */
const FAKE: Pick<EmbedModel, 'version' | 'engine' | 'files' | 'calibration'> = {
  version: '1',
  engine: 'embed',
  files: { encoder: NOTHING, head: NOTHING, tokenizer: NOTHING },
  calibration: CALIBRATION,
};

export const FAKE_MANIFEST: Manifest = { format: 1, default: 'fake', models: { fake: FAKE as EmbedModel } };
