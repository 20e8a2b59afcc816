"""Numbers as steps: what the inputs are, where they are stored, and that they are there only where they help."""

from __future__ import annotations

import csv
import json
import random
import signal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import nn
from nn.__main__ import main
from nn.commands.members import Found, _divisions
from nn.tables.cells import Numbers, encoded
from nn.tables.data import Reading, encoded_by, table_dataset
from nn.tables.schema import places_without_steps, schema_from_dict, with_steps
from nn.tables.steps import FEW, STEPS, SteppedColumn, without_steps
from nn.tables.table import Table
from nn.training.blending import SHARES, LeftOut, share_of_second
from nn.training.ensembles import join, widen
from nn.training.settings import Settings, stepped_settings

finite = st.floats(allow_nan=False, allow_infinity=False)


def table_of(**columns):
    cells = [Numbers(np.array(c, float)) if isinstance(c[0], (int, float)) else encoded(c) for c in columns.values()]
    return Table("t", tuple(columns), tuple(cells))


def stepped(numbers, **others):
    """The column of these numbers with steps, its table, and where its steps begin among the inputs."""
    table = table_of(x=numbers, y=[k % 7 for k in range(len(numbers))], **others)
    data = table_dataset(table, "y", task="regression", fractions=(0.0, 0.0))
    column = with_steps(data.schema, table, range(len(table))).columns[0]
    return column, table, len(without_steps(column).inputs)


@given(st.lists(finite, min_size=12, max_size=40))
@example([1.7976931348623155e308, 1.7976931348623157e308, -3.4e293, -1.7976931348623157e308, *map(float, range(3, 40))])
def test_steps_climbed_add_up_to_the_number(numbers):
    numbers = [*numbers, 0.0, 1.0, 2.0]
    column, table, at = stepped(numbers)
    if not isinstance(column, SteppedColumn):
        return  # all numbers are so near to each other that there are no steps
    climbed = column.apply(table)[:, at:] + np.array(column.means)
    assert climbed.shape[1] == len(column.inputs) - at == len(column.ends) - 1
    assert ((climbed >= -1e-12) & (climbed <= 1.0 + 1e-12)).all()
    lengths = np.array([high / 4 - low / 4 for low, high in pairwise(column.ends)])  # all together may overflow
    within = np.clip(numbers, column.ends[0], column.ends[-1])
    assert column.ends[0] / 4 + climbed @ lengths == pytest.approx(within / 4, rel=1e-9, abs=1e-9 * lengths.max())


def test_each_of_few_numbers_ends_a_step_and_of_many_each_step_has_as_many_rows():
    few, _, _ = stepped([7, 3, 3, 12] * 10)
    assert few.ends == (3.0, 7.0, 12.0)
    assert few.inputs == ("x", "x from 3 to 7", "x from 7 to 12")
    rng = np.random.default_rng(0)
    numbers = np.exp(rng.normal(size=400))
    many, table, at = stepped(numbers.tolist())
    assert len(many.ends) == STEPS + 1
    counts, _ = np.histogram(numbers, many.ends)
    assert counts.min() >= 400 // STEPS - 1
    assert np.abs(many.apply(table)[:, at:].mean(axis=0)).max() < 1e-12  # as of the rows they were learned from
    assert len(stepped([1.5 * k for k in range(FEW)])[0].ends) == FEW


@pytest.mark.parametrize("numbers", [[1.0, 2.0] * 10, [5e-324, 0.0, 1e-323] * 8])
def test_numbers_of_two_places_have_no_steps(numbers):
    column, _, _ = stepped(numbers)
    assert not isinstance(column, SteppedColumn)


def test_what_is_missing_counts_as_the_median_and_what_was_not_seen_as_the_nearest_end():
    column, _, at = stepped([1, 2, 2, 3, 10, float("nan")] * 5)
    rows = table_of(x=[float("nan"), 2.0, -50.0, 1.0, 11.0, 10.0])
    steps = column.apply(rows)[:, at:]
    assert (steps[0] == steps[1]).all()
    assert (steps[2] == steps[3]).all()
    assert (steps[4] == steps[5]).all()


def a_schema():
    rng = random.Random(3)
    days = [f"2024-{1 + k % 12:02d}-{1 + k % 28:02d}" for k in range(60)]
    columns = {
        "place": [float(rng.randrange(9)) for _ in range(60)],
        "price": [rng.gauss(5, 2) for _ in range(60)],
        "day": days,
        "color": [rng.choice(["red", "blue", "green"]) for _ in range(60)],
        "y": [rng.gauss(0, 1) for _ in range(60)],
    }
    table = table_of(**columns)
    return table_dataset(table, "y", task="regression"), table


