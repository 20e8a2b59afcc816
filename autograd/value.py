"""A number that remembers how it was computed, the arithmetic that makes such numbers, and backpropagation.

In reading order: `Value`, whose operators name rows of the table (primitives.py); `binary`, which makes the node of an
operation with its partials, computed on the way forward; `backward`, which counts every node's users and then hands
gradients down from users to operands. What only watches is in hooks.py.

A graph has no closures, no sets and no reference cycles, so it is freed the moment its last user lets go of it.
Compiled by Cython where a C compiler is at hand (the types are in value.pxd), plain Python otherwise.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from operator import index
from typing import Any

from autograd.numbers import number
from autograd.signatures import Signature

if cython.compiled:
    from cython.cimports.autograd import hooks, turns
    from cython.cimports.autograd.differentiation.recorded_pass import is_made_in_arena, partials_of_call
    from cython.cimports.autograd.generated.kernels import *  # operations as C constants, kernels as C functions
    from cython.cimports.autograd.node import *
else:
    from autograd import hooks, turns
    from autograd.differentiation.recorded_pass import is_made_in_arena, partials_of_call
    from autograd.generated.kernels import *
    from autograd.node import *

COMPILED = cython.compiled
SIGNATURE = Signature(lambda data, label="": None)  # a compiled class says nothing of how it is called


@cython.binding(False)  # a method called unbound, Value.exp(3), then looks what it is called on
class Value(Node):
    """A real number, the operation that made it, and the derivative of a result in its direction.

    Arguments:
        data: any real number (int, float, NumPy scalar, Fraction, Decimal ...).
        label: a name for pictures and error messages.

    Arithmetic is IEEE 754: nothing raises or becomes complex. Comparisons look at `data`; the hash is by identity, so
    that two Values of one number are two keys of a dict and two members of a set.

    >>> x = Value(3.0)
    >>> y = x * x + 1
    >>> y.backward()
    >>> x.grad
    6.0
    """

    __slots__ = ()
    __signature__ = SIGNATURE

    def __init__(self, data: Any, label: str = ""):
        self._data = data if type(data) is float else number(data)
        self._grad = self.dx = self.dy = 0.0
        self.x = self.y = self.note = None
        self.op_code = self.form = self.live = self.pending = 0
        if label:
            self.label = label
        if hooks.watching:
            hooks.observe(self)

    # ---- arithmetic; each method names a row of the table

    def __add__(self, other: Any) -> "Value": return binary(ADD, self, other)
    def __radd__(self, other: Any) -> "Value": return binary(ADD, other, self)
    def __sub__(self, other: Any) -> "Value": return binary(SUB, self, other)
    def __rsub__(self, other: Any) -> "Value": return binary(SUB, other, self)
    def __mul__(self, other: Any) -> "Value": return binary(MUL, self, other)
    def __rmul__(self, other: Any) -> "Value": return binary(MUL, other, self)
    def __truediv__(self, other: Any) -> "Value": return binary(DIV, self, other)
    def __rtruediv__(self, other: Any) -> "Value": return binary(DIV, other, self)
    def __floordiv__(self, other: Any) -> "Value": return binary(FLOORDIV, self, other)
    def __rfloordiv__(self, other: Any) -> "Value": return binary(FLOORDIV, other, self)
    def __mod__(self, other: Any) -> "Value": return binary(MOD, self, other)
    def __rmod__(self, other: Any) -> "Value": return binary(MOD, other, self)
    def __rpow__(self, other: Any) -> "Value": return binary(POW, other, self)
    def __divmod__(self, other: Any) -> "tuple[Value, Value]": return services.quotient_and_remainder(self, other)
    def __rdivmod__(self, other: Any) -> "tuple[Value, Value]": return services.quotient_and_remainder(other, self)
    def __neg__(self) -> "Value": return unary(NEG, self)
    def __pos__(self) -> "Value": return self
    def __abs__(self) -> "Value": return unary(ABS, self)
    def __pow__(self, other: Any, modulo: None = None) -> "Value":
        if modulo is not None:
            raise TypeError("pow() of a Value takes no modulus")
        return binary(POW if type(other) is Value else POWC, self, other)

    def exp(self) -> "Value": return unary(EXP, self)
    def expm1(self) -> "Value": return unary(EXPM1, self)
    def log(self) -> "Value": return unary(LOG, self)
    def log2(self) -> "Value": return unary(LOG2, self)
    def log10(self) -> "Value": return unary(LOG10, self)
    def log1p(self) -> "Value": return unary(LOG1P, self)
    def sqrt(self) -> "Value": return unary(SQRT, self)
    def cbrt(self) -> "Value": return unary(CBRT, self)
    def square(self) -> "Value": return unary(SQUARE, self)
    def reciprocal(self) -> "Value": return unary(RECIPROCAL, self)
    def sin(self) -> "Value": return unary(SIN, self)
    def cos(self) -> "Value": return unary(COS, self)
    def tan(self) -> "Value": return unary(TAN, self)
    def asin(self) -> "Value": return unary(ASIN, self)
    def acos(self) -> "Value": return unary(ACOS, self)
    def atan(self) -> "Value": return unary(ATAN, self)
    def sinh(self) -> "Value": return unary(SINH, self)
    def cosh(self) -> "Value": return unary(COSH, self)
    def tanh(self) -> "Value": return unary(TANH, self)
    def asinh(self) -> "Value": return unary(ASINH, self)
    def acosh(self) -> "Value": return unary(ACOSH, self)
    def atanh(self) -> "Value": return unary(ATANH, self)
    def sigmoid(self) -> "Value": return unary(SIGMOID, self)
    def softplus(self) -> "Value": return unary(SOFTPLUS, self)
    def relu(self) -> "Value": return unary(RELU, self)
    def leaky_relu(self, slope: Any = 0.01) -> "Value": return binary(LEAKY_RELU, self, slope)
    def elu(self, alpha: Any = 1.0) -> "Value": return binary(ELU, self, alpha)
    def gelu(self) -> "Value": return unary(GELU, self)
    def gelu_tanh(self) -> "Value": return unary(GELU_TANH, self)
    def silu(self) -> "Value": return unary(SILU, self)
    def erf(self) -> "Value": return unary(ERF, self)
    def erfc(self) -> "Value": return unary(ERFC, self)
    def sign(self) -> "Value": return unary(SIGN, self)
    def abs(self) -> "Value": return unary(ABS, self)
    def floor(self) -> "Value": return unary(FLOOR, self)
    def ceil(self) -> "Value": return unary(CEIL, self)
    def round(self) -> "Value": return unary(ROUND, self)
    def trunc(self) -> "Value": return unary(TRUNC, self)
    # the names under which NumPy's functions look for them in an array of objects
    def arcsin(self) -> "Value": return unary(ASIN, self)
    def arccos(self) -> "Value": return unary(ACOS, self)
    def arctan(self) -> "Value": return unary(ATAN, self)
    def arcsinh(self) -> "Value": return unary(ASINH, self)
    def arccosh(self) -> "Value": return unary(ACOSH, self)
    def arctanh(self) -> "Value": return unary(ATANH, self)
    def rint(self) -> "Value": return unary(ROUND, self)
    def fabs(self) -> "Value": return unary(ABS, self)
    def conjugate(self) -> "Value": return self
    def arctan2(self, other: Any) -> "Value": return binary(ATAN2, self, other)
    def hypot(self, other: Any) -> "Value": return binary(HYPOT, self, other)
    def __round__(self, digits: Any = None) -> "Value":
        return unary(ROUND, self) if digits is None else services.rounded(self, index(digits))

    def __floor__(self) -> "Value": return unary(FLOOR, self)
    def __ceil__(self) -> "Value": return unary(CEIL, self)
    def __trunc__(self) -> "Value": return unary(TRUNC, self)
    # ---- NumPy's functions of one Value, or of one and an array

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        return services.numpy_functions().of_ufunc(ufunc, method, inputs, options)

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Any) -> Any:
        return services.numpy_functions().of_function(function, arguments, options)

    # ---- differentiation

    def backward(self, create_graph=False):
        """Add the derivative of this number in the direction of every leaf it depends on to the leaf's `grad`.

        Every other node's `grad` is that of this pass. Iterative: any depth will do. Costs about as much as computing
        the graph in plain floats.

        Arguments:
            create_graph: leave the leaves' derivatives as Values, so that they can be differentiated again. A leaf
                and its gradient then hold each other: set `grad` to let them go. `autograd.gradients` is the pure form.
        """
        if hooks.watching:
            hooks.look(self)
        if create_graph:
            return services.backward_with_graph(self)
        backpropagate(self)
        if hooks.watching:
            hooks.inspect(self)

    def detach(self) -> "Value":
        """The same number as a new leaf: a constant to whatever is computed from it."""
        return cut(self)

    def __copy__(self): return services.copied(self)
    def __deepcopy__(self, memo): return services.deeply_copied(self, memo)
    def __reduce_ex__(self, protocol): return services.pickled(self)
    def _repr_mimebundle_(self, include=None, exclude=None): return services.mimebundle(self)


# ---- forward: the node of an operation


def unary(op, x):
    """The node z = op(x)."""
    if hooks.ahead:
        hooks.catch_up()
    try:
        data, dx = forward_unary(op, x._data)
    except AttributeError:  # in the plain twin, of a method called unbound
        raise no_value(x) from None
    z = new(op, VALUES, data, dx, 0.0, x, None)
    return hooks.observe(z) if hooks.watching else z


def binary(op, x, y):
    """The node z = op(x, y) of two Values or a Value and a number; NotImplemented for anything else."""
    if hooks.ahead:
        hooks.catch_up()
    if type(x) is Value:
        if type(y) is Value:
            z = both(op, x, y)
        elif type(y) is float:
            z = right(op, x, y)
        elif hooks.watching and hooks.knows_better(y):
            return NotImplemented
        else:
            try:
                z = right(op, x, number(y))
            except TypeError:
                return NotImplemented
    elif type(x) is float:
        z = left(op, x, y)
    else:
        try:
            c = number(x)
        except TypeError:
            return NotImplemented
        z = left(op, c, y)
    return hooks.observe(z) if hooks.watching else z


def both(op, x, y):
    data, dx, dy = forward_binary(op, x._data, y._data)
    return new(op, VALUES, data, dx, dy, x, y)


def right(op, x, c):
    data, dx, _ = forward_binary(op, x._data, c)
    return new(op, RIGHT, data, dx, c, x, None)


def left(op, c, x):
    if x is None:
        raise no_value(x)
    try:
        number = x._data
    except AttributeError:
        raise no_value(x) from None
    data, _, dy = forward_binary(op, c, number)
    return new(op, LEFT, data, dy, c, x, None)


def many(op, data, operands, partials):
    """The node of any number of operands, whose value and partials the caller has computed."""
    z = new(op, MANY, data, 0.0, 0.0, operands, partials)
    return hooks.observe(z) if hooks.watching else z


def cut(z):
    """The node's number as a leaf; to a recorder, an operation through which no derivative passes."""
    if type(z) is not Value:  # in the plain twin, of a method called unbound
        raise no_value(z)
    if hooks.ahead:
        hooks.catch_up()
    if not hooks.watching or not hooks.recording():
        return new(0, LEAF, z._data, 0.0, 0.0, None, None)
    z = new(DETACH, VALUES, z._data, 0.0, 0.0, z, None)
    hooks.tape.append(z)
    return z


