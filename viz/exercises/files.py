"""The exercises as Python files, made from the one solution in `engine.py`.

One decision: the solution is the source. A step's file is everything up to its section, with a gap where the section's
solution stands, so that no exercise can drift from what is tested, and each can be done without those before it.
"""

from __future__ import annotations

import re
from pathlib import Path

STEPS = ("number", "add", "multiply", "order", "accumulate", "powers", "neuron", "step")
_TASKS = (
    "A number that can be told its gradient.",
    "Addition, which remembers its inputs and its partial derivatives.",
    "Multiplication.",
    "The order in which to go back: every value behind its inputs.",
    "Backpropagation: gradients are handed back, and added up where a value is used more than once.",
    "Powers and tanh.",
    "A neuron.",
    "A training step.",
)
_BEFORE = (
    "The steps before this one are done here, one way of many, so that this one can be done alone: put yours in\n"
    "their place if you like.\n"
)
_SOURCE = Path(__file__).with_name("engine.py")
_GAP = re.compile(r"( *)# solution\n.*?# end\n", re.DOTALL)
_MARK = re.compile(r"^ *# (\[\d|\d\])\n", re.MULTILINE)


def file_name(number: int) -> str:
    """The file of step `number`, from 1 on."""
    return f"step_{number}_{STEPS[number - 1]}.py"


def exercise(number: int) -> str:
    """The text of a step's file: steps before it are done, its own solution is a gap."""
    return _assembled(number, gaps=True)


def solution(number: int) -> str:
    """The same file, done."""
    return _assembled(number, gaps=False)


def _assembled(number: int, *, gaps: bool) -> str:
    source = _SOURCE.read_text(encoding="utf-8")
    end = source.index(f"# {number}]\n")
    text = source[source.index("# [1\n") : end].rstrip(" ")
    if gaps:
        start = text.index(f"# [{number}\n")
        text = text[:start] + _GAP.sub(r'\1raise NotImplementedError("your turn")\n', text[start:])
    text = re.sub(r" *# (solution|end)\n", "", _MARK.sub("", text))
    check = "glassgrad learn --check FOLDER"
    head = (
        f'"""Step {number} of {len(STEPS)}. {_TASKS[number - 1]}\n\n{_BEFORE if number > 1 else ""}'
        f'Fill in what says "your turn", then: {check}\n"""\n'
    )
    return f"{head}\nimport math\n\n\n{text.strip()}\n"
