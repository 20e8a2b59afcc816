"""Programs of the machine as text, an instruction a line: `print(listing(programs(f)[0]))`.

docs/machine.md says how to read one. For whoever works on the engine: nothing else depends on it.
"""

from __future__ import annotations

from typing import Any

from autograd.generated.kernels import NAMES
from autograd.jit.machine.program import CALL, GATHER, GUARD, LIST_DOT, LIST_DOTS, Program, products
from autograd.jit.passes.graph import RELATIONS
from autograd.operations import name_of

_ROOM_BESIDE = ("logsumexp", "prod", "norm")  # reductions that keep each operand's partial


def programs(f: Any) -> list[Program]:
    """The programs that a recorded function has by now, in the order of its calls; of a transform, the derivative's."""
    of_transform = hasattr(f, "programs")
    entries = (f.root if of_transform else f).entries.values()
    recordings = [recording for entry in entries for recording in entry.recordings]
    if of_transform:
        recordings = [made for recording in recordings for made in f.programs(recording)]
    return [machine.program for recording in recordings for machine in recording.machines.values()]


def listing(program: Program) -> str:
    """The leaves, the instructions and the results of a program, as text.

    >>> from autograd import jit
    >>> f = jit(lambda x, y: (x * y + 1.0).tanh())
    >>> y = f(2.0, 3.0)
    >>> print(listing(programs(f)[0]))
    u0 input 0
    u1 input 1
    u2 1.0
    once, 6 numbers:
        u3 = mul(u0, u1)
        u4 = add(u3, u2)
        u5 = tanh(u4)
    result 0 is u5
    """
    lines = [*_leaves(program)]
    once = ("u", "once", program.uniform, program.uniform_slots)
    for space, when, starts, slots in (once, ("t", "for every row", program.tiled, program.tiled_slots)):
        if starts:
            lines.append(f"{when}, {slots:,} numbers:")
            lines += [f"    {line}" for start in starts for line in _instruction(program, start, space)]
    for k, (tile, slot, _) in enumerate(program.roots):
        lines.append(f"result {k} is {'ut'[tile]}{slot}")
    return "\n".join(lines)


def _leaves(program: Program) -> list[str]:
    captured, inputs = len(program.captured), len(program.inputs)
    lines = [f"u{slot} captured Value {k}" for slot, k in sorted((slot, k) for k, slot in enumerate(program.captured))]
    lines += [f"u{captured + k} input {place}" for k, place in enumerate(program.inputs)]
    lines += [f"u{captured + inputs + k} {x!r}" for k, x in enumerate(program.constants)]
    return lines + [f"t{slot} input {place}, of each row" for slot, place in enumerate(program.row_inputs)]


def _instruction(program: Program, start: int, space: str) -> list[str]:
    """One line; of a product of matrices one for each vector."""
    code = program.code
    op, flags, n, dst = code[start : start + 4].tolist()
    words = code[start + 4 :]
    note = "  (gradient)" if op != GUARD and flags & 64 else ""
    z = _several(space, dst, 1, n)
    name = NAMES[op] if op < len(NAMES) else ""
    if op == GUARD:
        x, y = f"{'ut'[flags & 1]}{words[0]}", f"{'ut'[flags >> 1 & 1]}{words[1]}"
        return [f"guard: {RELATIONS[n]}({x}, {y}) is {bool(dst)}"]
    if op == CALL:
        operands = ", ".join(map(_reference, words[1 : n + 1]))
        return [f"{space}{dst} = {name_of(words[0])}({operands})  (in Python){note}"]
    if op == GATHER:
        return [f"{z} = {', '.join(map(_reference, words[:n]))}{note}"]
    if op == LIST_DOT:
        first, *pairs = map(_reference, words[: 2 * n + 1])
        terms = [f"{a}*{b}" for a, b in zip(pairs[::2], pairs[1::2], strict=True)]
        return [f"{space}{dst} = {' + '.join([first, *terms])}{note}"]
    if op == LIST_DOTS:
        runs = [_several(space, words[k], words[k + 1], n) for k in range(1, 4 * words[0] + 3, 2)]
        terms = [f"{a}*{b}" for a, b in zip(runs[1::2], runs[2::2], strict=True)]
        return [f"{z} = {' + '.join([runs[0], *terms])}"]
    if name == "dot":
        return [_product(product, space, note) for product in products(code, start)]
    if name == "take":
        index, base, step, stride, count = words[:5]
        source = "ut"[flags >> 1 & 1]
        lists = _several(source, base, step, count) + (f", {n} lists {stride} apart" if n > 1 else "")
        return [f"{z} = take({'ut'[flags & 1]}{index}, {lists}){note}"]
    if name in ("sum", "mean", "max", "min", *_ROOM_BESIDE):
        begin = f"u{words[2]}, " if flags & 128 else ""
        beside = f"  (partials in {_several(space, words[2], 1, n)})" if name in _ROOM_BESIDE else ""
        return [f"{space}{dst} = {name}({begin}{_several(space, words[0], words[1], n)}){beside}{note}"]
    operands = [_several("ut"[flags >> k & 1], words[2 * k], words[2 * k + 1], n) for k in range(flags >> 8 & 3)]
    return [f"{z} = {name}({', '.join(operands)}){note}"]


def _product(words: list[int], space: str, note: str) -> str:
    _, flags, n, dst, k, w, row, column, x, step, begin, stride = words
    spaces = ["ut"[flags >> j & 1] for j in range(3)]
    z, start = _several(space, dst, 1, n), _several(spaces[2], begin, stride, n)
    rows = f", {n} rows {row} apart" if n > 1 else ""
    matrix, vector = f"[{_several(spaces[0], w, column, k)}{rows}]", _several(spaces[1], x, step, k)
    return f"{z} = {start + ' + ' if flags & 128 else ''}{matrix} . {vector}{note}"


def _several(space: str, first: int, step: int, n: int) -> str:
    """Numbers at equal distances: u3..u7, u3..u11 by 2, or u3 for one that is used n times."""
    if n == 1 or step == 0:
        return f"{space}{first}"
    return f"{space}{first}..{space}{first + step * (n - 1)}" + (f" by {step}" if step != 1 else "")


def _reference(word: int) -> str:
    return f"{'ut'[word & 1]}{word >> 2}"
