/** One built file: its address under the page's folder, and what it must contain. */
export interface PrecachedFile {
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Whether it is fetched when it is first wanted, and kept from then on. */
  readonly later: boolean;
}

/** Everything that one version of the demo consists of, written in front of the service worker by the build. */
export interface Precache {
  readonly version: string;
  readonly files: readonly PrecachedFile[];
}

/** How much of it has come, on the channel of this name; `done === total` ends it. */
export interface PrecacheProgress {
  readonly done: number;
  readonly total: number;
}

export const CHANNEL = 'classer-demo';

/** What a page asks its service worker: to say whether it holds every file, or to replace the older one. */
export type Message = 'held' | 'replace';
