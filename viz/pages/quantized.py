"""Fields over the plane as one byte a point: what keeps a page with a thousand small pictures small."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from viz.learning.classes import class_and_certainty

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray


def signed_bytes(field: Array) -> dict[str, Any]:
    """Signed numbers as bytes around 128 on a scale of their own: `{"bytes": base64, "max": the number that 255 is}`.

    What is not finite becomes 0, a byte that no finite number gets.
    """
    import numpy as np

    finite = np.isfinite(field)
    largest = float(np.abs(field[finite]).max()) if finite.any() else 0.0
    steps = np.zeros(field.shape) if largest == 0.0 else np.where(finite, field, 0.0) / largest * 127.0
    return {"bytes": _text(np.where(finite, np.rint(steps) + 128.0, 0.0)), "max": largest}


def scaled_bytes(field: Array, low: float, high: float) -> str:
    """Numbers between `low` and `high` as bytes 1 to 255, base64; 0 for what is not finite."""
    import numpy as np

    span = high - low or 1.0
    share = np.clip((np.where(np.isfinite(field), field, low) - low) / span, 0.0, 1.0)
    return _text(np.where(np.isfinite(field), 1.0 + np.rint(share * 254.0), 0.0))


def class_bytes(outputs: Array, count: int) -> str:
    """Outputs (n, k) as bytes, base64: the class times 256 // count, plus how sure the model is of it."""
    import numpy as np

    step = 256 // count
    chosen, sure = class_and_certainty(outputs)
    return _text(chosen * step + np.rint(sure * (step - 1)))


def spread(items: Sequence[Any], most: int) -> list[Any]:
    """At most `most` of `items`, evenly spaced, the first and the last among them."""
    if len(items) <= most:
        return list(items)
    return [items[round(k * (len(items) - 1) / (most - 1))] for k in range(most)]


def _text(numbers: Array) -> str:
    return base64.b64encode(numbers.astype("uint8").tobytes()).decode("ascii")
