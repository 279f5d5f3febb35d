import { fileURLToPath } from 'node:url';
import type { Plugin } from 'rolldown';

/** The entries that others import as they lie beside them in dist, so that both share one worker. */
const ENTRIES: Record<string, string> = {
  [fileURLToPath(new URL('../src/index.ts', import.meta.url))]: './index.js',
  [fileURLToPath(new URL('../src/node/index.ts', import.meta.url))]: './node.js',
};

/** Leaves imports of the main entries as imports of the files that they become. */
export const sibling: Plugin = {
  name: 'sibling',
  async resolveId(source, importer) {
    if (!importer) return undefined;
    const found = await this.resolve(source, importer, { skipSelf: true });
    const entry = found && ENTRIES[found.id];
    return entry ? { id: entry, external: true } : undefined;
  },
};
