export { Ocr } from '../ocr/read.js';
export { decodePicture, readPicture } from './read.js';
