import { quote } from '../contract/checks.js';
import { failure } from '../contract/errors.js';
import { allInstalled, findInstalled } from '../models/installed.js';
import { addressesOf } from '../models/record.js';
import { installedLoad } from '../worker/manage.js';
import type { PageModels } from './models.js';

/** How an installed model is opened; rejects with MODEL_NOT_FOUND, naming what there is. */
export const findModel: PageModels['findModel'] = async ({ store: open, load, manifest }, id) => {
  const store = await open();
  const found = await findInstalled(store, id);
  if (found) {
    const { spec, folder } = found;
    return { folder, load: installedLoad(load, id, spec, addressesOf(store, folder, spec)) };
  }
  const { models } = await allInstalled(store);
  const known = [...Object.keys(manifest.models), ...models.map((one) => one.id)].join(', ');
  const message = `No model named ${quote(id)} is installed; there is ${known}.`;
  throw failure('MODEL_NOT_FOUND', message, { field: 'model' });
};
