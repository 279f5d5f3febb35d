/** Runs the training recipe on made-up texts, end to end, with the recipe's own tests: about two minutes. */
import { fileURLToPath } from 'node:url';
import { python, run } from './environment.js';

const models = fileURLToPath(new URL('../../models', import.meta.url));
run(
  python(`${models}/training/requirements.txt`),
  ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', 'training/tests'],
  models,
);
