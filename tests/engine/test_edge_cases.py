"""The 512 rows of conventions at the edges (`edge_cases.json`): values and gradients where arithmetic is not ordinary.

A row gives the operation, its inputs, and the value and gradient that this project has chosen; nan, inf and -0.0 are
written as strings. Rows of `Value()` construct, rows of comparisons return bools, the others are differentiated.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import autograd
from autograd import Value

ROWS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "edge_cases.json").read_text(encoding="utf-8"))

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "lt": lambda x, y: x < y,
    "le": lambda x, y: x <= y,
    "gt": lambda x, y: x > y,
    "ge": lambda x, y: x >= y,
    "eq": lambda x, y: x == y,
    "ne": lambda x, y: x != y,
}

PROGRAMS: dict[str, Callable[..., Any]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "neg": lambda x: -x,
    "pow": lambda x, y: x**y,
    "mod": lambda x, y: x % y,
    "floordiv": lambda x, y: x // y,
    "clamp01": lambda x: autograd.clip(x, 0.0, 1.0),
    "logsumexp": lambda *xs: autograd.logsumexp(xs),
    "maximum_same": lambda x: autograd.maximum(x, x),
    "max3_tie": lambda x, y, w: autograd.maximum(autograd.maximum(x, y), w),
    "amax3_tie": lambda *xs: autograd.max(xs),
    "x*0 at inf": lambda x: x * 0.0,
    "where(x>0,log x,0)": lambda x: autograd.where(x > 0, autograd.log(x), 0.0),
    "where(x>0,sqrt x,0)": lambda x: autograd.where(x > 0, autograd.sqrt(x), 0.0),
    "sqrt(x*x)": lambda x: autograd.sqrt(x * x),
    "sqrt(x)*0": lambda x: autograd.sqrt(x) * 0.0,
    "log(sigmoid(x))": lambda x: autograd.log(autograd.sigmoid(x)),
    "-softplus(-x)": lambda x: -autograd.softplus(-x),
    "relu(x)-relu(-x)": lambda x: autograd.relu(x) - autograd.relu(-x),
    "max(x,0)": lambda x: autograd.maximum(x, 0.0),
    "exp(x)/exp(x)": lambda x: autograd.exp(x) / autograd.exp(x),
    "x/x": lambda x: x / x,
    "x-x": lambda x: x - x,
    "x**x": lambda x: x**x,
}

OBJECTS = {
    "int 3": 3, "bool True": True, "np.float64(1.5)": np.float64(1.5), "np.float32(0.1)": np.float32(0.1),
    "np.int64(3)": np.int64(3), "np.bool_(True)": np.bool_(True), "Fraction(1,3)": Fraction(1, 3),
    "Decimal('0.1')": Decimal("0.1"), "10**400": 10**400, "-10**400": -(10**400), "2**53+1": 2**53 + 1, "'a'": "a",
    "'1.5'": "1.5", "b'1'": b"1", "None": None, "1+2j": 1 + 2j, "[1]": [1], "(1.0,)": (1.0,),
    "np.array(2.0)": np.array(2.0), "np.array([1.,2.])": np.array([1.0, 2.0]), "object()": object(), "nan": math.nan,
    "inf": math.inf, "Decimal('NaN')": Decimal("NaN"), "Fraction(10**400,1)": Fraction(10**400, 1),
}  # fmt: skip


def program(row: dict[str, Any]) -> Callable[..., Any]:
    """The row's operation as a function of its inputs."""
    constant = float(row["const"]) if isinstance(row.get("const"), str) else row.get("const")
    if row["op"] == "pow_const_exp":
        return lambda x: x**constant
    if row["op"] == "pow_const_base":
        return lambda y: constant**y
    return PROGRAMS.get(row["op"]) or getattr(autograd, row["op"])


def rows(kind: str) -> list[Any]:
    """The rows of one kind, each with a name to find it by."""
    kinds = {"Value()": "constructor", **dict.fromkeys(COMPARISONS, "comparison")}
    chosen = [row for row in ROWS if kinds.get(row["op"], "program") == kind]
    return [pytest.param(row, id=f"{row['op']}({', '.join(map(str, row['inputs']))})") for row in chosen]


def same(got: float, wanted: float | str) -> bool:
    """Whether two numbers agree to 4 units in the last place, nan with nan, and infinities and zeros in their sign."""
    wanted = float(wanted)
    if math.isnan(wanted):
        return math.isnan(got)
    if math.isinf(wanted) or wanted == 0:
        return got == wanted and math.copysign(1.0, got) == math.copysign(1.0, wanted)
    return abs(got - wanted) <= 4 * math.ulp(wanted)


def unsigned(x: float | str) -> float:
    """The number with +0.0 for -0.0: a gradient is added to 0.0, which takes the sign of a zero away."""
    return float(x) + 0.0


def test_there_are_512_rows():
    assert len(ROWS) == 512
    assert len(rows("program")) + len(rows("comparison")) + len(rows("constructor")) == 512


@pytest.mark.parametrize("row", rows("program"))
def test_value_and_gradient_at_the_edge(row):
    xs = [Value(float(x)) for x in row["inputs"]]
    z = program(row)(*xs)
    assert type(z) is Value
    assert same(z.data, row["recommended_value"]), f"value {z.data!r}, wanted {row['recommended_value']}: {row['why']}"
    z.backward()
    for x, wanted in zip(xs, row["recommended_grads"], strict=True):
        assert same(x.grad, unsigned(wanted)), f"{x.grad!r}, wanted {row['recommended_grads']}: {row['why']}"


@pytest.mark.parametrize("row", [row for row in rows("program") if row.values[0]["op"] in autograd.__all__])
def test_plain_floats_give_the_same_value_as_values_do(row):
    z = program(row)(*map(float, row["inputs"]))
    assert type(z) is float
    assert same(z, row["recommended_value"])


@pytest.mark.parametrize("row", rows("program"))
def test_gradient_at_the_edge_inside_another_derivative(row):
    at = [float(x) for x in row["inputs"]]
    f = program(row)

    def along(t):  # the derivative of f, taken while t is being differentiated
        return autograd.grad(lambda *xs: f(*xs), argnums=tuple(range(len(at))))(*at)[along.index] + 0.0 * t

    for along.index, wanted in enumerate(row["recommended_grads"]):
        inner, outer = autograd.value_and_grad(along)(1.0)
        assert same(inner + 0.0, unsigned(wanted)), f"{inner!r}, wanted {wanted}"
        assert outer == 0.0 or math.isnan(outer)


@pytest.mark.parametrize("row", rows("comparison"))
def test_comparison_reads_the_data_and_gives_a_bool(row):
    x, y = (Value(float(x)) for x in row["inputs"])
    compared = COMPARISONS[row["op"]](x, y)
    assert type(compared) is bool
    assert compared is row["recommended_value"]


@pytest.mark.parametrize("row", rows("constructor"))
def test_construction_accepts_real_numbers_only(row):
    given, wanted = OBJECTS[row["inputs"][0]], row["recommended_value"]
    if isinstance(wanted, str) and wanted.startswith("raises"):
        with pytest.raises({"TypeError": TypeError, "OverflowError": OverflowError}[wanted.split()[1]]):
            Value(given)
        return
    data = Value(given).data
    assert type(data) is float
    assert same(data, wanted)
