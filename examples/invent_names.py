"""A character transformer written with scalars, trained through `jit` on first names; it prints names it invents.

    python examples/invent_names.py --steps 1000

Every number of the model is a Value and every operation is written out, about 70,000 for a name of eight letters; `jit`
records the loss once for each length of name and replays it at machine speed. The names are those of a census, from
the package `names` (`pip install glassgrad[names]`); without it the 1,264 commonest of them serve.
"""

from __future__ import annotations

import argparse
import random
import time

import numpy as np

import nn
from autograd import Value, jit, logsumexp, mean, no_grad, softmax, take
from nn.tasks.names import END, LETTERS, first_names

WIDTH, HEADS, LONGEST = 16, 4, 16


def matrix(rows: int, columns: int, rng: random.Random) -> list[list[Value]]:
    return [[Value(rng.gauss(0, 0.08)) for _ in range(columns)] for _ in range(rows)]


def dot(xs, ys):
    """One multiplication and one addition at a time; that these are dot products is found out by `jit`."""
    return sum(x * y for x, y in zip(xs, ys, strict=True))


def linear(x, weights):
    return [dot(row, x) for row in weights]


def normalized(x):
    """x scaled to a mean square of 1."""
    scale = (mean([xi * xi for xi in x]) + 1e-5) ** -0.5
    return [xi * scale for xi in x]


class Transformer(nn.Module):
    """One block: attention over the letters so far, then a layer of neurons, each added to what came in."""

    def __init__(self, seed: int) -> None:
        rng = random.Random(seed)
        n = END + 1
        self.letters, self.places = matrix(n, WIDTH, rng), matrix(LONGEST, WIDTH, rng)
        self.query, self.key, self.value, self.out = (matrix(WIDTH, WIDTH, rng) for _ in range(4))
        self.wide, self.narrow = matrix(4 * WIDTH, WIDTH, rng), matrix(WIDTH, 4 * WIDTH, rng)
        self.head = matrix(n, WIDTH, rng)

    def logits(self, letter, place: int, keys: list, values: list, seen: list | None = None) -> list:
        """The logits of the next letter; what this letter offers to later ones is added to keys and values, and how
        much it looks at each letter so far to `seen`, a list for each head."""
        x = normalized([a + b for a, b in zip(take(self.letters, letter), self.places[place], strict=True)])
        y = normalized(x)
        q = linear(y, self.query)
        keys.append(linear(y, self.key))
        values.append(linear(y, self.value))
        heard = []
        size = WIDTH // HEADS
        for h in range(0, WIDTH, size):
            part = slice(h, h + size)
            weights = softmax([dot(q[part], k[part]) * size**-0.5 for k in keys])
            if seen is not None:
                seen.append([float(w) for w in weights])
            heard += [dot(weights, [v[j] for v in values]) for j in range(h, h + size)]
        x = [a + b for a, b in zip(x, linear(heard, self.out), strict=True)]
        hidden = [h.relu() for h in linear(normalized(x), self.wide)]
        x = [a + b for a, b in zip(x, linear(hidden, self.narrow), strict=True)]
        return linear(x, self.head)


def loss_of(model: Transformer):
    """The mean cross-entropy of a name, given as an array of letters that begins and ends with END, recorded."""

    @jit
    def loss(letters):
        keys, values, losses = [], [], []
        for place in range(len(letters) - 1):
            logits = model.logits(letters[place], place, keys, values)
            losses.append(logsumexp(logits) - take(logits, letters[place + 1]))
        return mean(losses)

    return loss


def encoded(name: str) -> np.ndarray:
    return np.array([END, *map(LETTERS.index, name), END])


def invented(model: Transformer, rng: random.Random, temperature: float = 0.5) -> str:
    """A name drawn letter by letter."""
    letter, name, keys, values = END, "", [], []
    with no_grad():
        for place in range(LONGEST):
            weights = [w.data for w in softmax([x / temperature for x in model.logits(letter, place, keys, values)])]
            letter = rng.choices(range(END + 1), weights)[0]
            if letter == END:
                break
            name += LETTERS[letter]
    return name


def main(arguments: list[str] | None = None) -> float:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=42)
    options = parser.parse_args(arguments)
    rng = random.Random(options.seed)
    names = list(first_names())
    rng.shuffle(names)
    model = Transformer(options.seed)
    parameters = model.parameters()
    print(f"{len(names)} names, {len(parameters)} parameters")
    optimizer, loss = nn.Adam(parameters, lr=0.01, betas=(0.85, 0.99)), loss_of(model)
    started, recent = time.perf_counter(), 0.0
    for step in range(options.steps):
        optimizer.lr = 0.01 * (1 - step / options.steps)
        optimizer.zero_grad()
        error = loss(encoded(names[step % len(names)]))
        error.backward()
        optimizer.step()
        recent = error.data if not step else 0.98 * recent + 0.02 * error.data
    print(f"loss {recent:.3f} after {options.steps} steps in {time.perf_counter() - started:.1f} s; invented:")
    print(" ", ", ".join(invented(model, rng) for _ in range(10)))
    return recent


if __name__ == "__main__":
    main()
