// A lesson's questions: what is answered is computed here, from what was typed or from the network beside the text.
"use strict";

import { byId, make, setUpTheme } from "../dom.js";
import { shortNumber } from "../numbers.js";
import { startPlayground } from "../playground/start.js";
import { showActivations } from "./activations.js";
import { showBookkeeping } from "./bookkeeping.js";

const { lesson, machine, clinic } = JSON.parse(byId("data").textContent);
let lab = null;

// What a condition of a question is about.
const MEASURES = {
  accuracy: () => lab.figures.train.accuracy ?? 0,
  heldAccuracy: () => lab.figures.held?.accuracy ?? 0,
  margin: () => smallestMargin(),
  loss: () => lab.figures.train.loss,
  heldLoss: () => lab.figures.held?.loss ?? Infinity,
  gap: () => (lab.figures.held ? lab.figures.held.loss / lab.figures.train.loss : 0),
  fall: () => lab.trainer.curves[0].loss - lab.figures.train.loss,
  epoch: () => lab.trainer.epoch,
  steps: () => lab.trainer.log.filter((entry) => entry.kind === "batch").length + lab.trainer.epoch,
  layers: () => lab.trainer.network.layers.length,
  widest: () => Math.max(0, ...lab.hidden.map((layer) => layer.neurons)),
  set: () => lab.source.set,
  ownTable: () => Number(lab.source.set === "table"),
  says: () => lab.part?.says ?? "",
  sure: () => lab.part?.sure ?? 0,
  drawn: () => lab.part?.drawn ?? 0,
  moved: () => lab.part?.moved ?? 0,
  invented: () => lab.part?.invented ?? 0,
  temperature: () => lab.part?.temperature ?? 1,
};
const WORDS = {
  accuracy: "the share of rows right", heldAccuracy: "the share of held-out rows right", margin: "the smallest margin", loss: "the loss", heldLoss: "the held-out loss",
  gap: "held-out loss over training loss", fall: "the fall of the loss", epoch: "the number of epochs", steps: "the number of steps", layers: "the number of layers",
  widest: "the widest layer", set: "the data set", ownTable: "a table of your own", says: "what the network says", sure: "its probability", drawn: "your own drawings", moved: "your own sounds", invented: "the number of names",
  temperature: "the temperature that they had",
};
const TESTS = { "<=": (a, b) => a <= b, ">=": (a, b) => a >= b, "=": (a, b) => String(a) === String(b) };

// How far the sums of two classes are from 0, each counted towards its right side: that of the row that is worst off.
function smallestMargin() {
  const { X, y } = lab.all;
  return Math.min(...X.map((row, i) => {
    const layers = lab.answersTo(row);
    const [z] = layers[layers.length - 1].answers;
    return y[i] ? z : 0 - z; // and no -0
  }));
}

// The conditions that do not hold yet, in words.
function missing(conditions) {
  return conditions.flatMap(([name, sign, wanted]) => {
    const found = MEASURES[name]();
    const number = Number(wanted);
    if (TESTS[sign](found, Number.isNaN(number) ? wanted : number)) return [];
    const text = typeof found === "number" ? shortNumber(found, 3) : found;
    return [`${WORDS[name]} is ${text}, wanted: ${{ "<=": "at most", ">=": "at least", "=": "" }[sign]} ${wanted}${name === "heldLoss" ? missed(number) : ""}`];
  });
}

// Training may have passed by what was wanted: then no more of it helps.
function missed(wanted) {
  const { heldLosses } = lab.trainer;
  const least = Math.min(...heldLosses);
  if (!(least <= wanted)) return "";
  return ` (trained too long: it was ${shortNumber(least, 3)} at epoch ${heldLosses.indexOf(least) + 1}. Reset, then Epoch)`;
}

const PRAISE = "Right.";

// What was answered, question by question: kept with the page's place in the browser's history, which a reload keeps.
const answered = Array.isArray(history.state?.answered) ? history.state.answered : [];

function keep(k, found) {
  answered[k] = { ...answered[k], ...found };
  try {
    history.replaceState({ answered }, "");
  } catch {
    // a page inside another one may have no history of its own
  }
}

