"""A computation graph as lists: nodes in topological order, inputs by index, and what each leaf is.

One decision: folding a graph of a million nodes must be a few linear passes, so everything here is a list indexed by
the node's place in the order; nothing is keyed by Values, whose equality compares numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autograd import Value, topological_order
from viz.graphs.unfolding import unfolded


@dataclass(frozen=True, slots=True)
class Diagram:
    """`sources[i]` are the places of node i's inputs; `kinds[i]` is input, parameter, operation or result.

    `names[i]` is the label; a weight or bias without one is called w[0], w[1], ... or b. `scopes[i]` is the scope path;
    a parameter without one takes that of the `dot` that uses it. `total` counts the engine's nodes, before unfolding.
    """

    nodes: list[Any]
    sources: list[tuple[int, ...]]
    kinds: list[str]
    names: list[str]
    scopes: list[str]
    total: int

    def place_of(self, node: Any) -> list[int]:
        """Where a Value, or every node with a label, stands."""
        if isinstance(node, str):
            return [i for i, other in enumerate(self.nodes) if other.label == node]
        return [i for i, other in enumerate(self.nodes) if other is node]

    def users(self) -> list[list[int]]:
        """For each node the places of the nodes that use it, one entry for each use."""
        users: list[list[int]] = [[] for _ in self.nodes]
        for i, sources in enumerate(self.sources):
            for j in sources:
                users[j].append(i)
        return users


def graph_of(value: Value, *, unfold: bool = False, parameters: Any = None, inputs: Any = None) -> Diagram:
    """The graph that `value` depends on.

    Which leaves are parameters: those in `parameters` (Values, or a model with `.parameters()`) when given; else all
    leaves but `inputs` when those are given; else the leaves made inside a scope, and those that serve as weight or
    start of `dot` nodes, never as what is weighted, which is what the networks of `nn` do with theirs. Outside of
    scopes, where a `dot` may be anyone's, only leaves without a label count. All other leaves are inputs.

    Raises TypeError when `value` is not a Value. Cost: linear, about 2 microseconds a node.
    """
    if not isinstance(value, Value):
        hint = "; draw one of its Values, or their sum" if isinstance(value, (list, tuple)) else ""
        if hasattr(value, "gradients_by_row"):
            hint = "; a recorded function is no graph yet: draw the answer of the plain function, f.__wrapped__(...)"
        raise TypeError(f"draw: the first argument must be a Value, got {type(value).__name__}{hint}")
    order = topological_order(value)
    nodes, stands_for = unfolded(order) if unfold else (order, {})
    place = {id(node): i for i, node in enumerate(nodes)}
    for identity, part in stands_for.items():
        place[identity] = place[id(part)]
    sources = [tuple([place[id(x)] for x in node.inputs]) for node in nodes]
    scopes = _shortened([node.scope for node in nodes])
    names = [node.label for node in nodes]
    kinds = ["operation" if node.op else "input" for node in nodes]
    if kinds[-1] == "operation":
        kinds[-1] = "result"
    leaves = [i for i, kind in enumerate(kinds) if kind == "input"]
    roles = _roles(order, place, known=parameters is not None or inputs is not None)
    for i in _parameter_places(nodes, leaves, scopes, roles, parameters, inputs):
        kinds[i] = "parameter"
        name, scope = roles.get(i, ("", ""))
        names[i] = names[i] or name
        scopes[i] = scopes[i] or scope
    return Diagram(nodes, sources, kinds, names, scopes, len(order))


def _shortened(scopes: list[str]) -> list[str]:
    """Scope paths with at most 12 parts and 500 characters, so that a hostile one cannot slow a picture down."""
    shorter = {scope: "/".join(scope[:500].split("/")[:12]) for scope in set(scopes)}
    return [shorter[scope] for scope in scopes]


def _parameter_places(
    nodes: list[Any],
    leaves: list[int],
    scopes: list[str],
    roles: dict[int, tuple[str, str]],
    parameters: Any,
    inputs: Any,
) -> list[int]:
    if parameters is not None:
        chosen = _identities(parameters, "parameters")
        return [i for i in leaves if id(nodes[i]) in chosen]
    if inputs is not None:
        chosen = _identities(inputs, "inputs")
        return [i for i in leaves if id(nodes[i]) not in chosen]
    return [i for i in leaves if scopes[i] or i in roles]


def _roles(order: list[Any], place: dict[int, int], *, known: bool) -> dict[int, tuple[str, str]]:
    """Of each leaf that `dot` nodes use as weight or start its name in them and its scope, if it has one.

    A leaf that is weighted anywhere, as inputs are, has no role. `known`: it is said elsewhere which leaves are
    parameters, so the names of all are wanted. Where there are scopes, uses outside of them, as in a penalty, do not
    count.
    """
    roles: dict[int, tuple[str, str]] = {}
    weighted: set[int] = set()
    scoped = any(node.op == "dot" and node.scope for node in order)
    for node in order:
        if node.op != "dot" or (scoped and not node.scope):
            continue
        scope = node.scope
        start, *pairs = node.operands
        if not (scoped or known) and any(isinstance(x, Value) and x.label for x in (start, *pairs[::2])):
            continue
        weighted.update([place[id(x)] for x in pairs[1::2] if id(x) in place])
        for k, x in enumerate((start, *pairs[::2])):
            i = place.get(id(x))
            if i is not None and not x.op:
                name, before = roles.get(i, (f"w[{k - 1}]" if k else "b", scope))
                roles[i] = name, scope if before == scope else ""
    return {i: role for i, role in roles.items() if i not in weighted}


def _identities(given: Any, argument: str) -> set[int]:
    found = given.parameters() if hasattr(given, "parameters") else given
    if isinstance(found, Value):
        found = (found,)
    found = list(found)
    for item in found:
        if not isinstance(item, Value):
            raise TypeError(f"draw: {argument} must hold Values, got {type(item).__name__}")
    return {id(item) for item in found}
