// The Python program that does what was done on the page, to the same numbers.
"use strict";

import { parameterName } from "./trainer.js";

const LOSS_FUNCTIONS = { mse: "mse_loss", hinge: "hinge_loss", binary_cross_entropy: "binary_cross_entropy_with_logits",
  cross_entropy: "cross_entropy" };
const CLASSES = { sgd: "SGD", adam: "Adam", adamw: "AdamW" };

// Numbers and lists as Python writes them; JavaScript's shortest digits are Python's.
export function literal(x) {
  if (Array.isArray(x) || ArrayBuffer.isView(x)) return `[${Array.from(x, literal).join(", ")}]`;
  if (Number.isNaN(x)) return 'float("nan")';
  if (!Number.isFinite(x)) return x > 0 ? 'float("inf")' : 'float("-inf")';
  return Object.is(x, -0) ? "-0.0" : String(x);
}

const real = (x) => (Number.isInteger(x) && Math.abs(x) < 1e21 ? `${literal(x)}${Object.is(x, -0) ? "" : ".0"}`
  : literal(x));

const inCode = (network, place) =>
  "model." + parameterName(network, place).replace(/\.(\d+)/g, "[$1]");

function optimizerCall({ name, lr, momentum, weightDecay }) {
  const more = (momentum ? `, momentum=${real(momentum)}` : "")
    + (weightDecay || name === "adamw" ? `, weight_decay=${real(weightDecay)}` : "");
  return `${CLASSES[name]}(model.parameters(), lr=${real(lr)}${more})`;
}

const rowsText = (name, rows) => {
  const lines = [];
  for (let k = 0; k < rows.length; k += 4) lines.push("    " + rows.slice(k, k + 4).map(literal).join(", ") + ",");
  return `${name} = [\n${lines.join("\n")}\n]`;
};

export function pythonProgram(trainer) {
  const { network, loss, log, given, settings } = trainer;
  const used = new Set(["MLP"]);
  const body = [];
  const widths = network.layers.map((layer) => layer.neurons);
  const names = network.layers.map((layer) => `"${layer.activation}"`);
  let [X, y] = [null, null];
  const bring = (data) => {
    if (X === data) return;
    X = data;
    y = data.train.y.map((t) => (Array.isArray(t) ? t.map((one) => trainer.target(one)) : trainer.target(t)));
    body.push(rowsText("X", data.train.X), rowsText("y", y));
  };
  bring(trainer.firstData || trainer.data);
  const left = trainer.firstDropout ? `, dropout=${real(trainer.firstDropout)}` : "";
  body.push(`model = MLP(${network.inputs}, ${literal(widths)}, activation=[${names.join(", ")}], `
    + `seed=${settings.seed}${left})`);
  if (given) {
    body.push(rowsText("weights", Array.from(given)),
      "for parameter, weight in zip(model.parameters(), weights, strict=True):\n    parameter.data = weight");
  }
  const first = trainer.firstOptimizer || trainer.optimizer.settings;
  used.add(CLASSES[first.name]);
  body.push(`optimizer = ${optimizerCall(first)}`);
  let current = first;
  let dropout = trainer.firstDropout;
  for (const entry of log) {
    if (entry.kind === "data") bring(entry.data);
    if (entry.kind === "set") body.push(`${inCode(network, entry.place)}.data = ${real(entry.value)}`);
    if (entry.kind === "optimizer") {
      if (entry.name !== current.name || entry.momentum !== current.momentum) {
        used.add(CLASSES[entry.name]);
        if (entry.name !== current.name) body.push(`optimizer = ${optimizerCall(entry)}`);
        else body.push(`optimizer.momentum = ${real(entry.momentum)}`);
      }
      if (entry.name === current.name && entry.lr !== current.lr) body.push(`optimizer.lr = ${real(entry.lr)}`);
      if (entry.name === current.name && entry.weightDecay !== current.weightDecay) body.push(
        `optimizer.weight_decay = ${real(entry.weightDecay)}`);
      current = entry;
    }
    if (entry.kind === "dropout" && entry.dropout !== dropout) {
      dropout = entry.dropout;
      body.push(`model.dropout = ${real(dropout)}`);
    }
    if (entry.kind === "fit" && entry.epochs) {
      used.add("fit");
      const penalty = entry.l1 ? `, l1=${real(entry.l1)}` : "";
      body.push(`fit(model, X, y, loss="${loss}", optimizer=optimizer, epochs=${entry.epochs}, `
        + `batch_size=${entry.batch || "None"}, seed=${entry.seed}${penalty}, progress=False)`);
    }
    if (entry.kind === "batch") {
      used.add(LOSS_FUNCTIONS[loss]);
      body.push(`batch = ${literal(entry.places)}`, "optimizer.zero_grad()",
        ...(entry.dropout ? ["model.train()"] : []),
        `${LOSS_FUNCTIONS[loss]}([model(X[i]) for i in batch], [y[i] for i in batch]).backward()`,
        ...(entry.l1 ? [`for p in model.parameters():\n    p.grad += ${real(entry.l1)} * ((p.data > 0) - (p.data < 0))`]
          : []), "optimizer.step()", ...(entry.dropout ? ["model.eval()"] : []));
    }
  }
  used.add(LOSS_FUNCTIONS[loss]);
  body.push(`print("loss", ${LOSS_FUNCTIONS[loss]}([model(x) for x in X], y).data)`);
  const note = "# The same as on the page: the parameters of `model` are those shown there.";
  return `${note}\nfrom nn import ${[...used].sort().join(", ")}\n\n${body.join("\n")}\n`;
}

// The weights in the form that nn.load reads.
export function weightsText(trainer) {
  const { network, parameters, settings: { dropout } } = trainer;
  let [at, width] = [0, network.inputs];
  const layers = network.layers.map(({ neurons, activation }) => {
    const [weights, biases] = [[], []];
    for (let n = 0; n < neurons; n++) {
      weights.push(Array.from(parameters.subarray(at, at + width)));
      biases.push(parameters[at + width]);
      at += width + 1;
    }
    width = neurons;
    return { activation, weights, biases };
  });
  return JSON.stringify({ format: "glassgrad mlp 1", nin: network.inputs,
    nouts: network.layers.map((layer) => layer.neurons), layers, ...(dropout ? { dropout } : {}), metadata: {} }, null,
    1) + "\n";
}
