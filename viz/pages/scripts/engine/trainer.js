// Training as nn.fit does it: the same batches in the same order, the same losses and optimizers, to the same digits.
// What has been done is noted, so that a program can do it again.
"use strict";

import { Random } from "./random.js";
import { answersProgram, hiddenUnits, parameterCount, trainingProgram } from "./words.js";

const HALVED = new Set(["relu", "leaky_relu", "gelu"]); // half of the signal is cut off: He's variance
const MASKS = 2 ** 32; // added to the seed, as nn.MLP does for what dropout leaves out
const LECUN = new Set(["elu", "silu", "softplus"]);

// The first parameters of nn.MLP with this seed: uniform weights of the variance that suits the activation, no biases.
export function firstParameters({ inputs, layers }, seed) {
  const random = new Random(seed);
  const found = [];
  let width = inputs;
  for (const { neurons, activation } of layers) {
    const variance = HALVED.has(activation) ? 2 / width : LECUN.has(activation) ? 1 / width : 2 / (width + neurons);
    const a = Math.sqrt(3 * variance);
    for (let n = 0; n < neurons; n++) {
      for (let k = 0; k < width; k++) found.push(random.uniform(-a, a));
      found.push(0);
    }
    width = neurons;
  }
  return Float64Array.from(found);
}

// Where each layer's parameters begin: the weights of neuron n start at `first + n * (width + 1)`, its bias is behind.
export function layerPlaces({ inputs, layers }) {
  let [first, width] = [0, inputs];
  return layers.map(({ neurons }) => {
    const place = { first, width, neurons };
    first += neurons * (width + 1);
    width = neurons;
    return place;
  });
}

export const norm = (numbers) => Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0));

// One optimizer's memory and settings; its rule is in the machine, which takes the steps of an epoch in one call.
export class Optimizer {
  constructor(settings, count) {
    this.settings = { ...settings };
    this.steps = 0;
    this.first = new Float64Array(count);
    this.second = new Float64Array(count);
  }

  // What the machine needs for so many steps, which are counted: {settings, first, second, factors}.
  forSteps(count) {
    const { name, lr, momentum, weightDecay, l1 = 0 } = this.settings;
    const decoupled = name === "adamw";
    const settings = [lr, momentum, decoupled ? 0 : weightDecay, decoupled ? 1 - lr * weightDecay : 1, l1];
    const factors = name === "sgd" ? null : new Float64Array(2 * count);
    for (let k = 0; k < count; k++) {
      this.steps += 1;
      factors?.set([lr / (1 - 0.9 ** this.steps), Math.sqrt(1 - 0.999 ** this.steps)], 2 * k);
    }
    return { settings, first: this.first, second: this.second, factors };
  }

  copy() {
    const copied = new Optimizer(this.settings, 0);
    copied.steps = this.steps;
    copied.first = this.first.slice();
    copied.second = this.second.slice();
    return copied;
  }
}

// A network in training.
//   network: {inputs, layers: [{neurons, activation}]}; loss: a name; data: {train, held} of {X, y};
//   settings: {optimizer, lr, momentum, weightDecay, batch, seed, dropout}; parameters: given ones, or null for those
//   of the seed.
export class Trainer {
  constructor(machine, network, loss, data, settings, parameters = null) {
    this.machine = machine;
    this.network = network;
    this.loss = loss;
    this.settings = settings;
    this.count = parameterCount(network);
    this.outputs = network.layers[network.layers.length - 1].neurons;
    this.judging = machine.program(trainingProgram(network, loss)); // without dropout
    this.training = this.judging;
    this.dropping = new Random(settings.seed + MASKS);
    this.firstDropout = settings.dropout || 0;
    this.answering = machine.program(answersProgram(network));
    this.parameters = parameters ? Float64Array.from(parameters) : firstParameters(network, settings.seed);
    this.start = this.parameters.slice();
    this.given = parameters ? this.start : null;
    this.optimizer = new Optimizer(this.optimizerSettings(), this.count);
    this.epoch = 0;
    this.losses = []; // of each epoch, as its steps met the rows
    this.heldLosses = [];
    this.firstEpoch = null;
    this.log = [];
    this.segment = null;
    this.past = [];
    this.curves = [];
    this.lastUpdate = new Float64Array(this.count);
    this.gradient = new Float64Array(this.count);
    this.setData(data);
  }

  optimizerSettings() {
    const { optimizer: name, lr, momentum, weightDecay, l1 } = this.settings;
    return { name, lr, momentum: name === "sgd" ? momentum : 0, weightDecay, l1 };
  }

  free() {
    if (this.training !== this.judging) this.training.free();
    this.judging.free();
    this.answering.free();
    for (const part of Object.values(this.tables)) this.machine.free(part.table);
    this.machine.free(this.places);
  }

  // ---- data

