// The plane over two of the inputs: what the network answers everywhere, and the points, which can be moved about.
"use strict";

import { byId, make } from "../dom.js";
import { classColor, cssColor, markPath, mixed, numberColor, paintAxes } from "../fields.js";
import { shortNumber } from "../numbers.js";
import { axesOfPlane, inputWords, numberWords, onScale, targetName, targetWords } from "./units.js";

export const SIDE = 48; // points along a side; the small pictures show every second one
const REACH = 12; // pixels within which a point is meant

// `field(points)` is called once a frame by the painter and shared with the small pictures of the neurons.
export function createPlane(lab, palette) {
  const ground = byId("ground");
  const cover = byId("cover");
  const said = byId("under");
  const raster = make("canvas", { width: SIDE, height: SIDE });
  const context = raster.getContext("2d");
  const image = context.createImageData(SIDE, SIDE);
  let chosen = -1;
  let dragged = -1;
  let lifted = false; // whether it has been moved
  let cursor = null;

  const straight = () => lab.all.X[0].length === 1;
  const toPlace = (x, y) => {
    const { x: [left, right], y: [bottom, top] } = lab.window;
    return [((x - left) / (right - left)) * cover.width, ((top - y) / (top - bottom)) * cover.height];
  };
  const toNumbers = (px, py) => {
    const { x: [left, right], y: [bottom, top] } = lab.window;
    return [left + (px / cover.width) * (right - left), top - (py / cover.height) * (top - bottom)];
  };
  const spot = (i) => toPlace(lab.all.X[i][lab.axes[0]], straight() ? targetHeight(lab.all.y[i])
    : lab.all.X[i][lab.axes[1]]);
  const targetHeight = (t) => [].concat(t)[0];

  function nearest(px, py) {
    let [best, distance] = [-1, REACH * (cover.width / cover.getBoundingClientRect().width)];
    lab.all.X.forEach((_, i) => {
      const [a, b] = spot(i);
      const d = Math.hypot(a - px, b - py);
      if (d < distance) [best, distance] = [i, d];
    });
    return best;
  }

  // `outputs(k, o)` is output o at grid point k.
  function paintGround(outputs, count) {
    if (straight()) return paintCurve(outputs);
    const { classes } = lab.all;
    const [low, high] = classes ? [0, 1] : rangeOf(lab.all.y);
    const shades = classes === 2 ? shadesOf() : null;
    for (let k = 0; k < SIDE * SIDE; k++) {
      let color = palette.unknown;
      if (!Number.isFinite(outputs(k, 0))) {
        // no number: the color of what is not known
      } else if (classes === 2) {
        color = shades[Math.round(255 / (1 + Math.exp(-outputs(k, 0))))];
      } else if (classes) {
        let [best, total] = [0, 0];
        for (let o = 1; o < count; o++) if (outputs(k, o) > outputs(k, best)) best = o;
        for (let o = 0; o < count; o++) total += Math.exp(outputs(k, o) - outputs(k, best));
        color = mixed(palette.paper, classColor(palette, best, classes), 0.1 + 0.5 * (1 / total));
      } else color = numberColor((outputs(k, 0) - low) / (high - low || 1));
      for (let c = 0; c < 3; c++) image.data[4 * k + c] = color[c];
      image.data[4 * k + 3] = 255;
    }
    context.putImageData(image, 0, 0);
    const onto = ground.getContext("2d");
    onto.imageSmoothingQuality = "high";
    onto.drawImage(raster, 0, 0, ground.width, ground.height);
  }

  // The colors of 256 probabilities, made anew when the scheme changes.
  let made = { paper: null, colors: [] };
  function shadesOf() {
    if (made.paper !== palette.paper) {
      const shade = (p) => mixed(palette.paper, p > 0.5 ? palette.positive : palette.negative,
        0.1 + 0.5 * Math.abs(2 * p - 1));
      made = { paper: palette.paper, colors: Array.from({ length: 256 }, (_, k) => shade(k / 255)) };
    }
    return made.colors;
  }

  function paintCurve(outputs) {
    const onto = ground.getContext("2d");
    onto.fillStyle = cssColor(palette.paper);
    onto.fillRect(0, 0, ground.width, ground.height);
    onto.strokeStyle = cssColor(palette.series[0]);
    onto.lineWidth = 4;
    onto.beginPath();
    const [left, right] = lab.window.x;
    for (let k = 0; k < SIDE * SIDE; k += 8) {
      const out = lab.all.classes ? lab.probabilities([outputs(k, 0)])[1] : outputs(k, 0);
      const [px, py] = toPlace(left + ((right - left) * k) / (SIDE * SIDE - 1), out);
      onto.lineTo(px, Math.max(-1e4, Math.min(1e4, py)));
    }
    onto.stroke();
  }

  // The key: which mark and color is which class, or which color is which number.
  let told = "";
  function showKey() {
    const { all } = lab;
    const range = all.classes ? [] : rangeOf(all.y);
    const now = JSON.stringify([all.classNames, all.target, straight(), range, palette.paper]);
    if (now === told) return;
    told = now;
    const ofNumbers = all.classes ? [] : colorsOfNumbers();
    const items = [...all.classNames.map((name, k) => make("li", {}, markOf(k, all.classes), name)), ...ofNumbers];
    byId("classes").hidden = !items.length;
    const named = all.target && items.length && !all.classNames[0]?.startsWith(`${all.target.name} = `);
    byId("classes").replaceChildren(...(named ? [make("li", {}, `${targetName(all)}:`)] : []),
      ...items, ...(all.classes && !straight() ? [make("li", { class: "later" },
        "background: what the network says, paler where it is less sure")] : []));
  }

  function markOf(k, count) {
    const mark = make("canvas", { width: 28, height: 28, "aria-hidden": "true" });
    const onto = mark.getContext("2d");
    onto.fillStyle = cssColor(classColor(palette, k, count));
    onto.fill(markPath(k, 14, 14, 10));
    return mark;
  }

  // Of points and background alike; a curve has none.
  function colorsOfNumbers() {
    if (straight()) return [];
    const bar = make("canvas", { class: "bar", width: 120, height: 1, "aria-hidden": "true" });
    const onto = bar.getContext("2d");
    for (let x = 0; x < bar.width; x++) {
      onto.fillStyle = cssColor(numberColor(x / (bar.width - 1)));
      onto.fillRect(x, 0, 1, 1);
    }
    const [low, high] = rangeOf(lab.all.y).map((y) => numberWords(lab.all, y));
    return [make("li", {}, low, bar, high),
      make("li", { class: "later" }, "points: what the rows have; background: what the network says")];
  }

  function paintPoints() {
    showKey();
    const onto = cover.getContext("2d");
    onto.clearRect(0, 0, cover.width, cover.height);
    const held = new Set(lab.parts.held.places);
    const [low, high] = lab.all.classes ? [0, 1] : rangeOf(lab.all.y);
    lab.all.X.forEach((_, i) => {
      const [px, py] = spot(i);
      const kind = lab.all.classes ? lab.all.y[i] : 0;
      const path = markPath(kind, px, py, i === lab.probe ? 9 : 6);
      const color = lab.all.classes ? classColor(palette, kind, lab.all.classes) : straight() ? palette.series[1]
        : numberColor((targetHeight(lab.all.y[i]) - low) / (high - low || 1));
      onto.fillStyle = held.has(i) ? cssColor(palette.paper) : cssColor(color);
      onto.strokeStyle = held.has(i) ? cssColor(color) : cssColor(palette.paper);
      onto.lineWidth = held.has(i) ? 3 : 1.5;
      onto.fill(path);
      onto.stroke(path);
      if (i === chosen || i === lab.probe) {
        onto.strokeStyle = cssColor(palette.ink);
        onto.lineWidth = i === chosen ? 4 : 2;
        onto.stroke(path);
      }
    });
    if (cursor) {
      onto.strokeStyle = cssColor(palette.ink);
      onto.lineWidth = 2;
      onto.beginPath();
      onto.moveTo(cursor[0] - 12, cursor[1]);
      onto.lineTo(cursor[0] + 12, cursor[1]);
      onto.moveTo(cursor[0], cursor[1] - 12);
      onto.lineTo(cursor[0], cursor[1] + 12);
      onto.stroke();
    }
    paintAxes(cover, ...axesOfPlane(lab), palette);
  }

  // The row at a place of the plane: the other inputs are 0.
  const rowAt = (a, b) => lab.all.X[0].map((_, k) => (k === lab.axes[0] ? a : k === lab.axes[1] ? b : 0));

  // What it means that the other inputs are 0: for numbers, for words with an input each, and for two words in one.
  function zeroWords() {
    const others = lab.all.scales.flatMap((scale, k) => (lab.axes.includes(k) ? [] : [[scale, lab.all.names[k]]]));
    const number = others.some(([scale]) => scale && "mean" in scale) ? ", of a number its mean" : "";
    const words = others.some(([, name]) => name.includes(" = ")) ? ", of a column of words none of them" : "";
    const pair = others.some(([scale]) => scale?.at?.[0] === -1) ? ", of two words the middle between them" : "";
    return number + words + pair + (words || pair ? ". None of your rows is such: the colors show how the answer "
      + "bends, not what a row gets" : "");
  }

  // Of more than two inputs, over which the plane lies: it is a slice, and which one can be chosen.
  function showAxes() {
    const line = byId("axes");
    const others = lab.all.names.length - 2;
    line.hidden = others < 1 || Boolean(lab.all.view);
    if (line.hidden) return;
    const choice = (axis, label) => {
      const options = lab.all.names.map((name, k) => make("option",
        { value: k, ...(k === lab.axes[axis] ? { selected: "" } : {}) }, name));
      const select = make("select", { "aria-label": label }, ...options);
      select.addEventListener("change", () => {
        const axes = lab.axes.slice();
        const now = Number(select.value);
        if (axes[1 - axis] === now) axes[1 - axis] = axes[axis];
        axes[axis] = now;
        lab.look(axes);
        lab.tell("data");
      });
      return select;
    };
    line.replaceChildren("The plane shows ", choice(0, "to the right"), " to the right and ", choice(1, "upward"),
      ` upward: a slice where the other ${others === 1 ? "input is" : `${others} inputs are`} 0`
      + `${lab.all.scales ? zeroWords() : ""}.`);
  }

  // The number under the mouse, or under the cross that the arrow keys move.
  function tellNumbers(px, py) {
    const [a, b] = toNumbers(px, py);
    const row = rowAt(a, b);
    const layers = lab.answersTo(row);
    const outputs = layers[layers.length - 1].answers;
    const shares = lab.probabilities(outputs);
    const where = lab.axes.map((k) => inputWords(lab.all, k, row[k], row)).join(", ");
    const answer = shares
      ? shares.map((p, k) => [p, k]).sort((one, other) => other[0] - one[0]).slice(0,
        3).map(([p, k]) => `p(${lab.all.classNames[k]}) ${shortNumber(p, 3)}`).join(", ")
        + (outputs.length === 1 ? `, logit ${shortNumber(outputs[0], 3)}` : "")
      : targetWords(lab.all, outputs[0]);
    said.textContent = `${where}: ${answer}`;
  }

  function add(px, py) {
    const [a, b] = toNumbers(px, py);
    const digits = (x) => Number(x.toPrecision(4));
    const X = lab.all.X.map((row) => row.slice());
    const y = lab.all.y.slice();
    if (straight()) {
      X.push([digits(a)]);
      y.push(lab.all.classes ? (b > 0.5 ? 1 : 0) : digits(b));
    } else {
      X.push(rowAt(digits(a), digits(b)));
      const typed = Number(byId("brush").value) || 0;
      y.push(lab.all.target?.scale ? onScale(lab.all.target, typed) : typed);
    }
    chosen = X.length - 1;
    lab.rememberPoints();
    lab.edit(X, y);
    lab.chooseProbe(chosen);
  }

  function move(i, px, py) {
    const [a, b] = toNumbers(px, py);
    const digits = (x) => Number(x.toPrecision(4));
    const X = lab.all.X.map((row) => row.slice());
    const y = lab.all.y.slice();
    X[i][lab.axes[0]] = digits(a);
    if (straight()) y[i] = lab.all.classes ? y[i] : digits(b);
    else X[i][lab.axes[1]] = digits(b);
    lab.edit(X, y);
  }

  function remove(i) {
    if (i < 0) return;
    chosen = -1;
    lab.rememberPoints();
    lab.edit(lab.all.X.filter((_, k) => k !== i), lab.all.y.filter((_, k) => k !== i));
  }

  const at = (event) => {
    const box = cover.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * cover.width,
      ((event.clientY - box.top) / box.height) * cover.height];
  };
  cover.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    cover.setPointerCapture(event.pointerId);
    cursor = null;
    const place = at(event);
    dragged = nearest(...place);
    lifted = false;
    if (dragged < 0) return add(...place);
    chosen = dragged;
    lab.chooseProbe(chosen);
  });
  cover.addEventListener("pointermove", (event) => {
    const place = at(event);
    if (dragged >= 0) {
      if (!lifted) lab.rememberPoints();
      lifted = true;
      move(dragged, ...place);
    }
    tellNumbers(...place);
  });
  for (const end of ["pointerup", "pointercancel"]) cover.addEventListener(end, () => (dragged = -1));
  cover.addEventListener("dblclick", (event) => remove(nearest(...at(event))));
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  cover.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (steps[event.key]) {
      const size = event.shiftKey ? 4 : 16;
      cursor ||= [cover.width / 2, cover.height / 2];
      cursor = cursor.map((x, k) => Math.max(0, Math.min(cover.width, x + size * steps[event.key][k])));
      tellNumbers(...cursor);
      paintPoints();
    } else if (event.key === "Enter" && cursor) add(...cursor);
    else if (event.key === "Delete" || event.key === "Backspace") remove(cursor ? nearest(...cursor) : chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { paintGround, paintPoints, showAxes };
}

export function rangeOf(y) {
  const numbers = y.map((t) => [].concat(t)[0]);
  return [Math.min(...numbers), Math.max(...numbers)];
}

// The grid over the window, line by line from the top; of a line, as many points along it.
export function gridOver(lab) {
  const { x: [left, right], y: [bottom, top] } = lab.window;
  const inputs = lab.all.X[0].length;
  const points = new Float64Array(SIDE * SIDE * inputs);
  for (let k = 0; k < SIDE * SIDE; k++) {
    if (inputs === 1) points[k] = left + ((right - left) * k) / (SIDE * SIDE - 1);
    else {
      points[k * inputs + lab.axes[0]] = left + ((right - left) * (k % SIDE)) / (SIDE - 1);
      points[k * inputs + lab.axes[1]] = top - ((top - bottom) * Math.floor(k / SIDE)) / (SIDE - 1);
    }
  }
  return points;
}
