"""A real browser for tests of pages: Chromium from the system, driven by Playwright, counting what pages ask for.

A test that takes the fixture `browser` or `opened` is skipped where either is missing. CHROMIUM names another executable.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@dataclass
class Opened:
    """A page in the browser, every address it asked for and every complaint of the console."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        """The visible text of an element, white space as single spaces."""
        return " ".join(self.page.inner_text(selector).split())

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def run(self, script: str) -> Any:
        return self.page.evaluate(script)

    def overflows(self) -> bool:
        """Whether the page is wider than its window."""
        return self.run("document.documentElement.scrollWidth > innerWidth + 1")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        pytest.skip("no chromium on PATH (apt-get install chromium), so pages are not tried in a browser")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Opened]]:
    """A function that opens a file: `opened(path, width=1280, height=800, scheme="light", zoom=1)`."""
    contexts = []

    def open_file(
        path: Path, *, width: int = 1280, height: int = 800, scheme: str = "light", zoom: int = 1, motion: str = "reduce"
    ) -> Opened:
        # A browser zooms by making its pixels larger and the window, counted in them, smaller.
        context = browser.new_context(
            viewport={"width": width // zoom, "height": height // zoom},
            device_scale_factor=zoom,
            color_scheme=scheme,
            reduced_motion=motion,
        )
        contexts.append(context)
        found = Opened(context.new_page())
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("console", lambda message: found.complaints.append(message.text))
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.goto(path.as_uri())
        return found

    yield open_file
    for context in contexts:
        context.close()
