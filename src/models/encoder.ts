import type { EmbedModel, Pooling } from '../engines/manifest.js';
import { installFailure } from './failure.js';
import { familyOf } from './families.js';
import type { GraphValue } from './graph.js';
import { type Config, type HubModel, type Range, type RoleFiles, wholeIn } from './hub-files.js';

/** Tokens of one pass at most: a longer window costs more a token, and longer texts have several. */
const LONGEST = 512;
const OVERLAP = 32;

/** Tokens that a window may have by a model's files, and numbers that a token's state may have. */
const WINDOWS: Range = [16, 2 ** 31];
const DEPTHS: Range = [1, 2 ** 16];

const INPUTS = { ids: 'input_ids', mask: 'attention_mask', types: 'token_type_ids' } as const;
/** Names under which exporters give the states of tokens. */
const STATES = ['last_hidden_state', 'token_embeddings', 'hidden_states'];

/** The manifest's entry of a sentence encoder: pooling, prefix and window as its files say. */
export function describeEncoder(hub: HubModel, files: RoleFiles, embedded: EmbedModel): EmbedModel {
  const { id, config, graph } = hub;
  const unusable = (what: string) => installFailure('unsupported', `${id} cannot be used: ${what}.`, {});
  const inputs = inputsOf(hub);
  const states = statesOf(graph.outputs);
  const said = wholeIn(hub, config, DEPTHS, 'hidden_size', 'dim', 'd_model');
  const dimensions = states?.dims?.[2] ?? said;
  if (!states || dimensions === undefined) throw unusable('its graph gives no states of tokens');
  if (modules(hub).some((type) => /Dense/.test(type))) throw unusable('a layer follows its pooling');
  const prefix = prefixOf(hub);
  const window = windowOf(hub);
  return {
    version: '',
    engine: 'embed',
    license: '',
    files: { encoder: files.weights, tokenizer: files.tokenizer },
    encoder: {
      dimensions,
      window,
      overlap: overlapOf(window),
      inputs,
      outputs: { tokens: states.name },
      pooling: poolingOf(hub),
      ...(prefix !== '' && { prefix }),
    },
    wording: embedded.wording,
    mix: { cosine: 1, attention: 0 },
    calibration: embedded.calibration,
    examples: embedded.examples,
    neutral: embedded.neutral,
  };
}

/** The inputs of a graph of text; throws `unsupported` for any other. */
export function inputsOf({ id, graph }: HubModel): EmbedModel['encoder']['inputs'] {
  const unusable = (what: string) => installFailure('unsupported', `${id} cannot be used: ${what}.`, {});
  if (graph.external) throw unusable('its weights are in a second file; export it as one');
  const inputs = new Set(graph.inputs.map(({ name }) => name));
  const strange = [...inputs].find((name) => !Object.values<string>(INPUTS).includes(name));
  if (strange !== undefined) throw unusable(`its graph wants ${strange}`);
  if (!inputs.has(INPUTS.ids) || !inputs.has(INPUTS.mask)) throw unusable('its graph takes no input_ids');
  return { ids: INPUTS.ids, mask: INPUTS.mask, ...(inputs.has(INPUTS.types) && { types: INPUTS.types }) };
}

const statesOf = (outputs: readonly GraphValue[]): GraphValue | undefined =>
  STATES.map((name) => outputs.find((output) => output.name === name)).find((found) => found) ??
  outputs.find(({ dims }) => dims?.length === 3);

/** The classes of modules.json: transformer, pooling, and what comes after. */
function modules({ configs }: HubModel): string[] {
  const list = configs['modules.json'];
  return Array.isArray(list) ? list.map((one: Config | null) => String(one?.['type'])) : [];
}

/** `1_Pooling/config.json`, else what is known of the family, else the mean. */
function poolingOf(hub: HubModel): Pooling {
  const config = hub.configs['1_Pooling/config.json'] as Config | undefined;
  const named = Object.keys(config ?? {}).filter((key) => key.startsWith('pooling_mode_') && config?.[key] === true);
  const mode = named[0]?.slice('pooling_mode_'.length) ?? config?.['pooling_mode'];
  if (mode === undefined) return familyOf(hub).pooling ?? 'mean';
  if (named.length < 2 && (mode === 'mean_tokens' || mode === 'mean')) return 'mean';
  if (named.length < 2 && (mode === 'cls_token' || mode === 'cls')) return 'cls';
  throw installFailure('unsupported', `${hub.id} cannot be used: it pools by ${named.join(' and ') || mode}.`, {});
}

/** What stands before a text that is compared with others like it, as config_sentence_transformers.json says. */
function prefixOf(hub: HubModel): string {
  const config = (hub.configs['config_sentence_transformers.json'] ?? {}) as Config;
  const prompts: Readonly<Record<string, string>> = Object.fromEntries(
    Object.entries((config['prompts'] ?? {}) as Config).flatMap(([name, text]) =>
      typeof text === 'string' ? [[name, text]] : [],
    ),
  );
  const { Classification, classification = Classification, query } = prompts;
  const others = Object.entries(prompts).filter(([name]) => name !== 'query');
  // Where passages have a prefix, too, the model never saw a bare text; else only a search's query has one.
  const everywhere = others.length > 0 && others.every(([, prompt]) => prompt !== '') ? query : undefined;
  const named = prompts[String(config['default_prompt_name'])];
  return classification ?? named ?? everywhere ?? (query === undefined ? familyOf(hub).prefix : undefined) ?? '';
}

export function windowOf(hub: HubModel): number {
  const { config, configs } = hub;
  const said = wholeIn(hub, (configs['sentence_bert_config.json'] ?? {}) as Config, WINDOWS, 'max_seq_length');
  const positions = wholeIn(hub, config, WINDOWS, 'max_position_embeddings', 'n_positions') ?? LONGEST;
  // RoBERTa counts positions from behind its padding token's number.
  const usable = positions % 2 === 0 && /roberta|mpnet|camembert/.test(String(config['model_type'])) ? 2 : 0;
  return Math.min(said ?? LONGEST, positions - usable, LONGEST);
}

/** Tokens that a window shares with the one before it: less where there would be little else in it. */
export const overlapOf = (window: number): number => Math.min(OVERLAP, window >> 2);
