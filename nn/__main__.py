"""The command line: `glassgrad train`, `predict`, `inspect`, `explain`, `draw`, `playground`, `learn`, `doctor`.

Everything that a user can get wrong ends in one line on stderr and exit code 2; a traceback means a defect here.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from nn.commands.interruption import number_of
from nn.commands.launch import exit_code, settle, words
from nn.commands.streams import unfailing_streams
from nn.wording import LONGEST_NAME, TOLD, nearest, one_line, reason

# Name: the module that declares and runs the subcommand, imported when needed, and its line in the overview.
COMMANDS = {
    "train": ("nn.commands.train", "train a network on moons, digits or a CSV file and leave a run folder"),
    "predict": ("nn.commands.predict", "append the answers of a trained model to the rows of a table"),
    "inspect": ("nn.commands.inspect", "show what each column of a table is taken for, before any training"),
    "explain": ("nn.commands.explain", "say what carries the answer for one row, and what would turn it"),
    "draw": ("nn.commands.draw", "draw the graph of an expression with its gradients"),
    "playground": ("nn.commands.playground", "write a page to build, train and take apart a network with the mouse"),
    "learn": ("nn.commands.learn", "lessons with questions, from one neuron to any function"),
    "doctor": ("nn.commands.doctor", "check the installation and say what to fix"),
}

NAMING = ("glassgrad train", "glassgrad inspect")  # commands whose options name columns

EXAMPLES = """examples:
  glassgrad train moons
  glassgrad train houses.csv --target price
  glassgrad draw "(a*b + c).tanh()" a=2 b=-3 c=10 -o graph.svg
  glassgrad doctor

glassgrad COMMAND --help shows the options of a command.
"""


class _Parser(argparse.ArgumentParser):
    """argparse with errors on one line."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.prog}: error: {one_line(message)}{self._near(message)} (see {self.prog} --help)\n")
        raise SystemExit(2)

    def _near(self, message: str) -> str:
        """A clause about what an argument that is none may have been meant to be."""
        chosen = re.search(r"invalid choice: '(\S+)' \(choose from (.*)\)", message)
        if chosen:
            near = nearest(chosen[1], re.findall(r"[\w-]+", chosen[2]))
            return f"; did you mean {near}?" if near else ""
        _, unknown, words = message.partition("unrecognized arguments: ")
        first = words.split(" ")[0].partition("=")[0]
        if not unknown or len(words) > LONGEST_NAME:
            return ""
        if not first.startswith("-"):
            return "; a name with blanks wants quotation marks: --target \"two words\"" if self.prog in NAMING else ""
        near = nearest(first, [name for name in self._option_string_actions if name.startswith("--")])
        return f"; did you mean {near}?" if near else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line given (by default that of the process) and return its exit code.

    0 done; 1 doctor found a problem, or something that was asked for could not be made or told; 2 wrong input;
    130, 143 and 129 for Ctrl-C, SIGTERM and SIGHUP.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    with unfailing_streams() as (out, err):
        code = _answer(arguments, err)
        out.flush()
        # A reader that has gone (`| head`) has what it wanted; a disk that is full has not.
        if out.failure is not None and not isinstance(out.failure, BrokenPipeError):
            err.write(f"glassgrad: error: stdout cannot be written to: {reason(out.failure)}\n")
            code = code or 1
    settle(code)
    return code


def _answer(arguments: list[str], err: Any) -> int:
    try:
        return _run(arguments)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 0
    except KeyboardInterrupt as interruption:
        number = number_of(interruption)
        err.write(f"glassgrad: {words(number)}\n")
        return exit_code(number)
    except TOLD as error:
        err.write(f"glassgrad: error: {one_line(str(error)) or type(error).__name__}\n")
        return 2


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        overview = _overview()
        if arguments and not arguments[0].startswith("-"):
            near = nearest(arguments[0], COMMANDS)
            hint = f"; did you mean {near}?" if near else f"; there are {', '.join(COMMANDS)}"
            overview.error(f"there is no command {arguments[0][:40]!r}{hint}")
        overview.parse_args(arguments)
        overview.print_help()
        return 0
    name, *rest = arguments
    module, line = COMMANDS[name]
    command: Any = importlib.import_module(module)
    parser = _Parser(
        prog=f"glassgrad {name}",
        description=_sentence(line),
        epilog=command.EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_arguments(parser)
    if name == "draw" and rest and rest[0].startswith("-") and rest[0] not in ("-h", "--help", "-o", "--out"):
        rest[0] = f" {rest[0]}"  # an expression such as -x**2: what has a blank in it is no option for argparse
    options = parser.parse_intermixed_args(rest)
    options.arguments = rest
    return command.run(options)


def _overview() -> _Parser:
    commands = "\n".join(f"  {name:<12}{line}" for name, (_, line) in COMMANDS.items())
    parser = _Parser(
        prog="glassgrad",
        usage="glassgrad COMMAND ...",
        description="Neural networks made of single numbers, each with the derivative that trains it.",
        epilog=f"commands:\n{commands}\n\n{EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"glassgrad {_version()}")
    return parser


def _version() -> str:
    import importlib.metadata  # what it imports in turn takes longer than all of this

    try:
        return importlib.metadata.version("glassgrad")
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"


def _sentence(line: str) -> str:
    return line[0].upper() + line[1:] + "."


if __name__ == "__main__":
    sys.exit(main())
