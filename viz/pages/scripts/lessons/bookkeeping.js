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
      { id: 0, name: "a", text: "a = 3", inputs: [], partials: [], at: [50, 96] },
      { id: 1, name: "b", text: "b = a × a = 9", op: "mul", inputs: [0, 0], partials: [3, 3], locals: ["a", "a"],
        at: [166, 24] },
      { id: 2, name: "y", text: "y = b + a = 12", op: "add", inputs: [1, 0], partials: [1, 1], locals: ["1", "1"],
        at: [282, 96] },
    ],
    hasty: [1, 2],
    ways: { right: "as it should be", order: "wrong order", overwrite: "overwrite", zero: "forget zero_grad" },
  },
  // b = 2 * a, c = b + 1, y = c * b, at a = 3: b is used by c and by y
  shared: {
    nodes: [
      { id: 0, name: "a", text: "a = 3", inputs: [], partials: [], at: [50, 96] },
      { id: 1, name: "b", text: "b = 2 × a = 6", op: "mul", inputs: [0], partials: [2], locals: ["2"], at: [166, 96] },
      { id: 2, name: "c", text: "c = b + 1 = 7", op: "add", inputs: [1], partials: [1], locals: ["1"], at: [224, 24] },
      { id: 3, name: "y", text: "y = c × b = 42", op: "mul", inputs: [2, 1], partials: [6, 7], locals: ["b", "c"],
        at: [282, 96] },
    ],
    hasty: [3, 1, 2],
    ways: { right: "b waits for y and c", order: "b waits only for y" },
  },
};

// What each way adds to whose gradient, share by share: {cells, grads, turn, why}, the gradients as they are then,
// whose turn it is, and why.
export function bookkeeping(way, { nodes, hasty }) {
  const grads = nodes.map(() => 0);
  const last = nodes.length - 1;
  const lines = [];
  const note = (turn, why, ...cells) => lines.push({ cells, grads: grads.slice(), turn, why });
  const backward = () => {
    nodes.forEach((node, k) => node.op && (grads[k] = 0)); // leaves keep theirs
    grads[last] = 1;
    note(last, `Going back begins at ${nodes[last].name}, which grows just as much as itself.`,
      `${nodes[last].name}.grad`, "= 1, where going back begins", "1");
    const order = way === "order" ? hasty.map((k) => nodes[k])
      : listSteps(nodes, false).filter((step) => step.phase === "backward").map((step) => step.node);
    order.forEach((node, at) => {
      const why = whyNow(node, order.slice(0, at), nodes);
      node.inputs.forEach((input, k) => {
        const share = grads[node.id] * node.partials[k];
        grads[input] = way === "overwrite" ? share : grads[input] + share;
        const product = `${node.name}.grad × ${node.locals[k]} = `
          + `${shortNumber(grads[node.id])} × ${shortNumber(node.partials[k])} = ${shortNumber(share)}`;
        const twice = node.inputs.filter((other) => other === input).length > 1;
        const factor = twice ? ` (${nodes[input].name} as the ${k ? "second" : "first"} factor)` : "";
        note(node.id, why, `${nodes[input].name}.grad`, `${way === "overwrite" ? "=" : "+="} ${product}${factor}`,
          shortNumber(grads[input]));
      });
    });
  };
  backward();
  if (way === "zero") {
    note(-1, "The next pass begins, and nobody has set the gradients to 0.", "",
      `backward again: ${nodes[0].name}.grad is still ${shortNumber(grads[0])}; those of inner values begin anew`, "");
    backward();
  }
  return { lines, grads };
}

// Whether it is a node's turn when `done` have handed in their shares.
function whyNow(node, done, nodes) {
  const users = nodes.filter(({ inputs }) => inputs.includes(node.id));
  const missing = users.filter((user) => !done.includes(user)).map(({ name }) => name);
  const names = users.map(({ name }) => name).join(" and ");
  if (missing.length) return `${node.name} hands on, although ${missing.join(" and ")} `
    + `${missing.length > 1 ? "have" : "has"} not handed in yet: too early.`;
  return `It is ${node.name}'s turn: ${users.length
    ? `${names} used it, and ${users.length > 1 ? "both have" : "has"} handed in.`
    : "nobody used it, it is the end."}`;
}

const [WIDE, HIGH] = [98, 44]; // of a box in the picture
const PICTURE = "0 0 332 120"; // as wide as a phone: its letters are of their full size there

