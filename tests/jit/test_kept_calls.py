"""Recorded functions called with arguments of every kind, in every way, and transformed: what comes back, as kept."""

from __future__ import annotations

import copy
import math
import pickle
import re
import warnings
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from kept import same_as_kept, shown

import autograd
from autograd import Value, grad, hessian, jacobian, jit, value_and_grad

KEPT = Path(__file__).with_name("kept")
W = [Value(0.5), Value(-1.5)]
ROWS = np.array([[0.5, -1.0], [2.0, 0.25], [1.0, 1.0], [-2.0, 0.5]])


def told(x):
    """A result with its nesting and kinds."""
    if isinstance(x, Value):
        return f"V{x.data:.6g}"
    if isinstance(x, dict):
        return "{" + ", ".join(f"{key!r}: {told(item)}" for key, item in x.items()) + "}"
    if isinstance(x, (list, tuple)):
        ends = "[]" if isinstance(x, list) else "()"
        return f"{ends[0]}{', '.join(map(told, x))}{ends[1]}"
    if isinstance(x, np.ndarray):
        return f"{x.dtype}{x.shape} {[told(item) for item in x.ravel().tolist()]}"
    if hasattr(x, "toarray"):
        return f"sparse {told(x.toarray())}"
    return f"{type(x).__name__} {shown(x)}"


def tried(call, *given, **named):
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            found = told(call(*given, **named))
        except Exception as error:  # of whatever kind: it is kept which
            found = f"{type(error).__name__}: {error}"
    return "\n".join([found, *(f"    warned: {warning.message}" for warning in heard)])


def total(x):
    """The sum of all numbers in something nested."""
    if isinstance(x, dict):
        return sum((total(item) for item in x.values()), 0.0)
    if isinstance(x, (list, tuple)):
        return sum((total(item) for item in x), 0.0)
    if isinstance(x, np.ndarray):
        return sum((total(item) for item in x.ravel().tolist()), 0.0)
    return x * x if isinstance(x, (Value, float, int)) else 0.0


ARGUMENTS = {
    "number": 2.0, "int": 2, "True": True, "Value": Value(2.0), "numpy": np.float64(2.0), "int64": np.int64(2),
    "list": [1.0, 2.0],
    "tuple": (1.0, Value(2.0)), "nested": {"a": [1.0, (2.0, Value(3.0))], "b": {}}, "array": np.array([1.0, 2.0]),
        "matrix": np.ones((2, 2)),
    "integers": np.array([1, 2]), "booleans": np.array([True, False]), "of Values": np.array([Value(1.0), Value(2.0)],
        dtype=object),
    "scalar array": np.array(3.0), "float32": np.float32(0.5), "None": None, "text": "abc", "empty": [],
        "empty array": np.array([]),
    "nan": math.nan, "object": SimpleNamespace(a=1.0), "huge int": 10**400, "complex": 1j, "set": {1.0},
        "bytes": b"a", "slice": slice(1, 2),
    "mixed": [1.0, "a", None], "long": [0.5] * 20, "deep": [[[[[1.0]]]]],
}  # fmt: skip


def test_arguments_of_every_kind_are_taken_as_kept():
    lines = []
    for name, argument in ARGUMENTS.items():
        recorded = jit(total)
        lines.append(f"{name}: {tried(recorded, argument)}")
        lines.append(f"    again {tried(recorded, argument)}, {len(recorded.entries)} kinds")
        lines += [f"    {line}" for line in recorded.explain().split("\n") if line.startswith("called with")]
        lines.append(f"    gradient {tried(grad(recorded), argument)}")
    same_as_kept(clean("\n".join(lines)), KEPT / "arguments.txt")


def clean(text):
    return re.sub(r"0x\w+", "_", re.sub(r"\.py:\d+", ".py", text))


def f(x, y=2.0, *more, scale=1.0, **named):
    return [x * y * scale, sum(more, x), *(named[name] * x for name in named)]


def row(x, y=1.0):
    return (x[0] * W[0] + x[1] * W[1]).tanh() * y


def branching(x):
    return x[0] * 2.0 if x[0] > x[1] else {"a": x[1]}["a"] * W[0]


def weighted(weights, x):
    return (x[0] * weights[0] + x[1] * weights[1]).tanh() if x[0] > 0.0 else weights[0] * x[1]


def pair(x):
    return {"sum": x[0] + x[1], "parts": (x[0] * W[0], [x[1], 3.0])}


