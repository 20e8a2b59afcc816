"""Operations of any number of operands, each one node, and those of three.

Compiled by Cython where possible (types: reductions.pxd). Sums run from left to right, so that `dot(w, x, start=b)` has
the bits of `b + w1 * x1 + w2 * x2 ...`. An operand may be a Value or a number; where none is a Value the result is a
float.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.generated.kernels import *
    from cython.cimports.autograd.hooks import knows_better, recording
    from cython.cimports.autograd.node import data_of, doubles, new_doubles, read
    from cython.cimports.autograd.value import Value, cut, many
else:
    from autograd.generated.kernels import *
    from autograd.hooks import knows_better, recording
    from autograd.ieee import copysign, exp, fabs, log1p, sqrt
    from autograd.node import data_of, doubles, new_doubles, read
    from autograd.value import Value, cut, many

    def is_list(x):
        """Whether x is a list, or of a class of lists that has no other items than are in it."""
        return type(x) is list or (isinstance(x, list) and type(x).__iter__ is list.__iter__)

    def interleaved(start, xs, ys):
        """start, x1, y1, x2, y2, ... of two lists of one length."""
        operands = [start] * (2 * len(xs) + 1)
        operands[1::2] = xs
        operands[2::2] = ys
        return tuple(operands)


def sum(values, start=0.0):
    """start + x1 + x2 + ..., as one node. The sum of nothing is `start`.

    >>> from autograd import Value, sum
    >>> x = Value(2.0)
    >>> sum([x, 1.0, x]).backward()
    >>> x.grad
    2.0
    """
    operands = values_in((start, *values))
    data = read(operands[0])
    for i in range(1, len(operands)):
        data += read(operands[i])
    return constant_partials(SUM, data, operands, 1.0)


def mean(values):
    """The arithmetic mean, as one node. Raises ValueError for no values.

    >>> from autograd import mean
    >>> mean([1.0, 2.0, 6.0])
    3.0
    """
    operands = at_least_one("mean", values)
    data = 0.0
    for x in operands:
        data += read(x)
    n = len(operands)
    return constant_partials(MEAN, data / n, operands, 1.0 / n)


def constant_partials(op, data, operands, partial):
    if not any_value(operands):
        return data
    n = len(operands)
    room = new_doubles(n)
    partials = doubles(room)
    for i in range(n):
        partials[i] = partial
    return many(op, data, operands, room)


def dot(xs, ys, start=0.0):
    """start + x1 * y1 + x2 * y2 + ..., as one node.

    Arguments:
        xs, ys: sequences of Values or numbers, of one length.
        start: what the sum begins with, such as a neuron's bias.

    Raises:
        ValueError: when the lengths differ.

    >>> from autograd import Value, dot
    >>> w = [Value(2.0), Value(-1.0)]
    >>> z = dot(w, [3.0, 4.0], start=0.5)
    >>> z.backward()
    >>> z.data, w[1].grad
    (2.5, 4.0)
    """
    if not is_list(xs):
        xs = list(xs)
    if not is_list(ys):
        ys = list(ys)
    n = len(xs)
    if len(ys) != n:
        raise ValueError(f"dot: the two sequences must have one length, got {n} and {len(ys)}")
    operands = values_in(interleaved(start, xs, ys))
    room = new_doubles(2 * n + 1)
    partials = doubles(room)
    data = read(operands[0])
    partials[0] = 1.0
    for i in range(n):
        x = read(operands[2 * i + 1])
        y = read(operands[2 * i + 2])
        data += x * y
        partials[2 * i + 1] = y
        partials[2 * i + 2] = x
    return many(DOT, data, operands, room) if any_value(operands) else data


def prod(values):
    """x1 * x2 * ..., as one node; right where some are zero. The product of nothing is 1.

    >>> from autograd import Value, prod
    >>> x = Value(0.0)
    >>> prod([x, 3.0, 4.0]).backward()
    >>> x.grad
    12.0
    """
    operands = values_in(tuple(values))
    n = len(operands)
    room = new_doubles(n)
    partials = doubles(room)
    before = 1.0
    for i in range(n):
        partials[i] = before
        before *= read(operands[i])
    after = 1.0
    for i in range(n - 1, -1, -1):
        partials[i] *= after
        after *= read(operands[i])
    return many(PROD, before, operands, room) if any_value(operands) else before


def logsumexp(values):
    """log(exp(x1) + exp(x2) + ...) without overflow, as one node.

    The partials are the softmax weights; where the largest operand is infinite, their limit: equal shares for all that
    equal it. Raises ValueError for no values.

    >>> from autograd import logsumexp
    >>> logsumexp([1000.0, 0.0])
    1000.0
    """
    operands = at_least_one("logsumexp", values)
    n = len(operands)
    room = new_doubles(n)
    weights = doubles(room)
    first = 0
    for i in range(1, n):
        if read(operands[i]) > read(operands[first]):
            first = i
    top = read(operands[first])
    total = 0.0  # of the weights other than the first largest, whose weight is 1
    for i in range(n):
        x = read(operands[i])
        weights[i] = 1.0 if x == top else exp(x - top) if top - top == 0.0 or x != x or top != top else 0.0
        if i != first:
            total += weights[i]
    for i in range(n):
        weights[i] = weights[i] / (1.0 + total)
    data = top if top - top != 0.0 and total == total else top + log1p(total)
    return many(LOGSUMEXP, data, operands, room) if any_value(operands) else data


def norm(values):
    """sqrt(x1 * x1 + x2 * x2 + ...), the length of a vector, as one node; without overflow, as `hypot` of two.

    Where all are zero the derivative is 0. The norm of nothing is 0.

    >>> from autograd import norm
    >>> norm([3.0, 4.0])
    5.0
    """
    operands = values_in(tuple(values))
    n = len(operands)
    top, nan = 0.0, 0.0
    for i in range(n):
        x = fabs(read(operands[i]))
        if x > top:
            top = x
        elif x != x:
            nan = x
    room = new_doubles(n)
    shares = doubles(room)
    scale, total = scale_of(top), 0.0
    for i in range(n):
        x = read(operands[i])
        shares[i] = x * scale if top - top == 0.0 else copysign(1.0, x) if fabs(x) == top else x * 0.0
        total += shares[i] * shares[i]
    length = sqrt(total)
    data = top if top - top != 0.0 else nan if nan != nan else length / scale
    for i in range(n):
        if 1e-290 < data < 1e300:
            shares[i] = read(operands[i]) / data  # a scaled one may have lost digits
        else:
            shares[i] = shares[i] / length if length != 0.0 else 0.0
    return many(NORM, data, operands, room) if any_value(operands) else data


def scale_of(top):
    """The row `norm_scale`: a power of 2 by which squares of numbers up to `top` neither overflow nor underflow."""
    if 1e-140 < top < 1e140:
        return 1.0
    return SCALE_UP if top < 1.0 else SCALE_DOWN


SCALE_UP, SCALE_DOWN = 2.0**600, 2.0**-600


def extreme(op, of_two, name, values):
    """The largest or smallest, as `of_two`, the operation on two numbers, has it; ties share the derivative equally."""
    operands = at_least_one(name, values)
    n = len(operands)
    best = read(operands[0])
    for i in range(1, n):
        best, _, _ = forward_binary(of_two, best, read(operands[i]))
    ties = 0
    for i in range(n):
        if read(operands[i]) == best:
            ties += 1
    room = new_doubles(n)
    partials = doubles(room)
    for i in range(n):
        partials[i] = best if best != best else 1.0 / ties if read(operands[i]) == best else 0.0
    return many(op, best, operands, room) if any_value(operands) else best


def max(*values):
    """The largest of an iterable or of the arguments, as one node; ties share the derivative equally.

    >>> from autograd import Value, max
    >>> x, y = Value(3.0), Value(3.0)
    >>> max(x, y).backward()
    >>> x.grad, y.grad
    (0.5, 0.5)
    """
    return extreme(MAX, MAXIMUM, "max", values[0] if len(values) == 1 else values)


def min(*values):
    """The smallest of an iterable or of the arguments, as one node; ties share the derivative equally.

    >>> from autograd import min
    >>> min([2.0, 1.0]), min(5.0, 4.0, 6.0)
    (1.0, 4.0)
    """
    return extreme(MIN, MINIMUM, "min", values[0] if len(values) == 1 else values)


def softmax(values):
    """The list exp(xi) / (exp(x1) + exp(x2) + ...), shifted by the largest so that nothing overflows.

    exp(x - logsumexp(...)) would be shorter, and as far off as a rounding error of the largest operand is.

    >>> from autograd import softmax
    >>> softmax([1000.0, 1000.0])
    [0.5, 0.5]
    """
    operands = at_least_one("softmax", values)
    top = extreme(MAX, MAXIMUM, "max", operands)
    if type(top) is Value:  # a shift that all have in common: no derivative passes through it
        top = cut(top) if recording() else data_of(top)
    weights = [function_exp(x - top) for x in operands]
    total = sum(weights)
    return [weight / total for weight in weights]


def function_exp(x):
    return x.exp() if type(x) is Value else exp(x)


def ternary(op, x, y, w):
    """The node of one of the table's operations on three operands."""
    operands = values_in((x, y, w))
    x, y, w = operands
    data, dx, dy, dw = forward_ternary(op, read(x), read(y), read(w))
    if not any_value(operands):
        return data
    room = new_doubles(3)
    partials = doubles(room)
    partials[0], partials[1], partials[2] = dx, dy, dw
    return many(op, data, operands, room)


