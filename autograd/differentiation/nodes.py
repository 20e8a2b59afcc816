"""Nodes for the engine's other modules: made of numbers that the caller knows, taken apart and put together.

Compiled by Cython where possible (types: nodes.pxd). What Python can call looks at all that it is given: walks through
graphs do not look again.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from autograd.numbers import number
from autograd.operations import names
from autograd.primitives import TABLE

if cython.compiled:
    from cython.cimports.autograd import hooks
    from cython.cimports.autograd.generated.kernels import (
        FLOORDIV,
        MOD,
        OPERATIONS,
        PROGRAM,
        ROUND_TO_MULTIPLE,
        ROUND_TO_PART,
    )
    from cython.cimports.autograd.node import (
        CALL,
        LEAF,
        LEFT,
        MANY,
        RESULT,
        RIGHT,
        VALUES,
        all_operands,
        data_of,
        doubles,
        new_doubles,
        no_value,
        not_chosen,
    )
    from cython.cimports.autograd.value import Value, binary, many, new_node, unary
else:
    from autograd import hooks
    from autograd.generated.kernels import FLOORDIV, MOD, OPERATIONS, PROGRAM, ROUND_TO_MULTIPLE, ROUND_TO_PART
    from autograd.node import (
        CALL,
        LEAF,
        LEFT,
        MANY,
        RESULT,
        RIGHT,
        VALUES,
        all_operands,
        data_of,
        doubles,
        new_doubles,
        no_value,
        not_chosen,
    )
    from autograd.value import Value, binary, many, new_node, unary


def apply_unary(op, x):
    """`unary` for Python callers."""
    if x is None:  # in C as good as a Value
        raise no_value(x)
    return unary(op, x)


def apply_binary(op, x, y):
    """`binary` for Python callers: raises TypeError where an operand is no number."""
    z = binary(op, x, y)
    if z is NotImplemented:
        raise TypeError(f"{names[op]}: {number(y if type(x) is Value else x)}")  # number() names what came
    return z


def quotient_and_remainder(x, y):
    """divmod of two Values or a Value and a number; NotImplemented for anything else."""
    quotient = binary(FLOORDIV, x, y)
    return quotient if quotient is NotImplemented else (quotient, binary(MOD, x, y))


def rounded(x, digits):
    """x rounded to so many digits behind the point, or before it where negative, as Python rounds a float."""
    return binary(ROUND_TO_PART if digits > 0 else ROUND_TO_MULTIPLE, x, 10.0 ** min(abs(digits), 308))


def leaf_of(z):
    """A leaf with the node's number, whatever is switched on."""
    if type(z) is not Value:
        raise no_value(z)
    return new_node(0, LEAF, data_of(z), 0.0, 0.0, None, None)


def known_unary(op, data, dx, x):
    """The node op(x) whose number and partial the caller knows better."""
    z = new_node(op, VALUES, data, dx, 0.0, x, None)
    return hooks.observe(z) if hooks.watching else z


def known_binary(op, data, dx, dy, x, y):
    """The same for op(x, y)."""
    z = new_node(op, VALUES, data, dx, dy, x, y)
    return hooks.observe(z) if hooks.watching else z


def call(operands, evaluation, n):
    """The node behind n results of one evaluation of a recorded function on these operands, all of them Values."""
    return new_node(PROGRAM, CALL, 0.0, n, 0.0, operands, evaluation)


def result(behind, k, data):
    """The node of the result number k of a call."""
    z = new_node(PROGRAM, RESULT, data, 1.0, k, behind, None)
    return hooks.observe(z) if hooks.watching else z


def node(op, data, operands, partials):
    """`many` for Python callers: the operands a tuple, one partial each in a list."""
    known(op)
    check_node(names[op], MANY, operands, partials)
    return many(op, data, operands, room_of(partials))


def room_of(partials):
    room = new_doubles(len(partials))
    for i, partial in enumerate(partials):
        doubles(room)[i] = float(partial)
    return room


def known(op):
    """Raise ValueError for what is no operation's number."""
    if op <= 0 or op >= len(names):
        raise ValueError(f"there is no operation number {op}")


