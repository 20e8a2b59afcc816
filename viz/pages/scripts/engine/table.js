// A table that is brought along: a first line with names, and lines of which one cell is what is predicted.
// Its columns become the inputs that `glassgrad train` makes of them, or are left out with a word why: long tails and
// texts of many kinds are left to that.
"use strict";

import { counted, shortNumber } from "../numbers.js";
import { formatOf, partsOf, seconds } from "./dates.js";
import { padBelow, rowsAbove, titlesAbove } from "./edges.js";
import { isCode, notationOf, numberOf } from "./numerals.js";
import { spellingNotes, writeInOneCase } from "./spellings.js";
import { asCell, straysOf } from "./strays.js";
import { unitedNotation } from "./unit_words.js";

const MISSING = new Set(["", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN",
  "<NA>", "?", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null"]);
const MOST_KINDS = 20;

// `missing` are texts that count as missing beside the usual ones, `target` is the place of the column to predict (the
// last one where none is chosen), `decimal` the mark of numbers that leave it open, `sameCase` whether texts that
// differ in case alone are one. What stands in the way of numbers is told of all columns at once: `notes`, and what is
// `told` beside an error, have an item for each column, the target's first. `offered`, of an error too, is what the
// reader may choose from: `words` are texts among numbers, `ambiguous` a number that may be either of two.
export function readTable(text, { missing = [], target = null, decimal = null, sameCase = false } = {}) {
  const sheet = sheetOf(text, missing, sameCase);
  const offered = { columns: sheet.names, target: target ?? sheet.names.length - 1, words: [], ambiguous: null,
    sameCase: false };
  try {
    return { ...tableOf(sheet, offered, decimal), offered };
  } catch (error) {
    throw Object.assign(error, { offered: { ...offered, ambiguous: error.ambiguous || null } });
  }
}

// The cells of the table, empty where something is missing, and the line of each row.
function sheetOf(text, missing, sameCase) {
  const every = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/).map((line, i) => ({ line, number: i + 1 }))
    .filter(({ line }) => line.trim() && !line.startsWith("#"));
  const titles = titlesAbove(every.map(({ line }) => line), (line, other) => cellsOf(line, delimiterOf(other)));
  const written = every.slice(titles);
  if (written.length < 3) throw new Error("a table needs a first line with names and at least two lines below it");
  const delimiter = delimiterOf(written[0].line);
  const [names, ...rows] = written.map(({ line }) => cellsOf(line, delimiter));
  if (names.length < 2) throw new Error("a table needs at least two columns: inputs, and what is predicted");
  const lines = written.slice(1).map(({ number }) => number);
  padBelow(rows, names.length);
  rows.forEach((row, i) => {
    if (row.length !== names.length) throw new Error(
      `line ${lines[i]} has ${row.length} cells and the first line ${names.length}`);
    row.forEach((cell, k) => MISSING.has(cell) || missing.includes(cell) ? (row[k] = "") : null);
  });
  const notes = sameCase ? writeInOneCase(names, rows) : [];
  const count = rowsAbove(rows, names.length);
  if (titles) notes.push(
    `${areLines(written[0].number - every[0].number)} above the column names and left out`);
  if (count < rows.length) notes.push(
    `${areRows(lines[count], lines.at(-1))} left out: sums, sources or nothing, and no rows`);
  return { names, rows: rows.slice(0, count), lines, delimiter, notes };
}

const areLines = (count) => (count > 1 ? `the first ${count} lines are` : "the first line is");
const areRows = (first, last) => (first === last ? `line ${first} is` : `lines ${first} to ${last} are`);

function delimiterOf(line) {
  const counts = [",", ";", "\t", "|"].map((d) => [cellsOf(line, d).length, d]);
  return counts.sort((a, b) => b[0] - a[0])[0][1];
}

// What the columns become; the words among their numbers go into `offered`.
function tableOf({ names, rows, lines, delimiter, notes: read }, offered, given) {
  const columns = names.map((name, k) => ({ name, cells: rows.map((row) => row[k]) }));
  const [{ name: wanted, cells: targets }] = columns.splice(offered.target, 1);
  const used = targets.map((cell) => cell !== "");
  const decimal = decimalOf([...columns, { cells: targets }].map(({ cells }) => cells.filter(Boolean))) ?? given;
  const strays = [...columns.map(({ name, cells }) => ({ name, cells: cells.map((cell, i) => (used[i] ? cell : "")) })),
    { name: wanted, cells: targets }].map(({ name, cells }) => straysOf(name, cells.map((cell, i) => ({ cell,
    line: lines[i] })).filter(({ cell }) => cell)));
  offered.words = [...new Set(strays.flatMap((found) => (found?.few ? found.words : [])))]; // others may be kinds
  const { answers, target } = ofTarget(wanted, targets.filter(Boolean), decimal, delimiter, strays);
  const gone = used.filter((known) => !known).length;
  const notes = [...read, ...(gone ? [`${counted(gone, "row")} without ${wanted} left out`] : [])];
  const problems = [];
  const tell = (name, kinds, ...said) => {
    const { sameCase, sentences } = spellingNotes(name, kinds);
    offered.sameCase ||= sameCase;
    const all = [...said.filter(Boolean), ...sentences];
    if (all.length) problems.push(all.join("; "));
  };
  tell(wanted, answers.classNames, strays.at(-1)?.what === "numbers"
    && `${strays.at(-1).sentence}, so all are taken as classes`);
  if (target.scale) {
    const [zero, one] = [target.mean, target.scale].map((x) => `${shortNumber(x)}${target.unit && ` ${target.unit}`}`);
    notes.push(`${wanted} too: 0 is ${zero}, 1 is ${one} more`);
  }
  const inputs = columns.flatMap(({ name, cells }, k) => {
    const found = inputsOf(name, cells.filter((_, i) => used[i]), decimal, delimiter, strays[k]);
    tell(name, found.kinds || [], found.why && `${name} left out: ${found.why}`, found.note);
    return found.inputs || [];
  });
  if (!inputs.length) throw Object.assign(new Error("no column is left to learn from"), { told: problems });
  const X = targets.filter(Boolean).map((_, i) => inputs.map((input) => input.numbers[i]));
  return { X, names: inputs.map((input) => input.name), scales: inputs.map((input) => input.scale),
    notes: [...problems, ...notes], target, ...answers };
}

// What is predicted, and where it has words among its numbers an error that tells those of all columns.
function ofTarget(name, cells, decimal, delimiter, strays) {
  try {
    return answersOf(name, cells, decimal, delimiter, strays.at(-1));
  } catch (error) {
    error.told = strays.filter((found) => found?.few && !error.message.includes(found.sentence)).map(({ sentence }) =>
      sentence);
    throw error;
  }
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
  const found = cells.some(isCode) ? null : unitedNotation(cells, decimal);
  const endless = found && cells.find((cell) => !Number.isFinite(numberOf(cell, found) ?? 0));
  if (endless) throw new Error(`column ${name}: ${asCell(endless)} is beyond all numbers`);
  if (!found?.ambiguous) return found;
  if (!found.commas && delimiter !== ";") return { ...found, decimal: "." }; // as programs write them
  const [point, comma] = [".", ","].map((mark) => numberOf(found.ambiguous, { ...found, decimal: mark }));
  throw Object.assign(new Error(`column ${name}: ${asCell(found.ambiguous)} may be ${point} or ${comma}; `
    + "choose the decimal mark"), { ambiguous: { point, comma } });
}

// The inputs that a column becomes, {name, numbers, scale} each, or why it is left out. `scale` says what the numbers
// are in the table: mean and scale of one standardized, else what the numbers `at` stand for.
function inputsOf(name, cells, decimal, delimiter, strays) {
  const given = cells.filter(Boolean);
  const kinds = [...new Set(given)].sort(inOrder);
  if (!given.length || (kinds.length === 1 && given.length === cells.length)) return { why: "the same in every row" };
  const gaps = given.length < cells.length
    ? [{ name: `${name} is missing`, numbers: cells.map((cell) => (cell ? 0 : 1)), scale: YES_OR_NO }] : [];
  if (strays?.few) return { why: strays.sentence };
  const notation = columnNotation(name, given, decimal, delimiter);
  const eight = kinds.length >= 10 && kinds.every((cell) => cell.length === 8);
  const format = notation && !eight ? null : formatOf(kinds);
  if (format === "either") return {
    why: `${asCell(kinds[0])} may have the day or the month first; write dates as 2024-01-31` };
  if (format && (!notation || format === "compact")) return datesOf(name, cells, format, gaps);
  if (notation) {
    const { numbers, ...scale } = filledAndScaled(cells, (cell) => numberOf(cell, notation));
    return { inputs: [{ name, numbers, scale: { ...scale, unit: notation.unit } }, ...gaps] };
  }
  if (kinds.length > MOST_KINDS) return { why: strays?.sentence
    || `${kinds.length} different texts, and at most ${MOST_KINDS} can be shown` };
  const note = strays && `${strays.sentence}, so all are taken as texts`;
  const [first, second] = kinds;
  if (kinds.length === 2) return { note, kinds, inputs: [{ name: `${name} = ${second}`,
    numbers: cells.map((cell) => (cell === second) - (cell === first)), scale: { at: [-1, 1], kinds } }, ...gaps] };
  return { note, kinds, inputs: [...kinds.map((kind) =>
    ({ name: `${name} = ${kind}`, numbers: cells.map((cell) => (cell === kind ? 1 : 0)), scale: YES_OR_NO })),
  ...gaps] };
}

const YES_OR_NO = { at: [0, 1], kinds: ["no", "yes"] };

// A moment becomes those of its parts that differ; a gap counts as the moment in the middle.
function datesOf(name, cells, format, gaps) {
  const known = cells.filter(Boolean).map((cell) => seconds(cell, format)).sort((a, b) => a - b);
  const median = known[known.length >> 1];
  const parts = partsOf(cells.map((cell) => (cell ? seconds(cell, format) : median)));
  const inputs = [...parts.map(([part, given]) => {
    const { numbers, ...scale } = standardized(given);
    return { name: `${name} ${part}`, numbers, scale: { ...scale, unit: "" } };
  }), ...gaps];
  return inputs.length ? { inputs } : { why: "the same date in every row" };
}

// A gap counts as the median.
function filledAndScaled(cells, read) {
  const sorted = cells.filter(Boolean).map(read).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return standardized(cells.map((cell) => (cell ? read(cell) : median)));
}

// Rows of numbers with every column on one scale.
export function onOneScale(X) {
  const columns = X[0].map((_, k) => standardized(X.map((row) => row[k])).numbers);
  return X.map((_, i) => columns.map((column) => column[i]));
}

// The numbers with mean 0 and deviation 1, and what these were.
function standardized(given) {
  const mean = given.reduce((sum, x) => sum + x, 0) / given.length;
  const scale = Math.sqrt(given.reduce((sum, x) => sum + (x - mean) ** 2, 0) / given.length) || 1;
  return { numbers: given.map((x) => (x - mean) / scale), mean, scale };
}

// What is predicted, {answers, target}: classes where the column holds texts or few whole numbers.
function answersOf(name, cells, decimal, delimiter, strays) {
  const predicted = `${name}, which is to be predicted,`;
  if (cells.length < 2) throw new Error(`${predicted} is empty in all rows but ${cells.length}`);
  const different = [...new Set(cells)].sort(inOrder);
  const few = different.length <= MOST_KINDS;
  if (strays?.what === "numbers" && (strays.few || !few)) throw new Error(
    `${strays.sentence}, and it is what is predicted`);
  const notation = columnNotation(name, cells, decimal, delimiter);
  const numbers = notation && cells.map((cell) => numberOf(cell, notation));
  if (numbers && !(different.length <= 10 && numbers.every(Number.isInteger))) {
    const { numbers: y, ...scale } = standardized(numbers);
    return { answers: { y, classes: 0, classNames: [] }, target: { name, ...scale, unit: notation.unit } };
  }
  if (different.length < 2) throw new Error(`${predicted} has one class only`);
  if (!few) throw new Error(`${predicted} has ${different.length} different texts; `
    + `it must hold numbers, or at most ${MOST_KINDS} classes`);
  return { answers: { y: cells.map((cell) => different.indexOf(cell)), classes: different.length,
    classNames: different }, target: { name } };
}
