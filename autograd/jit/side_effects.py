"""Which names a function only writes to: a list it appends to, a counter it adds to.

What is only written cannot change a result, so that such a name need not be watched. Read from the byte code; a pattern
that is not known here counts as reading.
"""

from __future__ import annotations

import dis
import functools
import types

_SILENT = frozenset({"append", "extend", "add", "insert", "appendleft", "extendleft", "discard", "clear", "update"})
_LOADS = frozenset({"LOAD_DEREF", "LOAD_GLOBAL", "LOAD_NAME", "LOAD_CLASSDEREF"})
_STORES = frozenset({"STORE_DEREF", "STORE_GLOBAL", "STORE_NAME"})
_COUNTING = ("LOAD_CONST", "BINARY_OP", "SWAP", "STORE_ATTR")
_ELEMENT = ("LOAD_CONST", "COPY", "COPY", "BINARY_SUBSCR", "LOAD_CONST", "BINARY_OP", "SWAP", "SWAP", "STORE_SUBSCR")


@functools.lru_cache(maxsize=4096)
def only_written(code: types.CodeType) -> frozenset[str]:
    """The global and free names that the code, and the code nested in it, writes to or through and never reads."""
    read: set[str] = set()
    written: set[str] = set()
    for part in _all_code(code):
        steps = list(dis.get_instructions(part))
        for k, step in enumerate(steps):
            if step.opname in _STORES:
                written.add(step.argval)
            elif step.opname in _LOADS:
                (written if _is_writing(steps, k) else read).add(step.argval)
    return frozenset(written - read)


def _is_writing(steps: list[dis.Instruction], k: int) -> bool:
    """Whether what is loaded at k is only appended to, or added to and stored again, or has one element added to."""
    following = steps[k + 1 : k + 10]
    names = tuple([step.opname for step in following])
    if names[:1] in (("LOAD_METHOD",), ("LOAD_ATTR",)) and following[0].argval in _SILENT:
        return True
    if names[:3] in tuple([("LOAD_CONST", "BINARY_OP", store) for store in _STORES]):
        return following[2].argval == steps[k].argval
    return names == _ELEMENT


def _all_code(code: types.CodeType) -> list[types.CodeType]:
    found = [code]
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            found += _all_code(constant)
    return found


@functools.lru_cache(maxsize=4096)
def imported(code: types.CodeType) -> frozenset[str]:
    """The modules that the code, and the code nested in it, imports when it runs."""
    steps = [step for part in _all_code(code) for step in dis.get_instructions(part)]
    return frozenset([step.argval for step in steps if step.opname == "IMPORT_NAME"])


@functools.lru_cache(maxsize=4096)
def attributes_of(code: types.CodeType) -> tuple[frozenset[str], frozenset[str]]:
    """The names of attributes that the code stores, and those that it loads for more than to append to them."""
    stored: set[str] = set()
    loaded: set[str] = set()
    for part in _all_code(code):
        steps = list(dis.get_instructions(part))
        for k, step in enumerate(steps):
            if step.opname == "STORE_ATTR":
                stored.add(step.argval)
            elif step.opname in ("LOAD_ATTR", "LOAD_METHOD"):
                following = steps[k + 1] if k + 1 < len(steps) else step
                silent = following.opname in ("LOAD_METHOD", "LOAD_ATTR") and following.argval in _SILENT
                counts = tuple([s.opname for s in steps[k + 1 : k + 5]]) == _COUNTING
                (stored if silent or counts else loaded).add(step.argval)
    return frozenset(stored), frozenset(loaded)
