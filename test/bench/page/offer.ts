/** Makes a function callable from outside the page. */
export function offer<Options, Result>(bench: (options: Options) => Promise<Result>): void {
  Object.assign(globalThis, { bench });
}

/** The package as a page loads it: its own files, past any bundler. */
export const importPackage = (): Promise<typeof import('classer-local')> => {
  const address = '/dist/index.js';
  return import(address);
};

/** The runtime's two files, the ones the package ships. */
export const RUNTIME = {
  mjs: new URL('/dist/ort/ort-wasm-simd-threaded.mjs', location.href).href,
  wasm: new URL('/dist/ort/ort-wasm-simd-threaded.wasm', location.href).href,
};
