"""Sweeps over a tape: gradients from the outputs down, tangents from the variables up; as floats, or as Values.

Compiled by Cython where possible (types: sweeps.pxd). A sweep in floats multiplies the partials that the forward pass
has left; one in Values reads the partials' formulas with Values for numbers and makes nodes, so that its result can be
differentiated again. None stands for a derivative that is zero because there is no path, which nothing multiplies: 0.0
times inf is nan, nothing times inf is nothing.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from autograd.differentiation.rules import partial_beyond_table
from autograd.hooks import recorder_here as recorder

if cython.compiled:
    from cython.cimports.autograd import turns
    from cython.cimports.autograd.differentiation.nodes import known_binary, known_unary
    from cython.cimports.autograd.differentiation.tape import ints
    from cython.cimports.autograd.generated.derivatives import one, partial_binary, partial_unary, two
    from cython.cimports.autograd.generated.kernels import *
    from cython.cimports.autograd.hooks import recording
    from cython.cimports.autograd.node import (
        CALL,
        LEAF,
        LEFT,
        MANY,
        RESULT,
        RIGHT,
        VALUES,
        all_operands,
        data_of,
        doubles,
        doubles_of,
        evaluation_of,
        new_doubles,
        result_number,
    )
    from cython.cimports.autograd.value import Value
else:
    from autograd import turns
    from autograd.differentiation.nodes import known_binary, known_unary
    from autograd.differentiation.tape import ints
    from autograd.generated.derivatives import one, partial_binary, partial_unary, two
    from autograd.generated.kernels import *
    from autograd.hooks import recording
    from autograd.node import (
        CALL,
        LEAF,
        LEFT,
        MANY,
        RESULT,
        RIGHT,
        VALUES,
        all_operands,
        data_of,
        doubles,
        doubles_of,
        evaluation_of,
        new_doubles,
        result_number,
    )
    from autograd.value import Value

    def flags(room):
        """The room of n booleans, to be read and written by index."""
        return room


def sums(n):
    """Room for n sums without a term yet: -0.0, since 0.0 + -0.0 would lose the sign of a first term."""
    room = new_doubles(n)
    numbers = doubles(room)
    for i in range(n):
        numbers[i] = -0.0
    return room


def start(places, numbers, totals, live):
    """Add the numbers that a sweep begins with at their places on the tape; None is no beginning."""
    for k in range(len(numbers)):
        i = places[k]
        if i >= 0 and numbers[k] is not None:
            totals[i] += numbers[k]
            live[i] = 1
    return 0


def started(tape, places, numbers):
    """The same in Values or floats: for each node of the tape what the sweep begins with there, or None."""
    totals = [None] * len(tape.nodes)
    for k in range(len(numbers)):
        i = places[k]
        if i >= 0 and numbers[k] is not None:
            totals[i] = plus(totals[i], numbers[k])
    return totals


def pulled(tape, weights):
    """The derivative of the sum of weight * output in the direction of each variable, as floats or None.

    Arguments:
        weights: a float for each output, or None for one to leave out.
    """
    n = len(tape.nodes)
    room, touched = sums(n), bytearray(n)
    g, live = doubles(room), flags(touched)
    first, target, weight = ints(tape.first), ints(tape.target), doubles(tape.weight)
    start(tape.outputs, weights, g, live)
    weighed: dict = {}  # of each call of a recorded function the weights of its results
    for i in range(n - 1, -1, -1):
        if live[i] and not (tape.calls and pulled_through(tape, i, g, live, weighed)):
            for e in range(first[i], first[i + 1]):
                j = target[e]
                if j >= 0:
                    g[j] += g[i] * weight[e]
                    live[j] = 1
    return [g[i] if i >= 0 and live[i] else None for i in tape.variables]


def pulled_through(tape, i, g, live, weighed):
    """The turn of a node that belongs to a call of a recorded function; whether it is one."""
    z = tape.nodes[i]
    target = ints(tape.target)
    e = ints(tape.first)[i]
    if z.form == RESULT:
        j = target[e]
        if j >= 0:  # else it is a variable itself, and its call depends on none
            weights_of(weighed, j, z.x)[result_number(z)] = g[i]
            live[j] = 1
        return True
    if z.form != CALL:
        return False
    evaluation, reaches = evaluation_of(z), None
    n = len(all_operands(z))
    room = evaluation.pulled(weighed[i])
    partials = doubles_of(n, room)
    for k in range(n):
        j = target[e + k]
        if j < 0:
            continue
        partial = partials[k]
        if partial == 0.0 and tape.nodes[j].inputs and reaches is None:  # does 0 arrive there, or nothing?
            reaches = evaluation.reaches(weighed[i])
        if reaches is None or reaches[k]:
            g[j] += partial
            live[j] = 1
    return True


def weights_of(weighed, j, call):
    """The weights of the results of a call, None each as long as nothing has arrived."""
    weights = weighed.get(j)
    if weights is None:
        weights = weighed[j] = [None] * int(call.dx)
    return weights


def pushed(tape, tangents):
    """The derivative of each output when the variables move along `tangents`, as floats or None."""
    n = len(tape.nodes)
    room, touched = sums(n), bytearray(n)
    t, live = doubles(room), flags(touched)
    push_tangents(tape, tangents, t, live)
    return [t[i] if i >= 0 and live[i] else None for i in tape.outputs]


def push_tangents(tape, tangents, t, live):
    """Fill in the tangent of every node; `live` is left 0 where nothing moves."""
    first, target, weight = ints(tape.first), ints(tape.target), doubles(tape.weight)
    start(tape.variables, tangents, t, live)
    moved: dict = {}  # of each call of a recorded function the tangents of its results
    for i in range(len(tape.nodes)):
        if tape.calls and pushed_through(tape, i, t, live, moved):
            continue
        for e in range(first[i], first[i + 1]):
            j = target[e]
            if j >= 0 and live[j]:
                t[i] += weight[e] * t[j]
                live[i] = 1
    return 0


def pushed_through(tape, i, t, live, moved):
    """The turn of a node that belongs to a call of a recorded function; whether it is one."""
    z = tape.nodes[i]
    target = ints(tape.target)
    e = ints(tape.first)[i]
    if z.form == RESULT:
        tangent = moved[target[e]][result_number(z)] if target[e] >= 0 else None
        if tangent is not None:
            t[i] += tangent
            live[i] = 1
        return True
    if z.form != CALL:
        return False
    tangents = []
    for _ in range(len(all_operands(z))):
        j = target[e]
        tangents.append(t[j] if j >= 0 and live[j] else None)
        e += 1
    moved[i] = evaluation_of(z).pushed(tangents)
    return True


def pulled_values(tape, weights):
    """`pulled` for every node of the tape, in Values or floats or None; weights may be Values too.

    In a jit's recording it is the recorder that does this: there no branch of a formula may be frozen.
    """
    if recording():
        return recorder().pulled(tape, weights)
    g = started(tape, tape.outputs, weights)
    first, target = ints(tape.first), ints(tape.target)
    for i in range(len(g) - 1, -1, -1):
        if g[i] is None:
            continue
        z = tape.nodes[i]
        if z.form == RESULT:
            if target[first[i]] >= 0:
                weights_of_results(g, target[first[i]], z.x)[result_number(z)] = g[i]
            continue
        if z.form == CALL:
            e = first[i]
            for share in evaluation_of(z).pulled_values(g[i]):
                j = target[e]
                if j >= 0 and share is not None:
                    g[j] = plus(g[j], share)
                e += 1
            continue
        partials = partials_of_many(tape, i) if z.form == MANY else None
        for e in range(first[i], first[i + 1]):
            j = target[e]
            if j >= 0:
                k = e - first[i]
                g[j] = plus(g[j], times(g[i], partial(z, k) if partials is None else partials[k]))
    return g


def pulled_from_call(y, variables):
    """For each variable the derivative of y in its direction, as a Value, where y is a recorded function of leaves.

    None otherwise. There is nothing to walk then: no tape is laid for the hundreds of parameters of a model.
    """
    if y.form != RESULT or recording():
        return None
    places, again = [], []
    if not operands_of_leaves(all_operands(y.x), variables, places, again):
        return None
    weights = [None] * int(y.x.dx)
    weights[result_number(y)] = 1.0
    shares = evaluation_of(y.x).pulled_values(weights)
    for first, k in again:  # a parameter that is an argument too
        if shares[k] is not None:
            shares[first] = plus(shares[first], shares[k])
    return as_values(shares, places)


def operands_of_leaves(operands, variables, places, again):
    """Whether all are leaves; then note each variable's place among the operands, -1 for none, and who comes again."""
    try:
        turns.begin()
        leaves = True
        marked = 0
        try:
            for x in operands:
                if x.form != LEAF:
                    leaves = False
                    break
                if x.pending == 0:
                    x.pending = marked + 1
                else:
                    again.append((x.pending - 1, marked))
                marked += 1
            if leaves:
                for x in variables:
                    if x.form != LEAF:
                        leaves = False
                        break
                    places.append(x.pending - 1)
        finally:
            for x in operands:
                if x.form == LEAF:
                    x.pending = 0
    finally:
        turns.end()
    return leaves


