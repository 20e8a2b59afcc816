"""Chains of additions and products turned into dot products and sums, dead code dropped: a graph in, a graph out.

Compiled by Cython where possible (types: fusing.pxd). This changes in which order a sum is added up, and nothing
else. Four loops over the nodes: back for who uses what, forth for how much every addition adds up, back to choose the
additions that stay, forth to write the new graph.
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

    INSIDE = -1  # the role of a node that becomes part of another one; of that one it is DOT or SUM
    LONG = 8  # so many products are worth a place in a product of matrices of their own

from autograd.jit.passes.graph import Graph


def with_sums_fused(graph, keep_captured=False):
    """The graph with its sums and products gathered, without the nodes that no result and no guard depends on.

    Arguments:
        keep_captured: whether all captured Values stay, used or not.
    """
    return Gathering(graph).run(keep_captured)


class Gathering:
    """The work in progress.

    Attributes:
        uses: by how many live nodes and results each node is used. role: 0, INSIDE, DOT or SUM.
        products, others: for an addition how many terms of a product and how many other ones it adds up.
    """

    def __init__(self, graph):
        self.graph = graph
        self.n = len(graph.op)
        self.op, self.first, self.args = codes_in(graph.op), ints_in(graph.first), ints_in(graph.args)
        self.numbers = reals_in(graph.numbers)
        self.uses_array, self.role_array = zeros(self.n), zero_chars(self.n)
        self.uses, self.role = ints_in(self.uses_array), chars_in(self.role_array)

    def run(self, keep_captured):
        for i in self.graph.roots:
            self.uses[i] += 1
        guards = ints_in(self.graph.guards)
        for k in range(1, len(self.graph.guards), 4):
            self.uses[guards[k]] += 1
            self.uses[guards[k + 1]] += 1
        if keep_captured:
            for i in range(self.n):
                if self.op[i] == CAPTURED:
                    self.uses[i] += 1
        dead = self.count_uses()
        chains = self.weigh()
        if chains:
            chains = self.choose()
        return self.rebuilt(chains) if dead or chains else self.graph

    def count_uses(self):
        """Count the uses by live nodes; the number of dead nodes is returned."""
        dead = 0
        for i in range(self.n - 1, -1, -1):
            if not self.uses[i]:
                dead += self.op[i] != INPUT
            elif self.op[i] > 0:
                for j in range(self.first[i], self.first[i + 1]):
                    self.uses[self.args[j]] += 1
        return dead

    # ---- what becomes part of what

    def adds(self, x):
        return self.op[x] == ADD or self.op[x] == SUM

    def is_link(self, x):
        """Whether x is an addition that only one other node uses."""
        return self.adds(x) and self.uses[x] == 1

    def is_product(self, x):
        return (self.op[x] == MUL or self.op[x] == SQUARE) and self.uses[x] == 1

    def is_dot(self, x):
        return self.op[x] == DOT and self.uses[x] == 1

    def weigh(self):
        """Count what every addition adds up, those that it uses alone included; whether any is worth choosing."""
        self.products_array, self.others_array = ints(self.n), ints(self.n)
        self.products, self.others = ints_in(self.products_array), ints_in(self.others_array)
        any_worth = False
        for i in range(self.n):
            if not self.adds(i):
                continue
            products = others = 0
            for j in range(self.first[i], self.first[i + 1]):
                x = self.args[j]
                if self.is_link(x):
                    products += self.products[x]
                    others += self.others[x]
                elif self.is_product(x):
                    products += 1
                else:
                    others += 1
                    if self.is_dot(x):
                        products += (self.first[x + 1] - self.first[x]) // 2
            self.products[i], self.others[i] = products, others
            any_worth = any_worth or self.worth(i) > 0
        return any_worth

    def worth(self, i):
        """What the addition i should become: DOT, SUM, or 0 where it is too short for either."""
        products, others = self.products[i], self.others[i]
        return DOT if products > 1 and products >= others - 1 else SUM if others > 8 else 0

    def stays_two(self, i):
        """Whether node i adds two long sums of equally many products: each may be a row of a product of matrices."""
        start = self.first[i]
        if self.first[i + 1] - start != 2:
            return False
        left = self.products_in(self.args[start])
        return left >= LONG and left == self.products_in(self.args[start + 1])

    def products_in(self, x):
        if self.is_link(x):
            return self.products[x]
        return (self.first[x + 1] - self.first[x]) // 2 if self.is_dot(x) else 0

    def choose(self):
        """Give roles, from the last addition of a chain inward; how many chains there are is returned."""
        chains = 0
        for i in range(self.n - 1, -1, -1):
            if not self.uses[i] or not self.adds(i):
                continue
            role = self.role[i]
            if not role and not self.stays_two(i):
                role = self.role[i] = self.worth(i)
                chains += role > 0
            if not role:
                continue
            for j in range(self.first[i], self.first[i + 1]):
                x = self.args[j]
                if self.is_link(x):
                    self.role[x] = -abs(role)
                elif abs(role) == DOT and (self.is_product(x) or self.is_dot(x)):
                    self.role[x] = INSIDE
        return chains

    # ---- the new graph

    def rebuilt(self, chains):
        n, width = self.n + 2, 2 * self.first[self.n] + 8 if chains else self.first[self.n]
        op_array, first_array, numbers_array = codes(n), ints(n + 1), reals(len(self.graph.numbers) + 2)
        self.new_args_array, self.place_array = ints(width), ints(self.n)
        self.new_args, self.place = ints_in(self.new_args_array), ints_in(self.place_array)
        if chains:
            self.stack_array = ints(width)
            self.stack = ints_in(self.stack_array)
        captured = []
        m = self.write(chains, codes_in(op_array), ints_in(first_array), reals_in(numbers_array), captured)
        place = self.place
        return Graph(
            resized(op_array, m), resized(first_array, m + 1), resized(self.new_args_array, self.end),
            resized(numbers_array, self.constants), tuple(captured), [place[i] for i in self.graph.roots],
            self.moved(self.graph.guards[:]), self.graph.own,
        )  # fmt: skip

    def moved(self, guards):
        """The guards, on the nodes of the new graph."""
        numbers = ints_in(guards)
        for k in range(0, len(guards), 4):
            numbers[k + 1], numbers[k + 2] = self.place[numbers[k + 1]], self.place[numbers[k + 2]]
        return guards

    def write(self, chains, op, first, numbers, captured):
        """Fill the new arrays; how many nodes there are is returned."""
        m = self.end = self.constants = first[0] = 0
        if chains:
            # 0.0 and 1.0 stand first: what sums start from, and what a term that is no product is multiplied by
            for m in range(2):
                op[m] = CONSTANT
                numbers[m] = m
                self.new_args[m] = m
                first[m + 1] = m + 1
            m = self.end = self.constants = 2
        for i in range(self.n):
            if self.role[i] < 0 or not self.uses[i]:
                continue
            code = self.op[i]
            if code <= 0:
                self.new_args[self.end] = self.leaf(i, numbers, captured)
                self.end += 1
            elif self.role[i]:
                code = self.role[i]
                self.terms(i, code)
            else:
                for j in range(self.first[i], self.first[i + 1]):
                    self.new_args[self.end] = self.place[self.args[j]]
                    self.end += 1
            op[m] = code
            self.place[i] = m
            m += 1
            first[m] = self.end
        return m

    def leaf(self, i, numbers, captured):
        """The place of the leaf i among the numbers, inputs or captured Values of the new graph."""
        place = self.args[self.first[i]]
        if self.op[i] == CONSTANT:
            numbers[self.constants] = self.numbers[place]
            self.constants += 1
            return self.constants - 1
        if self.op[i] == CAPTURED:
            captured.append(self.graph.captured[place])
            return len(captured) - 1
        return place

    def terms(self, i, code):
        """Write the operands of the dot product or sum that the chain ending in node i becomes, from left to right."""
        start = self.end
        if code == DOT:
            self.new_args[start] = 0
            self.end += 1
        depth = 1
        self.stack[0] = i
        while depth:
            depth -= 1
            x = self.stack[depth]
            if x == i or (self.role[x] < 0 and self.adds(x)):
                for j in range(self.first[x + 1] - 1, self.first[x] - 1, -1):
                    self.stack[depth] = self.args[j]
                    depth += 1
            elif code == SUM:
                self.new_args[self.end] = self.place[x]
                self.end += 1
            elif self.is_product(x):
                self.new_args[self.end] = self.place[self.args[self.first[x]]]
                self.new_args[self.end + 1] = self.place[self.args[self.first[x + 1] - 1]]
                self.end += 2
            elif self.is_dot(x):
                self.other_term(self.args[self.first[x]], start)
                for j in range(self.first[x] + 1, self.first[x + 1]):
                    self.new_args[self.end] = self.place[self.args[j]]
                    self.end += 1
            else:
                self.other_term(x, start)

    def other_term(self, x, start):
        """Write a term that is no product: what the sum starts from where that is still 0.0, else a product with 1."""
        if self.op[x] == CONSTANT and self.numbers[self.args[self.first[x]]] == 0.0:
            return
        if self.new_args[start] == 0:
            self.new_args[start] = self.place[x]
            return
        self.new_args[self.end] = self.place[x]
        self.new_args[self.end + 1] = 1
        self.end += 2
