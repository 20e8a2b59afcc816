"""The options of `glassgrad train` that do what a diagnosis advises: `nn`, whose words it has, knows of none."""

from __future__ import annotations

from typing import Any

from nn.training.choices import FULL_BATCH
from nn.training.settings import Settings

USUAL_STEP = 0.01  # of the weights' length, which the first epoch's steps should be about
USUAL_RATE, LARGEST_RATE = 0.01, 1.0  # beyond which what was measured far from there says little
WIDTH = 16  # of the layers that are advised, unless the network's own are wider


def with_options(note: str, chosen: Settings, seed: int, optimizer: str) -> str:
    """What was said of a run, and behind it the options that do what it advises, with their numbers."""
    kind, seen = getattr(note, "kind", ""), getattr(note, "seen", {})
    ways = _ways(kind, seen, chosen, seed)
    if optimizer in FULL_BATCH:  # which find the length of their steps themselves
        ways = [way for way in ways if not way.startswith("--lr")]
    return f"{note}: {' or '.join(ways)}" if ways else note


def smaller(lr: float) -> float:
    """A learning rate for who has one that is too large."""
    return float(f"{min(USUAL_RATE, lr / 10):.1g}")


def _ways(kind: str, seen: dict[str, Any], chosen: Settings, seed: int) -> list[str]:
    """Each of them would do."""
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
        rate = chosen.lr * USUAL_STEP / seen["ratio"] if seen["ratio"] else LARGEST_RATE
        return [f"--lr {min(rate, max(LARGEST_RATE, 10 * chosen.lr)):.1g}"]
    if kind == "decayed":
        return ["--l2 0"]
    if kind == "straight" and not chosen.hidden:
        return [f"--hidden {WIDTH}"]
    if kind in ("straight", "linear"):
        return ["--activation tanh"]
    if kind == "overfitted":
        return [f"--l2 {10 * chosen.l2 or USUAL_RATE:.1g}", f"--hidden {_sizes([n // 2 or 1 for n in chosen.hidden])}"]
    if kind in ("once", "unfinished"):
        return [f"--epochs {max(10, 2 * chosen.epochs)}"]
    return []


def _to_vanish_no_more(cure: str, hidden: tuple[int, ...]) -> str:
    layers = 1 if "one" in cure else 2
    narrowed = f"--hidden {_sizes([max(WIDTH, n) for n in hidden[:layers]])}"
    return f"{narrowed} --activation tanh" if "tanh" in cure else narrowed


def _sizes(hidden: list[int]) -> str:
    return ",".join(map(str, hidden)) or "0"
