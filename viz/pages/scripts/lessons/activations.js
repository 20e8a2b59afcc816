// What an activation makes of a sum: one is chosen, the sum is moved.
"use strict";

import { byId, make } from "../dom.js";
import { shortNumber } from "../numbers.js";
import { activationCurve } from "../playground/activation.js";
import { activationAt } from "../playground/gradients.js";

const NAMES = ["tanh", "relu", "sigmoid", "linear"];
const FARTHEST = 5; // the sum goes from minus this to this

export function showActivations(machine) {
  const choose = make("select", { "aria-label": "Activation" }, ...NAMES.map((name) => make("option", { value: name }, name)));
  const sum = make("input", { type: "range", min: -FARTHEST, max: FARTHEST, step: 0.1, value: 0.5, "aria-label": "The sum" });
  const said = make("p", { class: "equation", role: "status" });
  const picture = make("div");
  const show = () => {
    const z = sum.valueAsNumber;
    const [a] = activationAt(machine, choose.value, [z]);
    said.textContent = `sum ${shortNumber(z)}, answer ${choose.value}(${shortNumber(z)}) = ${shortNumber(a)}`;
    picture.replaceChildren(activationCurve(machine, choose.value, z, a, FARTHEST));
  };
  choose.addEventListener("change", show);
  sum.addEventListener("input", show);
  byId("activations").replaceChildren(make("label", {}, "Activation ", choose), make("label", { class: "slider" }, "Sum ", sum), said, picture);
  show();
}
