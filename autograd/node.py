"""A node of a graph: what it holds, and what can be read of it. value.py has what is computed with it.

Compiled by Cython where possible (types: node.pxd). Nodes are made in value.py alone, and all of them are Values: the
class stands here so that what only reads is out of the way there, and imports nothing that is built on it.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

import gc
from typing import Any

from autograd.numbers import no_ratio, number
from autograd.operations import names

if cython.compiled:
    from cython.cimports.autograd import hooks
    from cython.cimports.autograd.generated.kernels import OPERATIONS, SELECTED
    from cython.cimports.libc.math import copysign
else:
    from math import copysign

    from autograd import hooks
    from autograd.generated.kernels import OPERATIONS, SELECTED
    from autograd.interpreted_nodes import *

# What x, y, dx and dy of a node hold depends on its form:
#   LEAF    nothing: the user made it; x its gradient where backward(create_graph=True) left that as a Value; dx the
#           gradient before the latest pass that met it, and dy that pass's number
#   VALUES  x, and y where there are two operands; their partials in dx and dy
#   RIGHT   the Value x on the left of a constant: the partial in dx, the constant in dy
#   LEFT    the Value x on the right of a constant: the same
#   MANY    x a tuple of all operands (Values and constants), y their partials
#   RESULT  the CALL x of a recorded function, whose result number dy this is
#   CALL    x a tuple of operands, y the evaluation that knows how dx results depend on them; nobody sees this node
value_class: Any = None  # of all nodes; value.py's


def all_nodes_are(cls):
    """Say of which class all nodes are; RuntimeError where it is known already."""
    global value_class
    if value_class is not None:
        raise RuntimeError("the class of all nodes is known already")
    value_class = cls


@cython.binding(False)  # a method called unbound, Value.__lt__(3, x), then looks what it is called on
class Node:
    """A number, its gradient, and how it was computed. Users know it as its one subclass, `Value`."""

    __slots__ = ("_data", "_grad", "dx", "dy", "x", "y", "note", "op_code", "form", "live", "pending")

    # ---- its number, its gradient

    @property
    def data(self) -> float:
        """The number itself, a float; set it to change a leaf (nothing computed from it follows)."""
        if hooks.watching:
            look_at(self)
        return self._data

    @data.setter
    def data(self, data: Any):
        if hooks.watching:
            look_at(self)
        self._data = data if type(data) is float else number(data)

    @property
    def grad(self) -> Any:
        """The derivative that `backward` found, a float; on a leaf after backward(create_graph=True) a Value."""
        if hooks.watching:
            look_at(self)
        return self._grad if self.form != LEAF or self.x is None else kept_gradient(self)

    @grad.setter
    def grad(self, grad: Any):
        if hooks.watching:
            look_at(self)
        if self.form == LEAF:
            self.x = grad if type(grad) is value_class else None
        self._grad = grad if type(grad) is float else data_of(grad)

    # ---- how it was computed

    @property
    def op(self) -> str:
        """The operation's name in the table; "" on a leaf."""
        return names[self.op_code]

    @property
    def operands(self) -> tuple[Any, ...]:
        """All operands in the formula's order, Values and plain floats."""
        if self.form == LEAF:
            return ()
        if self.form == MANY or self.form == CALL:
            return all_operands(self)
        if self.form == RESULT:
            return all_operands(self.x)
        if self.form == RIGHT:
            return (self.x, self.dy)
        if self.form == LEFT:
            return (self.dy, self.x)
        return (self.x,) if self.y is None else (self.x, self.y)

    @property
    def inputs(self) -> tuple[Any, ...]:
        """The operands that are Values, in order: what gradients flow to."""
        return tuple([x for x in self.operands if type(x) is value_class])

    @property
    def partials(self) -> tuple[float, ...]:
        """The derivative of this node in the direction of each of `inputs`, as floats."""
        if hooks.watching:
            hooks.look(self)
        if self.form == MANY:
            operands = all_operands(self)
            partials = doubles(self.y)
            return tuple([partials[i] for i in range(len(operands)) if type(operands[i]) is value_class])
        if self.form == RESULT:
            return partials_of_result(self)
        return (self.dx, self.dy)[: len(self.inputs)]

    # ---- what it is noted with

    @property
    def label(self) -> str:
        """The name it was given, "" if none."""
        if hooks.watching:
            hooks.look_at_label(self)
        return self.note[0] if self.note is not None else ""

    @label.setter
    def label(self, label: str):
        if not isinstance(label, str):
            raise TypeError(f"a label is a string, got {type(label).__name__}")
        self.note = (str.__str__(label), self.scope, self.source)  # of a subclass only the text

    @property
    def scope(self) -> str:
        """The path of the scopes it was made in ("mlp/layer 0/neuron 3"), "" outside of any."""
        return self.note[1] if self.note is not None else ""

    @property
    def source(self) -> str:
        """The line of the user's program that made it, if that was recorded, otherwise ""."""
        return self.note[2] if self.note is not None else ""

    # ---- comparisons: of the data, recorded by nothing but a jit in the making

    def __lt__(self, other: Any) -> bool: return compare("lt", self, other)
    def __le__(self, other: Any) -> bool: return compare("le", self, other)
    def __gt__(self, other: Any) -> bool: return compare("gt", self, other)
    def __ge__(self, other: Any) -> bool: return compare("ge", self, other)
    def __eq__(self, other: object) -> bool: return compare("eq", self, other)
    def __ne__(self, other: object) -> bool: return compare("ne", self, other)
    def __hash__(self) -> int:
        if hooks.watching:
            hooks.look_at_hash(self)
        return object.__hash__(self)

    def __bool__(self) -> bool:
        if hooks.watching:
            catch_up_with(self)
            return hooks.guard("ne", self, 0.0, self._data != 0.0)
        return self._data != 0.0

    # ---- as a plain number, as text

    def __float__(self) -> float:
        if hooks.watching:
            look_at(self)
        if hooks.transforming:
            hooks.before_float(self)
        return self._data

    def __int__(self) -> int:
        if hooks.watching:
            look_at(self)
        return int(self._data)

    def as_integer_ratio(self) -> Any:
        """None: `statistics.mean` and its like would lose the derivative. Raises TypeError that says what to use."""
        raise no_ratio()

    def __repr__(self) -> str:
        if hooks.watching:
            catch_up_with(self)
            hooks.look_at_text(self)
        return f"Value({self._data!r}, grad={self._grad!r})"

    def __format__(self, spec: str) -> str:
        if type(self) is not value_class:
            raise no_value(self)
        if hooks.watching:
            catch_up_with(self)
            hooks.look_at_text(self)
        return format(self._data, spec) if spec else repr(self)


