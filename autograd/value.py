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

import gc
from operator import index
from typing import Any

from autograd.numbers import number
from autograd.operations import names
from autograd.signatures import Signature

if cython.compiled:
    from cython.cimports.autograd import hooks, turns
    from cython.cimports.autograd.generated.kernels import *  # operations as C constants, kernels as C functions
    from cython.cimports.libc.math import copysign
else:
    from math import copysign

    from autograd import hooks, turns
    from autograd.generated.kernels import *
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
COMPILED = cython.compiled
SIGNATURE = Signature(lambda data, label="": None)  # a compiled class says nothing of how it is called


@cython.binding(False)  # a method called unbound, Value.exp(3), then looks what it is called on
class Value:
    """A real number, the operation that made it, and the derivative of a result in its direction.

    Arguments:
        data: any real number (int, float, NumPy scalar, Fraction, Decimal ...).
        label: a name for pictures and error messages.

    Arithmetic is IEEE 754: nothing raises or becomes complex. Comparisons look at `data`; the hash is by identity.

    >>> x = Value(3.0)
    >>> y = x * x + 1
    >>> y.backward()
    >>> x.grad
    6.0
    """

    __slots__ = ("_data", "_grad", "dx", "dy", "x", "y", "note", "op_code", "form", "live", "pending")
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

    # ---- what a node is made of

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
            self.x = grad if type(grad) is Value else None
        self._grad = grad if type(grad) is float else data_of(grad)

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
    def inputs(self) -> "tuple[Value, ...]":
        """The operands that are Values, in order: what gradients flow to."""
        return tuple([x for x in self.operands if type(x) is Value])

    @property
    def partials(self) -> tuple[float, ...]:
        """The derivative of this node in the direction of each of `inputs`, as floats."""
        if hooks.watching:
            hooks.look(self)
        if self.form == MANY:
            operands = all_operands(self)
            partials = doubles(self.y)
            return tuple([partials[i] for i in range(len(operands)) if type(operands[i]) is Value])
        if self.form == RESULT:
            return partials_of_result(self)
        return (self.dx, self.dy)[: len(self.inputs)]

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
    def __divmod__(self, other: Any) -> "tuple[Value, Value]": return quotient_and_remainder(self, other)
    def __rdivmod__(self, other: Any) -> "tuple[Value, Value]": return quotient_and_remainder(other, self)
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
        return unary(ROUND, self) if digits is None else rounded(self, index(digits))

    def __floor__(self) -> "Value": return unary(FLOOR, self)
    def __ceil__(self) -> "Value": return unary(CEIL, self)
    def __trunc__(self) -> "Value": return unary(TRUNC, self)
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
        """None: `statistics.mean` and its like would lose the derivative. Raises TypeError."""
        raise TypeError("a Value is no exact ratio of integers; for statistics.mean use autograd.mean")

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

    # ---- showing, copying

    def __repr__(self) -> str:
        if hooks.watching:
            catch_up_with(self)
            hooks.look_at_text(self)
        return f"Value({self._data!r}, grad={self._grad!r})"

    def __format__(self, spec: str) -> str:
        if type(self) is not Value:
            raise no_value(self)
        if hooks.watching:
            catch_up_with(self)
            hooks.look_at_text(self)
        return format(self._data, spec) if spec else repr(self)

    def __reduce_ex__(self, protocol):
        return services.reduced(self)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return services.mimebundle(self)


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


# ---- backward: users are counted, then gradients go from users to operands

pass_number = 0.0  # of the latest pass


def backpropagate(root):
    """Add d root / d leaf to `grad` of every leaf; set it on every other node.

    `pending` counts the users of a node that have not yet handed their share down; it is 0 on every node outside of a
    pass. The order of additions depends on the graph alone, so the same program gives the same bits in every run. Until
    the pass ends, every leaf keeps the gradient it had before.
    """
    global pass_number
    if hooks.ahead and backpropagate_into_arena(root):
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
        if z.form == MANY:
            partials = doubles(z.y)
            i = 0
            for x in all_operands(z):
                if type(x) is Value:
                    share(z, i, x, partials[i], stack)
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


