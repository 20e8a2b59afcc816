// The figures of a run: curves of loss and accuracy, which class is taken for which, and what is wrong with a sick run.
"use strict";

import { byId, make } from "../dom.js";
import { cssColor, mixed } from "../fields.js";
import { shortNumber } from "../numbers.js";
import { tickTexts, ticks } from "../charts.js";
import { findings } from "./clinic.js";
import { targetDistance, targetName } from "./units.js";

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
    const numbers = shown.flatMap((point) => lines.map(([, key]) => point[key])).filter((x) => typeof x === "number"
      && Number.isFinite(x));
    if (baseline !== null) numbers.push(baseline, 1);
    let [low, high] = numbers.length ? [Math.min(...numbers), Math.max(...numbers)] : [0, 1];
    const logarithmic = baseline === null && low > 0 && high > 20 * low;
    if (!logarithmic && low > 0 && (low < high / 2 || curves.length === 1)) low = 0;
    if (baseline !== null) [low, high] = [Math.min(low, baseline), 1]; // a share: never more than 1, whatever it does
    if (curves.length === 1 && baseline === null && !logarithmic) high += 0.15 * (high - low); // its point is whole
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
      context.setLineDash(k && curves.length > 1 ? [14, 8] : []);
      context.strokeStyle = cssColor(palette.series[k]);
      context.lineWidth = 4;
      context.beginPath();
      const known = shown.filter((point) => typeof point[key] === "number" && Number.isFinite(point[key]));
      for (const point of known) context.lineTo(x(point.epoch), y(point[key]));
      if (known.length === 1) context.arc(x(known[0].epoch), y(known[0][key]), 3, 0, 2 * Math.PI); // no line yet
      context.stroke();
    });
    context.setLineDash([]);
    const { train, held } = lab.figures; // as it is now: a hand may have moved weights since the last epoch
    const now = { loss: train.loss, held: held?.loss, accuracy: train.accuracy, heldAccuracy: held?.accuracy };
    const written = (key) => (key.toLowerCase().includes("accuracy") ? `${(100 * now[key]).toFixed(1)} %`
      : shortNumber(now[key], 4));
    const words = lines.filter(([, key]) => typeof now[key] === "number").map(([name, key]) =>
      `${name} ${written(key)}`);
    if (baseline === null) words.push(...lowest(), ...explained());
    if (baseline !== null) words.push(`always the commonest class: ${(100 * baseline).toFixed(1)} %`);
    canvas.setAttribute("aria-label", words.join(", "));
    canvas.nextElementSibling.textContent = words.join(", ");
  }

  // The best that rows held out have had: where training might have stopped.
  function lowest() {
    const { heldLosses } = lab.trainer;
    if (heldLosses.length < 10) return [];
    const least = heldLosses.reduce((low, x) => Math.min(low, x), Infinity);
    return heldLosses[heldLosses.length - 1] > 1.02 * least
      ? [`lowest ${shortNumber(least, 3)} at epoch ${heldLosses.indexOf(least) + 1}`] : [];
  }

  // Of numbers, how much better than their mean the answers are.
  function explained() {
    const found = lab.figures.held;
    if (lab.all.classes || !found || typeof lab.all.y[0] !== "number") return [];
    const ofMean = lab.lossOfMean();
    if (!(ofMean > 0)) return [];
    const off = lab.all.target?.scale ? [`off by ${targetDistance(lab.all, Math.sqrt(found.loss))}`
      + " (root of the mean square)"] : [];
    return [`always saying the mean would have ${shortNumber(ofMean, 3)}`,
      `so R2 is 1 - ${shortNumber(found.loss, 3)} / ${shortNumber(ofMean, 3)} = `
      + shortNumber(1 - found.loss / ofMean, 2), ...off];
  }

  function confusion() {
    const host = byId("confusion");
    const part = lab.parts.held.X.length ? "held" : "train";
    const { classes, classNames } = lab.all;
    host.hidden = !classes || classes > 12;
    if (host.hidden) return;
    const counts = Array.from({ length: classes }, () => new Array(classes).fill(0));
    lab.figures[part].classes.forEach((k, i) => (counts[lab.parts[part].y[i]][k] += 1));
    const head = make("tr", {}, make("th", { scope: "col" }, "it is ↓ it says →"),
      ...classNames.map((name) => make("th", { scope: "col" }, name)));
    const rows = counts.map((row, i) => {
      const total = Math.max(1, row.reduce((sum, n) => sum + n, 0));
      return make("tr", {}, make("th", { scope: "row" }, classNames[i]), ...row.map((n, j) => {
        const cell = make("td", i === j ? { class: "right" } : {}, n ? String(n) : "");
        cell.style.backgroundColor =
          cssColor(mixed(palette.paper, i === j ? palette.positive : palette.negative, (0.55 * n) / total));
        return cell;
      }));
    });
    host.replaceChildren(
      make("h2", {}, `${lab.all.target ? `${targetName(lab.all)}: which` : "Which"} class is taken for which, `
        + `${part === "held" ? "held-out rows" : "training rows"}`),
      make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Confusion matrix" },
      make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows))));
  }

  function clinic() {
    const found = findings(lab);
    byId("clinic").hidden = !found.length;
    byId("clinic").replaceChildren(make("h2", {}, "What is wrong"),
      make("ul", {}, ...found.map((text) => make("li", {}, text))));
  }

  return { show };
}
