"""A graph in the making: on the way constants are folded, equal expressions shared, identities applied.

Compiled by Cython where possible (types: building.pxd). Only what is exact in IEEE arithmetic (x * 1, x / 1, x - 0)
is simplified; what is not (x + 0 where x is -0) is kept. The recorder's tape is read into a builder (simplifying.py),
and derivatives are added to one (differentiating.py).
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.generated.kernels import *
    from cython.cimports.autograd.jit.passes.graph import *  # arrays
else:
    from autograd.generated.kernels import *
    from autograd.jit.passes.graph import *

    NEAR = 4  # how many spots near its operands' a node tries

from autograd.jit.passes.graph import Graph


class Builder:
    """A graph in the making: what is added is the place of an equal node, if there is one.

    Equal nodes are found by a table without links. A node's place in it moves with its operands, so that what is made
    one after the other is looked up one after the other: the part in use stays in cache. It depends on all of them: of
    a vector's products with the rows of a matrix, many have the same latest operand.
    """

    def __init__(self, nodes):
        self.n = self.end = self.constants = 0
        self.captured = []
        self.own = False
        self.room = nodes + nodes // 8 + 64
        self.width = 2 * self.room
        self.op_array, self.first_array, self.args_array = codes(self.room), ints(self.room + 1), ints(self.width)
        self.numbers_array = reals(self.room)
        self.operands_room = 8
        self.operands_array = ints(8)
        self.hold()
        self.first[0] = 0
        self.new_table()

    def hold(self):
        """Work on the memory in the arrays."""
        self.op, self.first, self.args = codes_in(self.op_array), ints_in(self.first_array), ints_in(self.args_array)
        self.numbers, self.operands = reals_in(self.numbers_array), ints_in(self.operands_array)

    def new_table(self):
        """An empty table, at most half of which the nodes that there is room for will fill."""
        size = 256
        while size < 2 * self.room:
            size *= 2
        self.mask = size - 1
        self.table_array = zeros(size)
        self.table = ints_in(self.table_array)

    def reserve(self, k):
        """See to it that a node of k operands that are all new has room."""
        if self.n + k + 1 >= self.room or self.end + 2 * k + 1 >= self.width:
            self.grow(k)

    def grow(self, k):
        self.room += self.room + k
        self.width += self.width + 2 * k
        resized(self.op_array, self.room)
        resized(self.first_array, self.room + 1)
        resized(self.args_array, self.width)
        resized(self.numbers_array, self.room)
        self.hold()
        if self.mask < 2 * self.room:
            self.new_table()
            for i in range(self.n):
                if self.op[i] == CONSTANT:
                    self.table[self.spot_of_number(self.numbers[self.args[self.first[i]]])] = i + 1
                elif self.op[i] > 0:
                    n = self.first[i + 1] - self.first[i]
                    for j in range(n):
                        self.operands[j] = self.args[self.first[i] + j]
                    self.table[self.spot_of_operation(self.op[i], n)] = i + 1

    # ---- leaves

    def leaf(self, kind, place):
        """A new leaf, for which there is room."""
        i = self.n
        self.op[i] = kind
        self.args[self.end] = place
        self.end += 1
        self.n = i + 1
        self.first[i + 1] = self.end
        return i

    def input(self, k):
        """A new leaf for the input number k."""
        self.reserve(1)
        return self.leaf(INPUT, k)

    def capture(self, z):
        """A new leaf for a Value from outside."""
        self.reserve(1)
        self.captured.append(z)
        return self.leaf(CAPTURED, len(self.captured) - 1)

    def constant(self, number):
        """Where the number stands."""
        self.reserve(1)
        spot = self.spot_of_number(number)
        i = self.table[spot] - 1
        if i < 0:
            i = self.leaf(CONSTANT, self.constants)
            self.numbers[self.constants] = number
            self.constants += 1
            self.table[spot] = i + 1
        return i

    def spot_of_number(self, number):
        """Where in the table the constant is, or would be."""
        h = bits(number)
        spot = ((h ^ (h >> 29)) * SPREAD & WORD) >> 32 & self.mask
        while True:
            i = self.table[spot] - 1
            if i < 0:
                return spot
            if self.op[i] == CONSTANT and bits(self.numbers[self.args[self.first[i]]]) == h:
                return spot
            spot = (spot + 1) & self.mask

    # ---- operations

    def one(self, code, x):
        """Where the operation on the node x stands."""
        self.reserve(1)
        self.operands[0] = x
        return self.operation(code, 1)

    def two(self, code, x, y):
        """Where the operation on two nodes stands."""
        self.reserve(2)
        self.operands[0], self.operands[1] = x, y
        return self.operation(code, 2)

    def three(self, code, x, y, w):
        """Where the operation on three nodes stands."""
        self.reserve(3)
        self.operands[0], self.operands[1], self.operands[2] = x, y, w
        return self.operation(code, 3)

    def many(self, code, nodes):
        """Where the operation on a list of nodes stands."""
        self.have_operands(len(nodes))
        for k in range(len(nodes)):
            self.operands[k] = nodes[k]
        return self.operation(code, len(nodes))

    def power(self, x, y):
        """Where x to the power y stands."""
        return self.two(POWC if self.op[y] == CONSTANT else POW, x, y)

    def have_operands(self, k):
        """See to it that there is room for k operands in `operands`, and for the node that they make."""
        self.reserve(k)
        if k > self.operands_room:
            self.operands_room = 2 * k
            self.operands_array = ints(self.operands_room)
            self.operands = ints_in(self.operands_array)

    def operation(self, code, k):
        """Where the operation on the nodes `operands[:k]` stands, or what equals it."""
        x = self.operands[0]
        y = w = 0
        constant = self.op[x] == CONSTANT
        if k == 1:
            if code == NEG and self.op[x] == NEG:
                return self.args[self.first[x]]
        elif k == 2:
            y = self.operands[1]
            if self.op[y] == CONSTANT:
                if not constant:
                    number = self.number(y)
                    if number == 1.0 and (code == MUL or code == DIV or code == POWC):
                        return x
                    if code == SUB and bits(number) == 0:
                        return x
                    if code == POWC and number == 2.0:
                        return self.found(SQUARE, 1)
                    if code == MUL and number == -1.0:
                        return self.found(NEG, 1)
            elif constant:
                constant = False
                if code == MUL and self.number(x) == 1.0:
                    return y
                if code == MUL and self.number(x) == -1.0:
                    self.operands[0] = y
                    return self.found(NEG, 1)
        elif k == 3:
            y, w = self.operands[1], self.operands[2]
            if code == WHERE and constant:
                return y if self.number(x) != 0.0 else w  # nan too chooses the first
            constant = constant and self.op[y] == CONSTANT and self.op[w] == CONSTANT
        if constant and k < 4 and (code < SUM or PROGRAM < code < OPERATIONS):
            return self.constant(folded(code, k, self.number(x), self.number(y), self.number(w)))
        return self.found(code, k)

    def number(self, i):
        """The number of the constant i; of other nodes something."""
        return self.numbers[self.args[self.first[i]]] if self.op[i] == CONSTANT else 0.0

    def is_number(self, i, number):
        """Whether the node i is the constant."""
        return self.op[i] == CONSTANT and self.numbers[self.args[self.first[i]]] == number

    def found(self, code, k):
        """The place of the operation: that of an equal one, or a new one."""
        spot = self.spot_of_operation(code, k)
        i = self.table[spot] - 1
        if i < 0:
            i = self.n
            self.op[i] = code
            self.own = self.own or code >= OPERATIONS
            for j in range(k):
                self.args[self.end + j] = self.operands[j]
            self.end += k
            self.n = i + 1
            self.first[i + 1] = self.end
            self.table[spot] = i + 1
        return i

    def spot_of_operation(self, code, k):
        """Where in the table the operation on `operands[:k]` is, or would be."""
        h = code
        latest = total = 0
        for j in range(k):
            x = self.operands[j]
            if x > latest:
                latest = x
            total += x
            h = (h ^ x) * SPREAD & WORD
        h ^= h >> 32
        spot = (3 * total - latest + (h & 1)) & self.mask  # twice the latest, three times the others
        tries = 0
        while True:
            i = self.table[spot] - 1
            if i < 0 or self.same(i, code, k):
                return spot
            tries += 1
            spot = ((h >> 8) if tries == NEAR else spot + 1) & self.mask

    def same(self, i, code, k):
        start = self.first[i]
        if self.op[i] != code or self.first[i + 1] - start != k:
            return False
        for j in range(k):
            if self.args[start + j] != self.operands[j]:
                return False
        return True

    def finished(self, roots, guards):
        """The graph; nothing can be added to it any more."""
        return Graph(
            resized(self.op_array, self.n), resized(self.first_array, self.n + 1), resized(self.args_array, self.end),
            resized(self.numbers_array, self.constants), tuple(self.captured), roots, guards, self.own,
        )  # fmt: skip


def folded(code, k, x, y, w):
    if k == 1:
        z, dx = forward_unary(code, x)
        return z
    if k == 2:
        z, dx, dy = forward_binary(code, x, y)
        return z
    z, dx, dy, dw = forward_ternary(code, x, y, w)
    return z
