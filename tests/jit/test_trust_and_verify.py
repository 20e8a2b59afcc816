"""A recording is compared with its function now and then, and what never settles is computed as it is."""

from __future__ import annotations

import ctypes
import time
import warnings

import numpy as np
import pytest

import autograd
from autograd import Value, grad, jit
from autograd.jit import JitError

MEASURED = pytest.mark.skipif(not autograd.COMPILED, reason="the plain machine is not built for speed")
STATE = (ctypes.c_double * 1)(2.0)


def stale(**options):
    """A recorded function of something that is changed behind its back, as a stale recording would be."""
    STATE[0] = 2.0
    f = jit(lambda x: x * STATE[0], **options)
    f(1.0)
    (entry,) = f.entries.values()
    entry.watch = type(entry.watch)()  # as if nothing had been seen
    STATE[0] = 3.0
    return f


@pytest.fixture(autouse=True)
def as_before():
    STATE[0] = 2.0
    yield
    STATE[0] = 2.0


def test_a_stale_recording_is_found_at_the_second_call_and_dropped():
    f = stale()
    with pytest.raises(JitError, match=r"the recording gives 2\.0, the function itself 3\.0.*verify=False"):
        f(1.0)
    assert f(1.0).data == 3.0


def test_a_stale_recording_is_found_in_batches_and_transforms():
    f = stale()
    with pytest.raises(JitError, match="the function itself"):
        f.map(np.ones(4))
    assert f.map(np.ones(4)).tolist() == [3.0] * 4
    f = stale()
    with pytest.raises(JitError, match="the function itself"):
        grad(f)(1.0)
    assert grad(f)(1.0) == 3.0


def test_without_verification_nothing_is_run_again():
    ran = []
    f = jit(lambda x: [ran.append(0), x * 2.0][1], verify=False)
    assert [f(float(k)).data for k in range(50)] == [2.0 * k for k in range(50)]
    assert len(ran) == 1
    assert stale(verify=False)(1.0).data == 2.0


def test_the_function_is_run_at_powers_of_two():
    ran = []
    f = jit(lambda x: [ran.append(0), x * 2.0][1])
    when = []
    for k in range(1, 70):
        before = len(ran)
        f(float(k))
        if len(ran) > before:
            when.append(k)
    assert when == [1, 2, 4, 8, 16, 32, 64]


def test_what_raises_now_is_told():
    f = stale()
    f.f = lambda x: 1.0 / 0.0
    with pytest.raises(JitError, match="now raises ZeroDivisionError"):
        f(1.0)


def test_rounding_that_a_chaotic_function_magnifies_is_no_error():
    def logistic(x):
        for _ in range(200):
            x = 3.99 * x * (1.0 - x) + 0.0 * (x + 0.1 + 0.2)
        return x

    f = jit(logistic)
    for k in range(40):
        f(0.1 + 0.01 * k)


@pytest.mark.parametrize("wrong", [None, 1, "yes"])
def test_verify_is_true_or_false(wrong):
    with pytest.raises(TypeError, match="verify must be True or False"):
        jit(abs, verify=wrong)


def forked(x):
    s = 0.0
    for k in range(12):
        s = s + x if x * (k + 1) % 1.0 > 0.5 else s - x * k
    return s


def test_a_function_that_branches_everywhere_is_computed_as_it_is_and_told_once():
    f, xs = jit(forked), np.random.default_rng(0).random(1000).tolist()
    with pytest.warns(RuntimeWarning, match="takes another path at nearly every call") as told:
        got = [f(x).data for x in xs]
    assert len(told) == 1
    assert told[0].filename == __file__
    assert got == [forked(Value(x)).data for x in xs]
    assert "another path" in f.explain()


