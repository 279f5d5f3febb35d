import type { Calibration } from '../decide/calibration.js';
import type { Engine } from '../engines/engine.js';
import type { EmbedModel, ModelSpec } from '../engines/manifest.js';
import { describeClassifier, entailmentOf } from './classifier.js';
import { describeEncoder } from './encoder.js';
import { installFailure } from './failure.js';
import { fitCalibration } from './fit.js';
import {
  CONFIGS,
  type Config,
  type ConfigPath,
  type HubModel,
  type Layout,
  PICTURE_CONFIGS,
  type RoleFiles,
  stringOf,
  WEIGHTS,
} from './hub-files.js';
import type { InstallTools } from './installation.js';
import { measureLine } from './line.js';
import { describePictures, familyOfPictures, LAYOUTS } from './pictures.js';

/** An engine, and the models that it runs. */
export interface Kind {
  readonly engine: ModelSpec['engine'];
  /** Small files that are fetched where there are any, and those of them that must be there. */
  readonly configs: readonly ConfigPath[];
  readonly needs: readonly ConfigPath[];
  /** Where its weights may lie, by preference. */
  readonly layouts: readonly Layout[];
  /** Whether a config.json is that of such a model. */
  fits(config: Config): boolean;
  /** The manifest's entry of a model; what does not depend on it is taken from the embedded one's. */
  describe(hub: HubModel, files: RoleFiles, embedded: EmbedModel): ModelSpec;
  /** The calibration that fits a model once it is opened, where its entry does not have it already. */
  calibrate?(model: Engine, tools: InstallTools): Promise<Calibration | undefined>;
}

const TEXT = { configs: CONFIGS, needs: [], layouts: WEIGHTS };

/** Engines by preference: the first that fits a config.json is taken. */
const KINDS: readonly Kind[] = [
  {
    engine: 'clip',
    configs: PICTURE_CONFIGS,
    needs: ['preprocessor_config.json'],
    layouts: LAYOUTS,
    fits: (config) => familyOfPictures(config) !== undefined,
    describe: describePictures,
    calibrate: measureLine,
  },
  { engine: 'embed', ...TEXT, fits: isEncoder, describe: describeEncoder, calibrate: fitCalibration },
  { engine: 'nli', ...TEXT, fits: (config) => entailmentOf(config) !== undefined, describe: describeClassifier },
];

/** What no engine runs, by what its config.json says; the first that applies is the reason. */
const REFUSALS: readonly { readonly what: string; readonly applies: (config: Config) => boolean }[] = [
  { what: 'has no model_type', applies: ({ model_type }) => stringOf(model_type) === undefined },
  { what: 'reads pictures or sound', applies: (config) => 'vision_config' in config || 'num_mel_bins' in config },
  { what: 'writes text from text', applies: ({ is_encoder_decoder }) => is_encoder_decoder === true },
  { what: 'writes text', applies: (config) => architecture(config, /CausalLM|LMHead/) },
  {
    what: 'sorts texts under labels of its own, among which there is no entailment',
    applies: (config) => architecture(config, /Classification$/) || infersUnnamed(config),
  },
];

/** The engine that runs a model with this config.json; throws `unsupported` when none does. */
export function kindOf(config: Config, id: string): Kind {
  const kind = KINDS.find(({ fits }) => fits(config));
  if (kind) return kind;
  const why = REFUSALS.find(({ applies }) => applies(config))?.what ?? `is a ${stringOf(config['model_type'])}`;
  const message = `${id} cannot be used: by its config.json it ${why}. Install a sentence encoder, an inference model, CLIP or SigLIP.`;
  throw installFailure('unsupported', message, { file: 'config.json' });
}

function isEncoder(config: Config): boolean {
  return !REFUSALS.some(({ applies }) => applies(config));
}

/** Whether its classes alone tell that it infers: some exporters leave out what it is called. */
const infersUnnamed = (config: Config): boolean => !architecture(config, /./) && entailmentOf(config) !== undefined;

const architecture = ({ architectures }: Config, pattern: RegExp): boolean =>
  Array.isArray(architectures) && architectures.some((name) => pattern.test(String(name)));
