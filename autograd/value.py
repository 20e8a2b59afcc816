# cython: annotation_typing=False, embedsignature=True, embedsignature.format=clinic
# pyright: reportMissingImports=false, reportUnboundVariable=false, reportUndefinedVariable=false
# pyright: reportOptionalMemberAccess=false, reportOptionalSubscript=false, reportReturnType=false
# pyright: reportGeneralTypeIssues=false, reportArgumentType=false
"""A number that remembers how it was computed.

Compiled by Cython where a C compiler is at hand (the types are in value.pxd), plain Python otherwise. A node keeps its
operands and its partials, computed on the way forward: no closures, no sets, no reference cycles, so that a graph is
freed the moment its last user lets go of it.

What a node's slots hold depends on its `form`:

    LEAF    nothing: the user made it; x its gradient where backward(create_graph=True) left that as a Value; dx the
            gradient before the latest pass that met it, and dy that pass's number
    VALUES  x, and y where there are two operands; their partials in dx and dy
    RIGHT   the Value x on the left of a constant: the partial in dx, the constant in dy
    LEFT    the Value x on the right of a constant: the same
    MANY    x a tuple of all operands (Values and constants), y their partials
    RESULT  the CALL x of a recorded function, whose result number dy this is
    CALL    x a tuple of operands, y the evaluation that knows how dx results depend on them; nobody sees this node
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

import gc
from inspect import signature
from operator import index
from typing import Any

from autograd.generated.kernels import NAMES
from autograd.numbers import number
from autograd.primitives import TABLE

if cython.compiled:
    from cython.cimports.autograd.generated.kernels import *  # operations as C constants, kernels as C functions
    from cython.cimports.libc.math import copysign
else:
    from math import copysign
    from threading import get_ident

    from autograd.generated.kernels import *

    LEAF, VALUES, RIGHT, LEFT, MANY, RESULT, CALL = range(7)  # what a node's slots hold

COMPILED = cython.compiled
SIGNATURE = signature(lambda data, label="": None)  # a compiled class says nothing of how it is called


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
        if watching:
            observe(self)

    # ---- what a node is made of

    @property
    def data(self) -> float:
        """The number itself, a float; set it to change a leaf (nothing computed from it follows)."""
        if watching:
            look(self)
        return self._data

    @data.setter
    def data(self, data: Any):
        if watching:
            look(self)
        self._data = data if type(data) is float else number(data)

    @property
    def grad(self) -> Any:
        """The derivative that `backward` found, a float; on a leaf after backward(create_graph=True) a Value."""
        if watching:
            look(self)
        return self._grad if self.form != LEAF or self.x is None else kept_gradient(self)

    @grad.setter
    def grad(self, grad: Any):
        if watching:
            look(self)
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
        if self.form == LEAF:
            return ()
        if self.form == MANY or self.form == CALL:
            return tuple([x for x in all_operands(self) if type(x) is Value])
        if self.form == RESULT:
            return all_operands(self.x)
        return tuple([x for x in (self.x, self.y) if x is not None])

    @property
    def partials(self) -> tuple[float, ...]:
        """The derivative of this node in the direction of each of `inputs`, as floats."""
        if watching:
            look(self)
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
        if watching:
            look_at_label(self)
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
        if watching:
            look_at_hash(self)
        return object.__hash__(self)

    def __bool__(self) -> bool:
        if watching:
            return guard("ne", self, 0.0, self._data != 0.0)
        return self._data != 0.0

    def __float__(self) -> float:
        if watching:
            look(self)
        if transforming:
            before_float(self)
        return self._data

    def __int__(self) -> int:
        if watching:
            look(self)
        return int(self._data)

    def as_integer_ratio(self) -> Any:
        """None: `statistics.mean` and its like would lose the derivative. Raises TypeError."""
        raise TypeError("a Value is no exact ratio of integers; for statistics.mean use autograd.mean")

    # ---- NumPy's functions of one Value, or of one and an array

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        return numpy_functions().of_ufunc(ufunc, method, inputs, options)

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Any) -> Any:
        return numpy_functions().of_function(function, arguments, options)

    # ---- differentiation

    def backward(self, create_graph=False):
        """Add the derivative of this number in the direction of every leaf it depends on to the leaf's `grad`.

        Every other node's `grad` is that of this pass. Iterative: any depth will do. Costs about as much as computing
        the graph in plain floats.

        Arguments:
            create_graph: leave the leaves' derivatives as Values, so that they can be differentiated again. A leaf
                and its gradient then hold each other: set `grad` to let them go. `autograd.gradients` is the pure form.
        """
        if watching:
            look(self)
        if create_graph:
            return backward_with_graph(self)
        differentiate(self)
        if watching:
            inspect(self)

    def detach(self) -> "Value":
        """The same number as a new leaf: a constant to whatever is computed from it."""
        return cut(self)

    # ---- showing, copying

    def __repr__(self) -> str:
        if watching:
            look_at_text(self)
        return f"Value({self._data!r}, grad={self._grad!r})"

    def __format__(self, spec: str) -> str:
        if type(self) is not Value:
            raise no_value(self)
        if watching:
            look_at_text(self)
        return format(self._data, spec) if spec else repr(self)

    def __reduce_ex__(self, protocol):
        return reduced(self)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return mimebundle(self)


# ---- making nodes

watching = False  # whether any thread has no_grad, detect_anomaly, record_source or a jit's recorder on
current_note = None  # what every new node is noted with: the scope
# What is built on this module and called from it: services.py connects it.
backward_pass: Any = None
backward_with_graph: Any = None
reduced: Any = None
mimebundle: Any = None
numpy_functions: Any = None


def connect(backward, with_graph, copied, shown, of_numpy):
    """Have methods of Value call what is built on this module.

    Arguments:
        backward, with_graph: the pass from a root, and the one with `create_graph`. copied: what pickle and copy ask
            for. shown: what notebooks ask for. of_numpy: gives the module of NumPy's functions.

    Raises RuntimeError where they are connected already.
    """
    global backward_pass, backward_with_graph, reduced, mimebundle, numpy_functions
    if backward_pass is not None:
        raise RuntimeError("the methods of Value are connected already")
    backward_pass, backward_with_graph, reduced, mimebundle = backward, with_graph, copied, shown
    numpy_functions = of_numpy


if not cython.compiled:  # value.pxd has these in C

    def no_subclass(cls):
        raise TypeError("Value cannot be a base class: operations make Values and look for nothing else")

    Value.__init_subclass__ = classmethod(no_subclass)

    def new(op, form, data, dx, dy, x, y):
        """A node with these slots."""
        z = Value.__new__(Value)
        z._data, z._grad, z.dx, z.dy = data, 0.0, dx, dy
        z.x, z.y, z.note = x, y, current_note
        z.op_code, z.form, z.live, z.pending = op, form, 0, 0
        return z

    def all_operands(z):
        """The tuple of operands of a node of the form MANY."""
        return z.x

    def evaluation_of(z):
        """The evaluation of a recorded function that a CALL stands for."""
        return z.y

    def read(x):
        """`data_of`, without the cost of a call."""
        return x._data if type(x) is Value else x if type(x) is float else number(x)

    def new_doubles(n):
        """Room for n partials."""
        return [0.0] * n

    def doubles(room):
        """The room, to be read and written by index."""
        return room

    def doubles_of(n, room):
        """The same for partials that a recorded function's evaluation gives: looks whether there are n."""
        return room


