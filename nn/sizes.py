"""Sizes of networks: whole numbers within stated limits, checked before anything is allocated."""

from __future__ import annotations

import operator
from typing import Any

MAX_SIZE = 10**6
MAX_PARAMETERS = 10**7  # about 1 GB of Values


def size(name: str, value: Any) -> int:
    """`value` as an int in 1..1,000,000; TypeError for anything but a whole number (True is none), else ValueError."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} must be a whole number, got {type(value).__name__}")
    value = operator.index(value)
    if not 1 <= value <= MAX_SIZE:
        shown = value if abs(value) < 10**18 else "a larger number" if value > 0 else "a number far below"
        raise ValueError(f"{name} must be in 1..{MAX_SIZE:,}, got {shown}")
    return value


def check_parameters(name: str, count: int) -> None:
    """ValueError when `count` parameters are more than memory is planned for."""
    if count > MAX_PARAMETERS:
        raise ValueError(f"{name} would have {count:,} parameters; the limit is {MAX_PARAMETERS:,}: narrow the layers")
