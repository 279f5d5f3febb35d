import { createClasser } from 'classer-local';
import { AnswerCard } from './answer-card.js';
import { Asker, type Shown } from './asker.js';
import { find, make } from './dom.js';
import { Form } from './form.js';
import { install, isHeld } from './offline.js';

let latest: Shown | undefined;

/** Shows why: the passages that spoke for one of the answered labels. */
function explain(label: string | undefined): void {
  const passages = latest?.evidence.filter((one) => one.label === label) ?? [];
  form.text.mark(passages.filter(({ kind }) => kind === 'text'));
  card.press(label);
  const [strongest] = passages.toSorted((a, b) => b.weight - a.weight);
  if (strongest?.kind === 'page') {
    const shows = strongest.shows === undefined ? '' : `: ${strongest.shows}`;
    find('legend', HTMLElement).textContent = `Page ${strongest.page} speaks most for “${label}”${shows}`;
    return;
  }
  const quote = strongest && form.text.value.slice(strongest.start, strongest.end);
  // The marks are for the eye; the strongest one is there to be read out too.
  find('legend', HTMLElement).replaceChildren(
    ...(quote
      ? [`Highlighted: what speaks for “${label}”`, make('span', { className: 'unseen', textContent: `: ${quote}` })]
      : []),
  );
}

const ask = () => asker.ask(form.question);
const card = new AnswerCard({ onPress: explain, onRetry: ask });
const form = new Form(ask);
const classer = createClasser();

/** A text of this many tokens takes long enough for a progress bar. */
const LONG = 5000;

/** The file of the question that was asked last. */
let file: File | undefined;

const asker = new Asker(classer, start(), {
  asked(question) {
    // A text is answered within a blink, and the page would flicker; until a file is read, nothing is known of it.
    if (question.file && question.file !== file) {
      card.loading.opening();
      card.wait();
      explain(undefined);
    } else card.busy();
    file = question.file;
  },
  answered(answer) {
    latest = answer;
    form.refuse();
    card.answered(answer);
    explain(answer.labels[0]?.label);
  },
  refused(error) {
    latest = undefined;
    form.refuse(error);
    card.refused(error);
    explain(undefined);
  },
  reading(progress) {
    if (progress.stage === 'text' && progress.total < LONG) return;
    // A worker that was lost, or failed to start, is started again by the next question.
    if (progress.stage === 'model') card.loading.starting(progress);
    else if (progress.stage === 'document') card.loading.turning(progress);
    else card.loading.reading(progress);
    card.wait();
  },
});

/** Settles when questions can be asked; a failure is told by the first of them. */
async function start(): Promise<void> {
  card.outline(form.question);
  card.wait();
  const installed = await install((bytes) => card.loading.downloading(bytes));
  await classer.ready({ onProgress: (bytes) => card.loading.starting(bytes) }).catch(() => undefined);
  if (installed) void isHeld().then(showOffline);
}

function showOffline(held: boolean): void {
  const fact = find('offline', HTMLLIElement);
  fact.classList.toggle('good', held);
  fact.textContent = held ? 'Offline ready' : 'Not ready for offline use';
}

const isolated = find('isolated', HTMLLIElement);
isolated.classList.toggle('good', crossOriginIsolated);
isolated.textContent = crossOriginIsolated ? 'Isolated: threads on' : 'Not isolated: one thread';

ask();
