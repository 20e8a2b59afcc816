"""`glassgrad draw`: an expression typed on the command line as a picture of its graph with all gradients."""

from __future__ import annotations

import argparse

from nn.commands.interruption import writing
from nn.commands.options import assignment
from nn.wording import cut, whole

EXAMPLES = """examples:
  glassgrad draw "(a*b + c).tanh()" a=2 b=-3 c=10 -o graph.svg
  glassgrad draw "log(x) / x" x=2.5
  glassgrad draw "(w*x + b - 1)**2" w=2 x=3 b=0.5 -o steps.html
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `glassgrad draw`."""
    parser.add_argument("expression", metavar="EXPRESSION", help="arithmetic with the functions of autograd")
    parser.add_argument(
        "variables", metavar="NAME=NUMBER", nargs="*", type=assignment, help="a number for each variable"
    )
    parser.add_argument(
        "--out", "-o", metavar="FILE", default="graph.svg", help="a picture, or FILE.html: a page to step through"
    )


def run(options: argparse.Namespace) -> int:
    """Write the picture and say where it is; returns the exit code."""
    from viz.graphs.expression import draw_expression

    variables: dict[str, float] = {}
    for name, number in options.variables:
        if name in variables:
            raise ValueError(f"the variable {cut(name)} is given twice; give it one number")
        variables[name] = number
    with writing(options.out):  # which also ends `dot`
        draw_expression(options.expression.strip(), variables, options.out)
    print(f"written to {whole(options.out)}")
    return 0
