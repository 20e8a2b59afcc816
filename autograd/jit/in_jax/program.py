# pyright: reportMissingImports=false
"""A recorded path as a JAX program: groups of operations computed one after another, on pieces of numbers.

Where operations lie below a selection, the numbers are computed once before, without derivatives, to find out which of
them are chosen: the others then take no part in the derivative. XLA computes what is the same only once.
"""

from __future__ import annotations

import functools
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from autograd.jit.in_jax.groups import LINEAR, MOST_SETS, Group, Grouped, dead, grouped, operand_of, selecting
from autograd.jit.in_jax.reductions import REDUCTIONS, chosen_among
from autograd.jit.in_jax.rows import both, chosen, row
from autograd.primitives import TABLE

_RELATIONS = (jnp.less, jnp.less_equal, jnp.greater, jnp.greater_equal, jnp.equal, jnp.not_equal)

FEW = 16  # numbers that are read one by one
SHORT = 8  # terms of sums that are added one by one, which XLA does in one loop with what stands around


class Reading:
    """Numbers read from pieces at places that are known: as a slice, or as rows of a matrix where they are in order."""

    __slots__ = ("index", "matrix", "pieces", "shape", "slice")

    def __init__(self, plan: Grouped, nodes: np.ndarray):
        pieces, offset = plan.piece[nodes].ravel(), plan.offset[nodes].ravel()
        self.shape = nodes.shape
        self.pieces = np.unique(pieces).tolist()
        starts, total = {}, 0
        for k in self.pieces:
            starts[k] = total
            total += _length(plan, k)
        index = np.array([starts[k] for k in pieces.tolist()], dtype=np.int64) + offset
        self.index: Any = index
        self.slice = _slice_of(index)
        self.matrix = None if self.slice or nodes.ndim == 1 else _matrix_of(index.reshape(nodes.shape), total)

    def __call__(self, numbers: list[Any]) -> Any:
        parts = [numbers[k] for k in self.pieces]
        line = parts[0] if len(parts) == 1 else jnp.concatenate(parts)
        if self.matrix is not None:
            start, rows, width, columns, turned = self.matrix
            found = line[start : start + rows * width].reshape(rows, width)[:, columns]
            return found.T if turned else found
        return _picked(line, self.index, self.slice).reshape(self.shape)


def _picked(line: Any, index: np.ndarray, place: slice | None) -> Any:
    """Numbers at places that are known: of a few each is a slice, which XLA joins with what is computed of it."""
    if place is not None:
        return line[place]
    if len(index) <= FEW:
        return jnp.concatenate([line[i : i + 1] for i in index.tolist()])
    return line[index]


def _matrix_of(index: np.ndarray, total: int) -> tuple[int, int, int, slice, bool] | None:
    """Where rows of numbers begin, how many there are and how far apart, which columns to take, and whether of the
    result rows are columns; None where the places have no such order."""
    for turned in (False, True):
        table = index.T if turned else index
        rows, columns = table.shape
        width = int(table[1, 0] - table[0, 0]) if rows > 1 else total
        step = int(table[0, 1] - table[0, 0]) if columns > 1 else 1
        first = int(table[0, 0])
        ordered = first + width * np.arange(rows)[:, None] + step * np.arange(columns)
        back = max(0, first + rows * width - total)  # so far the last row would end behind the numbers
        reach = back + (columns - 1) * step + 1
        if step > 0 and reach <= width and back <= first and (table == ordered).all():
            return first - back, rows, width, slice(back, reach, step), turned
    return None


def _slice_of(index: np.ndarray) -> slice | None:
    steps = np.diff(index)
    step = int(steps[0]) if len(steps) else 1
    if step <= 0 or (len(steps) and not (steps == step).all()):
        return None
    return slice(int(index[0]), int(index[-1]) + 1, step)


def _length(plan: Grouped, piece: int) -> int:
    if piece < len(plan.leaves):
        return len(plan.leaves[piece])
    return len(plan.groups[piece - len(plan.leaves)].nodes)


