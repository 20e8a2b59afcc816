"""What strangers' files cost: models of any size and shape are refused cheaply, tables are read in linear time."""

import contextlib
import csv
import io
import json
import math
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processes import LINUX

from nn import MLP, load, save
from nn.formats.json_format import from_json
from nn.tables.data import load_dataset
from nn.tables.loading import read_table
from nn.tables.numerals import Notation
from nn.tables.schema import MAX_INPUTS
from nn.tables.text_files import TableError

pytestmark = pytest.mark.program

# ---- models


@LINUX
@pytest.mark.parametrize("megabytes", [5, pytest.param(62, marks=pytest.mark.slow)])
def test_what_is_no_model_is_refused_within_a_second_and_five_times_its_size(megabytes):
    script = Path(__file__).with_name("hostile_models.py")
    done = subprocess.run([sys.executable, str(script), str(megabytes)], capture_output=True, text=True, check=True)
    tried = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(tried) > 60
    for case in tried:
        assert "is not a saved model: " in case["said"], case
        assert len(case["said"]) < 400, case
        assert case["growth"] <= 5.0, case
        # 10,000,000 numbers of three digits are all looked at before the last, which is none: a second, more or less.
        assert case["seconds"] <= (3.0 if megabytes > 5 else 1.0), case


UNUSUAL = [*"01 +1 1. .5 - 1e 1_0 true null NaN -Infinity [1] {} 1e308 1e309 -0 0e99999 1e-400 17e289".split(), "1 2"]
UNUSUAL += ['"1"', "\u0661", "1" * 309, "9" * 400, "9" * 5000, "0." + "1" * 500]

space = st.text(" \t\r\n", max_size=3)
numerals = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.floats().map(repr),  # nan and inf too
    st.integers(-(10**20), 10**20).map(str),
    st.from_regex(r"-?[0-9]{0,3}(\.[0-9]{0,3})?([eE][+-]?[0-9]{0,4})?", fullmatch=True),
    st.sampled_from(UNUSUAL),
)


@st.composite
def documents(draw):
    """Texts that are models, or nearly."""

    def blank():
        return draw(space)

    def listed(items):
        return "[" + blank() + f"{blank()},{blank()}".join(items) + blank() + "]"

    rough = draw(st.booleans())
    nin, nouts = draw(st.integers(1, 3)), draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))

    def numeral():
        return draw(numerals) if rough and draw(st.integers(0, 9)) == 0 else repr(draw(st.floats(-1e3, 1e3)))

    layers = []
    for m, n in zip([nin, *nouts], nouts, strict=False):
        width = m if draw(st.integers(0, 19)) else m + 1
        rows = listed([listed([numeral() for _ in range(width)]) for _ in range(n)])
        biases = "null" if draw(st.booleans()) else listed([numeral() for _ in range(n)])
        parts = [f'"activation"{blank()}:"relu"', f'"weights":{blank()}{rows}', f'"biases": {biases}']
        layers.append("{" + ",".join(draw(st.permutations(parts))) + "}")
    metadata = draw(st.sampled_from(["{}", '{"a": [1, {"b": null}], "\u00e9": "]}"}', '{"a": 1, "a": 2}', "[]", "{"]))
    keys = ['"format":"glassgrad mlp 1"', f'"nin":{nin}', f'"nouts":{listed(map(str, nouts))}']
    keys += [f'"layers":{listed(layers)}', f'"metadata": {metadata}']
    if draw(st.integers(0, 3)) == 0:
        share = draw(st.sampled_from(["0.5", "0", "25e-2", "-0.0", "1", "1.0", "-0.1", "true", "[0.5]", "null"]))
        keys.append(f'"dropout":{blank()}{share}')
    text = blank() + "{" + ",".join(draw(st.permutations(keys))) + blank() + "}" + blank()
    if draw(st.integers(0, 4)) == 0:
        at = draw(st.integers(0, len(text) - 1))
        text = text[:at] + draw(st.sampled_from(["", ",", "]", "[", "}", " ", '"', "0", "e"])) + text[at + 1 :]
    return text


