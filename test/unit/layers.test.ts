import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** What each folder of src may import besides itself: never upwards, so that there can be no cycle. */
const MAY_IMPORT: Record<string, string[]> = {
  contract: [],
  decide: ['contract'],
  engines: ['contract', 'decide'],
  documents: ['contract', 'decide'],
  store: ['contract'],
  models: ['contract', 'decide', 'engines', 'documents', 'store'],
  service: ['contract', 'decide', 'engines', 'documents', 'store'],
  bridge: ['contract'],
  worker: ['contract', 'engines', 'documents', 'store', 'models', 'service', 'bridge'],
  client: ['contract', 'engines', 'store', 'models', 'service', 'bridge', 'worker'],
  testing: ['contract', 'decide', 'engines', 'bridge', 'worker', 'client', 'surface.ts'],
  http: ['contract', 'service', 'client'],
  'service-worker': ['contract'],
  'models.ts': ['contract', 'engines', 'store', 'worker', 'client'],
  'http.ts': ['http', 'index.ts'],
  node: [
    'contract',
    'engines',
    'documents',
    'store',
    'models',
    'service',
    'bridge',
    'worker',
    'client',
    'http',
    'testing',
    'surface.ts',
  ],
  'surface.ts': ['contract', 'models', 'service', 'client'],
  'index.ts': ['contract', 'engines', 'client', 'surface.ts'],
};

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.d)\.ts$/.test(file));
const edges = files.flatMap((file) => {
  const code = readFileSync(join('src', file), 'utf8');
  const imports = [...code.matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)].map(([, path]) => path as string);
  return imports
    .filter((path) => path.endsWith('.js'))
    .map((path) => ({
      file,
      target: normalize(join(dirname(file), path)).replace(/\.js$/, '.ts'),
    }));
});
const room = (file: string) => file.split('/')[0] as string;

test('every file is read, and every import goes down or sideways', () => {
  expect(files.length).toBeGreaterThan(40);
  const wrong = edges.filter(({ file, target }) => {
    return room(file) !== room(target) && !MAY_IMPORT[room(file)]?.includes(room(target));
  });
  expect(wrong).toEqual([]);
});

test('no file imports itself through others', () => {
  const targets = new Map<string, string[]>();
  for (const { file, target } of edges) targets.set(file, [...(targets.get(file) ?? []), target]);
  const open = new Set<string>();
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string) => {
    if (open.has(file)) cycles.push([...open, file].join(' → '));
    if (open.has(file) || done.has(file)) return;
    open.add(file);
    for (const target of targets.get(file) ?? []) visit(target);
    open.delete(file);
    done.add(file);
  };
  for (const file of files) visit(file);
  expect(cycles).toEqual([]);
});

test('only the bridge knows comlink, and only one file the runtime', () => {
  const importing = (name: string) =>
    files.filter((file) => new RegExp(`from '${name}`).test(readFileSync(join('src', file), 'utf8'))).sort();
  expect(importing('comlink')).toEqual(['bridge/bridge.ts', 'bridge/node.ts']);
  expect(importing('onnxruntime-web')).toEqual(['engines/onnx.ts']);
});
