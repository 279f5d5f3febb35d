import { find, make } from './dom.js';

/** One label's bar. */
export interface Bar {
  readonly label: string;
  /** 0–1; undefined while there is no answer. */
  readonly confidence?: number;
  readonly answered: boolean;
  /** Pressing it shows its evidence. */
  readonly pressable: boolean;
}

export const percent = (share: number): string => `${Math.round(100 * share)}%`;

/** The confidence of every label, highest first; a bar that changes place moves there. */
export class Bars {
  readonly #list = find('bars', HTMLOListElement);
  readonly #rows = new Map<string, HTMLLIElement>();

  constructor(onPress: (label: string) => void) {
    this.#list.addEventListener('click', ({ target }) => {
      const label = target instanceof Element && target.closest('button')?.value;
      if (typeof label === 'string') onPress(label);
    });
  }

  show(bars: readonly Bar[]): void {
    const before = new Map([...this.#rows].map(([label, row]) => [label, row.offsetTop]));
    const rows = bars.map((bar) => this.#row(bar));
    const shown = new Set(bars.map(({ label }) => label));
    for (const label of this.#rows.keys()) if (!shown.has(label)) this.#rows.delete(label);
    if (rows.some((row, place) => this.#list.children[place] !== row) || rows.length !== this.#list.children.length) {
      const focused = document.activeElement;
      this.#list.replaceChildren(...rows);
      if (focused instanceof HTMLElement && this.#list.contains(focused)) focused.focus();
    }
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const [label, row] of this.#rows) {
      const distance = (before.get(label) ?? row.offsetTop) - row.offsetTop;
      if (distance) row.animate({ translate: [`0 ${distance}px`, '0 0'] }, { duration: 180, easing: 'ease-out' });
    }
  }

  /** Marks the bar whose evidence is shown. */
  press(label: string | undefined): void {
    for (const [name, row] of this.#rows)
      row.querySelector('button')?.setAttribute('aria-pressed', String(name === label));
  }

  #row({ label, confidence, answered, pressable }: Bar): HTMLLIElement {
    const row = this.#rows.get(label) ?? empty(label);
    this.#rows.set(label, row);
    row.classList.toggle('answered', answered);
    row.style.setProperty('--share', String(confidence ?? 0));
    const button = row.querySelector('button');
    if (button) button.disabled = !pressable;
    const figure = row.querySelector('.figure');
    if (figure) figure.textContent = confidence === undefined ? '–' : percent(confidence);
    return row;
  }
}

function empty(label: string): HTMLLIElement {
  const name = make('span', { className: 'label', textContent: label, title: label });
  const track = make('span', { className: 'track' }, make('span', { className: 'fill' }));
  return make(
    'li',
    {},
    make('button', { type: 'button', value: label }, name, make('span', { className: 'figure' }), track),
  );
}
