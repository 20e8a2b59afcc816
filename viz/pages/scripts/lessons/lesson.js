// A lesson's questions: what is answered is judged here when Check is pressed, from what was typed or from the network
// beside the text.
"use strict";

import { byId, make, setUpTheme } from "../dom.js";
import { startPlayground } from "../playground/start.js";
import { showActivations } from "./activations.js";
import { typedVerdict } from "./answers.js";
import { showBookkeeping } from "./bookkeeping.js";
import { CLAIMS, missing } from "./conditions.js";
import { showRate } from "./rate.js";
import { showSample } from "./sample.js";

const { lesson, machine, clinic } = JSON.parse(byId("data").textContent);
let lab = null;

const PRAISE = "Right.";
const praised = (text) => (text ? `${PRAISE} ${text}` : PRAISE);
const FOUND = "That is it; what is measured stands under What is wrong. Now cure it.";
const NOT_RIGHT = "Not right. Try again, or take the hint.";

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
  const judge = (right, text) => say(right, right ? praised(text) : text || NOT_RIGHT);
  const { controls, look } = { number: typed, answer: typed, choice: chosen,
    lab: reached }[question.kind]({ k, question, place, say, judge });
  const check = make("button", { type: "button", click: look }, "Check");
  const hint = make("p", { class: "hint", role: "status" });
  const unfold = make("button", { type: "button", click: () => {
    hint.textContent = question.hint;
    open(k);
  } }, "Hint");
  const choices = question.kind === "choice";
  place.append(...(choices ? controls : []), make("div", { class: "buttons" }, ...(choices ? [] : controls), check,
    unfold), verdict, hint);
  if (answered[k]?.done === true) say(true, praised(question.praise));
}

// A number: one to be computed, or one that stands in the network.
function typed({ k, question, judge }) {
  const field = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", class: "number",
    "aria-label": "Your answer" }); // not of type number, which drops what it does not know: a comma, a fraction
  field.value = answered[k]?.value ?? "";
  field.addEventListener("input", () => keep(k, { value: field.value }));
  const look = () => {
    const { right, text } = typedVerdict(field.value, question,
      question.kind === "answer" ? lab.answersTo(lab.all.X[lab.probe]) : null);
    judge(right, text);
  };
  field.addEventListener("keydown", (event) => event.key === "Enter" && look());
  return { controls: [field], look };
}

function chosen({ k, question, place, judge }) {
  const controls = question.choices.map((text, choice) => {
    const radio = make("input", { type: "radio", name: `choice-${k}`, value: choice });
    radio.checked = answered[k]?.value === choice;
    radio.addEventListener("change", () => keep(k, { value: choice }));
    return make("label", {}, radio, ` ${text}`);
  });
  const look = () => {
    const found = place.querySelector("input:checked");
    if (!found) return judge(false, "Choose one first.");
    const choice = Number(found.value);
    const known = (question.wrong || []).find(([value]) => value === choice + 1);
    judge(choice === question.right, choice === question.right ? question.praise : known && `Not right: ${known[1]}`);
  };
  return { controls, look };
}

// Something reached with the network; a patient's illness has to be named before.
function reached({ k, question, place, say, judge }) {
  const illness = question.illness ? [illnesses(k)] : [];
  const begin = question.preset ? [make("button", { type: "button", class: "begin", click: () => {
    begun = k;
    for (const other of document.querySelectorAll(".question")) other.classList.toggle("begun", other === place);
    named = false;
    say(false, ""); // what was solved before is to be solved anew
    for (const select of illness) select.value = "";
    place.querySelector(".hint").textContent = "";
    conceal();
    lab.usePreset(lesson.preset, question.preset);
    (matchMedia("(max-width: 60rem)").matches ? place : byId("player")).scrollIntoView({ block: "nearest" });
  } }, "Begin")] : [];
  const look = () => {
    untrained = null;
    if (question.preset && begun !== k) return say(false, "Press Begin first.");
    let told = false; // of an illness that is named now: what is missing for the cure is said the next time
    if (question.illness && !named) {
      const number = illness[0].value;
      const found = lesson.questions[number];
      if (!found) return say(false, "Look, train, and choose first what it suffers from.");
      if (!isTrained()) {
        untrained = () => say(false, "");
        return say(false, "Train it first, and look: only then is it seen.");
      }
      if (found !== question) return say(false, question.also?.[number] ? `Nearly: ${question.also[number]}`
        : `Not right: ${found.illness[1]}`);
      [named, told] = [true, true];
      conceal();
    }
    const left = missing(lab, question.conditions, question.preset ? lab.begun : first);
    if (left.length) return say(false, told ? FOUND : `Not yet: ${left.join("; ")}.`);
    if (!question.claim) return judge(true, question.praise);
    const said = place.querySelector("input:checked")?.value;
    const { holds, figures } = CLAIMS[question.claim](lab);
    if (!said) return say(false, "Choose yes or no.");
    const right = holds === (said === "yes");
    judge(right, `${right ? "" : "Not right. "}${figures}.${right ? ` ${question.praise}` : ""}`);
  };
  return { controls: [...begin, ...illness, ...(question.claim ? yesOrNo(k) : [])], look };
}

// An answer of yes or no, which is not kept over a reload: the network that it speaks of is not either.
const yesOrNo = (k) => ["yes", "no"].map((value) =>
  make("label", {}, make("input", { type: "radio", name: `claim-${k}`, value }), ` ${value}`));

let first = null; // the points that the lesson began with
let begun = -1; // the question whose button Begin was the last to be pressed
let named = false; // whether that one's illness was found
let untrained = null; // takes back what was said of a network that had not been trained

const isTrained = () => lab.trainer.log.some(({ kind }) => kind === "fit" || kind === "batch");

// All that a patient may suffer from; the values are the questions'.
function illnesses(k) {
  const known = lesson.questions.map(({ illness: [name] }, value) => [name, value]).sort();
  const select = make("select", { "aria-label": "What does it suffer from?" },
    make("option", { value: "" }, "It suffers from …"),
    ...known.map(([name, value]) => make("option", { value }, name)));
  select.value = answered[k]?.value ?? "";
  select.addEventListener("change", () => {
    keep(k, { value: select.value });
    if (begun === k) named = false;
  });
  return select;
}

// What the page says of a patient stays away until its illness was named, or the hint was taken.
function conceal() {
  document.querySelector("main").classList.toggle("concealed",
    begun >= 0 && Boolean(lesson.questions[begun].illness) && !named);
}

function open(k) {
  if (begun === k) document.querySelector("main").classList.remove("concealed");
}

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
  if (!shown.has("slow")) byId("sample").classList.add("absent");
  if (!shown.has("player")) {
    document.querySelector("main").classList.add("by-hand");
    for (const part of document.querySelectorAll("#player .buttons > :not(#undo)")) part.classList.add("absent");
  }
  lab = await startPlayground({ machine, clinic, preset: lesson.preset });
  first = lab.begun;
  lab.listen(() => {
    if (!untrained || !isTrained()) return;
    untrained();
    untrained = null;
  });
  if (byId("activations")) showActivations(lab);
  if (byId("rate")) showRate(lab);
  if (byId("rents")) showSample(lab);
  if (lesson.preset.probe) lab.chooseProbe(lesson.preset.probe);
  if (lesson.preset.select) lab.select(lesson.preset.select);
}

startLesson();
