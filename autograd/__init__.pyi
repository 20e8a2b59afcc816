"""Generated from primitives.py by `python -m autograd.formulas`: do not edit.

Scalar automatic differentiation: a `Value` remembers how it was computed and gives every derivative of it.

>>> from autograd import Value
>>> x = Value(2.0)
>>> y = (x * 3 + 1).tanh()
>>> y.backward()
"""

from collections.abc import Callable, Iterable
from contextlib import _GeneratorContextManager
from typing import Any, SupportsFloat, overload

from autograd.anomalies import AnomalyError as AnomalyError
from autograd.checks.explain import explain as explain
from autograd.checks.gradcheck import GradcheckError as GradcheckError
from autograd.checks.gradcheck import gradcheck as gradcheck
from autograd.custom import operation as operation
from autograd.differentiation.matrices import hessian as hessian
from autograd.differentiation.matrices import hvp as hvp
from autograd.differentiation.matrices import jacobian as jacobian
from autograd.differentiation.transforms import grad as grad
from autograd.differentiation.transforms import gradients as gradients
from autograd.differentiation.transforms import jvp as jvp
from autograd.differentiation.transforms import value_and_grad as value_and_grad
from autograd.differentiation.transforms import vjp as vjp
from autograd.jit.errors import JitError as JitError
from autograd.jit.function import Jitted as Jitted
from autograd.jit.indices import take as take
from autograd.modes import scope as scope
from autograd.primitives import Row as Row
from autograd.value import Value as Value

__glassgrad__: bool
__version__: str
COMPILED: bool
TABLE: dict[str, Row]

__all__ = [
    "COMPILED",
    "TABLE",
    "AnomalyError",
    "GradcheckError",
    "JitError",
    "Value",
    "clip",
    "detect_anomaly",
    "dot",
    "explain",
    "grad",
    "gradcheck",
    "gradients",
    "hessian",
    "hvp",
    "jacobian",
    "jit",
    "jvp",
    "logsumexp",
    "max",
    "mean",
    "min",
    "no_grad",
    "norm",
    "operation",
    "prod",
    "record_source",
    "scope",
    "softmax",
    "sum",
    "take",
    "topological_order",
    "value_and_grad",
    "vjp",
    "where",
    "abs",
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "cbrt",
    "ceil",
    "cos",
    "cosh",
    "elu",
    "erf",
    "erfc",
    "exp",
    "expm1",
    "floor",
    "gelu",
    "gelu_tanh",
    "hypot",
    "leaky_relu",
    "log",
    "log10",
    "log1p",
    "log2",
    "maximum",
    "minimum",
    "reciprocal",
    "relu",
    "round",
    "sigmoid",
    "sign",
    "silu",
    "sin",
    "sinh",
    "softplus",
    "sqrt",
    "square",
    "tan",
    "tanh",
    "trunc",
]

@overload
def clip(x: Value, lo: SupportsFloat, hi: SupportsFloat) -> Value:
    """x, or the bound it lies beyond. On a bound the derivative passes to x. Raises ValueError when lo > hi.

    A bound that is None is none at all; one that is nan makes the result nan.

    >>> from autograd import clip
    >>> clip(7.0, 0.0, 1.0), clip(0.5, 0.0, 1.0)
    (1.0, 0.5)
    """
@overload
def clip(x: float, lo: float, hi: float) -> float: ...
@overload
def clip(x: SupportsFloat, lo: SupportsFloat, hi: SupportsFloat) -> Any: ...

def detect_anomaly() -> _GeneratorContextManager[None]:
    """Within the block the first nan or infinity, forward or backward, raises `AnomalyError`.

    The message names the operation, its inputs and the line of the program that made the node. Costs nothing outside.

    >>> from autograd import Value, detect_anomaly
    >>> with detect_anomaly():
    ...     Value(1.0) / 0.0  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    autograd.anomalies.AnomalyError: div(1.0, 0.0) gave inf
    """

