"""Small functions on a few arguments each, near where they change their minds; the answers as kept.

What is here are the rules of tables, words and figures: which text is a number, a date, a code; how a name is cut; what
a median is. Each has laws elsewhere; here are its numbers and its words.
"""

from __future__ import annotations

import io
import math
import random
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from kept import answers, same_as_kept

from nn import metrics, numbers, samples, wording
from nn.commands import contributions, cures, options, reading_options, resumption
from nn.commands.report import _shown as figure_shown
from nn.formats import files, strict_json
from nn.tables import answers as answers_of
from nn.tables import cells, columns, dates, dialect, meaning, numerals, schema, standardizing, strays, units
from nn.tables.other_formats import from_frame
from nn.tables.targets import NumberTarget
from nn.training import baselines, schedules, settings

KEPT = Path(__file__).with_name("kept")
LONG = "a long name, of which the middle is left out where it does not fit into a line of sixty characters"
NUMERALS = [
    "1", "-1", "+1.5", "1.", ".5", "1e5", "1e400", "inf", "-Infinity", "nan", "", " ", "1 ", "0x1", "1_000", "1,5",
        "1,234",
    "1,234.5", "1.234,5", "1.234.567", "12,34", "1 234", "1'234.5", "(5)", "(5.5 €)", "€ 5", "5 €", "$1,234", "5%",
    "5 %",
    "5 ‰", "1,5 %", "-5,00 €", "\u22123", "\u2013 3", "5 kg", "kg 5", "5kg", "1e3 €", "02139", "00", "0", "0.5", "-012",
    "4758E590005",
    "12E4", "1,234,56", "1.5.2", "--5", "(-5)", "5 € %", "1\u00a0234,5", "٣", "5,", ",5", "1,000,000", "1.000", "0.123",
]  # fmt: skip
DATES = [
    "2024-02-29", "2023-02-29", "2024/2/9", "29.02.2024", "2.3.68", "2.3.69", "02/03/2024", "13/01/2024", "01/13/2024",
    "3 Mar 2024", "March 3, 2024", "3. März 2024", "20240309", "18991231", "2024-13", "2024-3", "2024-03-09T10:30:00Z",
    "2024-03-09 10:30", "2024-03-09T10:30:15.25+02:00", "2024-03-09T10:30-0130", "10:30", "10:30:15", "24:00",
        "12:00 am",
    "12:15 PM", "13:00 pm", "0:30 a.m.", "1.2.2024 3:04", "0001-01-01", "9999-12-31", "0000-01-01", "x", "2024-01-32",
]  # fmt: skip
CELLS = [
    ["1.5", "2"], ["1,5", "2"], ["1,234", "2,345"], ["1,234", "5.5"], ["1.234", "5,5"], ["5 €", "6"], ["5 €", "6 $"],
    ["5 %", "6"], ["1 kg", "2 kg"], ["1 kg", "2 g"], ["02139", "10001"], ["$1,234", "$2,345"], ["1", "x"], [], ["0,5",
        "1,25"],
    ["€1,234", "€2,000"], ["inf", "1"], ["1.234", "2.345"], ["1.234.567", "1"], ["(1,234.5)", "2"], ["5 m", "6 m", "7"],
]  # fmt: skip
FLOATS = [0.0, 1.0, -1.5, 1e-5, 0.00012345, 123456.7, 1234567.8, 1e9, 1e16, 1e300, math.inf, -math.inf, math.nan]
WORDS = ["Red", "red", "RED", " red", "red.", "blue", "bleu", "Straße", "STRASSE", "re-d", "r e d", "naïve", "naive",
    "é"]
LOGITS = [[2.0, -1.0, 0.5], [0.0, 0.0, 0.0], [-1.0, 3.0, 1.0], [5.0, 1.0, 4.0], [0.25, 0.5, 0.75], [1e3, -1e3, 0.0]]
SIGNS = [2.0, -1.0, 0.5, 0.0, -0.25, 3.0]
BINARY = [1, 0, 0, 1, 0, 1]
HUGE = [1.7e308, -1.7e308, 1e308]
COLUMN = np.array([1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0] * 3)
ROWS = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 5.0], [4.0, 3.0], [5.0, 9.0], [6.0, 4.0], [7.0, 1.0], [8.0, 2.0]])



def read_of(content, limit):
    return files.at_most(io.BytesIO(content), limit)


