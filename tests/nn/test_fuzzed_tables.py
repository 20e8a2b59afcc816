"""Damaged tables are read or refused in one line: no other error, no hang, no memory beyond reason."""

from __future__ import annotations

import random

import pytest
from fuzzed_tables import Outcome, mutated, read_many, read_one, whole_tables

pytestmark = pytest.mark.program


def test_damaged_tables_are_read_or_refused(tmp_path):
    found = read_many(400, 7, tmp_path)
    assert found.faults == []
    assert found.read > 20
    assert found.refused > 20
    assert found.read + found.refused == 400


def test_whole_tables_are_read(tmp_path):
    tables, outcome = whole_tables(random.Random(1)), Outcome()
    for k in range(40):
        path = tmp_path / f"{k}.csv"
        path.write_bytes(next(tables))
        read_one(path, outcome, 0, counting=False)
    assert outcome.read >= 38, "some have fewer rows than can be divided"
    assert not outcome.faults


def test_the_check_itself_sees_what_is_wrong(tmp_path, monkeypatch):
    """An error of another kind, time and memory are all told."""
    path = tmp_path / "x.csv"
    path.write_bytes(b"x,y\n1,2\n")
    monkeypatch.setattr("nn.tables.data.load_dataset", lambda *_, **__: 1 / 0)
    outcome = Outcome()
    read_one(path, outcome, 0, counting=False)
    monkeypatch.setattr("nn.tables.loading.read_table", lambda *_, **__: bytes(6_000_000))
    read_one(path, outcome, 0, counting=True)
    assert ["ZeroDivisionError" in outcome.faults[0], "times its" in outcome.faults[1]] == [True, True]


def test_mishaps_come_the_same_for_the_same_seed():
    first, second = (mutated(b"a,b\n1,2\n" * 9, b"c;d\n" * 9, random.Random(3)) for _ in range(2))
    assert first == second
