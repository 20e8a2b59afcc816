"""Objects that no function expects, and some that it does: what the walk calls everything with.

Each is made anew for every call, so that what one call has broken does not decide about the next.
"""

from __future__ import annotations

import importlib
import math
from array import array
from collections.abc import Callable
from random import Random
from typing import Any

import autograd
from autograd import Value, hooks
from autograd import value as engine
from autograd.extensions import CYTHON_ONLY, MODULES
from autograd.modes import modes

Make = Callable[[], Any]


class _Liar(list):
    """A list that says that it is longer than it is."""

    def __len__(self) -> int:
        return 1000


class _Float(float):
    def __float__(self) -> Any:
        return "no float"


class _Int(int):
    def __index__(self) -> Any:
        raise ValueError("no index")


class _Text(str):
    def __str__(self) -> str:
        return self


class _Refuser:
    """Refuses whatever Python asks of it."""

    def __getattribute__(self, name: str) -> Any:
        raise ValueError(name)

    def __eq__(self, other: object) -> bool:
        raise ValueError

    def __hash__(self) -> int:
        raise ValueError

    def __bool__(self) -> bool:
        raise ValueError

    def __iter__(self) -> Any:
        raise ValueError


class _Anything:
    """Has every attribute, can be called, read and counted, until it tires: some loops wait for an answer."""

    def __init__(self, patience: list[int] | None = None) -> None:
        self._patience = [1000] if patience is None else patience

    def __getattr__(self, name: str) -> Any:
        self._patience[0] -= 1
        if name.startswith("__array") or self._patience[0] < 0:
            raise AttributeError(name)
        return _Anything(self._patience)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return _Anything(self._patience)

    def __getitem__(self, key: Any) -> Any:
        self._patience[0] -= 1
        if self._patience[0] < 0 or (isinstance(key, int) and key > 3):
            raise IndexError
        return _Anything(self._patience)

    def __len__(self) -> int:
        return 3

    def __float__(self) -> float:
        return 1.5

    def __index__(self) -> int:
        return 2


def _node() -> Value:
    return Value(2.0) * Value(3.0)


def _several() -> Any:
    start: Any = Value(0.5)
    return autograd.dot([Value(1.0), 2.0], [Value(3.0), Value(4.0)], start)


def _kept() -> Value:
    x = Value(2.0)
    x.grad = Value(1.0)
    return x


def _deep() -> Value:
    z = Value(1.0)
    for _ in range(2000):
        z = z.tanh() + 1.0
    return z


_PLAIN: dict[str, Make] = {
    "None": lambda: None, "True": lambda: True, "0": lambda: 0, "1": lambda: 1, "-1": lambda: -1, "3": lambda: 3,
    "59": lambda: 59, "1000": lambda: 1000, "2**31": lambda: 2**31, "-2**31": lambda: -(2**31),
    "2**62": lambda: 2**62, "2**64": lambda: 2**64, "10**400": lambda: 10**400,
    "0.0": lambda: 0.0, "1.5": lambda: 1.5, "nan": lambda: math.nan, "inf": lambda: math.inf, "1j": lambda: 1j,
    "''": str, "'dot'": lambda: "dot", "'add'": lambda: "add", "'\\ud800'": lambda: "\ud800",
    "'x' * 10**5": lambda: "x" * 10**5, "b''": bytes, "bytes(3)": lambda: bytes(3),
    "bytes(4096)": lambda: bytes(4096), "bytearray()": bytearray, "bytearray(16)": lambda: bytearray(16),
    "()": tuple, "[]": list, "{}": dict, "set()": set, "(None,)": lambda: (None,), "[None]": lambda: [None],
    "[None] * 1000": lambda: [None] * 1000, "[1.0]": lambda: [1.0], "[0, 1, 2]": lambda: [0, 1, 2],
    "[10**6] * 3": lambda: [10**6] * 3, "(1, 2, 3)": lambda: (1, 2, 3), "('a', 'b', 'c')": lambda: ("a", "b", "c"),
    "[[]]": lambda: [[]], "{None: None}": lambda: {None: None}, "object()": object, "range(3)": lambda: range(3),
    "iter([])": lambda: iter([]), "len": lambda: len, "int": lambda: int, "slice": lambda: slice(None),
    "memoryview": lambda: memoryview(bytearray(3)), "lambda": lambda: lambda *x: x,
    "array('d')": lambda: array("d"), "array('d', 3), a buffer": lambda: array("d", [1.0] * 3),
    "array('i', 4)": lambda: array("i", [1, 2, -1, 10**6]), "array('b', 2)": lambda: array("b", [1, 2]),
    "a list that lies": lambda: _Liar([1.0]), "a float that is none": lambda: _Float(1.0),
    "an int that is none": lambda: _Int(3), "a str of a subclass": lambda: _Text("dot"), "a refuser": _Refuser,
    "anything": _Anything,
}  # fmt: skip

