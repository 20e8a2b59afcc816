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
        captured: the slots of the captured Values, in their order; those are the first slots of the uniform space.
        inputs: which inputs lie in the slots behind them. constants: the numbers in the slots behind those.
        row_inputs: which inputs lie in the first slots of the tile. roots: (in the tile, slot, wants a gradient).
        guarded: whether there are guards.
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
