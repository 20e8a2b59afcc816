# cython: boundscheck=False, wraparound=False, cdivision=True, annotation_typing=False
# pyright: reportUnboundVariable=false, reportUndefinedVariable=false, reportAttributeAccessIssue=false
"""What is done to a recorded graph before it becomes a program: every pass is a graph in, a graph out, in linear time.

Compiled by Cython where possible (types: passes.pxd). A pass may change in which order a sum is added up, and nothing
else: what is exact in IEEE arithmetic (x * 1, x / 1, x - 0) is simplified, what is not (x + 0 where x is -0) is kept.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.jit.graph import CAPTURED, CONSTANT
    from cython.cimports.autograd.kernels import *
else:
    from autograd.jit.graph import CAPTURED, CONSTANT
    from autograd.kernels import *

    def bits(x):
        """A number's 64 bits."""
        import struct

        return struct.unpack("q", struct.pack("d", x))[0]


from autograd.jit.graph import Graph, ints, reals


def simplified(graph):
    """The graph with constants folded, equal sub-expressions shared and exact identities applied."""
    n, width = len(graph.op), len(graph.args)
    room = 1
    while room < 2 * n + 2:
        room *= 2
    op, first, args, data, place, table = ints(n + 1), ints(n + 2), ints(width + 1), reals(n + 1), ints(n), ints(room)
    m = share(n, graph.op, graph.first, graph.args, graph.data, op, first, args, data, place, table, room - 1)
    roots = [place[i] for i in graph.roots]
    guards = [(relation, place[x], place[y], answer) for relation, x, y, answer in graph.guards]
    return Graph(op[:m], first[: m + 1], args[: first[m]], data[:m], graph.captured, roots, guards)


def share(n, op, first, args, data, new_op, new_first, new_args, new_data, place, table, mask):
    """Fill the new arrays; `place[i]` is where node i of the old graph is found. The number of nodes is returned."""
    m = end = 0
    new_first[0] = 0
    for i in range(n):
        code = op[i]
        value = data[i]
        k = first[i + 1] - first[i]
        constant = k > 0
        for j in range(k):
            x = place[args[first[i] + j]]
            new_args[end + j] = x
            if new_op[x] != CONSTANT:
                constant = False
        x = new_args[end] if k > 0 else 0
        y = new_args[end + 1] if k > 1 else 0
        if constant and k < 4 and foldable(code):
            w = new_args[end + 2] if k > 2 else 0
            value = folded(code, k, new_data[x], new_data[y], new_data[w])
            code = CONSTANT
            k = 0
        elif k == 2:
            if new_op[y] == CONSTANT:
                number = new_data[y]
                if number == 1.0 and (code == MUL or code == DIV or code == POWC):
                    place[i] = x
                    continue
                if code == SUB and bits(number) == 0:
                    place[i] = x
                    continue
                if code == POWC and number == 2.0:
                    code = SQUARE
                    k = 1
                elif code == MUL and number == -1.0:
                    code = NEG
                    k = 1
            elif new_op[x] == CONSTANT and code == MUL:
                number = new_data[x]
                if number == 1.0:
                    place[i] = y
                    continue
                if number == -1.0:
                    new_args[end] = y
                    code = NEG
                    k = 1
        elif code == NEG and new_op[x] == NEG:
            place[i] = new_args[new_first[x]]
            continue
        h = hashed(code, k, value, new_args, end) & mask
        while True:
            there = table[h] - 1
            if there < 0:
                break
            if same(there, code, k, value, new_op, new_first, new_args, new_data, end):
                break
            h = (h + 1) & mask
        if there < 0:
            there = m
            table[h] = m + 1
            new_op[m] = code
            new_data[m] = value
            end += k
            m += 1
            new_first[m] = end
        place[i] = there
    return m


def foldable(code):
    """Whether an operation on constants alone may be computed now; the reductions stand together in the table."""
    return code > 0 and not (SUM <= code <= PROGRAM)


