// A small table to try, made up: rents of flats by area, district and floor, with gaps, as tables have them.
"use strict";

import { byId, make } from "../dom.js";
import { Random } from "../engine/random.js";
import { saveAs } from "../playground/files.js";

const ROWS = 120;
const PER_METER = { center: 17, north: 11, harbor: 13 };

export function sampleTable() {
  const random = new Random(4);
  const districts = Object.keys(PER_METER);
  const lines = Array.from({ length: ROWS }, () => {
    const area = Math.round(random.uniform(25, 120));
    const district = districts[Math.floor(random.random() * districts.length)];
    const floor = Math.floor(random.random() * 6);
    const rent = 150 + PER_METER[district] * area + 20 * floor + random.gauss(0, 60);
    return [area, district, random.random() < 0.1 ? "" : floor, Math.round(rent)].join(",");
  });
  return ["area,district,floor,rent", ...lines, ""].join("\n");
}

export function showSample(lab) {
  const table = sampleTable();
  byId("rents").replaceChildren(make("div", { class: "buttons" },
    make("button", { type: "button", click: () => lab.browseFiles() }, "Choose a file"),
    make("button", { type: "button", click: () => lab.bringFile(new File([table], "rents.csv")) },
      "Take the table of rents"),
    make("button", { type: "button", click: () => saveAs("rents.csv", table, "text/csv") }, "Save it as rents.csv")),
    make("div", { class: "of-file" }));
}
