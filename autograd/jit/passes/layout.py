"""Where every number of a program lies, and the instructions written so far.

Compiled by Cython where possible (types: layout.pxd). Numbers that do not depend on the row of a batch lie in the
uniform space, one slot each; the others in the tile, one slot a row each. Leaves get their slots in the order in which
instructions first read them, so that weights lie as their dot products want them. Every instruction begins with four
words: operation, flags, how many results, the slot of the first.
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
    from autograd.jit.machine.program import GATHER, GUARD
    from autograd.jit.passes.graph import *

    TILED, ACTIVE = 1, 2  # bits of a node's `kind`: it depends on the row, a gradient passes through it


class Layout:
    """The slots of a graph's nodes and the code for them, in the making.

    Attributes:
        kind: of each node its bits TILED and ACTIVE. slot: where its number lies; of a leaf -1 as long as that is open,
            of an operation its depth until its turn comes.
        captured, inputs, constants, rows: how many leaves there are of each kind; rows: inputs that lie in the tile.
        next_slot: of the two spaces. next_leaf: of the four kinds.
        listed: nodes that are to be gathered.
        starts: where the instructions begin, `count` of them; guards: the same for guards, of the two spaces.
    """

    def __init__(self, graph):
        n = self.n = len(graph.op)
        self.graph = graph
        self.op, self.first, self.args = codes_in(graph.op), ints_in(graph.first), ints_in(graph.args)
        self.numbers = reals_in(graph.numbers)
        self.kind_array, self.slot_array = zero_chars(n), ints(n)
        self.kind, self.slot = chars_in(self.kind_array), ints_in(self.slot_array)
        self.room, self.starts_room = 64 + 8 * n, 64 + n // 2
        self.code_array, self.starts_array = ints(self.room), ints(self.starts_room)
        self.code, self.starts = ints_in(self.code_array), ints_in(self.starts_array)
        self.end = self.count = 0
        self.captured = self.inputs = self.constants = self.rows = 0
        self.guards = ([], [])
        self.checked = False
        self.next_slot_array, self.next_leaf_array = ints(2), ints(4)
        self.next_slot, self.next_leaf = ints_in(self.next_slot_array), ints_in(self.next_leaf_array)
        self.listed_room = 64
        self.listed_array = ints(self.listed_room)
        self.listed = ints_in(self.listed_array)
        for i in range(n):
            self.slot[i] = -1

    def start_slots(self):
        """Give the leaves the first slots, now that their numbers are known."""
        before = self.captured + self.inputs
        self.next_slot[0], self.next_slot[1] = before + self.constants, self.rows
        self.next_leaf[0], self.next_leaf[1], self.next_leaf[2], self.next_leaf[3] = 0, self.captured, before, 0

    def place_leaf(self, i):
        """Give a leaf its slot when it is first asked for."""
        if self.slot[i] >= 0 or self.op[i] > 0:
            return
        code = self.op[i]
        which = 3 if self.kind[i] & TILED else 0 if code == CAPTURED else 1 if code == INPUT else 2
        self.slot[i] = self.next_leaf[which]
        self.next_leaf[which] += 1

    def place_leaves(self, start, step, n):
        """Place the leaves among the n operands at `args[start::step]`."""
        for k in range(n):
            self.place_leaf(self.args[start + k * step])

    def new_slots(self, space, n):
        """The first of n neighboring slots."""
        slot = self.next_slot[space]
        self.next_slot[space] = slot + n
        return slot

    # ---- operands

    def affine(self, start, step, n):
        """Whether the n operands at `args[start::step]` lie in one space at equal distances; sets `stride`."""
        x = self.args[start]
        base, space = self.slot[x], self.kind[x] & TILED
        self.stride = self.slot[self.args[start + step]] - base if n > 1 else 1
        for k in range(1, n):
            x = self.args[start + k * step]
            if self.slot[x] != base + k * self.stride or self.kind[x] & TILED != space:
                return False
        return True

    def any_active(self, start, step, n):
        """1 where one of the operands wants a gradient."""
        kinds = 0
        for k in range(n):
            kinds |= self.kind[self.args[start + k * step]]
        return kinds >> 1

    def is_active(self, i):
        return self.kind[i] >> 1

    def is_tiled(self, i):
        return self.kind[i] & TILED

    def is_zero(self, i):
        """Whether the node is the constant 0.0, and not -0.0."""
        return self.op[i] == CONSTANT and bits(self.numbers[self.args[self.first[i]]]) == 0

    def reference(self, i):
        """A node's place in one number: slot, whether it wants a gradient, whether it lies in the tile."""
        return self.slot[i] * 4 + self.kind[i]

    # ---- instructions

    def begin(self, space, op, flags, n, dst, words):
        """Begin an instruction that has this many words more."""
        self.room_for(words + 4)
        if op == GUARD:
            self.guards[space].append(self.end)
        else:
            if self.count == self.starts_room:
                self.starts_room *= 2
                self.starts = ints_in(resized(self.starts_array, self.starts_room))
            self.starts[self.count] = self.end
            self.count += 1
        code, end = self.code, self.end
        code[end], code[end + 1], code[end + 2], code[end + 3] = op, flags, n, dst
        self.end = end + 4

    def room_for(self, words):
        """Have room for so many words more."""
        if self.end + words > self.room:
            self.room = 2 * self.room + words
            self.code = ints_in(resized(self.code_array, self.room))
        return 0

    def emit(self, word):
        self.code[self.end] = word
        self.end += 1

    def list_operands(self, n, start, step, more):
        """Write the operands at `args[start::step]` down as number n to before n + more of those to be gathered."""
        if n + more > self.listed_room:
            self.listed_room = 2 * (n + more)
            self.listed = ints_in(resized(self.listed_array, self.listed_room))
        for k in range(more):
            self.listed[n + k] = self.args[start + k * step]

    def gather(self, space, n):
        """Copy the first n listed operands to neighboring slots; the first of these is returned.

        Sets `gathered_active`: 1 where one of them wants a gradient.
        """
        kinds = 0
        for k in range(n):
            kinds |= self.kind[self.listed[k]]
        self.gathered_active = kinds >> 1
        base = self.new_slots(space, n)
        self.begin(space, GATHER, self.gathered_active << 6, n, base, n)
        for k in range(n):
            self.emit(self.reference(self.listed[k]))
        return base
