"""What is read by the function of a transform, or by one that an object made in C calls, is watched like any other."""

from __future__ import annotations

import csv
import ctypes
import functools
import os
import pathlib
import socket
import sys
import threading

import numpy as np
import pytest

import autograd
import nn
from autograd import Value, grad, hessian, jacobian, jit, value_and_grad
from autograd.jit import JitError


class Model:
    scale = 2.0

    def __init__(self):
        self.w = 2.0
        self.value_and_grad = jit(value_and_grad(self.loss))

    def loss(self, x):
        return self.w * x * x

    def __call__(self, x):
        return self.w * x * x

    @classmethod
    def of_class(cls, x):
        return cls.scale * x * x

    def compared(self, a, b):
        return (a > b) * self.w - (a < b) * self.w


def loss_of(model, x):
    return model.w * x * x


TRANSFORMS = {
    "grad": grad,
    "value_and_grad": lambda f: lambda x: value_and_grad(f)(x)[1],
    "jacobian": jacobian,
    "hessian": lambda f: lambda x: hessian(f)(x) * x,
    "grad of grad": lambda f: lambda x: grad(grad(f))(x) * x,
}
CALLABLES = {
    "method": lambda model: model.loss,
    "object": lambda model: model,
    "partial": lambda model: functools.partial(loss_of, model),
    "recorded method": lambda model: jit(model.loss),
    "static method": lambda model: staticmethod(model.loss),
}


@pytest.mark.parametrize("transform", TRANSFORMS)
@pytest.mark.parametrize("kind", CALLABLES)
def test_the_state_of_what_a_transform_differentiates(transform, kind):
    model = Model()
    made = TRANSFORMS[transform](CALLABLES[kind](model))
    inside, outside = jit(lambda x: made(x)), jit(made)
    for w in (2.0, 5.0, 7.0):
        model.w = w
        assert inside(1.5).data == 2.0 * w * 1.5
        assert outside(1.5).data == 2.0 * w * 1.5


def test_a_class_method_and_a_transform_that_an_object_holds():
    model = Model()
    of_class = jit(grad(Model.of_class))
    assert of_class(1.5).data == 6.0
    Model.scale = 5.0
    try:
        assert of_class(1.5).data == 15.0
    finally:
        Model.scale = 2.0
    assert model.value_and_grad(1.5)[1].data == 6.0
    model.w = 5.0
    assert model.value_and_grad(1.5)[1].data == 15.0


def test_weights_replaced_in_a_network_that_a_transform_differentiates():
    model = nn.MLP(1, [1], "linear", seed=1)
    f = jit(grad(lambda x: model([x])))
    f(1.0)
    model.layers[0].neurons[0].w[0] = Value(3.0)
    assert f(1.0).data == 3.0


def test_functions_that_objects_made_in_c_hold():
    model = Model()
    ufunc = jit(lambda x: np.frompyfunc(model.loss, 1, 1)(x))
    made = np.frompyfunc(model.loss, 1, 1)
    held = jit(lambda x: made(x))
    key = functools.cmp_to_key(model.compared)
    smallest = jit(lambda x: min([x, 2.0 * x], key=key))
    for w in (2.0, 5.0):
        model.w = w
        assert ufunc(1.0).data == w
        assert held(1.0).data == w
    model.w = 1.0
    assert smallest(1.0).data == 1.0
    model.w = -1.0
    assert smallest(1.0).data == 2.0


def test_structures_of_ctypes():
    class Point(ctypes.Structure):
        _fields_ = [("a", ctypes.c_double)]

    point = Point(2.0)
    f = jit(lambda x: x * point.a)
    assert f(1.5).data == 3.0
    point.a = 4.0
    assert f(1.5).data == 6.0


def keep_in(memory):
    def f(x):
        if not memory:
            memory.append(2.0 * x)
        return memory[0] + x

    return f


def keep_attribute(model):
    def f(x):
        if model.w == 2.0:
            model.w = autograd.abs(x) + 1.0
        return x / model.w

    return f


def keep_argument(memory):
    def f(x):
        memory.setdefault("x", x)
        return memory["x"] * x

    return f


@pytest.mark.parametrize("f", [keep_in([]), keep_attribute(Model()), keep_argument({})])
def test_a_value_kept_from_the_arguments_is_refused(f):
    with pytest.raises(JitError, match="keeps a Value that it has computed from its arguments"):
        jit(f)(Value(1.5))


def test_weights_made_on_demand_and_what_is_detached_are_kept():
    weights, memory = [], []

    def f(x):
        if not weights:
            weights.append(Value(2.0))
            memory.append(x.detach())
        return weights[0] * x / memory[0]

    x = Value(1.5)
    jit(f)(x).backward()
    assert [x.grad, weights[0].grad] == [pytest.approx(2.0 / 1.5), 1.0]


def test_labels_are_watched():
    w = Value(1.0, label="w")
    f = jit(lambda x: x * w * (2.0 if w.label == "w" else 3.0))
    assert f(1.5).data == 3.0
    w.label = "b"
    assert f(1.5).data == 4.5
    assert jit(lambda x: (x * 2.0).label == "" and x)(1.5).data == 1.5


@pytest.mark.parametrize(
    "ask",
    [
        os.getcwd, lambda: os.path.abspath("."), pathlib.Path.cwd, sys.getrecursionlimit, sys.getswitchinterval,
        sys.get_int_max_str_digits, csv.field_size_limit, lambda: csv.get_dialect("excel"), socket.getdefaulttimeout,
        threading.Lock().locked,
    ],
)
def test_settings_of_the_process_are_refused(ask):
    with pytest.raises(JitError, match="a setting of the process"):
        jit(lambda x: x if ask() else 2.0 * x)(1.0)


def test_the_path_of_modules_is_watched(monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path])
    n = len(sys.path)
    f = jit(lambda x: x * len(sys.path))
    assert f(1.0).data == n
    sys.path.append("more")
    assert f(1.0).data == n + 1


def test_elements_of_integer_arrays_compute_on_either_side():
    n = np.array([3])
    for f, wanted in (
        (lambda x, a: x * a[0], 6.0),
        (lambda x, a: x - a[0], -1.0),
        (lambda x, a: x ** a[0], 8.0),
        (lambda x, a: x // a[0], 0.0),
        (lambda x, a: x if x < a[0] else -x, 2.0),
        (lambda x, a: autograd.maximum(x, a[0]), 3.0),
        (lambda x, a: autograd.exp(a[0] - a[0]) * x, 2.0),
    ):  # fmt: skip
        assert jit(f)(2.0, n).data == wanted
    assert jit(lambda x, k: x * k).map([1.0, 2.0], [1, 2]).tolist() == [1.0, 4.0]


@pytest.mark.parametrize("alone", [lambda y: [y], lambda y: (y,), lambda y: [[y]], lambda y: np.array([y])])
def test_a_number_alone_in_a_container_is_one_number(alone):
    f = jit(lambda x: alone((x[0] - 3.0) ** 2))
    assert grad(f)([1.0]) == [-4.0]
    assert value_and_grad(f)([1.0]) == (4.0, [-4.0])
    assert hessian(f)([1.0]) == [[2.0]]
    with pytest.raises(TypeError, match="must return one number"):
        grad(jit(lambda x: [*alone(x), x]))(1.0)
