"""`glassgrad learn`: short lessons as pages with questions that check themselves, from one neuron to any function."""

from __future__ import annotations

import argparse
import contextlib
import webbrowser
from pathlib import Path

from nn.commands.interruption import writing
from nn.formats.files import write_whole
from nn.wording import place, reason, whole

EXAMPLES = """examples:
  glassgrad learn                 what there is to learn
  glassgrad learn 1 --open        the first lesson, in the browser
  glassgrad learn 6 -o lessons --notebook
  glassgrad learn --all -o lessons --open
                                  every lesson, linked one to the next
  glassgrad learn --make engine   exercises: build the engine yourself, in eight steps
  glassgrad learn --check engine  what is right, what is not yet, and a hint

A lesson is one file that needs no network.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `glassgrad learn`."""
    add = parser.add_argument
    add("number", metavar="N", nargs="?", type=int, help="which lesson; without it they are listed")
    add("--out", "-o", metavar="PATH", default=".", help="folder or .html file to write it to (default: here)")
    add("--all", action="store_true", help="write every lesson, with links from one to the next")
    add("--notebook", action="store_true", help="write it as a Jupyter notebook too")
    add("--make", metavar="FOLDER", help="write eight exercises: an engine to build yourself")
    add("--check", metavar="FOLDER", help="judge the exercises in the folder, with hints")
    add("--open", action="store_true", help="open it in the browser")


def run(options: argparse.Namespace) -> int:
    """List the lessons, or write one and say where it is; returns the exit code."""
    from viz.pages.lesson import lesson, lessons, notebook

    if options.make is not None and options.check is not None:
        raise ValueError("--make and --check are two commands; give one of them")
    if options.make is not None:
        return _make(Path(options.make))
    if options.check is not None:
        return _check(Path(options.check))
    if options.all:
        return _write_all(options)
    if options.number is None:
        for each in lessons():
            print(f"{each.number:>3}  {each.title}")
        print(
            "\nglassgrad learn N --open opens one, glassgrad learn --all -o lessons --open all of them, linked.\n"
            "glassgrad learn --make engine writes eight exercises in which you build the engine yourself,\n"
            "and glassgrad learn --check engine judges them."
        )
        return 0
    out = Path(options.out)
    named = out.suffix.lower() == ".html" and not out.is_dir()
    folder = out.parent if named else out
    there = [each.number for each in lessons() if (folder / f"{each.name}.html").is_file()]
    page = lesson(options.number, beside=there)
    chosen = lessons()[options.number - 1]
    target = out if named else folder / f"{chosen.name}.html"
    with writing(options.out):
        folder.mkdir(parents=True, exist_ok=True)
        page.save(target)
        if options.notebook:
            write_whole(target.with_suffix(".ipynb"), notebook(chosen).encode("utf-8"))
    print(f"written to {whole(str(target))}")
    if options.notebook:
        print(f"written to {whole(str(target.with_suffix('.ipynb')))}")
    if options.open:
        webbrowser.open(target.resolve().as_uri())
    return 0


def _write_all(options: argparse.Namespace) -> int:
    """Write every lesson into one folder."""
    from viz.pages.lesson import write_lessons

    if options.number is not None or options.notebook:
        raise ValueError("--all writes every lesson as a page; leave the number and --notebook out")
    with writing(options.out):
        pages = write_lessons(options.out)
    print(f"written to {whole(str(pages[0].parent))}: {len(pages)} lessons; begin with {pages[0].name}")
    if options.open:
        webbrowser.open(pages[0].resolve().as_uri())
    return 0


def _make(folder: Path) -> int:
    """Write the exercises; files that are there stay as they are, for they may be half done."""
    from viz.exercises.files import STEPS, exercise, file_name

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, len(STEPS) + 1):
            target = folder / file_name(number)
            if target.exists():
                print(f"{file_name(number)} is there already and stays as it is")
            else:
                write_whole(target, exercise(number).encode("utf-8"))
    except OSError as error:
        raise ValueError(f"--make '{place(str(folder))}' cannot be written: {reason(error)}") from None
    print(
        f"written to {whole(str(folder))}: begin with {file_name(1)}; each of the others shows the steps before it "
        "done, so open it when those are right"
    )
    return 0


def _check(folder: Path) -> int:
    """Judge the exercises one after the other, up to the first that is not right; 1 where there is one."""
    from viz.exercises.files import STEPS, file_name
    from viz.exercises.judge import judged

    picture = folder / "failing.svg"
    with contextlib.suppress(OSError):
        picture.unlink(missing_ok=True)  # that of the last time
    for number, step in enumerate(STEPS, 1):
        path = folder / file_name(number)
        if not path.is_file():
            raise ValueError(f"--check: there is no {place(str(path))}; glassgrad learn --make {place(str(folder))}")
        verdict = judged(path, number)
        if not verdict.problem:
            print(f"{number} {step}: right")
            continue
        print(f"{number} {step}: {verdict.problem}\n  hint: {verdict.hint}")
        if verdict.program:
            _draw(verdict.program, picture)
        return 1
    print("All eight steps are right: this is an engine.")
    return 0


def _draw(program: str, path: Path) -> None:
    """The graph of a program with the right numbers, beside the exercises."""
    from autograd import Value
    from viz.exercises.programs import read
    from viz.graphs.expression import draw_expression
    from viz.svg.errors import RenderError

    try:
        found = read(program)
        names = found.names(Value(3.0, label="x"), Value(4.0, label="y"))
        for name, _ in found.definitions:
            names[name].label = name
        draw_expression(found.expression, names, path)
    except (RenderError, OSError):
        return  # the words are enough
    print(f"  the right numbers: {whole(str(path))}")
