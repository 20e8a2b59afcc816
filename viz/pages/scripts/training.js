// The page of one training run: which moment is shown, and every picture of it.
"use strict";

import { dateSentence } from "./date_parts.js";
import { asNumber, counted, shortNumber } from "./numbers.js";
import { make, byId, labelOf, setUpTheme } from "./dom.js";
import { createPlayer } from "./player.js";
import { bytesOf, paintAxes, plainAxis, mixed, readPalette, classColor, signedColors, classColors, numberColor,
  numberColors, raster, stretch, cssColor, markPath } from "./fields.js";
import { nameOf, createNetwork } from "./network.js";
import { createChart } from "./charts.js";

const data = JSON.parse(byId("data").textContent);
const { frames, plane, line } = data;
const count = data.classNames.length;
for (const frame of frames) {
  if (frame.answer) frame.answer = bytesOf(frame.answer);
  if (frame.line) frame.line = bytesOf(frame.line);
  for (const part of [...frame.weights, ...(frame.neurons || []).flat()]) part.bytes = bytesOf(part.bytes);
}
let palette = null;
let colors = null;
let current = 0;
let chosen = null;

function show(k) {
  current = k;
  const frame = frames[k];
  const figures = data.curves
    .filter((curve) => frame.epoch >= 1 && frame.epoch <= curve.numbers.length)
    .map((curve) => `${curve.name} ${shortNumber(asNumber(curve.numbers[frame.epoch - 1]), 3)}`);
  const right = frame.right === undefined ? []
    : [`${(100 * frame.right).toFixed(1)} % of the ${data.rows || "rows"} right`];
  const kept = k === data.kept ? " (these parameters were kept)" : "";
  byId("step").textContent = [(frame.epoch ? `After epoch ${frame.epoch}` : "Before training") + kept, ...right,
    ...figures].join(", ")
    + (data.recorded ? "" : ". Only the end was recorded: train with record_parameters=True to see every epoch.");
  for (const chart of charts) chart.show(frame.epoch);
  if (network) network.show(frame, colors.signed);
  if (plane) paintAnswer(frame);
  if (line) paintCurve(frame);
  if (frame.confusion) paintConfusion(frame.confusion);
  if (!plane) paintWeights(frame.weights);
}

// ---- the large picture: the whole network's answer, or one neuron's ----

function paintAnswer(frame) {
  const canvas = byId("field");
  if (chosen) {
    const [l, n] = chosen;
    const { bytes, max } = frame.neurons[l][n];
    stretch(canvas, raster(bytes, plane.small, plane.small, colors.signed));
    byId("answer-title").textContent = nameOf(data, l, n);
    byId("answer-note").textContent =
      `Between -${shortNumber(asNumber(max), 3)} (orange) and ${shortNumber(asNumber(max), 3)} (blue).`;
  } else {
    stretch(canvas, raster(frame.answer, plane.side, plane.side,
      data.task === "classes" ? colors.classes : colors.numbers));
    byId("answer-title").textContent = data.task === "classes" ? "The class of every place"
      : "The answer at every place";
    byId("answer-note").textContent =
      `${data.inputs[0]} goes right from ${shortNumber(plane.x[0], 3)} to ${shortNumber(plane.x[1], 3)}, `
      + `${data.inputs[1]} up from ${shortNumber(plane.y[0], 3)} to ${shortNumber(plane.y[1], 3)}.`
      + (data.task === "classes" ? " Paler where the network is less sure."
        : ` Dark is ${shortNumber(plane.low, 3)}, bright is ${shortNumber(plane.high, 3)}.`);
  }
  canvas.setAttribute("aria-label",
    `${byId("answer-title").textContent} ${frame.epoch ? "after epoch " + frame.epoch : "before training"}`);
  paintPoints(canvas);
  paintAxes(canvas, plainAxis(plane.x), plainAxis(plane.y), palette);
}

