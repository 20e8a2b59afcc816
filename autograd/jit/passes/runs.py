"""Runs: equal operations of one depth, whose operands lie at equal distances, are one instruction.

Compiled by Cython where possible (types: runs.pxd). The operations are sorted by what they are and where their operands
lie; what then follows upon each other and continues a line is a run.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.generated.kernels import CLIP_DHI, CLIP_DX, LT, NE, SLOPE_FROM, WHERE
    from cython.cimports.autograd.jit.passes.graph import ints, ints_in, longs, longs_in
    from cython.cimports.autograd.jit.passes.layout import ACTIVE, TILED
else:
    from autograd.generated.kernels import CLIP_DHI, CLIP_DX, LT, NE, SLOPE_FROM, WHERE
    from autograd.jit.passes.graph import ints, ints_in, longs, longs_in
    from autograd.jit.passes.layout import ACTIVE, TILED


def cut(code, k):
    """ACTIVE where the operation never hands a derivative to its operand number k, else 0.

    To operands that are not chosen there is none, and a comparison chooses none of its own, nor `where` its condition.
    """
    never = LT <= code <= NE or CLIP_DX <= code <= CLIP_DHI or (code == WHERE and k == 0)
    return ACTIVE if never else 0


class Runs:
    """The elementwise operations of one depth at a time.

    Attributes:
        nodes, keys: the operations that are being sorted, `count` of them, and their keys.
        more_nodes, more_keys: room to merge them in. kept_nodes: the nodes in an order that may be better than another.
    """

    def __init__(self, layout):
        self.layout = layout
        self.count = 0

    def make_room(self, widest):
        """Have room for so many operations in a depth."""
        self.keys_array, self.nodes_array = longs(widest), ints(widest)
        self.keys, self.nodes = longs_in(self.keys_array), ints_in(self.nodes_array)
        self.more_keys_array, self.more_nodes_array = longs(widest), ints(widest)
        self.more_keys, self.more_nodes = longs_in(self.more_keys_array), ints_in(self.more_nodes_array)
        self.kept_array = ints(widest)
        self.kept_nodes = ints_in(self.kept_array)

    def add(self, i):
        """One more operation of this depth."""
        self.keys[self.count] = self.key_of(i)
        self.nodes[self.count] = i
        self.count += 1

    def emit(self, space):
        """Instructions for the operations that were added, whose results get neighboring slots."""
        layout = self.layout
        count = self.count
        if count > 1:
            self.sort_nodes(0, count)
            if not space:
                self.order_for_runs(count)
        i = layout.new_slots(space, count)
        for p in range(count):
            layout.slot[self.nodes[p]] = i + p
        self.emit_runs(space, count)
        self.count = 0

    def emit_alone(self, space, i):
        """The instruction for an operation that is the only one of its depth: in a long chain all are."""
        key = self.key_of(i)
        self.layout.slot[i] = self.layout.new_slots(space, 1)
        self.emit_run(space, key, i, i, 1)

    # ---- the order

    def key_of(self, i):
        """What operations are sorted by: operation and flags, then where the first operand lies.

        Flags are 7 bits. 0 to 2: the operand lies in the tile; 3 to 5: it wants a gradient; 6: so does the result.
        """
        layout = self.layout
        args, kind, slot = layout.args, layout.kind, layout.slot
        code = layout.op[i]
        flags = (kind[i] & ACTIVE) << 5
        start = layout.first[i]
        bit = 0
        for j in range(start, layout.first[i + 1]):
            x = args[j]
            if slot[x] < 0:
                layout.place_leaf(x)
            flags |= (kind[x] & TILED | (kind[x] & ACTIVE & ~cut(code, bit)) << 2) << bit
            bit += 1
        key = code << 7 | flags
        return (key << 32) | slot[args[start]]

    def sort_nodes(self, start, end):
        """Sort the nodes from start to end by their keys and last operands, equal ones in the order recorded.

        A merge sort from below.
        """
        ordered = True
        for p in range(start + 1, end):
            if not self.in_order(self.keys, self.nodes, p - 1, p):
                ordered = False
                break
        width = 1
        while width < end - start and not ordered:
            lo = start
            while lo < end:
                mid, hi = min(lo + width, end), min(lo + 2 * width, end)
                self.merge(lo, mid, hi)
                lo = hi
            for p in range(start, end):
                self.keys[p], self.nodes[p] = self.more_keys[p], self.more_nodes[p]
            width *= 2

    def merge(self, lo, mid, hi):
        a, b = lo, mid
        for p in range(lo, hi):
            if b >= hi or (a < mid and self.in_order(self.keys, self.nodes, a, b)):
                self.more_keys[p], self.more_nodes[p] = self.keys[a], self.nodes[a]
                a += 1
            else:
                self.more_keys[p], self.more_nodes[p] = self.keys[b], self.nodes[b]
                b += 1

    def in_order(self, keys, nodes, a, b):
        """Whether place a comes before b. Where the first operand is one constant for all, the other one decides:
        a way back, which was recorded from the end, is so read from the beginning."""
        if keys[a] != keys[b]:
            return keys[a] < keys[b]
        layout = self.layout
        x, y = layout.first[nodes[a] + 1] - 1, layout.first[nodes[b] + 1] - 1
        return layout.slot[layout.args[x]] <= layout.slot[layout.args[y]]

    def order_for_runs(self, count):
        """Put operations of one kind into the order that makes the fewest instructions of them: that of their first
        operands, the order recorded or its reverse, or that of their last operands.

        Where the ends of a ring cut runs, the first alone would turn each depth against the one before, and cut it in
        more and more places. Where derivatives come back, the order of instructions is the order of additions, and
        stays.
        """
        lo = 0
        while lo < count:
            hi = lo + 1
            while hi < count and self.keys[hi] >> 32 == self.keys[lo] >> 32:
                hi += 1
            if hi - lo > 2 and not self.keys[lo] >> 38 & 1:
                self.order_group(lo, hi)
            lo = hi

    def order_group(self, lo, hi):
        least = self.cost_of_runs(lo, hi)
        for order in range(3):
            if least == 1:
                return
            for p in range(lo, hi):
                self.kept_nodes[p] = self.nodes[p]
                self.keys[p] = self.keys[p] >> 32 << 32 | self.place_in(order, self.nodes[p])
            self.sort_nodes(lo, hi)
            cost = self.cost_of_runs(lo, hi)
            if cost < least or (cost == least and not order):
                least = cost
            else:
                for p in range(lo, hi):
                    self.nodes[p] = self.kept_nodes[p]

    def place_in(self, order, i):
        """What the node is sorted by: where it was recorded, the same from behind, or where its last operand lies."""
        layout = self.layout
        return i if order == 0 else layout.n - i if order == 1 else layout.slot[layout.args[layout.first[i + 1] - 1]]

    def cost_of_runs(self, lo, hi):
        """How many instructions the nodes from lo to hi take; numbers that do not lie side by side count as well."""
        cost = 0
        while lo < hi:
            end = self.end_of_run(0, lo, hi)
            cost += 1
            if end - lo > 1 and not self.side_by_side(lo):
                cost += (end - lo) // 4
            lo = end
        return cost

    def end_of_run(self, space, lo, count):
        """Where the run that begins at lo ends: as many neighbors as have operands at equal distances."""
        layout = self.layout
        i = self.nodes[lo]
        arity = layout.first[i + 1] - layout.first[i]
        hi = lo + 1
        while hi < count and (self.keys[hi] >> 32) == (self.keys[lo] >> 32) and self.continues(lo, hi, arity):
            hi += 1
        if space or hi != lo + 2 or hi >= count or self.keys[lo] >> 38 & 1 or self.side_by_side(lo):
            return hi
        begins = (self.keys[hi] >> 32) == (self.keys[lo] >> 32) and self.side_by_side(lo + 1)
        return lo + 1 if begins else hi  # any two lie at equal distances; here the second begins a longer run

    def side_by_side(self, lo):
        """Whether each operand of the node after lo is the same as of the node at lo, or lies beside it."""
        layout = self.layout
        args, slot = layout.args, layout.slot
        start, other = layout.first[self.nodes[lo]], layout.first[self.nodes[lo + 1]]
        for k in range(layout.first[self.nodes[lo] + 1] - start):
            step = slot[args[other + k]] - slot[args[start + k]]
            if step != 0 and step != 1:
                return False
        return True

    def emit_runs(self, space, count):
        """One instruction for each run."""
        layout = self.layout
        lo = 0
        while lo < count:
            i = self.nodes[lo]
            hi = self.end_of_run(space, lo, count)
            self.emit_run(space, self.keys[lo], i, self.nodes[lo + 1] if hi > lo + 1 else i, hi - lo)
            if space == 1 and SLOPE_FROM[layout.op[i]]:
                self.note_slopes(lo, hi, count)
            lo = hi

    def note_slopes(self, lo, hi, count):
        """Add to the instruction for the nodes from lo to hi where the numbers lie that spare their partials' work:
        those of the other operation that has the same operands, if there is such a run in this depth."""
        layout = self.layout
        args, slot = layout.args, layout.slot
        i = self.nodes[lo]
        other = SLOPE_FROM[layout.op[i]]
        key = self.keys[lo] + ((other - layout.op[i]) << 39)
        a, b = 0, count
        while a < b:  # the first of these, as the keys are in order
            mid = (a + b) // 2
            if self.keys[mid] < key:
                a = mid + 1
            else:
                b = mid
        if a + hi - lo > count:
            return 0
        for p in range(hi - lo):
            x, y = self.nodes[lo + p], self.nodes[a + p]
            if layout.op[y] != other or args[layout.first[x]] != args[layout.first[y]]:
                return 0
        layout.code[layout.starts[layout.count - 1] + 1] |= 128
        layout.room_for(2)
        layout.emit(slot[self.nodes[a]])
        layout.emit(1)
        return 0

    def emit_run(self, space, key, i, j, n):
        """The instruction for n operations; i and j are the first two of them, or both the only one."""
        layout = self.layout
        args, slot = layout.args, layout.slot
        start, other = layout.first[i], layout.first[j]
        arity = layout.first[i + 1] - start
        layout.begin(space, layout.op[i], (key >> 32 & 127) | arity << 8, n, slot[i], 2 * arity)
        words, end = layout.code, layout.end
        for k in range(arity):
            a = slot[args[start + k]]
            words[end] = a
            words[end + 1] = slot[args[other + k]] - a
            end += 2
        layout.end = end

    def continues(self, lo, hi, arity):
        """Whether the node at hi has its operands where the run that begins at lo leads."""
        layout = self.layout
        args, slot = layout.args, layout.slot
        i, j, z = layout.first[self.nodes[lo]], layout.first[self.nodes[lo + 1]], layout.first[self.nodes[hi]]
        for k in range(arity):
            a = slot[args[i + k]]
            if slot[args[z + k]] != a + (hi - lo) * (slot[args[j + k]] - a):
                return False
        return True
