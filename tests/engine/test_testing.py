"""check_engine: ours passes all of it, a wrong engine fails the check that is about its fault, and the plugin shows it.

The wrong engines are one small engine with one fault each.
"""

from __future__ import annotations

import itertools
import math
import os
import random
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from hypothesis import given, settings

import autograd
from autograd import Value
from autograd.testing import CHECKS, OPERATIONS, Engine, Program, check_engine, programs
from autograd.testing.__main__ import main
from autograd.testing.reference import BINARY, MANY, UNARY, gradient, partials_of, stands_apart, value_of


class Toy:
    """A right engine of 60 lines; each subclass has one fault."""

    def __init__(self, data, inputs=(), partials=()):
        self.data, self.grad, self.inputs, self.partials = float(data), 0.0, inputs, partials

    def node(self, data, inputs, partials):
        return type(self)(data, inputs, partials)

    def lifted(self, x):
        return x if isinstance(x, Toy) else type(self)(x)

    def __add__(self, other):
        other = self.lifted(other)
        return self.node(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = self.lifted(other)
        return self.node(self.data * other.data, (self, other), (other.data, self.data))

    def __truediv__(self, other):
        other = self.lifted(other)
        q = divided(self.data, other.data)
        return self.node(q, (self, other), (divided(1.0, other.data), -divided(q, other.data)))

    def __pow__(self, n):
        if not isinstance(n, int | float):
            return NotImplemented
        return self.node(power(self.data, n), (self,), (n * power(self.data, n - 1) if n else 0.0,))

    def relu(self):
        data = self.data if self.data > 0 or math.isnan(self.data) else 0.0
        return self.node(data, (self,), (float(self.data > 0),))

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + (-other)

    def __radd__(self, other):
        return self + other

    def __rsub__(self, other):
        return -self + other

    def __rmul__(self, other):
        return self * other

    def __rtruediv__(self, other):
        return self.lifted(other) / self

    def __lt__(self, other):
        return self.data < self.lifted(other).data

    def __gt__(self, other):
        return self.data > self.lifted(other).data

    def __ge__(self, other):
        return self.data >= self.lifted(other).data

    __array_ufunc__ = None  # so that NumPy leaves its scalars to the operators here

    def order(self):
        order, seen, stack = [], {id(self)}, [(self, iter(self.inputs))]
        while stack:
            z, inputs = stack[-1]
            for x in inputs:
                if id(x) not in seen:
                    seen.add(id(x))
                    stack.append((x, iter(x.inputs)))
                    break
            else:
                order.append(z)
                stack.pop()
        return order

    def backward(self):
        order = self.order()
        for z in order:
            if z.inputs:
                z.grad = 0.0
        self.grad += 1.0
        for z in reversed(order):
            for x, partial in zip(z.inputs, z.partials, strict=True):
                x.grad += z.grad * partial

    def __del__(self):  # a long chain is freed without recursion
        dying = list(self.inputs)
        self.inputs = ()
        while dying:
            z = dying.pop()
            if sys.getrefcount(z) == 2:
                dying.extend(z.inputs)
                z.inputs = ()


def divided(x, y):
    if y == 0:
        return math.nan if x == 0 or math.isnan(x) else math.copysign(math.inf, x)
    return x / y


def power(x, n):
    try:
        z = x**n
    except ZeroDivisionError:
        return math.inf
    except OverflowError:
        return math.inf
    return math.nan if isinstance(z, complex) else z


def faulty(method=None, **members):
    """A subclass of Toy with other members."""
    if method is not None:
        members[method.__name__] = method
    return type("Faulty", (Toy,), members)


def _overwriting(self):
    self.grad = 1.0
    for z in reversed(self.order()):
        for x, partial in zip(z.inputs, z.partials, strict=True):
            x.grad = z.grad * partial


def _never_resetting(self):
    self.grad = 1.0
    for z in reversed(self.order()):
        for x, partial in zip(z.inputs, z.partials, strict=True):
            x.grad += z.grad * partial


def _recursive(self):
    def visit(z):
        for x in z.inputs:
            visit(x)

    visit(self)


def _random_order(self):
    x = Toy.order(self)[0]
    Toy.backward(self)
    x.grad *= 1 + random.choice((0, 2.0**-52))


def _wrong_mul(self, other):
    other = self.lifted(other)
    data = self.data * other.data
    return self.node(data, (self, other), (other.data * 1.000001, self.data))


def _forgetful(self, other):
    self.data += self.lifted(other).data
    return self


FAULTS = {
    "values of random programs": faulty(__sub__=lambda self, other: self + other),
    "gradients of random programs": faulty(__mul__=_wrong_mul),
    "sharing": faulty(backward=_overwriting),
    "accumulation": faulty(backward=_overwriting),
    "second backward": faulty(backward=_never_resetting),
    "backward of a leaf": faulty(backward=lambda self: Toy.backward(self) if self.inputs else None),
    "updates": faulty(__iadd__=_forgetful),
    "recursion depth": faulty(backward=lambda self: (_recursive(self), Toy.backward(self))[1]),
    "determinism": faulty(backward=_random_order),
    "0 ** 0": faulty(__pow__=lambda self, n: self.node(self.data**n, (self,), (n * self.data ** (n - 1),))),
    "integer powers of negative numbers": faulty(
        __pow__=lambda self, n: self.node(power(self.data, n), (self,), (n * power(abs(self.data), n - 1),))
    ),
    "roots of negative numbers": faulty(__pow__=lambda self, n: self.node(abs(self.data) ** n, (self,), (0.0,))),
    "division by zero": faulty(__truediv__=lambda self, other: self * (1 / self.lifted(other).data)),
    "overflow": faulty(__pow__=lambda self, n: self.node(self.data**n, (self,), (n,))),
    "nan comes through": faulty(relu=lambda self: self.node(max(0.0, self.data), (self,), (1.0,))),
    "kinks": faulty(relu=lambda self: self.node(max(self.data, 0.0), (self,), (2.0 if self.data == 0 else 1.0,))),
    "reflected operators": faulty(__rsub__=lambda self, other: self - other),
    "ints, floats and bools": faulty(
        lifted=lambda self, x: x if isinstance(x, Toy) else type(self)(x if isinstance(x, float) else 0)
    ),
    "NumPy scalars": faulty(
        __rmul__=lambda self, other: self.data * other if type(other) is not float else self * other
    ),
    "comparisons": faulty(__lt__=lambda self, other: True, __gt__=lambda self, other: True),
    "hashing": faulty(__eq__=lambda self, other: True, __hash__=lambda self: 1),
    "built-in sum": faulty(__radd__=lambda self, other: type(self)(self.data + other)),
}


# ---- the suite


def test_our_engine_passes_every_check_and_has_every_operation():
    report = check_engine(Value, examples=60)
    assert report.ok, str(report)
    assert {finding.outcome for finding in report.findings} == {"passes"}
    assert report.lacks == ()


def test_a_right_engine_passes_and_what_it_lacks_is_no_failure():
    report = check_engine(Toy, examples=30)
    assert report.ok, str(report)
    assert "tanh" in report.lacks
    assert [f.check for f in report.findings if f.outcome == "unsupported"] == ["reflected operators"]  # 2 ** x


def test_every_check_is_itself_checked_by_a_wrong_engine():
    assert set(FAULTS) == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_a_wrong_engine_fails_the_check_that_is_about_its_fault(name):
    report = check_engine(FAULTS[name], examples=60, checks=name)
    assert [finding.outcome for finding in report.findings] == ["fails"], str(report)
    with pytest.raises(AssertionError, match="1 fail"):
        report.raise_for_failures()


def test_the_smallest_wrong_program_is_printed_as_python_and_drawn():
    (finding,) = check_engine(FAULTS["gradients of random programs"], checks="gradients of random programs").findings
    assert finding.program is not None
    assert len(finding.program.steps) == 1
    assert finding.code == "x0 = Value(1.0)\nv1 = x0 * x0\nv1.backward()"
    assert "digraph" in finding.dot
    assert "v1 = x0 * x0" in str(finding)


def test_micrograd_has_the_faults_that_the_report_tells_of():
    micrograd = pytest.importorskip("micrograd.engine")
    report = check_engine(micrograd.Value, examples=20)
    assert {finding.check for finding in report.failures} == {
        "second backward", "recursion depth", "determinism", "0 ** 0", "roots of negative numbers", "division by zero",
        "overflow",
    }  # fmt: skip
    told = (Path(__file__).parents[2] / "docs" / "micrograd_report.md").read_text(encoding="utf-8")
    assert [line.split(" | ")[:2] for line in told.splitlines() if " | fails | " in line] == [
        line.split(" | ")[:2] for line in report.markdown.splitlines() if " | fails | " in line
    ]


def test_pictures_of_failures_are_written(tmp_path):
    report = check_engine(FAULTS["gradients of random programs"], checks=["sharing", "gradients of random programs"])
    (path,) = report.save_pictures(tmp_path)
    assert path.name == "gradients_of_random_programs.svg"
    assert "<svg" in path.read_text(encoding="utf-8")


def test_the_command_prints_the_report_and_its_exit_status_tells_the_outcome(capsys):
    assert main(["autograd:Value", "--examples", "3"]) == 0
    assert "22 checks pass, 0 fail" in capsys.readouterr().out
    assert main(["nowhere:Value"]) == 2
    assert "cannot be loaded" in capsys.readouterr().err


def test_a_report_is_a_markdown_table():
    text = check_engine(FAULTS["0 ** 0"], checks=["0 ** 0", "sharing"]).markdown
    assert "| 0 \\*\\* 0 | fails | " in text
    assert "| sharing | passes |  |" in text


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        ((3,), {}, TypeError, "must be a class, got int"),
        ((int,), {}, TypeError, "int has no backward"),
        ((Value,), {"checks": "speed"}, ValueError, "there is no check 'speed'; there are values of"),
        ((Value,), {"examples": 0}, ValueError, "examples must be a whole number of at least 1, got 0"),
    ],
)
def test_wrong_arguments_say_what_was_wanted(arguments, options, error, message):
    with pytest.raises(error, match=message):
        check_engine(*arguments, **options)