@overload
def dot(xs: Iterable[Value], ys: Iterable[SupportsFloat], start: SupportsFloat = 0.0) -> Value:
    """start + x1 * y1 + x2 * y2 + ..., as one node.

    Arguments:
        xs, ys: sequences of Values or numbers, of one length.
        start: what the sum begins with, such as a neuron's bias.

    Raises:
        ValueError: when the lengths differ.

    >>> from autograd import Value, dot
    >>> w = [Value(2.0), Value(-1.0)]
    >>> z = dot(w, [3.0, 4.0], start=0.5)
    >>> z.backward()
    >>> z.data, w[1].grad
    (2.5, 4.0)
    """
@overload
def dot(xs: Iterable[SupportsFloat], ys: Iterable[Value], start: SupportsFloat = 0.0) -> Value: ...
@overload
def dot(xs: Iterable[float], ys: Iterable[float], start: float = 0.0) -> float: ...
@overload
def dot(xs: Iterable[SupportsFloat], ys: Iterable[SupportsFloat], start: SupportsFloat = 0.0) -> Any: ...

@overload
def jit(f: Callable[..., Any], *, dtype: Any = ..., threads: int | None = None, verify: bool = True) -> Jitted:
    """The function f, recorded at its first call and from then on computed at machine speed.

    Arguments:
        f: a function of numbers, lists, tuples, dicts and arrays of numbers that returns a Value or a nesting of
            Values. The Values it reads besides (a model's parameters) are found by themselves and read anew at each
            call. Without f, `jit(dtype=...)` is a decorator.
        dtype: "float64", or "float32" to compute the rows of `mean`, `sum` and `map` in single precision: about seven
            digits, up to twice as fast. Their sums, single calls and results stay in double precision.
        threads: on how many threads at most the rows are computed; by default as many as GLASSGRAD_THREADS says, or the
            process has processors. Small work stays on one. The results are the same to the last bit for any number.
        verify: whether f itself is run beside its recording at calls 2, 4, 8, 16 and so on of each kind of call (in a
            batch for one of the rows; for some rows of ints or bools at call 1), and the results compared. Where they
            differ, f chooses by the type of such a row, or something has changed that cannot be watched: a JitError
            says so, and the recording is dropped. Side effects of f happen at these calls too.

    Returns:
        A function of the same arguments. A result is one node of the graph: its inputs are the parameters and the
        Values among the arguments. `.mean(X, Y)` and `.sum(X, Y)` take a row of each array or list at a time,
        `.map(X)` gives an array without gradient, `.explain()` tells what was recorded.

    Floats and the elements of arrays are read at each call; elements of integer arrays are for `take(rows, i)`,
    arithmetic and comparisons. Other arguments (ints, strings, bools, None, objects) are static: each makes a recording
    of its own. Branches on Values are followed: a call that takes another branch is recorded too. What would be
    recorded again at every call is computed as it is for the most part; a RuntimeWarning says once what changes. A call
    inside another recording, `detect_anomaly` or `record_source` runs f as it is.

    Raises JitError for what a recording could not repeat: reading `.data`, drawing random numbers, asking the clock,
    changing what is read; ValueError for another dtype or fewer threads than one, TypeError for what is no function.

    >>> from autograd import Value
    >>> w = Value(3.0)
    >>> f = jit(lambda x: w * x)
    >>> f(2.0).backward()
    >>> w.grad
    2.0
    """
@overload
def jit(
    *,
    dtype: Any = ...,
    threads: int | None = None,
    verify: bool = True,
) -> Callable[[Callable[..., Any]], Jitted]: ...

@overload
def logsumexp(values: Iterable[Value]) -> Value:
    """log(exp(x1) + exp(x2) + ...) without overflow, as one node.

    The partials are the softmax weights; where the largest operand is infinite, their limit: equal shares for all that
    equal it. Raises ValueError for no values.

    >>> from autograd import logsumexp
    >>> logsumexp([1000.0, 0.0])
    1000.0
    """
@overload
def logsumexp(values: Iterable[float]) -> float: ...
@overload
def logsumexp(values: Iterable[SupportsFloat]) -> Any: ...

@overload
def max(values: Iterable[Value], /) -> Value:
    """The largest of an iterable or of the arguments, as one node; ties share the derivative equally.

    >>> from autograd import Value, max
    >>> x, y = Value(3.0), Value(3.0)
    >>> max(x, y).backward()
    >>> x.grad, y.grad
    (0.5, 0.5)
    """
