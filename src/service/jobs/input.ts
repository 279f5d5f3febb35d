import { isBlank, isFields, kindOf } from '../../contract/checks.js';
import { LONGEST_LINE } from './lines.js';

/** What a line asks, or why it asks nothing. */
export type Input = { readonly id?: unknown } & ({ readonly text: string } | { readonly error: string });

/** Characters that an `id` may have as JSON: it is held until its line is answered. */
const LONGEST_ID = 1000;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads a line of a job's input; a broken one has an error of its own. */
export function readInput(bytes: Uint8Array | undefined): Input {
  if (!bytes) return { error: `The line has more than ${LONGEST_LINE} bytes.` };
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch (error) {
    return { error: error instanceof TypeError ? 'The line is not valid UTF-8.' : 'The line is not valid JSON.' };
  }
  if (!isFields(value)) return { error: `The line must be a JSON object, not ${kindOf(value)}.` };
  const { id, text } = value;
  const named = Object.hasOwn(value, 'id') ? { id } : {};
  if (!fits(id)) return { error: `id must have at most ${LONGEST_ID} characters, written as JSON.` };
  if (text === undefined || text === null) return { ...named, error: 'text is required.' };
  if (typeof text !== 'string') return { ...named, error: `text must be a string, not ${kindOf(text)}.` };
  return isBlank(text) ? { ...named, error: 'text is empty.' } : { ...named, text };
}

function fits(id: unknown): boolean {
  try {
    return (JSON.stringify(id) ?? '').length <= LONGEST_ID;
  } catch {
    // Nested deeper than it can be written.
    return false;
  }
}
