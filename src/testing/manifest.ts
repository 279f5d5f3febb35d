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

/** A model without files; nothing but its name, version and calibration is ever looked at. */
const FAKE: EmbedModel = {
  version: '1',
  engine: 'embed',
  license: 'Apache-2.0',
  files: { encoder: NOTHING, head: NOTHING, tokenizer: NOTHING },
  encoder: {
    dimensions: 1,
    window: 1,
    overlap: 0,
    inputs: { ids: '', mask: '' },
    outputs: { tokens: '', pooled: '' },
  },
  head: { inputs: { tokens: '', labels: '' }, outputs: { attention: '', value: '' } },
  wording: { plain: [], described: [], text_type: null },
  mix: { cosine: 0, attention: 0 },
  calibration: CALIBRATION,
  examples: { label_weight: 0 },
  neutral: [],
};

export const FAKE_MANIFEST: Manifest = { format: 1, default: 'fake', models: { fake: FAKE } };
