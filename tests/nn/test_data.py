"""Data sets: the moons' shape, honest splits, and tables that become rows."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn.samples import as_rows, as_targets, split_order
from nn.tables.data import Reading, load_dataset, moons
from nn.tables.text_files import TableError


@pytest.fixture
def write(tmp_path):
    def write_file(content, name="data.csv"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return str(path)

    return write_file


@given(st.lists(st.integers(0, 3), min_size=1, max_size=200), st.integers(0, 5), st.data())
def test_every_stretch_of_a_split_has_the_classes_in_their_proportions(labels, seed, data):
    order = split_order(labels, seed=seed)
    assert sorted(order) == list(range(len(labels)))
    cut = data.draw(st.integers(0, len(labels)))
    for label in set(labels):
        taken = sum(labels[i] == label for i in order[:cut])
        fair = labels.count(label) * cut / len(labels)
        # Rounding of each of at most four classes moves the cut by half a member, ties by one more each.
        assert abs(taken - fair) <= 4


@given(st.integers(2, 60))
def test_moons_without_noise_lie_on_their_half_circles(count):
    X, y = moons(count, noise=0.0)
    assert len(X) == len(y) == count
    assert y.count(0) == count // 2
    for (a, b), label in zip(X, y, strict=True):
        if label == 0:
            assert b >= -1e-12
            assert math.hypot(a, b) == pytest.approx(1.0)
        else:
            assert b <= 0.5 + 1e-12
            assert math.hypot(a - 1.0, b - 0.5) == pytest.approx(1.0)


def test_moons_are_scikit_learns_without_noise():
    datasets = pytest.importorskip("sklearn.datasets")
    X, y = datasets.make_moons(101, noise=None)
    theirs = sorted((label, *point) for point, label in zip(X.round(12).tolist(), y.tolist(), strict=True))
    rows, labels = moons(101, noise=0.0)
    ours = sorted((label, round(a, 12), round(b, 12)) for (a, b), label in zip(rows, labels, strict=True))
    for mine, other in zip(ours, theirs, strict=True):
        assert mine == pytest.approx(other, abs=1e-11)


def test_the_noise_of_moons_has_the_given_deviation():
    still, _ = moons(4000, noise=0.0, seed=3)
    rows, labels = moons(4000, noise=0.2, seed=3)
    radii = [
        math.hypot(a, b) - 1.0 if label == 0 else math.hypot(a - 1, b - 0.5) - 1.0
        for (a, b), label in zip(rows, labels, strict=True)
    ]
    assert len(still) == 4000
    deviation = math.sqrt(sum(r * r for r in radii) / len(radii))
    assert deviation == pytest.approx(0.2, rel=0.06)  # 4000 draws: 1 % standard error, and the curve adds about 2 %


def test_one_seed_gives_one_data_set():
    assert moons(50, seed=1) == moons(50, seed=1)
    assert moons(50, seed=1) != moons(50, seed=2)


def test_the_three_parts_have_all_rows_once():
    data = load_dataset("moons", seed=4)
    parts = [data.train, data.validation, data.held_out]
    assert [len(part) for part in parts] == [320, 80, 100]
    points = [tuple(row) for part in parts for row in part.rows]
    assert sorted(points) == sorted(map(tuple, moons(500, seed=4)[0]))
    assert sum(data.held_out.targets) == 50


def test_held_out_rows_do_not_change_what_is_learned_from_the_others(write):
    rng = random.Random(0)
    lines = [[rng.gauss(0, 1), rng.gauss(0, 1)] for _ in range(50)]
    text = "a,y\n" + "".join(f"{a},{y}\n" for a, y in lines)
    first = load_dataset(write(text), target="y")
    held = {round(first.schema.target.restore(y), 9) for y in first.held_out.targets}
    changed = "a,y\n" + "".join(f"{a + 100 if round(y, 9) in held else a},{y}\n" for a, y in lines)
    second = load_dataset(write(changed), target="y")
    assert np.array_equal(second.train.rows, first.train.rows)
    assert np.array_equal(second.train.targets, first.train.targets)
    assert not np.array_equal(second.held_out.rows, first.held_out.rows)


BAD_TABLES = [
    ("a,y\n" + "1,2\n" * 5, {}, "has 5 rows with a target, at least 10"),
    ("a,y\n" + "1,2\n" * 20, {}, "every row of column 'y' is '2'; two classes"),
    ("a,y\n" + "1,\n" * 20, {}, "every value of the target column 'y' is missing"),
    ("y\n" + "1\n2\n" * 10, {}, "no column to learn 'y' from"),
    ("a,y\n" + ",1\n,2\n" * 10, {}, "no column to learn 'y' from; 'a': every value is missing"),
    ("a,y\n" + "".join(f"{i},name {i}\n" for i in range(20)), {}, "20 different values in 20 rows, too many"),
    ("a,y\n" + "1,x\n2,y\n" * 10, {"task": "regression"}, "line 2: regression on column 'y' wants finite numbers, got"),
    ("a,y\n" + "1,1.5\n2,inf\n" * 10, {}, "line 3: regression on column 'y' wants finite numbers, got 'inf'"),
    ("a,y\n" + "1,2\n2,3\n" * 10, {"task": "ranking"}, "no task 'ranking'"),
    ("a,y\n" + "1,2\n2,3\n" * 10, {"reading": Reading(ignore=("b",))}, "no column 'b'"),
    ("a,y\n" + "1,2\n2,3\n" * 10, {"target": "z"}, "no column 'z'"),
    ("a,y\n" + "1,2\n2,3\n" * 10, {"target": None}, "wants --target COLUMN"),
    ("a,y\n" + "1,2\n2,3\n" * 10, {"validation": 0.5, "held_out": 0.5}, "leave none of 20 rows"),
]


@pytest.mark.parametrize(("content", "options", "message"), BAD_TABLES)
def test_an_unusable_table_is_refused_in_one_line(write, content, options, message):
    with pytest.raises(TableError, match=message) as raised:
        load_dataset(write(content), **({"target": "y"} | options))
    assert "\n" not in str(raised.value)


def test_a_few_rows_are_enough_when_none_are_held_back(write):
    data = load_dataset(write("a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n"), target="y", validation=0.0, held_out=0.0)
    assert (len(data.train), len(data.validation), len(data.held_out)) == (4, 0, 0)
    assert data.schema.target.task == "classification"


def test_rows_without_a_target_are_left_out_and_noted(write):
    data = load_dataset(write("a,y\n" + "1,x\n2,y\n" * 10 + "3,\n"), target="y")
    assert len(data.train) + len(data.validation) + len(data.held_out) == 20
    assert "1 row has no 'y' and is left out" in data.notes


def test_an_unknown_name_suggests_the_built_in_one():
    with pytest.raises(TableError, match="no data set or file 'mons'; did you mean 'moons'"):
        load_dataset("mons")


def test_a_target_is_refused_for_a_built_in_set():
    with pytest.raises(TableError, match="moons is built in"):
        load_dataset("moons", target="y")


@given(st.lists(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=2), min_size=1, max_size=5))
def test_rows_come_out_as_an_array_of_the_same_floats(rows):
    assert as_rows(rows).tolist() == rows
    assert as_rows(np.array(rows)).tolist() == rows
    assert as_rows(map(tuple, rows)).tolist() == rows


@pytest.mark.parametrize(
    ("X", "error", "message"),
    [
        ([], ValueError, "X is empty"),
        ([[]], ValueError, r"X\[0\] is empty"),
        ([[1, 2], [3]], ValueError, r"X\[1\] has 1 numbers where X\[0\] has 2"),
        ([1, 2], TypeError, r"X\[0\] must be a row of numbers, got int; for one feature"),
        ("ab", TypeError, "X must be a list or an array of rows, got str"),
        (None, TypeError, "got NoneType"),
        ([[1, "2"]], TypeError, r"X\[0\]\[1\] must be a number, got str '2'"),
        ([[1, None]], TypeError, "got NoneType"),
        ([[1, 2j]], TypeError, "got complex"),
        ([[1, math.nan]], ValueError, r"X\[0\]\[1\] must be finite, got nan"),
        ([[10**400]], ValueError, r"X\[0\]\[0\] is too large for a float"),
    ],
)
def test_rows_that_are_no_table_of_finite_numbers_are_refused(X, error, message):
    with pytest.raises(error, match=message):
        as_rows(X)


def test_targets_keep_whole_numbers_and_lose_a_needless_dimension():
    assert as_targets([1, 0, True], 3).tolist() == [1, 0, 1]
    assert as_targets([[1.0], [2.0]], 2).tolist() == [1.0, 2.0]
    assert as_targets([[1, 2], [3, 4]], 2).tolist() == [[1.0, 2.0], [3.0, 4.0]]
    with pytest.raises(ValueError, match="3 rows in X and 2 targets in y"):
        as_targets([1, 2], 3)
    with pytest.raises(ValueError, match="differ in shape"):
        as_targets([1, [2.0]], 2)
