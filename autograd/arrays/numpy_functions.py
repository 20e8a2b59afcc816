"""NumPy's functions of a Value: what `__array_ufunc__` and `__array_function__` of Value answer.

NumPy asks a Value that is itself an argument, never one that lies in an array: arrays of objects go through NumPy's own
loops, by operators, by methods of a function's name, and for the largest and smallest by `>=`. `ArrayOfValues`, which
transforms and recorded functions hand out, is asked for the whole array. Imported by who has imported NumPy.
"""

from __future__ import annotations

import functools
import inspect
import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import autograd.functions as ours
from autograd import reductions
from autograd.arrays import linear, samples
from autograd.differentiation.nodes import apply_binary
from autograd.generated import kernels
from autograd.numbers import number
from autograd.value import Value

# Where NumPy's own loop over objects is right, which is by operators: also of an array's methods and for all options.
OPERATORS: dict[str, Callable[..., Any]] = {
    "add": operator.add, "subtract": operator.sub, "multiply": operator.mul, "divide": operator.truediv,
    "true_divide": operator.truediv, "power": operator.pow, "pow": operator.pow, "floor_divide": operator.floordiv,
    "remainder": operator.mod, "mod": operator.mod, "negative": operator.neg, "positive": operator.pos,
    "less": operator.lt, "less_equal": operator.le, "greater": operator.gt, "greater_equal": operator.ge,
    "equal": operator.eq, "not_equal": operator.ne,
}  # fmt: skip


def _of_table(name: str) -> Callable[[Any, Any], Any]:
    """The operation of two operands with this name in the table; of two floats a float."""
    op, of_floats = kernels.NAMES.index(name), kernels.VALUES[name]

    def function(x: Any, y: Any) -> Any:
        return apply_binary(op, x, y) if type(x) is Value or type(y) is Value else of_floats(number(x), number(y))

    return function


_copysign, _fmod = _of_table("copysign"), _of_table("fmod")


def _isinf(x: Any) -> bool:
    return bool(x == math.inf or x == -math.inf)


def _isnan(x: Any) -> bool:
    return bool(x != x)


def _of_numbers(x: Any, y: Any, f: Callable[[Any, Any], Any]) -> Any:
    """f of the two; where one is nan, the other."""
    return reductions.where(True, y, x) if _isnan(x) else reductions.where(True, x, y) if _isnan(y) else f(x, y)


def _heaviside(x: Any, h: Any) -> Any:
    return reductions.where(x == 0.0, h, (ours.sign(x) + 1.0) * 0.5)


def _modf(x: Any) -> tuple[Any, Any]:
    return _copysign(_fmod(x, 1.0), x) if not _isinf(x) else _copysign(0.0, x), ours.trunc(x)


def _logaddexp2(x: Any, y: Any) -> Any:
    return reductions.logsumexp([x * math.log(2), y * math.log(2)]) * (1 / math.log(2))


def _xlogy(x: Any, y: Any) -> Any:
    return reductions.where(x == 0.0, x * 0.0, x * ours.log(y))


