"""nn: networks of scalar Values: modules, layers, losses, optimizers, training, and saved models.

`autograd` on PyPI is another project with the same import name; whichever was installed last wins, which is told here
rather than by an import error about a missing name.
"""

import autograd as _engine

if not hasattr(_engine, "COMPILED"):
    raise ImportError(
        f"nn needs the autograd package of glassgrad, but {getattr(_engine, '__file__', 'another one')} is installed over it "
        "(PyPI's `autograd` has the same name). Run: pip uninstall -y autograd glassgrad && pip install glassgrad"
    )

from nn.activations import ACTIVATIONS
from nn.initializers import INITIALIZERS
from nn.layers import MLP, Layer, Neuron
from nn.losses import binary_cross_entropy_with_logits, cross_entropy, hinge_loss, mse_loss
from nn.module import Module
from nn.optimizers import SGD, Adam, AdamW
from nn.saving import load, save

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
