"""Compiled equals eager: random programs with branches, loops and shared parts, on single calls and batches."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd
from autograd import TABLE, Value, dot, jit, logsumexp, mean, prod, softmax
from autograd import max as max_of
from autograd import sum as sum_of

SMOOTH = ("exp", "tanh", "sigmoid", "sin", "softplus", "square", "relu", "abs", "cbrt", "erf", "silu", "gelu", "asinh")
KINDS = ("unary", "binary", "binary", "constant", "dot", "many", "branch", "loop", "layer")
numbers = st.floats(-3, 3).map(lambda x: 0.0 if abs(x) < 1e-3 else x)

points = st.lists(numbers, min_size=3, max_size=3)
pairs = st.lists(numbers, min_size=2, max_size=2)


@st.composite
def recipes(draw: Any) -> list[tuple[Any, ...]]:
    """Steps of a program: each makes one number from earlier ones; some branch on them."""
    steps = []
    for _ in range(draw(st.integers(1, 14))):
        kind = draw(st.sampled_from(KINDS))
        places = [draw(st.integers(0, 40)) for _ in range(4)]
        name = draw(st.sampled_from(SMOOTH))
        steps.append((kind, name, places, draw(numbers)))
    return steps


def run(steps: list[tuple[Any, ...]], inputs: list[Any]) -> Any:
    """The program on Values."""
    made = list(inputs)

    def at(place: int) -> Any:
        return made[place % len(made)]

    for kind, name, (a, b, c, d), number in steps:
        if kind == "unary":
            z = getattr(autograd, name)(at(a) * 0.5)
        elif kind == "binary":
            z = (at(a) + at(b), at(a) - at(b), at(a) * at(b), autograd.maximum(at(a), at(b)))[c % 4]
        elif kind == "constant":
            z = (at(a) + number, number * at(a), at(a) / (number or 1.0), at(a) ** 2, number - at(a))[c % 5]
        elif kind == "dot":
            z = dot([at(a), at(b), at(c)], [at(b), at(c), at(d)], start=at(a))
        elif kind == "many":
            items = [at(a), at(b), at(c)]
            z = (sum_of(items), mean(items), prod(items), logsumexp(items), max_of(items), softmax(items)[0])[d % 6]
        elif kind == "branch":
            z = at(b) * 2.0 if at(a) > number else at(c).tanh() if at(a) > at(b) else at(d) + 1.0
        elif kind == "loop":
            z, k = at(a), 0
            while z < number and k < 5:
                z, k = z + 1.0, k + 1
        else:
            row = [at(a), at(b), at(c)]
            hidden = [sum((w * x for w, x in zip(inputs[:3], row, strict=False)), at(j)).tanh() for j in (a, b, c, d)]
            z = sum(h * h for h in hidden)
        made.append(z)
    return made[-1]


def close(x: float, y: float, scale: float = 1.0) -> bool:
    """Equal but for the order of additions: a few ulp of the largest number on the way, which `scale` stands for."""
    if math.isnan(x) or math.isnan(y):
        return math.isnan(x) and math.isnan(y)
    return x == y or abs(x - y) <= 1e-9 * max(abs(x), abs(y), scale)


def gradients_of(result: Value, leaves: list[Value]) -> list[float]:
    for leaf in leaves:
        leaf.grad = 0.0
    result.backward()
    return [leaf.grad for leaf in leaves]


@given(recipes(), st.lists(points, min_size=1, max_size=4), pairs)
@settings(max_examples=60, deadline=None)
def test_single_calls_equal_eager_also_when_branches_change(steps, points, weights):
    parameters = [Value(w) for w in weights]
    f = jit(lambda x: run(steps, [*x, *parameters]))
    for k, point in enumerate(points):
        parameters[0].data = weights[0] + k
        given_values = [Value(x) for x in point]
        eager = run(steps, [*given_values, *parameters])
        fast = f(given_values)
        assert close(fast.data, eager.data)
        if math.isfinite(eager.data):
            wanted = gradients_of(eager, [*given_values, *parameters])
            found = gradients_of(fast, [*given_values, *parameters])
            assert all(close(a, b, max(1e-3, *map(abs, wanted))) for a, b in zip(found, wanted, strict=True))


@given(recipes(), st.lists(points, min_size=1, max_size=30), pairs)
@settings(max_examples=60, deadline=None)
def test_batches_equal_eager_also_when_rows_take_different_branches(steps, rows, weights):
    parameters = [Value(w) for w in weights]
    f = jit(lambda x: run(steps, [*x, *parameters]))
    eager = [run(steps, [Value(x) for x in row] + parameters) for row in rows]
    mapped = f.map(np.array(rows))
    assert all(close(a, b.data) for a, b in zip(mapped, eager, strict=True))
    together, fast = mean(eager), f.mean(np.array(rows))
    largest = max(abs(x.data) for x in eager)
    assert close(fast.data, together.data, largest)
    if math.isfinite(together.data):
        wanted, found = gradients_of(together, parameters), gradients_of(fast, parameters)
        each = [gradients_of(run(steps, [Value(x) for x in row] + parameters), parameters) for row in rows]
        scale = max(1e-3, *[abs(g) for gs in each for g in gs])  # terms of about 1 may cancel within a row too
        assert all(close(a, b, scale) for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if row.public and not row.reduction))
def test_every_operation_of_the_table_gives_the_same_in_the_machine(name):
    row = TABLE[name]
    rng = np.random.default_rng(3)
    points = rng.uniform(-2, 2, size=(19, len(row.operands)))
    operation = _operation(name, len(row.operands))
    f = jit(lambda x: operation(*x))
    for point in points[:4].tolist():
        leaves = [Value(x) for x in point]
        eager, fast = operation(*leaves), f(leaves)
        assert close(fast.data, eager.data)
        wanted, found = gradients_of(eager, leaves), gradients_of(fast, leaves)
        assert all(close(a, b, 0.0) for a, b in zip(found, wanted, strict=True))
    assert all(close(a, operation(*map(Value, p)).data) for a, p in zip(f.map(points), points.tolist(), strict=True))


def _operation(name: str, operands: int) -> Any:
    from autograd.differentiation import nodes
    from autograd.generated import kernels

    code = kernels.NAMES.index(name)
    if operands == 1:
        return lambda x: nodes.apply_unary(code, x)
    if operands == 2:
        return lambda x, y: nodes.apply_binary(code, x, y)
    return {"clip": lambda x, lo, hi: autograd.clip(x, lo - 5.0, hi + 5.0), "where": autograd.where}[name]


def test_what_only_a_branch_looks_at_has_no_gradient():
    def f(x):
        overflown = x
        for _ in range(6):
            overflown = autograd.exp(overflown * 40.0)
        return x + 1.0 if overflown > 0 else x * 3.0

    x = Value(0.5)
    jit(f)(x).backward()
    assert x.grad == 1.0  # not 1 + 0 * inf


PRODUCTS = {
    "one operand in all places": lambda S, C, x: [
        autograd.dot(S[i : i + 3], [C[0] * x] * 3, start=S[0]) for i in range(5)
    ],
    "only the start comes from the row": lambda S, C, x: [autograd.dot([s], [C[0]], start=C[1] * x) for s in S],
    "windows": lambda S, C, x: [autograd.dot([s * x for s in S[i : i + 3]], C[:3], start=S[0]) for i in range(5)],
    "squares": lambda S, C, x: [autograd.dot(S[i : i + 3], S[i : i + 3], start=S[i] * x) for i in range(5)],
    "backwards": lambda S, C, x: [autograd.dot(S[i : i + 3][::-1], [c * x for c in C[:3]]) for i in range(5)],
}


@pytest.mark.parametrize("name", PRODUCTS)
def test_dot_products_of_operands_that_lie_anyhow(name):
    S, C = [Value(0.3 * k - 1.0) for k in range(8)], [Value(0.5 + 0.7 * k) for k in range(4)]
    rows = [0.5, -1.0, 2.0, 3.0, -0.25]

    def f(x: Any) -> Any:
        return sum_of([z * z.tanh() for z in PRODUCTS[name](S, C, x)])

    fast = jit(f)
    eager = sum_of([f(Value(x)) for x in rows])
    wanted = gradients_of(eager, [*S, *C])
    for result in (fast.sum(np.array(rows)), sum_of([fast(x) for x in rows])):
        assert result.data == pytest.approx(eager.data, rel=1e-12)
        assert gradients_of(result, [*S, *C]) == pytest.approx(wanted, rel=1e-11, abs=1e-13)
