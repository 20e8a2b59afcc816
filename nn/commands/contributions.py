"""What each column adds to an answer, from the answer to mean inputs on: derivatives times distance, along the way.

One derivative tells of one place; integrated along the straight line between the two rows, they add up to the
difference of their answers (integrated gradients: Sundararajan, Taly and Yan 2017).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograd import grad, jit, logsumexp
from nn.tables.schema import Schema
from nn.tables.targets import ClassTarget

POINTS = 256  # along the line: ReLU units bend it


def contributions(model: Any, schema: Schema, row: np.ndarray, chosen: int) -> list[tuple[str, float]]:
    """Each column's part, the largest first: of a number in its unit, of classes of the log-odds of that `chosen`."""
    of_classes = isinstance(schema.target, ClassTarget)

    def answer(x: list[Any]) -> Any:
        outputs = model(x)
        if not isinstance(outputs, list):
            return -outputs if of_classes and chosen == 0 else outputs
        return outputs[chosen] - logsumexp([out for k, out in enumerate(outputs) if k != chosen])

    along = (np.arange(POINTS) + 0.5) / POINTS
    derivative: Any = grad(jit(answer))
    gradients = np.asarray(derivative.map(along[:, None] * row)).reshape(POINTS, -1)
    products = gradients.mean(axis=0) * row
    if not isinstance(schema.target, ClassTarget):
        products = products * schema.target.scale
    parts, at = [], 0
    for column in schema.columns:
        width = len(column.inputs)
        parts.append((column.name, float(products[at : at + width].sum())))
        at += width
    return sorted(parts, key=lambda pair: -abs(pair[1]))


def as_shares(parts: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """The parts as shares of the sizes of all of them together."""
    total = math.fsum(abs(part) for _, part in parts) or 1.0
    return [(name, part / total) for name, part in parts]


def rounded(parts: Sequence[tuple[str, float]]) -> list[tuple[str, str]]:
    """The parts with their signs, all to the digit that is the third of the largest."""
    largest = max((abs(part) for _, part in parts), default=0.0)
    if largest and not 1e-4 <= largest < 1e9:  # nan and inf too
        return [(name, f"{part:+.3g}") for name, part in parts]
    digits = 2 - math.floor(math.log10(largest)) if largest else 0
    return [(name, f"{round(part, digits):+.{max(0, digits)}f}") for name, part in parts]
