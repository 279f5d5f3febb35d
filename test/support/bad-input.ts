/** One of the four calls. */
export type Method = 'classify' | 'tag' | 'classifyBatch' | 'tagBatch';

/**
 * What a request must lead to: an error of this code that names this field, or an answer, or either of them
 * where both are right.
 */
export type Want =
  | { readonly code: string; readonly field?: string; readonly says?: string }
  | { readonly label: string }
  | 'answer'
  | 'answer or text error';

/** A request that is wrong, or looks it, and what must come of it everywhere. */
export interface BadInput {
  readonly name: string;
  readonly method?: Method;
  /** Made on demand: some are large. */
  readonly request: () => unknown;
  readonly want: Want;
  /** What JSON cannot carry, such as NaN, or what HTTP takes otherwise. */
  readonly onlyInJs?: true;
}

/** The status that the contract gives each code. */
export const STATUS: Readonly<Record<string, number>> = {
  BAD_REQUEST: 400,
  CLASSIFIER_NOT_FOUND: 404,
  MODEL_NOT_FOUND: 404,
  VALIDATION_ERROR: 422,
  DOCUMENT_ERROR: 422,
};

/** A good request: after each bad one it must be answered as ever. */
export const GOOD = { text: 'I was charged twice this month', labels: ['billing', 'technical', 'praise'] };

const { text, labels } = GOOD;
const bad = (field: string, says = ''): Want => ({ code: 'VALIDATION_ERROR', field, says });
const with_ = (fields: object) => () => ({ text, labels, ...fields });
/** JSON.parse gives `__proto__` as a field of its own, which an object literal does not. */
const proto = (value: unknown) => JSON.parse(`{"__proto__": ${JSON.stringify(value)}}`);
const names = (count: number) => Array.from({ length: count }, (_, i) => `label ${i}`);
const refund = (label: string, other = 'weather') => ({ text: 'please refund my money', labels: [label, other] });

const TEXTS: BadInput[] = [
  { name: 'no text', request: () => ({ labels }), want: bad('text', 'required') },
  { name: 'text null', request: with_({ text: null }), want: bad('text') },
  { name: 'text empty', request: with_({ text: '' }), want: bad('text', 'empty') },
  { name: 'text of white space', request: with_({ text: ' \n\t\u3000' }), want: bad('text', 'empty') },
  { name: 'text a number', request: with_({ text: 5 }), want: bad('text', 'number') },
  { name: 'text an array', request: with_({ text: ['a'] }), want: bad('text', 'array') },
  { name: 'text an object', request: with_({ text: {} }), want: bad('text', 'object') },
  {
    name: 'over a million tokens',
    request: with_({ text: 'word '.repeat(1_000_001) }),
    want: bad('text', '1,000,000'),
  },
  { name: '10 MB of a', request: with_({ text: 'a'.repeat(1e7) }), want: 'answer or text error' },
  { name: '10 MB of dots', request: with_({ text: '.'.repeat(1e7) }), want: 'answer or text error' },
  { name: '10 MB of 語', request: with_({ text: '語'.repeat(3.3e6) }), want: 'answer or text error' },
  { name: '10 MB of emoji', request: with_({ text: '👍'.repeat(2.5e6) }), want: 'answer or text error' },
  { name: '10 MB of NUL', request: with_({ text: '\0'.repeat(1.6e6) }), want: 'answer or text error' },
  { name: '10 MB of blanks', request: with_({ text: ' '.repeat(1e7) }), want: bad('text', 'empty') },
  { name: 'NUL in text', request: with_({ text: 'I was\0 charged\0 twice\0' }), want: { label: 'billing' } },
  { name: 'emoji', request: with_({ text: '😡 I was charged twice 💳💳' }), want: { label: 'billing' } },
  {
    name: 'right to left',
    request: with_({ text: '\u202eI was charged twice\u202c שלום' }),
    want: { label: 'billing' },
  },
  { name: 'Arabic', request: with_({ text: 'تم خصم المبلغ مرتين هذا الشهر' }), want: 'answer' },
  {
    name: 'lone surrogates',
    request: with_({ text: '\ud83d I was charged twice \udc4d' }),
    want: { label: 'billing' },
  },
  { name: 'a lone surrogate alone', request: with_({ text: '\udfff' }), want: 'answer' },
];

