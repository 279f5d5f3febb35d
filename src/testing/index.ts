import { browser } from '../client/browser.js';
import { createTestSdk } from './sdk.js';

export * from '../surface.js';
export const { createClasser, ClasserClient, classify, tag, classifyBatch, tagBatch } = createTestSdk(browser);
