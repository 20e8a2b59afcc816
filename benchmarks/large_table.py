"""A table of 100,000 x 20 from the file to the answers, beside pandas and scikit-learn's MLP of the same shape.

Each step is timed in turns in one process; whole programs are processes of their own, with their peak memory and the
moment of their first words. Wants scikit-learn and pandas.

    python -m benchmarks.large_table [ROWS]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.timing import medians, table

EPOCHS, WIDTH, BATCH, ROUNDS = 10, 18, 256, 3

PEER = """
import sys, warnings
warnings.simplefilter("ignore")
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler
frame = pd.read_csv(sys.argv[1])
X, y = frame.drop(columns="y").to_numpy(), frame["y"].to_numpy()
X, held, y, expected = train_test_split(X, y, test_size=0.2, random_state=0)
scaler = StandardScaler().fit(X)
model = MLPClassifier(({width},), batch_size={batch}, max_iter={epochs}, early_stopping=True, n_iter_no_change={epochs})
model.fit(scaler.transform(X), y)
print(model.score(scaler.transform(held), expected), flush=True)
"""


def write_table(path: Path, rows: int) -> None:
    """Twenty normal columns and a class that hangs on three of them."""
    import pandas as pd

    rng = np.random.default_rng(0)
    X = rng.normal(size=(rows, 20))
    yes = X[:, 0] + X[:, 1] * X[:, 2] + 0.3 * rng.normal(size=rows) > 0
    frame = pd.DataFrame(X, columns=[f"c{i}" for i in range(20)])
    frame["y"] = np.where(yes, "yes", "no")
    frame.to_csv(path, index=False)


def steps(path: Path) -> None:
    """Reading, an epoch and answers, side by side in this process."""
    import pandas as pd
    from sklearn.neural_network import MLPClassifier
    from sklearn.preprocessing import StandardScaler

    from nn import MLP, fit, predict
    from nn.tables.data import load_dataset

    reading = {"glassgrad": lambda: load_dataset(str(path), target="y"), "pandas": lambda: pd.read_csv(path)}
    print(
        table(
            "reading, with meanings, inputs and parts; pandas: reading alone",
            medians(reading, rounds=ROUNDS),
            unit="pandas",
        )
    )
    data = load_dataset(str(path), target="y")
    frame = pd.read_csv(path)
    X, y = StandardScaler().fit_transform(frame.drop(columns="y")), frame["y"]
    X, y = X[: len(data.train)], y[: len(data.train)]
    kept: dict[str, Any] = {}

    def ours(epochs: int) -> None:
        kept["ours"] = model = MLP(X.shape[1], [WIDTH, 1], seed=1)
        fit(model, data.X, data.y, epochs=epochs, batch_size=BATCH, metrics={}, progress=False)

    def theirs(epochs: int) -> None:
        kept["theirs"] = model = MLPClassifier((WIDTH,), batch_size=BATCH, max_iter=epochs, random_state=1)
        model.fit(X, y)

    one = medians({"glassgrad": lambda: ours(1), "scikit-learn": lambda: theirs(1)}, rounds=ROUNDS)
    four = medians({"glassgrad": lambda: ours(4), "scikit-learn": lambda: theirs(4)}, rounds=ROUNDS)
    epoch = {name: (four[name] - one[name]) / 3 for name in one}
    print(table("one epoch, by the difference of four and one", epoch, unit="scikit-learn"))
    first = {name: max(0.0, one[name] - epoch[name]) for name in one}
    print("before the first step: " + ", ".join(f"{name} {seconds * 1e3:.0f} ms" for name, seconds in first.items()))
    answers = {"glassgrad": lambda: predict(kept["ours"], data.X), "scikit-learn": lambda: kept["theirs"].predict(X)}
    print(table("answers for all rows to train on", medians(answers, rounds=ROUNDS), unit="scikit-learn"))


def program(command: list[str], folder: str) -> tuple[float, float, float]:
    """Seconds until the first words and until the end, and the most memory in MB."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0, cwd=folder) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        first = time.perf_counter() - started
        while process.stdout.read(65536):
            pass
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)[:80]} ended with {process.returncode}")
    return first, time.perf_counter() - started, used.ru_maxrss / 1024


def programs(path: Path, folder: str) -> None:
    """From the command line to a trained model, and from a model to a file with answers."""
    peer = PEER.format(width=WIDTH, batch=BATCH, epochs=EPOCHS)
    glassgrad = [sys.executable, "-m", "nn"]
    options = ["--epochs", str(EPOCHS), "--patience", str(EPOCHS), "--ensemble", "1", "--batch-size", str(BATCH)]
    commands = {
        "glassgrad train, pictures included": [
            *glassgrad,
            "train",
            str(path),
            "--target",
            "y",
            *options,
            "--out",
            "run",
        ],
        "pandas and scikit-learn": [sys.executable, "-c", peer, str(path)],
        "glassgrad predict": [*glassgrad, "predict", "run/model.json", str(path), "-o", "answers.csv"],
    }
    for name, command in commands.items():
        first, whole, memory = program(command, folder)
        print(f"{name:<36}{first:8.2f} s to the first words{whole:8.2f} s in all{memory:8.0f} MB")


def main() -> None:
    """Print the times of the steps, then those of whole programs."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        write_table(path, rows)
        print(f"{rows:,} x 20, {path.stat().st_size / 1e6:.0f} MB")
        programs(path, folder)
        steps(path)


if __name__ == "__main__":
    main()
