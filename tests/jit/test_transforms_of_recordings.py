"""Every transform of every operation, of a recorded function and inside a recording, on both sides of every kink.

A recording is made at one point and asked at all others: the edges of `edge_cases.json`, both sides of the kinks, ties,
infinities and nan. What a transform gives there without a recording is what it must give.
"""

from __future__ import annotations

import math
import random
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from test_edge_cases import PROGRAMS, ROWS, program

import autograd
from autograd import Value, grad, hessian, hvp, jacobian, jit, jvp, value_and_grad, vjp

ORDINARY = (0.5, -0.5, 0.0, 1.0, -1.0, 1.5, 2.0, -2.0, 3.0, 0.25)
OVERFLOWING = ([1e308, 1e-308], [1.0, 1e-200])  # quotients' second derivatives: what their sum is depends on its order


def grouped() -> dict[str, tuple[Callable[..., Any], list[list[float]]]]:
    """For each operation and number of operands the function of a list and the points to ask it at."""
    found: dict[str, tuple[Callable[..., Any], list[list[float]]]] = {}
    for row in ROWS:
        if row["op"] in PROGRAMS or row["op"] in autograd.__all__ or row["op"].startswith("pow_const"):
            n = len(row["inputs"])
            name = f"{row['op']}{row.get('const', '')}-{n}"
            if name not in found:
                rng = random.Random(name)
                points = [[x] * n for x in ORDINARY] + [[rng.choice(ORDINARY) for _ in range(n)] for _ in range(6)]
                found[name] = program(row), points
            found[name][1].append([float(x) for x in row["inputs"]])
    return found


PROGRAMS_AND_POINTS = grouped()


def of(f: Callable[..., Any]) -> Callable[[Any], Any]:
    """The function of a list of numbers, with a constant and a product around the operation."""
    return lambda xs: f(*xs) * 1.0 + 0.5 * f(*xs)


def ones(xs: list[Any]) -> list[float]:
    return [1.0 + 0.5 * k for k in range(len(xs))]


TRANSFORMS: dict[str, Callable[[Callable[..., Any]], Callable[..., Any]]] = {
    "grad": grad,
    "value_and_grad": value_and_grad,
    "jacobian": lambda f: jacobian(lambda xs: [f(xs), 2.0 * f(xs)]),
    "hessian": hessian,
    "hvp": lambda f: lambda xs: hvp(f, xs, ones(xs)),
    "jvp": lambda f: lambda xs: jvp(f, (xs,), (ones(xs),)),
    "vjp": lambda f: lambda xs: vjp(f, xs)[1](2.0),
    "grad of a part of grad": lambda f: grad(lambda xs: grad(f)(xs)[0]),
}


def numbers(tree: Any) -> list[float]:
    if isinstance(tree, dict):
        tree = list(tree.values())
    if isinstance(tree, list | tuple | np.ndarray):
        return [x for item in tree for x in numbers(item)]
    return [tree.data if isinstance(tree, Value) else float(tree)]


def agree(got: Any, wanted: Any) -> bool:
    pairs = list(zip(numbers(got), numbers(wanted), strict=True))
    return all(
        (math.isnan(x) and math.isnan(y)) or x == y or abs(x - y) <= 1e-9 * max(abs(x), abs(y)) + 1e-14
        for x, y in pairs
    )


def asked_everywhere(name: str, made: Callable[..., Any], transformed: Callable[..., Any]) -> None:
    """Compare at all points, in an order of their own and twice the first one."""
    points = PROGRAMS_AND_POINTS[name][1]
    order = random.Random(name).sample(range(len(points)), len(points))
    for k in [*order, order[0]]:
        xs = points[k]
        wanted = transformed(list(xs))
        if xs in OVERFLOWING:
            continue
        got = made(list(xs))
        assert agree(got, wanted), f"at {xs}: {numbers(got)}, wanted {numbers(wanted)}"


@pytest.mark.parametrize("transform", TRANSFORMS)
@pytest.mark.parametrize("name", PROGRAMS_AND_POINTS)
def test_inside_a_recording_and_of_a_recorded_function(name: str, transform: str):
    f, transformed = of(PROGRAMS_AND_POINTS[name][0]), TRANSFORMS[transform]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # floor and its kin branch
        asked_everywhere(name, jit(transformed(f)), transformed(f))
        asked_everywhere(name, transformed(jit(f)), transformed(f))


@pytest.mark.parametrize("name", PROGRAMS_AND_POINTS)
def test_of_the_rows_of_a_batch(name: str):
    f, points = of(PROGRAMS_AND_POINTS[name][0]), PROGRAMS_AND_POINTS[name][1]
    rows = np.array(points)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        for transform in (grad, value_and_grad, hessian):
            wanted = [transform(f)(xs) for xs in rows.tolist()]
            got = transform(jit(lambda xs: f(list(xs)))).map(rows)
            columns = got if isinstance(got, tuple) else (got,)
            for k, row in enumerate(wanted):
                found = [column[k] for column in columns]
                assert agree(found, row if isinstance(row, tuple) else [row]), f"{transform.__name__} at {points[k]}"


