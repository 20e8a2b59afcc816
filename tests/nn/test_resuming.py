"""A run that goes on where another ended has the bits of one that was never stopped."""

from __future__ import annotations

import copy
import json
import math
import pickle

import pytest

from nn import MLP, SGD, Adam, AdamW, Lion, RMSProp, fit, load, moons, save
from nn.history import History
from nn.training.choices import OPTIMIZERS
from nn.training.schedules import SCHEDULES

X, Y = moons(40, seed=1)
NUMBERS = [x[0] * x[1] for x in X]
EPOCHS, STOPPED = 7, 3

SETTINGS = {
    "validation": {"validation": 0.25, "patience": 4},
    "no validation": {},
    "weights": {"sample_weight": [1.0 + i % 3 for i in range(40)], "class_weight": "balanced"},
    "penalties": {"l1": 1e-3, "l2": 1e-2, "clip_norm": 0.5},
    "all rows": {"batch_size": None},
    "keep the last": {"validation": 0.25, "keep_best": False},
}


def network(**options):
    return MLP(2, [4, 1], "tanh", seed=3, **options)


def stopping(at):
    return lambda epoch: epoch.number == at


def run(model, y, **options):
    return fit(model, X, y, **{"epochs": EPOCHS, "batch_size": 8, "progress": False} | options)


def outcome(model, history):
    figures = [(e.number, e.train_loss, e.val_loss, e.metrics) for e in history.records]
    kept = {name: value for name, value in history.state.items() if name != "records"}
    ending = history.best_epoch, history.stopped, history.notes, history.note
    return [p.data for p in model.parameters()], figures, ending, kept


def through_a_file(model, state, path):
    """The model and the state as a later process finds them."""
    save(model, path)
    return load(path), json.loads(json.dumps(state, allow_nan=False))


def check_equal(tmp_path, y, make=network, reload=True, **options):
    whole, parts = make(), make()
    expected = outcome(whole, run(whole, y, **options))
    stopped = run(parts, y, callbacks=[stopping(STOPPED)], **options)
    assert stopped.epochs == STOPPED
    if reload:
        parts, state = through_a_file(parts, stopped.state, tmp_path / "model.json")
    else:
        parts, state = make(), stopped
    assert outcome(parts, run(parts, y, resume=state, **options)) == expected


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_and_schedule_goes_on(tmp_path, optimizer, schedule):
    targets = NUMBERS if optimizer == "lm" else Y
    check_equal(tmp_path, targets, optimizer=optimizer, schedule=schedule)


@pytest.mark.parametrize("options", SETTINGS.values(), ids=SETTINGS)
def test_every_setting_goes_on(tmp_path, options):
    check_equal(tmp_path, Y, **options)


@pytest.mark.parametrize(
    "make",
    [
        lambda ps: SGD(ps, lr=0.1, momentum=0.9, nesterov=True),
        lambda ps: Adam(ps, betas=(0.8, 0.9), weight_decay=0.1),
        lambda ps: AdamW(ps, lr=0.02),
        lambda ps: RMSProp(ps, weight_decay=0.01),
        lambda ps: Lion(ps, lr=0.01, weight_decay=0.01),
    ],
)
def test_optimizers_with_settings_of_their_own_go_on(tmp_path, make):
    check_equal(tmp_path, Y, optimizer=make, schedule="cosine")


def test_a_schedule_of_the_users_goes_on(tmp_path):
    check_equal(tmp_path, Y, schedule=lambda step, steps: 1.0 / (1 + step))


def test_dropout_goes_on_with_the_units_that_come_next(tmp_path):
    check_equal(tmp_path, Y, lambda: network(dropout=0.5))
    check_equal(tmp_path, Y, lambda: network(dropout=0.5), reload=False)


def test_a_model_that_lacks_the_runs_dropout_is_told(tmp_path):
    model = network(dropout=0.5)
    stopped = run(model, Y, callbacks=[stopping(2)])
    with pytest.raises(ValueError, match="the run had dropout and the model has none"):
        run(network(), Y, resume=stopped)


@pytest.mark.parametrize(
    ("name", "kept"), [("key", [1, 2]), ("pos", -1), ("pos", 625), ("pos", 5_000), ("pos", True), ("pos", 2.0)]
)
def test_a_state_of_dropout_that_is_no_generators_is_told(name, kept):
    model = network(dropout=0.5)
    state = json.loads(json.dumps(run(model, Y, epochs=1).state, default=lambda array: array.tolist()))
    state["records"] = [[1, 0.5, None, {}, 0.1]]
    state["dropout"]["state"][name] = kept
    with pytest.raises(ValueError, match="dropout is no state of NumPy's generator"):
        run(network(dropout=0.5), Y, resume=state)


def test_an_ensemble_goes_on(tmp_path):
    whole, parts = network(), network()
    expected = run(whole, Y, ensemble=3)
    stopped = run(parts, Y, callbacks=[stopping(STOPPED)])
    again = network()
    history = run(again, Y, ensemble=3, resume=stopped)
    assert [p.data for p in again.parameters()] == [p.data for p in whole.parameters()]
    assert history.train_loss == expected.train_loss


