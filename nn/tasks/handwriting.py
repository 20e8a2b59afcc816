"""A thousand handwritten digits that come with the package, for lessons that may ask for nothing.

`glassgrad train digits` takes all 1,797 of them, which scikit-learn has.
"""

from __future__ import annotations

import base64
import zlib
from functools import cache
from pathlib import Path

import numpy as np

PIXELS = 64
INK = 16  # what a pixel is at most


@cache
def packed_pixels() -> tuple[bytes, tuple[int, ...]]:
    """A byte from 0 to 16 for each pixel, picture after picture, and the digits."""
    lines = Path(__file__).with_name("handwriting.txt").read_text(encoding="ascii").splitlines()
    packed = "".join(line for line in lines if not line.startswith("#"))
    found = zlib.decompress(base64.b64decode(packed), 31)
    count = len(found) // (PIXELS + 1)
    return found[: PIXELS * count], tuple(found[PIXELS * count :])


def some_digits() -> tuple[np.ndarray, np.ndarray]:
    """1,000 pictures, 64 numbers from 0 (paper) to 1 (ink) each, and the digits that they show.

    >>> from nn.tasks.handwriting import some_digits
    >>> X, y = some_digits()
    >>> X.shape, y[:3].tolist()
    ((1000, 64), [0, 1, 2])
    """
    pixels, labels = packed_pixels()
    return np.frombuffer(pixels, np.uint8).reshape(-1, PIXELS) / INK, np.array(labels, dtype=np.int64)
