/** What runs a model: the processor through WebAssembly, or a graphics card. */
export type Device = 'wasm' | 'webgpu';
