// Vowels as rows of two formants: move them, hear the vowel, see its spectrum and what the network takes it for.
"use strict";

import { byId, make } from "../dom.js";
import { cssColor } from "../fields.js";
import { shortNumber } from "../numbers.js";

const RATE = 16000;
const THIRD = 2600; // Hz: the third formant, which is not an input
const [TOP, LINE] = [52, 22]; // of the picture: above its curve there are two lines of words
const HIGHEST = 4000; // Hz, of the picture

// Pulses, `pitch` of them a second, through one resonator for each formant; as nn/tasks/sounds.py makes vowels.
export function synthesizedVowel(formants, pitch, seconds) {
  let sound = new Float64Array(Math.round(seconds * RATE));
  let turns = 0;
  for (let k = 0; k < sound.length; k++) {
    const before = Math.floor(turns);
    turns += (pitch * (1.05 - (0.1 * k) / sound.length)) / RATE;
    sound[k] = Math.floor(turns) - before;
  }
  formants.forEach((center, i) => {
    const r = Math.exp((-Math.PI * [80, 100, 140][i]) / RATE);
    const [a, b] = [2 * r * Math.cos((2 * Math.PI * center) / RATE), -r * r];
    let [y1, y2] = [0, 0];
    sound = sound.map((x) => {
      [y1, y2] = [(1 - a - b) * x + a * y1 + b * y2, y1];
      return y1;
    });
  });
  const most = sound.reduce((m, x) => Math.max(m, Math.abs(x)), 1e-12);
  const edge = RATE / 50;
  return sound.map((x, k) => (0.9 * x * Math.min(1, k / edge, (sound.length - 1 - k) / edge)) / most);
}

// Decibels at `count` frequencies up to HIGHEST, below the loudest.
export function spectrumOf(sound, count) {
  const part = sound.subarray(sound.length >> 2, (sound.length >> 2) + 2048);
  const levels = Array.from({ length: count }, (_, k) => {
    const angle = (2 * Math.PI * ((k + 0.5) * HIGHEST)) / count / RATE;
    let [re, im] = [0, 0];
    part.forEach((x, i) => {
      const weight = x * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / part.length));
      re += weight * Math.cos(angle * i);
      im += weight * Math.sin(angle * i);
    });
    return 10 * Math.log10(re * re + im * im + 1e-9);
  });
  const most = Math.max(...levels);
  return levels.map((level) => Math.max(-60, level - most));
}

export function createVoice(lab, palette) {
  const host = byId("part");
  const canvas = make("canvas", { id: "spectrum", width: 720, height: 270, role: "img" });
  const said = make("p", { id: "heard", role: "status" });
  const slider = (name, low, high, step, value) => {
    const input = make("input", { type: "range", min: low, max: high, step, value, "aria-label": `${name} in Hz` });
    const output = make("output", {}, `${value} Hz`);
    input.addEventListener("input", () => {
      output.textContent = `${input.value} Hz`;
      Object.assign(lab.part, { moved: 1, played: 0 });
      refresh();
    });
    return { input, output, label: make("label", { class: "slider" }, `${name} `, input, " ", output) };
  };
  const first = slider("first formant", 200, 1100, 10, 300);
  const second = slider("second formant", 600, 3200, 10, 2300);
  const pitch = slider("pitch", 80, 300, 5, 120);
  lab.part = { says: "", sure: 0, moved: 0, played: 0 };
  let context = null;
  const play = () => {
    context ||= new AudioContext();
    const sound = vowel(0.5);
    const buffer = context.createBuffer(1, sound.length, RATE);
    buffer.copyToChannel(Float32Array.from(sound), 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start();
    lab.part.played = 1;
  };
  host.replaceChildren(make("h2", {}, "Hear"), make("div", { class: "buttons" },
    make("button", { type: "button", id: "hear", class: "main", click: play }, "Play the sound")),
    first.label, second.label, pitch.label, said, canvas,
    make("p", { class: "note" },
      "Its spectrum from 0 to 4,000 Hz: single peaks are the pitch and its multiples, hills are the formants "
      + "(dashed). F1 and F2 are the sliders'; every voice has F3 too, which is no input of the network."));

  const hertz = () => [Number(first.input.value), Number(second.input.value)];
  const formants = () => [...hertz(), Math.max(THIRD, hertz()[1] + 400)];
  const vowel = (seconds) => synthesizedVowel(formants(), Number(pitch.input.value), seconds);

  function refresh() {
    const layers = lab.answersTo(hertz().map((f) => f / 1000));
    const shares = lab.probabilities(layers[layers.length - 1].answers);
    const best = shares.indexOf(Math.max(...shares));
    lab.part.says = lab.all.classNames[best];
    lab.part.sure = shares[best];
    said.textContent = `The network takes it for ${lab.part.says}, with ${(100 * shares[best]).toFixed(1)} %.`;
    paintSpectrum();
  }

  let painted = "";
  function paintSpectrum() {
    const now = `${hertz()} ${pitch.input.value} ${palette.paper}`;
    if (now === painted) return;
    painted = now;
    const onto = canvas.getContext("2d");
    const levels = spectrumOf(vowel(0.25), 360);
    const { width, height } = canvas;
    onto.clearRect(0, 0, width, height);
    onto.strokeStyle = cssColor(palette.positive);
    onto.lineWidth = 2.5;
    onto.setLineDash([]);
    onto.beginPath();
    levels.forEach((level, k) =>
      onto.lineTo(((k + 0.5) * width) / levels.length, TOP + (-level / 60) * (height - TOP - 32)));
    onto.stroke();
    onto.strokeStyle = onto.fillStyle = cssColor(palette.negative);
    onto.setLineDash([6, 6]);
    onto.font = `20px ${getComputedStyle(document.documentElement).getPropertyValue("--sans")}`;
    formants().forEach((f, k) => {
      const x = (f / HIGHEST) * width;
      onto.beginPath();
      onto.moveTo(x, TOP);
      onto.lineTo(x, height - 30);
      onto.stroke();
      onto.fillText(`F${k + 1} ${f}`, Math.max(0, Math.min(width - 90, x - 40)), LINE * (k === 1 ? 2 : 1));
    });
    onto.fillStyle = cssColor(palette.ink);
    [1000, 2000, 3000].forEach((f) => onto.fillText(shortNumber(f), (f / HIGHEST) * width - 24, height - 6));
    canvas.setAttribute("aria-label",
      `Spectrum of a vowel with formants at ${hertz().join(" and ")} Hz and a pitch of ${pitch.input.value} Hz`);
  }

  return {
    refresh,
    chosen: () => {
      lab.part.moved = 0;
      [first, second].forEach(({ input, output }, k) => {
        input.value = 1000 * lab.all.X[lab.probe][k];
        output.textContent = `${input.value} Hz`;
      });
      refresh();
    },
  };
}
