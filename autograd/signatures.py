"""How a class is called, for classes that do not say so themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Signature:
    """The `__signature__` of a compiled class: that of a function, found when somebody wants to know.

    `inspect` takes longer to import than the engine.
    """

    __slots__ = ("_like",)

    def __init__(self, like: Callable[..., Any]):
        self._like = like

    def __get__(self, x: Any, kind: Any) -> Any:
        from inspect import signature

        return signature(self._like)
