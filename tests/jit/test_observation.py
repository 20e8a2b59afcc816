"""Running a function under observation: profilers are put back, other threads are left alone, nothing is kept alive."""

from __future__ import annotations

import abc
import asyncio
import contextvars
import cProfile
import gc
import signal
import sys
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import nn
from autograd import JitError, Value, jit
from autograd.jit.watching.tracked import Tracked


def test_a_profile_function_is_told_everything_and_is_there_again():
    told = []

    def profile(frame, event, argument):
        told.append((event, frame.f_code.co_name))

    def recorded_function(x):
        return x * len(str(time))

    sys.setprofile(profile)
    try:
        jit(recorded_function)(1.0)
        assert sys.getprofile() is profile
    finally:
        sys.setprofile(None)
    assert ("call", "recorded_function") in told
    assert ("return", "recorded_function") in told


def test_a_profiler_made_in_c_goes_on():
    profiler = cProfile.Profile()

    def after(x):
        return [x]

    profiler.enable()
    jit(lambda x: x * len(str(time)))(1.0)
    after(1)
    profiler.disable()
    profiler.create_stats()
    assert any(name == "after" for _, _, name in profiler.stats)  # type: ignore[attr-defined]


def test_a_debugger_goes_on():
    def trace(frame, event, argument):
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        assert jit(lambda x: x * 2.0)(1.0).data == 2.0
        assert sys.gettrace() is trace
    finally:
        sys.settrace(before)


@pytest.mark.skipif(not hasattr(signal, "raise_signal"), reason="no signals")
def test_an_interruption_leaves_nothing_switched_on():
    def f(x):
        signal.raise_signal(signal.SIGINT)
        return x

    with pytest.raises(KeyboardInterrupt):
        jit(f)(1.0)
    assert sys.getprofile() is None
    assert jit(lambda x: x * 2.0)(1.0).data == 2.0


@pytest.mark.parametrize("depth", [100, 255, 256, 257, 800])
def test_code_deep_down_is_seen(depth):
    class Box:
        k = 2.0

    box = Box()

    def down(x, n):
        return x * box.k if n == 0 else down(x, n - 1)

    f = jit(lambda x: down(x, depth))
    assert f(1.0).data == 2.0
    box.k = 7.0
    assert f(1.0).data == 7.0
    with pytest.raises(JitError, match="clock"):
        jit(lambda x: down(x * time.time(), depth))(1.0)


def test_recursion_without_end_is_a_recursion_error_and_no_crash():
    def down(x):
        return down(x + 1.0)

    with pytest.raises(RecursionError):
        jit(down)(1.0)
    assert jit(lambda x: x * 2.0)(1.0).data == 2.0


def test_recursion_that_python_allows_is_allowed():
    def down(x, n):
        return x if n == 0 else down(x, n - 1)

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        assert jit(lambda x: down(x * 2.0, 15_000))(1.0).data == 2.0
    finally:
        sys.setrecursionlimit(limit)


def test_exceptions_thrown_into_generators_arrive():
    def numbers():
        try:
            yield 1.0
        except ValueError:
            yield 5.0

    def f(x):
        given = numbers()
        next(given)
        return x * given.throw(ValueError())

    assert jit(f)(2.0).data == 10.0


def test_finalizers_and_callbacks_of_the_collector_are_not_the_functions():
    called = []

    class Dying:
        def __del__(self):
            called.append(time.time())

    def collected(phase, info):
        called.append(time.time())

    def f(x):
        Dying()
        gc.collect()
        return x * 2.0

    gc.callbacks.append(collected)
    try:
        assert jit(f)(1.0).data == 2.0
    finally:
        gc.callbacks.remove(collected)
    assert called


