"""What happened in a training run, one record an epoch.

A `History` holds the records and computes its curves from them, so that a run interrupted at any moment leaves curves
of one length.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from autograd.display import mimebundle
from autograd.wording import counted


class Stop(Enum):
    """Why a run stopped, in the words of who asks."""

    ALL_DONE = "all epochs done"
    NO_BETTER = "no better loss"
    CALLBACK = "a callback asked for it"
    INTERRUPTED = "interrupted"
    DIVERGED = "diverged"


@dataclass(frozen=True, slots=True)
class Epoch:
    """One pass over the training rows: losses are means over rows, metrics as `metrics` defines them.

    `val_loss` is None without validation rows. Training figures are gathered while the parameters still move.

    >>> from nn import MLP, fit
    >>> history = fit(MLP(1, [1], seed=1), [[0.0], [1.0]], [1.0, 2.0], epochs=3, progress=False)
    >>> [epoch.number for epoch in history.records]
    [1, 2, 3]
    """

    number: int
    train_loss: float
    val_loss: float | None
    metrics: dict[str, float]
    seconds: float


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All parameters at the end of an epoch, in the order of `model.parameters()`; epoch 0 is before training."""

    epoch: int
    parameters: tuple[float, ...]


@dataclass(slots=True)
class History:
    """The curves of a run and how it ended.

    `best_epoch` counts from 1 and is 0 when no epoch was completed; `reason` is why the run stopped, `stopped` says it;
    `waited` is the patience that a run was ended by; `note` holds a sentence when it did not end as planned, `notes`
    the diagnoses of `nn.training.health`.

    >>> from nn import MLP, fit
    >>> history = fit(MLP(1, [1], seed=1), [[0.0], [1.0]], [1.0, 2.0], epochs=3, progress=False)
    >>> history.epochs, len(history.train_loss), history.stopped
    (3, 3, 'all epochs done')
    """

    loss: str
    optimizer: str
    records: list[Epoch] = field(default_factory=list)
    best_epoch: int = 0
    reason: Stop = Stop.ALL_DONE
    waited: int = 0
    interrupted: bool = False
    diverged: bool = False
    note: str = ""
    notes: list[str] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    state: dict[str, Any] | None = field(default=None, repr=False, compare=False)

    def __setstate__(self, kept: Any) -> None:
        """Take what was pickled, by earlier versions too, which did not know `state` and kept `stopped` as a text."""
        self.state, self.reason, self.waited = None, Stop.ALL_DONE, 0
        for name, value in kept[1].items():
            if name == "stopped":
                self.reason = next((each for each in Stop if value.startswith(each.value)), Stop.ALL_DONE)
                self.waited = next((int(word) for word in value.split() if word.isdigit()), 0)
            else:
                setattr(self, name, value)

    @property
    def stopped(self) -> str:
        """Why the run stopped, in words."""
        if self.reason is not Stop.NO_BETTER:
            return self.reason.value
        return f"{self.reason.value} for {self.waited} epoch{'s' if self.waited > 1 else ''}"

    @property
    def epochs(self) -> int:
        """How many epochs were completed."""
        return len(self.records)

    @property
    def train_loss(self) -> list[float]:
        """The mean training loss of every epoch."""
        return [record.train_loss for record in self.records]

    @property
    def val_loss(self) -> list[float]:
        """The validation loss after every epoch; empty without validation rows."""
        return [record.val_loss for record in self.records if record.val_loss is not None]

    @property
    def metrics(self) -> dict[str, list[float]]:
        """One curve a metric by name, `"accuracy"` for training and `"val_accuracy"` for validation rows."""
        names = self.records[0].metrics if self.records else ()
        return {name: [record.metrics[name] for record in self.records] for name in names}

    @property
    def seconds(self) -> list[float]:
        """The duration of every epoch."""
        return [record.seconds for record in self.records]

    @property
    def best_loss(self) -> float | None:
        """The loss of the best epoch, on validation rows where there are any; None before the first."""
        curve = self.val_loss or self.train_loss
        return curve[self.best_epoch - 1] if self.best_epoch else None

    def as_dict(self) -> dict[str, Any]:
        """The curves and how the run ended, as plain JSON values."""
        return {
            "loss": self.loss,
            "optimizer": self.optimizer,
            "epochs": self.epochs,
            "train_loss": self.train_loss,
            "val_loss": self.val_loss,
            "metrics": self.metrics,
            "seconds": self.seconds,
            "best_epoch": self.best_epoch,
            "stopped": self.stopped,
            "interrupted": self.interrupted,
            "diverged": self.diverged,
            "notes": list(self.notes),
        }

    def table(self) -> list[list[Any]]:
        """A header and one row an epoch, as they go into a CSV file."""
        curves = {"train_loss": self.train_loss, "val_loss": self.val_loss, **self.metrics, "seconds": self.seconds}
        shown = {name: curve for name, curve in curves.items() if curve}
        return [["epoch", *shown], *([i + 1, *figures] for i, figures in enumerate(zip(*shown.values(), strict=True)))]

    def __repr__(self) -> str:
        if not self.epochs:
            return f"History(no epoch completed, {self.stopped})"
        parts = [counted(self.epochs, "epoch"), f"train_loss {self.train_loss[-1]:.4g}"]
        if self.best_loss is not None:
            parts.append(f"best {'val_loss' if self.val_loss else 'train_loss'} {self.best_loss:.4g}")
            parts[-1] += f" in epoch {self.best_epoch}"
        return f"History({', '.join(parts)}, {self.stopped})"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return mimebundle(self)
