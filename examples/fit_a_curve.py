"""Exact derivatives of an ordinary Python function: fit a cooling curve by Newton's method.

The model is a plain function of its parameters; `grad` and `hessian` differentiate it exactly, so Newton's method
converges in a handful of steps and the curvature at the end gives the parameters' standard errors.
"""

import argparse

import numpy as np

from autograd import exp, grad, hessian

MINUTES = [0.0, 2.0, 4.0, 8.0, 12.0, 20.0, 30.0]
DEGREES = [91.2, 80.1, 71.3, 57.4, 47.9, 35.7, 28.6]


def temperature(p: dict, t: float):
    """Newton's law of cooling: from `start` towards `room`, the faster the larger `rate`."""
    return p["room"] + (p["start"] - p["room"]) * exp(-p["rate"] * t)


def misfit(p: dict):
    """Half the sum of squared differences from the measurements."""
    return sum((temperature(p, t) - measured) ** 2 for t, measured in zip(MINUTES, DEGREES, strict=True)) / 2


def main() -> None:
    p = {"start": 90.0, "room": 20.0, "rate": 0.1}
    names = list(p)
    for step in range(20):
        g = np.array([grad(misfit)(p)[name] for name in names])
        rows = hessian(misfit)(p)
        h = np.array([[rows[a][b] for b in names] for a in names])
        move = np.linalg.solve(h, g)
        p = {name: p[name] - float(delta) for name, delta in zip(names, move, strict=True)}
        print(f"step {step + 1}: misfit {misfit(p):.6f}")
        if np.abs(move).max() < 1e-9:
            break
    variance = 2 * misfit(p) / (len(MINUTES) - len(names))
    errors = np.sqrt(variance * np.diag(np.linalg.inv(h)))
    for name, error in zip(names, errors, strict=True):
        print(f"{name:5} = {p[name]:8.4f} +- {error:.4f}")


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    main()
