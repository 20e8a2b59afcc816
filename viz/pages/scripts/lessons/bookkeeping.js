// Backpropagation's bookkeeping on y = a * a + a, done right and in the ways in which it goes wrong.
"use strict";

import { byId, make } from "../dom.js";
import { shortNumber } from "../numbers.js";
import { listSteps } from "../steps.js";

// The nodes as a step page has them: a, then b = a * a, then y = b + a, at a = 3.
const NODES = [
  { id: 0, name: "a", inputs: [], partials: [] },
  { id: 1, name: "b", op: "mul", inputs: [0, 0], partials: [3, 3] },
  { id: 2, name: "y", op: "add", inputs: [1, 0], partials: [1, 1] },
];

export const WAYS = {
  right: "as it should be",
  order: "wrong order",
  overwrite: "overwrite",
  zero: "forget zero_grad",
};

// What each way adds to whose gradient: lines of text, and what a.grad is in the end.
export function bookkeeping(way) {
  const grads = [0, 0, 0];
  const lines = [];
  const backward = () => {
    grads[1] = 0;
    grads[2] = 1;
    lines.push(["y.grad", "= 1", "1"]);
    const steps = listSteps(NODES, false).filter((step) => step.phase === "backward");
    for (const { node } of way === "order" ? steps.reverse() : steps) {
      node.inputs.forEach((input, k) => {
        const share = grads[node.id] * node.partials[k];
        const before = grads[input];
        grads[input] = way === "overwrite" ? share : before + share;
        lines.push([`${NODES[input].name}.grad`, way === "overwrite" ? `= ${shortNumber(share)}, from ${node.name}` : `+= ${shortNumber(share)}, from ${node.name}`, shortNumber(grads[input])]);
      });
    }
  };
  backward();
  if (way === "zero") {
    lines.push(["", "backward again, gradients not set to 0", ""]);
    backward();
  }
  return { lines, result: grads[0] };
}

export function showBookkeeping() {
  const host = byId("bookkeeping");
  const show = (way) => {
    const { lines, result } = bookkeeping(way);
    const rows = lines.map((cells) => make("tr", {}, ...cells.map((text, k) => make(k ? "td" : "th", k ? {} : { scope: "row" }, text))));
    host.replaceChildren(
      make("div", { class: "buttons" }, ...Object.entries(WAYS).map(([name, words]) => make("button", { type: "button", "aria-pressed": String(name === way), click: () => show(name) }, words))),
      make("table", {}, make("tbody", {}, ...rows)),
      make("p", { role: "status" }, "a.grad is ", make("b", {}, shortNumber(result)), result === 7 ? ", which is right." : ", which is wrong: 7 is right."));
  };
  show("right");
}