@overload
def max(values: Iterable[float], /) -> float: ...
@overload
def max(values: Iterable[SupportsFloat], /) -> Any: ...
@overload
def max(*values: Value) -> Value: ...
@overload
def max(*values: float) -> float: ...
@overload
def max(*values: SupportsFloat) -> Any: ...

@overload
def mean(values: Iterable[Value]) -> Value:
    """The arithmetic mean, as one node. Raises ValueError for no values.

    >>> from autograd import mean
    >>> mean([1.0, 2.0, 6.0])
    3.0
    """
@overload
def mean(values: Iterable[float]) -> float: ...
@overload
def mean(values: Iterable[SupportsFloat]) -> Any: ...

@overload
def min(values: Iterable[Value], /) -> Value:
    """The smallest of an iterable or of the arguments, as one node; ties share the derivative equally.

    >>> from autograd import min
    >>> min([2.0, 1.0]), min(5.0, 4.0, 6.0)
    (1.0, 4.0)
    """
@overload
def min(values: Iterable[float], /) -> float: ...
@overload
def min(values: Iterable[SupportsFloat], /) -> Any: ...
@overload
def min(*values: Value) -> Value: ...
@overload
def min(*values: float) -> float: ...
@overload
def min(*values: SupportsFloat) -> Any: ...

def no_grad() -> _GeneratorContextManager[None]:
    """Within the block (or the decorated function) operations record nothing: results are leaves.

    >>> from autograd import Value, no_grad
    >>> with no_grad():
    ...     y = Value(2.0) * 3
    >>> y, y.inputs
    (Value(6.0, grad=0.0), ())
    """

@overload
def norm(values: Iterable[Value]) -> Value:
    """sqrt(x1 * x1 + x2 * x2 + ...), the length of a vector, as one node; without overflow, as `hypot` of two.

    Where all are zero the derivative is 0. The norm of nothing is 0.

    >>> from autograd import norm
    >>> norm([3.0, 4.0])
    5.0
    """
@overload
def norm(values: Iterable[float]) -> float: ...
@overload
def norm(values: Iterable[SupportsFloat]) -> Any: ...

@overload
def prod(values: Iterable[Value]) -> Value:
    """x1 * x2 * ..., as one node; right where some are zero. The product of nothing is 1.

    >>> from autograd import Value, prod
    >>> x = Value(0.0)
    >>> prod([x, 3.0, 4.0]).backward()
    >>> x.grad
    12.0
    """
@overload
def prod(values: Iterable[float]) -> float: ...
@overload
def prod(values: Iterable[SupportsFloat]) -> Any: ...

def record_source() -> _GeneratorContextManager[None]:
    """Within the block every node remembers the line of the program that made it (`Value.source`).

    >>> from autograd import Value, record_source
    >>> with record_source():
    ...     y = Value(2.0) * 3
    >>> y.source != ""
    True
    """

@overload
def softmax(values: Iterable[Value]) -> list[Value]:
    """The list exp(xi) / (exp(x1) + exp(x2) + ...), shifted by the largest so that nothing overflows.

    exp(x - logsumexp(...)) would be shorter, and as far off as a rounding error of the largest operand is.

    >>> from autograd import softmax
    >>> softmax([1000.0, 1000.0])
    [0.5, 0.5]
    """
@overload
def softmax(values: Iterable[float]) -> list[float]: ...
@overload
def softmax(values: Iterable[SupportsFloat]) -> list[Any]: ...

@overload
def sum(values: Iterable[Value], start: SupportsFloat = 0.0) -> Value:
    """start + x1 + x2 + ..., as one node. The sum of nothing is `start`.

    >>> from autograd import Value, sum
    >>> x = Value(2.0)
    >>> sum([x, 1.0, x]).backward()
    >>> x.grad
    2.0
    """
@overload
def sum(values: Iterable[float], start: float = 0.0) -> float: ...
@overload
def sum(values: Iterable[SupportsFloat], start: SupportsFloat = 0.0) -> Any: ...

