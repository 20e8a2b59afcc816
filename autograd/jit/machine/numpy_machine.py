"""The machine in NumPy, where the compiled one is absent: the same programs, the same results to a few ulp.

Slower by the price of NumPy's calls, which matters for single calls and little for batches. numpy_kernels.py has what
an operation does.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograd.generated.kernels import NAMES
from autograd.jit.machine.exact import exact_backward
from autograd.jit.machine.numpy_kernels import REDUCTIONS, SHARES, in_columns, partial_of, value_of
from autograd.jit.machine.program import CALL, GATHER, GUARD, LIST_DOT, LIST_DOTS, Program, products
from autograd.node import data_of

TILE_BYTES = 4 * 1024 * 1024
_RELATIONS = (np.less, np.less_equal, np.greater, np.greater_equal, np.equal, np.not_equal)


def target_names() -> list[str]:
    """The kinds of processor this machine has code for."""
    return ["numpy"]


class Machine:
    """Runs one program; arguments and methods as in compiled_machine.pyx. All rows are computed on one thread.

    A room is the section of the uniform numbers, computed.
    """

    def __init__(
        self, program: Program, active: tuple[int, ...], spans: tuple[tuple[int, int], ...], single: bool = False,
        threads: int = 1,
    ):  # fmt: skip
        program.check()
        self.dtype = np.float32 if single else np.float64
        self.program, self.active = program, active
        self.captured = program.captured.tolist()
        self.slots = program.input_slots()
        places = {start + k: (table, k) for table, (start, width) in enumerate(spans) for k in range(width)}
        self.columns = [(*places[place], slot) for slot, place in enumerate(program.row_inputs)]

    def evaluate(self, captured: Any, numbers: list[Any]) -> Any:
        """The room of one evaluation, None where a guard did not hold."""
        U = np.zeros((self.program.uniform_slots, 1))
        first = len(self.captured) + len(self.slots)
        U[first : first + len(self.program.constants), 0] = self.program.constants
        for slot, x in zip(self.captured, captured, strict=True):
            U[slot] = data_of(x)
        for place, slot in self.slots.items():
            U[slot] = data_of(numbers[place])
        room = Section(self.program, self.program.uniform, U, U)
        with np.errstate(all="ignore"):
            return room if room.forward().all() else None

    def values(self, room: Section) -> list[float]:
        return [float(room.S[slot, 0]) for _, slot, _ in self.program.roots]

    def write_values(self, room: Section, out: Any) -> None:
        out[:] = self.values(room)

    def captured_numbers(self, room: Section) -> Any:
        return room.S[self.captured, 0].copy()

    def partials(self, room: Section, weights: list[Any]) -> list[float]:
        dU = self.seeds(room, weights)
        with np.errstate(all="ignore"):
            room.backward(dU, dU)
        found = self.handed_out(dU)
        return found if finite(found, len(found)) else self.exact(room, weights)[0]

    def exact(self, room: Section, weights: list[Any]) -> tuple[list[float], list[bool]]:
        dU = self.seeds(room, weights)
        live = {slot for (_, slot, _), w in zip(self.program.roots, weights, strict=True) if w is not None}
        with np.errstate(all="ignore"):
            exact_backward(room, dU[:, 0], live)
        slots = [*self.captured, *(self.slots.get(place, -1) for place in self.active)]
        return self.handed_out(dU), [slot in live for slot in slots]

    def seeds(self, room: Section, weights: list[Any]) -> Any:
        dU = np.zeros_like(room.S)
        for (_, slot, _), weight in zip(self.program.roots, weights, strict=True):
            dU[slot] += 0.0 if weight is None else weight
        return dU

    def handed_out(self, dU: Any) -> list[float]:
        partials = dU[self.captured, 0].tolist() if self.captured else []
        slots = [self.slots.get(place) for place in self.active]
        return partials + [0.0 if slot is None else float(dU[slot, 0]) for slot in slots]

    def run_rows(
        self, captured: Any, numbers: Any, tables: Any, rows: Any, n: int, weights: Any, values: Any, state: Any
    ) -> Any:  # fmt: skip
        """The room, sums over the rows and their partials, as in compiled_machine.pyx."""
        room = self.evaluate(captured, numbers)
        if room is None:
            return None
        state = None if state is None else np.frombuffer(state, dtype=np.uint8)
        tables = [table.reshape(len(table), -1) for table in tables]
        dU = np.zeros_like(room.S)
        sums = [0.0] * len(self.program.roots)
        width = max(8, TILE_BYTES // (16 * (self.program.tiled_slots + 1)))
        with np.errstate(all="ignore"):
            for start in range(0, n, width):
                here = slice(start, min(start + width, n))
                chosen = here if rows is None else rows[here]
                self.tile(room.S, tables, chosen, here, weights, values, state, sums, dU)
            if weights is None:
                return room, sums, None
            room.backward(dU, dU)
        return room, sums, self.handed_out(dU)

    def tile(
        self, U: Any, tables: Any, chosen: Any, here: slice, weights: Any, values: Any, state: Any, sums: list[float],
        dU: Any,
    ) -> None:  # fmt: skip
        width = here.stop - here.start
        T = np.zeros((self.program.tiled_slots, width), dtype=self.dtype)
        for table, column, slot in self.columns:
            T[slot] = tables[table][chosen, column]
        section = Section(self.program, self.program.tiled, U.astype(self.dtype), T)
        ok = section.forward()
        if state is not None:
            state[here] = 0 if ok.all() else np.where(ok, 2, 1)
        if not ok.all():
            return
        dT = np.zeros_like(T)
        for k, (tile, slot, active) in enumerate(self.program.roots):
            z = T[slot] if tile else np.broadcast_to(U[slot], (width,))
            sums[k] += float(z.sum(dtype=float))
            if values is not None:
                values[here, k] = z
            if weights is None or weights[k] is None or not active:
                continue
            if tile:
                dT[slot] += weights[k]
            else:
                dU[slot] += weights[k] * width
        if weights is not None:
            section.backward(dU, dT)


def finite(partials: list[float], n: int) -> bool:
    """Whether the first n partials of a node are all finite."""
    return all(map(math.isfinite, partials[:n]))


class Section:
    """The instructions that run once, or those that run for every row, and their numbers S (slots, width)."""

    def __init__(self, program: Program, starts: Any, U: Any, S: Any):
        self.code, self.starts, self.U, self.S = program.code, starts, U, S
        self.functions = program.functions
        self.ok = np.ones(S.shape[1], dtype=bool)

    def forward(self) -> Any:
        """Compute the numbers; for each row whether all guards held."""
        for start in self.starts:
            op = self.code[start]
            self.step(op, start)
        return self.ok

    def words(self, start: int, n: int) -> list[int]:
        return self.code[start : start + n].tolist()

    def of(self, tile: int) -> Any:
        return self.S if tile else self.U

    def step(self, op: int, start: int) -> None:
        _, flags, n, dst = self.words(start, 4)
        S, more = self.S, start + 4
        if op == GUARD:
            x, y = self.words(more, 2)
            answer = _RELATIONS[n](self.of(flags & 1)[x], self.of(flags & 2)[y])
            self.ok &= answer == bool(dst)
        elif op == CALL:
            code, *references = self.words(more, n + 1)
            operands = [np.broadcast_to(self.of(a & 1)[a >> 2], S.shape[1:]).tolist() for a in references]
            S[dst] = [self.functions[code](*row) for row in zip(*operands, strict=True)]
        elif op == GATHER:
            for k, reference in enumerate(self.words(more, n)):
                S[dst + k] = self.of(reference & 1)[reference >> 2]
        elif op == LIST_DOT:
            first, *pairs = self.words(more, 2 * n + 1)
            S[dst] = self.of(first & 1)[first >> 2]
            for a, b in zip(pairs[::2], pairs[1::2], strict=True):
                S[dst] += self.of(a & 1)[a >> 2] * self.of(b & 1)[b >> 2]
        elif op == LIST_DOTS:
            (count,), step = self.words(more, 1), np.arange(n)
            at, stride = np.reshape(self.words(more + 1, 4 * count + 2), (-1, 2)).T
            numbers = S[at[:, None] + stride[:, None] * step]
            S[dst : dst + n] = numbers[0]
            for a, b in zip(numbers[1::2], numbers[2::2], strict=True):
                S[dst : dst + n] += a * b
        elif NAMES[op] == "dot":
            for words in products(self.code, start):
                w, x, begin = self.product(words)
                z = words[3]
                S[z : z + n] = (w * x).sum(axis=1) + (0.0 if begin is None else begin[1][begin[0]])
        elif NAMES[op] == "take":
            index, base, step, stride, count = self.words(more, 5)
            place = self.of(flags & 1)[index]
            good = (place >= -count) & (place < count)
            self.ok &= good
            place = np.where(good, place, 0).astype(int) % count
            slots = base + place * step + stride * np.arange(n)[:, None]
            source = self.of(flags & 2)
            S[dst : dst + n] = source[slots, np.arange(source.shape[1])]
        elif NAMES[op] in REDUCTIONS:
            xs, aux = self.reduced(start)
            numbers = S[xs]
            if S is self.U and NAMES[op] in ("sum", "mean") and abs(self.code[more + 1]) == 1:
                numbers = in_columns(numbers)
            if flags & 128:
                begin = np.broadcast_to(self.of(0)[self.code[start + 6]], numbers[:1].shape)
                numbers = np.concatenate([begin, numbers])
            S[dst] = REDUCTIONS[NAMES[op]](numbers, S, aux)
        else:
            S[dst : dst + n] = value_of(NAMES[op])(*[x for x, _, _ in self.operands(flags, n, more)])

    def operands(self, flags: int, n: int, start: int) -> list[Any]:
        """For each operand of a run its numbers, its slots, and which space they lie in."""
        found = []
        for k in range(flags >> 8 & 3):
            slot, stride = self.words(start + 2 * k, 2)
            slots = slot + stride * np.arange(n)
            found.append((self.of(flags >> k & 1)[slots], slots, flags >> k & 1))
        return found

    def product(self, words: list[int]) -> Any:
        """W (M, K, width), x (1, K, width) of a matrix-vector product; where it starts from: (slots, space)."""
        _, flags, n, _, k, w, row, column, x, step, begin, stride = words
        ws = w + row * np.arange(n)[:, None] + column * np.arange(k)
        xs = x + step * np.arange(k)
        starts = (begin + stride * np.arange(n), self.of(flags & 4)) if flags & 128 else None
        return self.of(flags & 1)[ws], self.of(flags & 2)[xs][None], starts

    def reduced(self, start: int) -> Any:
        n, _, base, stride = self.words(start + 2, 4)
        aux = self.code[start + 6] if NAMES[self.code[start]] in ("logsumexp", "prod", "norm") else 0
        return base + stride * np.arange(n), slice(aux, aux + n)

    # ---- the way back: dU and dS are the derivatives of the uniform numbers and of this section's

    def backward(self, dU: Any, dS: Any) -> None:
        self.dU, self.dS = dU, dS
        for start in reversed(self.starts.tolist()):
            op, flags = self.words(start, 2)
            if op != GUARD and flags & 64:
                self.step_back(op, start)

    def give(self, tile: int, slots: Any, share: Any) -> None:
        """Add a share (slots, width) to the derivatives of the slots, which may repeat."""
        if tile or self.dS is self.dU:
            np.add.at(self.dS, slots, np.broadcast_to(share, (*np.shape(slots), self.dS.shape[1])))
        else:
            share = np.broadcast_to(share, (*np.shape(slots), self.S.shape[1]))
            np.add.at(self.dU[:, 0], slots, share.sum(axis=-1, dtype=float))

    def step_back(self, op: int, start: int) -> None:
        _, flags, n, dst = self.words(start, 4)
        S, more, g = self.S, start + 4, self.dS[dst : dst + n]
        if op == GATHER:
            for k, reference in enumerate(self.words(more, n)):
                if reference & 2:
                    self.give(reference & 1, reference >> 2, g[k])
        elif op == LIST_DOT:
            first, *pairs = self.words(more, 2 * n + 1)
            g = self.dS[dst].copy()
            if first & 2:
                self.give(first & 1, first >> 2, g)
            for a, b in zip(pairs[::2], pairs[1::2], strict=True):
                if a & 2:
                    self.give(a & 1, a >> 2, g * self.of(b & 1)[b >> 2])
                if b & 2:
                    self.give(b & 1, b >> 2, g * self.of(a & 1)[a >> 2])
        elif NAMES[op] == "dot":
            for words in reversed(products(self.code, start)):
                self.product_back(words)
        elif NAMES[op] == "take":
            index, base, step, stride, count = self.words(more, 5)
            place = self.of(flags & 1)[index].astype(int) % count
            slots = base + place * step + stride * np.arange(n)[:, None]
            if flags & 2:
                np.add.at(self.dS, (slots, np.arange(S.shape[1])[None]), g)
            else:
                np.add.at(self.dU[:, 0], np.broadcast_to(slots, g.shape), g)
        elif NAMES[op] in REDUCTIONS:
            xs, aux = self.reduced(start)
            z = S[dst]
            self.give(1, xs, self.dS[dst] * SHARES[NAMES[op]](S[xs], z, S[aux]))
        else:
            operands = self.operands(flags, n, more)
            z = S[dst : dst + n]
            for k, (_, slots, tile) in enumerate(operands):
                if flags >> (3 + k) & 1:
                    self.give(tile, slots, g * partial_of(NAMES[op], k)(*[x for x, _, _ in operands], z))

    def product_back(self, words: list[int]) -> None:
        _, flags, n, z, k, w, row, column, x, step, begin, stride = words
        g = self.dS[z : z + n].copy()
        weights, xs, _ = self.product(words)
        if flags & 32:
            self.give(flags & 4, begin + stride * np.arange(n), g)
        if flags & 16:
            self.give(flags & 2, x + step * np.arange(k), (weights * g[:, None]).sum(axis=0))
        if flags & 8:
            slots = w + row * np.arange(n)[:, None] + column * np.arange(k)
            self.give(flags & 1, slots, g[:, None] * xs)


def copies_of(tables: list[Any], most: int) -> Any:
    """What the tables hold, as bytes; None where it is more than so many of them."""
    return [bytes(table) for table in tables] if sum([table.nbytes for table in tables]) <= most else None


def are_copies(copies: list[bytes], tables: list[Any]) -> bool:
    """Whether the tables still hold this."""
    return all(copy == bytes(table) for copy, table in zip(copies, tables, strict=True))
