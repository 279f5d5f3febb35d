import type { Shapes } from '../store/typed.js';
import { isKey } from './account/keys.js';
import { isLog } from './account/logs.js';
import { isDay } from './account/usage.js';
import { isShard } from './cache/shard.js';
import { isVectors } from './cache/vectors.js';
import { isKept } from './classifiers.js';
import { isJob } from './jobs/job.js';

/** What tells a record of each table from one that was damaged. */
export const SHAPES: Shapes = {
  answers: isShard,
  classifiers: isKept,
  jobs: isJob,
  keys: isKey,
  logs: isLog,
  usage: isDay,
  vectors: isVectors,
};
