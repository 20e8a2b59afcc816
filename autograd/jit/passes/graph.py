"""A recorded function as flat arrays: node i computes `op[i]` of the nodes `args[first[i]:first[i + 1]]`.

Compiled by Cython where possible (types: graph.pxd). Arrays, not objects: every pass over them is a loop at the speed
of C, and a node of two operands takes 14 bytes. Nodes stand in an order in which operands come first. The arrays are
Python's own, which free themselves; compiled code works on the memory in them (`chars_in`, `ints_in` ...).
"""

from array import array as Array

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

RELATIONS = ("lt", "le", "gt", "ge", "eq", "ne")
CHARS, CODES, INTS, LONGS, REALS = Array("b"), Array("h"), Array("i"), Array("q"), Array("d")

if not cython.compiled:  # graph.pxd has these in C
    CONSTANT, INPUT, CAPTURED = -1, -2, -3  # what stands in `op` for a leaf: a number, an argument, a captured Value
    SPREAD, WORD = 0x9E3779B97F4A7C15, 0xFFFFFFFFFFFFFFFF  # what hashes are multiplied by, and their bits

    def itself(a):
        """The array, to be read and written by index."""
        return a

    chars_in = codes_in = ints_in = longs_in = reals_in = itself

    def zeroed(kind, n):
        """An array of n zeros of the kind of an empty one."""
        return Array(kind.typecode, bytes(n * kind.itemsize))

    room = zeroed  # compiled, the numbers are what was there before

    def resized(a, n):
        """The same array with n items; those that it had keep their numbers."""
        if n < len(a):
            del a[n:]
        a.extend([0] * (n - len(a)))
        return a

    def bits(x):
        """A number's 64 bits, as a whole number without sign."""
        import struct

        return struct.unpack("Q", struct.pack("d", x))[0]


class Graph:
    """Flat arrays of nodes.

    Attributes:
        op: the operation's code in the table, or CONSTANT, INPUT, CAPTURED. first, args: the operands, as above; a
            leaf has in their stead its place among the numbers, the inputs or the captured Values.
        numbers: the constants. captured: the Values from outside. roots: the nodes of the results.
        guards: four numbers each: which of RELATIONS, the nodes x and y, the answer.
        own: whether there are operations of the user's own.
    """

    __slots__ = ("args", "captured", "first", "guards", "numbers", "op", "own", "roots")

    def __init__(self, op, first, args, numbers, captured, roots, guards, own=False):
        self.own = own
        self.op, self.first, self.args, self.numbers = op, first, args, numbers
        self.captured, self.roots, self.guards = captured, roots, guards

    def operations(self):
        """How many of the nodes are operations, not leaves."""
        return count_operations(self.op, len(self.op))

    def same_as(self, other):
        """Whether it is the same program on the same Values, node for node."""
        mine, others = self.arrays(), other.arrays()
        return (
            all([a.tobytes() == b.tobytes() for a, b in zip(mine, others)])  # noqa: B905
            and list(self.roots) == list(other.roots)
            and len(self.captured) == len(other.captured)
            and all([a is b for a, b in zip(self.captured, other.captured)])  # noqa: B905
        )

    def arrays(self):
        return self.op, self.first, self.args, self.numbers, self.guards


def codes(n):
    """Room for n operations' codes."""
    return room(CODES, n)


def ints(n):
    """Room for n numbers of 32 bits."""
    return room(INTS, n)


def longs(n):
    """Room for n numbers of 64 bits."""
    return room(LONGS, n)


def reals(n):
    """Room for n doubles."""
    return room(REALS, n)


def zeros(n):
    """n numbers of 32 bits, all 0."""
    return zeroed(INTS, n)


def zero_chars(n):
    """n numbers of 8 bits, all 0."""
    return zeroed(CHARS, n)


def count_operations(op, n):
    code = codes_in(op)
    count = 0
    for i in range(n):
        if code[i] > 0:
            count += 1
    return count