def test_what_an_import_reads_is_not_the_functions(tmp_path, monkeypatch):
    source = "import time\nk, started = 2.0, time.time()\n"
    (tmp_path / "imported_while_recorded.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    def f(x):
        import imported_while_recorded

        return x * imported_while_recorded.k

    g = jit(f)
    assert g(1.0).data == 2.0
    sys.modules["imported_while_recorded"].k = 7.0  # type: ignore[attr-defined]
    assert g(1.0).data == 7.0
    del sys.modules["imported_while_recorded"]


# ---- threads


def within(seconds, f):
    """What f returns, on a thread; an error if it takes longer."""
    found = []
    thread = threading.Thread(target=lambda: found.append(f()), daemon=True)
    thread.start()
    thread.join(seconds)
    assert found, "it waits for ever"
    return found[0]


def test_a_call_from_a_thread_that_the_recording_waits_for_does_not_wait_for_it():
    w, ready, go = Value(3.0), threading.Event(), threading.Event()
    inner = jit(lambda x: w * x)
    found = []

    def other():
        go.wait(10)
        found.append(inner(2.0).data)
        found.append(inner.map(np.array([1.0, 2.0])).tolist())
        ready.set()

    def f(x):
        go.set()
        ready.wait(10)
        return x * 2.0

    thread = threading.Thread(target=other)
    thread.start()
    assert within(20, lambda: jit(f)(1.0).data) == 2.0
    thread.join()
    assert found == [6.0, [3.0, 6.0]]


def test_the_same_function_called_meanwhile_runs_as_it_is():
    main, ready, go, found = threading.get_ident(), threading.Event(), threading.Event(), []

    def f(x):
        go.set()
        if threading.get_ident() == main:
            ready.wait(10)
        return x * 2.0

    g = jit(f)

    def other():
        go.wait(10)
        found.append(g(3.0).data)
        ready.set()

    thread = threading.Thread(target=other)
    thread.start()
    assert g(1.0).data == 2.0
    thread.join()
    assert found == [6.0]


def test_values_that_a_pool_computes_meanwhile_are_refused():
    w = Value(3.0)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(int).result()
        with pytest.raises(JitError, match="another thread"):
            jit(lambda x: x * pool.submit(lambda: w * 2.0).result())(1.0)


def test_many_threads_record_many_functions():
    w = Value(3.0)
    functions = [jit(lambda x, k=k: w * x * k) for k in range(20)]
    wrong = []

    def work(i):
        for k, f in enumerate(functions):
            if f(float(i)).data != 3.0 * i * k:
                wrong.append((i, k))

    threads = [threading.Thread(target=work, args=(i,)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_tasks_and_contexts_have_their_own_values():
    variable = contextvars.ContextVar("variable", default=1.0)
    f = jit(lambda x: x * variable.get())

    async def task(k):
        variable.set(k)
        await asyncio.sleep(0.001)
        return f(2.0).data

    async def main():
        return await asyncio.gather(*[task(float(k)) for k in range(4)])

    assert asyncio.run(main()) == [0.0, 2.0, 4.0, 6.0]
    assert f(2.0).data == 2.0


def test_a_loop_of_asyncio_inside_is_no_clock():
    async def doubled(x):
        await asyncio.sleep(0)
        return x * 2.0

    f = jit(lambda x: asyncio.run(doubled(x)))
    assert [f(x).data for x in (1.0, 2.0)] == [2.0, 4.0]


# ---- what is kept alive


class Model:
    def __init__(self, k):
        self.k = k
        self.table = np.zeros(1000)

    @jit
    def at(self, x):
        return self.k * x


def test_what_is_known_about_an_argument_goes_when_it_goes():
    f = jit(lambda model, x: x * model.k + float(model.table[0]))
    for k in range(20):
        model = Model(float(k))
        assert f(model, 1.0).data == k
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is None
    assert not f.entries


def test_a_recorded_method_lets_its_object_go():
    model = Model(2.0)
    assert model.at(1.0).data == 2.0
    model.k = 7.0
    assert model.at(1.0).data == 7.0
    del model
    gc.collect()
    assert not Model.at.entries


class Bare:
    """Nothing can refer to one weakly."""

    __slots__ = ()


def test_an_object_that_cannot_be_referred_to_weakly_may_be_an_argument():
    f, bare = jit(lambda x, kind: x * (2.0 if type(kind) is Bare else 3.0)), Bare()
    with pytest.raises(TypeError):
        weakref.ref(bare)
    for _ in range(3):
        assert f(1.5, bare).data == 3.0
    assert f(1.5, Bare()).data == 3.0


def test_what_is_only_referred_to_weakly_may_go():
    kept = [Model(2.0), Model(3.0), Model(4.0)]
    one, keys, values, models = weakref.ref(kept[0]), weakref.WeakKeyDictionary(), weakref.WeakValueDictionary(), []
    keys[kept[1]], values["k"] = 3.0, kept[2]
    models.append(weakref.proxy(kept[0]))

    def through_proxy():
        try:
            return models[0].k
        except ReferenceError:
            return 0.0

    f = jit(lambda x: x * (one().k if one() else 0.0) + sum(keys.values()) + len(values) + through_proxy())
    assert f(1.0).data == 2.0 + 3.0 + 1.0 + 2.0
    kept.clear()
    gc.collect()
    assert one() is None
    assert f(1.0).data == 0.0


def test_arguments_with_slots_are_read_anew():
    class Slotted:
        __slots__ = ("__weakref__", "k")

    class Mixed(Slotted):
        pass

    for kind in (Slotted, Mixed):
        f, x = jit(lambda slotted, x: x * slotted.k), kind()
        x.k = 2.0
        assert f(x, 1.0).data == 2.0
        x.k = 3.0
        assert f(x, 1.0).data == 3.0


def test_functions_that_hold_something_are_let_go():
    def scaled_by(table):
        return lambda x: x * table[0]

    f, tables = jit(lambda g, x: g(x)), []
    for k in range(30):
        table = np.full(1000, float(k))
        tables.append(weakref.ref(table))
        assert f(scaled_by(table), 1.0).data == k
    del table
    gc.collect()
    assert sum(table() is not None for table in tables) <= 8


def test_of_objects_that_cannot_be_let_go_a_few_are_kept():
    class Slotted:
        __slots__ = ("k",)

        def __init__(self, k):
            self.k = k

    f = jit(lambda slotted, x: x * slotted.k)
    with pytest.warns(RuntimeWarning, match="ever new ints, strings or objects"):
        assert [f(Slotted(float(k)), 1.0).data for k in range(100)] == list(range(100))
    assert len(f.entries) <= 8


# ---- frames of data


def test_a_frame_that_changes_is_read_anew_and_the_first_call_does_not_walk_through_pandas():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1, 2, 3]})

    def f(x):
        return x * frame["a"].sum() + frame["b"][1]

    g = jit(f)
    start = time.perf_counter()
    assert g(1.0).data == 8.0
    assert time.perf_counter() - start < 2.0  # 0.02 where nothing else runs; 10 to 30 by walking
    frame.loc[1, "a"] = 9.0
    assert g(1.0).data == f(Value(1.0)).data == 15.0
    frame["b"] = [7, 8, 9]
    assert g(1.0).data == f(Value(1.0)).data


