"""What node.pxd, memory.h and stack.h say in C of the memory of nodes and of stacks of them, for the plain twin."""

LEAF, VALUES, RIGHT, LEFT, MANY, RESULT, CALL = range(7)  # see node.py


def all_operands(z):
    """The tuple of operands of a node of the form MANY or CALL."""
    return z.x


def evaluation_of(z):
    """The evaluation of a recorded function that a CALL stands for."""
    return z.y


def result_number(z):
    """Which result of its call a RESULT is."""
    return int(z.dy)


def new_doubles(n):
    """Room for n partials."""
    return [0.0] * n


def doubles(room):
    """The room, to be read and written by index."""
    return room


def doubles_of(n, room):
    """The same for partials that a recorded function's evaluation gives: in C, looks whether there are n."""
    return room


def new_stack():
    """An empty stack of nodes; in C, one of pointers."""
    return []


def push(stack, x):
    stack.append(x)


def pop(stack):
    """The node last pushed, None when there are no more."""
    return stack.pop() if stack else None


def free_stack(stack):
    """Give its memory back."""


def settle_nodes(roots, number):
    """Take back what the pass of this number, broken off, has left in the nodes below the roots."""
    seen = set()
    stack = list(roots)
    while stack:
        x = stack.pop()
        x.pending = 0
        if x.form == LEAF and x.dy == number:
            x._grad = x.dx
        elif x.form == RESULT:
            x.x.pending = 0
        for y in x.inputs:
            if id(y) not in seen:
                seen.add(id(y))
                stack.append(y)
