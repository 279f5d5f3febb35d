export { Ocr } from '../ocr/read.js';
export { readPicture } from './read.js';