def test_a_series_of_polars_that_changes_is_read_anew():
    polars = pytest.importorskip("polars")
    series = polars.Series([1.0, 2.0])
    f = jit(lambda x: x * series[1])
    assert f(1.0).data == 2.0
    series[1] = 9.0
    assert f(1.0).data == 9.0


class Counter:
    def __init__(self):
        self.n = 1.0


def counted(kind):
    """What counts, what reads the count, and what sets it."""
    count, items, n = Counter(), {"n": 1.0}, 1.0

    def variable():
        nonlocal n
        n += 1.0

    def set_variable(x):
        nonlocal n
        n = x

    def attribute():
        count.n += 1.0

    def item():
        items["n"] += 1.0

    return {
        "a variable": (variable, lambda: n, set_variable),
        "an attribute": (attribute, lambda: count.n, lambda x: setattr(count, "n", x)),
        "an item": (item, lambda: items["n"], lambda x: items.update(n=x)),
    }[kind]


@pytest.mark.parametrize("kind", ["a variable", "an attribute", "an item"])
def test_what_one_path_only_counts_is_read_anew_for_the_path_that_uses_it(kind):
    count, used, put = counted(kind)

    def counts(x):
        count()
        return 2.0 * x

    f = jit(lambda x: counts(x) if x > 0 else x * used())
    assert f(1.0).data == 2.0
    assert f(-1.0).data == -used()
    for number in (70.0, 80.0):
        put(number)
        assert f(-1.0).data == -number
        assert f(1.0).data == 2.0


