"""A row of a batch is for the function what it is in the loop over the rows, or a JitError says that it is not."""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import pytest

from autograd import JitError, Value, grad, jit, take


class Vector(NamedTuple):
    x: float
    y: float

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, c):
        return Vector(self.x * c, self.y * c)


class OwnList(list):
    pass


VECTORS = [Vector(1.0, 2.0), Vector(3.0, 4.0)]
TUPLES = [(1.0, 2.0), (3.0, 4.0)]
ARRAYS = [np.array([1.0, 2.0]), np.array([3.0, 4.0])]
KEPT = {
    "named tuples": (lambda p: (p * 2.0)[1], VECTORS),
    "their sums": (lambda p: len(p + p) * p[0], VECTORS),
    "tuples": (lambda p: p[0] if isinstance(p, tuple) else p[1], TUPLES),
    "tuples' sums": (lambda p: len(p + p) * p[0], TUPLES),
    "lists": (lambda p: p[0] if isinstance(p, list) else p[1], [[1.0, 2.0], [3.0, 4.0]]),
    "arrays": (lambda p: (p + p)[1], ARRAYS),
    "tuples in lists": (lambda p: len(p[0] * 3) * p[1][0], [[(1.0,), (2.0,)], [(3.0,), (4.0,)]]),
    "lists in tuples": (lambda p: p[type(p) is not tuple or type(p[1]) is not list][0], [([1.0], [2.0])] * 2),
    "vectors in lists": (lambda p: (p[0] + p[1]).y, [VECTORS, VECTORS]),
    "arrays in lists": (lambda p: (p[0] * 2.0 + p[1])[1], [ARRAYS, ARRAYS]),
    "arrays in tuples": (lambda p: (p[0] * 2.0 + p[1])[1], [tuple(ARRAYS)] * 2),
    "one kind in each place": (lambda p: len(p[0] + p[0]) * (p[1] * 2.0).y, [[(1.0, 2.0), VECTORS[0]]] * 2),
    "lists of ints": (lambda p: p[1] if isinstance(p, tuple) else p[0], [(1, 2), (3, 4)]),
}


@pytest.mark.parametrize("name", KEPT)
def test_rows_in_a_list_keep_their_kind(name):
    f, rows = KEPT[name]
    expected = [float(f(row)) for row in rows]
    recorded = jit(f)
    for _ in range(3):
        assert recorded.map(rows).tolist() == expected
        assert recorded.sum(rows).data == sum(expected)
    with ThreadPoolExecutor(1) as executor:
        assert recorded.map(rows, executor=executor).tolist() == expected
    outer = jit(lambda c: c * jit(f).sum(rows))
    assert outer(2.0).data == 2.0 * sum(expected)


def test_rows_of_transforms_keep_their_kind():
    square = grad(jit(lambda p: (p * p[0])[1]))
    found = square.map(VECTORS)
    assert type(found) is Vector
    np.testing.assert_array_equal(np.asarray(found), [[2.0, 4.0], [1.0, 3.0]])
    weight = Value(2.0)
    f = jit(lambda p: weight * (p * 3.0)[1])
    assert f.gradients_by_row([weight], VECTORS).tolist() == [[6.0], [12.0]]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([OwnList([1.0, 2.0]), OwnList([3.0, 4.0])], "rows of OwnList"),
        ([[1.0, 2.0], (3.0, 4.0)], "of one kind, got list and tuple"),
        ([VECTORS[0], (3.0, 4.0)], "of one kind, got Vector and tuple"),
        ([[[1.0], (2.0,)], [(1.0,), (2.0,)]], r"argument 0\[0\]: the rows must be of one kind"),
    ],
)
def test_what_cannot_be_kept_is_refused(rows, words):
    recorded = jit(lambda p: p[0] * 2.0)
    with pytest.raises(TypeError, match=words):
        recorded.map(rows)
    with ThreadPoolExecutor(1) as executor, pytest.raises(TypeError, match=words):
        recorded.map(rows, executor=executor)


