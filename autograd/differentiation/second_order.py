"""Second derivatives as floats: how the gradient of an output turns when the variables move, in two sweeps over a tape.

Compiled by Cython where possible (types: second_order.pxd). A short cut: the sweeps in Values give the same, for every
order, by making nodes; here the partials' own partials come from curvature.h, which the table's formulas are
differentiated into. What does not change from one direction to the next, as in a Hessian, is computed once.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd import hooks
    from cython.cimports.autograd.differentiation.sweeps import flags, partial_of_many, push_tangents, start, sums
    from cython.cimports.autograd.differentiation.tape import ints, new_ints, tape_between
    from cython.cimports.autograd.generated.curvature import mask, second
    from cython.cimports.autograd.generated.kernels import *
    from cython.cimports.autograd.node import (
        CALL,
        LEAF,
        LEFT,
        MANY,
        RESULT,
        RIGHT,
        all_operands,
        data_of,
        doubles,
        new_doubles,
    )
    from cython.cimports.autograd.value import Value
else:
    from autograd import hooks
    from autograd.differentiation.sweeps import flags, partial_of_many, push_tangents, start, sums
    from autograd.differentiation.tape import ints, new_ints, tape_between
    from autograd.generated.curvature import mask, second
    from autograd.generated.kernels import *
    from autograd.node import CALL, LEAF, LEFT, MANY, RESULT, RIGHT, all_operands, data_of, doubles, new_doubles
    from autograd.value import Value

    # How a node's partials change: masks below 16 say which of the four second partials of a binary operation can be
    # other than zero.
    STRAIGHT, ONE, OF_DOT, OF_LOGSUMEXP, OF_PROD, OF_NORM, DENSE, UNKNOWN = 0, 16, 17, 18, 19, 20, 21, 22

from autograd.differentiation.rules import anew
from autograd.differentiation.sweeps import pulled


class Curvature:
    """A tape's only output's gradient in every node that it reaches, and every node's second partials."""

    __slots__ = ("tape", "gradient", "reached", "kind", "second", "dense")


def curvature_of(tape):
    """What `adjoint_tangents` needs of a tape with one output; None where the short cut does not know the way."""
    if hooks.ahead:
        hooks.catch_up()
    b = Curvature.__new__(Curvature)
    n = len(tape.nodes)
    b.tape = tape
    b.reached = bytearray(n)
    b.gradient = gradient_in_every_node(tape, b.reached)
    b.kind, b.second, b.dense = new_ints(n), sums(4 * n), {}
    kind = ints(b.kind)
    for i in range(n):
        kind[i] = bend(b, tape.nodes[i], i)
        if kind[i] == UNKNOWN:
            return None
    return b


def gradient_in_every_node(tape, reached):
    n = len(tape.nodes)
    room = sums(n)
    g, live = doubles(room), flags(reached)
    first, target, weight = ints(tape.first), ints(tape.target), doubles(tape.weight)
    start(tape.outputs, [1.0] * len(tape.outputs), g, live)
    for i in range(n - 1, -1, -1):
        if live[i]:
            for e in range(first[i], first[i + 1]):
                if target[e] >= 0:
                    g[target[e]] += g[i] * weight[e]
                    live[target[e]] = 1
    return room


