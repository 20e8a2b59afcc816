// The words of a step: which rule was applied, to which numbers, and what was added to whose gradient.
// Reads the nodes, rows and gradients of page.js.
"use strict";

import { shortNumber, inFormula, toldApart } from "./numbers.js";
import { make, labelOf } from "./dom.js";
import { valueFormula, partialFormula } from "./formulas.js";
import { choose } from "./details.js";
import { nodes, rows, lr, root, forwardCount } from "./page.js";

const nameOf = (id) => nodes[id].name;
const PARTS = /[-+*/%^=<>,]/; // of a name that is an expression
const ORDINALS = ["first", "second", "third"];
const gradientName = ({ name }) => (PARTS.test(name) ? `(${name}).grad` : `${name}.grad`);
export const operandNames = (node) => node.operands.map((item) =>
  (typeof item === "number" ? nameOf(item) : shortNumber(item[0])));
export const operandNumbers = (node, numberOf = ({ data }) => data) => node.operands.map((item) =>
  inFormula(typeof item === "number" ? numberOf(nodes[item]) : item[0]));

export function sentences(step, number) {
  if (step.phase === "start") return startWords();
  if (step.phase === "forward") return forwardWords(step, number);
  if (step.phase === "seed") return seedWords();
  if (step.phase === "backward") return backwardWords(step, number - forwardCount);
  if (step.phase === "update") return updateWords(step);
  if (step.phase === "again") return againWords();
  return endWords(step);
}

function startWords() {
  const leaves = nodes.filter((node) => !node.op).length;
  return [
    kicker("Start"),
    make("h2", {}, "Only the leaves have values"),
    make("p", {}, `${leaves === 1 ? "1 value is given: the leaf" : `${leaves} values are given: the leaves`}, which `
      + `nothing in the graph computes. Going forward computes the other ${nodes.length - leaves}, one operation at a `
      + "time, up to ", labelOf(root.name),
        ". Then the gradients come back."),
  ];
}

function forwardWords(step, number) {
  const { node } = step;
  if (node.text) return layerWords(step, `Forward, ${number} of ${forwardCount - 1}`, "forward");
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
    make("h2", {}, labelOf(root.name), ` = ${root.text || shortNumber(root.data)}. Now backward`),
    make("p", {}, "How much does ", labelOf(root.name), " change when ", labelOf(root.name),
      " itself changes by a little? By just as much: "
      + "its gradient is 1. Every other gradient follows from this one by the chain rule."),
    equation(`${gradientName(root)} = `, make("b", {}, "1")),
  ];
}

// A whole layer: what goes in and comes out as ranges.
function layerWords({ node }, where, way) {
  const from = node.inputs.map((id) => nameOf(id)).join(", ");
  const facts = way === "forward" ? [`It holds ${node.holds}${node.parameters ? `, ${node.parameters}` : ""}.`,
    `What it answers lies in ${node.text}.`]
    : [rows.layer.rule, `The gradients that arrive at its answers lie in ${node.gradText}.`,
      ...(node.parameters ? [`Those of its ${node.parameters} lie in ${node.parameterGrads}.`] : [])];
  return [kicker(where, way, node), make("h2", {}, way === "forward" ? "Compute " : "Back through ",
    labelOf(node.name)),
    ...(from ? [make("p", {}, `Its inputs are ${from}.`)] : []), ...facts.map((text) => make("p", {}, text))];
}

function backwardWords(step, number) {
  const { node, adds, grad } = step;
  if (node.text) return layerWords(step, `Backward, ${number} of ${forwardCount - 1}`, "backward");
  const row = rows[node.op];
  return [
    kicker(`Backward, ${number} of ${forwardCount - 1}`, "backward", node),
    make("h2", {}, `Back through ${row.symbol}, which made `, labelOf(node.name)),
    ...turnWords(node),
    make("p", {}, row.rule),
    make("p", {}, labelOf(gradientName(node)), " is ", make("b", {}, shortNumber(grad)),
      ". Each input gets this times its local derivative, "
      + "added to what it has:"),
    ...(adds.length ? [additions(node, row, adds, grad)] : [make("p", {}, "It has no inputs: nothing to add.")]),
  ];
}

// Why it is this one's turn.
function turnWords(node) {
  if (!node.users.length) return [];
  const names = node.users.slice(0, 4).flatMap((user, k) => [...(k ? [", "] : []), labelOf(nameOf(user))]);
  const more = node.users.length > 4 ? ` and ${node.users.length - 4} more` : "";
  return [make("p", {}, "It was used by ", ...names, more, node.users.length > 1
    ? ", and all have handed in their shares: its gradient is complete."
    : ", which has handed in its share: its gradient is complete.")];
}