_OURS: dict[str, Make] = {
    "Value(2.0)": lambda: Value(2.0), "Value(nan)": lambda: Value(math.nan), "a root, a product Value": _node,
    "z, a dot Value": _several, "a leaf with a Value for gradient": _kept, "a chain of Values": _deep,
    "Value.__new__(Value)": lambda: _made(Value), "parameters, outputs, [Value]": lambda: [Value(1.0)],
    "[product] * 3": lambda: [_node()] * 3, "(Value, 1.0)": lambda: (Value(1.0), 1.0),
    "operands, (Value,) * 5": lambda: tuple(Value(1.0) for _ in range(5)),
    "parameters, variables, outer, [Value, None]": lambda: [Value(1.0), None],
    "parameters, outputs, variables, [Value] * 5": lambda: [Value(1.0) for _ in range(5)],
    "partials, weights, [1.0] * 5": lambda: [1.0] * 5, "ms, vs, array('d', 4)": lambda: array("d", [1.0] * 4),
    "known, {Value: True}": lambda: {Value(1.0): True}, "known, ({},)": lambda: ({},), "Value": lambda: Value,
    "node": lambda: ("sum", 4, 1.0, 0.0, [0, 0, 1.0], [1.0] * 3, None),
    "node with too few partials": lambda: ("sum", 4, 1.0, 0.0, [0] * 2000, [], None),
    "made, [Value] * 2": lambda: [Value(1.0), Value(2.0)],
}  # fmt: skip


class Stock:
    """All objects there are to choose from, by description."""

    def __init__(self) -> None:
        self.plain = list(_PLAIN.items())
        self.ours = list(_OURS.items()) + _half_made() + _whole() + _recorded() + _arrays()
        self.all = self.ours + self.plain

    def drawn(self, draw: Random, parameter: str) -> tuple[str, Make]:
        """One for a parameter of this name: often of the kind that is wanted there, so that a call gets further."""
        wanted = [entry for entry in self.all if parameter and parameter in entry[0].replace(",", "").split()]
        if wanted and draw.random() < 0.7:
            return draw.choice(wanted)
        return draw.choice(self.ours if draw.random() < 0.5 else self.plain)


def objects() -> Stock:
    """The stock for one process."""
    return Stock()


def _half_made() -> list[tuple[str, Make]]:
    """Of every class of the compiled modules an object that nobody has initialized."""
    found: list[tuple[str, Make]] = []
    for module in (*MODULES, *(CYTHON_ONLY if engine.COMPILED else ())):
        loaded = importlib.import_module(f"autograd.{module.replace('/', '.')}")
        c: Any
        for name, c in sorted(vars(loaded).items()):
            if isinstance(c, type) and c.__module__ == loaded.__name__ and c is not Value and _can_be_made(c):
                found.append((f"a half-made {name}", lambda c=c: _made(c)))
    return found


def _made(c: Any) -> Any:
    return c.__new__(c)


def _can_be_made(c: Any) -> bool:
    try:
        _made(c)
    except TypeError:
        return False
    return True


def _recorded() -> list[tuple[str, Make]]:
    """What hangs on a recorded function that has been called: recordings, programs, machines."""

    def found() -> dict[str, Any]:
        w = Value(2.0)

        def f(x: Any, y: Any) -> Any:
            z = autograd.dot(x, [w, 1.0], y)
            return autograd.tanh(z) if z > 0 else z * w

        jitted = autograd.jit(f)
        results = [jitted([1.0, 2.0], 3.0), jitted.mean([[1.0, 2.0], [-9.0, 1.0]], [3.0, 4.0])]
        results[1].backward()
        objects: dict[str, Any] = {}
        todo: list[Any] = [jitted, *results, *[getattr(z, "y", None) for z in results]]
        while todo and len(objects) < 60:
            x = todo.pop(0)
            c = type(x)
            if isinstance(x, dict | list | tuple):
                todo += x.values() if isinstance(x, dict) else x
                continue
            if not c.__module__.startswith("autograd.jit") or any(x is y for y in objects.values()):
                continue
            objects[f"{_article(c.__name__)} {len(objects)}"] = x
            todo += [getattr(x, name, None) for name in dir(x) if not name.startswith("__")]
        return objects

    return [(name, lambda name=name: found()[name]) for name in found()]


def _article(name: str) -> str:
    return f"a {name[0].lower()}{name[1:]}, a {name}"


def _whole() -> list[tuple[str, Make]]:
    """Objects that the engine makes for itself, as it makes them."""
    from autograd.differentiation.second_order import curvature_of
    from autograd.differentiation.tape import tape_between

    def tape() -> Any:
        x, y = Value(1.0), Value(2.0)
        return tape_between([(x * y).tanh() + autograd.logsumexp([x, y, 1.0])], [x, y], [])

    return [("a tape, a Tape", tape), ("b, the Curvature", lambda: curvature_of(tape()))]


def _arrays() -> list[tuple[str, Make]]:
    import numpy as np

    return [
        ("np.ones(3)", lambda: np.ones(3)), ("np.ones((0, 2))", lambda: np.ones((0, 2))),
        ("np.arange(4)", lambda: np.arange(4)), ("np.array(2.0)", lambda: np.array(2.0)),
        ("np.array([Value])", lambda: np.array([Value(1.0), Value(2.0)])),
        ("np.array([None])", lambda: np.array([None])),
        ("np.ones(3, 'f4')", lambda: np.ones(3, "f4")), ("np.zeros(3, 'U4')", lambda: np.zeros(3, "U4")),
    ]  # fmt: skip


def harmless() -> None:
    """Switch off whatever a call may have switched on, so that the next one gets as far as it can."""
    hooks.watch(None)
    hooks.record_with(None)
    hooks.ask_before_float(None)
    hooks.note_with(None)
    modes.settings = type(modes).settings
