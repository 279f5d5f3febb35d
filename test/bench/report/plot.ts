import { comparison, type Row } from '../row.js';
import { entries, type Report } from './report.js';

const WIDTH = 760;
const LEFT = 210;
const RIGHT = 170;
const TOP = 44;
const STEP = 26;
/** Font, and the colours of a light and a dark page; what is met or missed also has a shape of its own. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .soft { fill: #59636e } .grid { stroke: #d1d9e0 } .goal { stroke: #1f2328; stroke-width: 1.5 }
  .met { fill: #0969da; stroke: #0969da } .missed { fill: #bc4c00; stroke: #bc4c00 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .soft { fill: #9198a1 } .grid { stroke: #3d444d } .goal { stroke: #f0f6fc }
    .met { fill: #4493f8; stroke: #4493f8 } .missed { fill: #f0883e; stroke: #f0883e }
  }`;

/** A plot of the rows that have a goal: how many times better than its goal each is, on a logarithmic axis. */
export function plot(report: Report): string {
  const rows = entries(report).flatMap(({ comparison: { goal }, rows }) => (goal ? rows : []));
  const better = rows.map(timesBetter);
  const ticks = powersOfTwo(better);
  const [least = 0.5, most = 2] = [ticks[0], ticks.at(-1)];
  const x = (value: number) => LEFT + ((WIDTH - LEFT - RIGHT) * Math.log(value / least)) / Math.log(most / least);
  const bottom = TOP + STEP * rows.length;
  const axis = ticks.flatMap((tick) => [
    `<line class="${tick === 1 ? 'goal' : 'grid'}" x1="${at(x(tick))}" x2="${at(x(tick))}" y1="${TOP - 6}" y2="${bottom}"/>`,
    `<text class="soft" x="${at(x(tick))}" y="${TOP - 12}" text-anchor="middle">${tick === 1 ? 'goal' : `${tick} ×`}</text>`,
  ]);
  const lines = rows.flatMap((row, i) => line(row, { y: TOP + STEP * (i + 0.5), goal: x(1), x: x(better[i] ?? 1) }));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 12}" width="${WIDTH}" height="${bottom + 12}" role="img">`,
    '<title>How many times better than its goal each row of the bench is; left of the line it is missed</title>',
    `<style>${STYLE}\n</style>`,
    `<text class="soft" x="14" y="${TOP - 12}">times better than its goal</text>`,
    ...axis,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

/** Above 1 where the goal is met. */
function timesBetter({ name, ratio }: Row): number {
  const { goal } = comparison(name);
  if (!goal || ratio === null) throw new Error(`The row ${name} has no goal, or was not measured.`);
  return goal.at === 'least' ? ratio / goal.value : goal.value / ratio;
}

/** Ticks that have all values between them, and the goal. */
function powersOfTwo(values: readonly number[]): number[] {
  const logs = [...values, 0.9, 1.1].map(Math.log2);
  const [first, last] = [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs))];
  return Array.from({ length: last - first + 1 }, (_, i) => 2 ** (first + i));
}

function line({ name, where, ratio, goal, met }: Row, place: { y: number; goal: number; x: number }): string[] {
  const [x, y] = [at(place.x), at(place.y)];
  const of = met ? 'met' : 'missed';
  const cross = `<path class="missed" stroke-width="2.5" d="M${at(place.x - 4)} ${at(place.y - 4)}l8 8m0 -8l-8 8"/>`;
  return [
    `<text x="${LEFT - 14}" y="${at(place.y + 4)}" text-anchor="end">${name}<tspan class="soft"> ${where}</tspan></text>`,
    `<line class="${of}" stroke-width="2" x1="${at(place.goal)}" x2="${x}" y1="${y}" y2="${y}"/>`,
    met ? `<circle class="met" cx="${x}" cy="${y}" r="5"/>` : cross,
    `<text x="${WIDTH - RIGHT + 18}" y="${at(place.y + 4)}">${ratio}<tspan class="soft"> (goal ${goal})</tspan></text>`,
  ];
}

const at = (coordinate: number): string => coordinate.toFixed(1);
