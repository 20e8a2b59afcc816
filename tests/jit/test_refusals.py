"""What a recording could not repeat is an error that names the user's line and the way out, however it is done."""

from __future__ import annotations

import io
import itertools
import json
import logging
import math
import os
import pathlib
import random
import secrets
import socket
import threading
import time
import uuid
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import numpy as np
import numpy.random as npr
import pytest

import autograd
from autograd import JitError, Value, jit


def refused(f, *args):
    """The message of the error that recording f raises."""
    with pytest.raises(JitError) as caught:
        jit(f)(*args or (2.0,))
    return str(caught.value)


def test_a_jit_error_is_a_runtime_error_and_no_error_of_types_or_values():
    assert JitError.__mro__[1] is RuntimeError


# ---- the number of a Value

READS = {
    "data": lambda x: x.data,
    "grad": lambda x: x.grad,
    "partials": lambda x: (x * x).partials[0],
    "float": float,
    "round": lambda x: float(round(x)),
    "math.exp": math.exp,
    "np.float64": np.float64,
    "percent": lambda x: len("%f" % x),  # noqa: UP031
    "an array of floats": lambda x: np.array([x], dtype=float)[0],
    "f-string": lambda x: len(f"{x:.2f}"),
    "plain f-string": lambda x: len(f"{x}"),
    "format": lambda x: len(format(x, ".3f")),
    "str": lambda x: len(str(x)),
    "repr": lambda x: len(repr(x)),
    "in a list": lambda x: len(str([x])),
    "json": lambda x: len(json.dumps(x, default=float)),
    "hash": hash,
    "key": lambda x: {x: 1.0}[x],
    "set": lambda x: len({x, x * 1.0}),
    "of a node": lambda x: (x * 2.0).data,
    "backward": lambda x: [(x * 2.0).backward(), 1.0][1],
}


@pytest.mark.parametrize("name", READS)
def test_a_number_taken_out_of_a_value_is_refused_with_the_line(name):
    read = READS[name]
    assert f"{os.path.basename(__file__)}:" in refused(lambda x: x * read(x))


@pytest.mark.parametrize("name", READS)
def test_a_refusal_that_is_swallowed_still_counts(name):
    read = READS[name]

    def f(x):
        try:
            return x * read(x)
        except BaseException:
            return x

    refused(f)


def test_functions_of_math_are_answered_with_ours():
    assert "autograd.exp" in refused(lambda x: math.exp(x))
    assert "autograd.sin" in refused(lambda x: x + math.sin(x * 2.0))
    assert "autograd.hypot" in refused(lambda x: 2.0 * math.hypot(x, 1.0))
    assert "autograd.sum" in refused(lambda x: math.fsum([x, x]))


def test_a_parameter_may_be_a_key_but_its_number_not_read():
    w = Value(3.0)
    table = {w: 2.0}
    f = jit(lambda x: x * w * table[w] + (2.0 if w in table else 3.0))
    assert [f(x).data for x in (1.0, 2.0)] == [8.0, 14.0]
    assert "text" in refused(lambda x: x * len(repr(w)))
    assert "number" in refused(lambda x: x * w.data)


def test_text_in_an_error_of_the_functions_own_is_no_reading():
    def f(x):
        if x < 0:
            raise ValueError(f"negative: {x}")
        return x * 2.0

    with pytest.raises(ValueError, match="negative: Value"):
        jit(f)(-1.0)
    assert jit(f)(1.0).data == 2.0


def test_printing_and_logging_a_value_are_allowed(capsys, caplog):
    log = logging.getLogger("test_refusals")

    def f(x):
        print("x is", x)
        log.warning("x is %s", x)
        return x * 2.0

    assert jit(f)(1.5).data == 3.0
    assert "Value(1.5" in capsys.readouterr().out
    assert "Value(1.5" in caplog.text


