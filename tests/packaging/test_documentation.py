"""What users read: every public callable has an example that runs, and no link of the documentation is dead."""

from __future__ import annotations

import doctest
import importlib
import inspect
import re
import subprocess
import sys
import warnings
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from wheels import PACKAGES, ROOT, copy_of_sources

PUBLIC = [
    (package, name) for package in ("autograd", "nn", "viz") for name in importlib.import_module(package).__all__
    if callable(getattr(importlib.import_module(package), name))
]  # fmt: skip
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def thing(package: str, name: str):
    return getattr(importlib.import_module(package), name)


@pytest.mark.parametrize(("package", "name"), PUBLIC)
def test_every_public_callable_has_an_example_that_runs(package, name, tmp_path, monkeypatch):
    text = inspect.getdoc(thing(package, name)) or ""
    assert ">>>" in text, "add an example of a few lines to the docstring"
    if "matplotlib" in text or package == "viz":
        pytest.importorskip("matplotlib")
    monkeypatch.chdir(tmp_path)  # what an example writes
    names = dict(vars(sys.modules[thing(package, name).__module__]))  # as doctest has it
    example = doctest.DocTestParser().get_doctest(text, names, f"{package}.{name}", None, 0)
    said: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = doctest.DocTestRunner().run(example, out=said.append)
    assert result.failed == 0, "".join(said)
    assert not [line.source for line in example.examples if line.options.get(doctest.SKIP)], "skipped: it runs nowhere"


def anchors(page: Path) -> set[str]:
    """What a link to a heading of the page may end in."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        other = (page.parent / path).resolve() if path else page
        assert other.exists(), target
        if other.parent == ROOT / "docs" / "reference" and anchor:
            assert f"::: {anchor}" in other.read_text(encoding="utf-8"), target
        elif anchor:
            assert anchor in anchors(other), target


@pytest.mark.parametrize("package", ["autograd", "nn", "viz"])
def test_the_reference_has_every_public_callable(package):
    page = (ROOT / "docs" / "reference" / f"{package}.md").read_text(encoding="utf-8")
    listed = re.findall(r"^::: (\S+)$", page, re.MULTILINE)
    assert {path.partition(".")[0] for path in listed} == {package}
    # a function named as its module (autograd.jit.jit) is listed by its whole path: the short one leads to the module
    assert sorted(path.rpartition(".")[2] for path in listed) == sorted(name for p, name in PUBLIC if p == package)


def test_every_page_is_in_the_navigation():
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2].partition("\nvalidation:")[0]
    named = set(re.findall(r"(\S+\.md)", navigation))
    assert named == {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}


class Links(HTMLParser):
    """What a page of the site refers to, and what in it can be referred to."""

    def __init__(self, page: Path):
        super().__init__()
        self.targets: list[str] = []
        self.ids: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids |= {found["id"]} if found.get("id") else set()
        self.targets += [found[name] for name in ("href", "src") if found.get(name)]


@pytest.mark.release
def test_the_site_is_built_without_a_warning_and_its_links_lead_somewhere(tmp_path):
    for needed in ("zensical", "mkdocstrings_handlers.python"):
        pytest.importorskip(needed)
    source = copy_of_sources(tmp_path, (*PACKAGES, "docs"))
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", "mkdocs.yml"],
        cwd=source, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No issues found" in done.stdout + done.stderr
    pages = {path: Links(path) for path in (source / "site").rglob("*.html") if path.name != "404.html"}
    assert len(pages) == len(list((ROOT / "docs").rglob("*.md")))
    for page, links in pages.items():
        for target in links.targets:
            path, _, anchor = unquote(target).partition("#")
            if re.match(r"[a-z]+:", path):
                continue
            other = (page.parent / path).resolve() if path else page
            other = other / "index.html" if other.is_dir() else other
            assert other.exists(), f"{page.name}: {target}"
            if anchor and other in pages and anchor != "__skip":
                assert anchor in pages[other].ids, f"{page.name}: {target}"
    reference = pages[source / "site" / "reference" / "autograd.html"]
    assert {"autograd.Value.backward", "autograd.exp", "autograd.jit.jit"} <= reference.ids
