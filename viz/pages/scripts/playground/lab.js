// What the playground works on: the data, the network in training, and what has been chosen. Views listen for changes.
"use strict";

import { DATA_SETS, divided, makeData } from "../engine/data.js";
import { onOneScale } from "../engine/table.js";
import { Trainer, layerPlaces, parameterName } from "../engine/trainer.js";

export const ACTIVATIONS = ["relu", "tanh", "sigmoid", "linear", "leaky_relu", "elu", "gelu", "silu", "softplus", "sin",
  "cos", "square", "abs", "atan", "asinh", "erf", "exp"];
export const LOSSES = { binary_cross_entropy: "binary cross-entropy", hinge: "hinge", cross_entropy: "cross-entropy",
  mse: "mean squared error" };
const USUAL = { optimizer: "adam", lr: 0.03, momentum: 0, weightDecay: 0, l1: 0, dropout: 0, batch: 10, seed: 1 };
const MOST_NEURONS = 64;
const MOST_LAYERS = 8;

export function lossesFor(classes) {
  if (classes === 0) return ["mse"];
  return classes === 2 ? ["binary_cross_entropy", "hinge"] : ["cross_entropy"];
}

export class Lab {
  // `given` is what Python brought along: {data, network, loss, parameters}, each may be missing.
  constructor(machine, given) {
    this.machine = machine;
    this.listeners = [];
    this.settings = { ...USUAL, ...given.settings, dropout: given.dropout || 0 };
    this.source = { set: "moons", n: 200, noise: 0.15, share: 0.25, seed: 1 };
    this.hidden = [{ neurons: 6, activation: "tanh" }, { neurons: 4, activation: "tanh" }];
    this.loss = "binary_cross_entropy";
    this.given = given;
    this.selected = null;
    this.probe = 0;
    if (given.set) this.source.set = given.set;
    if (given.preset) {
      this.usePreset(given.preset);
      return;
    }
    if (given.data) {
      this.source = { ...this.source, set: "given", share: 0 };
      this.bring(given.data);
    } else this.bring(madeFrom(this.source));
    if (given.network) this.hidden = given.network.layers.slice(0, -1);
    if (given.loss && lossesFor(this.all.classes).includes(given.loss)) this.loss = given.loss;
    this.build(given.parameters || null);
  }

  // What a lesson begins with: settings over the usual ones, a source or data, layers, parameters that are sick, epochs
  // that lie behind it.
  usePreset(...presets) {
    const { source, settings, hidden, data, fill, bias, rest, epochs } = Object.assign({}, ...presets);
    this.rest = rest || 0; // the epoch at which playing pauses once
    this.settings = { ...USUAL, ...presets[0].settings, ...settings };
    this.source = { set: "moons", n: 200, noise: 0.15, share: 0, seed: 1, ...source };
    this.hidden = (hidden || []).map((layer) => ({ ...layer }));
    if (data) this.source = { ...this.source, set: "own" };
    this.bring(data || madeFrom(this.source));
    this.begun = { source: this.source, all: this.all };
    this.build();
    if (fill !== undefined || bias !== undefined) this.build(this.trainer.parameters.map((p, place) => {
      if (fill !== undefined) return fill;
      const name = parameterName(this.trainer.network, place);
      return name.startsWith("layers.0") && name.endsWith(".b") ? bias : p;
    }));
    if (!epochs) return;
    this.epochs(epochs);
    this.tell("numbers");
  }

  listen(listener) {
    this.listeners.push(listener);
  }

  // kind: "network" (all is new), "data", "numbers" (parameters moved), "trained" (who trains paints it), "settings",
  // "selected", "probe"
  tell(kind) {
    for (const listener of this.listeners) listener(kind);
  }

  bring(all) {
    const bare = all.classNames.every((name) => name !== "" && Number.isFinite(Number(name))); // and say nothing alone
    const named = all.target && !all.view; // pictures say it themselves
    this.all = bare && named ? { ...all, classNames: all.classNames.map((name) => `${all.target.name} = ${name}`) }
      : all;
    if (!lossesFor(all.classes).includes(this.loss)) [this.loss] = lossesFor(all.classes);
    this.look(axesOf(all));
    this.probe = 0;
  }

  // Over which two of the inputs the plane lies.
  look(axes) {
    this.axes = axes;
    this.window = windowOf(this.all, axes);
  }

  network() {
    const outputs = this.all.classes > 2 ? this.all.classes : this.all.classes ? 1 : [].concat(this.all.y[0]).length;
    const last = (this.given.network && this.given.network.layers[this.given.network.layers.length - 1].activation)
      || "linear";
    return { inputs: this.all.X[0].length, layers: [...this.hidden.map((layer) => ({ ...layer })),
      { neurons: outputs, activation: last }] };
  }

