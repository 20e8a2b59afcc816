"""The loss curve of a run as a small SVG, for notebooks: no matplotlib needed, readable by day and night.

One decision: two lines, their last numbers, and the best epoch; whoever wants axes and ticks has `viz.loss_curve`.
"""

from __future__ import annotations

import math
from typing import Any

from viz.svg.outlines import PAPER_DARK, paper
from viz.svg.outlines import coordinate as at
from viz.svg.style import MONO, NOTE, SANS, SERIES, SERIES_DARK

_WIDTH, _HEIGHT = 420.0, 150.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 12.0, 118.0, 16.0, 26.0  # margins; the right one holds the numbers
_STEPS = 20.0  # curves that span a larger factor are drawn on a logarithmic scale
_CSS = (
    f"@media (prefers-color-scheme:dark){{{PAPER_DARK}.gg-note{{fill:#9aa5b4}}"
    + "".join(f".gg-curve{k}{{stroke:{SERIES_DARK[k]}}}.gg-end{k}{{fill:{SERIES_DARK[k]}}}" for k in (0, 1))
    + "}"
)


def loss_svg(history: Any) -> str:
    """Training and validation loss over the epochs of a `nn.History` that has at least one.

    Losses that are not finite leave a gap. Raises ValueError for a history without epochs.
    """
    curves = [("training", list(history.train_loss)), ("validation", list(history.val_loss))]
    curves = [(name, losses) for name, losses in curves if losses]
    if not curves:
        raise ValueError("loss curve: the history has no completed epoch")
    finite = [x for _, losses in curves for x in losses if math.isfinite(x)] or [0.0]
    logarithmic = 0 < min(finite) < max(finite) / _STEPS
    low, high = (_scaled(limit(finite), logarithmic) for limit in (min, max))
    count = len(curves[0][1])

    def place(epoch: int, loss: float) -> str:
        share = (_scaled(loss, logarithmic) - low) / ((high - low) or 1.0)
        x = _LEFT + (_WIDTH - _LEFT - _RIGHT) * (epoch / max(count - 1, 1))
        return f"{at(x)} {at(_TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - share))}"

    parts = []
    for k, (name, losses) in enumerate(curves):
        path = "".join(
            f"{'L' if i and math.isfinite(losses[i - 1]) else 'M'}{place(i, loss)}h0"
            for i, loss in enumerate(losses)
            if math.isfinite(loss)
        )
        x = at(_WIDTH - _RIGHT + 12)
        parts.append(
            f'<path class="gg-curve{k}" d="{path}" fill="none" stroke="{SERIES[k]}" stroke-width="1.8" '
            f'stroke-linecap="round" stroke-linejoin="round"/>'
            f'<text class="gg-end{k}" x="{x}" y="{at(_TOP + 14 + 30 * k)}" fill="{SERIES[k]}">{name}'
            f'<tspan x="{x}" dy="13" font-family="{MONO}">{losses[-1]:.4g}</tspan></text>'
        )
    scale = ", logarithmic" if logarithmic else ""
    best = f", best {history.best_epoch:,}" if history.best_epoch else ""
    parts.append(
        f'<text class="gg-note" x="{at(_LEFT)}" y="{at(_HEIGHT - 8)}" fill="{NOTE}">'
        f"loss over {count:,} epoch{'s' * (count > 1)}{best}{scale}</text>"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gg" width="{at(_WIDTH)}" height="{at(_HEIGHT)}" '
        f'viewBox="0 0 {at(_WIDTH)} {at(_HEIGHT)}" role="img" aria-label="Loss curve" font-family="{SANS}" '
        f'font-size="10.5">\n<style>{_CSS}</style>\n{paper(_WIDTH, _HEIGHT)}\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _scaled(loss: float, logarithmic: bool) -> float:
    return math.log(loss) if logarithmic else loss / 4  # so that the difference of two huge losses stays finite
