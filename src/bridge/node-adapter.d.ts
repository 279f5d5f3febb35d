declare module 'comlink/dist/esm/node-adapter.mjs' {
  import type { Endpoint } from 'comlink';
  /** Makes a Node message port look like a browser's. */
  export default function nodeEndpoint(port: unknown): Endpoint;
}