WAYS = {
    "plain": lambda: tried(jit(f), 1.0),
    "by name": lambda: tried(jit(f), x=1.0, y=3.0, scale=0.5, extra=2.0),
    "more": lambda: tried(jit(f), 1.0, 2.0, 3.0, 4.0),
    "without": lambda: tried(jit(f)),
    "too many names": lambda: tried(jit(row), ROWS[0], z=1.0),
    "map": lambda: tried(jit(row).map, ROWS),
    "map of a list": lambda: tried(jit(row).map, ROWS.tolist()),
    "map by two": lambda: tried(jit(row).map, ROWS, np.arange(4.0)),
    "map of other lengths": lambda: tried(jit(row).map, ROWS, np.arange(3.0)),
    "map of no rows": lambda: tried(jit(row).map, np.empty((0, 2))),
    "map of a number": lambda: tried(jit(row).map, 1.0),
    "map of pairs": lambda: tried(jit(pair).map, ROWS),
    "map of branches": lambda: tried(jit(branching).map, ROWS),
    "map by name": lambda: tried(jit(row).map, x=ROWS, y=np.ones(4)),
    "mean": lambda: tried(jit(row).mean, ROWS),
    "sum": lambda: tried(jit(row).sum, ROWS, np.arange(4.0)),
    "mean of pairs": lambda: tried(jit(pair).mean, ROWS),
    "mean of branches": lambda: tried(jit(branching).mean, ROWS),
    "mean of no rows": lambda: tried(jit(row).mean, np.empty((0, 2))),
    "sum of no rows": lambda: tried(jit(row).sum, np.empty((0, 2))),
    "gradients by row": lambda: tried(jit(weighted).gradients_by_row, W, ROWS),
    "gradients of nothing": lambda: tried(jit(row).gradients_by_row, ROWS),
    "float32": lambda: tried(lambda: np.round(jit(row, dtype="float32").map(ROWS), 4)),
    "another dtype": lambda: tried(lambda: jit(row, dtype="float16")),
    "no function": lambda: tried(lambda: jit(3)),
    "verify": lambda: tried(lambda: jit(row, verify="no")),
    "grad": lambda: tried(grad(jit(row)), ROWS[0]),
    "grad of a list": lambda: tried(grad(jit(row)), [0.5, 1.0]),
    "grad of nested": lambda: tried(grad(jit(total)), {"a": [1.0, (2.0,)], "b": np.array([3.0])}),
    "grad by the second": lambda: tried(grad(jit(row), argnums=1), ROWS[0], 2.0),
    "grad by both": lambda: tried(grad(jit(row), argnums=(0, 1)), ROWS[0], 2.0),
    "grad by none": lambda: tried(grad(jit(row), argnums=5), ROWS[0]),
    "grad of pairs": lambda: tried(grad(jit(pair)), ROWS[0]),
    "grad of branches": lambda: [tried(grad(jit(branching)), row) for row in ROWS[:2]],
    "grad mapped": lambda: tried(grad(jit(row)).map, ROWS),
    "value and grad": lambda: tried(value_and_grad(jit(row)), ROWS[0]),
    "value and grad mapped": lambda: tried(value_and_grad(jit(row)).map, ROWS),
    "jacobian": lambda: tried(jacobian(jit(pair)), ROWS[0]),
    "jacobian of a list": lambda: tried(jacobian(jit(lambda x: [a * x[0] for a in x])), [1.0, 2.0, 3.0]),
    "jacobian, wide": lambda: tried(jacobian(jit(lambda x: [x[0] * k for k in range(4)])), [1.0]),
    "jacobian mapped": lambda: tried(jacobian(jit(lambda x: [x[0] * x[1], x[0]])).map, ROWS),
    "sparse jacobian": lambda: tried(jacobian(jit(lambda x: [a * b for a, b in pairwise(x)]), sparse=True), [1.0,
        2.0, 3.0, 4.0]),
    "hessian": lambda: tried(hessian(jit(row)), ROWS[0]),
    "hessian of nested": lambda: tried(hessian(jit(lambda x: x["a"] * x["b"][0] * x["a"])), {"a": 2.0, "b": [3.0]}),
    "sparse hessian": lambda: tried(hessian(jit(lambda x: autograd.sum(a * a * b for a, b in pairwise(x))),
        sparse=True), [1.0, 2.0, 3.0]),
    "hessian of a constant": lambda: tried(hessian(jit(lambda x: x[0] * 0.0 + 1.0)), [1.0, 2.0]),
    "grad of a constant": lambda: tried(grad(jit(lambda x: Value(3.0))), [1.0, 2.0]),
    "grad twice": lambda: tried(grad(grad(jit(lambda x: x * x * x))), 2.0),
    "copied": lambda: tried(copy.deepcopy(jit(row)), ROWS[0]),
    "pickled": lambda: tried(pickle.loads(pickle.dumps(jit(row))), ROWS[0]),
    "repr": lambda: clean(repr(jit(row)) + repr(grad(jit(row))) + repr(jit(lambda x: x))),
    "name and doc": lambda: f"{jit(total).__name__} {jit(total).__doc__}",
}  # fmt: skip


def test_every_way_of_calling_answers_as_kept():
    text = "\n".join(f"{name}: {way()}" for name, way in WAYS.items())
    same_as_kept(clean(text), KEPT / "calls.txt")


def test_backward_through_recordings_reaches_the_kept_gradients():
    lines = []
    for name, loss in {
        "single": lambda: jit(row)(ROWS[0]), "mean": lambda: jit(row).mean(ROWS),
            "sum": lambda: jit(branching).sum(ROWS),
        "pairs": lambda: jit(pair).mean(ROWS)["parts"][0], "twice": lambda: jit(row).mean(ROWS) * jit(row)(ROWS[1]),
        "of arguments": lambda: jit(total)([W[0], W[1] * 2.0]),
    }.items():  # fmt: skip
        for w in W:
            w.grad = 0.0
        loss().backward()
        lines.append(f"{name}: {[shown(w.grad) for w in W]}")
    same_as_kept("\n".join(lines), KEPT / "gradients.txt")
