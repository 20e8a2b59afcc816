"""Scalar automatic differentiation: a `Value` remembers how it was computed and gives every derivative of it.

>>> from autograd import Value
>>> x = Value(2.0)
>>> y = (x * 3 + 1).tanh()
>>> y.backward()
"""

import sys as _sys
from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any

from autograd import twins as _twins

_twins.choose()

import autograd.services  # noqa: E402, F401
from autograd.differentiation.nodes import topological_order  # noqa: E402
from autograd.differentiation.transforms import grad, gradients, jvp, value_and_grad, vjp  # noqa: E402
from autograd.functions import *  # noqa: E402, F403
from autograd.functions import __all__ as _functions  # noqa: E402
from autograd.jit import JitError, jit, take  # noqa: E402
from autograd.modes import AnomalyError, detect_anomaly, no_grad, record_source, scope  # noqa: E402
from autograd.primitives import TABLE  # noqa: E402
from autograd.reductions import clip, dot, logsumexp, max, mean, min, norm, prod, softmax, sum, where  # noqa: E402
from autograd.value import COMPILED, Value  # noqa: E402

__glassgrad__ = True  # PyPI's `autograd` (HIPS) has the same import name; nn and viz look for this mark
__version__ = "0.1.0"

if _TYPE_CHECKING:
    from autograd.checks.explain import explain
    from autograd.checks.gradcheck import GradcheckError, gradcheck
    from autograd.custom import operation
    from autograd.differentiation.matrices import hessian, hvp, jacobian

# What many programs do without: imported when it is asked for.
_LATE = {
    "GradcheckError": "checks.gradcheck", "explain": "checks.explain", "gradcheck": "checks.gradcheck",
    "hessian": "differentiation.matrices", "hvp": "differentiation.matrices", "jacobian": "differentiation.matrices",
    "operation": "custom",
}  # fmt: skip


def __getattr__(name: str) -> _Any:
    if name not in _LATE:
        raise AttributeError(f"module 'autograd' has no attribute {name!r}", name=name, obj=_sys.modules[__name__])
    from importlib import import_module

    found = globals()[name] = getattr(import_module(f"autograd.{_LATE[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATE})


__all__ = [
    "COMPILED", "TABLE", "AnomalyError", "GradcheckError", "JitError", "Value", "clip", "detect_anomaly", "dot",
    "explain", "grad", "gradcheck", "gradients", "hessian", "hvp", "jacobian", "jit", "jvp", "logsumexp", "max", "mean",
    "min", "no_grad", "norm", "operation", "prod", "record_source", "scope", "softmax", "sum", "take",
    "topological_order", "value_and_grad", "vjp", "where", *_functions,
]  # fmt: skip