  // A new network: from the seed, or with these parameters, to which Reset then goes back.
  build(parameters = null) {
    this.brought = parameters && { sizes: sizesOf(this.network()), parameters: Float64Array.from(parameters) };
    this.begin();
  }

  // Training begins anew, with what was brought where it fits the network as it is now, else with what the seed draws:
  // nothing that was learned stays.
  begin() {
    if (this.trainer) this.trainer.free();
    const network = this.network();
    const fits = this.brought && this.brought.sizes === sizesOf(network);
    this.continued = Boolean(fits); // what it knows it did not learn here
    this.parts = divided(this.all, this.source.share, this.source.seed);
    this.trainer = new Trainer(this.machine, network, this.loss, this.parts, this.settings,
      fits ? this.brought.parameters : null);
    this.trainer.firstOptimizer = this.trainer.optimizer.settings;
    this.trainer.firstData = this.parts;
    this.selected = null;
    this.finished();
    this.tell("network");
  }

  // The figures of the moment, and a point on the curves.
  finished() {
    this.figures = this.trainer.record();
    if (this.trainer.curves.length > 4000) this.trainer.curves =
      this.trainer.curves.filter((_, k) => k % 2 === 0 || k > 3000);
  }

  // ---- training

  epochs(count) {
    for (let k = 0; k < count; k++) {
      this.trainer.trainEpoch();
      this.finished();
      if (!Number.isFinite(this.trainer.trainLoss)) break;
    }
    this.tell("trained");
  }

  get diverged() {
    return !this.trainer.parameters.every(Number.isFinite) || !Number.isFinite(this.figures.train.loss);
  }

  // ---- what the reader changes

  change(settings) {
    const rebuilt = "seed" in settings && settings.seed !== this.settings.seed;
    this.settings = { ...this.settings, ...settings };
    if (rebuilt) return this.build();
    this.trainer.change(settings);
    this.tell("settings");
  }

  changeSource(source) {
    this.source = { ...this.source, ...source };
    if (DATA_SETS[this.source.set]) this.bring(madeFrom(this.source));
    this.given = { ...this.given, network: null };
    this.begin();
  }

  changeLoss(loss) {
    this.loss = loss;
    this.begin();
  }

  addLayer() {
    if (this.hidden.length >= MOST_LAYERS) return;
    const last = this.hidden[this.hidden.length - 1] || { neurons: 4, activation: "tanh" };
    this.hidden.push({ ...last });
    this.begin();
  }

  removeLayer() {
    if (!this.hidden.length) return;
    this.hidden.pop();
    this.begin();
  }

  changeLayer(l, change) {
    const layer = { ...this.hidden[l], ...change };
    layer.neurons = Math.max(1, Math.min(Math.max(MOST_NEURONS, this.hidden[l].neurons),
      Math.round(layer.neurons) || 1)); // a file may have brought more
    this.hidden[l] = layer;
    this.begin();
  }

  setParameter(place, value) {
    if (!Number.isFinite(value)) return;
    this.trainer.setParameter(place, value);
    this.moved();
  }

  // Parameters have moved other than by training.
  moved() {
    this.figures = { train: this.trainer.evaluate("train"), held: this.trainer.evaluate("held") };
    this.tell("numbers");
  }

  // The points as they are, for Undo: before one is added or removed, and before one is dragged.
  rememberPoints() {
    this.trainer.remember({ all: this.all, source: this.source });
  }

  // Rows are added, moved or removed; the network and what it has learned stay.
  edit(X, y) {
    if (X.length < 2) return;
    this.all = { ...this.all, X, y, held: Math.min(this.all.held || 0, X.length - 2), title: "" };
    this.source = { ...this.source, set: "own" };
    this.setPoints();
    const { log } = this.trainer;
    if (log.length && log[log.length - 1].kind === "data") log.pop();
    if (this.trainer.epoch || log.length) log.push({ kind: "data", data: this.parts });
    else this.trainer.firstData = this.parts;
    this.figures = { train: this.trainer.evaluate("train"), held: this.trainer.evaluate("held") };
    this.tell("data");
  }

  setPoints() {
    this.parts = divided(this.all, this.source.share, this.source.seed);
    this.trainer.setData(this.parts);
    this.probe = Math.min(this.probe, this.all.X.length - 1);
  }

  select(what) {
    this.selected = what;
    this.tell("selected");
  }

  chooseProbe(i) {
    this.probe = Math.max(0, Math.min(this.all.X.length - 1, i));
    this.tell("probe");
  }

