// The network as textbooks draw it, each neuron a small picture of its own answer over the plane.
"use strict";

import { asNumber, shortNumber } from "./numbers.js";
import { make } from "./dom.js";
import { raster, stretch } from "./fields.js";

const MOST_WIDE = 5; // layers that stand beside the other pictures

// Of several outputs each is one class's.
const classOf = ({ layers, classNames }, l, n) =>
  (l === layers.length - 1 && classNames.length > 2 && layers[l].neurons === classNames.length ? classNames[n] : "");
export const nameOf = (data, l, n) => [`layer ${l}`, `neuron ${n}`, classOf(data, l, n)].filter(Boolean).join(" · ");

// `pick(layer, neuron)` is called for a neuron that is chosen. Lines are as wide as their weights are large.
export function createNetwork(host, data, pick) {
  const deep = data.layers.length > MOST_WIDE;
  const columns = make("div", { class: deep ? "columns deep" : "columns", tabindex: "0", role: "group",
    "aria-label": "Layers from inputs to output; scrolls sideways" });
  const lines = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  lines.setAttribute("aria-hidden", "true");
  columns.append(lines);
  const tallest = Math.max(...data.layers.map((layer) => layer.shown));
  const side = Math.max(24, Math.min(deep ? 48 : 64, Math.round(560 / tallest) - 8));
  const inputs = data.inputs.map((name) => make("span", { class: "input" }, name));
  columns.append(make("div", { class: "column" }, make("p", {}, "inputs"), ...inputs));
  const thumbs = data.layers.map((layer, l) => {
    const buttons = Array.from({ length: layer.shown }, (_, n) =>
      make("button", { type: "button", class: "thumb", "aria-pressed": "false", click: () => pick(l, n) },
        make("canvas", { width: side, height: side })));
    const last = l === data.layers.length - 1;
    const hidden = layer.neurons > layer.shown ? `, ${layer.shown} of ${layer.neurons} shown` : "";
    columns.append(make("div", { class: "column" }, make("p", {},
      `layer ${l}: ${last ? "output, " : ""}${layer.activation}${hidden}`), ...buttons.map((button, n) => {
      const name = classOf(data, l, n);
      return name ? make("div", { class: "of-class" }, button, make("span", { title: name }, name)) : button;
    })));
    return buttons;
  });
  host.append(make("h2", {}, "What every neuron answers"), columns,
    make("p", { class: "note" },
      "Blue is positive, orange negative, each on its own scale; lines are as wide as the weights. "
      + "Choose a neuron to see it large."));
  host.hidden = false;

  let frame = null;
  const paths = [];
  function layOut() {
    lines.replaceChildren();
    paths.length = 0;
    const ground = columns.getBoundingClientRect();
    lines.setAttribute("width", columns.scrollWidth);
    lines.setAttribute("height", columns.scrollHeight);
    const spot = (element, edge) => {
      const box = element.getBoundingClientRect();
      return [box[edge] - ground.left + columns.scrollLeft, box.top + box.height / 2 - ground.top];
    };
    thumbs.forEach((buttons, l) => {
      const sources = (l ? thumbs[l - 1] : inputs).map((element) => spot(element, "right"));
      paths.push(buttons.map((button) => {
        const [x, y] = spot(button, "left");
        return sources.map(([a, b]) => {
          const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
          path.setAttribute("d", `M${a} ${b}C${(a + x) / 2} ${b} ${(a + x) / 2} ${y} ${x} ${y}`);
          lines.append(path);
          return path;
        });
      }));
    });
    if (frame) weigh(frame);
  }

  function weigh(shown) {
    shown.weights.forEach(({ bytes }, l) => {
      const width = data.layers[l].inputs;
      paths[l].forEach((row, n) => row.forEach((path, k) => {
        const share = (bytes[n * width + k] - 128) / 127;
        path.setAttribute("stroke", share < 0 ? "var(--negative)" : "var(--positive)");
        path.setAttribute("stroke-width", (0.3 + 3.4 * Math.abs(share)).toFixed(2));
        path.setAttribute("stroke-opacity", (0.12 + 0.75 * Math.abs(share)).toFixed(2));
      }));
    });
  }

  addEventListener("resize", layOut);
  layOut();
  return {
    show(shown, colors) {
      frame = shown;
      weigh(shown);
      thumbs.forEach((buttons, l) => buttons.forEach((button, n) => {
        const { bytes, max } = shown.neurons[l][n];
        stretch(button.firstChild, raster(bytes, data.plane.small, data.plane.small, colors));
        button.setAttribute("aria-label",
          `${nameOf(data, l, n)}, answers up to ${shortNumber(asNumber(max), 3)} in size`);
      }));
    },
    press(l, n) {
      thumbs.forEach((buttons, i) => buttons.forEach((button, k) =>
        button.setAttribute("aria-pressed", String(i === l && k === n))));
    },
  };
}