def not_chosen(op, k, partial):
    """Whether the partial of the operand k, +0, says that a selection did not choose that operand."""
    if partial != 0.0 or copysign(1.0, partial) < 0.0 or op < 0 or op >= OPERATIONS or k < 0:
        return False
    return SELECTED[op] >> (k if k < 7 else 7) & 1 == 1


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
    operands, evaluation = all_operands(z), evaluation_of(z)
    g, room, reaches, i = 1.0, None, None, 0
    if z.live and z.dx > 1.0:
        room = evaluation.pulled(evaluation.weights)
    elif z.live:
        g, room, evaluation.weights = z._grad, evaluation.partials(0), [1.0]
    for x in operands:
        if x is None:
            raise TypeError("an operand of a recorded function is None")
        if room is None:
            release(x, stack)
        else:
            partials = doubles_of(len(operands), room)
            if partials[i] == 0.0 and x.form != LEAF and reaches is None:  # does 0 arrive there, or nothing?
                reaches = evaluation.reaches(evaluation.weights)
            if reaches is None or reaches[i]:
                give(x, g * partials[i], stack)
            else:
                release(x, stack)
        i += 1
    return 0


def backpropagate_into_arena(root):
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


# ---- what else methods do


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
    if type(x) is Value:
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
        b = data_of(y)
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
    return hooks.guard(relation, x, y if type(y) is Value else b, answer) if hooks.watching else answer


def quotient_and_remainder(x, y):
    """divmod of two Values or a Value and a number; NotImplemented for anything else."""
    quotient = binary(FLOORDIV, x, y)
    return quotient if quotient is NotImplemented else (quotient, binary(MOD, x, y))


def rounded(x, digits):
    """x rounded to so many digits behind the point, or before it where negative, as Python rounds a float."""
    op = ROUND_TO_PART if digits > 0 else ROUND_TO_MULTIPLE
    return binary(op, x, 10.0 ** min(abs(digits), 308))


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


def cut(z):
    """The node's number as a leaf; to a recorder, an operation through which no derivative passes."""
    if not hooks.watching or not hooks.recording():
        return leaf_of(z)
    if hooks.ahead:
        hooks.catch_up()
    z = new(DETACH, VALUES, z._data, 0.0, 0.0, z, None)
    hooks.tape.append(z)
    return z


def no_value(x):
    return TypeError(f"a Value is wanted, got {type(x).__name__}")


# ---- for other modules

services: Any = None  # what is built on this module and called from it


def serve_with(module):
    """Have methods of Value call the functions of this module, services.py; RuntimeError where they do already."""
    global services
    if services is not None:
        raise RuntimeError("the methods of Value are connected already")
    services = module


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


def new_node(op, form, data, dx, dy, x, y):
    """`new` for other modules: the memory of nodes is known to this one alone."""
    return new(op, form, data, dx, dy, x, y)


def leaf_of(z):
    """A leaf with the node's number, whatever is switched on."""
    if type(z) is not Value:
        raise no_value(z)
    if hooks.ahead:
        hooks.catch_up()
    return new(0, LEAF, z._data, 0.0, 0.0, None, None)


def annotate(z, note):
    """Replace the node's note."""
    hooks.check_note(note)
    z.note = note


def settle(roots, number):
    """Take back what the pass of this number, broken off, has left in the nodes below the roots.

    `pending` is 0 again on all, and a leaf that the pass has met has the gradient it had before. In the compiled twin
    this asks for no memory, which may be what the pass has run out of: it goes through all nodes there are.
    """
    if cython.compiled:
        settle_slabs(number)
    else:
        settle_below(roots, number)


def live_nodes():
    """How many Values there are in memory: what is left of a graph that was let go of is a leak."""
    if cython.compiled:
        n = nodes_in_slabs()
    else:
        n = sum([type(x) is Value for x in gc.get_objects()])
    return n


turns.settle_with(settle)
if cython.compiled:
    take_over_memory()
else:  # value.pxd has these in C

    def no_subclass(cls):
        raise TypeError("Value cannot be a base class: operations make Values and look for nothing else")

    Value.__init_subclass__ = classmethod(no_subclass)

    def new(op, form, data, dx, dy, x, y):
        """A node with these slots."""
        z = Value.__new__(Value)
        z._data, z._grad, z.dx, z.dy = data, 0.0, dx, dy
        z.x, z.y, z.note = x, y, hooks.current_note
        z.op_code, z.form, z.live, z.pending = op, form, 0, 0
        return z

    read = data_of
