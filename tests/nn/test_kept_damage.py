"""Stored things with each of their parts damaged in turn, and what is said of each damage, as kept.

Models, schemas and states come from files, which anybody may have written. Whatever is wrong in them is told; here is
everything that can be wrong in one place.
"""

from __future__ import annotations

import copy
import json
import math
import warnings
from pathlib import Path

import numpy as np
import pytest
from kept import same_as_kept
from test_kept_commands import clouds, flats, written

from autograd import Value
from nn import MLP, fit
from nn.formats.blueprint import blueprint
from nn.formats.json_format import from_json, to_json
from nn.formats.safetensors_format import from_safetensors
from nn.optimizers import SGD, Adam, Lion, RMSProp
from nn.tables.data import Reading, load_dataset
from nn.tables.schema import schema_from_dict, with_steps
from nn.training.full_batch import LBFGS, LevenbergMarquardt
from nn.training.resuming import plain
from nn.training.schedules import Plateau

KEPT = Path(__file__).with_name("kept")
ABSENT = object()
DAMAGES = {
    "absent": ABSENT, "None": None, "True": True, "-1": -1, "0": 0, "1.5": 1.5, "'x'": "x", "[]": [], "{}": {},
    "huge": 10**400, "inf": math.inf,
}  # fmt: skip
FEW = ("absent", "None", "'x'", "-1", "inf")


def places(x, most, path=()):
    """Every part of a nested thing, of lists the first ones."""
    items = x.items() if isinstance(x, dict) else enumerate(x[:most]) if isinstance(x, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from places(value, most, (*path, key))


def damaged(x, path, damage):
    made = copy.deepcopy(x)
    inside = made
    for key in path[:-1]:
        inside = inside[key]
    if damage is ABSENT:
        del inside[path[-1]]
    else:
        inside[path[-1]] = damage
    return made


def verdicts(stored, read, damages=tuple(DAMAGES), most=2):
    """Of each part what is said of each damage, the same words once."""
    lines = []
    for path in places(stored, most):
        said = {}
        for name in damages:
            try:
                read(damaged(stored, path, DAMAGES[name]))
                words = "taken"
            except Exception as error:  # of whatever kind: it is kept which
                words = f"{type(error).__name__}: {error}"
            said.setdefault(words, []).append(name)
        lines.append(".".join(map(str, path)))
        lines += [f"    {', '.join(names)}: {words}" for words, names in said.items()]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def schemas(tmp_path_factory):
    folder = tmp_path_factory.mktemp("damage")
    written(folder / "flats.csv", flats(), ";")
    written(folder / "clouds.csv", clouds(), ",")
    rents = load_dataset(folder / "flats.csv", target="rent", reading=Reading(ignore=("size", "grade", "deposit")))
    kinds = load_dataset(folder / "clouds.csv", target="kind")
    return {
        "rent": rents.schema.as_dict(), "kind": kinds.schema.as_dict(),
        "steps": with_steps(kinds.schema, kinds.table, np.arange(30)).as_dict(),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["rent", "kind", "steps"])
def test_a_damaged_schema_is_told_as_kept(schemas, name):
    stored = json.loads(json.dumps(schemas[name]))
    same_as_kept(verdicts(stored, schema_from_dict), KEPT / f"damaged_schema_of_{name}.txt")


def model():
    return MLP(2, [2, 1], "tanh", seed=1, dropout=0.25)


def test_a_damaged_model_is_told_as_kept():
    stored = json.loads(to_json(blueprint(model(), {"note": "a"})))
    text = verdicts(stored, lambda damaged: from_json(json.dumps(damaged).encode()))
    same_as_kept(text, KEPT / "damaged_model.txt")


def test_a_damaged_header_is_told_as_kept():
    described = {"format": "glassgrad mlp 1", "nin": "2", "activations": '["tanh", "linear"]', "metadata": "{}"}
    header = {"__metadata__": described}
    at = 0
    for name, shape in (("layers.0.weight", [2, 2]), ("layers.0.bias", [2]), ("layers.1.weight", [1, 2])):
        size = 8 * math.prod(shape)
        header[name] = {"dtype": "F64", "shape": shape, "data_offsets": [at, at + size]}
        at += size

    def read(header):
        text = json.dumps(header).encode()
        from_safetensors(len(text).to_bytes(8, "little") + text + bytes(at))

    same_as_kept(verdicts(header, read), KEPT / "damaged_header.txt")


@pytest.mark.parametrize(
    "make", [SGD, Adam, RMSProp, Lion, LBFGS, LevenbergMarquardt, Plateau], ids=lambda kind: kind.__name__
)
def test_a_damaged_state_of_an_optimizer_is_told_as_kept(make):
    def begun():
        return make([Value(1.0), Value(2.0)], lr=0.1) if make in (SGD, Adam, RMSProp, Lion) else make()

    stored = json.loads(json.dumps(begun().state_dict()).replace("Infinity", "1.0"))
    text = verdicts(stored, lambda damaged: begun().load_state_dict(damaged))
    same_as_kept(text, KEPT / f"damaged_{make.__name__}.txt")


def test_a_damaged_state_of_a_run_is_told_as_kept():
    X, y = [[0.0, 1.0], [1.0, 0.0], [0.5, 0.5]], [0.0, 1.0, 2.0]
    states = []
    options = {"progress": False, "optimizer": "sgd", "lr": 0.01, "schedule": "plateau", "batch_size": None}
    fit(model(), X, y, epochs=2, checkpoint=lambda state: states.append(state()), **options)
    stored = json.loads(json.dumps(states[-1] if isinstance(states[-1], dict) else plain(states[-1])))
    stored["order"][1] = stored["order"][1][:2]  # enough of the 625 numbers to be no state
    for record in stored["records"]:
        record[-1] = 0.5  # seconds

    def read(damaged):
        whole = copy.deepcopy(damaged)
        if isinstance(whole.get("order"), list) and len(whole["order"]) > 1 and whole["order"][1] == stored["order"][1]:
            whole["order"][1] = states[-1]["order"][1]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fit(model(), X, y, epochs=2, resume=whole, **options)

    same_as_kept(verdicts(stored, read, FEW, 1), KEPT / "damaged_run.txt")
