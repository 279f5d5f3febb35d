// What a page with a job does; the test calls these by name.
const { createClasser } = await import(location.search === '?real' ? '/dist/index.js' : '/dist/test.js');

const LABELS = ['billing', 'praise'];
const TEXTS = ['a billing question', 'praise for you', 'please refund it'];
const line = (i) => (i % 97 === 50 ? '{broken' : JSON.stringify({ id: i, text: `${TEXTS[i % 3]} ${i}` }));

/** The input in pieces of a thousand lines. */
function* pieces(lines) {
  for (let i = 0; i < lines; i += 1000) {
    yield `${Array.from({ length: 1000 }, (_, k) => line(i + k)).join('\n')}\n`;
  }
}

const classer = createClasser({ store: `job-test${location.search}` });

globalThis.begin = async (lines) => {
  const { job_id } = await classer.jobs.create({ labels: LABELS });
  await classer.jobs.upload(job_id, new Blob([...pieces(lines)]));
  await classer.jobs.start(job_id);
  return job_id;
};

globalThis.resume = () => classer.jobs.resume().then(() => undefined);

/** How many lines are answered once that are more than `least`. */
globalThis.progress = async (id, least) => {
  for (;;) {
    const { requests_completed } = await classer.jobs.get(id);
    if (requests_completed > least) return requests_completed;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

/** How the job ended, and whether its results are those of a run that nothing disturbed. */
globalThis.outcome = async (id) => {
  const { status, requests_completed, requests_failed } = await classer.jobs.wait(id);
  const results = await new Response(await classer.jobs.results(id)).text();
  const undisturbed = createClasser({ store: 'memory' });
  const input = new Blob([...pieces(requests_completed)]);
  let wanted = '';
  for await (const answered of undisturbed.jobs.pipe({ labels: LABELS }, input)) wanted += answered.results;
  return { status, requests_completed, requests_failed, same: results === wanted };
};

/** Begins an upload that never ends; answers the job's id once part of the file is being written. */
globalThis.uploadForEver = async () => {
  const { job_id } = await classer.jobs.create({ labels: LABELS });
  const { readable, writable } = new TransformStream();
  classer.jobs.upload(job_id, readable);
  await writable.getWriter().write(new TextEncoder().encode(line(0)));
  return job_id;
};

/** Removes all jobs; answers the folders of files that are left. */
globalThis.removeAll = async () => {
  for (const { job_id } of await classer.jobs.list()) await classer.jobs.remove(job_id);
  const root = await navigator.storage.getDirectory();
  const left = [];
  for await (const name of (await root.getDirectoryHandle(`job-test${location.search}`)).keys()) left.push(name);
  return left;
};

globalThis.arrived = true;
