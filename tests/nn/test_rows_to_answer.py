"""Rows that a model cannot read or has seen nothing like: what predict and explain say of them, and what then helps."""

import random

import pytest

from nn.__main__ import main
from nn.tables.columns import NumberColumn, column_from_dict

pytestmark = pytest.mark.program


@pytest.fixture(scope="module")
def flats(tmp_path_factory):
    folder = tmp_path_factory.mktemp("flats")
    rng = random.Random(1)
    rows = [f"{k % 28 + 1}.03.2024;{rng.randint(120, 1800) / 10};{rng.choice('NS')}" for k in range(60)]
    priced = [f"{row};{float(row.split(';')[1]) * 11 + 200:.2f}" for row in rows]
    lines = [row.replace(".", ",").replace(",03,", ".03.") for row in priced]
    (folder / "flats.csv").write_text("\n".join(["Seen;Area;Side;Rent", *lines, ""]))
    arguments = ["--target", "Rent", "--type", "Seen=dmy", "--epochs", "2", "--ensemble", "1", "--quiet"]
    assert main(["train", str(folder / "flats.csv"), *arguments, "--out", str(folder / "run")]) == 0
    return folder


def asked(flats, *rows):
    path = flats / "rows.csv"
    path.write_text("\n".join(["Seen;Area;Side", *rows, ""]))
    return [str(flats / "run" / "model.json"), str(path)]


def test_words_among_numbers_are_told_with_the_options_that_count_them_as_missing(flats, capsys):
    model, rows = asked(flats, "1.03.2024;80,5;N", "2.03.2024;k.A.;S", "3.03.2024;on request;S")
    assert main(["predict", model, rows]) == 2
    said = capsys.readouterr().err
    assert "line 3: column 'Area' wants a number, got 'k.A.'; correct it, or say --missing k.A. --missing " in said
    assert said.endswith('--missing k.A. --missing "on request"\n')
    options = ["--missing", "k.A.", "--missing", "on request"]
    assert main(["predict", model, rows, *options]) == 0
    assert main(["explain", model, f"{rows}:2"]) == 2
    assert "--missing k.A." in capsys.readouterr().err
    assert main(["explain", model, f"{rows}:2", *options]) == 0
    assert main(["explain", model, "Area=k.A.; Side=N", *options]) == 0
    capsys.readouterr()


def test_words_among_dates_too(flats, capsys):
    model, rows = asked(flats, "1.03.2024;80,5;N", "soon;75,2;S")
    assert main(["predict", model, rows]) == 2
    assert "wants a date, got 'soon'; correct it, or say --missing soon" in capsys.readouterr().err
    assert main(["predict", model, rows, "--missing", "soon"]) == 0


def test_a_number_far_outside_is_told_with_what_training_saw(flats, capsys):
    model, rows = asked(flats, "1.03.2024;4500,5;N")
    assert main(["predict", model, rows]) == 0
    said = capsys.readouterr().err
    areas = [float(line.split(";")[1].replace(",", ".")) for line in (flats / "flats.csv").read_text().split()[1:]]
    least, _, most = said.partition("; training saw ")[2].strip().partition(" to ")
    assert "such as 4500,5, counted as " in said
    assert min(areas) <= float(least.replace(",", ".")) < float(most.replace(",", ".")) <= max(areas)


def test_files_that_do_not_tell_what_was_seen_are_read_by_their_bounds():
    column = NumberColumn("a", 5.0, 5.0, 2.0, False, -10.0, 20.0)
    assert column_from_dict(column.as_dict()) == column
    assert column.seen == (0.0, 10.0)
    told = NumberColumn("a", 5.0, 5.0, 2.0, False, -10.0, 20.0, ends=(1.0, 9.0))
    assert column_from_dict(told.as_dict()) == told
    assert told.seen == (1.0, 9.0)


@pytest.mark.parametrize("ends", [None, [1.0], [2.0, 1.0], ["1", 2.0], [1.0, float("nan")], 3, {}])
def test_stored_ends_that_are_none_are_refused(ends):
    stored = NumberColumn("a", 5.0, 5.0, 2.0, False, -10.0, 20.0).as_dict() | {"ends": ends}
    with pytest.raises(ValueError, match="end"):
        column_from_dict(stored)