def test_a_schema_with_steps_is_stored_and_read_again():
    data, table = a_schema()
    schema = with_steps(data.schema, table, data.indexes[0])
    assert [isinstance(column, SteppedColumn) for column in schema.columns] == [True, True, True, False]
    again = schema_from_dict(json.loads(json.dumps(schema.as_dict())))
    assert again == schema
    assert np.array_equal(again.encode(table), schema.encode(table))
    assert schema.encode(table).shape == (60, len(schema.inputs))
    assert np.array_equal(schema.encode(table)[:, places_without_steps(schema)], data.schema.encode(table))


def test_what_older_versions_cannot_read_has_another_format():
    data, table = a_schema()
    assert data.schema.as_dict()["format"] == "glassgrad table 3"  # which tells the ends of its numbers
    assert with_steps(data.schema, table, data.indexes[0]).as_dict()["format"] == "glassgrad table 3"
    older = data.schema.as_dict() | {"format": "glassgrad table 2"}
    for column in older["columns"]:
        column.pop("ends", None)
    read = schema_from_dict(older)
    assert read.as_dict() == older
    assert np.array_equal(read.encode(table), data.schema.encode(table))


def test_steps_are_learned_from_the_training_rows_alone():
    data, table = a_schema()
    prices = table.column("price").numbers.copy()
    prices[data.indexes[2]] += 1000.0
    moved = Table(
        "t",
        table.names,
        tuple(Numbers(prices) if n == "price" else c for n, c in zip(table.names, table.columns, strict=True)),
    )
    assert with_steps(data.schema, moved, data.indexes[0]) == with_steps(data.schema, table, data.indexes[0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ends": [1.0]}, "2 to 1,000 ends and a mean each"),
        ({"ends": [1.0, 2.0]}, "ends and a mean each"),
        ({"ends": [float(k) for k in range(1_001)], "means": [0.0] * 1_000}, "2 to 1,000 ends"),
        ({"ends": [2.0, 1.0, 3.0]}, "must rise"),
        ({"ends": [1.0, 1.0, 3.0]}, "must rise"),
        ({"ends": [1.0, "2", 3.0]}, "end of a step"),
        ({"ends": [1.0, True, 3.0]}, "end of a step"),
        ({"ends": [1.0, 2.0, 10**400]}, "end of a step"),
        ({"means": [0.0, None]}, "mean of a step"),
        ({"means": 0.0}, "ends and a mean each"),
        ({"ends": None}, "ends and a mean each"),
        ({"more": 1}, "exactly kind, plain, ends and means"),
        ({"plain": None}, "must be an object with a name"),
        ({"plain": {"kind": "text", "name": "x", "categories": ["a", "b"], "missing": False, "other": False}}, "texts"),
        ({"plain": {"kind": "steps", "name": "x"}}, "neither a number, a text nor a date"),
    ],
)
def test_stored_steps_that_are_none_are_refused(change, said):
    column, _, _ = stepped([1, 2, 3] * 8)
    data, _ = a_schema()
    stored = data.schema.as_dict() | {"format": "glassgrad table 3"}
    assert schema_from_dict(stored | {"columns": [column.as_dict()]}).columns == (column,)
    with pytest.raises(ValueError, match=said):
        schema_from_dict(stored | {"columns": [column.as_dict() | change]})


def test_stored_steps_between_no_dates_are_refused():
    data, table = a_schema()
    stored = with_steps(data.schema, table, data.indexes[0]).as_dict()
    day = stored["columns"][2]
    day["ends"] = [*day["ends"][:-1], 1e12]
    with pytest.raises(ValueError, match="between no dates"):
        schema_from_dict(stored)


def test_a_widened_network_answers_as_before():
    model = nn.MLP(2, [4, 1], seed=1)
    rows = np.random.default_rng(0).normal(size=(9, 5))
    expected = nn.predict(model, rows[:, [1, 4]])
    widen(model, [1, 4], 5)
    assert nn.predict(model, rows) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("widths", [([3, 1], [5, 1], [2, 1]), ([3, 2, 2], [4, 5, 2], [1, 1, 2]), ([2], [2], [2])])
