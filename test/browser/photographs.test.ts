import { createClasser } from 'classer-local';
import { expect, inject, test } from 'vitest';
import { photoCases } from '../support/photographs/photo-cases.js';
import { EVERYDAY } from '../support/photographs/photographs.js';

const classer = createClasser({ cache: false, store: 'memory' });
const photograph = async (name: string) => {
  const response = await fetch(`/test/fixtures/photographs/${name}.jpg`);
  return new Uint8Array(await response.arrayBuffer());
};

photoCases(classer, photograph);

test('what a page says of photographs is what Node says', async () => {
  for (const { name, scores } of inject('nodePhotographs')) {
    const here = await classer.classify({ image: await photograph(name), labels: EVERYDAY, scores: true });
    for (const { label, confidence } of scores) {
      const other = here.scores?.find((one) => one.label === label)?.confidence;
      expect(Math.abs(confidence - (other ?? Number.NaN)), `${name}: ${label}`).toBeLessThan(0.01);
    }
  }
});
