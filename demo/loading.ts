import { find } from './dom.js';

interface Step {
  readonly done: number;
  readonly total: number;
}

/** How far the page is from its first answer. */
export class Loading {
  readonly element = find('loading', HTMLDivElement);
  readonly #bar = find('progress', HTMLProgressElement);
  readonly #title = find('loading-step', HTMLElement);
  readonly #detail = find('loading-detail', HTMLElement);

  /** The service worker fetches everything, once. */
  downloading(bytes: Step): void {
    this.#show('Downloading, only this once', bytes, `${megabytes(bytes.done)} of ${megabytes(bytes.total)} MB`);
  }

  /** The worker reads the model, from this machine if the service worker has it. */
  starting(bytes: Step): void {
    this.#show('Starting the model', bytes, `${megabytes(bytes.done)} of ${megabytes(bytes.total)} MB`);
  }

  /** A file was chosen. */
  opening(): void {
    this.#show('Reading the file', { done: 0, total: 1 }, '');
  }

  /** Pages are read one after the other, those without text in fractions. */
  turning(pages: Step): void {
    const page = Math.min(pages.total, Math.floor(pages.done) + 1);
    this.#show('Reading the file', pages, `Page ${page} of ${pages.total}`);
  }

  /** A long text is being read. */
  reading(tokens: Step): void {
    const [done, total] = [tokens.done, tokens.total].map((count) => count.toLocaleString('en'));
    this.#show('Reading', tokens, `${done} of ${total} tokens`);
  }

  #show(title: string, { done, total }: Step, detail: string): void {
    this.#title.textContent = title;
    this.#detail.textContent = detail;
    this.#bar.value = total > 0 ? done / total : 0;
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
