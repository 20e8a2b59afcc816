"""Lists of parameters looked through, and steps over them, at machine speed where compiled (types: parameters.pxd).

The rules are those that nn/optimizers.py documents; here is only the loop over numbers and gradients. Where these lie
in an arena (arena.pyx) that leads, vectors go over them instead: the same operations, the same bits.
"""

from array import array

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd import hooks
    from cython.cimports.autograd.arrays.arena import Arena, arena_of, leader_of
    from cython.cimports.autograd.node import LEAF
    from cython.cimports.autograd.value import Value
    from cython.cimports.libc.math import sqrt
else:
    from math import sqrt
    from operator import is_

    from autograd import hooks
    from autograd.node import LEAF
    from autograd.value import Value

    def same_objects(a, b):
        """Whether two lists of one length hold the same objects."""
        return all(map(is_, a, b))


def arena_for(parameters):
    """An arena for the list, different leaves all of them; None for few of them, and in the plain twin."""
    return arena_of(parameters) if cython.compiled else None


def only_values(items):
    """Whether all of the list are Values."""
    for x in items:  # a loop in C
        if type(x) is not Value:
            return False
    return True


def only_leaves(values):
    """Whether no Value of the list is a result."""
    for p in values:
        if p.op_code:
            return False
    return True


def numbers_of(values):
    """The numbers of the Values in an array."""
    hooks.touch(values if type(values) is list else list(values))
    if hooks.ahead:
        hooks.catch_up()
    found = array("d", bytes(8 * len(values)))
    at = found
    i = 0
    for p in values:
        if p is None:
            raise TypeError("a parameter is None; it must be a Value")
        at[i] = p._data
        i += 1
    return found


def zero_gradients(parameters, arena=None):
    """Set the gradient of every leaf in the list to 0.0."""
    if cython.compiled and arena is None and hooks.ahead:
        arena = leader_of(parameters)
    if leads(arena, parameters):
        arena.zero_gradients()
        return
    for p in parameters:
        if p is None:
            raise TypeError("a parameter is None; it must be a Value")
        p._grad = 0.0
        if p.x is not None and p.form == LEAF:
            p.x = None


def descend(parameters, rate, decay, arena=None):
    """p -= rate * (gradient + decay * p)."""
    if leads(arena, parameters):
        arena.descend(None, rate, 0.0, decay, False)
        return
    for p in parameters:
        if p is None:
            raise TypeError("a parameter is None; it must be a Value")
        p._data -= rate * (p._grad + decay * p._data)


def descend_with_momentum(parameters, rate, decay, momentum, nesterov, buffer, arena=None):
    """The same along a running sum of gradients, which is kept in the buffer."""
    check_memory(parameters, buffer, "buffer")
    if leads(arena, parameters):
        arena.descend(buffer, rate, momentum, decay, nesterov)
        return
    i = 0
    for p in parameters:
        if p is None:
            raise TypeError("a parameter is None; it must be a Value")
        g = p._grad + decay * p._data
        m = momentum * buffer[i] + g
        buffer[i] = m
        p._data -= rate * (g + momentum * m if nesterov else m)
        i += 1


def adapt(parameters, rate, root, eps, decay, shrink, beta1, beta2, ms, vs, arena=None):
    """p = p * shrink - rate * m / (sqrt(v) / root + eps), with running means m of the gradient and v of its square."""
    check_memory(parameters, ms, "ms")
    check_memory(parameters, vs, "vs")
    if leads(arena, parameters):
        arena.adapt(ms, vs, rate, root, eps, decay, shrink, beta1, beta2)
        return
    i = 0
    for p in parameters:
        if p is None:
            raise TypeError("a parameter is None; it must be a Value")
        g = p._grad + decay * p._data
        m = beta1 * ms[i] + (1.0 - beta1) * g
        v = beta2 * vs[i] + (1.0 - beta2) * (g * g)
        ms[i] = m
        vs[i] = v
        p._data = p._data * shrink - rate * m / (sqrt(v) / root + eps)
        i += 1


def leads(arena, parameters):
    """Whether the numbers of the parameters are those in their arena. Otherwise they are those in the Values."""
    hooks.touch(parameters)
    if arena is not None and arena.leads:
        if len(parameters) != len(arena.values):
            raise ValueError(f"the arena is one of {len(arena.values)} parameters, and there are {len(parameters)}")
        return True
    if hooks.ahead:
        hooks.catch_up()
    return False


def same(parameters, others):
    """Whether two lists hold the same Values, in one order; equal numbers are not enough."""
    return len(parameters) == len(others) and same_objects(parameters, others)


def check_memory(parameters, memory, name):
    """Raise ValueError unless the memory has one number for each parameter."""
    if memory is None or len(memory) != len(parameters):
        n = "none" if memory is None else len(memory)
        raise ValueError(f"{name} must hold {len(parameters)} numbers, one a parameter, and it holds {n}")
