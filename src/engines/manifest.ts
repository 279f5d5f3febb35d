import type { View } from '../contract/view.js';
import type { Calibration } from '../decide/calibration.js';
import type { ExampleConstants } from '../decide/correction.js';
import type { PhotoCalibration } from '../decide/photo.js';
import type { SecondStage } from '../decide/second-stage.js';

export type { SecondStage };

/** A file of a model: path beside the manifest, exact size, SHA-256 in hex. */
export interface FileRecord {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Files that a model is opened from, by role; not every embedding model has a head. */
const ROLES = {
  embed: ['encoder', 'head', 'tokenizer'],
  nli: ['classifier', 'tokenizer'],
  clip: ['text', 'vision', 'tokenizer'],
} as const;
export type EmbedFile = (typeof ROLES.embed)[number];
export type NliFile = (typeof ROLES.nli)[number];
export type ClipFile = (typeof ROLES.clip)[number];

/** The files of a model that its engine loads. */
export function loadedFiles({ engine, files }: ModelSpec): { role: string; file: FileRecord }[] {
  const records: Readonly<Partial<Record<string, FileRecord>>> = files;
  return ROLES[engine].flatMap((role) => {
    const file = records[role];
    return file ? { role, file } : [];
  });
}

/** Weights that a graphics card computes with as they are; left out where they are packed into integers. */
export type Precision = 'float';

/** How a window's vector is made of its tokens' states: their mean, or the first one. */
export type Pooling = 'mean' | 'cls';

/** Everything about an embedding model that is not in its files. */
export interface EmbedModel {
  readonly version: string;
  readonly engine: 'embed';
  readonly license: string;
  readonly precision?: Precision;
  readonly files: Readonly<Record<'encoder' | 'tokenizer', FileRecord> & { head?: FileRecord }>;
  readonly encoder: {
    readonly dimensions: number;
    /** Tokens of one forward pass, special tokens included. */
    readonly window: number;
    /** Tokens that a window shares with the one before it. */
    readonly overlap: number;
    /** Names of the graph's inputs; `types` gets zeros. */
    readonly inputs: { readonly ids: string; readonly mask: string; readonly types?: string };
    /** `pooled` where the graph makes a window's vector itself; elsewhere `pooling` makes it of the tokens' states. */
    readonly outputs: { readonly tokens: string; readonly pooled?: string };
    readonly pooling?: Pooling;
    /** Stands before every text and label, as in training. */
    readonly prefix?: string;
  };
  /** How labels attend to tokens; without it scores are cosines. */
  readonly head?: {
    readonly inputs: Readonly<Record<'labels' | 'tokens' | 'asked' | 'given', string>>;
    readonly outputs: Readonly<Record<'asks' | 'gives' | 'attention' | 'value', string>>;
  };
  /** Sentences that a label's vector is the mean of. */
  readonly wording: {
    readonly plain: readonly string[];
    readonly described: readonly string[];
    /** Put around each sentence when the request has a text_type; null leaves it unused. */
    readonly text_type: string | null;
  };
  /** Weights of the two parts of a score. */
  readonly mix: { readonly cosine: number; readonly attention: number };
  readonly calibration: Calibration;
  /** The model that looks again where this one is unsure, if that helps. */
  readonly second?: SecondStage;
  readonly examples: ExampleConstants;
  /** Texts about nothing in particular; a label's mean score on them is its prior. */
  readonly neutral: readonly string[];
  /** What it answered when it was installed. */
  readonly golden?: Golden;
}

/** Everything about an inference model that is not in its files: whether a hypothesis follows from a text. */
export interface NliModel {
  readonly version: string;
  readonly engine: 'nli';
  readonly license: string;
  readonly precision?: Precision;
  readonly files: Readonly<Record<NliFile, FileRecord>>;
  readonly classifier: {
    /** Tokens of one forward pass, special tokens included. */
    readonly window: number;
    /** Tokens of a long text that a window shares with the one before it. */
    readonly overlap: number;
    /** `types` is left out where the model does not tell its two sentences apart. */
    readonly inputs: { readonly ids: string; readonly mask: string; readonly types?: string };
    readonly output: string;
    /** Classes that it answers, and which of them is entailment. */
    readonly classes: number;
    readonly entailment: number;
    /** A score is the log odds of entailment times this. */
    readonly scale: number;
  };
  /** Hypotheses that a label is put into; the mean of their log odds is its score. */
  readonly wording: EmbedModel['wording'];
  readonly calibration: Calibration;
  /** What it answered when it was installed. */
  readonly golden?: Golden;
}

/** Everything about a model that compares pictures with texts, and is not in its files. */
export interface ClipModel {
  readonly version: string;
  readonly engine: 'clip';
  readonly license: string;
  readonly precision?: Precision;
  /** `text` reads labels; it takes pictures, too, where there is no `vision`. */
  readonly files: Readonly<Record<'text' | 'tokenizer', FileRecord> & { vision?: FileRecord }>;
  readonly text: {
    /** `mask` is left out where the model does not ask which tokens are padding. */
    readonly inputs: { readonly ids: string; readonly mask?: string };
    readonly output: string;
    /** Tokens of a label at most, special tokens included. */
    readonly length: number;
    /** The token that rows are filled up with, and whether all of them are, to `length`. */
    readonly pad: string;
    readonly padded: boolean;
    /** Whether it was trained on small letters. */
    readonly lower: boolean;
  };
  readonly image: {
    readonly input: string;
    readonly output: string;
    readonly view: View;
    /** A channel's value is `(byte · scale − mean) / deviation`. */
    readonly scale: number;
    readonly mean: readonly number[];
    readonly deviation: readonly number[];
    /** Squares that it is looked at in: what a picture counts. */
    readonly patches: number;
  };
  /** Where one graph has both: the scores of pictures and texts, by which `calibration` is measured. */
  readonly logits?: string;
  /** Sentences that a label's vector is the mean of. */
  readonly wording: EmbedModel['wording'];
  /** The label of anything at all, whose score is taken off every other's; undefined where a score means something alone. */
  readonly anything?: string;
  /** Of cosines. */
  readonly calibration: Calibration;
  /** What it answered when it was installed. */
  readonly golden?: Golden;
}

/** Scores of the self-test's texts or pictures, label by label. */
export interface Golden {
  readonly scores: readonly number[];
  /** How far one may be off. */
  readonly tolerance: number;
}

/** Everything about a model that is not in its files; `engine` says which one runs it. */
export type ModelSpec = EmbedModel | NliModel | ClipModel;

/** Files of the model of photographs, by role. */
export const PHOTO_FILES = ['classifier', 'classes'] as const;
export type PhotoFile = (typeof PHOTO_FILES)[number];

/** Everything about the model of photographs that is not in its files: it names what a picture shows. */
export interface PhotoModel {
  readonly name: string;
  readonly version: string;
  readonly engine: 'photo';
  readonly license: string;
  readonly files: Readonly<Record<PhotoFile, FileRecord>>;
  readonly classifier: {
    /** Pixels of a side of the square that it takes. */
    readonly side: number;
    readonly input: string;
    readonly outputs: Readonly<Record<'chances' | 'photograph' | 'others', string>>;
    /** Classes that are read of a photograph. */
    readonly top: number;
    /** Words for each kind of picture that is no photograph. */
    readonly others: readonly string[];
  };
  readonly calibration: PhotoCalibration;
}

/** `models/manifest.json`. */
export interface Manifest {
  readonly format: 1;
  readonly default: string;
  /** What looks at photographs, for whatever model reads what it says. */
  readonly photo?: PhotoModel;
  readonly models: Readonly<Record<string, ModelSpec>>;
}
