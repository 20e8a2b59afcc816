// Going through numbered steps: buttons, slider, keyboard and playing on its own.
"use strict";

import { byId } from "./dom.js";

// Calls show(step) whenever the step changes, and names it in the counter with describe(step).
export function createPlayer({ count, show, describe }) {
  const slider = byId("slider");
  const play = byId("play");
  let step = 0;
  let timer = 0;

  function go(to) {
    step = Math.max(0, Math.min(count - 1, to));
    slider.value = step;
    slider.setAttribute("aria-valuetext", describe(step));
    byId("counter").textContent = describe(step);
    // Not `disabled`: a button that has the focus would lose it, and the keyboard with it.
    for (const id of ["first", "back"]) byId(id).setAttribute("aria-disabled", step === 0);
    for (const id of ["last", "forward"]) byId(id).setAttribute("aria-disabled", step === count - 1);
    show(step);
  }

  function pause() {
    clearTimeout(timer);
    timer = 0;
    play.textContent = "Play";
    play.setAttribute("aria-label", "Play");
  }

  function tick() {
    if (step === count - 1) return pause();
    go(step + 1);
    timer = setTimeout(tick, Number(byId("speed").value));
  }

  function toggle() {
    if (timer) return pause();
    play.textContent = "Pause";
    play.setAttribute("aria-label", "Pause");
    if (step === count - 1) go(0);
    timer = setTimeout(tick, 300);
  }

  function jump(to) {
    pause();
    go(to);
  }

  const moves = {
    ArrowLeft: () => jump(step - 1),
    ArrowRight: () => jump(step + 1),
    Home: () => jump(0),
    End: () => jump(count - 1),
    " ": toggle,
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !moves[event.key]) return;
    const at = event.target;
    // A control that gives the key a meaning of its own keeps it.
    if (at.matches("select, textarea, input:not([type=range])")) return;
    if (event.key === " " && at.matches("button, summary, [role=button]")) return;
    event.preventDefault();
    moves[event.key]();
  });

  slider.max = count - 1;
  slider.addEventListener("input", () => jump(Number(slider.value)));
  byId("first").addEventListener("click", () => jump(0));
  byId("back").addEventListener("click", () => jump(step - 1));
  byId("forward").addEventListener("click", () => jump(step + 1));
  byId("last").addEventListener("click", () => jump(count - 1));
  play.addEventListener("click", toggle);
  go(0);
  return { jump, at: () => step };
}
