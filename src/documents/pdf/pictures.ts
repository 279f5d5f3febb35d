import { AnnotationMode, OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Matrix, multiply } from './matrix.js';

/** Pixels for each square point from which on something is a picture: about 23 dots an inch. A pixel that is stretched is a colour. */
const COARSE = 0.1;

/** The share of a page, from 0 to 1, that pictures cover; where they overlap, each counts. No picture is decoded for it. */
export async function pictureShare(page: PDFPageProxy): Promise<number> {
  const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: AnnotationMode.DISABLE });
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  const covered = (m: Matrix): number => {
    const span = (a: number, b: number, from: number, low: number, high: number) =>
      Math.max(
        0,
        Math.min(high, from + Math.max(0, a) + Math.max(0, b)) - Math.max(low, from + Math.min(0, a) + Math.min(0, b)),
      );
    return span(m[0], m[2], m[4], left, right) * span(m[1], m[3], m[5], bottom, top);
  };
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  const outer: Matrix[] = [];
  let area = 0;
  for (const [i, operator] of fnArray.entries()) {
    const args: readonly unknown[] = argsArray[i] ?? [];
    if (operator === OPS.save || operator === OPS.paintFormXObjectBegin) outer.push(matrix);
    if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd) matrix = outer.pop() ?? matrix;
    const inner = operator === OPS.transform ? args : operator === OPS.paintFormXObjectBegin ? args[0] : undefined;
    if (inner) matrix = multiply(matrix, inner as Matrix);
    if (operator !== OPS.paintImageXObject) continue;
    const [, width, height] = args as [unknown, number, number];
    const points = Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]);
    if (width * height >= COARSE * points) area += covered(matrix);
  }
  return Math.min(1, area / ((right - left) * (top - bottom)));
}