# ---- backward: users are counted, then gradients go from users to operands

pass_number = 0.0  # of the latest pass


def backpropagate(root):
    """Add d root / d leaf to `grad` of every leaf; set it on every other node.

    `pending` counts the users of a node that have not yet handed their share down; it is 0 on every node outside of a
    pass. The order of additions depends on the graph alone, so the same program gives the same bits in every run. Until
    the pass ends, every leaf keeps the gradient it had before.
    """
    global pass_number
    if hooks.ahead and is_made_in_arena(root):
        return
    if root.form == LEAF:
        root._grad += 1.0
        return
    try:  # not `with`: compiled, that wants memory to let go of its lock
        turns.begin()
        pass_number += 1.0
        roots, this_pass = [root], pass_number  # made now: there may be no memory for them when they are wanted
        stack = new_stack()
        hooks.passes += 1
        try:
            if hooks.ahead:
                hooks.catch_up()
            count_users(root, stack)
            hand_down(root, stack)
        except BaseException:
            turns.take_back(roots, this_pass)
            raise
        finally:
            hooks.passes -= 1
            free_stack(stack)
    finally:
        turns.end()


def count_users(root, stack):
    """Set `pending` of every inner node below `root` to the number of its users, and its gradient to 0."""
    z = root
    while z is not None:
        if z.form == MANY or z.form == CALL:
            for x in all_operands(z):
                if type(x) is Value:
                    count_one(x, stack)
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
        if z.form == MANY:
            partials = doubles(z.y)
            i = 0
            for x in all_operands(z):
                if type(x) is Value:
                    share_with_one(z, i, x, partials[i], stack)
                i += 1
        elif z.form == CALL:
            hand_down_call(z, stack)
        elif z.form == RESULT:
            hand_down_result(z, stack)
        else:
            share(z, 1 if z.form == LEFT else 0, z.x, z.dx, stack)
            if z.y is not None:
                share(z, 1, z.y, z.dy, stack)
        z = pop(stack)


