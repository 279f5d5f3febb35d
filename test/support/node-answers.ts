import { readFile } from 'node:fs/promises';
import { createClasser } from 'classer-local';
import type { TestProject } from 'vitest/node';
import { askable, type Golden, toRequest } from './golden.js';
import { EVERYDAY, PHOTOGRAPHS } from './photographs/photographs.js';

/** A request and what Node answers to it, for a page to compare with. */
export interface NodeAnswer {
  readonly request: ReturnType<typeof toRequest>;
  readonly scores: readonly { label: string; confidence: number }[];
}

/** A photograph and what Node answers to it. */
export interface NodePhotograph extends Pick<NodeAnswer, 'scores'> {
  readonly name: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    nodeAnswers: NodeAnswer[];
    nodePhotographs: NodePhotograph[];
  }
}

/** Asks the golden questions in Node before the browser starts. */
export default async function setup({ provide }: TestProject): Promise<void> {
  const golden: Golden = JSON.parse(await readFile('models/classer-embed/golden.json', 'utf8'));
  const classer = createClasser({ cache: false });
  const answers: NodeAnswer[] = [];
  for (const request of askable(golden).map(toRequest)) {
    const { scores = [] } = await classer.classify({ ...request, scores: true });
    answers.push({ request, scores });
  }
  const photographs: NodePhotograph[] = [];
  for (const { name } of PHOTOGRAPHS) {
    const image = new Uint8Array(await readFile(`test/fixtures/photographs/${name}.jpg`));
    const { scores = [] } = await classer.classify({ image, labels: EVERYDAY, scores: true });
    photographs.push({ name, scores });
  }
  await classer.dispose();
  provide('nodeAnswers', answers);
  provide('nodePhotographs', photographs);
}