// A model of one input: its answer as a curve through the points.
function paintCurve(frame) {
  const canvas = byId("field");
  const context = canvas.getContext("2d");
  const { width, height } = canvas;
  context.fillStyle = cssColor(palette.paper);
  context.fillRect(0, 0, width, height);
  context.fillStyle = cssColor(palette.series[1]);
  for (const [x, share] of data.points) context.fill(markPath(0, ((x - line.x[0]) / (line.x[1] - line.x[0])) * width,
    (1 - share) * height, 4));
  context.strokeStyle = cssColor(palette.series[0]);
  context.lineWidth = 3.5;
  context.beginPath();
  frame.line.forEach((byte, k) => {
    if (byte) context.lineTo((k / (frame.line.length - 1)) * width, (1 - (byte - 1) / 254) * height);
  });
  context.stroke();
  paintAxes(canvas, plainAxis(line.x), plainAxis(line.y), palette);
  byId("answer-title").textContent = "The answer as a curve";
  byId("answer-note").textContent =
    `${data.inputs[0]} goes right from ${shortNumber(line.x[0], 3)} to ${shortNumber(line.x[1], 3)}, `
    + `the answer up from ${shortNumber(line.y[0], 3)} to ${shortNumber(line.y[1], 3)}. Dots are the targets.`;
  canvas.setAttribute("aria-label",
    `The answer as a curve ${frame.epoch ? "after epoch " + frame.epoch : "before training"}`);
}

function paintPoints(canvas) {
  const context = canvas.getContext("2d");
  const [left, right] = plane.x;
  const [bottom, top] = plane.y;
  context.lineWidth = 1.2;
  context.strokeStyle = cssColor(palette.paper);
  for (const [a, b, shown] of data.points) {
    const x = ((a - left) / (right - left)) * canvas.width;
    const y = ((top - b) / (top - bottom)) * canvas.height;
    const path = markPath(data.task === "classes" ? shown : 0, x, y, 4.6);
    context.fillStyle = cssColor(data.task === "classes" ? classColor(palette, shown, count) : numberColor(shown));
    context.fill(path);
    context.stroke(path);
  }
}

function classKey() {
  return make("ul", { class: "key" }, ...data.classNames.map((name, k) => {
    const mark = make("canvas", { width: 18, height: 18, "aria-hidden": "true" });
    const context = mark.getContext("2d");
    context.fillStyle = cssColor(classColor(palette, k, count));
    context.fill(markPath(k, 9, 9, 6));
    return make("li", {}, mark, " ", labelOf(name));
  }));
}

function pick(l, n) {
  const same = chosen && chosen[0] === l && chosen[1] === n;
  chosen = l === null || same ? null : [l, n];
  byId("whole").hidden = !chosen;
  if (chosen) network.press(l, n);
  else network.press(-1, -1);
  paintAnswer(frames[current]);
}

// ---- tables and maps ----

function paintConfusion(counts) {
  const host = byId("confusion");
  const head = make("tr", {}, make("th", { scope: "col" }, "it is ↓", make("br"), "it says →"),
    ...data.classNames.map((name) => make("th", { scope: "col" }, labelOf(name))));
  const lines = counts.map((row, i) => {
    const total = Math.max(1, row.reduce((sum, n) => sum + n, 0));
    return make("tr", {}, make("th", { scope: "row" }, labelOf(data.classNames[i])), ...row.map((n, j) => {
      const cell = make("td", i === j ? { class: "right" } : {}, n ? String(n) : "");
      cell.style.backgroundColor =
        cssColor(mixed(palette.paper, i === j ? palette.positive : palette.negative, (0.55 * n) / total));
      return cell;
    }));
  });
  host.replaceChildren(make("h2", {}, ["Which class is taken for which", data.rows].filter(Boolean).join(", ")),
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Confusion matrix" },
      make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines))));
  host.hidden = false;
}

function paintWeights(layers) {
  const host = byId("weights");
  if (!layers.length) return;
  host.replaceChildren(make("h2", {}, "Weights"), make("p", { class: "note" },
    ["Blue is positive, orange negative, each layer on its own scale.", dateSentence(data.inputs)].join(" ").trim()));
  layers.forEach(({ bytes, max }, l) => {
    const { inputs, neurons } = data.layers[l];
    const asImages = l === 0 && isImage(inputs);
    const shown = Math.min(bytes.length / inputs, asImages ? 64 : Infinity);
    const part = (shown < neurons ? `, the first ${shown} of them shown` : "")
      + (asImages ? "" : `; a line for each neuron, a column for each ${l ? `neuron of layer ${l - 1}` : "input"}`);
    host.append(make("p", {}, `Layer ${l}: ${counted(neurons, "neuron")} of ${counted(inputs, "input")}, `
      + `weights up to ${shortNumber(asNumber(max), 3)}${part}`));
    host.append(asImages ? images(bytes, inputs, shown) : heatMap(bytes, inputs, shown, l));
  });
  host.hidden = false;
}

