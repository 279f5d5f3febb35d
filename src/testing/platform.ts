import { expose, type Methods } from '../bridge/bridge.js';
import type { Platform } from '../client/platform.js';
import { createHost } from '../worker/host.js';
import { FakeEngine } from './engine.js';

/** What a port has in Node besides. */
interface Holding {
  ref?(): void;
  unref?(): void;
}

/** A platform whose worker is the calling thread itself, with the fake engine in it. */
export const inThread = (platform: Platform): Platform => ({
  ...platform,
  webgpu: () => false,
  start() {
    const { port1, port2 } = new MessageChannel();
    const host = createHost(async (_, signal, onBytes) => {
      signal.throwIfAborted();
      onBytes(1, 1);
      return new FakeEngine();
    });
    expose(host as unknown as Methods, port2);
    const ports: (MessagePort & Holding)[] = [port1, port2];
    return {
      endpoint: port1,
      onDeath: () => undefined,
      terminate() {
        for (const port of ports) port.close();
      },
      hold(busy) {
        for (const port of ports) busy ? port.ref?.() : port.unref?.();
      },
    };
  },
});
