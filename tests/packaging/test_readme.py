"""Every number printed in the README and the documentation is what the code gives."""

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ALL = (ROOT / "README.md", *sorted(DOCS.glob("*.md")), *sorted((DOCS / "reference").glob("*.md")))
PAGES = [path for path in ALL if ">>>" in path.read_text()]
RUN = [pytest.param(page, marks=pytest.mark.program if page.name == "pictures.md" else ()) for page in PAGES]


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.name)
def test_examples_give_what_is_printed(page):
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0
