"""Parameters in all containers that have an order or names, and what is said of those in others."""

from __future__ import annotations

import copy
import json
import pickle
from collections import ChainMap, OrderedDict, UserDict, UserList, deque, namedtuple
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType, SimpleNamespace

import numpy as np
import pytest

import nn
from autograd import Value
from autograd.arrays.numpy_functions import ArrayOfValues


@dataclass
class Pair:
    a: object
    b: object
    note: str = "two"


@dataclass(slots=True, frozen=True)
class Slotted:
    a: object
    b: object
    later: object = field(default=None, init=False)


Named = namedtuple("Named", "a b")


def values(*numbers):
    return [Value(x) for x in numbers]


def in_array(*shape):
    array = np.empty(shape, dtype=object)
    array.reshape(-1)[:] = values(*(0.1 * (i + 1) for i in range(array.size)))
    return array


class Holder(nn.Module):
    def __init__(self, held):
        self.held = held


def a_b():
    return dict(zip("ab", values(0.1, 0.2), strict=True))


CASES = [
    (lambda: np.array(values(0.1, 0.2)), ["held.0", "held.1"]),
    (lambda: np.array(values(0.1, 0.2)).view(ArrayOfValues), ["held.0", "held.1"]),
    (lambda: in_array(2, 2), ["held.0.0", "held.0.1", "held.1.0", "held.1.1"]),
    (lambda: in_array(2, 1, 2).T, ["held.0.0.0", "held.0.0.1", "held.1.0.0", "held.1.0.1"]),
    (lambda: in_array(), ["held.0"]),
    (lambda: in_array(0, 3), []),
    (lambda: deque(values(0.1, 0.2)), ["held.0", "held.1"]),
    (lambda: UserList(values(0.1, 0.2)), ["held.0", "held.1"]),
    (lambda: UserDict(a_b()), ["held.a", "held.b"]),
    (lambda: OrderedDict(a_b()), ["held.a", "held.b"]),
    (lambda: MappingProxyType(a_b()), ["held.a", "held.b"]),
    (lambda: ChainMap({"a": Value(0.1)}, {"b": Value(0.2)}), ["held.b", "held.a"]),
    (lambda: SimpleNamespace(**a_b()), ["held.a", "held.b"]),
    (lambda: Pair(**a_b()), ["held.a", "held.b"]),
    (lambda: Slotted(**a_b()), ["held.a", "held.b"]),
    (lambda: Named(**a_b()), ["held.0", "held.1"]),
    (lambda: {"deep": deque([Pair(np.array(values(0.1)), None)])}, ["held.deep.0.a.0"]),
    (lambda: [np.arange(3.0), np.array(["a"]), np.array([1, None], dtype=object)], []),
]


@pytest.mark.parametrize(("make", "names"), CASES)
def test_what_has_an_order_or_names_is_walked(make, names):
    model = Holder(make())
    assert [name for name, _ in model.named_parameters()] == names
    assert list(map(id, model.parameters())) == [id(p) for _, p in model.named_parameters()]
    state = json.loads(json.dumps(model.state_dict()))
    other = Holder(make())
    for p in other.parameters():
        p.data, p.grad = -1.0, 1.0
    other.load_state_dict(state)
    assert other.state_dict() == state
    other.zero_grad()
    assert not any(p.grad for p in other.parameters())


@pytest.mark.parametrize(("make", "names"), [case for case in CASES if type(case[0]()) is not MappingProxyType])
def test_they_are_there_in_copies_too(make, names):
    model = Holder(make())
    for copied in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert copied.state_dict() == model.state_dict()
        assert not set(map(id, copied.parameters())) & set(map(id, model.parameters()))


class OfArrays(nn.Module):
    def __init__(self):
        self.W, self.b = np.array([values(0.1, 0.2), values(-0.3, 0.4)]), np.array(values(0.0, 0.1))

    def __call__(self, x):
        return self.W @ x + self.b


class OfLists(OfArrays):
    def __init__(self):
        self.W, self.b = [values(0.1, 0.2), values(-0.3, 0.4)], values(0.0, 0.1)

    def __call__(self, x):
        return [w[0] * x[0] + w[1] * x[1] + b for w, b in zip(self.W, self.b, strict=True)]


def own_mse(predictions, targets):
    return nn.mse_loss(predictions, targets)


X = np.random.default_rng(1).normal(size=(40, 2))
Y = X @ np.array([[2.0, 1.0], [-1.0, 3.0]]) + 0.5


@pytest.mark.parametrize("loss", ["mse", own_mse])
@pytest.mark.parametrize(("optimizer", "lr"), [("sgd", 0.1), ("adam", 0.05), ("lbfgs", None)])
def test_arrays_of_parameters_train_as_lists_do(loss, optimizer, lr):
    states = []
    for model in (OfArrays(), OfLists()):
        history = nn.fit(model, X, Y, loss=loss, optimizer=optimizer, lr=lr, epochs=30, progress=False)
        states.append(model.state_dict())
        assert not any("not trained" in note for note in history.notes)
    assert states[0] == pytest.approx(states[1], rel=1e-9)
    assert states[0]["W.0.0"] == pytest.approx(2.0, abs=0.2)


def by_place(held, x):
    return held[0] * x[0] + held[1] * x[1]


def by_key(held, x):
    return held["a"] * x[0] + held["b"] * x[1]


def by_name(held, x):
    return held.a * x[0] + held.b * x[1]


