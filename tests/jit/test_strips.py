"""Long runs in strips give the bits that they give one by one: random programs against the machine in NumPy."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import autograd
from autograd import Value, grad, jit, maximum, operation
from autograd.generated.kernels import DOT
from autograd.jit import machine as machines
from autograd.jit.machine import numpy_machine
from autograd.jit.recording.recordings import single_machine

pytestmark = pytest.mark.skipif(not machines.COMPILED, reason="the machine in NumPy knows no strips")

KINDS = (
    "ahead",
    "behind",
    "ring",
    "square",
    "neighbors",
    "scale",
    "reversed",
    "strided",
    "largest",
    "total",
    "pairs",
    "polynomial",
    "itself",
    "shared",
)
steps = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 9), st.integers(0, 9), st.integers(1, 90), st.floats(-1, 1)),
    min_size=2,
    max_size=9,
)
ENDS = ("sum", "pairs", "list", "both")


def run(recipe, x):
    """Lists made of lists by exact operations, each at some distance from what it reads; the last of them."""
    made = [list(x)]
    for kind, a, b, k, c in recipe:
        xs, ys = made[a % len(made)], made[b % len(made)]
        m = min(len(xs), len(ys))
        if m < 1100:
            xs = ys = made[0]
            m = len(xs)
        xs, ys = xs[:m], ys[:m]
        if kind == "ahead":
            z = [p - c * q for p, q in zip(xs[k:], ys, strict=False)]
        elif kind == "behind":
            z = [p * q for p, q in zip(xs, ys[k:], strict=False)]
        elif kind == "ring":
            z = [xs[(i + k) % m] - ys[i] for i in range(m)]
        elif kind == "square":
            z = [p * p - q for p, q in zip(xs, ys, strict=True)]
        elif kind == "neighbors":
            z = [(q - p * p) * c for p, q in zip(xs, ys[1:], strict=False)]
        elif kind == "scale":
            z = [-(c * p) / 3.0 for p in xs]
        elif kind == "reversed":
            z = [p + q for p, q in zip(xs, reversed(ys), strict=True)]
        elif kind == "strided":
            z = [maximum(xs[2 * (i // 2)], c) + ys[i] for i in range(m)]
        elif kind == "polynomial":
            z = [c - ((p * c + q) * p - c) * p for p, q in zip(xs, ys, strict=True)]
        elif kind == "itself":
            z = [c / ((p - q) * (p - q)) - (q + q) / (p - q) for p, q in zip(xs, ys[k:], strict=False)]
        elif kind == "shared":
            between = [-(p * q) for p, q in zip(xs, ys, strict=True)]
            z = [b + c for b in between] + [b - between[0] * b for b in between[k:]]
        elif kind == "largest":
            top = autograd.max(xs[: 5 * k])
            z = [p - top for p in ys]
        elif kind == "total":
            total = autograd.sum(xs)
            z = [p * total for p in ys]
        else:
            z = [p - q for p, q in zip(xs[::2], xs[1::2], strict=False)] + ys[m // 2 :]
        made.append(z)
    return made[-1]


def bits_of(machine, made, at):
    room = machine.evaluate(made.captured, at)
    return None if room is None else np.array(machine.values(room))


def same_as_without_strips(made, inputs):
    program = single_machine(made).program
    plain = numpy_machine.Machine(program, (), ())
    exact = all(program.code[start] != DOT for start in program.uniform)  # products over lists: in another order
    for kind in range(len(machines.target_names())):
        machine = machines.Machine(program, (), (), target=kind)
        for at in (*inputs, inputs[0]):  # rooms are used again
            with np.errstate(all="ignore"):
                wanted = bits_of(plain, made, at)
            found = bits_of(machine, made, at)
            assert (wanted is None) == (found is None)
            if wanted is not None and exact:
                np.testing.assert_array_equal(found, wanted)
            elif wanted is not None:
                scale = np.abs(wanted[np.isfinite(wanted)]).max(initial=1.0)
                np.testing.assert_allclose(found, wanted, rtol=1e-11, atol=1e-11 * scale)


@given(steps, st.sampled_from(ENDS), st.integers(1100, 2700), st.integers(0, 1 << 30))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_programs_have_the_same_bits(recipe, end, n, seed):
    inputs = [np.random.default_rng(seed + k).normal(size=n) for k in range(3)]
    inputs[2][np.random.default_rng(seed).integers(n, size=40)] = [
        0.0,
        -0.0,
        np.inf,
        -np.inf,
        np.nan,
        5e-324,
        -5e-324,
        1.0,
    ] * 5

    def one_number(x):
        y = run(recipe, x)
        return autograd.sum([p * q for p, q in pairwise(y)] if end == "pairs" else y)

    if end in ("list", "both"):
        recorded = jit(lambda x: [*run(recipe, x), *(x[:7] if end == "both" else ())], verify=False)
        recorded(inputs[0])
        (entry,) = recorded.entries.values()
        same_as_without_strips(entry.recordings[0], inputs)
        return
    transform = grad(jit(one_number, verify=False))
    transform(inputs[0])
    (entry,) = transform.root.entries.values()
    (made,) = transform.programs(entry.recordings[0])
    same_as_without_strips(made, inputs)


def test_a_guard_that_fails_behind_strips_leaves_nothing_wrong_behind():
    def f(x):
        y = [(q - p * p) * 0.5 for p, q in pairwise(x)]
        z = [p - q for p, q in zip(y, y[3:], strict=False)]
        return autograd.sum(z) if z[700] > 0.0 else autograd.sum([p * q for p, q in zip(z, y, strict=False)])

    derivative = grad(jit(f))
    for seed in range(6):
        at = np.random.default_rng(seed).normal(size=2000)
        leaves = [Value(x) for x in at.tolist()]
        f(leaves).backward()
        assert derivative(at) == pytest.approx([x.grad for x in leaves], rel=1e-12, abs=1e-12)


def test_what_a_python_function_reads_keeps_its_place():
    def halved(x):
        return 0.5 * x

    half = operation("halved", halved, lambda x, z: 0.5)
    n = 1500

    def f(x):
        y = [p * p - q for p, q in pairwise(x)]
        return [p + half(y[700]) * q for p, q in zip(y, x, strict=False)]

    recorded, at = jit(f), np.random.default_rng(0).normal(size=n)
    for _ in range(3):
        found = [y.data for y in recorded(at)]
        assert found == [y if isinstance(y, float) else y.data for y in f([Value(x) for x in at.tolist()])]


def test_gradients_of_parameters_read_numbers_that_strips_do_not_use_again():
    n, weight = 1600, Value(0.3)

    def f(x):
        y = [(q - p * p) * 0.5 for p, q in pairwise(x)]
        z = [p - q * p for p, q in zip(y, y[2:], strict=False)]
        return autograd.sum([weight * p * q for p, q in zip(z, x, strict=False)])

    recorded, at = jit(f), np.random.default_rng(1).normal(size=n)
    for _ in range(3):
        weight.grad = 0.0
        recorded(at).backward()
        found, weight.grad = weight.grad, 0.0
        f(at.tolist()).backward()
        assert found == pytest.approx(weight.grad, rel=1e-12)


def test_results_outlive_the_next_call():
    derivative = grad(jit(lambda x: autograd.sum([(q - p * p) ** 2 for p, q in pairwise(x)])))
    at = [np.random.default_rng(k).normal(size=3000) for k in range(3)]
    first = [derivative(x) for x in at]
    again = [derivative(x) for x in at]
    for a, b in zip(first, again, strict=True):
        assert np.array_equal(a, b)


@pytest.mark.parametrize("n", [100, 200, 1101])
def test_sums_of_one_number_many_times_and_of_every_third_have_the_same_bits(n):
    def f(x):
        return [autograd.sum([x[1]] * n), autograd.sum(x[::3]), autograd.mean(x[::-1]), autograd.sum([x[2], *x[5::2]])]

    inputs = [np.random.default_rng(k).normal(size=3 * n) for k in range(2)]
    recorded = jit(f, verify=False)
    recorded(inputs[0])
    (entry,) = recorded.entries.values()
    same_as_without_strips(entry.recordings[0], inputs)
