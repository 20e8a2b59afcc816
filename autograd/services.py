"""What a Value does by way of modules that are built on its own: connected here, so that imports run one way."""

from __future__ import annotations

import sys
from types import ModuleType

from autograd import value
from autograd.copying import copied, deeply_copied, pickled
from autograd.differentiation.create_graph import backward_with_graph
from autograd.differentiation.nodes import quotient_and_remainder, rounded
from autograd.display import mimebundle

__all__ = [
    "backward_with_graph", "copied", "deeply_copied", "mimebundle", "numpy_functions", "pickled",
    "quotient_and_remainder", "rounded",
]  # fmt: skip


def numpy_functions() -> ModuleType:
    """The module of NumPy's functions, imported when NumPy asks for the first time."""
    from autograd.arrays import numpy_functions

    return numpy_functions


value.serve_with(sys.modules[__name__])
