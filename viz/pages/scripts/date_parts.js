// What the inputs are that a table's dates become; their names alone tell it to nobody.
"use strict";

const BESIDE = { month: "December lies beside January", weekday: "Sunday lies beside Monday",
  hour: "23 h lies beside 0 h" };

// A sentence on the inputs of a date, "" where no column is one: only a date has both points of a circle.
export function dateSentence(names) {
  const known = new Set(names);
  for (const name of names) {
    const [, column, part] = /^(.+) (month|weekday|hour) sin$/.exec(name) || [];
    if (!column || !known.has(`${column} ${part} cos`)) continue;
    const elapsed = `${column} elapsed`;
    const days = known.has(elapsed) ? `"${elapsed}" is the date as a number of days; ` : "";
    return `${days}"${name}" and "cos" are its ${part} as a place on a circle, where ${BESIDE[part]}.`;
  }
  return "";
}
