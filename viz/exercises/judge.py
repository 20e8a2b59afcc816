"""What a solution is tried on, from the smallest program up; the first that fails is told, with a hint that fits.

A learner's file runs in a process of its own, for it may do anything, such as never end.
"""

from __future__ import annotations

import ast
import json
import math
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from viz.exercises.files import STEPS
from viz.exercises.programs import Program, derivatives, drawn

PATIENCE = 20.0  # seconds for one file
_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a step was judged: `problem` is empty where all is well; `program` is the expression that failed, to draw."""

    problem: str = ""
    hint: str = ""
    program: str = ""


class Wrong(Exception):
    """A problem found; its arguments are those of a verdict."""


def judged(path: Path, number: int) -> Verdict:
    """The verdict on the file of step `number`."""
    script = "import sys; from viz.exercises.judge import report; report(sys.argv[1], int(sys.argv[2]))"
    try:
        done = subprocess.run(
            [sys.executable, "-c", script, str(path), str(number)], capture_output=True, text=True, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        return Verdict(f"it did not end within {PATIENCE:g} seconds", "Is there a loop that goes round for ever?")
    lines = done.stdout.strip().splitlines()
    try:
        return Verdict(**json.loads(lines[-1]))
    except (IndexError, ValueError, TypeError):
        words = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        return Verdict(f"Python ended: {words[:200]}", "Run the file with Python to see where.")


def report(path: str, number: int) -> None:
    """Judge a file in this process and print the verdict as JSON."""
    print(json.dumps(asdict(_verdict(Path(path), number))))


def _verdict(path: Path, number: int) -> Verdict:
    names: dict[str, Any] = {"__name__": "exercise"}
    try:
        exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), names)
        for check in _CHECKS[STEPS[number - 1]]:
            check(names)
    except Wrong as wrong:
        return Verdict(*wrong.args)
    except NotImplementedError as error:
        gaps = _gaps(path.read_text(encoding="utf-8")) or ["line {}: {}".format(*_place(error, path.name))]
        problem = "there is still a gap" if len(gaps) == 1 else "there are still gaps"
        return Verdict(f"{problem}: {', '.join(gaps)}", 'Replace the lines that say "your turn".')
    except SyntaxError as error:
        return Verdict(f"line {error.lineno}: {error.msg}", "Python cannot read the file yet.")
    except RecursionError as error:
        line, function = _place(error, path.name)
        if STEPS[number - 1] == "order":
            hint = "What stops it? Values that were seen before must not be visited."
        else:
            hint = "It has to ask for something else: 1.0 + x is x + 1.0, so __radd__ can ask for self + other."
        return Verdict(f"line {line}: {function} calls itself without end", hint)
    except Exception as error:  # whatever a learner's code raises is what they want to read
        line, _ = _place(error, path.name)
        problem = f"{type(error).__name__}: {error}"[:300]
        if line:
            return Verdict(f"line {line}: {problem}", "Look at that line: what does it name, and what is that there?")
        return Verdict(problem, "It came when your answer was used: look at what is returned.")
    return Verdict()


def _gaps(text: str) -> list[str]:
    """Where something is still to be written: the lines that raise NotImplementedError, with their functions."""
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    return [
        f"line {node.lineno}: {function.name}"
        for function in sorted(functions, key=lambda function: function.lineno)
        for node in function.body
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node)
    ]


def _place(error: BaseException, name: str) -> tuple[int, str]:
    """The last line of the learner's file that the error went through, and its function; 0 where it did not."""
    found = 0, ""
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == name:
            found = frame.lineno or 0, frame.name
    return found


def _same(found: Any, wanted: float, what: str, hint: str, program: str = "") -> None:
    if hasattr(found, "data"):
        raise Wrong(f"{what} is a Value, wanted {wanted!r}", "That is a Value; its number is wanted: .data", program)
    if not isinstance(found, (int, float)) or not math.isclose(found, wanted, rel_tol=_NEAR, abs_tol=_NEAR):
        raise Wrong(f"{what} is {found!r}, wanted {wanted!r}"[:300], hint, program)


def _tuples(z: Any, text: str) -> None:
    """Whether a result has its inputs and partials as something to go through: (x) without a comma is x alone."""
    for name in ("inputs", "partials"):
        if not isinstance(getattr(z, name), (tuple, list)):
            found = "a Value" if hasattr(getattr(z, name), "data") else repr(getattr(z, name))
            raise Wrong(
                f"the {name} of {text} are {found[:60]}, wanted a tuple with one entry an input",
                f"{name} has to be a tuple, of one entry too: the comma in (x,) makes it one.",
                text,
            )


# ---- the steps


