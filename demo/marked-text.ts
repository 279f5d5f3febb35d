import { find, make } from './dom.js';

/** A stretch of the text and how much it counted, 0–1. */
export interface Passage {
  readonly start?: number;
  readonly end?: number;
  readonly weight: number;
}

/** The text box; a copy of its text lies behind it and carries the marks. */
export class MarkedText {
  readonly #box = find('text', HTMLTextAreaElement);
  readonly #behind = find('marked', HTMLDivElement);
  #passages: readonly Passage[] = [];

  constructor(onChange: () => void) {
    this.#box.addEventListener('input', () => {
      this.#draw();
      onChange();
    });
  }

  get value(): string {
    return this.#box.value;
  }

  set value(text: string) {
    this.#box.value = text;
    this.mark([]);
  }

  set invalid(invalid: boolean) {
    this.#box.ariaInvalid = String(invalid);
  }

  /** Marks passages; the offsets stay until the next answer, so that marks do not flicker while one types. */
  mark(passages: readonly Passage[]): void {
    this.#passages = passages.toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0));
    this.#draw();
  }

  #draw(): void {
    const strongest = Math.max(...this.#passages.map(({ weight }) => weight));
    const text = this.#box.value;
    const parts: (Node | string)[] = [];
    let at = 0;
    for (const { start = 0, end = 0, weight } of this.#passages) {
      if (start < at || start >= text.length) continue;
      const mark = make('mark', {}, text.slice(start, end));
      // Squared, so that the strongest stands out.
      mark.style.setProperty('--strength', String((weight / strongest) ** 2));
      parts.push(text.slice(at, start), mark);
      at = end;
    }
    // A last line that is empty takes room in the box, and must do so here.
    this.#behind.replaceChildren(...parts, text.slice(at), '\n');
  }
}
