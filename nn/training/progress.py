"""What is seen of a training while it goes on: a bar, and the figures of the last epoch behind it."""

from __future__ import annotations

from typing import Any

from nn.history import Epoch


def progress_bar(total: int | None, progress: bool) -> Any:
    """tqdm's bar over `total` rows, silent unless `progress`."""
    from tqdm.std import tqdm

    layout = "{desc} {percentage:3.0f}%|{bar}| {elapsed} {rate_fmt}{postfix}"
    return tqdm(total=total, disable=not progress, unit=" rows", unit_scale=True, bar_format=layout, dynamic_ncols=True)


def figures_text(epoch: Epoch) -> str:
    """The losses and metrics of an epoch on one line."""
    figures = [f"loss {epoch.train_loss:.4f}"]
    if epoch.val_loss is not None:
        figures.append(f"val_loss {epoch.val_loss:.4f}")
    return ", ".join(figures + [f"{name} {figure:.3f}" for name, figure in epoch.metrics.items()])
