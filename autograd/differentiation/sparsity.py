"""Matrices of derivatives that are mostly zeros: where the others stand, and how few sweeps find them all.

What a number depends on is read off the graph. Columns that have no row in common are found by one sweep: each row
belongs to one of them (Curtis, Powell and Reid, 1974, "On the estimation of sparse Jacobian matrices"). A few long rows
would set all columns against each other, so they get sweeps of their own, from the other side: back from a row of a
jacobian, or, of a hessian, along the column that is the same as the row. A banded hessian costs as many sweeps as its
band is wide, whatever its size.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

Rows = Sequence[Collection[int]]  # for each row of a matrix the columns that may hold something


class Sweeps(NamedTuple):
    """What finds all entries of a matrix.

    Attributes:
        forward: the columns of each sweep from the variables up; their tangents at the results are entries.
        reverse: the rows of each sweep from the results down; their adjoints at the variables are entries.
        entries: for each entry, row by row, which sweep finds it, counting the forward ones first, and at which place.
        columns, ends: the column of each entry; where each row's entries end, after a 0: what SciPy calls CSR.
        shape: of the matrix.
    """

    forward: list[list[int]]
    reverse: list[list[int]]
    entries: list[tuple[int, int]]
    columns: list[int]
    ends: list[int]
    shape: tuple[int, int]


def dependencies(operands: list[Any], variables: dict[int, int], results: list[int]) -> Rows:
    """Which variables each of the results depends on.

    Arguments:
        operands: for each node the nodes that it is computed from, all of them before it; None is no node.
        variables: by node its number among the variables. results: nodes, -1 for what is none.
    """
    wanted = bytearray(len(operands))
    for i in results:
        if i >= 0:
            wanted[i] = 1
    for i in range(len(operands) - 1, -1, -1):
        if wanted[i] and i not in variables:
            for x in operands[i]:
                if x is not None:
                    wanted[x] = 1
    nothing: frozenset[int] = frozenset()
    found: list[frozenset[int]] = [nothing] * len(operands)
    for i in range(len(operands)):
        if not wanted[i]:
            continue
        if i in variables:
            found[i] = frozenset([variables[i]])
            continue
        parts = {id(found[x]): found[x] for x in operands[i] if x is not None and found[x]}
        if parts:
            first, *others = parts.values()
            found[i] = first.union(*others) if others else first
    return [found[i] if i >= 0 else nothing for i in results]


def jacobian_sweeps(rows: Rows, n: int) -> Sweeps:
    """The sweeps for a matrix with n columns."""
    columns = transposed(rows, n)
    long_rows, of_columns = _apart(rows, columns)
    long_columns, of_rows = _apart(columns, rows)
    if len(long_rows) + _count(of_columns) <= len(long_columns) + _count(of_rows):
        forward, reverse = _groups(of_columns), [[i] for i in long_rows]
        own = {i: len(forward) + k for k, i in enumerate(long_rows)}
        return _planned(rows, n, forward, reverse, lambda i, j: (own[i], j) if i in own else (of_columns[j], i))
    forward, reverse = [[j] for j in long_columns], _groups(of_rows)
    first, own = len(forward), {j: k for k, j in enumerate(long_columns)}
    return _planned(rows, n, forward, reverse, lambda i, j: (own[j], i) if j in own else (first + of_rows[i], j))


def hessian_sweeps(rows: Rows) -> Sweeps:
    """The sweeps for a matrix that is symmetric, all of them forward over the gradient."""
    n = len(rows)
    rows = [set(row) | set(column) for row, column in zip(rows, transposed(rows, n), strict=True)]
    long_rows, colors = _apart(rows, rows, symmetric=True)
    groups = _groups(colors)
    own = {i: len(groups) + k for k, i in enumerate(long_rows)}

    def entry(i: int, j: int) -> tuple[int, int]:
        return (own[j], i) if j in own else (own[i], j) if i in own else (colors[j], i)

    return _planned(rows, n, groups + [[i] for i in long_rows], [], entry)


def transposed(rows: Rows, n: int) -> list[list[int]]:
    """For each of n columns the rows that it stands in."""
    columns: list[list[int]] = [[] for _ in range(n)]
    for i, row in enumerate(rows):
        for j in row:
            columns[j].append(i)
    return columns


def _apart(rows: Rows, columns: Rows, *, symmetric: bool = False) -> tuple[list[int], list[int]]:
    """The rows that are better swept by themselves, and a color for each column so that none of the other rows has two
    of one color; -1 for a column without such a row, and where the matrix is symmetric for those of the rows chosen."""
    by_length = sorted(range(len(rows)), key=lambda i: -len(rows[i]))
    lengths = [len(rows[i]) for i in by_length] + [0]
    count = min(range(len(lengths)), key=lambda k: (k + lengths[k], k))  # no fewer colors than the longest row left
    chosen = set(by_length[:count])
    colors = [-1] * len(columns)
    taken: list[set[int]] = [set() for _ in rows]
    lowest = [0] * len(rows)  # below it all colors are taken
    for j, column in enumerate(columns):
        others = [i for i in column if i not in chosen]
        if not others or (symmetric and j in chosen):
            continue
        color = max(lowest[i] for i in others)
        while any(color in taken[i] for i in others):
            color += 1
        colors[j] = color
        for i in others:
            taken[i].add(color)
            while lowest[i] in taken[i]:
                lowest[i] += 1
    return sorted(chosen), colors


def _count(colors: Iterable[int]) -> int:
    return max(colors, default=-1) + 1


def _groups(colors: list[int]) -> list[list[int]]:
    groups: list[list[int]] = [[] for _ in range(_count(colors))]
    for j, color in enumerate(colors):
        if color >= 0:
            groups[color].append(j)
    return groups


def _planned(rows: Rows, n: int, forward: list[list[int]], reverse: list[list[int]], entry: Any) -> Sweeps:
    entries, columns, ends = [], [], [0]
    for i, row in enumerate(rows):
        chosen = sorted(row)
        entries += [entry(i, j) for j in chosen]
        columns += chosen
        ends.append(len(columns))
    return Sweeps(forward, reverse, entries, columns, ends, (len(rows), n))


def matrix(sweeps: Sweeps, values: list[float]) -> Any:
    """The SciPy array (CSR) whose entries have these values. Raises ImportError where there is no SciPy."""
    try:
        from scipy.sparse import csr_array
    except ModuleNotFoundError:
        raise ImportError("sparse=True gives SciPy's sparse arrays, and SciPy is missing: pip install scipy") from None
    return csr_array((values, sweeps.columns, sweeps.ends), shape=sweeps.shape, dtype=float)


def refilled(pattern: Any, values: Any) -> Any:
    """A matrix like this one with an array of other values; SciPy would look through the indices at each call."""
    found = copy.copy(pattern)
    found.data, found.indices, found.indptr = values, pattern.indices.copy(), pattern.indptr.copy()
    return found