# ---- programs


@given(programs())
@settings(max_examples=60)
def test_gradients_of_the_reference_are_the_slopes_of_its_values(program):
    _, grads, sizes = gradient(program)
    for i, x in enumerate(program.inputs):
        slope, h = [], 1e-5
        for step in (h, -h):
            inputs = [*program.inputs[:i], x + step, *program.inputs[i + 1 :]]
            made = program.results(lambda name, xs: value_of(name, xs) if None not in xs else None, inputs)
            slope.append(made[-1])
        if None not in slope and _same_branches(program, i, h):
            assert (slope[0] - slope[1]) / (2 * h) == pytest.approx(grads[i], abs=1e-3 * (1 + sizes[i]) ** 3)


def _same_branches(program, i, h):
    """Whether moving an input by h leaves every choice as it is."""
    taken = []
    for step in (h, 0.0, -h):
        choices = []

        def apply(name, xs, choices=choices):
            z = value_of(name, xs) if None not in xs else None
            if z is not None and (name in ("relu", "abs", "choose") or name[:3] in ("max", "min")):
                choices.append([round(p) for p in partials_of(name, xs)])
            return z

        program.results(apply, [*program.inputs[:i], program.inputs[i] + step, *program.inputs[i + 1 :]])
        taken.append(choices)
    return taken[0] == taken[1] == taken[2]


