"""What every test run shares: which twin is loaded, hypothesis profiles, and the switch for tests that take minutes.

The profile `ci` draws the same examples in every run and knows no deadline; `dev`, the default, looks for new ones.
Set HYPOTHESIS_PROFILE to choose.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# pytest has put this folder on the path, where tests/nn and tests/viz would stand for the packages that they test
sys.path[:] = [path for path in sys.path if path != str(Path(__file__).parent)]

import autograd  # noqa: E402

settings.register_profile("dev", max_examples=100, deadline=None)
settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))

SWITCHED_ON = (  # marker, option that runs what has it, why it does not run unasked
    ("slow", "--slow", "takes minutes"),
    ("browser", "--pages", "starts a browser"),
    ("release", "--release", "checks what is shipped"),
    ("sanitizers", "--sanitizers", "builds everything anew"),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests that take minutes too")
    parser.addoption("--pages", action="store_true", help="run the tests in a browser too")
    parser.addoption("--release", action="store_true", help="check packages, types from outside and the site too")
    parser.addoption("--sanitizers", action="store_true", help="build and test the compiled twin with sanitizers too")


def pytest_report_header() -> str:
    return f"glassgrad {autograd.__version__}: the {'compiled' if autograd.COMPILED else 'plain'} twin is loaded"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # Playwright keeps an event loop running in this thread once a browser has started; tests of asyncio come before.
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))
    for marker, option, reason in SWITCHED_ON:
        if not config.getoption(option):
            skip = pytest.mark.skip(reason=f"{reason}; run with {option}")
            for item in items:
                if marker in item.keywords:
                    item.add_marker(skip)
