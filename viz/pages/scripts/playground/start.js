// The playground on a page: puts the views together, plays, and offers itself to scripts as window.glassgrad.
"use strict";

import { byId, make, setUpTheme } from "../dom.js";
import { readPalette } from "../fields.js";
import { counted, shortNumber } from "../numbers.js";
import { DATA_SETS, unpacked, unpackedNumbers } from "../engine/data.js";
import { startMachine } from "../engine/machine.js";
import { pythonProgram, weightsText } from "../engine/python.js";
import { parameterName, parameterPlace } from "../engine/trainer.js";
import { createColumns } from "./columns.js";
import { connect } from "./embedded.js";
import { createFigures } from "./figures.js";
import { saveAs, stateText } from "./files.js";
import { createInspector } from "./inspector.js";
import { ACTIVATIONS, Lab } from "./lab.js";
import { createLetters } from "./letters.js";
import { createPad } from "./pad.js";
import { createPlane, gridOver } from "./plane.js";
import { createSetup } from "./setup.js";
import { createSlowMotion } from "./slow.js";
import { createVoice } from "./voice.js";

const FRAME = 10; // milliseconds of a frame that training may take when it goes fast
const PICTURES = 60; // milliseconds from one painting of all heat maps to the next: the eye sees no more of them

// `data` is what Python brought along, or what a lesson begins with; returns what the page works on.
export async function startPlayground(data) {
  const machine = await startMachine(data.machine);
  for (const brought of [data, data.preset || {}]) if (brought.data?.packed) brought.data =
    await unpacked(brought.data);
  if (typeof data.parameters === "string") data.parameters = await unpackedNumbers(data.parameters);
  const palette = readPalette();
  const lab = new Lab(machine, data);
  if (!data.preset) restore(lab, data);
  const setup = createSetup(lab);
  Object.assign(lab, { bringFile: setup.bring, browseFiles: setup.browse });
  const columns = createColumns(lab, palette);
  const plane = createPlane(lab, palette);
  const inspector = createInspector(lab);
  const figures = createFigures(lab, palette);
  const slow = createSlowMotion(lab, columns.light, data.preset?.slow === "forward");
  let part = partFor(lab, palette);
  const tellNotebook = connect(lab);
  const hollow = byId("hollow"); // until the mouse is over the plane: then something else is said there
  let grid = null;
  let playing = false;
  let lastPictures = 0;
  let lastFigures = 0;

  function paint() {
    if (lab.all.view) {
      columns.paintWeights(lab.all.view);
      counter();
      return;
    }
    grid ||= gridOver(lab);
    const { values, roots } = lab.trainer.answers(grid);
    const firsts = [];
    let at = 0;
    for (const { neurons } of lab.trainer.network.layers) {
      firsts.push(at + neurons);
      at += 2 * neurons;
    }
    const last = firsts[firsts.length - 1];
    plane.paintGround((k, o) => values[k * roots + last + o], lab.trainer.outputs);
    columns.paintThumbs((k, root) => values[k * roots + root], (l) => firsts[l]);
    columns.paintLines();
    counter();
  }

  function counter() {
    const { train, held } = lab.figures;
    if (data.preset?.plain) {
      byId("counter").textContent =
        `${Math.round(train.accuracy * lab.all.X.length)} of ${counted(lab.all.X.length, "point")} right`;
      return;
    }
    const figuresOf = (name, { loss, accuracy }) => `${name} loss ${shortNumber(loss, 3)}`
      + (accuracy === undefined ? "" : `, ${(100 * accuracy).toFixed(1)} % right`);
    const { epoch } = lab.trainer;
    const gone = lab.continued && !data.preset ? `as given, ${counted(epoch, "further epoch")}` : `epoch ${epoch}`;
    byId("counter").textContent = [gone, figuresOf("training", train),
      ...(held ? [figuresOf("held out", held)] : [])].join(" · ");
  }

  function everything() {
    paint();
    if (!lab.all.view) plane.paintPoints();
    hollow.hidden = !lab.figures.held;
    figures.show();
    inspector.refresh();
    part?.refresh();
    tellNotebook();
    if (!data.preset) remember(lab);
  }

  // What a network and its data are made of: at first, and when they are others.
  function showNetwork() {
    setup.show();
    columns.build();
    inspector.show();
    plane.showAxes();
  }

  lab.listen((kind) => {
    if (kind === "trained") return;
    if (kind === "network" || kind === "data") grid = null;
    if (kind === "network") part = partFor(lab, palette, part);
    if (kind === "network") {
      slow.end();
      showNetwork();
    }
    if (kind === "data") plane.showAxes();
    if (kind === "settings" || kind === "data") setup.show();
    if (kind === "selected" || kind === "probe") {
      columns.press();
      inspector.show();
      if (!lab.all.view) plane.paintPoints();
      if (kind === "probe") part?.chosen();
      return;
    }
    everything();
  });

  // ---- playing

  function frame(now) {
    if (!playing) return;
    const speed = byId("speed").value;
    if (speed === "slow" && now - (frame.last || 0) < 200) return requestAnimationFrame(frame);
    frame.last = now;
    const until = performance.now() + (speed === "fast" ? FRAME : 0);
    let rested = false;
    do {
      lab.epochs(1);
      rested = lab.trainer.epoch === lab.rest;
    } while (performance.now() < until && !lab.diverged && !rested);
    if (now - lastPictures > PICTURES) {
      lastPictures = now;
      paint();
    }
    if (now - lastFigures > 150) {
      lastFigures = now;
      figures.show();
      inspector.refresh();
      part?.refresh();
      tellNotebook();
    }
    if (lab.diverged || rested) return pause();
    requestAnimationFrame(frame);
  }

  function play() {
    if (playing) return pause();
    slow.end();
    lab.trainer.remember();
    playing = true;
    byId("play").textContent = "Pause";
    byId("play").setAttribute("aria-label", "Pause");
    requestAnimationFrame(frame);
  }

  function pause() {
    if (!playing) return;
    playing = false;
    byId("play").textContent = "Play";
    byId("play").setAttribute("aria-label", "Play");
    everything();
  }

  const doing = (act) => () => {
    pause();
    slow.end();
    act();
  };
  const actions = {
    play,
    epoch: doing(() => {
      lab.trainer.remember();
      lab.epochs(1);
      everything();
    }),
    batch: doing(() => {
      lab.trainer.remember();
      lab.trainer.trainBatch(lab.trainer.drawBatch());
      lab.moved();
    }),
    sample: doing(() => slow.begin()),
    undo: doing(() => lab.undo()),
    reset: doing(() => lab.begin()),
  };
  for (const [name, act] of Object.entries(actions)) byId(name).addEventListener("click", act);
  const keys = { " ": "play", e: "epoch", b: "batch", s: "sample", u: "undo", r: "reset" };
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.altKey || event.ctrlKey || event.metaKey || !keys[event.key]
      || at.matches("input, select, textarea")) return;
    if (event.key === " " && at.matches("button, summary")) return;
    event.preventDefault();
    actions[keys[event.key]]();
  });

  // ---- out of it

  byId("python").addEventListener("click", () => {
    const area = byId("program");
    area.hidden = false;
    area.value = pythonProgram(lab.trainer);
    area.focus();
    area.select();
  });
  byId("python-file").addEventListener("click", () => saveAs("playground.py", pythonProgram(lab.trainer),
    "text/x-python"));
  byId("weights").addEventListener("click", () => saveAs("model.json", weightsText(lab.trainer), "application/json"));
  byId("state").addEventListener("click", () => saveAs("playground.json", stateText(lab), "application/json"));
  byId("picture").addEventListener("click", () => {
    if (part?.canvas) {
      part.canvas.toBlob((blob) => saveAs("drawing.png", blob, "image/png"));
      return;
    }
    const whole = make("canvas", { width: byId("cover").width, height: byId("cover").height });
    whole.getContext("2d").drawImage(byId("ground"), 0, 0);
    whole.getContext("2d").drawImage(byId("cover"), 0, 0);
    whole.toBlob((blob) => saveAs("boundary.png", blob, "image/png"));
  });

  setUpTheme();
  document.addEventListener("themechange", () => {
    Object.assign(palette, readPalette());
    everything();
  });
  showNetwork();
  everything();
  offer(lab, { pause, everything });
  return lab;
}

