"""What a neuron or a weight is called in every picture, and where it is in a program.

One decision: one spelling everywhere, "layer 0 · neuron 3 · w[0]", read off the scope that the network itself gives
its nodes, so that a number in one picture is found in the next one and in the code.

>>> spoken("mlp/layer 0/neuron 3", "w[0]"), code("mlp/layer 0/neuron 3", "w[0]")
('layer 0 · neuron 3 · w[0]', 'model.layers[0].neurons[3].w[0]')
"""

from __future__ import annotations

import re

_IN_MLP = re.compile(r"mlp/layer (\d+)(?:/neuron (\d+))?")
_DOT = " \N{MIDDLE DOT} "


def spoken(scope: str, name: str = "") -> str:
    """A scope path, and what is in it, as words; the network around everything is not said."""
    return _DOT.join(part for part in (*scope.removeprefix("mlp/").split("/"), name) if part)


def code(scope: str, name: str = "") -> str:
    """The expression for the same in a program whose network is called `model`; "" where it is no MLP's."""
    found = _IN_MLP.fullmatch(scope)
    if not found:
        return ""
    layer, neuron = found.groups()
    parts = [f"model.layers[{layer}]", *([f"neurons[{neuron}]"] if neuron else []), *([name] if name else [])]
    return ".".join(parts)
