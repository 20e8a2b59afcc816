// The page of one graph: which step it is at, what the boxes show then, and the box that is looked at closely.
"use strict";

import { asNumber, shortNumber, inFormula } from "./numbers.js";
import { byId, setUpTheme } from "./dom.js";
import { createPlayer } from "./player.js";
import { sentences } from "./sentences.js";
import { listSteps } from "./steps.js";
import { setUpView } from "./view.js";
import { chosen, choose, showDetails, nothingChosen } from "./details.js";

export const { nodes, rows, lr, after } = JSON.parse(byId("data").textContent);
nodes.forEach((node, id) => {
  node.id = id;
  node.data = asNumber(node.data);
  node.partials = (node.partials || []).map(asNumber);
  if (after) [node.after, node.partialsAfter] = [asNumber(after[id].data), after[id].partials.map(asNumber)];
  node.operands = (node.operands || []).map((item) => (typeof item === "object" ? [asNumber(item[0])] : item));
  node.inputs = node.operands.filter((item) => typeof item === "number");
  node.users = [];
  // A folded parameter has no box of its own: the one it is in stands for it in the picture.
  node.folded = node.home !== undefined;
  node.element = byId("n" + (node.folded ? node.home : id));
  [, node.dataText, node.gradLine] = node.element.querySelectorAll("text");
  // Every occurrence of an input has its own arrow, numbered in the order of the nodes and their inputs.
  node.arrows = [];
});
let arrows = 0;
for (const node of nodes) {
  for (const input of node.inputs) {
    node.arrows.push(byId("e" + arrows++));
    if (!nodes[input].users.includes(node.id)) nodes[input].users.push(node.id);
  }
}
export const steps = listSteps(nodes, after !== null);
export const root = nodes[nodes.length - 1];
export const forwardCount = steps.findIndex((step) => step.phase === "seed");

// What is known at the present step: which nodes have a value, and every node's gradient so far.
export const known = nodes.map((node) => !node.op);
export const reached = nodes.map(() => false);
export const grads = nodes.map(() => 0);
let shown = -1;
let marked = [];

function show(target) {
  const changed = new Set(shown < 0 ? nodes : []);
  while (shown < target) apply(steps[++shown], changed);
  while (shown > target) undo(steps[shown--], changed);
  for (const node of changed) paint(node);
  mark(steps[target]);
  byId("step").replaceChildren(...sentences(steps[target], target));
  if (chosen) showDetails(chosen);
}

function apply(step, changed) {
  if (step.phase === "forward") known[step.node.id] = true;
  if (step.phase === "seed") [grads[root.id], reached[root.id]] = [1, true];
  if (step.phase === "update" || step.phase === "again") nodes.forEach((node) => changed.add(node));
  for (const add of step.adds || []) {
    grads[add.target] = add.after;
    reached[add.target] = true;
    changed.add(nodes[add.target]);
  }
  if (step.node) changed.add(step.node);
}

function undo(step, changed) {
  if (step.phase === "forward") known[step.node.id] = false;
  if (step.phase === "seed") [grads[root.id], reached[root.id]] = [0, false];
  if (step.phase === "update" || step.phase === "again") nodes.forEach((node) => changed.add(node));
  for (const add of [...(step.adds || [])].reverse()) {
    grads[add.target] = add.before;
    changed.add(nodes[add.target]);
  }
  // A node is reached from the first of its users; which one that was depends on the order of the steps.
  for (const add of step.adds || []) {
    reached[add.target] = nodes[add.target].users.some((user) => reachedBy(user, shown - 1));
  }
  if (step.node) changed.add(step.node);
}

// The backward step of node `user` comes after the seed, last node first.
export const backwardStep =
  new Map(steps.map((step, k) => [step, k]).filter(([step]) => step.adds).map(([step, k]) => [step.node.id, k]));
const reachedBy = (user, step) => backwardStep.get(user) <= step;

// After the update the parameters have their new numbers, and once more forward all others too.
export const phaseNow = () => steps[Math.max(shown, 0)].phase;

export const numberNow = (node) =>
  (phaseNow() === "again" || (phaseNow() === "update" && node.kind === "parameter") ? node.after : node.data);

function paint(node) {
  if (node.folded) return;
  const { element, id } = node;
  element.classList.toggle("known", known[id]);
  element.classList.toggle("reached", reached[id]);
  node.dataText.textContent = known[id] ? node.short || shortNumber(numberNow(node)) : "?";
  node.gradLine.textContent = node.text && reached[id] ? node.shortGrad : `grad ${shortNumber(grads[id])}`;
}

// ---- the boxes and arrows of a step ----

function mark(step) {
  for (const element of marked) element.classList.remove("now", "part", "forward", "backward");
  marked = [];
  byId("marks").replaceChildren();
  const { node } = step;
  const light = (element, ...kinds) => (element.classList.add(...kinds), marked.push(element));
  if (step.phase === "update") return centerOn(nodes.filter(({ kind }) => kind === "parameter"));
  if (step.phase === "again") {
    light(root.element, "now");
    return centerOn([root]);
  }
  if (!node) return;
  light(node.element, "now");
  if (step.phase === "seed") return centerOn([node]);
  node.inputs.forEach((input, k) => {
    if (nodes[input].element !== node.element) light(nodes[input].element, "part");
    if (node.arrows[k]) light(node.arrows[k], step.phase);
  });
  const drawn = (step.adds || []).filter((add) => node.arrows[add.k]);
  byId("marks").append(...drawn.slice(0, 24).map((add) => localDerivative(node.arrows[add.k], add.local)));
  centerOn([node, ...node.inputs.map((input) => nodes[input])]);
}

const SVG = "http://www.w3.org/2000/svg";

// The local derivative, written on the middle of the arrow that the gradient goes back along.
function localDerivative(arrow, local) {
  const path = arrow.querySelector("path");
  const middle = path.getPointAtLength(path.getTotalLength() / 2);
  const text = document.createElementNS(SVG, "text");
  text.setAttribute("x", middle.x);
  text.setAttribute("y", middle.y - 5);
  text.textContent = "×" + inFormula(local);
  return text;
}

document.documentElement.classList.add("scripted");
setUpTheme();
nothingChosen();
// All boxes get their first texts before anything asks for a size: the browser then lays them out only once.
export const player = createPlayer({ count: steps.length, show, describe: (step) => `${step} / ${steps.length - 1}` });
export const { centerOn } = setUpView(nodes, choose);
