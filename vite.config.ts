import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type UserConfig } from 'vite';
import type { TestProjectConfiguration, UserWorkspaceConfig } from 'vitest/config';
import { lifetime } from './demo/build/lifetime.js';
import { policy } from './demo/build/policy.js';
import { precache } from './demo/build/precache.js';
import { HEADERS, ISOLATION } from './demo/headers.js';
import { chromiumPath, FLAGS } from './test/support/chromium.js';
import { faultyServer } from './test/support/faulty-server.js';
import { hubPlugin } from './test/support/hub/server.js';
import { packageServer } from './test/support/package-server.js';

/** Tests in a real Chromium, on a page with the headers given. */
const inBrowser = (
  name: string,
  headers: Record<string, string>,
  exclude: string[] = [],
  { folder = 'browser', flags = [] as string[] } = {},
): UserWorkspaceConfig => ({
  server: { headers },
  plugins: [packageServer(), faultyServer(), hubPlugin()],
  test: {
    name,
    include: [`test/${folder}/**/*.test.ts`],
    exclude,
    testTimeout: 60_000,
    globalSetup: [HOME, 'test/support/node-answers.ts'],
    provide: { isolated: 'Cross-Origin-Embedder-Policy' in headers },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath: chromiumPath(), args: [...FLAGS, ...flags] } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});

/** On a graphics card that is a program: Chromium has one where it is allowed. */
const onWebGpu = () => inBrowser('webgpu', {}, [], { folder: 'webgpu', flags: ['--enable-unsafe-webgpu'] });

/** Tests of what takes no notice of an isolated page's threads; they take long. */
const THREADLESS = ['models', 'nli', 'pairs', 'pictures', 'photographs', 'files', 'store', 'urgency', 'vectors'].map(
  (name) => `test/browser/${name}.test.ts`,
);

/** Nothing of the user's own is read or changed, and nothing that an earlier run left behind is answered with. */
const HOME = 'test/support/home.ts';

const inNode = (name: string, seconds: number): UserWorkspaceConfig => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
    globalSetup: HOME,
  },
});

/** The hosted SDK's own test files, as it ships them, answered here. */
const sdk = (name: string, files: string[], setup: string) => ({
  name,
  include: files.map((file) => `node_modules/classer-ai/dist/${file}`),
  exclude: [],
  globalSetup: HOME,
  setupFiles: setup,
});
const sdkInNode: UserWorkspaceConfig = {
  test: sdk('sdk', ['index.test.js', 'integration.test.js'], 'test/support/sdk-node.ts'),
};
const sdkInBrowser = (): UserWorkspaceConfig => {
  const { test, ...rest } = inBrowser('sdk-browser', {});
  const files = sdk('sdk-browser', ['integration.test.js'], 'test/support/sdk-browser.ts');
  return { ...rest, test: { ...test, ...files } };
};

/** `vite build` and `vite preview`: the demo. */
const demo = (): UserConfig => ({
  root: 'demo',
  base: './',
  plugins: [policy(), lifetime(), precache()],
  build: { modulePreload: { polyfill: false } },
  // No other origin is to read it, and no `Vary` is to keep a browser from reusing what it has.
  preview: { headers: HEADERS, cors: false },
});

/** One after the other: each model takes every core it finds, and the tests hold it to time limits. */
const inTurn = (projects: UserWorkspaceConfig[]): TestProjectConfiguration[] =>
  projects.map((project, groupOrder) => ({
    ...project,
    test: { ...project.test, maxWorkers: 1, sequence: { groupOrder } },
  }));

/** `vitest`: a function, because only tests need a browser to be found. */
const projects = (): UserWorkspaceConfig[] => [
  inNode('unit', 20),
  inNode('node', 60),
  inNode('docs', 60),
  inBrowser('browser', {}),
  inBrowser('browser-isolated', ISOLATION, THREADLESS),
  onWebGpu(),
  inNode('types', 60),
  inNode('e2e', 120),
  inNode('package', 300),
  sdkInNode,
  sdkInBrowser(),
];

export default defineConfig(({ mode }) => {
  if (mode === 'test') return { test: { projects: inTurn(projects()) } };
  // `npm run test:long`: what takes too long for every change.
  if (mode === 'long') return { test: { projects: inTurn([inNode('long', 1800)]) } };
  return demo();
});
