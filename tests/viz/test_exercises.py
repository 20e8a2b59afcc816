"""The exercises: solutions are right, gaps are found, and every hint is reached by a wrong solution that earns it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from autograd import Value, gradcheck
from viz.exercises import judge
from viz.exercises.files import STEPS, exercise, file_name, solution
from viz.exercises.programs import derivatives, drawn, read

NUMBERS = range(1, len(STEPS) + 1)


def judged_text(text: str, number: int, folder: Path):
    path = folder / file_name(number)
    path.write_text(text, encoding="utf-8")
    return judge._verdict(path, number)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_solution_is_right_and_the_exercise_has_a_gap(number, tmp_path):
    assert judged_text(solution(number), number, tmp_path).problem == ""
    found = judged_text(exercise(number), number, tmp_path)
    lines = exercise(number).splitlines()
    gaps = [f"line {k}" for k, line in enumerate(lines, 1) if "raise NotImplementedError" in line]
    assert found.problem.startswith("there is still a gap: " if len(gaps) == 1 else "there are still gaps: ")
    assert re.findall(r"line \d+", found.problem) == gaps
    assert exercise(number).count("your turn") == 1 + exercise(number).count("raise NotImplementedError")


@pytest.mark.parametrize("number", NUMBERS)
def test_an_exercise_has_no_marks_and_all_that_came_before(number):
    text = exercise(number)
    assert not re.search(r"# (solution|end|\[\d|\d\])", text)
    compile(text, "exercise", "exec")
    outer, done = re.compile(r"^ {0,4}def \w+", re.MULTILINE), solution(number)
    assert outer.findall(text) == outer.findall(done)


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)
LOOP = """        for value in reversed(self.order()):
            for x, partial in zip(value.inputs, value.partials, strict=True):
                x.grad += value.grad * partial
"""
NAIVE = """        def hand_on(value):
            for x, partial in zip(value.inputs, value.partials, strict=True):
                x.grad += value.grad * partial
                hand_on(x)

        hand_on(self)
"""

EVERY_BACKWARD = """        for x, partial in zip(self.inputs, self.partials, strict=True):
            x.grad += self.grad * partial
            x.backward()
"""
SEED_INSIDE = """        for value in reversed(self.order()):
            value.grad = 1.0
            for x, partial in zip(value.inputs, value.partials, strict=True):
                x.grad += value.grad * partial
"""
ZEROED_FIRST = """        for value in self.order():
            value.grad = 0.0
        self.grad = 1.0
"""
UPDATE = """    for p in parameters:
        p.grad = 0.0
    loss.backward()
    for p in parameters:
        p.data -= lr * p.grad
"""
ZEROED_BEHIND = """    loss.backward()
    for p in parameters:
        p.grad = 0.0
        p.data -= lr * p.grad
"""

# Orders that look right on small programs: each takes a value that is shared too early.
BODY = solution(4)[solution(4).index("        found, seen = [], set()") :].rstrip() + "\n"
WRONG_ORDERS = {
    "itself first, then the list turned round": """        found, seen = [], set()

        def visit(value):
            if id(value) not in seen:
                seen.add(id(value))
                found.append(value)
                for x in value.inputs:
                    visit(x)

        visit(self)
        return found[::-1]
""",
    "the same, the last input first": """        found, seen = [], set()

        def visit(value):
            if id(value) not in seen:
                seen.add(id(value))
                found.append(value)
                for x in reversed(value.inputs):
                    visit(x)

        visit(self)
        return found[::-1]
""",
    "nearest to the result first": """        found = [self]
        for value in found:
            for x in value.inputs:
                if not any(x is other for other in found):
                    found.append(x)
        return found[::-1]
""",
    "nearest first, the last input first": """        found = [self]
        for value in found:
            for x in reversed(value.inputs):
                if not any(x is other for other in found):
                    found.append(x)
        return found[::-1]
""",
    "with a stack": """        found, stack = [], [self]
        while stack:
            value = stack.pop()
            if not any(value is other for other in found):
                found.append(value)
                stack.extend(value.inputs)
        return found[::-1]
