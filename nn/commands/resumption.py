"""`--resume RUN`: the command line of a run that ended early, and what its training goes on from.

Both are in state.json beside the model. The command line is read again as it was given, so that a file from a stranger
can say nothing that a command line could not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from nn.formats.files import read_at_most, write_whole
from nn.formats.strict_json import end_of, strict_json
from nn.saving import MAX_BYTES
from nn.tables.data import Dataset
from nn.wording import place, quoted, reason

STATE = "state.json"
FORMAT = "glassgrad training 1"
MOST_NUMBERS = 2_000_000  # in the file, so that reading it takes some 100 MB at most

_NAME = re.compile(r"state(\.new(-\d+)?)?\.json")
_KEYS = {"format", "arguments", "data", "began_linear", "training"}


class _Parser(argparse.ArgumentParser):
    """argparse that raises what is wrong."""

    def error(self, message: str) -> NoReturn:
        raise ValueError(f"--resume: {message}")


def resumed(options: argparse.Namespace, declare: Callable[[argparse.ArgumentParser], None]) -> argparse.Namespace:
    """The options of the run that `options.resume` names, with those that are given anew in their place.

    `options.state` is what its training goes on from (its "training" is None where no epoch was kept), and
    `options.state_file` where it was found. Raises ValueError where the run cannot be gone on with.
    """
    folder = Path(options.resume)
    if options.data is not None:
        raise ValueError("--resume takes DATA from the run; leave it out")
    path = _newest(folder)
    content = _content(path)
    try:
        stored = _stored(content)
    except ValueError as error:
        raise ValueError(f"'{place(path)}' is no state of a training: {error}") from None
    parser = _Parser(prog="glassgrad train", add_help=False)
    declare(parser)
    arguments = [*stored["arguments"], *_without_resume(options.arguments)]
    both = parser.parse_intermixed_args(arguments)
    both.arguments = arguments
    both.resume, both.out, both.state, both.state_file = options.resume, options.out or options.resume, stored, path
    return both


def check_data(state: dict[str, Any], data: Dataset) -> None:
    """Raise ValueError when the rows to train on are others than those of the run."""
    if state["data"] != fingerprint(data):
        raise ValueError(
            f"--resume: {quoted(data.name)} is not as it was when the run began: its rows, their division or what its "
            "columns are taken for differ; train anew"
        )


def fingerprint(data: Dataset) -> str:
    """What tells the rows to train on and to validate with from any others."""
    digest = hashlib.sha256()
    for part in (data.train, data.validation):
        digest.update(repr((part.rows.shape, part.rows.dtype, part.targets.dtype)).encode())
        digest.update(part.rows.tobytes())
        digest.update(part.targets.tobytes())
    return digest.hexdigest()


def write_state(
    path: Path, arguments: list[str], data: str, began_linear: bool, training: dict[str, Any] | None
) -> None:
    """Write what `resumed` reads, `data` being a fingerprint; raises ValueError where it would be too large, OSError
    where the system does."""
    if training is not None and _size(training) > MOST_NUMBERS:
        raise ValueError("the network, or the number of epochs, is too large for it")
    stored = {
        "format": FORMAT,
        "arguments": _without_resume(arguments),
        "data": data,
        "began_linear": began_linear,
        "training": training,
    }
    write_whole(path, json.dumps(stored, allow_nan=False, separators=(",", ":")).encode())


def _size(training: dict[str, Any]) -> int:
    """About how many values there are in a state, and not less."""
    memories = training["optimizer"] or {}
    records = training["records"]
    figures = len(records[0][3]) if records else 0
    return (4 + len(memories)) * len(training["parameters"]) + (6 + figures) * len(records) + 2_000


def _newest(folder: Path) -> Path:
    """The state that was written last: beside that of a run which came to its end there may be one of a run into the
    same folder which was killed, or the other way round."""
    found = [path for path in folder.glob("state*.json") if _NAME.fullmatch(path.name)]
    return max(found, key=_written, default=folder / STATE)


def _written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _content(path: Path) -> bytes:
    try:
        content = read_at_most(path, MAX_BYTES)
    except FileNotFoundError:
        raise ValueError(
            f"--resume wants the folder of a run, and there is no '{place(path)}'; runs of earlier versions have none"
        ) from None
    except (OSError, ValueError) as error:
        raise ValueError(f"--resume: '{place(path)}' cannot be read: {reason(error)}") from None
    if content is None:
        raise ValueError(f"--resume: '{place(path)}' has more than {MAX_BYTES:,} bytes")
    return content


def _stored(content: bytes) -> dict[str, Any]:
    if not content.startswith(b"{"):
        raise ValueError("it is no JSON object")
    end_of(content, 0, longest=MAX_BYTES, most=MOST_NUMBERS)
    stored = strict_json(content)
    if set(stored) != _KEYS or stored["format"] != FORMAT:
        raise ValueError(f"it does not say {FORMAT!r}")
    arguments = stored["arguments"]
    if not isinstance(arguments, list) or not all(isinstance(argument, str) for argument in arguments):
        raise ValueError("its arguments are no list of texts")
    if not isinstance(stored["data"], str) or not isinstance(stored["training"], (dict, type(None))):
        raise ValueError("its data or its training are missing")
    return stored


def _without_resume(arguments: list[str]) -> list[str]:
    parser = _Parser(add_help=False)
    parser.add_argument("--resume")
    return parser.parse_known_args(arguments)[1]
