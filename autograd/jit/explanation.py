"""What `explain` prints: for each way a function was called, what was recorded and what became of it."""

from __future__ import annotations

from typing import Any

from autograd.jit.graph import RELATIONS
from autograd.jit.machine import target_names


def explanation(jitted: Any) -> str:
    """Nodes before and after each pass, guards, programs, as text."""
    lines = [f"{jitted!r}: {len(jitted.entries)} kind{'s' * (len(jitted.entries) != 1)} of call"]
    for key, entry in jitted.entries.items():
        paths = len(entry.recordings)
        lines.append(f"called with {_described(key)}: {paths} path{'s' * (paths != 1)}")
        for number, recording in enumerate(entry.recordings, 1):
            lines.append(f"  path {number}")
            for name, count in recording.counts:
                lines.append(f"    {count:>9,} operations {name}")
            guards = recording.graph.guards.tolist()
            for relation, answer, line in zip(guards[::4], guards[3::4], recording.lines, strict=False):
                lines.append(f"    guard: {RELATIONS[relation]} was {bool(answer)}{' at ' + line if line else ''}")
            if len(guards) // 4 > len(recording.lines):
                lines.append(f"    and {len(guards) // 4 - len(recording.lines)} guards more")
            lines.append(f"    reads {len(recording.graph.captured):,} Values besides its arguments")
            for spans, machine in recording.machines.items():
                lines.append(_program(machine.program, bool(spans)))
    lines.append(f"the machine runs code for {target_names()[-1]}")
    return "\n".join(lines)


def _program(program: Any, rows: bool) -> str:
    kind = "for batches" if rows else "for single calls"
    once, each = len(program.uniform), len(program.tiled)
    per_row = f" once and {each:,} for each tile of rows" if rows else ""
    return f"    program {kind}: {once:,} instructions{per_row}, {program.nbytes():,} bytes"


def _described(key: tuple[Any, ...]) -> str:
    tokens = [_token(token) for token in key[1:]]
    shown = ", ".join(tokens[:12]) + (f" and {len(tokens) - 12} more" if len(tokens) > 12 else "")
    return shown or "no arguments"


def _token(token: Any) -> str:
    names = {"f": "a float", "v": "a Value", "i": "an index"}
    if isinstance(token, str):
        return names.get(token, f"{token}=")
    kind, value = token
    if kind in ("array", "integers", "objects"):
        return f"{kind} of shape {value}"
    if kind == "object":
        return "an object"
    if kind in (list, tuple):
        return f"{kind.__name__} of {value}"
    return f"dict of {list(value)}" if kind is dict else repr(value)
