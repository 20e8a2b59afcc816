"""The scope path of each neuron of a layer, by which pictures group and fold nodes.

`autograd.scope` joins the path on entering. A layer enters one scope a neuron in the hot path, so the paths are joined
once here, and entering costs one call of a few nanoseconds.
"""

from __future__ import annotations

from typing import Any


class NeuronScopes:
    """Notes "layer 0/neuron 0", "layer 0/neuron 1", ... below whatever scope the caller is in.

    With an empty name the neurons stand directly below the caller's scope, and outside of any scope have none: neurons
    of different layers would be taken for one.
    """

    __slots__ = ("_notes", "_path", "name")

    def __init__(self, name: str = "") -> None:
        self.name = name
        self._path = ""
        self._notes: list[Any] = []

    def notes(self, outer: Any, count: int) -> list[Any]:
        """What the engine's `note_with` takes for each of `count` neurons, where `outer` is the note it had before."""
        path = "" if outer is None else outer[1]
        if path != self._path or count != len(self._notes):
            full = "/".join(part for part in (path, self.name) if part)
            self._notes = [("", f"{full}/neuron {i}", "") if full else None for i in range(count)]
            self._path = path
        return self._notes
