"""The lessons as pages of the documentation's site: `python -m viz.pages.documents [--check]` writes docs/lessons, and
docs/glossary.md.

One decision: they are made of the same files as the interactive pages, so that the two cannot part. The questions stand
there with their hints folded; what answers them is the page that `glassgrad learn N` writes.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from viz.pages.glossary import SOURCE
from viz.pages.lesson import WHY, Lesson, lessons

FOLDER = Path(__file__).parents[2] / "docs" / "lessons"
_MARK = "<!-- Generated from viz/pages/{} by `python -m viz.pages.documents`: do not edit. -->"
_QUESTION = re.compile(r"^> \? (.*)\n((?:> (?!\?).*\n?)*)", re.MULTILINE)


def documents() -> dict[Path, str]:
    """The text of every page by its path."""
    return {FOLDER / f"{each.name}.md": _document(each) for each in lessons()}


def _glossary() -> dict[Path, str]:
    """The page of words, beside the folder of the lessons."""
    return {FOLDER.parent / SOURCE.name: f"{_MARK.format(SOURCE.name)}\n\n{SOURCE.read_text(encoding='utf-8')}"}


def _document(lesson: Lesson) -> str:
    text = re.sub(r"<!--.*?-->\n*", "", lesson.text, flags=re.DOTALL)
    title, _, body = text.partition("\n")
    body = _QUESTION.sub(_question, body).strip()
    body = re.sub(rf"^{re.escape(WHY)}(.*)$", r'??? note "Why?"\n    \1', body, flags=re.MULTILINE)
    command = f"```sh\nglassgrad learn {lesson.number} --open\n```"
    head = f"{_MARK.format('lessons')}\n\n# {lesson.number}. {title.removeprefix('# ')}\n\n{command}"
    return f"{head}\n\nThe page has the parts to do it with, and checks the answers.\n\n{body}\n"


def _question(found: re.Match[str]) -> str:
    """A question with its choices, and its hint to be unfolded."""
    asked, details = found[1], found[2]
    choices = re.search(r"^> choice (.*)$", details, re.MULTILINE)
    hint = re.search(r"^> hint (.*)$", details, re.MULTILINE)
    illness = re.search(r"^> illness ([^|]*) \|", details, re.MULTILINE)
    right = re.search(r"^> right (.*)$", details, re.MULTILINE)
    offered = [choice.strip().removeprefix("*") for choice in choices[1].split(" | ")] if choices else []
    listed = "".join(f"\n    - {choice}" for choice in offered)
    shown = f'!!! question "{_quoted(asked)}"\n' + (listed + "\n" if listed else "")
    if hint:
        shown += f'\n??? tip "Hint"\n    {hint[1]}\n'
    if illness and right:
        shown += f'\n??? success "Diagnosis"\n    {right[1]}\n'
    return shown + "\n"


def _quoted(text: str) -> str:
    return text.replace('"', "“", 1).replace('"', "”", 1)


def main(arguments: list[str]) -> int:
    """Write what has changed, or with --check say whether something has."""
    wanted = documents() | _glossary()
    there = [*FOLDER.glob("*.md"), *(path for path in _glossary() if path.is_file())]
    kept = {path: path.read_text(encoding="utf-8") for path in there}
    if arguments == ["--check"]:
        print(
            "current"
            if kept == wanted
            else "docs/lessons or docs/glossary.md is not current: run python -m viz.pages.documents"
        )
        return int(kept != wanted)
    FOLDER.mkdir(exist_ok=True)
    for path in kept.keys() - wanted.keys():
        path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
