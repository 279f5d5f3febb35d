import { expect, test } from 'vitest';
import { parseFlags } from '../../eval/flags.js';

test('defaults', () => {
  expect(parseFlags(['--sets', 'here'])).toEqual({
    sets: 'here',
    limit: 300,
    examples: 0,
    onlyWithExamples: false,
    bare: false,
    textType: false,
  });
});

test('every flag', () => {
  const args = '--sets d --names a,b --limit 5 --examples 2 --only-with-examples --bare --text-type --priority fast';
  expect(parseFlags([...args.split(' '), '--model', 'm', '--url', 'http://h:1/', '--out', 'f'])).toEqual({
    sets: 'd',
    names: ['a', 'b'],
    limit: 5,
    examples: 2,
    onlyWithExamples: true,
    bare: true,
    textType: true,
    priority: 'fast',
    model: 'm',
    url: 'http://h:1',
    out: 'f',
  });
});

test.each([
  ['--sets d --exmaples 4', 'There is no flag --exmaples. Did you mean --examples?'],
  ['--sets d --zzzzzzzzz', 'There is no flag --zzzzzzzzz. Known: sets, names,'],
  ['--limit 3', 'Name the folder of evaluation sets: --sets DIR.'],
  ['--sets', '--sets needs a value.'],
  ['--sets d --bare=1', '--bare takes no value.'],
  ['--sets d more', 'Unexpected argument more.'],
  ['--sets d --limit none', '--limit must be a whole number of at least 1, not none.'],
  ['--sets d --limit 0', '--limit must be a whole number of at least 1, not 0.'],
  ['--sets d --priority slow', '--priority is fast or standard, not slow.'],
])('%s', (args, message) => {
  expect(() => parseFlags(args.split(' '))).toThrow(message);
});
