"""Operations of the user's own, from formulas and from Python functions."""

import math
import uuid

import pytest
from hypothesis import given
from strategies import ordinary, points

import autograd
from autograd import TABLE, Value, explain, grad, gradcheck, gradients, hessian, hvp, jvp, operation
from viz import to_dot

softsign = operation("softsign", "x / (1 + fabs(x))", "1 / square(1 + fabs(x))", doc="a squashing function")
cube = operation("cube", lambda x: x * x * x, lambda x: 3 * x * x)
weighted = operation("weighted", "x * x * y + w", "2 * x * y", "x * x", "1")
bump = operation(
    "bump", lambda x, y: math.exp(-x * x * y), lambda x, y, z: -2 * x * y * z, lambda x, y, z: -x * x * z
)  # partials that take the result as well
twice_soft = operation("twice_soft", "softsign(softsign(x))", "1 / square(1 + fabs(softsign(x))) / square(1 + fabs(x))")
_OURS = {name: TABLE.pop(name) for name in ("softsign", "cube", "weighted", "bump", "twice_soft")}


@pytest.fixture(scope="module", autouse=True)
def rows_of_ours():
    """Has our rows in the table for as long as these tests run: others go over the whole table."""
    before = set(TABLE)
    TABLE.update(_OURS)
    yield
    for name in set(TABLE) - before:
        del TABLE[name]


def fresh():
    return f"op_{uuid.uuid4().hex}"


def softsign_by_hand(x):
    return x / (1 + autograd.abs(x))


@given(points())
def test_a_formula_computes_like_its_composition(x):
    value, slope = softsign(x), grad(softsign)(x)
    assert value == softsign_by_hand(x) or math.isnan(value)
    if abs(x) < 1e150:  # beyond, the square in the formula overflows
        assert slope == pytest.approx(1 / (1 + abs(x)) ** 2, rel=1e-14)


@given(ordinary(), ordinary())
def test_higher_orders_agree_with_the_composition(x, y):
    assert grad(grad(cube))(x) == 6 * x
    assert grad(grad(grad(cube)))(x) == 6.0
    assert hessian(cube)(x) == 6 * x
    assert hvp(cube, x, 2.0) == 12 * x
    assert jvp(grad(cube), (x,), (1.0,)) == (3 * x * x, 6 * x)
    for f, by_hand in (
        (lambda p: weighted(p[0], p[1], p[0]), lambda p: p[0] * p[0] * p[1] + p[0]),
        (lambda p: bump(p[0] * 0.3, p[1] * 0.1), lambda p: autograd.exp(-(p[0] * 0.3) * (p[0] * 0.3) * (p[1] * 0.1))),
        (lambda p: softsign(p[0] * p[1]), lambda p: softsign_by_hand(p[0] * p[1])),
    ):
        assert grad(f)([x, y]) == pytest.approx(grad(by_hand)([x, y]), rel=1e-9, abs=1e-12)
        for row, expected in zip(hessian(f)([x, y]), hessian(by_hand)([x, y]), strict=True):
            assert row == pytest.approx(expected, rel=1e-9, abs=1e-9)
        third = grad(lambda p, f=f: hvp(f, p, [1.0, 2.0])[0])([x, y])
        assert third == pytest.approx(grad(lambda p, f=by_hand: hvp(f, p, [1.0, 2.0])[0])([x, y]), rel=1e-9, abs=1e-9)


def test_a_row_may_call_another_one():
    assert twice_soft(1.0) == softsign(0.5)
    assert grad(twice_soft)(1.0) == pytest.approx(grad(lambda x: softsign(softsign(x)))(1.0))
    assert grad(grad(twice_soft))(1.0) == pytest.approx(grad(grad(lambda x: softsign(softsign(x))))(1.0))


def test_a_node_shows_its_operation():
    x, y = Value(1.0), Value(2.0)
    z = weighted(x, 2.0, y)
    assert (z.op, z.data, z.operands, z.inputs, z.partials) == ("weighted", 4.0, (x, 2.0, y), (x, y), (4.0, 1.0))
    z.backward()
    assert (x.grad, y.grad) == (4.0, 1.0)
    assert TABLE["weighted"].partials == ("2 * x * y", "x * x", "1")
    assert "d/dx = 1 / square(1 + fabs(x))" in softsign.__doc__


def test_checks_explanations_and_pictures_know_it():
    assert gradcheck(softsign, 0.7)
    assert gradcheck(lambda p: bump(p[0], softsign(p[1])), [0.3, 0.4])
    slightly_wrong = operation(fresh(), "x * x * x", "3.00001 * x * x")
    with pytest.raises(autograd.GradcheckError, match=r"3\.00001"):
        gradcheck(slightly_wrong, 0.7)
    x = Value(0.3, label="x")
    assert "bump: f(x, y)" in str(explain(bump(x, 1.5) * 2.0, wrt=x))
    assert "softsign" in to_dot(softsign(x) * 2.0)


