"""Recorded functions go to other processes and into files, and are copied with the objects that hold them."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
import subprocess
import sys

import pytest

from autograd import Value, grad, jit, value_and_grad


@jit
def named(x):
    return x * x


def slow(x):
    return x + 1.0


fast = jit(slow, dtype="float32", threads=1, verify=False)


class Line:
    def __init__(self):
        self.w = Value(2.0)
        self.loss = jit(self.by)

    def by(self, x):
        return self.w * x

    @jit
    def twice(self, x):
        return self.w * x * 2.0


def test_what_has_a_name_is_pickled_by_it():
    assert pickle.loads(pickle.dumps(named)) is named
    assert pickle.loads(pickle.dumps(Line.twice)) is Line.twice


def test_what_has_none_goes_by_the_function_in_it_with_its_settings():
    again = pickle.loads(pickle.dumps(fast))
    assert again.f is slow
    assert again.settings == fast.settings
    assert again(1.0).data == 2.0
    with pytest.raises((pickle.PicklingError, AttributeError), match="lambda"):
        pickle.dumps(jit(lambda x: x))


@pytest.mark.parametrize("transform", [grad, value_and_grad])
def test_transforms_of_recorded_functions_are_pickled(transform):
    for f in (named, fast):
        again = pickle.loads(pickle.dumps(transform(f)))
        assert again(3.0) == transform(f)(3.0)


@pytest.mark.parametrize("take_apart", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_an_object_with_a_recorded_loss_is_copied_with_it(take_apart):
    line = Line()
    assert line.loss(3.0).data == 6.0
    other = take_apart(line)
    other.w.data = 5.0
    assert [line.loss(1.0).data, line.twice(1.0).data] == [2.0, 4.0]
    assert [other.loss(1.0).data, other.twice(1.0).data] == [5.0, 10.0]
    assert pickle.loads(pickle.dumps(other.twice))(1.0).data == 10.0


def test_a_function_is_not_copied():
    assert copy.deepcopy(named) is named
    assert copy.deepcopy([named, named]) == [named, named]
    assert copy.copy(fast)(1.0).data == 2.0


def in_a_process(x):
    return named(x).data, grad(named)(x)


@pytest.mark.parametrize("how", ["spawn"])
def test_processes_take_recorded_functions(how):
    with multiprocessing.get_context(how).Pool(1) as pool:
        assert [v.data for v in pool.map(named, [1.0, 2.0])] == [1.0, 4.0]
        assert pool.map(grad(fast), [1.0, 2.0]) == [1.0, 1.0]
        assert pool.map(in_a_process, [3.0]) == [(9.0, 6.0)]


PROGRAM = """
import sys, cloudpickle
from autograd import Value, grad, jit
k = 3.0
@jit
def f(x): return x * k
@jit
def power(x, n): return x if n <= 1 else power.f(x, n - 1) * x
local = jit(lambda x: x * k)
for g in (f, local, grad(f)):
    sys.stdout.buffer.write(cloudpickle.dumps((cloudpickle.dumps(g), 2.0)).hex().encode() + b"\\n")
sys.stdout.buffer.write(cloudpickle.dumps((cloudpickle.dumps(lambda x: power(x, 3)), 2.0)).hex().encode() + b"\\n")
"""


def test_cloudpickle_takes_those_of_the_main_program_by_value():
    cloudpickle = pytest.importorskip("cloudpickle")
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    got = []
    for line in done.stdout.split():
        function, x = cloudpickle.loads(bytes.fromhex(line))
        result = cloudpickle.loads(function)(x)
        got.append(getattr(result, "data", result))
    assert got == [6.0, 6.0, 3.0, 8.0]


def test_loky_takes_recorded_functions():
    loky = pytest.importorskip("loky")
    executor = loky.get_reusable_executor(1)
    try:
        k = 3.0
        assert [v.data for v in executor.map(jit(lambda x: x * k), [1.0, 2.0])] == [3.0, 6.0]
        assert [v.data for v in executor.map(named, [3.0])] == [9.0]
    finally:
        executor.shutdown(wait=True)


def test_dask_takes_recorded_functions():
    distributed = pytest.importorskip("distributed")
    k = 3.0
    with distributed.Client(processes=False, n_workers=1, threads_per_worker=1, dashboard_address=None) as client:
        assert client.submit(jit(lambda x: x * k), 2.0).result().data == 6.0
        assert client.gather(client.map(grad(named), [1.0, 2.0])) == [2.0, 4.0]
