"""Every example runs as it stands."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
LEAVES_FILES = {"see_a_network.py": ["graph.svg", "backpropagation.html", "network.svg", "training.html"]}


def run(name: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / name), *arguments], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_curve_is_fitted_in_a_handful_of_steps():
    lines = run("fit_a_curve.py").splitlines()
    assert 4 <= len(lines) - 3 <= 8
    assert [line.split()[0] for line in lines[-3:]] == ["start", "room", "rate"]


@pytest.mark.parametrize("name", LEAVES_FILES)
def test_pictures_are_left_where_the_example_says(name, tmp_path):
    run(name, str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(LEAVES_FILES[name])


def _ended(name: str, argument: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / name), argument]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=folder)


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.py")))
def test_an_example_says_what_it_takes_and_refuses_the_rest_without_writing_anything(name, tmp_path):
    helped, refused = _ended(name, "--help", tmp_path), _ended(name, "--no-such-option", tmp_path)
    assert helped.returncode == 0, helped.stderr
    assert helped.stdout.startswith("usage: ")
    assert refused.returncode == 2
    assert "unrecognized arguments: --no-such-option" in refused.stderr
    assert not list(tmp_path.iterdir())
