"""What a function may ask of its arguments besides their numbers, and what class patterns read."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Protocol, runtime_checkable

import numpy as np
import pytest

from autograd import JitError, Value, clip, grad, hessian, jit, value_and_grad

# ---- class patterns


class Plain:
    def __init__(self, w: Any):
        self.w = w


class Slotted:
    __slots__ = ("w",)
    __match_args__ = ("w",)

    def __init__(self, w: Any):
        self.w = w


@dataclass
class Pair:
    w: Any
    kind: str = "a"


def by_keyword(r: Any, x: Any) -> Any:
    match r:
        case Plain(w=w):
            return x * w


def by_place(r: Any, x: Any) -> Any:
    match r:
        case Pair(w):
            return x * w


def by_literal(r: Any, x: Any) -> Any:
    match r:
        case Pair(w=w, kind="a"):
            return x * w
        case _:
            return x * 100.0


def of_slots(r: Any, x: Any) -> Any:
    match [r]:
        case [Slotted(w)]:
            return x * w


PATTERNS = [(by_keyword, Plain), (by_place, Pair), (by_literal, Pair), (of_slots, Slotted)]


@pytest.mark.parametrize(("f", "kind"), PATTERNS)
def test_what_a_class_pattern_reads_is_watched(f, kind):
    r = kind(1.0)
    j = jit(lambda x: f(r, x))
    for w in (1.0, 1.0, 1.0, 2.0, 2.0, 5.0):
        r.w = w
        assert float(j(3.0)) == 3.0 * w
    if kind is Pair and f is by_literal:
        r.kind = "b"
        assert float(j(3.0)) == 300.0


def test_a_parameter_that_a_class_pattern_reads_may_be_replaced():
    r = Plain(Value(2.0))
    j = jit(lambda x: by_keyword(r, x))
    for _ in range(3):
        j(3.0)
    before, r.w = r.w, Value(2.0)
    j(3.0).backward()
    assert (before.grad, r.w.grad) == (0.0, 3.0)


def test_another_order_of_a_pattern_is_noticed(monkeypatch):
    r = Pair(2.0)
    r.other = 7.0  # type: ignore[attr-defined]
    j = jit(lambda x: by_place(r, x))
    for _ in range(3):
        assert float(j(1.0)) == 2.0
    monkeypatch.setattr(Pair, "__match_args__", ("other",))
    assert float(j(1.0)) == 7.0


@runtime_checkable
class Weighed(Protocol):
    weight: float

    def of(self) -> float: ...


class Thing:
    def of(self) -> float:
        return 2.0


@pytest.mark.parametrize("of_class", [False, True])
def test_what_a_protocol_asks_for_is_watched(of_class):
    class Own(Thing):
        pass

    thing = Own()
    j = jit(lambda x: x * (2.0 if isinstance(thing, Weighed) else 3.0))
    for _ in range(3):
        assert float(j(1.0)) == 3.0
    holder: Any = Own if of_class else thing
    holder.weight = 1.0
    assert float(j(1.0)) == 2.0


# ---- keywords


def in_order(**numbers: Any) -> Any:
    total = 0.0
    for x in numbers.values():
        total = total * 2 + x
    return total


@pytest.mark.parametrize("call", [lambda f: f(b=2.0, a=1.0), lambda f: f(**{"z": 3.0, "a": 1.0, "m": 2.0})])
def test_keywords_come_in_the_order_of_the_call(call: Callable[[Any], Any]):
    assert float(call(jit(in_order))) == call(in_order)
    assert float(call(jit(functools.partial(in_order, c=1.0)))) == call(functools.partial(in_order, c=1.0))


# ---- records


@dataclass
class Squared:
    v: Any
    k = 2.0

    def __post_init__(self):
        self.square = self.v * self.v

    def doubled(self) -> Any:
        return self.v * self.k

    @functools.cached_property
    def cube(self) -> Any:
        return self.v * self.v * self.v


class Point(NamedTuple):
    x: Any
    y: Any

    def weighed(self) -> Any:
        return self.x + 10.0 * self.y


def test_what_a_record_computes_of_its_fields_comes_with_each_call():
    j = jit(lambda p: p.v + p.square)
    assert [float(j(Squared(v))) for v in (2.0, 2.0, 3.0, 4.0)] == [6.0, 6.0, 12.0, 20.0]
    for _ in range(4):
        v = Value(2.0)
        j(Squared(v)).backward()
        assert v.grad == 5.0
    rows = np.array([1.0, 2.0, 3.0])
    assert list(j.map(Squared(rows))) == [2.0, 6.0, 12.0]
    assert float(j.mean(Squared(rows))) == 20.0 / 3.0


def test_what_a_record_is_given_later_is_seen():
    def f(p: Any) -> Any:
        return p.v * getattr(p, "unit", 1.0)

    p, j = Squared(2.0), jit(f)
    for _ in range(3):
        assert float(j(p)) == 2.0
    p.unit = 1000.0  # type: ignore[attr-defined]
    assert float(j(p)) == 2000.0
    p.unit = 10.0  # type: ignore[attr-defined]
    assert float(j(p)) == 20.0


def test_what_a_record_keeps_for_itself_is_computed_for_each_call():
    j = jit(lambda p: p.cube)
    used = Squared(2.0)
    assert used.cube == 8.0
    assert [float(j(p)) for p in (Squared(2.0), used, Squared(3.0), used)] == [8.0, 8.0, 27.0, 8.0]
    assert [float(jit(lambda p: p.cube)(p)) for p in (used, Squared(3.0))] == [8.0, 27.0]


def test_a_record_that_is_returned_is_whole():
    j = jit(lambda x: Squared(x))
    for x in (2.0, 2.0, 3.0):
        found = j(x)
        assert (float(found.v), float(found.square)) == (x, x * x)


@pytest.mark.parametrize("wrapped", [lambda p: p, lambda p: [p]])
def test_the_class_of_a_record_is_watched(wrapped, monkeypatch):
    def f(p: Any) -> Any:
        return (p[0] if type(p) is list else p).doubled()

    j = jit(f)
    for _ in range(3):
        assert float(j(wrapped(Squared(3.0)))) == 6.0
    monkeypatch.setattr(Squared, "k", 7.0)
    assert float(j(wrapped(Squared(3.0)))) == 21.0
    monkeypatch.setattr(Squared, "doubled", lambda self: self.v * 100.0)
    assert float(j(wrapped(Squared(3.0)))) == 300.0


def test_the_class_of_a_named_tuple_is_watched(monkeypatch):
    j = jit(lambda p: p.weighed())
    for _ in range(3):
        assert float(j(Point(1.0, 2.0))) == 21.0
    monkeypatch.setattr(Point, "weighed", lambda self: self.x - self.y)
    assert float(j(Point(1.0, 2.0))) == -1.0


@pytest.mark.parametrize("row", [{"v": 1.0}, Squared(1.0)])
def test_rows_that_are_records_are_told_how_to_come(row):
    with pytest.raises(TypeError, match=f"objects of {type(row).__name__}; pass one {type(row).__name__} whose items"):
        jit(lambda p: p).map([row, row])


def test_bits_of_an_element_of_an_array_are_refused():
    with pytest.raises(JitError, match="cannot be taken apart into bits"):
        jit(lambda n: n[0] & 1)(np.array([3, 4]))


# ---- numbers with more to them


class Tagged(float):
    unit = 1.0


def test_a_float_of_a_class_of_ones_own_stays_what_it_is():
    j = jit(lambda x, t: x * t * t.unit)
    for unit in (1.0, 1.0, 3.0):
        t = Tagged(2.0)
        t.unit = unit
        assert float(j(5.0, t)) == 10.0 * unit


def test_the_label_of_an_argument_is_not_recorded():
    j = jit(lambda v: v * (2.0 if v.label == "a" else 3.0))
    with pytest.raises(JitError, match=r"reads the label of an argument.*Pass what it says"):
        j(Value(1.0, label="a"))


def test_a_bound_of_clip_above_the_other_is_no_number():
    j = jit(lambda x, hi: clip(x, 0.0, hi))
    for _ in range(3):
        assert float(j(1.0, 2.0)) == 1.0
    with pytest.raises(ValueError, match="above the upper bound"):
        j(1.0, -1.0)
    with pytest.raises(ValueError, match="above the upper bound"):
        j.map([1.0, 1.0], [2.0, -1.0])


# ---- numbers of NumPy that stay NumPy's


@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: np.array(x), lambda x: [x]])
def test_the_longest_floats_are_numbers(wrap):
    f = jit(lambda t: (t[0] if isinstance(t, list) else t) * 2)
    assert float(f(wrap(np.longdouble(1.5)))) == 3.0


# ---- records of every kind


@dataclass
class Energy:
    x: Any

    def __post_init__(self):
        self.e = self.x * self.x


def test_derivatives_by_a_record_see_what_it_holds_besides():
    def f(s: Any) -> Any:
        return s.x * s.e

    for transform in (grad, value_and_grad, hessian):
        j = transform(jit(f))
        for x in (1.0, 1.0, 3.0, 2.0, 5.0):
            assert repr(j(Energy(x))) == repr(transform(f)(Energy(x)))
    pair = [Energy(1.0), Energy(3.0)]
    assert repr(grad(lambda p: f(p[0]) + f(p[1]))(pair)) == "[Energy(x=1.0), Energy(x=9.0)]"


def test_lists_of_arrays_are_one_array_and_lists_of_records_are_not():
    rows = np.array([1.0, 2.0, 3.0])
    blocks = jit(lambda x: [np.array([x, 2 * x]), np.array([3 * x, x])]).map(rows)
    assert blocks.tolist() == [[[x, 2 * x], [3 * x, x]] for x in rows]
    assert [[s.x, s.e] for s in jit(lambda x: [Energy(x), Energy(3 * x)])(2.0)] == [[2.0, 4.0], [6.0, 36.0]]


class Answering:
    """Answers whatever attribute it is asked for."""

    def __getattr__(self, name: str) -> Any:
        return 2.0


ANSWERING = Answering()


def test_a_global_that_answers_everything_is_no_class_of_a_pattern():
    r = Plain(3.0)

    def f(x: Any) -> Any:
        match r:
            case Plain(w=w):
                return x * w * ANSWERING.scale

    assert [float(jit(f)(x)) for x in (1.0, 2.0)] == [6.0, 12.0]


@dataclass(frozen=True)
class Itself:
    v: Any

    def __copy__(self) -> Itself:
        return self


def test_a_record_whose_copy_is_itself_stays_what_it_was():
    p, q = Itself(2.0), Itself(3.0)
    assert float(jit(lambda p, q: p.v * q.v)(p, q)) == 6.0
    assert grad(lambda p: p.v * p.v)(p) == Itself(4.0)
    assert (p.v, q.v) == (2.0, 3.0)


class Weighed3(Point):
    unit = 1.0


class Slot:
    __slots__ = ("u",)


@dataclass
class OfSlot(Slot):
    v: Any


@dataclass
class OfDict(dict):  # type: ignore[type-arg]
    v: Any = 1.0


def test_what_a_record_holds_elsewhere_is_that_of_the_call():
    tagged, slotted, named = jit(lambda p: p.x * p.unit), jit(lambda p: p.v * p.u), jit(lambda p: p.v * p["k"])
    for u in (5.0, 5.0, 6.0, 7.0):
        t, s, d = Weighed3(2.0, 0.0), OfSlot(2.0), OfDict(2.0)
        t.unit = s.u = d["k"] = u
        assert [float(tagged(t)), float(slotted(s)), float(named(d))] == [2.0 * u] * 3


@dataclass
class Kept:
    r: Any

    @functools.cached_property
    def area(self) -> Any:
        return self.r * self.r


def test_a_cached_property_that_was_set_is_that():
    p = Kept(2.0)
    p.area = 50.0
    assert float(jit(lambda p: p.area)(p)) == 50.0
    old = Kept(2.0)
    assert old.area == 4.0
    old.r = 10.0
    assert float(jit(lambda p: p.area + p.r)(old)) == 14.0


@dataclass
class Counted:
    x: Any
    k: ClassVar[float] = 3.0
    all: ClassVar[list[Any]] = []

    def __post_init__(self):
        self.all.append(self)


def test_what_belongs_to_the_class_is_no_field(monkeypatch):
    j = jit(lambda x: Counted(x))
    found = j(2.0)
    monkeypatch.setattr(Counted, "k", 5.0)
    assert found.x * found.k == 10.0
    slope = grad(lambda c: c.x * c.x * c.k)(Counted(2.0))
    assert (slope.x, vars(slope).keys()) == (20.0, {"x"})
    assert float(jit(lambda c: c.x * c.k)(Counted(2.0))) == 10.0


@dataclass
class Node:
    v: Any
    kids: tuple[Any, ...] = ()

    def __post_init__(self):
        for kid in self.kids:
            kid.parent = self


def test_records_may_lead_back():
    def f(t: Any) -> Any:
        return t.v + sum(kid.v * kid.parent.v for kid in t.kids)

    j = jit(f)
    for v in (2.0, 3.0, 4.0, 5.0):
        tree = Node(v, (Node(1.0), Node(v)))
        assert float(j(tree)) == f(tree)


@dataclass
class Binned:
    x: Any

    def __post_init__(self):
        self.bins, self.log, self.names = np.array([1.0, 2.0, 3.0]), [], ["a"]


def test_what_all_rows_of_a_record_share_is_one():
    rows = Binned(np.array([1.0, 2.0, 3.0, 4.0]))
    assert list(jit(lambda b: b.x * b.bins[1]).map(rows)) == [2.0, 4.0, 6.0, 8.0]
    assert [float(jit(lambda b: b.x * b.bins[1])(Binned(x))) for x in (1.0, 2.0)] == [2.0, 4.0]
    j = jit(lambda b: b.x * len(b.names))
    assert [float(j(Binned(x))) for x in (1.0, 2.0, 3.0)] == [1.0, 2.0, 3.0]
    assert len(j.entries) == 1  # lists of plain items that each call brings anew are one key
    d = Binned(2.0)
    assert grad(jit(lambda b: b.x * b.x))(d).x == 4.0