# All others that there are: functions of numbers and Values. Those of scipy.special are ufuncs too.
OTHERS: dict[str, Callable[..., Any]] = {
    **{name: getattr(ours, name) for name in (
        "exp expm1 log log2 log10 log1p sqrt cbrt square reciprocal sin cos tan sinh cosh tanh floor ceil trunc sign "
        "maximum minimum hypot erf erfc"
    ).split()},
    "arcsin": ours.asin, "arccos": ours.acos, "arctan": ours.atan, "arcsinh": ours.asinh, "arccosh": ours.acosh,
    "arctanh": ours.atanh, "asin": ours.asin, "acos": ours.acos, "atan": ours.atan, "asinh": ours.asinh,
    "acosh": ours.acosh, "atanh": ours.atanh, "arctan2": ours.atan2, "atan2": ours.atan2, "rint": ours.round,
    "absolute": ours.abs, "abs": ours.abs, "fabs": ours.abs, "conjugate": operator.pos, "conj": operator.pos,
    "exp2": lambda x: 2.0**x, "logaddexp": lambda x, y: reductions.logsumexp([x, y]), "logaddexp2": _logaddexp2,
    "fmod": _fmod, "copysign": _copysign, "float_power": operator.pow, "heaviside": _heaviside,
    "fmax": lambda x, y: _of_numbers(x, y, ours.maximum), "fmin": lambda x, y: _of_numbers(x, y, ours.minimum),
    "deg2rad": lambda x: x * (math.pi / 180), "radians": lambda x: x * (math.pi / 180),
    "rad2deg": lambda x: x * (180 / math.pi), "degrees": lambda x: x * (180 / math.pi),
    "ldexp": lambda x, n: x * 2.0 ** int(n), "modf": _modf, "divmod": divmod, "clip": reductions.clip,
    "isnan": _isnan, "isinf": _isinf, "isfinite": lambda x: not (_isnan(x) or _isinf(x)),
    "signbit": lambda x: bool(_copysign(1.0, x) < 0.0), "logical_not": operator.not_,
    "logical_and": lambda x, y: bool(x) and bool(y), "logical_or": lambda x, y: bool(x) or bool(y),
    "logical_xor": lambda x, y: bool(x) != bool(y),
    "expit": ours.sigmoid, "logit": lambda x: ours.log(x) - ours.log1p(-x), "log_expit": lambda x: -ours.softplus(-x),
    "exp10": lambda x: 10.0**x, "ndtr": lambda x: 0.5 * ours.erfc(x * -math.sqrt(0.5)), "xlogy": _xlogy,
}  # fmt: skip
_ANSWERS_BOOL = {"isnan", "isinf", "isfinite", "signbit", "logical_not", "logical_and", "logical_or", "logical_xor"}
_ADVICE = (
    "there are sums, products, norm, solve, inv, det, the largest and the smallest; write what is missing with "
    "operators and the functions of autograd (docs/numpy.md), or compute with v.data or v.detach() for a constant"
)
_PLAIN = frozenset({Value, float, int, bool})  # what needs no array around it


def of_ufunc(ufunc: np.ufunc, method: str, inputs: Sequence[Any], options: dict[str, Any]) -> Any:
    """What NumPy's function gives where a Value, or an array of Values, is among its arguments.

    Raises TypeError naming what to use where there is no such function of Values.
    """
    name = ufunc.__name__
    of_numbers = OPERATORS.get(name)
    if of_numbers is None:
        of_numbers = OTHERS.get(name)
    if of_numbers is None and not _is_of_objects(ufunc):
        raise TypeError(f"numpy.{name} has no counterpart for Values; {_ADVICE}")
    if of_numbers is not None and method == "__call__" and not options:
        numbers = [x.item() if isinstance(x, np.generic) else x for x in inputs]
        if all(type(x) in _PLAIN for x in numbers):
            return of_numbers(*numbers)
    if method == "reduce" and name in _EXTREMES:
        return _handed_out(_reduced(_EXTREMES[name], *inputs, **options))
    for out in options.get("out", ()):
        if isinstance(out, np.ndarray) and out.dtype != object and name not in _ANSWERS_BOOL:
            raise TypeError(
                f"numpy.{name}: an array of {out.dtype} cannot hold Values; make it one of objects, with "
                "astype(object), or write x = x + v instead of x += v"
            )
    if "out" in options:
        options = {**options, "out": tuple(_plain(x) for x in options["out"])}
    loop = ufunc if name in OPERATORS or of_numbers is None else _loop(name, ufunc.nin, ufunc.nout)
    with np.errstate(all="ignore"):  # arithmetic of Values is IEEE 754 and never warns
        found = getattr(loop, method)(*[_array(x) for x in inputs], **options)
    if name in _ANSWERS_BOOL and isinstance(found, np.ndarray) and found.dtype == object and "out" not in options:
        return found.astype(bool)
    return tuple(map(_handed_out, found)) if isinstance(found, tuple) else _handed_out(found)


