"""Means, scales and medians that survive numbers of any size: data come from outside, up to the largest float."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

FARTHEST = 1e9  # deviations from the mean


def mean_and_scale(values: Sequence[float]) -> tuple[float, float]:
    """Mean and standard deviation (of the whole, as StandardScaler has it); the scale of equal values is 1.

    Computed on values divided by a power of two near the largest, so that squares neither overflow nor vanish and no
    digit is lost.
    """
    if min(values) == max(values):
        return values[0], 1.0
    largest = math.ldexp(1.0, math.frexp(max(abs(x) for x in values))[1] - 1)
    shrunk = [x / largest for x in values]
    mean = math.fsum(shrunk) / len(shrunk)
    spread = math.sqrt(math.fsum((x - mean) ** 2 for x in shrunk) / len(shrunk))
    # Different numbers near the smallest float have a spread that rounds to 0.
    return mean * largest, spread * largest or 1.0


def standardized(x: float, mean: float, scale: float) -> float:
    """(x - mean) / scale, cut at a billion deviations, so that no finite number becomes an infinite input."""
    scaled = (x - mean) / scale
    if abs(scaled) <= FARTHEST:
        return scaled
    # The difference of two huge numbers overflows where their ratios to the scale do not.
    return max(-FARTHEST, min(FARTHEST, x / scale - mean / scale))


def median_of(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two in the middle."""
    low, high = statistics.median_low(values), statistics.median_high(values)
    return low + (high - low) / 2 if math.isfinite(high - low) else low / 2 + high / 2
