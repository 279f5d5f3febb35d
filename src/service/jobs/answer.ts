import { ClasserError } from '../../contract/errors.js';
import type { Answer } from '../answer.js';
import { type Input, readInput } from './input.js';
import type { Line } from './lines.js';

/** Answers texts, an answer or an error each. */
export type AskTexts = (texts: readonly string[], signal: AbortSignal) => Promise<readonly (Answer | ClasserError)[]>;

/** Some lines that were answered together. */
export interface Answered {
  /** A result a line, each with its line break. */
  readonly results: string;
  /** Where in the input the next line starts. */
  readonly end: number;
  /** The number of that line. */
  readonly row: number;
  readonly lines: number;
  readonly failed: number;
  readonly tokens: number;
}

/** Lines, and characters of text, that are asked at once. */
const LINES = 128;
const CHARACTERS = 500_000;

interface Asked {
  readonly input: Input;
  readonly index: number;
  readonly end: number;
}

/** Answers lines in order, a few at a time; the next ones are read when these were taken. */
export async function* answerLines(
  lines: AsyncIterable<Line>,
  ask: AskTexts,
  signal: AbortSignal,
): AsyncGenerator<Answered> {
  let open: Asked[] = [];
  let characters = 0;
  for await (const { bytes, index, end } of lines) {
    const input = readInput(bytes);
    open.push({ input, index, end });
    characters += 'text' in input ? input.text.length : 0;
    if (open.length < LINES && characters < CHARACTERS) continue;
    yield await answerAll(open, ask, signal);
    open = [];
    characters = 0;
  }
  if (open.length > 0) yield await answerAll(open, ask, signal);
}

async function answerAll(asked: readonly Asked[], ask: AskTexts, signal: AbortSignal): Promise<Answered> {
  signal.throwIfAborted();
  const texts = asked.flatMap(({ input }) => ('text' in input ? [input.text] : []));
  const answers = [...(texts.length > 0 ? await ask(texts, signal) : [])];
  let [results, failed, tokens] = ['', 0, 0];
  for (const { input, index } of asked) {
    const answer = 'text' in input ? answers.shift() : undefined;
    const given = answer && !ClasserError.is(answer) ? answer : undefined;
    const error = 'error' in input ? input.error : ClasserError.is(answer) ? answer.message : undefined;
    const named = input.id === undefined ? '' : `"id":${input.id},`;
    const rest = JSON.stringify({ ...resultOf(given), ...(error !== undefined && { error }) });
    results += `{"index":${index},${named}${rest.slice(1)}\n`;
    tokens += given?.tokens ?? 0;
    failed += given ? 0 : 1;
  }
  const { end = 0, index = -1 } = asked.at(-1) ?? {};
  return { results, end, row: index + 1, lines: asked.length, failed, tokens };
}

function resultOf(answer: Answer | undefined): object {
  if (!answer) return { tokens: 0 };
  const { label, confidence, labels, tokens } = answer;
  return labels ? { labels, tokens } : { label, confidence, tokens };
}
