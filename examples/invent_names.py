"""A character transformer written with scalars, trained through `jit` on first names; it prints names it invents.

    python examples/invent_names.py --steps 1000

All 70,000 operations for a name of eight letters are written out; `jit` records the loss once for each length of name
and replays it at machine speed, for 16 names side by side. `pip install glassgrad[names]` brings more names along.
"""

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


def linear(x, weights, add=None):
    sums = [dot(row, x) for row in weights]
    return sums if add is None else [a + z for a, z in zip(add, sums, strict=True)]


def normalized(x):  # to a mean square of 1
    scale = (mean([xi * xi for xi in x]) + 1e-5) ** -0.5
    return [xi * scale for xi in x]


class Transformer(nn.Module):
    """One block: attention over the letters so far, then a layer of neurons, each added to what came in."""

    def __init__(self, seed: int) -> None:
        rng = random.Random(seed)
        self.letters, self.places, self.head = (matrix(n, WIDTH, rng) for n in (END + 1, LONGEST, END + 1))
        self.query, self.key, self.value, self.out = (matrix(WIDTH, WIDTH, rng) for _ in range(4))
        self.wide, self.narrow = matrix(4 * WIDTH, WIDTH, rng), matrix(WIDTH, 4 * WIDTH, rng)

    def logits(self, letter, place: int, keys: list, values: list, seen: list | None = None) -> list:
        """The logits of the next letter; what this letter offers to later ones is added to keys and values, and how
        much it looks at each letter so far to `seen`, a list for each head."""
        x = normalized([a + b for a, b in zip(take(self.letters, letter), self.places[place], strict=True)])
        y = normalized(x)
        q, heard, size = linear(y, self.query), [], WIDTH // HEADS
        keys.append(linear(y, self.key))
        values.append(linear(y, self.value))
        for h in range(0, WIDTH, size):
            weights = softmax([dot(q[h : h + size], k[h : h + size]) * size**-0.5 for k in keys])
            if seen is not None:
                seen.append([float(w) for w in weights])
            heard += [dot(weights, [v[j] for v in values]) for j in range(h, h + size)]
        x = linear(heard, self.out, x)
        hidden = [h.relu() for h in linear(normalized(x), self.wide)]
        return linear(linear(hidden, self.narrow, x), self.head)

    def invent(self, rng: random.Random, temperature: float = 0.5) -> str:
        """A name drawn letter by letter."""
        name, keys, values = [END], [], []
        while len(name) <= LONGEST and (len(name) == 1 or name[-1] != END):
            with no_grad():
                logits = [x.data / temperature for x in self.logits(name[-1], len(name) - 1, keys, values)]
            name += rng.choices(range(END + 1), softmax(logits))
        return "".join(LETTERS[k] for k in name if k != END)


def loss_of(model: Transformer):
    """The mean cross-entropy of a name, given as an array of letters that begins and ends with END, recorded."""

    @jit
    def loss(letters):
        keys, values = [], []
        logits = [model.logits(letters[k], k, keys, values) for k in range(len(letters) - 1)]
        return mean([logsumexp(z) - take(z, letters[k + 1]) for k, z in enumerate(logits)])

    return loss


def encoded(name: str) -> np.ndarray:
    return np.array([END, *map(LETTERS.index, name), END])


def train(model: Transformer, names: list[str], steps: int, rng: random.Random) -> float:
    """Leaves the model trained, on up to 16 names of one length in each step; returns the mean of the last losses."""
    same = {length: [encoded(name) for name in names if len(name) == length] for length in set(map(len, names))}
    loss, losses = loss_of(model), []
    optimizer = nn.AdamW(model.parameters(), lr=0.01, betas=(0.9, 0.99), weight_decay=0.05)
    for step in range(steps):
        group = same[len(rng.choice(names))]
        optimizer.lr = 0.01 * (1 - step / steps)
        optimizer.zero_grad()
        losses.append(loss.mean(np.array(rng.sample(group, min(16, len(group))))))
        losses[-1].backward()
        optimizer.step()
    return float(mean(losses[-50:]))


def main(arguments: list[str] | None = None) -> float:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=1000)
    steps = parser.parse_args(arguments).steps
    rng, names, model, started = random.Random(42), list(first_names()), Transformer(42), time.perf_counter()
    loss, taken = train(model, names, steps, rng), time.perf_counter() - started
    print(f"{len(names)} names, loss {loss:.3f} after {steps} steps in {taken:.1f} s; invented:")
    print(" ", ", ".join(model.invent(rng) for _ in range(10)))
    return loss


if __name__ == "__main__":
    main()
