"""A real browser for tests of pages: Chromium from the system, driven by Playwright, counting what pages ask for.

A test that takes the fixture `opened` is skipped where either is missing. CHROMIUM names another executable; Debian's
chromium-headless-shell, the same engine without a window's frame, is taken where it is installed, as it needs less than
half the time.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import viz
from viz.pages.modules import joined

PROGRAMS = ("chromium-headless-shell", "chromium")
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
        found = self.page.locator(selector)
        drawn = found.evaluate("element => element instanceof SVGElement")
        return " ".join((found.text_content() if drawn else found.inner_text()).split())

    def wait_for(self, selector: str, pattern: str) -> None:
        """Wait until an element's text begins with what the pattern describes; at most five seconds."""
        self.page.locator(selector).filter(has_text=re.compile("^" + pattern)).wait_for(timeout=5000)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def until(self, script: str, *, seconds: float = 15.0) -> None:
        """Wait until the script gives something true; asked from outside, since a page's policy forbids `eval`."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(script):
            if time.monotonic() > end:
                raise AssertionError(f"not within {seconds:g} s: {script}")
            self.page.wait_for_timeout(20)

    def beside(self, address: str) -> Opened:
        """Another page of the same browser."""
        found = Opened(self.page.context.new_page())
        found.page.goto(address)
        return found

    def run(self, script: str) -> Any:
        return self.page.evaluate(script)

    def overflows(self) -> bool:
        """Whether the page is wider than its window."""
        return self.run("document.documentElement.scrollWidth > innerWidth + 1")

    def contrast(self, selector: str) -> float:
        """The contrast, 1 to 21, between an element's text and what it stands on, as WCAG defines it."""
        return self.page.locator(selector).first.evaluate(_CONTRAST)

    def texts_outside_boxes(self) -> list[str]:
        """The texts in the graph that reach beyond the shape they stand in."""
        return self.run(_OUTSIDE)

    def in_sight(self, selector: str, window: str) -> bool:
        """Whether an element is wholly inside the visible part of another one."""
        box, view = (self.page.locator(name).bounding_box() for name in (selector, window))
        inside = [box[axis] >= view[axis] for axis in ("x", "y")]
        inside += [box[a] + box[size] <= view[a] + view[size] for a, size in (("x", "width"), ("y", "height"))]
        return all(inside)


_CONTRAST = """(element) => {
  const part = (c) => ((c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const light = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map(Number).map(part);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const style = getComputedStyle(element);
  const box = element.closest("g.n");
  const ground = box ? getComputedStyle(box.querySelector("rect, polygon")).fill
    : getComputedStyle(document.documentElement).backgroundColor;
  const both = [light(element.closest("svg") ? style.fill : style.color), light(ground)];
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
}"""

_OUTSIDE = """[...document.querySelectorAll("#graph .n")].flatMap((box) => {
  const edge = box.querySelector("rect, polygon").getBBox();
  const inside = (at) => at.x >= edge.x && at.x + at.width <= edge.x + edge.width
    && at.y >= edge.y && at.y + at.height <= edge.y + edge.height;
  return [...box.querySelectorAll("text")].filter((text) => !inside(text.getBBox())).map((text) => text.textContent);
})"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("chromium is not installed (apt-get install chromium), so pages are not tried in a browser")
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install playwright"
    )
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def windows(browser: Any) -> Callable[..., Any]:
    """Windows by their size and taste: a new one takes longer than a page in one, and pages leave nothing behind."""

    @functools.cache
    def window(width: int, height: int, zoom: int, scheme: str, motion: str) -> Any:
        return browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=zoom,
            color_scheme=scheme,
            reduced_motion=motion,
        )

    return window


@pytest.fixture
def opened(windows: Callable[..., Any]) -> Iterator[Callable[..., Opened]]:
    """A function that opens a file: `opened(path, width=1280, height=800, scheme="light", zoom=1)`."""
    pages = []

    def open_file(
        path: Path,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: str = "light",
        zoom: int = 1,
        motion: str = "reduce",
    ) -> Opened:
        # A browser zooms by making its pixels larger and the window, counted in them, smaller.
        found = Opened(windows(width // zoom, height // zoom, zoom, scheme, motion).new_page())
        pages.append(found.page)
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("console", lambda message: found.complaints.append(message.text))
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.goto(path.as_uri())
        return found

    yield open_file
    for page in pages:
        page.close()


@pytest.fixture
def scripted(browser):
    """A page that has run the joined modules of an entry, whose names can then be used in `evaluate`."""
    contexts = []

    def run(entry):
        context = browser.new_context()
        contexts.append(context)
        page = context.new_page()
        page.add_script_tag(content=joined(entry))
        return page

    yield run
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def page_of(tmp_path_factory):
    """Where a lesson's page is, written once a module."""
    folder = tmp_path_factory.mktemp("lessons")

    def write(number):
        path = folder / f"{number}.html"
        if not path.exists():
            viz.lesson(number, path)
        return path

    return write
