/** The route of each call. */
export const ENDPOINTS = {
  classify: '/v1/classify',
  tag: '/v1/tag',
  classifyBatch: '/v1/classify/batch',
  tagBatch: '/v1/tag/batch',
} as const;

/** Whether a request counts towards the rate limit; its answer tells about it. */
export const isMetered = (method: string, path: string): boolean =>
  method === 'POST' && Object.values<string>(ENDPOINTS).includes(path);
