"""A recorded graph as groups of equal operations, each of which is one operation on vectors.

JAX takes some hundred microseconds for each operation of a program, so a graph of scalars cannot be handed to it as it
is. Operations of one depth do not depend on each other: those of one kind are computed together. What must not be
mixed are numbers of which one can be asked for without the other (0 times an infinite partial of the other would come
in), so a group's results lead to the same results of the function, and its operands come from the same arguments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograd.jit.passes.graph import CAPTURED, CONSTANT, INPUT
from autograd.operations import name_of
from autograd.primitives import TABLE

LINEAR = frozenset({"add", "sub", "neg", "sum", "mean", "dot", "identity", "detach"})  # which need no mask
# Partials that are finite where the operands are of ordinary size: what depends on these only may be mixed.
TAME = LINEAR | frozenset(
    "mul square relu leaky_relu abs sign sigmoid tanh softplus gelu gelu_tanh silu erf erfc sin cos atan asinh maximum "
    "minimum clip where max min take logsumexp floor ceil round trunc".split()
)
MOST_SETS = 64  # of results that groups are kept apart by


@dataclass(slots=True)
class Group:
    """Operations of one kind.

    Attributes:
        name: of the table's row. operands: for each operand of the row the nodes, (n,) or for reductions (n, k); (k,)
            where all share them. nodes: where the results belong.
        live: whether a derivative always arrives here: no selection is above.
        sources: where not, the shares that let one in: (group, operand); places: for each node the places among those,
            one behind another, the last standing for none.
    """

    name: str
    operands: list[np.ndarray]
    nodes: np.ndarray
    live: bool
    sources: list[tuple[int, int]] = field(default_factory=list)
    places: Any = None


@dataclass(slots=True)
class Grouped:
    """A graph in groups.

    Attributes:
        leaves: nodes of each piece of leaves: the constants, the captured Values, each argument's inputs.
        places: for the latter their places among the numbers, the captured Values, the inputs.
        groups: in an order in which operands come first. piece, offset: where each node's number lies.
    """

    leaves: list[np.ndarray]
    places: list[np.ndarray]
    groups: list[Group]
    piece: np.ndarray
    offset: np.ndarray


def grouped(graph: Any, spans: list[tuple[int, int]]) -> Grouped:
    """The groups of a graph whose arguments are the inputs at these spans (start, stop)."""
    op, first, args = np.array(graph.op), np.array(graph.first), np.array(graph.args)
    facts = _Facts(op, first, args, list(graph.roots), spans)
    leaves, places = facts.leaves(spans)
    together: dict[Any, list[int]] = {}
    for i in facts.operations:
        together.setdefault(facts.kind(i), []).append(i)
    by_depth = sorted(together.items(), key=lambda item: item[0][0])
    groups = [_group(op, nodes, facts) for _, nodes in by_depth]
    piece, offset = np.zeros(len(op), dtype=np.int64), np.zeros(len(op), dtype=np.int64)
    for k, nodes in enumerate([*leaves, *(group.nodes for group in groups)]):
        piece[nodes], offset[nodes] = k, np.arange(len(nodes))
    _connect(groups, piece - len(leaves), offset)
    return Grouped(leaves, places, groups, piece, offset)


def dead(name: str, k: int) -> bool:
    """Whether the row's derivative in the direction of operand k is 0 whatever the numbers."""
    if name == "take":
        return k == 0
    row = TABLE[name]
    return not row.reduction and row.partials[k] == "0"


def selecting(name: str, k: int) -> bool:
    """Whether the row may leave operand k without a share."""
    row = TABLE[name]
    return bool(row.selects) if row.reduction else row.operands[k] in row.selects.split()


