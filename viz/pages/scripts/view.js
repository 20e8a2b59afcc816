// The window on the graph: zoom, panning, following the step, and walking from box to box by keyboard.
"use strict";

import { byId } from "./dom.js";

const LARGEST = 2; // times its own size a graph is drawn to fill the window
const READABLE = 0.8; // times its own size the text of a graph still is
const LARGE = 1.4; // one that is scrolled sideways
const ROOM = 32; // pixels of ground around a graph that does not

export function setUpView(nodes, choose) {
  const view = byId("view");
  const graph = byId("graph");
  const [, , width, height] = graph.getAttribute("viewBox").split(" ").map(Number);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const places = nodes.map(({ dataText }) =>
    ({ x: Number(dataText.getAttribute("x")), y: Number(dataText.getAttribute("y")) }));
  let scale = 1;

  function zoom(to) {
    const centerX = (view.scrollLeft + view.clientWidth / 2) / scale;
    const centerY = (view.scrollTop + view.clientHeight / 2) / scale;
    scale = Math.max(0.05, Math.min(3, to));
    graph.setAttribute("width", Math.round(width * scale));
    graph.setAttribute("height", Math.round(height * scale));
    frame();
    view.scrollTo(centerX * scale - view.clientWidth / 2, centerY * scale - view.clientHeight / 2);
  }

  // The frame is as high as the style says, or as a graph that needs less.
  function frame() {
    view.style.height = view.style.minHeight = "";
    const needed = Math.round(height * scale) + ROOM;
    if (needed < view.clientHeight) [view.style.height, view.style.minHeight] = [`${needed}px`, "0"];
  }

  function fitting() {
    view.style.height = view.style.minHeight = "";
    return Math.min((view.clientWidth - 4) / width, (view.clientHeight - 4) / height, LARGEST);
  }

  // As high as the window, as long as a box and its neighbors are in sight: what a wide graph has at the sides is
  // scrolled to.
  const filling = () => Math.max(fitting(), Math.min((view.clientHeight - ROOM) / height, LARGE));

  // Scroll so that the boxes of a step are in sight; the first one is the one that matters most.
  function centerOn(group) {
    if (!byId("follow").checked) return;
    const spots = group.map((node) => places[node.id]);
    const [first] = spots;
    const middle = (key, room) => {
      const low = Math.min(...spots.map((spot) => spot[key]));
      const high = Math.max(...spots.map((spot) => spot[key]));
      return (high - low) * scale < room - 120 ? (low + high) / 2 : first[key];
    };
    const left = middle("x", view.clientWidth) * scale - view.clientWidth / 2;
    const top = middle("y", view.clientHeight) * scale - view.clientHeight / 2;
    // A long way is a flight over boxes that nobody can read: jump there.
    const far = Math.hypot(left - view.scrollLeft, top - view.scrollTop) > 1.5 * view.clientWidth;
    view.scrollTo({ left, top, behavior: far || calm.matches ? "auto" : "smooth" });
  }

  byId("smaller").addEventListener("click", () => zoom(scale / 1.25));
  byId("larger").addEventListener("click", () => zoom(scale * 1.25));
  byId("fit").addEventListener("click", () => {
    const whole = fitting();
    zoom(Math.abs(scale - whole) < 0.01 * whole ? filling() : whole);
  });
  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(scale * Math.exp(-event.deltaY / 300));
  }, { passive: false });

  // One stop of the Tab key for the whole graph; up and down go through its boxes in the order of the computation.
  const boxed = nodes.filter((node) => !node.folded);
  let stop = boxed[0];
  const setStop = (node) => {
    stop.element.setAttribute("tabindex", "-1");
    stop = node;
    stop.element.setAttribute("tabindex", "0");
  };
  setStop(stop);
  const nodeAt = (target) => {
    const box = target.closest("g.n");
    return box && nodes[Number(box.id.slice(1))];
  };
  graph.addEventListener("click", (event) => {
    const node = nodeAt(event.target);
    if (!node) return;
    setStop(node);
    choose(node);
  });
  graph.addEventListener("keydown", (event) => {
    const node = nodeAt(event.target);
    if (!node) return;
    if (event.key === "Enter" || event.key === " ") choose(node);
    else if (event.key === "ArrowDown") setStop(boxed[Math.min(boxed.indexOf(node) + 1, boxed.length - 1)]);
    else if (event.key === "ArrowUp") setStop(boxed[Math.max(boxed.indexOf(node) - 1, 0)]);
    else return;
    event.preventDefault();
    stop.element.focus();
  });

  // Dragging the ground moves it; a mouse has no other way to move sideways.
  let drag = null;
  view.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0 && !nodeAt(event.target)) drag =
      { x: event.clientX, y: event.clientY };
  });
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    view.scrollBy(drag.x - event.clientX, drag.y - event.clientY);
    drag = { x: event.clientX, y: event.clientY };
  });
  addEventListener("pointerup", () => (drag = null));

  // Small graphs fill the window; in large ones the text has to stay readable.
  const fit = fitting();
  zoom(fit >= READABLE ? fit : 0.9);
  return { centerOn };
}
