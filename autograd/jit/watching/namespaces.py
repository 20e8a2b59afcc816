# pyright: reportMissingImports=false
"""Code that starts, functions, and the modules whose names they use.

Compiled by Cython where possible (types: namespaces.pxd): it takes part in every first call.
"""

from __future__ import annotations

import builtins
import gc
import os
import re
import sys
import types
from typing import Any

from autograd.jit.watching import foreign
from autograd.jit.watching.objects import attributes, everything_in
from autograd.jit.watching.origins import ENGINE, LIBRARY, NETWORKS, STANDARD, USER, origin_of_file, origin_of_module
from autograd.jit.watching.outside import NAMES, is_outside
from autograd.jit.watching.walk import PLAIN, Walk
from autograd.jit.watching.watch import CELL, FUNCTION, INSTANCE, MAP, MISSING, SPACE, STATE, contents

# With one of these, code may look up an attribute under a name that it does not mention. (What `eval` and `exec` run
# is code of its own, which mentions its names.)
_COMPUTED = frozenset({
    "getattr", "setattr", "hasattr", "delattr", "vars", "globals", "__dict__", "__getattribute__", "attrgetter",
    "methodcaller", "import_module", "__import__", "__slots__", "__globals__",
})  # fmt: skip
_NEW_LOCALS = 2  # `inspect.CO_NEWLOCALS`: the code of a function or a class
_FIELDS = re.compile(r"\.([^\W\d]\w*)")  # attributes in the text of a format: "{0.gain}"
_GLOBALS = frozenset({"globals", "__globals__"})
# With one of these, code may look into a function that does not run.
_PARTS = frozenset({
    "__code__", "__defaults__", "__kwdefaults__", "__closure__", "__name__", "__qualname__", "__doc__",
    "__annotations__", "signature",
})  # fmt: skip
# Of the standard library these use such names for their own ends only.
_HARMLESS = (
    "functools.py", "contextlib.py", "enum.py", "abc.py", "_py_abc.py", "weakref.py", "_weakrefset.py", "threading.py",
    "typing.py", "random.py", "_collections_abc.py", "os.py", "re", "asyncio", "concurrent", "decimal.py", "numbers.py",
    "fractions.py", "statistics.py",
)  # fmt: skip


def started(walk: Walk, origin: Any, code: types.CodeType, function: Any, space: Any) -> bool:
    """Take in code that runs for the first time; whether it may call a C function that has to be told of.

    Arguments:
        origin: of the code. function: the one that runs, None where that is not known. space: its globals.
    """
    names = code.co_names
    walk.ran[id(code)] = code
    for x in code.co_consts:
        if type(x) is types.CodeType:
            walk.inner.add(id(x))
        elif type(x) is str and "{" in x:
            walk.mention(_FIELDS.findall(x))
    walk.mention(names, origin == USER)
    walk.mention((code.co_name,))
    if not (walk.parts or _PARTS.isdisjoint(names)):
        walk.parts = True
        for functions in walk.unrun.values():
            for f in functions:
                parts_of(walk, f)
    patterns = origin in (USER, LIBRARY) and _has_class_pattern(code)
    if patterns:
        for kind in [space.get(name) for name in names]:
            walk.mention(getattr(kind, "__match_args__", ()) if isinstance(kind, type) else ())
    if patterns or not _COMPUTED.isdisjoint(names):
        _computed(walk, code, origin, space)
    known = walk.unrun.pop(id(code), None)
    if known is None and id(code) not in walk.inner and code.co_flags & _NEW_LOCALS:
        held = [function] if function is not None else _functions_of(code) if origin == USER else []
        known = [f for f in held if type(f) is types.FunctionType and not walk.met(f)]  # by an object made in C
    if known:
        for f in known:
            function_that_ran(walk, f)
    elif walk.watch.known(SPACE, space) or _is_of_a_module(space):
        _globals_of(walk, origin, space, names)
    if walk.generators and id(code) in walk.generators:
        foreign.read_from(walk, walk.generators.pop(id(code)))
    if origin in (USER, LIBRARY):
        _imported(walk, names, space.get("__package__"))
    walk.go()
    return walk.suspected or not NAMES.isdisjoint(names)


