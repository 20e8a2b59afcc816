"""Trainings whole: the losses, figures and notes of short runs with each optimizer, loss, schedule and option.

A law would hold of many optimizers; that this one is Adam, with its own constants, the numbers of four epochs say.
"""

from __future__ import annotations

import random
import warnings
from pathlib import Path

import pytest
from kept import same_as_kept

from nn import MLP, fit
from nn.history import Stop
from nn.initializers import chosen_initializer
from nn.training.schedules import SCHEDULES

pytestmark = pytest.mark.program
KEPT = Path(__file__).with_name("kept")
DRAW = random.Random(6)
X = [[DRAW.uniform(-1, 1), DRAW.uniform(-1, 1)] for _ in range(24)]
NUMBERS = [a * b + 0.5 for a, b in X]
CLASSES = [int(a > b) for a, b in X]
SIGNS = [1 if a > b else -1 for a, b in X]
THREE = [0 if a > 0.3 else 1 if b > 0.0 else 2 for a, b in X]
COUNTS = [round(3 * (a + 1)) for a, _ in X]
PAIRS = [[a, b - a] for a, b in X]

OF_NUMBERS = {  # options of a run on numbers
    **{name: {"optimizer": name, "lr": 0.02} for name in ("sgd", "adam", "adamw", "rmsprop", "lion")},
    **{name: {"optimizer": name} for name in ("lbfgs", "lm")},
    **{f"schedule {name}": {"optimizer": "sgd", "lr": 0.1, "schedule": name, "epochs": 8} for name in SCHEDULES},
    **{f"loss {name}": {"loss": name} for name in ("mse", "l1", "huber", "quantile")},
    "a small delta": {"loss": "huber", "lr": 0.1, "clip_norm": 0.01},
    "l1": {"l1": 0.1}, "l2": {"l2": 0.1}, "both": {"l1": 0.05, "l2": 0.05, "optimizer": "sgd"},
    "held back": {"validation": 0.25, "epochs": 12, "patience": 2, "lr": 0.3},
    "all rows": {"batch_size": None}, "five rows": {"batch_size": 5, "seed": 3},
    "weights": {"sample_weight": [1 + k % 3 for k in range(24)]},
    "ensemble": {"ensemble": 2, "validation": (X[:4], NUMBERS[:4])},
    "to the end": {"keep_best": False, "validation": 0.25, "lr": 0.5},
    "far too long": {"optimizer": "sgd", "lr": 300.0},
    "much too short": {"optimizer": "sgd", "lr": 1e-7},
    "a strong penalty": {"l2": 3.0, "lr": 0.1, "epochs": 20},
    "one epoch": {"epochs": 1},
}  # fmt: skip
OF_OTHERS = {  # targets, outputs, options
    "two": (CLASSES, 1, {}), "signs": (SIGNS, 1, {}), "three": (THREE, 3, {}),
    "counts": (COUNTS, 1, {"loss": "poisson"}),
    "focal": (CLASSES, 1, {"loss": "focal"}), "gaussian": (NUMBERS, 2, {"loss": "gaussian"}),
    "balanced": (THREE, 3, {"class_weight": "balanced"}), "by class": (CLASSES, 1, {"class_weight": {0: 1, 1: 4}}),
    "pairs": (PAIRS, 2, {"optimizer": "lbfgs"}), "lm of pairs": (PAIRS, 2, {"optimizer": "lm"}),
    "lbfgs of classes": (THREE, 3, {"optimizer": "lbfgs", "l2": 0.01}), "one absent": ([2 * c for c in CLASSES], 3, {}),
    "three held back": (THREE, 3, {"validation": 0.3, "epochs": 6}),
}  # fmt: skip
MODELS = {  # each trained for a while on rows that it may have trouble with
    "dead units": (lambda: _shifted(MLP(2, [4, 1], "relu", seed=1), -9.0), X, {}),
    "saturated units": (lambda: _shifted(MLP(2, [4, 1], "tanh", seed=1), 9.0), X, {}),
    "zero": (lambda: MLP(2, [3, 1], "tanh", init="zeros"), X, {}),
    "straight": (lambda: MLP(2, [3, 1], "linear", seed=1), X, {}),
    "deep": (lambda: MLP(2, [4] * 6 + [1], "sigmoid", seed=1), X, {"optimizer": "sgd", "lr": 0.01}),
    "unscaled": (lambda: MLP(2, [3, 1], seed=1), [[1e4 * a, b] for a, b in X], {"optimizer": "sgd", "lr": 1e-6}),
    "dropout": (lambda: MLP(2, [6, 1], "relu", seed=1, dropout=0.7), X, {}),
    "gelu": (lambda: MLP(2, [4, 1], "gelu", seed=1), X, {}),
}  # fmt: skip


def _shifted(model, by):
    for neuron in model.layers[0].neurons:
        neuron.b.data = by
    return model


def told(model, rows, targets, **options):
    """A run in a few lines."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        history = fit(model, rows, targets, **{"epochs": 4, "batch_size": 8, "progress": False} | options)
    lines = [f"{history.loss} by {history.optimizer}"]
    lines += [f"training {history.train_loss}", f"validation {history.val_loss}"]
    lines += [f"{name} {curve}" for name, curve in history.metrics.items()]
    lines += [f"best {history.best_epoch}, {history.stopped}", f"{history.note}", *history.notes]
    return "\n".join([*lines, f"parameters {[p.data for p in model.parameters()][:12]}"])


def chosen(init, activation):
    return str(chosen_initializer(init, 1, None, activation)(random.Random(1), 6, 3))


def one_below_another(found):
    return "\n\n".join(f"== {name}\n{text}" for name, text in found.items())


def test_trainings_on_numbers_are_the_kept_ones():
    found = {
        name: told(MLP(2, [3, 1], "tanh", seed=1), X, NUMBERS, **options) for name, options in OF_NUMBERS.items()
    }
    same_as_kept(one_below_another(found), KEPT / "trainings_on_numbers.txt")


def test_trainings_with_other_losses_are_the_kept_ones():
    found = {
        name: told(MLP(2, [3, outputs], "tanh", seed=1), X, targets, **options)
        for name, (targets, outputs, options) in OF_OTHERS.items()
    }
    same_as_kept(one_below_another(found), KEPT / "trainings_with_other_losses.txt")


def test_what_ails_trainings_is_the_kept():
    found = {
        name: told(make(), rows, NUMBERS, **{"epochs": 6, "lr": 0.05} | options)
        for name, (make, rows, options) in MODELS.items()
    }
    same_as_kept(one_below_another(found), KEPT / "trainings_in_trouble.txt")


def test_initial_weights_are_the_kept_ones():
    kinds = ("he", "xavier", "lecun")
    names = [*(f"{kind}_{form}" for kind in kinds for form in ("uniform", "normal")), "uniform", "zeros"]
    found = {name: chosen(name, "tanh") for name in names}
    for activation in ("relu", "tanh", "sigmoid", "gelu", "silu", "linear", "sin", "softplus"):
        found[f"fitted to {activation}"] = chosen(None, activation)
    same_as_kept(one_below_another(found), KEPT / "initial_weights.txt")


def test_a_run_that_is_broken_off_says_so():
    def stop(epoch):
        if epoch.number == 2:
            raise KeyboardInterrupt

    history = fit(MLP(2, [2, 1], seed=1), X, NUMBERS, epochs=4, progress=False, callbacks=[stop])
    assert history.interrupted
    assert history.reason is Stop.INTERRUPTED
    same_as_kept(f"{history.stopped}\n{history.note}\n{history.epochs}", KEPT / "broken_off.txt")
