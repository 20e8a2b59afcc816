"""What a recorded function reads besides its arguments: any change of it is noticed, whatever holds it."""

from __future__ import annotations

import array
import collections
import dataclasses
import decimal
import fractions
import functools
import operator
import sys
import types
import weakref

import numpy as np
import pytest

from autograd import Value, jit


class Owner:
    """Anything with attributes."""

    shared = 2.0

    def __init__(self, **attributes):
        vars(self).update(attributes)

    @property
    def asked(self):
        return self.shared * self.k

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return vars(self)["table"][name]


class Slotted:
    __slots__ = ("k",)

    def __init__(self, k):
        self.k = k


class Numbers(list):
    def first(self):
        return self[0]


@dataclasses.dataclass
class Record:
    k: float


def in_a_dict(make):
    """A place that holds 2.0 under "k", a function that reads it, one that sets it."""
    items = make()
    items["k"] = 2.0
    return lambda: items["k"], lambda x: items.__setitem__("k", x)


def in_an_attribute(owner, name="k"):
    return lambda: getattr(owner, name), lambda x: setattr(owner, name, x)


def in_a_list(items):
    return lambda: items[0], lambda x: items.__setitem__(0, x)


def behind_a_proxy():
    items = {"k": 2.0}
    proxy = types.MappingProxyType(items)
    return lambda: proxy["k"], lambda x: items.__setitem__("k", x)


def behind_a_view():
    items = {"k": 2.0}
    view = items.values()
    return lambda: sum(view), lambda x: items.__setitem__("k", x)


def behind_a_weak_reference():
    record = Record(2.0)
    refer = weakref.ref(record)
    return lambda: refer().k, lambda x: setattr(record, "k", x)


def behind_partial():
    items = {"k": 2.0}
    read = functools.partial(operator.getitem, items, "k")
    return read, lambda x: items.__setitem__("k", x)


def behind_dunder_getattr():
    owner = Owner(table={"k": 2.0})
    return lambda: owner.k, lambda x: owner.table.__setitem__("k", x)


def in_a_class():
    owner, kind = Owner(k=1.0), type("Kind", (Owner,), {"shared": 2.0})
    owner.__class__ = kind
    return lambda: owner.asked, lambda x: setattr(kind, "shared", x)


def in_a_base_class():
    base = type("Base", (), {"k": 2.0})
    owner = type("Kind", (base,), {})()
    return lambda: owner.k, lambda x: setattr(base, "k", x)


def in_other_base_classes():
    kind = type("Kind", (type("Base", (), {"k": 2.0}),), {})
    return lambda: kind.k, lambda x: setattr(kind, "__bases__", (type("Other", (), {"k": x}),))


def in_a_metaclass():
    meta = type("Meta", (type,), {"k": 2.0})
    kind = meta("Kind", (), {})
    return lambda: kind.k, lambda x: setattr(meta, "k", x)


def in_another_class():
    owner = type("Kind", (), {"k": 2.0})()
    return lambda: owner.k, lambda x: setattr(owner, "__class__", type("Other", (), {"k": x}))


def in_another_dict_of_attributes():
    owner = Owner(k=2.0)
    return lambda: owner.k, lambda x: setattr(owner, "__dict__", {"k": x})


def in_defaults():
    def read(k=2.0):
        return k

    return read, lambda x: setattr(read, "__defaults__", (x,))


def in_keyword_defaults():
    def read(*, k=2.0):
        return k

    return read, lambda x: setattr(read, "__kwdefaults__", {"k": x})


def in_code():
    def read():
        return 2.0

    def other():
        return 5.0

    return read, lambda x: setattr(read, "__code__", other.__code__)


def in_a_module():
    module = types.ModuleType("module")
    module.inner = types.SimpleNamespace(k=2.0)
    return lambda: module.inner.k, lambda x: setattr(module.inner, "k", x)


def in_an_imported_module():
    module = sys.modules["module_of_test_watch"] = types.ModuleType("module_of_test_watch")
    module.k = 2.0

    def read():
        from module_of_test_watch import k

        return k

    return read, lambda x: setattr(module, "k", x)