def topological_order(root: Value) -> list[Value]:
    """Every node `root` depends on, inputs before the nodes that use them, `root` last.

    Iterative; the order depends on the graph alone.

    >>> from autograd import Value, topological_order
    >>> x = Value(2.0)
    >>> [z.op for z in topological_order((x * 3).tanh())]
    ['', 'mul', 'tanh']
    """

@overload
def where(condition: SupportsFloat, x: Value, y: SupportsFloat) -> Value:
    """x where the condition is true (a bool, or a Value that is not 0), otherwise y.

    Both are computed. No derivative goes to the one that was not chosen, whatever it is: `where(x > 0, log(x), 0.0)`
    has the derivative 0 at 0 and below.

    >>> from autograd import Value, log, where
    >>> x = Value(0.0)
    >>> y = where(x > 0, log(x), 0.0)
    >>> y.backward()
    >>> x.grad
    0.0
    """
@overload
def where(condition: SupportsFloat, x: SupportsFloat, y: Value) -> Value: ...
@overload
def where(condition: float, x: float, y: float) -> float: ...
@overload
def where(condition: SupportsFloat, x: SupportsFloat, y: SupportsFloat) -> Any: ...

@overload
def abs(x: Value) -> Value:
    """abs of a Value or a number.

    z = fabs(x); d/dx = 1 if x > 0 else (-1 if x < 0 else x * 0)

    >>> from autograd import Value, abs
    >>> x = Value(0.5)
    >>> z = abs(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.5, slope 1
    """
@overload
def abs(x: float) -> float: ...
@overload
def abs(x: SupportsFloat) -> Any: ...

@overload
def acos(x: Value) -> Value:
    """acos of a Value or a number.

    z = acos(x); d/dx = -1 / sqrt((1 - x) * (1 + x))

    Domain: -1 <= x <= 1.

    >>> from autograd import Value, acos
    >>> x = Value(0.5)
    >>> z = acos(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    1.0472, slope -1.1547
    """
@overload
def acos(x: float) -> float: ...
@overload
def acos(x: SupportsFloat) -> Any: ...

@overload
def acosh(x: Value) -> Value:
    """acosh of a Value or a number.

    z = acosh(x); d/dx = 1 / (sqrt(x - 1) * sqrt(x + 1))

    Domain: x >= 1.

    >>> from autograd import Value, acosh
    >>> x = Value(1.5)
    >>> z = acosh(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.96242, slope 0.89443
    """
@overload
def acosh(x: float) -> float: ...
@overload
def acosh(x: SupportsFloat) -> Any: ...

@overload
def asin(x: Value) -> Value:
    """asin of a Value or a number.

    z = asin(x); d/dx = 1 / sqrt((1 - x) * (1 + x))

    Domain: -1 <= x <= 1.

    >>> from autograd import Value, asin
    >>> x = Value(0.5)
    >>> z = asin(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.5236, slope 1.1547
    """
@overload
def asin(x: float) -> float: ...
@overload
def asin(x: SupportsFloat) -> Any: ...

@overload
def asinh(x: Value) -> Value:
    """asinh of a Value or a number.

    z = asinh(x); d/dx = 1 / hypot(x, 1)

    >>> from autograd import Value, asinh
    >>> x = Value(0.5)
    >>> z = asinh(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.48121, slope 0.89443
    """
@overload
def asinh(x: float) -> float: ...
@overload
def asinh(x: SupportsFloat) -> Any: ...

@overload
def atan(x: Value) -> Value:
    """atan of a Value or a number.

    z = atan(x); d/dx = 1 / (1 + x * x) if -1e150 < x < 1e150 else 1 / x / x

    >>> from autograd import Value, atan
    >>> x = Value(0.5)
    >>> z = atan(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.46365, slope 0.8
    """
@overload
def atan(x: float) -> float: ...
@overload
def atan(x: SupportsFloat) -> Any: ...

@overload
def atan2(x: Value, y: SupportsFloat) -> Value:
    """the angle of the point (y, x).

    z = atan2(x, y); d/dx = atan2_dx(x, y); d/dy = -atan2_dx(y, x)

    >>> from autograd import Value, atan2
    >>> x = Value(0.5)
    >>> z = atan2(x, 2.0)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.24498, slope 0.47059
    """
