// The steps of one forward and one backward pass, and of the update that gradient descent makes of them, worked out
// once from the recorded graph.
"use strict";

// Nodes come inputs before users, so their order is a forward pass. Additions happen in the engine's order with the
// engine's arithmetic: the numbers are its numbers, to the last digit.
export function listSteps(nodes, updates) {
  const grads = nodes.map(() => 0);
  const results = nodes.filter((node) => node.op);
  const root = nodes[nodes.length - 1];
  const forward = results.map((node) => ({ phase: "forward", node }));
  grads[root.id] = 1;
  const backward = backwardOrder(nodes, root).map((node) => {
    const grad = grads[node.id];
    const adds = node.inputs.map((target, k) => {
      const before = grads[target];
      const local = node.partials[k];
      grads[target] = before + grad * local;
      return { target, k, local, before, part: grad * local, after: grads[target] };
    });
    return { phase: "backward", node, grad, adds };
  });
  const onward = updates ? [{ phase: "update", grads }, { phase: "again", grads }] : [];
  return [{ phase: "start" }, ...forward, { phase: "seed", node: root }, ...backward, { phase: "end", grads },
    ...onward];
}

// A node's turn comes when its last user has handed its share down; of several, the last to become ready goes first.
function backwardOrder(nodes, root) {
  const pending = nodes.map(() => 0);
  for (const node of nodes) for (const input of node.inputs) pending[input] += 1;
  const order = [];
  const ready = root.op ? [root] : [];
  while (ready.length) {
    const node = ready.pop();
    order.push(node);
    for (const input of node.inputs) {
      pending[input] -= 1;
      if (pending[input] === 0 && nodes[input].op) ready.push(nodes[input]);
    }
  }
  return order;
}