function ask(place) {
  const k = Number(place.dataset.question);
  const question = lesson.questions[k];
  const verdict = make("p", { class: "verdict", role: "status" });
  const say = (right, text) => {
    place.classList.toggle("done", right);
    verdict.textContent = text;
    keep(k, { done: right });
  };
  const judge = (right) => say(right, right ? PRAISE : "Not right. Try again, or take the hint.");
  const check = make("button", { type: "button" }, "Check");
  const controls = [];
  if (question.kind === "number" || question.kind === "answer") {
    const field = make("input", { type: "number", step: "any", "aria-label": "Your answer" });
    field.value = answered[k]?.value ?? "";
    field.addEventListener("input", () => keep(k, { value: field.value }));
    controls.push(field);
    const answer = () => {
      const wanted = question.kind === "number" ? question.answer : lab.answersTo(lab.all.X[lab.probe])[question.layer].answers[question.neuron];
      judge(Math.abs(field.valueAsNumber - wanted) <= question.tolerance * Math.max(1, question.kind === "number" ? Math.abs(wanted) : 1));
    };
    check.addEventListener("click", answer);
    field.addEventListener("keydown", (event) => event.key === "Enter" && answer());
  } else if (question.kind === "choice") {
    controls.push(...question.choices.map((text, choice) => {
      const radio = make("input", { type: "radio", name: `choice-${k}`, value: choice });
      radio.checked = answered[k]?.value === choice;
      radio.addEventListener("change", () => keep(k, { value: choice }));
      return make("label", {}, radio, ` ${text}`);
    }));
    check.addEventListener("click", () => {
      const chosen = place.querySelector("input:checked");
      judge(chosen !== null && Number(chosen.value) === question.right);
    });
  } else {
    let begun = !question.preset;
    const look = (asked) => {
      if (place.classList.contains("done")) return;
      if (!begun) {
        if (asked) say(false, "Press Begin first.");
        return;
      }
      const left = missing(question.conditions);
      if (!left.length) say(true, question.diagnosis ? `${PRAISE} ${question.diagnosis}` : PRAISE);
      else if (asked) say(false, `Not yet: ${left.join("; ")}.`);
    };
    check.addEventListener("click", () => look(true));
    watchers.push(() => look(false));
    if (question.preset) {
      const begin = make("button", { type: "button", class: "begin", click: () => {
        for (const other of begins) other(false);
        begun = true;
        say(false, ""); // what was solved before is to be solved anew
        lab.usePreset(lesson.preset, question.preset);
      } }, "Begin");
      begins.push((value) => (begun = value));
      controls.push(begin);
    }
  }
  const hint = question.hint ? [make("button", { type: "button", click: () => say(place.classList.contains("done"), question.hint) }, "Hint")] : [];
  const choices = question.kind === "choice";
  place.append(...(choices ? controls : []), make("div", { class: "buttons" }, ...(choices ? [] : controls), check, ...hint), verdict);
  if (answered[k]?.done === true) say(true, PRAISE);
}

const watchers = [];
const begins = [];

async function startLesson() {
  showBookkeeping();
  for (const place of document.querySelectorAll(".question")) ask(place);
  if (!lesson.preset) {
    setUpTheme();
    return;
  }
  const shown = new Set(lesson.preset.show);
  for (const section of document.querySelectorAll("main > section")) {
    if (section.id !== "player" && !shown.has(section.id)) section.classList.add("absent");
  }
  if (shown.has("loss")) byId("charts").classList.remove("absent");
  if (lesson.preset.plain) document.querySelector("main").classList.add("plain"); // words of later lessons stay away
  if (!shown.has("player")) document.querySelector("#player .buttons").classList.add("absent");
  lab = await startPlayground({ machine, clinic, preset: lesson.preset });
  if (byId("activations")) showActivations(lab.machine);
  if (lesson.preset.probe) lab.chooseProbe(lesson.preset.probe);
  if (lesson.preset.select) lab.select(lesson.preset.select);
  lab.listen(() => watchers.forEach((look) => look()));
  setInterval(() => watchers.forEach((look) => look()), 100); // at 60 epochs a second little is missed
}

startLesson();