def test_in_batches_too():
    f, xs = jit(forked), np.random.default_rng(0).random(1000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert f.map(xs).tolist() == [forked(Value(x)).data for x in xs.tolist()]
        assert grad(f).map(xs).tolist() == [grad(forked)(x) for x in xs.tolist()]


@MEASURED
def test_a_path_explosion_costs_less_than_twice_eager():
    xs = np.random.default_rng(0).random(2000).tolist()
    ratios = []
    for _ in range(5):
        f = jit(forked)
        start = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for x in xs:
                f(x)
        middle = time.perf_counter()
        for x in xs:
            forked(Value(x))
        ratios.append((middle - start) / (time.perf_counter() - middle))
    assert min(ratios) < 2.0, ratios


def test_a_few_paths_are_all_recorded():
    def f(x):
        return x if x < 1.0 else x * x if x < 2.0 else x**3 if x < 3.0 else -x if x < 4.0 else x / 2.0

    g = jit(f)
    for k in range(400):
        assert g(k % 5 + 0.5).data == f(Value(k % 5 + 0.5)).data
    (entry,) = g.entries.values()
    assert len(entry.recordings) == 5


def test_a_key_that_never_comes_again_is_told_and_computed_as_it_is():
    f = jit(lambda x, k: x * k)
    with pytest.warns(RuntimeWarning, match="ever new ints, strings or objects"):
        assert [f(2.0, k).data for k in range(1000, 1400)] == [2.0 * k for k in range(1000, 1400)]
    assert len(f.entries) < 100


def test_what_changes_at_every_call_is_named():
    class Rate:
        now = 0.1

    rate = Rate()
    f = jit(lambda x: x * rate.now)

    def train():
        for k in range(100):
            rate.now = 0.1 * k
            assert f(2.0).data == 2.0 * rate.now

    with pytest.warns(RuntimeWarning, match="since what it reads changes.*now"):
        train()


def test_one_change_each_epoch_is_not_worth_a_word():
    class Rate:
        now = 0.1

    rate = Rate()
    f = jit(lambda x: x * rate.now)
    for epoch in range(50):
        rate.now = 0.1 * epoch
        for k in range(20):
            assert f(float(k)).data == float(k) * rate.now


@MEASURED
def test_verifying_costs_little():
    def f(x):
        for k in range(50):
            x = x * 1.01 + 0.1 * k
        return x

    def seconds(g):
        g(1.0)
        start = time.process_time()
        for _ in range(10_000):
            g(1.0)
        return time.process_time() - start

    ratios = sorted(seconds(jit(f)) / seconds(jit(f, verify=False)) for _ in range(7))
    assert ratios[0] < 1.05
    assert ratios[3] < 1.15


def test_a_value_that_comes_twice_is_one_when_it_is_compared_too():
    ran = []
    f = jit(lambda a, b: [ran.append(0), a * 10.0 if a is b else a + b][1])
    v = Value(2.0)
    assert [f(v, v).data for _ in range(8)] == [20.0] * 8
    assert len(ran) == 4  # recorded at call 1, compared at calls 2, 4 and 8


def test_what_can_no_longer_be_recorded_is_not_replayed():
    f = stale()
    kept = f.f
    f.f = lambda x: x * float(x)
    for _ in range(2):
        with pytest.raises(JitError, match="reads or changes a Value's number"):
            f(1.0)
    f.f = kept
    assert f(1.0).data == 3.0


def test_what_is_counted_and_collected_in_slots_is_let_be_as_in_attributes():
    class Attributes:
        pass

    class Slots:
        __slots__ = ("calls", "kept")

    counted = []
    for kind in (Attributes, Slots):
        notes = kind()
        notes.calls, notes.kept = 0, []

        def noted(x, notes=notes):
            notes.calls += 1
            notes.kept.append("seen")
            return x * 2.0

        f = jit(noted)
        assert [f(x).data for x in (1.0, 2.0, 3.0, 4.0)] == [2.0, 4.0, 6.0, 8.0]
        counted.append((notes.calls, len(notes.kept)))
    assert counted[0] == counted[1] < (4, 4)
