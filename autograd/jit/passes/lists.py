"""Instructions for operations on lists: sums, means, the largest, log-sum-exp, and the choice of one by `take`.

Compiled by Cython where possible (types: lists.pxd). The machine reads a list at equal distances in one space; one that
lies otherwise is gathered first.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.generated.kernels import LOGSUMEXP, NORM, PROD, SUM, TAKE
    from cython.cimports.autograd.jit.passes.graph import CONSTANT
else:
    from autograd.generated.kernels import LOGSUMEXP, NORM, PROD, SUM, TAKE
    from autograd.jit.passes.graph import CONSTANT


def emit_reduction(layout, space, i):
    """The instruction for the sum, mean, product ... that node i is."""
    start = layout.first[i]
    n = layout.first[i + 1] - start
    layout.place_leaves(start, 1, n)
    begin = -1  # the slot of a constant that a sum begins with
    begins = layout.op[i] == SUM and n > 2 and layout.op[layout.args[start]] == CONSTANT
    if begins and layout.affine(start + 1, 1, n - 1) and layout.is_tiled(layout.args[start + 1]) == space:
        begin = layout.slot[layout.args[start]]
        start += 1
        n -= 1
    if layout.affine(start, 1, n) and layout.is_tiled(layout.args[start]) == space:
        base, stride, active = layout.slot[layout.args[start]], layout.stride, layout.any_active(start, 1, n)
    else:
        layout.list_operands(0, start, 1, n)
        base, stride, active = layout.gather(space, n), 1, layout.gathered_active
    layout.slot[i] = layout.new_slots(space, 1)
    flags = space | active << 3 | layout.is_active(i) << 6 | (begin >= 0) << 7
    layout.begin(space, layout.op[i], flags, n, layout.slot[i], 3)
    layout.emit(base)
    layout.emit(stride)
    if begin >= 0:
        layout.emit(begin)
    if layout.op[i] == LOGSUMEXP or layout.op[i] == PROD or layout.op[i] == NORM:  # room for each operand's partial
        layout.emit(layout.new_slots(space, n))


def emit_takes(layout, space, takes):
    """Instructions for choices; those by the same index from lists of one length become one, as far as they can."""
    groups: dict = {}
    for i in takes:
        layout.place_leaves(layout.first[i], 1, layout.first[i + 1] - layout.first[i])
        groups.setdefault((layout.args[layout.first[i]], layout.first[i + 1] - layout.first[i]), []).append(i)
    for (index, _), group in groups.items():
        emit_take(layout, space, index, group)


def emit_take(layout, space, index, group):
    i = group[0]
    first = layout.first[i] + 1
    count = layout.first[i + 1] - first
    regular = True
    row_stride = column_stride = active = j = 0
    base, inside = layout.slot[layout.args[first]], layout.is_tiled(layout.args[first])
    for i in group:
        start = layout.first[i] + 1
        regular = regular and layout.affine(start, 1, count)
        if j == 0:
            row_stride = layout.stride
        if j == 1:
            column_stride = layout.slot[layout.args[start]] - base
        regular = regular and layout.stride == row_stride
        regular = regular and layout.slot[layout.args[start]] == base + j * column_stride
        regular = regular and layout.is_tiled(layout.args[start]) == inside
        active |= layout.any_active(start, 1, count)
        j += 1
    if not regular:
        j = 0
        for i in group:
            layout.list_operands(j * count, layout.first[i] + 1, 1, count)
            j += 1
        base, inside, row_stride, column_stride = layout.gather(space, j * count), space, 1, count
    layout.checked = True
    dst = layout.new_slots(space, len(group))
    j = dst
    for i in group:
        layout.slot[i] = j
        j += 1
    flags = layout.is_tiled(index) | inside << 1 | active << 4 | active << 6
    layout.begin(space, TAKE, flags, len(group), dst, 5)
    layout.emit(layout.slot[index])
    layout.emit(base)
    layout.emit(row_stride)
    layout.emit(column_stride)
    layout.emit(count)
