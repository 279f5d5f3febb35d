import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vite';
import type { TestProjectConfiguration } from 'vitest/config';
import { chromiumPath, FLAGS } from './test/support/chromium.js';
import { packageServer } from './test/support/package-server.js';

/** Headers that make a page cross-origin isolated, which the model's threads need. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Tests in a real Chromium, on a page with the headers given. */
const inBrowser = (name: string, headers: Record<string, string>): TestProjectConfiguration => ({
  server: { headers },
  plugins: [packageServer()],
  test: {
    name,
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath: chromiumPath(), args: FLAGS } }),
      instances: [{ browser: 'chromium' }],
    },
  },
});

const inNode = (name: string, seconds: number): TestProjectConfiguration => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: seconds * 1000, hookTimeout: seconds * 1000 },
});

export default defineConfig(({ mode }) => ({
  // `vite build` and `vite preview` are the demo's; tests run from the top.
  root: mode === 'test' ? '.' : 'demo',
  preview: { headers: ISOLATED },
  test: {
    projects: [
      inNode('unit', 20),
      inNode('node', 60),
      inBrowser('browser', {}),
      inBrowser('browser-isolated', ISOLATED),
      inNode('e2e', 120),
      inNode('package', 300),
    ],
  },
}));
