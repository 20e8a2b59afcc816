"""How the step size changes during a run: a factor for each step, by name or as any function of the step.

A function is given the step, counted from 0, and how many there will be at most.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from nn.numbers import finite
from nn.wording import shown, suggestion

Schedule = Callable[[int, int], float]
WARM_UP = 0.1  # of all steps
RISE = 0.3


def constant(step: int, steps: int) -> float:
    """1 all the time."""
    return 1.0


def cosine(step: int, steps: int) -> float:
    """From 1 to 0 along half a cosine (Loshchilov and Hutter 2017)."""
    return 0.5 * (1.0 + math.cos(math.pi * min(1.0, step / max(1, steps))))


def one_cycle(step: int, steps: int) -> float:
    """Up from a tenth within the first three tenths, then down to 0 (Smith 2018)."""
    done = step / max(1, steps)
    if done < RISE:
        return 0.1 + 0.9 * 0.5 * (1.0 - math.cos(math.pi * done / RISE))
    return 0.5 * (1.0 + math.cos(math.pi * min(1.0, (done - RISE) / (1.0 - RISE))))


def in_steps(step: int, steps: int) -> float:
    """A third of it after each third of the run."""
    return 3.0 ** -min(2, 3 * step // max(1, steps))


def exponential(step: int, steps: int) -> float:
    """Down to a hundredth at the end."""
    return 0.01 ** (step / max(1, steps))


def warm_up(step: int, steps: int) -> float:
    """Up from almost nothing within the first tenth, then 1."""
    return min(1.0, (step + 1) / max(1.0, WARM_UP * steps))


class Plateau:
    """Half of it whenever the loss has not fallen for `patience` epochs."""

    def __init__(self, patience: int = 5) -> None:
        self.patience = patience
        self.factor = 1.0
        self._best = math.inf
        self._waited = 0

    def __call__(self, step: int, steps: int) -> float:
        return self.factor

    def see(self, loss: float) -> None:
        """Take note of the loss of an epoch."""
        self._waited = 0 if loss < self._best else self._waited + 1
        self._best = min(self._best, loss)
        if self._waited >= self.patience:
            self.factor *= 0.5
            self._waited = 0

    def state_dict(self) -> dict[str, Any]:
        """What it remembers of the epochs so far."""
        return {"factor": self.factor, "best": self._best, "waited": self._waited}

    def load_state_dict(self, state: Any) -> None:
        """Go on where the schedule that gave `state` stood."""
        if not isinstance(state, Mapping) or set(state) != {"factor", "best", "waited"}:
            raise ValueError("Plateau: state must have exactly factor, best and waited")
        factor = finite(state["factor"], "Plateau: factor", plain=True)
        best = state["best"]
        self._best = math.inf if best is None else finite(best, "Plateau: best", plain=True)
        if type(state["waited"]) is not int:
            raise ValueError(f"Plateau: waited must be a whole number, got {shown(state['waited'])}")
        self.factor, self._waited = factor, state["waited"]


SCHEDULES: dict[str, Callable[[], Schedule]] = {
    "constant": lambda: constant,
    "cosine": lambda: cosine,
    "one_cycle": lambda: one_cycle,
    "step": lambda: in_steps,
    "exponential": lambda: exponential,
    "plateau": Plateau,
    "warmup": lambda: warm_up,
}


def chosen_schedule(schedule: Any) -> Any:
    """The schedule of a name, a function of the step as it is, or none."""
    if schedule is None:
        return constant
    if isinstance(schedule, str):
        if schedule not in SCHEDULES:
            raise ValueError(f"fit: unknown schedule {shown(schedule)}{suggestion(schedule, SCHEDULES)}")
        return SCHEDULES[schedule]()
    if not callable(schedule):
        raise TypeError(f"fit: schedule must be a name or a function of step and steps, got {type(schedule).__name__}")
    return schedule
