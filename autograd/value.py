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
from operator import index
from typing import Any

from autograd.generated.kernels import NAMES
from autograd.numbers import number
from autograd.signatures import Signature

if cython.compiled:
    from cython.cimports.autograd import hooks
    from cython.cimports.autograd.generated.kernels import *  # operations as C constants, kernels as C functions
else:

    from autograd import hooks
    from autograd.generated.kernels import *

    LEAF, VALUES, RIGHT, LEFT, MANY, RESULT, CALL = range(7)  # what a node's slots hold

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
            hooks.look(self)
        return self._data

    @data.setter
    def data(self, data: Any):
        if hooks.watching:
            hooks.look(self)
        self._data = data if type(data) is float else number(data)

    @property
    def grad(self) -> Any:
        """The derivative that `backward` found, a float; on a leaf after backward(create_graph=True) a Value."""
        if hooks.watching:
            hooks.look(self)
        return self._grad if self.form != LEAF or self.x is None else kept_gradient(self)

    @grad.setter
    def grad(self, grad: Any):
        if hooks.watching:
            hooks.look(self)
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
            return hooks.guard("ne", self, 0.0, self._data != 0.0)
        return self._data != 0.0

    def __float__(self) -> float:
        if hooks.watching:
            hooks.look(self)
        if hooks.transforming:
            hooks.before_float(self)
        return self._data

    def __int__(self) -> int:
        if hooks.watching:
            hooks.look(self)
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
        if hooks.watching:
            hooks.look(self)
        if create_graph:
            return backward_with_graph(self)
        differentiate(self)
        if hooks.watching:
            hooks.inspect(self)

    def detach(self) -> "Value":
        """The same number as a new leaf: a constant to whatever is computed from it."""
        return cut(self)

    # ---- showing, copying

    def __repr__(self) -> str:
        if hooks.watching:
            hooks.look_at_text(self)
        return f"Value({self._data!r}, grad={self._grad!r})"

    def __format__(self, spec: str) -> str:
        if type(self) is not Value:
            raise no_value(self)
        if hooks.watching:
            hooks.look_at_text(self)
        return format(self._data, spec) if spec else repr(self)

    def __reduce_ex__(self, protocol):
        return reduced(self)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return mimebundle(self)


# ---- making nodes

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
        z.x, z.y, z.note = x, y, hooks.current_note
        z.op_code, z.form, z.live, z.pending = op, form, 0, 0
        return z

    def all_operands(z):
        """The tuple of operands of a node of the form MANY."""
        return z.x

    def evaluation_of(z):
        """The evaluation of a recorded function that a CALL stands for."""
        return z.y

    def result_number(z):
        """Which result of its call a RESULT is."""
        return int(z.dy)

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
    return hooks.observe(z) if hooks.watching else z


def binary(op, x, y):
    """The node z = op(x, y) of two Values or a Value and a number; NotImplemented for anything else."""
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


def new_node(op, form, data, dx, dy, x, y):
    """`new` for other modules: the memory of nodes is known to this one alone."""
    return new(op, form, data, dx, dy, x, y)


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
    return hooks.observe(z) if hooks.watching else z


def partials_of_result(z):
    n = len(all_operands(z.x))
    room = evaluation_of(z.x).partials(result_number(z))
    partials = doubles_of(n, room)
    return tuple([partials[i] for i in range(n)])


def differentiate(root):
    """Run the backward pass from the root."""
    backward_pass(root)


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


def compare(relation, x, y):
    """What `x relation y` says of the data; NotImplemented where y is no number."""
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


def cut(z):
    """The node's number as a leaf; to a recorder, an operation through which no derivative passes."""
    if not hooks.watching or not hooks.recording():
        return leaf_of(z)
    z = new(DETACH, VALUES, z._data, 0.0, 0.0, z, None)
    hooks.tape.append(z)
    return z


def annotate(z, note):
    """Replace the node's note."""
    hooks.check_note(note)
    z.note = note


# ---- all nodes there are


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


def live_nodes():
    """How many Values there are in memory: what is left of a graph that was let go of is a leak."""
    if cython.compiled:
        n = nodes_in_slabs()
    else:
        n = sum([type(x) is Value for x in gc.get_objects()])
    return n


if cython.compiled:
    take_over_memory()
