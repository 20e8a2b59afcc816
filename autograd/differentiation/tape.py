"""A tape: the part of a graph that depends on chosen variables, laid flat for the sweeps of differentiation.

Compiled by Cython where possible (types: tape.pxd). Recording reads a graph and leaves no trace in it, not in `grad`
either: `pending`, which is 0 outside of a pass, holds a node's state while the walk is under way. What does not depend
on the variables is not on the tape: it costs a sweep nothing, and its derivative is not 0 times something but nothing.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from autograd.turns import NO_PASS

if cython.compiled:
    from cython.cimports.autograd import turns
    from cython.cimports.autograd.node import (
        CALL,
        LEAF,
        LEFT,
        MANY,
        all_operands,
        doubles,
        free_stack,
        new_doubles,
        new_stack,
        not_chosen,
        pop,
        push,
    )
    from cython.cimports.autograd.value import Value
else:
    from autograd import turns
    from autograd.node import (
        CALL,
        LEAF,
        LEFT,
        MANY,
        all_operands,
        doubles,
        free_stack,
        new_doubles,
        new_stack,
        not_chosen,
        pop,
        push,
    )
    from autograd.value import Value

    # A node's state during the walk; a positive one is its place on the tape, counted from 1.
    UNSEEN, OPEN, APART, OUTER, VARIABLE, OPEN_VARIABLE, NESTED = 0, -1, -2, -3, -4, -5, -6

    def new_ints(n):
        """Room for n whole numbers."""
        return [0] * n

    def ints(room):
        """The room, to be read and written by index."""
        return room


class Tape:
    """Nodes in topological order; for each of its operands an edge: the operand's place and the partial.

    An operand that a selection did not choose has no edge: no derivative passes, not even 0 times inf.

    Attributes:
        nodes: the nodes, inputs before their users.
        variables: each variable's place among the nodes, -1 where no output depends on it.
        outputs: each output's place, -1 where it depends on no variable.
        nested: whether an output depends on a variable of a transform that encloses this one.
        calls: whether there are calls of recorded functions among the nodes, which sweeps ask for their derivatives.
    """

    __slots__ = (
        "apart", "calls", "first", "known", "nested", "nodes", "order", "outputs", "target", "variables",
        "weight",
    )  # fmt: skip


def tape_between(outputs, variables, outer, through=False, known=()):
    """The tape from the variables to the outputs.

    Arguments:
        outputs, variables, outer: lists of Values; `outer` are the variables of enclosing transforms.
        through: whether one variable may depend on another by way of the graph. Otherwise variables are where the
            graph begins.
        known: dicts of nodes older than the variables, so that they cannot depend on them; each says whether the node
            depends on `outer`. The walk stops at them and adds to the last one. Without them every inner transform of
            a loop would walk all that the loop has computed so far.
    """
    for given in (outputs, variables, outer):
        for z in given:
            if type(z) is not Value:
                raise TypeError(f"tape_between: outputs and variables must be Values, got {type(z).__name__}")
    tape = Tape.__new__(Tape)
    tape.order, tape.apart, tape.known, tape.nested = [], [], known, False
    tape.calls = False
    try:
        turns.begin()
        stack = new_stack()
        try:
            mark_all(outer, OUTER)
            mark_all(variables, VARIABLE)
            for z in outputs:
                walk(tape, z, through, stack)
            tape.nodes = tuple(tape.order)  # no longer to be changed: sweeps rely on their number
            tape.outputs = tuple([place(z) for z in outputs])
            tape.variables = tuple([place(x) for x in variables])
            lay_out(tape)
        except BaseException:  # interrupted or out of memory: the next pass must not find half of a walk's marks
            turns.take_back(outputs, NO_PASS)
            raise
        finally:
            free_stack(stack)
            for marked in (outer, variables, tape.apart, tape.order):
                mark_all(marked, UNSEEN)
    finally:
        turns.end()
    tape.order = tape.apart = tape.known = None
    return tape


def mark_all(nodes, state):
    for z in nodes:
        z.pending = state


def place(z):
    """Where the node is on the tape, -1 if it is not."""
    return z.pending - 1 if z.pending > 0 else -1


def walk(tape, root, through, stack):
    """Put what `root` depends on onto the tape, each node after its inputs."""
    visit(tape, root, stack)
    z = pop(stack)
    while z is not None:
        state = z.pending
        if state == UNSEEN or (state == VARIABLE and through):
            z.pending = OPEN if state == UNSEEN else OPEN_VARIABLE
            push(stack, z)
            descend(tape, z, stack)
        elif state in (VARIABLE, OPEN_VARIABLE) or (state == OPEN and depends(z)):
            tape.order.append(z)
            z.pending = len(tape.order)
        elif state == OPEN:
            z.pending = NESTED if depends_on_outer(z) else APART
            tape.apart.append(z)
            if tape.known:
                tape.known[-1][z] = z.pending == NESTED
        z = pop(stack)


def descend(tape, z, stack):
    if z.form == MANY or z.form == CALL:
        for x in all_operands(z):
            if type(x) is Value:
                visit_one(tape, x, stack)
    else:
        if z.x is not None and z.form != LEAF:
            visit(tape, z.x, stack)
        if z.y is not None:
            visit(tape, z.y, stack)


def visit(tape, x, stack):
    if x.pending == OUTER:
        tape.nested = True
    elif x.pending == VARIABLE and x.form == LEAF:  # there is nothing below it
        tape.order.append(x)
        x.pending = len(tape.order)
    elif x.pending == VARIABLE or (x.pending == UNSEEN and x.form != LEAF and not is_known(tape, x)):
        push(stack, x)


def is_known(tape, x):
    """Whether the node is a known one; if so it is marked as what it is known for."""
    for known in tape.known:
        nested = known.get(x)
        if nested is not None:
            x.pending = NESTED if nested else APART
            tape.apart.append(x)
            tape.nested |= nested
            return True
    return False


def depends(z):
    """Whether an input is on the tape."""
    if z.form == MANY or z.form == CALL:
        for x in all_operands(z):
            if type(x) is Value and place_of_one(x) >= 0:
                return True
        return False
    return place(z.x) >= 0 or (z.y is not None and place(z.y) >= 0)


def depends_on_outer(z):
    """Whether an input depends on a variable of an enclosing transform."""
    if z.form == MANY or z.form == CALL:
        for x in all_operands(z):
            if type(x) is Value and is_outer_one(x):
                return True
        return False
    return is_outer(z.x) or (z.y is not None and is_outer(z.y))


def is_outer(x):
    return x.pending == OUTER or x.pending == NESTED


def lay_out(tape):
    """Write down every node's edges, one for each operand; an operand that is not on the tape has the target -1."""
    n, size = len(tape.nodes), 0
    for z in tape.nodes:
        size += edges(z)
    tape.first, tape.target, tape.weight = new_ints(n + 1), new_ints(size), new_doubles(size)
    first, target, weight = ints(tape.first), ints(tape.target), doubles(tape.weight)
    e, i = 0, 0
    for z in tape.nodes:
        first[i] = e
        if z.form == MANY:
            partials = doubles(z.y)
            k = 0
            for x in all_operands(z):
                cut = partials[k] == 0.0 and not_chosen(z.op_code, k, partials[k])
                target[e] = place_of_one(x) if type(x) is Value and not cut else -1
                weight[e] = partials[k]
                k += 1
                e += 1
        elif z.form == CALL:
            tape.calls = True
            for x in all_operands(z):
                target[e], weight[e] = place_of_one(x) if type(x) is Value else -1, 0.0
                e += 1
        elif z.form != LEAF:
            cut = z.dx == 0.0 and not_chosen(z.op_code, 1 if z.form == LEFT else 0, z.dx)
            target[e], weight[e] = -1 if cut else place(z.x), z.dx
            e += 1
            if z.y is not None:
                cut = z.dy == 0.0 and not_chosen(z.op_code, 1, z.dy)
                target[e], weight[e] = -1 if cut else place(z.y), z.dy
                e += 1
        i += 1
    first[n] = e
    return 0


def edges(z):
    """How many operands the node can have a derivative in the direction of."""
    if z.form == LEAF:
        return 0
    if z.form == MANY or z.form == CALL:
        return len(all_operands(z))
    return 1 if z.y is None else 2


if not cython.compiled:  # see tape.pxd
    place_of_one, visit_one, is_outer_one = place, visit, is_outer
