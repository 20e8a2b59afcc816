// Networks of dense layers as the machine's words: what Python records, simplifies and schedules for the same network.
// The words of an instruction are described in autograd/jit/machine/program.py; a test holds them against Python's.
"use strict";

import { CODES } from "./codes.js";

// The bits of an instruction's flags.
const TILE = 1;
const TILE_2 = 2;
const ACTIVE = 8;
const ACTIVE_2 = 16;
const RESULT = 64;
const UNARY = 256;
const BINARY = 512;

// Operations that take a constant beside the number.
const CONSTANT_OF = { leaky_relu: 0.01, elu: 1.0 };

// `network` is {inputs, layers: [{neurons, activation}]}; its parameters lie in the first slots of the uniform space,
// neuron by neuron, weights before the bias, which is the order of model.parameters().
export function parameterCount({ inputs, layers }) {
  let [count, width] = [0, inputs];
  for (const { neurons } of layers) {
    count += neurons * (width + 1);
    width = neurons;
  }
  return count;
}

// How many neurons dropout may leave out: all but the outputs.
export const hiddenUnits = ({ layers }) => layers.slice(0, -1).reduce((sum, { neurons }) => sum + neurons, 0);

class Writer {
  constructor(network, rowInputs) {
    this.words = [];
    this.starts = [];
    this.constants = [];
    this.uniform = parameterCount(network);
    this.tile = rowInputs;
    this.parameters = this.uniform;
  }

  constant(x) {
    const found = this.constants.findIndex((other) => Object.is(other, x));
    return this.parameters + (found >= 0 ? found : this.constants.push(x) - 1);
  }

  emit(...words) {
    this.starts.push(this.words.length);
    this.words.push(...words);
  }

  room(n) {
    this.tile += n;
    return this.tile - n;
  }

  // Equal operations on n neighbors; operands are [slot, step] each.
  elementwise(name, flags, n, ...operands) {
    const z = this.room(n);
    this.emit(CODES[name], flags, n, z, ...operands.flatMap(([slot, step]) => [slot, n > 1 ? step : 0]));
    return z;
  }

  // The sums of one layer: matrix times numbers, plus bias.
  layer(weights, neurons, width, x, active) {
    const row = neurons > 1 ? width + 1 : 0;
    const z = this.room(neurons);
    this.emit(CODES.dot, 234 + (active ? ACTIVE_2 : 0), neurons, z, width, weights, row, 1, x, 1, weights + width, row);
    return z;
  }

  activation(name, neurons, z) {
    if (name === "linear") return z;
    if (!(name in CONSTANT_OF)) return this.elementwise(name, UNARY + RESULT + ACTIVE + TILE, neurons, [z, 1]);
    return this.elementwise(name, BINARY + RESULT + ACTIVE + TILE, neurons, [z, 1],
      [this.constant(CONSTANT_OF[name]), 0]);
  }
}

// One forward pass; `sums` and `answers` are where each layer's numbers begin. With a slot of `masks`, hidden neurons
// answer times the number there.
function forward(writer, network, afterFirst = () => {}, masks = -1) {
  let [width, x, weights] = [network.inputs, 0, 0];
  const sums = [];
  const answers = [];
  network.layers.forEach(({ neurons, activation }, k) => {
    const z = writer.layer(weights, neurons, width, x, k > 0);
    if (k === 0) afterFirst();
    sums.push(z);
    x = writer.activation(activation, neurons, z);
    answers.push(x);
    if (masks >= 0 && k < network.layers.length - 1) {
      x = writer.elementwise("mul", BINARY + RESULT + ACTIVE + TILE_2 + TILE, neurons, [x, 1], [masks, 1]);
      masks += neurons;
    }
    weights += neurons * (width + 1);
    width = neurons;
  });
  return { sums, answers, width, x };
}

