"""Batches computed by executors: threads, processes, loky, Dask; the same bits whoever computes."""

from __future__ import annotations

import functools
import importlib
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nn
from autograd import JitError, Value, exp, grad, jit, log, maximum, no_grad, operation, take
from autograd.jit import chunks, executors

SPAWN = multiprocessing.get_context("spawn")  # a process that has threads, of JAX for one, should not be forked
model = nn.MLP(3, [8, 1], "tanh", seed=1)
w, u = Value(1.5), Value(-0.5)


@jit
def loss(x, y):
    return (model(x) - y) ** 2


@jit
def branching(x):
    if x > 0.5:
        return [w * x, x * x]
    return [w * u * x if x < -0.5 else exp(u) * x, x]


class Inline(Executor):
    """Computes at once, what has gone through pickle as if to another process."""

    def __init__(self):
        self.tasks = []

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        sent = pickle.dumps((fn, args, kwargs))
        self.tasks.append(len(sent))
        fn, args, kwargs = pickle.loads(sent)
        try:
            future.set_result(pickle.loads(pickle.dumps(fn(*args, **kwargs))))
        except Exception as error:
            future.set_exception(error)
        return future


def data(n=5000, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 3))
    return X, np.sin(X[:, 0]) + 0.1 * rng.normal(size=n)


def mean_and_gradient(*args, **options):
    model.zero_grad()
    found = loss.mean(*args, **options)
    found.backward()
    return found.data, np.array([p.grad for p in model.parameters()])


@pytest.fixture(scope="module")
def two_processes():
    with ProcessPoolExecutor(2, SPAWN) as pool:
        yield pool


def test_the_bits_are_the_same_for_any_number_and_kind_of_workers(two_processes):
    X, y = data()
    value, gradient = mean_and_gradient(X, y)
    found = [mean_and_gradient(X, y, executor=Inline())]
    for pool in (ThreadPoolExecutor(1), ThreadPoolExecutor(3)):
        with pool:
            found.append(mean_and_gradient(X, y, executor=pool))
    found.append(mean_and_gradient(X, y, executor=two_processes))
    assert value == pytest.approx(found[0][0], rel=1e-13)
    assert gradient == pytest.approx(found[0][1], rel=1e-10, abs=1e-14)
    for other, slopes in found[1:]:
        assert other == found[0][0]
        assert slopes.tobytes() == found[0][1].tobytes()


@pytest.mark.filterwarnings("ignore")
def test_loky_gives_these_bits_too():
    loky = pytest.importorskip("loky")
    X, y = data()
    value, gradient = mean_and_gradient(X, y, executor=Inline())
    other, slopes = mean_and_gradient(X, y, executor=loky.get_reusable_executor(2))
    assert (other, slopes.tobytes()) == (value, gradient.tobytes())
    loky.get_reusable_executor().shutdown()


