"""The one exception of the pictures' own; everything else is a ValueError, TypeError or OSError."""


class RenderError(RuntimeError):
    """No engine could turn DOT text into a picture; the message says what was tried and what to do.

    >>> from viz import RenderError
    >>> issubclass(RenderError, Exception)
    True
    """
