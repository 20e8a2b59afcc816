// What the chain rule gives on the way back through the network for one row: derivatives of its loss, neuron by neuron.
"use strict";

import { layerPlaces } from "../engine/trainer.js";
import { answersProgram, trainingProgram } from "../engine/words.js";

// The loss of row i of all data, and its gradient by every parameter; with dropout as the mask says, null for none.
export function rowGradient(lab, i, mask = null) {
  const { trainer } = lab;
  const { table } = trainer.tableOf({ X: [lab.all.X[i]], y: [lab.all.y[i]] });
  if (mask) trainer.machine.view(table).set(mask, trainer.judging.made.rowInputs);
  const found = trainer.training.run(trainer.parameters, table, trainer.width, null, 1, 1);
  const [loss, gradient] = [found.sums[0], found.gradient.slice()];
  trainer.machine.free(table);
  return { loss, gradient };
}

// The derivatives by each neuron's sum and answer: {loss, gradient, sums, answers}, the last two by layer.
// The machine gives the derivative by each bias, which is that by the neuron's sum; by an answer it is the sum over the
// neurons that use it, each with the weight in between.
export function arriving(lab, i, mask = null) {
  const { trainer } = lab;
  const places = layerPlaces(trainer.network);
  const { loss, gradient } = rowGradient(lab, i, mask);
  const parameters = withMask(trainer, mask);
  const sums = places.map(({ first, width, neurons }) => Array.from({ length: neurons },
    (_, n) => gradient[first + n * (width + 1) + width]));
  const answers = places.map((place, l) => {
    const next = places[l + 1];
    if (!next) return lossSlope(lab, i, parameters);
    return Array.from({ length: place.neurons }, (_, k) =>
      sums[l + 1].reduce((total, g, n) => total + g * parameters[next.first + n * (next.width + 1) + k], 0));
  });
  return { loss, gradient, sums, answers };
}

// Parameters with which the network without dropout answers as that with this mask does: a neuron's factor is moved
// into the weights behind it.
export function withMask(trainer, mask) {
  if (!mask) return trainer.parameters;
  const parameters = trainer.parameters.slice();
  let at = 0;
  layerPlaces(trainer.network).forEach(({ first, width, neurons }, l) => {
    if (l) for (let k = 0; k < neurons * width; k++) parameters[first + Math.floor(k / width) * (width + 1)
      + (k % width)] *= mask[at + (k % width)];
    at += l ? width : 0;
  });
  return parameters;
}

// The derivative of one row's loss by the outputs, from the formula of the loss.
function lossSlope(lab, i, parameters) {
  const layers = lab.answersTo(lab.all.X[i], parameters);
  const outputs = layers[layers.length - 1].answers;
  const target = lab.all.y[i];
  if (lab.loss === "mse") return outputs.map((p, k) => (2 * (p - [].concat(target)[k])) / outputs.length);
  if (lab.loss === "hinge") return outputs.map((p) => ((2 * target - 1) * p < 1 ? 1 - 2 * target : 0));
  const shares = lab.probabilities(outputs);
  if (outputs.length === 1) return [shares[1] - target];
  return shares.map((p, k) => p - (k === target ? 1 : 0));
}

const alone = new Map();

// An activation at many places, computed by the machine: a network of one neuron with weight 1 and bias 0.
export function activationAt(machine, name, points) {
  if (!alone.has(name)) alone.set(name,
    machine.program(answersProgram({ inputs: 1, layers: [{ neurons: 1, activation: name }] })));
  const table = machine.filled(Float64Array, points);
  const { values } = alone.get(name).run([1, 0], table, 1, null, points.length, 0);
  const found = points.map((_, k) => values[2 * k + 1]);
  machine.free(table);
  return found;
}

const steep = new Map();

// The slope of an activation at z, computed by the machine: that same neuron's bias has it as its gradient where the
// loss is (answer - target)^2 and the target 1/2 below the answer.
export function activationSlope(machine, name, z) {
  if (!steep.has(name)) steep.set(name,
    machine.program(trainingProgram({ inputs: 1, layers: [{ neurons: 1, activation: name }] }, "mse")));
  const table = machine.filled(Float64Array, [z, activationAt(machine, name, [z])[0] - 0.5]);
  const { gradient } = steep.get(name).run([1, 0], table, 2, null, 1, 1);
  const slope = gradient[1];
  machine.free(table);
  return slope;
}
