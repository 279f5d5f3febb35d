import { ENDPOINTS } from './endpoints.js';

/** The paths of the contract's routes; `{name}` stands for one piece of a path. */
export const PATHS = [
  ...Object.values(ENDPOINTS),
  '/v1/batch',
  '/v1/batch/{job_id}',
  '/v1/batch/{job_id}/start',
  '/v1/batch/{job_id}/results',
  '/v1/batch/{job_id}/upload',
  '/v1/batch/{job_id}/results/file',
  '/v1/classifiers',
  '/v1/classifiers/{name}',
  '/v1/keys',
  '/v1/keys/{id}',
  '/v1/balance',
  '/v1/usage',
  '/v1/logs',
  '/openapi.json',
] as const;
export type Path = (typeof PATHS)[number];

const PATTERNS = PATHS.map((path) => new RegExp(`^${path.replace('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`));

/** Whether an address's path is one of a route's. */
export const isRoute = (pathname: string): boolean => PATTERNS.some((pattern) => pattern.test(pathname));
