"""Module: anything that holds parameters, found by walking its attributes; and the list of a neuron's weights.

Nothing is registered. A parameter is a leaf `Value` reachable through attributes and containers, so a model is an
ordinary object; the price is a walk at each call, which costs about as much as one addition a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import FunctionType
from typing import Any

from autograd import Value
from autograd.arrays.parameters import only_leaves, only_values, zero_gradients
from autograd.display import mimebundle
from autograd.jit.watching.tracked import Tracked
from autograd.wording import counted
from nn.containers import NOTHING, Held, reader_of
from nn.numbers import finite
from nn.wording import cut, quoted, shown


class Module:
    """Base of everything with parameters: subclass it, set attributes in `__init__`, define `__call__`.

    >>> from autograd import Value
    >>> class Line(Module):
    ...     def __init__(self):
    ...         self.slope, self.offset = Value(2.0), Value(1.0)
    ...     def __call__(self, x):
    ...         return self.slope * x + self.offset
    >>> Line().state_dict()
    {'slope': 2.0, 'offset': 1.0}
    """

    training = False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} has no __call__; define it in the subclass")

    def parameters(self) -> list[Value]:
        """Every parameter once, in the order in which the attributes were set.

        Looked into are attributes of modules, and what has an order or names, nested at will: lists and tuples (named
        ones, `deque`, `UserList`), NumPy arrays of any dimension, dicts (`UserDict`, `ChainMap`, `MappingProxyType`),
        dataclasses and `SimpleNamespace`. Not looked into are sets, which have no order, other objects, what a function
        has closed over, and attributes of the class; where these hold Values, `fit` says in its `notes` that they are
        not trained. Computed Values kept on a module (a last output, say) are results and are left out.

        >>> import numpy
        >>> from autograd import Value
        >>> class Affine(Module):
        ...     def __init__(self):
        ...         self.W, self.b = numpy.array([[Value(1.0), Value(2.0)]]), {"out": Value(0.0)}
        >>> Affine().parameters()
        [Value(1.0, grad=0.0), Value(2.0, grad=0.0), Value(0.0, grad=0.0)]
        >>> list(Affine().state_dict())
        ['W.0.0', 'W.0.1', 'b.out']
        """
        found = _values(self)
        return found if only_leaves(found) else [p for p in found if not p.op]

    def named_parameters(self) -> list[tuple[str, Value]]:
        """Pairs of a dotted path such as "layers.0.neurons.3.w.1" and its parameter, in the order of `parameters`.

        A shared parameter appears once, under the first path that reaches it. Raises ValueError when two parameters
        have the same path, as the dict keys 1 and "1" do.
        """
        found: dict[int, tuple[str, Value]] = {}
        owner: dict[str, int] = {}
        for path, item in _walk(self):
            if item.op or id(item) in found:
                continue
            if path in owner:
                raise ValueError(
                    f"named_parameters: two parameters are called {quoted(path)}; rename one of the dict keys"
                )
            owner[path] = id(item)
            found[id(item)] = (path, item)
        return list(found.values())

    def zero_grad(self) -> None:
        """Set the gradient of every parameter to 0.0."""
        zero_gradients(self.parameters())

    def train(self, training: bool = True) -> Module:
        """Say that what follows is training, in which dropout leaves units out; returns the module."""
        stack: list[Any] = [self]
        seen: dict[int, Any] = {}
        while stack:
            item = stack.pop()
            if id(item) in seen:
                continue
            seen[id(item)] = item
            if isinstance(item, Module):
                item.__dict__["training"] = bool(training)
            if not isinstance(item, Weights):
                stack += [child for child in held(item)[1] if type(child) is not Value and type(child) not in PLAIN]
        return self

    def eval(self) -> Module:
        """Say that what follows is no training; as it is at first, and after `fit`. Returns the module."""
        return self.train(False)

    def state_dict(self) -> dict[str, float]:
        """The parameters' numbers by name: a snapshot that later steps do not change."""
        return {name: p.data for name, p in self.named_parameters()}

    def load_state_dict(self, state: Mapping[str, float]) -> None:
        """Set every parameter from `state`, or none of them.

        Raises ValueError naming the missing and the unexpected names, or a number that is not finite; TypeError for
        anything that is not a number. The gradients are left as they are.
        """
        if not isinstance(state, Mapping):
            raise TypeError(f"load_state_dict: state must be a dict of names and numbers, got {type(state).__name__}")
        named = self.named_parameters()
        names = {name for name, _ in named}
        missing = [name for name in names if name not in state]
        unexpected = [name for name in state if name not in names]
        if missing or unexpected:
            kinds = (("missing", missing), ("unexpected", unexpected))
            listed = "; ".join(f"{kind} {_listed(some)}" for kind, some in kinds if some)
            raise ValueError(f"load_state_dict: the names do not fit this {type(self).__name__}: {listed}")
        numbers = [finite(state[name], f"load_state_dict: {cut(name)}") for name, _ in named]
        for (_, p), number in zip(named, numbers, strict=True):
            p.data = number

    def __repr__(self) -> str:
        return f"{type(self).__name__}({counted(len(self.parameters()), 'parameter')})"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return mimebundle(self)


