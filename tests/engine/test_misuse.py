"""Nothing that Python can reach crashes the interpreter: wrong calls raise, and every name survives nasty arguments."""

from __future__ import annotations

import pytest

import autograd
from autograd.testing import misuse, walk
from autograd.testing.misuse import Wrong, complaints

OPTIMIZERS = (
    Wrong("import nn; o = nn.SGD([Value(1.0)]); o.parameters[0] = None; o.step()", ("TypeError",), "parameter 0"),
    Wrong("import nn; o = nn.Adam([Value(1.0)]); o.parameters.append(3.0); o.step()", ("TypeError",), "parameter 1"),
    Wrong("import nn; o = nn.Adam([Value(1.0)]); o.parameters = None; o.zero_grad()", ("TypeError",), "list of Values"),
    Wrong("import nn; o = nn.Adam([Value(1.0)]); o.parameters.clear(); o.step()", ("ValueError",), "no parameters"),
    Wrong("import nn; o = nn.Adam([Value(1.0)]); o.exp_avg = array('d'); o.step()", ("ValueError",), "1 numbers"),
    Wrong("import nn; o = nn.Adam(2 * [Value(1.0)])", ("ValueError",), "twice"),
    Wrong("import nn; o = nn.Adam([Value(1.0)]); o.parameters *= 2; o.step()", ("ValueError",), "twice"),
)

A_LIFE_WITH_OPTIMIZERS = """
import nn
few, many = [Value(1.0) for _ in range(3)], [Value(1.0) for _ in range(3000)]
for make in (nn.SGD, lambda p: nn.SGD(p, momentum=0.9), nn.Adam, nn.AdamW):
    for change in (lambda o: setattr(o, "parameters", many), lambda o: o.parameters.extend(many),
                   lambda o: o.parameters.pop(), lambda o: o.parameters.reverse(),
                   lambda o: setattr(o, "parameters", iter(many))):
        o = make(few)
        o.step()
        change(o)
        o.zero_grad()
        o.step()
        o.load_state_dict(o.state_dict())
"""

ENGINE = tuple(module for module in (*walk.COMPILED, *walk.BUILT_ON_THEM) if "jit" not in module)


def test_wrong_calls_raise_and_hard_lives_end_well():
    assert complaints() == []


def test_an_optimizer_follows_its_parameters_or_refuses():
    assert complaints(OPTIMIZERS, {"an optimizer whose parameters are others": A_LIFE_WITH_OPTIMIZERS}) == []


def test_no_name_of_the_engine_crashes():
    assert misuse.walk(ENGINE) == []


@pytest.mark.slow
def test_no_name_of_the_engine_crashes_however_often_it_is_tried():
    assert misuse.walk(ENGINE, calls=1000, seed=1) == []


# ---- the checkers themselves


def test_what_raises_nothing_or_the_wrong_thing_is_complained_about():
    calls = (
        Wrong("1 + 1", ("TypeError",)),
        Wrong("1 / 0", ("TypeError",)),
        Wrong("1 / 0", ("ZeroDivisionError",), "by five"),
        Wrong("import os; os.abort()", ("TypeError",)),
        Wrong("None + 1", ("TypeError",)),
        Wrong("2 + 2", ("TypeError",)),
    )
    found = complaints(calls, {"short": "1 / 0", "abrupt": "import os; os.abort()", "quiet": "1 + 1"})
    parts = ("1 + 1: raised nothing", "not ['TypeError']", "by five", "ended the process", "2 + 2", "short", "abrupt")
    assert len(found) == len(parts)
    assert all(part in complaint for part, complaint in zip(parts, found, strict=True))


def test_the_walk_names_the_call_that_ends_its_process(tmp_path, monkeypatch):
    (tmp_path / "fragile.py").write_text(
        "import os\n\ndef a(x): return x\n\ndef b(x):\n    if x is None: os.abort()\n\nclass C:\n"
        "    def d(self):\n        if self is None: os.abort()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    found = misuse.walk(("fragile",), calls=2000)
    assert {crash.call for crash in found} == {"fragile: b(None)", "fragile: C.d(None)"}
    assert all(crash.how == "SIGABRT" for crash in found)
    assert len(found) <= 2 * walk.MOST_FINDINGS


def test_the_walk_gets_to_the_compiled_twin():
    modules = (autograd.node, autograd.value, autograd.differentiation.nodes)
    found = {name for module in modules for name, _, _ in walk.names(module)}
    assert {"Value", "Value.exp", "Value.__new__", "assemble", "node"} <= found
    own = "Value" if autograd.COMPILED else "Node"  # whose properties they are: see memory.h
    assert {f"{own}.data read", f"{own}.data set"} <= found
