"""The vector headers compiled as a small library of loops over arrays, beside the scalar kernels they must agree with.

One function each for value and partials of every row: `value_NAME_TARGET`, `partial_NAME_OPERAND_TARGET`, with the
scalar kernels under the target "scalar"; one for each function of vector_math.h, `math_NAME_TARGET`; those of linear.h.
"""

from __future__ import annotations

import atexit
import ctypes
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import autograd
from autograd.primitives import LIBRARY, ROWS

ENGINE = Path(autograd.__file__).parent
TARGETS = ("baseline", "avx2", "avx512")
KERNELS = [row for row in ROWS if not row.reduction]
MATH = tuple(
    "exp expm1 log log1p log2 log10 cbrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf erfc "
    "sqrt floor ceil trunc rint".split()
)
FLAGS = ("-O2", "-ffp-contract=off", "-fno-math-errno", "-shared", "-fPIC")
LANES = 8  # the widest target's: arrays are padded to a multiple of it


@cache
def library() -> ctypes.CDLL:
    """The compiled library; the test is skipped where there is no C compiler, and fails where one fails.

    Processes that share the tests of one run share it: one compiles, which takes many seconds, the others wait.
    """
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not compiler or os.name == "nt":
        pytest.skip("no C compiler for the vector kernels")
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        return _compiled(compiler, Path(_folder().name))
    folder = Path(tempfile.gettempdir()) / f"glassgrad-vectors-{run}"
    try:
        folder.mkdir()
    except FileExistsError:
        return _compiled_by_another(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return _compiled(compiler, folder)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def _compiled_by_another(folder: Path) -> ctypes.CDLL:
    ended = folder / "ended"
    for _ in range(3000):
        if ended.exists():
            break
        time.sleep(0.1)
    assert ended.exists(), f"{folder} is not complete after five minutes"
    return ctypes.CDLL(str(folder / "library.so"))


def _compiled(compiler: str, folder: Path) -> ctypes.CDLL:
    (folder / "loops.h").write_text(_LINEAR + "".join(_loops()), encoding="utf-8")
    (folder / "library.c").write_text(_LIBRARY + "".join(_scalar_loops()), encoding="utf-8")
    includes = [f"-I{folder}", *(f"-I{ENGINE / part}" for part in ("generated", "jit/machine", "jit/vectors"))]
    command = [*compiler.split(), *FLAGS, *includes, str(folder / "library.c"), "-o", str(folder / "library.so"), "-lm"]
    run = subprocess.run(command, capture_output=True, text=True)
    (folder / "ended").touch()
    assert run.returncode == 0, run.stderr
    return ctypes.CDLL(str(folder / "library.so"))


def require(target: str) -> ctypes.CDLL:
    """The library, if this processor can run the target's code; else the test is skipped."""
    if not library().supports(TARGETS.index(target)):
        pytest.skip(f"this processor has no {target}")
    return library()


def run(function: str, target: str, operands: Sequence[np.ndarray]) -> np.ndarray:
    """The function's values at arrays of operands, all of one length."""
    count = len(operands[0])
    padded = [np.concatenate([x, np.zeros(-count % LANES)]) for x in operands]
    out = np.empty_like(padded[0])
    pointers = (ctypes.c_void_p * len(padded))(*(x.ctypes.data for x in padded))
    getattr(library(), f"{function}_{target}")(pointers, ctypes.c_void_p(out.ctypes.data), ctypes.c_long(len(out)))
    return out[:count]


def units_apart(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """How many floats lie between a and b; nan and nan are 0 apart, nan and a number too far to count."""
    i, j = (np.where(x.view(np.int64) < 0, np.int64(-(2**63)) - x.view(np.int64), x.view(np.int64)) for x in (a, b))
    far = np.abs(i.astype(float) - j.astype(float))
    near = np.abs(np.where(far < 2.0**60, i, 0) - np.where(far < 2.0**60, j, 0))
    apart = np.where(far < 2.0**60, near, far)
    return np.where(np.isnan(a) & np.isnan(b), 0.0, np.where(np.isnan(a) | np.isnan(b), np.inf, apart))


_LIBRARY = """
#include "kernels.h"
#define TARGET_BODY "loops.h"
#include "each_target.h"
int supports(int target) { return has_target(target); }
"""

_LINEAR = """
#include "linear.h"
double V(linear_dot)(long n, double *x, double *y) { return V(dot)(n, x, y); }
void V(linear_product)(long m, long n, double *W, double *x, double *z) { V(matrix_vector)(m, n, W, n, x, z); }
void V(linear_transposed)(long m, long n, double *W, double *g, double *d) { V(transposed_vector)(m, n, W, n, g, d); }
void V(linear_outer)(long m, long n, double *g, double *x, double *D) { V(add_outer)(m, n, g, x, D, n); }
void V(linear_sgd)(long n, double *p, double *g, double *m, double lr, double momentum, double decay, int nesterov) {
    V(update_sgd)(n, p, g, m, lr, momentum, decay, nesterov);
}
void V(linear_adam)(long n, double *p, double *g, double *m, double *v, const adam_settings *a) {
    V(update_adam)(n, p, g, m, v, a);
}
"""


def _loops() -> list[str]:
    loop = (
        "void V({})(double *const *x, double *out, long n) {{"
        " for (long i = 0; i < n; i += LANES) V(store)(out + i, {}); }}\n"
    )
    text = [loop.format(f"math_{name}", f"V({name})({_at('V(load)(x[{}] + i)', 1)})") for name in MATH]
    for row in KERNELS:
        arity = len(row.operands)
        text.append(loop.format(f"value_{row.name}", f"V(w_{row.name})({_at('V(load)(x[{}] + i)', arity)})"))
        text += [
            loop.format(f"partial_{row.name}_{name}", f"V(p_{row.name}_{name})({_at('V(load)(x[{}] + i)', arity + 1)})")
            for name in row.operands
        ]
    return text


def _scalar_loops() -> list[str]:
    loop = "void {}_scalar(double *const *x, double *out, long n) {{ for (long i = 0; i < n; i++) out[i] = {}; }}\n"
    text = [loop.format(f"math_{name}", f"{name}(x[0][i])") for name in MATH]
    for row in KERNELS:
        arity = len(row.operands)
        text.append(loop.format(f"value_{row.name}", f"v_{row.name}({_at('x[{}][i]', arity)})"))
        text += [
            loop.format(f"partial_{row.name}_{name}", f"d_{row.name}_{name}({_at('x[{}][i]', arity + 1)})")
            for name in row.operands
        ]
    return text


def _at(element: str, count: int) -> str:
    return ", ".join(element.format(k) for k in range(count))


def is_exact(formula: str) -> bool:
    """Whether a formula holds nothing that may be rounded otherwise on vectors: no function but exact ones."""
    exact = {"fabs", "copysign", "floor", "ceil", "trunc", "rint", "sqrt"}
    rows = {row.name: row for row in KERNELS}
    calls = set(re.findall(r"(\w+)\(", formula))
    return all(name in exact or (name in rows and name not in LIBRARY and is_exact(rows[name].value)) for name in calls)
