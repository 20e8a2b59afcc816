"""Linear equations in Values: elimination with partial pivoting, whose operations are differentiated like any others.

Rows are chosen by comparing sizes, which a recorded function watches. Costs n ** 3 nodes.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def solve(a: Any, b: Any) -> Any:
    """The x with a @ x == b, of the shape of b. Raises LinAlgError where a is not square or is singular."""
    n = _order(a)
    if b.ndim not in (1, 2) or len(b) != n:
        raise np.linalg.LinAlgError(f"solve: {n} equations, and right-hand sides of the shape {b.shape}")
    columns = b.reshape(n, -1)
    rows = [[*a[i], *columns[i]] for i in range(n)]
    for k in range(n):
        if not _bring_up(rows, k):
            raise np.linalg.LinAlgError("Singular matrix")
        _clear_below(rows, k)
    x: list[list[Any]] = [[] for _ in range(n)]
    for i in reversed(range(n)):
        for c in range(n, len(rows[i])):
            total = rows[i][c]
            for j in range(i + 1, n):
                total = total - rows[i][j] * x[j][c - n]
            x[i].append(total / rows[i][i])
    found = np.empty((n, columns.shape[1]), dtype=object)
    for i in range(n):
        found[i, :] = x[i]
    return found.reshape(b.shape)


def inv(a: Any) -> Any:
    """The inverse. Raises LinAlgError where a is not square or is singular."""
    return solve(a, np.eye(_order(a)))


def det(a: Any) -> Any:
    """The determinant, with its derivatives where it is zero too."""
    _order(a)
    return _det([list(row) for row in a])


def _det(rows: list[list[Any]]) -> Any:
    n, found = len(rows), 1.0
    for k in range(n):
        swaps = _bring_up(rows, k)
        if not swaps:  # a column of zeros, whose derivatives are the minors
            return found * _expanded([row[k:] for row in rows[k:]])
        found = rows[k][k] * (found if swaps == 1 else -found)
        _clear_below(rows, k)
    return found


def _expanded(rows: list[list[Any]]) -> Any:
    """The determinant by its first column."""
    total: Any = 0.0
    for i in range(len(rows)):
        minor = _det([row[1:] for j, row in enumerate(rows) if j != i])
        total = total + (rows[i][0] * minor if i % 2 == 0 else -(rows[i][0] * minor))
    return total


def _order(a: Any) -> int:
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        raise np.linalg.LinAlgError(f"a square matrix is wanted, got an array of the shape {a.shape}; one at a time")
    return len(a)


def _bring_up(rows: list[list[Any]], k: int) -> int:
    """Move the row with the largest number in column k to place k: 1 if it was there, 2 if not, 0 if all are zero."""
    best = k
    for i in range(k + 1, len(rows)):
        if _size(rows[i][k]) > _size(rows[best][k]):
            best = i
    rows[k], rows[best] = rows[best], rows[k]
    return 0 if rows[k][k] == 0.0 else 1 if best == k else 2


def _size(x: Any) -> Any:
    return -x if x < 0.0 else x


def _clear_below(rows: list[list[Any]], k: int) -> None:
    for i in range(k + 1, len(rows)):
        factor = rows[i][k] / rows[k][k]
        for j in range(k + 1, len(rows[i])):
            rows[i][j] = rows[i][j] - factor * rows[k][j]
