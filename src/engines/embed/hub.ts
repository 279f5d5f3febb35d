import type { LabelAttention } from './head.js';
import { pool } from './pool.js';
import { runs } from './runs.js';
import { TokenCosine } from './token-cosine.js';

/** What only models from hubs need, and is loaded with them: other tokenizers, pooling, and attention without a head. */
export const hubParts = {
  runs,
  pool,
  attention: (dimensions: number): LabelAttention => new TokenCosine(dimensions),
};
export type HubParts = typeof hubParts;
