"""Checks for any scalar autograd engine: random programs, and a suite over a class with `.data` and `.backward()`.

Nothing here is imported by `import autograd`; hypothesis is imported when programs are drawn, pytest by the plugin.

>>> from autograd import Value
>>> from autograd.testing import check_engine
>>> check_engine(Value, examples=10).ok
True
"""

from autograd.testing.checks import CHECKS
from autograd.testing.engine import Engine
from autograd.testing.programs import OPERATIONS, Program, programs
from autograd.testing.report import EngineReport, Finding, check_engine

__all__ = ["CHECKS", "OPERATIONS", "Engine", "EngineReport", "Finding", "Program", "check_engine", "programs"]