BOOLS, INTS = [False, True, False], [1, 0, 2]
BY_KIND = {
    "is True": (lambda b, x: x if b is True else -x, BOOLS),
    "the class of a bool": (lambda b, x: x if type(b) is bool else -x, BOOLS),
    "isinstance of ints": (lambda n, x: x if isinstance(n, int) else -x, INTS),
    "of elements of arrays": (lambda n, x: x if isinstance(n, np.integer) else -x, np.array(INTS)),
    "of an array": (lambda n, x: x if n.dtype.kind == "i" else -x, np.array([[1, 2], [3, 4], [5, 6]])),
    "in a list": (lambda n, x: x if n[1] is True else -x, [[False, True], [True, False], [True, True]]),
    "among floats": (lambda n, x: x if n[0] is True else -x, [(True, 0.5), (True, 1.5), (True, 2.5)]),
}


@pytest.mark.parametrize("name", BY_KIND)
@pytest.mark.parametrize("method", ["map", "sum"])
def test_what_chooses_by_the_kind_of_a_whole_number_is_an_error(name, method):
    f, rows = BY_KIND[name]
    recorded = jit(f)
    x = np.array([1.0, 2.0, 3.0])
    for _ in range(3):
        with pytest.raises(JitError, match="choose by the value"):
            getattr(recorded, method)(rows, x)
    with ThreadPoolExecutor(1) as executor, pytest.raises(JitError, match="choose by the value"):
        getattr(recorded, method)(rows, x, executor=executor)


def test_items_of_a_series_are_bools_of_python():
    pandas = pytest.importorskip("pandas")
    recorded = jit(lambda b, x: x if b is True else -x)
    with pytest.raises(JitError, match="choose by the value"):
        recorded.map(pandas.Series(BOOLS), [1.0, 2.0, 3.0])
    assert recorded.map(np.array(BOOLS), [1.0, 2.0, 3.0]).tolist() == [-1.0, -2.0, -3.0]  # np.True_ is not True


def test_a_bool_that_comes_later_is_compared_too():
    recorded = jit(lambda b, x: x if b is True else -x)
    x = np.array([1.0, 2.0])
    for _ in range(2):
        assert recorded.map([False, False], x).tolist() == [-1.0, -2.0]
    with pytest.raises(JitError, match="choose by the value"):
        recorded.map([True, True], x)


def test_each_path_is_compared():
    recorded = jit(lambda b, x: (x if b is True else -x) if x > 0 else x)
    assert recorded.map([True, False], [-1.0, -2.0]).tolist() == [-1.0, -2.0]
    with pytest.raises(JitError, match="choose by the value"):
        recorded.map([True, False], [1.0, -2.0])


def test_choosing_by_the_value_is_the_loop():
    recorded = jit(lambda b, n, x: (x if b else -x) * n)
    rows = BOOLS, INTS, [1.0, 2.0, 3.0]
    for _ in range(3):
        assert recorded.map(*rows).tolist() == [-1.0, 0.0, -6.0]


def test_a_row_computed_as_it_is_is_the_row_that_was_given():
    f = jit(lambda b, n, x: x * (2.0 if b is True else 3.0) * (5.0 if isinstance(n, np.int64) else 7.0))
    outer = jit(lambda c: c * f.sum(BOOLS, np.array(INTS), np.array([1.0, 2.0, 3.0])))
    assert outer(1.0).data == 5.0 * (3.0 + 4.0 + 9.0)


def test_rows_are_run_once_more_only_for_kinds_of_ints_not_seen_before():
    runs = []
    f = jit(lambda n, x: (runs.append(1), x * n)[1])
    assert f.map(INTS, [1.0, 2.0, 3.0]).tolist() == [1.0, 0.0, 6.0]
    assert len(runs) == 3  # the recording, and beside it the least and the largest
    floats = jit(lambda x: (runs.append(1), x * 2.0)[1])
    floats.map([1.0, 2.0, 3.0])
    assert len(runs) == 4


def test_take_chooses_by_ints_as_in_the_loop():
    f = jit(lambda i, x: take([x, 2 * x, 3 * x], i))
    assert f.map([2, 0, 1], [1.0, 1.0, 1.0]).tolist() == [3.0, 1.0, 2.0]


@pytest.mark.parametrize("verify", [False, True])
def test_nothing_is_run_beside_the_recording_where_it_is_not_wanted(verify):
    f = jit(lambda b, x: x if b is True else -x, verify=verify)
    if verify:
        with pytest.raises(JitError):
            f.map(BOOLS, [1.0, 2.0, 3.0])
    else:
        assert f.map(BOOLS, [1.0, 2.0, 3.0]).shape == (3,)