def unary(op, x):
    """The node z = op(x)."""
    try:
        data, dx = forward_unary(op, x._data)
    except AttributeError:  # in the plain twin, of a method called unbound
        raise no_value(x) from None
    z = new(op, VALUES, data, dx, 0.0, x, None)
    return observe(z) if watching else z


def binary(op, x, y):
    """The node z = op(x, y) of two Values or a Value and a number; NotImplemented for anything else."""
    if type(x) is Value:
        if type(y) is Value:
            z = both(op, x, y)
        elif type(y) is float:
            z = right(op, x, y)
        elif watching and knows_better(y):
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
    return observe(z) if watching else z


PLAIN = frozenset({float, int, bool, Value})


def knows_better(y):
    """Whether y, among a recorded function's arguments, is more than the number it has now: it does the arithmetic."""
    return type(y) not in PLAIN and recording() and hasattr(type(y), "stands_for")


def quotient_and_remainder(x, y):
    """divmod of two Values or a Value and a number; NotImplemented for anything else."""
    quotient = binary(FLOORDIV, x, y)
    return quotient if quotient is NotImplemented else (quotient, binary(MOD, x, y))


def rounded(x, digits):
    """x rounded to so many digits behind the point, or before it where negative, as Python rounds a float."""
    op = ROUND_TO_PART if digits > 0 else ROUND_TO_MULTIPLE
    return binary(op, x, 10.0 ** min(abs(digits), 308))


def no_value(x):
    return TypeError(f"a Value is wanted, got {type(x).__name__}")


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


