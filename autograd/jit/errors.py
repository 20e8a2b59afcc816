"""What cannot be recorded, as one kind of error."""


class JitError(RuntimeError):
    """The function does something that a recording could not repeat; the message says what to use instead.

    >>> from autograd import JitError, jit
    >>> try:
    ...     jit(lambda x: x * x.data)(3.0)
    ... except JitError:
    ...     print("x.data would be the same number in every call")
    x.data would be the same number in every call
    """
