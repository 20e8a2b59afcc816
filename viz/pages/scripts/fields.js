// Fields over the plane: bytes to colors, colors to canvases.
"use strict";

import { make } from "./dom.js";
import { tickTexts, ticks } from "./charts.js";

export const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

const colorOf = (name) => {
  const text = getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  return [1, 3, 5].map((k) => parseInt(text.slice(k, k + 2), 16));
};

// What an axis from `low` to `high` says: its title, and its marks {at, text}, here round numbers.
export function plainAxis([low, high], title = "") {
  const marks = ticks(low, high, false);
  const texts = tickTexts(marks);
  return { low, high, title, marks: marks.map((at, k) => ({ at, text: texts[k] })) };
}

// Two axes along the lower and the left edge of a picture, on a seam of paper so that they can be read anywhere.
export function paintAxes(canvas, across, up, palette) {
  const context = canvas.getContext("2d");
  const { width, height } = canvas;
  const size = Math.round(width / 34);
  context.font = `${size}px ${getComputedStyle(document.documentElement).getPropertyValue("--mono")}`;
  context.fillStyle = cssColor(palette.ink);
  context.strokeStyle = cssColor(palette.paper);
  const write = (text, x, y, align, base) => {
    context.textAlign = align;
    context.textBaseline = base;
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeText(text, x, y, width);
    context.fillText(text, x, y, width);
  };
  const dash = width / 60;
  const mark = (x, y, w, h) => context.fillRect(Math.round(x), Math.round(y), w, h);
  const highest = (up.title ? 0.1 : 0.04) * height;
  for (const { at, text } of across.marks) {
    const x = ((at - across.low) / (across.high - across.low)) * width;
    mark(x, height - dash, 1, dash);
    if (x > 0.08 * width && x < 0.95 * width) write(text, x, height - 1.3 * dash, "center", "bottom");
  }
  for (const { at, text } of up.marks) {
    const y = ((up.high - at) / (up.high - up.low)) * height;
    mark(0, y, dash, 1);
    if (y > highest && y < 0.93 * height) write(text, 1.4 * dash, y, "left", "middle");
  }
  if (across.title) write(`${across.title} →`, width - 0.7 * dash, height - 1.6 * dash - size, "right", "bottom");
  if (up.title) write(`↑ ${up.title}`, 0.7 * dash, 0.7 * dash, "left", "top");
}

export const mixed = (from, to, share) => from.map((channel, k) => channel + (to[k] - channel) * share);

// The colors of the present scheme, read anew when it changes.
export function readPalette() {
  return {
    paper: colorOf("paper"), ink: colorOf("ink"), positive: colorOf("positive"), negative: colorOf("negative"),
      unknown: colorOf("line"),
    series: [0, 1, 2, 3, 4, 5, 6, 7].map((k) => colorOf("series-" + k)),
  };
}

// Of two classes blue is the positive one, as blue is positive everywhere.
export const classColor = (palette, k, count) => (count === 2 ? [palette.negative, palette.positive][k]
  : palette.series[k % 8]);

// Tables from a byte to a color, one for each kind of field.
export function signedColors(palette) {
  return Array.from({ length: 256 }, (_, byte) => {
    if (byte === 0) return palette.unknown;
    const share = (byte - 128) / 127;
    return mixed(palette.paper, share < 0 ? palette.negative : palette.positive, Math.abs(share));
  });
}

export function classColors(palette, count) {
  const step = Math.floor(256 / count);
  return Array.from({ length: 256 }, (_, byte) => {
    const k = Math.min(count - 1, Math.floor(byte / step));
    return mixed(palette.paper, classColor(palette, k, count), 0.14 + 0.46 * ((byte % step) / Math.max(1, step - 1)));
  });
}

// From dark to bright in even steps that color-blind readers see too.
const SCALE = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];

export function numberColor(share) {
  const place = Math.max(0, Math.min(1, share)) * (SCALE.length - 1);
  const k = Math.min(SCALE.length - 2, Math.floor(place));
  return mixed(SCALE[k], SCALE[k + 1], place - k);
}

export const numberColors = (palette) =>
  Array.from({ length: 256 }, (_, byte) => (byte === 0 ? palette.unknown : numberColor((byte - 1) / 254)));

// A canvas of width x height points, one pixel each.
export function raster(bytes, width, height, colors) {
  const canvas = make("canvas", { width, height });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  bytes.forEach((byte, k) => {
    const [red, green, blue] = colors[byte];
    image.data.set([red, green, blue, 255], 4 * k);
  });
  context.putImageData(image, 0, 0);
  return canvas;
}

export function stretch(canvas, picture) {
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
}

export const cssColor = (color) => `rgb(${color.map(Math.round).join(" ")})`;

// One mark for each class, so that color is never the only difference; the same marks as in the legend.
export function markPath(kind, x, y, r) {
  const path = new Path2D();
  if (kind % 4 === 0) path.arc(x, y, r, 0, 7);
  else if (kind % 4 === 1) path.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  else polygon(path, kind % 4 === 2 ? [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]]
    : [[0, -1.2], [1.1, 0.8], [-1.1, 0.8]], x, y, r);
  path.closePath();
  return path;
}

function polygon(path, corners, x, y, r) {
  corners.forEach(([dx, dy], k) => path[k ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
}
