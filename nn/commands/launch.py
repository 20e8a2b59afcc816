"""The first things a process does that runs as the command line, before anything else is imported.

Until a command writes, nothing can be lost, so a signal ends the process on the spot: as an exception in the middle of
an import it could surface as a traceback, or be taken for a missing module. Importing the engine, NumPy and a reader of
tables takes longer than a user waits without a word, so the first words about a large table are said here too. This
module itself imports next to nothing.
"""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import sys

PROGRAMS = ("glassgrad", "glassgrad.exe", "glassgrad-script.py")
MODULES = ("nn", "nn.__main__")

LARGE = 2_000_000  # bytes of a file whose reading may be noticed
SILENT = ("-h", "--help", "--hel", "--q", "--qu", "--qui", "--quie", "--quiet")  # argparse takes beginnings too

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


def launched() -> bool:
    """Whether this process was started as `glassgrad` or `python -m nn`, rather than a program that imports nn."""
    arguments = getattr(sys, "argv", None) or [""]
    if os.path.basename(arguments[0]) in PROGRAMS:
        return True
    # While `-m` looks for a module, argv[0] is "-m"; which module that is stands before the arguments.
    asked = sys.orig_argv[-len(arguments)] if len(sys.orig_argv) > len(arguments) else ""
    return arguments[0] == "-m" and asked.removeprefix("-m") in MODULES


def prepare() -> None:
    """See that a signal ends the process with one line, and that descriptors 0 to 2 are taken."""
    for number in SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:  # ignored by nohup or by a shell's `&`: that stays
            signal.signal(number, end_before)
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:  # closed by the shell (`>&-`): the next file opened would be taken for stdout
            os.open(os.devnull, os.O_RDWR)
    if sys.argv[1:2] == ["train"] and not set(SILENT).intersection(sys.argv):
        for argument in sys.argv[2:]:
            if said := reading(argument):
                with contextlib.suppress(OSError):  # which is told when there is more to be written
                    os.write(1, f"{said}\n".encode(errors="backslashreplace"))
                break


def prepared() -> bool:
    """Whether this process has been prepared, and has made no file yet."""
    return any(signal.getsignal(number) is end_before for number in SIGNALS)


def reading(name: str) -> str:
    """What is said while a large file is read, "" for any other."""
    try:
        found = os.stat(name)
    except (OSError, ValueError):  # which the reading tells in better words
        return ""
    if found.st_size <= LARGE or not stat.S_ISREG(found.st_mode):
        return ""
    from nn.wording import cut

    return f"reading {cut(os.path.basename(name))}, {found.st_size / 1e6:,.0f} MB"


def settle(code: int) -> None:
    """End a process that `prepare` prepared: signals are ignored from here on, since everything is done.

    After a signal Python's own tidying up is left out: it aborts where the import of native code was interrupted.
    """
    for number in SIGNALS:
        if signal.getsignal(number) in (end_before, end_now):
            signal.signal(number, signal.SIG_IGN)
            if code == exit_code(number):
                os._exit(code)


def words(number: int) -> str:
    """What a signal did, for a message."""
    return "interrupted" if number == signal.SIGINT else f"ended by {signal.Signals(number).name}"


def exit_code(number: int) -> int:
    """What a shell reports for a program that this signal ended, so that `train ... && next` stops."""
    return 128 + number


def end_before(number: int, frame: object) -> None:
    """The handler until a command makes files."""
    _end(number, f"{words(number)}; no file was written")


def end_now(number: int, frame: object) -> None:
    """The handler when it has made them."""
    _end(number, words(number))


def _end(number: int, said: str) -> None:
    with contextlib.suppress(OSError):
        os.write(2, f"glassgrad: {said}\n".encode())
    os._exit(exit_code(number))
