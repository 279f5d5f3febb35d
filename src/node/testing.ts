import { createTestSdk } from '../testing/sdk.js';
import { node } from './platform.js';

export * from '../surface.js';
export const { createClasser, ClasserClient, classify, tag, classifyBatch, tagBatch } = createTestSdk(node);
