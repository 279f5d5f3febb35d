export type { RateLimit } from '../contract/rate.js';
export { createHandler, type Handler } from './handler.js';
export type { InstallFetch, Uninstall } from './install.js';
export type { HandlerOptions } from './options.js';
export { serveServiceWorker } from './page.js';
