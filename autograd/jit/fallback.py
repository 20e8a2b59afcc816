"""A batch computed row by row with the function as it is: inside transforms, other recordings and detect_anomaly."""

from __future__ import annotations

from typing import Any

from autograd.jit.arguments import Call
from autograd.jit.recorder import eagerly
from autograd.modes import no_grad
from autograd.reductions import mean as mean_of
from autograd.reductions import sum as sum_of
from autograd.value import Value, data_of


def eager_row(f: Any, call: Call, row: int) -> Any:
    """What the function gives for one row."""
    return eagerly(f, call, call.row(row))


def eager_reduced(f: Any, name: str, call: Call) -> Any:
    """The sum or mean over the rows."""
    results = [eager_row(f, call, row) for row in range(call.n or 0)]
    return _combined(mean_of if name == "mean" else sum_of, results)


def _combined(of: Any, results: list[Any]) -> Any:
    first = results[0]
    if isinstance(first, (list, tuple)):
        return type(first)(_combined(of, list(items)) for items in zip(*results, strict=True))
    if isinstance(first, dict):
        return {key: _combined(of, [result[key] for result in results]) for key in first}
    total = of(results)
    return total if type(total) is Value else Value(total)


def eager_map(f: Any, call: Call) -> Any:
    """The results of all rows as one array."""
    import numpy as np

    with no_grad():
        return np.array([numbers_in(eager_row(f, call, row)) for row in range(call.n or 0)])


def numbers_in(result: Any) -> Any:
    """A nested result with floats for Values."""
    return [numbers_in(x) for x in result] if isinstance(result, (list, tuple)) else data_of(result)
