// An activation as a curve, with the point on it at which a neuron is.
"use strict";

import { svg } from "../dom.js";
import { shortNumber } from "../numbers.js";
import { activationAt } from "./gradients.js";

// `reach` is how far the curve goes to both sides: as far as it must to show the point, if nothing else is wanted.
export function activationCurve(machine, activation, z, a, reach = Math.max(4, Math.min(1e6, 1.3 * Math.abs(z) || 4))) {
  const points = Array.from({ length: 121 }, (_, k) => -reach + (2 * reach * k) / 120);
  const values = activationAt(machine, activation, points);
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(0, a, ...finite), Math.max(0, a, ...finite)];
  const x = (p) => 10 + (220 * (p + reach)) / (2 * reach);
  const y = (v) => 90 - (80 * (v - low)) / (high - low || 1);
  return svg("svg", { class: "small-chart", viewBox: "0 0 240 110", role: "img",
    "aria-label": `${activation} at ${shortNumber(z)} is ${shortNumber(a)}` },
    svg("line", { class: "axis", x1: 10, x2: 230, y1: y(0), y2: y(0) }),
      svg("line", { class: "axis", x1: x(0), x2: x(0), y1: 10, y2: 90 }),
    svg("path", { class: "curve-0", fill: "none",
      d: points.map((p, k) => `${k ? "L" : "M"}${x(p).toFixed(1)} ${y(values[k]).toFixed(1)}`).join("") }),
    ...(Number.isFinite(z) && Number.isFinite(a) ? [svg("circle", { class: "here", cx: x(z), cy: y(a), r: 4 })] : []),
    svg("text", { x: 10, y: 105 }, shortNumber(-reach, 2)),
      svg("text", { x: 230, y: 105, "text-anchor": "end" }, shortNumber(reach, 2)),
    svg("text", { x: x(0) + 4, y: 18 }, shortNumber(high, 3)),
      ...(low < 0 ? [svg("text", { x: x(0) + 4, y: 88 }, shortNumber(low, 3))] : []));
}