def test_members_of_other_widths_count_by_their_shares(widths):
    members = [nn.MLP(3, shape, seed=k) for k, shape in enumerate(widths)]
    rows = np.random.default_rng(0).normal(size=(9, 3))
    shares = [0.5, 0.2, 0.3]
    expected = sum(share * nn.predict(member, rows) for share, member in zip(shares, members, strict=True))
    join(members[0], members[1:], shares)
    assert nn.predict(members[0], rows) == pytest.approx(expected, rel=1e-12)


def left_out(outputs):
    found = LeftOut(len(outputs))
    found.add(np.arange(len(outputs)), np.asarray(outputs, dtype=float))
    return found


@given(st.integers(0, 2**32 - 1), st.booleans())
def test_the_share_is_the_one_with_the_least_loss(seed, classes):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, 40) if classes else rng.normal(size=40)
    one, other = (y + rng.normal(size=40) * rng.uniform(0.1, 3) for _ in range(2))
    found = share_of_second(left_out(one), left_out(other), y, classes=classes)

    def loss(share):
        mixed = (1.0 - share) * one + share * other
        return (np.logaddexp(0.0, mixed) - y * mixed).mean() if classes else np.square(mixed - y).mean()

    best = min(SHARES, key=loss)
    assert found == (best if loss(best) < 0.99 * loss(0.0) else 0.0)


def test_what_gains_nothing_has_no_share():
    y = np.random.default_rng(0).normal(size=50)
    assert share_of_second(left_out(y), left_out(y + 1.0), y, classes=False) == 0.0
    assert share_of_second(left_out(y + 1.0), left_out(y), y, classes=False) == max(SHARES)
    assert share_of_second(left_out(y + 1.0), left_out(y + 1.0), y, classes=False) == 0.0


@pytest.mark.parametrize("task", ["regression", "classification"])
def test_networks_leave_out_different_rows_as_long_as_there_are_any(task):
    rng = random.Random(1)
    table = table_of(x=[rng.gauss(0, 1) for _ in range(100)], y=[float(k % 3) for k in range(100)])
    data = table_dataset(table, "y", task=task)
    divided = _divisions(data, 5, seed=0)
    assert divided[0].tolist() == list(range(64, 80))
    assert sorted(np.concatenate(divided).tolist()) == list(range(80))
    assert all(len(rows) == 16 for rows in _divisions(data, 12, seed=0))
    fixed = table_dataset(table, "y", task=task, reading=Reading(time="x"))
    assert all((rows == divided[0]).all() for rows in _divisions(fixed, 3, seed=0))


