"""Short training runs for tests of pictures: enough epochs to have curves, few enough to take no time."""

from __future__ import annotations

import copy
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

from autograd import Value
from nn import MLP, Module
from nn.history import History
from nn.training import fit


@dataclass(frozen=True, slots=True)
class Run:
    """A trained model, its history and the rows it learned."""

    model: Any
    history: History
    X: list[list[float]]
    y: list[Any]

    @property
    def all(self) -> tuple[Any, History, list[list[float]], list[Any]]:
        return self.model, self.history, self.X, self.y


def trained_once(train: Callable[[], Run]) -> Callable[[], Run]:
    """Each call gives a model of its own, to be changed or trained further; the training is done once."""
    once = cache(train)

    @wraps(train)
    def given() -> Run:
        run = once()
        return Run(copy.deepcopy(run.model), run.history, run.X, run.y)

    return given


@trained_once
def two_classes() -> Run:
    """Two inputs, one output, targets 0 and 1."""
    X, y = _clusters(2, 2)
    return _trained(MLP(2, [5, 1], "tanh", seed=1), X, y, validation=0.25)


@trained_once
def three_classes() -> Run:
    """Two inputs, three outputs."""
    X, y = _clusters(3, 2)
    return _trained(MLP(2, [4, 3], "relu", seed=1), X, y)


@trained_once
def numbers() -> Run:
    """Two inputs, targets that are not classes."""
    X, _ = _clusters(3, 2)
    return _trained(MLP(2, [4, 1], "tanh", seed=1), X, [a - b / 3 for a, b in X])


@trained_once
def one_input() -> Run:
    """One input, targets that are not classes."""
    X = [[k / 10.0] for k in range(30)]
    return _trained(MLP(1, [4, 1], "tanh", seed=1), X, [math.sin(x) for [x] in X])


@trained_once
def many_inputs() -> Run:
    """Nine inputs, three outputs."""
    X, y = _clusters(3, 9)
    return _trained(MLP(9, [4, 3], seed=1), X, y)


class Ring(Module):
    """A model that is not made of layers: inside or outside of a circle that is learned."""

    def __init__(self) -> None:
        self.radius = Value(0.5)

    def __call__(self, x: Any) -> Value:
        return math.hypot(*x) - self.radius


@trained_once
def no_layers() -> Run:
    """Two inputs and a model of its own making."""
    X, y = _clusters(2, 2)
    return _trained(Ring(), X, y)


def _clusters(classes: int, inputs: int) -> tuple[list[list[float]], list[int]]:
    draw = random.Random(7)
    y = [k for k in range(classes) for _ in range(12)]
    return [[draw.gauss(k if i % 2 == 0 else k % 2, 0.4) for i in range(inputs)] for k in y], y


def _trained(model: Any, X: Any, y: Any, **options: Any) -> Run:
    history = fit(model, X, y, epochs=6, lr=0.05, record_parameters=True, progress=False, **options)
    return Run(model, history, X, y)
