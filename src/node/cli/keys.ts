import type { Classer } from '../../client/classer.js';
import { invalid } from '../../contract/errors.js';
import type { Options } from './options.js';
import { visible } from './print.js';

/** `classer keys [create NAME | revoke ID]`. */
export async function keys(classer: Classer, words: readonly string[], options: Options): Promise<string> {
  const [action = 'list', name = ''] = words;
  if (action === 'create') {
    const made = await classer.keys.create({ name });
    return options.json ? JSON.stringify(made) : `${made.key}\nIt is shown this once; its id is ${made.id}.`;
  }
  if (action === 'revoke') {
    await classer.keys.remove(name);
    return `${name} is revoked`;
  }
  if (action !== 'list') throw invalid('command', `classer keys takes create or revoke, not ${action}.`);
  const all = await classer.keys.list();
  if (options.json) return JSON.stringify(all);
  return all.map((one) => `${one.id}  ${one.created_at}  ${visible(one.name)}`).join('\n');
}
