"""Objects made in C: compared by what they say of themselves; one that is used and says nothing is refused."""

from __future__ import annotations

import builtins
import io
import sys
from typing import Any

from autograd.jit.watching.containers import Same
from autograd.jit.watching.objects import made_in_c, slots
from autograd.jit.watching.walk import PLAIN, Walk
from autograd.jit.watching.watch import STATE, attributes_of, memory

_ITERATORS = (
    "list_iterator list_reverseiterator tuple_iterator range_iterator longrange_iterator str_iterator "
    "str_ascii_iterator bytes_iterator bytearray_iterator enumerate reversed zip map filter"
).split()  # these tell their position
PASS_ITEMS = "pass what it gives as an argument"
PASS_STATE = "pass what it holds as an argument"


def random_state(x: Any) -> Any:
    """The function that gives the state of a generator of random numbers, None for anything else."""
    random = sys.modules.get("random")
    if random is not None and isinstance(x, random.Random):
        return None if isinstance(x, random.SystemRandom) else _random
    numpy: Any = sys.modules.get("numpy.random")
    if numpy is not None:
        if isinstance(x, numpy.Generator):
            return _generator
        if isinstance(x, numpy.RandomState):
            return _legacy
        if isinstance(x, numpy.BitGenerator):
            return _bits
    return None


def draws(kind: type) -> bool:
    """Whether objects of the class are generators of random numbers that tell their state."""
    random = sys.modules.get("random")
    return random is not None and issubclass(kind, random.Random)


def _random(x: Any) -> Any:
    return x.getstate()


def _generator(x: Any) -> Any:
    return repr(x.bit_generator.state)


def _legacy(x: Any) -> Any:
    return repr(x.get_state(legacy=False))


def _bits(x: Any) -> Any:
    return repr(x.state)


def chance(walk: Walk, x: Any) -> None:
    """Visit a generator of random numbers."""
    state = random_state(x)
    if state is not None:
        walk.watch.add((STATE, x, state, state(x)))


def generator(walk: Walk, x: Any) -> None:
    """Visit a generator or a coroutine: it is read from if its code runs."""
    code = getattr(x, "gi_code", None) or getattr(x, "cr_code", None) or getattr(x, "ag_code", None)
    if id(code) in walk.ran:
        read_from(walk, x)
    else:
        walk.generators[id(code)] = x


def read_from(walk: Walk, x: Any) -> None:
    """Refuse an iterator."""
    walk.refuse(f"reads a {type(x).__name__}, and reading from it gives another item each time", PASS_ITEMS)


def iterator(walk: Walk, x: Any) -> None:
    """Visit an iterator made in C."""
    if type(x).__name__ in _ITERATORS:
        walk.watch.add((STATE, x, position, position(x)))
        walk.push_all([part for part in x.__reduce__()[1] if not isinstance(part, int)])
    elif type(x).__module__ == "itertools" and type(x).__name__ in ("count", "repeat"):
        walk.watch.add((STATE, x, repr, repr(x)))
    else:
        read_from(walk, x)


def position(x: Any) -> Any:
    """How far an iterator has been read."""
    made, arguments, *rest = x.__reduce__()
    return Same(made), [Same(argument) for argument in arguments], rest


def file(walk: Walk, x: Any) -> None:
    """Visit a file: what is written to it is the function's affair, as with `print`."""
    if isinstance(x, (io.StringIO, io.BytesIO)):
        if x not in (sys.stdout, sys.stderr) and not x.closed:
            walk.watch.add((STATE, x, in_memory, in_memory(x)))
    elif not x.closed and x.readable():
        walk.refuse("reads an open file", PASS_STATE)


def in_memory(x: Any) -> Any:
    """What a file in memory holds, and how far it has been read."""
    return (None, 0) if x.closed else (x.getvalue(), x.tell())


def logger(walk: Walk, x: Any) -> None:
    """Visit a logger: what it writes is no matter, but code may ask what it would write."""
    walk.when("isEnabledFor", lambda name: walk.watch.add((STATE, x, _enabled, _enabled(x))))


def _enabled(x: Any) -> Any:
    return x.getEffectiveLevel(), x.disabled, x.manager.disable


def other(walk: Walk, x: Any) -> None:
    """Visit an object of a class made in C."""
    if random_state(x) is not None:
        return chance(walk, x)
    slots(walk, x, type(x), False)
    state = said(x)
    if state is not None and state == said(x):
        walk.watch.add((STATE, x, said, state))
        return None
    if walk.theirs:
        return None
    used = [name for name in vars(type(x)) if not name.startswith("_") and name in walk.names]
    if used:
        return _opaque(walk, x, used[0])
    for name in vars(type(x)):
        if not name.startswith("_"):
            walk.wait(name, lambda name: _opaque(walk, x, name))
    return None


def precision(walk: Walk) -> None:
    """Watch the context that decimal numbers are computed in."""
    decimal: Any = sys.modules["decimal"]
    if not walk.met(decimal.getcontext):
        walk.watch.add((STATE, decimal.getcontext, _precision, _precision(decimal.getcontext)))


def _precision(getcontext: Any) -> Any:
    context = getcontext()
    traps = [trap.__name__ for trap, on in context.traps.items() if on]
    return context.prec, context.rounding, context.Emin, context.Emax, context.capitals, context.clamp, traps


def decimal_(walk: Walk, x: Any) -> None:
    """Visit a decimal number: it does not change, but what is computed with it may."""
    precision(walk)


def spoken_for(walk: Walk, x: Any) -> None:
    """Visit an installed package's object that may say what the objects made in C that it holds do not."""
    for value in (attributes_of(x) or {}).values():
        if type(value) not in PLAIN and made_in_c(type(value)) and type(value).__module__ == "builtins":
            if type(value).__name__ in vars(builtins) or said(value) is not None:
                continue
            state = said(x)
            if state is not None and state == said(x):
                walk.watch.add((STATE, x, said, state))
            return


def _opaque(walk: Walk, x: Any, name: str) -> None:
    what = f"uses {name!r} of a {type(x).__module__}.{type(x).__name__}, which does not tell what state it is in"
    walk.refuse(what, "use it outside of the function and pass what it gives as an argument", name)


def said(x: Any) -> Any:
    """What an object says of itself to pickle, in a form that can be compared; None where it says nothing."""
    try:
        return frozen(x.__reduce_ex__(4))
    except Exception:  # whatever its class raises
        return None


def frozen(x: Any, depth: int = 20) -> Any:
    """Plain data that is equal for what has the same content; other objects stand for themselves."""
    if isinstance(x, (list, tuple)) and depth:
        return type(x).__name__, [frozen(item, depth - 1) for item in x]
    if type(x) is dict and depth:
        return "dict", [(frozen(key, depth - 1), frozen(value, depth - 1)) for key, value in x.items()]
    if hasattr(x, "tobytes"):
        return memory(x)
    return Same(x)