def share(z, k, x, partial, stack):
    """Give x, the operand k of z, its share, if a derivative has arrived at z and z has chosen x."""
    if z.live and not (partial == 0.0 and not_chosen(z.op_code, k, partial)):
        give(x, z._grad * partial, stack)
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
    """One of the results of a recorded function hands down to their call, which notes what has arrived at each."""
    if z.live and z.x.dx > 1.0:
        evaluation_of(z.x).weigh(result_number(z), z._grad)
    share(z, 0, z.x, 1.0, stack)
    return 0


def hand_down_call(z, stack):
    """The operands of a recorded function get their shares; where `reached` is 0, nothing comes, not even 0."""
    room, reached = partials_of_call(z)
    partials, i = doubles(room), 0
    for x in all_operands(z):
        if x is None:
            raise no_value(x)
        if reached is None or reached[i]:
            give(x, z._grad * partials[i], stack)
        else:
            release(x, stack)
        i += 1


services: Any = None  # what is built on this module and called from it


def serve_with(module):
    """Have methods of Value call the functions of this module, services.py; RuntimeError where they do already."""
    global services
    if services is not None:
        raise RuntimeError("the methods of Value are connected already")
    services = module


# ---- the memory of nodes, which this module alone knows


def new_node(op, form, data, dx, dy, x, y):
    """`new` for other modules."""
    return new(op, form, data, dx, dy, x, y)


def settle(roots, number):
    """Take back what the pass of this number, broken off, has left in the nodes below the roots.

    `pending` is 0 again on all, and a leaf that the pass has met has the gradient it had before. In the compiled twin
    this asks for no memory, which may be what the pass has run out of: it goes through all nodes there are.
    """
    settle_nodes(roots, number)


def live_nodes():
    """How many Values there are in memory: what is left of a graph that was let go of is a leak."""
    return nodes_in_memory()


turns.settle_with(settle)
take_over_memory(Value)
if not cython.compiled:  # see value.pxd
    count_one, share_with_one = count, share