@overload
def atan2(x: SupportsFloat, y: Value) -> Value: ...
@overload
def atan2(x: float, y: float) -> float: ...
@overload
def atan2(x: SupportsFloat, y: SupportsFloat) -> Any: ...

@overload
def atanh(x: Value) -> Value:
    """atanh of a Value or a number.

    z = atanh(x); d/dx = 1 / ((1 - x) * (1 + x)) if -1 <= x <= 1 else z

    Domain: -1 < x < 1.

    >>> from autograd import Value, atanh
    >>> x = Value(0.5)
    >>> z = atanh(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.54931, slope 1.3333
    """
@overload
def atanh(x: float) -> float: ...
@overload
def atanh(x: SupportsFloat) -> Any: ...

@overload
def cbrt(x: Value) -> Value:
    """cbrt of a Value or a number.

    z = cbrt(x); d/dx = (1 / (z * z) + 2 * z / x) / 9 if x - x == 0 and x != 0 else 1 / (z * z)

    >>> from autograd import Value, cbrt
    >>> x = Value(0.5)
    >>> z = cbrt(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.7937, slope 0.52913
    """
@overload
def cbrt(x: float) -> float: ...
@overload
def cbrt(x: SupportsFloat) -> Any: ...

@overload
def ceil(x: Value) -> Value:
    """jumps at the integers.

    z = ceil(x); d/dx = 0

    >>> from autograd import Value, ceil
    >>> x = Value(0.5)
    >>> z = ceil(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    1, slope 0
    """
@overload
def ceil(x: float) -> float: ...
@overload
def ceil(x: SupportsFloat) -> Any: ...

@overload
def cos(x: Value) -> Value:
    """cos of a Value or a number.

    z = cos(x); d/dx = -sin(x)

    >>> from autograd import Value, cos
    >>> x = Value(0.5)
    >>> z = cos(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.87758, slope -0.47943
    """
@overload
def cos(x: float) -> float: ...
@overload
def cos(x: SupportsFloat) -> Any: ...

@overload
def cosh(x: Value) -> Value:
    """cosh of a Value or a number.

    z = cosh(x); d/dx = sinh(x)

    >>> from autograd import Value, cosh
    >>> x = Value(0.5)
    >>> z = cosh(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    1.1276, slope 0.5211
    """
@overload
def cosh(x: float) -> float: ...
@overload
def cosh(x: SupportsFloat) -> Any: ...

@overload
def elu(x: Value, alpha: SupportsFloat = 1.0) -> Value:
    """x, or alpha * (exp(x) - 1) where x is negative.

    >>> elu(3.0), elu(-1000.0, alpha=2.0)
    (3.0, -2.0)
    """
@overload
def elu(x: float, alpha: float = 1.0) -> float: ...
@overload
def elu(x: SupportsFloat, alpha: SupportsFloat = 1.0) -> Any: ...

@overload
def erf(x: Value) -> Value:
    """erf of a Value or a number.

    z = erf(x); d/dx = gauss_times(x, 1.1283791670955126)

    >>> from autograd import Value, erf
    >>> x = Value(0.5)
    >>> z = erf(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.5205, slope 0.87878
    """
@overload
def erf(x: float) -> float: ...
@overload
def erf(x: SupportsFloat) -> Any: ...

@overload
def erfc(x: Value) -> Value:
    """erfc of a Value or a number.

    z = erfc(x); d/dx = gauss_times(x, -1.1283791670955126)

    >>> from autograd import Value, erfc
    >>> x = Value(0.5)
    >>> z = erfc(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.4795, slope -0.87878
    """
@overload
def erfc(x: float) -> float: ...
@overload
def erfc(x: SupportsFloat) -> Any: ...

@overload
def exp(x: Value) -> Value:
    """exp of a Value or a number.

    z = exp(x); d/dx = z

    >>> from autograd import Value, exp
    >>> x = Value(0.5)
    >>> z = exp(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    1.6487, slope 1.6487
    """
@overload
def exp(x: float) -> float: ...
@overload
def exp(x: SupportsFloat) -> Any: ...

