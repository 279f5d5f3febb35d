import { expect, test } from 'vitest';
import { classer } from '../support/child.js';

const TEXT = 'I was charged twice this month';
const LABELS = ['--labels', 'billing, technical ,praise'];

test('classify for a person', async () => {
  const { status, stdout, stderr } = await classer(['classify', TEXT, ...LABELS]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^billing {2}0\.\d{4} {2}[█░]{20}\n\d+ tokens, [\d.]+ ms\n$/);
});

test('classify for a machine, text from standard input', async () => {
  const { status, stdout } = await classer(['classify', ...LABELS, '--json', '--scores', '--explain'], { input: TEXT });
  expect(status).toBe(0);
  expect(stdout.split('\n')).toHaveLength(2);
  expect(JSON.parse(stdout)).toMatchObject({
    label: 'billing',
    confidence: expect.any(Number),
    scores: [{ label: 'billing' }, {}, {}],
    evidence: [{ label: 'billing', start: 0, end: TEXT.length, weight: 1 }],
  });
});

test('tag with a threshold', async () => {
  const { stdout } = await classer(['tag', TEXT, ...LABELS, '--threshold', '1', '--scores']);
  expect(stdout.split('\n')).toHaveLength(5);
  const none = await classer(['tag', TEXT, ...LABELS, '--threshold', '1', '--json']);
  expect(JSON.parse(none.stdout).labels).toEqual([]);
});

test('descriptions, examples, text type and labels with commas', async () => {
  const { stdout } = await classer([
    ...['classify', 'the belt slipped off the rollers again', '--label', 'A12, left', '--label', 'B07', '--json'],
    ...['--description', 'A12, left=Conveyor belt faults', '--description', 'B07=Electrical faults = shorts'],
    ...['--example', 'A12, left=the belt is torn', '--example', 'A12, left=belt slips', '--text-type', 'fault report'],
  ]);
  expect(JSON.parse(stdout).label).toBe('A12, left');
});

test('below the least confidence there is no label', async () => {
  const { status, stdout } = await classer(['classify', TEXT, ...LABELS, '--min-confidence', '1']);
  expect(status).toBe(0);
  expect(stdout).toContain('no label');
});

test('help and version', async () => {
  const help = await classer(['--help']);
  expect(help.status).toBe(0);
  for (const word of ['classify', 'tag', 'serve', 'assets', '--json', '--threshold'])
    expect(help.stdout).toContain(word);
  expect((await classer([])).stdout).toBe(help.stdout);
  expect((await classer(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

/** What is typed, what comes in on standard input, and what the line on standard error must hold. */
const BAD: { args: string[]; input?: string | Uint8Array; says: string }[] = [
  { args: ['clasify', TEXT], says: 'Did you mean classify?' },
  { args: ['frobnicate'], says: 'frobnicate' },
  { args: ['classify', TEXT, '--lables', 'a,b'], says: 'Did you mean --labels?' },
  { args: ['classify', TEXT, '--labels'], says: 'labels' },
  { args: ['classify', TEXT, '--json=yes', ...LABELS], says: 'json' },
  { args: ['classify', TEXT, 'more', ...LABELS], says: 'quotes' },
  { args: ['classify', ...LABELS], says: 'text is empty' },
  { args: ['classify', '', ...LABELS], says: 'text is empty' },
  { args: ['tag', ' \n ', ...LABELS], says: 'text is empty' },
  { args: ['classify', TEXT], says: 'labels' },
  { args: ['classify', TEXT, '--labels', ''], says: 'labels' },
  { args: ['classify', TEXT, '--labels', 'a,,b'], says: 'labels[1] is empty' },
  { args: ['classify', TEXT, '--labels', 'a,b,a'], says: '"a"' },
  { args: ['classify', TEXT, '--labels', Array.from({ length: 201 }, (_, i) => i).join()], says: '201' },
  { args: ['classify', TEXT, '--label', 'x'.repeat(101)], says: '100' },
  { args: ['classify', TEXT, ...LABELS, '--description', 'biling=x'], says: 'Did you mean "billing"?' },
  { args: ['classify', TEXT, ...LABELS, '--description', 'billing'], says: 'NAME=TEXT' },
  { args: ['classify', TEXT, ...LABELS, '--description', '__proto__=x'], says: '__proto__' },
  { args: ['classify', TEXT, ...LABELS, '--example', 'nope=x'], says: 'nope' },
  { args: ['classify', TEXT, ...LABELS, '--example', 'billing='], says: 'billing' },
  { args: ['tag', TEXT, ...LABELS, '--threshold', 'NaN'], says: 'threshold' },
  { args: ['tag', TEXT, ...LABELS, '--threshold', '1.5'], says: '1.5' },
  { args: ['tag', TEXT, ...LABELS, '--threshold=-1'], says: '-1' },
  { args: ['tag', TEXT, ...LABELS, '--threshold', ''], says: 'threshold' },
  { args: ['classify', TEXT, ...LABELS, '--min-confidence', '2'], says: 'min_confidence' },
  { args: ['classify', TEXT, ...LABELS, '--timeout=-1'], says: 'timeout' },
  { args: ['classify', TEXT, '--label', 'two\nlines', '--label', 'two\nlines'], says: 'two' },
  { args: ['classify', ...LABELS], input: 'word '.repeat(1_000_001), says: '1,000,000' },
  { args: ['assets'], says: 'folder' },
  { args: ['assets', 'a', 'b'], says: 'does not take b' },
  { args: ['serve', 'extra'], says: 'does not take extra' },
  { args: ['serve', '--port', '0', '8787'], says: 'does not take 8787' },
  { args: ['keys', 'create', 'my', 'laptop'], says: 'does not take laptop' },
  // It takes no folders, and Node alone would try for ever.
  { args: ['assets', '/proc/nope'], says: '/proc/nope' },
];

test.for(BAD)('classer $args', async ({ args, input = '', says }) => {
  const { status, stdout, stderr } = await classer(args, { input });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^classer: [^\n]+\n$/);
  expect(stderr).toContain(says);
  expect(stderr.length).toBeLessThan(500);
});

/** Labels and texts that look wrong and are not. */
const ODD: { labels: string[]; input: string | Uint8Array; label: string }[] = [
  { labels: ["refund $& $1 $'", '__proto__'], input: 'please\0 refund\0 my money', label: "refund $& $1 $'" },
  {
    labels: ['"refund"\nmoney', 'weather'],
    input: new Uint8Array([0xff, 0xfe, ...Buffer.from(' please refund my money')]),
    label: '"refund"\nmoney',
  },
];

test.for(ODD)('labels $labels are answered', async ({ labels, input, label }) => {
  const args = labels.flatMap((name) => ['--label', name]);
  const { stdout, status } = await classer(['classify', '--json', ...args], { input });
  expect(status).toBe(0);
  expect(JSON.parse(stdout).label).toBe(label);
});

test('a label’s control characters do not reach the terminal', async () => {
  const { stdout } = await classer([
    'classify',
    TEXT,
    '--label',
    'billing\u001b[31m\nred',
    '--label',
    'praise',
    '--scores',
  ]);
  expect(stdout).not.toContain('\u001b[31m');
  expect(stdout.trimEnd().split('\n')).toHaveLength(3);
});

test('a time limit that passes is said in one line, and is no fault of the caller’s', async () => {
  const { status, stderr } = await classer(['tag', TEXT, ...LABELS, '--timeout', '0.000001']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^classer: [^\n]+\n$/);
});