def leaf_of(z):
    """A leaf with the node's number, whatever is switched on."""
    if type(z) is not Value:
        raise no_value(z)
    return new(0, LEAF, z._data, 0.0, 0.0, None, None)


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
    return observe(z) if watching else z


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


def call(operands, evaluation, n):
    """The node behind n results of one evaluation of a recorded function on these operands, all of them Values."""
    return new(PROGRAM, CALL, 0.0, n, 0.0, operands, evaluation)


def result(made, k, data):
    """The node of the result number k of a call."""
    z = new(PROGRAM, RESULT, data, 1.0, k, made, None)
    return observe(z) if watching else z


def partials_of_result(z):
    n = len(all_operands(z.x))
    room = evaluation_of(z.x).partials(int(z.dy))
    partials = doubles_of(n, room)
    return tuple([partials[i] for i in range(n)])


def not_chosen(op, k, partial):
    """Whether the partial of the operand k, +0, says that a selection did not choose that operand."""
    if partial != 0.0 or copysign(1.0, partial) < 0.0 or op < 0 or op >= OPERATIONS or k < 0:
        return False
    return SELECTED[op] >> (k if k < 7 else 7) & 1 == 1


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


def known_unary(op, data, dx, x):
    """The node op(x) whose number and partial the caller knows better."""
    z = new(op, VALUES, data, dx, 0.0, x, None)
    return observe(z) if watching else z


def known_binary(op, data, dx, dy, x, y):
    """The same for op(x, y)."""
    z = new(op, VALUES, data, dx, dy, x, y)
    return observe(z) if watching else z


def differentiate(root):
    """Run the backward pass from the root."""
    backward_pass(root)


def settle(roots, pass_number):
    """Take back what a broken-off pass has left in the nodes below the roots.

    `pending` is 0 again on all, and a leaf that the pass has met has the gradient it had before. In the compiled twin
    this asks for no memory, which may be what the pass has run out of: it goes through all nodes there are.
    """
    if cython.compiled:
        settle_slabs(pass_number)
    else:
        seen = set()
        stack = list(roots)
        while stack:
            x = stack.pop()
            x.pending = 0
            if x.form == LEAF and x.dy == pass_number:
                x._grad = x.dx
            elif x.form == RESULT:
                x.x.pending = 0
            for y in x.inputs:
                if id(y) not in seen:
                    seen.add(id(y))
                    stack.append(y)
    return 0


def kept_gradient(leaf):
    """The Value left as the leaf's gradient; the number instead once another pass has added to that."""
    kept = leaf.x
    both_nan = kept._data != kept._data and leaf._grad != leaf._grad
    return kept if kept._data == leaf._grad or both_nan else leaf._grad


def data_of(x):
    """The number in a Value or a number."""
    if type(x) is Value:
        value = x
        return value._data
    return x if type(x) is float else number(x)


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
        z = new(code, form, data, 0.0, 0.0, operands, room_of(partials))
    else:
        values = [x for x in operands if type(x) is Value]
        dx, dy = float(partials[0]), float(partials[1])
        z = new(code, form, data, dx, dy, values[0], values[1] if len(values) > 1 else None)
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


def check_node(op, form, operands, partials):
    """Raise ValueError unless a node of this operation can have this form, these operands and so many partials."""
    row = TABLE.get(op)
    if row is None or op not in names:
        raise ValueError(f"there is no operation {op!r:.60}")
    kinds = [type(x) is Value for x in operands]
    if form == MANY:
        right = any(kinds) and len(partials) == len(kinds)
        if row.reduction:
            right = right and (op != "dot" or len(kinds) % 2 == 1)
        else:
            right = right and len(kinds) == len(row.operands)
    elif form in (VALUES, RIGHT, LEFT):
        wanted = {VALUES: [True] * len(row.operands), RIGHT: [True, False], LEFT: [False, True]}[form]
        right = kinds == wanted and len(kinds) == len(row.operands) < 3 and len(partials) == 2 and not row.reduction
    else:
        right = False
    if not right:
        count = f"{len(kinds)} operands, {sum(kinds)} of them Values, and {len(partials)} partials"
        raise ValueError(f"a node {op!r} of the form {form} cannot have {count}")


def compare(relation, x, y):
    """What `x relation y` says of the data; NotImplemented where y is no number."""
    try:
        a = x._data
    except AttributeError:
        raise no_value(x) from None
    if watching and knows_better(y):
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
    return guard(relation, x, y if type(y) is Value else b, answer) if watching else answer


# ---- operations beyond the table

names = list(NAMES)  # by op_code
MOST_NAMES = 65_535  # that a node has room for


