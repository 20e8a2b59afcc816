"""Structure in, structure out: taking nested numbers apart and putting them together."""

import math
from collections import OrderedDict, defaultdict, namedtuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograd import Value, grad, hessian, hvp, jacobian, jvp, vjp
from autograd.differentiation.structure import difference, put_together, taken_apart

Point = namedtuple("Point", "x y")
numbers = st.one_of(st.floats(-9, 9), st.integers(-9, 9).map(float))
keys = st.text("abc", max_size=3)


def containers(inside):
    return st.one_of(
        st.lists(inside, max_size=3),
        st.lists(inside, max_size=3).map(tuple),
        st.dictionaries(keys, inside, max_size=3),
        st.tuples(inside, inside).map(lambda pair: Point(*pair)),
    )


trees = st.recursive(numbers, containers, max_leaves=12)


def squares(tree):
    """The sum of squares of all numbers in a tree, times 1, 2, 3 ... in their order."""
    leaves, _ = taken_apart(tree, "tree")
    return sum((k + 1) * x * x for k, x in enumerate(leaves))


@given(trees)
def test_a_tree_taken_apart_and_put_together_is_the_same(tree):
    leaves, structure = taken_apart(tree, "tree")
    again = put_together(structure, leaves)
    assert again == tree
    assert repr(again) == repr(tree)  # the same classes too
    assert structure.size == len(leaves)
    assert difference(structure, structure) == ""


@given(trees)
def test_a_gradient_has_the_structure_of_its_argument(tree):
    leaves, structure = taken_apart(tree, "tree")
    expected = put_together(structure, [2.0 * (k + 1) * x for k, x in enumerate(leaves)])
    assert grad(squares)(tree) == expected
    assert vjp(squares, tree)[1](1.0) == (expected,)
    assert hvp(squares, tree, tree) == expected
    assert jacobian(squares)(tree) == expected


@given(trees, trees)
def test_a_difference_is_found_where_there_is_one(a, b):
    first, second = taken_apart(a, "a")[1], taken_apart(b, "b")[1]
    assert (difference(first, second) == "") == (difference(second, first) == "")
    if difference(first, second) == "":
        assert first.size == second.size
    if first == second:
        assert difference(first, second) == ""


def test_a_hessian_has_the_structure_in_the_structure():
    x = {"a": 2.0, "b": [3.0]}
    assert hessian(lambda p: p["a"] ** 2 * p["b"][0])(x) == {"a": {"a": 6.0, "b": [4.0]}, "b": [{"a": 4.0, "b": [0.0]}]}
    assert hessian(lambda a, b: a * a * b, argnums=(0, 1))(2.0, 3.0) == ((6.0, 4.0), (4.0, 0.0))


def test_a_jacobian_has_the_structure_of_the_result_and_in_it_that_of_the_argument():
    found = jacobian(lambda p: {"sum": p[0] + p[1], "pair": (p[0] * p[1],)})([2.0, 3.0])
    assert found == {"sum": [1.0, 1.0], "pair": ([3.0, 2.0],)}


def test_classes_of_containers_are_kept():
    assert type(grad(squares)(Point(1.0, 2.0))) is Point
    ordered = grad(squares)(OrderedDict(b=1.0, a=2.0))
    assert (type(ordered), list(ordered)) == (OrderedDict, ["b", "a"])
    assert grad(squares)(defaultdict(float, a=1.0))["missing"] == 0.0


@pytest.mark.parametrize("x", [3, True, np.float32(1.5), np.int64(3), np.array(2.0)])
def test_other_numbers_are_numbers(x):
    assert grad(lambda a: a * a)(x) == 2.0 * float(x)


def test_what_has_no_end_is_refused():
    endless = [1.0]
    endless.append(endless)
    with pytest.raises(ValueError, match="nested deeper than 200 levels; does a list contain itself"):
        grad(squares)(endless)


def test_nothing_at_all_is_a_structure_too():
    assert grad(lambda x: 1.0)([]) == []
    assert hessian(lambda x: 1.0)({}) == {}
    assert jvp(lambda: 2.0, (), ()) == (2.0, 0.0)


# ---- arrays


def test_arrays_in_arrays_out():
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    gradient = grad(lambda a: (a * a).sum())(x)
    assert gradient.dtype == float
    assert np.array_equal(gradient, 2 * x)
    value, tangent = jvp(lambda a: a * a, (x,), (np.ones((2, 2)),))
    assert np.array_equal(value, x * x)
    assert np.array_equal(tangent, 2 * x)


def test_derivatives_of_arrays_by_arrays_have_both_shapes():
    x = np.array([1.0, 2.0, 3.0])
    rows = jacobian(lambda a: np.array([a[0] * a[1], a[2] * 2]))(x)
    assert np.array_equal(rows, [[2.0, 1.0, 0.0], [0.0, 0.0, 2.0]])
    assert np.array_equal(hessian(lambda a: (a**3).sum())(x), np.diag(6 * x))
    assert hessian(lambda a: (a**3).sum())(x.reshape(1, 3)).shape == (1, 3, 1, 3)


def test_arrays_and_numbers_in_one_argument():
    p = {"w": np.array([1.0, 2.0]), "b": 3.0}
    f = lambda p: (p["w"] * p["w"]).sum() * p["b"]  # noqa: E731
    assert np.array_equal(grad(f)(p)["w"], [6.0, 12.0])
    assert grad(f)(p)["b"] == 5.0
    blocks = hessian(f)(p)
    assert np.array_equal(blocks["w"]["w"], 6 * np.eye(2))
    assert np.array_equal(blocks["w"]["b"], [2.0, 4.0])
    assert np.array_equal(blocks["b"]["w"], [2.0, 4.0])
    assert blocks["b"]["b"] == 0.0


def test_arrays_of_values_give_arrays_of_values():
    x = np.array([Value(1.0), Value(2.0)])
    gradient = grad(lambda a: (a**3).sum())(x)
    assert gradient.dtype == object
    gradient.sum().backward()
    assert [v.grad for v in x] == [6.0, 12.0]


@pytest.mark.parametrize("dtype", [np.int64, np.uint8, np.float32, bool])
def test_arrays_of_other_numbers_are_differentiated_as_floats(dtype):
    gradient = grad(lambda a: (a * a).sum())(np.array([1, 0], dtype))
    assert gradient.dtype == float
    assert gradient.tolist() == [2.0, 0.0]


def test_empty_arrays():
    assert grad(lambda a: 1.0)(np.zeros((0, 3))).shape == (0, 3)


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.array(["1"]), "argument 0 is an array of <U1; it must be an array of numbers"),
        (np.array([1j]), "argument 0 is an array of complex128; it must be an array of numbers"),
        (np.array([1.0, None]), r"argument 0.flat\[1\] is None, where a number is wanted"),
        (np.array([1.0, math.inf, "x"], object), r"argument 0.flat\[2\] is the string 'x'"),
    ],
)
def test_arrays_of_something_else(array, message):
    with pytest.raises(TypeError, match=message):
        grad(lambda a: 1.0)(array)


def test_an_array_is_no_one_number():
    with pytest.raises(TypeError, match=r"one number, got an array of shape \(2,\); for several use jacobian"):
        grad(lambda a: a * 2)(np.ones(2))
    assert grad(lambda a: np.array(a.sum()))(np.ones(2)).tolist() == [1.0, 1.0]  # without dimensions it is one