def test_an_index_whose_refusal_is_swallowed_still_counts():
    def f(i, x):
        try:
            return [1.0, 2.0][i[0]] * x
        except Exception:
            return x

    assert "take" in refused(f, np.array([1]), 2.0)
    assert "text" in refused(lambda i, x: x * len(str(i[0])), np.array([1]), 2.0)


# ---- what is asked outside

RNG = np.random.default_rng(1)
NUMBERS = (float(k) for k in range(1000))
LINES = io.TextIOWrapper(io.BytesIO(b"1.0\n2.0\n3.0\n"))
ASKED = {
    "perf_counter": lambda: time.perf_counter(),
    "time": lambda: time.time(),
    "monotonic": lambda: time.monotonic_ns(),
    "now": lambda: datetime.now().second,
    "today": lambda: date.today().day,
    "urandom": lambda: os.urandom(1)[0],
    "secrets": lambda: secrets.randbelow(10),
    "uuid": lambda: uuid.uuid4().int % 10,
    "a system generator": lambda: random.SystemRandom().random(),
    "a generator without a seed": lambda: random.Random().random(),
    "NumPy's without a seed": lambda: float(np.random.default_rng().normal()),
    "NumPy's old one without a seed": lambda: float(np.random.RandomState().normal()),
    "random": lambda: random.random(),
    "gauss": lambda: random.gauss(0.0, 1.0),
    "shuffle": lambda: random.sample([1.0, 2.0, 3.0], 3)[0],
    "NumPy's global one": lambda: float(np.random.normal()),
    "NumPy's by another name": lambda: float(npr.normal()),
    "a generator": lambda: float(RNG.normal()),
    "open": lambda: len(open(__file__, encoding="utf-8").readline()),  # noqa: SIM115
    "a path": lambda: len(pathlib.Path(__file__).read_text(encoding="utf-8")),
    "whether a file is there": lambda: float(os.path.exists(__file__)),
    "a folder": lambda: len(os.listdir(".")),
    "an open file": lambda: float(LINES.readline()),
    "a generator outside": lambda: next(NUMBERS),
    "a thread": lambda: threading.Thread(target=int).start() or 1.0,
    "a pool": lambda: ThreadPoolExecutor(1).submit(int).result() + 1.0,
    "a name of a host": lambda: len(socket.gethostname()),
}


class Clocked:
    def __call__(self, x):
        return x * time.time()


CLOCK = time.time
DIRECTLY = {
    "in the function itself": lambda x: x * time.time(),
    "as a default": lambda x, clock=time.time: x * clock(),
    "by another name": lambda x: x * CLOCK(),
    "by a computed name": lambda x: x * getattr(time, "ti" + "me")(),
    "in an object that is called": Clocked(),
}


@pytest.mark.parametrize("name", DIRECTLY)
def test_the_first_code_that_runs_may_not_ask_the_clock_either(name):
    assert "reads the clock (time.time)" in refused(DIRECTLY[name], 1.0)


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_is_asked_outside_is_refused_with_the_way_out(name):
    asked = ASKED[name]
    message = refused(lambda x: x * asked())
    assert f"{os.path.basename(__file__)}:" in message
    assert "pass" in message


def test_input_is_refused(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("1.0\n2.0\n3.0\n4.0\n"))
    assert "input" in refused(lambda x: x * float(input()))


def test_a_clock_that_times_out_waiting_is_none_that_is_read():
    done = threading.Event()
    done.set()
    lock = threading.RLock()

    def f(x):
        with lock:
            done.wait(timeout=1.0)
        return x * 2.0

    assert jit(f)(1.0).data == 2.0


def test_generators_with_a_seed_made_inside_are_not_random():
    f = jit(lambda x: x * random.Random(3).random() + float(np.random.default_rng(0).normal()))
    assert f(1.0).data == random.Random(3).random() + float(np.random.default_rng(0).normal())
    assert f(0.0).data == float(np.random.default_rng(0).normal())


