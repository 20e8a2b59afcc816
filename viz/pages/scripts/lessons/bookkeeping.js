// Backpropagation's bookkeeping on small graphs, done right and in the ways in which it goes wrong.
"use strict";

import { byId, make, svg } from "../dom.js";
import { shortNumber } from "../numbers.js";
import { listSteps } from "../steps.js";

// Nodes as a step page has them, what their partial derivatives are called, and where they stand in the picture;
// `hasty` is an order in which one is too early.
const EXAMPLES = {
  // b = a * a, then y = b + a, at a = 3
  bookkeeping: {
    nodes: [
      { id: 0, name: "a", text: "a = 3", inputs: [], partials: [], at: [48, 76] },
      { id: 1, name: "b", text: "b = a × a = 9", op: "mul", inputs: [0, 0], partials: [3, 3], locals: ["a", "a"], at: [210, 32] },
      { id: 2, name: "y", text: "y = b + a = 12", op: "add", inputs: [1, 0], partials: [1, 1], locals: ["1", "1"], at: [372, 76] },
    ],
    hasty: [1, 2],
    ways: { right: "as it should be", order: "wrong order", overwrite: "overwrite", zero: "forget zero_grad" },
  },
  // b = 2 * a, c = b + 1, y = c * b, at a = 3: b is used by c and by y
  shared: {
    nodes: [
      { id: 0, name: "a", text: "a = 3", inputs: [], partials: [], at: [48, 76] },
      { id: 1, name: "b", text: "b = 2 × a = 6", op: "mul", inputs: [0], partials: [2], locals: ["2"], at: [164, 76] },
      { id: 2, name: "c", text: "c = b + 1 = 7", op: "add", inputs: [1], partials: [1], locals: ["1"], at: [266, 24] },
      { id: 3, name: "y", text: "y = c × b = 42", op: "mul", inputs: [2, 1], partials: [6, 7], locals: ["b", "c"], at: [372, 76] },
    ],
    hasty: [3, 1, 2],
    ways: { right: "b waits for y and c", order: "b waits only for y" },
  },
};

// What each way adds to whose gradient: lines of text, and all gradients in the end.
export function bookkeeping(way, { nodes, hasty }) {
  const grads = nodes.map(() => 0);
  const last = nodes.length - 1;
  const lines = [];
  const backward = () => {
    nodes.forEach((node, k) => node.op && (grads[k] = 0)); // leaves keep theirs
    grads[last] = 1;
    lines.push([`${nodes[last].name}.grad`, "= 1, where going back begins", "1"]);
    const order = way === "order" ? hasty.map((k) => nodes[k]) : listSteps(nodes, false).filter((step) => step.phase === "backward").map((step) => step.node);
    for (const node of order) {
      node.inputs.forEach((input, k) => {
        const share = grads[node.id] * node.partials[k];
        const before = grads[input];
        grads[input] = way === "overwrite" ? share : before + share;
        const product = `${node.name}.grad × ${node.locals[k]} = ${shortNumber(grads[node.id])} × ${shortNumber(node.partials[k])} = ${shortNumber(share)}`;
        lines.push([`${nodes[input].name}.grad`, `${way === "overwrite" ? "=" : "+="} ${product}`, shortNumber(grads[input])]);
      });
    }
  };
  backward();
  if (way === "zero") {
    lines.push(["", `backward again: ${nodes[0].name}.grad is still ${shortNumber(grads[0])}; those of inner values begin anew`, ""]);
    backward();
  }
  return { lines, grads };
}

const [WIDE, HIGH] = [94, 44]; // of a box in the picture

function smallGraph(nodes, grads) {
  const gradient = (k) => (grads ? shortNumber(grads[k]) : "?");
  const boxes = nodes.map(({ name, text, at: [x, y] }, k) => svg("g", {},
    svg("rect", { x: x - WIDE / 2, y: y - HIGH / 2, width: WIDE, height: HIGH, rx: 6 }),
    svg("text", { x, y: y - 4 }, text), svg("text", { class: "grad", x, y: y + 13 }, `${name}.grad = ${gradient(k)}`)));
  const arrows = nodes.flatMap(({ inputs, at: [x, y] }) => inputs.map((input, k) => {
    const [from, height] = nodes[input].at;
    const spread = (k - (inputs.length - 1) / 2) * 14; // so that two arrows into one box stay two
    const [x1, x2, y2] = [from + WIDE / 2, x - WIDE / 2, y + spread];
    const turn = Math.atan2(y2 - height, x2 - x1);
    const head = [0.4, -0.4].map((by) => `M${x2} ${y2}L${x2 - 8 * Math.cos(turn + by)} ${y2 - 8 * Math.sin(turn + by)}`);
    return svg("path", { class: "arrow", d: [`M${x1} ${height}L${x2} ${y2}`, ...head].join("") });
  }));
  const label = nodes.map(({ name, text }, k) => `${text}, ${name}.grad = ${gradient(k)}`).join("; ");
  return svg("svg", { class: "small-graph", viewBox: "0 0 420 106", role: "img", "aria-label": label }, ...arrows, ...boxes);
}

export function showBookkeeping() {
  for (const [id, example] of Object.entries(EXAMPLES)) {
    const host = byId(id);
    if (host) showExample(host, example);
  }
}

function showExample(host, example) {
  const right = bookkeeping("right", example).grads[0];
  const show = (way) => {
    const { lines, grads } = way ? bookkeeping(way, example) : { lines: [], grads: null };
    const rows = lines.map((cells) => make("tr", {}, ...cells.map((text, k) => make(k ? "td" : "th", k ? {} : { scope: "row" }, text))));
    host.replaceChildren(
      make("div", { class: "buttons" }, ...Object.entries(example.ways).map(([name, words]) => make("button", { type: "button", "aria-pressed": String(name === way), click: () => choose(name) }, words))),
      smallGraph(example.nodes, grads),
      ...(way ? [make("table", {}, make("thead", {}, make("tr", {}, ...["what gets it", "gradient × local derivative", "then it is"].map((text) => make("th", { scope: "col" }, text)))), make("tbody", {}, ...rows))] : []),
      make("p", { role: "status" }, ...(way ? verdict(grads[0]) : ["Press a button: what is handed on, and to whom?"])));
  };
  const verdict = (grad) => ["a.grad is ", make("b", {}, shortNumber(grad)), grad === right ? ", which is right." : `, which is wrong: ${right} is right.`];
  const choose = (way) => {
    show(way);
    host.querySelector("[aria-pressed=true]").focus(); // the button is a new one
  };
  show(null);
}