// Inputs that fill a square of at least 8 x 8 are most likely the pixels of an image: show each neuron as one.
const isImage = (inputs) => inputs >= 64 && Number.isInteger(Math.sqrt(inputs));

function images(bytes, inputs, neurons) {
  const side = Math.sqrt(inputs);
  const shown = Array.from({ length: neurons }, (_, n) => {
    const picture = raster(bytes.subarray(n * inputs, (n + 1) * inputs), side, side, colors.signed);
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", `Weights of neuron ${n} as an image`);
    return picture;
  });
  return make("div", { class: "maps" }, ...shown);
}

const MOST_NAMED = 32; // neurons, and inputs
const LINE = 18; // pixels of a named neuron's line, and of a named input's column where these are few
const FEW = 18;
const NARROW = [10, 14]; // those of a column of more inputs, where there is little room and where there is enough
const NAMELESS = [0, 6]; // and of one without a name
const BORDERS = 2;

function heatMap(bytes, inputs, neurons, l) {
  const picture = raster(bytes, inputs, neurons, colors.signed);
  picture.className = "map";
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", `Weights of layer ${l}, a row for each neuron`);
  const wide = inputs > MOST_NAMED;
  const [least, most] = (wide ? NAMELESS : inputs > FEW ? NARROW : [LINE, LINE]).map((cell) =>
    `${inputs * cell + BORDERS}px`);
  picture.style.width = most;
  if (neurons > MOST_NAMED) return picture;
  picture.style.width = "100%";
  // A line for each neuron, with its name: a strip of single pixels can be read by nobody.
  picture.style.height = `${LINE * neurons}px`;
  const classes = l === data.layers.length - 1 && neurons === count ? data.classNames : null;
  const names = Array.from({ length: neurons }, (_, n) => make("li", {}, classes ? labelOf(classes[n]) : String(n)));
  const rows = make("ol", { "aria-label": classes ? "Classes" : "Neurons" }, ...names);
  const columns = make("ol", { class: `across${inputs > FEW ? " narrow" : ""}`,
    "aria-label": l ? `Neurons of layer ${l - 1}` : "Inputs" },
  ...Array.from({ length: inputs }, (_, k) => make("li", l ? {} : { title: data.inputs[k] },
    l ? String(k) : labelOf(data.inputs[k]))));
  const map = make("div", { class: "named", tabindex: "0", role: "region", "aria-label": `Weights of layer ${l}` },
    ...(wide ? [] : [make("span"), columns]), rows, picture);
  map.style.gridTemplateColumns = `max-content minmax(${least}, ${most})`;
  return map;
}

// ---- putting it together ----

function readColors() {
  palette = readPalette();
  colors = { signed: signedColors(palette), classes: classColors(palette, Math.max(2, count)),
    numbers: numberColors(palette) };
}

function nearestFrame(epoch) {
  let best = 0;
  frames.forEach((frame, k) => {
    if (Math.abs(frame.epoch - epoch) < Math.abs(frames[best].epoch - epoch)) best = k;
  });
  return best;
}

readColors();
setUpTheme();
const charts = [["Loss", "loss"], ["Metrics", "metric"]]
  .map(([title, group]) => [title, data.curves.filter((curve) => curve.group === group)])
  .filter(([, curves]) => curves.length)
  .map(([title, curves]) => createChart(title, curves, title === "Loss" ? data.best : 0,
    (epoch) => player.jump(nearestFrame(epoch))));
byId("charts").append(...charts.map((chart) => chart.element));
const network = plane && frames[0].neurons ? createNetwork(byId("network"), data, pick) : null;
if (plane || line) byId("answer").hidden = false;
document.querySelector("main").classList.toggle("lone", !network);
if (plane && data.task === "classes") byId("answer-plot").after(classKey());
byId("whole").addEventListener("click", () => pick(null, null));
document.addEventListener("themechange", () => {
  readColors();
  const key = byId("answer").querySelector(".key");
  if (key) key.replaceWith(classKey());
  show(current);
});
const player = createPlayer({ count: frames.length, show, describe: (k) =>
  `epoch ${frames[k].epoch} of ${data.epochs}${k === data.kept ? ", kept" : ""}` });
player.jump(data.kept);
