"""stdout and stderr as a command sees them: writing never fails.

What is written tells about the work and is not the work. A reader that has gone, a full disk or a character that the
terminal's encoding lacks must not cost a trained model.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any


class Unfailing:
    """A text stream (or None, a closed one) that escapes what it cannot encode and drops what cannot be delivered.

    `failure` is the first error of the system's, None as long as all went well; `escaped` says whether a character was.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.failure: BaseException | None = None
        self.escaped = False

    def write(self, text: str) -> int:
        """Write and, at the end of a line, deliver: whoever follows a log sees what is done."""
        if self._stream is not None and self.failure is None:
            try:
                self._write(text)
                if "\n" in text:
                    self._stream.flush()
            except (OSError, ValueError) as error:  # ValueError: the stream was closed
                self._give_up(error)
        return len(text)

    def write_bytes(self, content: bytes) -> None:
        """Write bytes that are to arrive as they are; into a stream of text alone, what they say."""
        if self._stream is None or self.failure is not None:
            return
        buffer = getattr(self._stream, "buffer", None)
        if buffer is None:
            self.write(content.decode("utf-8", "backslashreplace"))
            return
        try:
            self._stream.flush()
            buffer.write(content)
            buffer.flush()
        except (OSError, ValueError) as error:
            self._give_up(error)

    def flush(self) -> None:
        if self._stream is not None and self.failure is None:
            try:
                self._stream.flush()
            except (OSError, ValueError) as error:
                self._give_up(error)

    def isatty(self) -> bool:
        return self._stream is not None and self.failure is None and self._stream.isatty()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
        except UnicodeEncodeError:
            self.escaped = True
            encoding = self._stream.encoding or "ascii"
            self._stream.write(text.encode(encoding, "backslashreplace").decode(encoding))

    def _give_up(self, error: BaseException) -> None:
        self.failure = error
        # What is left in buffers goes nowhere, or the interpreter would try, and complain, once more when it ends.
        with suppress(OSError, ValueError, AttributeError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            try:
                os.dup2(nowhere, self._stream.fileno())
            finally:
                os.close(nowhere)
            self._stream.flush()


@contextmanager
def unfailing_streams() -> Iterator[tuple[Unfailing, Unfailing]]:
    """`sys.stdout` and `sys.stderr` replaced by streams that do not fail, for the time of a block."""
    before = sys.stdout, sys.stderr
    out, err = Unfailing(before[0]), Unfailing(before[1])
    sys.stdout, sys.stderr = out, err
    try:
        yield out, err
    finally:
        out.flush()
        err.flush()
        sys.stdout, sys.stderr = before
