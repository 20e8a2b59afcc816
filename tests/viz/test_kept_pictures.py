"""Pictures whole: each number, color and word of a few pictures, as kept in the folder `kept`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from kept import same_as_kept, tag_by_tag
from lessons import Parsed, lesson, neuron
from runs import many_inputs, no_layers, numbers, one_input, three_classes, two_classes

import autograd
import viz
from autograd import Value, log, logsumexp, maximum, scope
from nn import MLP, Layer
from nn.commands.influence import Dependence
from nn.history import Epoch, History
from viz.learning.curve import loss_svg
from viz.learning.influence import dependence_svg, dependence_svgs, importance_svg

KEPT = Path(__file__).with_name("kept")


def history(losses, held_out=(), *, best=0, loss="mse"):
    """A run of these losses, as `fit` records it."""
    made = History(loss, "sgd", best_epoch=best)
    for k, train in enumerate(losses):
        metrics = {"accuracy": 0.5 + k / 20} | ({"val_accuracy": 0.25 + k / 20} if held_out else {})
        made.records.append(Epoch(k + 1, train, held_out[k] if held_out else None, metrics, 0.5))
    return made


def network():
    """One answer of a small network, its derivatives there."""
    y = MLP(2, [3, 2, 1], "tanh", seed=1)([Value(0.5, "a"), Value(-1.0, "b")])
    y.backward()
    return y


def shared():
    """A Value used often, a detached one, a huge and a tiny number, a choice."""
    a, b = Value(2.0, "a"), Value(1e-12, "b")
    with scope("outer"), scope("inner"):
        c = maximum(a * a + a / b, b.detach())
    d = logsumexp([c, a, b * 1e300, Value(-1e20)])
    d.label = "d"
    d.backward()
    return d


def not_finite():
    """What a logarithm of a negative number makes of all that comes after it."""
    y = log(Value(-1.0, "x")) * float("inf")
    y.backward()
    return y


def reduced(name):
    """A reduction of some Values and numbers, its derivatives there."""

    def make():
        y = getattr(autograd, name)([Value(2.0, "a"), Value(-0.5, "b") * 3.0, 4.0, Value(1.5, "c")])
        y.backward()
        return y

    return make


STEEP = Dependence("steep", (1.0, 2.0, 4.0), ("1", "2", "4"), (("a", (0.0, 1.0, 0.25)), ("b", (1.0, 0.0, 0.75))))
TEXTS = Dependence("kind", ("red", "green"), ("red", "green"), (("a", (0.5, 0.25)), ("b", (0.5, 0.75))))
PRICE = Dependence("size", (-5.0, 0.0, 50.0), ("-5", "0", "50"), (("price", (-1200.0, 3.5, 98000.0)),))
SMALL = Dependence("s", (0.0, 1e-5), ("0", "0.00001"), (("price", (0.0001, 0.00025)),))

SVGS = {
    "importance": lambda: importance_svg({"size": 0.5, "a": 0.0, "kind": -0.125}, figure="accuracy"),
    "importance_of_R2": lambda: importance_svg({f"column {k}": 1.5 - k / 10 for k in range(22)}, figure="R2"),
    "dependence_of_chances": lambda: dependence_svg([STEEP, TEXTS, STEEP], answer="chance"),
    "dependence_of_a_number": lambda: dependence_svg([PRICE], answer="number", unit="€"),
    "dependence_apart": lambda: "".join(dependence_svgs([STEEP, TEXTS], answer="chance")),
    "dependence_of_small_numbers": lambda: "".join(dependence_svgs([SMALL], answer="number")),
    "losses": lambda: loss_svg(history([1.0, 0.5, float("nan"), 0.4], [1.1, 0.7, 0.6, 0.65], best=3)),
    "losses_logarithmic": lambda: loss_svg(history([100.0, 1.0, 0.01])),
    "network": lambda: viz.draw_network(MLP(2, [3, 1], "tanh", seed=1)).svg(),
    "network_with_answers": lambda: viz.draw_network(
        MLP(3, [4, 2], "relu", seed=2), [0.5, -1.0, 2.0], inputs=["width", "a very long name of it", "height"],
        classes=["no", "yes"],
    ).svg(),
    "network_of_one_answer": lambda: viz.draw_network(MLP(1, [1], seed=3), [2.0], classes=["no", "yes"]).svg(),
    "network_wide": lambda: viz.draw_network(
        Layer(20, 18, activation="sigmoid", seed=4), [k / 10 - 1.0 for k in range(20)]
    ).svg(),
}  # fmt: skip

DOTS = {
    "lesson": (lesson, {"edges": "flow"}),
    "lesson_raw_downward": (lesson, {"level": "raw", "direction": "TB"}),
    "neuron_with_partials": (neuron, {"edges": "partials", "unfold": True}),
    "shared": (shared, {}),
    "not_finite": (not_finite, {"level": "raw"}),
    **{
        f"unfolded_{name}": (reduced(name), {"unfold": True, "edges": "partials"})
        for name in ("sum", "mean", "prod", "logsumexp", "norm", "max")
    },
    "around": (network, {"around": "a", "hops": 3}),
    "network_operations": (network, {"level": "operations", "edges": "partials"}),
    "network_neurons": (network, {"level": "neurons", "edges": "flow"}),
    "network_layers": (network, {"level": "layers", "edges": "partials"}),
    "network_repeats": (lambda: MLP(4, [6, 6, 6, 1], "relu", seed=1)([1.0, 2.0, 3.0, 4.0]), {"level": "repeats"}),
}


@pytest.mark.parametrize("name", SVGS)
def test_a_picture_is_the_kept_one(name):
    same_as_kept(tag_by_tag(SVGS[name]()), KEPT / f"{name}.svg")


@pytest.mark.parametrize("name", DOTS)
def test_a_graph_is_the_kept_one(name):
    make, options = DOTS[name]
    same_as_kept(viz.to_dot(make(), **options), KEPT / f"graph_{name}.dot")


def shortened(x):
    """The data of a page without what is only long: bytes in base64, sentences that stand in a file of their own."""
    if isinstance(x, dict):
        return {key: shortened(value) for key, value in x.items() if key not in ("machine", "clinic")}
    if isinstance(x, list):
        return [shortened(value) for value in x]
    return f"{x[:24]} and {len(x) - 24} more" if isinstance(x, str) and len(x) > 200 else x


PAGES = {
    "lesson": lambda: viz.page(lesson()),
    "network": lambda: viz.page(network(), fold=True, lr=0.5, title="One answer"),
    "shared": lambda: viz.page(shared(), unfold=True),
    "training_two_classes": lambda: viz.training_page(*two_classes().all, classes=["no", "yes"], names=["u", "v"]),
    "training_three_classes": lambda: viz.training_page(*three_classes().all, frames=3),
    "training_numbers": lambda: viz.training_page(*numbers().all),
    "training_one_input": lambda: viz.training_page(*one_input().all),
    "training_many_inputs": lambda: viz.training_page(*many_inputs().all),
    "training_no_layers": lambda: viz.training_page(*no_layers().all),
    "playground": lambda: viz.playground(MLP(2, [3, 1], "tanh", seed=1), *two_classes().all[2:], held_out=4, lr=0.25),
    "playground_alone": lambda: viz.playground(dataset="spiral", optimizer="adam", batch_size=8),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_shows_is_the_kept(name):
    data = shortened(Parsed(PAGES[name]().html).data())
    same_as_kept(json.dumps(data, indent=1, ensure_ascii=False), KEPT / f"page_{name}.json")
