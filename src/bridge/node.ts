import type { MessagePort, Worker } from 'node:worker_threads';
import adapt from 'comlink/dist/esm/node-adapter.mjs';
import type { Endpoint } from './bridge.js';

/** A worker thread's port as an endpoint. */
export const nodeEndpoint = (port: Worker | MessagePort): Endpoint => adapt(port);
