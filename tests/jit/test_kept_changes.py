"""Functions that change something, or read what others change: what five calls of each give, and what is said, as kept.

Each case makes a function anew, and what happens between its calls. What a recording may go on with, what it has to
look at again, and what it refuses, in whose words, is all in the kept text.
"""

from __future__ import annotations

import contextvars
import decimal
import enum
import functools
import io
import itertools
import math
import random
import re
import sys
import threading
import types
import warnings
import weakref
from array import array
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import numpy as np
from kept import same_as_kept, shown

from autograd import Value, jit

KEPT = Path(__file__).with_name("kept")
A_GLOBAL = 2.0
A_LIST = [1.0, 2.0]
A_COUNT = 0


class Box:
    scale = 1.0

    def __init__(self, **named):
        self.__dict__.update(named)


class Slots:
    __slots__ = ("n", "seen")

    def __init__(self):
        self.n, self.seen = 0, []


@dataclass
class Record:
    n: int = 0
    seen: list = field(default_factory=list)


def nothing(k):
    """Nothing happens between the calls."""


def global_number():
    def step(k):
        global A_GLOBAL
        A_GLOBAL = 2.0 + k // 2

    return lambda x: x * A_GLOBAL, step


def global_list():
    return lambda x: x * A_LIST[0] + len(A_LIST), lambda k: A_LIST.append(float(k))


def closed_number():
    n = 1.0

    def step(k):
        nonlocal n
        n = 1.0 + k // 3

    return lambda x: x * n, step


def in_an_attribute(change):
    def make():
        box = Box(n=1.0, items=[1.0, 2.0], named={"a": 1.0, "b": 2.0}, kinds={"a", "b"}, last=deque([1.0], maxlen=3))

        def f(x):
            return x * box.n + sum(box.items) + box.named["a"] + len(box.kinds) + box.last[-1]

        return f, lambda k: change(box, k)

    return make


def own_change(change, read=lambda box: 0.0):
    """A function that changes an object by itself."""

    def make():
        box = Box(n=1, f=0.5, items=[], named={}, kinds=set(), last=deque(maxlen=3), many=deque(), counts=Counter())

        def f(x):
            change(box, x)
            return x * 2.0 + read(box)

        def left(k):
            """Nothing happens between the calls; what is left at the end can be seen."""

        left.behind = box
        return f, left

    return make


def noting_in(kind):
    def make():
        thing = kind()

        def f(x):
            thing.n += 1
            thing.seen.append(x)
            return x + 1.0

        return f, nothing

    return make


def generator():
    numbers = itertools.count()
    return lambda x: x + next(numbers), nothing


def drawn():
    draw = random.Random(1)
    return lambda x: x * draw.random(), nothing


def drawn_by_numpy():
    draw = np.random.default_rng(1)
    return lambda x: x + draw.normal(), nothing


def array_changed():
    array = np.array([1.0, 2.0, 3.0])

    def step(k):
        array[k % 3] = k

    return lambda x: x * array[0] + array.sum(), step


def default_argument():
    def f(x, items=[1.0]):  # noqa: B006
        return x * items[0]

    def step(k):
        f.__defaults__[0][0] = float(k)

    return f, step


def class_attribute():
    def step(k):
        Box.scale = 1.0 + k // 2

    box = Box()
    return lambda x: x * box.scale, step


def method_replaced():
    class Doubling:
        def by(self, x):
            return x * 2.0

    thing = Doubling()

    def step(k):
        if k == 2:
            Doubling.by = lambda self, x: x * 3.0

    return lambda x: thing.by(x), step


def weights_replaced():
    weights = [Value(1.0), Value(2.0)]

    def step(k):
        weights[0] = Value(1.0 + k)

    return lambda x: x * weights[0] + weights[1], step


def weights_moved():
    weights = [Value(1.0), Value(2.0)]

    def step(k):
        weights[0].data = 1.0 + k

    return lambda x: x * weights[0] + weights[1], step


def weights_swapped():
    weights = [Value(1.0), Value(2.0)]
    return lambda x: x * weights[0] + weights[1], lambda k: weights.reverse()