def name_of(code):
    """The operation with this op_code."""
    return names[code]


def code_of(name):
    """The op_code of the operation with this name."""
    return names.index(name)


def add_name(name):
    """The op_code of a new operation."""
    if not isinstance(name, str):
        raise TypeError(f"the name of an operation is a string, got {type(name).__name__}")
    if len(names) > MOST_NAMES:
        raise OverflowError(f"there is no room for more than {MOST_NAMES} operations")
    names.append(name)
    return len(names) - 1


# ---- what modes.py and the recorder of a jit hook into

observer: Any = None
recorder: Any = None
recording_thread: Any = 0
tape: Any = None
guards: Any = None
LINES_TOLD = 10  # of how many comparisons a recorder is told to look for the line: that takes longer than comparing


def watch(modes):
    """Have `modes.observe` asked about every node made; None ends it."""
    global watching, observer
    observer = modes
    watching = modes is not None or recorder is not None


def record(new_recorder):
    """Have every node this thread makes appended to the list `new_recorder.tape` and (relation, x, y, answer) of every
    comparison to `new_recorder.guards`, `tell_line()` called at the first of these, `look(value)` when a number is
    read, `show(value)` when it is turned into text and `hash(value)` when it is hashed; the ids of nodes that other
    threads make are appended to `new_recorder.foreign`. None ends it."""
    global watching, recorder, tape, guards, recording_thread
    recorder, recording_thread = new_recorder, get_ident()
    tape = None if new_recorder is None else new_recorder.tape
    guards = None if new_recorder is None else new_recorder.guards
    watching = observer is not None or recorder is not None


def live_nodes():
    """How many Values there are in memory: what is left of a graph that was let go of is a leak."""
    if cython.compiled:
        n = nodes_in_slabs()
    else:
        n = sum([type(x) is Value for x in gc.get_objects()])
    return n


def unobserved():
    """Whether no thread has a mode, a recorder or a transform on."""
    return not (watching or transforming)


def recording():
    """Whether this thread is being recorded."""
    return recorder is not None and recording_thread == get_ident()


def recorder_on():
    """Whether some thread is being recorded."""
    return recorder is not None


def recorder_here():
    """The recorder of this thread, None without."""
    return recorder if recording() else None


transforming = False  # whether any thread has a transform running, where float() would lose a derivative
asked_before_float: Any = None


def ask_before_float(question):
    """Have `question(value)` called before float(value); None ends it."""
    global transforming, asked_before_float
    asked_before_float, transforming = question, question is not None


def before_float(z):
    asked_before_float(z)


def noted():
    """What new nodes are noted with."""
    return current_note


def note_with(note):
    """Note every node made from now on with (label, scope, source), or None; what was before is returned."""
    global current_note
    before, current_note = current_note, note  # first of all: where a scope is left, Ctrl-C must not come between
    try:
        check_note(note)
    except TypeError:
        current_note = before
        raise
    return before


def annotate(z, note):
    """Replace the node's note."""
    check_note(note)
    z.note = note


def check_note(note):
    if note is None:
        return
    if type(note) is tuple and len(note) == 3:
        label, scope, source = note
        if type(label) is str and type(scope) is str and type(source) is str:
            return
    raise TypeError(f"a note is None or (label, scope, source), three strings, got {note!r:.60}")


def cut(z):
    """The node's number as a leaf; to a recorder, an operation through which no derivative passes."""
    if not watching or not recording():
        return leaf_of(z)
    z = new(DETACH, VALUES, z._data, 0.0, 0.0, z, None)
    tape.append(z)
    return z


def observe(z):
    if recorder is not None:
        if recording():
            tape.append(z)
        else:  # its id is enough: whatever a recording captures is alive
            recorder.foreign.append(id(z))
    return z if observer is None else observer.observe(z)


def look(z):
    if recording():
        recorder.look(z)


def look_at_text(z):
    if recording():
        recorder.show(z)


def look_at_label(z):
    if recording():
        recorder.name(z)


def look_at_hash(z):
    if recording():
        recorder.hash(z)


def touch(values):
    """To be called before numbers or gradients of a list of Values change: an error in a jit's recording."""
    if watching and values:
        look(values[0])


def guard(relation, x, y, answer):
    if recording():
        guards.append((relation, x, y, answer))
        if len(guards) <= LINES_TOLD:
            recorder.tell_line()
    return answer


def inspect(root):
    """Have a finished backward pass looked over."""
    observer.inspect(root)


if cython.compiled:
    take_over_memory()
