import { find } from './dom.js';

/** Milliseconds of quiet before an answer is read out: not every key press deserves a sentence. */
const QUIET = 700;

/** What a screen reader says. */
export class Speech {
  readonly #element = find('spoken', HTMLParagraphElement);
  #timer = 0;

  say(text: string): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      if (this.#element.textContent !== text) this.#element.textContent = text;
    }, QUIET);
  }
}
