"""Which modules are compiled where a C compiler is at hand. All of them are there, or none is used.

`setup.py` builds them from this list and `twins.py` looks for them by it. A module `name.py` has its C types in
`name.pxd`; the machine with its parts and the arena are written in Cython alone. This file imports nothing: it is read
before anything is installed.
"""

MODULES = (
    "hooks", "turns", "node", "value", "reductions", "generated/derivatives", "differentiation/nodes",
    "differentiation/recorded_call", "differentiation/recorded_pass", "differentiation/tape", "differentiation/sweeps",
    "differentiation/second_order", "differentiation/structure", "arrays/parameters", "generated/partials",
    "jit/passes/graph", "jit/passes/building", "jit/passes/simplifying", "jit/passes/differentiating",
    "jit/passes/fusing", "jit/passes/layout", "jit/passes/lists", "jit/passes/products", "jit/passes/runs",
    "jit/passes/schedule", "jit/recording/arguments", "jit/recording/inner", "jit/recording/nesting",
    "jit/recording/recordings", "jit/recording/recorder", "jit/watching/watch", "jit/watching/frames",
    "jit/watching/walk", "jit/watching/objects", "jit/watching/namespaces", "jit/watching/observation",
    "jit/evaluation", "jit/calls", "jit/batches",
)  # fmt: skip
CYTHON_ONLY = ("jit/machine/compiled_machine", "jit/machine/places", "jit/machine/tiles", "arrays/arena")
