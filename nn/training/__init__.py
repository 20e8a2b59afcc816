"""How networks are trained: `fit`, what it is made of, and what a table is trained with unless somebody says so."""

from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any

if _TYPE_CHECKING:
    from nn.training.fitting import fit

__all__ = ["fit"]


def __getattr__(name: str) -> _Any:
    if name != "fit":
        raise AttributeError(f"module 'nn.training' has no attribute {name!r}")
    from nn.training.fitting import fit  # NumPy, which those who want a name from a table here do without

    globals()["fit"] = fit
    return fit
