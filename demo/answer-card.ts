import type { ClasserError } from 'classer-local';
import type { Shown } from './asker.js';
import { Bars, percent } from './bars.js';
import { find, make, showOne } from './dom.js';
import { Loading } from './loading.js';
import type { Question } from './question.js';
import { Speech } from './speech.js';

/** The answer: its best labels, the confidence of all, and what it took. */
export class AnswerCard {
  readonly loading = new Loading();
  readonly #card = find('answer', HTMLElement);
  readonly #verdict = find('verdict', HTMLDivElement);
  readonly #problem = find('problem', HTMLDivElement);
  readonly #retry = make('button', { type: 'button', className: 'quiet', textContent: 'Try again' });
  readonly #bars: Bars;
  readonly #speech = new Speech();

  constructor({ onPress, onRetry }: { onPress: (label: string) => void; onRetry: () => void }) {
    this.#bars = new Bars(onPress);
    this.#retry.addEventListener('click', onRetry);
  }

  /** Bars without figures, so that the card has its size before the first answer. */
  outline({ labels }: Question): void {
    this.#bars.show(labels.map(({ name }) => ({ label: name, answered: false, pressable: false })));
  }

  /** Shows what `loading` tells, in place of the verdict. */
  wait(): void {
    this.#settle(this.loading.element);
    this.busy();
  }

  /** Says that what is shown will change. */
  busy(): void {
    this.#card.ariaBusy = 'true';
  }

  answered({ question, labels, scores, evidence, tokens, latency, model }: Shown): void {
    const tagging = question.mode === 'tag';
    const limit = percent(question.threshold);
    this.#card.classList.toggle('tagging', tagging);
    this.#card.style.setProperty('--threshold', String(question.threshold));
    const names = labels.map(({ label }) => label).join(', ');
    const [best] = labels;
    write('kind', tagging ? `Above ${limit}` : 'Best label');
    write('best', names || 'No label');
    write('confidence', !tagging && best ? percent(best.confidence) : '');
    write('tokens', tokens.toLocaleString('en'));
    write('latency', `${latency < 10 ? latency.toFixed(1) : Math.round(latency).toLocaleString('en')} ms`);
    write('model', model);
    const answered = new Set(labels.map(({ label }) => label));
    const explained = new Set(evidence.map(({ label }) => label));
    this.#bars.show(
      scores.map((score) => ({ ...score, answered: answered.has(score.label), pressable: explained.has(score.label) })),
    );
    this.#settle(this.#verdict);
    const spoken = labels.map(({ label, confidence }) => `${label} ${percent(confidence)}`);
    this.#speech.say(spoken.join(', ') || `No label above ${limit}`);
  }

  /** Tells what is wrong, and offers to try again where no field is to blame. */
  refused({ message, details }: ClasserError): void {
    this.#problem.replaceChildren(make('p', { textContent: message }), ...(details?.field ? [] : [this.#retry]));
    this.#settle(this.#problem);
    this.#speech.say('');
  }

  press(label: string | undefined): void {
    this.#bars.press(label);
  }

  #settle(shown: HTMLElement): void {
    showOne([this.#verdict, this.#problem, this.loading.element], shown);
    this.#card.classList.toggle('refused', shown === this.#problem);
    this.#card.ariaBusy = 'false';
  }
}

function write(id: string, text: string): void {
  find(id, HTMLElement).textContent = text;
}