const LABELS: BadInput[] = [
  { name: 'no labels', request: () => ({ text }), want: bad('labels', 'required') },
  { name: 'labels null', request: with_({ labels: null }), want: bad('labels') },
  { name: 'labels a string', request: with_({ labels: 'billing' }), want: bad('labels', 'string') },
  { name: 'labels an object', request: with_({ labels: { a: 1 } }), want: bad('labels', 'object') },
  { name: '0 labels', request: with_({ labels: [] }), want: bad('labels', '0') },
  { name: '201 labels', request: with_({ labels: names(201) }), want: bad('labels', '201') },
  { name: '200 labels', request: with_({ labels: names(200) }), want: 'answer' },
  { name: 'a label twice', request: with_({ labels: ['a', 'b', 'a'] }), want: bad('labels', 'labels[2]') },
  { name: 'a label empty', request: with_({ labels: ['a', ''] }), want: bad('labels', 'labels[1]') },
  { name: 'a label of blanks', request: with_({ labels: ['  ', 'b'] }), want: bad('labels', 'labels[0]') },
  { name: 'a label a number', request: with_({ labels: ['a', 5] }), want: bad('labels', 'labels[1]') },
  { name: 'a label null', request: with_({ labels: [null] }), want: bad('labels', 'labels[0]') },
  { name: '101 characters', request: with_({ labels: ['x'.repeat(101)] }), want: bad('labels', '100') },
  { name: '100 characters', request: with_({ labels: ['x'.repeat(100), 'b'] }), want: 'answer' },
  { name: '100 emoji', request: with_({ labels: ['👍'.repeat(100), 'b'] }), want: 'answer' },
  { name: '101 emoji', request: with_({ labels: ['👍'.repeat(101)] }), want: bad('labels', '100') },
  { name: 'a label of 10 MB', request: with_({ labels: ['x'.repeat(1e7)] }), want: bad('labels', '100') },
  { name: 'a hole', request: with_({ labels: Object.assign([], { 1: 'a' }) }), want: bad('labels'), onlyInJs: true },
  { name: 'label $&', request: () => refund("refund $& $1 $$ $'"), want: { label: "refund $& $1 $$ $'" } },
  {
    name: 'label {label}',
    request: () => refund('refund {label} {description}'),
    want: { label: 'refund {label} {description}' },
  },
  {
    name: 'label with quotes',
    request: () => refund('"refund" \'money\' `back`'),
    want: { label: '"refund" \'money\' `back`' },
  },
  { name: 'label with newlines', request: () => refund('refund\r\nmoney'), want: { label: 'refund\r\nmoney' } },
  { name: 'label with NUL', request: () => refund('refund\0'), want: { label: 'refund\0' } },
  { name: 'label a lone surrogate', request: () => refund('refund \ud800'), want: { label: 'refund \ud800' } },
  { name: 'label right to left', request: () => refund('\u202erefund'), want: { label: '\u202erefund' } },
  {
    name: 'labels that objects inherit',
    request: () => ({ ...refund('__proto__', 'constructor'), descriptions: proto('refund money') }),
    want: { label: '__proto__' },
  },
  {
    name: 'examples by __proto__',
    request: () => ({ ...refund('__proto__', 'hasOwnProperty'), examples: proto(['refund my money', 'money back']) }),
    want: { label: '__proto__' },
  },
  { name: 'labels and classifier', request: with_({ classifier: 'mine' }), want: bad('classifier', 'not both') },
  { name: 'classifier a number', request: () => ({ text, classifier: 5 }), want: bad('classifier') },
  { name: 'classifier empty', request: () => ({ text, classifier: '' }), want: bad('classifier') },
  {
    name: 'classifier unknown',
    request: () => ({ text, classifier: 'mine' }),
    want: { code: 'CLASSIFIER_NOT_FOUND', field: 'classifier', says: 'mine' },
  },
];

const PER_LABEL: BadInput[] = [
  {
    name: 'description for no label',
    request: with_({ descriptions: { biling: 'x' } }),
    want: bad('descriptions', 'Did you mean "billing"?'),
  },
  {
    name: 'description for __proto__',
    request: with_({ descriptions: proto('x') }),
    want: bad('descriptions', '__proto__'),
  },
  { name: 'description a number', request: with_({ descriptions: { billing: 5 } }), want: bad('descriptions') },
  { name: 'descriptions an array', request: with_({ descriptions: ['x'] }), want: bad('descriptions', 'array') },
  { name: 'descriptions a string', request: with_({ descriptions: 'x' }), want: bad('descriptions') },
  {
    name: 'descriptions a Map',
    request: with_({ descriptions: new Map([['billing', 'x']]) }),
    want: bad('descriptions'),
    onlyInJs: true,
  },
  {
    name: 'example for no label',
    request: with_({ examples: { prise: ['x'] } }),
    want: bad('examples', 'Did you mean "praise"?'),
  },
  { name: 'examples a text', request: with_({ examples: { billing: 'x' } }), want: bad('examples') },
  { name: 'an example a number', request: with_({ examples: { billing: [5] } }), want: bad('examples') },
  { name: 'an example empty', request: with_({ examples: { billing: [' '] } }), want: bad('examples', 'empty') },
  { name: 'examples an array', request: with_({ examples: [['x']] }), want: bad('examples') },
];

