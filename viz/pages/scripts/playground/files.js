// States and weights as files: what the page saves, and what it takes in after looking at every part of it.
"use strict";

import { make } from "../dom.js";
import { ACTIVATIONS, lossesFor } from "./lab.js";
import { checkedScale, checkedTarget } from "./units.js";

const FORMAT = "glassgrad playground 1";
const MOST_ROWS = 2000;
const MOST_PARAMETERS = 20000; // as nn's pages show: networks that were averaged into one are as wide as all together
const BAD_DROPOUT = "its dropout must be a number from 0 to below 1";

const isNumber = (x) => typeof x === "number" && Number.isFinite(x);
const areNumbers = (list, length) => Array.isArray(list) && list.length === length && list.every(isNumber);

export function stateText(lab) {
  const { trainer, all, settings, loss } = lab;
  const { X, y, classes, names, classNames, scales, target } = all;
  const data = { X, y, classes, names, classNames, scales, target };
  return JSON.stringify({ format: FORMAT, loss, settings, data, share: lab.source.share, dataSeed: lab.source.seed,
    hidden: lab.hidden, parameters: Array.from(trainer.parameters) }) + "\n";
}

export function saveAs(name, content, type) {
  const link = make("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// Take in a file that this page or nn.save has written; throws an Error that says what is wrong.
export function takeIn(lab, text) {
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Error("this is no JSON");
  }
  if (found?.format === FORMAT) return takeState(lab, found);
  if (found?.format === "glassgrad mlp 1") return takeWeights(lab, found);
  throw new Error("this is neither a state of the playground nor a model of nn.save");
}

function checkedLayers(layers, what, inputs, outputs) {
  if (!Array.isArray(layers) || layers.length > 8) throw new Error(`${what} must be at most 8 layers`);
  const found = layers.map(({ neurons, activation }) => {
    if (!Number.isInteger(neurons) || neurons < 1 || !ACTIVATIONS.includes(activation)) throw new Error(
      `${what}: a layer has neurons, at least one, and an activation of nn`);
    return { neurons, activation };
  });
  const widths = [inputs, ...found.map(({ neurons }) => neurons), outputs];
  const count = widths.slice(1).reduce((sum, width, l) => sum + width * (widths[l] + 1), 0);
  if (count > MOST_PARAMETERS) throw new Error(`it has ${count.toLocaleString("en-US")} parameters, and at most `
    + `${MOST_PARAMETERS.toLocaleString("en-US")} can be shown here; where several networks were averaged into one, `
    + "glassgrad train --ensemble 1 trains one alone");
  return found;
}

function takeState(lab, { data, hidden, loss, settings, parameters, share, dataSeed }) {
  const rows = data?.X?.length;
  const width = data?.X?.[0]?.length;
  if (!(rows >= 2 && rows <= MOST_ROWS && width >= 1 && width <= 100)
    || !data.X.every((row) => areNumbers(row, width))) throw new Error("its rows must be 2 to 2,000 lists of numbers");
  const { classes } = data;
  if (!Number.isInteger(classes) || classes < 0 || classes === 1
    || classes > 20) throw new Error("it must have 0 or 2 to 20 classes");
  if (!areNumbers(data.y, rows)
    || (classes && !data.y.every((t) => Number.isInteger(t) && t >= 0 && t < classes))) throw new Error(
    "its targets must be numbers, one for each row");
  const texts = (list, length) => Array.from({ length }, (_, k) => String(list?.[k] ?? k).slice(0, 60));
  const layers = checkedLayers(hidden, "hidden", width, classes > 2 ? classes : 1);
  const known = { ...lab.settings };
  for (const key of Object.keys(known)) if (typeof known[key] === "number" && isNumber(settings?.[key])
    && settings[key] >= 0) known[key] = settings[key];
  if (["sgd", "adam", "adamw"].includes(settings?.optimizer)) known.optimizer = settings.optimizer;
  if (!(known.dropout < 1)) throw new Error(BAD_DROPOUT);
  lab.settings = known;
  lab.hidden = layers;
  lab.loss = lossesFor(classes).includes(loss) ? loss : lossesFor(classes)[0];
  lab.source = { ...lab.source, set: "own", share: isNumber(share) ? Math.max(0, Math.min(0.9, share)) : 0,
    seed: isNumber(dataSeed) ? dataSeed : 1 };
  lab.given = { ...lab.given, network: null };
  lab.bring({ X: data.X, y: data.y, classes, names: texts(data.names, width),
    classNames: texts(data.classNames, classes), target: checkedTarget(data.target),
    ...(Array.isArray(data.scales) ? { scales: data.names.map((_, k) => checkedScale(data.scales[k])) } : {}) });
  lab.build();
  if (!areNumbers(parameters, lab.trainer.count)) throw new Error(
    `its parameters must be ${lab.trainer.count} numbers`);
  lab.build(parameters);
}

function takeWeights(lab, { nin, layers, dropout = 0 }) {
  if (!(isNumber(dropout) && dropout >= 0 && dropout < 1)) throw new Error(BAD_DROPOUT);
  const inputs = lab.all.X[0].length;
  if (nin !== inputs) throw new Error(
    `the model takes ${nin} inputs and the rows here have ${inputs}: bring the table of its training first`);
  const shapes = (layers || []).map(({ weights, activation }) => ({ neurons: weights?.length, activation }));
  const network = lab.network();
  const outputs = network.layers[network.layers.length - 1].neurons;
  const last = shapes.pop();
  if (!last) throw new Error("the model has no layers");
  if (last.neurons !== outputs) throw new Error(
    `the model gives ${last.neurons} numbers and ${outputs} are wanted here`);
  const hidden = checkedLayers(shapes, "layers", nin, outputs);
  const parameters = layers.flatMap(({ weights, biases }) => weights.flatMap((row, n) => [...row, biases[n]]));
  lab.hidden = hidden;
  lab.settings = { ...lab.settings, dropout };
  lab.given = { ...lab.given, network: { layers: [...hidden, last] } };
  lab.build();
  if (!areNumbers(parameters, lab.trainer.count)) throw new Error(`its weights must be ${lab.trainer.count} numbers`);
  lab.build(parameters);
}
