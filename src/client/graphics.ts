import { once } from '../contract/once.js';
import type { Supervisor } from './supervisor.js';

/** Whether WebGPU may answer, and why. */
export interface Verdict {
  readonly taken: boolean;
  readonly why: string;
}

/** Has a worker on WebGPU answer what one on WebAssembly answers, too; rejects where that says nothing. */
export type TryOut = (wasm: Supervisor, webgpu: Supervisor) => Promise<Verdict>;

/** What a graphics card is tried with. */
export interface GraphicsParts {
  readonly wasm: Supervisor;
  /** Makes the keeper of a worker on WebGPU, which tells of its death. */
  readonly webgpu: (onLost: (why: string) => void) => Supervisor;
  readonly tryOut: TryOut;
  /** Milliseconds without a call after which it is tried. */
  readonly idle: number;
}

/** A graphics card, beside the processor: tried when nothing is to be answered, trusted until it fails. */
export class Graphics {
  readonly #parts: GraphicsParts;
  readonly #webgpu: Supervisor;
  #trusted = false;
  #done = false;
  #why = 'WebGPU was not tried yet; that waits until nothing is to be answered.';
  #calls = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: GraphicsParts) {
    this.#parts = parts;
    this.#webgpu = parts.webgpu((why) => this.#distrust(`WebGPU was given up: ${why}`));
  }

  get why(): string {
    return this.#why;
  }

  /** What keeps the worker on the card, where that may answer. */
  get trusted(): Supervisor | undefined {
    return this.#trusted ? this.#webgpu : undefined;
  }

  /** Tries it now; never rejects. */
  readonly tried = once(async (): Promise<void> => {
    const { wasm, tryOut } = this.#parts;
    clearTimeout(this.#timer);
    this.#done = true;
    try {
      const { taken, why } = await tryOut(wasm, this.#webgpu);
      this.#trusted = taken;
      this.#why = why;
    } catch (error) {
      this.#why = `WebGPU could not be tried: ${error instanceof Error ? error.message : error}`;
    }
    (this.#trusted ? wasm : this.#webgpu).rest();
  });

  /** Waits for calls before it is tried: one begins. */
  begin(): void {
    this.#calls++;
    clearTimeout(this.#timer);
  }

  /** One has ended. */
  end(): void {
    if (--this.#calls > 0 || this.#done) return;
    this.#timer = setTimeout(() => void this.tried(), this.#parts.idle);
  }

  /** A call on the card failed: those beside it are rejected, to be answered elsewhere. */
  giveUp(why: string): void {
    this.#webgpu.lose(why);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#done = true;
    this.#webgpu.dispose();
  }

  #distrust(why: string): void {
    if (!this.#trusted) return;
    this.#trusted = false;
    this.#why = why;
  }
}