@given(programs())
@settings(max_examples=60)
def test_the_source_of_a_program_runs_and_gives_its_gradient(program):
    names = {"Value": Value, **{name: getattr(autograd, name) for name in OPERATIONS if hasattr(autograd, name)}}
    exec(program.source(), names)
    engine = Engine(Value)
    assert [names[f"x{i}"].grad for i in range(len(program.inputs))] == engine.gradient(program)[1]


@given(programs(most_steps=20))
@settings(max_examples=60)
def test_pruning_leaves_value_and_gradient_alone(program):
    assert gradient(program.pruned())[:2] == gradient(program)[:2]
    assert len(program.pruned().steps) <= len(program.steps)


@pytest.mark.parametrize("name", [*UNARY, *BINARY])
def test_every_number_a_program_may_have_has_derivatives_in_the_book(name):
    sizes = [1e-3, 0.5, 1.0, 30.0, 372.0, 711.0, 999.0]
    numbers = [sign * size for size in sizes for sign in (1.0, -1.0)]
    for xs in itertools.product(numbers, repeat=1 if name in UNARY else 2):
        z = value_of(name, list(xs))
        if z is not None and abs(z) < 1e3 and stands_apart(name, list(xs)):
            assert all(math.isfinite(partial) for partial in partials_of(name, list(xs))), xs


