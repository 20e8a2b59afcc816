// The figures of a run: curves of loss and accuracy, which class is taken for which, and what is wrong with a sick run.
"use strict";

import { byId, make } from "../dom.js";
import { cssColor, mixed } from "../fields.js";
import { shortNumber } from "../numbers.js";
import { tickTexts, ticks } from "../charts.js";

export function createFigures(lab, palette) {
  const canvases = { loss: byId("loss-curve"), accuracy: byId("accuracy-curve") };

  function show() {
    curve(canvases.loss, [["training", "loss"], ["held out", "held"]], null);
    const classes = lab.all.classes > 0;
    byId("accuracy").hidden = !classes;
    if (classes) curve(canvases.accuracy, [["training", "accuracy"], ["held out", "heldAccuracy"]], lab.baseline());
    confusion();
    clinic();
  }

  function curve(canvas, lines, baseline) {
    const { curves } = lab.trainer;
    const context = canvas.getContext("2d");
    const { width, height } = canvas;
    const [left, right, top, bottom] = [92, 20, 16, 44];
    const every = Math.max(1, Math.floor(curves.length / 800));
    const shown = curves.filter((_, k) => k % every === 0 || k === curves.length - 1);
    const numbers = shown.flatMap((point) => lines.map(([, key]) => point[key])).filter((x) => typeof x === "number" && Number.isFinite(x));
    if (baseline !== null) numbers.push(baseline, 1);
    let [low, high] = numbers.length ? [Math.min(...numbers), Math.max(...numbers)] : [0, 1];
    const logarithmic = baseline === null && low > 0 && high > 20 * low;
    if (!logarithmic && low > 0 && low < high / 2) low = 0;
    if (baseline !== null) [low, high] = [Math.min(low, baseline), 1]; // a share: never more than 1, whatever it does
    if (low === high) [low, high] = [low - 0.5, high + (baseline === null ? 0.5 : 0)];
    const bend = logarithmic ? Math.log : (x) => x;
    const last = Math.max(1, curves[curves.length - 1].epoch);
    const x = (epoch) => left + ((width - left - right) * epoch) / last;
    const y = (v) => top + (height - top - bottom) * ((bend(high) - bend(v)) / (bend(high) - bend(low)));
    context.clearRect(0, 0, width, height);
    context.font = `22px ${getComputedStyle(document.documentElement).getPropertyValue("--sans")}`;
    context.fillStyle = cssColor(palette.ink);
    context.textAlign = "right";
    context.textBaseline = "middle";
    const marks = ticks(low, high, logarithmic);
    const texts = tickTexts(marks);
    marks.forEach((tick, k) => {
      context.fillText(texts[k], left - 10, y(tick));
      context.fillStyle = cssColor(mixed(palette.paper, palette.ink, 0.15));
      context.fillRect(left, y(tick), width - left - right, 1.5);
      context.fillStyle = cssColor(palette.ink);
    });
    context.textAlign = "left";
    context.fillText("0", left, height - 18);
    context.textAlign = "right";
    context.fillText(`epoch ${last}`, width - right, height - 18);
    if (baseline !== null) {
      context.setLineDash([4, 8]);
      context.strokeStyle = cssColor(palette.unknown);
      context.lineWidth = 3;
      context.beginPath();
      context.moveTo(left, y(baseline));
      context.lineTo(width - right, y(baseline));
      context.stroke();
    }
    lines.forEach(([, key], k) => {
      context.setLineDash(k ? [14, 8] : []);
      context.strokeStyle = cssColor(palette.series[k]);
      context.lineWidth = 4;
      context.beginPath();
      for (const point of shown) if (typeof point[key] === "number" && Number.isFinite(point[key])) context.lineTo(x(point.epoch), y(point[key]));
      context.stroke();
    });
    context.setLineDash([]);
    const now = curves[curves.length - 1];
    const words = lines.filter(([, key]) => typeof now[key] === "number").map(([name, key]) => `${name} ${key.toLowerCase().includes("accuracy") ? (100 * now[key]).toFixed(1) + " %" : shortNumber(now[key], 4)}`);
    if (baseline !== null) words.push(`always the commonest class: ${(100 * baseline).toFixed(1)} %`);
    canvas.setAttribute("aria-label", words.join(", "));
    canvas.nextElementSibling.textContent = words.join(", ");
  }

  function confusion() {
    const host = byId("confusion");
    const part = lab.parts.held.X.length ? "held" : "train";
    const { classes, classNames } = lab.all;
    host.hidden = !classes || classes > 12;
    if (host.hidden) return;
    const counts = Array.from({ length: classes }, () => new Array(classes).fill(0));
    lab.figures[part].classes.forEach((k, i) => (counts[lab.parts[part].y[i]][k] += 1));
    const head = make("tr", {}, make("th", { scope: "col" }, "it is ↓ it says →"), ...classNames.map((name) => make("th", { scope: "col" }, name)));
    const rows = counts.map((row, i) => {
      const total = Math.max(1, row.reduce((sum, n) => sum + n, 0));
      return make("tr", {}, make("th", { scope: "row" }, classNames[i]), ...row.map((n, j) => {
        const cell = make("td", i === j ? { class: "right" } : {}, n ? String(n) : "");
        cell.style.backgroundColor = cssColor(mixed(palette.paper, i === j ? palette.positive : palette.negative, (0.55 * n) / total));
        return cell;
      }));
    });
    host.replaceChildren(make("h2", {}, `Which class is taken for which, ${part === "held" ? "held-out rows" : "training rows"}`), make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Confusion matrix" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows))));
  }

  function clinic() {
    const found = findings(lab);
    byId("clinic").hidden = !found.length;
    byId("clinic").replaceChildren(make("h2", {}, "What is wrong"), make("ul", {}, ...found.map((text) => make("li", {}, text))));
  }

  return { show };
}

// What can be seen to be wrong with the run, and what helps; empty where it is well.
export function findings(lab) {
  const { trainer, settings, figures } = lab;
  const { curves, network, epoch } = trainer;
  const found = [];
  if (lab.diverged) return [`The numbers have become too large to be numbers: the learning rate ${shortNumber(settings.lr)} is too high. Undo, and try ${shortNumber(settings.lr / 10)}.`];
  const first = curves[0];
  const now = curves[curves.length - 1];
  if (epoch >= 5 && now.loss > 1.05 * first.loss) found.push(`The loss is higher than before training (${shortNumber(first.loss, 3)} → ${shortNumber(now.loss, 3)}): the steps go past the valley. Lower the learning rate.`);
  found.push(...sleeping(lab));
  const { parameters } = trainer;
  if (parameters.every((p) => p === parameters[0])) found.push("All parameters are equal, so all neurons of a layer stay equal: start from random weights (the seed does).");
  if (epoch >= 20 && lab.all.classes && figures.train.accuracy <= lab.baseline() + 0.02 && now.loss > 0.3) found.push(`It is no better than always saying the commonest class (${(100 * lab.baseline()).toFixed(0)} %). ${network.layers.length === 1 ? "One layer can only draw a straight line: add a hidden layer." : "Try more epochs, another learning rate, or more neurons."}`);
  const held = smoothed(curves.map((point) => point.held).filter((x) => typeof x === "number"));
  const [best, last] = [Math.min(...held), held[held.length - 1]];
  if (epoch >= 20 && held.length > 10 && last > 1.3 * best && last > 2 * now.loss) found.push(`It learns the training rows by heart: their loss is ${shortNumber(now.loss, 3)}, that of the held-out rows ${shortNumber(last, 3)} and rising (it was ${shortNumber(best, 3)}). Fewer neurons, weight decay, more rows, or stop earlier.`);
  const before = curves[Math.max(0, curves.length - 30)];
  if (epoch >= 40 && curves.length > 30 && Math.abs(before.loss - now.loss) < 1e-3 * Math.abs(before.loss) && now.loss > 0.5 * first.loss) found.push("The loss hardly moves any more and is still high: the learning rate may be too low, or the network too small.");
  return found;
}

// Means of ten numbers in a row: single epochs jump.
const smoothed = (numbers) =>
  numbers.slice(9).map((_, k) => numbers.slice(k, k + 10).reduce((sum, x) => sum + x, 0) / 10);

// Neurons that answer the same for every row, or nearly, have no slope there and learn nothing.
function sleeping(lab) {
  const { trainer } = lab;
  const rows = lab.parts.train.X.slice(0, 200);
  const { values, roots } = trainer.answers(Float64Array.from(rows.flat()));
  const found = [];
  let at = 0;
  trainer.network.layers.forEach(({ neurons, activation }, l) => {
    const answers = at + neurons;
    at += 2 * neurons;
    if (l === trainer.network.layers.length - 1) return;
    let [dead, full] = [0, 0];
    for (let n = 0; n < neurons; n++) {
      const column = rows.map((_, i) => values[i * roots + answers + n]);
      if (activation === "relu" && column.every((a) => a === 0)) dead += 1;
      if (activation === "tanh" && column.filter((a) => Math.abs(a) > 0.995).length > 0.95 * column.length) full += 1;
      if (activation === "sigmoid" && column.filter((a) => a > 0.995 || a < 0.005).length > 0.95 * column.length) full += 1;
    }
    if (dead) found.push(`layer ${l}: ${dead} of ${neurons} ReLU neurons answer 0 to every row; no gradient passes, so they are dead. A lower learning rate, leaky_relu, or another seed helps.`);
    if (full) found.push(`layer ${l}: ${full} of ${neurons} ${activation} neurons are at their end for nearly every row, where the slope is about 0. Smaller weights or scaled inputs help.`);
  });
  const hidden = trainer.network.layers.slice(0, -1);
  if (hidden.length >= 5 && hidden.every(({ activation }) => activation === "sigmoid")) found.push("Many sigmoid layers: each passes on at most a quarter of the gradient, so the first layers hardly learn. Use tanh or relu, or fewer layers.");
  return found;
}
