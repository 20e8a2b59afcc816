"""`glassgrad learn`: short lessons as pages with questions that check themselves, from one neuron to any function."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path

from nn.files import write_whole
from nn.interruption import Signals
from nn.wording import place, reason, whole

EXAMPLES = """examples:
  glassgrad learn                 what there is to learn
  glassgrad learn 1 --open        the first lesson, in the browser
  glassgrad learn 6 -o lessons --notebook

A lesson is one file that needs no network.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `glassgrad learn`."""
    add = parser.add_argument
    add("number", metavar="N", nargs="?", type=int, help="which lesson; without it they are listed")
    add("--out", "-o", metavar="FOLDER", default=".", help="where to write it (default: here)")
    add("--notebook", action="store_true", help="write it as a Jupyter notebook too")
    add("--open", action="store_true", help="open it in the browser")


def run(options: argparse.Namespace) -> int:
    """List the lessons, or write one and say where it is; returns the exit code."""
    from viz.pages.lesson import lesson, lessons, notebook

    if options.number is None:
        for each in lessons():
            print(f"{each.number:>3}  {each.title}")
        print("\nglassgrad learn N --open opens one")
        return 0
    page = lesson(options.number)
    chosen = lessons()[options.number - 1]
    folder = Path(options.out)
    target = folder / f"{chosen.name}.html"
    try:
        with Signals() as signals, signals.raising():
            folder.mkdir(parents=True, exist_ok=True)
            page.save(target)
            if options.notebook:
                write_whole(target.with_suffix(".ipynb"), notebook(chosen).encode("utf-8"))
    except OSError as error:
        if error.errno is None:  # said by viz, in words of its own
            raise
        raise ValueError(f"--out '{place(options.out)}' cannot be written: {reason(error)}") from None
    print(f"written to {whole(str(target))}")
    if options.notebook:
        print(f"written to {whole(str(target.with_suffix('.ipynb')))}")
    if options.open:
        webbrowser.open(target.resolve().as_uri())
    return 0
