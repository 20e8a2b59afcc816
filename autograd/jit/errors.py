"""What cannot be recorded, as one kind of error."""


class JitError(RuntimeError):
    """The function does something that a recording could not repeat; the message says what to use instead."""
