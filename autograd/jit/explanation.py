"""What `explain` prints: for each way a function was called, what was recorded and what became of it."""

from __future__ import annotations

from typing import Any

from autograd.jit.machine import target_names
from autograd.jit.passes.graph import RELATIONS


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
    lines += [f"note: {note}" for note in jitted.economy.notes.values()]
    lines.append(f"the machine runs code for {target_names()[-1]}")
    return "\n".join(lines)


def derivative_explained(transform: Any) -> str:
    """The same for a transform of a recorded function: the programs of its derivative."""
    lines = [f"{transform!r}"]
    for key, entry in transform.root.entries.items():
        for number, recording in enumerate(entry.recordings, 1):
            lines.append(f"called with {_described(key)}: path {number}, {recording.graph.operations():,} operations")
            for made in transform.programs(recording):
                lines.append(f"    {made.graph.operations():>9,} operations of the {transform.name}")
                lines += [_program(machine.program, bool(spans)) for spans, machine in made.machines.items()]
    lines.append(f"the machine runs code for {target_names()[-1]}")
    return "\n".join(lines)


def _program(program: Any, rows: bool) -> str:
    kind = "for batches" if rows else "for single calls"
    once, each = len(program.uniform), len(program.tiled)
    per_row = f" once and {each:,} for each tile of rows" if rows else ""
    return f"    program {kind}: {once:,} instructions{per_row}, {program.nbytes():,} bytes"


def _described(key: tuple[Any, ...]) -> str:
    """The arguments that a key stands for."""
    structure, _ = key
    positional, named = structure.all_parts()
    parts = [_part(part) for part in positional.all_parts()]
    parts += [f"{name}={_part(part)}" for name, part in zip(named.keys, named.all_parts(), strict=True)]
    shown = ", ".join(parts[:12]) + (f" and {len(parts) - 12} more" if len(parts) > 12 else "")
    return shown or "no arguments"


def _part(part: Any) -> str:
    kind = part.kind
    if kind == "number":
        return "a number"
    if kind == "index":
        return "an index"
    if kind in ("array", "integers", "objects"):
        return f"{kind} of shape {part.keys}"
    if kind == "object":
        return "an object"
    if kind in ("constant", "slice"):
        return repr(part.keys[0] if kind == "constant" else slice(*part.keys))[:40]
    return f"dict of {list(part.keys)}" if kind is dict else f"{kind.__name__} of {part.count}"
