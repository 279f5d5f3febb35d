import { find } from './dom.js';

/** The file that is read besides the text. */
export class FileField {
  readonly #input = find('file', HTMLInputElement);
  readonly #remove = find('remove-file', HTMLButtonElement);

  constructor(onChange: () => void) {
    this.#input.addEventListener('change', () => {
      this.#draw();
      onChange();
    });
    this.#remove.addEventListener('click', () => {
      this.clear();
      onChange();
    });
  }

  get value(): File | undefined {
    return this.#input.files?.[0];
  }

  set invalid(invalid: boolean) {
    this.#input.ariaInvalid = String(invalid);
  }

  clear(): void {
    this.#input.value = '';
    this.#draw();
  }

  #draw(): void {
    this.#remove.hidden = this.value === undefined;
  }
}