def _is_of_objects(ufunc: np.ufunc) -> bool:
    """Whether it works on any objects: matrix products, and what the user has made of a Python function."""
    return ufunc.__name__ in ("matmul", "vecdot", "matvec", "vecmat") or set("".join(ufunc.types)) <= set("O->")


@functools.cache
def _loop(name: str, nin: int, nout: int) -> Any:
    """The function as one of arrays of objects, with what broadcasting and options NumPy's own have."""
    return np.frompyfunc(OTHERS[name], nin, nout)


def _plain(x: Any) -> Any:
    """An array without what makes it ask here again."""
    return x.view(np.ndarray) if isinstance(x, ArrayOfValues) else x


def _array(x: Any) -> Any:
    """A Value as an array of no dimension; anything else as it is."""
    if type(x) is not Value:
        return _plain(x)
    array = np.empty((), dtype=object)
    array[()] = x
    return array


def _handed_out(x: Any) -> Any:
    """A result, an array of Values where it is one of objects."""
    if not isinstance(x, np.ndarray) or x.dtype != object:
        return x
    return x.view(ArrayOfValues) if x.ndim else x.item()


_BY_OPERATORS = frozenset(getattr(np, name) for name in OPERATORS if hasattr(np, name))


def _kept(x: Any) -> Any:
    """The same, but what has no dimension stays an array, as within NumPy's own functions."""
    return x.view(ArrayOfValues) if isinstance(x, np.ndarray) and x.dtype == object else x


class ArrayOfValues(np.ndarray):
    """An array of objects some of which are Values, to which NumPy's functions are those of Values.

    So the largest, the smallest and what compares is right at nan and at ties, floats may lie between the Values, and
    what NumPy has for floats only says what to use. `np.asarray` gives the plain array.
    """

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if ufunc not in _BY_OPERATORS or options.get("out"):
            return of_ufunc(ufunc, method, inputs, options)
        plain = [x.view(np.ndarray) if type(x) is ArrayOfValues else _array(x) for x in inputs]
        with np.errstate(all="ignore"):
            found = getattr(ufunc, method)(*plain, **options)
        return _handed_out(found)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        return of_function(function, args, kwargs)

    def clip(self, min: Any = None, max: Any = None, out: Any = None, **options: Any) -> Any:
        """Each number, or the bound it lies beyond, as `autograd.clip`."""
        return of_function(np.clip, (self, min, max), {"out": out, **options})

    def round(self, decimals: Any = 0, out: Any = None) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Each number, rounded to so many digits."""
        found = _round(self, decimals)
        if out is None:
            return found
        out[...] = found
        return out


_EXTREMES = {"maximum": reductions.max, "minimum": reductions.min}
_NONE = object()


def _reduced(
    f: Callable[[Any], Any], array: Any, axis: Any = 0, dtype: Any = None, out: Any = None, keepdims: bool = False,
    initial: Any = _NONE, where: Any = True,
) -> Any:  # fmt: skip
    """The largest or smallest along these axes: ties share the derivative, as those of `autograd.max` do."""
    array = np.asarray(_array(array))
    axes = sorted(samples.axes_of(axis, array.ndim))
    moved = np.moveaxis(array, axes, range(-len(axes), 0)) if axes else array[..., None]
    chosen = np.moveaxis(np.broadcast_to(where, array.shape), axes, range(-len(axes), 0)) if axes else where
    rest = moved.shape[: array.ndim - len(axes)]
    found = np.empty(rest, dtype=object)
    for at in np.ndindex(*rest):
        items = moved[at].ravel() if where is True else moved[at][chosen[at]].ravel()
        found[at] = f([*items] if initial is _NONE or initial is np._NoValue else [initial, *items])
    found = np.expand_dims(found, axes) if keepdims else found
    if out:
        out[0][...] = found
        return out[0]
    return found


# ---- functions of arrays


def of_function(function: Any, arguments: Sequence[Any], options: dict[str, Any]) -> Any:
    """What NumPy's function of arrays gives where a Value is among its arguments."""
    own = FUNCTIONS.get(function)
    if own is not None:
        try:
            found = own(*arguments, **options)
        except TypeError as error:
            _check_options(function, own, arguments, options, error)
            raise
        if found is not NotImplemented:
            return found
    bare = any(type(x) is Value for x in (*arguments, *options.values()))  # what NumPy answers with a number
    if function is not np.block:  # where lists of lists are the shape
        arguments = tuple(map(_gathered, arguments))
        options = {key: _gathered(x) for key, x in options.items()}
    arguments = tuple(_inside(x) for x in arguments)
    options = {key: _inside(x) for key, x in options.items()}
    try:  # NumPy's own function, whose ufuncs ask here again
        found = np.ndarray.__array_function__(_asked(None), function, (ArrayOfValues,), arguments, options)
    except (TypeError, AttributeError) as error:
        if not _wants_floats(function, error):
            raise
        raise _floats_only(function) from error
    handed_out = _handed_out if bare else _kept
    return type(found)(map(handed_out, found)) if type(found) in (tuple, list) else handed_out(found)


