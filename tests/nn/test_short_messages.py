"""Whatever the input, a message is made and stays short: texts of 5,000 characters, ints without a repr, long lists."""

import math
import warnings
from functools import lru_cache

import numpy
import pytest

import viz
from autograd import Value
from nn import (
    MLP,
    SGD,
    Adam,
    Layer,
    Module,
    Neuron,
    cross_entropy,
    evaluate,
    fit,
    hinge_loss,
    load,
    mse_loss,
    predict,
    save,
)
from nn.__main__ import main
from nn.initializers import constant
from nn.losses import binary_cross_entropy_with_logits
from nn.tables.data import load_dataset, moons
from nn.tables.loading import read_table
from nn.wording import LONGEST_MESSAGE
from viz.graphs.expression import parse

TEXT = "x" * 5_000
HUGE = 10**5_000  # more digits than Python writes
LONG = list(range(5_000))
NUMBERS = [0.5] * 5_000


class Odd:
    """Something whose repr fails."""

    def __repr__(self):
        raise RuntimeError("no repr")


class Large:
    """A number that is too large for a float, and says so at length."""

    def __float__(self):
        raise OverflowError(TEXT)

    def __repr__(self):
        return TEXT


ANY = [
    TEXT,
    TEXT.encode(),
    HUGE,
    -HUGE,
    float(10**300),
    LONG,
    tuple(LONG),
    set(LONG),
    dict.fromkeys(LONG),
    Odd(),
    Large(),
]
ANY += [{TEXT: 1}, [TEXT], [HUGE], Odd, lambda: None, range(5_000), -1e300, math.nan, 1j]


def small():
    return MLP(1, [1], seed=0)


X, Y = [[0.0], [1.0]], [0, 1]

