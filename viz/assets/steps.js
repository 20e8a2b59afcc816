// The steps of one forward and one backward pass, worked out once from the recorded graph.
"use strict";

// Nodes come inputs before users, so their order is the forward pass and its reverse the backward pass.
// Additions happen in the engine's order with the engine's arithmetic: the numbers are its numbers.
function listSteps(nodes) {
  const grads = nodes.map(() => 0);
  const results = nodes.filter((node) => node.op);
  const root = nodes[nodes.length - 1];
  const forward = results.map((node) => ({ phase: "forward", node }));
  const backward = [];
  grads[root.id] = 1;
  for (const node of [...results].reverse()) {
    const adds = node.inputs.map((target, k) => {
      const before = grads[target];
      const local = node.partials[k];
      grads[target] = before + grads[node.id] * local;
      return { target, k, local, before, part: grads[node.id] * local, after: grads[target] };
    });
    backward.push({ phase: "backward", node, grad: grads[node.id], adds });
  }
  return [{ phase: "start" }, ...forward, { phase: "seed", node: root }, ...backward, { phase: "end", grads }];
}