# In a process of its own: Dask leaves threads and sockets behind that are no business of the other tests.
ON_DASK = """
import functools, os, sys
from distributed import Client, LocalCluster
import test_executors as t

if __name__ == "__main__":
    X, y = t.data()
    dying = functools.partial(t.dying_once, sys.argv[1], os.getpid())
    options = dict(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50)
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        executor = client.get_executor()
        for rows in ((X, y), (dying,)):
            value, gradient = t.mean_and_gradient(*rows, executor=executor)
            other, slopes = t.mean_and_gradient(*rows, executor=t.Inline())
            assert (value, gradient.tobytes()) == (other, slopes.tobytes())
        assert t.loss.map(X, y, executor=executor).tobytes() == t.loss.map(X, y).tobytes()
    print("the same", os.path.exists(sys.argv[1]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system knows no such signal")
def test_dask_gives_these_bits_too_and_does_the_work_of_a_worker_that_dies_again(tmp_path):
    pytest.importorskip("distributed")
    (tmp_path / "on_dask.py").write_text(ON_DASK)
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[2])])
    command = [sys.executable, "-W", "ignore", str(tmp_path / "on_dask.py"), str(tmp_path / "died")]
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.stdout == "the same True\n", done.stderr


def test_each_row_is_what_it_is_without():
    X, y = data(1000)
    assert np.array_equal(loss.map(X, y, executor=Inline()), loss.map(X, y))
    parameters = model.parameters()
    assert np.array_equal(
        loss.gradients_by_row(parameters, X, y, executor=Inline()), loss.gradients_by_row(parameters, X, y)
    )
    x = X.ravel()
    assert np.array_equal(branching.map(x, executor=Inline()), branching.map(x))
    both = [u, w, Value(0.0)]
    assert np.array_equal(
        branching.gradients_by_row(both, x, executor=Inline()), branching.gradients_by_row(both, x)
    )


def test_what_workers_have_computed_is_not_computed_again(monkeypatch):
    X, y = data(1000)
    parameters = model.parameters()
    wanted = loss.gradients_by_row(parameters, X, y)
    monkeypatch.setattr(importlib.import_module("autograd.jit.transformed"), "gradients_by_row", None)
    assert np.array_equal(loss.gradients_by_row(parameters, X, y, executor=Inline()), wanted)


@given(st.lists(st.floats(-2, 2), min_size=1, max_size=700))
@settings(max_examples=30, deadline=None)
def test_paths_are_recorded_as_rows_ask_for_them(numbers):
    def paths(x):
        return w * x if x > 1 else (u * w * x if x > 0 else (x * x if x < -1 else u - x))

    expected = sum(paths(Value(x)).data for x in numbers)
    w.grad = u.grad = 0.0
    found = jit(paths).sum(np.array(numbers), executor=Inline())
    found.backward()
    assert found.data == pytest.approx(expected, rel=1e-12, abs=1e-12)
    slopes = [sum(grad(lambda v, x=x, k=k: paths_of(v, x, k))(0.0) for x in numbers) for k in (0, 1)]
    assert [w.grad, u.grad] == pytest.approx(slopes, rel=1e-12, abs=1e-12)


def paths_of(v, x, k):
    a, b = w.data + (v if k == 0 else 0.0), u.data + (v if k == 1 else 0.0)
    return a * x if x > 1 else (b * a * x if x > 0 else (x * x + 0.0 * v if x < -1 else b - x))


def test_several_results_and_a_value_among_the_arguments():
    x, scale = np.linspace(-1, 1, 600), Value(2.0)
    f = jit(lambda x, s: {"a": s * x * w, "b": (x * x, s)})
    plain, sent = f.mean(x, scale), f.mean(x, scale, executor=Inline())
    assert sent["a"].data == pytest.approx(plain["a"].data, abs=1e-16)
    assert sent["b"][0].data == pytest.approx(plain["b"][0].data, rel=1e-14)
    w.grad = scale.grad = 0.0
    (sent["a"] * 3.0 + sent["b"][1]).backward()
    assert scale.grad == pytest.approx(1.0 + 3.0 * w.data * x.mean())
    with no_grad():
        assert not f.sum(x, scale, executor=Inline())["a"].inputs


def test_what_was_not_chosen_has_no_share():
    f = jit(lambda x: (w - exp(x)).relu() + maximum(log(x * w), -5.0))
    x = np.array([800.0, 0.0, 0.1])
    w.grad = 0.0
    f.sum(x).backward()
    expected, w.grad = w.grad, 0.0
    f.sum(x, executor=Inline()).backward()
    assert w.grad == expected
    assert np.isfinite(expected)
    assert np.array_equal(f.gradients_by_row([w], x, executor=Inline()), f.gradients_by_row([w], x))


def test_indices_static_arguments_and_methods():
    class Table:
        def __init__(self):
            self.rows = [Value(float(k)) for k in range(5)]

        @jit
        def at(self, i, power, *, shift=0.0):
            return take(self.rows, i) ** power + shift

    table = Table()
    places = np.arange(1000) % 5
    for options in ({}, {"shift": 2.0}):
        plain = table.at.mean(places, 2, **options)
        assert table.at.mean(places, 2, executor=Inline(), **options).data == pytest.approx(plain.data, rel=1e-14)


# ---- where rows come from


def test_memory_mapped_rows_are_read_by_the_workers(tmp_path, two_processes):
    X, y = data(20_000)
    np.save(tmp_path / "X.npy", X)
    y.astype(np.float32).tofile(tmp_path / "y.raw")
    mapped = np.load(tmp_path / "X.npy", mmap_mode="r")
    targets = np.memmap(tmp_path / "y.raw", dtype=np.float32, mode="r")
    inline = Inline()
    expected = mean_and_gradient(X, y.astype(np.float32).astype(float), executor=Inline())
    found = mean_and_gradient(mapped, targets, executor=inline)
    assert found[0] == expected[0]
    assert found[1].tobytes() == expected[1].tobytes()
    assert max(inline.tasks) < 16_000  # bytes: no rows
    assert mean_and_gradient(mapped, targets, executor=two_processes)[0] == expected[0]
    part = mapped[5000:9000]
    expected = loss.map(X[5000:9000], y.astype(np.float32)[5000:9000])
    assert loss.map(part, targets[5000:9000], executor=inline).tolist() == expected.tolist()
    assert max(inline.tasks) < 16_000
    turned = np.asarray(mapped[:600]).T.copy().T  # no rows of a file, and not in order
    assert loss.map(turned, y[:600], executor=Inline()).tolist() == loss.map(X[:600], y[:600]).tolist()


def chunk(k):
    return data(700, seed=k) if k < 3 else None


def broken_chunk(k):
    if k == 2:
        raise OSError("no such disk")
    return data(100, seed=k)


def test_a_function_gives_the_rows_chunk_by_chunk(two_processes):
    X, y = (np.concatenate(arrays) for arrays in zip(*map(chunk, range(3)), strict=True))
    for pool in (Inline(), two_processes):
        value, gradient = mean_and_gradient(chunk, executor=pool)
        expected, slopes = mean_and_gradient(X, y)
        assert value == pytest.approx(expected, rel=1e-13)
        assert gradient == pytest.approx(slopes, rel=1e-10, abs=1e-14)
        assert loss.map(chunk, executor=pool).tolist() == loss.map(X, y).tolist()
    with pytest.raises(ValueError, match="at least one row"):
        loss.mean(lambda k: None, executor=Inline())
    with pytest.raises(OSError, match="no such disk") as raised:
        loss.mean(broken_chunk, executor=two_processes)
    assert "in chunk(2), computed by ProcessPoolExecutor" in "".join(raised.value.__notes__)


# ---- what goes wrong


def dying_chunk(parent, k):
    if k == 1 and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return data(50, seed=k) if k < 4 else None


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system knows no such signal")
def test_a_worker_that_dies_is_told_with_what_is_lost():
    with ProcessPoolExecutor(1, SPAWN) as pool, pytest.raises(RuntimeError, match=r"worker died .*chunk\([01]\)"):
        loss.mean(functools.partial(dying_chunk, os.getpid()), executor=pool)


def dying_once(marker, parent, k):
    if k == 1 and os.getpid() != parent and not os.path.exists(marker):
        with open(marker, "w"):
            os.kill(os.getpid(), signal.SIGKILL)
    return data(50, seed=k) if k < 4 else None


def test_large_programs_are_sent_once(monkeypatch):
    monkeypatch.setattr(chunks, "ALWAYS_SENT", 10)
    chunks._KEPT.clear()
    inline, (X, y) = Inline(), data(2000)
    first = mean_and_gradient(X, y, executor=inline)
    sent, inline.tasks = inline.tasks, []
    again = mean_and_gradient(X, y, executor=inline)
    assert again[0] == first[0]
    assert len(sent) == len(inline.tasks)
    assert min(sent[0], inline.tasks[0]) > max(sent[1:])  # the first chunk takes the program along
    chunks._KEPT.clear()
    monkeypatch.setattr(chunks, "MOST_KEPT", 0)  # a worker that keeps nothing is sent it again
    assert mean_and_gradient(X, y, executor=inline)[0] == first[0]


def test_what_cannot_be_sent_is_refused():
    x = np.arange(4.0)
    bent = operation("bent_for_executors", "x * x", "2 * x")
    with pytest.raises(JitError, match="operations of your own"):
        jit(lambda x: bent(x)).sum(x, executor=Inline())
    with pytest.raises(TypeError, match=r"executor must be a concurrent\.futures\.Executor, got int"):
        loss.mean(*data(10), executor=3)
    with pytest.raises(TypeError, match="no argument has rows"):
        branching.sum(1.0, executor=Inline())
    with pytest.raises(ValueError, match="3 rows, but an argument before has 4"):
        loss.sum(np.zeros((4, 3)), np.zeros(3), executor=Inline())
    with pytest.raises(JitError, match="while another function is recorded"):
        jit(lambda x: x * branching.sum(np.arange(3.0), executor=Inline())[0])(1.0)
    assert loss.sum(np.zeros((0, 3)), np.zeros(0), executor=Inline()).data == 0.0


def test_chunks_depend_on_the_data_only():
    assert executors.rows_of_a_chunk(100, 8) == executors.LEAST_ROWS
    assert executors.rows_of_a_chunk(64_000, 8) == 1000
    assert executors.rows_of_a_chunk(10**9, 80) == executors.CHUNK_BYTES // 80
    assert executors.rows_of_a_chunk(10, 10**9) == 1


# ---- fit


@pytest.mark.parametrize(("loss_name", "optimizer"), [("mse", "adam"), ("mse", "lm"), ("cross_entropy", "lbfgs")])
def test_fit_ends_with_the_same_bits_for_any_number_of_workers(loss_name, optimizer):
    X, y = data(1500)
    y = y if loss_name == "mse" else (y > 0).astype(int)
    ends = []
    for make in (Inline, lambda: ThreadPoolExecutor(3)):
        network = nn.MLP(3, [4, 1 if loss_name == "mse" else 2], seed=2)
        with make() as pool:
            history = nn.fit(
                network, X, y, loss=loss_name, optimizer=optimizer, batch_size=700, epochs=3, validation=0.2,
                progress=False, executor=pool,
            )  # fmt: skip
        assert not history.note
        ends.append([p.data for p in network.parameters()])
    assert ends[0] == ends[1]
    plain = nn.MLP(3, [4, 1 if loss_name == "mse" else 2], seed=2)
    nn.fit(plain, X, y, loss=loss_name, optimizer=optimizer, batch_size=700, epochs=3, validation=0.2, progress=False)
    assert ends[0] == pytest.approx([p.data for p in plain.parameters()], rel=1e-6, abs=1e-9)


def test_fit_says_when_its_workers_are_gone():
    X, y = data(1000)
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    with pytest.raises(RuntimeError, match="shutdown"):
        nn.fit(nn.MLP(3, [2, 1]), X, y, progress=False, epochs=1, executor=pool)
    with pytest.raises(TypeError, match=r"fit: executor must be"):
        nn.fit(nn.MLP(3, [2, 1]), X, y, progress=False, executor="threads")
