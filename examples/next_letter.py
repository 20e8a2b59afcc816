"""Language: which letter comes next in a name? Three models, from counting to attention, and how well each foresees.

    python examples/next_letter.py attention.svg

The loss is the mean of -log p of the right letter, over names that were held out: log 27 = 3.296 for a model that knows
nothing. The picture shows which letters the transformer looks at while it spells a name.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
from invent_names import Transformer, encoded, loss_of
from invent_names import train as learn

from autograd import no_grad
from nn import MLP, fit
from nn.formats.files import write_whole
from nn.tasks.names import LETTERS, first_names, next_letters, one_hot
from viz.svg.labels import xml


def bigram(train: list[str], held: list[str]) -> float:
    """Counting: how often does each letter follow each other one?"""
    before, letter = next_letters(train, 1)
    counts = np.ones((27, 27))  # one more than seen: nothing is impossible
    np.add.at(counts, (before[:, 0], letter), 1.0)
    shares = counts / counts.sum(axis=1, keepdims=True)
    before, letter = next_letters(held, 1)
    return float(-np.log(shares[before[:, 0], letter]).mean())


def mlp(train: list[str], held: list[str]) -> float:
    """A network that sees the last three letters."""
    before, letter = next_letters(train, 3)
    other, right = next_letters(held, 3)
    model = MLP(81, [64, 27], "tanh", seed=1)
    history = fit(
        model, one_hot(before), letter, validation=(one_hot(other), right), epochs=10, lr=0.005, batch_size=64,
        patience=2, progress=False,
    )  # fmt: skip
    return min(history.val_loss)


def transformer(train: list[str], held: list[str], steps: int) -> tuple[float, Transformer]:
    """Attention: every letter looks at all letters before it."""
    model = Transformer(1)
    learn(model, train, steps, random.Random(1))
    loss = loss_of(model)
    with no_grad():
        total = sum(float(loss(encoded(name))) * (len(name) + 1) for name in held)
    return total / sum(len(name) + 1 for name in held), model


def attention_picture(model: Transformer, name: str) -> str:
    """An SVG: a row for each letter that has been read, dark where it looks; the mean of the four heads."""
    letters = "." + name
    keys, values, side = [], [], 34
    parts = []
    for place, letter in enumerate(letters):
        seen: list[list[float]] = []
        model.logits(LETTERS.index(letter), place, keys, values, seen)
        y = 40 + side * place
        parts.append(f'<text x="20" y="{y + 22}" text-anchor="middle">{xml(letter)}</text>')
        parts.append(f'<text x="{40 + side * place + 17}" y="28" text-anchor="middle">{xml(letter)}</text>')
        for k, share in enumerate(np.mean(seen, axis=0)):
            shade = f'fill="#0072b2" fill-opacity="{share:.3f}" stroke="#888"'
            parts.append(f'<rect x="{40 + side * k}" y="{y}" width="{side}" height="{side}" {shade}/>')
    size = 50 + side * len(letters)
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}"'
    paper = '<rect width="100%" height="100%" fill="#fff"/>'
    return f'{frame} font-family="monospace" font-size="18">{paper}{"".join(parts)}</svg>\n'


def main(arguments: list[str] | None = None) -> dict[str, float]:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("picture", nargs="?", help="where to write which letters are looked at (SVG)")
    parser.add_argument("--steps", type=int, default=12_000, help="of the transformer, 16 names each")
    parser.add_argument("--names", type=int, help="how many, at most")
    options = parser.parse_args(arguments)
    names = list(first_names())
    random.Random(1).shuffle(names)
    names = names[: options.names]
    held, train = names[: len(names) // 10], names[len(names) // 10 :]
    print(f"{len(train)} names to learn from, {len(held)} held out; loss of the letters held out:")
    found = {"nothing known": float(np.log(27.0)), "bigram": bigram(train, held), "MLP": mlp(train, held)}
    found["transformer"], model = transformer(train, held, options.steps)
    for name, loss in found.items():
        print(f"  {name:14}{loss:.3f}")
    rng = random.Random(1)
    for temperature in (0.3, 0.7, 1.2):
        print(f"temperature {temperature}: {', '.join(model.invent(rng, temperature) for _ in range(6))}")
    if options.picture:
        write_whole(Path(options.picture), attention_picture(model, held[0]).encode())
        print(f"what is looked at in {held[0]}: {options.picture}")
    return found


if __name__ == "__main__":
    main()
