// Data sets to try, each from a seed, and which rows are held out.
"use strict";

import { unzipped } from "./machine.js";
import { Random } from "./random.js";

const TURN = 2 * Math.PI;

// name: {task, classes, inputs, make(random, i, n) -> [row, target]}; noise is added to the rows, or to numbers as
// targets.
export const DATA_SETS = {
  moons: { classes: 2, make: (random, i, n) => half(i, n) },
  circles: { classes: 2, make: (random, i) => {
    const k = i % 2;
    const angle = TURN * random.random();
    const r = k ? 0.45 : 1;
    return [[r * Math.cos(angle), r * Math.sin(angle)], k];
  } },
  xor: { classes: 2, make: (random) => {
    const [a, b] = [random.uniform(-1, 1), random.uniform(-1, 1)];
    return [[a + 0.1 * Math.sign(a), b + 0.1 * Math.sign(b)], a * b < 0 ? 1 : 0];
  } },
  spiral: { classes: 2, make: (random, i, n) => {
    const k = i % 2;
    const t = (i / n) * 1.75;
    const angle = TURN * t * 0.75 + Math.PI * k;
    return [[t * 0.7 * Math.sin(angle), t * 0.7 * Math.cos(angle)], k];
  } },
  blobs: { classes: 3, make: (random, i) => {
    const k = i % 3;
    const angle = TURN * (k / 3) + 0.5;
    return [[Math.cos(angle) + random.gauss(0, 0.18), Math.sin(angle) + random.gauss(0, 0.18)], k];
  } },
  vowels: { classes: 3, names: ["F1 (kHz)", "F2 (kHz)"], classNames: ["ee", "ah", "oo"], make: (random, i) => {
    const k = i % 3;
    const mouth = random.uniform(0.95, 1.25); // the shorter, the higher
    return [[[0.27, 2.29], [0.73, 1.09], [0.3, 0.87]][k].map((f) => f * mouth * (1 + random.gauss(0, 0.08))), k];
  } },
  sine: { inputs: 1, make: (random) => {
    const x = random.uniform(-3, 3);
    return [[x], Math.sin(x)];
  } },
  step: { inputs: 1, make: (random) => {
    const x = random.uniform(-2, 2);
    return [[x], x > 0 ? 1 : 0];
  } },
  plane: { inputs: 2, make: (random) => {
    const [a, b] = [random.uniform(-1, 1), random.uniform(-1, 1)];
    return [[a, b], 0.7 * a - 0.4 * b];
  } },
};

function half(i, n) {
  const k = i < Math.floor(n / 2) ? 0 : 1;
  const size = k ? n - Math.floor(n / 2) : Math.floor(n / 2);
  const angle = (Math.PI * (k ? i - Math.floor(n / 2) : i)) / Math.max(1, size - 1);
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  return [k ? [1 - x, 0.5 - y] : [x, y], k];
}

// {X, y, classes (0 for numbers), names, classNames}
export function makeData(name, n, noise, seed) {
  const set = DATA_SETS[name];
  const random = new Random(seed);
  const points = Array.from({ length: n }, (_, i) => {
    const [row, target] = set.make(random, i, n);
    if (set.classes) return [row.map((x) => x + random.gauss(0, noise)), target];
    return [row, target + random.gauss(0, noise)];
  });
  random.shuffle(points);
  const digits = (x) => Number(x.toPrecision(6));
  return {
    X: points.map(([row]) => row.map(digits)), y: points.map(([, target]) => (set.classes ? target : digits(target))),
      classes: set.classes || 0,
    names: set.names || ((set.inputs || 2) === 1 ? ["x"] : ["x1", "x2"]),
    classNames: set.classNames || Array.from({ length: set.classes || 0 }, (_, k) => String(k)),
  };
}

// Rows that Python has packed, one byte for a number, as rows of numbers.
export async function unpacked({ packed, width, unit, ...data }) {
  const numbers = new Uint8Array(await unzipped(packed));
  return { ...data, X: data.y.map((_, i) => Array.from(numbers.subarray(i * width, (i + 1) * width),
    (x) => x / unit)) };
}

// Numbers of 64 bits that Python has packed.
export async function unpackedNumbers(packed) {
  return Array.from(new Float64Array(await unzipped(packed)));
}

// Rows to train on and rows held out: every class in its share.
// Where Python says how many of the first rows are held out, these are.
export function divided({ X, y, classes, held = 0 }, share, seed) {
  const part = (places) => ({ X: places.map((i) => X[i]), y: places.map((i) => y[i]), places });
  if (held) {
    const all = X.map((_, i) => i);
    return { train: part(all.slice(held)), held: part(all.slice(0, held)) };
  }
  const order = new Random(seed).shuffle(X.map((_, i) => i));
  const count = share > 0 ? Math.min(X.length - 1, Math.max(1, Math.round(share * X.length))) : 0;
  const seen = new Map();
  const rank = new Map();
  for (const i of order) {
    const k = classes ? y[i] : 0;
    rank.set(i, seen.get(k) || 0);
    seen.set(k, rank.get(i) + 1);
  }
  const place = (i) => (rank.get(i) + 0.5) / seen.get(classes ? y[i] : 0);
  const sorted = order.slice().sort((i, j) => place(i) - place(j));
  return { train: part(sorted.slice(count).sort((i, j) => i - j)),
    held: part(sorted.slice(0, count).sort((i, j) => i - j)) };
}