def _check_options(function: Any, own: Any, arguments: Any, options: Any, error: TypeError) -> None:
    """Raise TypeError where NumPy's function takes arguments that ours of this name does not."""
    try:
        inspect.signature(own).bind(*arguments, **options)
    except TypeError as wrong:
        raise TypeError(f"{function.__module__}.{function.__name__} of Values: {wrong}; {_ADVICE}") from error


def _gathered(x: Any) -> Any:
    """An argument in which each list of numbers, some of them Values, is an array."""
    if type(x) not in (list, tuple):
        return x
    if any(type(y) is Value for y in x) and not any(hasattr(y, "__len__") or callable(y) for y in x):
        array = np.empty(len(x), dtype=object)
        array[:] = x
        return array.view(ArrayOfValues)
    return type(x)(map(_gathered, x))


def _inside(x: Any) -> Any:
    """An argument in which each Value is an array of Values of no dimension."""
    if type(x) in (list, tuple):
        return type(x)([_inside(y) for y in x])
    return _asked(x) if type(x) is Value else x


def _asked(x: Any) -> Any:
    return _array(x).view(ArrayOfValues) if type(x) is Value else np.empty((), dtype=object).view(ArrayOfValues)


def _wants_floats(function: Any, error: Exception) -> bool:
    """Whether the error says that NumPy's function wanted floats where there are Values."""
    text = str(error)
    return (
        function.__module__.startswith(("numpy.linalg", "numpy.fft"))
        or (isinstance(error, AttributeError) and "Value" in text)
        or "dtype('O')" in text
    )


def _where(condition: Any, *choices: Any) -> Any:
    if len(choices) != 2 or any(np.ndim(x) for x in (condition, *choices)):
        return NotImplemented
    return reductions.where(bool(condition), *choices)


def _clip(a: Any, a_min: Any = None, a_max: Any = None, out: Any = None, **options: Any) -> Any:
    lo, hi = options.pop("min", a_min), options.pop("max", a_max)
    if options or out is not None:
        return NotImplemented
    if not any(np.ndim(x) for x in (a, lo, hi)):
        return reductions.clip(a, lo, hi)
    with np.errstate(all="ignore"):
        return _handed_out(_loop("clip", 3, 1)(*(_array(x) for x in (a, lo, hi))))


