import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { random } from '../../eval/sample.js';

/** A server of the batch routes whose answers depend on the text alone, and everything it was asked. */
export interface AnsweringServer extends AsyncDisposable {
  readonly url: string;
  readonly asked: { path: string; body: unknown }[];
}

/** Starts one. Confidences come in steps, so that many are equal, and reach 0 and 1. */
export async function answeringServer(): Promise<AnsweringServer> {
  const asked: AnsweringServer['asked'] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    const path = request.url ?? '';
    const body = JSON.parse(text) as { texts: string[]; labels: string[] };
    asked.push({ path, body });
    const results = body.texts.map((one) => (path.includes('tag') ? tag(one, body.labels) : choose(one, body.labels)));
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ results }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const choose = (text: string, labels: readonly string[]) => {
  const draw = random(text);
  return { label: labels[Math.floor(draw() * labels.length)], confidence: stepped(draw()) };
};

/** Some labels are missing, as below a threshold, and the rest stand in no order. */
const tag = (text: string, labels: readonly string[]) => ({
  labels: labels.flatMap((label) => {
    const confidence = stepped(random(`${text}/${label}`)());
    return confidence > 0.1 ? [{ label, confidence }] : [];
  }),
});

const stepped = (value: number): number => Math.round(value * 40) / 40;