class Path:
    """One recorded path.

    Arguments:
        recording: of the path. spans: of each argument the places of its numbers, (start, stop).
    """

    def __init__(self, recording: Any, spans: list[tuple[int, int]]):
        graph = recording.graph
        self.recording, self.spans = recording, spans
        self.plan = plan = grouped(graph, spans)
        self.constants = np.array(graph.numbers)[plan.places[0]] if len(plan.places[0]) else np.zeros(0)
        self.readings = [[Reading(plan, nodes) for nodes in group.operands] for group in plan.groups]
        self.terms = [_terms(plan, group) for group in plan.groups]
        roots = np.array(graph.roots)
        few = len(roots) <= MOST_SETS
        self.roots = [Reading(plan, roots[k : k + 1]) for k in range(len(roots))] if few else [Reading(plan, roots)]
        numbers = np.array(graph.guards, dtype=np.int64).reshape(-1, 4)
        self.relations, self.answers = numbers[:, 0].tolist(), numbers[:, 3].astype(bool).tolist()
        self.compared = [Reading(plan, numbers[:, k]) for k in (1, 2)] if len(numbers) else []

    def leaves(self, captured: Any, arguments: list[Any]) -> list[Any]:
        """The pieces of leaves, from the numbers of the captured Values and of each argument."""
        _, places, *inputs = self.plan.places
        pieces = [jnp.asarray(self.constants), _taken(captured, places)]
        for (start, _), numbers, found in zip(self.spans, arguments, inputs, strict=True):
            pieces.append(_taken(numbers, found - start))
        return pieces

    def holds(self, leaves: list[Any]) -> Any:
        """Whether all of the path's comparisons have the answers that were recorded."""
        numbers = self.numbers([jax.lax.stop_gradient(piece) for piece in leaves])
        x, y = (reading(numbers) for reading in self.compared)
        asked = enumerate(zip(self.relations, self.answers, strict=True))
        return jnp.stack([_RELATIONS[relation](x[i], y[i]) == answer for i, (relation, answer) in asked]).all()

    def results(self, leaves: list[Any], taken: Any = None) -> Any:
        """The results, in vectors of one if there are few, so that none is asked for where another is.

        taken: whether anything counts, None for yes.
        """
        masks: list[Any] | None = None
        if self._is_below_selections():
            masks = self.masks(self.numbers([jax.lax.stop_gradient(piece) for piece in leaves]))
        numbers = self.numbers(leaves, masks, taken)
        return [reading(numbers) for reading in self.roots]

    def _is_below_selections(self) -> bool:
        return any(not group.live and group.name not in LINEAR for group in self.plan.groups)

    def numbers(self, leaves: list[Any], masks: list[Any] | None = None, taken: Any = None) -> list[Any]:
        """All pieces."""
        numbers = list(leaves)
        for k, (group, readings) in enumerate(zip(self.plan.groups, self.readings, strict=True)):
            mask = None if masks is None else masks[k]
            mask = mask if taken is None else both(mask, taken)
            terms = self.terms[k]
            if terms is not None:
                numbers.append(self._added_up(terms, numbers, mask))
                continue
            operands = [reading(numbers) for reading in readings]
            if TABLE[group.name].reduction:
                numbers.append(REDUCTIONS[group.name](mask, operands))
            else:
                numbers.append(row(group.name, mask, *operands))
        return numbers

    def _added_up(self, terms: list[list[Reading]], numbers: list[Any], mask: Any) -> Any:
        total: Any = None
        for factors in terms:
            found = [reading(numbers) for reading in factors]
            term = found[0] if len(found) == 1 else row("mul", mask, *found)
            total = term if total is None else total + term
        return total

    def masks(self, numbers: list[Any]) -> list[Any]:
        """For each group which of its results a derivative can arrive at, None for all."""
        groups, first = self.plan.groups, len(self.plan.leaves)
        masks: list[Any] = [None] * len(groups)
        entries: dict[tuple[int, int], Any] = {}
        for u in reversed(range(len(groups))):
            group = groups[u]
            if not group.live:
                found = [entries[source] for source in group.sources] + [jnp.zeros(1, dtype=bool)]
                line = jnp.concatenate(found)
                columns = [_picked(line, column, _slice_of(column)) for column in group.places.T]
                masks[u] = functools.reduce(jnp.logical_or, columns)
            for k in range(len(group.operands)):
                if not dead(group.name, operand_of(group.name, k)):
                    entries[u, k] = self._entry(u, k, masks[u], numbers, numbers[first + u])
        return masks

    def _entry(self, u: int, k: int, mask: Any, numbers: list[Any], z: Any) -> Any:
        """Which shares of a group's operand k a derivative goes through."""
        group: Group = self.plan.groups[u]
        n = len(group.nodes)
        if not selecting(group.name, operand_of(group.name, k)):
            return jnp.ones(n, dtype=bool) if mask is None else mask
        operands = [reading(numbers) for reading in self.readings[u]]
        if TABLE[group.name].reduction:
            found = chosen_among(group.name, k, operands, z)
        else:
            found = chosen(group.name, k, operands, z)
        found = jnp.broadcast_to(found, group.operands[k].shape)
        if mask is not None:
            found = found & (mask if found.ndim == 1 else mask[:, None])
        return found.reshape(-1)


def _terms(plan: Grouped, group: Group) -> list[list[Reading]] | None:
    """The factors of each term of a short sum, None for anything else."""
    if group.name not in ("sum", "dot") or group.operands[-1].shape[-1] > SHORT:
        return None
    if group.name == "sum":
        return [[Reading(plan, column)] for column in group.operands[0].T]
    start, xs, ys = group.operands
    ys = np.broadcast_to(ys, xs.shape)
    return [[Reading(plan, start)], *([Reading(plan, x), Reading(plan, y)] for x, y in zip(xs.T, ys.T, strict=True))]


def _taken(numbers: Any, places: np.ndarray) -> Any:
    if len(places) == numbers.shape[0] and (places == np.arange(len(places))).all():
        return numbers
    found = _slice_of(places) if len(places) else slice(0, 0)
    return numbers[places if found is None else found]
