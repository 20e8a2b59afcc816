"""Prediction: a table end to end: look at it, train, compare, ask why, and answer for rows never seen.

    python examples/predict_a_table.py [FILE.csv COLUMN]

Without a file it is a table of 442 patients that scikit-learn brings along (`pip install glassgrad[digits]`): ten
measurements, and how far their diabetes had progressed a year later (Efron, Hastie, Johnstone and Tibshirani, 2004).
"""

import argparse
import csv
import tempfile
from pathlib import Path

from nn.__main__ import main as glassgrad

NEW = 42  # rows at the end that the network never sees
NAMES = "age sex mass pressure cholesterol ldl hdl ratio triglycerides sugar progression".split()


def patients(path: Path) -> None:
    """The table as a CSV file, with the names that its description gives."""
    from sklearn.datasets import load_diabetes

    table = load_diabetes(scaled=False, as_frame=True).frame
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([NAMES, *table.to_numpy().tolist()])


def divided(path: Path, folder: Path) -> tuple[Path, Path]:
    """The rows to learn from and the last ones, of which the answers are kept aside."""
    header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    count = min(NEW, len(lines) // 5)
    parts = folder / "known.csv", folder / "new.csv"
    for part, chosen in zip(parts, (lines[:-count], lines[-count:]), strict=True):
        part.write_text(header + "".join(chosen), encoding="utf-8")
    return parts


def do(*command: str) -> None:
    print(f"\n$ glassgrad {' '.join(command)}", flush=True)
    code = glassgrad(list(command))
    if code:
        raise SystemExit(code)


def main(folder: Path, file: Path | None = None, column: str = "progression") -> Path:
    """Leaves a run folder and the answers for new rows in `folder`; returns the file of answers."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = []
    if file is None:
        file, kinds = folder / "patients.csv", ["--type", "sex=category"]  # 1 and 2 are names, no sizes
        patients(file)
    known, new = divided(file, folder)
    run, answers = folder / "run", folder / "answers.csv"
    do("inspect", str(known), "--target", column, *kinds)
    do("train", str(known), "--target", column, *kinds, "--out", str(run))
    do("predict", str(run / "model.json"), str(new), "-o", str(answers))
    do("explain", str(run / "model.json"), f"{new}:1")
    print("\nthe new rows, what they are taken for in the last column:")
    print("".join(answers.read_text(encoding="utf-8").splitlines(keepends=True)[:11]))
    print(f"what matters, how the answer follows it, and every epoch: {run / 'training.html'}")
    return answers


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE.csv", help="a table, the patients if there is none")
    parser.add_argument("column", nargs="?", metavar="COLUMN", help="the column of it to predict")
    given = parser.parse_args()
    if given.file is not None and given.column is None:
        parser.error("COLUMN, the one to predict, is wanted behind FILE.csv")
    chosen = (given.file, given.column) if given.file is not None else ()
    main(Path(tempfile.mkdtemp()), *chosen)
