"""Transforms inside transforms, in loops: how many nodes they walk over, and that knowing nodes again is no error."""

import itertools

import mpmath
import pytest
from hypothesis import given
from strategies import programs
from test_transforms import function_of

import autograd
from autograd import Value, grad, gradients, hessian, hvp, jacobian, jvp, vjp
from autograd.differentiation.tape import tape_between


def walked_by(monkeypatch, f, x):
    """How many nodes each transform within grad(f)(x) has walked over."""
    counts = []

    def counting(*arguments):
        known = arguments[4]  # what the walk found besides what is on the tape goes into the last of these
        before = sum(map(len, known))
        tape = tape_between(*arguments)
        counts.append(len(tape.nodes) + sum(map(len, known)) - before)
        return tape

    monkeypatch.setattr("autograd.differentiation.transforms.tape_between", counting)
    grad(f)(x)
    return counts


def growing(inner, n):
    def f(x):
        total = x
        for _ in range(n):
            total = total + inner(total)
        return total

    return f


@pytest.mark.parametrize("inner", [
    lambda total: grad(lambda y: y * y * total)(1e-3),
    lambda total: jvp(lambda y: y * y * total, (1e-3,), (1.0,))[1],
    lambda total: vjp(lambda y: y * y * total, 1e-3)[1](1.0)[0],
    lambda total: grad(lambda y: y * grad(lambda z: z * y * total)(1e-3))(1e-3),
])  # fmt: skip
def test_inner_transforms_do_not_walk_over_what_the_loop_has_computed_before(monkeypatch, inner):
    walked = walked_by(monkeypatch, growing(inner, 60), 0.5)
    assert max(walked[:-1]) < 40  # and only the outer one over all of it
    assert walked[-1] > 60


@given(programs(most_steps=8), programs(most_steps=8))
def test_an_inner_derivative_of_what_was_walked_before_is_that_of_a_fresh_one(first, second):
    """Nodes of the outer function that an earlier inner transform has met count for the outer derivative as before."""
    f, g = function_of(first), function_of(second)

    def once(shared, y):
        return grad(lambda ys: g([a * shared for a in ys]) * shared)(y)[0]

    def several(xs, repeats):
        shared = f(xs) * 0.25
        slopes = [once(shared, list(second.inputs)) for _ in range(repeats)]
        return slopes[-1]

    alone, again = (grad(lambda xs, k=k: several(xs, k))(list(first.inputs)) for k in (1, 3))
    assert [repr(a) for a in alone] == [repr(a) for a in again]


def test_a_node_known_to_be_constant_is_differentiated_by_a_partial_that_asks_for_it():
    """A partial of Python, with an inner transform in it, is differentiated by operands older than what is known."""
    v = Value(3.0)
    doubled = v * 2.0

    def partial(x):
        return grad(lambda y: y * y * (doubled if x is v else x))(1.0)

    name = "asks_for_what_is_known"
    strange = autograd.operation(name, lambda x: x * x, partial)

    def f(x):
        grad(lambda y: y * doubled)(1.0)  # now `doubled` is known not to depend on x
        return x * gradients(gradients(strange(v), v), v)

    assert grad(f)(1.0) == 4.0


def test_a_constant_that_inner_transforms_share_leaves_their_results_floats():
    parameter = Value(2.0)
    found = []

    def f(x):
        shared = parameter * 3.0
        for _ in range(3):
            found.append(grad(lambda y: y * shared)(1.0))
        found.append(grad(lambda y: y * shared * x)(1.0))
        return found[-1]

    assert grad(f)(5.0) == 6.0
    assert [type(x) for x in found] == [float, float, float, Value]


# ---- every transform inside every other

FIRST = {
    "grad": grad,
    "jvp": lambda f: lambda x: jvp(f, (x,), (1.0,))[1],
    "vjp": lambda f: lambda x: vjp(f, x)[1](1.0)[0],
    "jacobian": jacobian,
}
SECOND = {"hessian": hessian, "hvp": lambda f: lambda x: hvp(f, x, 1.0)}


@pytest.mark.parametrize("order", [2, 3, 4])
def test_first_derivatives_by_any_mode_of_any_mode_are_the_nth(order):
    wanted = mpmath.diff(lambda x: mpmath.sin(x * x), 0.7, order)
    for transforms in itertools.product(FIRST.values(), repeat=order):
        f = lambda x: autograd.sin(x * x)  # noqa: E731
        for transform in transforms:
            f = transform(f)
        assert f(0.7) == pytest.approx(float(wanted), rel=1e-13)


@pytest.mark.parametrize("second", SECOND)
@pytest.mark.parametrize("other", [*FIRST, *SECOND])
def test_second_derivatives_of_and_by_any_mode_are_the_nth(second, other):
    order = 4 if other in SECOND else 3
    wanted = mpmath.diff(lambda x: mpmath.sin(x * x), 0.7, order)
    first = {**FIRST, **SECOND}[other]
    for outer, inner in ((SECOND[second], first), (first, SECOND[second])):
        assert outer(inner(lambda x: autograd.sin(x * x)))(0.7) == pytest.approx(float(wanted), rel=1e-12)
