"""Breaks an operation off at every place where it can be, and looks whether all is as before: a program of its own.

`python breaking_off.py memory OPERATION PLACES` makes each allocation fail (by CPython's `_testcapi.set_nomemory`);
`no_memory` has all that follow fail too, which CPython's own code does not always survive: for compiled code only.
`interrupt` raises KeyboardInterrupt at each place in this package's Python code where Ctrl-C can. Prints what is wrong
and, in the last line, how often the operation was broken off.
"""

from __future__ import annotations

import dis
import functools
import gc
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import autograd
from autograd import Value, grad, gradients, hessian, hooks, hvp, jacobian, jvp
from autograd import value as engine
from autograd.differentiation import running
from autograd.differentiation.running import enclosing
from autograd.testing.nasty import harmless

PACKAGE = os.path.dirname(autograd.__file__)
POINT = [0.1, 0.2, 0.3]
STEP = 17  # where a long operation is broken off, once the first places have been tried one by one


def graph() -> tuple[list[Value], Value]:
    """Leaves that have a gradient already, and a root wide enough for a walk's stack to grow."""
    xs = [Value(0.5 + i / 10) for i in range(5)]
    z: Any = autograd.dot(xs, [x.tanh() for x in xs], 1.0)
    for x in xs:
        z = (z * x + 2.0).tanh() + autograd.logsumexp([z, x, 1.0])
    for k in range(40):
        z = z * 0.5 + xs[k % 5]
    for x in xs:
        x.grad = 0.25
    return xs, autograd.sum([z * k for k in range(300)])


def f(v: list[Any]) -> Any:
    return autograd.sum([(a * b).tanh() * b for a in v for b in v]) + autograd.logsumexp(v)


def inner(x: Any) -> Any:
    return grad(lambda y: x * y * y * x)(2.0)


def modes(xs: list[Value], _: Value) -> None:
    with autograd.no_grad():
        xs[0] * xs[1]
    with autograd.scope("outer"), autograd.scope("inner"):
        xs[0] * 2.0


OPERATIONS: dict[str, Callable[[list[Value], Value], Any]] = {
    "backward": lambda xs, z: z.backward(),
    "backward(create_graph=True)": lambda xs, z: z.backward(create_graph=True),
    "gradients": lambda xs, z: gradients(z, xs),
    "grad": lambda xs, z: grad(f)(POINT),
    "hessian": lambda xs, z: hessian(f)(POINT),
    "hvp": lambda xs, z: hvp(f, POINT, [1.0, 0.0, 0.0]),
    "jvp": lambda xs, z: jvp(f, (POINT,), ([1.0, 0.0, 0.0],)),
    "jacobian": lambda xs, z: jacobian(lambda v: [f(v), v[0]])(POINT),
    "nested grad": lambda xs, z: grad(inner)(3.0),
    "modes": modes,
    "reductions": lambda xs, z: [
        autograd.prod(xs), autograd.max(xs), autograd.softmax(xs), autograd.mean(xs), autograd.clip(xs[0], 0.0, 1.0)
    ],
}  # fmt: skip


def after_backward() -> list[float]:
    xs, root = graph()
    root.backward()
    return [x.grad for x in xs]


def breaks(kind: str, places: int) -> Iterator[Callable[[Callable[[], Any]], bool]]:
    """Ways to run something and break it off, later and later; each says whether it came to that."""
    n = 1
    while True:
        if kind == "interrupt":
            yield lambda run, n=n: interrupted(run, n)
        else:
            yield lambda run, n=n: without_memory(run, n, n + 1 if kind == "memory" else 0)
        n += 1 if n < places else STEP


def without_memory(run: Callable[[], Any], start: int, stop: int) -> bool:
    import _testcapi

    _testcapi.set_nomemory(start, stop)
    try:
        try:
            run()
        finally:
            _testcapi.remove_mem_hooks()
    except MemoryError:
        return True
    return False


@functools.cache
def instructions(code: Any) -> tuple[dict[int, str], list[Any]]:
    return {i.offset: i.opname for i in dis.get_instructions(code)}, dis._parse_exception_table(code)  # type: ignore


def can_be_interrupted(code: Any, before: int, now: int) -> bool:
    """Whether Ctrl-C may arrive between two instructions, and what handles it is the same as if it were in the second.

    Signals are handled where a call has returned and where a loop goes round; where a function begins too, but an
    `__exit__` that has not begun cannot put anything back, and no program in Python can help that.
    """
    names, table = instructions(code)
    handlers = [[entry.target for entry in table if entry.start <= place < entry.end] for place in (before, now)]
    return names.get(before, "").startswith(("CALL", "JUMP_BACKWARD")) and handlers[0] == handlers[1]


def interrupted(run: Callable[[], Any], n: int) -> bool:
    left = n
    last: dict[Any, int] = {}  # where in each frame the instruction before was

    def trace(frame: Any, event: str, _: Any) -> Any:
        nonlocal left
        if not frame.f_code.co_filename.startswith(PACKAGE):
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            left -= can_be_interrupted(frame.f_code, last.get(frame, -1), frame.f_lasti)
            last[frame] = frame.f_lasti
            if left <= 0:
                raise KeyboardInterrupt
        return trace

    sys.settrace(trace)
    try:
        run()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(None)
    return False


def check(kind: str, name: str, places: int) -> int:
    """Break the operation off, at most at twice so many places; returns how often that was."""
    operation = OPERATIONS[name]
    wanted, gradient, second = after_backward(), grad(f)(POINT), hessian(f)(POINT)
    times = misses = 0
    for broken_off in breaks(kind, places):
        before = engine.live_nodes()
        xs, root = graph()
        came_to_it = broken_off(lambda xs=xs, root=root: operation(xs, root))
        complaints = []
        if "backward" in name and came_to_it and [x.grad for x in xs] not in ([0.25] * 5, wanted):
            complaints.append(f"half of a pass in the gradients: {[x.grad for x in xs]}")
        if enclosing() or hooks.recording():
            complaints.append("a transform seems to be running")
        if not hooks.unobserved() and kind != "interrupt":  # then it costs time and no more
            complaints.append("something is left switched on")
        if (xs[0] * xs[1]).inputs == ():
            complaints.append("no_grad is left on")
        if hooks.noted() is not None:
            complaints.append("a scope is left open")
        harmless()  # so that the next place is judged by itself
        running._running.transforms = ()
        for x in xs:
            x.grad = 0.25
        root.backward()
        if [x.grad for x in xs] != wanted:
            complaints.append("the next backward is wrong")
        if grad(f)(POINT) != gradient or hessian(f)(POINT) != second:
            complaints.append("the next gradient is wrong")
        for x in xs:
            x.grad = 0.0
        del xs, root, x
        if kind != "interrupt" and autograd.COMPILED and name in ("backward", "reductions"):  # CPython's own calls leak
            gc.collect()
            if engine.live_nodes() != before:
                complaints.append(f"{engine.live_nodes() - before} nodes are left")
        for complaint in complaints:
            print(f"{kind}, {name}, place {times}: {complaint}", flush=True)
        times += came_to_it
        misses = 0 if came_to_it else misses + 1
        if misses == 6 or len(complaints) > 10 or times >= 2 * places:
            return times
    raise AssertionError


if __name__ == "__main__":
    print(check(sys.argv[1], sys.argv[2], int(sys.argv[3])))
