"""The machine on every kind of processor, in both precisions and on several threads, against the eager engine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_jit_programs import gradients_of, points, recipes, run

import autograd
import autograd.jit.recording.recordings
import nn
from autograd import TABLE, Value, grad, jit, logsumexp, mean, take
from autograd.generated.kernels import NAMES, SLOPE_FROM
from autograd.jit import machine as machines

KINDS = range(len(machines.target_names()))
only_compiled = pytest.mark.skipif(not machines.COMPILED, reason="the machine in NumPy has one kind and one thread")


each_target = pytest.mark.parametrize("target", KINDS, ids=machines.target_names(), indirect=True)


def close(a, b, scale, tolerance):
    scale = scale if np.isfinite(scale) else 1.0
    return np.allclose(a, b, rtol=tolerance, atol=tolerance * scale, equal_nan=True)


@each_target
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_batches_of_every_length_equal_eager_ones(target, dtype):
    model = nn.MLP(3, [7, 5], activation="tanh", seed=2)
    parameters = model.parameters()
    shift = Value(0.3)

    def f(x, y):
        logits = [z * shift + x[0] for z in model(x)]
        return logsumexp(logits) - take(logits, y) + max(0.0, 1.0) * (logits[0] - shift).abs()

    fast = jit(f, dtype=dtype)
    rng = np.random.default_rng(5)
    tolerance = 1e-12 if dtype == "float64" else 3e-6  # some fifty roundings to 2**-24, of numbers near 1
    for n in (1, 2, 7, 8, 15, 16, 17, 33, 100):
        X, y = rng.normal(size=(n, 3)), rng.integers(0, 5, size=n)
        eager = mean([f(list(map(Value, x)), int(k)) for x, k in zip(X, y, strict=True)])
        wanted, found = gradients_of(eager, [*parameters, shift]), gradients_of(fast.mean(X, y), [*parameters, shift])
        assert close(found, wanted, 1.0, tolerance), n
        assert fast.mean(X, y).data == pytest.approx(eager.data, rel=tolerance)


@each_target
@given(recipes(), st.lists(points, min_size=1, max_size=20), st.lists(st.floats(-2, 2), min_size=2, max_size=2))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_programs_equal_eager_on_every_kind_of_processor(target, steps, rows, weights):
    parameters = [Value(w) for w in weights]
    fast = jit(lambda x: run(steps, [*x, *parameters]))
    each = [run(steps, [Value(x) for x in row] + parameters) for row in rows]
    together = mean(each)
    largest = max(abs(x.data) for x in each)
    assert close(fast.mean(np.array(rows)).data, together.data, largest, 1e-9)
    if np.isfinite(together.data):
        shares = [gradients_of(run(steps, [Value(x) for x in row] + parameters), parameters) for row in rows]
        found = gradients_of(fast.mean(np.array(rows)), parameters)
        with np.errstate(invalid="ignore"):  # inf - inf
            wanted = np.mean(shares, axis=0)
        scale = max(np.abs(shares).max(), largest)  # terms as large as the results may cancel
        assert close(found, wanted, scale, 1e-9)
    one = fast(rows[0])
    assert close(one.data, each[0].data, abs(each[0].data), 1e-9)


@each_target
@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if row.public and not row.reduction))
def test_every_operation_is_the_same_in_single_precision_to_seven_digits(target, name):
    from test_jit_programs import _operation

    row = TABLE[name]
    X = np.random.default_rng(3).uniform(0.1, 0.9, size=(21, len(row.operands))).astype(np.float32).astype(float)
    operation, scale = _operation(name, len(row.operands)), Value(4.0 if name == "acosh" else 0.75)
    X[:, 0] = np.maximum(X[:, 0], 0.3)  # in the domain of acosh, away from where slopes are endless
    fast = jit(lambda x: operation(scale * x[0], *x[1:]), dtype="float32")
    eager = [operation(scale * x[0], *x[1:].tolist()) for x in X]
    wanted = [z.data for z in eager]
    assert close(fast.map(X), wanted, np.abs(wanted).max(), 1e-6)
    found = gradients_of(fast.mean(X), [scale])
    assert close(found, gradients_of(mean(eager), [scale]), 1.0, 2e-6)


@each_target
def test_an_infinite_slope_stays_infinite_whatever_stands_beside_the_last_row(target):
    w = Value(1.0)
    f = jit(lambda x: (w * x).sqrt())
    for n in (1, 3, 9):
        w.grad = 0.0
        X = np.ones(n)
        X[-1] = 0.0
        f.sum(X).backward()
        eager = Value(1.0)
        for x in X:
            (eager * float(x)).sqrt().backward()
        assert repr(w.grad) == repr(eager.grad)
    v = Value(0.0)
    jit(lambda x: (v + x).sqrt()).sum(np.zeros(9)).backward()
    assert v.grad == np.inf
    unbounded = Value(2.0)
    rows = np.array([1.0] * 8 + [np.inf])
    jit(lambda x: unbounded * x + 0.0).sum(rows).backward()
    assert unbounded.grad == np.inf


def test_single_precision_is_about_seven_digits_and_sums_of_many_rows_keep_them():
    x = np.full(1_000_000, 0.1)
    w = Value(1.0)
    total = jit(lambda x: w * x, dtype="float32").sum(x)
    total.backward()
    exact = 1_000_000 * float(np.float32(0.1))
    assert total.data == pytest.approx(exact, rel=1e-7)
    assert w.grad == pytest.approx(exact, rel=2e-6)  # a tile's rows are added up in single precision


@pytest.mark.parametrize("dtype", [np.float32, np.dtype("float32")])
def test_the_types_of_numpy_say_the_precision_too(dtype):
    third = jit(lambda x: x / 3.0, dtype=dtype).map(np.ones(1))
    assert third[0] == np.float32(1) / np.float32(3)


def test_single_calls_are_in_double_precision_whatever_the_dtype():
    w = Value(0.1)
    assert jit(lambda x: w * x, dtype="float32")(0.3).data == 0.1 * 0.3


def test_other_settings_are_refused_in_one_sentence(monkeypatch):
    with pytest.raises(ValueError, match='dtype must be "float64" or "float32", got \'float16\''):
        jit(abs, dtype="float16")
    with pytest.raises(ValueError, match="threads must be 1 or more, got 0"):
        jit(abs, threads=0)
    with pytest.raises(TypeError, match="threads must be an int, got str"):
        jit(abs, threads="two")
    monkeypatch.setenv("GLASSGRAD_THREADS", "many")
    with pytest.raises(ValueError, match="GLASSGRAD_THREADS must be a whole number from 1 on, got 'many'"):
        jit(abs)
    monkeypatch.setenv("GLASSGRAD_THREADS", "3")
    assert jit(abs).settings.threads == 3


def test_jit_with_settings_is_a_decorator():
    @jit(dtype="float32", threads=1)
    def double(x):
        return x * Value(2.0)

    assert double.map(np.array([1.0, 2.0])).tolist() == [2.0, 4.0]


# ---- threads


def _large(threads, dtype="float64", seed=1):
    """A function with enough work for several threads, and its rows."""
    model = nn.MLP(8, [64, 64, 3], activation="tanh", seed=seed)
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(5000, 8)), rng.integers(0, 3, size=5000)

    def f(x, y):
        logits = model(x)
        return logsumexp(logits) - take(logits, y)

    return model, jit(f, dtype=dtype, threads=threads), X, y


def _gradient(threads, dtype="float64"):
    model, f, X, y = _large(threads, dtype)
    z = f.mean(X, y)
    z.backward()
    return [z.data] + [p.grad for p in model.parameters()]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_results_have_the_same_bits_for_any_number_of_threads(dtype):
    one = _gradient(1, dtype)
    assert all(_gradient(threads, dtype) == one for threads in (2, 3, 7, 2, 2))


@only_compiled
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what one thread took")
def test_other_threads_take_a_share_of_the_work():
    import resource

    _, f, X, y = _large(2)
    X, y = np.tile(X, (20, 1)), np.tile(y, 20)
    f.mean(X[:10], y[:10])
    before = [resource.getrusage(who).ru_utime for who in (resource.RUSAGE_THREAD, resource.RUSAGE_SELF)]
    f.mean(X, y)
    after = [resource.getrusage(who).ru_utime for who in (resource.RUSAGE_THREAD, resource.RUSAGE_SELF)]
    own, all_threads = after[0] - before[0], after[1] - before[1]
    assert all_threads > 1.05 * own


def test_threads_fill_in_every_row_of_a_map():
    model, _, X, _ = _large(1)
    one, three = jit(model, threads=1).map(X), jit(model, threads=3).map(X)
    assert (one == three).all()


@only_compiled
def test_threads_work_where_rows_take_different_paths():
    model, _, X, _ = _large(1)

    def f(x):
        z = model(x)
        return z[0] * 2.0 if x[0] > 0 else z[1] - z[2]

    results = [gradients_of(jit(f, threads=k).mean(X), model.parameters()) for k in (1, 3)]
    assert results[0] == results[1]
    eager = mean([f(list(map(Value, x))) for x in X])
    assert close(results[0], gradients_of(eager, model.parameters()), 1.0, 1e-12)


def test_two_python_threads_may_call_one_function_that_uses_several():
    _, f, X, y = _large(2)
    wanted = f.mean(X, y).data
    found = []
    callers = [threading.Thread(target=lambda: found.extend(f.mean(X, y).data for _ in range(5))) for _ in range(4)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert found == [wanted] * 20


@only_compiled
@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes fork")
def test_a_forked_process_computes_on_threads_of_its_own():
    script = (
        "import os, warnings; warnings.simplefilter('ignore')\n"
        "from test_machine import _large\n"
        "model, f, X, y = _large(2)\n"
        "before = f.mean(X, y).data\n"
        "child = os.fork()\n"
        "if child == 0: os._exit(f.mean(X, y).data != before)\n"
        "assert os.waitpid(child, 0)[1] == 0\n"
        "assert f.mean(X, y).data == before\n"
    )
    path = os.pathsep.join([os.path.dirname(__file__), *sys.path])
    done = subprocess.run([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": path}, timeout=60)
    assert done.returncode == 0


def _repeat(f, times):
    for _ in range(times):
        f()


@only_compiled
@pytest.mark.skipif(sys.platform == "win32", reason="signals to oneself are of POSIX")
def test_control_c_interrupts_the_threads_and_the_function_works_afterwards():
    _, f, X, y = _large(2)
    X, y = np.tile(X, (200, 1)), np.tile(y, 200)
    f.mean(X[:5000], y[:5000])
    before = threading.active_count()
    timer = threading.Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        _repeat(lambda: f.mean(X, y), 100)
    timer.join()
    assert threading.active_count() == before
    assert f.mean(X[:5000], y[:5000]).data == _gradient(2)[0]


@each_target
@only_compiled
@pytest.mark.parametrize("name", [name for k, name in enumerate(NAMES) if SLOPE_FROM[k] and TABLE[name].public])
def test_a_partial_by_another_operation_is_the_partial_itself(target, name, monkeypatch):
    recordings, flagged = sys.modules["autograd.jit.recording.recordings"], set()
    make, parameters, operation = recordings.Machine, [Value(0.7), Value(-0.3)], getattr(autograd, name)

    def gradients(*, taken):
        def machine(program, *more):
            for start in program.tiled:
                op, flags = program.code[start : start + 2]
                if op < len(SLOPE_FROM) and SLOPE_FROM[op] and flags & 128:
                    flagged.add(NAMES[op])
                    program.code[start + 1] = flags if taken else flags ^ 128
            return make(program, *more)

        monkeypatch.setattr(recordings, "Machine", machine)
        shifted = [lambda x, k=k: parameters[0] * x[k] + parameters[1] for k in range(3)]
        f = jit(lambda x: sum(operation(z(x)) + 0.5 * grad(operation)(z(x)) for z in shifted))
        return [gradients_of(f.mean(X), parameters) for X in batches]

    draw = np.random.default_rng(4)
    batches = [draw.normal(scale=scale, size=(n, 3)) for scale in (1.0, 30.0) for n in (1, 3, 8, 29)]
    found = gradients(taken=True)
    assert name in flagged
    assert repr(found) == repr(gradients(taken=False))


awkward = st.sampled_from([0.0, -0.0, np.inf, -np.inf, np.nan, 1.0, -1.0, 5e-324, 1e308])


@each_target
@given(st.lists(awkward | st.floats(-10, 10), min_size=1, max_size=90), st.sampled_from(["max", "min", "sum", "mean"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_long_lists_of_one_call_are_eagers_to_the_bit(target, numbers, name):
    operation = getattr(autograd, name)
    fast = jit(lambda xs: operation(xs))
    assert repr(fast(numbers).data) == repr(operation([Value(x) for x in numbers]).data)


@each_target
@given(
    st.sampled_from(["a + b", "a - b", "a * b", "a / b", "-a + 0.0 * b"]),
    st.integers(1, 40),
    st.integers(-3, 3),
    st.integers(-3, 3),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_runs_at_any_distances_are_eagers_to_the_bit(target, formula, n, i, j):
    rng = np.random.default_rng(n)
    numbers = [*rng.normal(size=97).tolist(), 0.0, -0.0, np.inf]
    at = eval(f"lambda a, b: {formula}")

    def f(xs):
        return [at(xs[(7 + k * i) % len(xs)], xs[(3 + k * j) % len(xs)]) for k in range(n)]

    fast = jit(f)
    assert repr([z.data for z in fast(numbers)]) == repr([z.data for z in f([Value(x) for x in numbers])])
