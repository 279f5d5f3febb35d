import manifest from '../models/manifest.json' with { type: 'json' };
import { browser } from './client/browser.js';
import { createFactory } from './client/factory.js';
import { type ClasserClient as Client, createSdk } from './client/sdk.js';
import { ClasserError } from './contract/errors.js';
import type { Manifest } from './engines/manifest.js';

export * from './surface.js';

const sdk = /* @__PURE__ */ createSdk(/* @__PURE__ */ createFactory(browser, manifest as Manifest));
export const { createClasser, ClasserClient, classify, tag, classifyBatch, tagBatch } = sdk;
export type ClasserClient = Client;
export default { ClasserClient, ClasserError, createClasser, classify, tag, classifyBatch, tagBatch };
