// A few words among the numbers or dates of a column, "on request" among rents: what `glassgrad train` says of them
// (nn/tables/strays.py), for the reader to decide whether they count as missing.
"use strict";

import { counted } from "../numbers.js";
import { formatOf } from "./dates.js";
import { isCode } from "./numerals.js";
import { unitedNotation } from "./unit_words.js";

const NEARLY_ALL = 0.9; // of the cells are numbers or dates
const FEW_OTHERS = 10; // different ones, below which words beside them may be categories as they are
const DASHES = new Set("-_./?~ \u2013\u2014");
const FEW_WORDS = 5;
const MOST_WORDS = 20; // that are offered to be counted as missing, or taken as kinds

export const asCell = (cell) => `"${cell.slice(0, 40)}"`;

// The words among the numbers or dates of a column, most frequent first, and what is said of them; null where it is no
// column of these but for them. `few` is whether they are slips, not kinds of their own: so few, dashes and the
// like, which say nothing, or one among many numbers. `cells` are {cell, line} each.
export const straysOf = (name, cells) => among(name, cells, "numbers", (some) => unitedNotation(some) !== null)
  || among(name, cells, "dates", (some) => formatOf(some) !== null);

const saysNothing = (cell) => [...cell].every((letter) => DASHES.has(letter));

function among(name, cells, what, fit) {
  const lines = new Map();
  const counts = new Map();
  for (const { cell, line } of cells) {
    if (!lines.has(cell)) lines.set(cell, line);
    counts.set(cell, (counts.get(cell) || 0) + 1);
  }
  const every = [...counts.keys()];
  const words = every.filter((cell) => !fit([cell])).sort((a, b) => counts.get(b) - counts.get(a));
  const strange = words.reduce((sum, word) => sum + counts.get(word), 0);
  const one = words.length === 1 && strange > 1; // which may stand in most cells
  if (!words.length || words.length > MOST_WORDS || words.length === every.length || every.some(isCode)) return null;
  if (!one && 2 * strange > cells.length) return null;
  if (!fit(every.filter((cell) => !words.includes(cell)))) return null; // they have none in common
  const dashes = words.every(saysNothing);
  const few = words.length <= FEW_WORDS && every.length - words.length >= (dashes ? 2 : FEW_OTHERS)
    && (dashes || (one && every.length > MOST_WORDS) || cells.length - strange >= NEARLY_ALL * cells.length);
  const places = words.slice(0, FEW_WORDS).map((word, k) => `${k ? "" : "line "}${lines.get(word)}${k ? "" : " has"} `
    + asCell(word));
  const rest = words.length > FEW_WORDS ? [counted(words.length - FEW_WORDS, "other text")] : [];
  return { words, few, what,
    sentence: `${cells.length - strange} of ${cells.length} cells of ${asCell(name)} are ${what}; ${listed([...places,
      ...rest])}` };
}

const listed = (parts) => (parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`);
