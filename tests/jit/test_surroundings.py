"""Programs with real Python around the arithmetic: a recorded function gives what eager code gives, or a JitError."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings

from autograd import JitError, Value, jit
from autograd.testing.surrounding_pieces import ORDINARY, SUSPICIOUS
from autograd.testing.surroundings import PIECES, Surroundings, results, surroundings


def both(program):
    """What the program's calls give eagerly, and recorded."""
    return results(program, lambda f: f, Value), results(program, jit, Value)


def same(a, b):
    """Equal but for the order of additions."""
    if isinstance(a, Exception) or isinstance(b, Exception):
        return type(a) is type(b) and str(a) == str(b)
    return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12)


def every_change(name):
    """A program of one piece in which each change comes after calls and before some."""
    steps = [2.0, 1.0]
    for change in range(len(PIECES[name].changes)):
        steps += [(0, change), 2.0, -1.0]
    return Surroundings((name,), (*steps, 3.0, 2.0, 1.0))


@pytest.mark.parametrize("name", ORDINARY)
def test_a_piece_of_ordinary_python_is_never_refused_and_never_wrong(name):
    eager, recorded = both(every_change(name))
    assert recorded == eager
    assert all(isinstance(x, float) for x in eager)


@pytest.mark.parametrize("name", SUSPICIOUS)
def test_what_a_recording_could_not_repeat_is_refused_or_right(name):
    eager, recorded = both(every_change(name))
    assert all(isinstance(b, JitError) or same(a, b) for a, b in zip(eager, recorded, strict=False))


@pytest.mark.parametrize("name", SUSPICIOUS)
def test_a_refusal_names_a_line_of_the_program(name):
    refused = both(every_change(name))[1][-1]
    if isinstance(refused, JitError):
        assert "<program_" in str(refused)


@given(surroundings(pieces=tuple(ORDINARY)))
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_ordinary_programs_are_never_refused_and_never_wrong(program):
    eager, recorded = both(program)
    assert len(eager) == len(recorded)
    assert all(map(same, eager, recorded))


@given(surroundings())
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_any_program_gives_what_eager_code_gives_or_a_jit_error(program):
    eager, recorded = both(program)
    for a, b in zip(eager, recorded, strict=False):
        assert isinstance(b, JitError) or same(a, b)


def test_the_programs_tell_when_something_is_not_noticed():
    """The checker checked: a recording that never looks again is caught."""

    def once(f):
        kept = {}
        return lambda x: Value(kept.setdefault(x.data, f(x).data))

    for name in ("an attribute", "private slots", "an ordered dict", "a context variable", "a masked array", "copies"):
        program = every_change(name)
        assert results(program, once, Value) != results(program, lambda f: f, Value)
