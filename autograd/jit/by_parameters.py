"""Derivatives of rows in the direction of parameters, from those in the direction of what the recording reads.

What it reads may have been computed of the parameters outside of the function, once for all rows: the graph there is
gone through backwards as `gradients` does it, which leaves nothing in `grad`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograd.differentiation.sweeps import pulled
from autograd.differentiation.tape import tape_between
from autograd.value import Value


def toward(parameters: list[Value], operands: Any, partials: Any) -> Any:
    """The derivatives in the direction of the parameters: an array (rows, results, parameters).

    Arguments:
        operands: the Values that the recording reads. partials: (rows, results, operands).
    """
    found = np.zeros((*partials.shape[:2], len(parameters)))
    if not found.size:
        return found
    computed = [k for k, x in enumerate(operands) if x.operands]
    places = {id(x): k for k, x in enumerate(operands) if not x.operands}
    for j, p in enumerate(parameters):
        if id(p) in places:
            found[:, :, j] = partials[:, :, places[id(p)]]
    if computed:
        through_graph(found, parameters, [operands[k] for k in computed], partials[:, :, computed])
    return found


def through_graph(found: Any, parameters: list[Value], computed: list[Value], partials: Any) -> None:
    """Add what comes by way of Values that were computed outside, by the fewer backward passes."""
    tape = tape_between(computed, parameters, [], True)
    reached = [k for k, place in enumerate(tape.outputs) if place >= 0]
    weights: list[Any] = [None] * len(computed)
    if partials.shape[0] * partials.shape[1] < len(reached):
        for row, result in np.ndindex(partials.shape[:2]):
            for k in reached:
                weights[k] = float(partials[row, result, k]) or None
            found[row, result] += numbers(pulled(tape, weights))
        return
    for k in reached:
        weights[k] = 1.0
        arriving = numbers(pulled(tape, weights))
        weights[k] = None
        by_rows = partials[:, :, k]
        for j in np.nonzero(arriving)[0]:
            found[:, :, j] += np.where(by_rows == 0.0, 0.0, by_rows * arriving[j])  # nothing passes: not 0 times inf


def numbers(derivatives: list[Any]) -> Any:
    """The derivatives in an array, 0 where none arrives."""
    return np.array([0.0 if g is None else g for g in derivatives])


def differentiate_rows(found: Any, alone: list[tuple[int, Any]], parameters: list[Value]) -> None:
    """Write the derivatives of the rows whose results were computed eagerly, (row, results), to their places in
    `found`, an array (rows, results, parameters)."""
    for row, results in alone:
        for i, y in enumerate(results.leaves):
            if type(y) is Value:
                found[row, i] = numbers(pulled(tape_between([y], parameters, [], True), [1.0]))
