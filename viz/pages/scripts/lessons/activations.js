// What an activation makes of a sum: one is chosen, and the sum is the neuron's, for the point that is marked, until it
// is moved.
"use strict";

import { byId, make } from "../dom.js";
import { shortNumber } from "../numbers.js";
import { activationCurve } from "../playground/activation.js";
import { activationAt } from "../playground/gradients.js";

const NAMES = ["tanh", "relu", "sigmoid", "linear"];
const FARTHEST = 5; // the sum goes from minus this to this

export function showActivations(lab) {
  const choose = make("select", { "aria-label": "Activation" },
    ...NAMES.map((name) => make("option", { value: name }, name)));
  const slider = make("input", { type: "range", min: -FARTHEST, max: FARTHEST, step: 0.1, value: 0.5,
    "aria-label": "The sum" });
  const said = make("p", { class: "equation", role: "status" });
  const picture = make("div");
  let z = 0;
  const show = () => {
    const [a] = activationAt(lab.machine, choose.value, [z]);
    said.textContent = `sum ${shortNumber(z)}, answer ${choose.value}(${shortNumber(z)}) = ${shortNumber(a)}`;
    picture.replaceChildren(activationCurve(lab.machine, choose.value, z, a, Math.max(FARTHEST, 1.1 * Math.abs(z))));
  };
  const follow = () => {
    const layers = lab.answersTo(lab.all.X[lab.probe]);
    [z] = layers[layers.length - 1].sums;
    slider.value = z;
    show();
  };
  choose.addEventListener("change", show);
  slider.addEventListener("input", () => {
    z = slider.valueAsNumber;
    show();
  });
  const back = make("button", { type: "button", click: follow }, "the neuron's sum");
  byId("activations").replaceChildren(make("label", {}, "Activation ", choose),
    make("label", { class: "slider" }, "Sum ", slider), back, said, picture);
  lab.listen(follow);
  follow();
}
