"""A training run from its empty folder to the last line of its report: the model first, then figures, then pictures.

Whatever ends a step (a signal, a full disk, a defect) costs that step and what would have followed it, never what is
there already; the last line says where the model is.
"""

from __future__ import annotations

import argparse
import copy
import signal
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy  # noqa: F401 - now, while a signal ends the process: interrupted, it could not be imported again
import tqdm  # noqa: F401

import nn.recorded  # noqa: F401
from nn.commands.artifacts import Artifacts, figures_files, pictures
from nn.commands.by_heart import by_heart
from nn.commands.cures import ONLY_SHORT, Run, diverged, for_linear, steps_too_long, told
from nn.commands.influence import Influence
from nn.commands.interruption import Signals, number_of
from nn.commands.kept_model import KeptModel
from nn.commands.kept_state import KeptState
from nn.commands.kinds import DRAWING, uses
from nn.commands.launch import exit_code, words
from nn.commands.leaks import lone_column
from nn.commands.members import further_networks
from nn.commands.report import (
    Figures,
    judge_baselines,
    judge_parts,
    loss_for,
    print_confusion,
    print_figures,
    print_importances,
    print_names,
    print_worst,
    summarize,
)
from nn.commands.resumption import STATE, fingerprint, write_state
from nn.commands.run_folder import RunFolder
from nn.commands.short_steps import short_steps, without_short
from nn.history import History, Stop
from nn.metrics import r_squared
from nn.samples import Samples
from nn.tables.data import Dataset
from nn.tables.names import BUILT_IN
from nn.tables.targets import ClassTarget, NumberTarget
from nn.training import fit
from nn.training.choices import FULL_BATCH
from nn.training.linear_start import start_from_linear
from nn.training.resuming import best_of, state_of
from nn.training.settings import Settings
from nn.wording import TOLD, one_line, whole

MOMENTS = 48  # of a run, kept to look back at
UNTOLD = ("out", "quiet", "resume", "arguments", "state", "state_file")  # options that say nothing about the model
EARLY = 0.1  # of the epochs
LITTLE_LEFT = " (the network began as the best linear model, so that there was little left to learn)"
MAX_RECORDED = 5_000_000  # numbers in them all, about 200 MB


