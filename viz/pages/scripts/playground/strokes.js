// What is drawn with a pen as a picture of few pixels, as large and as thick as handwritten digits are.
"use strict";

export const FINE = 4; // a pixel is the ink of 4 x 4 fine ones
export const PEN = 2.6; // half the width of the pen, in fine pixels: as much ink as the digits have
const LARGEST = 1.8; // times that what is drawn small is enlarged
const LEAST_INK = 0.1; // of the fullest column's: a column with less is margin

// How many columns the pictures fill.
export function usualWidth(pictures, columns) {
  const ink = new Array(columns).fill(0);
  for (const picture of pictures) picture.forEach((x, k) => (ink[k % columns] += x));
  return ink.filter((sum) => sum >= LEAST_INK * Math.max(...ink)).length;
}

// Strokes in fine pixels as a picture of rows x columns numbers from 0 to 1, with ink in `widest` of the columns.
export function pictureOf(strokes, rows, columns, widest) {
  const points = strokes.flat();
  const ends = [0, 1].map((k) => [Math.min(...points.map((p) => p[k])), Math.max(...points.map((p) => p[k]))]);
  const fitting = (pixels, k) => (pixels * FINE - 2 * PEN) / Math.max(1, ends[k][1] - ends[k][0]);
  const up = Math.min(LARGEST, fitting(rows, 1));
  const scale = [Math.min(up, fitting(widest, 0)), up];
  const place = (p) => [0, 1].map((k) => (p[k] - (ends[k][0] + ends[k][1]) / 2) * scale[k]
    + ((k ? rows : columns) * FINE) / 2);
  const lines = strokes.flatMap((stroke) => {
    const placed = stroke.map(place);
    return placed.length === 1 ? [[placed[0], placed[0]]] : placed.slice(1).map((p, k) => [placed[k], p]);
  });
  const picture = new Array(rows * columns).fill(0);
  for (let y = 0; y < rows * FINE; y++) {
    for (let x = 0; x < columns * FINE; x++) {
      if (lines.some(([from, to]) => distanceTo(x + 0.5, y + 0.5, from, to) <= PEN)) picture[
        Math.floor(y / FINE) * columns + Math.floor(x / FINE)] += 1 / (FINE * FINE);
    }
  }
  return picture;
}

function distanceTo(x, y, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(ax + t * dx - x, ay + t * dy - y);
}
