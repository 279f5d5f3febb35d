import type { Job } from 'classer-local';

/** Asks a server for jobs as any program would, knowing nothing but the contract. */
export class BatchClient {
  readonly #send: (request: Request) => Promise<Response>;
  readonly #base: string;

  constructor(base: string, send: (request: Request) => Promise<Response> = fetch) {
    this.#base = base;
    this.#send = send;
  }

  send(method: string, path: string, body?: BodyInit, headers: HeadersInit = {}): Promise<Response> {
    const url = new URL(path, this.#base);
    return this.#send(new Request(url, { method, headers, ...(body !== undefined && { body }) }));
  }

  /** Makes a job, uploads its input and starts it. */
  async begin(request: object, input: Blob): Promise<string> {
    const { job_id, upload_url, upload_fields } = await this.json('POST', '/v1/batch', JSON.stringify(request));
    const form = new FormData();
    for (const [name, value] of Object.entries(upload_fields as Record<string, string>)) form.append(name, value);
    form.append('file', input, 'input.ndjson');
    const uploaded = await this.send('POST', upload_url, form);
    if (uploaded.status !== 204) throw new Error(await uploaded.text());
    await this.json('POST', `/v1/batch/${job_id}/start`);
    return job_id;
  }

  /** Looks until something is so. */
  async until(id: string, so: (job: Job) => boolean): Promise<Job> {
    for (;;) {
      const job = await this.json('GET', `/v1/batch/${id}`);
      if (so(job)) return job;
      if (job.status === 'failed') throw new Error(job.error);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async results(id: string): Promise<string> {
    const { results_url } = await this.json('GET', `/v1/batch/${id}/results`);
    return (await this.send('GET', results_url)).text();
  }

  async json(method: string, path: string, body?: BodyInit) {
    const response = await this.send(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response.json();
  }
}
