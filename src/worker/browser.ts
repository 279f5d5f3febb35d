import { expose, type Methods } from '../bridge/bridge.js';
import { fetchFile } from './fetch.js';
import { createHost } from './host.js';

expose(createHost(fetchFile) as unknown as Methods, globalThis as unknown as Worker);

// Held as long as the thread lives: the page waits for it to learn of a death that has no event.
// Pages that are not secure contexts have no locks.
navigator.locks?.request(self.name, () => {
  postMessage('locked');
  return new Promise(() => undefined);
});
