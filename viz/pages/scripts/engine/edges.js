// Lines above the column names and below the rows of a table, as spreadsheets have them: titles, empty lines, sums,
// sources. They are left out, and a note says so, as nn/tables/dialect.py and nn/tables/footers.py do it.
"use strict";

import { notationOf } from "./numerals.js";

const MOST_TITLES = 10;
const BELOW_NAMES = 9; // lines below the names
const MOST_BELOW = 10;
const FEWEST_COLUMNS = 4; // from which on a line of one or two cells is no row
const FEW_CELLS = 2; // in each, a word and a sum
const OTHERS = 200; // rows that say how many cells are filled otherwise
export const SUMS = new Set(("total,totals,grand total,subtotal,sum,sums,average,mean,∑,ø,summe,summen,gesamt,"
  + "insgesamt,gesamtsumme,endsumme,zwischensumme,durchschnitt,mittelwert,moyenne,somme,totale,totaal,gemiddelde,suma,"
  + "promedio").split(","));

const filled = (cells) => cells.filter((cell) => cell.trim()).length;
const readsAsNumber = (cell) => notationOf([cell], ".") !== null;

// How many of the lines are titles: at most half of their cells are filled, and below them come a line of names and
// rows of as many cells with numbers among them. `split` makes cells of a line, by the marks of another one.
export function titlesAbove(lines, split) {
  for (let count = 0; count <= Math.min(MOST_TITLES, lines.length - 2); count++) {
    const [names, ...rest] = lines.slice(count, count + 1 + BELOW_NAMES).map((line) => split(line, lines[count]));
    if (names.length < 2) continue;
    if (lines.slice(0, count).some((line) => 2 * filled(split(line, lines[count])) > names.length)) return 0;
    if (names.every((cell) => cell && !readsAsNumber(cell)) && rest.every((cells) => cells.length === names.length)
      && rest.some((cells) => cells.some(readsAsNumber))) return count;
  }
  return 0;
}

// A line of one cell below the rows is none, and has no other cells.
export function padBelow(rows, width) {
  const first = rows.findLastIndex((cells) => cells.length > 1) + 1;
  if (width >= FEWEST_COLUMNS && rows.length - first <= MOST_BELOW) rows.slice(first).forEach((cells) =>
    cells.push(...Array(width - 1).fill("")));
}

// How many of the rows, in which what is missing is empty, are left without those below them that are none.
export function rowsAbove(rows, width) {
  if (rows.length <= MOST_BELOW) return rows.length;
  const first = rows.length - MOST_BELOW;
  const counts = rows.slice(0, Math.min(OTHERS, first)).map(filled).sort((a, b) => a - b);
  const median = (counts[(counts.length - 1) >> 1] + counts[counts.length >> 1]) / 2;
  const least = width >= FEWEST_COLUMNS && median > FEW_CELLS ? FEW_CELLS : -1;
  const isSum = (cell, k) => SUMS.has(cell.toLowerCase().replace(/[: ]+$/, ""))
    && rows.filter((other) => other[k] === cell).length === 1;
  const last = rows.findLastIndex((row, i) => i < first || (filled(row) > least && !row.some(isSum)));
  return last < first ? rows.length : last + 1;
}
