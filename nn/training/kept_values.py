"""What a model keeps of what it has computed: Values of its parameters that do not follow when these are trained."""

from __future__ import annotations

from typing import Any

from autograd import Value
from nn.module import Module, results
from nn.wording import cut

MOST_NAMES = 3


class KeptValues:
    """Watches one run of `fit`: made when the model has answered a row, told of the second epoch, asked at the end.

    A model that keeps its last answer has another one each time; one that keeps what it needs again has the same.
    """

    def __init__(self, model: Any, parameters: list[Any]) -> None:
        self._model = model if isinstance(model, Module) else None
        self._parameters = set(map(id, parameters))
        self._seen: dict[int, Value] = {}
        self.see()

    def see(self) -> None:
        """Take note of what is there now."""
        self._seen |= {id(value): value for _, value in self._there()}

    def notes(self) -> list[str]:
        """What was seen and is still there, in a sentence."""
        names = [name for name, value in self._there() if id(value) in self._seen and self._of_parameters(value)]
        if not names:
            return []
        listed = ", ".join(f"`{cut(name)}`" for name in names[:MOST_NAMES])
        listed += f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        return [
            f"the model keeps {listed}, computed once from its parameters, which were trained since: what is kept does "
            "not follow them; compute it in every call"
        ]

    def _there(self) -> list[tuple[str, Value]]:
        return [] if self._model is None else list(results(self._model))

    def _of_parameters(self, value: Value) -> bool:
        stack, known = [value], {id(value)}
        while stack:
            for x in stack.pop().inputs:
                if id(x) in self._parameters:
                    return True
                if id(x) not in known:
                    known.add(id(x))
                    stack.append(x)
        return False