def _keeps(names: dict[str, Any]) -> None:
    v = names["Value"](2.5, ("a",), (1.0,))
    for name, wanted in (("data", 2.5), ("grad", 0.0), ("inputs", ("a",)), ("partials", (1.0,))):
        if not hasattr(v, name):
            raise Wrong(f"Value(2.5) has no {name}", f"Write self.{name} = ... in __init__.")
        if getattr(v, name) != wanted:
            hint = (
                "A gradient is 0.0 as long as nothing was added to it." if name == "grad" else f"Keep {name} as given."
            )
            raise Wrong(f"Value(2.5, ...).{name} is {getattr(v, name)!r}, wanted {wanted!r}", hint)


def _made(text: str, apply: Callable[..., Any], partials: tuple[float, float], hint: str) -> Callable[[Any], None]:
    def check(names: dict[str, Any]) -> None:
        x, y = names["Value"](3.0), names["Value"](4.0)
        z = apply(x, y)
        if z is None or not hasattr(z, "data"):
            raise Wrong(f"{text} gives {z!r}, wanted a Value", "Return a new Value.", text)
        _same(z.data, apply(3.0, 4.0), f"the data of {text} at x = 3, y = 4", "Compute with .data.", text)
        _tuples(z, text)
        if len(z.inputs) != 2 or z.inputs[0] is not x or z.inputs[1] is not y:
            raise Wrong(f"{text} has the inputs {z.inputs!r}", "Its inputs are (self, other), in this order.", text)
        for k, name in enumerate("xy"):
            found = z.partials[k] if len(z.partials) > k else None
            _same(found, partials[k], f"the derivative of {text} by {name}", hint, text)
        _same(apply(x, 4.0).data, apply(3.0, 4.0), f"{text} with the plain number 4", "Numbers become Values.", text)
        _same(apply(3.0, y).data, apply(3.0, 4.0), f"{text} with a plain number at the left", "See __radd__.", text)

    return check


# Values that several others use, from the smallest program up, and last some that were drawn.
_SHARED = (
    Program("x*x + x"),
    Program("x + x*x"),
    Program("b*b", (("b", "x + y"),)),
    Program("b*(b + 1)", (("b", "2*x"),)),
    Program("(b + 1)*b", (("b", "2*x"),)),
    Program("b + b*c", (("b", "x*y"), ("c", "b + y"))),
    *drawn(24),
)


def _ordered(names: dict[str, Any]) -> None:
    for program in (Program("x"), Program("x + y"), *_SHARED):
        x, y = names["Value"](3.0), names["Value"](4.0)
        root = program.computed(x, y)
        text = str(program)
        found = root.order()
        if not isinstance(found, list) or not found or found[-1] is not root:
            raise Wrong(
                f"the order of {text} does not end with the result", "A value comes behind all its inputs.", text
            )
        places = {id(v): k for k, v in enumerate(found)}
        if len(places) < len(found):
            raise Wrong(f"the order of {text} has a value twice", "Remember (by id) which were seen.", text)
        for v in found:
            if any(places.get(id(u), len(found)) >= places[id(v)] for u in v.inputs):
                raise Wrong(f"in the order of {text} a value comes before its input, or its input is missing",
                            "Visit the inputs first, then append the value itself.", text)  # fmt: skip


_SHARE = "A share is the gradient of the value times the partial."
_ADD_UP = "Where a value is used twice, its shares are added up: += and not =."
_ALL = "A value may hand on only when it has all its shares: go through order() from the end."
_BACKWARDS = "No gradient had arrived when it was handed on: go from the last to the first, reversed(self.order())."
_ANEW = "backward() of an input sets its grad to 1.0 and begins anew: let one loop over order() hand everything on."
_ADDS = "backward() adds to what is there, 1 and then 4: whoever wants to begin anew sets gradients to 0.0 before it."
_ONLY_ONE = "Only the result begins with 1.0: set it once, before the loop."

_SUMS_AND_PRODUCTS = (Program("x + y"), Program("x*y"), Program("(x + y)*5"), Program("x*y + 2*x"))


def _accumulates(names: dict[str, Any]) -> None:
    for program in (*_SUMS_AND_PRODUCTS, *_SHARED):
        x, y = names["Value"](3.0), names["Value"](4.0)
        root = program.computed(x, y)
        text = str(program)
        calls = _counted_backward(names["Value"], root)
        _same(root.grad, 1.0, f"the gradient of {text} itself", "A result changes just as much as itself: 1.0.", text)
        hint = _hint(program, root, x, y, calls)
        for v, name, wanted in zip((x, y), "xy", derivatives(program), strict=True):
            _same(v.grad, wanted, f"the derivative of {text} by {name} at x = 3, y = 4", hint, text)
    x, y = names["Value"](3.0), names["Value"](4.0)
    (x + y).backward()
    (x * y).backward()
    _same(x.grad, 5.0, "the gradient of x = 3 after backward() of x + y and then of x*y, with y = 4,", _ADDS, "x*y")


def _counted_backward(kind: Any, root: Any) -> int:
    """How often backward() was called in going back from the root, by whom ever."""
    calls, real = 0, kind.backward

    def counted(*args: Any) -> Any:
        nonlocal calls
        calls += 1
        return real(*args)

    kind.backward = counted
    try:
        root.backward()
    finally:
        kind.backward = real
    return calls