  setData(data) {
    if (this.tables) for (const part of Object.values(this.tables)) this.machine.free(part.table);
    this.data = data;
    const dropout = this.settings.dropout > 0 && hiddenUnits(this.network) > 0;
    if (dropout !== (this.training !== this.judging)) {
      if (!dropout) this.training.free();
      this.training = dropout ? this.machine.program(trainingProgram(this.network, this.loss, true)) : this.judging;
    }
    this.tables = { train: this.tableOf(data.train), held: this.tableOf(data.held) };
    this.width = this.training.made.rowInputs;
    this.machine.free(this.places);
    // 64-bit numbers, low word first.
    this.places = this.machine.block(Int32Array, 2 * Math.max(1, data.train.X.length));
    this.machine.view(this.places).fill(0);
    this.segment = null;
  }

  // Labels as the loss wants them: hinge's are -1 and 1.
  target(y) {
    return this.loss === "hinge" ? 2 * y - 1 : y;
  }

  tableOf({ X, y }) {
    const width = this.training.made.rowInputs;
    const table = this.machine.block(Float64Array, Math.max(1, X.length * width));
    const numbers = this.machine.view(table).fill(1); // no neuron is left out before masks are drawn
    X.forEach((row, i) => {
      numbers.set(row, i * width);
      numbers.set([].concat(y[i]).map((t) => this.target(t)), i * width + row.length);
    });
    return { table, n: X.length };
  }

  // ---- steps

  // A factor for each hidden neuron: 0 for those left out, and for the others what makes up for them. As nn.MLP draws
  // them.
  drawMask(random = this.dropping) {
    const { dropout } = this.settings;
    return Array.from({ length: hiddenUnits(this.network) },
      () => (random.random() >= dropout ? 1 / (1 - dropout) : 0));
  }

  // The mask that the next row will have, null without dropout.
  get nextMask() {
    return this.training === this.judging ? null : this.drawMask(this.dropping.copy());
  }

  // Steps over these rows, `size` of them each; returns the mean loss of the rows before their steps.
  take(places, size) {
    const n = places.length;
    if (this.training !== this.judging) {
      const numbers = this.machine.view(this.tables.train.table);
      const first = this.judging.made.rowInputs;
      for (const place of places) numbers.set(this.drawMask(), place * this.width + first);
    }
    const view = this.machine.view(this.places);
    places.forEach((place, i) => (view[2 * i] = place));
    const { loss, gradient, before } = this.training.epoch(this.parameters, this.tables.train.table, this.width,
      this.places, n, size,
      this.optimizer.forSteps(Math.ceil(n / size)));
    this.gradient.set(gradient);
    for (let i = 0; i < this.count; i++) this.lastUpdate[i] = this.parameters[i] - before[i];
    return loss;
  }

  beginSegment() {
    if (this.segment) return;
    this.segments = (this.segments || 0) + 1;
    const seed = this.settings.seed + this.segments - 1;
    this.segment = { kind: "fit", epochs: 0, batch: this.settings.batch, seed, l1: this.settings.l1 };
    this.random = new Random(seed);
    this.log.push(this.segment);
  }

  trainEpoch() {
    this.beginSegment();
    const { n } = this.tables.train;
    const size = Math.min(this.settings.batch || n, n);
    const before = this.epoch ? null : this.parameters.slice();
    this.trainLoss = this.take(this.random.permutation(n), size);
    this.losses.push(this.trainLoss);
    this.segment.epochs += 1;
    this.epoch += 1;
    if (before) this.firstEpoch = this.lookAtFirst(before, Math.ceil(n / size));
    return this.trainLoss;
  }

  // How far a step of the first epoch has gone, as a share of the weights' length, with which learning rate, and each
  // layer's last gradient.
  lookAtFirst(before, steps) {
    const ratio = norm(this.parameters.map((p, i) => p - before[i])) / Math.max(1, steps) / (norm(before) || 1);
    const gradients = layerPlaces(this.network).map(({ first, width, neurons }) => {
      const part = this.gradient.subarray(first, first + neurons * (width + 1));
      return part.reduce((sum, g) => sum + Math.abs(g), 0) / part.length;
    });
    return { ratio, gradients, lr: this.settings.lr };
  }

  // One batch outside of the order of an epoch; the rows are noted.
  trainBatch(places) {
    this.segment = null;
    const loss = this.take(places, places.length);
    this.log.push({ kind: "batch", places, l1: this.settings.l1, dropout: this.settings.dropout });
    return loss;
  }

  drawBatch() {
    const { n } = this.tables.train;
    this.drawing ||= new Random(this.settings.seed + 1000);
    const order = this.drawing.shuffle(Array.from({ length: n }, (_, i) => i));
    return order.slice(0, Math.min(this.settings.batch || n, n));
  }

  // ---- looking

