"""Whole numbers that are read at each call: elements of integer arrays, and `take`, which chooses by one.

While a function is recorded such a number stands for itself in arithmetic and comparisons; where Python needs a plain
int (an index, a range, a dict key) it refuses, because the recording would keep this call's number for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograd.differentiation.nodes import node
from autograd.generated.kernels import NAMES
from autograd.hooks import recorder_here
from autograd.jit.errors import JitError
from autograd.node import data_of
from autograd.value import Value

__all__ = ["Index", "take"]

_TAKE = NAMES.index("take")
_ASKED_BY_NUMPY = frozenset(
    "exp expm1 log log2 log10 log1p sqrt cbrt sin cos tan sinh cosh tanh arcsin arccos arctan arcsinh arccosh "
    "arctanh arctan2 hypot rint fabs".split()
)


class Index:
    """A whole number that every call, or every row, brings anew."""

    __slots__ = ("value",)

    def __init__(self, value: Value):
        self.value = value

    @property
    def stands_for(self) -> Value:
        """What it is for the engine's functions, which would take its number otherwise."""
        return self.value

    def _refuse(self, use: str, instead: str = "") -> Any:
        recorder = recorder_here()
        error = JitError if recorder is None else recorder.refuse
        raise error(
            f"an element of an integer array cannot be {use}: the recording would keep this one number for ever. "
            f"{instead}Choose with take(rows, i), compute with it (+ - * / // % **, comparisons, functions), or pass a "
            "plain int, which makes one recording for each number"
        )

    def __index__(self) -> int:
        return self._refuse("used as an index or a range")

    def __int__(self) -> int:
        return self._refuse("turned into an int")

    def __float__(self) -> float:
        return self._refuse("turned into a float")

    def __hash__(self) -> int:
        return self._refuse("a key or in a set")

    def __repr__(self) -> str:
        str(self.value)  # has the recorder look
        return f"Index({data_of(self.value):.0f})"

    def __bool__(self) -> bool: return bool(self.value)
    def __add__(self, other: Any) -> Any: return self.value + plain(other)
    def __radd__(self, other: Any) -> Any: return plain(other) + self.value
    def __sub__(self, other: Any) -> Any: return self.value - plain(other)
    def __rsub__(self, other: Any) -> Any: return plain(other) - self.value
    def __mul__(self, other: Any) -> Any: return self.value * plain(other)
    def __rmul__(self, other: Any) -> Any: return plain(other) * self.value
    def __truediv__(self, other: Any) -> Any: return self.value / plain(other)
    def __rtruediv__(self, other: Any) -> Any: return plain(other) / self.value
    def __floordiv__(self, other: Any) -> Any: return self.value // plain(other)
    def __rfloordiv__(self, other: Any) -> Any: return plain(other) // self.value
    def __mod__(self, other: Any) -> Any: return self.value % plain(other)
    def __rmod__(self, other: Any) -> Any: return plain(other) % self.value
    def __pow__(self, other: Any) -> Any: return self.value ** plain(other)
    def __rpow__(self, other: Any) -> Any: return plain(other) ** self.value
    def __divmod__(self, other: Any) -> Any: return divmod(self.value, plain(other))
    def __rdivmod__(self, other: Any) -> Any: return divmod(plain(other), self.value)

    def _bits(self, *_: Any) -> Any:
        return self._refuse(
            "taken apart into bits", "For masks use np.logical_and, np.logical_or and np.logical_not instead of & | ~. "
        )

    __and__ = __or__ = __xor__ = __lshift__ = __rshift__ = __invert__ = _bits
    __rand__ = __ror__ = __rxor__ = __rlshift__ = __rrshift__ = _bits

    def __neg__(self) -> Any: return -self.value
    def __pos__(self) -> Any: return self
    def __abs__(self) -> Any: return abs(self.value)
    def __floor__(self) -> Any: return self
    def __ceil__(self) -> Any: return self
    def __trunc__(self) -> Any: return self

    def __round__(self, digits: Any = None) -> Any:
        return self if digits is None or digits >= 0 else round(self.value, digits)

    def __getattr__(self, name: str) -> Any:
        """The functions that NumPy asks an element of an array for, such as `exp`."""
        if name not in _ASKED_BY_NUMPY:
            raise AttributeError(f"an element of an integer array has no attribute {name!r}")
        return getattr(self.value, name)

    def __lt__(self, other: Any) -> bool: return self.value < plain(other)
    def __le__(self, other: Any) -> bool: return self.value <= plain(other)
    def __gt__(self, other: Any) -> bool: return self.value > plain(other)
    def __ge__(self, other: Any) -> bool: return self.value >= plain(other)
    def __eq__(self, other: Any) -> bool: return self.value == plain(other)
    def __ne__(self, other: Any) -> bool: return self.value != plain(other)


REFUSAL_OF_INDICES = (
    "uses an array of whole numbers or bools among the arguments as an index, and so how many items there are would be "
    "up to each call. Choose with take(rows, i) for each i of the array, or np.where(mask, x, 0.0), or pass a list, "
    "i.tolist(), which makes one recording for each"
)


def is_of_indices(error: BaseException) -> bool:
    """Whether NumPy has found objects, such as these, where it wanted indices."""
    texts = f"{error} {error.__cause__}"
    return isinstance(error, (IndexError, TypeError)) and any(text in texts for text in _NO_INDICES)


_NO_INDICES = "arrays used as indices must be of integer", "from dtype('O') to dtype('int64')"


def plain(x: Any) -> Any:
    """The Value of an index, and anything else as it is."""
    return x.value if type(x) is Index else x


def take(rows: Sequence[Any], i: Any) -> Any:
    """`rows[i]`, where `i` may be an element of an integer array in a function that is being recorded.

    Arguments:
        rows: a list of Values and numbers, or a list of such lists of one length (an embedding).
        i: an int, or an element of an integer array; from the end when negative.

    Raises IndexError where there is no such row. The gradient goes to the row taken and to no other.

    >>> take([10.0, 20.0, 30.0], 1)
    20.0
    """
    if type(i) is not Index:
        return rows[i]
    chosen = rows[placed(i, len(rows))]
    if not isinstance(chosen, (list, tuple)) and not getattr(chosen, "ndim", 0):
        return _taken(list(rows), i)
    if any(len(row) != len(chosen) for row in rows):
        raise ValueError("take: the rows must have one length")
    return [take([row[j] for row in rows], i) for j in range(len(chosen))]


def placed(i: Index, n: int) -> int:
    """The place of the index now, among n."""
    place = int(data_of(i.value))
    if not -n <= place < n:
        raise IndexError(f"take: the index {place} is outside of {n} rows")
    return place % n


def _taken(items: list[Any], i: Index) -> Value:
    place = placed(i, len(items))
    partials = [0.0] * (len(items) + 1)
    partials[place + 1] = 1.0
    return node(_TAKE, data_of(items[place]), (i.value, *items), partials)
