import { find, make } from './dom.js';
import { type LabelRow, namesIn } from './question.js';

/** The labels with their descriptions, to add to, change and remove. */
export class LabelList {
  readonly #rows = find('rows', HTMLOListElement);
  readonly #names = find('names', HTMLInputElement);
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
    this.#rows.addEventListener('input', onChange);
    find('add', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      this.#add(this.#names.value);
    });
    // A single-line box would join the lines of a pasted list.
    this.#names.addEventListener('paste', (event) => {
      const list = event.clipboardData?.getData('text') ?? '';
      if (!list.trim().includes('\n')) return;
      event.preventDefault();
      this.#add(list);
    });
    find('clear', HTMLButtonElement).addEventListener('click', () => {
      this.value = [];
      this.#names.focus();
      onChange();
    });
  }

  get value(): LabelRow[] {
    return Array.from(this.#rows.children, (row) => {
      const [name, description] = row.querySelectorAll('input');
      return { name: name?.value ?? '', description: description?.value ?? '' };
    });
  }

  set value(labels: readonly LabelRow[]) {
    this.#rows.replaceChildren(...labels.map((label) => this.#row(label)));
  }

  /** Marks the labels at these places as wrong; the box for new ones stands in where there is no place. */
  refuse(places: readonly number[], others: boolean): void {
    for (const [place, row] of [...this.#rows.children].entries()) {
      row.querySelector('input')?.setAttribute('aria-invalid', String(places.includes(place)));
    }
    this.#names.ariaInvalid = String(others);
  }

  #add(list: string): void {
    const known = new Set(this.value.map(({ name }) => name));
    const names = namesIn(list).filter((name) => !known.has(name));
    this.#rows.append(...names.map((name) => this.#row({ name, description: '' })));
    this.#names.value = '';
    if (names.length > 0) this.#onChange();
  }

  #row({ name, description }: LabelRow): HTMLLIElement {
    const remove = make('button', { type: 'button', className: 'quiet remove', title: 'Remove', textContent: '×' });
    remove.ariaLabel = 'Remove this label';
    const row = make(
      'li',
      {},
      make('input', { value: name, ariaLabel: 'Label', placeholder: 'Label', autocomplete: 'off' }),
      make('input', {
        value: description,
        ariaLabel: 'Description',
        placeholder: 'Description (optional)',
        autocomplete: 'off',
      }),
      remove,
    );
    remove.addEventListener('click', () => this.#remove(row));
    return row;
  }

  #remove(row: HTMLLIElement): void {
    const neighbour = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (neighbour?.querySelector('input') ?? this.#names).focus();
    this.#onChange();
  }
}