def look_at(z):
    """To be called where something watches, before the node's number or gradient is read or changed."""
    catch_up_with(z)
    hooks.look(z)


def catch_up_with(z):
    """Have a leaf hold its own number and gradient, if an arena has newer ones."""
    if hooks.ahead and z.form == LEAF:
        hooks.catch_up()


def data_of(x):
    """The number in a Value or a number."""
    if type(x) is value_class:
        value = x
        if hooks.ahead:
            catch_up_with(value)
        return value._data
    return x if type(x) is float else number(x)


def compare(relation, x, y):
    """What `x relation y` says of the data; NotImplemented where y is no number."""
    if hooks.ahead:
        hooks.catch_up()
    try:
        a = x._data
    except AttributeError:
        raise no_value(x) from None
    if hooks.watching and hooks.knows_better(y):
        return NotImplemented
    try:
        b = read(y)
    except TypeError:
        return NotImplemented
    except OverflowError:  # an int beyond all floats
        b = float("inf") if y > 0 else float("-inf")
    if relation == "lt":
        answer = a < b
    elif relation == "le":
        answer = a <= b
    elif relation == "gt":
        answer = a > b
    elif relation == "ge":
        answer = a >= b
    elif relation == "eq":
        answer = a == b
    else:
        answer = a != b
    return hooks.guard(relation, x, y if type(y) is value_class else b, answer) if hooks.watching else answer


def kept_gradient(leaf):
    """The Value left as the leaf's gradient; the number instead once another pass has added to that."""
    kept = leaf.x
    both_nan = kept._data != kept._data and leaf._grad != leaf._grad
    return kept if kept._data == leaf._grad or both_nan else leaf._grad


def partials_of_result(z):
    n = len(all_operands(z.x))
    room = evaluation_of(z.x).partials(result_number(z))
    partials = doubles_of(n, room)
    return tuple([partials[i] for i in range(n)])


def not_chosen(op, k, partial):
    """Whether the partial of the operand k, +0, says that a selection did not choose that operand."""
    if partial != 0.0 or copysign(1.0, partial) < 0.0 or op < 0 or op >= OPERATIONS or k < 0:
        return False
    return SELECTED[op] >> (k if k < 7 else 7) & 1 == 1


def no_value(x):
    return TypeError(f"a Value is wanted, got {type(x).__name__}")


if not cython.compiled:  # node.pxd, value.pxd and memory.h have these in C
    read = data_of

    def new(op, form, data, dx, dy, x, y):
        """A node with these slots."""
        z = value_class.__new__(value_class)
        z._data, z._grad, z.dx, z.dy = data, 0.0, dx, dy
        z.x, z.y, z.note = x, y, hooks.current_note
        z.op_code, z.form, z.live, z.pending = op, form, 0, 0
        return z

    def take_over_memory(cls):
        """Have all nodes be of this class, which nothing can be a subclass of."""
        all_nodes_are(cls)
        cls.__init_subclass__ = Node.__init_subclass__ = classmethod(no_subclass)

    def no_subclass(cls):
        raise TypeError("Value cannot be a base class: operations make Values and look for nothing else")

    def nodes_in_memory():
        return sum([type(x) is value_class for x in gc.get_objects()])