def in_a_descriptor():
    class Descriptor:
        def __init__(self):
            self.k = 2.0

        def __get__(self, owner, kind):
            return self.k

    descriptor = Descriptor()
    owner = type("Kind", (), {"k": descriptor})()
    return lambda: owner.k, lambda x: setattr(descriptor, "k", x)


PLACES = {
    "a dict": lambda: in_a_dict(dict),
    "an ordered dict": lambda: in_a_dict(collections.OrderedDict),
    "a default dict": lambda: in_a_dict(lambda: collections.defaultdict(float)),
    "a counter": lambda: in_a_dict(collections.Counter),
    "a user dict": lambda: in_a_dict(collections.UserDict),
    "a chain of maps": lambda: in_a_dict(collections.ChainMap),
    "a list": lambda: in_a_list([2.0]),
    "a list of a class": lambda: in_a_list(Numbers([2.0])),
    "a user list": lambda: in_a_list(collections.UserList([2.0])),
    "a deque": lambda: in_a_list(collections.deque([2.0])),
    "a list in a tuple": lambda: in_a_list((1.0, [2.0])[1]),
    "an array": lambda: in_a_list(array.array("d", [2.0])),
    "bytes": lambda: in_a_list(bytearray(b"\2")),
    "a NumPy array": lambda: in_a_list(np.array([2.0])),
    "a strided array": lambda: in_a_list(np.array([2.0, 3.0, 4.0])[::2]),
    "an array of objects": lambda: in_a_list(np.array([2.0, None])),
    "an attribute": lambda: in_an_attribute(Owner(k=2.0)),
    "a slot": lambda: in_an_attribute(Slotted(2.0)),
    "a record": lambda: in_an_attribute(Record(2.0)),
    "a namespace": lambda: in_an_attribute(types.SimpleNamespace(k=2.0)),
    "a proxy": behind_a_proxy,
    "a view": behind_a_view,
    "a weak reference": behind_a_weak_reference,
    "partial": behind_partial,
    "__getattr__": behind_dunder_getattr,
    "a class": in_a_class,
    "a base class": in_a_base_class,
    "other base classes": in_other_base_classes,
    "a metaclass": in_a_metaclass,
    "another class": in_another_class,
    "another __dict__": in_another_dict_of_attributes,
    "defaults": in_defaults,
    "keyword defaults": in_keyword_defaults,
    "code": in_code,
    "a module": in_a_module,
    "an imported module": in_an_imported_module,
    "a descriptor": in_a_descriptor,
}


@pytest.mark.parametrize("place", PLACES)
def test_a_number_that_changes_is_read_anew_wherever_it_lies(place):
    read, write = PLACES[place]()
    f = jit(lambda x: x * read())
    assert [f(1.0).data, f(3.0).data] == [2.0, 6.0]
    write(5)
    assert [f(1.0).data, f(3.0).data] == [5.0, 15.0]


NUMBERS_ONLY = {"an array", "bytes", "a NumPy array", "a strided array", "code"}


@pytest.mark.parametrize("place", [place for place in PLACES if place not in NUMBERS_ONLY])
def test_a_value_that_is_replaced_by_an_equal_one_is_noticed(place):
    read, write = PLACES[place]()
    first, second = Value(2.0), Value(2.0)
    write(first)
    f = jit(lambda x: x * read())
    assert f(1.0).inputs[-1] is first
    write(second)
    assert f(1.0).inputs[-1] is second


@pytest.mark.parametrize("kind", [Record, Slotted, fractions.Fraction, decimal.Decimal])
def test_an_argument_made_anew_is_never_taken_for_one_that_is_gone(kind):
    f = jit(lambda c, x: x * float(getattr(c, "k", c)))
    assert [f(kind(k), 1.0).data for k in range(30)] == list(range(30))


def test_a_global_that_comes_to_hide_a_builtin_is_noticed(monkeypatch):
    f = jit(lambda x: x * max(2.0, 1.0))
    assert f(1.0).data == 2.0
    monkeypatch.setitem(globals(), "max", lambda *numbers: 7.0)
    assert f(1.0).data == 7.0