def test_programs_have_sharing_constants_branches_and_many_operands():
    seen = set()

    @given(programs())
    @settings(max_examples=200, database=None, derandomize=True)
    def look(program):
        uses = [x for _, operands in program.steps for x in operands]
        results = [x for x in uses if type(x) is int]
        seen.update({"sharing"} if len(results) > len(set(results)) else ())
        seen.update("constants" for x in uses if type(x) is float)
        seen.update(name for name, _ in program.steps)
        seen.update("many" for name, operands in program.steps if name in MANY and len(operands) > 3)

    look()
    assert seen >= {"sharing", "constants", "many", "choose", "sum", "dot"}
    assert len(seen & {*UNARY, *BINARY, *MANY}) > 30


@pytest.mark.parametrize(
    "options", [{"operations": ["warp"]}, {"operations": []}, {"most_steps": 0}, {"most_inputs": 0}]
)
def test_impossible_programs_are_refused(options):
    with pytest.raises(ValueError, match="programs: "):
        programs(**options)


def test_a_program_is_data():
    program = Program((2.0,), (("mul", (0, 0)), ("add", (1, 1.0))))
    assert program.source() == "x0 = Value(2.0)\nv1 = x0 * x0\nv2 = v1 + 1.0\nv2.backward()"
    assert gradient(program) == (5.0, [4.0], [4.0])


# ---- the plugin


def run_pytest(directory, *arguments):
    """pytest in a directory of its own; the plugin is loaded by its entry point where the package is installed so."""
    installed = any(point.name == "glassgrad" for point in entry_points(group="pytest11"))
    plugin = [] if installed else ["-p", "pytest_glassgrad"]
    command = [sys.executable, "-m", "pytest", "-q", *plugin, "-p", "no:cacheprovider", *arguments]
    environment = {name: text for name, text in os.environ.items() if name != "PYTEST_ADDOPTS"}
    return subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, timeout=120)


def test_the_plugin_shows_each_check_as_a_test(tmp_path):
    (tmp_path / "toys.py").write_text(
        "from autograd import Value\n"
        "class Wrong:\n"
        "    def __init__(self, x): self.x = x if isinstance(x, Value) else Value(x)\n"
        "    data = property(lambda self: self.x.data)\n"
        "    grad = property(lambda self: self.x.grad)\n"
        "    def __add__(self, other): return Wrong(self.x + getattr(other, 'x', other))\n"
        "    def __mul__(self, other): return Wrong(self.x * getattr(other, 'x', other) * 1.5)\n"
        "    def backward(self): self.x.backward()\n",
        encoding="utf-8",
    )
    (tmp_path / "test_own.py").write_text("def test_own(): pass\n", encoding="utf-8")
    run = run_pytest(tmp_path, "-m", "check_engine", "--check-engine=toys:Wrong", "--check-engine-examples=20")
    assert run.returncode == 1, run.stdout + run.stderr
    assert "toys:Wrong: values of random programs" in run.stdout
    assert "v1 = x0 * x0" in run.stdout
    assert "graph as DOT" in run.stdout
    assert "1 deselected" in run.stdout  # the marker picks the checks alone


def test_the_fixture_fails_a_test_with_the_report(tmp_path):
    (tmp_path / "test_mine.py").write_text(
        "import pytest\n"
        "from autograd import Value\n"
        "def test_right(check_engine):\n"
        "    assert check_engine(Value, examples=5, checks='sharing').ok\n"
        "def test_wrong(check_engine):\n"
        "    class Wrong(float):\n"
        "        data = property(float)\n"
        "        grad = 0.0\n"
        "        def backward(self): pass\n"
        "    with pytest.raises(AssertionError, match='1 fail'):\n"
        "        check_engine(Wrong, checks='sharing')\n",
        encoding="utf-8",
    )
    run = run_pytest(tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "2 passed" in run.stdout


@pytest.mark.parametrize(("path", "message"), [("nowhere:Value", "cannot be loaded"), ("math", "package.module:Class"),
                                               ("math:pi", "must be a class")])  # fmt: skip
def test_an_engine_that_cannot_be_found_is_a_usage_error(path, message):
    from pytest_glassgrad import _checks_of

    with pytest.raises(pytest.UsageError, match=message):
        _checks_of(path, None, 5)  # type: ignore[arg-type]


def test_importing_the_engine_or_the_suite_imports_neither_hypothesis_nor_pytest():
    code = "import sys, autograd, autograd.testing; print('hypothesis' in sys.modules, 'pytest' in sys.modules)"
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, timeout=60)
    assert run.stdout.split() == ["False", "False"], run.stderr
