"""Parts of commands that no short run shows: their options, the members of an ensemble, what a page has of columns."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
from kept import same_as_kept, shown
from test_kept_commands import clouds, flats, written

from nn.__main__ import main
from nn.commands import draw, explain, inspect, learn, members, playground, predict, train
from nn.tables.data import Dataset, Reading, load_dataset
from nn.tables.schema import with_steps
from nn.training import blending, settings
from viz.pages.own_units import scales_of, target_scale

KEPT = Path(__file__).with_name("kept")


def test_the_options_of_commands_are_the_kept_ones():
    lines = []
    for command in (train, predict, explain, inspect, draw, playground, learn):
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        lines.append(f"== {command.__name__}\n{getattr(command, 'EXAMPLES', '')}")
        for action in parser._actions[1:]:
            kind = getattr(action.type, "__name__", None)
            facts = (action.nargs, action.default, action.const, kind, action.metavar, action.choices, action.required)
            lines.append(f"{'/'.join(action.option_strings) or action.dest}: {shown(facts)}\n    {action.help}")
    same_as_kept("\n".join(lines), KEPT / "options.txt")


@pytest.fixture
def tables(tmp_path):
    written(tmp_path / "flats.csv", flats(60), ";")
    written(tmp_path / "clouds.csv", clouds(), ",")
    return tmp_path


def test_members_leave_out_the_kept_rows(tables):
    plain = load_dataset(tables / "clouds.csv", target="kind")
    fixed = load_dataset(tables / "flats.csv", target="rent", reading=Reading(group="district", ignore=("size",)))
    rents = load_dataset(tables / "flats.csv", target="rent", reading=Reading(ignore=("size", "grade")))
    lines = []
    for data in (plain, fixed, rents):
        divisions = members._divisions(data, 5, 3)
        lines += [str(part.tolist()) for part in divisions]
        few = settings.Settings((4,), 10, 0.1, 8, None)
        affordable = [members._affordable(n, data, few) for n in (10, 1000, 100_000)]
        whole = members._affordable(50, data, few._replace(batch_size=None))
        kind = members._Kind(data, 3, 1)
        kept, left = kind.parts(1)
        lines.append(f"{affordable}, {whole}, {len(kept)} and {len(left)}: {shown(left.rows[:2])}")
        lines.append(shown(left.targets))
    same_as_kept("\n".join(lines), KEPT / "members.txt")


def test_answers_of_two_kinds_are_blended_as_kept():
    def left_out(*rows):
        made = blending.LeftOut(4)
        for places, outputs in rows:
            made.add(np.array(places), np.array(outputs))
        return made

    first = left_out(([0, 1], [1.0, 2.0]), ([1, 2], [4.0, 3.0]))
    second = left_out(([0, 1, 2], [0.5, 1.0, 2.5]))
    logits = left_out(([0, 1, 3], [[2.0, 0.0], [0.0, 1.0], [1.0, 1.0]]))
    others = left_out(([0, 1, 3], [[0.0, 1.0], [0.5, 1.0], [3.0, 1.0]]))
    targets, classes = np.array([1.0, 2.0, 2.5, 0.0]), np.array([0, 1, 1, 0])
    lines = [f"{shown(x.rows)} {shown(x.outputs(x.rows))}" for x in (first, second, logits)]
    lines += [
        shown(blending.share_of_second(first, second, targets, classes=False)),
        shown(blending.share_of_second(second, first, targets, classes=False)),
        shown(blending.share_of_second(logits, others, classes, classes=True)),
        shown(blending.share_of_second(others, logits, classes, classes=True)),
        shown(blending.loss_of(np.array([1.0, 3.0]), np.array([2.0, 2.0]), classes=False)),
        shown(blending.loss_of(np.array([1.0, -3.0]), np.array([1, 1]), classes=True)),
    ]
    same_as_kept("\n".join(lines), KEPT / "blending.txt")


def test_a_page_has_the_kept_facts_of_columns(tables):
    rents = load_dataset(tables / "flats.csv", target="rent", reading=Reading(ignore=("size", "grade")))
    kinds = load_dataset(tables / "clouds.csv", target="kind")
    lines = []
    for data in (rents, kinds):
        for schema in (data.schema, with_steps(data.schema, data.table, data.indexes[0])):
            lines += [shown(fact) for fact in scales_of(schema)] + [shown(target_scale(schema))]
    same_as_kept("\n".join(lines), KEPT / "scales.txt")


def test_a_dataset_is_read_as_the_reading_says(tmp_path):
    rows = "\n".join(f"{k},5;{'?' if k == 3 else f'{k},25'};{k % 3}" for k in range(20))
    (tmp_path / "a.csv").write_text(f"a;b;y\n{rows}\n")
    data = Dataset.from_file(tmp_path / "a.csv", target="y", reading=Reading(missing=("?",), decimal=","))
    assert [type(column).__name__ for column in data.schema.columns] == ["NumberColumn", "NumberColumn"]
    assert data.schema.missing == ("?",)
    assert [column.decimal for column in data.schema.columns] == [",", ","]
    plain = Dataset.from_file(tmp_path / "a.csv", target="y", reading=Reading(ignore=("b",)))
    assert [column.name for column in plain.schema.columns] == ["a"]
    assert (len(data.X), len(data.y)) == (len(data.train), len(data.train))


def test_remarks_on_a_row_that_are_too_many_are_cut(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = [f"c{k}" for k in range(15)]
    rows = [",".join([*(str((k * j + j) % 17 + 0.5) for j in range(1, 16)), "ab"[k % 2]]) for k in range(40)]
    Path("wide.csv").write_text(",".join([*names, "y"]) + "\n" + "\n".join(rows) + "\n")
    quick = "--epochs 1 --hidden 2 --ensemble 1 --quiet"
    assert main(f"train wide.csv --target y --out run {quick}".split()) == 0
    capsys.readouterr()
    assert main(["explain", "run/model.json", ",".join(f"{name}=1e6" for name in names)]) == 0
    assert capsys.readouterr().out.count("far outside") == explain.SHOWN
    Path("far.csv").write_text(",".join(names) + "\n" + ",".join(["1e6"] * 15) + "\n")
    assert main(["predict", "run/model.json", "far.csv"]) == 0
    assert capsys.readouterr().err.count("far outside") == predict.MOST_REMARKS
