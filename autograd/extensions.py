"""Which modules are compiled where a C compiler is at hand. All of them are there, or none is used.

`setup.py` builds them from this list and `twins.py` looks for them by it. A module `name.py` has its C types in
`name.pxd`; the machine is written in Cython alone. This file imports nothing: it is read before anything is installed.
"""

MODULES = (
    "recorded_call", "value", "structure", "backprop", "reductions", "derivatives", "tape", "sweeps", "bending",
    "parameters",
    "jit/graph", "jit/building", "jit/simplifying", "jit/partials", "jit/differentiating", "jit/inner", "jit/gathering",
    "jit/layout", "jit/lists", "jit/products", "jit/schedule", "jit/watching/watch", "jit/watching/frames",
    "jit/arguments", "jit/recordings", "jit/evaluation", "jit/calls", "jit/batches",
)  # fmt: skip
CYTHON_ONLY = ("jit/compiled_machine",)