// The program of the loss of one row, whose inputs are followed by its target (by several where the loss is mse and the
// network has several outputs) and, with dropout, by a factor for each hidden neuron; `places` says where in a row the
// first numbers of the tile are. Roots: the loss, a mark that says whether there is one output, the outputs.
export function trainingProgram(network, loss, dropout = false) {
  const { inputs, layers } = network;
  const outputs = layers[layers.length - 1].neurons;
  const targets = loss === "mse" ? outputs : 1;
  const hidden = dropout ? hiddenUnits(network) : 0;
  const writer = new Writer(network, inputs + targets + hidden);
  const early = loss === "binary_cross_entropy" || loss === "cross_entropy"; // the target is met before the factors
  const y = inputs + (early ? 0 : hidden);
  const masks = inputs + (early ? targets : 0);
  const places = Array.from({ length: inputs + targets + hidden }, (_, k) =>
    (early || k < inputs ? k : k < y ? k + targets : k - hidden));
  let rest = 0;
  if (loss === "binary_cross_entropy") writer.constant(0);
  const { x: p } = forward(writer, network, () => {
    if (loss === "binary_cross_entropy") rest = writer.elementwise("sub", BINARY + TILE_2, 1, [writer.constant(1), 0],
      [y, 0]);
  }, hidden ? masks : -1);
  let root = 0;
  let out = 0;
  const detached = () => writer.elementwise("detach", UNARY + ACTIVE + TILE, outputs, [p, 1]);
  if (loss === "mse") {
    const apart = writer.elementwise("sub", BINARY + RESULT + ACTIVE + TILE_2 + TILE, outputs, [p, 1], [y, 1]);
    out = detached();
    root = writer.elementwise("square", UNARY + RESULT + ACTIVE + TILE, outputs, [apart, 1]);
    if (outputs > 1) {
      const squares = root;
      root = writer.room(1);
      writer.emit(CODES.mean, 73, outputs, root, squares, 1);
    }
  } else if (loss === "hinge") {
    const margin = writer.elementwise("mul", BINARY + RESULT + ACTIVE_2 + TILE_2 + TILE, 1, [y, 0], [p, 0]);
    out = detached();
    const short = writer.elementwise("sub", BINARY + RESULT + ACTIVE_2 + TILE_2, 1, [writer.constant(1), 0],
      [margin, 0]);
    root = writer.elementwise("relu", UNARY + RESULT + ACTIVE + TILE, 1, [short, 0]);
  } else if (loss === "binary_cross_entropy") {
    const turned = writer.elementwise("neg", UNARY + RESULT + ACTIVE + TILE, 1, [p, 0]);
    const wrong = writer.elementwise("softplus", UNARY + RESULT + ACTIVE + TILE, 1, [p, 0]);
    out = detached();
    const right = writer.elementwise("softplus", UNARY + RESULT + ACTIVE + TILE, 1, [turned, 0]);
    root = writer.room(1);
    writer.emit(CODES.dot, 83, 1, root, 2, y, 0, rest - y, right, wrong - right, 0, 0);
  } else {
    const total = writer.room(1);
    const scratch = writer.room(outputs);
    writer.emit(CODES.logsumexp, 73, outputs, total, p, 1, scratch);
    const chosen = writer.room(1);
    writer.emit(CODES.take, 83, 1, chosen, y, p, 1, 0, outputs);
    out = detached();
    root = writer.elementwise("sub", BINARY + RESULT + ACTIVE_2 + ACTIVE + TILE_2 + TILE, 1, [total, 0], [chosen, 0]);
  }
  const mark = writer.constant(outputs === 1 ? 1 : 0);
  if (loss === "binary_cross_entropy") writer.constants.push(1); // Python records the mark anew
  const roots = [[1, root, 1], [0, mark, 0], ...Array.from({ length: outputs }, (_, k) => [1, out + k, 0])];
  return finished(writer, places, roots);
}

// The program of every neuron's sum and answer in one row. Roots: for each layer its sums, then its answers.
export function answersProgram(network) {
  const writer = new Writer(network, network.inputs);
  const { sums, answers } = forward(writer, network);
  const roots = network.layers.flatMap(({ neurons }, l) =>
    [sums[l], answers[l]].flatMap((z) => Array.from({ length: neurons }, (_, k) => [1, z + k, 1])));
  return finished(writer, Array.from({ length: network.inputs }, (_, k) => k), roots);
}

function finished(writer, places, roots) {
  const { words, starts, constants, parameters, tile } = writer;
  return { code: words, uniform: [], tiled: starts, uniformSlots: parameters + constants.length, tiledSlots: tile,
    constants, places, rowInputs: places.length, roots, parameters };
}
