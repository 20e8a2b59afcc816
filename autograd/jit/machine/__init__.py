"""The machine that runs programs: the compiled one where it was built, otherwise the one in NumPy."""

from __future__ import annotations

from autograd import value as engine

COMPILED = engine.COMPILED
if COMPILED:
    from autograd.jit.machine.compiled_machine import Machine, finite, target_names  # type: ignore[import-not-found]
    from autograd.jit.machine.places import are_copies, copies_of  # type: ignore[import-not-found]
else:
    from autograd.jit.machine.numpy_machine import Machine, are_copies, copies_of, finite, target_names

__all__ = ["COMPILED", "Machine", "are_copies", "copies_of", "finite", "target_names"]
