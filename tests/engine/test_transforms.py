"""The transforms: what they compute, that they are pure, what they accept, and what they say about what they do not."""

import math
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ordinary, programs

import autograd
from autograd import Value, grad, gradients, hessian, hvp, jacobian, jvp, no_grad, value_and_grad, vjp
from autograd.differentiation.running import enclosing

TRANSFORMS = {
    "grad": lambda f, x: grad(f)(x),
    "value_and_grad": lambda f, x: value_and_grad(f)(x),
    "hessian": lambda f, x: hessian(f)(x),
    "hvp": lambda f, x: hvp(f, x, x),
}


@pytest.mark.parametrize("wrap", [lambda z: [z], lambda z: (z,), lambda z: np.array([z]), lambda z: np.array([[z]]),
                                  lambda z: [[z]], lambda z: np.array(z)])  # fmt: skip
def test_one_number_may_be_alone_in_a_container(wrap):
    assert grad(lambda x: wrap(x**3))(2.0) == 12.0
    assert value_and_grad(lambda x: wrap(x**3))(2.0) == (8.0, 12.0)
    assert hessian(lambda x: wrap(x**3))(2.0) == 12.0
    assert hvp(lambda x: wrap(x**3), 2.0, 1.0) == 12.0


@pytest.mark.parametrize("several", [lambda x: [x, x], lambda x: np.array([x, x]), lambda x: [], lambda x: {"x": x},
                                     lambda x: [[x], [x]]])  # fmt: skip
def test_several_numbers_are_not_one(several):
    with pytest.raises(TypeError, match="jacobian"):
        grad(several)(2.0)


def test_functions_of_an_array_of_one_number_serve_minimizers():
    f = lambda x: (x - 3.0) ** 2  # noqa: E731
    assert grad(f)(np.array([0.0])).tolist() == [-6.0]
    optimize = pytest.importorskip("scipy.optimize")
    assert optimize.minimize(f, [0.0], jac=grad(f)).x == pytest.approx([3.0])


def apply(name, xs):
    """An operation of a random program on Values and floats."""
    operators = {
        "add": lambda x, y: x + y, "sub": lambda x, y: x - y, "mul": lambda x, y: x * y, "div": lambda x, y: x / y,
        "pow": lambda x, y: x**y, "powc": lambda x, y: x**y, "neg": lambda x: -x,
    }  # fmt: skip
    if name in operators:
        return operators[name](*xs)
    if name == "dot":
        return autograd.dot(xs[1::2], xs[2::2], start=xs[0])
    if name in ("sum", "mean", "prod", "logsumexp", "max", "min", "norm"):
        return getattr(autograd, name)(xs)
    return getattr(autograd, name)(*xs)


def function_of(program):
    return lambda xs: program.results(apply, xs)[-1]


# ---- what they compute


@given(programs())
def test_grad_is_what_backward_finds(program):
    xs = [Value(x) for x in program.inputs]
    y = function_of(program)(xs)
    y.backward()
    value, gradient = value_and_grad(function_of(program))(list(program.inputs))
    assert value == y.data
    assert gradient == pytest.approx([x.grad for x in xs], rel=1e-9, abs=1e-12)  # shares may add in another order


@given(programs(), st.randoms(use_true_random=False))
def test_forward_and_reverse_mode_are_adjoint(program, random):
    def f(xs):
        return program.results(apply, xs)[-3:]

    x = list(program.inputs)
    v = [random.uniform(-1, 1) for _ in x]
    value, tangent = jvp(f, (x,), (v,))
    again, pullback = vjp(f, x)
    assert value == again
    u = [random.uniform(-1, 1) for _ in value]
    (gradient,) = pullback(u)
    forward = sum(a * b for a, b in zip(u, tangent, strict=True))
    reverse = sum(a * b for a, b in zip(gradient, v, strict=True))
    products = [*zip(gradient, v, strict=True), *zip(u, tangent, strict=True)]
    size = sum(abs(a * b) for a, b in products)
    assert forward == pytest.approx(reverse, abs=1e-8 * (1 + size))  # both sums cancel; steps amplify


@given(programs())
def test_the_rows_of_a_jacobian_are_gradients(program):
    def f(xs):
        return program.results(apply, xs)[-4:]

    x = list(program.inputs)
    rows = jacobian(f)(x)
    for k, row in enumerate(rows):
        assert row == pytest.approx(grad(lambda xs, k=k: f(xs)[k] + 0.0)(x), rel=1e-9, abs=1e-12)


