import { again } from '../../contract/again.js';
import type { Store } from '../../store/store.js';
import { type Answered, type AskTexts, answerLines } from './answer.js';
import { type JobRecord, type Kept, type Position, segmentOf } from './job.js';
import { readLines } from './lines.js';

/** Lines that are written at once, and milliseconds after which fewer are. */
const SEGMENT = 2000;
const PATIENCE = 1000;

/**
 * Answers a job from where it stands to its end.
 *
 * A file of results is written first, then the record that counts it: whatever dies in between, a file that is not
 * counted is written again, and no line is lost or answered twice.
 */
export async function runJob(store: Store, job: JobRecord, ask: AskTexts, signal: AbortSignal): Promise<void> {
  const { files } = store;
  const id = job.job_id;
  let position = job.position;
  let open: Answered[] = [];
  let begun = performance.now();

  const commit = async () => {
    if (open.length === 0) return;
    const bytes = await files.write(
      segmentOf(id, position.segments),
      open.map(({ results }) => new TextEncoder().encode(results)),
    );
    position = open.reduce(plus, { ...position, segments: position.segments + 1, bytes: position.bytes + bytes });
    await store.update<Kept>('jobs', id, (kept) => (kept ? ({ ...(kept as JobRecord), position } as Kept) : undefined));
    open = [];
    begun = performance.now();
  };

  const lines = readLines(files.read(job.input as string, position.offset), position);
  const persistent: AskTexts = (texts, signal) => again(() => ask(texts, signal));
  for await (const answered of answerLines(lines, persistent, signal)) {
    open.push(answered);
    const count = open.reduce((sum, one) => sum + one.lines, 0);
    if (count >= SEGMENT || performance.now() - begun > PATIENCE) await commit();
  }
  await commit();
}

const plus = (position: Position, { end, row, lines, failed, tokens }: Answered): Position => ({
  ...position,
  offset: end,
  row,
  lines: position.lines + lines,
  failed: position.failed + failed,
  tokens: position.tokens + tokens,
});
