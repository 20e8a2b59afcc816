// One box looked at closely: its formula, numbers, local derivatives, and the line of the program that made it.
// Reads the nodes, rows and gradients of page.js.
"use strict";

import { fullNumber, shortNumber } from "./numbers.js";
import { make, byId, labelOf } from "./dom.js";
import { valueFormula, partialFormula } from "./formulas.js";
import { operandNames, operandNumbers, equation, nameButton, table } from "./sentences.js";
import { nodes, rows, steps, known, reached, grads, backwardStep, numberNow, phaseNow, player,
  centerOn } from "./page.js";

export let chosen = null;

export function choose(node) {
  if (chosen) chosen.element.classList.remove("chosen");
  chosen = node;
  node.element.classList.add("chosen");
  showDetails(node);
  centerOn([node]);
}

export function showDetails(node) {
  const row = rows[node.op];
  // An operation's numbers are all of one moment: once the parameters have moved, those before it say so.
  const [moved, again] = [["update", "again"].includes(phaseNow()), phaseNow() === "again"];
  const numberOf = ({ data, after }) => (again ? after : data);
  const when = moved && !again ? ", before the update" : "";
  const facts = [];
  const fact = (term, ...text) => facts.push(make("dt", {}, term), make("dd", {}, ...text));
  if (node.text) {
    if (node.holds) fact("Holds", [node.holds, node.parameters].filter(Boolean).join(", "));
    fact("Numbers", known[node.id] ? node.text : "not computed yet");
    fact("Gradients", reached[node.id] ? node.gradText : "nothing has been added yet");
    if (node.parameterGrads) fact("Gradients of its parameters",
      reached[node.id] ? node.parameterGrads : "nothing has been added yet");
  } else if (row) {
    fact("Formula", equation(`${node.name} = ${valueFormula(node, row, operandNames(node))}`));
    fact(`In numbers${when}`,
      equation(`${node.name} = ${valueFormula(node, row, operandNumbers(node, numberOf))}`));
  }
  if (!node.text) fact(`Value${row ? when : ""}`, known[node.id] ? bothNumbers(numberNow(node)) : "not computed yet");
  if (!node.text) fact(`Gradient${moved ? ", before the update" : ""}`,
    `${bothNumbers(grads[node.id])}${reached[node.id] ? "" : " (nothing has been added yet)"}`);
  if (row && node.inputs.length && !node.text) fact(`Local derivatives${when}`,
    localTable(node, row, again ? node.partialsAfter : node.partials));
  for (const note of row ? row.notes : []) fact("Note", note);
  if (node.users.length) fact("Goes into", ...spaced(node.users));
  if (node.folded) fact("Drawn in the box of", nameButton(nodes[node.home]));
  if (node.scope) fact("Part of", labelOf(node.scope));
  if (node.code) fact("In a program", make("code", {}, node.code));
  fact("Made in", node.source ? make("code", {}, node.source)
    : "not recorded: build the graph inside autograd.record_source() to see the line");
  byId("details").replaceChildren(
    make("h2", {}, labelOf(node.name)),
    make("p", { class: "kicker" }, row ? `${node.kindName}, ${row.noun.toLowerCase()}` : node.kindName),
    make("dl", {}, ...facts),
    make("button", { type: "button", click: () => player.jump(whenMade(node)) },
      node.op ? "Go to its forward step" : "Go to the start"),
    ...(node.op ? [make("button", { type: "button", click: () => player.jump(backwardStep.get(node.id)) },
      "Go to its backward step")] : []),
  );
}

// In full, and rounded as the box has it.
function bothNumbers(x) {
  const [short, full] = [shortNumber(x), fullNumber(x)];
  return short === full ? full : `${full} (rounded ${short})`;
}

const whenMade = (node) => Math.max(0, steps.findIndex((step) => step.phase === "forward" && step.node === node));

function spaced(ids) {
  const parts = ids.slice(0, 20).flatMap((id) => [nameButton(nodes[id]), " "]);
  return ids.length > 20 ? [...parts, `and ${ids.length - 20} more`] : parts;
}

function localTable(node, row, partials) {
  const names = operandNames(node);
  const places = node.operands.flatMap((item, k) => (typeof item === "number" ? [k] : []));
  const lines = node.inputs.slice(0, 40).map((input, k) =>
    make("tr", {},
      make("th", { scope: "row" }, nameButton(nodes[input])),
      make("td", {}, partialFormula(node, row, places[k], names, node.name)),
      make("td", {}, fullNumber(partials[k]))));
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Local derivatives" },
    table(["by", "formula", "number"], lines));
}

export function nothingChosen() {
  byId("details").replaceChildren(make("h2", {}, "Details"),
    make("p", {}, "Choose a box to see its formula, its local derivatives and the line that made it."));
}
