// Dates and times as tables write them, and the numbers that a network learns from them: those of nn/tables/dates.py,
// against which a test holds them. A column has one format that fits every cell.
"use strict";

const DAY = 86400; // seconds
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const CLOCK = String.raw`(?<h>\d{1,2}):(?<m>\d\d)(?::(?<s>\d\d)(?<f>[.,]\d{1,9})?)?\s*(?<half>[AaPp]\.?[Mm]\.?)?`;
const DATES = {
  ymd: String.raw`(?<Y>\d{4})(?<mark>[-/.])(?<M>\d{1,2})\k<mark>(?<D>\d{1,2})`,
  dmy: String.raw`(?<D>\d{1,2})(?<mark>[-/.])(?<M>\d{1,2})\k<mark>(?<Y>\d{4}|\d{2})`,
  mdy: String.raw`(?<M>\d{1,2})(?<mark>[-/.])(?<D>\d{1,2})\k<mark>(?<Y>\d{4}|\d{2})`,
  "d month y": String.raw`(?<D>\d{1,2})\.?[ -]+(?<name>[A-Za-z]{3,9})\.?,?[ -]+(?<Y>\d{4})`,
  "month d y": String.raw`(?<name>[A-Za-z]{3,9})\.?[ -]+(?<D>\d{1,2}),?[ -]+(?<Y>\d{4})`,
  compact: String.raw`(?<Y>(?:19|20)\d\d)(?<M>\d\d)(?<D>\d\d)`,
  ym: String.raw`(?<Y>\d{4})-(?<M>\d{1,2})`,
};
const PATTERNS = Object.fromEntries(Object.entries(DATES).map(([name, date]) =>
  [name, new RegExp(String.raw`^${date}(?:[T ]\s*${CLOCK})?(?<zone>Z|[+-]\d\d:?\d\d)?$`)]));
PATTERNS.time = new RegExp(`^${CLOCK}$`);

// The one format in which all cells are dates or times; "either" where the day cannot be told from the month, null
// where there is none.
export function formatOf(cells) {
  const fitting = Object.keys(PATTERNS).filter((name) => seconds(cells[0], name) !== null
    && cells.every((cell) => seconds(cell, name) !== null));
  const clear = fitting.find((name) => name !== "dmy" && name !== "mdy");
  if (clear) return clear;
  if (fitting.length === 2 && !cells.every((cell) => cell.includes("."))) return "either";
  return fitting[0] ?? null; // with points, the day comes first wherever dates are written so
}

// The seconds since 1970 (of a time alone, since midnight) of a cell in this format, else null.
export function seconds(cell, name) {
  const found = cell.length <= 40 ? PATTERNS[name].exec(cell)?.groups : null;
  if (!found) return null;
  const month = found.name ? MONTHS.indexOf(found.name.slice(0, 3).toLowerCase()) : Number(found.M ?? 1) - 1;
  let year = Number(found.Y ?? 1970);
  if (found.Y?.length === 2) year += year < 69 ? 2000 : 1900; // as POSIX has it
  const day = Number(found.D ?? 1);
  const [minute, second] = [Number(found.m ?? 0), Number(found.s ?? 0)];
  let hour = Number(found.h ?? 0);
  if (found.half) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (/^p/i.test(found.half) ? 12 : 0);
  }
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  const known = year > 0 && date.getUTCMonth() === month && date.getUTCDate() === day; // no 30th of February
  if (!known || hour > 23 || minute > 59 || second > 59) return null;
  const fraction = found.f ? Number(`0.${found.f.slice(1)}`) : 0;
  return date.getTime() / 1000 + 3600 * hour + 60 * minute + second + fraction - shift(found.zone);
}

function shift(zone) {
  if (!zone || zone === "Z") return 0;
  const digits = zone.slice(1).replace(":", "");
  return (zone[0] === "+" ? 1 : -1) * (3600 * Number(digits.slice(0, 2)) + 60 * Number(digits.slice(2)));
}

// name: the numbers of that part for all moments; of what goes round, two points on a circle. Only parts that differ.
export function partsOf(moments) {
  const days = moments.map((moment) => Math.floor(moment / DAY));
  const year = days.map((day) => new Date(1000 * DAY * day).getUTCFullYear());
  const circle = (name, turns) => [[`${name} sin`, turns.map((turn) => Math.sin(2 * Math.PI * turn))],
    [`${name} cos`, turns.map((turn) => Math.cos(2 * Math.PI * turn))]];
  const every = [["elapsed", moments.map((moment) => moment / DAY)], ["year", year],
    ...circle("month", days.map((day) => new Date(1000 * DAY * day).getUTCMonth() / 12)),
    ...circle("weekday", days.map((day) => ((((day + 3) % 7) + 7) % 7) / 7)),
    ...circle("hour", moments.map((moment, i) => (moment - DAY * days[i]) / DAY))];
  const range = (numbers) => Math.max(...numbers) - Math.min(...numbers);
  // Of two years or less the days elapsed tell all.
  return every.filter(([name, numbers]) => range(numbers) > 1e-9 && !(name === "year" && range(year) < 2));
}
