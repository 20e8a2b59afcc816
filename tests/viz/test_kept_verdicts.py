"""What is said of wrong solutions, whole: each small slip in each exercise, and the verdict on it, as kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from kept import same_as_kept
from test_exercises import BODY, WRONG, WRONG_ORDERS

from viz.exercises.files import STEPS, exercise, solution
from viz.exercises.judge import _verdict

KEPT = Path(__file__).with_name("kept")
SLIPS = (  # what a learner writes in the place of what is right
    (r" \+ ", " - "), (r" \* ", " + "), (r" \+= ", " = "), (r" -= ", " += "), (r" - 1\b", ""), ("1.0", "2.0"),
    ("0.0", "1.0"), (r"\(self, other\)", "(self,)"), (r"\(self,\)", "(self)"), (r"\(self,\)", "self.data"),
    (r"\.data\b", ""), (r"self\.data", "self"), (r"other\.data", "self.data"), (r"return (.*)", "return [\\1]"),
    (r"return (.*)", "return None"), (r"return (.*)", "return 0.0"), ("found.append", "found.extend"), ("self", "slf"),
    (r"loss\.backward\(\)", "pass"), ("tanh", "sin"), (r"\[\*self\.w, self\.b\]", "[self.b, *self.w]"),
    (r"total = self\.b", "total = 0.0"), (r"\)\n", "\n"), (r"lr \* ", ""), ("p.data", "p"), (r"1 - t \* t", "1 - t"),
)  # fmt: skip


def answer_of(number):
    """The part of a solution that the learner writes: where the file differs from the exercise."""
    right, gap = solution(number).split("\n"), exercise(number).split("\n")
    first = next(k for k, line in enumerate(right) if line != gap[k])
    return first, right


def wrong_solutions(number):
    first, right = answer_of(number)
    head, body = "\n".join(right[:first]), "\n".join(right[first:])
    for pattern, other in SLIPS:
        for found in list(re.finditer(pattern, body))[:4]:
            changed = body[: found.start()] + found.expand(other) + body[found.end() :]
            line = body[: found.start()].count("\n") + first + 1
            yield f"line {line}: {found[0].strip()!r} is {found.expand(other).strip()!r}", f"{head}\n{changed}"


def without_words_of_python(text):
    """The text without what one Python says of an error and another in other words or of another of two methods that
    call each other, and without addresses."""
    text = re.sub(r"(\w+Error: ).*", r"\1_", text)
    text = re.sub(r".*\n    Python cannot read the file yet", "    _\n    Python cannot read the file yet", text)
    text = re.sub(r"line \d+: \w+ calls itself without end", "_ calls itself without end", text)
    return re.sub(r"0x\w+", "_", text)


@pytest.mark.parametrize("number", range(1, 9))
def test_verdicts_are_the_kept_ones(number, tmp_path):
    path = tmp_path / "answer.py"
    lines = []
    tried = [("as it is given", exercise(number)), ("as it is solved", solution(number)), *wrong_solutions(number)]
    raising = '\n\ndef mine():\n    "NotImplementedError"\n    raise ValueError("no")\n'
    tried.append(("with a function that raises something else", exercise(number) + raising))
    for step, right, wrong, _ in WRONG:
        if step == number:
            tried.append((f"{right.strip()[:60]!r} is {wrong.strip()[:60]!r}", solution(number).replace(right, wrong)))
    if STEPS[number - 1] in ("order", "accumulate"):
        tried += [(name, solution(number).replace(BODY, body)) for name, body in WRONG_ORDERS.items()]
    for name, text in tried:
        path.write_text(text, encoding="utf-8")
        verdict = _verdict(path, number)
        lines += [name, *(f"    {word}".rstrip() for word in (verdict.problem, verdict.hint, verdict.program))]
    same_as_kept(without_words_of_python("\n".join(lines)), KEPT / f"verdicts_{number}.txt")
