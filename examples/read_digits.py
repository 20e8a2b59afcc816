"""Images: a network of 64-64-10 scalars reads handwritten digits; its worst mistakes, and a page to draw on.

    python examples/read_digits.py digits.html

With scikit-learn there are 1,797 digits, else the 1,000 that come with the package. The page has a pad: draw a digit,
see what the network takes it for and what each pixel adds to that.
"""

import argparse

import numpy as np

from autograd import grad
from nn import MLP, fit, predict
from nn.metrics import accuracy, class_probabilities
from nn.tables.data import digits
from nn.tasks.handwriting import INK, some_digits
from viz import playground

SHADES = " .:-=+*#%@"


def pictures() -> tuple[np.ndarray, np.ndarray]:
    """All digits there are: rows of 64 numbers from 0 to 1, and what they show."""
    try:
        X, y = digits()
    except ImportError:
        return some_digits()
    return np.array(X) / INK, np.array(y)


def shown(picture) -> list[str]:
    """A picture as eight lines of text."""
    lines = np.reshape(picture, (8, 8))
    return ["".join(SHADES[round(float(x) * (len(SHADES) - 1))] * 2 for x in line) for line in lines]


def added(model: MLP, picture, digit: int) -> list[float]:
    """What each pixel adds to the sum for `digit`: ink times derivative, exact where no neuron bends on the way."""
    slopes = grad(lambda x: model(x)[digit])(list(picture))
    return [float(x * slope) for x, slope in zip(picture, slopes, strict=True)]


def main(path: str) -> float:
    X, y = pictures()
    order = np.random.default_rng(0).permutation(len(X))
    held, train = np.split(order, [len(X) // 5])
    model = MLP(64, [64, 10], "relu", seed=0)
    fit(model, X[train], y[train], epochs=40, lr=0.005, batch_size=32, l2=1e-3, schedule="cosine", progress=False)
    answers = class_probabilities(predict(model, X[held]))
    share = accuracy(answers, y[held])
    print(f"{len(train)} digits to learn from, {len(held)} held out: {100 * share:.1f} % right")
    worst = sorted(range(len(held)), key=lambda i: answers[i][y[held][i]])[:3]
    for i in worst:
        picture, digit = X[held][i], int(y[held][i])
        says = int(answers[i].argmax())
        print(f"\na {digit}, taken for a {says} with {100 * answers[i][says]:.0f} %; at the right what speaks for that")
        speaks = np.maximum(0.0, added(model, picture, says))
        for ink, line in zip(shown(picture), shown(speaks / max(1e-9, speaks.max())), strict=True):
            print(f"  {ink} | {line}")
    playground(model, X[order], y[order], path, title="digits", picture=(8, 8), held_out=len(held))
    print(f"\ndraw your own: {path}")
    return share


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page", nargs="?", default="digits.html", help="the file for the page (digits.html)")
    main(parser.parse_args().page)
