"""The lessons on the documentation's site: current, complete, and their Python gives what they print."""

from __future__ import annotations

import doctest

import pytest

import viz
from viz.pages import documents

pytestmark = pytest.mark.program

PAGES = documents.documents()


def test_the_pages_that_are_kept_are_those_of_the_lessons():
    assert documents.main(["--check"]) == 0
    assert len(PAGES) == len(viz.lessons())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_has_every_question_no_answer_and_python_that_runs(path):
    text = path.read_text(encoding="utf-8")
    (lesson,) = [each for each in viz.lessons() if each.name == path.stem]
    assert text.count("!!! question") == text.count("??? tip") == lesson.text.count("> ? ")
    assert "> number" not in text
    assert "> lab" not in text
    assert f"glassgrad learn {lesson.number} --open" in text
    result = doctest.testfile(str(path), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


def test_a_page_that_was_edited_is_noticed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(documents, "FOLDER", tmp_path / "lessons")
    assert documents.main([]) == 0
    assert documents.main(["--check"]) == 0
    next((tmp_path / "lessons").iterdir()).write_text("edited")
    assert documents.main(["--check"]) == 1
    assert "run python -m viz.pages.documents" in capsys.readouterr().out
