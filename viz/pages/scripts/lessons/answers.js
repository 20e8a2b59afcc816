// Whether a typed number is right, as far as it was written out, and if not, which mistake leads to it.
"use strict";

const DIGITS = 2; // so many are enough

// How many digits of a number as typed count: those from the first that is not 0.
export const digitsOf = (text) => text.replace(/e.*$/i, "").replace(/\D/g, "").replace(/^0+/, "").length;

export function near(text, wanted, tolerance) {
  const typed = Number(text);
  if (Math.abs(typed - wanted) <= tolerance * Math.max(1, Math.abs(wanted))) return true;
  const digits = digitsOf(text);
  return digits >= DIGITS && digits < 18 && Number(wanted.toPrecision(digits)) === typed;
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
  if (!text.trim() || !Number.isFinite(Number(text))) return { right: false, text: "Type a number first." };
  const { tolerance } = question;
  const wanted = question.kind === "number" ? question.answer : layers[question.layer].answers[question.neuron];
  if (near(text, wanted, tolerance)) return { right: true, text: question.praise || "" };
  const known = (question.wrong || []).find(([value]) => (typeof value === "number" ? [value]
    : MISTAKEN[value](layers, question)).some((number) => near(text, number, tolerance)));
  if (known) return { right: false, text: `Not right: ${known[1]}` };
  if (!Number.isInteger(wanted) && digitsOf(text) < DIGITS && Number(wanted.toPrecision(1)) === Number(text)) return {
    right: false, text: "Nearly: two digits are wanted." };
  return { right: false, text: "" };
}
