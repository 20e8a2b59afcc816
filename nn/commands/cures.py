"""The options of `glassgrad train` that do what a diagnosis advises: `nn`, whose words it has, knows of none.

One decision: a run is told one cure, that of its gravest illness. What else is seen may well come from it, and two
advices at once may lead in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from nn.training.choices import FULL_BATCH
from nn.training.diagnoses import STRONG
from nn.training.settings import Settings

USUAL_STEP = 0.01  # of the weights' length, which the first epoch's steps should be about
SHORT_STEP = USUAL_STEP / 10  # with which more epochs take long
FEW, FEWEST, MORE = 10, 40, 4  # epochs that show little; that are advised; times as many, since patience ends them
USUAL_RATE, LARGEST_RATE = 0.01, 1.0  # beyond which what was measured far from there says little
ONLY_SHORT = ("once", "unfinished")  # notes of runs that are well as far as they went
FAR_BELOW = 0.1  # times the usual learning rate
WIDTH = 16  # of the layers that are advised, unless the network's own are wider


@dataclass(frozen=True, slots=True)
class Run:
    """What a run was asked for, of which cures depend; `began_linear`: whether it needs no long steps; `usual_rate`:
    the learning rate where nobody asks for one."""

    chosen: Settings
    seed: int = 0
    optimizer: str = "adam"
    activation: str = "relu"
    began_linear: bool = False
    usual_rate: float = 0.0

    @property
    def slow(self) -> bool:
        """Whether somebody asked for a learning rate far below the usual one."""
        return self.optimizer not in FULL_BATCH and self.chosen.lr < FAR_BELOW * self.usual_rate


def told(notes: Iterable[str], run: Run) -> Iterator[tuple[str, bool]]:
    """The lines that say what was seen of a run, the gravest first, and whether options that cure have been named."""
    cured = False
    for note in sorted(notes, key=lambda note: getattr(note, "kind", "") in ONLY_SHORT):
        ways = [] if cured else ways_of(note, run)
        line = f"also seen, and perhaps gone with that: {note}" if cured else f"note: {note}"
        cured = cured or bool(ways)
        yield f"{line}: {' or '.join(ways)}" if ways else line, cured


def ways_of(note: str, run: Run) -> list[str]:
    """The options that do what a note advises, with their numbers; each of them would do."""
    kind, seen, chosen = getattr(note, "kind", ""), getattr(note, "seen", {}), run.chosen
    finds_steps = run.optimizer in FULL_BATCH  # by itself
    usual = run.began_linear or run.optimizer != "sgd"  # whose steps from anywhere have no usual length
    if run.slow and usual and kind in ("small", *ONLY_SHORT):
        return [_with_rest(f"--lr {run.usual_rate:g}", run)]
    if kind in ONLY_SHORT:
        longer = f"--epochs {_more(chosen)}"
        if seen["ratio"] >= SHORT_STEP or finds_steps or run.began_linear:
            return [_with_rest(longer, run)]
        larger = _larger(chosen.lr, seen["ratio"])
        return [_with_rest(f"{longer} {larger}" if kind == "once" else larger, run)]
    ways = _ways(kind, seen, chosen, run.seed)
    return [_with_rest(way, run) for way in ways if not (finds_steps and way.startswith("--lr"))]


def diverged(note: str, run: Run) -> str:
    """What is said to who has lost every number, with the options: the inputs of a table are scaled already."""
    return f"{steps_too_long(note)}: {_with_rest(f'--lr {smaller(run.chosen.lr)}', run)}"


def steps_too_long(note: str) -> str:
    """The note of a run that has diverged without what a table or the command line has no need of."""
    return note.partition(" and scale the inputs")[0]


def _with_rest(way: str, run: Run) -> str:
    """A way, and what it would be no cure without, whatever else there is: layers that bend, and enough epochs."""
    if run.activation == "linear" and run.chosen.hidden and "--activation" not in way:
        way += " --activation tanh"
    few = run.chosen.epochs < FEW or (run.optimizer == "sgd" and ("--lr" in way or "--hidden" in way))
    return f"{way} --epochs {_more(run.chosen)}" if few and "--epochs" not in way else way


def _more(chosen: Settings) -> int:
    return max(FEWEST, MORE * chosen.epochs)


def smaller(lr: float) -> float:
    """A learning rate for who has one that is too large."""
    return float(f"{min(USUAL_RATE, lr / 10):.1g}")


def for_linear(run: Run) -> str:
    """What to do where the linear model is better and no illness was seen, "" where nothing is left to try."""
    chosen = run.chosen
    if run.slow:
        return f"--lr {run.usual_rate:g} may do better"
    if chosen.l2 >= STRONG:
        return "--l2 0 may do better"
    if chosen.epochs < FEW:
        return f"--epochs {FEWEST} may do better"
    return "--hidden 0 trains one" if chosen.hidden else ""


def _ways(kind: str, seen: dict[str, Any], chosen: Settings, seed: int) -> list[str]:
    if kind in ("zero", "alike", "absent", "dead", "saturated"):
        return [f"--seed {seed + 1}"]
    if kind == "vanishing":
        return [_to_vanish_no_more(seen["cure"], chosen.hidden)]
    if kind in ("exploding", "driven"):
        return [f"--lr {smaller(chosen.lr)}"]
    if kind == "died":
        return [f"--lr {smaller(chosen.lr)}", "--activation leaky_relu"]
    if kind == "large":
        rate = chosen.lr * USUAL_STEP / seen["ratio"]
        return [f"--lr {max(rate, smaller(chosen.lr)):.1g}"]
    if kind == "small":
        return [_larger(chosen.lr, seen["ratio"])]
    if kind == "decayed":
        return ["--l2 0"]
    if kind == "straight" and not chosen.hidden:
        return [f"--hidden {WIDTH}"]
    if kind in ("straight", "linear"):
        return ["--activation tanh"]
    if kind == "overfitted":
        return [f"--l2 {10 * chosen.l2 or USUAL_RATE:.1g}", f"--hidden {_sizes([n // 2 or 1 for n in chosen.hidden])}"]
    return []


def _larger(lr: float, ratio: float) -> str:
    rate = lr * USUAL_STEP / ratio if ratio else LARGEST_RATE
    return f"--lr {min(rate, max(LARGEST_RATE, 10 * lr)):.1g}"


def _to_vanish_no_more(cure: str, hidden: tuple[int, ...]) -> str:
    layers = 1 if "one" in cure else 2
    narrowed = f"--hidden {_sizes([max(WIDTH, n) for n in hidden[:layers]])}"
    return f"{narrowed} --activation tanh" if "tanh" in cure else narrowed


def _sizes(hidden: list[int]) -> str:
    return ",".join(map(str, hidden)) or "0"
