import type { Filter, View } from '../contract/view.js';
import type { ClipModel } from '../engines/manifest.js';
import { installFailure } from './failure.js';
import type { Config } from './hub-files.js';

/** Pillow's numbers of its filters. */
const FILTERS: Readonly<Record<number, Filter>> = { 1: 'lanczos', 2: 'triangle', 3: 'cubic', 4: 'box', 5: 'hamming' };

/** More pixels a side than any such model takes. */
const LARGEST = 2048;

/** What `preprocessor_config.json` says of pictures. */
export type Preprocessing = Pick<ClipModel['image'], 'view' | 'scale' | 'mean' | 'deviation'>;

/** Reads a `preprocessor_config.json`; throws `unsupported` for one that asks for something else. */
export function preprocessingOf(id: string, config: Config, shortest: boolean): Preprocessing {
  const scaled = config['do_rescale'] === false ? 1 : Number(config['rescale_factor'] ?? 1 / 255);
  const normalised = config['do_normalize'] !== false;
  const mean = normalised ? channels(config['image_mean']) : [0, 0, 0];
  const deviation = normalised ? channels(config['image_std']) : [1, 1, 1];
  const view = viewOf(config, shortest);
  if (view && mean && deviation?.every((one) => one > 0) && scaled > 0) return { view, scale: scaled, mean, deviation };
  const message = `${id} cannot be used: its preprocessor_config.json asks for pictures in a way that is not known.`;
  throw installFailure('unsupported', message, { file: 'preprocessor_config.json' });
}

function viewOf(config: Config, shortest: boolean): View | undefined {
  const filter = FILTERS[Number(config['resample'] ?? 3)];
  const resize = config['do_resize'] === false ? undefined : sizeOf(config['size'], shortest);
  const cuts = config['do_center_crop'] ?? config['crop_size'] !== undefined;
  const cut = cuts ? sizeOf(config['crop_size'], false) : resize;
  if (!filter || !resize || !cut || 'shortest' in cut) return undefined;
  const { width, height } = cut;
  // What is cut out must be there.
  const [across, down] = 'shortest' in resize ? [resize.shortest, resize.shortest] : [resize.width, resize.height];
  return width <= across && height <= down ? { width, height, resize, filter } : undefined;
}

/** `224`, `{shortest_edge: 224}` or `{height: 224, width: 224}`. */
function sizeOf(size: unknown, shortest: boolean): View['resize'] | undefined {
  const isSide = (side: unknown): side is number =>
    Number.isInteger(side) && Number(side) > 0 && Number(side) <= LARGEST;
  if (isSide(size)) return shortest ? { shortest: size } : { width: size, height: size };
  const { shortest_edge, width, height } = (size ?? {}) as Config;
  if (isSide(shortest_edge)) return { shortest: shortest_edge };
  return isSide(width) && isSide(height) ? { width, height } : undefined;
}

function channels(values: unknown): number[] | undefined {
  const list = Array.isArray(values) && values.length === 3 && values.every(Number.isFinite);
  return list ? (values as number[]) : undefined;
}
