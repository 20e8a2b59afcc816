"""The files that are computed from the table of operations, and which of them are not current.

They are committed, so that an installation needs no generator; a test runs the check.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from autograd.formulas import derivatives, kernels, partials, stubs
from autograd.formulas.reference import operations_md
from autograd.formulas.vectors import kernels_vector_h

HERE = Path(__file__).parents[1]  # what the names below start from
NOTE = "Generated from primitives.py by `python -m autograd.formulas`: do not edit."

FILES = {
    "generated/partial_rows.py": lambda: partials.partial_rows_py(NOTE),  # first: the others are made of all rows
    "generated/partials.py": lambda: partials.partials_py(NOTE),
    "generated/partials.pxd": lambda: partials.partials_pxd(NOTE),
    "generated/kernels.py": lambda: kernels.kernels_py(NOTE),
    "generated/kernels.h": lambda: kernels.kernels_h(NOTE),
    "generated/kernels.pxd": lambda: kernels.kernels_pxd(NOTE),
    "generated/kernels_vector.h": lambda: kernels_vector_h(kernels.in_order_of_calls(), NOTE),
    "generated/derivatives.py": lambda: derivatives.derivatives_py(NOTE),
    "generated/derivatives.pxd": lambda: derivatives.derivatives_pxd(NOTE),
    "generated/curvature.py": lambda: derivatives.curvature_py(NOTE),
    "generated/curvature.h": lambda: derivatives.curvature_h(NOTE),
    "generated/curvature.pxd": lambda: derivatives.curvature_pxd(NOTE),
    "__init__.pyi": lambda: stubs.init_pyi(NOTE),
    "value.pyi": lambda: stubs.value_pyi(NOTE),
    "../docs/operations.md": lambda: operations_md(NOTE),
}


def stale() -> list[str]:
    """The names of the generated files that are missing or differ from what the table says now."""
    return [
        name for name, make in FILES.items()
        if not (HERE / name).exists() or (HERE / name).read_text(encoding="utf-8") != make()
    ]  # fmt: skip


def main(arguments: list[str]) -> int:
    """Write what is stale; with `--check` only say what is, and return 1 where anything is."""
    names = stale()
    if "--check" in arguments:
        print(f"not current: {', '.join(names)}; run python -m autograd.formulas" if names else "current")
        return 1 if names else 0
    for name in names:
        (HERE / name).write_text(FILES[name](), encoding="utf-8")
        print(f"wrote {HERE / name}")
    if "generated/partial_rows.py" in names:  # the table in this process is without them
        return subprocess.call([sys.executable, "-m", "autograd.formulas"])
    return 0
