"""Files of any size that look like models and are none, and what it costs to refuse them.

`python tests/nn/hostile_models.py MEGABYTES` tries each in a process of its own and prints one JSON line for it: name,
bytes, seconds of the processor, how many times its size the process grew, and what was said.
"""

from __future__ import annotations

import json
import math
import os
import struct
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

BEGINNING = '{"format": "glassgrad mlp 1", "nin": 2, "nouts": [1], "layers": ['
LAYER = '{"activation": "relu", "weights": [[1.0, 2.0]], "biases": null}'
WEIGHTS = BEGINNING + '{"activation": "relu", "biases": null, "weights": '
METADATA = BEGINNING + LAYER + '], "metadata": '


def hostile(size: int) -> Iterator[tuple[str, bytes]]:
    """Names and contents of JSON files of about `size` bytes."""

    def repeated(unit: str, more: int = 400) -> str:
        return unit * max(1, (size - more) // len(unit))

    whole = {
        "empty lists": repeated("[],"),
        "a list of empty lists": "[" + repeated("[],") + "[]]",
        "an unknown key": '{"a": [' + repeated("{},") + "{}]}",
        "brackets": repeated("["),
        "braces": repeated('{"a":'),
        "zeros": "[" + repeated("0,") + "0]",
        "digits": repeated("1"),
        "a string": '"' + repeated("x") + '"',
        "blank": repeated(" "),
        "a key": '{"' + repeated("x") + '": 1}',
        "repeated keys": "{" + repeated('"nin": 1, ') + '"nin": 1}',
        "a long format": '{"format": "' + repeated("x") + '"}',
        "escapes in the format": '{"format": "' + repeated("\\a") + '"}',
        "digits of dropout": '{"dropout": 0.' + repeated("1") + "}",
        "digits of nin": '{"nin": ' + repeated("1") + "}",
        "many widths": '{"nin": 2, "nouts": [' + repeated("1, ") + "1]}",
        "blank in the widths": '{"nin": 2, "nouts": [' + repeated(" ") + "1]}",
        "layers without keys": BEGINNING + repeated("{}, ") + "{}]}",
        "many layers": '{"layers": [' + repeated('{"activation":"relu","weights":[[1]],"biases":null},') + "1]}",
        "a long activation": BEGINNING + '{"activation": "' + repeated("x") + '"}',
        "many biases": BEGINNING + '{"biases": [' + repeated("0,") + "0]}",
    }
    weights = {
        "empty rows": "[" + repeated("[],") + "[]]}",
        "one endless row": "[[" + repeated("0,") + "0]]}",
        "a row without an end": "[[" + repeated("0.5,"),
        "digits in a row": "[[" + repeated("1") + ", 0]]}",
        "decimals in a row": "[[0." + repeated("1") + ", 0]]}",
        "an exponent in a row": "[[1e" + repeated("1") + ", 0]]}",
        "a string in a row": '[["' + repeated("1") + '", 0]]}',
        "blank in a row": "[[1," + repeated(" ") + "0]]}",
        "brackets in a row": "[" + repeated("[") + "]]}",
        "closed too often": "[[1], " + repeated("], "),
        "large whole numbers": "[[" + repeated("1" * 400 + ",") + "1]]}",
    }
    metadata = {
        "empty lists": '{"a": [' + repeated("[],") + "[]]}}",
        "empty objects": '{"a": [' + repeated("{},") + "{}]}}",
        "zeros": '{"a": [' + repeated("0,") + "0]}}",
        "braces": repeated('{"a":'),
        "a string": '{"a": "' + repeated("x") + '"}}',
        "a wide string": '{"a": "\U0001f600' + repeated("x") + '"}}',
        "escapes": '{"a": "' + repeated("\\n") + '"}}',
        "digits": '{"a": ' + repeated("1") + "}}",
        "repeated keys": "{" + repeated('"a":1,') + '"a":1}}',
        "no list": "1" + repeated(" ") + "}",
    }
    for name, text in whole.items():
        yield name, text.encode()
    for name, text in weights.items():
        yield f"weights: {name}", (WEIGHTS + text).encode()
    for name, text in metadata.items():
        yield f"metadata: {name}", (METADATA + text).encode()
    yield from spoiled(size)


def spoiled(size: int) -> Iterator[tuple[str, bytes]]:
    """Good models of about `size` bytes but for one thing near their end."""
    for kind, number, width in (("long", "0.123456789012345678", 100), ("short", "1.5", 100), ("narrow", "0.5", 1)):
        row = "[" + ",".join([number] * width) + "]"
        rows = min((size - 400) // (len(row) + 1), 950_000, 9_500_000 // width)
        for flaw, last in (("too large", "1e999"), ("no number", "NaN"), ("not JSON", "01")):
            spoiled_row = "[" + ",".join([number] * (width - 1) + [last]) + "]"
            yield f"{kind} numbers, the last {flaw}", _model(width, [row] * (rows - 1) + [spoiled_row], "{}}")
        yield f"{kind} numbers, metadata {{'a': 1e999}}", _model(width, [row] * rows, '{"a": 1e999}}')
        yield f"{kind} numbers, cut off", _model(width, [row] * rows, "{")


def _model(nin: int, rows: list[str], rest: str) -> bytes:
    return (
        f'{{"format": "glassgrad mlp 1", "nin": {nin}, "nouts": [{len(rows)}], "layers": [{{"activation": "relu", '
        f'"weights": [{",".join(rows)}], "biases": null}}], "metadata": {rest}'
    ).encode()


def hostile_safetensors(size: int) -> Iterator[tuple[str, bytes]]:
    """The same for safetensors."""

    def header(text: str, data: bytes = b"") -> bytes:
        return struct.pack("<Q", len(text.encode())) + text.encode() + data

    def described(activations: int) -> str:
        entry = {"format": "glassgrad mlp 1", "activations": ["relu"] * activations, "metadata": {}}
        return f'"__metadata__": {{"glassgrad": {json.dumps(json.dumps(entry))}}}'

    rows = (size - 1000) // 800
    tensor = f'"layers.0.weight": {{"dtype": "F64", "shape": [{rows}, 100], "data_offsets": [0, {800 * rows}]}}'
    entry = '"{0}": {{"dtype": "F64", "shape": [0, 1], "data_offsets": [0, 0]}}'
    yield "empty lists", header("[" + "[]," * (size // 3) + "[]]")
    yield "a tensor of lists", header('{"a": [' + "[]," * (size // 3) + "[]]}")
    yield "braces", header('{"a":' * (size // 5))
    yield "a string", header('{"__metadata__": {"glassgrad": "' + "x" * size + '"}}')
    yield "many tensors", header("{" + ",".join(entry.format(i) for i in range(size // 72)) + "}")
    yield "repeated keys", header("{" + '"a":1,' * (size // 6) + '"a":1}')
    yield "blank behind the header", header("{}" + " " * size)
    yield "zeros", bytes(size)
    yield "many activations", header("{" + described(size // 11) + "}")
    yield "a nan at its end", header(f"{{{described(1)}, {tensor}}}", struct.pack("<d", 0.5) * (100 * rows - 1) + _NAN)
    yield "a byte too many", header(f"{{{described(1)}, {tensor}}}", struct.pack("<d", 0.5) * (100 * rows) + b"x")


_NAN = struct.pack("<d", math.nan)


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith(name))


def _tried(name: str, path: Path) -> None:
    import nn

    Path("/proc/self/clear_refs").write_text("5")  # the largest size so far becomes the present one
    before, started = _status("VmRSS"), time.process_time()
    try:
        nn.load(path)
        said = ""
    except ValueError as error:
        said = str(error)
    seconds = time.process_time() - started
    size = path.stat().st_size
    growth = (_status("VmHWM") - before) / size
    print(json.dumps({"name": name, "size": size, "seconds": seconds, "growth": growth, "said": said}), flush=True)


def main(megabytes: float) -> None:
    import safetensors  # noqa: F401  # imported before the clock starts

    import nn  # noqa: F401

    size = int(megabytes * 2**20)
    with tempfile.TemporaryDirectory() as folder:
        for suffix, cases in ((".json", hostile(size)), (".safetensors", hostile_safetensors(size))):
            path = Path(folder) / f"model{suffix}"
            for name, content in cases:
                path.write_bytes(content)
                del content
                child = os.fork()
                if child == 0:
                    _tried(f"{suffix} {name}", path)
                    os._exit(0)
                os.waitpid(child, 0)


if __name__ == "__main__":
    main(float(sys.argv[1]))
