import { ClasserError } from './errors.js';

/** How often the same is asked again when workers die of it. */
const RETRIES = 3;

/** Asks again when a worker died, as a new one takes its place. */
export async function again<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!isLost(error) || attempt === RETRIES) throw error;
    }
  }
}

/** Whether a worker died of it, or while it ran. */
export const isLost = (error: unknown): error is ClasserError => ClasserError.is(error) && error.code === 'WORKER_LOST';
