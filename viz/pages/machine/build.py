"""Build `machine.wasm` from the C headers of the compiled twin: `python -m viz.pages.machine.build [--check]`.

Users never build it: the module and its hash are kept with the sources. It needs clang, lld and wasi-libc (packages of
these names on Debian). Different compilers give different bytes, so what is compared is the hash of the sources.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import textwrap
from pathlib import Path

from autograd.generated.kernels import NAMES
from nn.activations import ACTIVATIONS

HERE = Path(__file__).parent
_ROOT = HERE.parents[2]
_HEADERS = tuple(_ROOT / "autograd" / folder for folder in ("jit/machine", "jit/vectors", "generated"))
MODULE, STAMP = HERE / "machine.wasm", HERE / "machine.sources"
CODES = HERE.parent / "scripts" / "engine" / "codes.js"
# -Os would be a quarter smaller and half as fast; fused or reassociated arithmetic would change digits.
_FLAGS = (
    "--target=wasm32-wasi --sysroot=/usr -O3 -msimd128 -ffp-contract=off -fno-math-errno -mexec-model=reactor "
    "-Wl,--strip-all".split()
)
_OPERATIONS = "sub mul neg square detach mean dot logsumexp take".split()


def sources_hash() -> str:
    """The hash of all that the module is made of."""
    files = [HERE / "machine.c", *(header for folder in _HEADERS for header in sorted(folder.glob("*.h")))]
    found = hashlib.sha256()
    for path in files:
        found.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()


def codes_text() -> str:
    """The numbers of the operations as the page's scripts read them."""
    names = dict.fromkeys((*_OPERATIONS, *(name for name in ACTIVATIONS if name != "linear")))
    listed = ", ".join(f"{name}: {NAMES.index(name)}" for name in names)
    table = textwrap.fill(f"export const CODES = {{ {listed} }};", 120, subsequent_indent="  ")
    lines = [
        "// Generated from the table of operations by `python -m viz.pages.machine.build`: do not edit.",
        '"use strict";',
        "",
        table,
    ]
    return "\n".join(lines) + "\n"


def is_current() -> bool:
    """Whether the files that are kept were made of these sources."""
    return STAMP.read_text().strip() == sources_hash() and CODES.read_text() == codes_text()


def build() -> None:
    """Compile the module and write what it was made of."""
    includes = [word for folder in _HEADERS for word in ("-I", str(folder))]
    subprocess.run(["clang", *_FLAGS, *includes, "-o", str(MODULE), str(HERE / "machine.c")], check=True)
    MODULE.chmod(0o644)
    STAMP.write_text(sources_hash() + "\n")
    CODES.write_text(codes_text())


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        if is_current():
            return 0
        print("machine.wasm is not that of these sources; run python -m viz.pages.machine.build")
        return 1
    build()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
