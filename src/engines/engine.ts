import type { ClasserError } from '../contract/errors.js';
import type { Label, Urgency } from '../contract/task.js';
import type { Calibration } from '../decide/calibration.js';

/** What every long step of an engine takes along. */
export interface Effort {
  readonly signal: AbortSignal;
  readonly urgency: Urgency;
  /** Told how many tokens of how many have been read. */
  readonly onTokens?: (done: number, total: number) => void;
}

/** Labels made ready for one model; costs nothing when they were seen before. */
export interface LabelBank {
  readonly labels: readonly Label[];
  /** Mean score of each label on neutral texts; zeros when the bank was made without. */
  readonly priors: Float32Array;
  /** Tokens of labels, descriptions, examples and text_type together. */
  readonly tokens: number;
}

/** What was computed for labels before, in an earlier page or process too. */
export interface Memory {
  /** So many numbers, where they are known. */
  find(key: string, length: number): Float32Array | undefined;
  add(key: string, numbers: Float32Array): void;
}

/** How a bank is to be made. */
export interface BankRequest extends Effort {
  readonly textType: string | undefined;
  /** The sentence that labels are put into, at `{label}`, by models that read them in one; their own where there is none. */
  readonly template?: string | undefined;
  /** Whether just one label can be right. */
  readonly exclusive: boolean;
  /** Whether the priors are wanted, which cost a pass over the neutral texts once. */
  readonly priors: boolean;
  /** What may be taken from there need not be computed. */
  readonly memory?: Memory | undefined;
}

/** A passage of a text: UTF-16 offsets, end exclusive. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

/** One row of raw scores, one a label of the bank, with what they rest on. */
export interface Logits {
  readonly scores: Float32Array;
  /** Puts chances right by what the examples of the bank's labels teach, if they have any: see `Scored`. */
  readonly correct?: (chances: readonly number[]) => number[];
  /** Tokens of the text, each counted once, special tokens left out. */
  readonly tokens: number;
  /** The passages that spoke for a label and their weights, summing to 1; empty unless asked for. */
  readonly evidence: (label: number) => readonly (Passage & { readonly weight: number })[];
}

/** How texts are to be read. */
export interface Reading extends Effort {
  readonly explain: boolean;
  /** Milliseconds for one text; past that an even sample of its windows decides. */
  readonly budget: number;
  /** Whether the first answer will do, without a second look. */
  readonly fast: boolean;
  /** The labels to look at, by text; the scores of the others are 0 then. All of them unless given. */
  readonly only?: readonly (readonly number[])[];
}

/** An example with the places of its labels, and a model's chances of them without it. */
export interface Lesson {
  readonly text: string;
  readonly labels: readonly number[];
  readonly chances: readonly number[];
}

/** What was learnt from examples: for each text, what puts chances right. */
export type Learnt = (
  texts: readonly string[],
  effort: Effort,
) => Promise<((chances: readonly number[]) => number[])[]>;

/** A picture as large as a model takes it: four bytes a pixel, of which the last is not looked at. */
export interface Pixels {
  readonly rgba: Uint8ClampedArray;
}

/** The line from cosines to a model's own scores. */
export interface Line {
  readonly scale: number;
  readonly bias: number;
}

/** What an engine has that looks at pictures itself. */
export interface Eye {
  /** Pixels of the pictures that it takes. */
  readonly view: { readonly width: number; readonly height: number };
  /** Tokens that a picture counts. */
  readonly patches: number;
  bank(labels: readonly Label[], how: Effort & Pick<BankRequest, 'template'>): Promise<LabelBank>;
  /** Scores every picture against the labels of a bank of its own. */
  look(pictures: readonly Pixels[], bank: LabelBank, effort: Effort): Promise<Logits[]>;
  /** The line that the graph itself draws; undefined where it gives cosines only. */
  line(pictures: readonly Pixels[], bank: LabelBank, effort: Effort): Promise<Line | undefined>;
}

/** A model that scores texts against labels. */
export interface Engine {
  readonly model: string;
  readonly calibration: Calibration;
  /** Looks at pictures, where that is not left to the words for what they show. */
  readonly eye?: Eye;
  bank(labels: readonly Label[], how: BankRequest): Promise<LabelBank>;
  /** Scores every text; one that cannot be read gives its error, and the others are not touched. */
  read(texts: readonly string[], bank: LabelBank, how: Reading): Promise<(Logits | ClasserError)[]>;
  /** Learns by its vectors what examples show to be wrong in the chances of a model that has none. */
  learn?(examples: readonly Lesson[], labels: number, effort: Effort): Promise<Learnt>;
}
