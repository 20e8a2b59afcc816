"""A batch computed row by row with the function as it is: inside other recordings and detect_anomaly, and rows that no
recording serves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograd import hooks
from autograd.differentiation.structure import Structure, put_together
from autograd.jit.recording.arguments import Call
from autograd.jit.recording.given_rows import of_row
from autograd.jit.recording.nesting import Results, as_columns, same_nesting
from autograd.modes import no_grad
from autograd.node import data_of
from autograd.reductions import mean as mean_of
from autograd.reductions import sum as sum_of
from autograd.value import Value


def eager_reduced(results: Callable[[Call], Results], name: str, call: Call) -> Any:
    """The sum or mean over the rows; `results` runs the function on the call of one."""
    rows = [results(of_row(call, row)) for row in range(call.n)]
    structure = same_nesting(name, [row.structure for row in rows])
    of = mean_of if name == "mean" else sum_of
    totals = [of([row.leaves[k] for row in rows]) for k in range(structure.size)]
    return put_together(structure, [x if type(x) is Value else Value(x) for x in totals])


def eager_map(results: Callable[[Call], Results], call: Call) -> Any:
    """The results of all rows as arrays: of floats, while a function is recorded of Values without a gradient."""
    if hooks.recorder_here() is not None:
        rows = [results(of_row(call, row)) for row in range(call.n)]
        structure = same_nesting("map", [row.structure for row in rows])
        columns = np.empty((structure.size, call.n), dtype=object)
        for k, row in enumerate(rows):
            columns[:, k] = [x.detach() if type(x) is Value else x for x in row.leaves]
        return as_columns(structure, list(columns))
    nestings, numbers = [], []
    for row in range(call.n):  # with the graph of one at a time: what the function keeps is not to be cut from its own
        found = results(of_row(call, row))
        nestings.append(found.structure)
        numbers.append([data_of(x) for x in found.leaves])
    structure = same_nesting("map", nestings)
    return as_columns(structure, list(np.array(numbers, dtype=float).reshape(call.n, -1).T))


def nesting_of_no_rows(results: Callable[[Call], Results], name: str, call: Call) -> Structure:
    """What the results of rows would look like, found by running the function once on zeros.

    Raises ValueError where it does not run on zeros.
    """
    numbers = [0.0 if x is None else x for x in call.numbers]
    try:
        with no_grad():
            return results(call.on(numbers)).structure
    except Exception as error:
        raise ValueError(
            f"{name}: there are no rows, and what the function would return cannot be told, since it does not run on "
            f"zeros ({type(error).__name__}: {error}); pass at least one row"
        ) from error
