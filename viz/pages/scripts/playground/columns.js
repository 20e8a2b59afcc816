// The network as columns of neurons, each a small picture of its own answer over the plane; lines are weights.
"use strict";

import { dateSentence } from "../date_parts.js";
import { byId, make } from "../dom.js";
import { cssColor, mixed } from "../fields.js";
import { layerPlaces } from "../engine/trainer.js";
import { SIDE } from "./plane.js";
import { ACTIVATIONS } from "./lab.js";

const THUMB = SIDE / 2;
const MANY = 6; // columns, from which on they are narrower
const MOST_SHOWN = 16; // neurons of a layer that are shown

const IMAGE_NOTE = "Each neuron of the first layer shows its weights as a picture: blue for ink that it looks for, "
  + "orange for ink that speaks against. Those of other layers show their bias. Lines are weights, as wide as they are "
  + "large.";
const CLASSES_NOTE = " The colors of the classes are only in the large plane.";
const CURVE_NOTE = "Each neuron shows its answer as a curve over the input, from its lowest to its highest. Lines are "
  + "weights, as wide as they are large, blue for positive, orange for negative.";

export function createColumns(lab, palette) {
  const host = byId("columns");
  const planeNote = byId("network-note").textContent;
  const lines = make("canvas", { class: "lines", "aria-hidden": "true" });
  let [thumbs, inputs, places, curves] = [[], [], [], []];
  let lit = -1;

  function build() {
    const { network } = lab.trainer;
    places = layerPlaces(network);
    inputs = lab.all.names.slice(0, MOST_SHOWN).map((name) => make("span", { class: "input", title: name }, name));
    const column = (title, control, ...children) => make("div", { class: "column" }, make("p", {}, title), control,
      ...children);
    const rest = lab.all.names.length - inputs.length;
    const columns = [column("inputs", "", ...inputs, ...(rest > 0 ? [make("p", { class: "note" }, `… ${rest} more`)]
      : []))];
    const dates = dateSentence(lab.all.names);
    byId("network-note").textContent = lab.all.view?.kind === "image" ? IMAGE_NOTE : lab.all.names.length === 1
      ? CURVE_NOTE : planeNote + (lab.all.classes > 2 ? CLASSES_NOTE : "") + (dates && ` ${dates}`);
    thumbs = network.layers.map((layer, l) => {
      const last = l === network.layers.length - 1;
      const shown = Math.min(MOST_SHOWN, layer.neurons);
      const buttons = Array.from({ length: shown }, (_, n) =>
        make("button", { type: "button", class: "thumb", "aria-pressed": "false",
          "aria-label": lab.neuronName({ layer: l, neuron: n }), click: () => lab.select({ layer: l, neuron: n }) }));
      const more = layer.neurons > shown ? [make("p", { class: "note" }, `… ${layer.neurons - shown} more`)] : [];
      columns.push(column(`layer ${l}${last ? ", output" : ""}`,
        last ? make("p", { class: "note" }, layer.activation) : controls(l, layer), ...buttons.map((button, n) =>
        named(button, lab.classOf({ layer: l, neuron: n }))), ...more));
      return buttons;
    });
    host.classList.toggle("deep", columns.length > MANY);
    host.replaceChildren(lines, ...columns);
    layOut();
  }

  const named = (button, name) =>
    (name ? make("div", { class: "named" }, button, make("span", { title: name }, name)) : button);

  function controls(l, layer) {
    const choose = make("select", { "aria-label": `Activation of layer ${l}` },
      ...ACTIVATIONS.map((name) => make("option", { value: name }, name)));
    choose.value = layer.activation;
    choose.addEventListener("change", () => lab.changeLayer(l, { activation: choose.value }));
    const step = (by, sign) =>
      make("button", { type: "button", class: "small",
      "aria-label": `${by > 0 ? "One neuron more" : "One neuron less"} in layer ${l}`,
      click: () => lab.changeLayer(l, { neurons: layer.neurons + by }) }, sign);
    return make("div", { class: "layer-controls" }, step(-1, "−"), make("output", {}, String(layer.neurons)),
      step(1, "+"), choose);
  }

  // Where the lines go: measured once, drawn in every frame.
  function layOut() {
    const ground = host.getBoundingClientRect();
    const ratio = devicePixelRatio || 1;
    lines.style.width = lines.style.height = 0; // that of a larger network before would be scrolled to
    lines.width = Math.max(1, Math.round(host.scrollWidth * ratio));
    lines.height = Math.max(1, Math.round(host.scrollHeight * ratio));
    lines.style.width = host.scrollWidth + "px";
    lines.style.height = host.scrollHeight + "px";
    const spot = (element, edge) => {
      const box = element.getBoundingClientRect();
      return [box[edge] - ground.left + host.scrollLeft, box.top + box.height / 2 - ground.top + host.scrollTop];
    };
    curves = [];
    spots = thumbs.flat().map((button) => {
      const box = button.getBoundingClientRect();
      return { x: box.left - ground.left + host.scrollLeft, y: box.top - ground.top + host.scrollTop, width: box.width,
        height: box.height };
    });
    if (atlas.height < spots.length * THUMB) atlas.height = spots.length * THUMB;
    thumbs.forEach((buttons, l) => {
      const sources = (l ? thumbs[l - 1] : inputs).map((element) => spot(element, "right"));
      buttons.forEach((button, n) => {
        const [x, y] = spot(button, "left");
        sources.forEach(([a, b], k) =>
          curves.push({ place: places[l].first + n * (places[l].width + 1) + k, layer: l, a, b, x, y }));
      });
    });
    paintLines();
  }

  // One canvas for everything: a browser puts together few large ones sooner than many small ones.
  const atlas = make("canvas", { width: THUMB, height: THUMB * MOST_SHOWN });
  const drawn = atlas.getContext("2d");
  let spots = [];

  function paintLines() {
    const context = lines.getContext("2d");
    const ratio = devicePixelRatio || 1;
    const { parameters } = lab.trainer;
    let largest = 1e-9;
    for (const { place } of curves) if (Math.abs(parameters[place]) > largest) largest = Math.abs(parameters[place]);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, lines.width, lines.height);
    const [blue, orange, ink] = [palette.positive, palette.negative, palette.ink].map(cssColor);
    const selected = lab.selected && "place" in lab.selected ? lab.selected.place : -1;
    for (const { place, a, b, x, y } of curves) {
      const w = parameters[place];
      const share = Math.min(1, Math.abs(w) / largest);
      const chosen = place === selected || place === lit;
      context.strokeStyle = chosen ? ink : w < 0 ? orange : blue;
      context.globalAlpha = chosen ? 1 : 0.15 + 0.75 * share;
      context.lineWidth = (chosen ? 2 : 0.4) + 3.6 * share;
      context.beginPath();
      context.moveTo(a, b);
      context.bezierCurveTo((a + x) / 2, b, (a + x) / 2, y, x, y);
      context.stroke();
    }
    context.globalAlpha = 1;
    context.imageSmoothingQuality = "high";
    spots.forEach(({ x, y, width, height }, k) => context.drawImage(atlas, 0, k * THUMB, THUMB, THUMB, x, y, width,
      height));
  }

  function lineAt(px, py) {
    let [best, distance] = [null, 7];
    for (const curve of curves) {
      const t = (px - curve.a) / (curve.x - curve.a);
      if (t < 0 || t > 1) continue;
      const d = Math.abs(curve.b + (curve.y - curve.b) * t * t * (3 - 2 * t) - py);
      if (d < distance) [best, distance] = [curve, d];
    }
    return best;
  }

  const at = (event) => {
    const box = host.getBoundingClientRect();
    return [event.clientX - box.left + host.scrollLeft, event.clientY - box.top + host.scrollTop];
  };
  host.addEventListener("pointermove", (event) => {
    const found = event.target.closest("button, select") ? null : lineAt(...at(event));
    const place = found ? found.place : -1;
    host.style.cursor = found ? "pointer" : "";
    if (place === lit) return;
    lit = place;
    paintLines();
  });
  // A line dragged up or down changes its weight, a click chooses it.
  let drag = null;
  host.addEventListener("pointerdown", (event) => {
    const found = event.target.closest("button, select") ? null : lineAt(...at(event));
    if (!found) return;
    drag = { place: found.place, from: event.clientY, value: lab.trainer.parameters[found.place], moved: false };
    lab.select({ place: found.place });
    event.preventDefault();
  });
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    const by = drag.from - event.clientY;
    if (Math.abs(by) < 3 && !drag.moved) return;
    drag.moved = true;
    lab.setParameter(drag.place, Number((drag.value + by / 60).toFixed(3)));
  });
  addEventListener("pointerup", () => (drag = null));
  addEventListener("resize", layOut);

  const image = new ImageData(THUMB, THUMB);
  // `value(k, root)` is a root at grid point k; `first(l)` the root of the first answer of layer l.
  function paintThumbs(value, first) {
    let place = 0;
    thumbs.forEach((buttons, l) => buttons.forEach((button, n) => {
      const root = first(l) + n;
      const top = THUMB * place++;
      if (lab.all.X[0].length === 1) return paintLine(top, value, root);
      let largest = 1e-9;
      for (let k = 0; k < SIDE * SIDE; k += 2) {
        const size = Math.abs(value(k, root));
        if (size > largest) largest = size;
      }
      for (let k = 0; k < THUMB * THUMB; k++) {
        const x = value(2 * Math.floor(k / THUMB) * SIDE + 2 * (k % THUMB), root) / largest;
        const color = x < 0 ? palette.negative : palette.positive;
        const share = x !== x ? 0 : Math.min(1, Math.abs(x));
        for (let c = 0; c < 3; c++) image.data[4 * k + c] = palette.paper[c] + (color[c] - palette.paper[c]) * share;
        image.data[4 * k + 3] = 255;
      }
      drawn.putImageData(image, 0, top);
    }));
  }

  // Rows that are pictures: each neuron of the first layer shows its weights, which are a picture too; the others show
  // their bias.
  function paintWeights({ kind, rows, columns }) {
    const { parameters } = lab.trainer;
    let place = 0;
    thumbs.forEach((buttons, l) => buttons.forEach((button, n) => {
      const top = THUMB * place++;
      const { first, width } = places[l];
      const start = first + n * (width + 1);
      const whole = kind === "image" && l === 0;
      const numbers = whole ? parameters.subarray(start, start + width)
        : parameters.subarray(start + width, start + width + 1);
      const [down, across] = whole ? [rows, columns] : [1, 1];
      const largest = whole ? numbers.reduce((m, x) => Math.max(m, Math.abs(x)), 1e-9) : 1;
      numbers.forEach((x, k) => {
        drawn.fillStyle = cssColor(mixed(palette.paper, x < 0 ? palette.negative : palette.positive,
          Math.min(1, Math.abs(x) / largest)));
        drawn.fillRect(((k % across) * THUMB) / across, top + (Math.floor(k / across) * THUMB) / down, THUMB / across,
          THUMB / down);
      });
    }));
    paintLines();
  }

  function paintLine(top, value, root) {
    const numbers = Array.from({ length: THUMB }, (_, k) =>
      value(Math.round((k * (SIDE * SIDE - 1)) / (THUMB - 1)), root));
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    drawn.fillStyle = cssColor(palette.paper);
    drawn.fillRect(0, top, THUMB, THUMB);
    drawn.strokeStyle = cssColor(palette.positive);
    drawn.beginPath();
    numbers.forEach((x, k) => drawn.lineTo(k, top + THUMB - 2 - ((x - low) / (high - low || 1)) * (THUMB - 4)));
    drawn.stroke();
  }

  function press() {
    const chosen = lab.selected || {};
    thumbs.forEach((buttons, l) => buttons.forEach((button, n) =>
      button.setAttribute("aria-pressed", String(chosen.layer === l && chosen.neuron === n))));
    paintLines();
  }

  // A column lit while a step of the slow motion is about it; -1 for none.
  function light(layer) {
    host.querySelectorAll(".column").forEach((column, k) => column.classList.toggle("lit", k === layer + 1));
  }

  return { build, layOut, paintLines, paintThumbs, paintWeights, press, light };
}
