"""What a table is trained with unless somebody says otherwise, by its size; chosen by trying and by judgement."""

from typing import NamedTuple

SMALL = 300  # rows of which none can be spared to choose the epoch
STEPS = 12_000  # about, in all
DROPOUT = 0.1  # of networks that see numbers as steps, which have many inputs


class Size(NamedTuple):
    """Rows to train on, inputs and outputs of the network."""

    rows: int
    inputs: int
    outputs: int


class Settings(NamedTuple):
    """As the options of `glassgrad train` and the arguments of `nn.fit`."""

    hidden: tuple[int, ...]
    epochs: int
    lr: float
    batch_size: int | None  # None: all rows
    patience: int | None  # None: all epochs, and no rows are held back
    l2: float = 0.0
    schedule: str | None = None
    ensemble: int = 1


def settings_for(size: Size, *, regression: bool) -> Settings:
    """The settings for a table of this size."""
    if size.rows <= SMALL:
        return Settings((32,), 300, 0.02, None, None, l2=1e-3, schedule="cosine")
    batch = 32 if size.rows < 5_000 else 128 if size.rows < 50_000 else 256
    epochs = max(10, min(200, STEPS * batch // size.rows))
    rate = 0.01 if size.rows < 5_000 else 0.003
    return Settings((32,), epochs, rate, batch, max(10, epochs // 8), l2=1e-3, schedule="cosine")


def table_settings(size: Size, regression: bool) -> Settings:
    """The settings for a table of this size whose networks begin as the linear model and are averaged."""
    batch = 32 if size.rows < 5_000 else 128 if size.rows < 50_000 else 256
    epochs = max(10, min(200, 6_000 * batch // max(1, size.rows)))
    hidden = 16 + 2 * size.outputs if size.outputs <= 20 else 48
    return Settings((hidden,), epochs, 0.005, batch, max(10, epochs // 4), 1e-3, "cosine", 5)


def stepped_settings(plain: Settings) -> Settings:
    """The settings for networks that see numbers as steps too, where these are for those that do not: wider, and
    trained for half as long, as each step costs more and fewer are wanted."""
    epochs = max(min(10, plain.epochs), plain.epochs // 2)
    return plain._replace(hidden=(32,), epochs=epochs, patience=plain.patience and max(10, epochs // 4))
