// What is wrong with a run: the diagnoses of nn/training/health.py, by the same rules, with the same thresholds, in the
// same words (but inputs have their names here); Python brings the words and thresholds along. What can only be said at
// the end of a run is not said here.
"use strict";

import { shortNumber } from "../numbers.js";
import { layerPlaces, norm } from "../engine/trainer.js";

const SATURATING = { sigmoid: [0, 1], tanh: [-1, 1], erf: [-1, 1], atan: [-Math.PI / 2, Math.PI / 2] };

// A number as Python's format has it: .3g, .1e, .0%, or with commas.
export function formatted(x, spec) {
  if (typeof x !== "number") return String(x);
  const digits = Number(/\d+/.exec(spec)?.[0] ?? 6);
  if (spec === "" || spec === ",") return x.toLocaleString("en-US",
    { useGrouping: spec === ",", maximumFractionDigits: 20 });
  if (spec.endsWith("%")) return `${(100 * x).toFixed(digits)}%`;
  const scientific = (text) => text.replace(/e([+-])(\d)$/, "e$10$2");
  if (spec.endsWith("e")) return scientific(x.toExponential(digits));
  if (x === 0 || !Number.isFinite(x)) return String(x);
  const [mantissa, power] = x.toExponential(digits - 1).split("e");
  const bare = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (power < -4 || power >= digits) return scientific(`${bare(mantissa)}e${power}`);
  return bare(x.toFixed(Math.max(0, digits - 1 - power)));
}

const mean = (numbers) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
const smallest = (numbers) => numbers.reduce((least, x) => Math.min(least, x), Infinity);

// The diagnoses, the gravest first; empty where all is well. Their kinds go into `kinds`.
export function findings(lab, kinds = []) {
  const { trainer, settings, given: { clinic: { sentences, cures, thresholds } } } = lab;
  if (lab.diverged) {
    kinds.push("large");
    return ["The numbers have become too large to be numbers: the learning rate "
      + `${shortNumber(settings.lr)} is too high. Undo, and try ${shortNumber(settings.lr / 10)}.`];
  }
  const say = (kind, seen = {}) => {
    kinds.push(kind);
    return sentences[kind].replace(/\{(\w+)(?::([^}]*))?\}/g, (_, name, spec = "") =>
      (name === "ratio" && seen.ratio > thresholds.untold ? "more than a billion" : formatted(seen[name], spec)));
  };
  const { start } = trainer;
  const found = ofData(lab, thresholds, say);
  const causes = ofWeights(trainer, start, say);
  // Before the first epoch a hand may have made it sick.
  if (!trainer.epoch) return [...found, ...causes, ...ofUnits(lab, start, cures, thresholds, false, say)];
  const { X, y } = lab.parts.train;
  const constant = X.length < 4 ? 0 : constantLoss(lab, y);
  const comparable = constant >= 1e-9;
  const worse = comparable && noBetter(smallest(trainer.losses), constant);
  const jumping = tooLong(trainer, thresholds, worse);
  causes.push(...ofGradients(trainer, cures, thresholds, jumping, say));
  const units = ofUnits(lab, start, cures, thresholds, worse, say);
  // what does not learn moves little, whatever the lr: no larger one is advised where that has a cause
  const steps = ofSteps(lab, start, thresholds, jumping, causes.length + units.length > 0, say);
  causes.push(...steps, ...units); // too long a step is what drives units to the ends of their curves
  return [...found, ...causes, ...(!worse && lab.hidden.length && isStraight(trainer.network) ? [say("linear")] : []),
    ...ofCurves(lab, cures, thresholds, say),
    ...(comparable ? ofNothingLearned(lab, constant, thresholds, causes.length > 0, say) : [])];
}

function ofData(lab, { unscaled }, say) {
  const { X, y } = lab.parts.train;
  const sizes = inputSizes(X);
  const found = [];
  const size = Math.max(...sizes);
  const worst = sizes.indexOf(size);
  if (size > unscaled) found.push(
    say("unscaled", { name: lab.all.names[worst], size, usual: usualSize(sizes.filter((_, k) => k !== worst)) }));
  if (lab.all.classes && lab.loss !== "hinge") {
    const present = new Set(y);
    const absent = Array.from({ length: lab.all.classes }, (_, k) => k).filter((k) => !present.has(k));
    if (absent.length) found.push(
      say("absent", { classes: absent.slice(0, 5).join(", ") + (absent.length > 5 ? ", ..." : ""), count: X.length }));
  }
  return found;
}