class TrainingRun:
    """Trains `model` on `data` as `chosen` (epochs, step size, ...) and `options` say; `say` prints.

    `usual_rate`: the learning rate where nobody asks for one.
    """

    def __init__(
        self,
        say: Callable[..., None],
        model: Any,
        data: Dataset,
        chosen: Any,
        options: argparse.Namespace,
        usual_rate: float,
    ) -> None:
        self._say = say
        self._model = model
        self._data = data
        self._chosen = chosen
        self._options = options
        self._usual_rate = usual_rate
        self._ended: int | None = None  # by this signal
        self._trouble: Exception | None = None
        self._began_linear = False
        self._shared = False  # whether networks of the model were trained on the validation rows
        self._advised = False  # whether a cure was named
        self._began_with = data  # which has no steps yet
        self._state: dict[str, Any] | None = None if options.state is None else options.state["training"]
        self._remarks: list[str] = []  # what was said of the run's health, with its cures

    def complete(self, started: float) -> int:
        """Leave the run folder and return the exit code; `started` is when the clock began."""
        state = self._state
        if state is not None:
            self._try_state(state)
        if self._options.state is not None:
            began = "from the beginning: no epoch was kept" if state is None else f"after epoch {state['epoch']}"
            self._say(f"going on with {whole(self._options.state_file)} {began}")
        data = fingerprint(self._data)
        with (
            Signals() as self._signals,
            RunFolder(self._data.name, self._options.out) as folder,
            self._kept_state(folder.path, data, started) as self._keeping,
        ):
            self._keeping.begin(state)
            metadata = {"table": self._data.schema.as_dict()}
            self._kept = KeptModel(self._model, folder.path, metadata, self._signals)
            if state is not None:
                self._kept.go_on(*best_of(state_of(state), len(self._model.parameters())))
            self._made = Artifacts(folder.path)
            self._kept.try_out()
            self._say(f"run folder: {whole(folder.path)}")
            history = self._history()
            if history is not None and history.diverged and not history.best_epoch:
                raise ValueError(diverged(history.note, self._asked()))
            self._kept.finish(None if history is None else history.best_epoch)
            self._first = copy.deepcopy(self._model)
            if not self._kept.beside:
                self._finish_state(None if history is None else history.state)
            if history is not None and not history.diverged and self._ended is None:
                self._add_members(history)
            if history is not None:
                if self._kept_start(history):
                    history.note = (
                        f"no epoch of {history.epochs} was better than the linear start, the linear model that the "
                        "network began as: that one is kept"
                    )
                if self._began_linear:  # which needs no long steps from there
                    history.notes = short_steps(history, self._asked()) + without_short(history.notes)
                began_well = self._began_linear and not self._asked().slow
                self._say(_ending(history, began_linear=began_well))
                self._say_notes([note for note in history.notes if note != history.note])
                if sentence := by_heart(history):
                    self._say(f"note: {sentence}")
                if not self._kept.beside:  # the figures and pictures that are there are those of the older model
                    self._write_rest(history)
            self._report(started)
            if self._ended is None:
                self._ended = self._signals.taken()
        return self._code()

    def _history(self) -> History | None:
        """Train; None when that did not come to an orderly end."""
        history = None
        try:
            with self._signals.raising(), warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)  # of divergence: the note of the history says the same
                history = self._fit()
        except KeyboardInterrupt as interruption:
            self._ended = number_of(interruption)
        except Exception as error:  # told once the best epoch so far is kept
            self._trouble = error
        if history is not None and history.interrupted:
            self._ended = self._signals.noted or int(signal.SIGINT)
        if self._ended is not None:
            self._signals.taken()
        return history

    def _fit(self) -> History:
        if self._state is not None:
            self._began_linear = self._options.state["began_linear"] is True
        elif self._data.table is not None:
            self._began_linear = start_from_linear(self._model, *self._linear())
        validation = self._data.validation
        return self._trained(
            self._model,
            self._data.train,
            validation,
            self._chosen,
            seed=self._options.seed,
            callbacks=[self._kept.see],
            progress=not self._options.quiet,
            record_parameters=_recorded(self._model, self._chosen.epochs),
            resume=self._state,
            checkpoint=self._keeping.see,
        )

    def _try_state(self, state: dict[str, Any]) -> None:
        """Raise ValueError, before a folder is touched, for a state that this run cannot go on from."""
        data, model = self._data, copy.deepcopy(self._model)
        self._trained(model, data.train, data.validation, self._chosen, epochs=1, resume=state, progress=False)

    def _trained(self, model: Any, train: Samples, validation: Samples, chosen: Settings, **options: Any) -> History:
        data = self._data
        options = {"epochs": chosen.epochs} | options
        return fit(
            model,
            train.rows,
            train.targets,
            loss=loss_for(data),
            optimizer=self._options.optimizer,
            lr=None if self._options.optimizer in FULL_BATCH else chosen.lr,
            batch_size=chosen.batch_size,
            validation=(validation.rows, validation.targets) if validation else None,
            patience=chosen.patience,
            keep_best=True,
            schedule=None if self._options.optimizer in FULL_BATCH else chosen.schedule,
            l2=chosen.l2,
            metrics={"R2": r_squared} if isinstance(data.schema.target, NumberTarget) else None,
            **options,
        )

    def _kept_state(self, folder: Path, data: str, started: float) -> KeptState:
        options = self._options

        def write(path: Path, training: dict[str, Any] | None) -> None:
            write_state(path, options.arguments, data, self._began_linear, training)

        count = len(self._model.parameters())
        resumed = None if options.state is None else options.state_file
        return KeptState(folder, write, self._signals, parameters=count, resumed=resumed, began=started)

    def _finish_state(self, state: dict[str, Any] | None) -> None:
        if state is None:
            with self._made.trying(STATE):
                self._keeping.finish(None)
        else:
            self._made.add(STATE, "what --resume goes on from", lambda _: self._keeping.finish(state))

    def _linear(self) -> tuple[Any, Any, int | None]:
        target, train = self._data.schema.target, self._data.train
        return train.rows, train.targets, len(target.classes) if isinstance(target, ClassTarget) else None

    def _add_members(self, history: History) -> None:
        """Train further networks, each with other rows to choose its epoch by, and make the model their average.

        The model that is there counts until all is done: an interruption costs the members alone.
        """
        started = time.perf_counter()
        try:
            with self._signals.raising(), warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)
                found = further_networks(
                    self._model,
                    self._data,
                    self._chosen,
                    train=self._train_further,
                    seed=self._options.seed,
                    asked=self._options.ensemble is not None,
                    steps=self._may_have_steps(),
                )
                if found.plain or found.stepped:
                    with self._signals.held():
                        found.average(self._model)
                        self._data = found.data
                        self._shared = bool(found.data.validation) and not found.data.fixed
                        table = {"table": found.data.schema.as_dict()}
                        self._kept.finish(history.best_epoch, changed=True, metadata=table)
        except KeyboardInterrupt as interruption:
            self._signals.taken()
            self._ended = number_of(interruption)
            return
        if found.plain or found.stepped:
            taken = time.perf_counter() - started
            first = "the linear start" if self._kept_start(history) else "the first network"
            self._say(f"{found.words(first)}; they took {taken:.1f} s, and --ensemble 1 trains one alone")

    def _train_further(self, network: Any, train: Samples, left: Samples, settings: Settings, seed: int) -> History:
        history = self._trained(network, train, left, settings, seed=seed, progress=False)
        if history.interrupted:  # `fit` has taken the signal for a wish to end this one network
            self._signals.check()
            raise KeyboardInterrupt
        return history

    def _may_have_steps(self) -> bool:
        """Whether networks that see numbers as steps are tried beside the others: for tables of the user's whose
        network is left to us, and which have more than a plane to look at."""
        options, inputs = self._options, len(self._data.schema.inputs)
        usual = options.hidden is None and options.activation == "relu" and options.optimizer not in FULL_BATCH
        return usual and self._data.table is not None and options.data not in BUILT_IN and inputs > 2

    def _write_rest(self, history: History) -> None:
        """Print and write the figures, then draw the pictures.

        After Ctrl-C there is time for pictures, which another Ctrl-C ends; after SIGTERM and SIGHUP there is none.
        """
        figures: Figures = {}
        baselines: Figures = {}
        given = {name: value for name, value in vars(self._options).items() if name not in UNTOLD}
        influence = Influence(self._model, self._data)
        files = figures_files(
            history,
            lambda: summarize(self._model, self._data, history, figures, baselines, given, influence.importances),
        )
        trained_with = {
            "optimizer": self._options.optimizer,
            "lr": self._chosen.lr,
            "batch_size": self._chosen.batch_size or 0,
        }
        drawn = pictures(
            self._model, self._data, history, influence,
            first=self._first, began_with=self._began_with, trained_with=trained_with,
            remarks=self._remarks, planned=self._chosen.epochs,
        )  # fmt: skip
        try:
            with self._signals.raising():
                with self._made.trying("figures"):
                    figures |= judge_parts(self._model, self._data, shared=self._shared)
                    baselines |= judge_baselines(self._began_with)
                    hidden = len(self._model.layers) > 1
                    sick = _ill(history) and history.best_epoch > 0  # what was before the first is kept as it was
                    print_figures(
                        self._say, figures, baselines, self._data,
                        hidden=hidden, sick=sick, shared=self._shared,
                        advice="" if self._advised else for_linear(self._asked()),
                    )  # fmt: skip
                    print_confusion(self._say, self._model, self._data)
                    print_importances(self._say, influence.importances, influence.figure)
                    self._say_lone_column(influence.importances, figures, baselines)
                    print_worst(self._say, self._model, self._data, self._kept.at)
                    if self._options.data == "names":
                        print_names(self._say, self._model)
                for name, (meaning, write) in files.items():
                    self._made.add(name, meaning, write)
                if self._ended in (None, signal.SIGINT):
                    for name, (meaning, draw) in drawn.items():
                        self._made.add(name, meaning, draw)
                        self._signals.check()
        except KeyboardInterrupt as interruption:
            self._signals.taken()
            self._ended = number_of(interruption)
        if self._ended is not None:
            self._made.give_up([*files, *drawn], words(self._ended))

    def _say_lone_column(self, importances: dict[str, float], figures: Figures, baselines: Figures) -> None:
        network, constant = list(figures.values())[-1], next(iter(baselines.values()))
        if sentence := lone_column(importances, network, constant):
            self._say(f"note: {sentence}")

    def _say_notes(self, notes: list[str]) -> None:
        for line, advised in told(notes, self._asked()):
            self._advised = advised
            self._say(line)
            self._remarks.append(line.removeprefix("note: "))

    def _asked(self) -> Run:
        options = self._options
        return Run(
            self._chosen, options.seed, options.optimizer, options.activation, self._began_linear, self._usual_rate
        )

    def _kept_start(self, history: History) -> bool:
        """Whether what is kept is the linear model from before training."""
        ended_well = history.epochs and not (history.diverged or history.interrupted)
        return bool(self._began_linear and ended_well and not history.best_epoch)

    def _report(self, started: float) -> None:
        """Say what there is and where."""
        at, made = self._kept.at, self._made
        written = dict(made.written)
        if at is not None and at.parent == made.folder:
            written = {at.name: "the trained network and how its inputs are made", **written}
        if written:
            self._say(f"written to {whole(made.folder)} after {time.perf_counter() - started:.1f} s:")
        for name, meaning in written.items():
            self._say(f"  {name:<16}{meaning}")
        for sentence in made.missing:
            self._say(f"  {sentence}")
        if self._kept.trouble:
            sys.stderr.write(f"glassgrad: error: {self._kept.trouble}\n")
        if at is not None:
            page = made.folder / DRAWING if DRAWING in made.written else None
            for sentence in uses(whole(at), self._options.data, self._data, None if page is None else whole(page)):
                self._say(sentence)
        if self._options.quiet and written:
            print(made.folder)
        if self._ended is not None and at is None and not written:
            sys.stderr.write(f"glassgrad: {words(self._ended)}; nothing was written\n")

    def _code(self) -> int:
        if self._trouble is not None:
            if self._kept.at is None or not isinstance(self._trouble, TOLD):
                raise self._trouble
            sys.stderr.write(f"glassgrad: error: {one_line(str(self._trouble)) or type(self._trouble).__name__}\n")
        if self._ended is not None:
            return exit_code(self._ended)
        return 1 if self._trouble or self._kept.trouble or self._made.failed else 0


def _recorded(model: Any, epochs: int) -> bool | int:
    """Every how many epochs the parameters are kept for the page about the run; not at all for a very large network."""
    if len(model.parameters()) * MOMENTS > MAX_RECORDED:
        return False
    return max(1, epochs // MOMENTS)


def _ill(history: History) -> bool:
    return any(getattr(note, "kind", "") not in ("", *ONLY_SHORT) for note in history.notes)


def _ending(history: History, *, began_linear: bool = False) -> str:
    """Why the run stopped and what was kept."""
    if history.note:
        return steps_too_long(history.note)
    early = began_linear and history.best_epoch <= EARLY * history.epochs and not _ill(history)
    return _reason(history) + (LITTLE_LEFT if early else "")


def _reason(history: History) -> str:
    if history.reason is not Stop.NO_BETTER:
        return f"{history.stopped} after epoch {history.epochs}; epoch {history.best_epoch} was kept"
    part = "validation" if history.val_loss else "training"
    more = f"{history.waited} epochs" if history.waited > 1 else "one epoch"
    return (
        f"stopped at epoch {history.epochs}: the best {part} loss was at epoch {history.best_epoch} and {more} brought "
        f"no better one; epoch {history.best_epoch} was kept"
    )