def check_node(op, form, operands, partials):
    """Raise ValueError unless a node of this operation can have this form, these operands and so many partials."""
    row = TABLE.get(op)
    if op not in names or (row is None and names.index(op) < OPERATIONS):
        raise ValueError(f"there is no operation {op!r:.60}")
    kinds = [type(x) is Value for x in operands]
    if form == MANY:
        right = any(kinds) and len(partials) == len(kinds)
        if row is not None:  # else it is the partial of a user's operation
            right = right and (len(kinds) % 2 == 1 or op != "dot" if row.reduction else len(kinds) == len(row.operands))
    elif form in (VALUES, RIGHT, LEFT) and row is not None:
        wanted = {VALUES: [True] * len(row.operands), RIGHT: [True, False], LEFT: [False, True]}[form]
        right = kinds == wanted and len(kinds) == len(row.operands) < 3 and len(partials) == 2 and not row.reduction
    else:
        right = False
    if not right:
        count = f"{len(kinds)} operands, {sum(kinds)} of them Values, and {len(partials)} partials"
        raise ValueError(f"a node {op!r} of the form {form} cannot have {count}")


def annotate(z, note):
    """Replace the node's note."""
    hooks.check_note(note)
    z.note = note


# ---- walked


def topological_order(root):
    """Every node `root` depends on, inputs before the nodes that use them, `root` last.

    Iterative; the order depends on the graph alone.

    >>> from autograd import Value, topological_order
    >>> x = Value(2.0)
    >>> [z.op for z in topological_order((x * 3).tanh())]
    ['', 'mul', 'tanh']
    """
    if type(root) is not Value:
        raise TypeError(f"topological_order: a Value is wanted, got {type(root).__name__}")
    order = []
    seen = {id(root)}
    stack = [(root, iter(root.inputs))]
    while stack:
        z, inputs = stack[-1]
        for x in inputs:
            if id(x) not in seen:
                seen.add(id(x))
                stack.append((x, iter(x.inputs)))
                break
        else:
            stack.pop()
            order.append(z)
    return order


def shares(z):
    """What a derivative of z is handed to: pairs of an input and the partial, without those that were not chosen."""
    found: list = []
    if z.form == CALL:
        return found
    places = [k for k, x in enumerate(z.operands) if type(x) is Value]
    for k, x, partial in zip(places, z.inputs, z.partials):  # noqa: B905
        if not not_chosen(z.op_code, k, partial):
            found.append((x, partial))
    return found


# ---- taken apart, for pickle and copy


def disassembled(z, place):
    """An inner node as plain data; `place[id(x)]` stands for the operand x."""
    operands = [place[id(x)] if type(x) is Value else float(x) for x in z.operands]
    if z.form == RESULT:  # how it was computed stays behind, as that cannot be copied
        return z.op, MANY, z._data, z._grad, operands, list(z.partials), z.note
    partials = [doubles(z.y)[i] for i in range(len(all_operands(z)))] if z.form == MANY else [z.dx, z.dy]
    return z.op, z.form, z._data, z._grad, operands, partials, z.note


def assemble(node, made):
    """The node that `disassembled` took apart, on the operands in `made`.

    What a damaged or hostile pickle holds raises ValueError or TypeError here: walks through graphs do not look again.
    """
    op, form, data, grad, places, partials, note = node
    data, grad = float(data), float(grad)
    operands = tuple([operand(x, made) for x in places])
    check_node(op, form, operands, partials)
    code = names.index(op)
    if form == MANY:
        z = new_node(code, form, data, 0.0, 0.0, operands, room_of(partials))
    else:
        values = [x for x in operands if type(x) is Value]
        dx, dy = float(partials[0]), float(partials[1])
        z = new_node(code, form, data, dx, dy, values[0], values[1] if len(values) > 1 else None)
    z._grad = grad
    annotate(z, note)
    return z


def operand(x, made):
    """What stands for x in `disassembled`: a place among the nodes made, or a constant."""
    if type(x) is not int:
        return float(x)
    if x < 0 or x >= len(made) or type(made[x]) is not Value:
        raise ValueError(f"a node's operand is at the place {x}, where there is no Value")
    return made[x]
