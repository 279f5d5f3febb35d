import type { ClasserError } from 'classer-local';
import { find, make } from './dom.js';
import { FileField } from './file-field.js';
import { LabelList } from './label-list.js';
import { MarkedText } from './marked-text.js';
import type { Question } from './question.js';
import { SAMPLES } from './samples.js';
import { Settings } from './settings.js';

/** All that the visitor can set. */
export class Form {
  readonly text: MarkedText;
  readonly #file: FileField;
  readonly #labels: LabelList;
  readonly #settings: Settings;

  constructor(onChange: () => void) {
    this.text = new MarkedText(onChange);
    this.#file = new FileField(() => {
      // What was there before is another question's.
      if (this.#file.value) this.text.value = '';
      onChange();
    });
    this.#labels = new LabelList(onChange);
    this.#settings = new Settings(onChange);
    const buttons = SAMPLES.map((sample) => {
      const button = make('button', { type: 'button', className: 'chip', textContent: sample.title });
      button.addEventListener('click', () => {
        this.#file.clear();
        this.question = sample;
        onChange();
      });
      return button;
    });
    find('samples', HTMLFieldSetElement).append(...buttons);
    this.question = SAMPLES[0];
  }

  get question(): Question {
    const { mode, threshold } = this.#settings;
    return { mode, threshold, text: this.text.value, file: this.#file.value, labels: this.#labels.value };
  }

  set question({ mode, threshold, text, labels }: Question) {
    this.text.value = text;
    this.#labels.value = labels;
    this.#settings.set(mode, threshold);
  }

  /** Marks the fields that an error is about; none takes the marks away. */
  refuse(error?: ClasserError): void {
    const field = error?.details?.field;
    const places = Array.from(error?.message.matchAll(/labels\[(\d+)\]/g) ?? [], ([, place]) => Number(place));
    this.text.invalid = field === 'text';
    this.#file.invalid = field === 'file';
    this.#labels.refuse(places, field === 'labels' && places.length === 0);
  }
}
