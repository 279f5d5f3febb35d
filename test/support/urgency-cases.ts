import { createClasser } from 'classer-local';
import { afterAll, expect, test } from 'vitest';
import { filler } from './filler.js';

/** Who goes before whom, told by the order in which answers come. */
export function urgencyCases(): void {
  const classer = createClasser({ cache: false, store: 'memory' });
  afterAll(() => classer.dispose());
  const labels = ['billing', 'weather'];

  test('calls overtake a batch, and a batch overtakes a job', async () => {
    const ends: string[] = [];
    const note = (name: string) => () => void ends.push(name);
    await classer.ready();
    const { job_id } = await classer.jobs.create({ labels });
    await classer.jobs.upload(job_id, `${JSON.stringify({ text: filler(800) })}\n`);
    await classer.jobs.start(job_id);
    const job = classer.jobs.wait(job_id).then(note('job'));
    await classer.classify({ text: 'It will rain', labels });
    // Several times as long as the job.
    const batch = classer.classifyBatch({ texts: Array(16).fill(filler(240)), labels }).then(note('batch'));
    // Labels that were never seen are read many times over before the text is: more often than the batch has windows.
    for (const name of ['one', 'two', 'three']) {
      await classer.classify({ text: `I was charged twice ${name}`, labels: [`billing ${name}`, `weather ${name}`] });
      note(name)();
    }
    expect((await classer.jobs.get(job_id)).status).toBe('processing');
    await Promise.all([batch, job]);
    expect(ends).toEqual(['one', 'two', 'three', 'batch', 'job']);
  });

  test('a call that is given up no longer holds a batch up', async () => {
    const controller = new AbortController();
    const call = classer.classify({ text: filler(60_000), labels, signal: controller.signal });
    const batch = classer.classifyBatch({ texts: ['It will rain', 'I was charged twice'], labels });
    await classer.classify({ text: 'Once more', labels });
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'ABORTED' });
    expect((await batch).results).toHaveLength(2);
  });
}
