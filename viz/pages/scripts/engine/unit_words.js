// Words behind the numbers of a column: 1015.3 hPa, 80 m², 12 km/h. One word for all of them is their unit, as
// nn/tables/units.py has it.
"use strict";

import { LONGEST_NUMBER, isCode, notationOf } from "./numerals.js";

const LONGEST_UNIT = 10; // characters
// A single letter is a code more often than a unit, and 4th is a place.
const WORD = String.raw`(?:°[CFK]?|[gmlhstWVKJN]|(?!(?:st|nd|rd|th)(?!\p{L}))\p{L}{2,8}\.?)[²³]?(?:(?<=m)[23])?`
  + String.raw`(?:/(?:\p{L}{1,5}\.?)[²³]?)?`;
const UNITED = new RegExp(String.raw`^(?<core>.*\d[.,]?)[ \u00a0\u202f]?(?<word>${WORD})$`, "u");

// As `notationOf`, and where that finds none, the notation of numbers behind which one word stands every time.
export function unitedNotation(cells, decimal = null) {
  const found = notationOf(cells, decimal);
  if (found || !cells.length) return found;
  const words = new Set();
  const cores = [];
  for (const cell of cells) {
    const { core, word } = (cell.length <= LONGEST_NUMBER && UNITED.exec(cell)?.groups) || {};
    if (!word || word.length > LONGEST_UNIT || isCode(core)) return null;
    words.add(word);
    cores.push(core);
    if (words.size > 1) return null;
  }
  const bare = notationOf(cores, decimal);
  if (!bare || bare.unit) return null;
  return { ...bare, unit: [...words][0] };
}
