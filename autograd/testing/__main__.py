"""`python -m autograd.testing micrograd.engine:Value` prints what the suite finds; `--markdown` for a document."""

from __future__ import annotations

import argparse
import sys

from autograd.testing.engine import found
from autograd.testing.report import check_engine


def main(arguments: list[str] | None = None) -> int:
    """0 where the engine passes, 1 where a check fails, 2 for wrong arguments."""
    parser = argparse.ArgumentParser(
        prog="python -m autograd.testing", description="Put an autograd engine to the test."
    )
    parser.add_argument("engine", metavar="MODULE:CLASS")
    parser.add_argument("--markdown", action="store_true", help="print the report as Markdown")
    parser.add_argument("--examples", type=int, default=100, metavar="N", help="random programs for each check (100)")
    options = parser.parse_args(arguments)
    try:
        report = check_engine(found(options.engine), examples=options.examples)
    except (ValueError, TypeError) as error:
        print(error, file=sys.stderr)
        return 2
    print(report.markdown if options.markdown else report)
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
