# cython: boundscheck=False, wraparound=False, cdivision=True, annotation_typing=False
# pyright: reportUnboundVariable=false, reportUndefinedVariable=false, reportAttributeAccessIssue=false
"""A recorded function as flat arrays: node i computes `op[i]` of the nodes `args[first[i]:first[i + 1]]`.

Compiled by Cython where possible (types: graph.pxd). Arrays, not objects: every pass over them is a loop at the speed
of C, and 1,000,000 nodes take 24 MB. Nodes stand in an order in which operands come first.
"""

from array import array

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.value import LEAF, LEFT, MANY, RIGHT, Value, all_operands, data_of
else:
    from autograd.value import LEAF, LEFT, MANY, RIGHT, Value, all_operands, data_of

    CONSTANT, INPUT, CAPTURED = -1, -2, -3  # what stands in `op` for a leaf: a number, an argument, a captured Value


class Graph:
    """Flat arrays of nodes.

    Attributes:
        op: the operation's code in the table, or CONSTANT, INPUT, CAPTURED. first, args: the operands, as above.
        data: a constant's number; the place of an input among the inputs, of a captured Value in `captured`.
        captured: the Values from outside. roots: the nodes of the results. guards: (relation, x, y, answer), nodes.
    """

    __slots__ = ("args", "captured", "data", "first", "guards", "op", "roots")

    def __init__(self, op, first, args, data, captured, roots, guards):
        self.op, self.first, self.args, self.data = op, first, args, data
        self.captured, self.roots, self.guards = captured, roots, guards

    def operations(self):
        """How many of the nodes are operations, not leaves."""
        return count_operations(self.op, len(self.op))


def ints(n):
    """n zeros."""
    return array("i", bytes(4 * n))


def longs(n):
    """n zeros of 64 bits."""
    return array("q", bytes(8 * n))


def reals(n):
    """n zeros."""
    return array("d", bytes(8 * n))


def graph_of(tape, inputs, roots, guards):
    """The graph that a recorder's tape holds.

    Arguments:
        tape: the Values made while recording, in order. inputs: the leaves that stood for the arguments.
        roots: the results. guards: (relation, x, y, answer) with Values and numbers for x and y.
    """
    width = operand_count(tape)
    extra = 2 * len(guards)
    nodes = len(tape) + width + len(inputs) + len(roots) + extra
    op, first, args, data = ints(nodes), ints(nodes + 1), ints(width), reals(nodes)
    captured: list = []
    marked: list = []
    try:
        for i, x in enumerate(inputs):
            mark(x, i, op, data)
        marked += inputs
        n = taken_down(tape, len(inputs), op, first, args, data, captured)
        numbers = []
        for relation, x, y, answer in guards:
            a = n = placed(x, n, op, first, data, captured)
            b = n = placed(y, n, op, first, data, captured)
            numbers.append((relation, last_place(x, a), last_place(y, b), answer))
        ends = []
        for root in roots:
            n = placed(root, n, op, first, data, captured)
            ends.append(last_place(root, n))
    finally:
        for values in (tape, inputs, captured):
            unmark(values)
    return Graph(op[:n], first[: n + 1], args[: first[n]], data[:n], captured, ends, numbers)


def operand_count(tape):
    """How many operands the nodes of the tape have together."""
    n = 0
    for z in tape:
        if z.form == MANY:
            n += len(all_operands(z))
        elif z.form != LEAF:
            n += 2
    return n


def mark(x, i, op, data):
    op[i] = INPUT
    data[i] = i
    set_place(x, i + 1)


def set_place(z, place):
    """Note on the node where it stands; `pending` is free for that outside of a backward pass."""
    z.pending = place


def unmark(values):
    for z in values:
        set_place(z, 0)


def last_place(x, n):
    """Where an operand stands that `placed` has just returned n for."""
    if type(x) is Value:
        z = x
        return z.pending - 1
    return n - 1


def placed(x, n, op, first, data, captured):
    """Give an operand that has no place yet the next one, n; the next free place is returned."""
    if type(x) is Value:
        z = x
        if z.pending:
            return n
        op[n] = CAPTURED
        data[n] = len(captured)
        captured.append(z)
        set_place(z, n + 1)
    else:
        op[n] = CONSTANT
        data[n] = data_of(x)
    first[n + 1] = first[n]
    return n + 1


def taken_down(tape, n, op, first, args, data, captured):
    """Write the tape's nodes behind the first n; the number of nodes is returned."""
    end = 0
    for i in range(n + 1):
        first[i] = 0
    for z in tape:
        form = z.form
        if form == LEAF:
            op[n] = CONSTANT
            data[n] = z._data
        elif form == MANY:
            operands = all_operands(z)
            for x in operands:
                n = placed(x, n, op, first, data, captured)
                # a number stands in the last place taken, a Value where it is marked
                args[end] = last_place(x, n)
                end += 1
            op[n] = z.op_code
        else:
            x = z.x
            if form == LEFT:
                n = placed(z.dy, n, op, first, data, captured)
                args[end] = n - 1
                end += 1
            n = placed(x, n, op, first, data, captured)
            args[end] = last_place(x, n)
            end += 1
            if form == RIGHT:
                n = placed(z.dy, n, op, first, data, captured)
                args[end] = n - 1
                end += 1
            elif form != LEFT and z.y is not None:
                x = z.y
                n = placed(x, n, op, first, data, captured)
                args[end] = last_place(x, n)
                end += 1
            op[n] = z.op_code
        set_place(z, n + 1)
        n += 1
        first[n] = end
    return n


def highest_operation(tape):
    """The largest operation code on the tape; those beyond the table are the user's own."""
    highest = 0
    for z in tape:
        if z.op_code > highest:
            highest = z.op_code
    return highest


def count_operations(op, n):
    count = 0
    for i in range(n):
        if op[i] > 0:
            count += 1
    return count