function endWords(step) {
  if (root.text) return [kicker("Done"), make("h2", {}, "Every layer has its gradients"),
    make("p", {}, "Each box shows the range of what its layer hands on, and of the gradients that came back.")];
  const leaves = nodes.filter((node) => !node.op);
  leaves.sort((one, other) => Math.abs(step.grads[other.id]) - Math.abs(step.grads[one.id]));
  const line = (node) => make("tr", {}, make("th", { scope: "row" }, nameButton(node)),
    make("td", {}, shortNumber(node.data)), make("td", {}, shortNumber(step.grads[node.id])));
  return [
    kicker("Done"),
    make("h2", {}, "Every value knows its gradient"),
    make("p", {}, "The gradient of a value says how fast ", labelOf(root.name),
      " grows when that value grows. To make ",
      labelOf(root.name), " smaller, move each value against the sign of its gradient."),
    table(["leaf", "value", "grad"], leaves.slice(0, 12).map(line)),
    ...(leaves.length > 12
      ? [make("p", {}, `The 12 largest of ${leaves.length} are shown; the others are in their boxes.`)] : []),
  ];
}

function updateWords(step) {
  const moved = nodes.filter((node) => node.kind === "parameter");
  moved.sort((one, other) => Math.abs(step.grads[other.id]) - Math.abs(step.grads[one.id]));
  const fullName = (node) => make("button", { type: "button", class: "link", click: () => choose(node) },
    labelOf([node.scope, node.name].filter(Boolean).join(" · ")));
  const line = (node) => make("tr", {}, make("th", { scope: "row", class: "full" }, fullName(node)),
    make("td", {}, `${inFormula(node.data)} − ${shortNumber(lr)} × ${inFormula(step.grads[node.id])}`),
      make("td", {}, make("b", {}, toldApart(node.data, node.after)[1])));
  const lines = moved.slice(0, 40).map(line);
  return [
    kicker("Update"),
    make("h2", {}, "Every parameter takes one step"),
    make("p", {}, "Gradient descent moves each parameter against its gradient, by the learning rate times as much. "
      + `The learning rate here is ${shortNumber(lr)}; inputs stay as they are.`),
    equation("parameter ← parameter − learning rate × gradient"),
    make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Updates" },
      table(["parameter", "old − rate × grad", "new"], lines)),
    ...(moved.length > lines.length
      ? [make("p", {}, `The ${lines.length} that move most of ${moved.length} are shown.`)] : []),
  ];
}

function againWords() {
  const change = root.after - root.data;
  const [before, after] = toldApart(root.data, root.after);
  const verdict = change < 0 ? "It is smaller: the step went downhill." : change > 0
    ? "It is larger: the step was so long that it went past the valley. Try a smaller learning rate."
    : "It is the same: where all gradients are 0 there is nowhere to go.";
  return [
    kicker("Forward again"),
    make("h2", {}, labelOf(root.name), " after the update"),
    ...(root.op && !root.text ? [equation(`${root.name} = `
      + `${valueFormula(root, rows[root.op], operandNumbers(root, (node) => node.after))} = ${after}`)] : []),
    equation(`${root.name}: ${before} → `, make("b", {}, after)),
    make("p", {}, `${verdict} Training is this, again and again: forward, backward, update. Before the next backward `
      + "pass the gradients are set to 0 (zero_grad), for they would be added to the old ones."),
  ];
}

function additions(node, row, adds, grad) {
  const names = operandNames(node);
  const places = node.operands.flatMap((item, k) => (typeof item === "number" ? [k] : []));
  // An input that is used twice gets two shares: which is which is said.
  const part = ({ target, k }) => (node.inputs.filter((id) => id === target).length > 1
    ? `, ${ORDINALS[k] || `number ${k + 1}`}${node.op === "mul" ? " factor" : ""}` : "");
  const line = (add) => {
    const formula = partialFormula(node, row, places[add.k], names, node.name);
    const local = shortNumber(add.local);
    return make("tr", {},
      make("th", { scope: "row" }, nameButton(nodes[add.target]), part(add)),
      make("td", {}, formula === local ? local : `${formula} = ${local}`),
      make("td", {}, `${inFormula(grad)} × ${inFormula(add.local)} = ${shortNumber(add.part)}`),
      make("td", {}, `${shortNumber(add.before)} → `, make("b", {}, shortNumber(add.after))));
  };
  const lines = adds.slice(0, 40).map(line);
  const box = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "What is added" },
    table(["input", "local derivative", "added", "its grad"], lines));
  if (adds.length > lines.length) box.append(
    make("p", {}, `The first ${lines.length} of ${adds.length} inputs are shown.`));
  return box;
}

export const kicker = (text, kind = "", node = {}) =>
  make("p", { class: `kicker ${kind}` }, text, ...(node.scope
    ? [make("span", { class: "note" }, " in ", labelOf(node.scope))] : []));
export const equation = (...parts) => make("p", { class: "equation" }, ...parts);
export const nameButton = (node) => make("button", { type: "button", class: "link", click: () => choose(node) },
  labelOf(node.name));

export function table(heads, lines) {
  const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text)));
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines));
}
