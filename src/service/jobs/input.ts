import { isBlank, isFields, kindOf } from '../../contract/checks.js';
import { fieldSource } from './field-source.js';
import { LONGEST_LINE } from './lines.js';

/** What a line asks, or why it asks nothing; its `id` is the JSON that was written. */
export type Input = { readonly id?: string } & ({ readonly text: string } | { readonly error: string });

/** Characters that an `id` may have as JSON: it is held until its line is answered. */
const LONGEST_ID = 1000;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads a line of a job's input; a broken one has an error of its own. */
export function readInput(bytes: Uint8Array | undefined): Input {
  if (!bytes) return { error: `The line has more than ${LONGEST_LINE} bytes.` };
  let json: string;
  let value: unknown;
  try {
    json = decoder.decode(bytes);
    value = JSON.parse(json);
  } catch (error) {
    return { error: error instanceof TypeError ? 'The line is not valid UTF-8.' : 'The line is not valid JSON.' };
  }
  if (!isFields(value)) return { error: `The line must be a JSON object, not ${kindOf(value)}.` };
  const { text } = value;
  const id = Object.hasOwn(value, 'id') ? fieldSource(json, 'id') : undefined;
  if (id !== undefined && id.length > LONGEST_ID) {
    return { error: `id must have at most ${LONGEST_ID} characters, written as JSON.` };
  }
  const named = id === undefined ? {} : { id };
  if (text === undefined || text === null) return { ...named, error: 'text is required.' };
  if (typeof text !== 'string') return { ...named, error: `text must be a string, not ${kindOf(text)}.` };
  return isBlank(text) ? { ...named, error: 'text is empty.' } : { ...named, text };
}