const FIELDS: BadInput[] = [
  {
    name: 'threshold NaN',
    method: 'tag',
    request: with_({ threshold: Number.NaN }),
    want: bad('threshold', 'NaN'),
    onlyInJs: true,
  },
  {
    name: 'threshold infinite',
    method: 'tag',
    request: with_({ threshold: Infinity }),
    want: bad('threshold'),
    onlyInJs: true,
  },
  { name: 'threshold below 0', method: 'tag', request: with_({ threshold: -0.1 }), want: bad('threshold', '-0.1') },
  { name: 'threshold above 1', method: 'tag', request: with_({ threshold: 1.1 }), want: bad('threshold', '1.1') },
  {
    name: 'threshold a string',
    method: 'tagBatch',
    request: () => ({ texts: [text], labels, threshold: '0.5' }),
    want: bad('threshold'),
  },
  { name: 'min_confidence above 1', request: with_({ min_confidence: 2 }), want: bad('min_confidence') },
  { name: 'priority unknown', request: with_({ priority: 'slow' }), want: bad('priority') },
  { name: 'cache a string', request: with_({ cache: 'no' }), want: bad('cache') },
  { name: 'scores a number', request: with_({ scores: 1 }), want: bad('scores') },
  { name: 'explain a string', request: with_({ explain: 'yes' }), want: bad('explain') },
  { name: 'text_type a number', request: with_({ text_type: 5 }), want: bad('text_type') },
  { name: 'source_type a number', request: with_({ source_type: 5 }), want: bad('source_type') },
  { name: 'budget_ms below 0', request: with_({ budget_ms: -1 }), want: bad('budget_ms') },
  { name: 'a template without {}', request: with_({ hypothesis_template: 'about' }), want: bad('hypothesis_template') },
  {
    name: 'a template with {} twice',
    request: with_({ hypothesis_template: '{} {}' }),
    want: bad('hypothesis_template'),
  },
  {
    name: 'a model unknown',
    request: with_({ model: 'nope' }),
    want: { code: 'MODEL_NOT_FOUND', field: 'model', says: 'nope' },
  },
  { name: 'an image', request: with_({ image: 'aGk=' }), want: { code: 'DOCUMENT_ERROR', field: 'image' } },
  { name: 'a file', request: with_({ file: 'aGk=' }), want: { code: 'DOCUMENT_ERROR', field: 'file' } },
];

const BATCHES: BadInput[] = [
  { name: 'no texts', method: 'classifyBatch', request: () => ({ labels }), want: bad('texts') },
  { name: '0 texts', method: 'tagBatch', request: () => ({ texts: [], labels }), want: bad('texts', '0') },
  {
    name: '1001 texts',
    method: 'classifyBatch',
    request: () => ({ texts: names(1001), labels }),
    want: bad('texts', '1001'),
  },
  {
    name: 'texts a string',
    method: 'tagBatch',
    request: () => ({ texts: text, labels }),
    want: bad('texts', 'string'),
  },
  {
    name: 'one of texts a number',
    method: 'classifyBatch',
    request: () => ({ texts: [text, 5], labels }),
    want: bad('texts', 'texts[1]'),
  },
  { name: 'batch without labels', method: 'tagBatch', request: () => ({ texts: [text] }), want: bad('labels') },
  {
    name: 'an empty text among good ones',
    method: 'classifyBatch',
    request: () => ({ texts: [text, ''], labels }),
    want: 'answer',
  },
];

const ONLY_IN_JS: BadInput[] = [
  {
    name: 'a misspelt field',
    request: with_({ lables: labels }),
    want: bad('lables', 'Did you mean labels?'),
    onlyInJs: true,
  },
  {
    name: 'texts on classify',
    request: with_({ texts: [text] }),
    want: bad('texts', 'Did you mean text?'),
    onlyInJs: true,
  },
  {
    name: 'min_confidence on tag',
    method: 'tag',
    request: with_({ min_confidence: 0.5 }),
    want: bad('min_confidence'),
    onlyInJs: true,
  },
  {
    name: 'an unknown field',
    request: with_({ zzzzzzzzzzzzzz: 1 }),
    want: bad('zzzzzzzzzzzzzz', 'Known: '),
    onlyInJs: true,
  },
  { name: 'timeout below 0', request: with_({ timeout: -1 }), want: bad('timeout'), onlyInJs: true },
  { name: 'timeout NaN', request: with_({ timeout: Number.NaN }), want: bad('timeout'), onlyInJs: true },
  { name: 'signal an object', request: with_({ signal: {} }), want: bad('signal'), onlyInJs: true },
  { name: 'onProgress a string', request: with_({ onProgress: 'x' }), want: bad('onProgress'), onlyInJs: true },
  { name: 'no request', request: () => undefined, want: { code: 'BAD_REQUEST' }, onlyInJs: true },
  { name: 'a request null', request: () => null, want: { code: 'BAD_REQUEST' }, onlyInJs: true },
  { name: 'a request a string', request: () => text, want: { code: 'BAD_REQUEST' }, onlyInJs: true },
  { name: 'a request an array', request: () => [text], want: { code: 'BAD_REQUEST' }, onlyInJs: true },
];

/** Every kind of bad input that the contract speaks of. */
export const BAD_INPUT: readonly BadInput[] = [...TEXTS, ...LABELS, ...PER_LABEL, ...FIELDS, ...BATCHES, ...ONLY_IN_JS];
