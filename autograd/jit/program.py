"""A program: what the machine runs. Made once from a graph, run as often as the function is called."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from autograd.kernels import DOT

# Instructions beside the table's operations.
LIST_DOT, GATHER, GUARD = 1001, 1002, 1003


@dataclass(frozen=True, slots=True)
class Program:
    """Instructions, and where the numbers that go in and come out lie.

    Attributes:
        code: the instructions' words. uniform, tiled: where each instruction begins, of those that run once and of
            those that run for every row. uniform_slots, tiled_slots: how many numbers each space holds.
        captured: (place among the captured Values, slot). inputs: (place among the inputs, in the tile, slot).
        constants: (slot, number). roots: (in the tile, slot, wants a gradient). guarded: whether there are guards.
    """

    code: array[int]
    uniform: array[int]
    tiled: array[int]
    uniform_slots: int
    tiled_slots: int
    captured: list[tuple[int, int]]
    inputs: list[tuple[int, int, int]]
    constants: list[tuple[int, float]]
    roots: list[tuple[int, int, int]]
    guarded: bool

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
        return 4 * words + 16 * (self.uniform_slots + self.tiled_slots)
