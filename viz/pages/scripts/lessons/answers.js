// Whether a typed number is right, as far as it was written out, and if not, which mistake leads to it.
"use strict";

const DIGITS = 2; // so many are enough

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

// A number as people type it: with a decimal comma, a typographic minus, as a fraction or with a percent sign, which
// counts for nothing where `percent` are asked for; NaN where it is none.
export function numberFrom(text, percent = false) {
  if (/%\s*$/.test(text)) return numberFrom(text.replace(/%\s*$/, "")) / (percent ? 1 : 100);
  const plain = text.replace(/[−–]/g, "-").replace(/\s/g, "").replace(/^([^,.]*),([^,.]*)$/, "$1.$2");
  const parts = plain.split(/[/÷]/);
  if (parts.length > 1) return parts.length === 2 ? numberFrom(parts[0]) / numberFrom(parts[1]) : NaN;
  return NUMBER.test(plain) ? Number(plain) : NaN;
}

const isFraction = (text) => /[/÷]/.test(text);

// How many digits of a number as typed count: those from the first that is not 0.
export const digitsOf = (text) => text.replace(/e.*$/i, "").replace(/\D/g, "").replace(/^0+/, "").length;

// The number with so many digits, less what comes behind them.
function cut(number, digits) {
  const [mantissa, power] = number.toExponential(14).split("e"); // rounding of the last digits is undone
  return Number(`${mantissa.slice(0, mantissa.indexOf(".") + digits)}e${power}`);
}

// Rounded or cut, to as many digits as were typed.
export function near(text, wanted, tolerance, percent = false) {
  const typed = numberFrom(text, percent);
  if (Math.abs(typed - wanted) <= tolerance * Math.max(1, Math.abs(wanted))) return true;
  if (isFraction(text)) return false; // it was not written out to so many digits: it is meant exactly
  const digits = digitsOf(text);
  if (digits < DIGITS || digits > 14) return false;
  const scale = /%\s*$/.test(text) && !percent ? 100 : 1;
  return [Number((scale * wanted).toPrecision(digits)), ...(Number.isInteger(wanted) ? []
    : [cut(scale * wanted, digits)])].includes(numberFrom(text, true));
}

// What other numbers of the network are mistaken for a neuron's answer.
const MISTAKEN = {
  sum: (layers, { layer, neuron }) => [layers[layer].sums[neuron]],
  other: (layers, { layer, neuron }) => layers[layer].answers.filter((_, n) => n !== neuron),
  hidden: (layers, { layer }) => layers.slice(0, layer).flatMap(({ answers }) => answers),
  chance: (layers, { layer, neuron }) => [1, -1].map((sign) =>
    1 / (1 + Math.exp(-sign * layers[layer].answers[neuron]))),
};

// {right, text}: `text` is what is to be said besides, "" where nothing is known. `layers` are the network's answers.
export function typedVerdict(text, question, layers) {
  if (!text.trim()) return { right: false, text: "Type a number first." };
  const { tolerance, percent } = question;
  const typed = numberFrom(text, percent);
  if (!Number.isFinite(typed)) return { right: false,
    text: `“${text.trim().slice(0, 20)}” is no number: type one such as -0.25, -0,25 or -1/4.` };
  const wanted = question.kind === "number" ? question.answer : layers[question.layer].answers[question.neuron];
  if (near(text, wanted, tolerance, percent)) return { right: true, text: question.praise || "" };
  const known = (question.wrong || []).find(([value]) => (typeof value === "number" ? [value]
    : MISTAKEN[value](layers, question)).some((number) => near(text, number, tolerance, percent)));
  if (known) return { right: false, text: `Not right: ${known[1]}` };
  if (percent && Math.abs(100 * typed - wanted) < 1e-9 * wanted) return { right: false,
    text: `Not right: as a percentage: ${wanted}, not ${text.trim()}.` };
  if (!Number.isInteger(wanted) && digitsOf(text) < DIGITS && Number(wanted.toPrecision(1)) === typed) return {
    right: false, text: "Nearly: two digits are wanted." };
  return { right: false, text: "" };
}
