"""The engine and the machine under AddressSanitizer and UndefinedBehaviorSanitizer, where `--sanitizers` asks for it.

All extensions are built anew into a copy of the source, and the tests that reach into C run there. A report ends the
process that it is about, so that the test that it comes from fails. Takes ten minutes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLAGS = "-fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all -fno-omit-frame-pointer -g1 -O1"
TESTS = (
    "misuse recovery value backprop reductions numpy_functions transforms higher_order nesting deep_graphs copying "
    "custom optimizers functions primitives edge_cases ieee modes arrays twins jit jit_edges jit_programs recorded "
    "recording rows_unchanged rows_alone records_and_patterns watch observation machine row_functions partial_rows "
    "linear dot vector_kernels vector_math random_programs arena strips pairs products schedule rewriting"
).split()
READ_WHAT_IS_FREED = """
import autograd, ctypes
assert autograd.COMPILED
x, y = autograd.Value(1.0), autograd.Value(2.0)
place = id(y)
del y
ctypes.string_at(place, 80)
"""

pytestmark = pytest.mark.sanitizers


def library(name: str) -> str:
    """A sanitizer's library, which must be there before the interpreter is."""
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "gcc").split()[0]
    answer = subprocess.run([compiler, f"-print-file-name={name}"], capture_output=True, text=True, check=True)
    path = answer.stdout.strip()
    if not os.path.isabs(path):
        pytest.fail(f"{compiler} has no {name}; sanitizers need GCC and its libraries")
    return path


@pytest.fixture(scope="module")
def sanitized(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source whose extensions are built with the sanitizers."""
    folder = tmp_path_factory.mktemp("sanitized")
    built = shutil.ignore_patterns("*.so", "*.c", "__pycache__")
    for name in ("autograd", "nn", "viz", "tests", "benchmarks", "examples"):
        shutil.copytree(ROOT / name, folder / name, ignore=built)
    for name in ("setup.py", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder)
    command = [sys.executable, "setup.py", "-q", "build_ext", "--inplace"]
    environment = {**os.environ, "GLASSGRAD_CFLAGS": FLAGS}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert list((folder / "autograd").glob("value*.so")), done.stderr[-4000:]
    return folder


def run(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "LD_PRELOAD": f"{library('libasan.so')} {library('libubsan.so')}",
        # Python itself leaves memory at its end, and asks for absurdly much of it where a test does
        "ASAN_OPTIONS": "detect_leaks=0:abort_on_error=1:allocator_may_return_null=1",
        "UBSAN_OPTIONS": "print_stacktrace=1:abort_on_error=1",
        "PYTHONMALLOC": "malloc",
        "PYTHONPATH": str(folder),
        "HYPOTHESIS_PROFILE": "ci",
    }
    return subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("name", TESTS)
def test_nothing_is_reported(sanitized: Path, name: str):
    done = run(sanitized, "-m", "pytest", "-q", "-p", "no:cacheprovider", *sanitized.glob(f"tests/*/test_{name}.py"))
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-6000:]}"


def test_a_node_that_is_read_after_it_was_freed_is_reported(sanitized: Path):
    done = run(sanitized, "-c", READ_WHAT_IS_FREED)
    assert done.returncode != 0
    assert "use-after-poison" in done.stderr
