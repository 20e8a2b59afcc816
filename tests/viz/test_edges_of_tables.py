"""Lines above and below the rows of a table that is brought to a page are those that the command leaves out."""

from __future__ import annotations

import pytest

from nn.tables.data import load_dataset
from nn.tables.footers import SUMS
from nn.tables.text_files import TableError

pytest_plugins = ["browser"]
pytestmark = pytest.mark.browser

WIDE = "Year;Area;Part;Rent"
NARROW = "area,rooms,rent"
CASES = [
    (WIDE, [], ["Totaal;;;25470"]), (WIDE, [], ["Total;1990;63,5;900,25"]), (WIDE, [], ["1990;;N;900,25"]),
    (WIDE, [], [";;;", "Sum;;;12345,67", "x;;;"]), (WIDE, [], ["", "All figures without warranty", "Source: the town"]),
    (WIDE, [], ["1990;;;900,25"]), (WIDE, [], ["total:;1990;N;900,25", "1991;30,5;W;800,25"]),
    (WIDE, [], ["?;;;900,25"]), (WIDE, ["Rents of the town"], []), (WIDE, ['"Rents; of the town"', ";;;"], []),
    (WIDE, ["Rents of the town;;;", "", "as of May"], ["Summe;;;1,5"]), (WIDE, ["# note", "", "Rents"], ["Total;;;"]),
    (NARROW, [], ["Total,,25470"]), (NARROW, [], ["Totaal,,25470"]), (NARROW, [], ["25,Total,1", "27,total,2"]),
    (NARROW, ["Rents"], ["GRAND TOTAL:,3,99"]), (NARROW, [], ["Average,3,"]), (NARROW, [], ["Source"]),
    (NARROW, [], ["x,,", ",,"]), (WIDE, [], ["Source"] * 11), (WIDE, [], ["Source;;;"] * 11),
]  # fmt: skip


def rows_of(names, count):
    """So many lines of a table under these names."""
    if names == NARROW:
        return [f"{20 + 3 * k},{k % 5},{300 + 7 * k}.5" for k in range(count)]
    return [f"{1950 + k};{30 + 2 * k},5;{'NSW'[k % 3]};{300 + 19 * k},25" for k in range(count)]


@pytest.mark.parametrize("count", [8, 30])
def test_titles_and_footers_are_those_of_python(scripted, tmp_path, count):
    page = scripted("engine/table.js")
    for names, above, below in CASES:
        text = "\n".join([*above, names, *rows_of(names, count), *below, ""])
        path = tmp_path / "own.csv"
        path.write_text(text, encoding="utf-8")
        theirs = page.evaluate(
            """(text) => { try { const { notes, y } = readTable(text); return [notes, y.length]; }
              catch (error) { return error.message; } }""",
            text,
        )
        try:
            data = load_dataset(str(path), target=names[-4:], validation=0.0, held_out=0.0)
        except TableError:
            assert isinstance(theirs, str), (names, above, below)
            continue
        ours = [note for note in data.notes if "left out" in note and "line" in note]
        assert [note for note in theirs[0] if " left out" in note and "line" in note and "has " not in note] == ours
        assert theirs[1] == len(data.train.targets), (names, above, below)


def test_words_for_a_sum_are_those_of_python(scripted):
    assert set(scripted("engine/edges.js").evaluate("[...SUMS]")) == SUMS
