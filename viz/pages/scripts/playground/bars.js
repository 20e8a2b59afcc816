// Probabilities as bars over the names of what they are of.
"use strict";

import { make } from "../dom.js";

export function showBars(host, shares, names) {
  host.replaceChildren(...shares.map((p, k) => {
    const bar = make("span", {}, make("i", {}), make("b", {}, names[k]));
    bar.firstChild.style.height = `${100 * p}%`;
    return bar;
  }));
}