@pytest.mark.parametrize("call", [1, 7, 18, 27])
def test_an_interruption_anywhere_costs_the_epoch_alone(tmp_path, call):
    """Ctrl-C in the middle of an epoch: the state is that of the last whole one."""

    class Interrupting(Adam):
        def step(self):
            super().step()
            if self.steps == call:
                raise KeyboardInterrupt

    whole, parts = network(), network()
    expected = outcome(whole, run(whole, Y, optimizer=lambda ps: Adam(ps, lr=0.02), validation=0.25))
    stopped = run(parts, Y, optimizer=lambda ps: Interrupting(ps, lr=0.02), validation=0.25)
    assert stopped.interrupted
    if not stopped.epochs:
        assert stopped.state is None
        with pytest.raises(ValueError, match="the run completed no epoch"):
            run(parts, Y, resume=stopped)
        return
    stopped.state["optimizer"]["optimizer"] = "Adam"
    parts, state = through_a_file(parts, stopped.state, tmp_path / "model.json")
    history = run(parts, Y, optimizer=lambda ps: Adam(ps, lr=0.02), validation=0.25, resume=state)
    assert outcome(parts, history) == expected


@pytest.mark.parametrize("options", [{}, {"validation": 0.25, "schedule": "plateau"}, {"optimizer": "lbfgs"}])
def test_a_state_kept_after_any_epoch_is_gone_on_from(tmp_path, options):
    states = []
    whole = network(dropout=0.0 if "optimizer" in options else 0.25)
    save(whole, tmp_path / "model.json")
    expected = outcome(whole, run(whole, Y, checkpoint=lambda state: states.append(json.dumps(state())), **options))
    assert len(states) == EPOCHS
    for state in states:
        model = load(tmp_path / "model.json")
        assert outcome(model, run(model, Y, resume=json.loads(state), **options)) == expected


def test_more_epochs_go_on_from_a_run_that_was_whole():
    long, short = network(), network()
    expected = outcome(long, run(long, Y, epochs=9))
    first = run(short, Y, epochs=4)
    assert outcome(short, run(short, Y, epochs=9, resume=first)) == expected


def test_nothing_is_left_to_do_after_the_last_epoch():
    model = network()
    first = run(model, Y)
    expected = outcome(model, first)
    assert outcome(model, run(model, Y, resume=first)) == expected


def test_the_state_is_plain_json_and_small():
    state = run(network(), Y, callbacks=[stopping(1)]).state
    text = json.dumps(state, allow_nan=False)
    assert json.loads(text) == state
    assert len(text) < 20_000


def damaged():
    state = run(network(), Y, callbacks=[stopping(2)], validation=0.25).state
    assert state is not None
    for name in state:
        yield f"no {name}", {key: value for key, value in state.items() if key != name}
        for wrong in (None, 3, -1, "x", [], {}, [1, 2], math.nan, [["x"]], {"a": 1}, 10**400, True):
            if wrong == state[name] or (name in ("steps", "epoch") and wrong == 3):
                continue
            yield f"{name} {wrong!r:.20}", state | {name: wrong}
    for place, wrong in ((("best", "loss"), "x"), (("best", "epoch"), 99), (("best", "parameters"), [1.0])):
        changed = copy.deepcopy(state)
        changed[place[0]][place[1]] = wrong
        yield ".".join(place), changed
    yield "surplus", state | {"more": 1}
    changed = copy.deepcopy(state)
    changed["parameters"][2] = math.inf
    yield "infinite", changed
    changed = copy.deepcopy(state)
    changed["optimizer"]["exp_avg_sq"][0] = -1.0
    yield "negative square", changed


@pytest.mark.parametrize(("what", "state"), list(damaged()), ids=lambda value: value if isinstance(value, str) else "")
def test_a_damaged_state_is_told_and_changes_nothing(what, state):
    model = network()
    before = [p.data for p in model.parameters()]
    with pytest.raises((ValueError, TypeError), match=r"resume|Adam|Plateau"):
        run(model, Y, validation=0.25, resume=state)
    assert [p.data for p in model.parameters()] == before


@pytest.mark.parametrize("other", [{"optimizer": "sgd"}, {"schedule": "plateau"}])
def test_a_state_of_another_run_is_told(other):
    stopped = run(network(), Y, callbacks=[stopping(2)])
    with pytest.raises(ValueError, match=r"SGD|plateau"):
        run(network(), Y, resume=stopped, **other)
    with pytest.raises(ValueError, match="the run had 17 parameters"):
        run(MLP(2, [3, 1], seed=1), Y, resume=stopped)


def test_an_optimizer_without_memory_of_its_own_is_told():
    class Plain:
        def __init__(self, parameters):
            self.parameters = parameters

        def zero_grad(self):
            for p in self.parameters:
                p.grad = 0.0

        def step(self):
            for p in self.parameters:
                p.data -= 0.1 * p.grad

    stopped = run(network(), Y, optimizer=Plain, callbacks=[stopping(2)])
    with pytest.raises(ValueError, match="Plain has no state_dict"):
        run(network(), Y, optimizer=Plain, resume=stopped)


def test_histories_pickle_and_those_of_earlier_versions_load():
    history = run(network(), Y, callbacks=[stopping(2)])
    assert pickle.loads(pickle.dumps(history)) == history
    older = History.__new__(History)
    older.__setstate__((None, {"loss": "mse", "optimizer": "Adam", "records": [], "stopped": "interrupted"}))
    assert older.state is None
    assert older.stopped == "interrupted"


@pytest.mark.parametrize("batch_size", [1, 8])
def test_a_run_of_one_epoch_that_was_over_has_the_same_notes_when_it_goes_on(batch_size):
    history = run(network(), Y, epochs=1, batch_size=batch_size)
    again = run(network(), Y, epochs=1, batch_size=batch_size, resume=history)
    assert history.notes[-1].startswith(f"the run had one epoch (steps: {-(-40 // batch_size)})")
    assert again.notes == history.notes
