"""What a function did that a recording could not repeat, remembered: whoever swallows the exception changes nothing."""

from __future__ import annotations

from autograd.jit.errors import JitError


class Refusals:
    """Those of one run.

    Attributes:
        fatal: an error that was raised on the spot. late: one that is raised when the function returns; if it raises an
            exception of its own, that is the answer. outside: one about something that may be done only once, such as
            a file that is read into a cache; raised where the next run does it again, or changes nothing.
    """

    __slots__ = ("fatal", "late", "outside")

    def __init__(self) -> None:
        self.fatal: JitError | None = None
        self.late: JitError | None = None
        self.outside: JitError | None = None

    def at_once(self, message: str) -> JitError:
        """The error to raise."""
        error = JitError(message)
        self.fatal = self.fatal or error
        return error

    def at_the_end(self, message: str) -> None:
        self.late = self.late or JitError(message)

    def unless_only_once(self, message: str) -> None:
        self.outside = self.outside or JitError(message)