def judged_by_pythons_parser(text):
    """The numbers of the model in a text, or None, by way of Python's own parser."""

    def unique(pairs):
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    def refused(_):
        raise AssertionError

    def checked(numbers, count):
        assert type(numbers) is list
        assert len(numbers) == count
        assert all(type(x) in (int, float) and math.isfinite(x) for x in numbers)
        return [x + 0.0 for x in numbers]

    try:
        found = json.loads(text, object_pairs_hook=unique, parse_constant=refused)
        assert set(found) - {"dropout"} == {"format", "nin", "nouts", "layers", "metadata"}
        dropout = found.get("dropout", 0)
        assert type(dropout) in (int, float)
        assert 0 <= dropout < 1
        assert found["format"] == "glassgrad mlp 1"
        assert type(found["nin"]) is int
        assert all(type(n) is int for n in found["nouts"])
        assert type(found["metadata"]) is dict
        sizes = [found["nin"], *found["nouts"]]
        numbers = [[dropout + 0.0]]
        for m, n, layer in zip(sizes[:-1], sizes[1:], found["layers"], strict=True):
            assert set(layer) == {"activation", "weights", "biases"}
            assert layer["activation"] == "relu"
            assert type(layer["weights"]) is list
            assert len(layer["weights"]) == n
            numbers += [checked(row, m) for row in layer["weights"]]
            numbers.append(None if layer["biases"] is None else checked(layer["biases"], n))
        return numbers
    except (AssertionError, ValueError, OverflowError, TypeError, KeyError, AttributeError):
        return None


@given(text=documents())
def test_the_reader_and_pythons_parser_find_the_same_models(text):
    try:
        plan = from_json(text.encode())
    except ValueError:
        found = None
    else:
        found = [[plan.dropout]]
        for layer in plan.layers:
            found += [*layer.rows(), None if layer.biases is None else layer.biases.tolist()]
    if found is not None:
        found = [None if row is None else [x + 0.0 for x in row] for row in found]  # -0 is a whole number to Python
    wanted = judged_by_pythons_parser(text)
    assert (found is None) == (wanted is None)
    assert repr(found) == repr(wanted)


@pytest.mark.parametrize("width", [1, 7, 40_000])
def test_rows_longer_than_a_piece_come_back_to_the_bit(tmp_path, width):
    model = MLP(width, [3, 2], seed=1)
    rng = random.Random(0)
    for p in model.parameters():
        p.data = rng.choice([rng.uniform(-1, 1), rng.uniform(-1, 1) * 10.0 ** rng.randint(-300, 300), 0.0, 5e-324])
    save(model, tmp_path / "m.json")
    assert [p.data for p in load(tmp_path / "m.json").parameters()] == [p.data for p in model.parameters()]
    spread = (tmp_path / "m.json").read_text().replace(", ", " , \n\t ").replace("]", " ]")
    (tmp_path / "m.json").write_text(spread)
    assert [p.data for p in load(tmp_path / "m.json").parameters()] == [p.data for p in model.parameters()]


def test_what_a_file_may_hold_beside_the_weights_is_limited_when_it_is_written_too(tmp_path):
    model = MLP(1, [1], seed=0)
    nested = []
    for _ in range(200):
        nested = [nested]
    for metadata, said in (
        ({"a": [0] * 300_000}, "more than 200,000 values"),
        ({"a": "x" * 5_000_000}, "more than 4,194,304 bytes"),
        ({"a": nested}, "nested too deeply"),
    ):
        with pytest.raises(ValueError, match=said):
            save(model, tmp_path / "m.json", metadata=metadata)
    assert list(tmp_path.iterdir()) == []
    save(model, tmp_path / "m.json", metadata={"a": [0.5] * 190_000, "b": "y" * 1_000_000})
    assert len(load(tmp_path / "m.json").metadata["a"]) == 190_000


def test_a_file_of_very_many_layers_is_neither_written_nor_read(tmp_path):
    with pytest.raises(ValueError, match="at most 10,000 layers, got 10,001"):
        save(MLP(1, [1] * 10_001, seed=0), tmp_path / "m.json")
    save(MLP(1, [1] * 300, seed=0), tmp_path / "m.json")
    assert len(load(tmp_path / "m.json").layers) == 300


# ---- tables


def slowdown(work, size, factor=8):
    """How many times longer the work takes for an input so many times longer; the quickest of three, in CPU time."""

    def quickest(n):
        argument, times = work(n), []
        for _ in range(3):
            started = time.process_time()
            argument()
            times.append(time.process_time() - started)
        return max(min(times), 1e-4)

    return quickest(size * factor) / quickest(size)