def folded(code, k, x, y, w):
    if k == 1:
        z, dx = forward_unary(code, x)
        return z
    if k == 2:
        z, dx, dy = forward_binary(code, x, y)
        return z
    z, dx, dy, dw = forward_ternary(code, x, y, w)
    return z


def hashed(code, k, value, args, start):
    h = (code + 8) * 0x9E3779B1
    if code < 0:
        h ^= bits(value)
    for j in range(k):
        h = ((h ^ args[start + j]) * 0x2545F491) & 0x3FFFFFFFFFFFFFFF
        h ^= h >> 29
    return (h ^ (h >> 17) ^ (h >> 33)) & 0x3FFFFFFFFFFFFFFF


def same(there, code, k, value, op, first, args, data, start):
    if op[there] != code or first[there + 1] - first[there] != k:
        return False
    if code < 0:
        return bits(data[there]) == bits(value)
    for j in range(k):
        if args[first[there] + j] != args[start + j]:
            return False
    return True


def live(graph):
    """The graph without the nodes that no result and no guard depends on."""
    n = len(graph.op)
    wanted = ints(n)
    for i in ends(graph):
        wanted[i] = 1
    mark_live(n, graph.first, graph.args, wanted)
    op, first, args, data, place = ints(n + 1), ints(n + 2), ints(len(graph.args) + 1), reals(n + 1), ints(n)
    m = compact(n, graph.op, graph.first, graph.args, graph.data, wanted, op, first, args, data, place)
    captured = []
    number(m, op, data, graph.captured, captured)
    roots = [place[i] for i in graph.roots]
    guards = [(relation, place[x], place[y], answer) for relation, x, y, answer in graph.guards]
    return Graph(op[:m], first[: m + 1], args[: first[m]], data[:m], captured, roots, guards)


def ends(graph):
    """The nodes that are asked for: the results and what the guards compare."""
    return [*graph.roots, *(i for _, x, y, _ in graph.guards for i in (x, y))]


def mark_live(n, first, args, wanted):
    for i in range(n - 1, -1, -1):
        if wanted[i]:
            for j in range(first[i], first[i + 1]):
                wanted[args[j]] = 1


def compact(n, op, first, args, data, wanted, new_op, new_first, new_args, new_data, place):
    m = end = 0
    new_first[0] = 0
    for i in range(n):
        if not wanted[i]:
            continue
        for j in range(first[i], first[i + 1]):
            new_args[end] = place[args[j]]
            end += 1
        new_op[m] = op[i]
        new_data[m] = data[i]
        place[i] = m
        m += 1
        new_first[m] = end
    return m


def number(n, op, data, captured, kept):
    """Number the captured Values that are still needed anew."""
    for i in range(n):
        if op[i] == CAPTURED:
            kept.append(captured[int(data[i])])
            data[i] = len(kept) - 1


def gathered(graph):
    """The graph with chains of additions and products turned into dot products and sums."""
    n = len(graph.op)
    uses, inside = ints(n), ints(n)
    count_uses(n, graph.first, graph.args, uses)
    for i in ends(graph):
        uses[i] += 1
    terms = find_chains(n, graph.op, graph.first, graph.args, uses, inside)
    if not terms:
        return graph
    width = 2 * (len(graph.args) + terms + 1)
    op, first, args, data, place, stack = ints(n + 2), ints(n + 3), ints(width), reals(n + 2), ints(n), ints(width)
    codes = ints(n)
    decide(n, graph.op, graph.first, graph.args, uses, inside, codes, stack)
    m = rebuild(n, graph.op, graph.first, graph.args, graph.data, uses, inside, codes, op, first, args, data, place, stack)
    roots = [place[i] for i in graph.roots]
    guards = [(relation, place[x], place[y], answer) for relation, x, y, answer in graph.guards]
    return live(Graph(op[:m], first[: m + 1], args[: first[m]], data[:m], graph.captured, roots, guards))


def count_uses(n, first, args, uses):
    for j in range(first[n]):
        uses[args[j]] += 1


