import { expect, test } from 'vitest';
import { preprocessingOf } from '../../../src/models/preprocessor.js';

/** Configurations as hubs have them. */
const CLIP = {
  ...{ do_resize: true, size: 224, do_center_crop: true, crop_size: 224, resample: 3, do_normalize: true },
  ...{ image_mean: [0.48, 0.46, 0.41], image_std: [0.27, 0.26, 0.28] },
};
const SIGLIP = {
  ...{ do_resize: true, size: { height: 384, width: 384 }, resample: 2, rescale_factor: 1 / 255 },
  ...{ image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] },
};

test.for([
  { name: 'a size that is one number', config: CLIP, shortest: true, resize: { shortest: 224 }, side: 224 },
  {
    ...{ name: 'a shorter side that is cut', shortest: true, resize: { shortest: 256 }, side: 224 },
    config: { ...CLIP, size: { shortest_edge: 256 }, crop_size: { height: 224, width: 224 } },
  },
  { name: 'both sides', config: SIGLIP, shortest: false, resize: { width: 384, height: 384 }, side: 384 },
  {
    name: 'one number for both sides',
    config: { ...SIGLIP, size: 256 },
    shortest: false,
    resize: { width: 256, height: 256 },
    side: 256,
  },
  {
    name: 'no word on cutting',
    config: { ...CLIP, do_center_crop: undefined },
    shortest: true,
    resize: { shortest: 224 },
    side: 224,
  },
])('$name is read', ({ config, shortest, resize, side }) => {
  const { view, scale } = preprocessingOf('m', config, shortest);
  expect(view).toMatchObject({ width: side, height: side, resize });
  expect(scale).toBeCloseTo(1 / 255, 9);
});

test('what is not to be normalised or scaled is not', () => {
  const { mean, deviation, scale } = preprocessingOf('m', { ...CLIP, do_normalize: false, do_rescale: false }, true);
  expect({ mean, deviation, scale }).toEqual({ mean: [0, 0, 0], deviation: [1, 1, 1], scale: 1 });
});

test.for([
  { name: 'more than there is to cut', change: { size: { shortest_edge: 100 } } },
  { name: 'a filter that nobody knows', change: { resample: 9 } },
  { name: 'no size', change: { size: undefined } },
  { name: 'a size that is none', change: { size: { shortest_edge: -1 } } },
  { name: 'a picture as large as it comes', change: { do_resize: false } },
  { name: 'the shorter side alone', change: { do_center_crop: false } },
  { name: 'two channels', change: { image_mean: [0.5, 0.5] } },
  { name: 'no spread', change: { image_std: [0.5, 0, 0.5] } },
  { name: 'words for numbers', change: { rescale_factor: 'small' } },
])('$name is refused', ({ change }) => {
  const refused = expect.objectContaining({
    code: 'MODEL_UNAVAILABLE',
    details: expect.objectContaining({ reason: 'unsupported' }),
  });
  expect(() => preprocessingOf('m', { ...CLIP, ...change }, true)).toThrow(refused);
});