def results(module: Module) -> Iterator[tuple[str, Value]]:
    """Pairs of a path as in `named_parameters` and a computed Value that the module keeps."""
    if only_leaves(_values(module)):  # so it is of most, and names take long
        return iter(())
    return ((path, item) for path, item in _walk(module) if item.op)


def attributes(module: Any) -> dict[str, Any]:
    """Attributes in the order they were set; those in `__slots__` first, in the order of their classes."""
    names = _slots(type(module))
    if not names:
        return getattr(module, "__dict__", {})
    slots = {name: getattr(module, name) for name in names if hasattr(module, name)}
    return slots | getattr(module, "__dict__", {})


@cache
def _slots(cls: type) -> tuple[str, ...]:
    found: list[str] = []
    for base in reversed(cls.__mro__):
        slots = base.__dict__.get("__slots__", ())
        found += (slots,) if isinstance(slots, str) else slots
    return tuple(name for name in found if name not in ("__dict__", "__weakref__"))


def _values(root: Module) -> list[Value]:
    """Each Value once, in order."""
    found: list[Value] = []
    seen: dict[int, Any] = {}  # which keeps them all, so that none takes the place of another
    stack: list[Any] = [root]
    while stack:
        item = stack.pop()
        if type(item) is Value:
            found.append(item)
            continue
        if id(item) in seen:
            continue
        seen[id(item)] = item
        children = item if type(item) in _LISTS else held(item)[1]
        if type(children) in _LISTS and only_values(children):
            found += children  # not one by one over the stack: this walk is made several times a step
        else:
            stack += [child for child in reversed(children) if type(child) not in PLAIN]
    if len(set(map(id, found))) < len(found):
        found = list({id(p): p for p in found}.values())
    return found


def _walk(root: Module) -> Iterator[tuple[str, Value]]:
    """Each Value with its path, depth first; containers are entered once, so that cycles end."""
    stack: list[tuple[str, Any]] = [("", root)]
    seen: dict[int, Any] = {}
    while stack:
        path, item = stack.pop()
        if type(item) is Value:
            yield path, item
            continue
        if id(item) in seen:
            continue
        seen[id(item)] = item
        prefix = f"{path}." if path else ""
        names, items = held(item)
        stack.extend(reversed([(f"{prefix}{name}", child) for name, child in zip(names, items, strict=True)]))


def held(item: Any) -> Held:
    """What a module or a container holds, with names."""
    if isinstance(item, Module):
        found = attributes(item)
        return found, found.values()
    read = reader_of(type(item))
    return NOTHING if read is None else read(item)


class Weights(Tracked):
    """A list of Values. A Value put into it takes the place of a weight; a number becomes the weight's data.

    >>> w = Weights([Value(0.5), Value(-1.0)])
    >>> first = w[0]
    >>> w[0] = 0.3
    >>> w[0] is first, first.data
    (True, 0.3)
    """

    __slots__ = ()

    def __setitem__(self, place: Any, item: Any) -> None:
        if not isinstance(place, slice):
            old = self[place]
            super().__setitem__(place, item if type(item) is Value else _changed(old, item))
            return
        items, old = list(item), self[place]
        if len(items) == len(old):
            items = [x if type(x) is Value else _changed(w, x) for w, x in zip(old, items, strict=True)]
        super().__setitem__(place, [_as_value(x) for x in items])

    def __iadd__(self, items: Iterable[Any]) -> Any:
        return super().__iadd__([_as_value(x) for x in items])

    def append(self, item: Any) -> None:
        super().append(_as_value(item))

    def extend(self, items: Iterable[Any]) -> None:
        super().extend([_as_value(x) for x in items])

    def insert(self, place: Any, item: Any) -> None:
        super().insert(place, _as_value(item))


def _as_value(x: Any) -> Value:
    return x if type(x) is Value else Value(x)


def _changed(weight: Value, number: Any) -> Value:
    weight.data = number
    return weight


_LISTS = frozenset({list, Weights})
# The usual attributes that hold nothing; sorting them out by type is quicker than by isinstance.
PLAIN = frozenset({str, int, float, bool, type(None), FunctionType, type(Value.exp)})


def _text(name: Any) -> str:
    return name if isinstance(name, str) else shown(name)


def _listed(names: list[str], limit: int = 5) -> str:
    """The first few names, so that an error about a thousand of them stays readable."""
    shown = ", ".join(quoted(name) for name in sorted(map(_text, names))[:limit])
    return shown if len(names) <= limit else f"{shown} and {len(names) - limit} more"
