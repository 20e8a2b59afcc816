"""The page of a training run: what is in the file, and what a reader sees and can do in a real browser."""

from __future__ import annotations

import base64
import math
import re
from pathlib import Path

import pytest
from hostile import LABELS, labels
from hypothesis import example, given, settings
from lessons import Parsed
from runs import many_inputs, no_layers, numbers, one_input, three_classes, two_classes

import viz
from nn import MLP
from nn.history import Epoch, History, Snapshot
from nn.training import fit
from viz.pages.quantized import class_bytes, scaled_bytes, signed_bytes, spread

pytest_plugins = ["browser"]
browser_test = pytest.mark.browser

EVERY = [two_classes, three_classes, numbers, one_input, many_inputs, no_layers]


@pytest.fixture(scope="module")
def page_of(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("training")

    def write(run) -> Path:
        path = folder / f"{run.__name__}.html"
        if not path.exists():
            viz.training_page(*run().all, path)
        return path

    return write


# ---- the file ----


@pytest.mark.parametrize("run", EVERY)
def test_every_recorded_moment_is_in_the_page(run):
    model, history, X, y = run().all
    data = Parsed(viz.training_page(model, history, X, y).html).data()
    assert [frame["epoch"] for frame in data["frames"]] == [moment.epoch for moment in history.snapshots]
    assert data["curves"][0]["numbers"] == pytest.approx(history.train_loss, rel=1e-5)


@pytest.mark.parametrize("run", [two_classes, three_classes, no_layers])
def test_the_picture_of_the_answer_is_the_models_answer(run):
    model, history, X, y = run().all
    data = Parsed(viz.training_page(model, history, X, y).html).data()
    side, classes = data["plane"]["side"], len(data["classNames"])
    field = base64.b64decode(data["frames"][-1]["answer"])
    (left, right), (bottom, top) = data["plane"]["x"], data["plane"]["y"]
    for i, j in [(0, 0), (5, 9), (side - 1, 3), (side // 2, side // 2)]:
        place = [left + (right - left) * j / (side - 1), top + (bottom - top) * i / (side - 1)]
        out = model(place)
        expected = max(range(classes), key=lambda k: out[k].data) if isinstance(out, list) else int(float(out) > 0)
        assert field[i * side + j] // (256 // classes) == expected


def test_the_curve_of_one_input_is_the_models_answer():
    model, history, X, y = one_input().all
    data = Parsed(viz.training_page(model, history, X, y).html).data()
    bytes_, (left, right), (low, high) = (
        base64.b64decode(data["frames"][-1]["line"]),
        data["line"]["x"],
        data["line"]["y"],
    )
    for k in (0, 70, 199):
        out = float(model([left + (right - left) * k / 199]))
        expected = min(max(out, low), high)
        assert low + (high - low) * (bytes_[k] - 1) / 254 == pytest.approx(expected, abs=(high - low) / 250)


def test_the_model_keeps_its_parameters():
    model, history, X, y = no_layers().all
    before = model.state_dict()
    viz.training_page(model, history, X, y)
    assert model.state_dict() == before


def test_the_last_moments_confusion_counts_every_row():
    model, history, X, y = three_classes().all
    last = Parsed(viz.training_page(model, history, X, y).html).data()["frames"][-1]
    assert sum(map(sum, last["confusion"])) == len(X)
    assert last["right"] == sum(last["confusion"][k][k] for k in range(3)) / len(X)


def test_numbers_have_no_confusion_and_no_class_names():
    data = Parsed(viz.training_page(*numbers().all).html).data()
    assert data["task"] == "numbers"
    assert "confusion" not in data["frames"][0]


def test_a_model_of_many_classes_is_shown_without_its_confusion():
    model = MLP(2, [40], seed=1)
    X = [[k / 40, -k / 40] for k in range(40)]
    history = fit(model, X, list(range(40)), epochs=1, progress=False)
    data = Parsed(viz.training_page(model, history, X, list(range(40))).html).data()
    assert len(data["classNames"]) == 40
    assert "confusion" not in data["frames"][0]


@pytest.mark.program
def test_a_large_network_stays_below_the_size_promised():
    model = MLP(400, [150, 10], seed=1)
    X, y = [[0.0] * 400, [1.0] * 400], [3, 4]
    snapshots = [Snapshot(k, tuple(p.data for p in model.parameters())) for k in range(30)]
    history = History(
        "cross_entropy", "Adam", [Epoch(k, 1.0, None, {}, 0.1) for k in range(1, 30)], snapshots=snapshots
    )
    page = viz.training_page(model, history, X, y)
    assert len(page.html) < 2_000_000
    assert [frame["epoch"] for frame in Parsed(page.html).data()["frames"]][-1] == 29


@pytest.mark.parametrize("frames", [1, 2, 3])
def test_fewer_moments_can_be_kept(frames):
    data = Parsed(viz.training_page(*two_classes().all, frames=frames).html).data()
    assert len(data["frames"]) == frames
    assert data["frames"][-1]["epoch"] == 6


def test_without_recorded_moments_the_page_shows_the_end():
    model, history, X, y = two_classes().all
    bare = History(history.loss, history.optimizer, history.records, history.best_epoch)
    data = Parsed(viz.training_page(model, bare, X, y).html).data()
    assert [frame["epoch"] for frame in data["frames"]] == [6]
    assert data["recorded"] is False


def test_another_models_history_is_refused():
    with pytest.raises(ValueError, match=r"snapshots have 21 parameters and the model 1; give the model"):
        viz.training_page(no_layers().model, two_classes().history, two_classes().X, two_classes().y)


@settings(max_examples=10)
@given(labels, labels)
@example("</script><script>alert(1)</script>", "{{policy}}")
@example("</script x", "</script/><!--<script")
def test_no_name_changes_the_structure_of_the_page(first, second):
    run = two_classes()
    tame = Parsed(viz.training_page(*run.all, title="t", frames=1).html)
    wild = Parsed(
        viz.training_page(*run.all, title=first or "t", classes=[first, second], names=[second, first], frames=1).html
    )
    assert wild.elements == tame.elements
    assert wild.raw["style"] == tame.raw["style"]
    assert wild.raw["script"][1:] == tame.raw["script"][1:]
    assert len(wild.data()["classNames"]) == 2


def test_a_callback_leaves_the_page_of_the_run(tmp_path):
    model, _, X, y = two_classes().all
    with viz.Watch(model, X, y, tmp_path / "training.html", every=2) as watch:
        fit(model, X, y, epochs=4, progress=False, callbacks=[watch])
    data = Parsed((tmp_path / "training.html").read_text(encoding="utf-8")).data()
    assert [frame["epoch"] for frame in data["frames"]] == [0, 2, 4]
    assert len(data["curves"][0]["numbers"]) == 4


def test_a_run_that_breaks_off_leaves_its_page_too(tmp_path):
    model, _, X, y = two_classes().all

    def stop(epoch):
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"), viz.Watch(model, X, y, tmp_path / "t.html") as watch:
        fit(model, X, y, epochs=4, progress=False, callbacks=[watch, stop])
    assert len(Parsed((tmp_path / "t.html").read_text(encoding="utf-8")).data()["frames"]) == 2


def test_signed_bytes_can_be_read_back():
    import numpy as np

    field = np.array([-2.0, 0.0, 0.5, 2.0, math.nan, math.inf])
    made = signed_bytes(field)
    bytes_ = list(base64.b64decode(made["bytes"]))
    assert made["max"] == 2.0
    assert [(b - 128) / 127 * 2.0 for b in bytes_[:4]] == pytest.approx(field[:4], abs=0.01)
    assert bytes_[4:] == [0, 0]


def test_bytes_of_classes_hold_class_and_certainty():
    import numpy as np

    outputs = np.array([[9.0, -9.0, 0.0], [0.0, 0.0, 0.01], [-50.0, 50.0, 0.0]])
    found = list(base64.b64decode(class_bytes(outputs, 3)))
    assert [byte // 85 for byte in found] == [0, 2, 1]
    assert [byte % 85 for byte in found] == [84, 0, 84]


def test_scaled_bytes_keep_the_ends_and_mark_what_is_no_number():
    import numpy as np

    found = base64.b64decode(scaled_bytes(np.array([0.0, 10.0, 99.0, -99.0, math.nan]), 0.0, 10.0))
    assert list(found) == [1, 255, 255, 1, 0]


@pytest.mark.parametrize(("count", "most"), [(1, 5), (5, 5), (100, 7), (48, 47), (3, 2)])
def test_a_spread_keeps_both_ends_and_the_order(count, most):
    found = spread(range(count), most)
    assert len(found) == min(count, most)
    assert found == sorted(set(found))
    assert (found[0], found[-1]) == (0, count - 1)


# ---- the browser ----


@browser_test
@pytest.mark.parametrize("run", EVERY)
def test_every_kind_of_run_can_be_looked_at_offline(opened, page_of, run):
    page = opened(page_of(run))
    page.press("Home", "ArrowRight", "End")
    assert [url for url in page.requests if not url.startswith("data:")] == [page_of(run).as_uri()]
    assert page.complaints == []
    assert not page.overflows()


@browser_test
def test_the_scrubber_says_epoch_loss_and_accuracy(opened, page_of):
    page = opened(page_of(two_classes))
    history = two_classes().history
    assert page.text("#counter") == "epoch 6 of 6, kept"
    page.press("Home")
    assert "Before training" in page.text("#step")
    page.press("ArrowRight", "ArrowRight")
    assert page.text("#counter") == "epoch 2 of 6"
    assert "After epoch 2" in page.text("#step")
    shown = float(page.text("#step").split("training loss ")[1].split(",")[0])
    assert shown == pytest.approx(history.train_loss[1], rel=0.01)


@browser_test
def test_the_picture_changes_as_the_network_learns(opened, page_of):
    page = opened(page_of(two_classes))
    picture = "document.getElementById('field').toDataURL()"
    after = page.run(picture)
    page.press("Home")
    assert page.run(picture) != after
    page.press("End")
    assert page.run(picture) == after


def color_at(page, x: float, y: float) -> list[int]:
    """Red, green and blue of one place in the large picture."""
    context = "document.getElementById('field').getContext('2d')"
    return page.run(f"[...{context}.getImageData({x}, {y}, 1, 1).data].slice(0, 3)")


@browser_test
def test_every_place_is_painted_in_the_color_of_its_class(opened, page_of):
    page = opened(page_of(three_classes))
    model = three_classes().model
    facts = page.run("plane")
    for share_x, share_y in [(0.02, 0.02), (0.98, 0.02), (0.02, 0.98), (0.98, 0.98)]:  # no points in the corners
        (left, right), (bottom, top) = facts["x"], facts["y"]
        out = model([left + (right - left) * share_x, top + (bottom - top) * share_y])
        expected = max(range(3), key=lambda k: out[k].data)
        painted = color_at(page, 480 * share_x, 480 * share_y)
        colors = page.run("palette.series.slice(0, 3)")
        # The ground is the class's color mixed with white: its direction from white tells which.
        away = [[255 - c for c in color] for color in [painted, *colors]]
        alike = [sum(p * q for p, q in zip(away[0], other)) / math.hypot(*other) for other in away[1:]]  # noqa: B905
        assert alike.index(max(alike)) == expected


@browser_test
def test_lines_are_as_wide_as_their_weights(opened, page_of):
    page = opened(page_of(two_classes))
    widths = page.run(
        "[...document.querySelectorAll('.columns path')].map((path) => +path.getAttribute('stroke-width'))"
    )
    weights = [[w.data for w in neuron.w] for layer in two_classes().model.layers for neuron in layer.neurons]
    first, last = weights[:5], weights[5]
    largest = max(abs(w) for row in first for w in row)
    expected = [0.3 + 3.4 * abs(w) / largest for row in first for w in row]
    expected += [0.3 + 3.4 * abs(w) / max(map(abs, last)) for w in last]
    assert widths == pytest.approx(expected, abs=0.03)


@browser_test
def test_the_curve_goes_through_the_models_answers(opened, page_of):
    page = opened(page_of(one_input))
    model = one_input().model
    facts = page.run("line")
    (left, right), (low, high) = facts["x"], facts["y"]
    for share in (0.3, 0.8):
        out = float(model([left + (right - left) * share]))
        row = 480 * (1 - (out - low) / (high - low))
        assert color_at(page, 480 * share, row) != [255, 255, 255]


@browser_test
def test_a_neuron_chosen_by_keyboard_is_shown_large(opened, page_of):
    page = opened(page_of(two_classes))
    assert page.run("document.querySelectorAll('.thumb').length") == 6
    page.page.locator(".thumb").nth(2).focus()
    page.press("Enter")
    assert page.text("#answer-title") == "layer 0 · neuron 2"
    assert page.page.locator(".thumb").nth(2).get_attribute("aria-pressed") == "true"
    page.page.click("#whole")
    assert page.text("#answer-title") == "The class of every place"


@browser_test
def test_other_models_show_confusion_and_weights(opened, page_of):
    page = opened(page_of(many_inputs))
    assert page.page.is_visible("#confusion table")
    assert page.page.locator("#weights canvas").count() == 2
    assert not page.page.is_visible("#answer")


@browser_test
@pytest.mark.parametrize(
    "losses",
    [
        [math.nan] * 3,
        [math.inf, 1e308, -1e308],
        [1.0, 1.0 + 4e-16, 1.0],
        [5e-324, 0.0, 1e-320],
        [2.0],
        [1e-9, 1e9],
    ],
)
def test_any_losses_make_a_chart(opened, tmp_path, losses):
    model, _, X, y = many_inputs().all
    history = History("mine", "SGD", [Epoch(k + 1, x, None, {"m": x}, 0.1) for k, x in enumerate(losses)])
    viz.training_page(model, history, X, y, tmp_path / "t.html")
    page = opened(tmp_path / "t.html")
    assert page.complaints == []
    assert page.page.locator(".chart").count() == 2
    assert not re.search("NaN|Infinity|undefined", page.run("document.getElementById('charts').outerHTML"))


@browser_test
def test_the_curve_clicked_goes_to_that_epoch(opened, page_of):
    page = opened(page_of(two_classes))
    chart = page.page.locator(".chart").first
    chart.click(position={"x": chart.bounding_box()["width"] * 0.12, "y": 40})
    assert page.text("#counter") == "epoch 1 of 6"


@browser_test
@pytest.mark.parametrize("run", [two_classes, many_inputs])
@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (1280, 2), (1280, 4)])
def test_narrow_and_enlarged_windows_show_everything(opened, page_of, run, width, zoom):
    page = opened(page_of(run), width=width, zoom=zoom)
    assert not page.overflows()


@browser_test
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_both_schemes(opened, page_of, scheme):
    page = opened(page_of(two_classes), scheme=scheme)
    for selector in ("#step", ".note", ".key li", ".column p", ".chart text"):
        assert page.contrast(selector) >= 4.5, selector


@browser_test
def test_no_hostile_name_runs_or_breaks_anything(opened, tmp_path):
    run = three_classes()
    for k in range(0, len(LABELS), 6):
        path = tmp_path / f"{k}.html"
        title, *names = LABELS[k : k + 6]
        viz.training_page(*run.all, path, title=title, classes=names[:3], names=names[3:], frames=2)
        page = opened(path)
        page.press("Home", "End")
        assert page.complaints == []
        assert not page.overflows()
        page.page.close()


@browser_test
def test_the_page_opens_on_the_model_as_it_is_also_when_an_earlier_epoch_was_kept(opened, tmp_path):
    model, history, X, y = two_classes().all
    kept = history.snapshots[3]
    for p, number in zip(model.parameters(), kept.parameters, strict=True):
        p.data = number
    page = opened(viz.training_page(model, history, X, y, tmp_path / "a.html").path)
    assert page.text("#counter") == f"epoch {kept.epoch} of 6, kept"
    assert "(these parameters were kept)" in page.text("#step")


@pytest.mark.parametrize("frames", [1, 2, 3, 48])
@pytest.mark.parametrize("epoch", range(7))
def test_the_kept_moment_is_among_those_shown_however_few_they_are(frames, epoch):
    model, history, X, y = two_classes().all
    for p, number in zip(model.parameters(), history.snapshots[epoch].parameters, strict=True):
        p.data = number
    data = Parsed(viz.training_page(model, history, X, y, frames=frames).html).data()
    assert data["frames"][data["kept"]]["epoch"] == epoch
    assert len(data["frames"]) == min(frames, 7)
    assert [frame["epoch"] for frame in data["frames"]] == sorted(frame["epoch"] for frame in data["frames"])


@browser_test
def test_ticks_of_a_curve_that_hardly_moves_are_told_apart(opened, tmp_path):
    model, history, X, y = two_classes().all
    records = [Epoch(k, 0.8812 + 0.0021 * k, None, {}, 0.1) for k in range(1, 7)]
    narrow = History(history.loss, history.optimizer, records, snapshots=history.snapshots)
    page = opened(viz.training_page(model, narrow, X, y, tmp_path / "a.html").path)
    marks = page.run("[...document.querySelectorAll('#charts .axis')].map((l) => l.nextSibling.textContent)")
    assert len(marks) == len(set(marks)) > 2


@pytest.mark.browser
def test_the_page_says_which_rows_it_counts_and_what_the_outputs_are_called(opened, tmp_path):
    X = [[k / 8, 1 - k / 8, k % 3] for k in range(9)]
    y = [k % 3 for k in range(9)]
    model = MLP(3, [4, 3], seed=1)
    history = fit(model, X, y, epochs=2, record_parameters=True, progress=False)
    made = viz.training_page(
        model, history, X, y, tmp_path / "t.html", classes=["cat", "dog", "owl"], rows="held-out rows"
    )
    page = opened(made.path)
    assert "% of the held-out rows right" in page.text("#step")
    assert page.text("#confusion h2") == "Which class is taken for which, held-out rows"
    assert page.text("#weights ol[aria-label=Classes]") == "cat dog owl"
    assert page.text("#weights ol[aria-label=Inputs]") == "x1 x2 x3"
    assert page.text("#weights ol[aria-label='Neurons of layer 0']") == "0 1 2 3"
    for k in (0, 2):  # each name above its column
        name = page.page.locator("#weights ol[aria-label=Inputs] li").nth(k).bounding_box()
        over = page.page.locator("#weights .map").nth(0).bounding_box()
        assert name["x"] + name["width"] / 2 == pytest.approx(over["x"] + 1 + 18 * (k + 0.5), abs=1.5)
    box = page.page.locator("#weights .map").nth(1).bounding_box()
    assert box["height"] >= 3 * 18
    plain = opened(viz.training_page(model, history, X, y, tmp_path / "u.html").path)
    assert plain.text("#confusion h2") == "Which class is taken for which"


@pytest.mark.browser
def test_ten_classes_fit_beside_the_curves(opened, tmp_path):
    X = [[float(k == j) for j in range(10)] for k in range(10)]
    model = MLP(10, [4, 10], seed=1)
    history = fit(model, X, list(range(10)), epochs=2, record_parameters=True, progress=False)
    page = opened(viz.training_page(model, history, X, list(range(10)), tmp_path / "ten.html").path, width=1280)
    table = "document.querySelector('#confusion .scroll')"
    assert page.run(f"{table}.scrollWidth <= {table}.clientWidth")