def test_what_another_thread_draws_is_its_own_affair():
    ended = threading.Event()

    def draw():
        while not ended.is_set():
            random.random()
            np.random.normal()

    thread = threading.Thread(target=draw)
    thread.start()
    try:
        f = jit(lambda x: x * float(np.sum([1.0, 2.0])) + math.floor(2.5))
        assert [f(x).data for x in (1.0, 2.0)] == [5.0, 8.0]
    finally:
        ended.set()
        thread.join()


def test_a_file_read_into_a_cache_is_read_once(tmp_path):
    path = tmp_path / "k.txt"
    path.write_text("3.0", encoding="utf-8")
    kept = {}

    def table():
        if "k" not in kept:
            kept["k"] = float(path.read_text(encoding="utf-8"))
        return kept["k"]

    f = jit(lambda x: x * table())
    assert [f(x).data for x in (1.0, 2.0)] == [3.0, 6.0]
    kept["k"] = 5.0
    assert f(1.0).data == 5.0


def test_weights_drawn_on_the_first_run_are_no_random_numbers():
    class Lazy:
        w = None

        def __call__(self, x):
            if self.w is None:
                self.w = [Value(random.gauss(0.0, 1.0)) for _ in x]
            return autograd.dot(self.w, x)

    model = Lazy()
    f = jit(lambda x: model(x))
    assert f([1.0, 2.0]).data == model([1.0, 2.0]).data
    model.w[0].data = 9.0
    assert f([1.0, 2.0]).data == model([1.0, 2.0]).data


# ---- iterators and what does not say its state


@pytest.mark.parametrize("make", [
    lambda: (float(k) for k in range(9)), lambda: iter([1.0, 2.0, 3.0]), lambda: itertools.count(1.0),
    lambda: itertools.cycle([1.0, 2.0]), lambda: map(float, [1, 2, 3]), lambda: zip([1.0, 2.0, 3.0], strict=True),
    lambda: iter({1.0: 2.0, 2.0: 3.0}), lambda: enumerate([1.0, 2.0]), lambda: reversed([1.0, 2.0, 3.0]),
])  # fmt: skip
def test_an_iterator_from_outside_is_refused(make):
    numbers = make()

    def f(x):
        item = next(numbers)
        return x * (item if isinstance(item, float) else item[0])

    assert "reading from it" in refused(f)


def test_an_iterator_that_is_not_read_is_left_alone():
    numbers = [iter([1.0, 2.0]), 5.0]
    assert jit(lambda x: x * numbers[1])(1.0).data == 5.0


def test_locks_patterns_loggers_and_writers_are_harmless(tmp_path):
    import re

    lock, pattern, log = threading.Lock(), re.compile(r"\d+"), logging.getLogger("harmless")
    with open(tmp_path / "log.txt", "w", encoding="utf-8") as out:

        def f(x):
            with lock, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                warnings.warn("careful", stacklevel=1)
                out.write("called\n")
                log.debug("called")
                return x * len(pattern.findall("1 22 333"))

        assert [jit(f)(x).data for x in (1.0, 2.0)] == [3.0, 6.0]


# ---- state that each run changes


class State:
    n = 0
    v = 0.0


def test_a_list_that_is_only_appended_to_is_appended_to_once_a_recording():
    seen = []
    f = jit(lambda x: [seen.append(1), x * 2.0][1], verify=False)
    assert [f(x).data for x in (1.0, 2.0, 3.0)] == [2.0, 4.0, 6.0]
    assert seen == [1]


def test_a_counter_that_is_only_counted_up_is_a_plain_number_again():
    state = State()

    def f(x):
        state.n += 1
        return x * 2.0

    assert [jit(f)(x).data for x in (1.0, 2.0)] == [2.0, 4.0]
    assert type(state.n) is int


