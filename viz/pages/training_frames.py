"""What a training page shows of one moment of a run, computed from the parameters of that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from viz.learning.boundary import plane
from viz.learning.classes import is_classes
from viz.pages.quantized import class_bytes, scaled_bytes, signed_bytes, spread

if TYPE_CHECKING:
    import numpy

    from nn.history import Snapshot
    from viz.learning.responses import Probe

    Array = numpy.ndarray

NEURONS = 24  # shown of a layer
_SIDE = 64  # points along a side of the picture of the model's answer
_SIDE_OF_UNKNOWN = 32  # the same for a model that has to be called point by point
_STEPS = 200  # places along the curve of a model of one input
_NEURON_BYTES = 700_000  # for all pictures of single neurons together
_WEIGHT_BYTES = 700_000  # for all moments together
_WEIGHTS = 50_000  # shown of a layer, as whole neurons
_POINTS = 600
_CONFUSION = 30  # classes; a larger table of confusion is read by nobody
_ROWS = 2000  # rows that the figures of a moment are computed from


class Show:
    """One model on one set of rows, ready to be computed at every moment of its training."""

    def __init__(self, asked: Probe, rows: Array, targets: list[Any], *, moments: int, regression: bool) -> None:
        self.asked, self.all_rows = asked, rows
        chosen = spread(range(len(rows)), _ROWS)
        self.rows, self.targets = rows[chosen], [targets[k] for k in chosen]
        self.flat = rows.shape[1] == 2
        self.classes = 0
        width = asked.outputs(rows[:1], asked.current()).shape[1]
        if not regression and is_classes(targets, width):
            self.classes = max(2, width)
        neurons = sum(min(NEURONS, len(layer)) for layer in asked.places)
        fitting = int((_NEURON_BYTES / (max(neurons, 1) * moments)) ** 0.5)
        self.small = max(8, min(24, fitting))
        self.side = _SIDE if asked.places else _SIDE_OF_UNKNOWN
        self.straight = rows.shape[1] == 1 and not self.classes
        self.low, self.high = self._range()

    def _range(self) -> tuple[float, float]:
        if self.classes:
            return 0.0, 1.0
        numbers = [target[0] if isinstance(target, list) else target for target in self.targets]
        low, high = float(min(numbers)), float(max(numbers))
        room = 0.15 * (high - low) if self.straight else 0.0  # a curve may go beyond the points, a color may not
        return low - room, high + room

    def plane_facts(self) -> dict[str, Any] | None:
        if not self.flat:
            return None
        x, y = plane(self.all_rows)
        return {"x": list(x), "y": list(y), "side": self.side, "small": self.small, "low": self.low, "high": self.high}

    def line_facts(self) -> dict[str, Any] | None:
        """The window on the curve of a model of one input."""
        if not self.straight:
            return None
        return {"x": list(self._ends()), "y": [self.low, self.high]}

    def points(self) -> list[list[float]]:
        """Some of the rows with their class, or their place between the lowest and the highest target."""
        if not self.flat and not self.straight:
            return []
        from nn.metrics import target_class

        span = self.high - self.low or 1.0
        found = []
        for k in spread(range(len(self.rows)), _POINTS):
            target = self.targets[k]
            number: Any = target[0] if isinstance(target, list) else target
            shown = target_class(target) if self.classes else round((number - self.low) / span, 4)
            found.append([*(float(f"{x:.5g}") for x in self.rows[k]), shown])
        return found

    def frame(self, moment: Snapshot) -> dict[str, Any]:
        """Everything that is shown of one moment."""
        from nn.metrics import accuracy, confusion_matrix

        frame: dict[str, Any] = {"epoch": moment.epoch}
        if self.classes:
            outputs = self.asked.outputs(self.rows, moment.parameters).tolist()
            answers = [row[0] if len(row) == 1 else row for row in outputs]
            if self.classes <= _CONFUSION:
                frame["confusion"] = confusion_matrix(answers, self.targets)
            frame["right"] = accuracy(answers, self.targets)
        frame["weights"] = [signed_bytes(layer[: shown_rows(layer)]) for layer in self.asked.weights(moment.parameters)]
        if self.straight:
            import numpy as np

            places = np.linspace(*self._ends(), _STEPS)[:, None]
            frame["line"] = scaled_bytes(self.asked.outputs(places, moment.parameters)[:, 0], self.low, self.high)
        if self.flat:
            outputs = self.asked.outputs(self._grid(self.side), moment.parameters)
            frame["answer"] = (
                class_bytes(outputs, self.classes) if self.classes else scaled_bytes(outputs[:, 0], self.low, self.high)
            )
            if self.asked.places:
                layers = self.asked.answers(self._grid(self.small), moment.parameters)
                frame["neurons"] = [[signed_bytes(answer) for answer in layer.T[:NEURONS]] for layer in layers]
        return frame

    def _ends(self) -> tuple[float, float]:
        low, high = float(self.all_rows.min()), float(self.all_rows.max())
        room = 0.05 * (high - low) or 1.0
        return low - room, high + room

    def _grid(self, side: int) -> Array:
        """Points (side * side, 2) over the plane, line by line from the top, as pictures are painted."""
        import numpy as np

        (left, right), (bottom, top) = plane(self.all_rows)
        xs, ys = np.linspace(left, right, side), np.linspace(top, bottom, side)
        return np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)


def fitting_moments(asked: Probe, wanted: int) -> int:
    """How many moments of a model's weights a page has room for; at least two."""
    weights = sum(shown_rows(layer) * layer.shape[1] for layer in asked.places)
    return max(2, min(wanted, _WEIGHT_BYTES // max(weights, 1)))


def shown_rows(layer: Array) -> int:
    """How many of a layer's neurons are shown with their weights."""
    neurons, inputs = layer.shape
    return min(neurons, max(1, _WEIGHTS // inputs))