  // Loss, classes and accuracy of all rows of "train" or "held" with the parameters as they are.
  evaluate(part) {
    const { table, n } = this.tables[part];
    if (!n) return null;
    const { sums, values } = this.judging.run(this.parameters, table, this.width, null, n, 0);
    const found = { loss: sums[0] / n };
    if (this.loss !== "mse") {
      const { y } = this.data[part];
      found.classes = new Uint8Array(n);
      let right = 0;
      for (let i = 0; i < n; i++) {
        found.classes[i] = classAt(values, i * this.judging.roots + 2, this.outputs);
        if (found.classes[i] === y[i]) right += 1;
      }
      found.accuracy = right / n;
    }
    return found;
  }

  // The gradient of the mean loss over all training rows, no step taken.
  fullGradient() {
    const { table, n } = this.tables.train;
    return this.judging.run(this.parameters, table, this.width, null, n, 1 / n, false).gradient.slice();
  }

  // The loss over all training rows with other parameters.
  lossWith(parameters) {
    const { table, n } = this.tables.train;
    return this.judging.run(parameters, table, this.width, null, n, 0, false).sums[0] / n;
  }

  // Every neuron's sum and answer at many points: a view of [layer sums, layer answers, ...] for each point.
  answers(points, parameters = this.parameters) {
    const n = points.length / this.network.inputs;
    if (!this.points || this.points.length < points.length) {
      this.machine.free(this.points);
      this.points = this.machine.block(Float64Array, points.length);
    }
    this.machine.view(this.points).set(points);
    const { values } = this.answering.run(parameters, this.points, this.network.inputs, null, n, 0);
    return { values, roots: this.answering.roots, n };
  }

  record() {
    const train = this.evaluate("train");
    const held = this.evaluate("held");
    if (held && this.losses.length > this.heldLosses.length) this.heldLosses.push(held.loss);
    this.curves.push({ epoch: this.epoch, loss: train.loss, held: held && held.loss, accuracy: train.accuracy,
      heldAccuracy: held && held.accuracy });
    return { train, held };
  }

  // ---- changing by hand

  setParameter(i, value) {
    this.parameters[i] = value;
    this.segment = null;
    const last = this.log[this.log.length - 1];
    if (last && last.kind === "set" && last.place === i) last.value = value;
    else this.log.push({ kind: "set", place: i, value });
  }

  change(settings) {
    this.settings = { ...this.settings, ...settings };
    const wanted = this.optimizerSettings();
    if (wanted.name !== this.optimizer.settings.name) this.optimizer = new Optimizer(wanted, this.count);
    else this.optimizer.settings = wanted;
    this.segment = null;
    this.log.push({ kind: "optimizer", ...wanted, fresh: this.optimizer.steps === 0 });
    if ("dropout" in settings) {
      this.log.push({ kind: "dropout", dropout: settings.dropout });
      this.setData(this.data);
    }
  }

  // ---- undo

  // `rows`: what they come from, where they are about to change.
  remember(rows = null) {
    this.past.push({
      rows,
      parameters: this.parameters.slice(), optimizer: this.optimizer.copy(), epoch: this.epoch,
        curves: this.curves.slice(),
      losses: this.losses.slice(), heldLosses: this.heldLosses.slice(), firstEpoch: this.firstEpoch,
      log: this.log.map((entry) => ({ ...entry })), segments: this.segments, settings: this.settings,
      dropping: this.dropping.copy(),
    });
    if (this.past.length > 50) this.past.shift();
  }

  undo() {
    const before = this.past.pop();
    if (!before) return null;
    const { rows, ...moment } = before;
    Object.assign(this, moment);
    this.setData(this.data); // as the dropout of then wants it
    return { rows };
  }
}

// The class that `count` outputs, from place `at` on, stand for.
function classAt(values, at, count) {
  if (count === 1) return values[at] > 0 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < count; k++) if (values[at + k] > values[at + best]) best = k;
  return best;
}

// "layers.0.neurons.3.w.0", as named_parameters() calls it, and back.
export function parameterName(network, place) {
  for (const [l, { first, width, neurons }] of layerPlaces(network).entries()) {
    const at = place - first;
    if (at >= 0 && at < neurons * (width + 1)) {
      const k = at % (width + 1);
      return `layers.${l}.neurons.${Math.floor(at / (width + 1))}.${k === width ? "b" : `w.${k}`}`;
    }
  }
  return "";
}

export function parameterPlace(network, name) {
  const found = /^(?:model\.)?layers[.[](\d+)\]?\.neurons[.[](\d+)\]?\.(?:(b)|w[.[](\d+)\]?)$/.exec(name);
  const layer = found && layerPlaces(network)[Number(found[1])];
  if (!layer || Number(found[2]) >= layer.neurons || (found[4] && Number(found[4]) >= layer.width)) return -1;
  return layer.first + Number(found[2]) * (layer.width + 1) + (found[3] ? layer.width : Number(found[4]));
}