// What there is for the kind of rows at hand: a pad for pictures, a voice for vowels, names for letters.
function partFor(lab, palette, before = null) {
  const { all, source } = lab;
  const kind = all.view?.kind || (source.set === "vowels" ? "voice" : "");
  byId("part").hidden = !kind;
  byId("answer").hidden = Boolean(all.view);
  byId("picture").hidden = kind === "letters"; // which have neither a plane nor a drawing
  if (before?.all === all) return before;
  const found = { image: createPad, letters: createLetters, voice: createVoice }[kind]?.(lab, palette);
  return found ? { ...found, all } : null;
}

// ---- for scripts

function offer(lab, { pause, everything }) {
  window.glassgrad = {
    state: () => ({
      epoch: lab.trainer.epoch, loss: lab.figures.train.loss, accuracy: lab.figures.train.accuracy ?? null,
      heldOut: lab.figures.held ? { loss: lab.figures.held.loss, accuracy: lab.figures.held.accuracy ?? null } : null,
      parameters: Array.from(lab.trainer.parameters), names: Array.from(lab.trainer.parameters,
        (_, k) => parameterName(lab.trainer.network, k)),
      network: lab.trainer.network, lossName: lab.loss, settings: { ...lab.settings },
        data: { ...lab.source, X: lab.all.X, y: lab.all.y },
    }),
    run: async (epochs) => {
      pause();
      let rested = performance.now();
      for (let k = 0; k < epochs; k++) {
        lab.epochs(1);
        if (performance.now() - rested > 100) {
          await new Promise((resolve) => setTimeout(resolve));
          rested = performance.now();
        }
      }
      everything();
      return window.glassgrad.state();
    },
    set: (name, value) => {
      const place = parameterPlace(lab.trainer.network, name);
      if (place < 0) throw new RangeError(
        `there is no parameter ${name} in this network; names are such as layers.0.neurons.0.w.0`);
      if (!Number.isFinite(value)) throw new TypeError(`${name} must be a finite number, got ${value}`);
      lab.setParameter(place, value);
    },
    reset: (seed = null) => {
      pause();
      if (seed === null) lab.begin();
      else if (seed === lab.settings.seed) lab.build();
      else lab.change({ seed });
    },
    python: () => pythonProgram(lab.trainer),
    weights: () => weightsText(lab.trainer),
    file: () => stateText(lab),
  };
}