// How large each input is: its mean, or its deviation.
function inputSizes(X) {
  return X[0].map((_, k) => {
    const column = X.map((row) => row[k]);
    const middle = mean(column);
    return Math.max(Math.abs(middle), Math.sqrt(mean(column.map((x) => (x - middle) ** 2))));
  });
}

// How large the other inputs are, in words.
function usualSize(others) {
  if (!others.length) return "about 1 is wanted";
  const ordered = others.sort((a, b) => a - b);
  const middle = (ordered[(ordered.length - 1) >> 1] + ordered[ordered.length >> 1]) / 2;
  return `${others.length === 1 ? "the other is" : "others are"} ${formatted(middle, ".3g")}`;
}

function ofWeights(trainer, start, say) {
  if (start.length > 1 && start.every((p) => p === 0)) return [say("zero")];
  const { parameters } = trainer;
  const places = layerPlaces(trainer.network);
  const layer = places.slice(0, -1).findIndex(({ first, width, neurons }) => neurons > 1
    && Array.from({ length: neurons * width }, (_, k) => first + Math.floor(k / width) * (width + 1) + (k % width))
      .every((place, k) => parameters[place] === parameters[first + (k % width)]));
  return layer < 0 ? [] : [say("alike", { count: places[layer].neurons, layer })];
}

// Whether the steps are what is wrong.
function tooLong({ firstEpoch: { ratio }, losses }, { tooLarge }, sick) {
  return ratio > tooLarge && (sick || losses[losses.length - 1] > 1.2 * smallest(losses));
}

// Where gradients get lost; not that they vanish where steps are too long: these have led to where they do.
function ofGradients(trainer, cures, { vanishing, fewLayers }, jumping, say) {
  const sizes = trainer.firstEpoch.gradients;
  const count = sizes.length;
  if (count < 3 || !sizes.every(Number.isFinite)) return [];
  const [first, last] = [sizes[0], sizes[count - 1]];
  if (first > 0 && first < vanishing * last) {
    const sigmoids = trainer.network.layers.slice(0, -1).some(({ activation }) => activation === "sigmoid");
    const advised = [...(count > fewLayers ? [cures.fewer] : []), ...(sigmoids ? [cures.sigmoid] : [])];
    const cure = (advised.length ? advised : [cures.one]).join(", and ");
    return jumping ? [] : [say("vanishing", { first, last, count, cure })];
  }
  return last > 0 && first > last / vanishing ? [say("exploding", { first, last, clip: cures.clip[2] })] : [];
}

// Units that answer the same for every row, before training or now; a network that has learned may leave some idle.
function ofUnits(lab, start, cures, { rows, work, constant, idle, scaled }, sick, say) {
  const { trainer, parts: { train: { X } } } = lab;
  const scaling = Math.max(...inputSizes(X)) > scaled ? cures.scale : "";
  const count = Math.max(8, Math.min(rows, Math.floor(work / Math.max(1, trainer.count)), X.length));
  const every = Math.max(1, Math.floor(X.length / count));
  const chosen = X.filter((_, i) => i % every === 0).slice(0, count);
  const points = Float64Array.from(chosen.flat());
  const tables = [start, trainer.parameters].map((parameters) => trainer.answers(points, parameters).values.slice());
  const { roots } = trainer.answering;
  const limit = sick ? constant : idle;
  const found = [];
  let at = 0;
  trainer.network.layers.slice(0, -1).forEach(({ neurons, activation }, layer) => {
    const first = at + neurons;
    at += 2 * neurons;
    const shares = (test) =>
      tables.map((values) =>
      mean(Array.from({ length: neurons },
      (_, n) => Number(test((holds) => chosen.every((_row, i) => holds(values[i * roots + first + n])))))));
    if (activation === "relu") {
      const dead = shares((all) => all((a) => a === 0));
      const share = Math.max(...dead);
      if (share > limit) found.push(say(dead[0] > limit ? "dead" : "died", { share, layer }));
    } else if (SATURATING[activation]) {
      const [low, high] = SATURATING[activation];
      const near = 0.02 * (high - low);
      const stuck = shares((all) => all((a) => a < low + near) || all((a) => a > high - near));
      const share = Math.max(...stuck);
      const kind = stuck[0] > limit ? "saturated" : "driven";
      if (share > limit) found.push(say(kind, { share, activation, layer, scaling }));
    }
  });
  return found;
}

