/** A goal for a ratio. */
export interface Goal {
  readonly at: 'least' | 'most';
  readonly value: number;
}

/** What a ratio counts, to be read after its number. */
export type Unit = '× as fast' | '× its time' | '× its bytes' | '× its memory' | '× its throughput' | 'ms';

/** What a row of the bench compares. */
export interface Comparison {
  readonly name: string;
  readonly what: string;
  readonly against: string;
  readonly unit: Unit;
  readonly goal?: Goal;
  /** Why the goal is missed, where it is: Markdown, its links as a file of docs/ has them. */
  readonly why?: string;
}

const least = (value: number): Goal => ({ at: 'least', value });
const most = (value: number): Goal => ({ at: 'most', value });

const LOOP = "transformers.js' loop, a forward a label";

const single = (labels: number, goal: number, why?: string): Comparison => ({
  name: `single-${labels}`,
  what: `one text of 64 tokens, ${labels} cached labels, 1 thread`,
  against: LOOP,
  unit: '× as fast',
  goal: least(goal),
  ...(why && { why }),
});

/** Every row, in the order in which it is reported. */
export const CATALOGUE: readonly Comparison[] = [
  single(
    10,
    10,
    'Ten forwards, each a label longer, take little more than ten times what one takes, and a call adds 1 to 2 ms to its one: ' +
      '[the profile](forward.md#and-of-200-labels).',
  ),
  single(77, 60),
  single(200, 150),
  {
    name: 'batch-77',
    what: '1,000 texts of 16 tokens, 77 labels, 1 thread',
    against: `${LOOP}; 20 of the texts, scaled up`,
    unit: '× as fast',
    goal: least(100),
  },
  {
    name: 'native-1t',
    what: 'the encoder alone on WebAssembly, 64 tokens, 1 thread',
    against: 'native ONNX Runtime',
    unit: '× its time',
    goal: most(3.3),
    why:
      'Products of integers are two thirds of a forward, and 14 of the 21 ms that it takes longer than natively: native code ' +
      'multiplies and adds 64 bytes with one instruction, which WebAssembly does not have: [the profile](forward.md).',
  },
  {
    name: 'threads-2',
    what: 'one text of 64 tokens, 10 labels, 2 threads, isolated page',
    against: '1 thread',
    unit: '× as fast',
    goal: least(1.5),
  },
  {
    name: 'labels-200-vs-2',
    what: 'one text of 64 tokens, 200 cached labels, 1 thread',
    against: '2 labels',
    unit: '× its time',
    goal: most(1.15),
  },
  {
    name: 'long-linear',
    what: 'time a token, a text of 1,000,000 tokens, 1 thread',
    against: 'a text of 10,000',
    unit: '× its time',
    goal: most(1.1),
  },
  {
    name: 'long-memory',
    what: 'most memory taken so far, after a text of 1,000,000 tokens',
    against: 'after texts of 10,000',
    unit: '× its memory',
    // Flat: the text itself is 5 MB.
    goal: most(1.1),
  },
  {
    name: 'first-answer',
    what: 'navigation to first answer, 3 labels, files cached, 1 thread',
    against: "the same page with transformers.js' loop",
    unit: '× its time',
    goal: most(0.5),
    why:
      'Compiling and starting the runtime and opening the graph are two thirds and more of the time, and transformers.js has them too: ' +
      '[the profile](start-up.md#to-the-first-answer).',
  },
  {
    name: 'first-visit-bytes',
    what: 'what a first visit downloads with gzip, text only',
    against: 'the same page with transformers.js and weights of 67 MB',
    unit: '× its bytes',
    goal: most(0.3),
    why:
      "The encoder's weights alone are 19.8 MB with gzip, more than the 18.4 MB that the goal leaves: " +
      '[file by file](start-up.md#of-the-first-visit).',
  },
  {
    name: 'threads-2-batch',
    what: 'a batch of 16 texts of 64 tokens, 2 threads, isolated page',
    against: '1 thread',
    unit: '× as fast',
  },
  {
    name: 'pool-2',
    what: 'a batch of 512 texts of 16 tokens, 2 workers, a thread each',
    against: '1 worker',
    unit: '× as fast',
  },
  {
    name: 'http-overhead',
    what: 'a call to `classer serve`, on an engine that costs nothing',
    against: 'the same call without HTTP, taken off',
    unit: 'ms',
    goal: most(2),
  },
  {
    name: 'http-concurrent',
    what: '200 requests at once to `classer serve`, none lost',
    against: 'one direct batch of as many',
    unit: '× its throughput',
    goal: least(0.9),
    why:
      "The model's two threads want both cores, and lack what server and client take to send and read the requests. About half of " +
      "the server's share is Node's own HTTP, its parser of JSON and its garbage collector.",
  },
  {
    name: 'pdf-text',
    what: 'text of four PDFs of 20 pages, nothing drawn: letters, prose, columns, tables',
    against: 'bare pdf.js, getTextContent page by page',
    unit: '× its time',
    goal: most(1.3),
  },
  {
    name: 'pdf-progress',
    what: 'time to the first progress of a PDF of 20 pages with 150 tokens each, 1 thread',
    against: 'the time of its answer',
    unit: '× its time',
    goal: most(0.1),
  },
  {
    name: 'pdf-memory',
    what: 'most memory taken so far, after ten more such PDFs in a row',
    against: 'after the first one',
    unit: '× its memory',
    goal: most(1.1),
    why:
      'It grows with the first three answers and stays from then on. It is not the PDF that takes it: eleven answers whose reading by ' +
      'the model is cut short with `budget_ms` take no more than the first one.',
  },
];