def places(path, count=240, seed=5):
    """A table whose number is one of a place: there is no order in what it does, and it does it with another column."""
    rng = random.Random(seed)
    effects = [rng.gauss(0, 3) for _ in range(12)]
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["place", "size", "color", "y"])
        for _ in range(count):
            place, size = rng.randrange(12), rng.gauss(0, 1)
            y = effects[place] * (1.0 if size > 0 else -1.0) + rng.gauss(0, 0.3)
            writer.writerow([place, f"{size:.4f}", rng.choice(["red", "blue", "green"]), f"{y:.4f}"])


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("places")
    places(folder / "places.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("nn.commands.training_run.pictures", lambda *_, **__: {})
        common = ["train", "places.csv", "--target", "y", "--epochs", "60", "--quiet"]
        for out, options in (("run", []), ("again", []), ("alone", ["--ensemble", "1"])):
            assert main([*common, "--out", out, *options]) == 0
    return folder


def figures(run, name):
    return json.loads((run / name / "summary.json").read_text())["figures"]["held out"]


@pytest.mark.program
def test_a_table_of_places_is_learned_with_steps(run):
    stored = json.loads((run / "run" / "model.json").read_text())["metadata"]["table"]
    assert stored["format"] == "glassgrad table 3"
    assert [column["kind"] for column in stored["columns"]] == ["steps", "steps", "text"]
    assert figures(run, "run")["R2"] > figures(run, "alone")["R2"] + 0.05


@pytest.mark.program
def test_a_seed_gives_the_same_bits(run):
    assert (run / "run" / "model.json").read_bytes() == (run / "again" / "model.json").read_bytes()


@pytest.mark.program
def test_one_network_alone_has_no_steps(run):
    stored = json.loads((run / "alone" / "model.json").read_text())["metadata"]["table"]
    assert "steps" not in [column["kind"] for column in stored["columns"]]


@pytest.mark.program
def test_a_model_with_steps_predicts_and_explains_what_it_has_not_seen(run, capsys, monkeypatch):
    monkeypatch.chdir(run)
    (run / "new.csv").write_text("place,size,color\n3,0.5,red\n,0.5,red\n99,0.5,violet\n3,-1e300,red\n")
    assert main(["predict", "run/model.json", "new.csv"]) == 0
    said = capsys.readouterr()
    answers = [float(row["predicted_y"]) for row in csv.DictReader(said.out.splitlines())]
    assert len(answers) == 4
    assert np.isfinite(answers).all()
    assert "far outside of what was seen" in said.err
    assert main(["explain", "run/model.json", "place=3,size=0.5,color=red"]) == 0
    said = capsys.readouterr().out
    assert "place: " in said.partition("between the ends")[2]
    carried = said.partition("what leads from there")[2].partition("what the answer")[0]
    assert sorted(line.split()[-1] for line in carried.splitlines()[1:]) == ["color", "place", "size"]


@pytest.mark.program
def test_importance_and_summary_are_by_column(run):
    summary = json.loads((run / "run" / "summary.json").read_text())
    assert sorted(summary["importances"]) == ["color", "place", "size"]
    assert summary["importances"]["place"] > 0.3
    assert len(summary["inputs"]) == json.loads((run / "run" / "model.json").read_text())["nin"]


@pytest.mark.program
def test_a_table_in_the_plane_keeps_its_two_inputs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rng = random.Random(2)
    rows = [(rng.randrange(12), rng.gauss(0, 1)) for _ in range(150)]
    lines = [f"{place},{size:.3f},{(place * 7) % 5 + size:.3f}" for place, size in rows]
    (tmp_path / "t.csv").write_text("place,size,y\n" + "\n".join(lines) + "\n")
    assert main(["train", "t.csv", "--target", "y", "--epochs", "30", "--out", "run", "--quiet"]) == 0
    assert json.loads((tmp_path / "run" / "model.json").read_text())["nin"] == 2
    assert (tmp_path / "run" / "boundary.svg").exists()


@pytest.mark.program
def test_an_interruption_of_a_network_with_steps_leaves_the_model_as_it_began(tmp_path, monkeypatch):
    """What `fit` takes for the end of one network is the end of them all."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("nn.commands.training_run.pictures", lambda *_, **__: {})
    places(tmp_path / "places.csv")
    common = ["train", "places.csv", "--target", "y", "--epochs", "60", "--quiet"]
    assert main([*common, "--out", "alone", "--ensemble", "1"]) == 0
    from nn.training.run import Run

    epoch = Run.epoch

    def interrupted(self, number, bar):
        if self.model.dropout and number == 3:
            signal.raise_signal(signal.SIGINT)
        return epoch(self, number, bar)

    monkeypatch.setattr(Run, "epoch", interrupted)
    assert main([*common, "--out", "run"]) == 130
    assert (tmp_path / "run" / "model.json").read_bytes() == (tmp_path / "alone" / "model.json").read_bytes()


@pytest.mark.parametrize(("epochs", "expected"), [(200, 100), (15, 10), (10, 10), (3, 3), (1, 1)])
def test_networks_with_steps_train_for_half_as_long_and_never_longer(epochs, expected):
    assert stepped_settings(Settings((18,), epochs, 0.005, 32, None)).epochs == expected


def test_what_the_model_is_an_average_of_is_said_in_one_sentence():
    assert Found([1, 2], [], 0.0, None).words("the linear start") == (
        "the model is the average of the linear start and 2 more networks"
    )
    assert Found([1, 4], [2, 3], 0.75, None).words("the first network") == (
        "the model is the average of the first network, 2 more networks and 2 that see numbers as steps too, which "
        "count 75% together"
    )


@pytest.mark.program
def test_the_pictures_of_a_run_with_steps_show_the_network_that_began_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    places(tmp_path / "places.csv")
    assert main(["train", "places.csv", "--target", "y", "--epochs", "60", "--out", "run"]) == 0
    said = capsys.readouterr().out
    assert "that see numbers as steps too, which count" in said
    assert "which is a defect here" not in said
    for name in ("graph.svg", "training.html", "importance.svg", "dependence.svg"):
        assert (tmp_path / "run" / name).exists(), name
    assert "place from 0 to 1" not in (tmp_path / "run" / "graph.svg").read_text()


def test_encoded_anew_the_rows_are_the_same_and_so_are_their_parts():
    data, table = a_schema()
    wide = encoded_by(with_steps(data.schema, table, data.indexes[0]), data)
    for part, other in ((data.train, wide.train), (data.validation, wide.validation), (data.held_out, wide.held_out)):
        assert np.array_equal(other.rows[:, places_without_steps(wide.schema)], part.rows)
        assert np.array_equal(other.targets, part.targets)
