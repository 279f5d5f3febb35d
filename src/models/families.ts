import type { Pooling } from '../engines/manifest.js';
import type { HubModel } from './hub-files.js';

/** What some models say on their pages only. */
interface Family {
  readonly pooling?: Pooling;
  readonly prefix?: string;
}

/** Families by the names of their models. */
const FAMILIES: readonly (readonly [name: RegExp, family: Family])[] = [
  // "Use 'query: ' for symmetric tasks, such as … classification" (the model cards of e5).
  [/(^|[/_-])e5[_-]/i, { pooling: 'mean', prefix: 'query: ' }],
  [/(^|[/_-])bge[_-]/i, { pooling: 'cls' }],
  [/(^|[/_-])gte[_-]modernbert/i, { pooling: 'cls' }],
  [/snowflake-arctic-embed|mxbai-embed/i, { pooling: 'cls' }],
];

/** What is known of a model by its name, where its files say nothing. */
export function familyOf({ id, config }: HubModel): Family {
  const names = [id, String(config['_name_or_path'] ?? '')];
  return FAMILIES.find(([name]) => names.some((one) => name.test(one)))?.[1] ?? {};
}
