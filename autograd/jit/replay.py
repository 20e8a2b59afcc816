"""A recorded function's operations as ordinary nodes again, for those who differentiate its result once more.

The fused node keeps what it was computed from. Where its partials are wanted as Values, the operations are made on its
operands and differentiated; that costs what eager code costs.
"""

from __future__ import annotations

from typing import Any

from autograd import value as engine
from autograd.jit.graph import CONSTANT, INPUT, Graph
from autograd.jit.machine import recipe_of
from autograd.jit.recordings import Recipe
from autograd.kernels import (
    CLIP,
    DETACH,
    DOT,
    IDENTITY,
    LOGSUMEXP,
    MAX,
    MEAN,
    MIN,
    POWC,
    PROD,
    SUM,
    TAKE,
    WHERE,
)
from autograd.reductions import clip, dot, logsumexp, mean, prod, where
from autograd.reductions import max as max_of
from autograd.reductions import min as min_of
from autograd.reductions import sum as sum_of
from autograd.value import Value


def made(recipe: Recipe, operands: list[Any]) -> tuple[Any, float]:
    """The result, computed in nodes from these operands, and the size of the largest number on the way."""
    call = recipe.call
    if call.n is None:
        return _of_numbers(recipe, call.numbers[:], operands)
    rows = range(call.n) if recipe.rows is None else recipe.rows.tolist()
    each = [_of_numbers(recipe, call.row(row), operands) for row in rows]
    return sum_of([result for result, _ in each]) * recipe.seed, sum(size for _, size in each) * recipe.seed


def _of_numbers(recipe: Recipe, inputs: list[Any], operands: list[Any]) -> tuple[Any, float]:
    recording = recipe.recording
    captured = operands[: len(recording.captured)]
    for place, x in zip(recording.active, operands[len(captured) :], strict=True):
        inputs[place] = x
    nodes = replayed(recording.graph, inputs, captured)
    result = nodes[recording.graph.roots[recipe.root]]
    return result if type(result) is Value else Value(result), max(abs(engine.data_of(x)) for x in nodes)


def partials_as_values(z: Value) -> list[Any]:
    """The partials of a recorded function's result in the direction of each operand, as Values."""
    from autograd.transforms import gradients

    recipe = recipe_of(z)
    if recipe is None:
        raise NotImplementedError(
            "a copy of a recorded function's result knows its derivative as a number only; differentiate the original"
        )
    operands = [engine.apply_unary(IDENTITY, x) for x in z.operands]
    result, size = made(recipe, operands)
    unit = 1e-3 if recipe.recording.settings.single else 1e-6  # far above what another order of additions makes
    if abs(result.data - z.data) > unit * size:
        raise RuntimeError(
            "the arrays or Values that a recorded function's result was computed from have other numbers by now: "
            f"it was {z.data!r} and would be {result.data!r}; differentiate it before changing them, or pass a copy"
        )
    return gradients(result, operands)


def replayed(graph: Graph, inputs: list[Any], captured: list[Any]) -> list[Any]:
    """The nodes of the graph, made anew on these inputs and Values."""
    made: list[Any] = []
    for i, op in enumerate(graph.op):
        if op > 0:
            made.append(_applied(op, [made[k] for k in graph.args[graph.first[i] : graph.first[i + 1]]]))
        else:
            place = graph.args[graph.first[i]]
            made.append(graph.numbers[place] if op == CONSTANT else inputs[place] if op == INPUT else captured[place])
    return made


_SEVERAL = {
    SUM: lambda xs: sum_of(xs[1:], xs[0]), MEAN: mean, PROD: prod, LOGSUMEXP: logsumexp, MAX: max_of, MIN: min_of,
}  # fmt: skip


def _applied(op: int, xs: list[Any]) -> Any:
    if op == DETACH:
        return xs[0].detach() if type(xs[0]) is Value else xs[0]
    if op == DOT:
        return dot(xs[1::2], xs[2::2], start=xs[0])
    if op in _SEVERAL:
        return _SEVERAL[op](xs)
    if op == CLIP:
        return clip(*xs)
    if op == WHERE:
        return where(*xs)
    if op == TAKE:
        return xs[1:][int(engine.data_of(xs[0]))]
    if not any(type(x) is Value for x in xs):
        xs = [Value(xs[0]), *xs[1:]]
    if op == POWC:
        return xs[0] ** engine.data_of(xs[1])
    return engine.apply_unary(op, xs[0]) if len(xs) == 1 else engine.apply_binary(op, *xs)
