"""`check_engine`: the whole suite over a class, and the report of what it found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograd.testing.checks import CHECKS, Failure, Unsupported
from autograd.testing.engine import Engine
from autograd.testing.programs import Program

__all__ = ["EngineReport", "Finding", "check_engine", "run_check"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes:
        check: its name. outcome: "passes", "fails" or "unsupported". detail: what was wrong, or is not there.
        program: the smallest program that shows it, where the check drew programs.
    """

    check: str
    outcome: str
    detail: str = ""
    program: Program | None = None

    @property
    def code(self) -> str:
        """The program as Python, "" where there is none."""
        return self.program.source() if self.program is not None else ""

    @property
    def dot(self) -> str:
        """The program's graph as DOT, with its numbers; "" where there is none, or nothing that draws."""
        return _drawn(self.program) if self.program is not None else ""

    def __str__(self) -> str:
        text = f"{self.outcome:<11}  {self.check}" + (f": {self.detail}" if self.detail else "")
        return text + "".join(f"\n    {line}" for line in self.code.splitlines())


@dataclass(frozen=True, slots=True)
class EngineReport:
    """What `check_engine` found out about a class; `str()` of it is text, `markdown` for documents."""

    engine: str
    findings: tuple[Finding, ...]
    lacks: tuple[str, ...]

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The checks that the engine does not pass."""
        return tuple(finding for finding in self.findings if finding.outcome == "fails")

    @property
    def ok(self) -> bool:
        """Whether nothing fails."""
        return not self.failures

    def __str__(self) -> str:
        return "\n".join([f"{self.engine}: {self._summary}", *map(str, self.findings), *self._lacking])

    @property
    def markdown(self) -> str:
        """The same as a table, with the programs below it."""
        lines = [f"`{self.engine}`: {self._summary}.", "", "| check | outcome | detail |", "|---|---|---|"]
        lines += [f"| {f.check.replace('*', chr(92) + '*')} | {f.outcome} | {_cell(f.detail)} |" for f in self.findings]
        for finding in self.failures:
            if finding.code:
                lines += ["", f"The smallest program for *{finding.check}*:", "", "```python", finding.code, "```"]
        return "\n".join([*lines, *(["", *self._lacking] if self.lacks else [])])

    def save_pictures(self, directory: str | Path) -> list[Path]:
        """Draw the programs of the failures into SVG files in a directory; nothing where viz cannot draw."""
        written = []
        for finding in self.failures:
            if finding.program is not None and (value := _on_our_values(finding.program)) is not None:
                from viz import render

                name = "".join(c if c.isalnum() else "_" for c in finding.check)
                written.append(Path(render(value, Path(directory) / f"{name}.svg")))
        return written

    def raise_for_failures(self) -> None:
        """AssertionError with the report, unless everything passes."""
        if not self.ok:
            raise AssertionError(str(self))

    @property
    def _summary(self) -> str:
        outcomes = [finding.outcome for finding in self.findings]
        count = {outcome: outcomes.count(outcome) for outcome in ("passes", "fails", "unsupported")}
        return "{passes} checks pass, {fails} fail, {unsupported} are about what it has not got".format(**count)

    @property
    def _lacking(self) -> list[str]:
        if not self.lacks:
            return []
        return [f"Operations it does not have, left out of the programs: {', '.join(self.lacks)}."]


def check_engine(value_class: type, *, functions: Any = None, examples: int = 100, checks: Any = None) -> EngineReport:
    """Put a class that claims to be a scalar autograd engine to the test.

    Arguments:
        value_class: its nodes: made from a number, with operators, `.data`, `.grad` and `.backward()`.
        functions: a module or object with functions such as `exp` or `dot` for what the class has no method for; the
            package of the class unless given.
        examples: how many random programs each of the checks that draw some tries. Needs hypothesis.
        checks: the names of the checks to run; all of `autograd.testing.CHECKS` unless given.

    Returns:
        A report. What the class does not have is reported as unsupported; it does not fail.

    Raises:
        TypeError: for something that is no class, or has no `backward`. ValueError: for an unknown check.

    Takes a second or two, and a RecursionError in the engine is caught; a crash of the interpreter is not.
    """
    if isinstance(examples, bool) or not isinstance(examples, int) or examples < 1:
        raise ValueError(f"check_engine: examples must be a whole number of at least 1, got {examples!r}")
    names = list(CHECKS) if checks is None else [checks] if isinstance(checks, str) else list(checks)
    if unknown := [name for name in names if name not in CHECKS]:
        raise ValueError(f"check_engine: there is no check {unknown[0]!r}; there are {', '.join(CHECKS)}")
    engine = Engine(value_class, functions)
    return EngineReport(engine.name, tuple(run_check(engine, name, examples) for name in names), engine.lacks)


def run_check(engine: Engine, name: str, examples: int = 100) -> Finding:
    """One check of an engine, by its name."""
    try:
        CHECKS[name](engine, examples)
    except Unsupported as reason:
        return Finding(name, "unsupported", str(reason))
    except Failure as failure:
        return Finding(name, "fails", str(failure), failure.program)
    except Exception as error:  # an engine may raise anything where it should not
        return Finding(name, "fails", f"{type(error).__name__}: {error}")
    return Finding(name, "passes")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("\n", " ")


def _on_our_values(program: Program) -> Any:
    """The program run by this project's engine, with labels, for a picture; None where that fails."""
    import autograd

    try:
        ours = Engine(autograd.Value, autograd)
        made = program.results(ours.apply, [autograd.Value(x, f"x{i}") for i, x in enumerate(program.inputs)])
        made[-1].backward()
        return made[-1]
    except Exception:  # the picture is an extra; the program in words is there already
        return None


def _drawn(program: Program) -> str:
    try:
        from viz import to_dot  # the engine does not need viz; it is used where it is there

        return to_dot(_on_our_values(program))
    except Exception:  # as above
        return ""
