# pyright: reportMissingImports=false
"""Reverse-mode differentiation: walk the graph once to count users, once more to hand every node's gradient down.

Compiled by Cython where possible (types: backprop.pxd). `pending` counts the users of a node that have not yet handed
their share down; it is 0 on every node outside of a pass. The order of additions depends on the graph alone, so the
same program gives the same bits in every run. One pass at a time: nodes may be shared between threads. A pass that is
broken off (no memory, Ctrl-C) is taken back: until it ends, every leaf keeps the gradient it had before.
"""

import threading

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd import hooks
    from cython.cimports.autograd.differentiation.nodes import not_chosen
    from cython.cimports.autograd.value import (
        CALL,
        LEAF,
        LEFT,
        MANY,
        RESULT,
        Value,
        all_operands,
        doubles,
        doubles_of,
        evaluation_of,
        result_number,
        settle,
    )
else:
    from autograd import hooks
    from autograd.differentiation.nodes import not_chosen
    from autograd.value import (
        CALL,
        LEAF,
        LEFT,
        MANY,
        RESULT,
        Value,
        all_operands,
        doubles,
        doubles_of,
        evaluation_of,
        result_number,
        settle,
    )

    def new_stack():
        """An empty stack of nodes; compiled, one of C pointers."""
        return []

    def push(stack, x):
        stack.append(x)

    def pop(stack):
        """The node last pushed, None when there are no more."""
        return stack.pop() if stack else None

    def free_stack(stack):
        """Give its memory back."""

one_at_a_time = threading.RLock()
acquire_lock, release_lock = one_at_a_time.acquire, one_at_a_time.release  # bound now: that takes memory
NO_PASS = -1.0  # of a walk that changes no gradient
pass_number = 0.0  # of the latest pass
unsettled = None  # what a pass had begun to walk where there was no memory even to take it back


def backward(root):
    """Add d root / d leaf to `grad` of every leaf; set it on every other node."""
    global pass_number
    if hooks.ahead and straight(root):
        return
    if root.form == LEAF:
        root._grad += 1.0
        return
    try:  # not `with`: compiled, that wants memory to let go of its lock
        acquire_lock()
        make_up()
        pass_number += 1.0
        roots = [root]  # made now: there may be no memory for it when it is wanted
        stack = new_stack()
        hooks.passes += 1
        try:
            if hooks.ahead:
                hooks.catch_up()
            count_users(root, stack)
            hand_down(root, stack)
        except BaseException:
            take_back(roots, pass_number)
            raise
        finally:
            hooks.passes -= 1
            free_stack(stack)
    finally:
        let_next()


def straight(root):
    """The pass where the root is a recorded function's result and the gradients of all its operands lie in an arena;
    whether it was made. Otherwise no arena is ahead any more."""
    if root.form == RESULT:
        evaluation = evaluation_of(root.x)
        if evaluation.is_ahead() and evaluation.add_to_arena(evaluation.partials(result_number(root))):
            root._grad = 1.0
            return True
    if hooks.ahead:
        hooks.catch_up()
    return False


def let_next():
    """Let the next pass begin; nothing where this one was interrupted while it waited."""
    try:
        release_lock()
    except RuntimeError:
        return


def count_users(root, stack):
    """Set `pending` of every inner node below `root` to the number of its users, and its gradient to 0."""
    z = root
    while z is not None:
        if z.form == MANY or z.form == CALL:
            for x in all_operands(z):
                if type(x) is Value:
                    count(x, stack)
        else:
            count(z.x, stack)
            if z.y is not None:
                count(z.y, stack)
        z = pop(stack)


def count(x, stack):
    if x.form != LEAF:
        if x.pending == 0:
            x._grad = 0.0
            x.live = 0
            if x.form == RESULT:  # of which a call may have hundreds: not by way of the stack
                count(x.x, stack)
            else:
                if x.form == CALL:
                    evaluation_of(x).weights = None
                push(stack, x)
        x.pending += 1
    elif x.dy != pass_number:
        x.dx, x.dy = x._grad, pass_number


def hand_down(root, stack):
    """Give every input its share of its user's gradient; a node's turn comes when its last user has given.

    What no derivative has arrived at, as a selection did not choose it, hands down nothing: not even 0 times inf.
    """
    root._grad = 1.0
    root.live = 1
    z = root
    while z is not None:
        g = z._grad
        if z.form == MANY:
            partials = doubles(z.y)
            i = 0
            for x in all_operands(z):
                if type(x) is Value:
                    share(z, i, x, g, partials[i], stack)
                i += 1
        elif z.form == CALL:
            hand_down_call(z, stack)
        elif z.form == RESULT:
            hand_down_result(z, stack)
        else:
            share(z, 1 if z.form == LEFT else 0, z.x, g, z.dx, stack)
            if z.y is not None:
                share(z, 1, z.y, g, z.dy, stack)
        z = pop(stack)


def share(z, k, x, g, partial, stack):
    """Give x, the operand k of z, its share, if a derivative has arrived at z and z has chosen x."""
    if z.live and not (partial == 0.0 and not_chosen(z.op_code, k, partial)):
        give(x, g * partial, stack)
    else:
        release(x, stack)


def give(x, share, stack):
    x._grad += share
    x.live = 1
    release(x, stack)


def release(x, stack):
    """One of the users of x has given all that it has for x."""
    if x.form != LEAF:
        x.pending -= 1
        if x.pending == 0:
            if x.form == RESULT:
                hand_down_result(x, stack)
            else:
                push(stack, x)


def hand_down_result(z, stack):
    """Note the gradient of one of the results of a recorded function for the turn of their call."""
    if not z.live:
        release(z.x, stack)
        return 0
    if z.x.dx > 1.0:
        evaluation_of(z.x).weigh(result_number(z), z._grad)
    give(z.x, z._grad, stack)
    return 0


def hand_down_call(z, stack):
    """Give the operands of a recorded function their shares: of one result, or of several together."""
    g, room, reaches = z._grad, None, None
    evaluation = evaluation_of(z)
    weights = None
    if z.live:
        if z.dx > 1.0:
            g, weights = 1.0, evaluation.weights
            room = evaluation.pulled(weights)
        else:
            room, weights = evaluation.partials(0), [1.0]
    operands = all_operands(z)
    for x in operands:
        if x is None:
            raise TypeError("an operand of a recorded function is None")
        if room is None:
            release(x, stack)
    if room is None:
        return 0
    partials = doubles_of(len(operands), room)
    i = 0
    for x in operands:
        if partials[i] == 0.0 and x.form != LEAF and reaches is None:  # does 0 arrive there, or nothing?
            reaches = evaluation.reaches(weights)
        if reaches is None or reaches[i]:
            give(x, g * partials[i], stack)
        else:
            release(x, stack)
        i += 1
    return 0


def reset(root):
    """Clear `pending` below `root`, whatever state it is in."""
    take_back([root], NO_PASS)


def take_back(roots, number):
    """Have the nodes below the roots as they were before the pass of this number; no interruption prevents it."""
    global unsettled
    while True:
        try:
            settle(roots, number)
            return
        except KeyboardInterrupt:  # the one that broke the pass off is on its way already
            continue
        except MemoryError:  # in the plain twin, whose walk wants some
            unsettled = roots
            return


def make_up():
    """At the beginning of a pass: clear what the one before had no memory to clear."""
    global unsettled
    if unsettled is not None:
        settle(unsettled, NO_PASS)
        unsettled = None


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
