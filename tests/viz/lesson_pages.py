"""What the questions of a lesson's page say, for tests."""

from __future__ import annotations


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
