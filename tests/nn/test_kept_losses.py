"""Losses and layers on a few arguments each, with their gradients, and the words of what they refuse, as kept."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from kept import answers, same_as_kept, shown

import nn
from autograd import Value
from nn import MLP, Layer, LayerNorm, Module, Neuron, losses

KEPT = Path(__file__).with_name("kept")
NUMBERS = [
    ([1.0, -2.0, 0.5], [0.0, 1.0, 0.5]), ([1.0], [3.0]), (2.0, 0.5), ([], []), ([1.0], [1.0, 2.0]), ([[1.0, 2.0],
        [3.0, 4.0]], [[0.0, 0.0], [1.0, 5.0]]),
    ([[1.0, 2.0]], [[1.0]]), ([[1.0]], [1.0]), (["x"], [1.0]), ([1.0], ["x"]), (None, [1.0]), ([1.0], None), ("ab",
        [1.0]), ([1e308, -1e308], [0.0, 0.0]),
    ([math.nan], [1.0]), (np.array([1.0, 2.0]), np.array([0.0, 0.0])), ([1.0], [10**400]), ([1.0], [1j]), ([True],
        [False]),
]  # fmt: skip
LABELS = [
    ([2.0, -1.0, 0.25], [1, 0, 1]), ([2.0, -1.0, 0.25], [1, -1, 1]), ([2.0], [0.3]), ([2.0], [2]), ([2.0],
        [np.int64(1)]), ([2.0], ["1"]), ([2.0], [None]),
    ([800.0, -800.0], [0, 1]), (2.0, 1), ([2.0], [[1]]), ([2.0, 1.0], [1]), ([], []), ([2.0], [math.nan]), ([2.0],
        [np.float32(1.0)]), ([2.0], [True]),
]  # fmt: skip
LOGITS = [
    ([[2.0, -1.0, 0.5], [0.0, 0.0, 1.0]], [0, 2]), ([2.0, -1.0, 0.5], 1), ([[2.0, -1.0]], [2]), ([[2.0, -1.0]], [-1]),
        ([[2.0, -1.0]], [0.0]), ([[2.0, -1.0]], [0.5]),
    ([[2.0, -1.0]], ["a"]), ([[2.0]], [0]), ([[]], [0]), ([[900.0, -900.0]], [1]), ([[2.0, -1.0], [1.0]], [0, 0]),
        ([[2.0, -1.0]], [0, 1]), ([[2.0, -1.0]], [np.int32(1)]),
    ([[2.0, -1.0]], [[0.25, 0.75]]), ([[2.0, -1.0]], [True]),
]  # fmt: skip


def with_gradients(loss, **options):
    """The loss of Values in the place of the predictions, and its derivatives."""

    def call(predictions, targets):
        made = []

        def value(x):
            if isinstance(x, list):
                return [value(item) for item in x]
            if type(x) is not float:
                return x
            made.append(Value(x))
            return made[-1]

        found = loss(value(predictions), targets, **options)
        if not isinstance(found, Value):
            return found
        found.backward()
        return found.data, [x.grad for x in made]

    call.__module__, call.__qualname__ = "", f"{loss.__name__} {options or ''}"
    return call


CALLS = {
    with_gradients(losses.mse_loss): NUMBERS,
    with_gradients(losses.l1_loss): NUMBERS,
    with_gradients(losses.huber_loss): NUMBERS,
    with_gradients(losses.quantile_loss): NUMBERS,
    with_gradients(losses.huber_loss, delta=0.25): NUMBERS[:2],
    with_gradients(losses.huber_loss, delta=0.0): NUMBERS[:1],
    with_gradients(losses.huber_loss, delta="x"): NUMBERS[:1],
    with_gradients(losses.quantile_loss, q=0.9): NUMBERS[:2],
    with_gradients(losses.quantile_loss, q=1.0): NUMBERS[:1],
    with_gradients(losses.quantile_loss, q=0.0): NUMBERS[:1],
    with_gradients(losses.hinge_loss): LABELS,
    with_gradients(losses.binary_cross_entropy_with_logits): LABELS,
    with_gradients(losses.focal_loss): LABELS,
    with_gradients(losses.poisson_loss): [
        ([1.0, -2.0], [3, 0]), ([1.0], [-1]), ([1.0], [0.5]), ([800.0], [1]), ([1.0], ["x"]),
    ],
    with_gradients(losses.gaussian_loss): [
        ([[1.0, 0.5], [2.0, -1.0]], [0.5, 3.0]), ([[1.0]], [0.5]), ([1.0, 0.5], 0.5), ([[1.0, -800.0]], [1.0]),
    ],
    with_gradients(losses.cross_entropy): LOGITS,
}  # fmt: skip


def test_losses_answer_as_kept():
    same_as_kept(answers(CALLS), KEPT / "losses.txt")


class Shared(Module):
    """Parameters that are reached in several ways, in a ring, in containers, and what is none."""

    def __init__(self):
        w = Value(1.0)
        self.a, self.b = w, [w, Value(2.0)]
        self.named = {"c": Value(3.0), 1: (Value(4.0), w)}
        self.inside = Neuron(2, seed=1)
        self.again = self.inside
        self.node = w * 2.0
        self.text, self.number = "w", 5.0
        self.ring = [self]

    def __call__(self, x):
        return x


LAYERS = {
    "neuron": lambda: Neuron(3, seed=2), "no bias": lambda: Neuron(3, seed=2, bias=False), "linear": lambda: Neuron(2,
        False, seed=1),
    "layer": lambda: Layer(2, 3, activation="gelu", seed=3), "norm": lambda: LayerNorm(3), "mlp": lambda: MLP(3, [4,
        2], "tanh", seed=4),
    "mixed": lambda: MLP(3, [4, 2], ["relu", "sigmoid"], seed=4), "dropout": lambda: MLP(3, [4, 2], "relu", seed=4,
        dropout=0.5),
    "shared": Shared,
}  # fmt: skip
ROWS = {"three": [0.5, -1.0, 2.0], "two": [1.0, 2.0], "text": ["a", 1.0, 2.0], "none": [], "number": 1.0,
    "array": np.array([0.5, -1.0, 2.0]), "nested": [[1.0, 2.0, 3.0]]}
WRONG = [
    (Neuron, (0,), {}), (Neuron, (2.5,), {}), (Neuron, (True,), {}), (Neuron, (2,), {"activation": "rel"}), (Neuron,
        (2,), {"activation": 3}),
    (Neuron, (2,), {"init": "he"}), (Neuron, (2,), {"seed": 1.5}), (Layer, (2, 0), {}), (Layer, (2, 10**7), {}), (MLP,
        (2, []), {}), (MLP, (2, 3), {}),
    (MLP, (2, [3, "x"]), {}), (MLP, (2, [3, 1]), {"dropout": 1.0}), (MLP, (2, [3, 1]), {"dropout": -0.1}), (MLP, (2,
        [3, 1], ["relu"] * 3), {}),
    (MLP, (2, [10**6, 10**6]), {}), (LayerNorm, (0,), {}), (LayerNorm, (2,), {"eps": -1.0}), (LayerNorm, (2,),
        {"eps": "x"}), (MLP, (2, [1] * 3000), {}),
]  # fmt: skip


def test_layers_answer_as_kept():
    lines = []
    for name, make in LAYERS.items():
        model = make()
        lines.append(f"== {name}: {model!r}")
        lines.append(f"{[(path, round(p.data, 6)) for path, p in model.named_parameters()]}")
        before = getattr(model, "training", None)
        lines.append(f"{len(model.parameters())} parameters, {before}, {model.train().training}")
        for kind, row in ROWS.items():
            try:
                found = model(row)
                numbers = [float(x) for x in found] if isinstance(found, list) and name != "shared" else found
                numbers = numbers.data if isinstance(numbers, Value) else numbers
                lines.append(f"{kind}: {shown(numbers)}")
            except Exception as error:  # of whatever kind: it is kept which
                lines.append(f"{kind}: {type(error).__name__}: {error}")
        model.train(False)
        model.zero_grad()
        state = getattr(model, "training", None)
        lines.append(f"afterwards {state}, {sum(p.grad for p in model.parameters())}")
    for kind, given, options in WRONG:
        try:
            kind(*given, **options)
            words = "taken"
        except (TypeError, ValueError) as error:
            words = f"{type(error).__name__}: {error}"
        lines.append(f"{kind.__name__}{given!r:.60} {options}: {words}")
    same_as_kept("\n".join(lines), KEPT / "layers.txt")


def test_points_of_the_built_in_data_are_the_kept_ones():
    from nn.tasks.points import points

    lines = []
    for name in ("circles", "xor", "spiral", "blobs"):
        X, y = points(name, 9, seed=2)
        lines.append(f"{name}: {shown(X)} {shown(y)}")
    X, y = nn.moons(7, noise=0.2, seed=3)
    lines.append(f"moons: {shown(X)} {shown(y)}")
    lines.append(f"without noise: {shown(nn.moons(5, noise=0.0, seed=3))}")
    same_as_kept("\n".join(lines), KEPT / "points.txt")
