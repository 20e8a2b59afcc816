"""From the recording of a function to the recording of a transform of it: gradient, jacobian, hessian.

Each is a graph made of the function's graph, with the same guards, and runs like any other. Where a derivative comes
out as nan and the function selects, the same is made once more `exact`: see differentiating.py.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograd.differentiation.sparsity import (
    Rows,
    Sweeps,
    dependencies,
    hessian_sweeps,
    jacobian_sweeps,
    matrix,
    refilled,
)
from autograd.differentiation.structure import NUMBER, Structure, blocks, put_together, taken_apart, tuple_of
from autograd.generated.kernels import NAMES
from autograd.jit.passes.differentiating import Derivation
from autograd.jit.passes.graph import CAPTURED, INPUT
from autograd.jit.recording.recordings import Recording

DETACH = NAMES.index("detach")


class Answer:
    """How the results of a transform are put together; see `Results` in nesting.py.

    Attributes:
        structure: their nesting.
        outputs: for `by_operand` the nesting of the function's results. operands: the Values that the columns are of.
    """

    __slots__ = ("operands", "outputs", "structure")

    def __init__(self, structure: Structure):
        self.structure = structure
        self.operands: tuple[Any, ...] = ()
        self.outputs: Any = None

    def make(self, values: list[float]) -> Any:
        return put_together(self.structure, values)

    def of_array(self, values: Any) -> Any:
        """The same from an array of the numbers, as long as they go into arrays, and a number before one."""
        structure = self.structure
        if structure.kind == "array":
            return values[: structure.size].reshape(structure.keys)
        return float(values[0]), values[1:].reshape(structure.all_parts()[1].keys)

    def takes_array(self) -> bool:
        kinds = [part.kind for part in self.structure.all_parts()]
        return self.structure.kind == "array" or (self.structure.kind is tuple and kinds == ["number", "array"])


class SparseAnswer(Answer):
    """The same for a sparse matrix."""

    __slots__ = ("pattern",)

    def __init__(self, sweeps: Sweeps):
        super().__init__(tuple_of([NUMBER] * len(sweeps.entries)))
        self.pattern = matrix(sweeps, [0.0] * len(sweeps.entries))

    def make(self, values: list[float]) -> Any:
        return self.of_array(np.array(values))

    def of_array(self, values: Any) -> Any:
        return refilled(self.pattern, values[: self.structure.size])

    def takes_array(self) -> bool:
        return True


def transformed(
    recording: Recording, name: str, places: tuple[range, ...], argument: Structure, exact: bool = False
) -> tuple[Recording, bool]:  # fmt: skip
    """The recording of the transform `name` in the direction of the inputs at these places, and whether it selects.

    Arguments:
        argument: the structure of these inputs together.

    Kept with the recording.
    """
    key = (name, places, argument, exact)
    found = recording.derivatives.get(key)
    if found is None:
        found = recording.derivatives[key] = _MAKERS[name](recording, places, argument, exact)
    return found


def _start(recording: Recording, places: tuple[range, ...], exact: bool) -> tuple[Derivation, list[Any]]:
    chosen = [place for span in places for place in span]
    wanted = [0] * recording.inputs
    for place in chosen:
        wanted[place] = 1
    return Derivation(recording.graph, wanted, False, exact), [(INPUT, place) for place in chosen]


def _finish(recording: Recording, graph: Any, answer: Answer, selects: bool) -> tuple[Recording, bool]:
    made = recording.derived(graph, 0, ())
    made.results = answer
    return made, selects


def _gradient(value: bool) -> Any:
    def make(recording: Recording, places: tuple[range, ...], argument: Structure, exact: bool) -> Any:
        d, leaves = _start(recording, places, exact)
        (root,) = recording.graph.roots
        adjoints = d.reverse([root], [d.number(1.0)], leaves)
        roots = [d.node_of(root), *adjoints] if value else adjoints
        answer = Answer(tuple_of([NUMBER, argument]) if value else argument)
        return _finish(recording, d.finished(roots or [d.number(0.0)], True), answer, d.selects)

    return make


def _jacobian(recording: Recording, places: tuple[range, ...], argument: Structure, exact: bool) -> Any:
    d, leaves = _start(recording, places, exact)
    roots, one, outputs = recording.graph.roots, d.number(1.0), recording.results.structure
    m, n = outputs.size, len(leaves)
    if m <= n:
        rows = [d.reverse([root], [one], leaves) for root in roots[:m]]
    else:
        columns = [d.forward([leaf], [one], roots[:m]) for leaf in leaves]
        rows = [list(row) for row in zip(*columns, strict=True)]
    entries, structure = _matrix(outputs, argument, rows)
    return _finish(recording, d.finished(entries or [one], True), Answer(structure), d.selects)


def _hessian(recording: Recording, places: tuple[range, ...], argument: Structure, exact: bool) -> Any:
    d, leaves = _start(recording, places, exact)
    first = d.finished(d.reverse(recording.graph.roots[:1], [d.number(1.0)], leaves) or [d.number(0.0)], True)
    e = Derivation(first, [int(any(k in span for span in places)) for k in range(recording.inputs)], False)
    one, n = e.number(1.0), len(leaves)
    columns = [e.forward([leaf], [one], first.roots[:n]) for leaf in leaves]
    entries, structure = _matrix(argument, argument, [[column[i] for column in columns] for i in range(n)])
    return _finish(recording, e.finished(entries or [one], True), Answer(structure), d.selects)


def _sparse_jacobian(recording: Recording, places: tuple[range, ...], argument: Structure, exact: bool) -> Any:
    d, leaves = _start(recording, places, exact)
    roots, one = recording.graph.roots[: recording.results.structure.size], d.number(1.0)
    sweeps = jacobian_sweeps(_dependencies(recording.graph, leaves, roots), len(leaves))
    found = [d.forward([leaves[j] for j in group], [one] * len(group), roots) for group in sweeps.forward]
    found += [d.reverse([roots[i] for i in group], [one] * len(group), leaves) for group in sweeps.reverse]
    return _finish_sparse(recording, d, sweeps, found, d.selects)


def _sparse_hessian(recording: Recording, places: tuple[range, ...], argument: Structure, exact: bool) -> Any:
    d, leaves = _start(recording, places, exact)
    first = d.finished(d.reverse(recording.graph.roots[:1], [d.number(1.0)], leaves) or [d.number(0.0)], True)
    e = Derivation(first, [int(any(k in span for span in places)) for k in range(recording.inputs)], False)
    one, roots = e.number(1.0), first.roots[: len(leaves)]
    sweeps = hessian_sweeps(_dependencies(first, leaves, roots))
    found = [e.forward([leaves[j] for j in group], [one] * len(group), roots) for group in sweeps.forward]
    return _finish_sparse(recording, e, sweeps, found, d.selects)


def _finish_sparse(recording: Recording, d: Derivation, sweeps: Sweeps, found: Any, selects: bool) -> Any:
    entries = [found[k][place] for k, place in sweeps.entries]
    return _finish(recording, d.finished(entries or [d.number(0.0)], True), SparseAnswer(sweeps), selects)


def _dependencies(graph: Any, leaves: list[Any], roots: list[int]) -> Rows:
    """Which of the leaves each of the roots depends on."""
    op, first, args = graph.op, graph.first, graph.args
    operands = [args[first[i] : first[i + 1]] if op[i] > 0 and op[i] != DETACH else () for i in range(len(op))]
    places = {place: k for k, (_, place) in enumerate(leaves)}
    variables = {i: places[args[first[i]]] for i in range(len(op)) if op[i] == INPUT and args[first[i]] in places}
    return dependencies(operands, variables, roots)


def _matrix(outer: Structure, inner: Structure, rows: list[list[int]]) -> tuple[list[int], Structure]:
    """The entries of a matrix of nodes in the order in which the blocks of these structures hold them, and their
    structure."""
    entries = [entry for row in rows for entry in row]
    n = inner.size
    places = [[float(i * n + j) for j in range(n)] for i in range(outer.size)]
    order, structure = taken_apart(blocks(outer, inner, places), "a matrix")
    return [entries[int(k)] for k in order], structure


_MAKERS: dict[str, Any] = {
    "grad": _gradient(False), "value_and_grad": _gradient(True), "jacobian": _jacobian, "hessian": _hessian,
    "sparse_jacobian": _sparse_jacobian, "sparse_hessian": _sparse_hessian,
}  # fmt: skip


def by_operand(recording: Recording, numbers: list[Any], exact: bool = False) -> tuple[Recording, bool]:
    """The recording of each result's derivative in the direction of each captured Value and Value among the numbers."""
    found = recording.derivatives.get(("operand", exact))
    if found is None:
        d = Derivation(recording.graph, [int(k in recording.active) for k in range(recording.inputs)], True, exact)
        leaves = [(CAPTURED, k) for k in range(len(recording.captured))] + [(INPUT, k) for k in recording.active]
        one, m = d.number(1.0), recording.results.structure.size
        entries = [end for root in recording.graph.roots[:m] for end in d.reverse([root], [one], leaves)]
        answer = Answer(tuple_of([NUMBER] * len(entries)))
        answer.outputs = recording.results.structure
        found = _finish(recording, d.finished(entries or [one], True), answer, d.selects)
        recording.derivatives["operand", exact] = found
    found[0].results.operands = (*recording.captured, *(numbers[place] for place in recording.active))
    return found
