"""A lesson's page for tests, written once a module, and what its questions say."""

from __future__ import annotations

import pytest

import viz


@pytest.fixture(scope="module")
def page_of(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lessons")

    def write(number):
        path = folder / f"{number}.html"
        if not path.exists():
            viz.lesson(number, path)
        return path

    return write


def started(opened, path, **options):
    page = opened(path, **options)
    page.until("document.querySelector('.verdict') !== null")
    page.until("Boolean(window.glassgrad) || document.querySelector('#counter') === null")
    return page


def verdict(page, k):
    return page.text(f".question[data-question='{k}'] .verdict")


def check(page, k):
    page.page.locator(f".question[data-question='{k}']").get_by_role("button", name="Check").click()
    return verdict(page, k)


def typed(page, k, text):
    """What is said to a typed answer."""
    page.page.locator(f".question[data-question='{k}'] input").fill(text)
    return check(page, k)