def bend(b, z, i):
    """Compute the node's second partials; returns its kind."""
    h = doubles(b.second)
    i *= 4
    op = z.op_code
    if z.form == LEAF:
        return STRAIGHT
    if z.form == MANY:
        return bend_of_many(b, z, i // 4)
    if z.form == RESULT or z.form == CALL:
        return UNKNOWN
    which = mask(op)
    if z.form == RIGHT:
        if which & 1 == 0:
            return STRAIGHT
        h[i] = true_to(op, 0, z.dx, second(op, 0, z.x._data, z.dy, z._data, z.dx, 0.0))
        return ONE
    if z.form == LEFT:
        if which & 8 == 0:
            return STRAIGHT
        h[i] = true_to(op, 1, z.dx, second(op, 3, z.dy, z.x._data, z._data, 0.0, z.dx))
        return ONE
    if which == 0 and (z.y is not None or z.dx == z.dx):
        return STRAIGHT
    if z.y is None:
        h[i] = true_to(op, 0, z.dx, second(op, 0, z.x._data, 0.0, z._data, z.dx, 0.0) if which else 0.0)
        return ONE
    for entry in range(4):
        if which >> entry & 1:
            slope = z.dy if entry > 1 else z.dx
            h[i + entry] = true_to(op, entry // 2, slope, second(op, entry, z.x._data, z.y._data, z._data, z.dx, z.dy))
    return which


def true_to(op, k, slope, bend):
    """The second partial; nan where the first is, whatever branch of its formula a nan has ended in."""
    return slope if slope != slope and (CONDITIONAL[op] | STEP[op]) >> k & 1 else bend


def bend_of_many(b, z, i):
    op = z.op_code
    if op == DOT:
        return OF_DOT
    if op == LOGSUMEXP:
        return OF_LOGSUMEXP
    if op == PROD:
        return OF_PROD
    if op == NORM:
        return OF_NORM
    if op in (SUM, MEAN, MAX, MIN, TAKE, CLIP, WHERE):
        return STRAIGHT
    if op == PROGRAM or FIRST_PARTIAL <= op < OPERATIONS:
        return UNKNOWN
    b.dense[i] = second_partials(z)
    return DENSE


def second_partials(z):
    """For each operand the row of its partial's partials, None for constants: from the partials read with Values."""
    copy = anew(z)
    operands = copy.operands
    variables = [x for x in operands if type(x) is Value]
    rows = []
    for k in range(len(operands)):
        row = None
        if type(operands[k]) is Value:
            p = partial_of_many(copy, copy.op_code, operands, k)
            if type(p) is Value:
                found = iter(pulled(tape_between([p], variables, []), [1.0]))
                row = [next(found) if type(x) is Value else None for x in operands]
        rows.append(row)
    return rows


def adjoint_tangents(b, tangents):
    """How the gradient in each variable changes when the variables move along `tangents`, None for not at all."""
    tape = b.tape
    if tape is None:
        raise TypeError("adjoint_tangents: this curvature was not made by curvature_of()")
    n = len(tape.nodes)
    room, moving, answer, turning = sums(n), bytearray(n), sums(n), bytearray(n)
    t, moves, dg, turns = doubles(room), flags(moving), doubles(answer), flags(turning)
    first, target, weight = ints(tape.first), ints(tape.target), doubles(tape.weight)
    kind, reached = ints(b.kind), flags(b.reached)
    push_tangents(tape, tangents, t, moves)
    for i in range(n - 1, -1, -1):
        if turns[i]:
            for e in range(first[i], first[i + 1]):
                j = target[e]
                if j >= 0:
                    dg[j] += dg[i] * weight[e]
                    turns[j] = 1
        if moves[i] and reached[i] and kind[i] != STRAIGHT:
            turn_inputs(b, i, t, moves, dg, turns)
    return [dg[i] if i >= 0 and turns[i] else None for i in tape.variables]


def turn_inputs(b, i, t, moves, dg, turns):
    """Add to the inputs' share what comes from the change of this node's own partials."""
    tape = b.tape
    target = ints(tape.target)
    e = ints(tape.first)[i]
    h, g = doubles(b.second), doubles(b.gradient)[i]
    kind = ints(b.kind)[i]
    if kind == ONE:
        j = target[e]
        dg[j] += g * (h[4 * i] * t[j])
        turns[j] = 1
    elif kind < ONE:
        for entry in range(4):
            j, m = target[e + entry // 2], target[e + entry % 2]
            if kind >> entry & 1 and j >= 0 and m >= 0 and moves[m]:
                dg[j] += g * (h[4 * i + entry] * t[m])
                turns[j] = 1
    elif kind == OF_DOT:
        last = ints(tape.first)[i + 1]
        for k in range(e + 1, last, 2):
            cross(target[k], target[k + 1], g, t, moves, dg, turns)
            cross(target[k + 1], target[k], g, t, moves, dg, turns)
    elif kind == OF_LOGSUMEXP:
        weight = doubles(tape.weight)
        last = ints(tape.first)[i + 1]
        for k in range(e, last):
            j = target[k]
            if j >= 0:
                dg[j] += g * (weight[k] * ((t[j] if moves[j] else 0.0) - t[i]))
                turns[j] = 1
    elif kind == OF_NORM:
        turn_parts(tape, i, g, t, moves, dg, turns)
    elif kind == OF_PROD:
        turn_factors(tape, i, g, t, moves, dg, turns)
    else:
        turn_dense(b.dense[i], target, e, g, t, moves, dg, turns)
    return 0


def cross(j, m, g, t, moves, dg, turns):
    """The share of x in x * y: it changes as y does."""
    if j >= 0 and m >= 0 and moves[m]:
        dg[j] += g * t[m]
        turns[j] = 1
    return 0


def turn_parts(tape, i, g, t, moves, dg, turns):
    """The shares x / z of the numbers whose norm is z."""
    weight, target, last = doubles(tape.weight), ints(tape.target), ints(tape.first)[i + 1]
    z = tape.nodes[i]
    for k in range(ints(tape.first)[i], last):
        j = target[k]
        if j >= 0:
            _, dx, _ = forward_binary(NORM_SHARE, 0.0, z._data)
            dg[j] += g * ((dx * t[j] if moves[j] else 0.0) - weight[k] * dx * t[i])
            turns[j] = 1
    return 0


def turn_factors(tape, i, g, t, moves, dg, turns):
    """The shares of the factors of a product; before and behind each one, the product of the others and its tangent."""
    operands = all_operands(tape.nodes[i])
    n = len(operands)
    e, target = ints(tape.first)[i], ints(tape.target)
    room_before, room_change = new_doubles(n), new_doubles(n)
    before, change = doubles(room_before), doubles(room_change)
    p, dp = 1.0, 0.0
    for k in range(n):
        before[k], change[k] = p, dp
        x, j = data_of(operands[k]), target[e + k]
        dp = (dp * x if dp != 0.0 else 0.0) + (p * t[j] if j >= 0 and moves[j] else 0.0)
        p *= x
    p, dp = 1.0, 0.0
    for k in range(n - 1, -1, -1):
        x, j = data_of(operands[k]), target[e + k]
        if j >= 0:
            dg[j] += g * ((change[k] * p if change[k] != 0.0 else 0.0) + (before[k] * dp if dp != 0.0 else 0.0))
            turns[j] = 1
        dp = (dp * x if dp != 0.0 else 0.0) + (p * t[j] if j >= 0 and moves[j] else 0.0)
        p *= x
    return 0


def turn_dense(rows, target, e, g, t, moves, dg, turns):
    for k in range(len(rows)):
        j = target[e + k]
        if j >= 0 and rows[k] is not None:
            row = rows[k]
            for i in range(len(row)):
                m = target[e + i]
                if m >= 0 and moves[m] and row[i] is not None:
                    slope = row[i]
                    dg[j] += g * (slope * t[m])
                    turns[j] = 1
    return 0
