"""The lessons on the documentation's site: current, complete, and their Python gives what they print."""

from __future__ import annotations

import doctest
import importlib
import re
import shlex
from pathlib import Path

import pytest

import viz
from nn.__main__ import COMMANDS, main
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


def commands_in(text):
    """The command lines that a page shows: those in a line's code, and the lines of code for a shell, less what is
    said of them."""
    fenced = "\n".join(re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    return re.findall(r"`(glassgrad [^`]*)`", text) + re.findall(r"^(glassgrad .*?)(?:  .*)?$", fenced, re.MULTILINE)


ROOT = Path(documents.__file__).parents[2]
SHOWN = {path.stem: commands_in(path.read_text(encoding="utf-8")) for path in [*PAGES, *(ROOT / "docs").glob("*.md")]}


@pytest.mark.parametrize("page", [name for name, found in SHOWN.items() if found])
def test_the_commands_that_a_page_shows_are_understood(page, monkeypatch):
    ran = []
    for module, _ in COMMANDS.values():
        monkeypatch.setattr(importlib.import_module(module), "run", lambda options: ran.append(options) or 0)
    for line in SHOWN[page]:
        arguments = shlex.split(line.partition("   #")[0])[1:]
        if len(arguments) > 1 or arguments[0] not in ("train", "predict", "explain"):  # a command's name alone
            assert main(arguments) == 0, line
    assert all(vars(options) for options in ran)


def test_the_examples_that_lessons_name_are_there():
    named = {name for each in viz.lessons() for name in re.findall(r"`(?:python )?(examples/\w+\.py)", each.text)}
    assert named
    assert all((ROOT / name).is_file() for name in named)


def test_a_page_that_was_edited_is_noticed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(documents, "FOLDER", tmp_path / "lessons")
    assert documents.main([]) == 0
    assert documents.main(["--check"]) == 0
    next((tmp_path / "lessons").iterdir()).write_text("edited")
    assert documents.main(["--check"]) == 1
    assert "run python -m viz.pages.documents" in capsys.readouterr().out
