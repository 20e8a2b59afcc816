// Curves over the epochs as SVG, with a line at the epoch that is shown.
"use strict";

import { asNumber, counted, fullNumber, shortNumber } from "./numbers.js";
import { make, svg } from "./dom.js";

const CHART = { width: 480, height: 226, left: 52, right: 12, top: 10, bottom: 46 };

// `curves` are {name, numbers} with a number for each epoch from 1 on; `jump(epoch)` is called for a click.
export function createChart(title, curves, best, jump) {
  const { width, height, left, right, top, bottom } = CHART;
  const numbers = curves.flatMap((curve) => curve.numbers.map(asNumber)).filter(Number.isFinite);
  const epochs = Math.max(...curves.map((curve) => curve.numbers.length));
  // Held where their difference is still a number.
  let [low, high] = [Math.min(...numbers), Math.max(...numbers)].map((end) => Math.max(-8e307, Math.min(8e307, end)));
  const logarithmic = low > 0 && high > 20 * low;
  if (!logarithmic && low > 0 && low < high / 2) low = 0;
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const bend = logarithmic ? Math.log : (x) => x;
  const x = (epoch) => left + ((width - left - right) * (epoch - 1)) / Math.max(1, epochs - 1);
  const y = (number) => top + (height - top - bottom) * ((bend(high) - bend(number)) / (bend(high) - bend(low)));

  const chart = svg("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `${title} over ${counted(epochs, "epoch")}` });
  const marks = ticks(low, high, logarithmic);
  const written = tickTexts(marks);
  marks.forEach((tick, k) => {
    chart.append(svg("line", { class: "axis", x1: left, x2: width - right, y1: y(tick), y2: y(tick) }));
    chart.append(svg("text", { x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, written[k]));
  });
  const middle = Math.round((1 + epochs) / 2);
  for (const epoch of new Set([1, middle, epochs])) {
    chart.append(svg("text", { x: x(epoch), y: height - 26,
      "text-anchor": epoch === epochs && epochs > 1 ? "end" : "middle" }, String(epoch)));
  }
  chart.append(svg("text", { x: (left + width - right) / 2, y: height - 8, "text-anchor": "middle" }, "epoch"));
  curves.forEach((curve, k) => {
    const known = curve.numbers.map(asNumber).map((number, n) => [x(n + 1), y(number)]).filter(([, place]) =>
      Number.isFinite(place));
    chart.append(svg("path", { class: `curve curve-${k % 4}`,
      d: known.map(([a, b], n) => `${n ? "L" : "M"}${a.toFixed(1)} ${b.toFixed(1)}`).join("") }));
    if (known.length === 1) chart.append(
      svg("circle", { class: `curve-${k % 4}`, cx: known[0][0], cy: known[0][1], r: 4 }));
  });
  if (best) chart.append(svg("text", { x: x(best), y: top + 8, "text-anchor": best > epochs / 2 ? "end" : "start" },
    best > epochs / 2 ? "best ▾" : "▾ best"));
  const here = svg("line", { class: "here", x1: 0, x2: 0, y1: top, y2: height - bottom });
  chart.append(here);
  chart.addEventListener("click", (event) => {
    const box = chart.getBoundingClientRect();
    const place = ((event.clientX - box.left) / box.width) * width;
    jump(1 + ((place - left) / (width - left - right)) * (epochs - 1));
  });
  const key = make("ul", { class: "key" }, ...curves.map((curve, k) => {
    const line = svg("svg", { viewBox: "0 0 24 12", "aria-hidden": "true" },
      svg("line", { class: `curve-${k % 4}`, x1: 0, x2: 24, y1: 6, y2: 6, "stroke-width": 4 }));
    const now = make("output", {});
    curve.now = now;
    return make("li", {}, line, ` ${curve.name} `, now);
  }));
  const element = make("div", {}, make("h2", {}, title), chart, key);
  return {
    element,
    // Before training there is no number yet: the line waits at the first epoch.
    show(epoch) {
      const place = x(Math.max(1, Math.min(epochs, epoch)));
      here.setAttribute("x1", place);
      here.setAttribute("x2", place);
      for (const curve of curves) curve.now.textContent = epoch >= 1 && epoch <= curve.numbers.length
        ? shortNumber(asNumber(curve.numbers[epoch - 1]), 3) : "";
    },
  };
}

// As few digits as give every tick exactly, so that all are told apart.
export function tickTexts(marks) {
  for (let digits = 2; digits < 15; digits++) {
    const texts = marks.map((mark) => shortNumber(mark, digits));
    if (texts.every((text, k) => Number(text) === marks[k])) return texts;
  }
  return marks.map(fullNumber);
}

// Three to six round numbers between low and high.
export function ticks(low, high, logarithmic) {
  if (logarithmic) {
    const found = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      for (const digit of high / low < 300 ? [1, 2, 5] : [1]) found.push(digit * 10 ** power);
    }
    const inside = found.filter((tick) => tick >= low && tick <= high);
    return inside.filter((_, k) => k % Math.ceil(inside.length / 6) === 0);
  }
  const rough = (high - low) / 5;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((k) => k * unit).find((size) => size >= rough);
  const first = Math.ceil(low / step);
  // Counted, not added up: next to a large number a small step changes nothing.
  return Array.from({ length: 6 }, (_, k) => Number(((first + k) * step).toPrecision(12))).filter((tick) => tick <= high
    + step * 1e-9);
}
