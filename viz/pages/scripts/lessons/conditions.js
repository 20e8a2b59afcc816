// What a question wants of the network beside the text: measured when it is asked for, and what is missing said in
// words.
"use strict";

import { counted, shortNumber } from "../numbers.js";

// How far the sums of two classes are from 0, each counted towards its right side: that of the row that is worst off.
function smallestMargin(lab) {
  const { X, y } = lab.all;
  return Math.min(...X.map((row, i) => {
    const layers = lab.answersTo(row);
    const [z] = layers[layers.length - 1].answers;
    return y[i] ? z : 0 - z; // and no -0
  }));
}

// Whether nothing was changed by hand once training had begun.
function unchanged(lab) {
  const { log } = lab.trainer;
  const begun = log.findIndex(({ kind }) => kind === "fit" || kind === "batch");
  return begun < 0 || log.slice(begun).every(({ kind }) => kind === "fit" || kind === "batch");
}

// name: [words, what is measured]
const MEASURES = {
  accuracy: ["the share of rows right", (lab) => lab.figures.train.accuracy ?? 0],
  heldAccuracy: ["the share of held-out rows right", (lab) => lab.figures.held?.accuracy ?? 0],
  margin: ["the smallest margin", smallestMargin],
  loss: ["the loss", (lab) => lab.figures.train.loss],
  heldLoss: ["the held-out loss", (lab) => lab.figures.held?.loss ?? Infinity],
  gap: ["held-out loss over training loss", (lab) => (lab.figures.held ? lab.figures.held.loss / lab.figures.train.loss
    : 0)],
  fall: ["the fall of the loss", (lab) => lab.trainer.curves[0].loss - lab.figures.train.loss],
  epoch: ["the number of epochs", (lab) => lab.trainer.epoch],
  steps: ["the number of steps", (lab) => lab.trainer.log.filter((entry) => entry.kind === "batch").length
    + lab.trainer.epoch],
  layers: ["the number of layers", (lab) => lab.trainer.network.layers.length],
  hidden: ["the number of neurons in the hidden layers", (lab) => lab.hidden.map((layer) => layer.neurons).join("-")],
  activation: ["the activation of the hidden layers", (lab) =>
    [...new Set(lab.hidden.map((layer) => layer.activation))].join(" and ")],
  neurons: ["the number of hidden neurons", (lab) => lab.hidden.reduce((sum, layer) => sum + layer.neurons, 0)],
  weightDecay: ["the weight decay", (lab) => lab.settings.weightDecay],
  dropout: ["the dropout", (lab) => lab.settings.dropout],
  whole: ["", (lab) => Number(unchanged(lab))],
  ownTable: ["", (lab) => Number(lab.source.set === "table")],
  says: ["what the network says", (lab) => lab.part?.says ?? ""],
  sure: ["its probability", (lab) => lab.part?.sure ?? 0],
  drawn: ["", (lab) => lab.part?.drawn ?? 0],
  moved: ["", (lab) => lab.part?.moved ?? 0],
  played: ["", (lab) => lab.part?.played ?? 0],
  invented: ["the number of names", (lab) => lab.part?.invented ?? 0],
  temperature: ["the temperature that they had", (lab) => lab.part?.temperature ?? 1],
};
const TESTS = { "<=": (a, b) => a <= b, ">=": (a, b) => a >= b, "=": (a, b) => String(a) === String(b) };
const BOUNDS = { "<=": "at most ", ">=": "at least ", "=": "" };
const SAYINGS = { // of what is not put well as a number that is wanted
  whole: "something was changed on the way: press Reset and train anew, so that the whole run is of one kind",
  ownTable: "the rows are still those of the lesson: bring a table of your own",
  drawn: "it has to be a drawing of yours",
  moved: "it has to be a sound of yours: move the sliders",
  played: "you have not listened to it: press Play the sound",
};

// What is claimed in a question: whether it holds, and the figures that say so.
export const CLAIMS = {
  better(lab) {
    const { held } = lab.figures;
    if (!held) return { holds: false, figures: "No rows are held out, so nobody knows" };
    const percent = (share) => `${(100 * share).toFixed(1)} %`;
    if (lab.all.classes) return { holds: held.accuracy > lab.baseline(),
      figures: `Of the rows held out ${percent(held.accuracy)} are right, `
        + `always the commonest class: ${percent(lab.baseline())}` };
    return { holds: held.loss < lab.lossOfMean(),
      figures: `R2 of the rows held out is ${shortNumber(1 - held.loss / lab.lossOfMean(), 2)}` };
  },
};

// The conditions that do not hold yet, in words; the points have to be those that the question began with, `begun`.
export function missing(lab, conditions, begun) {
  const free = conditions.some(([name]) => name === "ownTable");
  const found = conditions.flatMap(([name, sign, wanted]) => {
    const [words, measured] = MEASURES[name];
    const now = measured(lab);
    const number = Number(wanted);
    if (TESTS[sign](now, Number.isNaN(number) ? wanted : number)) return [];
    if (SAYINGS[name]) return [SAYINGS[name]];
    if (name === "fall" && now < 0) return [
      `the loss rose by ${shortNumber(-now, 3)}, wanted: a fall of at least ${wanted}`];
    const text = typeof now === "number" ? shortNumber(now, 3) : now;
    return [`${words} is ${text || "none"}, wanted: ${BOUNDS[sign]}${wanted}`
      + (name === "heldLoss" ? missed(lab, number, conditions) : "")];
  });
  return free || samePoints(lab, begun) ? found : [otherPoints(begun), ...found];
}

// Training may have passed by what was wanted: then no more of it helps, and to end in time is a cure where so few
// epochs are enough.
function missed(lab, wanted, conditions) {
  const fewest = Math.max(1, ...conditions.filter(([name, sign]) => name === "epoch" && sign === ">=")
    .map(([, , number]) => Number(number)));
  const possible = lab.trainer.heldLosses.slice(fewest - 1);
  const least = Math.min(...possible);
  if (!(least <= wanted)) return "";
  return ` (trained too long: it was ${shortNumber(least, 3)} at epoch ${fewest + possible.indexOf(least)}. `
    + "Press Reset, and end there: the button Epoch takes one at a time)";
}

const OF_POINTS = ["set", "n", "noise", "share", "seed"];

function samePoints({ all, source }, begun) {
  const known = begun.source.set === "own" ? [] : OF_POINTS;
  if (known.length) return known.every((key) => source[key] === begun.source[key]);
  return all === begun.all || JSON.stringify([all.X, all.y]) === JSON.stringify([begun.all.X, begun.all.y]);
}

function otherPoints({ source }) {
  const which = source.set === "own" ? "Undo brings them back"
    : `${source.set}, ${counted(source.n, "point")}, noise ${source.noise}, held-out share ${source.share}, `
      + `data seed ${source.seed}`;
  return `the points are no longer those of the question (${which})`;
}
