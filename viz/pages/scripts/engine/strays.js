// A few words among the numbers of a column, "on request" among rents: what `glassgrad train` says of them (it is
// nn/tables/strays.py), for the reader to decide whether they count as missing.
"use strict";

import { counted } from "../numbers.js";
import { isCode, notationOf } from "./numerals.js";

const NEARLY_ALL = 0.9; // of the cells are numbers
const FEW_NUMBERS = 10; // different ones, below which words beside them may be categories as the numbers are
const FEW_WORDS = 5;
const MOST_WORDS = 20; // that are offered to be counted as missing

export const asCell = (cell) => `"${cell.slice(0, 40)}"`;

// The words among a column's cells, most frequent first, and what is said of them; null where it is no column of
// numbers but for them. `few` is whether they are so few that they are slips, not kinds of their own. `cells` are
// {cell, line} each.
export function straysOf(name, cells) {
  const lines = new Map();
  const counts = new Map();
  for (const { cell, line } of cells) {
    if (!lines.has(cell)) lines.set(cell, line);
    counts.set(cell, (counts.get(cell) || 0) + 1);
  }
  const every = [...counts.keys()];
  const words = every.filter((cell) => notationOf([cell]) === null).sort((a, b) => counts.get(b) - counts.get(a));
  const others = words.reduce((sum, word) => sum + counts.get(word), 0);
  if (!words.length || words.length > MOST_WORDS || 2 * others > cells.length || every.some(isCode)) return null;
  if (notationOf(every.filter((cell) => !words.includes(cell))) === null) return null; // they have none in common
  const few = words.length <= FEW_WORDS && every.length - words.length >= FEW_NUMBERS
    && cells.length - others >= NEARLY_ALL * cells.length;
  const places = words.slice(0, FEW_WORDS).map((word, k) => `${k ? "" : "line "}${lines.get(word)}${k ? "" : " has"} `
    + asCell(word));
  const rest = words.length > FEW_WORDS ? [counted(words.length - FEW_WORDS, "other text")] : [];
  return { words, few,
    sentence: `${cells.length - others} of ${cells.length} cells of ${asCell(name)} are numbers; ${listed([...places,
      ...rest])}` };
}

const listed = (parts) => (parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`);
