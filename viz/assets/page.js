// The page of one graph: which step it is at, what the boxes show then, and the box that is looked at closely.
"use strict";

const { nodes, rows } = JSON.parse(byId("data").textContent);
nodes.forEach((node, id) => {
  node.id = id;
  node.data = asNumber(node.data);
  node.partials = (node.partials || []).map(asNumber);
  node.operands = (node.operands || []).map((item) => (typeof item === "object" ? [asNumber(item[0])] : item));
  node.inputs = node.operands.filter((item) => typeof item === "number");
  node.users = [];
  node.element = byId("n" + id);
  [, node.dataText, node.gradText] = node.element.querySelectorAll("text");
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
const steps = listSteps(nodes);
const root = nodes[nodes.length - 1];
const forwardCount = steps.findIndex((step) => step.phase === "seed");

// What is known at the present step: which nodes have a value, and every node's gradient so far.
const known = nodes.map((node) => !node.op);
const reached = nodes.map(() => false);
const grads = nodes.map(() => 0);
let shown = -1;
let chosen = null;
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
const backwardStep = new Map(steps.map((step, k) => [step, k]).filter(([step]) => step.adds).map(([step, k]) => [step.node.id, k]));
const reachedBy = (user, step) => backwardStep.get(user) <= step;

function paint(node) {
  const { element, id } = node;
  element.classList.toggle("known", known[id]);
  element.classList.toggle("reached", reached[id]);
  node.dataText.textContent = known[id] ? shortNumber(node.data) : "?";
  node.gradText.textContent = "grad " + shortNumber(grads[id]);
}

// ---- the words of a step ----

const nameOf = (id) => nodes[id].name;
const operandNames = (node) => node.operands.map((item) => (typeof item === "number" ? nameOf(item) : shortNumber(item[0])));
const operandNumbers = (node) => node.operands.map((item) => inFormula(typeof item === "number" ? nodes[item].data : item[0]));

function sentences(step, number) {
  if (step.phase === "start") return startWords();
  if (step.phase === "forward") return forwardWords(step, number);
  if (step.phase === "seed") return seedWords();
  if (step.phase === "backward") return backwardWords(step, number - forwardCount);
  return endWords(step);
}

function startWords() {
  const leaves = nodes.filter((node) => !node.op).length;
  return [
    kicker("Start"),
    make("h2", {}, "Only the leaves have values"),
    make("p", {}, `${leaves} ${leaves === 1 ? "value is" : "values are"} given. Going forward computes the other `
      + `${nodes.length - leaves}, one operation at a time, up to `, labelOf(root.name), ". Then the gradients come back."),
  ];
}

function forwardWords(step, number) {
  const { node } = step;
  const row = rows[node.op];
  const z = node.name;
  return [
    kicker(`Forward, ${number} of ${forwardCount - 1}`, "forward", node),
    make("h2", {}, `${row.noun} to get `, labelOf(z)),
    equation(`${z} = ${valueFormula(node, row, operandNames(node))}`),
    equation(`${z} = ${valueFormula(node, row, operandNumbers(node))} = `, make("b", {}, shortNumber(node.data))),
    ...(row.doc ? [make("p", {}, `${row.doc}.`)] : []),
  ];
}

function seedWords() {
  return [
    kicker("Turn around", "backward"),
    make("h2", {}, labelOf(root.name), ` = ${shortNumber(root.data)}. Now backward`),
    make("p", {}, "How much does ", labelOf(root.name), " change when ", labelOf(root.name), " itself changes by a little? By just as much: "
      + "its gradient is 1. Every other gradient follows from this one by the chain rule."),
    equation(`${root.name}.grad = `, make("b", {}, "1")),
  ];
}

function backwardWords(step, number) {
  const { node, adds, grad } = step;
  const row = rows[node.op];
  return [
    kicker(`Backward, ${number} of ${forwardCount - 1}`, "backward", node),
    make("h2", {}, `Back through ${row.symbol}, which made `, labelOf(node.name)),
    make("p", {}, row.rule),
    make("p", {}, labelOf(node.name), ".grad is ", make("b", {}, shortNumber(grad)), ". Each input gets this times its local derivative, "
      + "added to what it has:"),
    ...(adds.length ? [additions(node, row, adds, grad)] : [make("p", {}, "It has no inputs: nothing to add.")]),
  ];
}

function endWords(step) {
  const leaves = nodes.filter((node) => !node.op);
  leaves.sort((one, other) => Math.abs(step.grads[other.id]) - Math.abs(step.grads[one.id]));
  const line = (node) => make("tr", {}, make("th", { scope: "row" }, nameButton(node)), make("td", {}, shortNumber(node.data)), make("td", {}, shortNumber(step.grads[node.id])));
  return [
    kicker("Done"),
    make("h2", {}, "Every value knows its gradient"),
    make("p", {}, "The gradient of a value says how fast ", labelOf(root.name), " grows when that value grows. To make ",
      labelOf(root.name), " smaller, move each value against the sign of its gradient."),
    table(["leaf", "value", "grad"], leaves.slice(0, 12).map(line)),
    ...(leaves.length > 12 ? [make("p", {}, `The 12 largest of ${leaves.length} are shown; the others are in their boxes.`)] : []),
  ];
}

function additions(node, row, adds, grad) {
  const names = operandNames(node);
  const places = node.operands.flatMap((item, k) => (typeof item === "number" ? [k] : []));
  const line = (add) => {
    const formula = partialFormula(node, row, places[add.k], names, node.name);
    const local = shortNumber(add.local);
    return make("tr", {},
      make("th", { scope: "row" }, nameButton(nodes[add.target])),
      make("td", {}, formula === local ? local : `${formula} = ${local}`),
      make("td", {}, `${inFormula(grad)} × ${inFormula(add.local)} = ${shortNumber(add.part)}`),
      make("td", {}, `${shortNumber(add.before)} → `, make("b", {}, shortNumber(add.after))));
  };
  const lines = adds.slice(0, 40).map(line);
  const box = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "What is added" },
    table(["input", "local derivative", "added", "its grad"], lines));
  if (adds.length > lines.length) box.append(make("p", {}, `The first ${lines.length} of ${adds.length} inputs are shown.`));
  return box;
}

