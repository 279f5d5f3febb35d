import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether this project's pages are served with the headers of cross-origin isolation. */
    isolated: boolean;
  }
}

/** Whether the page should be cross-origin isolated, by the project that the test runs in. */
export const isolated = (): boolean => inject('isolated');
