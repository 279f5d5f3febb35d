import { readFile } from 'node:fs/promises';
import { isFields } from '../../contract/checks.js';
import { failure } from '../../contract/errors.js';
import { writeWhole } from '../../store/file/write.js';
import type { Seen } from './input.js';
import type { JobTerms } from './terms.js';

/** What an output was asked with, and how far it is. */
export interface Progress {
  readonly asked: JobTerms;
  readonly input: Seen;
  readonly results: {
    readonly lines: number;
    /** Lines with an error. */
    readonly failed: number;
    readonly bytes: number;
  };
}

/** Where results are, where their progress stands, and what one does to begin anew. */
export interface Place {
  readonly results: string;
  readonly progress: string;
  readonly anew: string;
  /** Whether more may be there than is counted: the end of what was broken off. */
  readonly brokenOff: boolean;
}

/** Writes down how far an output is; it is on the disk when this resolves. */
export async function keepProgress({ progress: path }: Place, progress: Progress): Promise<void> {
  await writeWhole(path, [Buffer.from(`${JSON.stringify(progress)}\n`)], true);
}

/** Throws BAD_REQUEST where an output was begun with something else, or it cannot be known: its lines would not belong together. */
export async function readProgress(place: Place, asked: JobTerms, bytes: number): Promise<Progress> {
  const begun = await read(place);
  for (const [field, value] of Object.entries(asked)) {
    const [before, now] = [JSON.stringify(begun.asked[field]), JSON.stringify(value)];
    if (before !== now) throw refusal(place, `it was begun with ${field} ${short(before)}, not ${short(now)}`);
  }
  const { results } = begun;
  if (bytes < results.bytes || (bytes > results.bytes && !place.brokenOff))
    throw refusal(place, `it has ${bytes} bytes, not the ${results.bytes} that were written`);
  return begun;
}

async function read(place: Place): Promise<Progress> {
  try {
    const found: unknown = JSON.parse(await readFile(place.progress, 'utf8'));
    const parts = isFields(found) ? [found['asked'], found['input'], found['results']] : [];
    if (parts.length === 3 && parts.every(isFields)) return found as unknown as Progress;
  } catch (cause) {
    throw unreadable(place, cause);
  }
  throw unreadable(place);
}

const unreadable = (place: Place, cause?: unknown) =>
  refusal(place, `${place.progress}, which says what it was begun with, cannot be read`, cause);

const refusal = ({ results, anew }: Place, why: string, cause?: unknown) =>
  failure(
    'BAD_REQUEST',
    `${results} cannot be gone on with: ${why}. Resume it as it was begun, or ${anew} to begin anew.`,
    { field: 'output' },
    cause,
  );

const short = (value = 'null'): string => (value.length > 80 ? `${value.slice(0, 80)}…` : value);