def find_chains(n, op, first, args, uses, inside):
    """Set `inside[i]` for every addition that only another one uses; the number of terms in chains is returned."""
    terms = 0
    for i in range(n):
        if op[i] == ADD or op[i] == SUM:
            for j in range(first[i], first[i + 1]):
                x = args[j]
                terms += 1
                if uses[x] == 1 and (op[x] == ADD or op[x] == SUM):
                    inside[x] = 1
    return terms


def decide(n, op, first, args, uses, inside, codes, stack):
    """Set `codes[i]` to DOT or SUM where the chain that ends in node i becomes one; short chains are left alone."""
    for i in range(n - 1, -1, -1):
        if inside[i] or (op[i] != ADD and op[i] != SUM):
            continue
        products, others = survey(i, op, first, args, uses, inside, stack)
        if products > 1 and products >= others - 1:
            codes[i] = DOT
        elif others > 8:
            codes[i] = SUM
        else:
            for j in range(first[i], first[i + 1]):
                inside[args[j]] = 0


def rebuild(n, op, first, args, data, uses, inside, codes, new_op, new_first, new_args, new_data, place, stack):
    """Copy the graph; the last node of each chain becomes one dot product or sum where that saves work."""
    # 0.0 and 1.0 stand first: what sums start from, and what a term that is no product is multiplied by
    new_op[0] = new_op[1] = CONSTANT
    new_data[0], new_data[1] = 0.0, 1.0
    new_first[0] = new_first[1] = new_first[2] = 0
    m = 2
    end = 0
    for i in range(n):
        if inside[i]:
            continue
        code = codes[i]
        if code:
            end = terms_of(i, code, op, first, args, data, uses, inside, place, new_args, end, stack)
        else:
            for j in range(first[i], first[i + 1]):
                new_args[end] = place[args[j]]
                end += 1
            code = op[i]
        new_op[m] = code
        new_data[m] = data[i]
        place[i] = m
        m += 1
        new_first[m] = end
    return m


def is_product(x, op, uses):
    return uses[x] == 1 and (op[x] == MUL or op[x] == SQUARE)


def is_dot(x, op, uses):
    return uses[x] == 1 and op[x] == DOT


def survey(i, op, first, args, uses, inside, stack):
    """How many products and how many other terms the chain that ends in node i adds up."""
    products = others = 0
    depth = 1
    stack[0] = i
    while depth:
        depth -= 1
        x = stack[depth]
        for j in range(first[x], first[x + 1]):
            y = args[j]
            if inside[y]:
                stack[depth] = y
                depth += 1
            elif is_product(y, op, uses):
                products += 1
            elif is_dot(y, op, uses):
                products += (first[y + 1] - first[y]) // 2
                others += 1
            else:
                others += 1
    return products, others


def terms_of(i, code, op, first, args, data, uses, inside, place, new_args, end, stack):
    """Write the operands of the dot product or sum that the chain ending in node i becomes, from left to right."""
    start = end
    if code == DOT:
        new_args[end] = 0
        end += 1
    depth = 1
    stack[0] = i
    while depth:
        depth -= 1
        x = stack[depth]
        if x == i or inside[x]:
            for j in range(first[x + 1] - 1, first[x] - 1, -1):
                stack[depth] = args[j]
                depth += 1
        elif code == SUM:
            new_args[end] = place[x]
            end += 1
        elif is_product(x, op, uses):
            new_args[end] = place[args[first[x]]]
            new_args[end + 1] = place[args[first[x + 1] - 1]]
            end += 2
        elif is_dot(x, op, uses):
            end = other_term(args[first[x]], op, data, place, new_args, start, end)
            for j in range(first[x] + 1, first[x + 1]):
                new_args[end] = place[args[j]]
                end += 1
        else:
            end = other_term(x, op, data, place, new_args, start, end)
    return end


def other_term(x, op, data, place, new_args, start, end):
    """Write a term that is no product: what the sum starts from, where that is still 0.0, else a product with 1.0."""
    if op[x] == CONSTANT and data[x] == 0.0:
        return end
    if new_args[start] == 0:
        new_args[start] = place[x]
        return end
    new_args[end] = place[x]
    new_args[end + 1] = 1
    return end + 2