def weights_of_results(g, j, call):
    """The weights of the results of the call at j, in the place of its gradient."""
    if g[j] is None:
        g[j] = [None] * int(call.dx)
    return g[j]


def pushed_values(tape, tangents):
    """`pushed` for every node of the tape, in Values or floats or None; tangents may be Values too."""
    if recording():
        return recorder().pushed(tape, tangents)
    t = started(tape, tape.variables, tangents)
    first, target = ints(tape.first), ints(tape.target)
    for i in range(len(t)):
        z = tape.nodes[i]
        if z.form == RESULT:
            j = target[first[i]]
            moving = t[j][result_number(z)] if j >= 0 else None
            if moving is not None:
                t[i] = plus(t[i], moving)
            continue
        if z.form == CALL:
            moving = [None if target[e] < 0 else t[target[e]] for e in range(first[i], first[i + 1])]
            t[i] = evaluation_of(z).pushed_values(moving)
            continue
        partials = None
        for e in range(first[i], first[i + 1]):
            j = target[e]
            if j >= 0 and t[j] is not None:
                k = e - first[i]
                if partials is None and z.form == MANY:
                    partials = partials_of_many(tape, i)
                t[i] = plus(t[i], times(t[j], partial(z, k) if partials is None else partials[k]))
    return t