# ---- weights


def test_a_number_put_among_the_weights_is_a_weights_number():
    model = nn.MLP(2, [2, 1], seed=1)
    f = jit(lambda x: model(x))
    f([1.0, 2.0])
    w = model.layers[0].neurons[0].w
    first, count = w[0], len(model.parameters())
    w[0] = 0.3
    w[:] = [0.5, w[1]]
    assert (w[0] is first, first.data, len(model.parameters())) == (True, 0.5, count)
    assert f([1.0, 2.0]).data == pytest.approx(model([1.0, 2.0]).data, rel=1e-14)


CHANGES = {
    "an item": lambda w: w.__setitem__(0, Value(3.0)),
    "a slice": lambda w: w.__setitem__(slice(0, 2), [Value(3.0), Value(4.0)]),
    "reverse": lambda w: w.reverse(),
    "sort": lambda w: w.sort(key=lambda v: -v.data),
    "pop and append": lambda w: w.append(w.pop(0)),
    "delete and insert": lambda w: [w.__delitem__(1), w.insert(0, 2.0)],
    "clear and extend": lambda w: [w.clear(), w.extend([1.0, Value(2.0)])],
    "remove and +=": lambda w: [w.remove(w[0]), w.__iadd__([5.0])],
    "*= and delete": lambda w: [w.__imul__(2), w.__delitem__(slice(1, 3))],
}


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_to_a_list_of_weights_is_noticed(name):
    model = nn.MLP(2, [2, 1], seed=1)
    f = jit(lambda x: model(x))
    f([1.0, 2.0])
    CHANGES[name](model.layers[0].neurons[1].w)
    assert f([1.0, 2.0]).data == pytest.approx(model([1.0, 2.0]).data, rel=1e-14)
    assert all(type(p) is Value for p in model.layers[0].neurons[1].w)


def test_weights_are_copied_and_compared_as_a_list():
    import copy
    import pickle

    w = nn.MLP(2, [2, 1], seed=1).layers[0].neurons[0].w
    assert isinstance(w, list)
    assert w == list(w)
    for copied in (copy.deepcopy(w), pickle.loads(pickle.dumps(w))):
        assert type(copied) is type(w)
        assert [v.data for v in copied] == [v.data for v in w]
    with pytest.raises(TypeError):
        w[0] = "text"


LIST_METHODS = {
    **CHANGES,
    "index": lambda w: w.index(w[1]),
    "pop": lambda w: w.pop(),
    "a slice gone": lambda w: w.__delitem__(slice(0, 2)),
}


@pytest.mark.parametrize("name", LIST_METHODS)
def test_a_list_that_counts_its_changes_is_changed_as_a_list(name):
    values = [Value(x) for x in (2.0, 3.0, 1.0)]
    ours, plain = Tracked(values), list(values)
    LIST_METHODS[name](ours)
    LIST_METHODS[name](plain)
    assert [float(x) for x in ours] == [float(x) for x in plain]


def test_a_class_that_is_registered_with_an_abstract_one_later():
    class Doubled(abc.ABC):  # noqa: B024
        pass

    class Plain:
        pass

    thing = Plain()
    f = jit(lambda x: x * 2.0 if isinstance(thing, Doubled) else x * 1.0, verify=False)
    assert f(3.0).data == 3.0
    Doubled.register(Plain)
    assert f(3.0).data == 6.0
