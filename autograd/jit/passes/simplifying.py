"""From the recorder's tape to a graph.

Compiled by Cython where possible (types: simplifying.pxd). While nodes are read every one of them holds its place in
the graph in `pending`, which is free for that outside of a backward pass.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.generated.kernels import IDENTITY, PROGRAM
    from cython.cimports.autograd.jit.passes.building import Builder
    from cython.cimports.autograd.jit.passes.graph import INPUT, ints, ints_in
    from cython.cimports.autograd.node import LEAF, LEFT, MANY, RIGHT, all_operands, data_of
    from cython.cimports.autograd.value import Value
else:
    from autograd.generated.kernels import IDENTITY, PROGRAM
    from autograd.jit.passes.building import Builder
    from autograd.jit.passes.graph import INPUT, ints, ints_in
    from autograd.node import LEAF, LEFT, MANY, RIGHT, all_operands, data_of
    from autograd.value import Value

from autograd.jit.errors import JitError
from autograd.jit.passes.graph import RELATIONS


def simplified(tape, inputs, roots, guards):
    """The graph of a tape.

    Arguments:
        tape: the Values made while recording, in order. inputs: the leaves that stood for the arguments.
        roots: the results. guards: four items each, relation, x, y, answer, with Values and numbers for x and y.

    Tape, roots and guards are emptied. From the end of the tape, where nothing else uses a node any more, each is then
    freed while it is at hand.
    """
    b = Builder(len(tape) + len(inputs))
    try:
        read_in(b, inputs, tape)
        compared = ints(len(guards))
        numbers = ints_in(compared)
        for k in range(0, len(guards), 4):
            numbers[k] = _RELATIONS[guards[k]]
            numbers[k + 1], numbers[k + 2] = place(b, guards[k + 1]), place(b, guards[k + 2])
            numbers[k + 3] = guards[k + 3] is True
        return b.finished([place(b, x) for x in roots], compared)
    finally:
        for values in (inputs, b.captured):
            for z in values:
                z.pending = 0
        roots.clear()
        guards.clear()
        while tape:
            z = tape.pop()
            z.pending = 0


def part(nodes, inputs, roots):
    """The graph of some nodes, operands before the nodes that use them, on the inputs.

    Returns the graph, whose roots are the roots, and where each of the nodes stands in it; what they depend on besides
    is captured.
    """
    b = Builder(len(nodes) + len(inputs))
    try:
        read_in(b, inputs, nodes)
        found = [place(b, z) for z in nodes]
        return b.finished([place(b, x) for x in roots], ints(0)), found
    finally:
        for values in (inputs, nodes, b.captured):
            for z in values:
                z.pending = 0


def read_in(b, inputs, nodes):
    """Add the inputs and then the nodes to the graph; the `pending` of each is then its place, counted from 1."""
    for z in inputs:
        b.reserve(1)
        z.pending = b.leaf(INPUT, b.n) + 1
    for z in nodes:
        if z.pending == 0:
            z.pending = node(b, z) + 1
    return 0


def place(b, x):
    """Where an operand stands."""
    if type(x) is Value:
        z = x
        if z.pending:
            return z.pending - 1
        z.pending = b.capture(z) + 1
        return z.pending - 1
    return b.constant(data_of(x))


def node(b, z):
    """Where the node z of the tape stands in the graph."""
    form = z.form
    if form == LEAF:
        return b.constant(data_of(z))
    code = z.op_code
    if code == IDENTITY:  # the variable of a transform inside, whose derivatives are nodes by now
        return place(b, z.x)
    if code == PROGRAM:
        raise JitError("jit: the result of another recorded function, made before, cannot be recorded as an operation")
    if form == MANY:
        operands = all_operands(z)
        b.have_operands(len(operands))
        k = 0
        for x in operands:
            b.operands[k] = place(b, x)
            k += 1
        return b.operation(code, k)
    if form == LEFT:
        i = b.constant(z.dy)
        return b.two(code, i, place(b, z.x))
    i = place(b, z.x)
    if form == RIGHT:
        return b.two(code, i, b.constant(z.dy))
    if z.y is not None:
        return b.two(code, i, place(b, z.y))
    return b.one(code, i)


_RELATIONS = {name: k for k, name in enumerate(RELATIONS)}
