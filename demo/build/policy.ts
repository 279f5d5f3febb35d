import type { Plugin } from 'vite';
import { POLICY } from '../headers.js';

/** Writes the content policy into the built page, for hosts that send no header. */
export function policy(): Plugin {
  return {
    name: 'demo-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}
