import { expose, type Methods } from '../bridge/bridge.js';
import { Session } from '../engines/onnx.js';
import { fetchFile } from './fetch.js';
import { createHost, type Host } from './host.js';
import { loader } from './load.js';
import { SharedFiles } from './shared-files.js';

// Held as long as the thread lives: the page waits for it to learn of a death that has no event.
// Pages that are not secure contexts have no locks.
const locked = new Promise<void>((resolve) => {
  if (!navigator.locks) return resolve();
  void navigator.locks.request(self.name, () => {
    postMessage('locked');
    resolve();
    return new Promise(() => undefined);
  });
});

const shared = new SharedFiles(fetchFile);
const host = createHost(loader(shared.read), (bytes) => Session.open(bytes, { device: 'wasm' }));
const watched: Host = {
  ...host,
  // Nothing is heard of a worker before its death would be.
  open(options, context) {
    shared.share(options.leads ?? false, options.files);
    return locked.then(() => host.open(options, context));
  },
  files: async () => shared.files,
  install: (request, context) => locked.then(() => host.install(request, context)),
};
expose(watched as unknown as Methods, globalThis as unknown as Worker);
