// One neuron or one weight looked at closely, with its numbers for one row of the data; every weight can be changed
// here.
"use strict";

import { byId, make, svg } from "../dom.js";
import { inFormula, shortNumber } from "../numbers.js";
import { layerPlaces } from "../engine/trainer.js";
import { activationCurve } from "./activation.js";
import { arriving } from "./gradients.js";
import { inputWords } from "./units.js";

const MOST_TERMS = 24; // inputs written out
const FEW = 6; // inputs whose weights stand above the sum, next to the plane that they turn
const LEAST_SPAN = 0.01; // of the loss, from one end of its axis to the other: what changes less is drawn level

function endsOf(losses) {
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const room = Math.max(0, (LEAST_SPAN * Math.max(Math.abs(low), Math.abs(high)) || 1) - (high - low)) / 2;
  return [low - room, high + room];
}

export function createInspector(lab) {
  const host = byId("inspector");

  let fields = [];
  let fill = () => {}; // writes the numbers of the moment around the fields: these stay, and with them focus and caret

  function show() {
    const chosen = lab.selected;
    fields = [];
    if (chosen && "place" in chosen) fill = weightPanel(chosen.place);
    else if (chosen) fill = neuronPanel(chosen);
    else {
      fill = () => {};
      host.replaceChildren(make("h2", {}, "Look closely"),
        make("p", { class: "note" },
          "Choose a neuron to see its sum written out, or a line to see its weight, its gradient, and the loss over "
          + "it. Dragging a line up or down changes the weight."));
    }
    refresh();
  }

  function refresh() {
    fill();
    for (const { input, place } of fields) {
      if (input !== document.activeElement) input.value = shortNumber(lab.trainer.parameters[place], 6);
    }
  }

  // A field for one parameter; what is typed takes effect at once, and is undone as a whole.
  function field(place, label) {
    const input = make("input", { type: "number", step: "any", "aria-label": label, "data-place": place });
    let begun = false;
    input.addEventListener("input", () => {
      if (!Number.isFinite(input.valueAsNumber)) return; // not yet a number
      if (!begun) lab.trainer.remember();
      begun = true;
      lab.setParameter(place, input.valueAsNumber);
    });
    input.addEventListener("change", () => {
      begun = false;
      if (!Number.isFinite(input.valueAsNumber)) input.value = shortNumber(lab.trainer.parameters[place], 6);
    });
    input.addEventListener("blur", refresh);
    fields.push({ input, place });
    return input;
  }

  const probeRow = () => lab.all.X[lab.probe];
  const rowWords = () => (lab.all.scales
    ? `${lab.all.names.slice(0, 6).map((_, k) => inputWords(lab.all, k, probeRow()[k], probeRow())).join(
      ", ")}; on one scale below`
    : lab.all.names.slice(0, 6).map((name, k) => `${name} = ${shortNumber(probeRow()[k], 4)}`).join(", "));

  function chances(shares, z) {
    const words = shares.map((p, k) => `probability of ${lab.all.classNames[k]}: ${shortNumber(p, 4)}`);
    if (lab.trainer.outputs === 1) words[1] = `probability of ${lab.all.classNames[1]}: sigmoid(${shortNumber(z)}) = `
      + `1 / (1 + e^${inFormula(-z)}) = ${shortNumber(shares[1], 4)}`;
    return words.join(", ");
  }

  function neuronPanel({ layer, neuron }) {
    const { network } = lab.trainer;
    const { first, width } = layerPlaces(network)[layer];
    const start = first + neuron * (width + 1);
    const { activation } = network.layers[layer];
    const last = layer === network.layers.length - 1;
    const shown = Math.min(width, MOST_TERMS);
    const places = [...Array.from({ length: shown }, (_, k) => start + k), start + width];
    const written = make("div");
    const rows = places.map((place) =>
      make("tr", {}, make("th", { scope: "row" }, place === start + width ? "b" : `w[${place - start}]`),
      make("td", {}, field(place, lab.nameOf(place))), make("td"), make("td", { class: "gradient" })));
    const weights = make("div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": "Weights of this neuron" },
      make("table", {},
      make("thead", {}, make("tr", {}, ...["", "weight", "times"].map((text) => make("th", { scope: "col" }, text)),
        make("th", { scope: "col", class: "gradient" }, "gradient, all rows"))), make("tbody", {}, ...rows)));
    host.replaceChildren(make("h2", {}, lab.neuronName({ layer, neuron })),
      ...(width > FEW ? [written, weights] : [weights, written]));
    return () => {
      const layers = lab.answersTo(probeRow());
      const inputs = layer ? layers[layer - 1].answers : probeRow();
      const z = layers[layer].sums[neuron];
      const a = layers[layer].answers[neuron];
      const gradient = lab.trainer.fullGradient();
      const back = arriving(lab, lab.probe);
      const w = lab.trainer.parameters;
      const terms = inputs.slice(0, shown).map((x, k) => `${inFormula(w[start + k])} × ${inFormula(x)}`);
      const rest = width > shown ? " + …" : "";
      const shares = last ? lab.probabilities(layers[layer].answers) : null;
      written.replaceChildren(
        make("p", { class: "note" }, make("code", {}, `model.layers[${layer}].neurons[${neuron}]`),
          ` for row ${lab.probe}: ${rowWords()}`),
        make("p", { class: "equation" }, `sum = ${terms.join(" + ")}${rest} + ${inFormula(w[start + width])} = `,
          make("b", {}, shortNumber(z))),
        make("p", { class: "equation" },
          `${activation === "linear" ? "answer = sum" : `answer = ${activation}(${shortNumber(z)})`} = `,
          make("b", {}, shortNumber(a))),
        ...(shares ? [make("p", { class: "later" }, chances(shares, a))] : []),
        activationCurve(lab.machine, activation, z, a),
        make("p", { class: "gradient" }, "Gradient of this row's loss that arrives: by the answer ",
          make("b", {}, shortNumber(back.answers[layer][neuron])), ", by the sum ",
          make("b", {}, shortNumber(back.sums[layer][neuron])), "."));
      rows.forEach((row, k) => {
        const name = layer ? `layer ${layer - 1} · neuron ${k}` : lab.all.names[k];
        row.cells[2].textContent = k < shown ? `${name} = ${shortNumber(inputs[k])}` : "";
        row.cells[3].textContent = shortNumber(gradient[places[k]]);
      });
    };
  }

  function weightPanel(place) {
    const [gradientNow, lastUpdate, chart] = [make("dd"), make("dd"), make("div")];
    host.replaceChildren(
      make("h2", {}, lab.nameOf(place)),
      make("p", { class: "note" }, make("code", {}, lab.codeOf(place))),
      make("dl", { class: "facts" },
        make("dt", {}, "value"), make("dd", {}, field(place, lab.nameOf(place))),
        make("dt", {}, "gradient, all rows"), gradientNow,
        make("dt", {}, "last update"), lastUpdate),
      chart,
      make("p", { class: "note" },
        "The loss over this weight alone, all others as they are; the dashed line is the gradient, and a step goes "
        + "down along it."));
    return () => {
      const gradient = lab.trainer.fullGradient()[place];
      gradientNow.textContent = shortNumber(gradient, 5);
      lastUpdate.textContent = shortNumber(lab.trainer.lastUpdate[place], 5);
      chart.replaceChildren(lossOver(place, lab.trainer.parameters[place], gradient));
    };
  }

  function lossOver(place, w, gradient) {
    const reach = Math.max(1.5, Math.abs(w));
    const copy = lab.trainer.parameters.slice();
    const points = Array.from({ length: 61 }, (_, k) => w - reach + (2 * reach * k) / 60);
    const losses = points.map((p) => {
      copy[place] = p;
      return lab.trainer.lossWith(copy);
    });
    const finite = losses.filter(Number.isFinite);
    if (!finite.length) return make("p", {}, "The loss is no number.");
    const [low, high] = endsOf(finite);
    const x = (p) => 46 + (184 * (p - w + reach)) / (2 * reach);
    const y = (v) => 100 - (88 * (v - low)) / (high - low);
    const now = losses[30];
    const far = 0.35 * reach;
    return svg("svg", { class: "small-chart", viewBox: "0 0 240 122", role: "img",
      "aria-label": `Loss over ${lab.nameOf(place)}: ${shortNumber(now)} at ${shortNumber(w)}` },
      svg("line", { class: "axis", x1: 46, x2: 230, y1: 100, y2: 100 }),
      svg("path", { class: "curve-0", fill: "none",
        d: points.map((p, k) => `${k ? "L" : "M"}${x(p).toFixed(1)} ${y(losses[k]).toFixed(1)}`).join("") }),
      svg("line", { class: "tangent", x1: x(w - far), x2: x(w + far), y1: y(now - far * gradient),
        y2: y(now + far * gradient) }),
      svg("circle", { class: "here", cx: x(w), cy: y(now), r: 4 }),
      svg("text", { x: 42, y: 16, "text-anchor": "end" }, shortNumber(high, 3)),
        svg("text", { x: 42, y: 104, "text-anchor": "end" }, shortNumber(low, 3)),
      svg("text", { x: 46, y: 116 }, shortNumber(w - reach, 3)),
        svg("text", { x: 230, y: 116, "text-anchor": "end" }, shortNumber(w + reach, 3)));
  }

  return { show, refresh };
}
