// Letters as rows: which letter comes next after those typed, and names that the network invents letter by letter.
"use strict";

import { byId, make } from "../dom.js";
import { Random } from "../engine/random.js";
import { showBars } from "./bars.js";

const LONGEST = 12;
const AT_ONCE = 8;

export function createLetters(lab) {
  const { letters, context, words } = lab.all.view;
  const known = new Set(words.split(" "));
  const end = letters.length - 1;
  const host = byId("part");
  const typed = make("input", { type: "text", id: "typed", value: "ma", maxlength: LONGEST, spellcheck: "false",
    autocomplete: "off", "aria-label": "The beginning of a name" });
  const warm = make("input", { type: "range", id: "temperature", min: 0.1, max: 2, step: 0.1, value: 1,
    "aria-label": "Temperature" });
  const degree = make("output", {}, "1");
  const said = make("p", { id: "next", role: "status" });
  const bars = make("div", { class: "bars", "aria-hidden": "true" });
  const list = make("p", { id: "invented", role: "status", class: "names" });
  const random = new Random(1);
  lab.part = { invented: 0, temperature: 1 };
  let before = Infinity; // the temperature of the last time

  const beginning = () => typed.value.toLowerCase().replace(/[^a-z]/g, "");

  // The probabilities of the next letter; the temperature divides the outputs before softmax.
  function sharesAfter(word, temperature) {
    const row = new Float64Array(context * letters.length);
    for (let k = 0; k < context; k++) {
      const letter = word[word.length - context + k];
      row[k * letters.length + (letter === undefined ? end : letters.indexOf(letter))] = 1;
    }
    const layers = lab.answersTo(row);
    return lab.probabilities(layers[layers.length - 1].answers.map((z) => z / temperature));
  }

  function invented(temperature) {
    let word = beginning();
    while (word.length < LONGEST) {
      const shares = sharesAfter(word, temperature);
      let left = random.random();
      let k = 0;
      while (k < end && (left -= shares[k]) > 0) k += 1;
      if (k === end) break;
      word += letters[k];
    }
    return word;
  }

  const invent = () => {
    const temperature = Number(warm.value);
    const names = Array.from({ length: AT_ONCE }, () => invented(temperature));
    lab.part.invented += names.length;
    lab.part.temperature = Math.min(temperature, before); // of the colder of two times
    before = temperature;
    list.textContent = names.map((name) => (known.has(name) ? `${name} (is in the data)` : name || "(nothing)")).join(
      ", ");
  };

  function refresh() {
    const word = beginning();
    const shares = sharesAfter(word, Number(warm.value));
    degree.textContent = warm.value;
    const order = Array.from(shares.keys()).sort((i, j) => shares[j] - shares[i]);
    const name = (k) => (k === end ? "the end" : letters[k]);
    said.textContent = `${word ? `After "${word}"` : "At the beginning"}: ${order.slice(0, 4).map(
      (k) => `${name(k)} (${(100 * shares[k]).toFixed(0)} %)`).join(", ")}.${
      typed.value.length > word.length ? " (It knows the letters a to z alone.)" : ""}`;
    showBars(bars, shares, letters);
  }

  typed.addEventListener("input", refresh);
  warm.addEventListener("input", refresh);
  host.replaceChildren(make("h2", {}, "The next letter"),
    make("label", { class: "slider" }, "A name begins with ", typed),
    make("label", { class: "slider" }, "Temperature ", warm, " ", degree),
    said, bars, make("div", { class: "buttons" }, make("button",
      { type: "button", id: "invent", class: "main", click: invent }, "Invent names")),
    make("p", { class: "note" }, "They begin with the letters above; with none, as they like."), list);
  return { refresh, chosen: () => {} };
}
