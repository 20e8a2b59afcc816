"""The further networks of a run, of which its model becomes the average.

Each leaves out other rows, by which its epoch is chosen. Networks of a second kind see numbers as steps too
(`tables.steps`); how much they count beside the others, if anything, is decided by the answers for the rows left out.
How many are trained follows from an estimate of their time and not from a clock, so that a seed gives the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn.evaluators import evaluator
from nn.layers import MLP
from nn.samples import Samples, split_order
from nn.tables.data import Dataset, encoded_by
from nn.tables.schema import Schema, places_without_steps, with_steps
from nn.tables.targets import ClassTarget
from nn.training.blending import HOPELESS, LeftOut, loss_of, share_of_second
from nn.training.ensembles import fresh_member, join, widen
from nn.training.linear_start import start_from_linear
from nn.training.settings import DROPOUT, Settings, stepped_settings

AFFORDABLE = 5.0  # seconds for the networks of a kind where nobody asked for a number of them, by the estimate
STEP, NUMBER = 7e-5, 1.2e-9  # seconds of a training step, and more for each parameter and row of it
FEWEST = 3  # networks with steps: an average of fewer says little about all

# (network, rows to train on, rows to choose the epoch by, settings, seed) -> History
Train = Callable[[Any, Samples, Samples, Settings, int], Any]


@dataclass(frozen=True, slots=True)
class Found:
    """Networks beside the first.

    Attributes:
        plain: for the same inputs as the first. stepped: for those of `data`, whose numbers are steps too.
        share: how much the stepped ones count of all.
        data: the rows as the average of them all is asked for them.
    """

    plain: list[MLP]
    stepped: list[MLP]
    share: float
    data: Dataset

    def words(self, first: str) -> str:
        """What the model now is, which was `first`."""
        if not self.stepped:
            return f"the model is the average of {first} and {len(self.plain)} more networks"
        return (
            f"the model is the average of {first}, {len(self.plain)} more networks and {len(self.stepped)} that see "
            f"numbers as steps too, which count {self.share:.0%} together"
        )

    def average(self, model: MLP) -> None:
        """Make the first network the average of all."""
        alone = 1 + len(self.plain)
        shares = [(1.0 - self.share) / alone] * alone + [self.share / max(1, len(self.stepped))] * len(self.stepped)
        if self.stepped:
            places, inputs = places_without_steps(self.data.schema), len(self.data.schema.inputs)
            for network in (model, *self.plain):
                widen(network, places, inputs)
        join(model, [*self.plain, *self.stepped], shares)


def further_networks(
    model: MLP, data: Dataset, chosen: Settings, *, train: Train, seed: int, asked: bool, steps: bool
) -> Found:
    """Train the networks beside `model`, which was trained on the rows that `data` gives it.

    `asked`: whether the user said how many, who then waits for them. `steps`: whether the second kind is tried.
    """
    count = chosen.ensemble
    if not asked:
        count = min(count, 1 + _affordable(len(model.parameters()), data, chosen))
    if count == 1:
        return Found([], [], 0.0, data)
    classes = len(data.schema.target.classes) if isinstance(data.schema.target, ClassTarget) else None
    plain = _Kind(data, chosen.ensemble, seed)
    first_loss = plain.add(0, model)
    for i in range(1, count):
        network = fresh_member(model, seed + 1000 * i)
        kept, left = plain.parts(i)
        if data.table is not None:
            start_from_linear(network, kept.rows, kept.targets, classes)
        if not train(network, kept, left, chosen, seed + i).diverged:
            plain.add(i, network)
    if steps and data.validation:
        stepped = _with_steps(data, chosen, first_loss, train=train, seed=seed, most=count)
        share = 0.0 if stepped is None else plain.share_of(stepped)
        if stepped is not None and share:
            return Found(plain.networks[1:], stepped.networks, share, stepped.data)
    return Found(plain.networks[1:], [], 0.0, data)


def _with_steps(
    data: Dataset, chosen: Settings, first_loss: float, *, train: Train, seed: int, most: int
) -> _Kind | None:
    """Networks that see numbers as steps too; None where there are no steps, where they would take too long, whoever
    asked for how many, or where the first is hopelessly behind the loss of the first without them."""
    assert data.table is not None
    settings = stepped_settings(chosen)
    few = min(FEWEST, chosen.ensemble)

    def count(schema: Schema) -> int:
        parameters = (len(schema.inputs) + 1) * settings.hidden[0] + (settings.hidden[0] + 1) * schema.outputs
        return min(most, _affordable(parameters, data, settings))

    # Steps are not even looked for where the plain inputs alone are too many.
    schema = with_steps(data.schema, data.table, data.indexes[0]) if count(data.schema) >= few else data.schema
    if not schema.stepped or count(schema) < few:
        return None
    kind = _Kind(encoded_by(schema, data), chosen.ensemble, seed)
    for i in range(count(schema)):
        shape = [*settings.hidden, schema.outputs]
        network = MLP(len(schema.inputs), shape, seed=seed + 1000 * i + 500, dropout=DROPOUT)
        if train(network, *kind.parts(i), settings, seed + i).diverged:
            return None
        if kind.add(i, network) > HOPELESS * first_loss and i == 0:
            return None
    return kind


class _Kind:
    """Networks for the same inputs, and their answers for the rows that each leaves out."""

    def __init__(self, data: Dataset, count: int, seed: int) -> None:
        self.networks: list[MLP] = []
        self.data = data
        self._rows = np.concatenate([data.train.rows, data.validation.rows])
        self._targets = np.concatenate([data.train.targets, data.validation.targets])
        self._classes = isinstance(data.schema.target, ClassTarget)
        self._divisions = _divisions(data, count, seed)
        self._left_out = LeftOut(len(self._rows))

    def parts(self, i: int) -> tuple[Samples, Samples]:
        """The rows that the i-th network is trained on, and those that it leaves out."""
        left = self._divisions[i]
        kept = np.delete(np.arange(len(self._rows)), left)
        return Samples(self._rows[kept], self._targets[kept]), Samples(self._rows[left], self._targets[left])

    def add(self, i: int, network: MLP) -> float:
        """Take the i-th network in; the loss of its answers for the rows that it left out."""
        self.networks.append(network)
        _, left = self.parts(i)
        if not left:
            return 0.0
        outputs = evaluator(network).outputs(left.rows)
        self._left_out.add(self._divisions[i], outputs)
        return loss_of(outputs, left.targets, classes=self._classes)

    def share_of(self, other: _Kind) -> float:
        """How much the other kind counts beside this one."""
        return share_of_second(self._left_out, other._left_out, self._targets, classes=self._classes)


def _divisions(data: Dataset, count: int, seed: int) -> list[np.ndarray]:
    """The rows that each network leaves out, counted through those to train on and then those to validate with.

    The first leaves out the latter, as the data are divided; each of the others as many rows that none has left out
    before, as long as there are any. All leave out the same where order or groups count.
    """
    rows, size = len(data.train), len(data.validation)
    divided = [np.arange(rows, rows + size)]
    if not size or data.fixed:
        return divided * count
    labels = data.train.targets if isinstance(data.schema.target, ClassTarget) else np.zeros(rows)
    order = np.empty(0, dtype=np.int64)
    for i in range(1, count):
        if len(order) < size:
            order = split_order(labels, seed=seed + i)
        divided.append(order[:size])
        order = order[size:]
    return divided


def _affordable(parameters: int, data: Dataset, settings: Settings) -> int:
    """How many networks of so many parameters can be trained in the time that is given to them unasked."""
    size = min(settings.batch_size or len(data.train), len(data.train))
    steps = settings.epochs * -(-len(data.train) // size)
    return int(AFFORDABLE / (steps * (STEP + NUMBER * parameters * size)))