@overload
def expm1(x: Value) -> Value:
    """expm1 of a Value or a number.

    z = expm1(x); d/dx = exp(x)

    >>> from autograd import Value, expm1
    >>> x = Value(0.5)
    >>> z = expm1(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.64872, slope 1.6487
    """
@overload
def expm1(x: float) -> float: ...
@overload
def expm1(x: SupportsFloat) -> Any: ...

@overload
def floor(x: Value) -> Value:
    """jumps at the integers.

    z = floor(x); d/dx = 0

    >>> from autograd import Value, floor
    >>> x = Value(0.5)
    >>> z = floor(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0, slope 0
    """
@overload
def floor(x: float) -> float: ...
@overload
def floor(x: SupportsFloat) -> Any: ...

@overload
def gelu(x: Value) -> Value:
    """x times the distribution function of the standard normal.

    z = x * normal_cdf(x) if x > -37.5 else (normal_pdf_times(x, -mills(1 / (x * x))) if x > -40 else (-0 if x < 0 else
    x)); d/dx = gelu_dx(x)

    >>> from autograd import Value, gelu
    >>> x = Value(0.5)
    >>> z = gelu(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.34573, slope 0.8675
    """
@overload
def gelu(x: float) -> float: ...
@overload
def gelu(x: SupportsFloat) -> Any: ...

@overload
def gelu_tanh(x: Value) -> Value:
    """the tanh approximation of gelu (Hendrycks and Gimpel, 2016).

    z = x * sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) if -20 < x < 40 else (times_square(x * (1 +
    gelu_angle_error(x)), exp(0.5 * gelu_angle(x))) if -40 < x < 0 else (-0 if x < 0 else x)); d/dx = gelu_tanh_dx(x)

    >>> from autograd import Value, gelu_tanh
    >>> x = Value(0.5)
    >>> z = gelu_tanh(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.34571, slope 0.86737
    """
@overload
def gelu_tanh(x: float) -> float: ...
@overload
def gelu_tanh(x: SupportsFloat) -> Any: ...

@overload
def hypot(x: Value, y: SupportsFloat) -> Value:
    """sqrt(x * x + y * y), without overflow.

    z = hypot(x, y); d/dx = hypot_dx(x, y); d/dy = hypot_dx(y, x)

    >>> from autograd import Value, hypot
    >>> x = Value(0.5)
    >>> z = hypot(x, 2.0)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    2.0616, slope 0.24254
    """
@overload
def hypot(x: SupportsFloat, y: Value) -> Value: ...
@overload
def hypot(x: float, y: float) -> float: ...
@overload
def hypot(x: SupportsFloat, y: SupportsFloat) -> Any: ...

@overload
def leaky_relu(x: Value, slope: SupportsFloat = 0.01) -> Value:
    """x, or slope * x where x is negative.

    >>> leaky_relu(-2.0)
    -0.02
    """
@overload
def leaky_relu(x: float, slope: float = 0.01) -> float: ...
@overload
def leaky_relu(x: SupportsFloat, slope: SupportsFloat = 0.01) -> Any: ...

@overload
def log(x: Value) -> Value:
    """log of a Value or a number.

    z = log(x); d/dx = 1 / x if x > 0 else -z

    Domain: x > 0.

    >>> from autograd import Value, log
    >>> x = Value(0.5)
    >>> z = log(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    -0.69315, slope 2
    """
@overload
def log(x: float) -> float: ...
@overload
def log(x: SupportsFloat) -> Any: ...

@overload
def log10(x: Value) -> Value:
    """log10 of a Value or a number.

    z = log10(x); d/dx = 0.4342944819032518 / x if x > 0 else -z

    Domain: x > 0.

    >>> from autograd import Value, log10
    >>> x = Value(0.5)
    >>> z = log10(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    -0.30103, slope 0.86859
    """
@overload
def log10(x: float) -> float: ...
@overload
def log10(x: SupportsFloat) -> Any: ...

@overload
def log1p(x: Value) -> Value:
    """log1p of a Value or a number.

    z = log1p(x); d/dx = 1 / (1 + x) if x > -1 else -z

    Domain: x > -1.

    >>> from autograd import Value, log1p
    >>> x = Value(0.5)
    >>> z = log1p(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.40547, slope 0.66667
    """
