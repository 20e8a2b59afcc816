"""One step of Runge and Kutta's classical method, as a scalar program and as an array program write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Slope = Callable[[Any], Any]


def step_of_list(slope: Slope, y: list[Any], h: float) -> list[Any]:
    """The numbers of a list, a time h later; `slope` gives a list of their slopes."""
    k1 = slope(y)
    k2 = slope([a + h / 2 * k for a, k in zip(y, k1, strict=True)])
    k3 = slope([a + h / 2 * k for a, k in zip(y, k2, strict=True)])
    k4 = slope([a + h * k for a, k in zip(y, k3, strict=True)])
    return [a + h / 6 * (p + 2 * q + 2 * r + s) for a, p, q, r, s in zip(y, k1, k2, k3, k4, strict=True)]


def step_of_array(slope: Slope, y: Any, h: float) -> Any:
    """The same of an array."""
    k1 = slope(y)
    k2 = slope(y + h / 2 * k1)
    k3 = slope(y + h / 2 * k2)
    k4 = slope(y + h * k3)
    return y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
