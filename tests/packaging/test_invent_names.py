"""The character transformer: what it records is what it computes, and it learns."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

pytestmark = pytest.mark.program

PATH = Path(__file__).parents[2] / "examples" / "invent_names.py"
SPEC = importlib.util.spec_from_file_location("invent_names", PATH)
assert SPEC is not None
assert SPEC.loader is not None
names = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(names)


def test_the_recorded_loss_of_a_name_is_the_eager_one():
    model = names.Transformer(1)
    loss, letters = names.loss_of(model), names.encoded("emma")
    found = []
    for f, argument in ((loss, letters), (loss.f, letters.tolist())):
        model.zero_grad()
        error = f(argument)
        error.backward()
        found.append((error.data, [p.grad for p in model.parameters()]))
    assert found[0][0] == pytest.approx(found[1][0], rel=1e-13)
    assert found[0][1] == pytest.approx(found[1][1], rel=1e-10, abs=1e-14)
    assert len(model.parameters()) == 4192


def test_it_learns_and_invents_names(capsys):
    assert names.main(["--steps", "30"]) < 3.3
    assert "invented:" in capsys.readouterr().out
