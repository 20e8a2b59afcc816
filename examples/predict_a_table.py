"""Prediction: a table end to end: read, inspect, train, compare, save, and predict new rows.

    python examples/predict_a_table.py [FILE.csv COLUMN]

Without a file the table is made here: what apartments of a town rent for, as somebody would write it down, with decimal
commas, missing cells and a column of no use.
"""

import csv
import random
import sys
import tempfile
from pathlib import Path

from nn.__main__ import main as glassgrad

PARTS = ("north", "harbor", "old town")


def rents(path: Path, count: int, seed: int) -> None:
    """A table of apartments: area, rooms, part of town, year, and the rent they were let for."""
    rng = random.Random(seed)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["id", "area", "rooms", "part", "year", "rent"])
        for k in range(count):
            area = rng.uniform(25, 140)
            rooms = max(1, round(area / 28 + rng.gauss(0, 0.6)))
            part, year = rng.choice(PARTS), rng.randint(1890, 2024)
            price = 9 + 4 * (part == "old town") + 6 * (part == "harbor") * (year > 1990) + 0.02 * abs(year - 1965)
            rent = area * price * rng.lognormvariate(0, 0.06)
            shown = "" if rng.random() < 0.03 else f"{area:.1f}".replace(".", ",")
            writer.writerow([1000 + k, shown, rooms, part, year, f"{rent:.2f}".replace(".", ",")])


def main(folder: Path, file: Path | None = None, column: str = "rent") -> Path:
    """Leaves a run folder and the answers for new rows in `folder`; returns the file of answers."""
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / "new.csv"
    if file is None:
        file = folder / "rents.csv"
        rents(file, 600, seed=1)
        rents(new, 10, seed=2)
    else:
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        new.write_text("".join(lines[:11]), encoding="utf-8")
    run = folder / "run"
    for command in (
        ["inspect", str(file), "--target", column],
        ["train", str(file), "--target", column, "--out", str(run)],
        ["predict", str(run / "model.json"), str(new), "-o", str(folder / "answers.csv")],
    ):
        print(f"\n$ glassgrad {' '.join(command)}", flush=True)
        code = glassgrad(command)
        if code:
            raise SystemExit(code)
    print((folder / "answers.csv").read_text(encoding="utf-8"))
    return folder / "answers.csv"


if __name__ == "__main__":
    given = sys.argv[1:3]
    here = Path(tempfile.mkdtemp())
    main(here, *((Path(given[0]), given[1]) if len(given) == 2 else ()))
