"""What a Value does by way of modules that are built on its own: connected here, so that imports run one way."""

from __future__ import annotations

import sys
from types import ModuleType

from autograd import value
from autograd.copying import reduced
from autograd.differentiation.create_graph import backward_with_graph
from autograd.differentiation.nodes import quotient_and_remainder, rounded
from autograd.display import mimebundle

__all__ = ["backward_with_graph", "mimebundle", "numpy_functions", "quotient_and_remainder", "reduced", "rounded"]


def numpy_functions() -> ModuleType:
    """The module of NumPy's functions, imported when NumPy asks for the first time."""
    from autograd.arrays import numpy_functions

    return numpy_functions


value.serve_with(sys.modules[__name__])