def _hint(program: Program, root: Any, x: Any, y: Any, calls: int) -> str:
    """What is behind wrong gradients of x and y, if they are wrong."""
    if calls > 1 and 1.0 in (x.grad, y.grad):
        return _ANEW
    if all(v.grad == 1.0 for v in (x, y, *root.inputs)):
        return _ONLY_ONE
    if any(v.inputs for v in root.inputs) and x.grad == y.grad == 0.0:
        return _BACKWARDS
    if program.definitions:
        return _ALL
    return _ADD_UP if program.expression.count("x") > 1 else _SHARE


def _bends(names: dict[str, Any]) -> None:
    for n in (2, 3, -1, 0.5):
        v = names["Value"](3.0)
        z = v**n
        _same(z.data, 3.0**n, f"3 ** {n}", "Compute with .data.", f"x**{n}")
        _tuples(z, f"x**{n}")
        z.backward()
        _same(
            v.grad,
            n * 3.0 ** (n - 1),
            f"the derivative of x ** {n} at 3",
            "The power rule: n * x ** (n - 1).",
            f"x**{n}",
        )
    v = names["Value"](0.5)
    z = v.tanh()
    _same(z.data, math.tanh(0.5), "tanh(0.5)", "Use math.tanh.", "tanh(x)")
    _tuples(z, "tanh(x)")
    z.backward()
    _same(v.grad, 1 - math.tanh(0.5) ** 2, "the derivative of tanh at 0.5", "1 - t * t, with t the result.", "tanh(x)")


def _neuron(names: dict[str, Any]) -> None:
    neuron = names["Neuron"]([0.5, -1.0], 0.25)
    found = neuron.parameters()
    if [id(p) for p in found] != [id(p) for p in (*neuron.w, neuron.b)]:
        raise Wrong("parameters() is not the weights and then the bias", "One list: all of self.w, then self.b.")
    out = neuron([2.0, 0.5])
    text = "tanh(0.5*2 - 1*0.5 + 0.25)"
    _same(out.data, math.tanh(0.75), text, "Add w * x for every pair, and the bias once; then tanh.", text)
    out.backward()
    slope = 1 - math.tanh(0.75) ** 2
    _same(neuron.b.grad, slope, "the gradient of the bias", "The bias has to be in the sum as a Value.", text)
    _same(neuron.w[0].grad, 2.0 * slope, "the gradient of w[0]", "The weights have to be in it as Values.", text)


def _learns(names: dict[str, Any]) -> None:
    p = names["Value"](3.0)
    p.grad = 100.0
    names["step"]([p], (p + -1.0) ** 2, 0.1)
    hint = "Against the gradient: p.data -= lr * p.grad."
    if p.data == 3.0 and p.grad == 0.0:
        hint = "The gradient was 0.0 when the step was taken: first to 0.0, then backward, then the step."
    elif p.data == 3.0:
        hint = "The gradient is there, but p.data stayed as it was: put the new number into p.data."
    elif math.isclose(p.data, 3.0 - 0.1 * 104.0):
        hint = "The old gradient was still there: set it to 0.0 before backward."
    elif p.grad == 100.0:
        hint = "That went along the old gradient: set it to 0.0, and call loss.backward()."
    elif math.isclose(p.data, 3.4):
        hint = "That goes uphill. Minus, not plus."
    elif math.isclose(p.data, -1.0):
        hint = "The gradient has to be multiplied by the learning rate."
    _same(p.data, 2.6, "the parameter after one step down (p - 1)**2 from 3 with lr = 0.1", hint, "(x - 1)**2")
    neuron = names["Neuron"]([0.1, -0.2], 0.0)
    losses: list[float] = []
    before = [p.data for p in neuron.parameters()]
    for _ in range(50):
        loss = (neuron([1.0, -1.0]) + -0.5) ** 2
        losses.append(loss.data)
        names["step"](neuron.parameters(), loss, 0.5)
    if any(p.data == start for p, start in zip(neuron.parameters(), before, strict=True)):
        raise Wrong("after fifty steps a parameter of a neuron stands where it was", "Every parameter moves.")
    if not losses[-1] < 0.01 * losses[0]:
        raise Wrong(
            f"fifty steps bring a loss from {losses[0]:.3g} to {losses[-1]:.3g} only",
            "Is each step as long as lr * p.grad?",
        )


_CHECKS: dict[str, tuple[Callable[[dict[str, Any]], None], ...]] = {
    "number": (_keeps,),
    "add": (_made("x + y", lambda x, y: x + y, (1.0, 1.0), "A sum grows just as fast as a term does: 1.0."),),
    "multiply": (_made("x*y", lambda x, y: x * y, (4.0, 3.0), "The derivative of x * y by x is y, and by y it is x."),),
    "order": (_ordered,),
    "accumulate": (_accumulates,),
    "powers": (_bends,),
    "neuron": (_neuron,),
    "step": (_learns,),
}
