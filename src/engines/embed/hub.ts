import { failure } from '../../contract/errors.js';
import type { EmbedModel } from '../manifest.js';
import type { LabelAttention } from './head.js';
import { pool } from './pool.js';
import { runs } from './runs.js';
import { TokenCosine } from './token-cosine.js';

/** What only models from hubs need, and is loaded with them: other tokenizers, pooling, and attention without a head. */
export const hubParts = {
  runs,
  pool,
  checkRoom,
  attention: (dimensions: number): LabelAttention => new TokenCosine(dimensions),
};
export type HubParts = typeof hubParts;

/** Rejects a model whose special tokens and prefix leave a window no room: a text would hardly be gone on with, or never. */
function checkRoom(frame: number, { window, overlap }: EmbedModel['encoder']): void {
  if (window - frame >= 2 * overlap) return;
  const message = `Its prefix and special tokens are ${frame} of the ${window} tokens of its window.`;
  throw failure('MODEL_UNAVAILABLE', message);
}