CELLS = {
    "digits": lambda n: "9" * n + "x",
    "decimals": lambda n: "0." + "9" * n + "x",
    "digits and point": lambda n: "9" * n + "." + "9" * n + "x",
    "exponent": lambda n: "1e" + "9" * n + "x",
    "number": lambda n: "9" * n,
    "small number": lambda n: "0." + "0" * n + "1",
    "signs": lambda n: "+" * n,
    "points": lambda n: "." * n,
    "commas": lambda n: "," * n,
    "blank": lambda n: " " * n + "x",
    "infinite": lambda n: "inf" * n,
    "quotes": lambda n: '"' * n,
}


@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_is_judged_in_linear_time(kind, decimal):
    assert slowdown(lambda n: lambda: Notation(decimal).number(CELLS[kind](n)), 20_000) < 32


def table_of(kind, n):
    """The text of a table with something long in it."""
    rows = "1,x\n2,y\n" * 10
    match kind:
        case "long cells":
            return "a,y\n" + "".join(f"{'9' * n}x{i % 2},{'xy'[i % 2]}\n" for i in range(20))
        case "long names":
            return ",".join(f"{'c' * n}{i}" for i in range(20)) + ",y\n" + ("1," * 20 + "x\n" + "2," * 20 + "y\n") * 10
        case "blank lines":
            return "a,y\n" + "\n" * 20 * n + rows
        case "many rows":
            return "a,y\n" + "1,x\n2,y\n" * n
        case "many columns":
            count = n // 4
            names = ",".join(f"c{i}" for i in range(count))
            return names + ",y\n" + "".join(f"{i}," * count + f"{'xy'[i % 2]}\n" for i in range(12))
        case "quoted lines":
            return "a,y\n" + "".join(f'"{chr(10) * (n // 2)}{i % 2}",{"xy"[i % 2]}\n' for i in range(20))
        case "an endless quote":
            return 'a,y\n"' + "1,x\n" * n
        case "many classes":
            return "a,y\n" + "".join(f"{i % 7},k{i}\n" for i in range(2 * n))
        case "delimiters":
            return "a;b,c\td|y\n" + "1;2,3\t4|5\n" * n
    raise AssertionError(kind)


KINDS = ["long cells", "long names", "blank lines", "many rows", "many columns", "quoted lines", "an endless quote"]


@pytest.mark.parametrize("kind", [*KINDS, "many classes", "delimiters"])
def test_a_file_is_read_and_learned_from_in_linear_time(tmp_path, kind):
    def work(n):
        path = tmp_path / f"{n}.csv"
        path.write_text(table_of(kind, n))

        def read():
            with contextlib.suppress(TableError):
                load_dataset(str(path), target="y")

        return read

    assert slowdown(work, 2_000) < 32  # 8 for linear time and 64 for quadratic


def test_a_misspelled_column_among_many_long_ones_is_told_quickly(tmp_path):
    path = tmp_path / "names.csv"
    names = [f"{'ab' * 20_000}{i}" for i in range(200)]
    path.write_text(",".join(names) + "\n" + ",".join("1" for _ in names) + "\n")
    started = time.process_time()
    with pytest.raises(TableError, match="no column 'ababab") as caught:
        load_dataset(str(path), target="ab" * 20_000)
    assert time.process_time() - started < 2.0
    assert len(str(caught.value)) < 600


def test_the_widest_table_is_learned_from_in_seconds(tmp_path):
    path = tmp_path / "wide.csv"
    rng = random.Random(0)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*(f"c{i}" for i in range(MAX_INPUTS - 10)), "y"])
    writer.writerows([[rng.random() for _ in range(MAX_INPUTS - 10)] + [k % 2] for k in range(10)])
    path.write_text(text.getvalue())
    started = time.process_time()
    assert len(read_table(path).names) == MAX_INPUTS - 9
    assert len(load_dataset(str(path), target="y").schema.inputs) == MAX_INPUTS - 10
    assert time.process_time() - started < 5.0


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_an_endless_file_is_refused():
    with pytest.raises(TableError, match="larger than 256 MB"):
        read_table("/dev/zero")
