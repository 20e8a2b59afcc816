// The controls: data, network, loss and optimizer. Each says what it is, and takes effect at once.
"use strict";

import { byId, make } from "../dom.js";
import { DATA_SETS } from "../engine/data.js";
import { counted } from "../numbers.js";
import { readTable } from "../engine/table.js";
import { decoded } from "../engine/text.js";
import { takeIn } from "./files.js";
import { LOSSES, lossesFor } from "./lab.js";
import { chosenWords, offersOf } from "./offers.js";
import { ownTarget, targetName } from "./units.js";

const DROPOUT = "This share of the hidden neurons, others for each row, is left out of a training step, and the rest "
  + "answer as much more: no neuron can rely on another. What is shown is answered by all.";

export function createSetup(lab) {
  const host = byId("setup");
  const message = make("div", { id: "said", role: "status" });
  // Also where the page offers files elsewhere: there the reader looks. `kind` is "taken" or "refused"; `more()` makes
  // what stands below the text, and `items` are a list below that.
  const say = (text, kind = "", items = [], more = () => []) => {
    for (const place of [message, ...document.querySelectorAll(".of-file")]) {
      const held = place.contains(document.activeElement);
      place.classList.remove("taken", "refused");
      if (kind) place.classList.add(kind);
      place.replaceChildren(...(text ? [make("p", {}, text), ...more(),
        ...(items.length ? [make("ul", {}, ...items.map((item) => make("li", {}, item)))] : [])] : []));
      if (held) place.querySelector("select, button")?.focus();
    }
  };

  function chooser(label, options, value, change) {
    const select = make("select", { "aria-label": label },
      ...options.map(([name, words]) => make("option", { value: name }, words)));
    select.value = value;
    select.addEventListener("change", () => change(select.value));
    return make("label", {}, label, select);
  }

  function typed(label, value, change, options = {}) {
    const input = make("input", { type: "number", step: "any", "aria-label": label, ...options });
    input.value = value;
    input.addEventListener("change", () => {
      const number = input.valueAsNumber;
      const [low, high] = [Number(options.min ?? -Infinity), Number(options.max ?? Infinity)];
      if (!Number.isFinite(number) || number < low || number > high) {
        const from = "min" in options ? ` from ${low}` : "";
        const to = "max" in options ? ` to ${high}` : "";
        say(`${label}: a number${from}${to} is wanted`, "refused");
        input.value = value;
        return;
      }
      if (message.classList.contains("refused")) say(""); // what a table was taken as stays
      change(number);
    });
    return make("label", {}, label, input);
  }

  function show() {
    const { source, settings, all } = lab;
    const brought = DATA_SETS[source.set] ? []
      : [[source.set, all.title || { given: "from Python", own: "your points", table: "your table" }[source.set]]];
    const others = all.view ? [] : Object.keys(DATA_SETS); // pictures and letters are not exchanged for points
    const sets = [...brought, ...others.map((name) => [name, name])];
    const made = Boolean(DATA_SETS[source.set]);
    const file = make("input", { type: "file", accept: ".csv,.tsv,.txt,.json",
      "aria-label": "A table of your own (CSV), a saved state, or a model of nn.save (JSON)" });
    file.addEventListener("change", () => file.files[0] && bring(file.files[0]));
    const brush = make("select", { id: "brush" },
      ...all.classNames.map((name, k) => make("option", { value: k }, name)));
    const held = host.querySelector("#brush");
    if (held && held.value < all.classes) brush.value = held.value;
    const click = all.classes ? make("label", {}, "A click adds class", brush)
      : make("label", {}, `A click adds ${targetName(all)}`, make("input",
      { id: "brush", type: "number", step: "any", value: ownTarget(all, 1) }));
    host.replaceChildren(
      make("fieldset", {}, make("legend", {}, "Data"),
        chooser("set", sets, source.set, (set) => {
          say("");
          lab.changeSource({ set });
        }),
        ...(made ? [typed("points", source.n, (n) => lab.changeSource({ n: Math.round(n) }),
          { min: 10, max: 2000, step: 10 }),
          ...(source.unit ? [chooser("inputs", [["", "as they are"], ["scaled", "on one scale"]],
            source.scaled ? "scaled" : "", (scaled) => lab.changeSource({ scaled: Boolean(scaled) }))] : []),
          typed("noise", source.noise, (noise) => lab.changeSource({ noise }), { min: 0, max: 2, step: 0.05 })] : []),
        ...(all.held ? [] : [typed("held-out share", source.share, (share) => lab.changeSource({ share }),
          { min: 0, max: 0.9, step: 0.05 }),
          typed("data seed", source.seed, (seed) => lab.changeSource({ seed: Math.round(seed) }),
            { min: 0, max: 1e9, step: 1 })]),
        ...(all.view || (all.X[0].length === 1 && !all.classes) ? [] : [click]),
        make("label", {}, "a file: table, state, model", file),
        message),
      make("fieldset", {}, make("legend", {}, "Network"),
        make("div", { class: "buttons" },
          make("button", { type: "button", id: "layer-less", click: () => lab.removeLayer() }, "− layer"),
          make("output", {}, `${lab.hidden.length} hidden`),
          make("button", { type: "button", id: "layer-more", click: () => lab.addLayer() }, "+ layer")),
        typed("seed", settings.seed, (seed) => lab.change({ seed: Math.round(seed) }), { min: 0, max: 1e9, step: 1 }),
        make("output", { id: "size" }, `${counted(lab.trainer.count, "parameter")}`)),
      make("fieldset", {}, make("legend", {}, "Training"),
        chooser("loss", lossesFor(all.classes).map((name) => [name, LOSSES[name]]), lab.loss,
          (loss) => lab.changeLoss(loss)),
        chooser("optimizer", [["sgd", "SGD"], ["adam", "Adam"], ["adamw", "AdamW"]], settings.optimizer,
          (optimizer) => lab.change({ optimizer })),
        typed("learning rate", settings.lr, (lr) => lab.change({ lr }), { min: 0, max: 1000 }),
        ...(settings.optimizer === "sgd"
          ? [typed("momentum", settings.momentum, (momentum) => lab.change({ momentum }), { min: 0, max: 0.999 })]
          : []),
        typed("batch size", settings.batch, (batch) => lab.change({ batch: Math.round(batch) }),
          { min: 0, max: 2000, step: 1, title: "0: all rows" }),
        typed("weight decay (L2)", settings.weightDecay, (weightDecay) => lab.change({ weightDecay }),
          { min: 0, max: 10 }),
        typed("L1 penalty", settings.l1, (l1) => lab.change({ l1 }), { min: 0, max: 10 }),
        typed("dropout", settings.dropout, (dropout) => lab.change({ dropout }),
          { min: 0, max: 0.95, step: 0.1, title: DROPOUT }),
        ...(settings.dropout ? [make("p", { class: "note", id: "dropout-note" }, DROPOUT)] : [])));
  }

  // `choice` is what the reader has chosen of a table, as `readTable` takes it.
  async function bring(file, choice = {}) {
    let text = "";
    const more = (offered) => () => (offered ? offersOf(text, offered, choice, (next) => bring(file, next)) : []);
    try {
      if (file.size > 5e6) throw new Error(
        "a table of at most 5 MB can be shown here; glassgrad train reads larger ones");
      const found = decoded(new Uint8Array(await file.arrayBuffer()));
      ({ text } = found);
      if (/\.json$/i.test(file.name)) {
        takeIn(lab, text);
        const most = Math.max(...lab.hidden.map(({ neurons }) => neurons), 0);
        say(`${file.name}: ${lab.trainer.count} parameters, ${lab.all.X.length} rows${most > 64
          ? `; a layer has ${most} neurons, as where several networks were averaged into one: their average is what `
          + "answers here, and glassgrad train --ensemble 1 trains one alone" : ""}`, "taken");
        return;
      }
      const { notes, offered, ...table } = readTable(text, choice);
      lab.bring(table);
      lab.source = { ...lab.source, set: "table", share: lab.source.share || 0.25 };
      lab.given = { ...lab.given, network: null };
      lab.build();
      say(`${file.name}: ${counted(lab.all.X.length, "row")}, ${counted(lab.all.names.length, "input")} on one scale`,
        "taken", [...notes, ...found.notes, ...chosenWords(choice)], more(offered));
    } catch (error) {
      say(`${file.name} was not taken: ${error.message}`, "refused", error.told, more(error.offered));
      // A file may have been dropped anywhere.
      if (!document.querySelector(".of-file")) message.scrollIntoView({ block: "nearest" });
    }
  }

  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) bring(event.dataTransfer.files[0]);
  });
  const browse = () => host.querySelector("input[type=file]").click(); // the dialog that chooses a file
  return { show, bring, browse };
}
