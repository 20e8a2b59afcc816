// Texts that look like one thing spelled in several ways, "köln" and "Köln", as nn/tables/meaning.py finds them.
"use strict";

import { isCode, numberOf } from "./numerals.js";
import { asCell } from "./strays.js";

const SAME = [["true", "yes", "on"], ["false", "no", "off"]];
const MOST_NAMED = 4;

const caseless = (text) => text.toLowerCase().replaceAll("ß", "ss");

// Those of the texts that have something in common, together.
function groupsOf(texts, common) {
  const groups = new Map();
  for (const text of texts) groups.set(common(text), [...(groups.get(common(text)) || []), text]);
  return [...groups.values()].filter((group) => group.length > 1);
}

const spelled = (group) => group.slice(0, MOST_NAMED).map(asCell).join(" and ");

// What is said of such groups among the different texts of a column, {sentences, sameCase}: whether some differ in case
// alone.
export function spellingNotes(name, texts) {
  const groups = groupsOf(texts, spelling);
  const inCase = (group) => new Set(group.map(caseless)).size === 1;
  const said = [[groups.filter(inCase), "the button above takes them for it"],
    [groups.filter((group) => !inCase(group)), "write them alike in the file"]];
  return { sameCase: said[0][0].length > 0, sentences: said.filter(([some]) => some.length).map(([some, remedy]) =>
    `column ${asCell(name)}: ${some.map(spelled).join(", ")} may be one thing spelled in several ways, and count as `
    + `different; where they are one, ${remedy}`) };
}

// Writes texts of the rows that differ in case alone as most of them are; notes name them.
export function writeInOneCase(names, rows) {
  return names.flatMap((name, k) => {
    const counts = new Map();
    for (const row of rows) if (row[k]) counts.set(row[k], (counts.get(row[k]) || 0) + 1);
    const groups = groupsOf(counts.keys(), caseless);
    const chosen = groups.map((group) => group.reduce((a, b) =>
      counts.get(a) > counts.get(b) || (counts.get(a) === counts.get(b) && a < b) ? a : b));
    const one = new Map(groups.flatMap((group, i) => group.map((text) => [text, chosen[i]])));
    for (const row of rows) row[k] = one.get(row[k]) ?? row[k];
    const some = groups.slice(0, 3).map((group, i) => `${spelled(group)} as ${asCell(chosen[i])}`).join("; ");
    return some ? [`column ${asCell(name)}: texts that differ in case alone count as one: ${some}`] : [];
  });
}

// What spellings of one thing have in common.
function spelling(text) {
  const x = isCode(text) ? null : numberOf(text, { decimal: ".", unit: "" });
  if (x !== null && Number.isFinite(x)) return String(x);
  const folded = caseless(text).split(/\s+/).filter(Boolean).join(" ");
  return SAME.find((words) => words.includes(folded))?.[0] ?? folded;
}
