// A table that is brought along: a first line with names, and lines whose last cell is what is predicted.
// Its columns become the inputs that `glassgrad train` makes of them, or are left out with a word why: long tails and
// texts of many kinds are left to that.
"use strict";

import { counted, shortNumber } from "../numbers.js";
import { formatOf, partsOf, seconds } from "./dates.js";
import { isCode, notationOf, numberOf } from "./numerals.js";

const MISSING = new Set(["", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN",
  "<NA>", "?", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null"]);
const MOST_KINDS = 20;

export function readTable(text) {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/).filter((line) => line.trim() && !line.startsWith("#"));
  if (lines.length < 3) throw new Error("a table needs a first line with names and at least two lines below it");
  const counts = [",", ";", "\t", "|"].map((d) => [cellsOf(lines[0], d).length, d]);
  const [[, delimiter]] = counts.sort((a, b) => b[0] - a[0]);
  const [names, ...rows] = lines.map((line) => cellsOf(line, delimiter));
  if (names.length < 2) throw new Error("a table needs at least two columns: inputs, and last what is predicted");
  rows.forEach((row, i) => {
    if (row.length !== names.length) throw new Error(
      `line ${i + 2} has ${row.length} cells and the first line ${names.length}`);
  });
  const target = names.length - 1;
  const known = rows.filter((row) => !MISSING.has(row[target]));
  const decimal = decimalOf(names.map((_, k) => rows.map((row) => row[k]).filter((cell) => !MISSING.has(cell))));
  const { scale, ...answers } = answersOf(names[target], known.map((row) => row[target]), decimal, delimiter);
  const missing = rows.length - known.length;
  const notes = missing ? [`${counted(missing, "row")} without ${names[target]} left out`] : [];
  if (scale) {
    const unit = scale.unit && ` ${scale.unit}`;
    const [zero, one] = [scale.mean, scale.deviation].map((x) => `${shortNumber(x)}${unit}`);
    notes.push(`${names[target]} too: 0 is ${zero}, 1 is ${one} more`);
  }
  const inputs = names.slice(0, -1).flatMap((name, k) => {
    const found = inputsOf(name, rows.map((row) => row[k]), rows.map((row) => !MISSING.has(row[target])), decimal,
      delimiter);
    if (found.why) notes.push(`${name} left out: ${found.why}`);
    return found.inputs || [];
  });
  if (!inputs.length) throw new Error(`no column is left to learn from; ${notes.join("; ")}`);
  const X = known.map((_, i) => inputs.map((input) => input.numbers[i]));
  return { X, names: inputs.map((input) => input.name), notes, ...answers };
}

// The cells of a line; one in quotes may hold the delimiter, and a quote written twice.
function cellsOf(line, delimiter) {
  const cells = [];
  let [cell, quoted] = ["", false];
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"' && quoted && line[i + 1] === '"') cell += line[++i];
    else if (line[i] === '"' && (quoted || !cell.trim())) quoted = !quoted;
    else if (line[i] === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += line[i];
  }
  return [...cells, cell.trim()];
}

const asCell = (cell) => `"${cell.slice(0, 40)}"`;
const BARE = { decimal: ".", unit: "" };
const plainNumber = (cell) => (isCode(cell) ? null : numberOf(cell, BARE));
const inOrder = (a, b) => {
  const [x, y] = [plainNumber(a), plainNumber(b)];
  return x !== null && y !== null ? x - y : a < b ? -1 : 1;
};

// The decimal mark that the columns tell of, when they agree.
function decimalOf(columns) {
  const decided = new Set(columns.map((cells) => cells.length && notationOf(cells)).filter((found) => found?.decided)
    .map(({ decimal }) => decimal));
  return decided.size === 1 ? [...decided][0] : null;
}

// The notation of a column's cells, null where it has none; refused where they may be either of two.
function columnNotation(name, cells, decimal, delimiter) {
  const found = cells.some(isCode) ? null : notationOf(cells, decimal);
  const endless = found && cells.find((cell) => !Number.isFinite(numberOf(cell, found) ?? 0));
  if (endless) throw new Error(`column ${name}: ${asCell(endless)} is beyond all numbers`);
  if (!found?.ambiguous) return found;
  if (!found.commas && delimiter !== ";") return { ...found, decimal: "." }; // as programs write them
  const [point, comma] = [".", ","].map((mark) => numberOf(found.ambiguous, { ...found, decimal: mark }));
  throw new Error(`column ${name}: ${asCell(found.ambiguous)} may be ${point} or ${comma}; `
    + "write one number of it with another count of decimals");
}

// The inputs that a column becomes, {name, numbers} each, for the rows that are used; or why it is left out.
function inputsOf(name, all, used, decimal, delimiter) {
  const cells = all.filter((_, i) => used[i]);
  const given = cells.filter((cell) => !MISSING.has(cell));
  const kinds = [...new Set(given)].sort(inOrder);
  if (!given.length || (kinds.length === 1 && given.length === cells.length)) return { why: "the same in every row" };
  const gaps = given.length < cells.length
    ? [{ name: `${name} is missing`, numbers: cells.map((cell) => (MISSING.has(cell) ? 1 : 0)) }] : [];
  const notation = columnNotation(name, given, decimal, delimiter);
  const eight = kinds.length >= 10 && kinds.every((cell) => cell.length === 8);
  const format = notation && !eight ? null : formatOf(kinds);
  if (format === "either") return {
    why: `${asCell(kinds[0])} may have the day or the month first; write dates as 2024-01-31` };
  if (format && (!notation || format === "compact")) return datesOf(name, cells, format, gaps);
  if (notation) return { inputs: [{ name, numbers: filledAndScaled(cells, (cell) => numberOf(cell, notation)) },
    ...gaps] };
  const numbers = given.filter((cell) => plainNumber(cell) !== null).length;
  if (2 * numbers >= given.length && !given.some(isCode)) {
    const bad = all.findIndex((cell, i) => used[i] && !MISSING.has(cell) && plainNumber(cell) === null);
    throw new Error(`column ${name}, line ${bad + 2}: ${asCell(all[bad])} is no number, as most others are; `
      + "correct it, or leave it empty");
  }
  if (kinds.length > MOST_KINDS) return {
    why: `${kinds.length} different texts, and at most ${MOST_KINDS} can be shown` };
  const [first, second] = kinds;
  if (kinds.length === 2) return { inputs: [{ name: `${name} = ${second}`,
    numbers: cells.map((cell) => (cell === second) - (cell === first)) }, ...gaps] };
  return { inputs: [...kinds.map((kind) =>
    ({ name: `${name} = ${kind}`, numbers: cells.map((cell) => (cell === kind ? 1 : 0)) })), ...gaps] };
}

// A moment becomes those of its parts that differ; a gap counts as the moment in the middle.
function datesOf(name, cells, format, gaps) {
  const known = cells.filter((cell) => !MISSING.has(cell)).map((cell) => seconds(cell, format)).sort((a, b) => a - b);
  const median = known[known.length >> 1];
  const parts = partsOf(cells.map((cell) => (MISSING.has(cell) ? median : seconds(cell, format))));
  const inputs = [...parts.map(([part, numbers]) =>
    ({ name: `${name} ${part}`, numbers: standardized(numbers).numbers })), ...gaps];
  return inputs.length ? { inputs } : { why: "the same date in every row" };
}

// A gap counts as the median.
function filledAndScaled(cells, read) {
  const sorted = cells.filter((cell) => !MISSING.has(cell)).map(read).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return standardized(cells.map((cell) => (MISSING.has(cell) ? median : read(cell)))).numbers;
}

// Rows of numbers with every column on one scale.
export function onOneScale(X) {
  const columns = X[0].map((_, k) => standardized(X.map((row) => row[k])).numbers);
  return X.map((_, i) => columns.map((column) => column[i]));
}

// The numbers with mean 0 and deviation 1, and what these were.
function standardized(given) {
  const mean = given.reduce((sum, x) => sum + x, 0) / given.length;
  const deviation = Math.sqrt(given.reduce((sum, x) => sum + (x - mean) ** 2, 0) / given.length) || 1;
  return { numbers: given.map((x) => (x - mean) / deviation), mean, deviation };
}

// What is predicted: classes where the column holds texts or few whole numbers.
function answersOf(name, cells, decimal, delimiter) {
  if (cells.length < 2) throw new Error(`the last column, ${name}, is empty in all rows but ${cells.length}`);
  const different = [...new Set(cells)].sort(inOrder);
  const notation = columnNotation(name, cells, decimal, delimiter);
  const numbers = notation && cells.map((cell) => numberOf(cell, notation));
  if (numbers && !(different.length <= 10 && numbers.every(Number.isInteger))) {
    const { numbers: y, ...scale } = standardized(numbers);
    return { y, classes: 0, classNames: [], scale: { ...scale, unit: notation.unit } };
  }
  if (different.length < 2) throw new Error(`the last column, ${name}, has one class only`);
  if (different.length > 20) throw new Error(
    `the last column, ${name}, has ${different.length} different texts; it must hold numbers, or at most 20 classes`);
  return { y: cells.map((cell) => different.indexOf(cell)), classes: different.length, classNames: different };
}
