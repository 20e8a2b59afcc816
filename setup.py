"""Builds the compiled twin: every module that autograd/extensions.py lists, or none of them.

GLASSGRAD_BUILD in the environment says which: `pure` makes a wheel without it, for every platform; `compiled` makes a
failure to compile one of the build. By default the plain twin serves where compiling fails.
"""

import os
import runpy
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = Path(__file__).parent
LIST = runpy.run_path(str(HERE / "autograd" / "extensions.py"))
WANTED = os.environ.get("GLASSGRAD_BUILD", "")
if WANTED not in ("", "pure", "compiled"):
    raise SystemExit(f"GLASSGRAD_BUILD must be pure or compiled, or not be set; got {WANTED!r}")
# no fused multiply-add but where the code asks for it: both twins must give the same bits
FLAGS = ["-g0", "-ffp-contract=off", "-fno-math-errno"]
# an eager program's loops; elsewhere -O3 only takes longer to compile
INNERMOST = ("node", "value", "reductions")
MORE_FLAGS = os.environ.get("GLASSGRAD_CFLAGS", "").split()  # behind the others, to compile and to link: sanitizers
# None is no object of a class, and what pickle calls could fill an object with anything
# types are said in .pxd files: what annotations say is for readers
DIRECTIVES = {
    "allow_none_for_extension_args": False, "annotation_typing": False, "auto_pickle": False, "embedsignature": True,
    "embedsignature.format": "clinic",
}  # fmt: skip
# a method called unbound looks what it is called on, and what is not there yet is None; the engine sees to that itself
CHECKED_MODULES = ("jit/", "generated/partials", "differentiation/structure")
CHECKED = {"binding": False, "nonecheck": True}
# loops over arrays whose lengths were looked at where they came in
UNBOUNDED_MODULES = (
    "arrays/parameters", "jit/passes/", "jit/recording/arguments", "jit/recording/inner",
    "jit/recording/recordings", "jit/watching/watch", "jit/calls",
)  # fmt: skip
UNBOUNDED = {"boundscheck": False, "wraparound": False}
# whole numbers that are never negative nor divided by 0
C_DIVISION_MODULES = ("arrays/parameters", "jit/passes/")
C_DIVISION = {"cdivision": True}


def extension(module: str, suffix: str) -> Extension:
    """How one module is compiled; it depends on every header, so that no stale one is left."""
    found = [path.relative_to(HERE) for kind in ("*.h", "*.pxd") for path in (HERE / "autograd").rglob(kind)]
    headers = ["setup.py", *sorted(map(str, found))]
    made = Extension(
        f"autograd.{module.replace('/', '.')}",
        [f"autograd/{module}{suffix}"],
        include_dirs=sorted({str(path.parent) for path in found if path.suffix == ".h"}),
        depends=headers,
        extra_compile_args=["-O3" if module in INNERMOST else "-O2", *FLAGS, *MORE_FLAGS],
        extra_link_args=MORE_FLAGS,
    )
    made.cython_directives = {
        **DIRECTIVES,
        **(CHECKED if module.startswith(CHECKED_MODULES) else {}),
        **(UNBOUNDED if module.startswith(UNBOUNDED_MODULES) else {}),
        **(C_DIVISION if module.startswith(C_DIVISION_MODULES) else {}),
    }
    return made


class AllOrNone(build_ext):
    """Compiles on all processors; where one module fails, what was compiled is taken away and the plain twin serves."""

    def run(self) -> None:
        try:
            super().run()
        except Exception as error:  # no compiler, no headers, a compiler that does not understand
            self.take_away()
            if WANTED == "compiled":
                raise
            print(f"glassgrad: not compiled, the plain twin will be used ({error})", file=sys.stderr)
            self.extensions = []

    def build_extensions(self) -> None:
        self.parallel = os.cpu_count() or 1
        super().build_extensions()

    def build_extension(self, ext: Extension) -> None:
        """An editable installation over one that is current has nothing to compile: a second extra costs no minute."""
        in_place = HERE / self.get_ext_filename(ext.name)
        if self.editable_mode and not MORE_FLAGS and current(in_place, [*ext.sources, *ext.depends]):
            built = self.get_ext_fullpath(ext.name)
            self.mkpath(os.path.dirname(built))
            self.copy_file(str(in_place), built)
        else:
            super().build_extension(ext)

    def _build_extensions_parallel(self) -> None:
        """As setuptools does, but a failure is not put off until the others are done."""
        with ThreadPoolExecutor(max_workers=self.parallel) as pool:
            try:
                for built in [pool.submit(self.build_extension, ext) for ext in self.extensions]:
                    built.result()
            finally:
                pool.shutdown(cancel_futures=True)

    def take_away(self) -> None:
        for ext in self.extensions:
            built = os.path.join(self.build_lib, self.get_ext_filename(ext.name))
            for path in (self.get_ext_fullpath(ext.name), built):
                if os.path.exists(path):
                    os.remove(path)


def current(built: Path, sources: list[str]) -> bool:
    return built.exists() and built.stat().st_mtime > max((HERE / source).stat().st_mtime for source in sources)


def extensions() -> list[Extension]:
    """What is compiled, the machine first: it takes longest, and nothing waits for it at the end."""
    machine = [extension(module, ".pyx") for module in LIST["CYTHON_ONLY"]]
    return machine + [extension(module, ".py") for module in LIST["MODULES"]]


setup(ext_modules=[] if WANTED == "pure" else extensions(), cmdclass={"build_ext": AllOrNone})
