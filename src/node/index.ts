import manifest from '../../models/manifest.json' with { type: 'json' };
import { createFactory } from '../client/factory.js';
import { type ClasserClient as Client, createSdk } from '../client/sdk.js';
import { ClasserError } from '../contract/errors.js';
import type { Manifest } from '../engines/manifest.js';
import { node } from './platform.js';

export * from '../surface.js';

const sdk = /* @__PURE__ */ createSdk(/* @__PURE__ */ createFactory(node, manifest as Manifest));
export const { createClasser, ClasserClient, classify, tag, classifyBatch, tagBatch } = sdk;
export type ClasserClient = Client;
export default { ClasserClient, ClasserError, createClasser, classify, tag, classifyBatch, tagBatch };
