"""nn: networks of scalar Values: modules, layers, losses, optimizers, training, and saved models.

`autograd` on PyPI is another project with the same import name; whichever was installed last wins, which is told here
rather than by an import error about a missing name. As the command line, nn is the first of this project that a process
imports, so signals are seen to before the engine is loaded.
"""

import sys as _sys
from importlib import import_module as _import_module
from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any

from nn.commands.launch import launched as _launched
from nn.commands.launch import prepare as _prepare

if _launched():
    _prepare()

import autograd as _engine

if not hasattr(_engine, "__glassgrad__"):
    if _launched() and _sys.argv[1:2] == ["doctor"]:
        from nn.commands.doctor import run as _examined  # the one command for a broken installation must run on it

        raise SystemExit(_examined())
    raise ImportError(
        f"nn needs the autograd package of glassgrad, but found {getattr(_engine, '__file__', 'another one')} "
        "(PyPI's `autograd` has the same name). Run: pip uninstall -y autograd glassgrad && pip install glassgrad"
    )

from nn.activations import ACTIVATIONS
from nn.initializers import INITIALIZERS
from nn.layers import MLP, Layer, LayerNorm, Neuron
from nn.losses import (
    binary_cross_entropy_with_logits,
    cross_entropy,
    focal_loss,
    gaussian_loss,
    hinge_loss,
    huber_loss,
    l1_loss,
    mse_loss,
    poisson_loss,
    quantile_loss,
)
from nn.module import Module
from nn.optimizers import SGD, Adam, AdamW, Lion, RMSProp

if _TYPE_CHECKING:
    from nn.history import Epoch, History
    from nn.prediction import evaluate, predict
    from nn.saving import load, save
    from nn.tables.data import Dataset as Table
    from nn.tables.data import moons
    from nn.training import fit

# These need NumPy, or other modules that take longer to import than all of this: they come when they are asked for.
_LATE = {
    "Epoch": "nn.history", "History": "nn.history", "Table": "nn.tables.data", "evaluate": "nn.prediction",
    "fit": "nn.training", "load": "nn.saving", "moons": "nn.tables.data", "predict": "nn.prediction",
    "save": "nn.saving",
}  # fmt: skip


def __getattr__(name: str) -> _Any:
    if name not in _LATE:
        raise AttributeError(f"module 'nn' has no attribute {name!r}", name=name, obj=_sys.modules[__name__])
    found = globals()[name] = getattr(_import_module(_LATE[name]), "Dataset" if name == "Table" else name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATE})


__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "MLP",
    "SGD",
    "Adam",
    "AdamW",
    "Epoch",
    "History",
    "Layer",
    "LayerNorm",
    "Lion",
    "Module",
    "Neuron",
    "RMSProp",
    "Table",
    "binary_cross_entropy_with_logits",
    "cross_entropy",
    "evaluate",
    "fit",
    "focal_loss",
    "gaussian_loss",
    "hinge_loss",
    "huber_loss",
    "l1_loss",
    "load",
    "moons",
    "mse_loss",
    "poisson_loss",
    "predict",
    "quantile_loss",
    "save",
]