READ_LATE = {
    "compared": lambda n: 2.0 if n < 1000 else 5.0,
    "its remainder": lambda n: 2.0 if n % 7 else 5.0,
    "its text": lambda n: float(len(str(n))),
    "its truth": lambda n: 2.0 if n else 5.0,
    "as a key": lambda n: {1: 2.0}.get(n, 5.0),
    "as an index": lambda n: [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0][n],
    "multiplied": lambda n: n * 0.5,
    "turned": lambda n: float(n),
    "copied": lambda n: max(n, 0),
}


@pytest.mark.parametrize("name", READ_LATE)
def test_a_counter_that_is_read_in_any_way_is_refused(name):
    state, read = State(), READ_LATE[name]

    def f(x):
        state.n += 1
        return x * read(state.n)

    assert "'n'" in refused(f)


READ_LISTS = {
    "its length": len,
    "its truth": lambda items: 2.0 if items else 3.0,
    "its sum": sum,
    "an item": lambda items: items[-1],
    "whether it holds": lambda items: 2.0 if 7 in items else 3.0,
    "sorted": lambda items: sorted(items)[0],
    "unpacked": lambda items: max(*items, 0),
    "as an array": lambda items: float(np.asarray(items).sum()),
    "copied": lambda items: len(items[:]),
    "by another name": lambda items, also=[]: len(also),
}


@pytest.mark.parametrize("name", READ_LISTS)
def test_a_list_that_is_appended_to_and_read_is_refused(name):
    items, read = [], READ_LISTS[name]
    if name == "by another name":
        read.__defaults__ = (items,)

    def f(x):
        items.append(1.0)
        return x * read(items)

    assert "changes what it reads" in refused(f)


def test_state_that_decides_only_after_a_while_is_refused_at_once():
    state = State()

    def shift(x):
        state.c, state.b, state.a = getattr(state, "b", 0.0), getattr(state, "a", 0.0), x * 2.0
        return x + state.c

    refused(shift)


def test_a_last_result_may_be_kept():
    state = State()

    def f(x):
        state.v = x * 2.0
        return state.v + 1.0

    g = jit(f)
    assert [g(x).data for x in (1.0, 2.0)] == [3.0, 5.0]


def test_a_first_run_that_answers_otherwise_than_the_second_is_refused():
    state = State()

    def f(x):
        first = not state.n
        state.n = 1
        return x * (2.0 if first else 5.0)

    assert "changes what it reads" in refused(f)


def appends(xs):
    xs.append(xs[0])
    return xs[0]


def sorts(xs):
    xs.sort()
    return xs[0]


def sets(xs):
    xs[0] = xs[0] * 2.0
    return xs[0]


def adds_to(a):
    a += 1.0
    return a[0]


def pops(d):
    d.pop("a")
    return d["b"]


def adds_a_key(d):
    d["c"] = d["a"]
    return d["b"]


@pytest.mark.parametrize(
    ("f", "x"),
    [
        (appends, [2.0, 1.0]), (sorts, [2.0, 1.0]), (sets, [2.0, 1.0]), (sets, np.array([2.0, 1.0])),
        (sets, [Value(1.0)]), (adds_to, np.array([2.0])), (pops, {"a": 1.0, "b": 2.0}),
        (adds_a_key, {"a": 1.0, "b": 2.0}),
    ],
)  # fmt: skip
def test_changing_an_argument_in_place_is_refused(f, x):
    with pytest.raises(JitError, match=f"{f.__name__} changes its argument 0 in place"):
        jit(f)(x)


def test_changing_a_copy_of_an_argument_is_not():
    def f(xs, **more):
        ys = list(xs)
        ys.sort()
        return ys[0] * more.pop("k")

    assert jit(f)([2.0, 1.0], k=3.0).data == 3.0


def test_a_named_argument_is_named():
    def f(x, *, xs):
        xs.clear()
        return x

    with pytest.raises(JitError, match="its argument xs in place"):
        jit(f)(1.0, xs=[1.0])


def test_rows_changed_in_place_are_refused():
    with pytest.raises(JitError, match="in place"):
        jit(sets).map(np.ones((3, 2)))
