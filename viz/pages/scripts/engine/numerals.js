// Numbers as spreadsheets write them, read as nn/tables/numerals.py reads them: grouped, with a decimal comma, a
// currency, a percent sign or in parentheses. A column has one notation, and only when every cell agrees with it; a
// test holds the two readers against each other.
"use strict";

export const LONGEST_NUMBER = 60; // characters of a number in clothes; digits alone may be more
const PLAIN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const CODE = /^(?:[+-]?0\d+(?:[eE]\d+)?|\d+[eE]\d{3,})$/; // 02139: a postal code, not 2139; 4758E590005: no number
const CURRENCY = String.raw`US\$|A\$|C\$|R\$|HK\$|[$€£¥₹₩₽₺₴₪฿]|USD|EUR|GBP|JPY|CHF|CAD|AUD|INR|CNY|SEK|NOK|DKK|PLN`
  + String.raw`|BRL|Kč|kr\.?|zł|Rs\.?`;
const MINUS = "\u2212\u2013\u2012\ufe63\uff0d-"; // the last of them is no range in a set of characters
const NO_CENTS = `(?<=[.,])[\u2014${MINUS}]{1,2}`; // € 586,-
const BLANKS = " \u00a0\u2009\u202f";
const DRESSED = new RegExp(
  `^(?<open>\\()?[${BLANKS}]*(?<sign>[+${MINUS}]?)[${BLANKS}]*(?<before>${CURRENCY})?[${BLANKS}]*`
  + `(?<second>[${MINUS}]?)(?<core>(?:\\d|[.,]\\d)(?:[\\d.,'\u2019${BLANKS}]*\\d)?[.,]?(?:[eE][+-]?\\d+)?)`
  + `(?:${NO_CENTS})?[${BLANKS}]*(?<after>%|‰|${CURRENCY})?(?<last>(?:(?<=\\d)[${MINUS}])?)(?<close>\\))?$`);
const SPACED = new RegExp(`^\\d{1,3}(?<mark>[${BLANKS}'\u2019])\\d{3}(?:\\k<mark>\\d{3})*(?:[.,]\\d*)?$`);
const GROUPED = {
  ".": /^(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})(?:\.\d*)?$/,
  ",": /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$/,
};
const POINT_MONEY = new Set(["US$", "A$", "C$", "HK$", "$", "£", "¥", "₹", "USD", "GBP", "JPY", "AUD", "INR", "CNY"]);
const PARTS = new Set(["%", "‰"]);

export const isCode = (cell) => CODE.test(cell);

// The number of a cell in a notation {decimal, unit}, null where it is none.
export function numberOf(cell, { decimal, unit: own }) {
  const word = own && cell.endsWith(own); // which may be one that only this column has
  const found = undressed(cell) || (word ? undressed(cell.slice(0, -own.length).trimEnd()) : null);
  if (!found) return null;
  const { negative, core, unit } = found;
  if (unit !== own && (PARTS.has(unit) || PARTS.has(own) || (unit && own))) return null;
  const x = coreNumber(core, decimal);
  return x === null ? null : negative ? 0 - x : x;
}

// The one notation in which all cells are numbers: {decimal, unit, decided}, `decided` where some cell's mark has no
// other meaning; null where there is none. `decimal`, the mark that the rest of the table tells of, decides what the
// cells leave open; where nothing does, {ambiguous} is a cell that may be either.
export function notationOf(cells, decimal = null) {
  let possible = [".", ","];
  let decided = false;
  const units = new Set();
  const open = [];
  for (const cell of cells) {
    const found = undressed(cell);
    const readings = found ? [".", ","].filter((mark) => coreNumber(found.core, mark) !== null) : [];
    possible = possible.filter((mark) => readings.includes(mark));
    if (!possible.length) return null;
    units.add(found.unit);
    decided ||= readings.length === 1;
    if (readings.length === 2 && /[.,]/.test(cell)) open.push(cell);
  }
  const named = [...units].filter(Boolean);
  if (named.length > 1 || (named.length && units.has("") && PARTS.has(named[0]))) return null;
  const [unit = ""] = named;
  if (possible.length === 1) return { decimal: possible[0], unit, decided };
  if (!open.length || decimal) return { decimal: decimal || ".", unit, decided: false };
  if (POINT_MONEY.has(unit) && open.every((cell) => cell.includes(","))) return { decimal: ".", unit, decided: true };
  return { ambiguous: open[0], unit, commas: open.some((cell) => cell.includes(",")) };
}

// Sign, digits with their marks, and unit of a cell; null when it is no number at all.
function undressed(cell) {
  if (PLAIN.test(cell)) return { negative: cell[0] === "-", core: cell.replace(/^[+-]/, ""), unit: "" };
  const found = cell.length <= LONGEST_NUMBER ? DRESSED.exec(cell)?.groups : null;
  if (!found || (found.open === undefined) !== (found.close === undefined)) return null;
  const signs = [found.sign, found.second, found.last].filter(Boolean);
  const units = [found.before, found.after].filter(Boolean);
  if (signs.length + (found.open ? 1 : 0) > 1 || units.length > 1) return null;
  return { negative: Boolean(found.open) || (signs.length > 0 && signs[0] !== "+"), core: found.core,
    unit: units[0] || "" };
}

function coreNumber(given, decimal) {
  let core = SPACED.test(given) ? given.replace(new RegExp(`[${BLANKS}'\u2019]`, "g"), "") : given;
  if (decimal === ",") {
    if (GROUPED[","].test(core)) core = core.replaceAll(".", "");
    else if (core.includes(".")) return null;
    core = core.replaceAll(",", ".");
  } else if (GROUPED["."].test(core)) core = core.replaceAll(",", "");
  return PLAIN.test(core) ? Number(core) : null;
}
