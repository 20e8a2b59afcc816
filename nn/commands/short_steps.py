"""Steps too short, of a network that began as the linear model: what it answers well it did not learn in them.

`nn.training.health` judges by how the loss falls, which from there may be little in the best of runs. So it is judged
here by how far the weights went, and only where somebody asked for a learning rate far below the usual one.
"""

from __future__ import annotations

import numpy as np

from nn.commands.cures import Run
from nn.history import History
from nn.training.diagnoses import TOO_SMALL, sentence


def without_short(notes: list[str]) -> list[str]:
    """The notes but for the one on short steps, which a network that begins as the linear model may well take."""
    return [note for note in notes if getattr(note, "kind", "") != "small"]


def short_steps(history: History, run: Run) -> list[str]:
    """The sentence on steps that are too short, where they were."""
    moments = history.snapshots
    if not run.slow or history.diverged or len(moments) < 2 or moments[0].epoch:
        return []
    start, end = (np.array(moment.parameters) for moment in (moments[0], moments[-1]))
    moved = float(np.linalg.norm(end - start) / (np.linalg.norm(start) or 1.0))
    if moved >= TOO_SMALL:
        return []
    curve = history.train_loss
    now = f" (it is {run.chosen.lr:g})"
    return [sentence("small", moved=moved, start=curve[0], end=curve[-1], now=now, ratio=0.0)]
