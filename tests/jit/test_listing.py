"""A program's text says what the machine computes: computed from the text, the numbers are the machine's."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest

import autograd
from autograd import Value, dot, grad, jit, take
from autograd.jit.listing import listing, programs
from nn import MLP

X = [0.5, -1.25, 2.0, 0.75, 1.5, -0.25]
W = [Value(0.25 * k - 1.0) for k in range(18)]
FUNCTIONS = {
    "a run": lambda x: [(a * 2.0 + 1.0).tanh() for a in x],
    "a chain": lambda x: [(a * b).sin() - b / a for a, b in pairwise(x)],
    "a matrix": lambda x: [dot(W[6 * i : 6 * i + 6], x, W[i]) for i in range(3)],
    "several vectors": lambda x: [dot(W[4 * i : 4 * i + 2], pair) for pair in pairwise(x) for i in range(3)],
    "lists": lambda x: [getattr(autograd, name)(x) for name in ("logsumexp", "max", "mean", "prod", "norm", "sum")],
    "a list from anywhere": lambda x: [x[0] * x[4] + x[1] * x[3] + x[2] * x[5], x[5] * x[1] + x[0] * x[2] + 3.0],
    "branches": lambda x: [x[0] * 2.0 if x[0] > x[1] else x[0], x[2].exp()],
    "a ring": lambda x: [x[k] * x[k - 1] - x[(k + 1) % 6] for k in range(6)],
}


def numbers_of(text):
    """Each number's name in a run: u3..u7 by 2."""
    space, first, last, step = re.fullmatch(r"([ut])(-?\d+)(?:\.\.[ut](-?\d+))?(?: by (-?\d+))?", text).groups()
    first, step = int(first), int(step or 1)
    return [f"{space}{k}" for k in range(first, (first if last is None else int(last)) + (1 if step > 0 else -1), step)]


def computed(text, inputs, captured):
    """The results, by nothing but the text."""
    found, results = {}, []

    def run(part, n=1):
        numbers = [found[name] for name in numbers_of(part)]
        return numbers * n if len(numbers) == 1 else numbers

    def value(right, n):
        called = re.fullmatch(r"(\w+)\((.*)\)", right)
        product = re.fullmatch(r"(?:(.*) \+ )?\[(.*?)(?:, (\d+) rows (-?\d+) apart)?\] \. (.*)", right)
        if product:
            start, row, rows, apart, x = product.groups()
            first, *_ = numbers_of(row)
            along = [int(name[1:]) - int(first[1:]) for name in numbers_of(row)]
            x = run(x, len(along))
            along = along * len(x) if len(along) == 1 else along
            begin = run(start, n) if start else [0.0] * n
            at = [int(first[1:]) + int(apart or 0) * i for i in range(int(rows or 1))]
            rows = [[found[f"{first[0]}{i + k}"] for k in along] for i in at]
            return [b + sum(w * z for w, z in zip(row, x, strict=True)) for b, row in zip(begin, rows, strict=True)]
        if not called:
            if "*" not in right:
                return [found[name] for name in right.split(", ")]
            first, *terms = right.split(" + ")
            total = run(first, n)
            for a, b in (term.split("*") for term in terms):
                total = [t + p * q for t, p, q in zip(total, run(a, n), run(b, n), strict=True)]
            return total
        name, operands = called[1], [run(part, n) for part in called[2].split(", ") if "lists" not in part]
        if name == "take":
            lists = re.search(r", (\d+) lists (-?\d+) apart", right)
            chosen = numbers_of(called[2].split(", ")[1])[int(operands[0][0])]
            return [found[f"u{int(chosen[1:]) + i * int(lists[2] if lists else 0)}"] for i in range(n)]
        if name in ("sum", "mean", "max", "min", "prod", "logsumexp", "norm"):
            return [getattr(autograd, name)([z for part in operands for z in part])]
        function = getattr(autograd, name, None) or {
            "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b,
            "neg": lambda a: -a,
        }[name]  # fmt: skip
        return [function(*numbers) for numbers in zip(*operands, strict=True)]

    for line in text.split("\n"):
        line = re.sub(r"  \(.*\)$", "", line.strip())
        if leaf := re.fullmatch(r"(u\d+) (?:(input|captured Value) )?(\S+)", line):
            kind, number = leaf[2], leaf[3]
            found[leaf[1]] = float(number) if kind is None else (inputs if kind == "input" else captured)[int(number)]
        elif result := re.fullmatch(r"result \d+ is (u\d+)", line):
            results.append(found[result[1]])
        elif guard := re.fullmatch(r"guard: (\w\w)\((u\d+), (u\d+)\) is (True|False)", line):
            x, y = found[guard[2]], found[guard[3]]
            answers = {"lt": x < y, "le": x <= y, "gt": x > y, "ge": x >= y, "eq": x == y, "ne": x != y}
            assert answers[guard[1]] == (guard[4] == "True")
        elif " = " in line:
            left, right = line.split(" = ")
            names = numbers_of(left)
            found.update(zip(names, value(right, len(names)), strict=True))
        else:
            assert re.fullmatch(r"once, [\d,]+ numbers:", line)
    return results


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_the_text_says_is_what_the_machine_computes(name):
    f = jit(FUNCTIONS[name])
    wanted = [float(z) for z in f(X)]
    (program,) = programs(f)
    captured = [w.data for w in next(iter(f.entries.values())).recordings[0].captured]
    assert computed(listing(program), X, captured) == pytest.approx(wanted, rel=1e-13)


@pytest.mark.parametrize("place", [0, 2])
def test_a_choice_is_one_among_a_list(place):
    f = jit(lambda x, i: [take(x[1:4], i[0]), take(x[3:], i[0]), take([x[:2], x[2:4], x[4:]], i[0])[1]])
    wanted = [float(z) for z in f(X, np.array([place]))]
    assert computed(listing(programs(f)[0]), [*X, place], []) == pytest.approx(wanted, rel=1e-13)


def test_of_a_derivative_and_of_rows():
    h = grad(jit(lambda x: autograd.sum([(a * b).sin() for a, b in pairwise(x)])))
    wanted = h(X)
    assert computed(listing(programs(h)[0]), X, []) == pytest.approx(wanted, rel=1e-13)
    model = MLP(2, [3, 1], "tanh", seed=1)
    loss = jit(lambda x, y: (model(x) - y) ** 2)
    loss.mean(np.ones((4, 2)), np.ones(4)).backward()
    text = listing(programs(loss)[0])
    assert "for every row, 12 numbers:\n    t3..t5 = u2..u8 by 3 + [u0..u1, 3 rows 3 apart] . t0..t1" in text
    assert text.endswith("result 0 is t11")


def test_a_python_function_stands_under_its_name():
    listed = autograd.operation("listed_double", lambda x: 2.0 * x, lambda x: 2.0)
    f = jit(lambda x: listed(x) + 1.0)
    f(3.0)
    assert "u2 = listed_double(u0)  (in Python)\n" in listing(programs(f)[0])
