"""Chromium for benchmarks of pages."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def chromium(name: str) -> Iterator[Any]:
    """The system's browser, or $CHROMIUM's; the benchmark of that name ends in words where there is none."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if not program:
        sys.exit(f"{name}: needs chromium (apt-get install chromium) and playwright (pip install playwright)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