function smallGraph(nodes, grads, turn) {
  const gradient = (k) => (grads ? shortNumber(grads[k]) : "?");
  const boxes = nodes.map(({ name, text, at: [x, y] }, k) => svg("g", k === turn ? { class: "turn" } : {},
    svg("rect", { x: x - WIDE / 2, y: y - HIGH / 2, width: WIDE, height: HIGH, rx: 6 }),
    svg("text", { x, y: y - 4 }, text), svg("text", { class: "grad", x, y: y + 13 }, `${name}.grad = ${gradient(k)}`)));
  const arrows = nodes.flatMap(({ inputs, at: [x, y] }) => inputs.map((input, k) => {
    const [from, height] = nodes[input].at;
    const spread = (k - (inputs.length - 1) / 2) * 14; // so that two arrows into one box stay two
    const down = Math.sign(y - height) * HIGH / 2;
    const [x1, y1, x2, y2] = x - from < WIDE ? [from + WIDE / 4, height + down, x - WIDE / 4, y - down]
      : [from + WIDE / 2, height, x - WIDE / 2, y + spread];
    const slope = Math.atan2(y2 - y1, x2 - x1);
    const head = [0.4, -0.4].map((by) =>
      `M${x2} ${y2}L${x2 - 8 * Math.cos(slope + by)} ${y2 - 8 * Math.sin(slope + by)}`);
    return svg("path", { class: "arrow", d: [`M${x1} ${y1}L${x2} ${y2}`, ...head].join("") });
  }));
  const label = nodes.map(({ name, text }, k) => `${text}, ${name}.grad = ${gradient(k)}`).join("; ");
  return svg("svg", { class: "small-graph", viewBox: PICTURE, role: "img", "aria-label": label }, ...arrows,
    ...boxes);
}

export function showBookkeeping() {
  for (const [id, example] of Object.entries(EXAMPLES)) {
    const host = byId(id);
    if (host) showExample(host, example);
  }
}

const HEADS = ["what gets it", "gradient × local derivative", "then it is"];

function showExample(host, example) {
  const right = bookkeeping("right", example).grads[0];
  let [way, at] = [null, 0];
  const show = () => {
    const { lines, grads } = way ? bookkeeping(way, example) : { lines: [], grads: null };
    const shown = lines.slice(0, at);
    const now = shown[at - 1];
    const whole = at === lines.length;
    const rows = shown.map(({ cells }) =>
      make("tr", {}, ...cells.map((text, k) => make(k ? "td" : "th", k ? {} : { scope: "row" }, text))));
    const go = (by, text) =>
      make("button", { type: "button", "aria-disabled": String(!by || at + by < 1 || at + by > lines.length),
      click: () => move(by, lines.length, text) }, text);
    const table = () => make("table", {}, make("thead", {},
      make("tr", {}, ...HEADS.map((text) => make("th", { scope: "col" }, text)))), make("tbody", {}, ...rows));
    host.replaceChildren(
      make("div", { class: "buttons" },
        ...Object.entries(example.ways).map(([name, words]) =>
        make("button", { type: "button", "aria-pressed": String(name === way), click: () => choose(name) }, words))),
      smallGraph(example.nodes, now?.grads || grads, whole ? -1 : now?.turn),
      ...(way ? [make("div", { class: "buttons steps" }, go(-1, "Back"), go(1, "On"),
        go(lines.length - at, "To the end"),
        make("output", {}, `step ${at} of ${lines.length}`)), make("p", { class: "why" }, now.why), table()] : []),
      make("p", { role: "status" }, ...(!way ? ["Press a button: what is handed on, and to whom?"] : whole
        ? verdict(grads[0]) : [`${now.cells[0]} ${now.cells[1]}`])));
  };
  const verdict = (grad) => ["a.grad is ", make("b", {}, shortNumber(grad)),
    grad === right ? ", which is right." : `, which is wrong: ${right} is right.`];
  const choose = (name) => {
    [way, at] = [name, 1];
    show();
    host.querySelector("[aria-pressed=true]").focus(); // the button is a new one
  };
  const move = (by, most, text) => {
    if (at + by < 1 || at + by > most) return;
    at += by;
    show();
    [...host.querySelectorAll(".steps button")].find((button) => button.textContent === text).focus();
  };
  show();
}
