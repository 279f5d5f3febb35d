import { readFile } from 'node:fs/promises';
import { createClasser } from 'classer-local';
import { photoCases } from '../support/photographs/photo-cases.js';

photoCases(
  createClasser({ cache: false, store: 'memory' }),
  async (name) => new Uint8Array(await readFile(`test/fixtures/photographs/${name}.jpg`)),
);
