"""no_grad, detect_anomaly, record_source and scope: what they change, where, and that they end."""

from __future__ import annotations

import math
import threading

import pytest

import autograd
from autograd import AnomalyError, Value, detect_anomaly, no_grad, record_source, scope


def test_within_no_grad_results_are_leaves():
    x = Value(2.0)
    with no_grad():
        y = x * 3
        z = autograd.dot([x, y], [x, 1.0])
    assert (y.data, y.op, y.inputs) == (6.0, "", ())
    assert (z.data, z.op, z.inputs) == (10.0, "", ())
    assert (x * 3).op == "mul"


def test_no_grad_nests_and_ends_even_after_an_error():
    x = Value(2.0)
    with no_grad():
        with no_grad():
            assert (x * 3).op == ""
        assert (x * 3).op == ""
    with pytest.raises(ZeroDivisionError), no_grad():
        1 / 0  # noqa: B018
    assert (x * 3).op == "mul"


def test_no_grad_decorates_a_function_again_and_again():
    @no_grad()
    def predict(x):
        return x * 3

    for _ in range(2):
        assert predict(Value(2.0)).op == ""
        assert (Value(2.0) * 3).op == "mul"


def test_no_grad_holds_in_its_own_thread_only():
    x, inside, outside = Value(2.0), threading.Event(), threading.Event()
    found = []

    def work():
        inside.wait()
        found.append((x * 3).op)
        outside.set()

    thread = threading.Thread(target=work)
    thread.start()
    with no_grad():
        inside.set()
        outside.wait()
        assert (x * 3).op == ""
    thread.join()
    assert found == ["mul"]


@pytest.mark.parametrize(("f", "words"), [
    (lambda x: autograd.log(x - 2), ["log(0.0)", "-inf"]),
    (lambda x: autograd.log(x - 3), ["log(-1.0)", "nan"]),
    (lambda x: 1 / (x - 2), ["div(1.0, 0.0)", "inf"]),
    (lambda x: autograd.exp(x * 1000), ["exp(2000.0)", "inf"]),
    (lambda x: autograd.prod([x * 1e200, x * 1e200]), ["prod(2e+200, 2e+200)", "inf"]),
])  # fmt: skip
def test_the_first_bad_value_raises_and_names_operation_inputs_and_line(f, words):
    x = Value(2.0)
    with pytest.raises(AnomalyError) as error, detect_anomaly():
        f(x)
    for word in [*words, "test_modes.py", "in <lambda>"]:
        assert word in str(error.value)


def test_a_bad_derivative_raises_on_the_way_back_and_names_its_line():
    x = Value(0.0)
    with detect_anomaly():
        y = autograd.sqrt(x)
        with pytest.raises(AnomalyError) as error:
            y.backward()
    message = str(error.value)
    assert "sqrt(0.0)" in message
    assert "inf" in message
    assert "test_modes.py" in message
    assert "test_a_bad_derivative" in message


def root_at_zero(x):
    return autograd.sqrt(x * 1.0) * 2.0  # infinite on the way back only


@pytest.mark.parametrize("transform", [
    lambda: autograd.grad(root_at_zero)(0.0),
    lambda: autograd.value_and_grad(root_at_zero)(0.0),
    lambda: autograd.jvp(root_at_zero, (0.0,), (1.0,)),
    lambda: autograd.vjp(root_at_zero, 0.0)[1](1.0),
    lambda: autograd.jacobian(lambda x: [root_at_zero(x[0]), x[1]])([0.0, 1.0]),
    lambda: autograd.hessian(root_at_zero)(0.0),
    lambda: autograd.hvp(root_at_zero, 0.0, 1.0),
    lambda: autograd.grad(lambda x: x * autograd.grad(lambda y: root_at_zero(y) + y * x)(0.0))(1.0),
    lambda: autograd.gradients(root_at_zero(x := Value(0.0)), x),
    lambda: root_at_zero(Value(0.0)).backward(),
    lambda: root_at_zero(Value(0.0)).backward(create_graph=True),
])  # fmt: skip
def test_detect_anomaly_names_what_the_sweep_of_a_transform_hands_on(transform):
    transform()
    with pytest.raises(AnomalyError) as error, detect_anomaly():
        transform()
    assert "sqrt(0.0) hands" in str(error.value)
    assert " * inf" in str(error.value)
    assert "in root_at_zero" in str(error.value)


