"""The part of recorded functions in a backward pass: what the node of a call hands down, and arenas that take it.

Compiled by Cython where possible (types: recorded_pass.pxd). Who reads value.py may skip it.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd import hooks
    from cython.cimports.autograd.node import (
        LEAF,
        RESULT,
        all_operands,
        doubles_of,
        evaluation_of,
        new_doubles,
        result_number,
    )
else:
    from autograd import hooks
    from autograd.node import (
        LEAF,
        RESULT,
        all_operands,
        doubles_of,
        evaluation_of,
        new_doubles,
        result_number,
    )


def partials_of_call(z):
    """A call's partials, and for each operand whether a derivative arrives there: None where that makes no difference.

    The partials are those of its only result, or of the sum of its results times their gradients; then the call's own
    gradient is 1.
    """
    operands, evaluation, reached = all_operands(z), evaluation_of(z), None
    n = len(operands)
    if not z.live:
        return new_doubles(n), bytes(n)
    if z.dx > 1.0:
        room, z._grad = evaluation.pulled(evaluation.weights), 1.0
    else:
        room, evaluation.weights = evaluation.partials(0), [1.0]
    partials = doubles_of(n, room)
    for i in range(n):
        if partials[i] == 0.0 and reached is None:
            x = operands[i]
            # beside a leaf, 0 or nothing is all the same if the gradient is finite: then it need not be found out
            if (x is not None and x.form != LEAF) or z._grad - z._grad != 0.0:
                reached = evaluation.reaches(evaluation.weights)
    return room, reached


def is_made_in_arena(root):
    """Make the pass if the root is a recorded function's result and the gradients of all its operands lie in an arena
    that is ahead; say whether. Otherwise no arena is ahead any more."""
    if root.form == RESULT:
        evaluation = evaluation_of(root.x)
        if evaluation.is_ahead() and evaluation.add_to_arena(evaluation.partials(result_number(root))):
            root._grad = 1.0
            return True
    if hooks.ahead:
        hooks.catch_up()
    return False
