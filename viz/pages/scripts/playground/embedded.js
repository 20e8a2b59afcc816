// A page in a frame of a notebook tells the notebook its parameters, and takes the notebook's.
"use strict";

const same = (one, other) => one.length === other.length && one.every((x, i) => x === other[i]);

// Returns what is to be called when parameters may have moved.
export function connect(lab) {
  if (window.parent === window) return () => {};
  let known = Array.from(lab.trainer.parameters);
  addEventListener("message", ({ source, data }) => {
    const given = data?.glassgrad === "parameters" ? data.parameters : null;
    if (source !== window.parent || !Array.isArray(given) || given.length !== lab.trainer.count
      || !given.every(Number.isFinite)) return;
    known = given.slice();
    given.forEach((x, place) => x !== lab.trainer.parameters[place] && lab.trainer.setParameter(place, x));
    lab.moved();
  });
  return () => {
    const now = Array.from(lab.trainer.parameters);
    if (same(now, known) || !now.every(Number.isFinite)) return;
    known = now;
    // The parent may be anybody's: numbers of no secret.
    window.parent.postMessage({ glassgrad: "parameters", parameters: now }, "*");
  };
}
