"""Small graphs that pictures are tried on, and a page as the parser of HTML sees it."""

from __future__ import annotations

import json
import math
import random
from html.parser import HTMLParser
from typing import Any

import autograd
from autograd import TABLE, Value, dot, record_source, scope


def lesson() -> Value:
    """The first graph of many courses: L = (a * b + c) * f, with -8, and -4 and 6 as the gradients of b and a."""
    with record_source():
        a, b, c, f = Value(2.0, "a"), Value(-3.0, "b"), Value(10.0, "c"), Value(-2.0, "f")
        e = a * b
        e.label = "e"
        d = e + c
        d.label = "d"
        result = d * f
    result.label = "L"
    return result


def neuron() -> Value:
    xs, ws = [Value(2.0, "x1"), Value(0.5, "x2")], [Value(-3.0, "w1"), Value(1.0, "w2")]
    with scope("neuron"):
        out = dot(ws, xs, start=Value(6.9, "b")).tanh()
    loss = (1.0 - out) ** 2
    loss.label = "loss"
    return loss


def thousand() -> Value:
    """About a thousand nodes: one prediction of a 2-16-16-1 network, written with + and *."""
    xs = [Value(0.3, "x1"), Value(-0.7, "x2")]
    count = 0
    for layer, width in enumerate((16, 16, 1)):
        outs = []
        for n in range(width):
            with scope(f"layer {layer}"), scope(f"neuron {n}"):
                total = Value(0.1)
                for x in xs:
                    count += 1
                    total = total + Value(math.sin(count)) * x
                outs.append(total.relu() if width > 1 else total)
        xs = outs
    return xs[0]


def tangled(seed: int) -> Value:
    """Forty operations on three values and on each other: the order of additions shows in the last digits."""
    draw = random.Random(seed)
    made = [Value(draw.uniform(-1, 1)) for _ in range(3)]
    for _ in range(40):
        a, b = draw.choice(made), draw.choice(made)
        made.append(draw.choice([lambda a, b: a + b, lambda a, b: a * b, _squashed, _pairs])(a, b))
    return autograd.sum(made)


def _squashed(a: Value, b: Value) -> Value:
    return (a - b).tanh()


def _pairs(a: Value, b: Value) -> Value:
    return dot([a, b, a], [b, b, a])


def everything() -> Value:
    """One graph with every operation of the table in it, values shared by all of them."""
    x, y, c = Value(0.6, "x"), Value(1.7, "y"), Value(1.0, "c")
    made = [x + y, x - y, x * y, x / y, -x, x**y, x**3, 2.0**x, y % x, y // x, 5.0 - x, 5.0 / y]
    for name, row in TABLE.items():
        if row.public and not row.reduction and len(row.operands) == 1 and name not in ("neg", "detach"):
            made.append(getattr(autograd, name)(y if name == "acosh" else x))
    made += [autograd.leaky_relu(-x), autograd.elu(-x), autograd.maximum(x, y), autograd.minimum(x, 0.6)]
    made += [autograd.atan2(x, y), autograd.hypot(x, y), autograd.clip(y, 0.0, 1.0), autograd.where(c, x, y)]
    for name in ("sum", "mean", "prod", "logsumexp", "max", "min", "norm"):
        made += [getattr(autograd, name)([x, y, x, 2.0]), getattr(autograd, name)([x, y] * 9)]
    made += [dot([x, 2.0, y], [y, x, y], start=c), dot([x] * 9, [y] * 9)]
    total = autograd.sum(made)
    total.label = "total"
    return total


class Parsed(HTMLParser):
    """A page as the parser of HTML sees it: elements with their attributes, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.text = ""
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag
        if tag in self.raw:
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in self.raw:
            self.raw[self._inside][-1] += data
        self.text += data

    def data(self) -> Any:
        places = [k for k, (_, attrs) in enumerate(e for e in self.elements if e[0] == "script") if "type" in attrs]
        return json.loads(self.raw["script"][places[0]])
