"""The reductions of the machine in NumPy on numbers near their edges, and what its parts answer, as kept: the compiled
twin, which is tested more, does without them."""

from __future__ import annotations

import math
from collections import deque
from pathlib import Path

import numpy as np
import pytest
from kept import answers, same_as_kept, shown

from autograd.jit.machine import numpy_kernels as kernels
from autograd.jit.watching import differences, spies
from autograd.value import Value

KEPT = Path(__file__).with_name("kept")
NAN, INF = math.nan, math.inf
LISTS = {  # each column is a list of its own
    "plain": [[1.0, -2.0, 0.5, 0.0], [3.0, 4.0, 0.5, -0.0], [-1.0, 2.0, 0.25, 0.0]],
    "ties": [[2.0, 1.0, 3.0, 5.0], [2.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 5.0]],
    "missing": [[NAN, 1.0, 1.0, NAN], [2.0, NAN, 2.0, NAN], [3.0, 2.0, NAN, INF]],
    "infinite": [[INF, -INF, INF, -INF], [1.0, 2.0, -INF, -INF], [2.0, INF, INF, -INF]],
    "huge": [[1e300, 1e-300, 1e308, 5e-324], [1e300, 2e-300, 1e308, 5e-324], [-1e300, 1e-310, 1.0, 0.0]],
    "far": [[700.0, -800.0, 40.0, 1.0], [710.0, -800.0, 0.0, 1e16], [1.0, 0.0, 0.0, 1.0]],
    "one": [[3.0, -2.0, NAN, INF]],
}


@pytest.mark.parametrize("name", sorted(kernels.REDUCTIONS))
def test_a_reduction_of_the_machine_in_numpy_is_the_kept(name):
    lines = []
    for kind, numbers in LISTS.items():
        x = np.array(numbers)
        S = np.zeros((8, x.shape[1]))
        aux = slice(2, 2 + len(x))
        with np.errstate(all="ignore"):
            z = kernels.REDUCTIONS[name](x, S, aux)
            shares = kernels.SHARES[name](x, z, S[aux])
        lines.append(f"{kind}: {shown(np.asarray(z))}\n    {shown(np.asarray(shares))}\n    {shown(S)}")
    same_as_kept("\n".join(lines), KEPT / f"kernel_{name}.txt")


def test_long_lists_are_added_up_in_columns_as_kept():
    lines = []
    for count in (1, kernels.LEAST_IN_COLUMNS - 1, kernels.LEAST_IN_COLUMNS, kernels.LEAST_IN_COLUMNS + 5):
        found = kernels.in_columns(np.arange(1.0, count + 1.0))
        lines.append(f"{count}: {shown(found)}, {shown(kernels.in_columns(np.ones((count, 2))).sum(axis=0))}")
    same_as_kept("\n".join(lines), KEPT / "kernel_columns.txt")


class Thing:
    def __init__(self, **named):
        self.__dict__.update(named)

    def __repr__(self):
        return f"Thing({vars(self)})"


PAIRS = [
    (1.0, 1.0), (1.0, 1), (True, 1), (0.0, -0.0), (NAN, NAN), ([1.0], [1.0]), ([1.0], (1.0,)), ([1.0], [1.0, 2.0]),
    ({"a": 1.0}, {"a": 1.0}), ({"a": 1.0}, {"b": 1.0}), ({"a": 1.0}, {"a": 2.0}), (Value(1.0), Value(2.0)),
        (Value(1.0), Value(1.0)),
    (Thing(a=1.0), Thing(a=1.0)), (Thing(a=1.0), Thing(a=2.0)), (Thing(a=[Value(1.0)]), Thing(a=[Value(2.0)])),
        ([[[[[[[1.0]]]]]]], [[[[[[[1.0]]]]]]]),
    (np.array([1.0]), np.array([1.0])), (np.array([1.0]), np.array([2.0])), (np.array([1.0]), np.array([[1.0]])),
        ("a", "a"), (None, None), ("a", b"a"),
    ({1: 2}, {1: 2, 3: 4}), (object, object), ([NAN], [NAN]), ((1, "a"), (1, "b")), (Thing(), 1),
]  # fmt: skip


def test_what_is_alike_and_how_it_is_called_is_the_kept():
    calls = {
        differences.look_alike: PAIRS,
        differences.same_numbers: PAIRS,
        differences._article: [("Box",), ("array",), ("",), ("int",), ("Apple",)],
        differences._shown: [(x,) for x in ("a", 1, 1.5, (1, 2), True, None, [1], Thing, "x" * 50)],
        differences._has_grown: [({1, 2}, (1,)), ({1}, (1, 2)), ({1}, (1,))],
    }
    text = answers(calls)
    same_as_kept(text, KEPT / "alike.txt")


@pytest.mark.parametrize("kind", [int, float])
def test_a_spied_number_answers_as_a_number_and_notes_what_reads_it(kind):
    others = (1, 2.5, True, 1j, np.float64(2.0), "x", Value(2.0))
    lines = []
    for name in "__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __lt__ __eq__ __pow__".split():
        for other in others:
            note = spies.Note()
            spied = spies._NUMBERS[kind](kind(3), note)
            try:
                found = getattr(spied, name)(other)
                kept = "a spy" if isinstance(found, spies.SPIES) else type(found).__name__
                words = f"{kept} {shown(spies.plain(found)) if kept == 'a spy' or found is not NotImplemented else ''}"
            except Exception as error:
                words = f"{type(error).__name__}"
            lines.append(f"{name}({shown(other)[:30]}): {words}, {'read' if note.read else 'not read'}")
    for name in ("__float__", "__int__", "__bool__", "__neg__", "__abs__", "__repr__", "__hash__"):
        note = spies.Note()
        found = getattr(spies._NUMBERS[kind](kind(3), note), name)()
        lines.append(f"{name}: {found!r}, {'read' if note.read else 'not read'}")
    same_as_kept("\n".join(lines), KEPT / f"spied_{kind.__name__}.txt")


@pytest.mark.parametrize("kind", ["list", "set", "deque"])
def test_a_spied_container_notes_what_reads_it(kind):
    make = {"list": lambda: [1.0, 2.0], "set": lambda: {1.0, 2.0}, "deque": lambda: deque([1.0, 2.0], maxlen=4)}[kind]
    calls = {
        "append": (5.0,), "add": (5.0,), "extend": ([5.0],), "update": ({5.0},), "insert": (0, 5.0), "pop": (),
            "clear": (),
        "appendleft": (5.0,), "extendleft": ([5.0],), "__len__": (), "__iter__": (), "__contains__": (1.0,),
            "__getitem__": (0,),
        "__iadd__": ([5.0],), "__ior__": ({5.0},), "__eq__": ([],), "reverse": (), "sort": (), "remove": (1.0,),
            "discard": (1.0,),
        "copy": (), "__repr__": (), "__setitem__": (0, 9.0), "count": (1.0,), "index": (1.0,), "rotate": (1,),
            "__mul__": (2,),
    }  # fmt: skip
    lines = []
    for name, given in calls.items():
        spy = spies._spy_of(make())
        if not hasattr(spy, name):
            continue
        try:
            found = getattr(spy, name)(*given)
            words = "itself" if found is spy else type(found).__name__
        except Exception as error:
            words = f"{type(error).__name__}"
        read = spy.note.read
        spy.note.read = True
        lines.append(f"{name}: {words}, {'read' if read else 'not read'}, {spy.before}, now {len(spy)}")
    same_as_kept("\n".join(lines), KEPT / f"spied_{kind}.txt")
