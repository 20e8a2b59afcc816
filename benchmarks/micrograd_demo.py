"""One training step of micrograd's demo, written by a user in plain loops, on four engines.

A 2-16-16-1 ReLU network, 100 points, hinge loss and an L2 penalty; the graph is built anew in every step. The peers:
the same forward pass on plain floats, micrograd as shipped, micrograd with the garbage collector off.

Asked for: at most 2.5 times the plain-float forward; at least 200 and 20 times faster than micrograd; the plain twin
(GLASSGRAD_PURE=1) at least 8 times faster than micrograd as shipped.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import micrograd.engine

import autograd
from benchmarks.timing import medians, table, without_collector

SIZES = [2, 16, 16, 1]


def _points() -> list[tuple[list[float], int]]:
    draw = random.Random(1)
    return [([draw.uniform(-1, 1), draw.uniform(-1, 1)], draw.choice([-1, 1])) for _ in range(100)]


class _Neuron:
    """A neuron in the loops that a learner writes; `number` makes a parameter of a float."""

    def __init__(self, inputs: int, *, nonlinear: bool, number: Callable, relu: Callable, draw: random.Random):
        self.w = [number(draw.uniform(-1, 1)) for _ in range(inputs)]
        self.b = number(0.0)
        self.nonlinear, self.relu = nonlinear, relu

    def __call__(self, x):
        z = sum((wi * xi for wi, xi in zip(self.w, x, strict=True)), self.b)
        return self.relu(z) if self.nonlinear else z


class _Network:
    def __init__(self, number: Callable, relu: Callable):
        draw = random.Random(2)
        self.number, self.relu = number, relu
        last = len(SIZES) - 2
        self.layers = [
            [_Neuron(SIZES[i], nonlinear=i != last, number=number, relu=relu, draw=draw) for _ in range(SIZES[i + 1])]
            for i in range(last + 1)
        ]
        self.parameters = [p for layer in self.layers for n in layer for p in [*n.w, n.b]]

    def __call__(self, x):
        for layer in self.layers:
            x = [neuron(x) for neuron in layer]
        return x[0]

    def loss(self, points):
        scores = [self([self.number(xi) for xi in x]) for x, _ in points]
        hinge = sum(self.relu(1 + -y * score) for (_, y), score in zip(points, scores, strict=True))
        return hinge * (1.0 / len(points)) + 1e-4 * sum(p * p for p in self.parameters)


def _training_step(network: _Network, points) -> Callable[[], float]:
    def step() -> float:
        loss = network.loss(points)
        for p in network.parameters:
            p.grad = 0.0
        loss.backward()
        for p in network.parameters:
            p.data -= 0.05 * p.grad
        return loss.data

    return step


def main() -> None:
    points = _points()
    floats = _Network(float, lambda x: x if x > 0 else 0.0)
    ours = _Network(autograd.Value, lambda x: x.relu())
    theirs = _Network(micrograd.engine.Value, lambda x: x.relu())
    step, their_step = _training_step(ours, points), _training_step(theirs, points)
    name = f"glassgrad ({'compiled' if autograd.COMPILED else 'plain Python'})"
    seconds = medians({"plain floats, forward only": lambda: floats.loss(points), name: step}, rounds=101)
    seconds |= medians({"micrograd, collector off": without_collector(their_step)}, rounds=5)
    seconds |= medians({"micrograd": their_step}, rounds=3)
    print(table("micrograd demo, one training step", seconds, unit="plain floats, forward only"))
    print(f"  micrograd / glassgrad: {seconds['micrograd'] / seconds[name]:.0f},", end=" ")
    print(f"with the collector off: {seconds['micrograd, collector off'] / seconds[name]:.0f}")


if __name__ == "__main__":
    main()
