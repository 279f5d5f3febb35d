// Put before the worker's own code, to see from outside when it does what. Runs in the worker.
{
  const steps = [];
  Object.assign(globalThis, { benchSteps: steps });
  const at = () => performance.timeOrigin + performance.now();
  steps.push({ name: 'worker', begun: at(), ended: at() });
  const watch = (owner, method, name) => {
    const original = owner[method].bind(owner);
    owner[method] = async (...args) => {
      const begun = at();
      try {
        return await original(...args);
      } finally {
        steps.push({ name: typeof name === 'function' ? name(...args) : name, begun, ended: at() });
      }
    };
  };
  watch(WebAssembly, 'instantiateStreaming', 'wasm');
  watch(WebAssembly, 'instantiate', 'wasm');
  watch(crypto.subtle, 'digest', (_, bytes) => `hash ${bytes.byteLength}`);
}
