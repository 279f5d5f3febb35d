import type { FarContext } from '../bridge/bridge.js';
import type { ReadFile } from '../engines/assets.js';
import type { openClip } from '../engines/clip/engine.js';
import type { HubParts } from '../engines/embed/hub.js';
import type { checkGolden, probe } from '../engines/golden.js';
import type { NliEngine } from '../engines/nli/engine.js';
import type { InstallRequest } from '../models/manage.js';
import type { InstalledModel } from '../models/record.js';
import type { Load, LoadOptions } from './settings.js';

/** What a thread needs to install a model; plain values, sent by the caller's side. */
export interface ManageRequest {
  readonly store: string | undefined;
  /** How the embedded model is opened; its addresses name the module, too. */
  readonly load: LoadOptions;
  readonly install: InstallRequest;
}

/** The part of the module at `AssetUrls.models` that workers use: it is loaded with the first model of a hub's. */
export interface WorkerModels {
  install(request: ManageRequest, context: FarContext, load: Load): Promise<InstalledModel>;
  readonly checkGolden: typeof checkGolden;
  readonly probe: typeof probe;
  /** Reads a file of an installed model; what reads the package's own will do where this is left out. */
  readonly readStored?: ReadFile;
  /** What to do about a file that is not what it was. */
  readonly advice: string;
  readonly hubParts: HubParts;
  readonly openNli: typeof NliEngine.open;
  readonly openClip: typeof openClip;
}