// ---- the state in the address

function remember(lab) {
  const { source, settings, hidden, loss } = lab;
  if (source.set === "given" || source.set === "own" || source.set === "table") return;
  try {
    history.replaceState(null, "", "#" + encodeURIComponent(JSON.stringify({ source, settings, hidden, loss })));
  } catch {
    // a page inside another one has no address of its own
  }
}

// An address may come from anywhere: only what the controls could have set is taken from it.
function restore(lab, data) {
  if (location.hash.length < 3 || data.data || data.network) return;
  let found = null;
  try {
    found = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return;
  }
  const numbersFrom = (known, given, most) => {
    for (const key of Object.keys(known)) {
      if (typeof known[key] === "number" && Number.isFinite(given?.[key]) && given[key] >= 0
        && given[key] <= most) known[key] = given[key];
    }
  };
  numbersFrom(lab.settings, found?.settings, 1e9);
  numbersFrom(lab.source, found?.source, 1e9);
  if (!(lab.settings.dropout < 1)) lab.settings.dropout = 0;
  lab.source.n = Math.max(10, Math.min(2000, Math.round(lab.source.n)));
  lab.source.share = Math.min(0.9, lab.source.share);
  if (["sgd", "adam", "adamw"].includes(found?.settings?.optimizer)) lab.settings.optimizer = found.settings.optimizer;
  if (Array.isArray(found?.hidden)) {
    lab.hidden = found.hidden.slice(0, 8).filter((layer) => ACTIVATIONS.includes(layer?.activation))
      .map(({ neurons, activation }) => ({ neurons: Math.max(1, Math.min(64, Math.round(neurons) || 1)), activation }));
  }
  lab.loss = found?.loss;
  lab.changeSource(Object.hasOwn(DATA_SETS, found?.source?.set) ? { set: found.source.set } : {});
}