  undo() {
    const before = this.trainer.undo();
    if (!before) return;
    if (before.rows) {
      Object.assign(this, before.rows);
      this.setPoints();
      if (!this.trainer.log.some(({ kind }) => kind === "data")) this.trainer.firstData = this.parts;
    }
    this.settings = { ...this.trainer.settings };
    this.figures = { train: this.trainer.evaluate("train"), held: this.trainer.evaluate("held") };
    this.tell(before.rows ? "data" : "settings");
    this.tell("numbers");
  }

  // ---- names and numbers

  // Of several outputs each is one class's.
  classOf({ layer, neuron }) {
    const last = layer === this.trainer.network.layers.length - 1;
    return last && this.trainer.outputs > 1 && this.all.classes ? this.all.classNames[neuron] : "";
  }

  neuronName(place) {
    const name = this.classOf(place);
    return `layer ${place.layer} · neuron ${place.neuron}${name && ` · ${name}`}`;
  }

  nameOf(place) {
    const [, l, , n, ...rest] = parameterName(this.trainer.network, place).split(".");
    return `layer ${l} · neuron ${n} · ${rest[0] === "b" ? "b" : `w[${rest[1]}]`}`;
  }

  codeOf(place) {
    return "model." + parameterName(this.trainer.network, place).replace(/\.(\d+)/g, "[$1]");
  }

  // The sum and answer of every neuron for one row: [{sums, answers}] by layer.
  answersTo(row, parameters = this.trainer.parameters) {
    const { values } = this.trainer.answers(Float64Array.from(row), parameters);
    let at = 0;
    return layerPlaces(this.trainer.network).map(({ neurons }) => {
      const sums = Array.from(values.subarray(at, at + neurons));
      const answers = Array.from(values.subarray(at + neurons, at + 2 * neurons));
      at += 2 * neurons;
      return { sums, answers };
    });
  }

  probabilities(outputs) {
    if (!this.all.classes) return null;
    if (outputs.length === 1) {
      const p = 1 / (1 + Math.exp(-outputs[0]));
      return [1 - p, p];
    }
    const most = Math.max(...outputs);
    const powers = outputs.map((z) => Math.exp(z - most));
    const total = powers.reduce((sum, x) => sum + x, 0);
    return powers.map((x) => x / total);
  }

  // What always saying the commonest class of the training rows reaches in the rows that accuracy is judged by: those
  // held out, where there are some.
  baseline() {
    if (!this.all.classes) return null;
    const { train, held } = this.parts;
    const count = (y, k) => y.filter((t) => t === k).length;
    const counts = Array.from({ length: this.all.classes }, (_, k) => count(train.y, k));
    const { y } = held.y.length ? held : train;
    return count(y, counts.indexOf(Math.max(...counts))) / y.length;
  }

  // The squared error that always saying the mean of the training rows has in those held out.
  lossOfMean() {
    const { train, held } = this.parts;
    const middle = train.y.reduce((sum, t) => sum + t, 0) / train.y.length;
    return held.y.reduce((sum, t) => sum + (t - middle) ** 2, 0) / held.y.length;
  }
}

// How many inputs and neurons there are, from layer to layer: parameters of one network fit another of the same.
const sizesOf = ({ inputs, layers }) => [inputs, ...layers.map(({ neurons }) => neurons)].join("-");

// `unit` is how many times larger the last input is than a data set has it, until inputs are put on one scale.
function madeFrom({ set, n, noise, seed, unit, scaled }) {
  const all = makeData(set, n, noise, seed);
  if (!unit) return all;
  const X = all.X.map((row) => [...row.slice(0, -1), row[row.length - 1] * unit]);
  return { ...all, X: scaled ? onOneScale(X) : X };
}

// The first two inputs; of more than two, rather those that take more than two values.
function axesOf({ X }) {
  const inputs = X[0].map((_, k) => k);
  if (inputs.length < 3) return inputs;
  const many = inputs.filter((k) => new Set(X.map((row) => row[k])).size > 2);
  return (many.length > 1 ? many : [...many, ...inputs.filter((k) => !many.includes(k))]).slice(0, 2);
}

// The part of the plane (or line) that is shown: the rows and some room around them.
function windowOf({ X, y, classes }, [right, up]) {
  const ends = (numbers) => {
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    const room = 0.14 * (high - low) || 1;
    return [low - room, high + room];
  };
  const across = ends(X.map((row) => row[right]));
  return { x: across, y: X[0].length > 1 ? ends(X.map((row) => row[up])) : classes ? [-0.3, 1.3]
    : ends(y.map((t) => [].concat(t)[0])) };
}
