import type { Browser } from './browser.js';
import type { Row } from './row.js';
import type { Server } from './server.js';

/** What every measurement may use. */
export interface Bench {
  readonly browser: Browser;
  /** Serves pages that are not cross-origin isolated. */
  readonly plain: Server;
  /** Serves pages that are. */
  readonly isolated: Server;
  readonly stage: string;
}

/** Measures one or more rows. */
export type Measurement = (bench: Bench) => Promise<Row[]>;
