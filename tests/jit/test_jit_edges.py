"""A recorded function at the edges (infinities, nan, zeros of both signs) gives the eager numbers and derivatives."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from test_edge_cases import program, rows, same

import autograd
from autograd import Value, clip, dot, exp, gradients, jit, where

EDGES = (0.0, -0.0, 1.0, -1.0, 0.5, -3.0, 1e308, 710.0, math.inf, -math.inf, math.nan)

CHOICES: dict[str, Callable[[Any, Any], Any]] = {
    "the first where it is defined": lambda x, y: where(x > 0, autograd.log(x), y * 2),
    "the second where it is defined": lambda x, y: where(x > 0, y * 3, autograd.log(x) * y),
    "by a Value": lambda x, y: where(x, autograd.log(x), autograd.sqrt(y)),
    "both undefined in turn": lambda x, y: where(x > y, autograd.sqrt(x - y), autograd.sqrt(y - x)),
    "one in another": lambda x, y: where(x > 0, where(y > 0, autograd.log(x * y), x), x / y),
    "by branching": lambda x, y: autograd.log(x) if x > 0 else y * y,
    "softmax": lambda x, y: autograd.softmax([x, y, x * y])[2] * y,
    "logsumexp": lambda x, y: autograd.logsumexp([x, y]) - x,
    "max": lambda x, y: autograd.max([x, y, 1.0]),
    "clip": lambda x, y: autograd.clip(x, -1.0, abs(y)),
    "prod": lambda x, y: autograd.prod([x, y, x]),
    "detach": lambda x, y: (x * y).detach() * x,
    "products with 0 and 1": lambda x, y: x * 0.0 + y * 1.0 - 0.0,
    "differences of equals": lambda x, y: (x - x) + x / x * y,
}


def derivatives(f: Callable[[list[Any]], Any], at: list[float]) -> tuple[float, list[float], list[float]]:
    """The number, the gradient by backward(), and the derivatives of the gradient in all directions."""
    leaves = [Value(x) for x in at]
    z = f(leaves)
    if type(z) is not Value:
        return z, [0.0] * len(at), [0.0] * len(at) ** 2
    z.backward()
    gradient = autograd.gradients(f(leaves), leaves)
    second = [float(d) for g in gradient for d in (autograd.gradients(g, leaves) if type(g) is Value else [0.0])]
    return z.data, [leaf.grad for leaf in leaves], second


def assert_equal_to_eager(f: Callable[..., Any], fast: Any, at: list[float]) -> None:
    eager, recorded = derivatives(lambda xs: f(*xs), at), derivatives(fast, at)
    assert same(recorded[0], eager[0])
    both = zip(recorded[1], eager[1], strict=True)
    assert all(same(a + 0.0, b + 0.0) for a, b in both), f"{recorded}, wanted {eager}"
    # second derivatives are sums in another order, of terms that may cancel: to the digits of the largest of them
    largest = max((abs(x) for x in eager[2] if math.isfinite(x)), default=0.0)
    assert recorded[2] == pytest.approx(eager[2], rel=1e-12, abs=1e-13 * max(1.0, largest), nan_ok=True)
    assert all(same(x, eager[0]) for x in fast.map(np.array([at, at])))


@pytest.mark.parametrize("row", rows("program"))
def test_a_recorded_operation_at_the_edge_is_the_eager_one(row):
    f = program(row)
    assert_equal_to_eager(f, jit(lambda xs: f(*xs)), [float(x) for x in row["inputs"]])


@pytest.mark.parametrize("name", CHOICES)
def test_what_is_not_chosen_takes_no_part_in_a_recording_either(name):
    f = CHOICES[name]
    fast = jit(lambda xs: f(*xs))
    for at in itertools.product(EDGES, repeat=2):
        assert_equal_to_eager(f, fast, list(at))


ENDLESS = {
    "maximum": lambda x, y: autograd.maximum(x, y),
    "where": lambda x, y: where(x > y, x, y * y),
    "clip": lambda x, y: clip(x, 0.0, 1.0) + y,
    "relu": lambda x, y: autograd.relu(y - x) + x,
    "max": lambda x, y: autograd.max([x, y]),
    "several results": lambda x, y: [autograd.maximum(x, y), x * y],
}


@pytest.mark.parametrize("gradient", [math.inf, -math.inf, math.nan])
@pytest.mark.parametrize("name", ENDLESS)
def test_no_gradient_however_large_arrives_at_what_was_not_chosen(name, gradient):
    f = ENDLESS[name]
    for once_more in (1.0, 2.0):  # the operands are leaves, or results
        found = []
        for g in (f, jit(f)):
            for way in ("backward", "gradients"):
                leaves = [Value(2.0), Value(1.0)]
                z = g(*(leaves if once_more == 1.0 else [x * once_more for x in leaves]))
                z = (z[0] if isinstance(z, list) else z) * gradient
                if way == "backward":
                    z.backward()
                found.append([x.grad for x in leaves] if way == "backward" else [y.data for y in gradients(z, leaves)])
        assert all(same(a, b) for given in found[1:] for a, b in zip(given, found[0], strict=True)), found


CUT = {
    "one dot": lambda w, v, u, x: dot([w, v, w * v], [v, clip(exp(u), 0.0, 1.0), x]) + w * x,
    "sums of products": lambda w, v, u, x: w * v + clip(exp(u), 0.0, 1.0) * w + v * x + x * w,
    "of intermediate results": lambda w, v, u, x: dot([v * v, w, clip(exp(u), 0.0, 1.0)], [w, w * x, v * v]),
}


@pytest.mark.parametrize("name", CUT)
def test_beside_an_infinity_that_was_not_chosen_every_other_share_arrives(name):
    for u in (800.0, -0.5):
        eager, recorded = ([Value(2.0), Value(3.0), Value(u)] for _ in range(2))
        CUT[name](*eager, 1.5).backward()
        jit(lambda x, recorded=recorded: CUT[name](*recorded, x))(1.5).backward()
        assert [v.grad for v in recorded] == pytest.approx([v.grad for v in eager], rel=1e-14)
