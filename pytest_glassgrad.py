"""A pytest plugin: `pytest --check-engine=micrograd.engine:Value` adds the suite of check_engine to the run.

Installed with the package (entry point "glassgrad"), and so imported by every run of pytest: it lies outside of the
packages and imports the engine when one is named. Every check is one test, marked `check_engine`, so that
`-m check_engine` runs nothing else. What an engine does not have is skipped. The fixture `check_engine` runs the suite
inside a test.
"""

from __future__ import annotations

from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("glassgrad")
    group.addoption(
        "--check-engine", action="append", default=[], metavar="MODULE:CLASS",
        help="put this autograd engine's class to the test; may be given several times",
    )  # fmt: skip
    group.addoption(
        "--check-engine-examples", type=int, default=100, metavar="N", help="random programs for each check (100)"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "check_engine: a check of an autograd engine named by --check-engine")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    examples = config.getoption("check_engine_examples", 100)
    for path in config.getoption("check_engine", []) or []:
        items.extend(_checks_of(path, session, examples))


def _checks_of(path: str, session: pytest.Session, examples: Any) -> list[pytest.Item]:
    from autograd.testing.checks import CHECKS
    from autograd.testing.engine import Engine, found

    try:
        engine = Engine(found(path))
    except (ValueError, TypeError) as error:
        raise pytest.UsageError(f"--check-engine: {error}") from None
    return [
        EngineCheck.from_parent(session, name=f"{path}: {name}", engine=engine, check=name, examples=examples)
        for name in CHECKS
    ]


class EngineCheck(pytest.Item):
    """One check of one engine."""

    def __init__(self, *, engine: Any, check: str, examples: int, **more: Any):
        super().__init__(**more)
        self.engine, self.check, self.examples = engine, check, examples
        self.add_marker("check_engine")

    def runtest(self) -> None:
        from autograd.testing.report import run_check

        finding = run_check(self.engine, self.check, self.examples)
        if finding.outcome == "unsupported":
            pytest.skip(finding.detail)
        if finding.outcome == "fails":
            if finding.dot:
                self.add_report_section("call", "graph as DOT", finding.dot)
            raise EngineFailure(finding)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        return str(excinfo.value.finding) if isinstance(excinfo.value, EngineFailure) else super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[str, None, str]:
        return self.engine.name, None, self.name


class EngineFailure(AssertionError):
    """A check that an engine did not pass."""

    def __init__(self, finding: Any):
        super().__init__(str(finding))
        self.finding = finding


@pytest.fixture(name="check_engine")
def _check_engine() -> Any:
    """`check_engine(Class, ...)` as in autograd.testing, failing the test with the report unless everything passes."""
    from autograd.testing.report import check_engine

    def check(value_class: type, **options: Any) -> Any:
        report = check_engine(value_class, **options)
        report.raise_for_failures()
        return report

    return check