def test_a_wide_and_a_tall_jacobian_agree():
    def f(x):
        return [x[0] * x[1], x[0] / x[1], x[1].exp(), x[0]]

    assert jacobian(f)([2.0, 4.0]) == [[4.0, 2.0], [0.25, -0.125], [0.0, math.exp(4.0)], [1.0, 0.0]]
    assert jacobian(lambda x: f(x)[:1])([2.0, 4.0]) == [[4.0, 2.0]]


@given(ordinary(), ordinary())
def test_closed_forms(x, y):
    assert grad(lambda a: a * a * a)(x) == pytest.approx(3 * x * x)
    assert grad(lambda a, b: a * b, argnums=1)(x, y) == x
    assert grad(lambda a, b: a * b, argnums=(0, -1))(x, y) == (y, x)
    assert jvp(lambda a, b: (a * b, a - b), (x, y), (1.0, 2.0)) == ((x * y, x - y), (y + 2 * x, -1.0))


def test_a_million_steps_need_no_recursion():
    def f(x):
        for _ in range(1_000_000 if autograd.COMPILED else 20_000):
            x = x * 1.0000001 + 0.0
        return x

    assert grad(f)(2.0) == pytest.approx(jvp(f, (2.0,), (1.0,))[1])
    assert hvp(f, 2.0, 1.0) == 0.0


def test_infinities_zeros_and_nan_come_through():
    assert grad(autograd.sqrt)(0.0) == math.inf
    assert math.isnan(grad(autograd.log)(math.nan))
    assert math.copysign(1, grad(lambda x: x * -0.0)(1.0)) == -1
    assert math.isnan(grad(lambda x: autograd.sqrt(x) * 0.0)(0.0))  # no strong zero, as in `backward`
    assert jvp(lambda x: 1 / x, (0.0,), (1.0,)) == (math.inf, -math.inf)


def test_outputs_do_not_disturb_each_other():
    rows = jacobian(lambda x: [x[0] * 2, autograd.log(x[1])])([1.0, 0.0])
    assert rows == [[2.0, 0.0], [0.0, math.inf]]  # not nan: the first output has no path to x[1]


# ---- nesting


def test_a_derivative_inside_a_derivative_sees_its_own_variable():
    assert grad(lambda x: x * grad(lambda y: x + y)(1.0))(1.0) == 1.0
    assert grad(lambda x: x * grad(lambda y: x + y)(x))(1.0) == 1.0


@given(ordinary(), ordinary())
def test_inner_derivatives_are_functions_of_outer_variables(x, y):
    # d/dx of (d/dy of x**2 * y**3) = 6 x y**2
    assert grad(lambda a: grad(lambda b: a * a * b * b * b)(y))(x) == pytest.approx(6 * x * y * y)
    assert grad(lambda a: jvp(lambda b: a * a * b * b * b, (y,), (1.0,))[1])(x) == pytest.approx(6 * x * y * y)
    assert jvp(lambda a: grad(lambda b: a * a * b * b * b)(y), (x,), (1.0,))[1] == pytest.approx(6 * x * y * y)
    assert grad(lambda a: vjp(lambda b: a * a * b * b * b, y)[1](1.0)[0])(x) == pytest.approx(6 * x * y * y)
    assert grad(lambda a: hessian(lambda b: a * a * b * b * b)(y))(x) == pytest.approx(12 * x * y)
    assert grad(lambda a: hvp(lambda b: a * a * b * b * b, y, 2.0))(x) == pytest.approx(24 * x * y)
    assert grad(lambda a: hvp(lambda b: b * b * b, y, a))(x) == pytest.approx(6 * y)
    assert grad(lambda a: jacobian(lambda b: [a * b, a * a * b])(y)[1])(x) == pytest.approx(2 * x)


def test_a_point_that_depends_on_the_outer_variable_is_differentiated_through():
    assert grad(lambda x: grad(lambda y: y**3)(x * x))(2.0) == 12 * 2.0**3  # d/dx of 3 x**4


def test_results_are_floats_unless_values_are_involved():
    w = Value(3.0)
    assert type(grad(lambda x: w * x)(2.0)) is float  # a captured parameter is a constant
    assert type(grad(lambda x: x * x)(Value(2.0))) is Value
    assert type(value_and_grad(lambda x: x * x)(2.0)[0]) is float
    found = []
    grad(lambda x: found.append((grad(lambda y: y * y)(1.0), grad(lambda y: x * y)(1.0))) or x)(2.0)
    assert [type(g) for g in found[0]] == [float, Value]


def test_gradients_of_value_arguments_flow_on():
    x = Value(2.0)
    y = grad(lambda a: a**3)(x)
    y.backward()
    assert (y.data, x.grad) == (12.0, 12.0)


# ---- purity


