// One operation as text: its formula and its local derivatives, with names or with numbers.
"use strict";

const MANY = 6;

const elided = (terms) =>
  terms.length <= MANY ? terms : [...terms.slice(0, 4), "…", terms[terms.length - 1]];

// Program text as it is written on a board.
const onBoard = (text) =>
  text.replaceAll("**", "^").replaceAll(" * ", " × ").replaceAll(" / ", " ÷ ").replaceAll(" - ", " − ");

// `texts` are the operands as they should appear, in the formula's order; `z` is the result.
function substitute(text, operands, texts, z) {
  const places = new Map(operands.map((name, k) => [name, texts[k]]));
  places.set("z", z);
  return onBoard(text.replace(/[A-Za-z_]\w*/g, (word) => (places.has(word) ? places.get(word) : word)));
}

function valueFormula(node, row, texts) {
  if (!row.reduction) return substitute(row.value, row.operands, texts, "z");
  const [start, ...rest] = texts;
  const [first] = node.operands;
  // A sum that starts at the constant 0 is written without it.
  const head = typeof first === "object" && first[0] === 0 ? [] : [start];
  switch (node.op) {
    case "dot": {
      const terms = [];
      for (let k = 0; k + 1 < rest.length; k += 2) terms.push(`${rest[k]} × ${rest[k + 1]}`);
      return elided([...head, ...terms]).join(" + ") || "0";
    }
    case "sum":
      return elided([...head, ...rest]).join(" + ") || "0";
    case "mean":
      return `(${elided(texts).join(" + ")}) ÷ ${texts.length}`;
    case "prod":
      return elided(texts).join(" × ");
    case "logsumexp":
      return `log(${elided(texts.map((text) => `exp(${text})`)).join(" + ")})`;
    case "norm":
      return `sqrt(${elided(texts.map((text) => `${text}²`)).join(" + ")})`;
    default:
      return `${node.op}(${elided(texts).join(", ")})`;
  }
}

// The local derivative of the result by operand number `k`.
function partialFormula(node, row, k, texts, z) {
  if (!row.reduction) return substitute(row.partials[k], row.operands, texts, z);
  switch (node.op) {
    case "dot":
      return k === 0 ? "1" : texts[k % 2 ? k + 1 : k - 1];
    case "mean":
      return `1 ÷ ${texts.length}`;
    case "prod":
      return "the product of the others";
    default:
      return substitute(row.partials[0], ["x", "n"], [texts[k], String(texts.length)], z);
  }
}
