// What the reader may choose of a table, under the note that says what it was taken as: the column to predict, what
// counts as missing, the decimal mark, and whether case matters. Each takes the table anew.
"use strict";

import { make } from "../dom.js";
import { asCell } from "../engine/strays.js";
import { readTable } from "../engine/table.js";

const MARKS = [[".", "decimal point", "point"], [",", "decimal comma", "comma"]];

const quoted = (words) => words.map(asCell).join(", ");

// `offered` and `choice` are those of `readTable`; `take(choice)` takes the table with another.
export function offersOf(text, { columns, target, words, ambiguous, sameCase }, choice, take) {
  const button = (change, label) => make("button", { type: "button", click: () => take({ ...choice, ...change }) },
    label);
  const select = make("select", { "aria-label": "predict" },
    ...columns.map((name, k) => make("option", { value: k }, name)));
  select.value = target;
  select.addEventListener("change", () => take({ ...choice, target: Number(select.value) }));
  const missing = { missing: [...(choice.missing || []), ...words] };
  const buttons = [
    ...(ambiguous ? MARKS.map(([decimal, label, mark]) => button({ decimal }, `${label}: ${ambiguous[mark]}`)) : []),
    ...(words.length && isReadable(text, { ...choice, ...missing })
      ? [button(missing, `Count ${quoted(words)} as missing and take it anew`)] : []),
    ...(sameCase ? [button({ sameCase }, "Texts that differ in case alone are one: take it anew")] : [])];
  return [make("label", { class: "predict" }, "predict: ", select),
    ...(buttons.length ? [make("div", { class: "buttons" }, ...buttons)] : [])];
}

// A button that would only bring the next refusal is none.
function isReadable(text, choice) {
  try {
    return Boolean(readTable(text, choice));
  } catch {
    return false;
  }
}

// What has been chosen, for the note.
export const chosenWords = ({ missing = [], decimal }) => [
  ...(missing.length ? [`${quoted(missing)} counted as missing`] : []),
  ...MARKS.filter(([mark]) => mark === decimal).map(([, label]) => `numbers that leave it open have a ${label}`)];
