"""Means, scales, medians and bounds that survive numbers of any size: data come from outside."""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np

FARTHEST = 1e9  # deviations from the mean

# A tail is long where its end is so many quartile distances from the median: a normal distribution has none beyond 4 in
# ten million, an exponential one about 10. Farther than FAR a number is taken for a slip.
LONG = 15.0
FAR = 1e4


def mean_and_scale(values: Any) -> tuple[float, float]:
    """Mean and standard deviation (of the whole, as StandardScaler has it); the scale of equal values is 1.

    Computed on values divided by a power of two near the largest, so that squares neither overflow nor vanish and no
    digit is lost.
    """
    array = np.asarray(values, dtype=float)
    if array.min() == array.max():
        return float(array[0]), 1.0
    largest = math.ldexp(1.0, math.frexp(float(np.abs(array).max()))[1] - 1)
    shrunk = array / largest
    mean = float(shrunk.mean())
    spread = float(np.sqrt(np.square(shrunk - mean).mean()))
    # Different numbers near the smallest float have a spread that rounds to 0.
    return mean * largest, min(spread * largest, sys.float_info.max) or 1.0


def standardized(x: Any, mean: float, scale: float) -> np.ndarray:
    """(x - mean) / scale, cut at a billion deviations, so that no finite number becomes an infinite input."""
    array = np.asarray(x, dtype=float)
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = array - mean
        scaled /= scale
        if not scaled.size or -FARTHEST <= scaled.min() <= scaled.max() <= FARTHEST:
            return scaled
        # The difference of two huge numbers overflows where their ratios to the scale do not.
        scaled = np.where(np.abs(scaled) <= FARTHEST, scaled, array / scale - mean / scale)
    return np.clip(scaled, -FARTHEST, FARTHEST)


def median_of(values: Any) -> float:
    """The middle value, or the mean of the two in the middle."""
    array = np.asarray(values, dtype=float)
    middle = ((len(array) - 1) // 2, len(array) // 2)
    low, high = (float(x) for x in np.partition(array, middle)[list(middle)])
    return low + (high - low) / 2 if math.isfinite(high - low) else low / 2 + high / 2


def bounds(known: np.ndarray, median: float) -> tuple[float, float, float]:
    """Beyond which numbers they are cut, and the spread by which a long tail is squashed, 0 where there is none.

    The bounds lie the range of the numbers seen outside of it, slips left aside. (With half of it the one large row of
    a small table was answered far too low: docs/tables.md.)
    """
    low, high = float(known.min()), float(known.max())
    with np.errstate(over="ignore", invalid="ignore"):  # numbers of either sign near the largest: none in between
        first, third = (float(x) for x in np.quantile(known, (0.25, 0.75)))
    quartile = min((third - first) / 2, sys.float_info.max / 4)
    if not quartile > 0.0:  # most are one number: the deviation of the others is their measure
        others = np.abs(known - median)[known != median]
        quartile = median_of(others) if len(others) else 0.0
    reach = max(high - median, median - low)
    long = len(known) >= 20 and quartile > 0.0 and reach > LONG * quartile
    if long:
        low, high = max(low, median - FAR * quartile), min(high, median + FAR * quartile)
    return *around(low, high), 3.0 * quartile if long else 0.0


def around(low: float, high: float) -> tuple[float, float]:
    """Bounds that lie the range outside of it."""
    margin = min(high - low, sys.float_info.max / 4)
    least, most = -sys.float_info.max, sys.float_info.max
    return max(low - margin, least), min(high + margin, most)


def seen_range(low: float, high: float) -> tuple[float, float]:
    """The least and the greatest number seen, slips left aside, from the bounds that lie the range outside of it."""
    margin = high / 3 - low / 3
    return low + margin, high - margin


def squashed(x: np.ndarray, median: float, spread: float) -> np.ndarray:
    """Numbers whose distance from the median grows by its logarithm beyond the spread; as they are where it is 0."""
    if spread == 0.0:
        return x
    with np.errstate(over="ignore"):
        return np.arcsinh(np.clip((x - median) / spread, -sys.float_info.max / 4, sys.float_info.max / 4))
