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
    from cython.cimports.autograd.value import LEAF, MANY, Value, all_operands, doubles, settle
else:
    from autograd.value import LEAF, MANY, Value, all_operands, doubles, settle

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
acquire, release = one_at_a_time.acquire, one_at_a_time.release  # bound now: that takes memory
NO_PASS = -1.0  # of a walk that changes no gradient
pass_number = 0.0  # of the latest pass
unsettled = None  # what a pass had begun to walk where there was no memory even to take it back


def backward(root):
    """Add d root / d leaf to `grad` of every leaf; set it on every other node."""
    global pass_number
    if root.form == LEAF:
        root._grad += 1.0
        return
    try:  # not `with`: compiled, that wants memory to let go of its lock
        acquire()
        make_up()
        pass_number += 1.0
        roots = [root]  # made now: there may be no memory for it when it is wanted
        stack = new_stack()
        try:
            count_users(root, stack)
            hand_down(root, stack)
        except BaseException:
            take_back(roots, pass_number)
            raise
        finally:
            free_stack(stack)
    finally:
        let_next()


def let_next():
    """Let the next pass begin; nothing where this one was interrupted while it waited."""
    try:
        release()
    except RuntimeError:
        return


def count_users(root, stack):
    """Set `pending` of every inner node below `root` to the number of its users, and its gradient to 0."""
    z = root
    while z is not None:
        if z.form == MANY:
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
            push(stack, x)
        x.pending += 1
    elif x.dy != pass_number:
        x.dx, x.dy = x._grad, pass_number


def hand_down(root, stack):
    """Give every input its share of its user's gradient; a node's turn comes when its last user has given."""
    root._grad = 1.0
    z = root
    while z is not None:
        g = z._grad
        if z.form == MANY:
            partials = doubles(z.y)
            i = 0
            for x in all_operands(z):
                if type(x) is Value:
                    give(x, g * partials[i], stack)
                i += 1
        else:
            give(z.x, g * z.dx, stack)
            if z.y is not None:
                give(z.y, g * z.dy, stack)
        z = pop(stack)


def give(x, share, stack):
    x._grad += share
    if x.form != LEAF:
        x.pending -= 1
        if x.pending == 0:
            push(stack, x)


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
