// Texts that look like one thing spelled in several ways, "köln" and "Köln", as nn/tables/meaning.py finds them.
"use strict";

import { isCode, numberOf } from "./numerals.js";
import { asCell } from "./strays.js";

const SAME = [["true", "yes", "on"], ["false", "no", "off"]];
const MOST_NAMED = 4;

// A sentence for every group of them among the different texts of a column.
export function spellingNotes(name, texts) {
  const groups = new Map();
  for (const text of texts) groups.set(spelling(text), [...(groups.get(spelling(text)) || []), text]);
  return [...groups.values()].filter((group) => group.length > 1).map((group) =>
    `column ${asCell(name)}: ${group.slice(0, MOST_NAMED).map(asCell).join(" and ")} may be one thing spelled in `
    + "several ways, and count as different; where they are one, write them alike in the file");
}

// What spellings of one thing have in common.
function spelling(text) {
  const x = isCode(text) ? null : numberOf(text, { decimal: ".", unit: "" });
  if (x !== null && Number.isFinite(x)) return String(x);
  const folded = text.toLowerCase().replaceAll("ß", "ss").split(/\s+/).filter(Boolean).join(" ");
  return SAME.find((words) => words.includes(folded))?.[0] ?? folded;
}
