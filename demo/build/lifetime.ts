import type { Plugin } from 'vite';

/** Names under assets/ carry a hash of the content, so a browser may keep them for good; it asks again for the rest. */
export function lifetime(): Plugin {
  return {
    name: 'demo-lifetime',
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const hashed = request.url?.startsWith('/assets/');
        response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
        next();
      });
    },
  };
}
