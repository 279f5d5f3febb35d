import { writeFileSync } from 'node:fs';
import { createClasser } from 'classer-local';
import { askPackage, askServer } from './ask.js';
import { evaluate } from './evaluation.js';
import { type EvalOptions, parseFlags } from './flags.js';
import { line, report, summarise } from './summary.js';

const USAGE = `npm run eval -- --sets DIR [--names a,b] [--limit 300] [--examples 0] [--only-with-examples] [--bare]
  [--text-type] [--priority fast|standard] [--model id] [--url http://…] [--out FILE]`;

const options = understood();
if (options) await main(options);

function understood(): EvalOptions | undefined {
  try {
    return parseFlags(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE}\n`);
    process.exitCode = 2;
    return undefined;
  }
}

async function main(options: EvalOptions): Promise<void> {
  const classer = options.url === undefined ? createClasser({ cache: false }) : undefined;
  const ask = classer ? askPackage(classer) : askServer(options.url ?? '');
  try {
    const { scored, answers } = await evaluate(options, ask, {
      onSet: (one) => process.stdout.write(`${line(one)}\n`),
      onTexts: progress,
    });
    process.stdout.write(`${JSON.stringify(summarise(scored, answers))}\n`);
    if (options.out !== undefined) writeFileSync(options.out, report(scored, answers));
  } finally {
    await classer?.dispose();
  }
}

/** On a terminal one line that changes; else a line a set. */
function progress(set: string, done: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done === total ? '' : `${set} ${done}/${total}`}`);
  else if (done === total) process.stderr.write(`${set} ${done}/${total}\n`);
}
