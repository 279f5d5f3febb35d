/** Every worker started since, so that a test can kill one behind the library's back. */
export interface CapturedWorkers {
  readonly started: readonly Worker[];
  restore(): void;
}

/** Watches the page's `Worker` without changing what it does. */
export function captureWorkers(): CapturedWorkers {
  const started: Worker[] = [];
  const Native = globalThis.Worker;
  globalThis.Worker = class extends Native {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      started.push(this);
    }
  };
  return {
    started,
    restore() {
      globalThis.Worker = Native;
    },
  };
}