def clip(x, lo, hi):
    """x, or the bound it lies beyond. On a bound the derivative passes to x. Raises ValueError when lo > hi.

    A bound that is None is none at all; one that is nan makes the result nan.

    >>> from autograd import clip
    >>> clip(7.0, 0.0, 1.0), clip(0.5, 0.0, 1.0)
    (1.0, 0.5)
    """
    lo = LOWEST if lo is None else lo
    hi = HIGHEST if hi is None else hi
    lo, hi = values_in((lo, hi))
    if lo > hi if type(lo) is Value or type(hi) is Value else read(lo) > read(hi):  # a recording compares Values again
        raise ValueError(f"clip: the lower bound {read(lo)!r} is above the upper bound {read(hi)!r}")
    return ternary(CLIP, x, lo, hi)


LOWEST, HIGHEST = float("-inf"), float("inf")


def where(condition, x, y):
    """x where the condition is true (a bool, or a Value that is not 0), otherwise y.

    Both are computed. No derivative goes to the one that was not chosen, whatever it is: `where(x > 0, log(x), 0.0)`
    has the derivative 0 at 0 and below.

    >>> from autograd import Value, log, where
    >>> x = Value(0.0)
    >>> y = where(x > 0, log(x), 0.0)
    >>> y.backward()
    >>> x.grad
    0.0
    """
    return ternary(WHERE, condition, x, y)


def values_in(operands):
    """The operands; of whole numbers that a recorded function gets the Values that these stand for."""
    if recording():
        for x in operands:
            if type(x) is not Value and knows_better(x):
                return tuple([x.stands_for if type(x) is not Value and knows_better(x) else x for x in operands])
    return operands


def any_value(operands):
    for x in operands:
        if type(x) is Value:
            return True
    return False


def at_least_one(name, values):
    operands = values_in(tuple(values))
    if not operands:
        raise ValueError(f"{name}: at least one value is needed, got none")
    return operands