def test_detect_anomaly_names_nothing_times_infinity():
    message = r"grad: sqrt\(0.0\) hands down 0.0 \* inf to mul, made at"
    with pytest.raises(AnomalyError, match=message), detect_anomaly():
        autograd.grad(lambda x: autograd.sqrt(x * 1.0) * 0.0)(0.0)


def test_detect_anomaly_names_what_only_a_second_derivative_meets():
    assert autograd.hessian(lambda x: x**1.5)(0.0) == math.inf
    for transform in (lambda f: autograd.hessian(f)(0.0), lambda f: autograd.hvp(f, 0.0, 1.0)):
        with pytest.raises(AnomalyError, match="pow_dx"), detect_anomaly():
            transform(lambda x: x**1.5)


def test_detect_anomaly_does_not_mind_what_no_derivative_passes_through():
    with detect_anomaly():
        assert autograd.grad(lambda x: x * (autograd.sqrt(Value(0.0)) + 1.0))(2.0) == 1.0
        assert autograd.jacobian(lambda x: [x[0] * x[1], 3.0])([2.0, 5.0]) == [[5.0, 2.0], [0.0, 0.0]]
        assert autograd.hessian(lambda x: x[0] ** 2 * x[1])([1.0, 3.0]) == [[6.0, 2.0], [2.0, 0.0]]
        assert autograd.jvp(lambda x, y: x * y, (2.0, 3.0), (1.0, 0.0)) == (6.0, 3.0)


def test_without_detect_anomaly_bad_numbers_pass():
    x = Value(0.0)
    autograd.sqrt(x).backward()
    assert x.grad == math.inf


def test_detect_anomaly_lets_good_programs_be():
    x = Value(2.0)
    with detect_anomaly():
        y = autograd.log(x) * x
        y.backward()
    assert x.grad == math.log(2.0) + 1.0


def test_sources_are_recorded_only_when_asked_for():
    x = Value(2.0)
    with record_source():
        y = x * 3
    z = x * 3
    assert y.source.startswith("test_modes.py:")
    assert y.source.endswith(" in test_sources_are_recorded_only_when_asked_for")
    assert z.source == ""


def test_scopes_join_to_a_path_and_end():
    with scope("mlp"):
        with scope("layer 0"):
            b = Value(1.0) * 2
        c = b * 3
    d = c * 4
    assert [v.scope for v in (b, c, d)] == ["mlp/layer 0", "mlp", ""]


def test_a_scope_can_be_entered_again_and_elsewhere():
    inner = scope("inner")
    with inner:
        assert (Value(1.0) + 1).scope == "inner"
    with scope("outer"), inner:
        assert (Value(1.0) + 1).scope == "outer/inner"
    with inner, inner:
        assert (Value(1.0) + 1).scope == "inner/inner"
    assert (Value(1.0) + 1).scope == ""


def test_a_scope_ends_after_an_error():
    with pytest.raises(ZeroDivisionError), scope("broken"):
        1 / 0  # noqa: B018
    assert (Value(1.0) + 1).scope == ""


@pytest.mark.parametrize("name", [None, 3, b"x"])
def test_a_scope_has_a_string_for_a_name(name):
    with pytest.raises(TypeError, match="scope"):
        scope(name)


def test_labels_and_scopes_live_together():
    with scope("layer"):
        x = Value(1.0) * 2
    x.label = "h"
    assert (x.label, x.scope) == ("h", "layer")


def test_modes_combine():
    x = Value(-1.0)
    with detect_anomaly(), no_grad():
        assert (x * 2).op == ""
        with pytest.raises(AnomalyError):
            autograd.log(x)
