"""The loops over contiguous numbers: products against exact sums, updates against the optimizers themselves."""

from __future__ import annotations

import ctypes
import math

import numpy as np
import pytest
from vectors import TARGETS, require

from autograd import Value
from nn.optimizers import SGD, Adam, AdamW

pytestmark = pytest.mark.program

SIZES = [(0, 0), (1, 1), (1, 7), (3, 8), (4, 9), (8, 16), (9, 23), (17, 64), (5, 131), (13, 1)]
FENCE = 12345.678


@pytest.fixture(params=TARGETS)
def call(request):
    """A function of linear.h for the target: arrays go in as pointers, and what lies behind them must stay."""
    library = require(request.param)

    def function(name, *arguments):
        linear = getattr(library, f"linear_{name}_{request.param}")
        linear.restype = ctypes.c_double if name == "dot" else None
        fenced = [np.append(a, [FENCE] * 8) if isinstance(a, np.ndarray) else a for a in arguments]
        result = linear(*(_as_c(a) for a in fenced))
        for a, b in zip(arguments, fenced, strict=True):
            if isinstance(a, np.ndarray):
                assert (b[a.size :] == FENCE).all(), f"{name} wrote behind an array"
                a[...] = b[: a.size].reshape(a.shape)
        return result

    return function


def _as_c(argument):
    if isinstance(argument, np.ndarray):
        return ctypes.c_void_p(argument.ctypes.data)
    if isinstance(argument, float):
        return ctypes.c_double(argument)
    return ctypes.c_long(argument) if isinstance(argument, int) else argument


@pytest.mark.parametrize(("rows", "n"), SIZES)
def test_products_add_what_they_say_in_any_size(call, rows, n):
    random = np.random.default_rng(n)
    W, x, g, start = (random.normal(size=size) for size in ((rows, n), n, rows, rows))
    z, d, D = start.copy(), x.copy(), W.copy()
    call("product", rows, n, W, x, z)
    call("transposed", rows, n, W, g, d)
    call("outer", rows, n, g, x, D)
    tolerance = 1e-15 * max(1, rows, n)  # a rounding error for each term, and terms of size 1
    np.testing.assert_allclose(
        z, [s + math.fsum(w * x) for s, w in zip(start, W, strict=True)], rtol=0, atol=5 * tolerance
    )
    np.testing.assert_allclose(
        d, [v + math.fsum(w * g) for v, w in zip(x, W.T, strict=True)], rtol=0, atol=5 * tolerance
    )
    np.testing.assert_allclose(D, W + np.outer(g, x), rtol=0, atol=1e-14)


@pytest.mark.parametrize(("rows", "n"), SIZES)
def test_a_matrix_product_has_the_bits_of_its_rows_alone(call, rows, n):
    random = np.random.default_rng(n)
    W, x, z = random.normal(size=(rows, n)), random.normal(size=n), np.zeros(rows)
    call("product", rows, n, W, x, z)
    assert z.tolist() == [call("dot", n, w.copy(), x) for w in W]


class Settings(ctypes.Structure):
    """adam_settings in linear.h."""

    _fields_ = [(name, ctypes.c_double) for name in ("beta1", "beta2", "eps", "rate", "root", "decay", "shrink")]


@pytest.mark.parametrize("kind", [Adam, AdamW])
@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_adam_gives_the_bits_of_the_optimizer(call, kind, decay):
    random = np.random.default_rng(3)
    p, m, v = random.normal(size=37), np.zeros(37), np.zeros(37)
    optimizer = kind([Value(x) for x in p], lr=0.02, weight_decay=decay)
    beta1, beta2 = optimizer.betas
    for step in range(1, 6):
        g = random.normal(size=37) * 10.0 ** random.integers(-200, 3, 37)
        for value, slope in zip(optimizer.parameters, g, strict=True):
            value.grad = slope
        optimizer.step()
        rate, root = 0.02 / (1.0 - beta1**step), math.sqrt(1.0 - beta2**step)
        coupled, shrink = (decay, 1.0) if kind is Adam else (0.0, 1.0 - 0.02 * decay)
        call("adam", 37, p, g, m, v, ctypes.byref(Settings(beta1, beta2, optimizer.eps, rate, root, coupled, shrink)))
        assert p.tolist() == [value.data for value in optimizer.parameters]
    assert (m.tolist(), v.tolist()) == (optimizer.exp_avg.tolist(), optimizer.exp_avg_sq.tolist())


@pytest.mark.parametrize(("momentum", "nesterov"), [(0.0, False), (0.9, False), (0.9, True)])
@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_gradient_descent_gives_the_bits_of_the_optimizer(call, momentum, nesterov, decay):
    random = np.random.default_rng(4)
    p, m = random.normal(size=21), np.zeros(21)
    optimizer = SGD([Value(x) for x in p], lr=0.05, momentum=momentum, nesterov=nesterov, weight_decay=decay)
    for _ in range(4):
        g = random.normal(size=21)
        for value, slope in zip(optimizer.parameters, g, strict=True):
            value.grad = slope
        optimizer.step()
        call("sgd", 21, p, g, m if momentum else None, 0.05, momentum, decay, int(nesterov))
        assert p.tolist() == [value.data for value in optimizer.parameters]