def nested():
    thing = {"a": [Box(n=1.0), (1.0, [2.0])]}

    def step(k):
        thing["a"][1][1][0] = float(k // 2)
        thing["a"][0].n = float(k // 3)

    return lambda x: x * thing["a"][0].n + thing["a"][1][1][0], step


def ordered():
    named = OrderedDict(a=1.0, b=2.0)
    return lambda x: x * next(iter(named.values())), lambda k: named.move_to_end("a", last=bool(k % 2))


def by_default():
    counts = defaultdict(int)

    def f(x):
        counts["calls"] += 1
        return x * 2.0

    return f, nothing


def cached():
    found = {}

    def f(x):
        if "w" not in found:
            found["w"] = Value(3.0)
        return x * found["w"]

    return f, nothing


def namespace():
    options = SimpleNamespace(lr=0.1, on=True)

    def step(k):
        options.lr, options.on = 0.1 * (1 + k // 2), k < 3

    return lambda x: x * options.lr if options.on else x, step


def counting_by_nonlocal():
    n = 0

    def f(x):
        nonlocal n
        n += 1
        return x * 2.0

    return f, nothing


def counting_by_global():
    def f(x):
        global A_COUNT
        A_COUNT += 1
        return x * 2.0

    return f, nothing


def counting_in_the_class():
    class Counted:
        n = 0
        seen: ClassVar[list] = []

    def f(x):
        Counted.n += 1
        Counted.seen.append(1.0)
        return x * 2.0

    return f, nothing


def counting_in(container, key):
    def make():
        def f(x):
            container[key] += 1
            return x * 2.0

        return f, nothing

    return make


def path_of_modules():
    def step(k):
        sys.path[:] = [*kept, *[""] * (k // 2)]

    kept = sys.path[:]
    step.after = lambda: sys.path.__setitem__(slice(None), kept)
    return lambda x: x * (len(sys.path) - len(kept)), step


def reading(make_thing, read, change=lambda thing, k: None):
    """A function that reads something made in C, which is changed between the calls."""

    def make():
        thing = make_thing()
        return lambda x: x * read(thing), lambda k: change(thing, k)

    return make


Pair = namedtuple("Pair", "a b")


class Color(enum.Enum):
    RED = 2.0


@functools.lru_cache
def cached_square(x):
    return x * x


READS = {
    "the path of modules": path_of_modules,
    "a count by nonlocal": counting_by_nonlocal, "a count by global": counting_by_global,
    "a count in a class": counting_in_the_class, "a count in a list": counting_in([0, 1], 0),
    "a count in a dict": counting_in({"n": 0}, "n"), "a count in an array": counting_in(np.zeros(2), 0),
    "an iterator": reading(lambda: iter([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0] * 3), next),
    "a generator's numbers": reading(lambda: (float(k) for k in range(99)), next),
    "an enumeration": reading(lambda: enumerate([1.0] * 99), lambda e: next(e)[0]),
    "precision": reading(decimal.getcontext, lambda c: float(decimal.Decimal(1) / 3), lambda c, k: setattr(c, "prec",
        5 + k)),
    "an array of floats": reading(lambda: array("d", [1.0, 2.0]), lambda a: a[0], lambda a, k: a.__setitem__(0,
        float(k))),
    "bytes": reading(lambda: bytearray(b"ab"), lambda b: float(b[0]), lambda b, k: b.__setitem__(0, k)),
    "a memory": reading(lambda: memoryview(bytearray(b"ab")), lambda b: float(b[0]), lambda b, k: b.__setitem__(0, k)),
    "a date": reading(lambda: date(2024, 1, 2), lambda d: float(d.day)),
    "a fraction": reading(lambda: Fraction(1, 3), float), "a decimal": reading(lambda: decimal.Decimal("1.5"), float),
    "a pattern": reading(lambda: re.compile("a+"), lambda r: float(len(r.findall("aabaa")))),
    "a legacy generator": reading(lambda: np.random.RandomState(1), lambda r: r.rand()),
    "the system's numbers": reading(random.SystemRandom, lambda r: r.random()),
    "a state of bits": reading(lambda: np.random.PCG64(1), lambda r: float(r.random_raw() % 7)),
    "a lock": reading(threading.Lock, lambda lock: float(lock.locked()), lambda lock, k: lock.acquire(False)),
    "a part of a function": reading(lambda: functools.partial(max, 2.0), lambda f: f(1.0)),
    "a cached function": reading(lambda: cached_square, lambda f: f(3.0)),
    "an enumerated": reading(lambda: Color, lambda c: c.RED.value), "a named pair": reading(lambda: Pair(1.0, 2.0),
        lambda p: p.b),
    "a text in memory": reading(lambda: io.StringIO("abc"), lambda f: float(len(f.read()))),
    "a weak reference": reading(lambda: weakref.ref(Color), lambda r: r().RED.value),
    "a slice of an array": reading(lambda: np.arange(6.0), lambda a: a[1:3].sum(), lambda a, k: a.__setitem__(2,
        float(k))),
    "a masked array": reading(lambda: np.ma.array([1.0, 2.0], mask=[0, 1]), lambda a: float(a.sum())),
    "a frozen set": reading(lambda: frozenset("ab"), lambda s: float(len(s))), "a range": reading(lambda: range(5),
        len),
    "a complex number": reading(lambda: 1 + 2j, abs), "a module": reading(lambda: math, lambda m: m.pi),
    "a mapping": reading(lambda: types.MappingProxyType({"a": 1.0}), lambda m: m["a"]),
    "a chain of maps": reading(lambda: ChainMap({"a": 1.0}, {"b": 2.0}), lambda m: m["b"], lambda m,
        k: m.maps[1].update(b=k)),
    "an exception": reading(lambda: ValueError("a"), lambda e: float(len(e.args))),
    "a file": reading(lambda: Path("/dev/null"), lambda path: float(len(path.name))),
    "a thread's own": reading(threading.local, lambda own: getattr(own, "n", 1.0), lambda own, k: setattr(own, "n",
        float(k))),
    "a context": reading(lambda: contextvars.ContextVar("n", default=1.0), lambda v: v.get(), lambda v,
        k: v.set(float(k))),
}  # fmt: skip
CASES = {
    "a global number": global_number, "a global list": global_list, "a number closed over": closed_number,
    "an attribute": in_an_attribute(lambda box, k: setattr(box, "n", 1.0 + k // 2)),
    "a new attribute": in_an_attribute(lambda box, k: setattr(box, f"more{k}", 1.0)),
    "an item": in_an_attribute(lambda box, k: box.items.__setitem__(0, float(k // 2))),
    "a longer list": in_an_attribute(lambda box, k: box.items.append(1.0)),
    "a shorter list": in_an_attribute(lambda box, k: box.items[1:2] and box.items.pop()),
    "another list": in_an_attribute(lambda box, k: setattr(box, "items", [1.0, 2.0])),
    "a key": in_an_attribute(lambda box, k: box.named.__setitem__("a", float(k // 2))),
    "a key not read": in_an_attribute(lambda box, k: box.named.__setitem__("b", float(k))),
    "a new key": in_an_attribute(lambda box, k: box.named.__setitem__(f"c{k}", 1.0)),
    "a set": in_an_attribute(lambda box, k: box.kinds.add(k // 2)),
    "a deque": in_an_attribute(lambda box, k: box.last.append(float(k // 2))),
    "an equal number": in_an_attribute(lambda box, k: setattr(box, "n", 1.0)),
    "an int for a float": in_an_attribute(lambda box, k: setattr(box, "n", 1 if k % 2 else 1.0)),
    "minus zero": in_an_attribute(lambda box, k: setattr(box, "n", 0.0 if k % 2 else -0.0)),
    "nan": in_an_attribute(lambda box, k: setattr(box, "n", float("nan"))),
    "True for 1": in_an_attribute(lambda box, k: setattr(box, "n", True)),
    "counts": own_change(lambda box, x: setattr(box, "n", box.n + 1)),
    "counts down": own_change(lambda box, x: setattr(box, "n", box.n - 1)),
    "counts and reads": own_change(lambda box, x: setattr(box, "n", box.n + 1), lambda box: box.n),
    "multiplies": own_change(lambda box, x: setattr(box, "n", box.n * 2)),
    "adds up floats": own_change(lambda box, x: setattr(box, "f", box.f + 0.25)),
    "adds up a Value": own_change(lambda box, x: setattr(box, "f", box.f + x)),
    "adds from the left": own_change(lambda box, x: setattr(box, "f", 1 + box.f)),
    "an int becomes a float": own_change(lambda box, x: setattr(box, "n", box.n + 0.5)),
    "adds True": own_change(lambda box, x: setattr(box, "n", box.n + True)),
    "appends": own_change(lambda box, x: box.items.append(1.0)),
    "appends the argument": own_change(lambda box, x: box.items.append(x)),
    "appends and reads the length": own_change(lambda box, x: box.items.append(1.0), lambda box: len(box.items)),
    "appends and reads the last": own_change(lambda box, x: box.items.append(1.0), lambda box: box.items[-1]),
    "appends by +=": own_change(lambda box, x: box.items.__iadd__([1.0])),
    "extends": own_change(lambda box, x: box.items.extend([1.0, 2.0])),
    "inserts": own_change(lambda box, x: box.items.insert(0, 1.0)),
    "clears": own_change(lambda box, x: (box.items.append(1.0), box.items.clear())),
    "adds to a set": own_change(lambda box, x: box.kinds.add(len("ab"))),
    "adds ever more to a set": own_change(lambda box, x: box.kinds.add(object())),
    "a deque that drops": own_change(lambda box, x: box.last.append(1.0)),
    "a deque that grows": own_change(lambda box, x: box.many.append(1.0)),
    "a deque that grows at the left": own_change(lambda box, x: box.many.appendleft(1.0)),
    "a key of its own": own_change(lambda box, x: box.named.__setitem__("last", 1.0)),
    "a key with the argument": own_change(lambda box, x: box.named.__setitem__("last", x)),
    "ever new keys": own_change(lambda box, x: box.named.__setitem__(len(box.named), 1.0)),
    "a counter": own_change(lambda box, x: box.counts.update(a=1)),
    "keeps the argument": own_change(lambda box, x: setattr(box, "last_x", x)),
    "keeps a result": own_change(lambda box, x: setattr(box, "y", x * 2.0)),
    "keeps a new list": own_change(lambda box, x: setattr(box, "items", [1.0, x])),
    "deletes": own_change(lambda box, x: box.__dict__.pop("f", None)),
    "in slots": noting_in(Slots), "in a dataclass": noting_in(Record), "in a namespace": noting_in(
        lambda: SimpleNamespace(n=0, seen=[])
    ),
    "a generator": generator, "random numbers": drawn, "random numbers of NumPy": drawn_by_numpy,
    "an array": array_changed, "a default": default_argument, "an attribute of the class": class_attribute,
    "a method": method_replaced, "weights replaced": weights_replaced, "weights moved": weights_moved,
    "weights swapped": weights_swapped, "nested": nested, "an ordered dict": ordered, "by default": by_default,
    "a cache": cached, "options": namespace,
    "text of a number": lambda: (lambda x: x * len(str(x)), nothing),
    "data": lambda: (lambda x: x * x.data, nothing),
    "float": lambda: (lambda x: x * float(x), nothing),
    "time": lambda: (lambda x: x * __import__("time").time(), nothing),
    "a file": lambda: (lambda x: x * len(open("/dev/null").read()), nothing),  # noqa: SIM115
    "raises": lambda: (lambda x: x / [][0], nothing),
    "None": lambda: (lambda x: None, nothing),
    "text": lambda: (lambda x: "text", nothing),
    "nested results": lambda: (lambda x: {"a": [x, (x * 2.0, 3)], "b": None}, nothing),
}  # fmt: skip


def story(make):
    """Five calls of a function, what happened between them, and what was said."""
    global A_GLOBAL
    A_GLOBAL, Box.scale = 2.0, 1.0
    A_LIST[:] = [1.0, 2.0]
    f, step = make()
    recorded = jit(f)
    lines, before = [], None
    for k in range(5):
        step(k)
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            try:
                found = told(recorded(Value(1.0 + k)))
            except Exception as error:  # of whatever kind: it is kept which
                found = f"{type(error).__name__}: {error}"
        made = [recording for entry in recorded.entries.values() for recording in entry.recordings]
        lines.append(f"    {found}, {len(made)} recorded{', as before' if made and made == before else ''}")
        before = made
        lines += [f"    warned: {warning.message}" for warning in heard]
        if "Error" in found:
            break
    if hasattr(step, "after"):
        step.after()
    if hasattr(step, "behind"):
        box = vars(step.behind)
        kinds = {name: f"{len(x)} in a {type(x).__name__}" for name, x in box.items() if hasattr(x, "__len__")}
        lines.append(f"    left {kinds | {name: x for name, x in box.items() if type(x) in (int, float)}}")
    lines += [f"    {line}" for line in recorded.explain().split("\n") if line.startswith("note: ")]
    return "\n".join(lines)


def told(x):
    if isinstance(x, Value):
        return f"{x.data!r}"
    if isinstance(x, (list, tuple)):
        return f"{type(x).__name__} of {', '.join(map(told, x))}"
    return str({key: told(value) for key, value in x.items()}) if isinstance(x, dict) else shown(x)


def stories(cases):
    text = "\n".join(f"{name}\n{story(make)}" for name, make in cases.items())
    return re.sub(r"\.py:\d+", ".py", re.sub(r"0x\w+", "_", text))


def test_functions_that_change_something_are_answered_as_kept():
    same_as_kept(stories(CASES), KEPT / "changes.txt")


def test_functions_that_read_or_count_anywhere_are_answered_as_kept():
    with decimal.localcontext():
        same_as_kept(stories(READS), KEPT / "reads.txt")