@given(programs())
def test_nothing_captured_is_touched(program):
    captured = [Value(x) for x in program.inputs]
    inner = [x * 2.0 for x in captured]
    sum(inner).backward()
    before = [x.grad for x in captured + inner]

    def f(xs):
        return function_of(program)(xs) + sum(a * b for a, b in zip(inner, xs, strict=True))

    x = list(program.inputs)
    grad(f)(x), hvp(f, x, x), jvp(f, (x,), (x,)), hessian(f)(x), jacobian(lambda a: [f(a)])(x)
    assert [x.grad for x in captured + inner] == before
    assert enclosing() == []


def test_arguments_are_not_changed():
    x = [1.0, 2.0]

    def f(xs):
        xs.append(xs[0] * xs[1])
        return xs.pop() + xs.pop() * 0

    assert grad(f)(x) == [2.0, 1.0]
    assert x == [1.0, 2.0]


def test_a_failing_function_leaves_nothing_running():
    with pytest.raises(ZeroDivisionError):
        grad(lambda x: x * (1 / 0))(1.0)
    assert enclosing() == []
    assert math.exp(Value(0.0)) == 1.0


def test_threads_do_not_see_each_others_transforms():
    found = []

    def f(x):
        thread = threading.Thread(target=lambda: found.append(math.exp(Value(0.0))))
        thread.start()
        thread.join()
        return x * 2

    assert grad(f)(1.0) == 2.0
    assert found == [1.0]


def test_no_grad_around_a_transform_does_not_stop_it_and_inside_it_does():
    with no_grad():
        assert grad(lambda x: x * x)(3.0) == 6.0

    def f(x):
        with no_grad():
            y = x * 5
        return x * y

    assert grad(f)(3.0) == 15.0


# ---- numbers that would get lost


@pytest.mark.parametrize("f", [math.exp, float, lambda x: Value(x), lambda x: math.sqrt(x * x) + x])
def test_taking_the_float_of_what_is_differentiated_is_an_error(f):
    with pytest.raises(TypeError, match=r"autograd\.exp.*detach"):
        grad(f)(2.0)


def test_other_numbers_may_be_taken():
    w = Value(2.0)
    assert grad(lambda x: x * math.exp(w))(1.0) == math.exp(2.0)
    assert grad(lambda x: x * x.data)(3.0) == 3.0
    assert grad(lambda x: x * x.detach())(3.0) == 3.0
    assert math.exp(Value(1.0)) == math.e  # outside of transforms float() is the number, as documented
    assert grad(lambda x: x if f"{x:.1f}" == "3.0" and x > 2 and bool(x) else -x)(3.0) == 1.0


# ---- constants and wrong returns


@pytest.mark.parametrize("constant", [2.0, 3, True, Value(4.0)])
def test_the_derivative_of_a_constant_is_zero(constant):
    assert grad(lambda x: constant)([1.0, 2.0]) == [0.0, 0.0]
    assert hessian(lambda x: constant)([1.0]) == [[0.0]]
    assert hvp(lambda x: constant, [1.0], [1.0]) == [0.0]
    assert jvp(lambda x: constant, (1.0,), (1.0,)) == (float(constant), 0.0)
    assert jacobian(lambda x: [constant, x])(1.0) == [0.0, 1.0]
    assert vjp(lambda x: constant, 1.0)[1](1.0) == (0.0,)


@pytest.mark.parametrize("name", TRANSFORMS)
@pytest.mark.parametrize(
    ("returned", "message"),
    [
        ([1.0, 2.0], "must return one number, got list; for several use jacobian"),
        ((), "must return one number, got tuple; for several use jacobian"),
        ({"a": 1.0}, "must return one number, got dict; for several use jacobian"),
        ("1.0", "must return one number, got str"),
        (None, "must return one number, got None; is a return missing"),
        (1j, "must return one number, got complex"),
    ],
)
def test_a_function_that_returns_no_number(name, returned, message):
    with pytest.raises(TypeError) as error:
        TRANSFORMS[name](lambda x: returned, 1.0)
    assert str(error.value) == f"{name}: the function {message}"


@pytest.mark.parametrize("name", TRANSFORMS)
@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ([1.0, None], "argument 0[1] is None, where a number is wanted"),
        ({"w": [[1.0, "2"]]}, "argument 0['w'][0][1] is the string '2', where a number is wanted"),
        ((1j,), "argument 0[0] is of type complex, where a number is wanted"),
        ({1.0}, "argument 0 is of type set, where a number is wanted"),
        (None, "argument 0 is None, where a number is wanted"),
    ],
)
def test_an_argument_that_holds_no_number(name, argument, message):
    with pytest.raises(TypeError) as error:
        TRANSFORMS[name](lambda x: 1.0, argument)
    assert str(error.value) == f"{name}: {message}"


