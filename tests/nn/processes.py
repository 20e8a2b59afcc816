"""The command line as a process of its own, to be signaled, starved of disk and left without streams.

Plots are left out unless `WITH_PLOTS` is given as the environment: importing matplotlib is half of the time.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from nn import load

SMALL = ("--hidden", "4", "--epochs", "3")
ENDLESS = ("--hidden", "4", "--epochs", "1000000", "--patience", "1000000")

WITH_PLOTS = dict(os.environ)
_PATHS = [str(Path(__file__).with_name("without_plots")), os.environ.get("PYTHONPATH", "")]
WITHOUT_PLOTS = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, _PATHS))}  # the package of this process
PLOTS = {"loss.svg", "boundary.svg"}
ALL = {"model.json", "state.json", "history.csv", "summary.json", "graph.svg", "training.html", *PLOTS}

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals, locks and mounts as POSIX has them")
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts and /proc as Linux has them")


def glassgrad(*arguments: str, **options: Any) -> subprocess.CompletedProcess[Any]:
    """The finished process of a command; `options` are those of `subprocess.run`."""
    return subprocess.run([sys.executable, "-m", "nn", *arguments], **(_USUAL | {"timeout": 120} | options))


class Started(subprocess.Popen[str]):
    """A process that ends with its `with` block at the latest: a test that fails must not wait for an endless one."""

    def __exit__(self, *failure: Any) -> None:
        self.kill()
        super().__exit__(*failure)


def started(*arguments: str, cwd: Path, **options: Any) -> Started:
    """A command that has just begun."""
    return Started([sys.executable, "-m", "nn", *arguments], cwd=cwd, **(_USUAL | options))


def shell(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A line of bash in which `$glassgrad` runs the command line."""
    environment = WITHOUT_PLOTS | {"glassgrad": f"{sys.executable} -m nn"}
    return subprocess.run(["bash", "-c", line], cwd=cwd, **(_USUAL | {"timeout": 120, "env": environment}))


_USUAL: dict[str, Any] = {
    "stdout": subprocess.PIPE,
    "stderr": subprocess.PIPE,
    "text": True,
    "env": WITHOUT_PLOTS,
}


def wait_for(path: Path, process: subprocess.Popen[str], seconds: float = 60.0) -> None:
    """Until the file is there; fails when the process ends before."""
    limit = time.monotonic() + seconds
    while not path.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < limit, f"no {path}"
        time.sleep(0.005)


def loads(path: Path) -> bool:
    """Whether there is a model at `path`; one that is there must be whole."""
    return path.exists() and bool(load(path).parameters())


def left(folder: Path) -> set[str]:
    """The names of the files below a folder."""
    return {path.name for path in folder.rglob("*") if path.is_file()}


CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
if hasattr(signal, "SIGHUP"):
    CODES[signal.SIGHUP] = 129
