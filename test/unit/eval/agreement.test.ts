import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { askServer } from '../../eval/ask.js';
import { evaluate } from '../../eval/evaluation.js';
import { parseFlags } from '../../eval/flags.js';
import { line, report, summarise } from '../../eval/summary.js';
import { answeringServer } from './answering.js';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../../..');
const fixtures = join(root, 'test/fixtures/eval');
/** The reference scorer and the sets it comes with; not part of this repository. */
const reference = resolve(root, '../shared/eval');

/** What our scorer prints, writes and asks. */
async function ours(flags: string[]) {
  await using server = await answeringServer();
  const options = parseFlags([...flags, '--url', server.url]);
  const silent = { onSet: () => undefined, onTexts: () => undefined };
  const { scored, answers } = await evaluate(options, askServer(server.url), silent);
  const printed = [...scored.map(line), JSON.stringify(summarise(scored, answers))];
  return { printed, written: report(scored, answers), asked: server.asked };
}

/** The same of the reference scorer. */
async function theirs(flags: string[]) {
  await using server = await answeringServer();
  const folder = mkdtempSync(join(tmpdir(), 'classer-eval-'));
  try {
    const out = join(folder, 'out.json');
    const args = [join(reference, 'score.mjs'), ...flags, '--url', server.url, '--out', out];
    const { stdout } = await run(process.execPath, args);
    return { printed: stdout.trim().split('\n'), written: readFileSync(out, 'utf8'), asked: server.asked };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('on recorded answers', () => {
  const cases = JSON.parse(readFileSync(join(fixtures, 'figures.json'), 'utf8')) as {
    folder: string;
    flags: string[];
    figures: unknown;
  }[];
  test.each(cases)('$folder $flags', async ({ folder, flags, figures }) => {
    const { written } = await ours(['--sets', join(fixtures, folder), ...flags]);
    expect(JSON.parse(written)).toEqual(figures);
  });
});

describe.runIf(existsSync(join(reference, 'score.mjs')))('beside the reference scorer', () => {
  const own = join(fixtures, 'public');
  const synthetic = join(reference, 'synthetic');
  test.each([
    ['the fixtures', ['--sets', own]],
    ['the fixtures, few-shot', ['--sets', own, '--limit', '6', '--examples', '2', '--text-type']],
    ['the fixtures, joint files', ['--sets', join(fixtures, 'synthetic'), '--bare']],
    ['every set', ['--sets', reference, '--limit', '150']],
    ['few-shot', ['--sets', reference, '--limit', '40', '--examples', '4', '--text-type', '--priority', 'fast']],
    ['sets with examples', ['--sets', reference, '--limit', '40', '--only-with-examples', '--bare']],
    ['two sets', ['--sets', reference, '--names', 'clinc150,goemotions']],
    ['the synthetic sets', ['--sets', synthetic, '--text-type']],
  ])('the same requests and figures for %s', async (_, flags) => {
    const [a, b] = await Promise.all([ours(flags), theirs(flags)]);
    expect(a.printed).toEqual(b.printed);
    expect(a.written).toBe(b.written);
    expect(a.asked).toEqual(b.asked);
  });
});
