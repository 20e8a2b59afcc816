"""Optimizers that look at all rows for every step: L-BFGS for any loss, Levenberg-Marquardt for squares.

Each is asked for one iteration an epoch and leaves the parameters at the best point it found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograd.arrays.parameters import numbers_of
from nn.numbers import finite
from nn.wording import shown

MEMORY = 20  # pairs of step and change of gradient
MOST_TRIALS = 25
SUFFICIENT = 1e-4  # of the decrease that the slope promises (Armijo)
MOST_PARAMETERS = 3000
CURVED = 0.9  # of the slope may be left (Wolfe)

Measure = Callable[[np.ndarray], tuple[float, np.ndarray]]


class LBFGS:
    """Limited-memory BFGS (Nocedal 1980) with a line search for the Wolfe conditions, by halving and doubling."""

    lr = 1.0

    def __init__(self) -> None:
        self._pairs: list[tuple[np.ndarray, np.ndarray]] = []
        self._here: tuple[np.ndarray, float, np.ndarray] | None = None

    def iterate(self, x: np.ndarray, measure: Measure) -> tuple[np.ndarray, float]:
        """The next point and its loss; the same point where none is better."""
        if self._here is None or not np.array_equal(self._here[0], x):
            self._here = (x, *measure(x))
            self._pairs.clear()
        x, f, g = self._here
        direction = -self._times_inverse(g)
        slope = float(direction @ g)
        if not slope < 0.0:
            self._pairs.clear()
            direction, slope = -g, -float(g @ g)
        length = 1.0 if self._pairs else min(1.0, 1.0 / (float(np.linalg.norm(g)) or 1.0))
        low, high = 0.0, math.inf
        best = None
        for _ in range(MOST_TRIALS):
            tried = x + length * direction
            f_new, g_new = measure(tried)
            if not math.isfinite(f_new) or f_new > f + SUFFICIENT * length * slope:
                high = length
            else:
                best = (tried, f_new, g_new)
                if float(g_new @ direction) >= CURVED * slope:
                    break
                low = length
            length = 0.5 * (low + high) if high < math.inf else 2.0 * length
        if best is None:
            self._pairs.clear()
            return x, f
        step, change = best[0] - x, best[2] - g
        if float(step @ change) > 1e-12 * float(np.linalg.norm(step) * np.linalg.norm(change)):
            self._pairs = [*self._pairs[-MEMORY + 1 :], (step, change)]
        self._here = best
        return best[0], best[1]

    def kept_state(self) -> dict[str, Any]:
        """What it remembers, in arrays that nothing changes any more."""
        return {"optimizer": "LBFGS", "pairs": list(self._pairs), "here": self._here}

    def state_dict(self) -> dict[str, Any]:
        """What it remembers as plain JSON values."""
        here = None if self._here is None else [self._here[0].tolist(), self._here[1], self._here[2].tolist()]
        return {"optimizer": "LBFGS", "pairs": [[s.tolist(), c.tolist()] for s, c in self._pairs], "here": here}

    def load_state_dict(self, state: Any) -> None:
        """Continue where the optimizer that gave `state` stood; raises ValueError and changes nothing."""
        if not isinstance(state, Mapping) or set(state) != {"optimizer", "pairs", "here"}:
            raise ValueError("LBFGS: state must have exactly optimizer, pairs and here")
        if state["optimizer"] != "LBFGS":
            raise ValueError(f"LBFGS: the state is that of {shown(state['optimizer'])}")
        try:
            pairs = [(_vector(step), _vector(change)) for step, change in state["pairs"]]
            here = state["here"]
            if here is not None:
                x, f, g = here
                here = _vector(x), finite(f, "LBFGS: the loss", plain=True), _vector(g)
        except TypeError:
            raise ValueError("LBFGS: pairs and here must be lists of numbers") from None
        vectors = [v for pair in pairs for v in pair] + ([] if here is None else [here[0], here[2]])
        if len({v.shape for v in vectors}) > 1:
            raise ValueError("LBFGS: pairs and here must be of one length")
        self._pairs, self._here = pairs[-MEMORY:], here

    def _times_inverse(self, g: np.ndarray) -> np.ndarray:
        """The inverse of the curvature, as far as the pairs tell of it, times a vector."""
        q = g.copy()
        weights = []
        for step, change in reversed(self._pairs):
            a = float(step @ q) / float(step @ change)
            q -= a * change
            weights.append(a)
        if self._pairs:
            step, change = self._pairs[-1]
            q *= float(step @ change) / float(change @ change)
        for (step, change), a in zip(self._pairs, reversed(weights), strict=True):
            q += step * (a - float(change @ q) / float(step @ change))
        return q


class LevenbergMarquardt:
    """Levenberg-Marquardt (Marquardt 1963): Gauss-Newton, damped as far as a step must be short to go down."""

    lr = 1.0

    def __init__(self) -> None:
        self._damping = 1e-2

    def state_dict(self) -> dict[str, Any]:
        """What it remembers: how much the last step was damped."""
        return {"optimizer": "LevenbergMarquardt", "damping": self._damping}

    def load_state_dict(self, state: Any) -> None:
        """Continue where the optimizer that gave `state` stood; raises ValueError and changes nothing."""
        if not isinstance(state, Mapping) or set(state) != {"optimizer", "damping"}:
            raise ValueError("LevenbergMarquardt: state must have exactly optimizer and damping")
        if state["optimizer"] != "LevenbergMarquardt":
            raise ValueError(f"LevenbergMarquardt: the state is that of {shown(state['optimizer'])}")
        damping = state["damping"]
        if type(damping) is not float or not 1e-15 <= damping <= 1e15:
            raise ValueError(f"LevenbergMarquardt: damping must be in 1e-15..1e15, got {shown(damping)}")
        self._damping = damping

    def iterate(self, x: np.ndarray, residuals: Callable[[np.ndarray, bool], Any]) -> tuple[np.ndarray, float]:
        """The next point and its mean square; `residuals` gives them, and with True their derivatives too."""
        r, jacobian = residuals(x, True)
        f = float(r @ r) / len(r)
        curvature, slope = jacobian.T @ jacobian, jacobian.T @ r
        # One measure for all: scaled by each parameter's own curvature, 300 steps on a sine ended 1,000 times higher.
        scale = np.full(len(x), float(np.diag(curvature).max()) or 1.0)
        for _ in range(MOST_TRIALS):
            try:
                step = -np.linalg.solve(curvature + self._damping * np.diag(scale), slope)
            except np.linalg.LinAlgError:
                self._damping *= 10.0
                continue
            tried = residuals(x + step, False)
            f_new = float(tried @ tried) / len(tried)
            if f_new < f:
                self._damping = max(1e-15, self._damping / 3.0)
                return x + step, f_new
            self._damping = min(1e15, self._damping * 2.0)
        return x, f


def _vector(numbers: Any) -> np.ndarray:
    vector = np.array(numbers, dtype=float)
    if vector.ndim != 1 or not np.isfinite(vector).all():
        raise ValueError("LBFGS: pairs and here must be lists of finite numbers")
    return vector


def check_full_batch(stepper: Any, loss_name: str, model: Any) -> None:
    """Raise ValueError where Levenberg-Marquardt is asked for another loss than squares, or of a huge model."""
    if isinstance(stepper, LevenbergMarquardt):
        if loss_name != "mse":
            raise ValueError(f"fit: 'lm' is for the loss mse, got {loss_name}; take 'lbfgs'")
        count = len(model.parameters())
        if count > MOST_PARAMETERS:
            raise ValueError(
                f"fit: 'lm' solves {count:,} equations each step; at most {MOST_PARAMETERS:,}: take 'lbfgs'"
            )


def full_batch_step(
    stepper: Any, compute: Any, rows: Any, targets: Any, weights: Any, l1: float = 0.0, l2: float = 0.0
) -> float:
    """One iteration on the parameters of what is computed; returns the loss it reached."""
    model = compute.eager.model
    parameters = model.parameters()
    x = np.array(numbers_of(parameters))
    extra = () if weights is None else (weights,)

    def put(point: np.ndarray) -> None:
        for p, number in zip(parameters, point.tolist(), strict=True):
            p.data, p.grad = number, 0.0

    def measure(point: np.ndarray) -> tuple[float, np.ndarray]:
        put(point)
        loss, _ = compute.gradients(rows, targets, *extra)
        gradient = np.array([p.grad for p in parameters])
        penalty = l1 * float(np.abs(point).sum()) + 0.5 * l2 * float(point @ point)
        return loss + penalty, gradient + l1 * np.sign(point) + l2 * point

    def residuals(point: np.ndarray, derivatives: bool) -> Any:
        put(point)
        wanted = targets.array(np.float64)
        root = np.ones(1) if weights is None else np.sqrt(weights)
        r = ((compute.outputs(rows) - wanted).T * root).T.reshape(-1)
        if not derivatives:
            return r
        jacobian = compute.gradients_by_row(parameters, rows)
        return r, ((jacobian.T * root).T).reshape(len(r), len(parameters))

    if isinstance(stepper, LBFGS):
        point, loss = stepper.iterate(x, measure)
    else:
        point, loss = stepper.iterate(x, residuals)
    put(point)
    return loss