const kicker = (text, kind = "", node = {}) =>
  make("p", { class: `kicker ${kind}` }, text, ...(node.scope ? [make("span", { class: "note" }, " in ", labelOf(node.scope))] : []));
const equation = (...parts) => make("p", { class: "equation" }, ...parts);
const nameButton = (node) => make("button", { type: "button", class: "link", click: () => choose(node) }, labelOf(node.name));

function table(heads, lines) {
  const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text)));
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines));
}

// ---- the boxes and arrows of a step ----

function mark(step) {
  for (const element of marked) element.classList.remove("now", "part", "forward", "backward");
  marked = [];
  byId("marks").replaceChildren();
  const { node } = step;
  if (!node) return;
  const light = (element, ...kinds) => (element.classList.add(...kinds), marked.push(element));
  light(node.element, "now");
  if (step.phase === "seed") return centerOn([node]);
  node.inputs.forEach((input, k) => {
    if (nodes[input] !== node) light(nodes[input].element, "part");
    light(node.arrows[k], step.phase);
  });
  if (step.adds) byId("marks").append(...step.adds.slice(0, 24).map((add) => localDerivative(node.arrows[add.k], add.local)));
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

// ---- one box looked at closely ----

function choose(node) {
  if (chosen) chosen.element.classList.remove("chosen");
  chosen = node;
  node.element.classList.add("chosen");
  showDetails(node);
  centerOn([node]);
}

function showDetails(node) {
  const row = rows[node.op];
  const facts = [];
  const fact = (term, ...text) => facts.push(make("dt", {}, term), make("dd", {}, ...text));
  if (row) {
    fact("Formula", equation(`${node.name} = ${valueFormula(node, row, operandNames(node))}`));
    fact("In numbers", equation(`${node.name} = ${valueFormula(node, row, operandNumbers(node))}`));
  }
  fact("Value", known[node.id] ? fullNumber(node.data) : "not computed yet");
  fact("Gradient", `${fullNumber(grads[node.id])}${reached[node.id] ? "" : " (nothing has been added yet)"}`);
  if (row && node.inputs.length) fact("Local derivatives", localTable(node, row));
  for (const note of row ? row.notes : []) fact("Note", note);
  if (node.users.length) fact("Goes into", ...spaced(node.users));
  if (node.scope) fact("Part of", labelOf(node.scope));
  fact("Made in", node.source ? make("code", {}, node.source) : "not recorded: build the graph inside autograd.record_source() to see the line");
  byId("details").replaceChildren(
    make("h2", {}, labelOf(node.name)),
    make("p", { class: "kicker" }, row ? `${node.kindName}, ${row.noun.toLowerCase()}` : node.kindName),
    make("dl", {}, ...facts),
    make("button", { type: "button", click: () => player.jump(whenMade(node)) }, node.op ? "Go to its forward step" : "Go to the start"),
    ...(node.op ? [make("button", { type: "button", click: () => player.jump(backwardStep.get(node.id)) }, "Go to its backward step")] : []),
  );
}

const whenMade = (node) => Math.max(0, steps.findIndex((step) => step.phase === "forward" && step.node === node));

function spaced(ids) {
  const parts = ids.slice(0, 20).flatMap((id) => [nameButton(nodes[id]), " "]);
  return ids.length > 20 ? [...parts, `and ${ids.length - 20} more`] : parts;
}

function localTable(node, row) {
  const names = operandNames(node);
  const places = node.operands.flatMap((item, k) => (typeof item === "number" ? [k] : []));
  const lines = node.inputs.slice(0, 40).map((input, k) =>
    make("tr", {},
      make("th", { scope: "row" }, nameButton(nodes[input])),
      make("td", {}, partialFormula(node, row, places[k], names, node.name)),
      make("td", {}, fullNumber(node.partials[k]))));
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Local derivatives" },
    table(["by", "formula", "number"], lines));
}

function nothingChosen() {
  byId("details").replaceChildren(make("h2", {}, "Details"), make("p", {}, "Choose a box to see its formula, its local derivatives and the line that made it."));
}

document.documentElement.classList.add("scripted");
setUpTheme();
nothingChosen();
// All boxes get their first texts before anything asks for a size: the browser then lays them out only once.
const player = createPlayer({ count: steps.length, show, describe: (step) => `${step} / ${steps.length - 1}` });
const { centerOn } = setUpView(nodes, choose);
