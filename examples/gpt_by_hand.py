"""A transformer of numbers that uses nothing of this project but `Value`: operators, `.exp()`, `.log()`, `.relu()`.

    python examples/gpt_by_hand.py --steps 100

Programs of this kind usually bring a class of their own for numbers with gradients. Here it is one import; any class
with the same operators does (a test runs this file with another one and gets the same losses). docs/microgpt.md has the
speed, and what makes it fifty times faster still.
"""

from __future__ import annotations

import argparse
import random
import time

from autograd import Value
from nn.tasks.names import END, LETTERS, first_names

WIDTH, HEADS, LONGEST = 16, 4, 16


def weights_of(rng: random.Random, number=Value) -> dict[str, list]:
    """The model: eight matrices of numbers; 4,192 of them."""

    def matrix(rows, columns):
        return [[number(rng.gauss(0, 0.08)) for _ in range(columns)] for _ in range(rows)]

    shapes = {"letters": (27, WIDTH), "places": (LONGEST, WIDTH), "head": (27, WIDTH)}
    shapes |= dict.fromkeys(("query", "key", "value", "out"), (WIDTH, WIDTH))
    shapes |= {"wide": (4 * WIDTH, WIDTH), "narrow": (WIDTH, 4 * WIDTH)}
    return {name: matrix(*shape) for name, shape in shapes.items()}


def linear(x, w):
    return [sum(wi * xi for wi, xi in zip(row, x, strict=True)) for row in w]


def softmax(x):
    most = max(xi.data for xi in x)
    powers = [(xi - most).exp() for xi in x]
    total = sum(powers)
    return [p / total for p in powers]


def normalized(x):
    scale = (sum(xi * xi for xi in x) / len(x) + 1e-5) ** -0.5
    return [xi * scale for xi in x]


def added(x, y):
    return [a + b for a, b in zip(x, y, strict=True)]


def logits(w, letter, place, keys, values):
    x = normalized(added(w["letters"][letter], w["places"][place]))
    y = normalized(x)
    query = linear(y, w["query"])
    keys.append(linear(y, w["key"]))
    values.append(linear(y, w["value"]))
    heard = []
    size = WIDTH // HEADS
    for h in range(0, WIDTH, size):
        scores = [sum(query[j] * key[j] for j in range(h, h + size)) / size**0.5 for key in keys]
        looks = softmax(scores)
        heard += [sum(a * v[j] for a, v in zip(looks, values, strict=True)) for j in range(h, h + size)]
    x = added(x, linear(heard, w["out"]))
    hidden = [h.relu() for h in linear(normalized(x), w["wide"])]
    return linear(added(x, linear(hidden, w["narrow"])), w["head"])


def loss_of(w, name: str):
    """The mean of -log p over the letters of a name and its end."""
    letters = [END, *map(LETTERS.index, name), END]
    keys, values, losses = [], [], []
    for place in range(len(letters) - 1):
        shares = softmax(logits(w, letters[place], place, keys, values))
        losses.append(-shares[letters[place + 1]].log())
    return sum(losses) / len(losses)


def train(steps: int, *, seed: int = 42, number=Value, say=print) -> list[float]:
    """The loss at every step, with Adam written out; `number` is the class of the numbers."""
    rng = random.Random(seed)
    names = list(first_names())
    rng.shuffle(names)
    w = weights_of(rng, number)
    parameters = [p for matrix in w.values() for row in matrix for p in row]
    say(f"{len(names)} names, {len(parameters)} parameters")
    first, second, losses = [0.0] * len(parameters), [0.0] * len(parameters), []
    for step in range(steps):
        loss = loss_of(w, names[step % len(names)])
        loss.backward()
        rate = 0.01 * (1 - step / steps)
        for i, p in enumerate(parameters):
            first[i] = 0.85 * first[i] + 0.15 * p.grad
            second[i] = 0.99 * second[i] + 0.01 * p.grad**2
            m, v = first[i] / (1 - 0.85 ** (step + 1)), second[i] / (1 - 0.99 ** (step + 1))
            p.data -= rate * m / (v**0.5 + 1e-8)
            p.grad = 0.0
        losses.append(loss.data)
    return losses


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=100)
    count = parser.parse_args().steps
    started = time.perf_counter()
    found = train(count)
    print(f"loss {found[0]:.4f} at first, {sum(found[-20:]) / len(found[-20:]):.4f} at the end")
    print(f"{(time.perf_counter() - started) / count * 1000:.1f} ms a step")
