"""Operations by number: those of the table, and behind them what users and derivatives add."""

from autograd.generated.kernels import NAMES

names: list[str] = list(NAMES)  # by op_code
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
