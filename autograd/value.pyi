"""Generated from primitives.py by `python -m autograd.formulas`: do not edit.

A number that remembers how it was computed, the arithmetic that makes such numbers, and backpropagation.
"""

from typing import Any, SupportsFloat, final

COMPILED: bool

@final
class Value:
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

    def __init__(self, data: SupportsFloat, label: str = '') -> None: ...
    @property
    def data(self) -> float:
        """The number itself, a float; set it to change a leaf (nothing computed from it follows)."""
    @data.setter
    def data(self, data: SupportsFloat) -> None: ...
    @property
    def grad(self) -> Any:
        """The derivative that `backward` found, a float; on a leaf after backward(create_graph=True) a Value."""
    @grad.setter
    def grad(self, grad: SupportsFloat) -> None: ...
    @property
    def op(self) -> str:
        """The operation's name in the table; "" on a leaf."""
    @property
    def operands(self) -> tuple[Any, ...]:
        """All operands in the formula's order, Values and plain floats."""
    @property
    def inputs(self) -> tuple[Value, ...]:
        """The operands that are Values, in order: what gradients flow to."""
    @property
    def partials(self) -> tuple[float, ...]:
        """The derivative of this node in the direction of each of `inputs`, as floats."""
    @property
    def label(self) -> str:
        """The name it was given, "" if none."""
    @label.setter
    def label(self, label: str) -> None: ...
    @property
    def scope(self) -> str:
        """The path of the scopes it was made in ("mlp/layer 0/neuron 3"), "" outside of any."""
    @property
    def source(self) -> str:
        """The line of the user's program that made it, if that was recorded, otherwise ""."""
    def __lt__(self, other: SupportsFloat) -> bool: ...
    def __le__(self, other: SupportsFloat) -> bool: ...
    def __gt__(self, other: SupportsFloat) -> bool: ...
    def __ge__(self, other: SupportsFloat) -> bool: ...
    def __eq__(self, other: object) -> bool: ...
    def __ne__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
    def __bool__(self) -> bool: ...
    def __float__(self) -> float: ...
    def __int__(self) -> int: ...
    def as_integer_ratio(self) -> Any:
        """None: `statistics.mean` and its like would lose the derivative. Raises TypeError that says what to use."""
    def __repr__(self) -> str: ...
    def __format__(self, spec: str) -> str: ...
    def __add__(self, other: SupportsFloat) -> Value: ...
    def __radd__(self, other: SupportsFloat) -> Value: ...
    def __sub__(self, other: SupportsFloat) -> Value: ...
    def __rsub__(self, other: SupportsFloat) -> Value: ...
    def __mul__(self, other: SupportsFloat) -> Value: ...
    def __rmul__(self, other: SupportsFloat) -> Value: ...
    def __truediv__(self, other: SupportsFloat) -> Value: ...
    def __rtruediv__(self, other: SupportsFloat) -> Value: ...
    def __floordiv__(self, other: SupportsFloat) -> Value: ...
    def __rfloordiv__(self, other: SupportsFloat) -> Value: ...
    def __mod__(self, other: SupportsFloat) -> Value: ...
    def __rmod__(self, other: SupportsFloat) -> Value: ...
    def __rpow__(self, other: SupportsFloat) -> Value: ...
    def __divmod__(self, other: SupportsFloat) -> tuple[Value, Value]: ...
    def __rdivmod__(self, other: SupportsFloat) -> tuple[Value, Value]: ...
    def __neg__(self) -> Value: ...
    def __pos__(self) -> Value: ...
    def __abs__(self) -> Value: ...
    def __pow__(self, other: SupportsFloat, modulo: None = None) -> Value: ...
    def exp(self) -> Value:
        """exp(x)"""
    def expm1(self) -> Value:
        """expm1(x)"""
    def log(self) -> Value:
        """log(x); domain x > 0"""
    def log2(self) -> Value:
        """log2(x); domain x > 0"""
    def log10(self) -> Value:
        """log10(x); domain x > 0"""
    def log1p(self) -> Value:
        """log1p(x); domain x > -1"""
    def sqrt(self) -> Value:
        """sqrt(x); domain x >= 0"""
    def cbrt(self) -> Value:
        """cbrt(x)"""
    def square(self) -> Value:
        """x * x"""
    def reciprocal(self) -> Value:
        """1 / x; domain x != 0"""
    def sin(self) -> Value:
        """sin(x)"""
    def cos(self) -> Value:
        """cos(x)"""
    def tan(self) -> Value:
        """tan(x)"""
    def asin(self) -> Value:
        """asin(x); domain -1 <= x <= 1"""
    def acos(self) -> Value:
        """acos(x); domain -1 <= x <= 1"""
    def atan(self) -> Value:
        """atan(x)"""
    def sinh(self) -> Value:
        """sinh(x)"""
    def cosh(self) -> Value:
        """cosh(x)"""
    def tanh(self) -> Value:
        """tanh(x)"""
    def asinh(self) -> Value:
        """asinh(x)"""
    def acosh(self) -> Value:
        """acosh(x); domain x >= 1"""
    def atanh(self) -> Value:
        """atanh(x); domain -1 < x < 1"""
    def sigmoid(self) -> Value:
        """(1 if x >= 0 else exp(-fabs(x))) / (1 + exp(-fabs(x)))"""
    def softplus(self) -> Value:
        """log(1 + exp(x))"""
    def relu(self) -> Value:
        """x if x > 0 else (0 if x <= 0 else x)"""
    def leaky_relu(self, slope: SupportsFloat = 0.01) -> Value:
        """x, or the slope y times x where x is negative"""
    def elu(self, alpha: SupportsFloat = 1.0) -> Value:
        """x, or y * (exp(x) - 1) where x is negative"""
    def gelu(self) -> Value:
        """x times the distribution function of the standard normal"""
    def gelu_tanh(self) -> Value:
        """the tanh approximation of gelu (Hendrycks and Gimpel, 2016)"""
    def silu(self) -> Value:
        """x times sigmoid(x)"""
    def erf(self) -> Value:
        """erf(x)"""
    def erfc(self) -> Value:
        """erfc(x)"""
    def sign(self) -> Value:
        """1 if x > 0 else (-1 if x < 0 else x)"""
    def abs(self) -> Value:
        """fabs(x)"""
    def floor(self) -> Value:
        """jumps at the integers"""
    def ceil(self) -> Value:
        """jumps at the integers"""
    def round(self) -> Value:
        """to the nearest integer, ties to even"""
    def trunc(self) -> Value:
        """jumps at the integers"""
    def arcsin(self) -> Value:
        """The name of `asin` in NumPy."""
    def arccos(self) -> Value:
        """The name of `acos` in NumPy."""
    def arctan(self) -> Value:
        """The name of `atan` in NumPy."""
    def arcsinh(self) -> Value:
        """The name of `asinh` in NumPy."""
    def arccosh(self) -> Value:
        """The name of `acosh` in NumPy."""
    def arctanh(self) -> Value:
        """The name of `atanh` in NumPy."""
    def rint(self) -> Value:
        """The name of `round` in NumPy."""
    def fabs(self) -> Value:
        """The name of `abs` in NumPy."""
    def conjugate(self) -> Value: ...
    def arctan2(self, other: SupportsFloat) -> Value:
        """The name of `atan2` in NumPy."""
    def hypot(self, other: SupportsFloat) -> Value:
        """sqrt(x * x + y * y), without overflow"""
    def __round__(self, digits: int | None = None) -> Value: ...
    def __floor__(self) -> Value: ...
    def __ceil__(self) -> Value: ...
    def __trunc__(self) -> Value: ...
    def __array_ufunc__(
    self,
    ufunc: SupportsFloat,
    method: str,
    *inputs: SupportsFloat,
    **options: SupportsFloat,
) -> Any: ...
    def __array_function__(
    self,
    function: SupportsFloat,
    types: SupportsFloat,
    arguments: SupportsFloat,
    options: SupportsFloat,
) -> Any: ...
    def backward(self, create_graph: bool = False) -> None:
        """Add the derivative of this number in the direction of every leaf it depends on to the leaf's `grad`.

        Every other node's `grad` is that of this pass. Iterative: any depth will do. Costs about as much as computing
        the graph in plain floats.

        Arguments:
            create_graph: leave the leaves' derivatives as Values, so that they can be differentiated again. A leaf
                and its gradient then hold each other: set `grad` to let them go. `autograd.gradients` is the pure form.
        """
    def detach(self) -> Value:
        """The same number as a new leaf: a constant to whatever is computed from it."""
    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]: ...

# what the engine's own modules use
SIGNATURE: Any
unary: Any
binary: Any
both: Any
right: Any
left: Any
many: Any
cut: Any
pass_number: Any
backpropagate: Any
count_users: Any
count: Any
hand_down: Any
share: Any
give: Any
release: Any
hand_down_result: Any
hand_down_call: Any
services: Any
serve_with: Any
new_node: Any
settle: Any
live_nodes: Any
count_one: Any
share_with_one: Any
