"""Runs that went on to learn their rows by heart, which patience and the kept epoch hide from all but the figures."""

from __future__ import annotations

import numpy as np

from nn.history import History

AS_GOOD = 1.02  # times the best validation loss
FELL = 0.5  # of the training loss, from there on
APART, FAR_APART = 5.0, 20.0  # times the training loss, at the end; the second whether that fell or not
AT_ALL = 0.05  # a validation loss below which nothing is left to learn
FEWEST = 5  # epochs


def by_heart(history: History) -> str:
    """A sentence on the epoch from which on a run only learned by heart, "" where it did not."""
    train, validation = history.train_loss, history.val_loss
    told = any(getattr(note, "kind", "") == "overfitted" for note in history.notes)
    if told or history.diverged or not history.best_epoch or len(validation) < FEWEST:
        return ""
    best = min(validation)
    k = int(np.argmax(np.array(validation) <= AS_GOOD * best))
    apart = validation[-1] > APART * train[-1] and train[-1] < FELL * train[k]
    apart = apart or validation[-1] > FAR_APART * train[-1]
    if best <= AT_ALL or not apart or len(validation) - k < FEWEST:
        return ""
    kept = "that epoch" if history.best_epoch == k + 1 else f"epoch {history.best_epoch}"
    return (
        f"from epoch {k + 1} on it only learned by heart: the training loss fell from {train[k]:.3g} to "
        f"{train[-1]:.3g}, and the best validation loss is {best:.3g}; {kept} was kept"
    )
