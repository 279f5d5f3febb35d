import { createInstall } from './http/install.js';

export * from './http/index.js';
export const installFetch = /* @__PURE__ */ createInstall(async () => (await import('./index.js')).createClasser());
