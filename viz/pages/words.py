"""What a step page says about each operation: a verb for going forward, one sentence for going back.

The formulas come from the engine's table; only where a row's formula is written for its last digit, or leans on an
auxiliary function, `TEXTBOOK` gives the form that is taught (a test holds the two against each other).
"""

from __future__ import annotations

import re
from typing import Any

from autograd import TABLE

_SLOPE = "The gradient is multiplied by the slope of the function at this point."

# name: (what is done, what going back through it does)
# fmt: off
WORDS = {
    "add": ("Add", "A sum passes the gradient on unchanged to both of its terms."),
    "sub": ("Subtract", "The first term gets the gradient unchanged, the second with its sign turned."),
    "mul": ("Multiply", "Each factor gets the gradient times the other factor."),
    "div": ("Divide", "The numerator gets the gradient over the denominator; the denominator acts the other way."),
    "neg": ("Change the sign", "The gradient comes through with its sign turned."),
    "pow": ("Raise to a power", "The power rule for the base, and the rule of exponentials for the exponent."),
    "powc": ("Raise to a power", "The power rule: the exponent comes down in front and is lowered by one."),
    "mod": ("Take the remainder", "The remainder moves along with the dividend."),
    "floordiv": ("Divide and round down", "Steps are flat: no gradient comes through."),
    "square": ("Square", "The power rule: twice the number."),
    "sqrt": ("Take the square root", "The root is steep near 0 and flat far out: one over twice the root."),
    "exp": ("Take the exponential", "The exponential is its own slope."),
    "log": ("Take the logarithm", "The slope of the logarithm is one over the number."),
    "tanh": ("Squash with tanh", "Where tanh is flat (near -1 and 1) little gradient passes; near 0 nearly all of it."),
    "sigmoid": ("Squash with sigmoid", "Where sigmoid is flat (near 0 and 1) little passes; at most a quarter does."),
    "relu": ("Keep if positive (relu)", "A switch: the gradient passes where the input was positive, else none."),
    "leaky_relu": ("Shrink if negative (leaky relu)", "The gradient passes where the input was positive, else shrunk."),
    "abs": ("Take the absolute value", "The gradient comes through with the sign of the input."),
    "sign": ("Take the sign", "Steps are flat: no gradient comes through."),
    "floor": ("Round down", "Steps are flat: no gradient comes through."),
    "ceil": ("Round up", "Steps are flat: no gradient comes through."),
    "round": ("Round", "Steps are flat: no gradient comes through."),
    "trunc": ("Cut off the decimals", "Steps are flat: no gradient comes through."),
    "detach": ("Take for a constant", "Nothing goes back through a constant."),
    "maximum": ("Take the larger", "The gradient goes to the one that won; a tie is split in half."),
    "minimum": ("Take the smaller", "The gradient goes to the one that won; a tie is split in half."),
    "clip": ("Keep within limits", "The gradient passes inside the limits; outside it goes to the limit."),
    "where": ("Choose", "The gradient goes to the one that was chosen."),
    "sum": ("Add up", "A sum passes the gradient on unchanged to every term."),
    "mean": ("Take the mean", "Every term gets an equal share of the gradient."),
    "prod": ("Multiply all", "Each factor gets the gradient times the product of the others."),
    "dot": ("Multiply in pairs and add up", "In each pair, each factor gets the gradient times its partner."),
    "logsumexp": ("Take the soft maximum (logsumexp)", "The gradient is shared: most goes to the largest."),
    "max": ("Take the largest", "All of the gradient goes to the largest; ties share it."),
    "min": ("Take the smallest", "All of the gradient goes to the smallest; ties share it."),
    "norm": ("Take the length", "Each number gets the gradient times its share of the length."),
}

# name: (value, partials) as a textbook writes them
TEXTBOOK = {
    "div": ("x / y", ("1 / y", "-x / y ** 2")),
    "pow": ("x ** y", ("y * x ** (y - 1)", "x ** y * log(x)")),
    "powc": ("x ** y", ("y * x ** (y - 1)", "0")),
    "square": ("x ** 2", ("2 * x",)),
    "sqrt": ("sqrt(x)", ("1 / (2 * sqrt(x))",)),
    "exp": ("exp(x)", ("exp(x)",)),
    "log": ("log(x)", ("1 / x",)),
    "tanh": ("tanh(x)", ("1 - tanh(x) ** 2",)),
    "sigmoid": ("1 / (1 + exp(-x))", ("z * (1 - z)",)),
    "softplus": ("log(1 + exp(x))", ("sigmoid(x)",)),
    "relu": ("max(0, x)", ("1 if x > 0 else 0",)),
    "leaky_relu": ("x if x > 0 else y * x", ("1 if x > 0 else y", "0 if x > 0 else x")),
    "abs": ("abs(x)", ("1 if x > 0 else (-1 if x < 0 else 0)",)),
    "maximum": ("max(x, y)", ("1 if x > y else (0.5 if x == y else 0)", "1 if x < y else (0.5 if x == y else 0)")),
    "minimum": ("min(x, y)", ("1 if x < y else (0.5 if x == y else 0)", "1 if x > y else (0.5 if x == y else 0)")),
    "mod": ("x % y", ("1", "-floor(x / y)")),
    "atan2": ("atan2(x, y)", ("y / (x ** 2 + y ** 2)", "-x / (x ** 2 + y ** 2)")),
    "hypot": ("sqrt(x ** 2 + y ** 2)", ("x / z", "y / z")),
}

# fmt: on


def row_words(name: str) -> dict[str, Any]:
    """All that a page tells about one operation, ready for JSON."""
    row = TABLE[name]
    noun, rule = WORDS.get(name, (f"Apply {name}", _SLOPE))
    value, partials = TEXTBOOK.get(name, (row.value, row.partials))
    return {
        "symbol": symbol(name),
        "noun": noun,
        "rule": rule,
        "doc": row.doc,
        "value": value,
        "partials": list(partials),
        "operands": list(row.operands),
        "reduction": row.reduction,
        "notes": _notes(name, value, partials),
    }


def symbol(name: str) -> str:
    """The sign of an operation as it is written on a board, or its name."""
    if not name:
        return ""
    sign = TABLE[name].symbol
    return {"*": "\N{MULTIPLICATION SIGN}", "-": "\N{MINUS SIGN}", "/": "\N{DIVISION SIGN}", "**": "^"}.get(
        sign, sign
    ) or name


def _notes(name: str, value: str, partials: tuple[str, ...]) -> list[str]:
    """What the table says besides: its own form where a textbook's is shown, auxiliary functions, domain and kinks."""
    row = TABLE[name]
    notes = []
    if (value, partials) != (row.value, row.partials) and name in TEXTBOOK:
        notes.append(f"Computed as {row.value}, with derivative {' and '.join(row.partials)}, which keeps every digit.")
    for word in sorted(set(re.findall(r"[a-z_]\w*", " ".join((row.value, *row.partials))))):
        if word in TABLE and not TABLE[word].public:
            notes.append(f"{word} is {TABLE[word].doc}.")
    if row.domain:
        notes.append(f"Defined for {row.domain}.")
    return notes
