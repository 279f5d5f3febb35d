import type { Engine } from '../engines/engine.js';
import type { EmbedModel, ModelSpec } from '../engines/manifest.js';
import type { GrowingStore } from '../store/store.js';
import type { InstallProgress } from './progress.js';
import type { Source } from './source.js';

/** What is to be installed. */
export interface Installation {
  readonly id: string;
  readonly source: Source;
  /** The URL that the source is; null for files of the caller's. */
  readonly from: string | null;
  readonly revision: string | null;
  readonly integrity: Readonly<Record<string, string>>;
}

/** What an installation works with. */
export interface InstallTools {
  readonly store: GrowingStore;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: InstallProgress) => void;
  /** The embedded model's entry, whose constants are the start of the new one's. */
  readonly embedded: EmbedModel;
  /** Opens the embedded model. */
  openEmbedded(): Promise<Engine>;
  /** Opens a model from addresses of its files, by role. */
  open(id: string, spec: ModelSpec, addresses: Readonly<Record<string, string>>): Promise<Engine>;
}
