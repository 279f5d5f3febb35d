import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { model } from './folders.js';

const PROSE =
  `The parcel that I ordered three weeks ago has still not arrived and nobody answers when I call the number on
the invoice . I was told that it left the warehouse on Monday , but the tracking page has shown the same line since then
. My card was charged twice in the meantime , once for the full price and once for the shipping , and I would like to
know when one of these payments will be returned . The last time that I bought something from this shop everything went
well , so I am surprised at how slow the support has become`.split(/\s+/);

/** Tokens of a text, without special ones. */
export function counter(): (text: string) => number {
  const tokenizer = new Tokenizer(JSON.parse(readFileSync(`${model}/tokenizer.json`, 'utf8')), {});
  return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length;
}

/** Texts of exactly so many tokens, no two the same. */
export function texts(count: number, tokens: number): string[] {
  const length = counter();
  return Array.from({ length: count }, (_, start) => {
    const words: string[] = [];
    for (let at = start; length(words.join(' ')) < tokens; at++) words.push(PROSE[at % PROSE.length] ?? '');
    // A word of several tokens may have gone too far.
    while (length(words.join(' ')) > tokens) words.pop();
    while (length(words.join(' ')) < tokens) words.push('the');
    return words.join(' ');
  });
}

/** A text of about so many tokens: whole words, most of them one token. */
export function longText(tokens: number): string {
  const perRound = counter()(PROSE.join(' '));
  const words = Math.round((tokens / perRound) * PROSE.length);
  return Array.from({ length: words }, (_, at) => PROSE[at % PROSE.length]).join(' ');
}

const SUBJECTS = 'orders refunds accounts invoices contracts devices repairs travel health schools'.split(' ');
const KINDS =
  'late missing wrong broken unclear praised urgent cancelled changed new lost doubled delayed approved refused shared hidden public private other'.split(
    ' ',
  );

/** Up to 200 different labels of two words. */
export const labels = (count: number): string[] =>
  KINDS.flatMap((kind) => SUBJECTS.map((subject) => `${kind} ${subject}`)).slice(0, count);
