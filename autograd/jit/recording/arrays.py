"""What arguments.py looks at of NumPy, which is imported with this module."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograd.arrays.numpy_functions import ArrayOfValues

__all__ = ["FLOAT64", "NUMPYS_OWN", "ArrayOfValues", "Lists", "ndarray", "np"]

ndarray = np.ndarray
FLOAT64 = np.dtype(np.float64)
NUMPYS_OWN = np.bool_, np.integer, np.str_


class Lists(np.ndarray):
    """An array of rows that the function gets as lists, as if they had come in lists.

    Attributes:
        rows: the list that they came in, as long as it is known.
    """

    rows: Any = None
