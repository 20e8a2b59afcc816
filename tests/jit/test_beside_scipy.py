"""What the documentation says of SciPy's functions and recorded ones."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import autograd

optimize = pytest.importorskip("scipy.optimize")
PAGE = (Path(__file__).parents[2] / "docs" / "jit.md").read_text()


def test_what_the_documentation_shows_gives_what_scipy_gives_for_plain_functions():
    code = re.search(r"## SciPy\n.*?```python\n(.*?)```", PAGE, re.DOTALL)[1]
    definitions, calls = code.split("\n\n")
    x = np.linspace(0.0, 1.0, 5)
    names = {**vars(autograd), **vars(optimize), "autograd": autograd, "X": x, "Y": 2.0 * np.exp(-3.0 * x)}
    exec(definitions, names)
    newton, cobyla, squares, root, curve = [eval(line, names) for line in calls.strip().splitlines()]
    assert newton.x == pytest.approx([1.0, 1.0], rel=1e-3)
    assert cobyla.fun < 0.1
    assert squares.x == pytest.approx([1.0, 1.0])
    assert root.x == pytest.approx([1.0, 1.0])
    assert curve[0] == pytest.approx([2.0, 3.0])
    assert type(newton.fun) is float