def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    x = np.asarray(_array(x))
    if axis is None and not keepdims and (ord is None or (ord == "fro" and x.ndim == 2)):
        return reductions.norm(x.ravel())
    of_vector = _NORMS.get(ord) if axis is not None or x.ndim == 1 else None
    if of_vector is None or isinstance(axis, tuple):
        raise TypeError(f"numpy.linalg.norm of Values has the orders 1, 2 and inf of vectors, got ord={ord!r}")
    axis = operator.index(-1 if axis is None else axis)
    rows = np.moveaxis(x, axis, -1)
    found = np.empty(rows.shape[:-1], dtype=object)
    for at in np.ndindex(*found.shape):
        found[at] = of_vector(rows[at])
    return _handed_out(np.expand_dims(found, axis) if keepdims else found)


def _sum_of_sizes(xs: Any) -> Any:
    return reductions.sum(map(ours.abs, xs))


def _largest(xs: Any) -> Any:
    return reductions.max(map(ours.abs, xs))


def _least(xs: Any) -> Any:
    return reductions.min(map(ours.abs, xs))


_NORMS: dict[Any, Callable[[Any], Any]] = {
    None: reductions.norm, 2: reductions.norm, 1: _sum_of_sizes, math.inf: _largest, -math.inf: _least,
}  # fmt: skip


def _sinc(x: Any) -> Any:
    if np.ndim(x):
        return NotImplemented
    y = reductions.where(x == 0.0, 1e-20, x) * math.pi
    return y.sin() / y


def _round(a: Any, decimals: int = 0, out: Any = None) -> Any:
    """As NumPy rounds: what is multiplied to a whole number. Python's `round` goes by the digits."""
    if out is not None:
        return NotImplemented
    if not decimals:
        return _handed_out(_rounded(_array(a)))
    with np.errstate(all="ignore"):
        scale = float(np.power(10.0, abs(decimals)))
        if decimals > 0:
            return _handed_out(_rounded(_array(a) * scale) / scale)
        return _handed_out(_rounded(_array(a) / scale) * scale)


_rounded = np.frompyfunc(ours.round, 1, 1)


def _linear(f: Callable[..., Any]) -> Callable[..., Any]:
    """A function of rows of Values as one of arrays."""
    return lambda *arrays: _handed_out(f(*(np.asarray(_array(x)) for x in arrays)))


def _of_plain(f: Callable[..., Any]) -> Callable[..., Any]:
    """A function of plain arrays as one of arrays that ask here."""

    @functools.wraps(f)
    def function(*arguments: Any, **options: Any) -> Any:
        with np.errstate(all="ignore"):
            found = f(*map(_array, arguments), **{key: _array(x) for key, x in options.items()})
        return tuple(map(_handed_out, found)) if isinstance(found, tuple) else _handed_out(found)

    return function


def _of_floats(function: Any) -> Callable[..., Any]:
    """In the place of one of NumPy's functions that takes the floats out of Values on its way."""

    def refused(*_: Any, **__: Any) -> Any:
        raise _floats_only(function)

    return refused


def _floats_only(function: Any) -> TypeError:
    return TypeError(
        f"{function.__module__}.{function.__name__} computes with floats only, and its arguments hold Values; {_ADVICE}"
    )


FUNCTIONS: dict[Any, Callable[..., Any]] = {
    np.where: _where, np.clip: _clip, np.linalg.norm: _norm, np.linalg.solve: _linear(linear.solve),
    np.linalg.inv: _linear(linear.inv), np.linalg.det: _linear(linear.det), np.sinc: _sinc, np.round: _round,
    np.around: _round,
    **{getattr(np, f.__name__): _of_plain(f) for f in (
        samples.interp, samples.quantile, samples.percentile, samples.cov, samples.corrcoef, samples.gradient,
        samples.polyval,
    )},
    **{f: _of_floats(f) for f in (
        np.i0, np.histogram, np.histogram2d, np.histogramdd, np.bincount, np.polyfit, np.roots,
    )},
}  # fmt: skip
