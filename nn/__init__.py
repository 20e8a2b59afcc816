"""nn: networks of scalar Values: modules, layers, losses, optimizers, training, and saved models.

`autograd` on PyPI is another project with the same import name; whichever was installed last wins, which is told here
rather than by an import error about a missing name.
"""

import autograd as _engine

if not hasattr(_engine, "__glassgrad__"):
    raise ImportError(
        f"nn needs the autograd package of glassgrad, but found {getattr(_engine, '__file__', 'another one')} "
        "(PyPI's `autograd` has the same name). Run: pip uninstall -y autograd glassgrad && pip install glassgrad"
    )

from .activations import ACTIVATIONS
from .initializers import INITIALIZERS
from .layers import MLP, Layer, Neuron
from .losses import binary_cross_entropy_with_logits, cross_entropy, hinge_loss, mse_loss
from .module import Module
from .optimizers import SGD, Adam, AdamW
from .saving import load, save

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "MLP",
    "SGD",
    "Adam",
    "AdamW",
    "Layer",
    "Module",
    "Neuron",
    "binary_cross_entropy_with_logits",
    "cross_entropy",
    "hinge_loss",
    "load",
    "mse_loss",
    "save",
]