ARRAYS = {
    "one": np.array([0.5]),
    "some": np.linspace(-1.0, 1.0, 7),
    "square": np.arange(6.0).reshape(2, 3) / 7,
    "columns first": np.asfortranarray(np.arange(6.0).reshape(2, 3) / 7),
    "backwards": np.linspace(-1.0, 1.0, 9)[::-2],
    "read only": np.frombuffer(np.linspace(-1.0, 1.0, 4).tobytes()),
    "single": np.linspace(-1.0, 1.0, 4, dtype=np.float32),
}


@pytest.mark.parametrize("given", ARRAYS.values(), ids=ARRAYS)
@pytest.mark.parametrize("transform", [grad, value_and_grad, jacobian, hessian])
def test_a_single_array_gives_what_it_gives_eagerly_at_every_call(given, transform):
    def f(x):
        flat = x.ravel()
        total = sum(a * a.sin() + flat[0] for a in flat)
        if transform is jacobian:
            return np.array([total, flat[-1] * total])
        return total

    recorded, eager = transform(jit(f)), transform(f)
    for k in range(9):
        x = given * (1.0 + k) if k else given
        before = x.copy()
        found, wanted = recorded(x), eager(x)
        pairs = zip(found, wanted, strict=True) if isinstance(wanted, tuple) else [(found, wanted)]
        for a, b in pairs:
            assert type(a) is type(b)
            assert np.shape(a) == np.shape(b)
            assert getattr(a, "dtype", None) == getattr(b, "dtype", None)
            assert np.allclose(a, b, rtol=1e-13, atol=1e-15)
        assert np.array_equal(x, before)


def test_a_branch_a_reading_and_an_array_of_another_shape_are_noticed_behind_a_single_array():
    scale = [2.0]

    def f(x):
        return sum(a * a * scale[0] for a in x) if x[0] > 0 else sum(x)

    g = grad(jit(f))
    for _ in range(5):
        assert g(np.array([1.0, 2.0])).tolist() == [4.0, 8.0]
    assert g(np.array([-1.0, 2.0])).tolist() == [1.0, 1.0]
    assert g(np.array([1.0, 2.0, 3.0])).tolist() == [4.0, 8.0, 12.0]
    scale[0] = 3.0
    assert g(np.array([1.0, 2.0])).tolist() == [6.0, 12.0]
    kept = g(np.array([1.0, 2.0]))
    assert g(np.array([5.0, 6.0])).tolist() == [30.0, 36.0]
    assert kept.tolist() == [6.0, 12.0]


def test_a_single_array_through_a_kink_has_no_derivative_of_what_was_not_chosen():
    g = grad(jit(lambda x: autograd.where(x[0] > 0, autograd.sqrt(x[0]), 2.0 * x[1])))
    assert [g(np.array([4.0, 1.0])).tolist() for _ in range(4)] == [[0.25, 0.0]] * 4
    assert [g(np.array([0.0, 1.0])).tolist() for _ in range(4)] == [[0.0, 2.0]] * 4


NESTED_RESULTS = {
    "a number": lambda x: x[0] * x[1] * x[2],
    "a list": lambda x: [x[0] * x[1], x[1] + x[2]],
    "a tuple": lambda x: (x[0] * x[1] * x[2], x[1] ** 2),
    "a dict": lambda x: {"a": x[0] * x[1], "b": [x[2]]},
    "an array": lambda x: np.array([x[0] * x[1], x[2] ** 3]),
}


@pytest.mark.parametrize("name", NESTED_RESULTS)
@pytest.mark.parametrize("transform", [jacobian, grad, value_and_grad, hessian], ids=lambda t: t.__name__)
def test_one_array_is_answered_at_every_call_as_at_the_first(name, transform):
    f, x = NESTED_RESULTS[name], np.array([1.5, -2.0, 0.25])
    if transform is not jacobian and name != "a number":
        pytest.skip("of one number only")
    want, fast = transform(f)(x), transform(jit(f))
    for _ in range(6):  # the first record and are verified, the later ones go to the machine as they are
        found = fast(x)
        assert type(found) is type(want)
        assert_same_nesting(found, want)


def assert_same_nesting(found, want):
    if isinstance(want, dict):
        assert list(found) == list(want)
        found, want = list(found.values()), list(want.values())
    if isinstance(want, (list, tuple)):
        assert type(found) is type(want)
        assert len(found) == len(want)
        for ours, theirs in zip(found, want, strict=True):
            assert_same_nesting(ours, theirs)
    else:
        assert np.shape(found) == np.shape(want)
        assert found == pytest.approx(want, rel=1e-12)