def _has_class_pattern(code: types.CodeType) -> bool:
    """Whether a `case C(...)` is in it, which reads attributes that the code names in a constant, or the class does."""
    for x in code.co_consts:
        if type(x) is tuple:
            import opcode  # most programs do without

            return opcode.opmap["MATCH_CLASS"] in code.co_code[::2]
    return False


def _functions_of(code: types.CodeType) -> list[Any]:
    """The functions with this code, where what runs it does not tell; slow, and seldom needed."""
    return [f for f in gc.get_referrers(code) if type(f) is types.FunctionType and f.__code__ is code]


def function(walk: Walk, f: Any) -> None:
    """Visit a function: but for its attributes, it counts once its code has run."""
    if id(f.__code__) in walk.ran:
        function_that_ran(walk, f)
        return
    origin = origin_of_file(f.__code__.co_filename)
    if origin == ENGINE:  # a transform, which is not told of when it runs: what it calls is the user's
        walk.push_all([contents(cell) for cell in f.__closure__ or ()])
        return
    walk.unrun.setdefault(id(f.__code__), []).append(f)
    if origin == USER:
        attributes(walk, f, f.__dict__, True)
        if walk.parts:
            parts_of(walk, f)


def parts_of(walk: Walk, f: Any) -> None:
    """Watch the parts of a function that did not run, for code that looks into it."""
    if origin_of_file(f.__code__.co_filename) != USER or walk.watch.known(STATE, f):
        return
    cells = f.__closure__ or ()
    walk.watch.add((STATE, f, _parts, _parts(f)))
    walk.push_all((f.__defaults__, f.__kwdefaults__, f.__annotations__, *[contents(cell) for cell in cells]))


def _parts(f: Any) -> Any:
    cells = [foreign.Same(contents(cell)) for cell in f.__closure__ or ()]
    parts = f.__code__, f.__defaults__, f.__kwdefaults__, f.__annotations__
    return f.__name__, f.__qualname__, f.__doc__, cells, [foreign.Same(part) for part in parts]


def function_that_ran(walk: Walk, f: Any) -> None:
    code = f.__code__
    origin = origin_of_file(code.co_filename)
    if origin == ENGINE:
        return
    if origin == USER:
        walk.watch.add((FUNCTION, f, code, f.__defaults__, f.__kwdefaults__))
        if not walk.watch.known(INSTANCE, f):
            attributes(walk, f, f.__dict__, True)
        if walk.parts:
            parts_of(walk, f)
    elif f.__dict__:
        walk.push_all(f.__dict__.values())
    for cell in f.__closure__ or ():
        value = contents(cell)
        if origin == USER and not walk.met(cell):
            walk.watch.add((CELL, cell, value))
        walk.push(value)
    if f.__defaults__:
        walk.push_all(f.__defaults__)
    walk.push(f.__kwdefaults__)
    _globals_of(walk, origin, f.__globals__, code.co_names)


def _globals_of(walk: Walk, origin: Any, space: Any, names: Any) -> None:
    """Take in the globals that code of this origin mentions. What an installed package's names are bound to stays."""
    if origin == USER:
        _users_globals(walk, space, names)
    elif origin == STANDARD:
        _standard_globals(walk, space, names)
    elif origin == LIBRARY:
        theirs, walk.theirs = walk.theirs, True
        walk.push_all([space.get(name) for name in names])
        walk.theirs = theirs


def _users_globals(walk: Walk, space: Any, names: Any) -> None:
    """Watch these names of a module, and that of the builtins which it does not hide."""
    named = _space(walk, space)
    hidden = vars(builtins)
    for name in names:
        if name not in named:
            value = named[name] = space.get(name, MISSING)
            if value is MISSING:
                if name in hidden:
                    named_in_space(walk, hidden, name)
            elif type(value) not in PLAIN:
                walk.push(value)


def named_in_space(walk: Walk, space: Any, name: Any) -> None:
    """Watch a name of a module, whether it is there or not."""
    named = _space(walk, space)
    if name not in named:
        named[name] = space.get(name, MISSING)
        walk.push(named[name])


def _space(walk: Walk, space: Any) -> dict[str, Any]:
    entry = walk.watch.known(SPACE, space)
    if entry is None:
        entry = SPACE, space, {}
        walk.watch.add(entry)
    return entry[2]


