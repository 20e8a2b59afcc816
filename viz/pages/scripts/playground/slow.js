// One row in slow motion: forward, loss, backward and update, each number explained as the page of backpropagation
// does.
"use strict";

import { byId, make } from "../dom.js";
import { inFormula, shortNumber, toldApart } from "../numbers.js";
import { layerPlaces } from "../engine/trainer.js";
import { activationSlope, arriving, rowGradient, withMask } from "./gradients.js";
import { inputWords, targetWords } from "./units.js";

const MOST_LINES = 30; // lines of a step
const MOST_PRODUCTS = 3; // products written out in a line

// `forwardOnly`: it ends with what the last layer answers, and nothing is changed.
export function createSlowMotion(lab, light, forwardOnly = false) {
  const host = byId("slow");
  let steps = [];
  let at = 0;

  function begin() {
    const chosen = lab.parts.train.places.indexOf(lab.probe);
    const place = chosen >= 0 ? chosen : Math.floor(lab.trainer.epoch) % lab.parts.train.X.length;
    lab.chooseProbe(lab.parts.train.places[place]);
    if (!forwardOnly) lab.trainer.remember();
    steps = listed(place);
    at = 0;
    host.hidden = false;
    show();
    host.scrollIntoView({ block: "nearest" });
  }

  function listed(place) {
    const { network, parameters } = lab.trainer;
    const places = layerPlaces(network);
    const row = lab.all.X[lab.probe];
    const target = lab.all.y[lab.probe];
    const own = (text) => (lab.all.scales ? [text] : []); // in the table's own unit
    const mask = lab.trainer.nextMask;
    const layers = lab.answersTo(row, withMask(lab.trainer, mask));
    const factors = byLayer(mask, network);
    const passed = layers.map((layer, l) => layer.answers.map((a, n) => a * factors[l][n])); // on to the next layer
    const { loss, sums, answers, gradient } = arriving(lab, lab.probe, mask);
    const made = [{ layer: -1, kicker: "Start", title: `Row ${lab.probe}`,
      words: "One row of the data goes through the network.", heads: lab.all.scales && ["", "scaled", "as given"],
      lines: row.map((x, k) => [lab.all.names[k], shortNumber(x), ...own(inputWords(lab.all, k, x, row))]).concat(
        [["target", ...(lab.all.classes ? [lab.all.classNames[target]]
          : [lab.all.target ? shortNumber(target) : String(target), ...own(targetWords(lab.all, target))])]]) }];
    network.layers.forEach(({ activation }, l) => {
      const { first, width, neurons } = places[l];
      const inputs = l ? passed[l - 1] : row;
      const dropped = mask && l < network.layers.length - 1 ? dropoutWords(factors[l]) : "";
      const answered = activation === "linear" ? "the sum" : `${activation} of the sum`;
      made.push({ layer: l, kicker: "Forward", title: `Layer ${l} computes`,
        words: "Each neuron multiplies its inputs by its weights, adds its bias, "
          + `and answers ${answered}.${dropped}`,
        lines: Array.from({ length: neurons }, (_, n) => {
          const start = first + n * (width + 1);
          const terms = inputs.slice(0, 4).map((x, k) => `${inFormula(parameters[start + k])} × ${inFormula(x)}`);
          const sum = `${terms.join(" + ")}${inputs.length > 4 ? " + …" : ""} + `
            + `${inFormula(parameters[start + width])} = ${shortNumber(layers[l].sums[n])}`;
          const answer = activation === "linear" ? shortNumber(layers[l].answers[n])
            : `${activation} → ${shortNumber(layers[l].answers[n])}`;
          return [`neuron ${n}`, sum, answer + (factors[l][n] === 1 ? "" : factors[l][n] === 0 ? ", left out → 0"
            : ` → ${shortNumber(passed[l][n])}`)];
        }) });
    });
    if (forwardOnly) return made;
    const outputs = layers[layers.length - 1].answers;
    made.push({ layer: network.layers.length - 1, kicker: "Loss", title: `The loss of this row is ${shortNumber(loss)}`,
      words: lossWords(outputs, target, loss),
      lines: outputs.map((z, k) => [`output ${k}`, `z = ${shortNumber(z)}`,
      `gradient ${shortNumber(answers[answers.length - 1][k])}`]) });
    const through = withMask(lab.trainer, mask); // a neuron left out gets nothing on the way back either
    for (let l = network.layers.length - 1; l >= 0; l--) {
      const { first, width, neurons } = places[l];
      const inputs = l ? passed[l - 1] : row;
      const next = places[l + 1];
      const { activation } = network.layers[l];
      const byAnswer = (n) => {
        const found = shortNumber(answers[l][n]);
        if (!next) return `answer: ${found}, from the loss`;
        const terms = sums[l + 1].slice(0, MOST_PRODUCTS).map((g, k) =>
          `${inFormula(g)} × ${inFormula(through[next.first + k * (next.width + 1) + n])}`);
        return `answer: ${terms.join(" + ")}${next.neurons > MOST_PRODUCTS ? " + …" : ""} = ${found}`;
      };
      const bySum = (n) => {
        const found = shortNumber(sums[l][n]);
        if (activation === "linear") return `sum: the same, ${found}`;
        const slope = activationSlope(lab.machine, activation, layers[l].sums[n]);
        return `sum: ${inFormula(answers[l][n])} × slope ${inFormula(slope)} = ${found}`;
      };
      made.push({ layer: l, kicker: "Backward", title: `Back through layer ${l}`,
        words: backwardWords(activation, Boolean(next)),
        lines: Array.from({ length: neurons }, (_, n) => {
          const start = first + n * (width + 1);
          const parts = inputs.slice(0, MOST_PRODUCTS).map((x, k) =>
            `w[${k}]: ${inFormula(sums[l][n])} × ${inFormula(x)} = ${shortNumber(gradient[start + k])}`);
          if (inputs.length > MOST_PRODUCTS) parts.push("…");
          parts.push(`b: ${shortNumber(gradient[start + width])}`);
          return [`neuron ${n}`, byAnswer(n), bySum(n), parts.join("\n")];
        }) });
    }
    made.push({ layer: -2, kicker: "Update", title: "Every parameter takes one step", words: updateWords(),
      update: place, gradient, mask });
    return made;
  }

  // The factors of a mask layer by layer, 1 everywhere without.
  function byLayer(mask, { layers }) {
    let next = 0;
    return layers.map(({ neurons }, l) => Array.from({ length: neurons },
      () => (mask && l < layers.length - 1 ? mask[next++] : 1)));
  }

  function dropoutWords(factors) {
    return ` Dropout leaves ${factors.filter((m) => m === 0).length} of ${factors.length} out of this step; `
      + `the others' answers are multiplied by ${shortNumber(1 / (1 - lab.settings.dropout))} to make up for them.`;
  }

  function lossWords(outputs, target, loss) {
    if (lab.loss === "mse") return "The mean squared error: "
      + `(${shortNumber(outputs[0])} − ${inFormula([].concat(target)[0])})^2`
      + `${outputs.length > 1 ? ", and the mean over the outputs" : ""}.`;
    if (lab.loss === "hinge") return `Hinge: max(0, 1 − ${2 * target - 1} × ${inFormula(outputs[0])}).`;
    const shares = lab.probabilities(outputs);
    const right = lab.all.classNames[target];
    const minusLog = `−log ${shortNumber(shares[target])} = ${shortNumber(loss)}`;
    if (outputs.length === 1) {
      const [zero, one] = lab.all.classNames;
      const other = target ? "" : `, so ${zero} has 1 − ${shortNumber(shares[1])} = ${shortNumber(shares[0])}`;
      return `The output z becomes the probability of class ${one}: sigmoid(z) = 1 / (1 + e^−z) = `
        + `1 / (1 + e^${inFormula(-outputs[0])}) = ${shortNumber(shares[1])}${other}. `
        + `The right class is ${right}; the loss is −log of its probability: ${minusLog}. `
        + `The gradient of the output is the probability of class ${one} minus ${target}.`;
    }
    return "The outputs become probabilities: e^z of each, divided by the sum of them all. "
      + `The network gives the right class, ${right}, the probability ${shortNumber(shares[target])}; `
      + `the loss is ${minusLog}. `
      + "The gradient of an output is the probability minus 1 for the right class, "
      + "the probability for another.";
  }

  function backwardWords(activation, further) {
    const from = further ? "A neuron's answer gets its gradient from the next layer: the gradient of each sum there "
      + "times the weight in between, added up. " : "";
    const bend = activation === "linear" ? "The sum is the answer here, so its gradient is the same"
      : `Times the slope of ${activation} at its sum this is the gradient of its sum`;
    return `${from}${bend}; each weight gets that times its input, the bias gets it as it is.`;
  }

  function updateWords() {
    return `${stepWords()} The largest gradient stands first.`;
  }

  function stepWords() {
    const { optimizer, lr, momentum, weightDecay, l1 } = lab.settings;
    if (optimizer !== "sgd") return `${optimizer === "adam" ? "Adam" : "AdamW"} divides a running mean of the `
      + "gradients by the root of a running mean of their squares: at first every step is about the learning rate "
      + `${shortNumber(lr)} long, whatever the size of the gradient.`;
    const moved = momentum ? "the running sum of gradients (momentum)" : "gradient";
    const decay = weightDecay ? `, after the weight decay ${shortNumber(weightDecay)} × parameter was added to it`
      : l1 ? `, after the L1 penalty ${shortNumber(l1)} was added to the gradients of positive parameters and taken `
        + "from those of negative ones" : "";
    return `parameter ← parameter − ${shortNumber(lr)} × ${moved}${decay}.`;
  }

  function show() {
    const step = steps[at];
    if (step.update !== undefined && !step.lines) {
      const before = lab.trainer.parameters.slice();
      lab.trainer.trainBatch([step.update]);
      lab.moved();
      const order = Array.from(before.keys()).sort((i, j) => Math.abs(step.gradient[j]) - Math.abs(step.gradient[i]));
      step.lines = order.map((i) => [lab.nameOf(i),
        ...moveOf(step.gradient[i], toldApart(before[i], lab.trainer.parameters[i]))]);
      const { loss } = rowGradient(lab, lab.probe, step.mask);
      step.words += ` The loss of this row is now ${shortNumber(loss)}`
        + `${step.mask ? " with the same neurons left out" : ""}.`;
    }
    light(step.layer);
    const lines = step.lines.slice(0, MOST_LINES).map((cells) =>
      make("tr", {}, make("th", { scope: "row" }, cells[0]), ...cells.slice(1).map((text) => make("td", {}, text))));
    const rest = step.lines.length - lines.length;
    if (rest > 0) lines.push(make("tr", {}, make("th", { scope: "row" }, "…"),
      make("td", {}, `and ${rest} more${step.update === undefined ? "" : ", with smaller gradients"}`)));
    const go = (by, text) =>
      make("button", { type: "button", "aria-disabled": String(!steps[at + by] && by < 0), click: () => move(by) },
      text);
    host.replaceChildren(make("p", { class: `kicker ${step.kicker.toLowerCase()}` },
      `${step.kicker}, step ${at + 1} of ${steps.length}`), make("h2", { tabindex: "-1" }, step.title),
      make("p", {}, step.words),
      make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Numbers of this step" },
        make("table", { class: step.kicker.toLowerCase() }, ...headOf(step.heads), make("tbody", {}, ...lines))),
      make("div", { class: "buttons" }, go(-1, "Back"), go(1, at + 1 < steps.length ? "On" : "Done")));
  }

  // Where a step is the learning rate times the gradient and nothing else, it is written out.
  function moveOf(gradient, [before, after]) {
    const { optimizer, lr, momentum, weightDecay, l1 } = lab.settings;
    if (optimizer !== "sgd" || momentum || weightDecay || l1) return [`gradient ${shortNumber(gradient)}`,
      `${before} → ${after}`];
    return [`${before} − ${shortNumber(lr)} × ${inFormula(gradient)} = ${after}`];
  }

  const headOf = (texts) => (texts ? [make("thead", {}, make("tr", {}, ...texts.map((text) =>
    make("th", { scope: "col" }, text))))] : []);

  function move(by) {
    const to = at + by;
    if (to < 0) return;
    if (to >= steps.length) return end();
    at = to;
    show();
    host.querySelector("h2").focus();
  }

  function end() {
    if (host.hidden) return;
    host.hidden = true;
    steps = [];
    light(-2);
  }

  return { begin, end };
}
