// A table that is brought along: a first line with names, and lines whose last cell is what is predicted.
// Its columns become the inputs that `glassgrad train` makes of them, or the table is refused: dates, decimal commas,
// long tails and texts of many kinds are left to that.
"use strict";

import { shortNumber } from "../numbers.js";

const MISSING = new Set(["", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN",
  "<NA>", "?", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null"]);
const MOST_KINDS = 20;

export function readTable(text) {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/).filter((line) => line.trim() && !line.startsWith("#"));
  if (lines.length < 3) throw new Error("a table needs a first line with names and at least two lines below it");
  const delimiter = [",", ";", "\t"].map((d) => [cellsOf(lines[0], d).length, d]).sort((a, b) => b[0] - a[0])[0][1];
  const [names, ...rows] = lines.map((line) => cellsOf(line, delimiter));
  if (names.length < 2) throw new Error("a table needs at least two columns: inputs, and last what is predicted");
  rows.forEach((row, i) => {
    if (row.length !== names.length) throw new Error(
      `line ${i + 2} has ${row.length} cells and the first line ${names.length}`);
  });
  const target = names.length - 1;
  const known = rows.filter((row) => !MISSING.has(row[target]));
  const { scale, ...answers } = answersOf(names[target], known.map((row) => row[target]));
  const notes = known.length < rows.length ? [`${rows.length - known.length} rows without ${names[target]} left out`]
    : [];
  if (scale) notes.push(
    `${names[target]} too: 0 is ${shortNumber(scale.mean, 4)}, 1 is ${shortNumber(scale.deviation, 4)} more`);
  const inputs = names.slice(0, -1).flatMap((name, k) => {
    const found = inputsOf(name, rows.map((row) => row[k]), rows.map((row) => !MISSING.has(row[target])));
    if (!found.length) notes.push(`${name} left out: the same in every row`);
    return found;
  });
  if (!inputs.length) throw new Error("no column differs from row to row");
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
const readsAsNumber = (cell) => Number.isFinite(Number(cell));
const inOrder = (a, b) => (readsAsNumber(a) && readsAsNumber(b) ? Number(a) - Number(b) : a < b ? -1 : 1);

// {name, numbers} of the inputs that a column becomes, for the rows that are used.
function inputsOf(name, all, used) {
  const cells = all.filter((_, i) => used[i]);
  const given = cells.filter((cell) => !MISSING.has(cell));
  if (new Set(cells.map((cell) => (MISSING.has(cell) ? "" : cell))).size < 2 || !given.length) return [];
  const gaps = given.length < cells.length
    ? [{ name: `${name} is missing`, numbers: cells.map((cell) => (MISSING.has(cell) ? 1 : 0)) }] : [];
  const numbers = given.filter(readsAsNumber).length;
  if (numbers === given.length) return [{ name, numbers: filledAndScaled(cells, given.map(Number)) }, ...gaps];
  if (2 * numbers >= given.length) {
    const bad = all.findIndex((cell, i) => used[i] && !MISSING.has(cell) && !readsAsNumber(cell));
    throw new Error(`column ${name}, line ${bad + 2}: ${asCell(
      all[bad])} is no number; glassgrad train reads such tables`);
  }
  const kinds = [...new Set(given)].sort(inOrder);
  if (kinds.length > MOST_KINDS) {
    throw new Error(`column ${name} holds ${kinds.length} different texts, at most ${MOST_KINDS} can be shown; `
      + "glassgrad train reads such tables");
  }
  const [first, second] = kinds;
  if (kinds.length === 2) return [{ name: `${name} = ${second}`,
    numbers: cells.map((cell) => (cell === second) - (cell === first)) }, ...gaps];
  return [...kinds.map((kind) =>
    ({ name: `${name} = ${kind}`, numbers: cells.map((cell) => (cell === kind ? 1 : 0)) })), ...gaps];
}

// A gap counts as the median.
function filledAndScaled(cells, given) {
  const sorted = given.slice().sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return standardized(cells.map((cell) => (MISSING.has(cell) ? median : Number(cell)))).numbers;
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
function answersOf(name, cells) {
  if (cells.length < 2) throw new Error(`the last column, ${name}, is empty in all rows but ${cells.length}`);
  const different = [...new Set(cells)].sort(inOrder);
  const numbers = cells.every(readsAsNumber);
  if (numbers && !(different.length <= 10 && cells.every((cell) => Number.isInteger(Number(cell))))) {
    const { numbers: y, ...scale } = standardized(cells.map(Number));
    return { y, classes: 0, classNames: [], scale };
  }
  if (different.length < 2) throw new Error(`the last column, ${name}, has one class only`);
  if (different.length > 20) throw new Error(
    `the last column, ${name}, has ${different.length} classes; at most 20 can be shown`);
  return { y: cells.map((cell) => different.indexOf(cell)), classes: different.length, classNames: different };
}