def test_of_numbers_it_gives_floats():
    assert type(cube(2)) is float
    assert cube(2) == 8.0
    assert weighted(1, 2, 3) == 5.0


def test_gradients_of_gradients_by_the_object_style():
    x = Value(2.0)
    y = cube(x)
    assert gradients(gradients(y, x), x).data == 12.0
    y.backward(create_graph=True)
    assert x.grad.data == 12.0


def test_a_partial_of_floats_cannot_lose_a_second_derivative():
    lossy = operation(fresh(), math.exp, lambda x: math.exp(x))
    assert grad(lossy)(0.0) == 1.0
    for second in (lambda: grad(grad(lossy))(0.0), lambda: hessian(lossy)(0.0)):
        with pytest.raises(TypeError, match=r"autograd\.exp for math\.exp"):
            second()
    x = Value(0.0)
    with pytest.raises(TypeError, match=r"autograd\.exp for math\.exp"):
        gradients(lossy(x), x)


def test_the_same_formulas_again_are_the_same_operation():
    again = operation("softsign", "x / (1 + fabs(x))", "1 / square(1 + fabs(x))", doc="a squashing function")
    assert again is softsign


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tanh", "x", "1"), "the name 'tanh' is taken"),
        (("softsign", "x", "1"), "the name 'softsign' is taken"),
        (("cube", lambda x: x, lambda x: 1.0), "the name 'cube' is taken"),
        (("fmod", "x", "1"), "the name 'fmod' is taken"),
        (("my op", "x", "1"), "must be an identifier, got 'my op'"),
        (("class", "x", "1"), "must be an identifier"),
        (("__import__", "x", "1"), "must be an identifier"),
        (("wrong", "x"), "at least one partial is needed, got 0"),
        (("wrong", "a + b + c + d", "1", "1", "1", "1"), "name the 4 operands"),
        (("wrong", "x + y", "1"), "names 'y', which is none of"),
        (("wrong", "z + x", "1"), "names 'z', which is none of"),
        (("wrong", "sinus(x)", "1"), "calls 'sinus', which is no function of formulas"),
        (("wrong", "x.exp()", "1"), "calls 'x.exp', which is no function of formulas"),
        (("wrong", "logsumexp(x)", "1"), "calls 'logsumexp', which is no function"),
        (("wrong", "atan2(x)", "1"), "calls atan2 with 1 arguments, but it takes 2"),
        (("wrong", "x ** 2", "2 * x"), r"cannot hold Pow; write pow\(x, y\)"),
        (("wrong", "x +", "1"), "is no formula"),
        (("wrong", "(lambda: x)()", "1"), "which is no function of formulas"),
        (("wrong", "[x][0]", "1"), "cannot hold Subscript"),
        (("wrong", "'a'", "1"), "cannot hold 'a'"),
    ],
)
def test_what_cannot_be_an_operation(arguments, message):
    with pytest.raises(ValueError, match=message):
        operation(*arguments)
    assert "wrong" not in TABLE


def test_what_has_the_wrong_type():
    with pytest.raises(TypeError, match="the name must be a string"):
        operation(1, "x", "1")
    with pytest.raises(TypeError, match="the value must be a formula or a function, got float"):
        operation("wrong", 1.0, "1")
    with pytest.raises(TypeError, match="partial 1 must be a formula or a function, got NoneType"):
        operation("wrong", "x * y", "y", None)
    with pytest.raises(ValueError, match="one partial for each of the operands"):
        operation("wrong", "a * b", "b", operands="a b c")
    with pytest.raises(ValueError, match="'z' cannot be the name of an operand"):
        operation("wrong", "z", "1", operands="z")


def test_wrong_arguments_of_an_operation():
    with pytest.raises(TypeError, match="weighted takes 3 arguments, got 1"):
        weighted(1.0)
    with pytest.raises(TypeError, match="expected a real number, got str"):
        softsign("1")


def test_a_function_that_returns_no_number():
    broken = operation(fresh(), lambda x: None, lambda x: 1.0)
    with pytest.raises(TypeError, match="the value of floats must be a float, got NoneType"):
        broken(1.0)


def test_operands_may_be_named():
    blend = operation(fresh(), "a * t + b * (1 - t)", "t", "1 - t", "a - b", operands="a b t")
    assert blend(1.0, 3.0, 0.5) == 2.0
    assert grad(blend, argnums=(0, 1, 2))(1.0, 3.0, 0.25) == (0.25, 0.75, -2.0)
