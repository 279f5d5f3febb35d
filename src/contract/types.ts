/** Which step a long operation is at: `model` counts bytes loaded, `document` pages read, `text` tokens read. */
export interface Progress {
  stage: 'model' | 'document' | 'text';
  done: number;
  total: number;
}

/** Fields that only JavaScript callers have; they never go over HTTP. */
export interface CallOptions {
  /** Abandons the call; it rejects with code `ABORTED`. */
  signal?: AbortSignal | undefined;
  /** Seconds from the loaded model to the answer; then the call rejects with code `TIMEOUT`. */
  timeout?: number | undefined;
  /** Called while the model loads and the text is read; the last event has `done === total`. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** A file: its URL, data URL or base64, or its bytes. */
type Given = string | Blob | ArrayBuffer | ArrayBufferView;

interface Labelled extends CallOptions {
  /** The possible labels: 1–200, unique, each 1–100 characters. */
  labels?: string[] | undefined;
  /** A saved classifier, `name` or `name@v2`, instead of labels. */
  classifier?: string | undefined;
  /** What a label means, by label. */
  descriptions?: Readonly<Record<string, string>> | undefined;
  /** Texts that belong to a label, by label. */
  examples?: Readonly<Record<string, readonly string[]>> | undefined;
  /** What kind of text this is, such as "app review". */
  text_type?: string | undefined;
  /** The older name of `text_type`. */
  source_type?: string | undefined;
  /** `"standard"` (default) or `"fast"`. */
  priority?: 'fast' | 'standard' | undefined;
  /** `false` skips the answer cache. */
  cache?: boolean | undefined;
  /** A picture (PNG, JPEG, WebP, AVIF, GIF or BMP), a photograph or with writing on it, given as `file` is, or up to 20 of them. */
  image?: Given | readonly Given[] | undefined;
  /** PDF, DOCX or picture of at most 20 pages and 50 MB: https URL, data URL, base64, or the bytes themselves. */
  file?: Given | undefined;
  /** Password of an encrypted `file`. */
  password?: string | undefined;
  /** An installed model's id; the embedded default when left out. */
  model?: string | undefined;
  /** Adds `scores`: every label with its confidence, highest first. */
  scores?: boolean | undefined;
  /** Adds `evidence`: the passages that spoke for each answered label. */
  explain?: boolean | undefined;
  /** For NLI models, CLIP and SigLIP: a sentence with `{}` or `{label}` once, where the label goes. Others take no notice. */
  hypothesis_template?: string | undefined;
  /** Milliseconds to spend on a long text; then the answer comes from an even sample of it. */
  budget_ms?: number | undefined;
}

interface One {
  /** The text, at most 1,000,000 tokens; it may be left out where there is a `file`. */
  text?: string | undefined;
}

interface Many {
  /** 1–1000 texts. */
  texts: string[];
}

interface ForClassify {
  /** Below this confidence the answer has no `label`. */
  min_confidence?: number | undefined;
  /** Of no effect here; accepted because requests are shared with `tag`. */
  threshold?: number | undefined;
}

interface ForTag {
  /** Labels whose confidence is strictly above this are returned; default 0.5. */
  threshold?: number | undefined;
}

export interface ClassifyRequest extends Labelled, One, ForClassify {}
export interface TagRequest extends Labelled, One, ForTag {}
export interface BatchClassifyRequest extends Labelled, Many, ForClassify {}
export interface BatchTagRequest extends Labelled, Many, ForTag {}

/** Labels as a call takes them: a literal tuple is remembered, so that the answer's labels are that union. */
export type Names = readonly string[];

/** A request as a call takes it: its lists may be read-only. */
export type Asked<Request, Labels extends Names> = Omit<Request, 'labels' | 'texts'> & {
  labels?: Labels | readonly Labels[number][] | undefined;
} & (Request extends Many ? { texts: readonly string[] } : unknown);

export interface TagLabel<Label extends string = string> {
  label: Label;
  confidence: number;
}

/** A passage, page or picture that spoke for a label; the weights of one label sum to 1. */
export interface Evidence<Label extends string = string> {
  label: Label;
  weight: number;
  kind: 'text' | 'page' | 'image';
  /** Start of the passage, in UTF-16 units. */
  start?: number;
  /** End of the passage, exclusive, in UTF-16 units. */
  end?: number;
  page?: number;
  image?: number;
  /** Of a photograph: what it shows most likely; of a picture without writing that is none, and of pages that are slides: what it is. */
  shows?: string;
}

interface Extras<Label extends string> {
  /** All labels with their confidence, highest first, when the request asked for `scores`. */
  scores?: TagLabel<Label>[];
  /** Why, when the request asked to `explain`. */
  evidence?: Evidence<Label>[];
}

/** Numbers, from 1, of the file's pages and of the pictures whose text was read off them, and may have errors. */
export interface ReadByOcr {
  pages?: number[];
  images?: number[];
  /** Those that took too long and were left as they were: the answer may lack what is written there, and is not kept. */
  unread?: { pages?: number[]; images?: number[] };
}

interface Counted {
  /** Tokens of the text, labels, descriptions, examples and text_type. */
  tokens: number;
  /** Present when a file or pictures were given: 49 for each page and picture, or as many as the model's patches. */
  visual_tokens?: number;
  /** Present when some of them had to be read by OCR: which ones. */
  ocr?: ReadByOcr;
}

interface Timed {
  latency_ms: number;
}

interface Chosen<Label extends string> {
  /** The best label; left out when its confidence is below `min_confidence`. */
  label?: Label;
  /** Confidence of the best label, 0–1, four decimals. */
  confidence?: number;
}

export interface ClassifyResponse<Label extends string = string> extends Chosen<Label>, Counted, Timed, Extras<Label> {
  cached: boolean;
}

export interface TagResponse<Label extends string = string> extends Counted, Timed, Extras<Label> {
  /** Labels above the threshold, highest first. */
  labels: TagLabel<Label>[];
  cached: boolean;
}

interface BatchItem {
  /** Why this text has no answer; the others are not touched by it. */
  error?: string;
  cached: boolean;
}

export interface BatchClassifyResult<Label extends string = string>
  extends Chosen<Label>,
    Counted,
    Extras<Label>,
    BatchItem {}

export interface BatchTagResult<Label extends string = string> extends Counted, Extras<Label>, BatchItem {
  labels?: TagLabel<Label>[];
}

interface BatchOf<Result> extends Timed {
  results: Result[];
  total_tokens: number;
}

export interface BatchClassifyResponse<Label extends string = string> extends BatchOf<BatchClassifyResult<Label>> {}
export interface BatchTagResponse<Label extends string = string> extends BatchOf<BatchTagResult<Label>> {}
