"""Instructions for dot products: those that share one side become matrix-vector products, those products of matrices.

Compiled by Cython where possible (types: products.pxd). The operands of a dot product are what it starts from and then
pairs; side 1 is the first of each pair, side 2 the second. The side that is shared is x, the others are the rows of the
matrix. Products are compared by a hash of each side, so that a level of many is grouped in one walk.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.generated.kernels import DOT
    from cython.cimports.autograd.jit.passes.graph import SPREAD, WORD, ints, ints_in, longs, longs_in, zeros
    from cython.cimports.autograd.jit.passes.layout import LIST_DOT, LIST_DOTS, MANY_VECTORS
else:
    from autograd.generated.kernels import DOT
    from autograd.jit.machine.program import LIST_DOT, LIST_DOTS, MANY_VECTORS
    from autograd.jit.passes.graph import SPREAD, WORD, ints, ints_in, longs, longs_in, zeros


class Products:
    """The dot products of one level at a time.

    Attributes:
        dots: the nodes. hashes: of one side. alike: for each side which is the first product with the same hash; at
            that one's place, how many have it, and how many of these follow upon each other: count and pairs.
        following: the next product of the same group, 0 for none (product 0 follows none).
        group: the nodes of one group. latest_list: the first node of the latest instruction for lists, -1 where it
            cannot take more.
    """

    def __init__(self, layout):
        self.layout = layout
        self.room = 0
        self.latest_list = -1
        self.make_room(1)

    def make_room(self, m):
        """Have room for m products."""
        if m <= self.room:
            return
        self.room = 2 * m
        m = self.room
        self.dots_array, self.group_array, self.hashes_array = ints(m), ints(m), longs(m)
        self.dots, self.group = ints_in(self.dots_array), ints_in(self.group_array)
        self.hashes = longs_in(self.hashes_array)
        self.alike_array, self.count_array, self.pairs_array = ints(2 * m), ints(2 * m), ints(2 * m)
        self.alike, self.count = ints_in(self.alike_array), ints_in(self.count_array)
        self.pairs = ints_in(self.pairs_array)
        self.following_array, self.last_array = ints(m), ints(m)
        self.following, self.last = ints_in(self.following_array), ints_in(self.last_array)

    def emit(self, space, m):
        """Instructions for the m products in `dots`."""
        self.latest_list = -1  # what is of another depth may read the results of this one
        if m == 1:
            self.group[0] = self.dots[0]
            self.emit_group(space, 1, 2)
            return
        if not space:
            self.put_forward(m)
        self.find_alike(1, m)
        self.find_alike(2, m)
        leaders_array = zeros(4 * m)  # by the first product alike, the side that is shared, and whether it is active
        leaders = ints_in(leaders_array)
        for d in range(m):
            side = self.side_of(d)
            place = 4 * self.alike[(side - 1) * self.room + d] + 2 * (side - 1) + self.layout.is_active(self.dots[d])
            leader = leaders[place] - 1
            self.following[d], self.last[d] = 0, d
            if leader < 0:
                leaders[place] = d + 1
            elif self.same_side(self.dots[leader], self.dots[d], side):
                self.following[self.last[leader]] = d
                self.last[leader] = d
                self.last[d] = -1  # leads no group
        for d in range(m):
            if self.last[d] < 0:
                continue
            n, k = 0, d
            while True:
                self.group[n] = self.dots[k]
                n += 1
                k = self.following[k]
                if not k:
                    break
            self.emit_group(space, n, self.side_of(d))

    def put_forward(self, m):
        """Turn the products around where what they start from lies from behind, as on a way back that was recorded from
        the end; not where derivatives come back, whose additions have an order."""
        layout = self.layout
        rising = 0
        for d in range(m):
            if layout.is_active(self.dots[d]):
                return
            if d:
                x, y = layout.args[layout.first[self.dots[d - 1]]], layout.args[layout.first[self.dots[d]]]
                rising += (layout.slot[y] > layout.slot[x]) - (layout.slot[y] < layout.slot[x])
        for d in range(m // 2):
            if rising < 0:
                self.dots[d], self.dots[m - 1 - d] = self.dots[m - 1 - d], self.dots[d]

    # ---- which belong together

    def side_of(self, d):
        """The side that more products share one after the other, or else that more of them share.

        So the scores of attention lie as their softmax reads them: the question is what one loop has in common, though
        some other place may be asked more often.
        """
        left, right = self.alike[d], self.room + self.alike[self.room + d]
        if self.pairs[left] != self.pairs[right]:
            return 2 if self.pairs[right] > self.pairs[left] else 1
        return 2 if self.count[right] >= self.count[left] else 1

    def find_alike(self, side, m):
        size, begin = 4, (side - 1) * self.room
        while size < 2 * m:
            size *= 2
        table_array = zeros(size)
        table = ints_in(table_array)
        for d in range(m):
            h = self.hash_of(self.dots[d], side)
            self.hashes[d] = h
            spot = (h >> 20) & (size - 1)
            while table[spot] and self.hashes[table[spot] - 1] != h:
                spot = (spot + 1) & (size - 1)
            if not table[spot]:
                table[spot] = d + 1
                self.count[begin + d] = self.pairs[begin + d] = 0
            leader = table[spot] - 1
            self.alike[begin + d] = leader
            self.count[begin + leader] += 1
            if d > 0 and self.alike[begin + d - 1] == leader:
                self.pairs[begin + leader] += 1

    def hash_of(self, i, side):
        layout = self.layout
        h = layout.first[i + 1] - layout.first[i]
        for j in range(layout.first[i] + side, layout.first[i + 1], 2):
            h = (h ^ layout.args[j]) * SPREAD & WORD
        return h >> 1

    def same_side(self, i, j, side):
        layout = self.layout
        a, b = layout.first[i], layout.first[j]
        n = layout.first[i + 1] - a
        if layout.first[j + 1] - b != n:
            return False
        for k in range(side, n, 2):
            if layout.args[a + k] != layout.args[b + k]:
                return False
        return True

    # ---- a group

    def emit_group(self, space, m, side):
        """Instructions for the m products in `group`, whose operands number `side` of each pair are the same."""
        layout = self.layout
        first = layout.first[self.group[0]]
        n = (layout.first[self.group[0] + 1] - first) // 2
        layout.place_leaves(first + side, 2, n)
        for p in range(m):
            row = layout.first[self.group[p]]
            layout.place_leaves(row + 3 - side, 2, n)
            layout.place_leaf(layout.args[row])
        dst = layout.new_slots(space, m)
        for p in range(m):
            layout.slot[self.group[p]] = dst + p
        x = x_stride = x_tiled = 0
        # where one operand stands in all places, the machine would keep the derivative from one of them only
        x_affine = n > 0 and layout.affine(first + side, 2, n) and (n == 1 or layout.stride != 0)
        x_active = layout.any_active(first + side, 2, n)
        if x_affine:
            x, x_stride = layout.slot[layout.args[first + side]], layout.stride
            x_tiled = layout.is_tiled(layout.args[first + side])
        elif n > 0 and m > 1:
            layout.list_operands(0, first + side, 2, n)
            x, x_stride, x_tiled, x_affine = layout.gather(space, n), 1, space, True
        p = 0
        while p < m:
            i = self.group[p]
            row = layout.first[i] + 3 - side
            in_rows = x_tiled or (n > 0 and layout.is_tiled(layout.args[row]))  # else only what it starts from is
            if not x_affine or not layout.affine(row, 2, n) or (space and not in_rows):
                self.emit_list(space, i)
                p += 1
                continue
            columns, rows, q = layout.stride, 0, p + 1
            active = layout.any_active(row, 2, n)
            while q < m and self.extends(i, self.group[q], q - p, rows, side, n, columns):
                begin = layout.first[self.group[q]] + 3 - side
                if q == p + 1:
                    rows = layout.slot[layout.args[begin]] - layout.slot[layout.args[row]]
                active |= layout.any_active(begin, 2, n)
                q += 1
            self.find_starts(space, p, q)
            flags = layout.is_tiled(layout.args[row]) | x_tiled << 1 | self.start_tiled << 2 | active << 3
            flags |= x_active << 4 | self.start_active << 5 | layout.is_active(i) << 6 | self.begun << 7
            w = layout.slot[layout.args[row]]
            if space == 0 and self.joins(flags, q - p, dst + p, n, rows, columns, w, x, x_stride):
                p = q
                continue
            layout.begin(space, DOT, flags, q - p, dst + p, 8)
            layout.emit(n)
            layout.emit(w)
            layout.emit(rows)
            layout.emit(columns)
            layout.emit(x)
            layout.emit(x_stride)
            layout.emit(self.start)
            layout.emit(self.start_stride)
            p = q

    def joins(self, flags, m, dst, n, rows, columns, w, x, x_stride):
        """Have the product before multiply this vector too, if it is one with the same matrix; whether it is.

        Each vector's results, and the vectors, must lie at one distance, and no derivative may have two places in one
        block of what the machine keeps in registers.
        """
        layout = self.layout
        if columns != 1 or x_stride != 1 or n < 2 or layout.count == 0 or (m > 1 and rows < n):
            return False
        words, at = layout.code, layout.starts[layout.count - 1]
        if words[at] != DOT or at + (15 if words[at + 1] & MANY_VECTORS else 12) != layout.end:
            return False
        if words[at + 1] & ~MANY_VECTORS != flags or words[at + 2] != m or words[at + 4] != n or words[at + 5] != w:
            return False
        if words[at + 6] != rows or words[at + 7] != 1 or words[at + 9] != 1 or words[at + 11] != self.start_stride:
            return False
        count, step, start_step = 1, x - words[at + 8], self.start - words[at + 10]
        if words[at + 1] & MANY_VECTORS:
            count, step, start_step = words[at + 12], words[at + 13], words[at + 14]
        if step < n or x != words[at + 8] + count * step or self.start != words[at + 10] + count * start_step:
            return False
        if dst != words[at + 3] + count * m:
            return False
        if max(x + n, self.start + max(0, (m - 1) * self.start_stride) + 1) > words[at + 3]:  # it may need the results
            return False
        if count == 1:
            words[at + 1] |= MANY_VECTORS
            layout.room_for(3)
            layout.emit(1)
            layout.emit(step)
            layout.emit(start_step)
        layout.code[at + 12] += 1
        return True

    def extends(self, i, j, distance, rows, side, n, columns):
        """Whether the row of product j lies where the matrix that begins with that of i leads."""
        layout = self.layout
        a, b = layout.first[i] + 3 - side, layout.first[j] + 3 - side
        if not layout.affine(b, 2, n) or (n > 1 and layout.stride != columns):
            return False
        a, b = layout.args[a], layout.args[b]
        if layout.is_tiled(a) != layout.is_tiled(b):
            return False
        return distance == 1 or layout.slot[b] == layout.slot[a] + distance * rows

    def find_starts(self, space, p, q):
        """Set what the sums of the products `group[p:q]` start from, and whether that is anything: `begun`."""
        layout = self.layout
        self.begun = self.start = self.start_stride = self.start_tiled = self.start_active = 0
        first = layout.args[layout.first[self.group[p]]]
        affine = True
        for k in range(p, q):
            x = layout.args[layout.first[self.group[k]]]
            self.begun |= not layout.is_zero(x)
            self.start_active |= layout.is_active(x)
            if k == p + 1:
                self.start_stride = layout.slot[x] - layout.slot[first]
            if layout.slot[x] != layout.slot[first] + (k - p) * self.start_stride:
                affine = False
            if layout.is_tiled(x) != layout.is_tiled(first):
                affine = False
        if not self.begun:
            self.start_stride = 0
        elif affine:
            self.start, self.start_tiled = layout.slot[first], layout.is_tiled(first)
        else:
            for k in range(p, q):
                layout.list_operands(k - p, layout.first[self.group[k]], 1, 1)
            self.start, self.start_stride, self.start_tiled = layout.gather(space, q - p), 1, space

    def emit_list(self, space, i):
        """The instruction for a dot product whose operands lie anywhere, or its part in one for several."""
        layout = self.layout
        start, end = layout.first[i], layout.first[i + 1]
        if not space and not layout.is_active(i) and self.continues_lists(i, end - start):
            return
        layout.begin(space, LIST_DOT, layout.is_active(i) << 6, (end - start) // 2, layout.slot[i], end - start)
        for j in range(start, end):
            layout.emit(layout.reference(layout.args[j]))
        self.latest_list = -1 if space or layout.is_active(i) else i

    def continues_lists(self, node, n):
        """Whether the latest instruction is for such products and has become one for this one too: each of its n
        operands lies where those of the ones before lead."""
        layout = self.layout
        i = self.latest_list
        if i < 0 or layout.first[i + 1] - layout.first[i] != n:
            return False
        begin = layout.starts[layout.count - 1]
        m = layout.code[begin + 2] if layout.code[begin] == LIST_DOTS else 1
        if layout.code[begin + 3] != layout.slot[i] or layout.slot[node] != layout.slot[i] + m:
            return False
        first, start = layout.first[i], layout.first[node]
        for k in range(n):
            step = layout.slot[layout.args[start + k]] - layout.slot[layout.args[first + k]]
            if m > 1 and step != m * layout.code[begin + 6 + 2 * k]:
                return False
        if m == 1:
            layout.room_for(n + 1)
            layout.end = begin + 5 + 2 * n
            layout.code[begin], layout.code[begin + 4] = LIST_DOTS, n // 2
            for k in range(n):
                at = layout.slot[layout.args[first + k]]
                layout.code[begin + 5 + 2 * k] = at
                layout.code[begin + 6 + 2 * k] = layout.slot[layout.args[start + k]] - at
        layout.code[begin + 2] = m + 1
        return True