WAYS = {
    "array": (lambda: np.array(values(0.1, 0.2)), by_place),
    "product": (lambda: np.array(values(0.1, 0.2)), lambda held, x: held @ np.asarray(x)),
    "deque": (lambda: deque(values(0.1, 0.2)), by_place),
    "UserList": (lambda: UserList(values(0.1, 0.2)), by_place),
    "UserDict": (lambda: UserDict(a_b()), by_key),
    "proxy": (lambda: MappingProxyType(a_b()), by_key),
    "ChainMap": (lambda: ChainMap({"a": Value(0.1)}, {"b": Value(0.2)}), by_key),
    "namespace": (lambda: SimpleNamespace(**a_b()), by_name),
    "dataclass": (lambda: Pair(**a_b()), by_name),
    "slots": (lambda: Slotted(**a_b()), by_name),
    "named tuple": (lambda: Named(**a_b()), by_name),
}


@pytest.mark.parametrize("loss", ["mse", own_mse])
@pytest.mark.parametrize("rows", [X, X.tolist()], ids=["arrays", "lists"])
@pytest.mark.parametrize("way", list(WAYS))
def test_what_any_of_them_holds_is_trained(way, rows, loss):
    make, ask = WAYS[way]

    class Model(nn.Module):
        def __init__(self):
            self.held = make()

        def __call__(self, x):
            return ask(self.held, x)

    model = Model()
    history = nn.fit(model, rows, X @ [2.0, -1.0], loss=loss, optimizer="sgd", lr=0.2, epochs=40, progress=False)
    assert sorted(model.state_dict().values()) == pytest.approx([-1.0, 2.0], abs=1e-4)
    assert loss is own_mse or not history.note


def test_an_element_that_is_replaced_is_the_new_parameter():
    model = OfArrays()
    nn.fit(model, X, Y, loss="mse", epochs=2, progress=False)
    model.W[0, 0] = new = Value(5.0)
    nn.fit(model, X, Y, loss="mse", epochs=2, progress=False)
    assert model.state_dict()["W.0.0"] == new.data != 5.0


def test_training_begins_in_modules_in_any_container():
    inner = [nn.MLP(1, [1]) for _ in range(4)]
    array = np.empty(1, dtype=object)
    array[0] = inner[0]
    model = Holder([array, deque([inner[1]]), SimpleNamespace(m=inner[2]), Pair(inner[3], None)])
    model.train()
    assert all(m.training for m in inner)


def test_cycles_through_containers_end():
    space = SimpleNamespace(w=Value(1.0))
    space.me = deque([space, np.array([space, None], dtype=object)])
    model = Holder(space)
    assert list(model.train().state_dict()) == ["held.w"]
    assert len(model.parameters()) == 1


class Plain:
    def __init__(self, w):
        self.w = w


class Lazy(Mapping):
    """Reads its items from elsewhere, which may take long or fail."""

    def __init__(self, **items):
        self.items_there = items

    def __len__(self):
        return len(self.items_there)

    def __iter__(self):
        return iter(self.items_there)

    def __getitem__(self, key):
        raise OSError("gone")


class Untrained(nn.Module):
    def __init__(self, held):
        self.b, self.held = Value(0.0), held

    def __call__(self, x):
        return self.b * x[0]


def closing_over(w):
    return lambda x: w * x


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: set(values(0.1, 0.2)), "`held` (a set) holds 2 Values"),
        (lambda: {"x": frozenset(values(0.1))}, "`held.x` (a frozenset) holds 1 Value "),
        (lambda: [Plain(Value(1.0))], "`held.0.w` (in an object of Plain) holds 1 Value "),
        (lambda: Plain([Value(1.0), Value(2.0)]), "`held.w` (in an object of Plain) holds 2 Values"),
        (lambda: nn.SGD(values(1.0), lr=0.1), "`held.parameters` (in an object of SGD) holds 1 Value that"),
        (lambda: Lazy(a=Value(1.0)), "`held.items_there` (in an object of Lazy) holds 1 Value "),
        (lambda: closing_over(Value(1.0)), "`held` (a function) holds 1 Value "),
    ],
)
def test_fit_tells_which_values_are_not_trained(make, what):
    notes = nn.fit(Untrained(make()), [[1.0], [2.0]], [1.0, 2.0], loss="mse", epochs=2, progress=False).notes
    assert [what in note for note in notes if "not trained" in note] == [True]


def test_a_value_of_the_class_is_told():
    class Shared(Untrained):
        w = Value(1.0)

    notes = nn.fit(Shared(None), [[1.0], [2.0]], [1.0, 2.0], loss="mse", epochs=2, progress=False).notes
    assert ["`w` (of the class Shared) holds 1 Value " in note for note in notes if "not trained" in note] == [True]


@pytest.mark.parametrize("other", [{1.0, 2.0}, Plain(3.0), {"a": Plain(Value(1.0) * 2)}, nn.SGD, closing_over(1.0)])
def test_nothing_is_told_where_all_is_trained(other):
    model = Untrained(other)
    model.again = {model.b}
    model.optimizer = nn.SGD(model.parameters(), lr=0.1)
    notes = nn.fit(model, [[1.0], [2.0]], [1.0, 2.0], loss="mse", epochs=2, progress=False).notes
    assert not any("not trained" in note for note in notes)


def test_who_says_itself_what_is_trained_is_told_nothing():
    class Chosen(Untrained):
        def parameters(self):
            return [self.b]

    notes = nn.fit(Chosen(set(values(1.0))), [[1.0]] * 4, [1.0] * 4, loss="mse", epochs=2, progress=False).notes
    assert not any("not trained" in note for note in notes)
