"""Arrays of indices among the arguments, seeds inside, containers that come out: what works, and what says why not."""

from __future__ import annotations

import collections
import enum
import types
from typing import Any

import numpy as np
import pytest

import autograd
from autograd import JitError, grad, jit, jvp, take

X = np.array([1.0, 2.0, 4.0])
PLACES, MASK = np.array([2, 0]), np.array([True, False, True])


def error_of(f, *args):
    with pytest.raises(JitError) as caught:
        jit(f)(*args)
    return str(caught.value)


@pytest.mark.parametrize("index", [PLACES, MASK], ids=["places", "mask"])
def test_an_array_of_indices_says_what_to_use(index):
    for f in (
        lambda x, i: x[i].sum(),
        lambda x, i: X[i].sum() * x[0],
        lambda x, i: np.take(x, i).sum(),
        lambda x, i: np.take(x, [np.take(X, i)[0]]),
    ):
        message = error_of(f, X, index)
        assert "test_what_goes_in_and_out.py:" in message
        assert "in <lambda> uses an array of whole numbers or bools among the arguments as an index" in message
        assert all(advice in message for advice in ("take(rows, i)", "np.where(mask, x, 0.0)", "i.tolist()"))


def test_what_the_error_says_to_use_works():
    assert jit(lambda x, i: autograd.sum([take(x, k) for k in i]))(X, PLACES).data == 5.0
    assert jit(lambda x, mask: np.where(mask, x, 0.0).sum())(X, MASK).data == 5.0
    for index in (PLACES, MASK):
        assert jit(lambda x, i: x[i].sum())(X, index.tolist()).data == 5.0


def test_an_array_of_values_as_an_index_is_numpys_error():
    with pytest.raises(IndexError, match="must be of integer"):
        jit(lambda x: X[np.array([x, x])])(1.0)


SEED = 1


def test_generators_of_the_older_kind_are_seeded_too():
    def seeded_here(x, seed=SEED):
        return x * np.random.RandomState(seed).rand()

    wanted = np.random.RandomState(SEED).rand()
    for f in (
        seeded_here,
        lambda x: x * np.random.RandomState(1).rand(),
        lambda x: x * np.random.RandomState(seed=SEED).rand(),
    ):
        fast = jit(f)
        assert [fast(x).data for x in (1.0, 2.0, 3.0)] == pytest.approx([wanted, 2.0 * wanted, 3.0 * wanted])


@pytest.mark.parametrize("nothing", [None])
def test_without_a_seed_they_are_refused(nothing):
    for f in (
        lambda x: x * np.random.RandomState().rand(),
        lambda x: x * np.random.RandomState(None).rand(),
        lambda x: x * np.random.RandomState(nothing).rand(),
        lambda x: x * np.random.RandomState(seed=nothing).rand(),
    ):
        assert "or have a generator with a seed" in error_of(f, 1.0)


class Items(list):
    pass


class Unit(enum.Enum):
    METRE = 1.0


RETURNED: dict[str, tuple[Any, str]] = {
    "OrderedDict": (lambda x: collections.OrderedDict(a=x), r"OrderedDict; .*dict\(\.\.\.\)"),
    "Counter": (lambda x: collections.Counter(a=x), r"Counter; .*dict\(\.\.\.\)"),
    "list of one's own": (lambda x: Items([x]), r"Items; .*list\(\.\.\.\)"),
    "deque": (lambda x: [collections.deque([x])], r"deque; .*list\(\.\.\.\)"),
    "generator": (lambda x: (y for y in [x]), r"generator; .*list\(\.\.\.\)"),
    "SimpleNamespace": (lambda x: types.SimpleNamespace(a=x), r"SimpleNamespace; .*vars\(\.\.\.\)"),
    "Enum": (lambda x: (x, Unit.METRE), r"Unit; .*\.value"),
    "function": (lambda x: len, "must return Values, numbers, or lists"),
}


@pytest.mark.parametrize("name", RETURNED)
def test_a_container_of_another_kind_says_what_to_return(name):
    f, message = RETURNED[name]
    with pytest.raises(JitError, match=message):
        jit(f)(1.0)


def test_a_counter_is_put_together_from_its_numbers():
    found = jvp(lambda x: collections.Counter(a=x * x), 3.0, 1.0)
    assert found == ({"a": 9.0}, {"a": 6.0})
    assert all(type(part) is collections.Counter for part in found)
    assert grad(lambda c: c["a"] * c["b"])(collections.Counter(a=2.0, b=3.0)) == {"a": 3.0, "b": 2.0}
