/** Every limit of the contract, in one place. */
export const LIMITS = {
  /** Labels a request may carry. */
  labels: 200,
  /** Characters (code points) of one label. */
  labelLength: 100,
  /** Texts of one batch. */
  texts: 1000,
  /** Tokens of one text, special tokens left out. */
  tokens: 1_000_000,
  /** Pictures of one request. */
  images: 20,
  /** Pixels of a picture before it is scaled down: a telephone's has 50 million. */
  pixels: 64_000_000,
  /** Pages of a file. */
  pages: 20,
  /** Bytes of a file. */
  fileBytes: 50_000_000,
  /** Bytes of a file's text and structure once unpacked. */
  unpackedBytes: 100_000_000,
  /** Bytes of a real-time HTTP body, unless the server raises it. */
  bodyBytes: 1_000_000,
} as const;

/** Limits of keys, log and classifiers; apart, as the threads that answer load none of them. */
export const KEPT_LIMITS = {
  /** Characters (code points) of a key's name. */
  keyName: 100,
  /** Entries of one page of the log. */
  logPage: 200,
  /** The last version of a classifier that can be asked for: a name takes nine digits. */
  version: 999_999_999,
} as const;

/** Seconds a call may take once the model is loaded, as in the hosted SDK. */
export const TIMEOUTS = { single: 30, batch: 600 } as const;

/** Tags whose confidence is strictly above this are returned, unless the request says otherwise. */
export const DEFAULT_THRESHOLD = 0.5;
