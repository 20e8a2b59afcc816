"""Products of matrices found in loops over scalars: against eager, vector by vector, and what must stay apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import autograd
import autograd.jit.recording.recordings
from autograd import Value, jit
from autograd.generated.kernels import DOT
from autograd.jit import machine as machines
from autograd.jit.machine.program import GATHER, MANY_VECTORS

each_target = pytest.mark.parametrize(
    "target", range(len(machines.target_names())), ids=machines.target_names(), indirect=True
)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def values(rng, *shape):
    return np.vectorize(Value, otypes=[object])(rng.normal(size=shape)).tolist()


def products(f):
    """How many vectors each dot of the recorded function multiplies."""
    (entry,) = f.entries.values()
    program = entry.recordings[0].machines[()].program
    starts = [start for start in program.uniform if program.code[start] == DOT]
    return [program.code[s + 12] if program.code[s + 1] & MANY_VECTORS else 1 for s in starts]


def gradients(f, leaves):
    for p in leaves:
        p.grad = 0.0
    zs = f()
    total = autograd.sum([z * (0.5 + k) for k, z in enumerate(zs)])
    total.backward()
    return [z.data for z in zs], [p.grad for p in leaves]


def agree(f, leaves):
    """The recorded function against the function itself."""
    recorded = jit(f)
    found, wanted = gradients(recorded, leaves), gradients(f, leaves)
    np.testing.assert_allclose(found[0], wanted[0], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found[1], wanted[1], rtol=1e-12, atol=1e-11)
    return recorded, found


starts = st.sampled_from(["none", "shared", "own", "one"])


@each_target
@given(st.integers(1, 21), st.integers(2, 37), st.integers(1, 11), starts, st.booleans())
@example(13, 4, 5, "own", True)  # half of a vector
@example(13, 4, 1, "none", False)
@quick
def test_a_matrix_times_several_vectors(target, m, n, count, start, by_rows):
    rng = np.random.default_rng(1000 * m + 10 * n + count)
    W, xs, b = values(rng, m, n), values(rng, count, n), values(rng, count, m)
    add = {"none": lambda t, i: 0.0, "shared": lambda t, i: b[0][i], "own": lambda t, i: b[t][i]}
    add["one"] = lambda t, i: b[0][0]

    def f():
        y = [[0.0] * m for _ in xs]
        order = [(t, i) for t in range(count) for i in range(m)]
        if by_rows:
            order = [(t, i) for i in range(m) for t in range(count)]
        for t, i in order:
            y[t][i] = autograd.dot(W[i], xs[t], add[start](t, i))
        return [z for row in y for z in row]

    leaves = [p for rows in (W, xs, b) for row in rows for p in row]
    agree(f, leaves)


@each_target
@given(st.integers(2, 21), st.integers(2, 37), st.integers(2, 11), st.booleans())
@example(13, 4, 5, True)
@quick
def test_bits_are_those_of_one_vector_after_the_other(target, m, n, count, bias):
    rng = np.random.default_rng(1000 * m + 10 * n + count)
    W, xs, b = values(rng, m, n), values(rng, count, n), values(rng, 1, m)[0]

    def of(t):  # of results, since leaves lie as the first product reads them: a row, the vector, the next row
        x = [1.5 * p for p in xs[t]]
        return [autograd.dot(row, x, b[i] if bias else 0.0) for i, row in enumerate(W)]

    leaves = [p for rows in (W, xs, [b]) for row in rows for p in row]
    recorded, found = agree(lambda: [z for t in range(count) for z in of(t)], leaves)
    assert products(recorded) == [count]
    for p in leaves:
        p.grad = 0.0
    numbers = []
    for t in range(count):
        numbers.append([z.data for z in jit(lambda t=t: of(t))()])
    assert repr([z for row in numbers for z in row]) == repr(found[0])
    for t in reversed(range(count)):  # the order in which the machine goes back
        zs = jit(lambda t=t: of(t))()
        autograd.sum([z * (0.5 + m * t + i) for i, z in enumerate(zs)]).backward()
    ends = len(leaves) - len([p for row in xs for p in row]) - m
    assert repr([p.grad for p in leaves[ends:]]) == repr(found[1][ends:])  # the matrix's are sums over the vectors


@each_target
@given(st.integers(2, 9), st.integers(2, 6))
@quick
def test_vectors_that_are_results_wait_for_them(target, n, steps):
    """h = W h again and again: the same matrix each time, and each vector lies right behind the one before."""
    rng = np.random.default_rng(n)
    W, x = values(rng, n, n), values(rng, 1, n)[0]

    def f():
        h = [1.5 * p for p in x]
        for _ in range(steps):
            h = [autograd.dot(row, h, 0.0) for row in W]
        return h

    recorded, _ = agree(f, [p for row in [*W, x] for p in row])
    assert products(recorded) == [1] * steps


@each_target
@given(st.integers(2, 6), st.integers(3, 40), st.integers(1, 5))
@quick
def test_windows_that_overlap(target, m, n, step):
    rng = np.random.default_rng(n)
    W, x = values(rng, m, n), values(rng, 1, n + 8 * step)[0]

    def f():
        return [autograd.dot(row, x[k * step : k * step + n]) for k in range(8) for row in W]

    agree(f, [p for row in [*W, x] for p in row])


@each_target
@given(st.integers(2, 12), st.integers(3, 20))
@quick
def test_a_matrix_whose_rows_overlap(target, m, n):
    rng = np.random.default_rng(n)
    x, ys = values(rng, 1, n + m)[0], values(rng, 5, n)

    def f():
        return [autograd.dot(x[i : i + n], y) for y in ys for i in range(m)]

    agree(f, [p for row in [*ys, x] for p in row])


@each_target
@given(st.integers(1, 9), st.integers(2, 20))
@quick
def test_vectors_that_are_rows_of_the_matrix(target, count, n):
    """All scores of a list of vectors against each other, as attention without a mask has them."""
    xs = values(np.random.default_rng(n), count, n)
    agree(lambda: [autograd.dot(x, y) for x in xs for y in xs], [p for row in xs for p in row])


@each_target
@given(st.integers(1, 9), st.integers(2, 20))
@quick
def test_a_triangle_of_scores(target, count, n):
    rng = np.random.default_rng(n)
    qs, ks = values(rng, count, n), values(rng, count, n)

    def f():
        weights = [autograd.softmax([autograd.dot(q, k) for k in ks[: t + 1]]) for t, q in enumerate(qs)]
        return [autograd.dot(w, [k[j] for k in ks[: len(w)]]) for w in weights for j in range(n)]

    agree(f, [p for row in [*qs, *ks] for p in row])


def test_the_scores_of_attention_lie_as_their_softmax_reads_them():
    rng = np.random.default_rng(0)
    qs, ks = values(rng, 20, 4), values(rng, 20, 4)

    def f():
        return [
            x for t, q in enumerate(qs) for x in autograd.softmax([autograd.dot(q, k) for k in ks[: t + 1]])
        ]  # fmt: skip

    recorded, _ = agree(f, [p for row in [*qs, *ks] for p in row])
    (entry,) = recorded.entries.values()
    program = entry.recordings[0].machines[()].program
    assert not [start for start in program.uniform if program.code[start] == GATHER]


@each_target
def test_what_is_not_chosen_stays_without_a_share(target):
    """The careful way back knows products of matrices too."""
    rng = np.random.default_rng(3)
    W, xs = values(rng, 3, 5), values(rng, 4, 5)

    def f():
        zs = [autograd.dot(row, x) for x in xs for row in W]
        return [autograd.where(True, z, (z * 1e300).exp()) for z in zs]

    _, (_, found) = agree(f, [p for row in [*W, *xs] for p in row])
    assert np.isfinite(found).all()


def scattered(rng):
    """A function of eight numbers made of short products of whatever was there before, some behind a sine."""
    steps = []
    for k in range(8, 8 + rng.integers(4, 15)):
        alone = rng.random() < 0.3
        steps.append((alone, rng.integers(0, k, size=1 if alone else 2 * rng.integers(2, 4))))

    def f(xs):
        found = list(xs)
        for alone, places in steps:
            operands = [found[i] for i in places]
            found.append(autograd.sin(operands[0]) if alone else autograd.dot(operands[::2], operands[1::2]))
        return found[8:]

    return f


@pytest.mark.parametrize("seed", range(60))
def test_products_of_numbers_that_lie_anywhere_are_joined_only_where_they_are_neighbors(seed):
    f = scattered(np.random.default_rng(seed))
    recorded, xs = jit(f, verify=False), [0.1 * k + 0.05 for k in range(8)]
    for numbers in (xs, xs, xs[::-1]):
        assert [float(z) for z in recorded(numbers)] == pytest.approx(f(numbers), rel=1e-12)


def test_an_infinite_derivative_behind_one_of_many_products_stays_with_its_own():
    rows = [[Value(k + 1.0), Value(1.0)] for k in range(4)]
    recorded = jit(lambda a, b: autograd.sum([autograd.dot(row, [a, b]).sqrt() for row in rows]))
    recorded.mean([1.0], [-1.0]).backward()  # the square roots of 0, 1, 2 and 3
    assert [row[0].grad for row in rows] == pytest.approx([np.inf, 0.5, 0.5 / 2**0.5, 0.5 / 3**0.5])
    assert [row[1].grad for row in rows] == [-row[0].grad for row in rows]


@each_target
@pytest.mark.parametrize("name", ["sum", "mean", "prod", "logsumexp", "max", "min", "norm"])
def test_a_reduction_over_weights_gives_them_the_gradients_of_the_tape(target, name):
    weights, rows = [Value(0.5), Value(-2.0), Value(1.5)], [1.0, 3.0, -2.5]
    recorded = jit(lambda x: getattr(autograd, name)([x, *weights]))
    recorded.mean(rows).backward()
    found = [w.grad for w in weights]
    for w in weights:
        w.grad = 0.0
    autograd.mean([recorded.__wrapped__(Value(x)) for x in rows]).backward()
    assert found == pytest.approx([w.grad for w in weights], rel=1e-12)