@overload
def log1p(x: float) -> float: ...
@overload
def log1p(x: SupportsFloat) -> Any: ...

@overload
def log2(x: Value) -> Value:
    """log2 of a Value or a number.

    z = log2(x); d/dx = 1.4426950408889634 / x if x > 0 else -z

    Domain: x > 0.

    >>> from autograd import Value, log2
    >>> x = Value(0.5)
    >>> z = log2(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    -1, slope 2.8854
    """
@overload
def log2(x: float) -> float: ...
@overload
def log2(x: SupportsFloat) -> Any: ...

@overload
def maximum(x: Value, y: SupportsFloat) -> Value:
    """maximum of a Value or a number.

    z = x if x > y else (y if x < y else (x if x == y and x != 0 else x + y)); d/dx = 1 if x > y else (0 if x < y else
    (0.5 if x == y else x + y)); d/dy = 1 if x < y else (0 if x > y else (0.5 if x == y else x + y))

    >>> from autograd import Value, maximum
    >>> x = Value(0.5)
    >>> z = maximum(x, 2.0)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    2, slope 0
    """
@overload
def maximum(x: SupportsFloat, y: Value) -> Value: ...
@overload
def maximum(x: float, y: float) -> float: ...
@overload
def maximum(x: SupportsFloat, y: SupportsFloat) -> Any: ...

@overload
def minimum(x: Value, y: SupportsFloat) -> Value:
    """minimum of a Value or a number.

    z = x if x <= y else (y if x > y else x + y); d/dx = 1 if x < y else (0 if x > y else (0.5 if x == y else x + y));
    d/dy = 1 if x > y else (0 if x < y else (0.5 if x == y else x + y))

    >>> from autograd import Value, minimum
    >>> x = Value(0.5)
    >>> z = minimum(x, 2.0)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.5, slope 1
    """
@overload
def minimum(x: SupportsFloat, y: Value) -> Value: ...
@overload
def minimum(x: float, y: float) -> float: ...
@overload
def minimum(x: SupportsFloat, y: SupportsFloat) -> Any: ...

@overload
def reciprocal(x: Value) -> Value:
    """reciprocal of a Value or a number.

    z = 1 / x; d/dx = -z * z

    Domain: x != 0.

    >>> from autograd import Value, reciprocal
    >>> x = Value(0.5)
    >>> z = reciprocal(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    2, slope -4
    """
@overload
def reciprocal(x: float) -> float: ...
@overload
def reciprocal(x: SupportsFloat) -> Any: ...

@overload
def relu(x: Value) -> Value:
    """relu of a Value or a number.

    z = x if x > 0 else (0 if x <= 0 else x); d/dx = 1 if x > 0 else (0 if x <= 0 else x)

    >>> from autograd import Value, relu
    >>> x = Value(0.5)
    >>> z = relu(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.5, slope 1
    """
@overload
def relu(x: float) -> float: ...
@overload
def relu(x: SupportsFloat) -> Any: ...

@overload
def round(x: Value, digits: int | None = None) -> Value:
    """to the nearest integer, ties to even.

    z = rint(x); d/dx = 0

    >>> from autograd import Value, round
    >>> x = Value(0.5)
    >>> z = round(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0, slope 0

    With `digits` to so many behind the point, before it where negative, as Python.
    """
@overload
def round(x: float, digits: int | None = None) -> float: ...
@overload
def round(x: SupportsFloat, digits: int | None = None) -> Any: ...

@overload
def sigmoid(x: Value) -> Value:
    """sigmoid of a Value or a number.

    z = (1 if x >= 0 else exp(-fabs(x))) / (1 + exp(-fabs(x))); d/dx = sigmoid_dx(x)

    >>> from autograd import Value, sigmoid
    >>> x = Value(0.5)
    >>> z = sigmoid(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.62246, slope 0.235
    """
@overload
def sigmoid(x: float) -> float: ...
@overload
def sigmoid(x: SupportsFloat) -> Any: ...