def test_an_int_beyond_all_floats_is_named():
    with pytest.raises(OverflowError, match=r"grad: argument 0\[1\]: this int is too large for a float"):
        grad(lambda x: x[0])([1.0, 10**400])


def test_wrong_argnums():
    with pytest.raises(ValueError, match=r"grad: argnums=2, but the function was called with 1 positional argument"):
        grad(lambda x: x, argnums=2)(1.0)
    with pytest.raises(ValueError, match=r"argnums=-3, but the function was called with 2 positional arguments"):
        jacobian(lambda x, y: x, argnums=-3)(1.0, 2.0)
    with pytest.raises(ValueError, match=r"argnums=\(0, -1\) names an argument twice"):
        hessian(lambda x: x, argnums=(0, -1))(1.0)
    for wrong in ("x", 1.0, None, True, (0, "y")):
        with pytest.raises(TypeError, match="argnums must be a whole number or a tuple of them"):
            grad(lambda x: x, argnums=wrong)


@pytest.mark.parametrize("transform", [grad, value_and_grad, jacobian, hessian])
def test_what_is_not_a_function_cannot_be_transformed(transform):
    with pytest.raises(TypeError, match="the first argument must be a function, got float"):
        transform(3.0)


def test_keyword_arguments_are_passed_on():
    assert grad(lambda x, *, power=1, name="": x**power)(3.0, power=2, name="square") == 6.0


def test_a_transformed_function_has_a_name_and_only_that():
    class Model:
        weight = 2.0

        def __init__(self):
            self.bias = 1.0

        def __call__(self, x):
            return self.weight * x * x + self.bias

    assert grad(Model())(3.0) == 12.0
    assert grad(Model()).__name__ == "grad(Model)"
    assert hessian(math.floor).__name__ == "hessian(floor)"
    assert not hasattr(grad(Model()), "bias")


def test_one_argument_may_come_without_a_tuple_around_it():
    assert jvp(lambda x: x**2, 3.0, 1.0) == (9.0, 6.0)
    assert jvp(lambda p: p["a"] ** 2, {"a": 3.0}, {"a": 2.0}) == (9.0, 12.0)


def test_directions_of_another_structure_name_the_first_difference():
    def f(x):
        return x["a"][0] + x["b"]

    x = {"a": [1.0, 2.0], "b": 3.0}
    with pytest.raises(ValueError, match=r"hvp: v must have the structure of x; at \['a'\]: 1 entries instead of 2"):
        hvp(f, x, {"a": [1.0], "b": 0.0})
    with pytest.raises(ValueError, match=r"at \['b'\]: a list instead of a number"):
        hvp(f, x, {"a": [1.0, 2.0], "b": [0.0]})
    with pytest.raises(ValueError, match=r"the keys \['a', 'c'\] instead of \['a', 'b'\]"):
        hvp(f, x, {"a": [1.0, 2.0], "c": 0.0})
    with pytest.raises(ValueError, match="jvp: tangents must have the structure of the primals"):
        jvp(lambda a, b: a * b, (1.0, 2.0), (1.0,))
    with pytest.raises(ValueError, match="vjp: weights must have the structure of the value"):
        vjp(lambda a: [a, a], 1.0)[1](1.0)
    with pytest.raises(TypeError, match=r"jvp: tangents\[0\] is None"):
        jvp(lambda a: a, (1.0,), (None,))


def test_a_direction_may_have_its_keys_in_another_order():
    x = {"a": 2.0, "b": 3.0}
    assert hvp(lambda p: p["a"] ** 2 * p["b"], x, {"b": 0.0, "a": 1.0}) == {"a": 6.0, "b": 4.0}


# ---- gradients


def test_gradients_keep_their_graph_and_touch_nothing():
    x, y = Value(2.0), Value(3.0)
    z = x * x * y
    dx, dy = gradients(z, (x, y))
    assert (dx.data, dy.data, x.grad, y.grad) == (12.0, 4.0, 0.0, 0.0)
    assert gradients(dx, {"x": x, "y": y})["y"].data == 4.0
    assert gradients(gradients(dx, x), x).data == 0.0


def test_gradients_in_the_direction_of_inner_nodes_count_what_flows_through_them():
    x = Value(2.0)
    u = x * 3.0
    z = u * u + x
    du, dx = gradients(z, [u, x])
    assert (du.data, dx.data) == (12.0, 37.0)
    assert gradients(z, Value(1.0)).data == 0.0


@pytest.mark.parametrize(("y", "xs"), [(1.0, Value(1.0)), (Value(1.0), 2.0), (Value(1.0), [None])])
def test_gradients_are_of_values_by_values(y, xs):
    with pytest.raises(TypeError, match="gradients: "):
        gradients(y, xs)
