// The learning rate alone, for a lesson that has no other controls.
"use strict";

import { byId, make } from "../dom.js";

export function showRate(lab) {
  const field = make("input", { type: "number", step: "any", min: 0, "aria-label": "Learning rate" });
  const show = () => (field.value = lab.settings.lr);
  field.addEventListener("change", () => {
    if (field.valueAsNumber > 0) lab.change({ lr: field.valueAsNumber });
    show(); // what is no learning rate is as it was
  });
  lab.listen((kind) => kind === "settings" && show());
  show();
  byId("rate").replaceChildren(make("label", {}, "Learning rate ", field));
}
