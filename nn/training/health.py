"""What ails a training run, each in one sentence: what was seen, with its numbers, what it means, what to do.

Looked at are the data and the weights before training, gradients and steps of the first epoch, activations before and
after, and the curves. Thresholds lie where diseases begin, well away from what healthy runs show: a note that comes
without reason teaches people to read none.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

import autograd
from autograd.arrays.parameters import numbers_of
from autograd.generated import kernels
from autograd.primitives import TABLE
from nn.history import History, Stop
from nn.layers import Layer, Neuron
from nn.samples import Samples
from nn.training.diagnoses import (
    CONSTANT,
    CURES,
    DROPPED,
    FEW_LAYERS,
    IDLE,
    IMPROVING,
    OVERFITTED,
    ROWS,
    SCALED,
    STRONG,
    TOO_LARGE,
    TOO_SMALL,
    UNSCALED,
    VANISHING,
    WORK,
    Times,
    sentence,
)
from nn.wording import quoted

NUMBERS_AT_ONCE = 1 << 14  # which stay in the second cache
FEW_STEPS = 100
_SATURATING = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "erf": (-1.0, 1.0), "atan": (-math.pi / 2, math.pi / 2)}


class Health:
    """Watches one run of `fit`: made before the first epoch, told of the first one's end, asked when all is over."""

    def __init__(
        self, model: Any, parameters: list[Any], train: Samples, loss: str, steps: int, names: list[str] | None = None
    ) -> None:
        self._layers = _layers(model)
        self._dropout = getattr(model, "dropout", 0.0) if len(self._layers) > 1 else 0.0
        self._parameters = parameters
        self._loss = loss
        self._train = train
        self._names = names
        self._start = _data(parameters)
        count = max(8, min(ROWS, WORK // max(1, len(parameters)), len(train)))
        self._rows = train.rows[:: max(1, len(train) // count)][:count].tolist()
        self._before = _activations(self._layers, self._rows)
        self._sizes = np.maximum(*map(np.abs, _means_and_spreads(train.rows)))  # of the inputs
        self._steps = steps  # of an epoch
        self.ratio = 0.0  # of the mean step of the first epoch to the weights
        self.gradients: list[float] = []

    def first_epoch(self) -> None:
        """Take note of how far the first epoch has gone, and of its last gradient."""
        moved = float(np.linalg.norm(_data(self._parameters) - self._start))
        self.ratio = moved / max(1, self._steps) / (float(np.linalg.norm(self._start)) or 1.0)
        self.gradients = [_mean_gradient(layer) for layer in self._layers]

    def notes(
        self, history: History, lr: Any, penalties: dict[str, Any], patience: Any = None, clip_norm: Any = None
    ) -> list[str]:
        """The diagnoses, the gravest first; `penalties`: the strength of each by its name."""
        found = [history.note] if history.diverged else []
        found += self._of_data()
        causes = self._of_weights()
        if not history.epochs:
            return found + causes
        curve = history.train_loss
        constant = _constant_loss(self._loss, self._train.targets) if len(self._train) >= 4 else None
        if constant is not None and constant < 1e-9:
            constant = None
        worse = constant is not None and _no_better(min(curve), constant)
        jumping = self._too_long(history, worse)
        causes += self._of_gradients(jumping, clip_norm)
        units = self._of_units(worse or history.diverged)
        # what does not learn moves little, whatever the lr: no larger one is advised where that has a cause
        causes += self._of_steps(history, lr, jumping, bool(causes + units))
        causes += units  # too long a step is what drives units to the ends of their curves
        found += causes
        if self._straight() and not worse:
            found.append(sentence("linear"))
        done = {"patience": patience, "decay": any(_numbers(penalties).values()), "dropout": self._dropout}
        advised = {name: CURES[name][bool(already)] for name, already in done.items()}
        found += _of_curves(history, bool(causes), self.ratio, advised)
        if not causes and history.epochs == 1 and self._steps < FEW_STEPS and history.reason is Stop.ALL_DONE:
            found.append(sentence("once", steps=self._steps, ratio=self.ratio))
        if constant is not None:
            found += self._of_nothing_learned(curve, constant, penalties, bool(causes))
        return found

    def _straight(self) -> bool:
        """Whether there are hidden layers and none of them bends."""
        hidden = self._layers[:-1]
        return bool(hidden) and all(neuron.activation == "linear" for layer in hidden for neuron in layer.neurons)

    def _of_data(self) -> list[str]:
        found = []
        sizes = self._sizes
        worst = int(sizes.argmax())
        if sizes[worst] > UNSCALED:
            name = quoted(self._names[worst]) if self._names else str(worst)
            found.append(sentence("unscaled", name=name, size=sizes[worst], usual=_usual(np.delete(sizes, worst))))
        width = len(self._layers[-1].neurons) if self._layers else 0
        if self._loss in ("cross_entropy", "binary_cross_entropy") and self._train.targets.ndim == 1:
            present = set(np.unique(self._train.targets).tolist())
            absent = [k for k in range(max(2, width)) if k not in present]
            if absent and all(float(y).is_integer() for y in present):
                shown = ", ".join(map(str, absent[:5])) + (", ..." if len(absent) > 5 else "")
                found.append(sentence("absent", classes=shown, count=len(self._train)))
        return found

    def _of_weights(self) -> list[str]:
        if self._start.size > 1 and not self._start.any():
            return [sentence("zero")]
        alike = [i for i, layer in enumerate(self._layers[:-1]) if _alike(layer)]
        if alike:
            return [sentence("alike", count=len(self._layers[alike[0]].neurons), layer=alike[0])]
        return []

    def _too_long(self, history: History, sick: bool) -> bool:
        """Whether the steps are what is wrong."""
        curve = history.train_loss
        return self.ratio > TOO_LARGE and (sick or history.diverged or curve[-1] > 1.2 * min(curve))

    def _of_gradients(self, jumping: bool, clip_norm: Any) -> list[str]:
        """Where gradients get lost; not that they vanish where `jumping`: too long a step has led to where they do."""
        sizes = self.gradients
        if len(sizes) < 3 or not all(map(math.isfinite, sizes)):
            return []
        first, last = sizes[0], sizes[-1]
        if 0.0 < first < VANISHING * last:
            cure = self._cure_for_vanishing()
            return [] if jumping else [sentence("vanishing", first=first, last=last, count=len(sizes), cure=cure)]
        if last > 0.0 and first > last / VANISHING:
            return [sentence("exploding", first=first, last=last, clip=CURES["clip"][clip_norm is not None])]
        return []

    def _cure_for_vanishing(self) -> str:
        sigmoids = any(neuron.activation == "sigmoid" for layer in self._layers[:-1] for neuron in layer.neurons)
        cures = [CURES["fewer"]] if len(self._layers) > FEW_LAYERS else []
        cures += [CURES["sigmoid"]] if sigmoids else []
        return ", and ".join(cures or [CURES["one"]])

    def _of_units(self, sick: bool) -> list[str]:
        """Units that answer the same for every row; after training only where nothing else was learned, since a trained
        network may leave some idle."""
        found = []
        scaling = CURES["scale"] if self._sizes.max() > SCALED else ""
        after = _activations(self._layers, self._rows)
        for i, (start, end) in enumerate(zip(self._before, after, strict=True)):
            activation = self._layers[i].neurons[0].activation
            limit = CONSTANT if sick else IDLE
            if activation == "relu":
                dead = [(answers == 0).all(axis=0).mean() for answers in (start, end)]
                if max(dead) > limit:
                    found.append(sentence("dead" if dead[0] > limit else "died", share=max(dead), layer=i))
            elif activation in _SATURATING:
                low, high = _SATURATING[activation]
                near = 0.02 * (high - low)
                stuck = [((a < low + near).all(axis=0) | (a > high - near).all(axis=0)).mean() for a in (start, end)]
                if max(stuck) > limit:
                    kind = "saturated" if stuck[0] > limit else "driven"
                    found.append(sentence(kind, share=max(stuck), activation=activation, layer=i, scaling=scaling))
        return found

    def _of_steps(self, history: History, lr: Any, jumping: bool, explained: bool) -> list[str]:
        now = f" (it is {lr:g})" if isinstance(lr, float) else ""
        curve = history.train_loss
        if jumping:
            return [sentence("large", ratio=Times(self.ratio), now=now)]
        moved = float(np.linalg.norm(_data(self._parameters) - self._start)) / (np.linalg.norm(self._start) or 1.0)
        gained = (curve[0] - min(curve)) / (abs(curve[0]) or 1.0)
        falling = not explained and history.best_epoch and len(curve) > 1 and curve[-1] <= curve[0]
        if falling and moved < TOO_SMALL and 1e-9 < gained < 0.2 and curve[0] > 1e-6:
            return [sentence("small", moved=moved, start=curve[0], end=curve[-1], now=now, ratio=self.ratio)]
        return []

    def _of_nothing_learned(
        self, curve: list[float], constant: float, penalties: dict[str, Any], explained: bool
    ) -> list[str]:
        """Why the network is no better than a constant answer: at its end for a penalty, before which it may have been;
        at its best for all else."""
        known = _numbers(penalties)
        strongest = max(known, key=known.__getitem__, default="")
        if strongest and known[strongest] >= STRONG and _no_better(curve[-1], constant):
            seen = {"strength": known[strongest], "last": curve[-1], "constant": constant}
            return [sentence("decayed", penalty=strongest, **seen)]
        reached = min(curve)
        if not _no_better(reached, constant):
            return []
        if self._dropout >= DROPPED:
            return [sentence("dropped", share=self._dropout, reached=reached, constant=constant)]
        if self._straight() or len(self._layers) == 1:
            return [sentence("straight", reached=reached, constant=constant)]
        return [] if explained else [sentence("constant", reached=reached, constant=constant)]


def _numbers(penalties: dict[str, Any]) -> dict[str, float]:
    return {name: x for name, x in penalties.items() if isinstance(x, (int, float))}


def _no_better(loss: float, constant: float) -> bool:
    return loss >= 0.98 * constant


def _of_curves(history: History, explained: bool, ratio: float, advised: dict[str, str]) -> list[str]:
    """Overfitting, which no run is told of whose steps jump about, and whether the run was at its end; `ratio`: of a
    step to the weights; `advised`: what helps against the first."""
    train, validation = history.train_loss, history.val_loss
    patient = history.reason is Stop.NO_BETTER  # which has stopped in time, and the best epoch is kept
    if len(validation) >= 5 and ratio <= TOO_LARGE and not patient:
        best = int(np.argmin(validation))
        rise = validation[-1] - validation[best]
        much = rise > 0.2 * (validation[0] - validation[best]) and validation[-1] > OVERFITTED * validation[best]
        if len(validation) - best > 3 and much and train[-1] < 0.7 * train[best]:
            rose = {"best": validation[best], "last": validation[-1], "train": train[-1]}
            return [sentence("overfitted", epoch=best + 1, **rose, **advised)]
    curve = validation or train
    gained = curve[0] - min(curve)
    before = curve[max(0, len(curve) - 1 - max(1, len(curve) // 5))]
    whole_run = history.reason is Stop.ALL_DONE and not history.diverged and not explained
    much = IMPROVING * (gained if len(curve) >= 5 else abs(curve[0]))
    if whole_run and len(curve) >= 2 and curve[-1] == min(curve) and before - curve[-1] > much > 0.0:
        seen = {"before": before, "last": curve[-1], "span": _span(max(1, len(curve) // 5)), "ratio": ratio}
        return [sentence("unfinished", **seen)]
    return []


def _usual(others: np.ndarray) -> str:
    """How large the other inputs are, in words."""
    if not len(others):
        return "about 1 is wanted"
    return f"{'the other is' if len(others) == 1 else 'others are'} {np.median(others):.3g}"


def _layers(model: Any) -> list[Any]:
    """The layers of a network that has such; none of any other model."""
    layers = getattr(model, "layers", None)
    if not isinstance(layers, list):
        return []
    return layers if all(hasattr(layer, "outputs") and hasattr(layer, "neurons") for layer in layers) else []


def _data(parameters: list[Any]) -> np.ndarray:
    return np.array(numbers_of(parameters))


def _mean_gradient(layer: Any) -> float:
    gradients = [p.grad for p in layer.parameters()]
    return math.fsum(map(abs, gradients)) / max(1, len(gradients))


def _alike(layer: Any) -> bool:
    first, *others = layer.neurons
    weights = [float(w) for w in first.w]
    return bool(others) and all([float(w) for w in neuron.w] == weights for neuron in others)


def _activations(layers: list[Any], rows: list[list[float]]) -> list[np.ndarray]:
    """What the hidden layers answer, a row of units for each of `rows`."""
    found: list[np.ndarray] = []
    x = np.array(rows)
    for layer in layers[:-1]:
        x = _answers(layer, x)
        found.append(x)
    return found


def _answers(layer: Any, rows: np.ndarray) -> np.ndarray:
    """What a layer answers to rows: all at once where its neurons are plain ones."""
    activation = layer.neurons[0].activation
    plain = type(layer) is Layer and isinstance(activation, str)
    if plain and all(type(n) is Neuron and n.activation == activation for n in layer.neurons):
        weights = np.array([numbers_of(neuron.w) for neuron in layer.neurons])
        sums = rows @ weights.T + np.array([float(neuron.b) for neuron in layer.neurons])
        if activation == "linear":
            return sums
        if activation == "relu":
            return np.maximum(sums, 0.0)
        return np.array(list(map(_of_floats(activation), sums.ravel().tolist()))).reshape(sums.shape)
    return np.array([[float(value) for value in layer.outputs(row)] for row in rows.tolist()])


def _of_floats(activation: str) -> Callable[[float], float]:
    """The activation of plain numbers, without the function around it that looks what it got where there is no more."""
    alone = len(TABLE[activation].operands) == 1
    return kernels.VALUES[activation] if alone else getattr(autograd, activation)


def _means_and_spreads(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The mean and the standard deviation of each column, some rows at a time; sums over rows are products with ones,
    which go along the rows."""
    count, width = table.shape
    at_once = min(count, max(1, NUMBERS_AT_ONCE // max(1, width)))
    ones, away = np.ones(at_once), np.empty((at_once, width))
    stretches = [table[start : start + at_once] for start in range(0, count, at_once)]
    mean = np.zeros(width)
    for rows in stretches:
        mean += ones[: len(rows)] @ rows
    mean /= count
    squares = np.zeros(width)
    for rows in stretches:
        apart = np.subtract(rows, mean, out=away[: len(rows)])
        apart *= apart
        squares += ones[: len(rows)] @ apart
    return mean, np.sqrt(squares / count)


def _constant_loss(name: str, targets: np.ndarray) -> float | None:
    """The loss of the best constant answer."""
    if name == "mse":
        return float(targets.var(axis=0).mean())
    if name in ("binary_cross_entropy", "cross_entropy") and targets.ndim == 1:
        if name == "binary_cross_entropy":
            shares = np.array([targets.mean(), 1.0 - targets.mean()])
        else:
            shares = np.bincount(targets.astype(np.int64)) / len(targets)
        known = shares[shares > 0]
        return float(-(known * np.log(known)).sum())
    if name == "hinge":
        rare = min((targets > 0).mean(), (targets < 0).mean())
        return float(2.0 * rare)
    return None


def _span(epochs: int) -> str:
    return "epoch" if epochs == 1 else f"{epochs} epochs"
