// Pictures as rows: draw one, see what the network takes it for and what each pixel adds, and look at the
// pictures that it gets most wrong.
"use strict";

import { byId, make } from "../dom.js";
import { cssColor, mixed } from "../fields.js";
import { shortNumber } from "../numbers.js";
import { showBars } from "./bars.js";
import { saveAs } from "./files.js";
import { FINE, PEN, pictureOf, usualWidth } from "./strokes.js";
import { ownNumber } from "./units.js";
import { createUnlike } from "./unlike.js";

const MOST_WORST = 8;

export function createPad(lab, palette) {
  const { rows, columns } = lab.all.view;
  const host = byId("part");
  const size = 256;
  const ink = make("canvas", { id: "ink", width: size, height: Math.round((size * rows) / columns), tabindex: "0",
    role: "application",
    "aria-label": "Draw here. Arrow keys move a cross, Enter inks a pixel or clears it." });
  const adds = make("canvas", { id: "adds", width: size, height: ink.height, role: "img" });
  const said = make("p", { id: "drawn", role: "status" });
  const doubt = make("p", { id: "unlike", class: "refused", role: "status" });
  const unlike = createUnlike(lab);
  const widest = usualWidth(lab.all.X, columns);
  const bars = make("div", { class: "bars", "aria-hidden": "true" });
  const worst = make("div", { class: "pictures" });
  let strokes = [];
  let row = lab.all.X[lab.probe].slice();
  let cursor = null;
  let seen = 0;
  lab.part = { says: "", sure: 0, drawn: 0 };

  const show = () => {
    paintPicture(ink, row);
    if (cursor) paintCross(...cursor);
    tell();
  };
  const load = (picture, drawn) => {
    strokes = [];
    row = picture.slice();
    lab.part.drawn = drawn;
    show();
  };
  host.replaceChildren(
    make("h2", {}, "Draw"),
    make("div", { class: "pads" }, make("div", {}, ink, make("p", { class: "note" }, "The picture")),
      make("div", {}, adds, make("p", { class: "note", id: "adds-note" }))),
    make("p", { class: "note" }, "What you draw is moved to the middle and scaled to the picture's height, and to "
      + `${widest} pixels of width at most, as wide as those of the data; the pen has ${(2 * PEN) / FINE} pixels.`),
    make("div", { class: "buttons" },
      make("button", { type: "button", id: "clear-pad", click: () => load(row.map(() => 0), 0) }, "Clear"),
      make("button", { type: "button", id: "next-picture", click: () => lab.chooseProbe(nextPlace()) },
        "A picture of the data"),
      ...(lab.all.scales ? [make("button", { type: "button", id: "save-row", click: saveRow },
        "Save this drawing as a row")] : [])),
    ...(lab.all.scales ? [make("p", { class: "note", id: "row-note" }, "In the folder where both files are, ",
      make("code", {}, "glassgrad predict model.json drawing.csv"), " says the same of that row, until the network is "
      + "trained further here.")] : []),
    said, bars, doubt, make("h2", {}, "The worst mistakes"), worst);

  function nextPlace() {
    const { places } = lab.parts.held.X.length ? lab.parts.held : lab.parts.train;
    seen = (seen + 1) % places.length;
    return places[seen];
  }

  // The row as the table that `glassgrad predict` reads.
  function saveRow() {
    const cell = (name) => (/[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
    const numbers = row.map((x, k) => ownNumber(lab.all.scales[k], x));
    saveAs("drawing.csv", `${lab.all.names.map(cell).join(",")}\n${numbers.join(",")}\n`, "text/csv");
  }

  // ---- drawing

  const at = (event) => {
    const box = ink.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * columns * FINE,
      ((event.clientY - box.top) / box.height) * rows * FINE];
  };
  let drawing = false;
  ink.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (!strokes.length && !lab.part.drawn) row = row.map(() => 0);
    ink.setPointerCapture(event.pointerId);
    drawing = true;
    cursor = null;
    strokes.push([at(event)]);
    inked();
  });
  ink.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    strokes[strokes.length - 1].push(at(event));
    inked();
  });
  for (const end of ["pointerup", "pointercancel"]) ink.addEventListener(end, () => (drawing = false));
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  ink.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (moves[event.key]) {
      const [x, y] = cursor || [columns >> 1, rows >> 1];
      cursor = [Math.max(0, Math.min(columns - 1, x + moves[event.key][0])),
        Math.max(0, Math.min(rows - 1, y + moves[event.key][1]))];
    } else if (event.key === "Enter" && cursor) {
      const place = cursor[1] * columns + cursor[0];
      strokes = [];
      row[place] = row[place] > 0.5 ? 0 : 1;
      lab.part.drawn = 1;
    } else return;
    event.preventDefault();
    event.stopPropagation();
    show();
  });

  // What was drawn, moved and scaled to fill the picture as those of the data do, as the share of ink in each pixel.
  function inked() {
    lab.part.drawn = 1;
    row = pictureOf(strokes, rows, columns, widest);
    show();
  }

  // ---- looking

  const sharesOf = (values, start) =>
    lab.probabilities(Array.from(values.subarray(start, start + lab.trainer.outputs)));

  function tell() {
    if (row.every((x) => !x)) return tellEmpty();
    const points = new Float64Array((row.length + 1) * row.length);
    for (let k = 0; k <= row.length; k++) {
      points.set(row, k * row.length);
      if (k) points[k * row.length + k - 1] = 0;
    }
    const { values, roots } = lab.trainer.answers(points);
    const last = roots - lab.trainer.outputs;
    const shares = sharesOf(values, last);
    const best = shares.indexOf(Math.max(...shares));
    const names = lab.all.classNames;
    lab.part.says = names[best];
    lab.part.sure = shares[best];
    const order = Array.from(shares.keys()).sort((i, j) => shares[j] - shares[i]).slice(0, 3);
    const guesses = order.map((k) => `${names[k]} (${(100 * shares[k]).toFixed(1)} %)`);
    said.textContent = `It says ${guesses.join(", then ")}.`;
    doubt.textContent = unlike(row);
    showBars(bars, shares, names);
    const added = row.map((_, k) => values[last + best] - values[(k + 1) * roots + last + best]);
    const most = Math.max(1e-9, ...added.map(Math.abs));
    paintPicture(adds, added.map((x) => x / most), palette.positive, palette.negative);
    byId("adds-note").textContent = `What each pixel adds to the sum for ${names[best]}: blue speaks for it, `
      + `orange against; at most ${shortNumber(most, 2)}`;
    adds.setAttribute("aria-label", byId("adds-note").textContent);
  }

  function tellEmpty() {
    Object.assign(lab.part, { says: "", sure: 0 });
    said.textContent = "The pad is empty.";
    doubt.textContent = byId("adds-note").textContent = "";
    bars.replaceChildren();
    paintPicture(adds, row);
    adds.setAttribute("aria-label", "The pad is empty.");
  }

  function paintPicture(canvas, numbers, positive = palette.ink, negative = palette.ink) {
    const context = canvas.getContext("2d");
    const side = canvas.width / columns;
    numbers.forEach((x, k) => {
      context.fillStyle = cssColor(mixed(palette.paper, x < 0 ? negative : positive, Math.min(1, Math.abs(x))));
      context.fillRect((k % columns) * side, Math.floor(k / columns) * side, side + 0.5, side + 0.5);
    });
  }

  function paintCross(x, y) {
    const context = ink.getContext("2d");
    const side = ink.width / columns;
    context.strokeStyle = cssColor(palette.negative);
    context.lineWidth = 4;
    context.strokeRect(x * side + 2, y * side + 2, side - 4, side - 4);
  }

  function worstMistakes() {
    const part = lab.parts.held.X.length ? lab.parts.held : lab.parts.train;
    const { values, roots } = lab.trainer.answers(Float64Array.from(part.X.flat()));
    const last = roots - lab.trainer.outputs;
    const found = part.X.map((picture, i) => {
      const shares = sharesOf(values, i * roots + last);
      return { i, picture, right: part.y[i], says: shares.indexOf(Math.max(...shares)), share: shares[part.y[i]] };
    });
    const wrong = found.filter((each) => each.says !== each.right).sort((a, b) => a.share - b.share);
    const names = lab.all.classNames;
    worst.replaceChildren(...wrong.slice(0, MOST_WORST).map((each) => {
      const canvas = make("canvas", { width: 48, height: Math.round((48 * rows) / columns) });
      paintPicture(canvas, each.picture);
      return make("button", { type: "button", click: () => lab.chooseProbe(part.places[each.i]),
        "aria-label": `A ${names[each.right]} taken for ${names[each.says]}` },
        canvas, make("span", {}, `${names[each.right]} taken for ${names[each.says]}`));
    }), make("p", { class: "note" },
      `${wrong.length} of ${part.X.length} ${part === lab.parts.held ? "held-out " : ""}pictures are taken for `
      + "something else."));
  }

  return {
    refresh: () => {
      show();
      worstMistakes();
    },
    chosen: () => load(lab.all.X[lab.probe], 0),
    canvas: ink,
  };
}