""",
    "by how many steps they are from the result, the shortest way": """        steps = {id(self): (0, self)}
        todo = [self]
        for value in todo:
            for x in value.inputs:
                if id(x) not in steps:
                    steps[id(x)] = (steps[id(value)][0] + 1, x)
                    todo.append(x)
        return [value for _, value in sorted(steps.values(), key=lambda found: -found[0])]
""",
    "what was given first, then as visited": """        found, seen = [], set()

        def visit(value):
            if id(value) not in seen:
                seen.add(id(value))
                found.append(value)
                for x in value.inputs:
                    visit(x)

        visit(self)
        return [v for v in found if not v.inputs] + [v for v in found if v.inputs][::-1]
""",
}

# Step, what is replaced in the solution, by what, and how the hint begins.
WRONG = [
    (1, "self.grad = 0.0", "pass", "Write self.grad"),
    (1, "self.grad = 0.0", "self.grad = 1.0", "A gradient is 0.0"),
    (1, "self.data = data", "self.data = 0.0", "Keep data"),
    (2, "return Value(self.data + other.data, (self, other), (1.0, 1.0))", "return None", "Return a new Value"),
    (2, "self.data + other.data", "self.data", "Compute with .data"),
    (2, "(self, other), (1.0, 1.0)", "(other, self), (1.0, 1.0)", "Its inputs are"),
    (2, "(1.0, 1.0)", "(1.0, 2.0)", "A sum grows"),
    (2, "return self + other", "return None", "It came when your answer was used"),
    (2, "return self + other", "return other + self", "It has to ask for something else"),
    (2, "return self + other", "return self + othr", "Look at that line"),
    (3, "(self, other), (other.data", "(self, other), (other.size", "Look at that line"),
    (5, "reversed(self.order())", "self.order()", "No gradient had arrived"),
    (3, "(other.data, self.data)", "(self.data, other.data)", "The derivative of x * y by x is y"),
    (4, "found.append(value)", "found.insert(0, value)", "A value comes behind"),
    (4, "                seen.add(id(value))\n", "", "Remember (by id)"),
    (4, "                for x in value.inputs:\n                    visit(x)\n", "", "Visit the inputs first"),
    (4, "visit(x)", "visit(Value(0.0, (x,)))", "What stops it"),
    (5, "self.grad = 1.0", "self.grad = 2.0", "A result changes"),
    (5, "x.grad += value.grad * partial", "x.grad = value.grad * partial", "Where a value is used twice"),
    (5, "value.grad * partial", "partial", "A share is"),
    (5, "reversed(self.order())", "self.order()[::-1][:1] + self.order()[:-1]", "A "),
    (6, "self.data**n,", "self.data * n,", "Compute with .data"),
    (6, "(n * self.data ** (n - 1),)", "(self.data ** (n - 1),)", "The power rule"),
    (6, "math.tanh(self.data)", "math.sin(self.data)", "Use math.tanh"),
    (6, "1 - t * t", "1 - t", "1 - t * t"),
    (7, "[*self.w, self.b]", "[self.b, *self.w]", "One list"),
    (7, "total = self.b\n", "total = Value(0.0)\n", "Add w * x"),
    (7, "total = self.b\n", "total = Value(self.b.data)\n", "The bias has to be in the sum"),
    (7, "total + w * number", "total + w.data * number", "The weights have to be"),
    (8, "        p.grad = 0.0\n", "        pass\n", "The old gradient"),
    (8, "p.data -= lr", "p.data += lr", "That goes uphill"),
    (8, "p.data -= lr * p.grad", "p.data -= p.grad", "The gradient has to be multiplied"),
    (8, "p.data -= lr * p.grad", "p.data = 7.0", "Against the gradient"),
    (8, "    for p in parameters:\n        p.data", "    for p in parameters[:1]:\n        p.data", "Every parameter"),
    (3, "return Value(", "return Value((", "Python cannot read"),
    (2, "else Value(other)", "else Value(0.0)", "Numbers become Values"),
    (2, "return self + other", "return Value(self.data)", "See __radd__"),
    (5, LOOP, NAIVE, "A value may hand on only when it has all its shares"),
    (5, LOOP, EVERY_BACKWARD, "backward() of an input sets its grad to 1.0 and begins anew"),
    (5, LOOP, SEED_INSIDE, "Only the result begins with 1.0"),
    (8, UPDATE, ZEROED_BEHIND, "The gradient was 0.0 when the step was taken"),
    (8, "    loss.backward()\n", "", "The gradient was 0.0 when the step was taken"),
    (8, "        p.grad = 0.0\n    loss.backward()\n", "        pass\n", "That went along the old gradient"),
    (8, "p.data -= lr * p.grad", "p.data - lr * p.grad", "The gradient is there"),
    (6, "(n * self.data ** (n - 1),)", "n * self.data ** (n - 1)", "partials has to be a tuple"),
    (6, "(1 - t * t,)", "1 - t * t", "partials has to be a tuple"),
    (6, "(self,), (1 - t", "self, (1 - t", "inputs has to be a tuple"),
    (2, "(self, other), (1.0, 1.0)", "(self, other), 1.0", "partials has to be a tuple"),
    (3, "(other.data, self.data)", "(other, self)", "That is a Value; its number is wanted: .data"),
    (5, "        self.grad = 1.0\n", ZEROED_FIRST, "backward() adds to what is there"),
    (8, "p.data -= lr", "p.data -= (lr if lr < 0.2 else 1e-5)", "Is each step as long as"),
]  # fmt: skip


def test_every_hint_is_reached_by_a_wrong_solution(tmp_path):
    reached = {judged_text(exercise(1), 1, tmp_path).hint}
    for number, right, wrong, _ in WRONG:
        head, found, tail = solution(number).rpartition(right)
        assert found, right
        reached.add(judged_text(head + wrong + tail, number, tmp_path).hint)
    reached |= {"Is there a loop that goes round for ever?", "Run the file with Python to see where."}  # tests below
    tree = ast.parse(Path(judge.__file__).read_text(encoding="utf-8"))
    told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    documented = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, DOCUMENTED)}
    hints = {text for text in told - documented if re.search(r"[a-zA-Z\d_)=][.?]$", text) and " " in text}
    assert len(hints) > 25
    assert {hint for hint in hints if not any(hint in other for other in reached)} == {"Value(2.5, ...)."}  # a problem


@pytest.mark.parametrize(("number", "right", "wrong", "hint"), WRONG)
def test_a_wrong_solution_gets_the_hint_that_helps(number, right, wrong, hint, tmp_path):
    text = solution(number)
    place = text.rindex(right)  # the step's own part is the last
    found = judged_text(text[:place] + wrong + text[place + len(right) :], number, tmp_path)
    assert found.problem
    assert found.hint.startswith(hint)


def test_a_value_where_a_number_is_wanted_is_said_in_the_words_of_the_exercise(tmp_path):
    found = judged_text(solution(3).replace("(other.data, self.data)", "(other, self)"), 3, tmp_path)
    assert found.problem == "the derivative of x*y by x is a Value, wanted 4.0"
    found = judged_text(solution(6).replace("(1 - t * t,)", "1 - t * t"), 6, tmp_path)
    assert found.problem.startswith("the partials of tanh(x) are 0.786")
    assert found.problem.endswith(", wanted a tuple with one entry an input")


@pytest.mark.parametrize("name", WRONG_ORDERS)
def test_a_wrong_order_is_found_where_it_is_written_and_where_it_is_used(name, tmp_path):
    assert solution(4).count(BODY) == 1
    found = judged_text(solution(4).replace(BODY, WRONG_ORDERS[name]), 4, tmp_path)
    assert "a value comes before its input" in found.problem
    assert found.hint.startswith("Visit the inputs first")
    found = judged_text(solution(5).replace(BODY, WRONG_ORDERS[name]), 5, tmp_path)
    assert "the derivative of" in found.problem
    assert found.hint.startswith("A value may hand on only when it has all its shares")


def test_drawn_programs_are_written_and_read_the_same_and_share_values():
    found = drawn(60)
    assert found == drawn(60)
    assert len(set(map(str, found))) > 50
    for program in found:
        assert read(str(program)) == program
        x, y = Value(3.0), Value(4.0)
        root = program.computed(x, y)
        root.backward()
        assert derivatives(program) == (x.grad, y.grad)
        assert gradcheck(lambda x, y, program=program: program.computed(x, y), [3.0, 4.0])
    assert sum(" = " in str(program) for program in found) == len(found)


def test_an_error_is_told_with_its_line(tmp_path):
    text = solution(2).replace("return self + other", "return self + othr")
    line = text[: text.index("othr")].count("\n") + 1
    assert judged_text(text, 2, tmp_path).problem == f"line {line}: NameError: name 'othr' is not defined"
    text = solution(2).replace("return self + other", "return other + self")
    line = text[: text.index("return other + self")].count("\n") + 1
    assert judged_text(text, 2, tmp_path).problem == f"line {line}: __radd__ calls itself without end"


def test_a_file_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(judge, "PATIENCE", 1.0)
    path = tmp_path / file_name(1)
    path.write_text("while True:\n    pass\n")
    found = judge.judged(path, 1)
    assert "did not end" in found.problem
    assert found.hint == "Is there a loop that goes round for ever?"


def test_a_file_that_ends_python_is_told(tmp_path):
    path = tmp_path / file_name(1)
    path.write_text("import os\nos._exit(3)\n")
    found = judge.judged(path, 1)
    assert found.problem.startswith("Python ended")
    assert found.hint == "Run the file with Python to see where."


def run_command(capsys, *arguments):
    from nn.__main__ import main

    code = main(["learn", *map(str, arguments)])
    found = capsys.readouterr()
    return code, found.out, found.err


@pytest.mark.program
def test_the_command_makes_checks_and_draws(tmp_path, capsys):
    folder = tmp_path / "engine"
    code, out, _ = run_command(capsys, "--make", folder)
    assert code == 0
    assert "each of the others shows the steps before it done, so open it when those are right" in out
    assert sorted(file.name for file in folder.iterdir()) == [file_name(number) for number in NUMBERS]
    code, out, _ = run_command(capsys, "--check", folder)
    assert (code, out.splitlines()[0]) == (1, "1 number: there is still a gap: line 15: __init__")
    for number in NUMBERS:
        (folder / file_name(number)).write_text(solution(number), encoding="utf-8")
    code, out, _ = run_command(capsys, "--check", folder)
    assert (code, out.splitlines()[-1]) == (0, "All eight steps are right: this is an engine.")
    wrong = solution(5).replace("x.grad +=", "x.grad =")
    (folder / file_name(5)).write_text(wrong, encoding="utf-8")
    code, out, _ = run_command(capsys, "--check", folder)
    assert code == 1
    assert "5 accumulate: the derivative of x*y + 2*x by x" in out
    assert (folder / "failing.svg").read_text(encoding="utf-8").startswith("<svg")
    (folder / file_name(5)).write_text(solution(5).replace(BODY, WRONG_ORDERS["with a stack"]), encoding="utf-8")
    code, out, _ = run_command(capsys, "--check", folder)
    assert code == 1
    assert "failing.svg" in out
    (folder / file_name(5)).write_text(solution(5), encoding="utf-8")
    assert run_command(capsys, "--check", folder)[0] == 0
    assert not (folder / "failing.svg").exists()  # it would show what has been mended
    (folder / file_name(5)).write_text(wrong, encoding="utf-8")
    _, out, _ = run_command(capsys, "--make", folder)
    assert "step_5_accumulate.py is there already and stays as it is" in out
    assert (folder / file_name(5)).read_text(encoding="utf-8") == wrong


def test_gaps_are_named_as_they_are_filled(tmp_path):
    filled = exercise(2).replace('raise NotImplementedError("your turn")', "return None", 1)
    assert judged_text(filled, 2, tmp_path).problem == "x + y gives None, wanted a Value"
    right = exercise(2).replace(
        'raise NotImplementedError("your turn")', "return Value(self.data + other.data, (self, other), (1.0, 1.0))", 1
    )
    assert judged_text(right, 2, tmp_path).problem == "there is still a gap: line 29: __radd__"


def test_wrong_folders_are_told_in_one_line(tmp_path, capsys):
    for arguments in (["--check", tmp_path / "no"], ["--make", tmp_path, "--check", tmp_path]):
        code, _, err = run_command(capsys, *arguments)
        assert (code, err.count("\n")) == (2, 1)
