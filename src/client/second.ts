import { quote } from '../contract/checks.js';
import { invalid } from '../contract/errors.js';
import type { ModelSpec, SecondStage } from '../engines/manifest.js';
import type { LoadOptions } from '../worker/settings.js';
import type { ModelInfo } from './models.js';
import type { Second } from './workers.js';

/** Labels that it looks at, and the confidence of the first model from which on it is not asked. */
const BEST = 5;
const SURE = 0.9;
/** What its log odds count beside the log of the first model's chance. */
const TRUST = 0.5;

/** An inference model as one that looks again; throws VALIDATION_ERROR for any other. */
export function secondOf({ model, spec, urls, installed }: LoadOptions): Second {
  if (spec.engine !== 'nli')
    throw invalid('second', `${quote(model)} is no inference model, so that it cannot look again.`);
  const stage = { model, best: BEST, sure: SURE, weight: TRUST / spec.classifier.scale };
  const second = { model, spec, urls: urls.model, ...(installed && { installed }) };
  return {
    stage,
    beside: (load) =>
      load.spec.engine === 'embed' ? { ...load, spec: { ...load.spec, second: stage }, second } : load,
  };
}

/** What `priority: "standard"` does with a model. */
export function standardOf(engine: string, stage: SecondStage | undefined): ModelInfo['standard'] {
  if (!stage) return { second: null, why: ALONE[engine as ModelSpec['engine']] };
  const percent = Math.round(100 * stage.sure);
  const why = `${stage.model} looks again at the ${stage.best} best labels where this one is less than ${percent} % sure.`;
  return { second: stage.model, why };
}

const ALONE: Readonly<Record<ModelSpec['engine'], string>> = {
  embed: 'No second model is named, so that standard is as fast as fast; models.use names one.',
  nli: 'It reads each text with each label, whatever the priority.',
  clip: 'It looks at each picture once, whatever the priority.',
};