class _Facts:
    """What is known of each node: its depth, which arguments it depends on, which results depend on it and how."""

    def __init__(self, op: Any, first: Any, args: Any, roots: list[int], spans: list[tuple[int, int]]):
        n = len(op)
        self.op, self.first, self.args = op.tolist(), first.tolist(), args.tolist()
        self.depth, self.depends = [0] * n, [0] * n
        self.results: list[int] = [0] * n
        self.live, self.wild = [False] * n, [False] * n
        self.names = {code: name_of(code) for code in set(self.op) if code > 0}
        self.operations = [i for i in range(n) if self.op[i] > 0]
        owner = {}
        for k, (start, stop) in enumerate(spans):
            owner.update(dict.fromkeys(range(start, stop), k))
        for i in range(n):
            if self.op[i] > 0:
                operands = self.operands(i)
                self.depth[i] = 1 + max(self.depth[x] for x in operands)
                self.wild[i] = self.names[self.op[i]] not in TAME or any(self.wild[x] for x in operands)
                for x in operands:
                    self.depends[i] |= self.depends[x]
            elif self.op[i] == CAPTURED:
                self.depends[i] = 1
            elif self.op[i] == INPUT:
                self.depends[i] = 2 << owner[self.args[self.first[i]]]
        self._look_back(roots)

    def _look_back(self, roots: list[int]) -> None:
        for bit, root in enumerate(roots):
            self.results[root] |= 1 << bit
            self.live[root] = True
        for i in reversed(self.operations):
            name = self.names[self.op[i]]
            for place, x in enumerate(self.operands(i)):
                self.results[x] |= self.results[i]
                k = operand_of(name, place)
                self.live[x] = self.live[x] or (self.live[i] and not selecting(name, k) and not dead(name, k))
        self.sets = len({self.results[i] for i in self.operations})

    def operands(self, i: int) -> list[int]:
        return self.args[self.first[i] : self.first[i + 1]]

    def kind(self, i: int) -> Any:
        """What operations must have in common to be computed together, their depth first."""
        name, operands = self.names[self.op[i]], self.operands(i)
        if TABLE[name].reduction:
            start = {"dot": 1, "take": 1}.get(name, 0)
            step = 2 if name == "dot" else 1
            parts = [operands[:start], operands[start::step], operands[start + 1 :: step] if step == 2 else []]
            depends = tuple([self._union(part) for part in parts])
        else:
            depends = tuple([self.depends[x] for x in operands])
        apart = self.results[i] if self.wild[i] and self.sets <= MOST_SETS else 0
        return self.depth[i], name, len(operands), depends, apart, self.live[i]

    def _union(self, nodes: list[int]) -> int:
        found = 0
        for x in set(nodes):
            found |= self.depends[x]
        return found

    def leaves(self, spans: list[tuple[int, int]]) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """The nodes of the leaves, and their places: constants, captured Values, each argument's inputs."""
        op = np.array(self.op)
        at = np.array([*self.args, 0])[np.array(self.first)[: len(op)]]
        pieces = [np.flatnonzero(op == CONSTANT), np.flatnonzero(op == CAPTURED)]
        inputs = np.flatnonzero(op == INPUT)
        pieces += [inputs[(at[inputs] >= start) & (at[inputs] < stop)] for start, stop in spans]
        pieces = [nodes[np.argsort(at[nodes], kind="stable")] for nodes in pieces]
        return pieces, [at[nodes] for nodes in pieces]


def operand_of(name: str, place: int) -> int:
    """Which of the row's operands stands at a place among a node's."""
    if name == "take":
        return min(place, 1)
    return 0 if TABLE[name].reduction else place


def _group(op: Any, nodes: list[int], facts: _Facts) -> Group:
    name = facts.names[int(op[nodes[0]])]
    table = np.array([facts.operands(i) for i in nodes])
    if not TABLE[name].reduction:
        operands = [table[:, k] for k in range(table.shape[1])]
    elif name == "dot":
        operands = [table[:, 0], *_shared(table[:, 1::2], table[:, 2::2])]
    elif name == "take":
        operands = [table[:, 0], table[:, 1:]]
    else:
        operands = [table]
    return Group(name, operands, np.array(nodes), facts.live[nodes[0]])


def _shared(xs: np.ndarray, ys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The factors of some products, the second ones once where all products have the same."""
    if (ys == ys[0]).all():
        return xs, ys[0]
    return (ys, xs[0]) if (xs == xs[0]).all() else (xs, ys)


def _connect(groups: list[Group], group_of: np.ndarray, offset: np.ndarray) -> None:
    """Tell the groups below selections which shares a derivative may come in by."""
    users: dict[int, list[tuple[int, int, int]]] = {}
    below = {int(i) for group in groups if not group.live for i in group.nodes}
    for u, group in enumerate(groups):
        for k, nodes in enumerate(group.operands if below else ()):
            if dead(group.name, operand_of(group.name, k)):
                continue
            for share, x in _shares(group, k, nodes):
                if x in below:
                    users.setdefault(x, []).append((u, k, share))
    for group in groups:
        if group.live:
            continue
        sources: dict[tuple[int, int], int] = {}
        start = 0
        for i in group.nodes.tolist():
            for u, k, _ in users.get(i, ()):
                if (u, k) not in sources:
                    sources[u, k] = start
                    start += shares(groups[u], k)
        rows = [sorted({sources[u, k] + share for u, k, share in users.get(i, ())}) for i in group.nodes.tolist()]
        width = max(1, *map(len, rows))
        group.sources = list(sources)
        group.places = np.array([row + [start] * (width - len(row)) for row in rows])


def shares(group: Group, k: int) -> int:
    """How many shares of operand k are told apart: one for each result, or one for each operand of each."""
    return group.operands[k].size if selecting(group.name, operand_of(group.name, k)) else len(group.nodes)


def _shares(group: Group, k: int, nodes: np.ndarray) -> Iterator[tuple[int, int]]:
    """Each share of operand k and the node that it goes to."""
    n = len(group.nodes)
    table = np.broadcast_to(nodes, (n, len(nodes))) if nodes.ndim == 1 and group.name == "dot" and k == 2 else nodes
    table = table.reshape(n, -1)
    each = selecting(group.name, operand_of(group.name, k))
    for i in range(n):
        for j, x in enumerate(table[i].tolist()):
            yield (i * table.shape[1] + j if each else i), x
