"""Where in the user's program something happened, and which call of it did it, for messages."""

from __future__ import annotations

import os
import sys
import types
from itertools import islice
from typing import Any

from autograd.jit.watching.origins import ENGINE, NETWORKS, USER, origin_of_file
from autograd.primitives import TABLE

# Functions of `math` and of Python that take a float, and what takes a Value in their stead, where names differ.
_OTHERS = {
    "fabs": "autograd.abs", "fsum": "autograd.sum", "sumprod": "autograd.dot", "pow": "**", "fmod": "%",
    "isclose": "comparisons", "arcsin": "autograd.asin", "arccos": "autograd.acos", "arctan": "autograd.atan",
    "arcsinh": "autograd.asinh", "arccosh": "autograd.acosh", "arctanh": "autograd.atanh", "remainder": "%",
}  # fmt: skip


def user_frame(outermost: types.CodeType | None = None) -> types.FrameType | None:
    """The innermost frame of the user's own code, or else of an installed package's; not beyond `outermost`'s."""
    frame: types.FrameType | None = sys._getframe(1)
    best = None
    while frame is not None and frame.f_code is not outermost:
        origin = origin_of_file(frame.f_code.co_filename)
        if origin == USER:
            return frame
        if best is None and origin not in (ENGINE, NETWORKS):
            best = frame
        frame = frame.f_back
    return best


def called_by_engine() -> bool:
    """Whether this project's own code has a Value looked at, and not the user's by way of the Value's methods."""
    frame: types.FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.endswith(_WAYS) and _origin(frame) == ENGINE:
        frame = frame.f_back
    return frame is not None and _origin(frame) in (ENGINE, NETWORKS)


def _origin(frame: types.FrameType) -> int:
    return origin_of_file(frame.f_code.co_filename)


# by which a method of a Value gets here
_WAYS = ("lines.py", "recorder.py", "hooks.py", "node.py", "value.py", "indices.py")


def place_of(frame: types.FrameType | None) -> str:
    """File, line and function of a frame."""
    return "the function" if frame is None else _place(frame.f_code, frame.f_lineno)


def _place(code: types.CodeType, line: int) -> str:
    return f"{os.path.basename(code.co_filename)}:{line} in {code.co_name}"


def place_of_error(error: BaseException) -> str:
    """The same of the user's innermost frame that an exception came through."""
    at, best = error.__traceback__, None
    while at is not None:
        if best is None or _origin(at.tb_frame) == USER:
            best = at
        at = at.tb_next
    return "the function" if best is None else _place(best.tb_frame.f_code, best.tb_lineno)


def place_of_name(code: types.CodeType, name: str) -> str:
    """File, line and function of code, the line being the first that has the name in it."""
    import linecache  # like `re` seldom needed, and it takes long to import
    import re

    line = code.co_firstlineno
    last = max([number for *_, number in code.co_lines() if number is not None], default=line)
    for number in range(line, last + 1):
        if name and re.search(rf"\b{re.escape(name)}\b", linecache.getline(code.co_filename, number)):
            line = number
            break
    return _place(code, line)


def call_in(frame: types.FrameType | None) -> str:
    """What a frame is calling at the moment, as it stands in the source: "math.exp"; "" where that is not known."""
    import re

    found = re.match(r"([A-Za-z_][\w.]*)\(", _text_of_call(frame))
    return found[1] if found else ""


def syntax_of_call(frame: types.FrameType | None) -> Any:
    """The `ast.Call` that a frame is at; None where the source is not known."""
    import ast

    try:
        call = ast.parse(_text_of_call(frame), mode="eval").body
    except (SyntaxError, ValueError):
        return None
    return call if isinstance(call, ast.Call) else None


def _text_of_call(frame: types.FrameType | None) -> str:
    """As it stands in the source, of more lines than one the first; "" where that is not known."""
    if frame is None:
        return ""
    import linecache

    line, _, start, end = next(islice(frame.f_code.co_positions(), frame.f_lasti // 2, None), (None,) * 4)
    if line is None or start is None or end is None:
        return ""
    return linecache.getline(frame.f_code.co_filename, line).encode()[start:end].decode(errors="replace")


def in_its_stead(call: str) -> str:
    """A function of this package that does to Values what the one called does to floats, "" without."""
    name = call.rpartition(".")[2]
    row = TABLE.get(name)
    if row is not None and row.public:
        return f"autograd.{name}"
    return _OTHERS.get(name, "")
