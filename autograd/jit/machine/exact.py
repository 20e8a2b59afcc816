"""The way back number by number, where a selection hands nothing to what it did not choose: machine_exact.h in Python.

The machine in NumPy asks for it where a derivative is not finite: 0 times an infinite partial may have been counted.
"""

from __future__ import annotations

from typing import Any

from autograd.generated.kernels import FORWARD, NAMES
from autograd.jit.machine.program import GATHER, GUARD, LIST_DOT, products
from autograd.node import not_chosen


def exact_backward(section: Any, dU: Any, live: set[int]) -> None:
    """Hand the derivatives dU of the uniform numbers down; `live` are the slots where one has arrived."""
    U = section.S[:, 0]

    def give(slot: int, share: float) -> None:
        dU[slot] += share
        live.add(slot)

    for start in reversed(section.starts.tolist()):
        op, flags = section.words(start, 2)
        if op != GUARD and flags & 64:
            _shares(section, start, U, dU, live, give)


def _shares(section: Any, start: int, U: Any, dU: Any, live: set[int], give: Any) -> None:
    op, flags, n, dst = section.words(start, 4)
    more = start + 4
    name = NAMES[op] if op < len(NAMES) else ""
    if op == GATHER:
        for k, reference in enumerate(section.words(more, n)):
            if reference & 2 and dst + k in live:
                give(reference >> 2, dU[dst + k])
    elif op == LIST_DOT:
        first, *pairs = section.words(more, 2 * n + 1)
        if dst in live:
            _of_list(first, pairs, float(dU[dst]), U, give)
    elif name == "dot":
        for words in reversed(products(section.code, start)):
            _of_product(words, U, dU, live, give)
    elif name == "take":
        index, base, step, stride, count = section.words(more, 5)
        place = int(U[index]) % count
        for i in range(n):
            if dst + i in live:
                give(base + place * step + i * stride, dU[dst + i])
    elif name in ("sum", "mean", "prod", "logsumexp", "max", "min", "norm"):
        if dst in live:
            _of_reduction(name, section, start, U, float(dU[dst]), give)
    else:
        operands = [section.words(more + 2 * k, 2) for k in range(flags >> 8 & 3)]
        for i in range(n):
            if dst + i in live:
                slots = [slot + i * stride for slot, stride in operands]
                partials = FORWARD[op](*[float(U[slot]) for slot in slots])[1:]
                for k, (slot, partial) in enumerate(zip(slots, partials, strict=True)):
                    if flags >> (3 + k) & 1 and not not_chosen(op, k, partial):
                        give(slot, float(dU[dst + i]) * partial)


def _of_list(first: int, pairs: list[int], g: float, U: Any, give: Any) -> None:
    if first & 2:
        give(first >> 2, g)
    for a, b in zip(pairs[::2], pairs[1::2], strict=True):
        if a & 2:
            give(a >> 2, g * float(U[b >> 2]))
        if b & 2:
            give(b >> 2, g * float(U[a >> 2]))


def _of_product(words: list[int], U: Any, dU: Any, live: set[int], give: Any) -> None:
    _, flags, n, dst, count, w, row, column, x, step, begin, stride = words
    for i in range(n):
        if dst + i not in live:
            continue
        g = float(dU[dst + i])
        if flags & 32:
            give(begin + i * stride, g)
        for k in range(count):
            a, b = w + i * row + k * column, x + k * step
            if flags & 8:
                give(a, g * float(U[b]))
            if flags & 16:
                give(b, g * float(U[a]))


def _of_reduction(name: str, section: Any, start: int, U: Any, g: float, give: Any) -> None:
    n, dst, base, stride = section.words(start + 2, 4)
    slots = [base + stride * k for k in range(n)]
    z = float(U[dst])
    ties = sum(float(U[slot]) == z for slot in slots)
    weights = section.code[start + 6] if name in ("prod", "logsumexp", "norm") else 0
    for k, slot in enumerate(slots):
        if name in ("max", "min"):
            if z != z:
                give(slot, g * z)
            elif float(U[slot]) == z:
                give(slot, g / ties)
        else:
            partial = {"sum": 1.0, "mean": 1.0 / n}.get(name)
            give(slot, g * (float(U[weights + k]) if partial is None else partial))
