"""A program: what the machine runs. Made once from a graph, run as often as the function is called."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import NamedTuple

from autograd.generated.kernels import DOT

# Instructions beside the table's operations.
LIST_DOT, GATHER, GUARD, CALL, LIST_DOTS = 1001, 1002, 1003, 1004, 1005
MANY_VECTORS = 256  # a flag of a dot: its matrix multiplies several vectors, of which three words more say where

MOST_SLOTS = 1 << 28


class Program(NamedTuple):
    """Instructions, and where the numbers that go in and come out lie.

    Attributes:
        code: the instructions' words. uniform, tiled: where each instruction begins, of those that run once and of
            those that run for every row. uniform_slots, tiled_slots: how many numbers each space holds.
        captured: the slots of the captured Values, in their order; those are the first slots of the uniform space.
        inputs: which inputs lie in the slots behind them. constants: the numbers in the slots behind those.
        row_inputs: which inputs lie in the first slots of the tile. roots: (in the tile, slot, wants a gradient).
        guarded: whether there are guards. functions: by the code of an operation that is computed by a Python function,
            this function.
    """

    code: array[int]
    uniform: array[int]
    tiled: array[int]
    uniform_slots: int
    tiled_slots: int
    captured: array[int]
    inputs: array[int]
    constants: array[float]
    row_inputs: array[int]
    roots: list[tuple[int, int, int]]
    guarded: bool
    functions: dict[int, Callable[..., float]]

    def check(self) -> None:
        """Raise ValueError where the machine would read or write past its numbers; asked once, when it is set up."""
        uniform, tiled = self.uniform_slots, self.tiled_slots
        if not (type(uniform) is type(tiled) is int and 0 <= uniform < MOST_SLOTS and 0 <= tiled < MOST_SLOTS):
            sizes = {"uniform_slots": uniform, "tiled_slots": tiled}
            raise ValueError(f"a program's sizes must be whole numbers from 0 on, got {sizes}")
        if not self.roots:
            raise ValueError("a program needs a result")
        for tile, slot, _ in self.roots:
            if not 0 <= slot < (tiled if tile else uniform):
                raise ValueError(f"a program's result must lie in one of its slots, got {slot}")
        leaves = len(self.captured) + len(self.inputs) + len(self.constants)
        if leaves > uniform or len(self.row_inputs) > tiled:
            raise ValueError("a program has more leaves than slots")

    def row_work(self) -> int:
        """About how many multiply-adds the numbers of one row take, forward."""
        work = 0
        for start in self.tiled:
            op, n = self.code[start], self.code[start + 2]
            work += n * (self.code[start + 4] if op == DOT else 8)
        return work

    def nbytes(self) -> int:
        """Bytes that the program takes, and its numbers with a tile of one row."""
        words = len(self.code) + len(self.uniform) + len(self.tiled)
        words += len(self.captured) + len(self.inputs) + len(self.row_inputs) + 2 * len(self.constants)
        return 4 * words + 16 * (self.uniform_slots + self.tiled_slots)

    def input_slots(self) -> dict[int, int]:
        """The slots of those inputs that lie in the uniform space."""
        return {place: len(self.captured) + k for k, place in enumerate(self.inputs)}


def products(code: array[int], start: int) -> list[list[int]]:
    """The words of a dot, once for each vector that its matrix multiplies."""
    op, flags, n, dst, *words = code[start : start + 12].tolist()
    if not flags & MANY_VECTORS:
        return [[op, flags, n, dst, *words]]
    count, step, start_step = code[start + 12 : start + 15].tolist()
    k, w, row, column, x, x_step, begin, stride = words
    return [
        [op, flags, n, dst + t * n, k, w, row, column, x + t * step, x_step, begin + t * start_step, stride]
        for t in range(count)
    ]
