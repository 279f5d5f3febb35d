import { percent } from './bars.js';
import { find } from './dom.js';
import type { Mode } from './question.js';

const MEANING = {
  classify: 'The one best label',
  tag: 'All labels that fit',
} as const;

/** The kind of answer, and the threshold that one of the kinds has. */
export class Settings {
  readonly #mode = find('mode', HTMLFieldSetElement);
  readonly #threshold = find('threshold', HTMLInputElement);

  constructor(onChange: () => void) {
    for (const element of [this.#mode, this.#threshold]) {
      element.addEventListener('input', () => {
        this.#draw();
        onChange();
      });
    }
  }

  get mode(): Mode {
    return this.#mode.querySelector<HTMLInputElement>(':checked')?.value === 'tag' ? 'tag' : 'classify';
  }

  get threshold(): number {
    return this.#threshold.valueAsNumber;
  }

  set(mode: Mode, threshold: number): void {
    for (const radio of this.#mode.querySelectorAll('input')) radio.checked = radio.value === mode;
    this.#threshold.valueAsNumber = threshold;
    this.#draw();
  }

  #draw(): void {
    find('meaning', HTMLElement).textContent = MEANING[this.mode];
    find('threshold-value', HTMLOutputElement).value = percent(this.threshold);
    find('threshold-row', HTMLLabelElement).classList.toggle('unused', this.mode !== 'tag');
    this.#threshold.disabled = this.mode !== 'tag';
  }
}
