// How a number is written: short where it stands in a box, in full where it is looked at closely.
"use strict";

// JSON has no nan and no infinities; the page's data carries them as words.
export const asNumber = (item) =>
  typeof item === "number" ? item : { nan: NaN, inf: Infinity, "-inf": -Infinity }[item];

export function fullNumber(x) {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  return Object.is(x, -0) ? "-0" : String(x);
}

export function shortNumber(x, digits = 4) {
  if (!Number.isFinite(x) || x === 0) return fullNumber(x);
  const size = Math.abs(x);
  const rounded = Number(x.toPrecision(digits));
  if (size >= 1e-3 && size < 1e6) return String(rounded);
  const [mantissa, power] = rounded.toExponential(Math.min(digits - 1, 2)).split("e");
  return Number(mantissa) + "e" + power.replace("+", "");
}

// Two numbers, before and after a change: with as many digits as show it.
export function toldApart(before, after) {
  if (before === after || !Number.isFinite(before) || !Number.isFinite(after)) {
    return [before, after].map((x) => shortNumber(x));
  }
  for (let digits = 4; digits < 17; digits++) {
    const found = [before, after].map((x) => (digits === 4 ? shortNumber(x)
      : fullNumber(Number(x.toPrecision(digits)))));
    if (found[0] !== found[1]) return found;
  }
  return [before, after].map(fullNumber);
}

// A number inside a formula: a negative one needs parentheses there.
export const inFormula = (x) => (x < 0 || Object.is(x, -0) ? `(${shortNumber(x)})` : shortNumber(x));

// A count and what is counted: "1 neuron", "2 neurons".
export const counted = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
