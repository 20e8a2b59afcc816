"""When a run writes its model and its state, on a clock that the test moves: often enough, and in a small share of the
time. What is written when stands in the folder `kept`, an epoch a line."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from kept import same_as_kept

from nn import MLP, load
from nn.commands import kept_model, kept_state
from nn.commands.kept_model import KeptModel, free_name
from nn.commands.kept_state import KeptState
from nn.history import Epoch

KEPT = Path(__file__).with_name("kept")


class Unheld:
    @contextmanager
    def held(self):
        yield


class Clock:
    """Time that passes when it is told to."""

    def __init__(self, monkeypatch, module, cost=0.01):
        self.now, self.cost, self.full = 100.0, cost, False
        here = SimpleNamespace(monotonic=lambda: self.now, perf_counter=lambda: self.now)
        monkeypatch.setattr(module, "time", here)

    def write(self, path, content):
        self.now += self.cost
        if self.full:
            raise OSError(28, "No space left on device")
        Path(path).write_bytes(content)


def epoch(number, loss):
    return Epoch(number, loss, None, {}, 0.0)


def epoch_in(path):
    """A model's file, and the epoch of which it is: the test has the bias tell."""
    return "nothing" if path is None else f"{path.name} of epoch {load(path).layers[0].neurons[0].b.data:g}"


LOSSES = [5.0, 4.0, 4.5, 3.0, 3.5, 2.0, 1.0, 1.5, 0.5, 0.75, 0.25, 0.3]


@pytest.mark.parametrize(("name", "cost", "step"), [("cheap", 0.0, 0.1), ("usual", 0.01, 0.15), ("dear", 0.4, 0.5)])
def test_models_are_written_when_it_is_time(name, cost, step, tmp_path, monkeypatch, capsys):
    clock = Clock(monkeypatch, kept_model, cost)
    monkeypatch.setattr(kept_model, "write_whole", clock.write)
    monkeypatch.setattr(kept_model, "check_space", lambda folder, content: None)
    model = MLP(1, [1], seed=1)
    lines = []
    for older in (False, True):
        folder = tmp_path / f"{older}"
        folder.mkdir()
        if older:
            (folder / "model.json").write_text("an older one")
        kept = KeptModel(model, folder, {}, Unheld())
        kept.try_out()
        for number, loss in enumerate(LOSSES, 1):
            clock.now += step
            clock.full = number in (4, 5)
            model.layers[0].neurons[0].b.data = float(number)
            kept.see(epoch(number, loss))
            trouble = kept.trouble.partition(" with ")[2] or "well"
            beside = "beside" if kept.beside else "in place"
            lines.append(f"{number} after {clock.now:.2f} s: {epoch_in(kept.at)} {beside}, {trouble}")
            assert model.layers[0].neurons[0].b.data == number, "the run goes on with what it has"
        kept.finish(None)
        names = sorted(p.name for p in folder.iterdir())
        lines.append(f"at the end: {epoch_in(kept.at)}, {names}, {kept.trouble!r}")
    lines.append(capsys.readouterr().err.replace(str(tmp_path), "").strip())
    same_as_kept("\n".join(lines), KEPT / f"model_in_time_{name}.txt")


@pytest.mark.parametrize(("parameters", "cost"), [(10, 0.01), (100_000, 0.01), (10, 0.3)])
def test_states_are_written_when_it_is_time(parameters, cost, tmp_path, monkeypatch):
    clock = Clock(monkeypatch, kept_state, cost)
    lines = []
    for case in ("new", "beside an older one", "resumed"):
        folder = tmp_path / case.replace(" ", "_")
        folder.mkdir()
        if case != "new":
            (folder / "state.json").write_text("older")
        resumed = folder / "state.json" if case == "resumed" else None
        writes = []

        def write(path, training, writes=writes):
            clock.write(path, str(training).encode())
            writes.append(training and training["epoch"])

        kept = KeptState(folder, write, Unheld(), parameters=parameters, resumed=resumed, began=clock.now)
        with kept:
            kept.begin(None)
            for number in range(1, 31):
                clock.now += 1.0
                clock.full = 10 <= number < 13
                kept.see(lambda number=number: {"epoch": number})
            lines.append(f"{case}: {writes}, {sorted(p.name for p in folder.iterdir())}")
            clock.full = False
            kept.finish({"epoch": 30} if case != "beside an older one" else None)
        found = {p.name: p.read_text() for p in sorted(folder.iterdir())}
        lines.append(f"    at the end {found}, {clock.now:.2f} s")
    same_as_kept("\n".join(lines), KEPT / f"state_in_time_{parameters}_{cost}.txt")


def test_a_free_name_is_the_first_that_nothing_has(tmp_path):
    names = []
    for _ in range(3):
        path = free_name(tmp_path, "model")
        names.append(path.name)
        path.touch()
    assert names == ["model.new.json", "model.new-2.json", "model.new-3.json"]


def test_a_run_without_an_epoch_leaves_no_state(tmp_path):
    with KeptState(tmp_path, lambda path, _: path.touch(), Unheld(), parameters=1, resumed=None, began=0.0) as kept:
        kept.begin(None)
        assert [p.name for p in tmp_path.iterdir()] == ["state.json"]
    assert list(tmp_path.iterdir()) == []
