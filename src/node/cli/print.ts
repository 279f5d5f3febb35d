import { styleText } from 'node:util';
import type { ClassifyResponse, Evidence, ReadByOcr, TagLabel, TagResponse } from '../../contract/types.js';

const BAR = 20;

/** An answer for a person: labels with bars, then what it cost. */
export function readable(answer: ClassifyResponse | TagResponse, text: string): string {
  const { tokens, visual_tokens, ocr, latency_ms, scores, evidence = [] } = answer;
  const chosen = 'labels' in answer ? answer.labels : single(answer);
  const rows = scores ?? chosen;
  const width = rows.reduce((most, { label }) => Math.max(most, visible(label).length), 0);
  const names = new Set(chosen.map(({ label }) => label));
  const lines = rows.map((row) => line(row, width, names.has(row.label)));
  if (rows.length === 0) lines.push(styleText('dim', 'no label is above the threshold'));
  if (!('labels' in answer) && answer.label === undefined) {
    lines.push(styleText('dim', `no label: the best reaches only ${answer.confidence}`));
  }
  for (const passage of evidence) lines.push(quoted(passage, text));
  return [...lines, styleText('dim', `${tokens} tokens, ${pages(visual_tokens)}${readOff(ocr)}${latency_ms} ms`)].join(
    '\n',
  );
}

const pages = (tokens: number | undefined): string => (tokens === undefined ? '' : `${tokens} for its pages, `);

const readOff = (ocr: ReadByOcr | undefined): string =>
  counted(ocr, 'read by OCR') + counted(ocr?.unread, 'not read to the end');

function counted(some: ReadByOcr['unread'], what: string): string {
  const count = (some?.pages?.length ?? 0) + (some?.images?.length ?? 0);
  return count === 0 ? '' : `${count} ${what}, `;
}

const single = ({ label, confidence = 0 }: ClassifyResponse): TagLabel[] =>
  label === undefined ? [] : [{ label, confidence }];

function line({ label, confidence }: TagLabel, width: number, chosen: boolean): string {
  const full = Math.round(confidence * BAR);
  const bar = '█'.repeat(full) + '░'.repeat(BAR - full);
  const text = `${visible(label).padEnd(width)}  ${confidence.toFixed(4)}  ${bar}`;
  return chosen ? styleText('bold', text) : text;
}

function quoted({ label, weight, page, image, shows, start = 0, end = 0 }: Evidence, text: string): string {
  const passage = () => (image === undefined ? visible(text.slice(start, end)) : `picture ${image}`);
  const from = page === undefined ? passage() : `page ${page}`;
  const seen = shows === undefined ? '' : `: ${shows}`;
  return styleText('dim', `  ${visible(label)} ← ${from}${seen} (${weight.toFixed(2)})`);
}

/** Line breaks and control characters made harmless to a terminal. */
export const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}]/gu, (char) => (char === '\n' ? '⏎' : '·'));