def as_values(found, places):
    """What a sweep in Values has found at these places of a tape, Values; zero where nothing has arrived."""
    values = []
    for i in places:
        x = found[i] if i >= 0 else None
        values.append(x if type(x) is Value else Value(0.0 if x is None else x))
    return values


def plus(a, b):
    return b if a is None else two(ADD, a, b)


def times(g, p):
    """g * p without a node where one of them is the number 1 or -1."""
    if type(p) is float:
        if p == 1.0:
            return g
        if p == -1.0:
            return one(NEG, g)
    elif type(g) is float:
        if g == 1.0:
            return p
        if g == -1.0:
            return one(NEG, p)
    return two(MUL, g, p)


def partial(z, k):
    """The partial of a node of one or two operands in the direction of its k-th Value, as a Value or a float."""
    slope = z.dy if z.form == VALUES and k == 1 else z.dx
    place = 1 if z.form == LEFT else k
    step = STEP[z.op_code] >> place & 1
    if step and slope == slope:
        return slope
    if z.form == RIGHT:
        p = partial_binary(z.op_code, 0, z.x, z.dy, z)
    elif z.form == LEFT:
        p = partial_binary(z.op_code, 1, z.dy, z.x, z)
    elif z.y is None:
        p = partial_unary(z.op_code, 0, z.x, z)
    else:
        p = partial_binary(z.op_code, k, z.x, z.y, z)
    if slope != slope and (step or CONDITIONAL[z.op_code] >> place & 1):
        return two(MUL, p, slope)  # whatever branch of its formula a nan has ended in, so is what follows from it
    return p


def partials_of_many(tape, i):
    """The partials of a node of any number of operands; None for those that the sweep does not need."""
    z = tape.nodes[i]
    operands = all_operands(z)
    first, target = ints(tape.first), ints(tape.target)
    op = z.op_code
    if op == PROD:
        return partials_of_product(operands)
    if op == PROGRAM:
        raise NotImplementedError(
            "a copy of a recorded function's result knows its derivative as a number only; differentiate the original"
        )
    partials = []
    for k in range(len(operands)):
        partials.append(partial_of_many(z, op, operands, k) if target[first[i] + k] >= 0 else None)
    return partials


def partial_of_many(z, op, operands, k):
    if op == DOT:
        if k == 0:
            return 1.0
        return operand(operands[k + 1] if k % 2 else operands[k - 1])
    if op == LOGSUMEXP:  # exp(x - z), whose number the forward pass knows without the rounding of x - z
        weight = doubles(z.y)[k]
        return known_unary(EXP, weight, weight, two(SUB, operands[k], z))
    if op == NORM:  # x / z, which the forward pass knows even where z overflows
        weight = doubles(z.y)[k]
        _, dx, dy = forward_binary(NORM_SHARE, data_of(operands[k]), z._data)
        return known_binary(NORM_SHARE, weight, dx, dy, operands[k], z)
    if op in (SUM, MEAN, MAX, MIN, TAKE, CLIP, WHERE):
        return doubles(z.y)[k]  # constant as long as no branch changes
    return partial_beyond_table(z, k)


def partials_of_product(operands):
    """For each operand the product of the others, in nodes: from the products of all before it and all behind it."""
    partials = []
    before = 1.0
    for x in operands:
        partials.append(before)
        before = times(operand(x), before)
    after = 1.0
    for k in range(len(operands) - 1, -1, -1):
        partials[k] = times(partials[k], after)
        after = times(operand(operands[k]), after)
    return partials


def operand(x):
    return x if type(x) is Value else data_of(x)
