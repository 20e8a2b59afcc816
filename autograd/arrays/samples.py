"""Functions of sampled data: quantiles, covariances, differences, polynomials, lines through points.

Made of operators and comparisons, so that arrays may hold Values. NumPy's own want arrays of floats on their way.
"""

from __future__ import annotations

import bisect
import operator
from collections.abc import Iterable
from typing import Any

import numpy as np


def quantile(
    a: Any, q: Any, axis: Any = None, *, method: str = "linear", keepdims: bool = False, scale: float = 1.0
) -> Any:  # fmt: skip
    """By linear interpolation between the items in order, along these axes."""
    if method != "linear":
        raise TypeError(f"quantiles of Values have the method 'linear', got {method!r}")
    a, places = np.asarray(a), np.asarray(q) / scale
    axes = sorted(axes_of(axis, a.ndim))
    rest = tuple(n for k, n in enumerate(a.shape) if k not in axes)
    rows = np.moveaxis(a, axes, range(-len(axes), 0)).reshape(*rest, -1)
    found = np.empty((*places.shape, *rest), dtype=object)
    for at in np.ndindex(*rest):
        items = sorted(rows[at])
        for k in np.ndindex(*places.shape):
            found[(*k, *at)] = _between(items, float(places[k]))
    return np.expand_dims(found, [k + places.ndim for k in axes]) if keepdims else found


def _between(items: list[Any], q: float) -> Any:
    if not 0.0 <= q <= 1.0:
        raise ValueError(f"quantiles lie between 0 and 1, percentiles between 0 and 100; got {q} of the whole")
    place = q * (len(items) - 1)
    below = min(int(place), max(len(items) - 2, 0))
    low, high = items[below], items[min(below + 1, len(items) - 1)]
    return low + (high - low) * (place - below)


def axes_of(axis: Any, ndim: int) -> list[int]:
    """The axes meant, as they are given: all for None, counted from the end where negative."""
    axes: Iterable[Any] = range(ndim) if axis is None else [axis] if np.ndim(axis) == 0 else axis
    found = [operator.index(k) for k in axes]
    most = max(ndim, 1)
    for k in found:
        if not -most <= k < most:
            raise np.exceptions.AxisError(k, ndim)
    return [k % most for k in found]


def percentile(a: Any, q: Any, axis: Any = None, *, method: str = "linear", keepdims: bool = False) -> Any:
    """The same in hundredths."""
    return quantile(a, q, axis, method=method, keepdims=keepdims, scale=100.0)


def cov(m: Any, y: Any = None, rowvar: bool = True, bias: bool = False, ddof: int | None = None) -> Any:
    """The covariances of variables, each of which is a row, or a column unless `rowvar`."""
    rows = _variables(m, rowvar)
    if y is not None:
        rows = np.concatenate([rows, _variables(y, rowvar)])
    n = rows.shape[1]
    apart = rows - rows.sum(axis=1)[:, None] / n
    lost = int(not bias) if ddof is None else ddof
    return ((apart @ apart.T) / (n - lost)).squeeze()


def _variables(m: Any, rowvar: bool) -> Any:
    rows = np.array(m, ndmin=2, dtype=object)
    return rows if rowvar or np.ndim(m) < 2 else rows.T


def corrcoef(x: Any, y: Any = None, rowvar: bool = True) -> Any:
    """The correlations of variables, given as for `cov`."""
    c = cov(x, y, rowvar)
    if not np.ndim(c):
        return c / c
    deviations = np.diag(c) ** 0.5
    return c / deviations[:, None] / deviations


def gradient(f: Any, *spacing: Any, axis: Any = None) -> Any:
    """Differences of neighbors along each axis, or along these: those of both sides, at the ends of one.

    Arguments:
        spacing: one number for all axes, or for each axis a number or the places of the items.
    """
    f = np.asarray(f)
    axes = axes_of(axis, f.ndim)
    if len(spacing) < 2 and not (spacing and np.ndim(spacing[0])):
        spacing = (spacing or (1.0,)) * len(axes)
    if len(spacing) != len(axes):
        raise TypeError(f"gradient: {len(spacing)} spacings, and {len(axes)} axes")
    found = tuple(_along(f, k, h) for k, h in zip(axes, spacing, strict=True))
    return found[0] if len(found) == 1 else found


def _along(f: Any, axis: int, h: Any) -> Any:
    rows = np.moveaxis(f, axis, 0)
    if len(rows) < 2:
        raise ValueError("gradient: at least two items along each axis are wanted")
    inner = [slice(None)] + [None] * (f.ndim - 1)
    steps: Any = np.diff(np.asarray(h)) if np.ndim(h) else np.array([h] * (len(rows) - 1))
    if len(steps) != len(rows) - 1:
        raise ValueError("gradient: the places must be as many as the items along their axis")
    steps = steps[tuple(inner)]
    slopes = np.diff(rows, axis=0) / steps
    before, behind = steps[:-1], steps[1:]
    middle = (slopes[:-1] * behind + slopes[1:] * before) / (before + behind)
    return np.moveaxis(np.concatenate([slopes[:1], middle, slopes[-1:]]), 0, axis)


def polyval(p: Any, x: Any) -> Any:
    """The polynomial of these coefficients, that of the highest power first."""
    if isinstance(x, np.poly1d):
        return NotImplemented
    x, y = np.asarray(x)[()], 0.0
    for c in np.asarray(p):
        y = y * x + c
    return y


def interp(x: Any, xp: Any, fp: Any, left: Any = None, right: Any = None) -> Any:
    """Piecewise linear through the points, a step of which is found by comparing."""
    xp, fp = list(xp), list(fp)

    def of_number(x: Any) -> Any:
        if x < xp[0]:
            return fp[0] if left is None else left
        if x >= xp[-1]:
            return fp[-1] if right is None or x == xp[-1] else right
        k = bisect.bisect_right(xp, x) - 1
        return fp[k] + (fp[k + 1] - fp[k]) / (xp[k + 1] - xp[k]) * (x - xp[k]) if x == x else x

    return np.frompyfunc(of_number, 1, 1)(x)
