import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inChromium, inNode, type Outcome, type Surface } from './surfaces.js';

/** What no file may end in: each is to have an answer, or a reason that is its own. */
const WRONG = /^([A-Z_]+|untyped)$/;

const folders = process.argv.slice(2);
if (folders.length === 0) throw new Error('Name folders of files: npm run try:files -- DIR');
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(pdf|docx|png|jpe?g|webp|avif|heic|gif|bmp)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)),
);

for (const [name, open] of Object.entries({ Node: inNode, Chromium: inChromium })) {
  await using surface = await open();
  await tryAll(name, surface);
}
process.exit();

/** Has every file answered by one classifier, one after the other. */
async function tryAll(name: string, surface: Surface): Promise<void> {
  const counts = new Map<Outcome, number>();
  let slowest = { file: '', seconds: 0 };
  for (const file of files) {
    const begun = performance.now();
    const outcome = await surface.ask(readFileSync(file));
    const seconds = (performance.now() - begun) / 1000;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (seconds > slowest.seconds) slowest = { file, seconds };
    if (!WRONG.test(outcome)) continue;
    process.exitCode = 1;
    process.stdout.write(`${name}: ${file} ended in ${outcome}\n`);
  }
  const said = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  const share = Math.round((100 * (counts.get('answered') ?? 0)) / files.length);
  const slow = `the slowest took ${slowest.seconds.toFixed(1)} s (${slowest.file})`;
  process.stdout.write(`${name}: ${files.length} files: ${said}; ${share} % answered; ${slow}\n`);
}