# Each takes anything in the place of an argument; most raise, and what they raise is short.
CALLS = {
    "MLP nin": lambda v: MLP(v, [1]),
    "MLP nouts": lambda v: MLP(1, v),
    "MLP a width": lambda v: MLP(1, [v]),
    "MLP activation": lambda v: MLP(1, [1], v),
    "MLP activations": lambda v: MLP(1, [1, 1], [v, v]),
    "MLP output_activation": lambda v: MLP(1, [1], output_activation=v),
    "MLP init": lambda v: MLP(1, [1], init=v),
    "MLP seed": lambda v: MLP(1, [1], seed=v),
    "MLP rng": lambda v: MLP(1, [1], rng=v),
    "MLP a row": lambda v: small()(v),
    "MLP an input": lambda v: small()([v]),
    "Neuron nonlin": lambda v: Neuron(1, v),
    "Neuron nout": lambda v: Neuron(1, nout=v),
    "Layer nout": lambda v: Layer(1, v),
    "constant": lambda v: constant(v),
    "fit X": lambda v: fit(small(), v, Y, progress=False, epochs=1),
    "fit a row": lambda v: fit(small(), [v, v], Y, progress=False, epochs=1),
    "fit a number": lambda v: fit(small(), [[v], [v]], Y, progress=False, epochs=1),
    "fit y": lambda v: fit(small(), X, v, progress=False, epochs=1),
    "fit a target": lambda v: fit(small(), X, [v, v], progress=False, epochs=1),
    "fit loss": lambda v: fit(small(), X, Y, loss=v, progress=False, epochs=1),
    "fit optimizer": lambda v: fit(small(), X, Y, optimizer=v, progress=False, epochs=1),
    "fit lr": lambda v: fit(small(), X, Y, lr=v, progress=False, epochs=1),
    "fit epochs": lambda v: fit(small(), X, Y, epochs=v, progress=False) if not isinstance(v, int) or v < 0 else None,
    "fit batch_size": lambda v: fit(small(), X, Y, batch_size=v, progress=False, epochs=1),
    "fit patience": lambda v: fit(small(), X, Y, patience=v, progress=False, epochs=1),
    "fit validation": lambda v: fit(small(), X, Y, validation=v, progress=False, epochs=1),
    "fit a validation pair": lambda v: fit(small(), X, Y, validation=(v, v), progress=False, epochs=1),
    "fit record_parameters": lambda v: fit(small(), X, Y, record_parameters=v, progress=False, epochs=1),
    "fit seed": lambda v: fit(small(), X, Y, seed=v, progress=False, epochs=1, validation=0.5),
    "predict X": lambda v: predict(small(), v),
    "evaluate loss": lambda v: evaluate(small(), X, Y, loss=v),
    "mse_loss": lambda v: mse_loss([v], [v]),
    "mse_loss a list": lambda v: mse_loss(v, NUMBERS),
    "hinge_loss": lambda v: hinge_loss([0.5], [v]),
    "binary_cross_entropy": lambda v: binary_cross_entropy_with_logits([0.5], [v]),
    "cross_entropy target": lambda v: cross_entropy([[0.5, 0.5]], [v]),
    "cross_entropy row": lambda v: cross_entropy([v], [0]),
    "SGD parameters": lambda v: SGD(v),
    "SGD lr": lambda v: SGD([Value(1.0)], lr=v),
    "SGD nesterov": lambda v: SGD([Value(1.0)], lr=0.1, momentum=0.5, nesterov=v),
    "Adam betas": lambda v: Adam([Value(1.0)], betas=v),
    "Adam a beta": lambda v: Adam([Value(1.0)], betas=(v, v)),
    "Adam state": lambda v: Adam([Value(1.0)]).load_state_dict(v),
    "Adam a state of its keys": lambda v: Adam([Value(1.0)]).load_state_dict(dict.fromkeys(_adam_keys(), v)),
    "Adam steps": lambda v: Adam([Value(1.0)]).load_state_dict(Adam([Value(1.0)]).state_dict() | {"steps": v}),
    "state_dict": lambda v: small().load_state_dict(v),
    "state_dict number": lambda v: small().load_state_dict(dict.fromkeys(small().state_dict(), v)),
    "state_dict names": lambda v: small().load_state_dict({str(k) * 5_000: 1.0 for k in range(3)}),
    "save path": lambda v: save(small(), v if isinstance(v, str) else f"{TEXT}.json"),
    "save path of any type": lambda v: save(small(), v),
    "save model": lambda v: save(v, "m.json"),
    "save metadata": lambda v: save(small(), "m.json", metadata=v),
    "save a value": lambda v: save(small(), "m.json", metadata={"a": v}),
    "save a key": lambda v: save(small(), "m.json", metadata={TEXT: v, HUGE: 1}),
    "load path": lambda v: load(v),
    "load a long path": lambda v: load("/".join(["x" * 200] * 20) + "/m.json"),
    "load a NUL": lambda v: load(f"{TEXT}\0.json"),
    "moons count": lambda v: moons(v) if not isinstance(v, int) or v < 0 else None,
    "moons noise": lambda v: moons(3, noise=v),
    "read_table": lambda v: read_table(v if isinstance(v, str) else TEXT),
    "read_table a long path": lambda v: read_table("/".join(["x" * 200] * 20)),
    "load_dataset": lambda v: load_dataset(TEXT),
    "draw value": lambda v: viz.draw(v),
    "draw level": lambda v: viz.draw(Value(1.0) + 1, level=v),
    "draw edges": lambda v: viz.draw(Value(1.0) + 1, edges=v),
    "draw direction": lambda v: viz.draw(Value(1.0) + 1, direction=v),
    "draw around": lambda v: viz.draw(Value(1.0) + 1, around=v),
    "draw hops": lambda v: viz.draw(Value(1.0) + 1, hops=v) if not isinstance(v, int) or v < 0 else None,
    "draw max_nodes": lambda v: viz.draw(Value(1.0) + 1, max_nodes=v),
    "draw options": lambda v: viz.render(viz.draw(Value(1.0)), "a.svg", **{TEXT: v}),
    "render path": lambda v: viz.render(Value(1.0) + 1, v),
    "render suffix": lambda v: viz.render(Value(1.0) + 1, f"a.{TEXT}"),
    "render folder": lambda v: viz.render(Value(1.0) + 1, "x" * 200 + "/" + "y" * 200 + "/a.svg"),
    "render NUL": lambda v: viz.render(Value(1.0) + 1, f"{TEXT}\0.svg"),
    "render long name": lambda v: viz.render(Value(1.0) + 1, f"{TEXT}.svg"),
    "drawing content": lambda v: viz.draw(Value(1.0) + 1).content(v),
    "drawing format": lambda v: viz.draw(Value(1.0) + 1).render("a", format=v),
    "draw_network": lambda v: viz.draw_network(v),
    "draw_network x": lambda v: viz.draw_network(small(), x=v),
    "draw_network inputs": lambda v: viz.draw_network(small(), inputs=v),
    "page": lambda v: viz.page(v, "p.html"),
    "page path": lambda v: viz.page(Value(1.0) + 1, v),
    "page suffix": lambda v: viz.page(Value(1.0) + 1, f"a.{TEXT}"),
    "page max_nodes": lambda v: viz.page(Value(1.0) + 1, max_nodes=v),
    "page parameters": lambda v: viz.page(Value(1.0) + 1, parameters=v),
    "fit model": lambda v: fit(v, X, Y, progress=False, epochs=1),
    "fit metrics": lambda v: fit(small(), X, Y, metrics=v, progress=False, epochs=1),
    "fit a metric": lambda v: fit(small(), X, Y, metrics={TEXT: v}, progress=False, epochs=1),
    "evaluate metrics": lambda v: evaluate(small(), X, Y, metrics=v),
    "state of long names": lambda v: Named().load_state_dict({f"d.{TEXT}": v}),
    "an array as a number": lambda v: fit(small(), X, [[numpy.ones((20, 20))], v], progress=False, epochs=1),
    "an operation as a parameter": lambda v: SGD([Value(1.0) + 1, v]),
    "animate path": lambda v: viz.animate(*trained(), v),
    "animate suffix": lambda v: viz.animate(*trained(), f"a.{TEXT}"),
    "animate frames": lambda v: viz.animate(*trained(), "a.gif", frames=v) if v in (TEXT, -HUGE, -1e300) else None,
    "animate speed": lambda v: viz.animate(*trained(), "a.gif", frames_per_second=v),
    "confusion_matrix path": lambda v: viz.confusion_matrix(*shown_on(), v),
    "confusion_matrix suffix": lambda v: viz.confusion_matrix(*shown_on(), f"a.{TEXT}"),
    "confusion_matrix y": lambda v: viz.confusion_matrix(shown_on()[0], shown_on()[1], [v] * 4),
    "decision_boundary path": lambda v: viz.decision_boundary(*shown_on(), v),
    "decision_boundary resolution": lambda v: viz.decision_boundary(*shown_on(), resolution=v),
    "loss_curve path": lambda v: viz.loss_curve(trained()[1], v),
    "weights model": lambda v: viz.weights(v),
    "training_page model": lambda v: viz.training_page(v, *trained()[1:]),
    "training_page X": lambda v: viz.training_page(*trained()[:2], v, trained()[3]),
    "training_page y": lambda v: viz.training_page(*trained()[:3], [v] * 4),
    "training_page frames": lambda v: viz.training_page(*trained(), frames=v),
    "Watch every": lambda v: viz.Watch(*shown_on(), "a.html", every=v),
    "parse": lambda v: parse(v, {}),
    "parse a variable": lambda v: parse("a", {"a": v}),
    "a label that is not there": lambda v: viz.draw(Value(1.0, TEXT) + 1, around=f"{TEXT}2"),
}