function ofSteps(lab, start, { tooSmall }, jumping, explained, say) {
  const { trainer, settings } = lab;
  const now = ` (it is ${formatted(settings.lr, ".6g")})`;
  const curve = trainer.losses;
  const last = curve[curve.length - 1];
  const { ratio, lr } = trainer.firstEpoch;
  // The rate may have been changed since, but not what its steps have done.
  const then = lr === settings.lr ? now
    : ` (it was ${formatted(lr, ".6g")} then and is ${formatted(settings.lr, ".6g")} now: begin anew with Reset)`;
  if (jumping) return [say("large", { ratio, now: then })];
  const moved = norm(trainer.parameters.map((p, i) => p - start[i])) / (norm(start) || 1);
  const gained = (curve[0] - smallest(curve)) / (Math.abs(curve[0]) || 1);
  if (!explained && curve.length > 1 && last <= curve[0] && moved < tooSmall && gained > 1e-9 && gained < 0.2
    && curve[0] > 1e-6) return [say("small", { moved, start: curve[0], end: last, now })];
  return [];
}

function ofCurves({ trainer, settings: { weightDecay, l1, dropout } }, cures, { overfitted }, say) {
  const validation = trainer.heldLosses;
  const train = trainer.losses;
  if (validation.length < 5) return [];
  const best = validation.indexOf(smallest(validation));
  const last = validation[validation.length - 1];
  const rise = last - validation[best];
  const much = rise > 0.2 * (validation[0] - validation[best]) && last > overfitted * validation[best];
  if (validation.length - best <= 3 || !much || train[train.length - 1] >= 0.7 * train[best]) return [];
  const advised = { patience: cures.patience[2], decay: cures.decay[weightDecay || l1 ? 1 : 0],
    dropout: cures.dropout[dropout ? 1 : 0] };
  const rose = { best: validation[best], last, train: train[train.length - 1] };
  return [say("overfitted", { epoch: best + 1, ...rose, ...advised })];
}

// Whether no hidden layer bends.
const isStraight = ({ layers }) => layers.slice(0, -1).every(({ activation }) => activation === "linear");

const noBetter = (loss, constant) => loss >= 0.98 * constant;

// Why the network is no better than a constant answer: at its end for a penalty, before which it may have been; at its
// best for all else.
function ofNothingLearned(lab, constant, { dropped, strong }, explained, say) {
  const { losses, network } = lab.trainer;
  const { dropout: share, weightDecay, l1 } = lab.settings;
  const [penalty, strength] = l1 > weightDecay ? ["an L1 penalty", l1] : ["a weight decay", weightDecay];
  const last = losses[losses.length - 1];
  if (strength >= strong && noBetter(last, constant)) return [say("decayed", { penalty, strength, last, constant })];
  const reached = smallest(losses);
  if (!noBetter(reached, constant)) return [];
  if (share >= dropped && lab.hidden.length) return [say("dropped", { share, reached, constant })];
  if (isStraight(network)) return [say("straight", { reached, constant })];
  return explained ? [] : [say("constant", { reached, constant })];
}

// The loss of the best constant answer.
function constantLoss(lab, y) {
  const { classes } = lab.all;
  if (!classes) {
    const rows = y.map((t) => [].concat(t));
    return mean(rows[0].map((_, k) => {
      const middle = mean(rows.map((row) => row[k]));
      return mean(rows.map((row) => (row[k] - middle) ** 2));
    }));
  }
  const shares = Array.from({ length: classes }, (_, k) => y.filter((t) => t === k).length / y.length).filter((share) =>
    share > 0);
  if (lab.loss === "hinge") return shares.length < 2 ? 0 : 2 * Math.min(...shares);
  return -shares.reduce((sum, share) => sum + share * Math.log(share), 0);
}
