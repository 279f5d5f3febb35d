import { overview } from './markdown.js';
import { entries, type Report } from './report.js';

const BEGIN = '<!-- Written by `npm run bench -- --save`. -->\n';
const END = '<!-- / -->';

/** The README with the report's table in the place of the one it has. */
export function withTable(readme: string, report: Report): string {
  const [begin, end] = [readme.indexOf(BEGIN) + BEGIN.length, readme.indexOf(END)];
  if (begin < BEGIN.length || end < begin)
    throw new Error(`README.md has no place for the table: ${BEGIN.trim()} … ${END}`);
  return `${readme.slice(0, begin)}${overview(entries(report)).join('\n')}\n${readme.slice(end)}`;
}
