"""Lessons as offline pages: text, the playground's parts, and questions that the page checks by computing.

One decision: a lesson is a Markdown file in `lessons/`, read as it stands by people, by the tests (its Python runs) and
by this module. Beside Markdown it has questions, in quotes, and one comment that says what the playground begins with.

A question is lines of `> `: `?` what is asked; one of `number ANSWER [TOLERANCE] [%]`, `answer LAYER NEURON TOLERANCE`
(what stands in the network), `choice one | *the right one`, `lab CONDITIONS` (scripts/lessons/conditions.js measures
them); `claim NAME`, what is answered by yes or no then and judged by the figures (CLAIMS there); `hint`; `right`, half
a sentence why; `wrong VALUE`, what is said to a wrong answer, where VALUE is a number, the number of a choice from 1
on, or one of `_MISTAKEN`; `preset`, what its button Begin brings; `illness NAME | SIGN`, which has to be named first;
`also N SAID`, what is said to the illness of question N, which the patient has too, but not as the cause.
"""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from viz.pages.glossary import OF_CONTROLS, Words
from viz.pages.markdown import inline
from viz.pages.modules import joined
from viz.pages.offline import asset, offline_html
from viz.pages.page import Page
from viz.pages.playground import clinic, packed_machine
from viz.svg.labels import brief, xml
from viz.svg.palette import palette_css

FOLDER = Path(__file__).with_name("lessons")
_STYLES = ("common.css", "playground.css", "lesson.css")
_LAB = re.compile(r"<!-- lab (\{.*\}) -->", re.DOTALL)
_PART = re.compile(r"<!-- (\w+) -->")  # what a script fills
_CONDITION = re.compile(r"(\w+)(<=|>=|=)([\w.-]+)")
WHY = "*Why?* "  # begins a paragraph that is folded until it is wanted
_MISTAKEN = ("sum", "other", "hidden", "chance")  # what may be typed in place of a neuron's answer


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson: its number from 1 on, its title, the file's name without its suffix, and its text."""

    number: int
    title: str
    name: str
    text: str


@cache
def lessons() -> tuple[Lesson, ...]:
    """All lessons in their order.

    >>> from viz import lessons
    >>> lessons()[0].number
    1
    """
    found = []
    for number, path in enumerate(sorted(FOLDER.glob("*.md")), 1):
        text = path.read_text(encoding="utf-8")
        found.append(Lesson(number, text.partition("\n")[0].removeprefix("# ").strip(), path.stem, text))
    return tuple(found)


def lesson(number: int, path: str | os.PathLike[str] | None = None, *, beside: Collection[int] = ()) -> Page:
    """Lesson `number` as one offline page. Raises ValueError naming the lessons there are.

    `beside`: the lessons that stand in the same folder under their own names, as `write_lessons` writes them; the page
    has links to those of them that come next to it.

    >>> from viz import lesson
    >>> type(lesson(1)).__name__
    'Page'
    """
    every = lessons()
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= len(every):
        raise ValueError(f"learn: there are lessons 1 to {len(every)}, got {brief(number)}")
    chosen = every[number - 1]
    lab = _LAB.search(chosen.text)
    questions: list[dict[str, Any]] = []
    words = Words()
    body = _as_html(_LAB.sub("", chosen.text).split("\n"), questions, words)
    preset = json.loads(lab[1]) if lab else None
    controls = OF_CONTROLS if preset and "setup" in preset["show"] else ()
    if preset and "built_in" in preset:
        from viz.pages.built_in import built_in_data  # which needs NumPy

        preset["data"] = built_in_data(preset.pop("built_in"))
    text = offline_html(
        "lesson.html" if preset else "lesson_plain.html",
        None,
        title=f"{number}. {chosen.title}",
        data={
            "lesson": {"number": number, "questions": questions, "preset": preset},
            "machine": packed_machine(),
            "clinic": clinic(),
        },
        styles=[palette_css(), *(asset(name) for name in _STYLES)],
        scripts=[joined("lessons/lesson.js")],
        parts={
            "kind": "lesson playground" if preset else "lesson",
            "without_scripts": "The questions are checked by scripts. Allow them to answer.",
            "lesson": body + words.explained(controls, inline) + _links(number, beside),
            "parts": asset("playground.html") if preset else "",
        },
        webassembly=True,
    )
    made = Page(text, f"{number}. {chosen.title}", height=1100)
    return made if path is None else made.save(path)


