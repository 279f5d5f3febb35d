import { expect as base } from 'playwright/test';

/** Expectations that wait for the page, long enough for a busy machine to load the model. */
export const expect = base.configure({ timeout: 30_000 });
