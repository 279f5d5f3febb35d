/** Which of the package's workers a test changes, and what runs there before it. */
export interface Doctored {
  /** Such workers that were started since. */
  readonly started: () => number;
  restore(): void;
}

const ON_WEBGPU = /\/dist\/worker-webgpu\.js$/;

/** Runs code, a module's, before the worker of a file, that on WebGPU, wherever one is started; the worker itself is the package's own. */
export function doctorWorkers(code = '', file = ON_WEBGPU): Doctored {
  const Native = globalThis.Worker;
  let started = 0;
  globalThis.Worker = class extends Native {
    constructor(url: string | URL, options?: WorkerOptions) {
      const own = new URL(url, location.href).href;
      if (!file.test(own)) {
        super(url, options);
        return;
      }
      started++;
      const first = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
      const both = `import ${JSON.stringify(first)}; import ${JSON.stringify(own)};`;
      super(URL.createObjectURL(new Blob([both], { type: 'text/javascript' })), options);
    }
  };
  return {
    started: () => started,
    restore() {
      globalThis.Worker = Native;
    },
  };
}
