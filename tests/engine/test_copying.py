"""Pickling and copying of graphs, of any depth."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from strategies import programs
from test_random_programs import on_values

import autograd
from autograd import (
    JitError,
    Value,
    detect_anomaly,
    grad,
    gradients,
    jit,
    jvp,
    record_source,
    topological_order,
)
from autograd.numbers import LostDerivativeError

COPIES = {
    "deepcopy": copy.deepcopy,
    **{f"pickle {p}": lambda x, p=p: pickle.loads(pickle.dumps(x, p)) for p in range(2, pickle.HIGHEST_PROTOCOL + 1)},
}


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
@given(program=programs())
def test_a_copy_is_the_same_graph_with_nothing_shared(copied, program):
    xs = [Value(x, label=f"x{i}") for i, x in enumerate(program.inputs)]
    root = program.results(on_values, xs)[-1]
    root.backward()
    other = copied(root)
    ours, theirs = topological_order(root), topological_order(other)
    assert not {id(z) for z in ours} & {id(z) for z in theirs}
    for a, b in zip(ours, theirs, strict=True):
        for name in ("data", "grad", "op", "partials", "label", "scope", "source"):
            assert getattr(a, name) == getattr(b, name), name
        assert [x.data if type(x) is Value else x for x in a.operands] == [
            x.data if type(x) is Value else x for x in b.operands
        ]
    for z in theirs:
        z.grad = 0.0
    other.backward()
    assert [z.grad for z in theirs if not z.op] == [z.grad for z in ours if not z.op]


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_leaves_stay_shared_between_what_is_copied_together(copied):
    x = Value(2.0)
    model, loss = copied(([x], x * 3))
    loss.backward()
    assert model[0].grad == 3.0
    assert x.grad == 0.0


@pytest.mark.parametrize("copied", [COPIES["deepcopy"], COPIES["pickle 5"]])
def test_a_graph_30000_deep_is_copied(copied):
    z = x = Value(1.0)
    for _ in range(30_000):
        z = z + 1.0
    other = copied(z)
    other.backward()
    assert other.data == 30_001.0
    assert topological_order(other)[0].grad == 1.0
    assert x.grad == 0.0


def test_labels_scopes_and_sources_are_copied():
    with autograd.scope("layer"), autograd.record_source():
        x = Value(1.0, label="w")
        z = x * 2
    other = copy.deepcopy(z)
    assert other.scope == "layer"
    assert other.source == z.source != ""
    assert other.inputs[0].label == "w"


def test_a_shallow_copy_of_a_leaf_is_another_leaf():
    x = Value(1.0)
    y = copy.copy(x)
    (y * 2).backward()
    assert (x.grad, y.grad) == (0.0, 2.0)


# ---- graphs with operations of the user's own


def loaded_elsewhere(graph, preparation):
    """What another process says of a pickled graph, after it has run the preparation: its output and its last line."""
    code = f"import pickle, sys, autograd; {preparation}; print(pickle.load(sys.stdin.buffer))"
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(graph), cwd=root, capture_output=True)
    return run.stdout.decode().strip(), (run.stderr.decode().strip().splitlines() or [""])[-1]


def test_a_graph_with_an_operation_of_the_users_own_is_loaded_where_that_is_known():
    formulas = ("x / (2 + fabs(x))", "2 / square(2 + fabs(x))")
    y = autograd.operation("pickled_softsign", *formulas)(Value(2.0)) * 3.0
    known = f"autograd.operation('pickled_softsign', *{formulas})"
    assert loaded_elsewhere(y, known) == ("Value(1.5, grad=0.0)", "")
    assert copy.deepcopy(y).data == 1.5
    for preparation, complaint in (
        ("0", "the operation 'pickled_softsign', which is not known here; before loading it, call autograd.operation("),
        ("autograd.operation('pickled_softsign', 'x / 2', '0.5')", "which is another one here, x / 2 for x / (2 + "),
    ):
        out, error = loaded_elsewhere(y, preparation)
        assert out == ""
        assert error.startswith("ValueError: the graph holds the operation")
        assert complaint in error


@dataclasses.dataclass
class Pair:
    first: Any
    second: Any


IN_OTHER_WAYS = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "deepcopy of a list": lambda x: copy.deepcopy([x, {"x": x}])[1]["x"],
    "deepcopy of an array": lambda x: copy.deepcopy(np.array([x]))[0],
    "copy of an array": lambda x: np.copy(np.array([x]))[0],
    "tolist": lambda x: np.array([x, x * 2.0]).tolist()[0],
    "asdict": lambda x: dataclasses.asdict(Pair(x, 1.0))["first"],
    "astuple": lambda x: dataclasses.astuple(Pair(1.0, [x]))[1][0],
    "replace": lambda x: dataclasses.replace(Pair(x, x), second=1.0).first,
}


@pytest.mark.parametrize("copied", IN_OTHER_WAYS.values(), ids=IN_OTHER_WAYS)
def test_the_copy_of_what_is_differentiated_is_differentiated(copied):
    def f(x):
        return copied(x) ** 3 + copied(x * 2.0)

    assert grad(f)(3.0) == grad(jit(f))(3.0) == jit(grad(f))(3.0) == 29.0
    assert grad(grad(f))(3.0) == 18.0
    assert jvp(f, 3.0, 1.0) == (33.0, 29.0)
    assert grad(lambda x: grad(lambda y: copied(x) * y)(1.0) * x)(3.0) == 6.0
    fast = jit(f)
    assert [fast(x).data for x in (1.0, 3.0)] == [3.0, 33.0]


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_a_recorded_function_copies_alike_where_it_runs_as_it_is(copied):
    fast = jit(lambda x: copied(x) ** 3 + copied(x * 2.0))
    for runs in (contextlib.nullcontext, record_source, detect_anomaly):
        x = Value(3.0)
        with runs():
            fast(x).backward()
        assert x.grad == 29.0
    w = Value(2.0)
    with record_source():
        z = jit(lambda x: copied(w) * x)(3.0)
    assert gradients(z, w).data == 0.0


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, COPIES["pickle 5"]])
def test_the_copy_of_a_constant_within_a_transform_is_a_value_of_its_own(copied):
    w = Value(2.0)
    assert grad(lambda x: copied(w) * x)(3.0) == 2.0
    assert gradients(Value(3.0) * copied(w), w).data == 0.0


def test_what_is_differentiated_or_recorded_cannot_be_pickled():
    def f(x):
        return COPIES["pickle 5"](x) * 2.0

    with pytest.raises(LostDerivativeError, match="pickle"):
        grad(f)(3.0)
    for recorded in (jit(f), jit(grad(f)), grad(jit(f))):
        with pytest.raises(JitError, match="pickled inside a function that is being recorded"):
            recorded(3.0)
