import { readFile } from 'node:fs/promises';
import type { Classer } from '../../client/classer.js';
import { failure, invalid } from '../../contract/errors.js';
import type { Options } from './options.js';
import { visible } from './print.js';
import { toRequest } from './request.js';

/** `classer classifiers [save NAME | export | import FILE | remove NAME]`. */
export async function classifiers(classer: Classer, words: readonly string[], options: Options): Promise<string> {
  const [action = 'list', name = ''] = words;
  const saved = classer.classifiers;
  switch (action) {
    case 'list': {
      const all = await saved.list();
      if (options.json) return JSON.stringify(all);
      return all.map((one) => `${one.name}@v${one.version}  ${one.labels.map(visible).join(', ')}`).join('\n');
    }
    case 'save': {
      const { text: _, timeout: __, cache: ___, ...definition } = toRequest('', options);
      const { version } = await saved.save({ ...definition, name } as never);
      return `${name}@v${version}`;
    }
    case 'export':
      return JSON.stringify(await saved.export(), null, 2);
    case 'import': {
      const added = await saved.import(await readJson(name));
      return added.map((one) => `${one.name}@v${one.version}`).join('\n');
    }
    case 'remove':
      await saved.remove(name);
      return `${name} is removed`;
    default:
      throw invalid('command', `classer classifiers takes save, export, import or remove, not ${action}.`);
  }
}

async function readJson(path: string) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const { message } = cause as Error;
    throw failure('BAD_REQUEST', `${path || 'FILE'} cannot be read as JSON: ${message}`, { field: 'FILE' }, cause);
  }
}
