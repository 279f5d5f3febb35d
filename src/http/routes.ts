import { accountRoutes } from './account.js';
import { classificationRoutes } from './classification.js';
import { classifierRoutes } from './classifiers.js';
import { jobRoutes } from './jobs.js';
import { openApi } from './openapi/document.js';
import type { Route } from './route.js';

/** Tells about all routes, itself included. */
const documentRoute: Route = {
  method: 'GET',
  path: '/openapi.json',
  open: true,
  answer: async ({ url }) => Response.json(openApi(ROUTES, url.origin)),
};

/** Every route, in one list. */
export const ROUTES: readonly Route[] = [
  ...classificationRoutes,
  ...jobRoutes,
  ...classifierRoutes,
  ...accountRoutes,
  documentRoute,
];