class Named(Module):
    """Parameters with a long name."""

    def __init__(self):
        self.d = {TEXT: Value(1.0)}


@lru_cache
def trained():
    """A model, the history of its training, rows and targets."""
    model, rows, targets = MLP(2, [2], seed=0), [[0.0, 1.0], [1.0, 0.0]] * 2, [0, 1] * 2
    return model, fit(model, rows, targets, epochs=2, record_parameters=True, progress=False), rows, targets


def shown_on():
    model, _, rows, targets = trained()
    return model, rows, targets


# ImportError: of plots, where matplotlib is not there.
EXPECTED = (TypeError, ValueError, OSError, OverflowError, RuntimeError, ImportError)


def _adam_keys():
    return Adam([Value(1.0)]).state_dict()


@pytest.mark.parametrize("name", CALLS)
def test_a_message_is_short_whatever_the_argument(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    raised = [error for value in ANY if (error := raised_by(CALLS[name], value)) is not None]
    assert raised, "none of these is right"
    for error in raised:
        said = str(error)
        assert len(said) <= LONGEST_MESSAGE, (type(error), said[:1000])
        assert isinstance(error, EXPECTED), repr(error)
        assert "no repr" not in said, said
        assert "integer string conversion" not in said, said


def raised_by(call, value):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            call(value)
        except Exception as error:
            return error
    return None


@pytest.mark.parametrize("name", [3, HUGE, None, Odd(), TEXT, ""], ids=lambda name: type(name).__name__)
def test_names_of_any_type_name_classes_and_inputs(name):
    names = [name] if name != 3 else {name: 1}  # fewer than there are
    assert viz.training_page(*trained(), classes=names, names=names, frames=1)
    assert viz.draw_network(trained()[0], inputs=[name, name])
    pytest.importorskip("matplotlib")
    assert viz.confusion_matrix(*shown_on(), classes=names)
    axes = viz.decision_boundary(*shown_on(), classes=names, names=names, resolution=2)
    assert axes.get_ylabel() == "x2"


COLUMN = "c" * 5_000
DEEP = "/".join(["d" * 200] * 15)

LINES = [
    [TEXT],
    ["train"] + [TEXT] * 2,
    ["train", TEXT],
    ["train", f"./{TEXT}"],
    ["train", f"{DEEP}/file.csv", "--target", "y"],
    ["train", "long.csv"],
    ["train", "long.csv", "--target", TEXT],
    ["train", "long.csv", "--target", COLUMN + "9"],
    ["train", "long.csv", "--target", "y", "--ignore", ",".join(COLUMN + str(k) for k in range(9))],
    ["train", "long.csv", "--target", "y", "--task", TEXT],
    ["train", "long.csv", "--target", COLUMN + "1", "--task", "regression"],
    ["train", "twice.csv", "--target", "y"],
    ["train", "ragged.csv", "--target", "y"],
    ["train", "moons", "--out", TEXT],
    ["train", "moons", "--out", DEEP + "/" + TEXT],
    ["train", "moons", "--out", "long.csv/" + "e" * 4_000],
    ["train", "moons", "--hidden", TEXT],
    ["train", "moons", "--hidden", ",".join("9" * 1_000)],
    ["train", "moons", "--activation", TEXT],
    ["train", "moons", "--optimizer", TEXT],
    ["train", "moons", "--seed", TEXT],
    ["train", "moons", "--seed", "9" * 5_000],
    ["train", "moons", "--epochs", TEXT],
    ["train", "moons", "--lr", TEXT],
    ["train", "moons", f"--{TEXT}"],
    ["predict", TEXT, TEXT],
    ["predict", f"{DEEP}/m.json", "long.csv"],
    ["predict", "model.json", TEXT],
    ["predict", "model.json", "long.csv", "--out", TEXT],
    ["predict", "model.json", "other.csv"],
    ["draw", TEXT],
    ["draw", "a", f"{TEXT}=1"],
    ["draw", "a", f"{TEXT}=1", f"{TEXT}=2"],
    ["draw", "a", f"a={TEXT}"],
    ["draw", "(" * 1_900 + "a" + ")" * 90, "a=1"],
    ["draw", "a +" * 600 + "b", "a=1"],
    ["draw", "a", "a=1", "-o", TEXT + ".svg"],
    ["draw", "a", "a=1", "-o", TEXT],
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: " ".join(text[:12] for text in line))
def test_the_command_line_says_one_short_line(tmp_path, monkeypatch, capsys, line):
    monkeypatch.chdir(tmp_path)
    names = [COLUMN + str(k) for k in range(9)]
    rows = [",".join([f"{TEXT}{i % 2}" if k == 1 else str(i) for k in range(9)] + ["xy"[i % 2]]) for i in range(20)]
    (tmp_path / "long.csv").write_text(",".join([*names, "y"]) + "\n" + "\n".join(rows) + "\n")
    (tmp_path / "twice.csv").write_text(f"{COLUMN},{COLUMN},y\n1,2,3\n")
    (tmp_path / "ragged.csv").write_text("a,y\n1,2\n" * 9 + f"{TEXT},{TEXT},{TEXT}\n")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    if "model.json" in line:
        assert (
            main(["train", "long.csv", "--target", "y", "--epochs", "1", "--hidden", "2", "--quiet", "--out", "r"]) == 0
        )
        (tmp_path / "r" / "model.json").rename(tmp_path / "model.json")
        capsys.readouterr()
    code = main(line)
    out, err = capsys.readouterr()
    assert code == 2, (out, err)
    assert err.count("\n") == 1
    assert len(err) <= LONGEST_MESSAGE + 100, err
    assert all(len(text) <= 300 for text in out.splitlines())
