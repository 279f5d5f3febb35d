import type { Calibration } from '../decide/calibration.js';
import type { EmbedModel, NliModel } from '../engines/manifest.js';
import { inputsOf, overlapOf, windowOf } from './encoder.js';
import { installFailure } from './failure.js';
import type { Config, HubModel, RoleFiles } from './hub-files.js';

/** Hypotheses of a model whose training nobody told of: what the pipelines in use put labels into. */
const WORDING: EmbedModel['wording'] = {
  plain: ['This example is {label}.'],
  described: ['This example is {label}: {description}'],
  text_type: null,
};

/** A score is the log odds of entailment times this. */
const SCALE = 0.1;
const LOGISTIC = { scale: 1 / SCALE, bias: 0, null: 0 };
/** The model's own odds, as it was trained. */
const CALIBRATION: Calibration = {
  classify: { null: 0, temperature: [{ max_labels: 200, value: SCALE }] },
  tag: LOGISTIC,
  detect: LOGISTIC,
};

/** The place of entailment among a config's classes; undefined where there is none. */
export function entailmentOf({ label2id, id2label }: Config): number | undefined {
  const named = Object.entries((label2id ?? {}) as Record<string, unknown>);
  const listed = Object.entries((id2label ?? {}) as Record<string, unknown>).map(
    ([id, name]) => [String(name), id] as const,
  );
  const found = [...named, ...listed].find(([name]) => /^entail/i.test(name));
  // Some write a number as text; null and "" would pass for 0.
  const at = String(found?.[1]);
  return /^\d{1,5}$/.test(at) ? Number(at) : undefined;
}

/** The manifest's entry of an inference model. */
export function describeClassifier(hub: HubModel, files: RoleFiles): NliModel {
  const { id, config, graph } = hub;
  const output = graph.outputs.find(({ name }) => name === 'logits') ?? graph.outputs[0];
  const { label2id, id2label } = config;
  const classes = Math.max(...[label2id, id2label].map((one) => Object.keys((one ?? {}) as object).length));
  const entailment = entailmentOf(config);
  if (!output || entailment === undefined || entailment >= classes || classes < 2) {
    throw installFailure('unsupported', `${id} cannot be used: its classes do not tell which is entailment.`, {});
  }
  const window = windowOf(hub);
  return {
    version: '',
    engine: 'nli',
    license: '',
    files: { classifier: files.weights, tokenizer: files.tokenizer },
    classifier: {
      window,
      overlap: overlapOf(window),
      inputs: inputsOf(hub),
      output: output.name,
      classes,
      entailment,
      scale: SCALE,
    },
    wording: WORDING,
    calibration: CALIBRATION,
  };
}
