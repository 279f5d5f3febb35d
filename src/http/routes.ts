import { accountRoutes } from './account.js';
import { classificationRoutes } from './classification.js';
import { classifierRoutes } from './classifiers.js';
import { jobRoutes } from './jobs.js';
import type { Route } from './route.js';

/** Every route, in one list. */
export const ROUTES: readonly Route[] = [...classificationRoutes, ...jobRoutes, ...classifierRoutes, ...accountRoutes];
