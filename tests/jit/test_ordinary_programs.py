"""Fifty programs as people write them are recorded without a complaint, and give what eager code gives."""

from __future__ import annotations

import math
import warnings

import pytest
from ordinary_programs import PROGRAMS, pd

from autograd import Value, jit


def called(make, calls, recorded):
    """The results of all calls, again after each of the changes."""
    f, changes = make()
    f = jit(f) if recorded else f
    found = []
    for change in [lambda: None, *changes]:
        change()
        for args in [*calls, calls[0]]:
            result = f(*args) if recorded else f(*[as_values(x) for x in args])
            found.append(result.data)
    return found


def as_values(x):
    return [Value(item) for item in x] if isinstance(x, list) else Value(x)


@pytest.mark.parametrize(("name", "make", "calls"), PROGRAMS, ids=[name for name, *_ in PROGRAMS])
def test_an_ordinary_program_is_recorded_and_right(name, make, calls):
    if pd is None and name.startswith(("pandas", "series")):
        pytest.skip("needs pandas")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pandas and the like; what the programs do is not judged here
        eager, recorded = called(make, calls, False), called(make, calls, True)
    assert all(math.isclose(a, b, rel_tol=1e-9) for a, b in zip(eager, recorded, strict=True))
