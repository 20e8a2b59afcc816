"""The options of `glassgrad train` that do what a diagnosis advises: `nn`, whose words it has, knows of none.

One decision: a run is told one cure, that of its gravest illness. What else is seen may well come from it, and two
advices at once may lead in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from nn.training.choices import FULL_BATCH
from nn.training.diagnoses import STRONG
from nn.training.settings import Settings

USUAL_STEP = 0.01  # of the weights' length, which the first epoch's steps should be about
SHORT_STEP = USUAL_STEP / 10  # with which more epochs take long
FEW, FEWEST, MORE = 10, 40, 4  # epochs that show little; that are advised; times as many, since patience ends them
USUAL_RATE, LARGEST_RATE = 0.01, 1.0  # beyond which what was measured far from there says little
ONLY_SHORT = ("once", "unfinished")  # notes of runs that are well as far as they went
WIDTH = 16  # of the layers that are advised, unless the network's own are wider


def told(
    notes: Iterable[str], chosen: Settings, seed: int, optimizer: str, *, began_linear: bool = False
) -> Iterator[tuple[str, bool]]:
    """The lines that say what was seen of a run, the gravest first, and whether options that cure have been named."""
    notes, cured = list(notes), False
    flat = any(getattr(note, "kind", "") in ("straight", "linear") for note in notes) and chosen.hidden
    for note in notes:
        ways = [] if cured else ways_of(note, chosen, seed, optimizer, began_linear=began_linear)
        if flat:  # whatever else there is, layers that do not bend are none
            ways = [way if "--activation" in way else f"{way} --activation tanh" for way in ways]
        line = f"also seen, and perhaps gone with that: {note}" if cured else f"note: {note}"
        cured = cured or bool(ways)
        yield f"{line}: {' or '.join(ways)}" if ways else line, cured


def ways_of(note: str, chosen: Settings, seed: int, optimizer: str, *, began_linear: bool = False) -> list[str]:
    """The options that do what a note advises, with their numbers; each of them would do."""
    kind, seen = getattr(note, "kind", ""), getattr(note, "seen", {})
    finds_steps = optimizer in FULL_BATCH  # by itself
    if kind in ONLY_SHORT:
        short = seen["ratio"] < SHORT_STEP and not (finds_steps or began_linear)
        longer = f"--epochs {max(FEWEST, MORE * chosen.epochs)}"
        return [" ".join([longer] * (kind == "once" or not short) + [_larger(chosen.lr, seen["ratio"])] * short)]
    ways = _ways(kind, seen, chosen, seed)
    longer = f" --epochs {FEWEST}" if chosen.epochs < FEW else ""  # or the cure would be asked for next
    return [way + longer for way in ways if not (finds_steps and way.startswith("--lr"))]


def smaller(lr: float) -> float:
    """A learning rate for who has one that is too large."""
    return float(f"{min(USUAL_RATE, lr / 10):.1g}")


def for_linear(chosen: Settings) -> str:
    """What to do where the linear model is better and no illness was seen, "" where nothing is left to try."""
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
