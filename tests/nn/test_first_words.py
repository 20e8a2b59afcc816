"""What a training says before NumPy is imported: at once, once, and what it would have said later."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from nn.commands.train import about, first_words
from nn.tables.data import load_dataset
from nn.tables.names import BUILT_IN, OPTIMIZERS, QUESTIONS
from nn.training import choices

PROGRAM = [sys.executable, "-m", "nn"]


@pytest.mark.program
@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_what_is_known_of_a_built_in_set_is_so(name):
    if name == "digits":
        pytest.importorskip("sklearn")
    assert name in BUILT_IN
    assert first_words(argparse.Namespace(data=name, state=None, resume=None)) == about(load_dataset(name))


def test_the_optimizers_that_the_command_line_knows_are_those_that_there_are():
    assert tuple(choices.OPTIMIZERS) == OPTIMIZERS


@pytest.mark.program
def test_the_first_line_comes_once(tmp_path: Path):
    run = [*PROGRAM, "train", "moons", "--epochs", "1"]
    out = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True).stdout
    assert out.count("moons: 2 inputs") == 1
    assert out.startswith("moons: 2 inputs, 2 classes of moon\nrows: 320")


def test_the_first_line_comes_before_numpy_is_imported(tmp_path: Path):
    (tmp_path / "numpy.py").write_text("print('NumPy'); raise SystemExit(2)")
    run = [*PROGRAM, "train", "digits"]
    out = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False).stdout
    assert out == "digits: 64 inputs, 10 classes of digit\nNumPy\n"