def answered(frame, names, cells):
    return answers_of.with_answers(from_frame(frame), names, cells)


FRAME = pd.DataFrame({"a": [1.5, None, 3.0], "b": ["x", "y, z", None]})
CALLS = {
    read_of: [(b"abc", 2), (b"abc", 3), (b"abc", 4), (b"", 0)],
    answered: [(FRAME, ["p"], [["1", "2", "3"]]), (FRAME, ["a", "b"], [["1", "2", "3"], ["", "q", "r"]])],
    numerals.plain_number: [(x,) for x in NUMERALS],
    numerals.is_code: [(x,) for x in NUMERALS],
    numerals.undecided: [(x,) for x in (["1.234"], ["1.234", "5"], ["0.123"], ["1.5"], ["1"], [], ["-1.234",
        "+12.345"])],
    numerals.notation_of: [(x, mark) for x in CELLS if x for mark in (None, ".", ",")],
    units.column_notation: [(x, mark) for x in CELLS if x for mark in (None, ",")],
    numerals.Notation(".").number: [(x,) for x in NUMERALS],
    numerals.Notation(",", "€").number: [(x,) for x in NUMERALS],
    numerals.Notation(".", "%").number: [(x,) for x in NUMERALS],
    numerals.Notation(".", "kg").number: [(x,) for x in NUMERALS],
    numerals.Notation(",", "€").written: [(x,) for x in FLOATS],
    dates.format_of: [([x],) for x in DATES] + [(["1.2.2024", "13.2.2024"],), (["1/2/2024", "2/13/2024"],), (["10:30",
        "x"],)],
    dates.seconds: [(x, name) for x in DATES for name in dates.FORMATS if dates.seconds(x, name) is not None],
    dates.written: [(x,) for x in (0.0, 60.0, -1.0, 86400.0, 1.7e9, -62_135_596_800.0)],
    dates.written_as: [(1.71e9 + 12345.0, name) for name in dates.FORMATS] + [(1710028800.0,
        name) for name in dates.FORMATS],
    dates.parts_of: [(np.array([0.0, 1.71e9, -1e9, 951782400.0, 951868799.0]),)],
    strays.says_nothing: [(x,) for x in ("-", "--", "?", "n.a.", "N/A", "none", "x", "", "unknown", ".", "0", "null",
        "k.A.")],
    strays.missing_option: [(x,) for x in ("x", "-", "n a", "--", "it's", "a\nb", LONG)],
    columns.category_order: [(x,) for x in ("a", "10", "9", "1.5", "A", "", "-3", "1e3", "inf", "1,5")],
    meaning.spelling: [(x,) for x in WORDS],
    meaning.spelled_alike: [(WORDS,), ([],), (["a"],)],
    meaning.counted_from: [(np.array(x),) for x in ([1.0, 2.0, 3.0], [0.0, 1.0], [3.0, 2.0, 1.0], [1.0, 1.0, 2.0],
        [5.0], [2.0, 4.0], [1.5, 2.5])],
    cells.Numbers(np.array(FLOATS)).text: [(k,) for k in range(len(FLOATS))],
    cells.Numbers(np.array([0.0, 1.7e9, math.nan]), dates=True).text: [(k,) for k in range(3)],
    dialect.sniff_delimiter: [(x,) for x in ("a,b\n1,2\n", "a;b\n1,5;2\n", "a\tb\n", "a|b\n1|2\n", "a\n1\n",
        "a b\n1 2\n", '"a;b",c\n"1;2",3\n', "a, b; c\n1, 2; 3\n")],
    standardizing.mean_and_scale: [(x,) for x in ([1.0, 2.0, 4.0], [3.0, 3.0], HUGE, [5e-324, 1e-323], [-1.0, 1.0],
        [7.0])],
    standardizing.standardized: [
        ([1.0, 2.0], 1.5, 0.5), ([1e300, -1e300, 0.0], 1e299, 1e-3), (HUGE, -1.7e308, 1e300), ([], 0.0, 1.0),
    ],
    standardizing.median_of: [
        ([3.0, 1.0, 2.0],), ([4.0, 1.0, 2.0, 3.0],), ([1.7e308, -1.7e308],), ([1.7e308, 1.7e308],), ([5.0],),
    ],
    standardizing.bounds: [
        (COLUMN, 3.0), (np.append(COLUMN, 1e6), 3.0), (np.append(COLUMN, -500.0), 3.0), (np.append(COLUMN, 1e9), 3.0),
            (np.array([1.0] * 19 + [2.0]), 1.0),
        (np.array([1.0] * 30 + [2.0, 90.0]), 1.0), (np.array([4.0]), 4.0), (np.array([1.0] * 18 + [500.0]), 1.0),
            (np.array(HUGE), 1e308),
    ],
    standardizing.around: [(1.0, 3.0), (-1.7e308, 1.7e308), (5.0, 5.0)],
    standardizing.seen_range: [(-1.0, 5.0), (5.0, 5.0), (-1.7e308, 1.7e308)],
    standardizing.squashed: [(COLUMN[:7], 3.0, 0.0), (COLUMN[:7], 3.0, 2.0), (np.array(HUGE), 0.0, 0.5)],
    schema.plain_column: [("x", 0.0, 1.0), ("y", -2.0, 3.0, 0.5)],
    wording.quoted: [(x,) for x in ("a", "it's", LONG, "a\nb", "x" * 60, "x" * 61)],
    wording.cut: [(x,) for x in ("a", LONG, "\t")],
    wording.cut_apart: [
        (["available from month", "available from year", "rooms"], 12), ([LONG, LONG + "!", LONG[:-1]],), (["a", "a",
            "b"],), ([],),
        (["x" * 20 + "1" + "y" * 20, "x" * 20 + "2" + "y" * 20], 12), (["abcdefgh"] * 2 + ["abcdxfgh"], 6),
            (["a" * 9 + k + "b" * 30 for k in "123"], 14, "…"),
    ],
    wording.argument: [(x,) for x in ("a", "a b", "a.b,c:+-", "it's", '"', "$x", "a\nb", LONG, "", "ä")],
    wording.in_quotes: [(x,) for x in ("a b", '"', "$x", "`", "%", "!", "\\", "it's $5")],
    wording.shown: [(x,) for x in (1, "a", LONG, [1.0] * 40, 10**5000, np.zeros((3, 3)), None, "x" * 58, "x" * 59)],
    wording.place: [(x,) for x in ("a", "a\nb", "x" * 250, "x" * 251, "d/" * 200 + "f.csv")],
    wording.one_line: [(x,) for x in ("a", "a\nb", " a  b \n ^~~ \n c", "x" * 600, "x" * 601, "a\x00b", "")],
    wording.reason: [(x,) for x in (ValueError("a\nb"), ValueError(), OSError(2, "No such file"), OSError("said"),
        KeyError("k"))],
    wording.nearest: [
        ("trian", ["train", "draw", "brain"]), ("x", ["train"]), ("nirt", ["train", "trin"]), ("Train", ["train"]),
        ("tarin", ["brain", "train"], 0.9),
    ],
    wording.suggestion: [
        ("trian", ["train", "brain", "x"]), ("q", list("abcdefghi")), ("q", list("abcdefgh")), ("q", []),
        ("SIZE", ["size", "Size"]),
    ],
    numbers.finite: [(x, "it") for x in (1, 2.5, True, "1", None, math.nan, math.inf, 10**400, 1j, np.float32(0.5),
        [1])] + [(10**400, "it")],
    numbers.at_least_zero: [(x, "it") for x in (0, -0.0, -1, 1.5, True, math.inf, math.nan, "x", -1e-300, -(10**400))],
    numbers.fraction: [(x, "it") for x in (0, 1, 0.999, -0.1, math.nan, False)],
    numbers.count: [(x, "it") for x in (1, 0, -1, 2.0, True, np.int64(3), "1", 10**30)],
    numbers.size: [("it", x) for x in (1, 0, 10**6, 10**6 + 1, 10**18, 10**19, -(10**19), 1.0, True)],
    numbers.check_parameters: [("it", 10**7), ("it", 10**7 + 1)],
    metrics.target_class: [(x,) for x in (-1, 0, 1, 3, [0, 1, 0], [1, 0], 2.0)],
    metrics.accuracy: [
        (LOGITS, [0, 1, 1, 0, 2, 0]), (SIGNS, BINARY), (SIGNS, [1, -1, -1, 1, -1, 1]), ([1.0], [1, 0]), ([], []),
    ],
    metrics.confusion_matrix: [(LOGITS, [0, 1, 1, 0, 2, 0]), (SIGNS, BINARY), (SIGNS, [0] * 6), (LOGITS[:2], [4, 0])],
    metrics.recalls: [([[1, 1], [0, 2]],), ([[0, 0], [1, 3]],)],
    metrics.balanced_accuracy: [(LOGITS, [0, 1, 1, 0, 0, 0]), (SIGNS, BINARY)],
    metrics.f1: [(LOGITS, [0, 1, 1, 0, 0, 0]), (SIGNS, BINARY), (SIGNS, [0] * 6), (LOGITS, [0] * 6)],
    metrics.roc_auc: [
        (LOGITS, [0, 1, 1, 0, 2, 0]), (SIGNS, BINARY), (SIGNS, [1] * 6), ([1.0, 1.0, 2.0], [0, 1, 1]),
        (LOGITS, [0, 0, 1, 0, 1, 0]),
    ],
    metrics.log_loss: [(LOGITS, [0, 1, 1, 0, 2, 0]), (LOGITS, [1] * 6), (SIGNS, BINARY)],
    metrics.class_probabilities: [(LOGITS,), (SIGNS,)],
    metrics.rmse: [(SIGNS, BINARY), (HUGE, HUGE[::-1]), ([1e-200], [0.0]), ([math.inf], [1.0])],
    metrics.mae: [(SIGNS, BINARY), (HUGE, HUGE[::-1])],
    metrics.r_squared: [
        (SIGNS, BINARY), ([1.0, 1.0], [1.0, 1.0]), ([1.0, 2.0], [1.0, 1.0]), (HUGE, HUGE[::-1]), (BINARY, BINARY),
        ([1e300, 0.0], [0.0, 1e-300]),
    ],
    baselines.constant_outputs: [([1.0, 2.0, 6.0], 2), ([0, 1, 1, 1], 3, 3)],
    baselines.linear_weights: [
        (ROWS, ROWS[:, 0] * 2 - ROWS[:, 1]), (ROWS, ROWS[:, 0] > 4, 2), (ROWS * 1e9, ROWS[:, 0]),
        (ROWS, ROWS[:, 0], None),
    ],
    baselines.fitting_penalty: [
        (ROWS, ROWS[:, 1]), (ROWS, [1, -1] * 4), (ROWS * 1e5, [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0]),
        (ROWS * 10, [0.0, 5.0] * 4),
    ],
    baselines.generalizing_penalty: [
        (ROWS, ROWS[:, 1], np.ones(8)), (ROWS, [1, -1] * 4, np.arange(1.0, 9.0)),
        (ROWS * 10, [0.0, 5.0] * 4, np.ones(8)),
    ],
    baselines.linear_outputs: [(np.array([[1.0], [2.0], [3.0]]), ROWS[:2]), (np.eye(3)[:, :2], ROWS[:2] * 1e8)],
    cures.smaller: [(x,) for x in (1.0, 0.1, 0.05, 0.001)],
    options.sizes: [(x,) for x in ("0", "4", "4,5", "1000", "1001", "0,1", "", ",", "4,", "-1", "a", "16, 8",
        "1," * 20, ",".join("1" * 20))],
    options.fraction: [(x,) for x in ("0", "0.9", "0.91", "-0.1", "x", "nan")],
    options.probability: [(x,) for x in ("0", "1", "0.5", "1.1", "-0.1", "x")],
    options.positive: [(x,) for x in ("0", "1e-9", "-1", "inf", "x")],
    options.at_least_zero: [(x,) for x in ("0", "-1", "1.5", "nan", "inf")],
    options.at_least_one: [(x,) for x in ("0", "1", "2.0", "x", "1" * 5000, "-3", "+4")],
    options.assignment: [(x,) for x in ("a=1", "a=", "=1", "a=x", "a", "a b=1", "a=1e400", "ä=2", "a=nan")],
    reading_options.type_of_column: [(x,) for x in ("a=number", "a=b=date", "a", "a=x", "=number", "a=mdy")],
    reading_options.decimal_mark: [(x,) for x in (".", ",", ";", "")],
    contributions.as_shares: [([("a", 1.0), ("b", -3.0)],), ([("a", 0.0)],)],
    contributions.rounded: [([("a", x), ("b", -x / 77)],) for x in (0.0, 1.0, 123.4, 0.05, 1e-5, 1e-4, 1e9, 999e6,
        math.nan, math.inf)],
    strict_json.strict_json: [(x,) for x in ("[1]", "[1e400]", "[NaN]", '{"a":1,"a":2}', "[" * 99 + "]" * 99, "[1",
        b"\xff", "[-Infinity]", "")],
    strict_json.end_of: [(x, 0) for x in (b"[1,2] ", b'{"a":"]"}', b"[", b"[[]]x", b"[" * 101,
        b"[" * 100 + b"]" * 100)] + [(b"[1,2,3]", 0)],
    resumption._without_resume: [(x,) for x in (["train", "--resume", "a", "--epochs", "3"], ["train", "--resume=a"],
        ["train", "a"])],
    figure_shown: [(name, x) for name in ("accuracy", "loss", "R2", "RMSE", "balanced") for x in (0.5, 0.12345678,
        1234567.0, 1e-9, math.nan)],
    settings.table_settings: [(settings.Size(rows, 5, 2), True) for rows in (1, 4999, 5000, 49_999, 50_000, 10**6)]
    + [(settings.Size(100, 5, outputs), False) for outputs in (1, 20, 21)],
    settings.stepped_settings: [(settings.Settings((4,), epochs, 0.1, 8, p),) for epochs in (4, 30,
        200) for p in (None, 3)],
    schedules.one_cycle: [(k, 10) for k in range(11)] + [(0, 0)],
    schedules.cosine: [(k, 4) for k in range(5)] + [(0, 0)],
    schedules.in_steps: [(k, 7) for k in range(9)] + [(0, 0)],
    schedules.exponential: [(k, 4) for k in range(5)] + [(0, 0)],
    schedules.warm_up: [(k, 30) for k in range(5)] + [(0, 0)],
    samples.as_rows: [(x,) for x in ([[1, 2], [3, 4]], [[1.5]], [], [[]], [[1], [2, 3]], [1, 2], [["x"]],
        [[math.nan]], "ab", None, [[True]], [[10**400]], {1: 2}, [[1e400]])],
    samples.as_targets: [(x, 2) for x in ([1, 2], [1.5, 2], [1], [[1, 2], [3, 4]], [[1], [2, 3]], ["a", "b"], [True,
        False], [math.inf, 1], None, "ab", [10**400, 1])],
    samples.row_weights: [
        (None, None, np.array([0, 1, 1])), ([1, 2, 3], None, np.array([0, 1, 1])), (None, "balanced", np.array([0, 1,
            1])), ([1, 2, 3], "balanced", np.array([0, 1, 1])),
        (None, {0: 2.0}, np.array([0, 1, 1])), (None, {5: 2.0}, np.array([0, 1, 1])), (None, {0: -1.0}, np.array([0,
            1, 1])), (None, {0: 0, 1: 0}, np.array([0, 1, 1])),
        ([0, 0, 0], None, np.array([0, 1, 1])), ([-1, 1, 1], None, np.array([0, 1, 1])), (None, "even", np.array([0,
            1, 1])), (None, "balanced", np.array([0.5, 1, 1])), (None, {0: 0}, np.array([0, 1, 1])),
    ],
    samples.items_of: [([1, 2],), (np.array([1, 2]),), ((3,),)],
}  # fmt: skip


def test_small_functions_answer_as_kept():
    same_as_kept(answers(CALLS), KEPT / "functions.txt")


def test_answers_beyond_all_that_was_seen_are_cut():
    target = NumberTarget("y", 1.0, 2.0, -3.0, 5.0)
    assert target.restore(np.array([0.0, 1.0, -9.0, 9.0, 1e308])).tolist() == [1.0, 3.0, -3.0, 5.0, 5.0]
    assert NumberTarget("y", 1e308, 1e300).restore(np.array([1e10])).tolist() == [sys.float_info.max]


def test_rows_are_put_in_the_kept_order():
    labels = [0, 1, 0, 0, 2, 1, 0, 0, 1, 0]
    orders = [samples.split_order(labels, seed=seed).tolist() for seed in (0, 1)]
    orders += [samples.split_order(np.array(labels), seed=0).tolist(), samples.split_order([5] * 4, seed=0).tolist()]
    orders.append(samples.permutation(random.Random(1), 8).tolist())
    same_as_kept("\n".join(map(str, orders)), KEPT / "orders.txt")
