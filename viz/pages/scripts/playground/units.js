// Numbers as the table has them. The network sees every column on one scale; people think of square meters and euros.
// `all.scales` say of each input, `all.target` of what is predicted, what the numbers were; without them they are
// shown as they are.
"use strict";

import { tickTexts, ticks } from "../charts.js";
import { plainAxis } from "../fields.js";
import { shortNumber } from "../numbers.js";

const NAMED = /^(.*\S)\s*[([]([^()[\]]{1,12})[)\]]$/; // a unit in a column's name: "area (m2)"
const NEAREST = 0.08; // of an axis, from one mark to the next

const isScaled = (scale) => Boolean(scale) && "mean" in scale;

// What a number on the one scale was in its column; of a long tail the network sees the logarithm.
export function ownNumber({ mean, scale, median = 0, spread = 0 }, z) {
  const given = mean + scale * z;
  const x = spread ? median + spread * Math.sinh(given) : given;
  return Math.abs(x) < 1e-9 * (spread || scale) ? 0 : x; // what rounding leaves of a 0
}

export const onScale = ({ mean, scale, median = 0, spread = 0 }, x) =>
  ((spread ? Math.asinh((x - median) / spread) : x) - mean) / scale;

// A column's name and unit, which may stand in its name.
function partsOfName(name, scale) {
  const [, bare, unit] = (isScaled(scale) && !scale.unit && NAMED.exec(name)) || [null, name, scale?.unit || ""];
  return [bare, unit];
}

// A number of a column as people write it, with its unit.
export const written = (x, unit) => (Math.abs(x) >= 1e6 && Math.abs(x) < 1e13
  ? Number(x.toPrecision(4)).toLocaleString("en-US") : shortNumber(x, 4)) + (unit && ` ${unit}`);

// "area 80 m2"; an input made of words says what it stands for. In the `row` at hand a number may fill a gap.
export function inputWords({ names, scales }, k, z, row = null) {
  const scale = scales?.[k];
  if (isScaled(scale)) {
    const [name, unit] = partsOfName(names[k], scale);
    const filled = row && row[names.indexOf(`${names[k]} is missing`)] === 1;
    return `${name} ${filled ? "missing, counts as " : ""}${written(ownNumber(scale, z), unit)}`;
  }
  const at = scale ? scale.at.indexOf(z) : -1;
  if (at >= 0) return `${names[k]}: ${scale.kinds[at]}`;
  const between = scale ? ` (${scale.at.map((x, i) => `${x} is ${scale.kinds[i]}`).join(", ")})` : "";
  return `${names[k]} ${shortNumber(z, 3)}${between}`;
}

// What is predicted, in its own unit.
export function targetWords({ target }, y) {
  if (!isScaled(target)) return `answer ${shortNumber(y, 4)}`;
  const [name, unit] = partsOfName(target.name, target);
  return `${name} ${written(ownNumber(target, y), unit)}`;
}

// The number alone, with its unit.
export const numberWords = ({ target }, y) => (isScaled(target)
  ? written(ownNumber(target, y), partsOfName(target.name, target)[1]) : shortNumber(y, 3));

export const ownTarget = ({ target }, y) => (isScaled(target) ? Number(ownNumber(target, y).toPrecision(4)) : y);

// Its name with the unit, "target" where the data say none.
export function targetName({ target }) {
  const [name, unit] = target ? partsOfName(target.name, target) : ["target", ""];
  return unit ? `${name} (${unit})` : name;
}

// A distance between two numbers that are predicted, as from an answer to what is right.
export const targetDistance = ({ target }, d) => (isScaled(target) && !target.spread
  ? written(d * target.scale, partsOfName(target.name, target)[1]) : shortNumber(d, 3));

// An axis as `paintAxes` takes it, marked with the column's own numbers or words.
function axis([low, high], name, scale) {
  if (!scale) return plainAxis([low, high], name);
  if (!isScaled(scale)) return { low, high, title: name,
    marks: scale.at.map((at, i) => ({ at, text: scale.kinds[i] })) };
  const [bare, unit] = partsOfName(name, scale);
  const marks = ticks(ownNumber(scale, low), ownNumber(scale, high), false);
  const texts = tickTexts(marks);
  let last = -Infinity;
  const apart = marks.map((x, i) => ({ at: onScale(scale, x), text: texts[i] })).filter(({ at }) => {
    const kept = at - last > NEAREST * (high - low);
    if (kept) last = at;
    return kept;
  });
  return { low, high, title: unit ? `${bare} (${unit})` : bare, marks: apart };
}

// The axes of the plane; of one input the second is what is predicted.
export function axesOfPlane({ all, axes, window: { x, y } }) {
  const [right, up] = [0, 1].map((i) => axes[i]);
  const across = axis(x, all.names[right], all.scales?.[right]);
  if (up !== undefined) return [across, axis(y, all.names[up], all.scales?.[up])];
  return [across, all.classes ? plainAxis(y, `p(${all.classNames[1]})`)
    : axis(y, all.target?.name || "", isScaled(all.target) ? all.target : null)];
}

// Scales that a file says it has: from outside, so that every part of them is looked at; null where one is wrong.
export function checkedScale(found) {
  const finite = (x) => typeof x === "number" && Number.isFinite(x);
  const text = (x) => String(x ?? "").slice(0, 20);
  if (found?.at) {
    const { at, kinds } = found;
    return Array.isArray(at) && at.length === 2 && at.every(finite) && Array.isArray(kinds)
      ? { at: [...at], kinds: at.map((_, i) => text(kinds[i])) } : null;
  }
  const { mean, scale, median = 0, spread = 0, unit } = found || {};
  return [mean, scale, median, spread].every(finite) && scale > 0 && spread >= 0
    ? { mean, scale, median, spread, unit: text(unit) } : null;
}

export function checkedTarget(found) {
  return found ? { name: String(found.name ?? "").slice(0, 40), ...checkedScale(found) } : undefined;
}