def write_lessons(folder: str | os.PathLike[str]) -> list[Path]:
    """Every lesson as a page in the folder, each with links to the one before and the one after; their paths."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    numbers = range(1, len(lessons()) + 1)
    pages = {place / f"{each.name}.html": lesson(each.number, beside=numbers) for each in lessons()}
    for path, page in pages.items():
        page.save(path)
    return list(pages)


def _links(number: int, beside: Collection[int]) -> str:
    """Links to the lessons before and after this one as far as they are there, or the command that opens the next."""
    ways = ((number - 1, "prev", "Before"), (number + 1, "next", "Next"))
    found = [
        f'<a rel="{rel}" href="{html.escape(each.name)}.html">{word}: {each.number}. {xml(each.title)}</a>'
        for other, rel, word in ways
        for each in lessons()
        if each.number == other and other in beside
    ]
    if number < len(lessons()) and number + 1 not in beside:
        after = lessons()[number]
        command = f"<code>glassgrad learn {after.number} --open</code>"
        found.append(f'<span class="onward">Next: {after.number}. {xml(after.title)}, with {command}</span>')
    return f'\n<nav aria-label="Other lessons">{"".join(found)}</nav>' if found else ""


# ---- Markdown, as far as lessons use it


def _as_html(lines: list[str], questions: list[dict[str, Any]], words: Words) -> str:
    """The text as markup; its questions are read into the list and get a place each."""
    parts: list[str] = []
    k = 1  # the title stands in the page's head
    while k < len(lines):
        line = lines[k]
        end = k + 1
        if line.startswith("```"):
            while not lines[end].startswith("```"):
                end += 1
            parts.append(f"<pre><code>{html.escape(chr(10).join(lines[k + 1 : end])).strip()}</code></pre>")
            end += 1
        elif line.startswith("> "):
            while end < len(lines) and lines[end].startswith("> "):
                end += 1
            parts.append(_question(lines[k:end], questions, words))
        elif line.startswith("- "):
            while end < len(lines) and lines[end].startswith("- "):
                end += 1
            parts.append(f"<ul>{''.join(f'<li>{words.linked(inline(item[2:]))}</li>' for item in lines[k:end])}</ul>")
        elif line.startswith(WHY):
            answer = words.linked(inline(line.removeprefix(WHY)))
            parts.append(f'<details class="folded"><summary>Why?</summary><p>{answer}</p></details>')
        elif part := _PART.fullmatch(line):
            parts.append(f'<div id="{part[1]}"></div>')
        elif line.strip():
            parts.append(f"<p>{words.linked(inline(line))}</p>")
        k = end
    return "\n".join(parts)


def _question(lines: list[str], questions: list[dict[str, Any]], words: Words) -> str:
    """A question's place in the page; what is asked for goes into the page's data."""
    asked = lines[0].removeprefix("> ? ")
    found: dict[str, Any] = {"conditions": [], "wrong": []}
    also: dict[int, str] = {}
    for line in lines[1:]:
        kind, _, rest = line.removeprefix("> ").partition(" ")
        if kind == "wrong":  # there may be several
            found["wrong"].append(_wrong(rest))
        elif kind == "also":
            number, _, said = rest.partition(" ")
            also[int(number) - 1] = said
        else:
            found |= _READERS[kind](rest)
    if also:
        found["also"] = also
    questions.append(found)
    text = words.linked(inline(asked))
    return f'<section class="question" data-question="{len(questions) - 1}"><p>{text}</p></section>'


def _number(text: str) -> dict[str, Any]:
    number, *tolerance = text.removesuffix(" %").split()
    found = {"kind": "number", "answer": float(number), "tolerance": float(tolerance[0]) if tolerance else 1e-9}
    return found | ({"percent": True} if text.endswith(" %") else {})


def _answer(text: str) -> dict[str, Any]:
    layer, neuron, tolerance = text.split()
    return {"kind": "answer", "layer": int(layer), "neuron": int(neuron), "tolerance": float(tolerance)}


def _choice(text: str) -> dict[str, Any]:
    choices = [choice.strip() for choice in text.split(" | ")]
    right = next(k for k, choice in enumerate(choices) if choice.startswith("*"))
    return {"kind": "choice", "choices": [choice.removeprefix("*") for choice in choices], "right": right}


def _conditions(text: str) -> dict[str, Any]:
    return {"kind": "lab", "conditions": [list(found) for found in _CONDITION.findall(text)]}


def _wrong(text: str) -> list[Any]:
    """A wrong answer and what is said to it: a number, the number of a choice, or a word for what was looked at."""
    value, _, said = text.partition(" ")
    return [value if value in _MISTAKEN else float(value), said]


def _illness(text: str) -> dict[str, Any]:
    name, _, said = text.partition(" | ")
    return {"illness": [name, said]}


_READERS = {
    "number": _number,
    "answer": _answer,
    "choice": _choice,
    "lab": _conditions,
    "preset": lambda text: {"preset": json.loads(text)},
    "hint": lambda text: {"hint": text},
    "right": lambda text: {"praise": text},
    "illness": _illness,
    "claim": lambda text: {"claim": text},
}


# ---- notebooks


def notebook(chosen: Lesson) -> str:
    """The lesson as a Jupyter notebook: its text, its Python in cells, the page at the end."""
    cells: list[dict[str, Any]] = []
    text = re.sub(r"<!--.*?-->\n?", "", chosen.text, flags=re.DOTALL)
    for k, part in enumerate(re.split(r"```python\n(.*?)^```\n", text, flags=re.MULTILINE | re.DOTALL)):
        if k % 2:
            code = "\n".join(line[4:] for line in part.split("\n") if line.startswith((">>> ", "... ")))
            cells.append(_cell("code", code))
        elif part.strip():
            cells.append(_cell("markdown", re.sub(r"^> (?!\?).*\n", "", part, flags=re.MULTILINE).strip()))
    cells.append(_cell("code", f"from viz import lesson\n\nlesson({chosen.number})"))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    made = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    for k, cell in enumerate(cells):
        cell["id"] = f"cell-{k}"
    return json.dumps(made, indent=1) + "\n"


def _cell(kind: str, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": text}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})