@overload
def sign(x: Value) -> Value:
    """sign of a Value or a number.

    z = 1 if x > 0 else (-1 if x < 0 else x); d/dx = 0

    >>> from autograd import Value, sign
    >>> x = Value(0.5)
    >>> z = sign(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    1, slope 0
    """
@overload
def sign(x: float) -> float: ...
@overload
def sign(x: SupportsFloat) -> Any: ...

@overload
def silu(x: Value) -> Value:
    """x times sigmoid(x).

    z = x * sigmoid(x) if x >= -700 else (times_square(x, exp(0.5 * x)) if x > -800 else (-0 if x < 0 else x)); d/dx =
    silu_dx(x)

    >>> from autograd import Value, silu
    >>> x = Value(0.5)
    >>> z = silu(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.31123, slope 0.73996
    """
@overload
def silu(x: float) -> float: ...
@overload
def silu(x: SupportsFloat) -> Any: ...

@overload
def sin(x: Value) -> Value:
    """sin of a Value or a number.

    z = sin(x); d/dx = cos(x)

    >>> from autograd import Value, sin
    >>> x = Value(0.5)
    >>> z = sin(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.47943, slope 0.87758
    """
@overload
def sin(x: float) -> float: ...
@overload
def sin(x: SupportsFloat) -> Any: ...

@overload
def sinh(x: Value) -> Value:
    """sinh of a Value or a number.

    z = sinh(x); d/dx = cosh(x)

    >>> from autograd import Value, sinh
    >>> x = Value(0.5)
    >>> z = sinh(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.5211, slope 1.1276
    """
@overload
def sinh(x: float) -> float: ...
@overload
def sinh(x: SupportsFloat) -> Any: ...

@overload
def softplus(x: Value) -> Value:
    """log(1 + exp(x)).

    z = (x if x > 0 else 0) + log1p(exp(-fabs(x))); d/dx = sigmoid(x)

    >>> from autograd import Value, softplus
    >>> x = Value(0.5)
    >>> z = softplus(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.97408, slope 0.62246
    """
@overload
def softplus(x: float) -> float: ...
@overload
def softplus(x: SupportsFloat) -> Any: ...

@overload
def sqrt(x: Value) -> Value:
    """sqrt of a Value or a number.

    z = sqrt(x); d/dx = 0.5 / (0 + z)

    Domain: x >= 0.

    >>> from autograd import Value, sqrt
    >>> x = Value(0.5)
    >>> z = sqrt(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.70711, slope 0.70711
    """
@overload
def sqrt(x: float) -> float: ...
@overload
def sqrt(x: SupportsFloat) -> Any: ...

@overload
def square(x: Value) -> Value:
    """square of a Value or a number.

    z = x * x; d/dx = 2 * x

    >>> from autograd import Value, square
    >>> x = Value(0.5)
    >>> z = square(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.25, slope 1
    """
@overload
def square(x: float) -> float: ...
@overload
def square(x: SupportsFloat) -> Any: ...

@overload
def tan(x: Value) -> Value:
    """tan of a Value or a number.

    z = tan(x); d/dx = 1 + z * z

    >>> from autograd import Value, tan
    >>> x = Value(0.5)
    >>> z = tan(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.5463, slope 1.2984
    """
@overload
def tan(x: float) -> float: ...
@overload
def tan(x: SupportsFloat) -> Any: ...

@overload
def tanh(x: Value) -> Value:
    """tanh of a Value or a number.

    z = tanh(x); d/dx = sech2(x)

    >>> from autograd import Value, tanh
    >>> x = Value(0.5)
    >>> z = tanh(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0.46212, slope 0.78645
    """
@overload
def tanh(x: float) -> float: ...
@overload
def tanh(x: SupportsFloat) -> Any: ...

@overload
def trunc(x: Value) -> Value:
    """jumps at the integers.

    z = trunc(x); d/dx = 0

    >>> from autograd import Value, trunc
    >>> x = Value(0.5)
    >>> z = trunc(x)
    >>> z.backward()
    >>> print(f"{z:.5g}, slope {x.grad:.5g}")
    0, slope 0
    """
@overload
def trunc(x: float) -> float: ...
@overload
def trunc(x: SupportsFloat) -> Any: ...
