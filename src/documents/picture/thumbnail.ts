import type { View } from '../../contract/view.js';
import type { Picture } from './picture.js';
import { resample } from './resample.js';

/** The square in the middle of a picture at another size. */
export function thumbnail(picture: Picture, side: number): Picture {
  const { width, height } = picture;
  const square = Math.min(width, height);
  const box = { left: (width - square) / 2, top: (height - square) / 2, width: square, height: square };
  return resample(picture, box, side, side, 'triangle');
}

/** A picture as a model takes it; only what is left of it in the end is resized. */
export function viewed(picture: Picture, { width, height, resize, filter }: View): Picture {
  const whole = 'shortest' in resize ? proportional(picture, resize.shortest) : resize;
  const [across, down] = [picture.width / whole.width, picture.height / whole.height];
  const box = {
    left: across * Math.floor((whole.width - width) / 2),
    top: down * Math.floor((whole.height - height) / 2),
    width: across * width,
    height: down * height,
  };
  return resample(picture, box, width, height, filter);
}

function proportional({ width, height }: Picture, shortest: number): { width: number; height: number } {
  const longest = (long: number, short: number) => Math.floor((shortest * long) / short);
  return width <= height
    ? { width: shortest, height: longest(height, width) }
    : { width: longest(width, height), height: shortest };
}