def module(walk: Walk, m: types.ModuleType) -> None:
    """Visit a module: of it, only what code mentions."""
    origin = origin_of_module(m.__name__)
    if origin not in (ENGINE, NETWORKS):
        walk.modules.append((m, origin))
        named_in_module(walk, m, origin, walk.names)
        if m.__name__ == "decimal":
            foreign.precision(walk)
        if type(m) is not types.ModuleType:
            walk.push(type(m))  # it may have properties
        if origin == USER and walk.watch.everything:
            everything_in_module(walk, m)


def named_in_module(walk: Walk, m: types.ModuleType, origin: Any, names: Any) -> None:
    space: Any = vars(m)
    if origin == STANDARD:
        _standard_globals(walk, space, names)
        for name in [name for name in names if name in walk.users_names and name in space]:
            if not (space is vars(sys) and name in _STREAMS):  # what is written to them is not read
                _space(walk, space).setdefault(name, space[name])
                if type(space[name]) is list:  # such as sys.path
                    walk.push(space[name])
    elif origin == USER:
        for name in list(names):
            named_in_space(walk, space, name)
    else:
        for name in [name for name in names if name in space]:
            if name in walk.users_names:
                named_in_space(walk, space, name)
            else:
                walk.push(space[name])


def everything_in_module(walk: Walk, m: types.ModuleType) -> None:
    space: Any = vars(m)
    if walk.watch.known(MAP, space) is None:
        walk.watch.add((MAP, space, tuple(space), tuple(space.values())))
        walk.push_all(list(space.values()))


def _standard_globals(walk: Walk, space: Any, names: Any) -> None:
    """Of a module of the standard library or NumPy: where random numbers, the environment and the like come from."""
    for name in names:
        value = space.get(name)
        if value is None or type(value) in PLAIN:
            continue
        arguments = name == "argv" and space is vars(sys)
        if isinstance(value, _SOURCES) or arguments or foreign.random_state(value) is not None:
            walk.push(value)


_STREAMS = ("stdin", "stdout", "stderr")
_SOURCES = (types.ModuleType, types.MethodType, types.BuiltinFunctionType, type(os.environ))


def _imported(walk: Walk, names: Any, package: Any) -> None:
    loaded = sys.modules
    for name in names:
        if name in loaded:
            walk.push(loaded[name])
        else:
            walk.unknown.add(name)
        if package:
            inner = f"{package}.{name}"
            if inner in loaded:
                walk.push(loaded[inner])
            else:
                walk.unknown.add(inner)


def _is_of_a_module(space: Any) -> bool:
    """Whether these are the globals of a module, and not of a run of `exec`."""
    name = space.get("__name__")
    module = sys.modules.get(name) if isinstance(name, str) else None
    return module is not None and vars(module) is space


def _computed(walk: Walk, code: types.CodeType, origin: Any, space: Any) -> None:
    """Take in code that may compute the names of attributes."""
    texts = [text for x in code.co_consts for text in (x if type(x) is tuple else (x,)) if type(text) is str]
    walk.mention([text for text in texts if text.isidentifier()])
    for text in texts:
        walk.push(sys.modules.get(text))
    if origin == NETWORKS or (origin == STANDARD and any(f"{os.sep}{part}" in code.co_filename for part in _HARMLESS)):
        return
    if not walk.watch.everything:
        walk.watch.everything = True
        everything_in(walk)
        for m, whose in walk.modules:
            if whose == USER:
                everything_in_module(walk, m)
    if not _GLOBALS.isdisjoint(code.co_names) and origin == USER and _is_of_a_module(space):
        everything_in_module(walk, sys.modules[space["__name__"]])


def method(walk: Walk, f: Any) -> None:
    """Visit a bound method."""
    walk.push(f.__self__)
    walk.push(f.__func__)


def builtin(walk: Walk, f: Any) -> None:
    """Visit a function made in C, which may be bound to an object."""
    walk.suspected |= is_outside(f)
    if f.__module__ == "decimal":
        foreign.precision(walk)
    if not isinstance(f.__self__, types.ModuleType):
        walk.push(f.__self__)
