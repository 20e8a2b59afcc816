"""Plots: what they draw, where they draw it, and what they refuse."""

from __future__ import annotations

import math
import subprocess
import sys
import threading
from xml.etree import ElementTree

import pytest
from hostile import labels
from hypothesis import example, given, settings
from runs import many_inputs, no_layers, numbers, three_classes, two_classes

from autograd import Value
from nn import MLP
from nn.history import Epoch, History
from nn.metrics import accuracy
from nn.training import fit
from viz.learning.classes import class_color, is_classes
from viz.learning.plots import confusion_matrix, decision_boundary, loss_curve, weights
from viz.learning.responses import Probe

pytest.importorskip("matplotlib")

from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure

DRAWINGS = {
    "loss_curve": lambda run, *where, **how: loss_curve(run.history, *where, **how),
    "decision_boundary": lambda run, *where, **how: decision_boundary(
        run.model, run.X, run.y, *where, resolution=20, **how
    ),
    "confusion_matrix": lambda run, *where, **how: confusion_matrix(run.model, run.X, run.y, *where, **how),
    "weights": lambda run, *where, **how: weights(run.model, *where, **how),
}
every_drawing = pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)


@every_drawing
def test_a_plot_draws_on_the_axes_given_and_returns_them(draw):
    axes = Figure().add_subplot()
    assert draw(two_classes(), ax=axes) is axes
    assert axes.has_data() or axes.images


@every_drawing
def test_a_plot_leaves_no_figure_open(draw):
    from matplotlib import pyplot

    draw(two_classes())
    assert pyplot.get_fignums() == []


@pytest.mark.parametrize("suffix", ["svg", "png", "PDF"])
def test_a_plot_is_saved_as_its_suffix_says(tmp_path, suffix):
    path = tmp_path / f"plot.{suffix}"
    loss_curve(two_classes().history, path)
    start = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[suffix.lower()]
    assert path.read_bytes().startswith(start)
    assert list(tmp_path.iterdir()) == [path]


@every_drawing
@pytest.mark.parametrize(
    ("place", "error"), [("plot.exe", ValueError), ("plot", ValueError), ("no/plot.svg", FileNotFoundError)]
)
def test_a_path_that_cannot_be_written_is_refused_and_leaves_nothing(tmp_path, draw, place, error):
    with pytest.raises(error):
        draw(two_classes(), tmp_path / place)
    assert list(tmp_path.iterdir()) == []


@every_drawing
def test_the_same_plot_is_the_same_file(tmp_path, draw):
    for name in ("a.svg", "b.svg"):
        draw(two_classes(), tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    names = [element.get("id") for element in ElementTree.parse(tmp_path / "a.svg").iter() if element.get("id")]
    assert len(names) == len(set(names))


def test_loss_curves_hold_the_historys_numbers():
    history = two_classes().history
    axes = loss_curve(history)
    drawn = [list(line.get_ydata()) for line in axes.lines]
    assert drawn[:2] == [history.train_loss, history.val_loss]
    assert drawn[2] == [history.val_loss[history.best_epoch - 1]]


def test_a_history_without_epochs_has_no_curve():
    with pytest.raises(ValueError, match="no completed epoch"):
        loss_curve(History("mse", "SGD"))


@pytest.mark.parametrize("run", [two_classes, three_classes, no_layers])
def test_the_boundarys_title_is_the_accuracy(run):
    model, _, X, y = run().all
    axes = decision_boundary(model, X, y, resolution=15)
    outputs = [[float(o) for o in out] if isinstance(out, list) else float(out) for out in map(model, X)]
    assert axes.get_title() == f"{accuracy(outputs, y):.1%} right"


def test_the_ground_has_the_color_of_the_class_that_the_model_answers():
    model, _, X, y = two_classes().all
    axes = decision_boundary(model, X, y, resolution=9)
    ground = axes.images[0].get_array()
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    for i in range(9):
        for j in range(9):
            out = float(model([left + (right - left) * j / 8, bottom + (top - bottom) * i / 8]))
            red, _, blue = ground[i, j]
            assert (blue > red) == (out > 0)  # blue is class 1, orange class 0


def test_every_point_has_the_color_of_its_own_class():
    model, _, X, y = three_classes().all
    axes = decision_boundary(model, X, y, resolution=9)
    points = [drawn for drawn in axes.collections if isinstance(drawn, PathCollection)]
    for k, drawn in enumerate(points):
        assert drawn.get_offsets().tolist() == [list(row) for row, own in zip(X, y, strict=True) if own == k]
        assert to_hex(drawn.get_facecolor()[0]) == class_color(k, 3)


def test_the_line_runs_where_the_model_changes_its_mind():
    model, _, X, y = two_classes().all
    axes = decision_boundary(model, X, y, resolution=60)
    lines = [line for line in axes.collections if isinstance(line, ContourSet)]
    places = [place for line in lines for path in line.get_paths() for place in path.vertices.tolist()]
    assert len(places) > 20
    largest = max(abs(float(model(row))) for row in X)
    assert all(abs(float(model(place))) < 0.03 * largest for place in places)


def test_targets_that_are_no_classes_share_one_color_scale_with_the_ground():
    model, _, X, y = numbers().all
    axes = decision_boundary(model, X, y, resolution=9)
    assert axes.images[0].get_clim() == axes.collections[0].get_clim() == (min(y), max(y))


def test_a_model_that_answers_nan_can_still_be_drawn():
    model = MLP(2, [2, 1], seed=0)
    model.parameters()[0].data = math.nan
    X = [[0.0, 1.0], [1.0, 0.0]]
    assert decision_boundary(model, X, [0, 1], resolution=5).images
    assert decision_boundary(model, X, [0.5, 1.25], resolution=5).images


def test_a_boundary_needs_two_inputs():
    model, _, X, y = many_inputs().all
    with pytest.raises(ValueError, match="2 inputs, and the rows have 9"):
        decision_boundary(model, X, y)


@pytest.mark.parametrize("resolution", [1, 0, -3, 100_000])
def test_a_resolution_that_is_no_picture_is_refused(resolution):
    model, _, X, y = two_classes().all
    with pytest.raises(ValueError, match="resolution"):
        decision_boundary(model, X, y, resolution=resolution)


def test_the_confusion_matrix_counts_every_row_once():
    model, _, X, y = three_classes().all
    axes = confusion_matrix(model, X, y)
    assert sum(int(text.get_text()) for text in axes.texts) == len(X)


def test_numbers_have_no_confusion_matrix():
    model, _, X, y = numbers().all
    with pytest.raises(ValueError, match="not classes"):
        confusion_matrix(model, X, y)


def test_weights_are_the_models_own():
    model = many_inputs().model
    axes = weights(model)
    for image, layer in zip(axes.images, model.layers, strict=True):
        assert image.get_array().tolist() == [[w.data for w in neuron.w] for neuron in layer.neurons]


def test_a_model_without_layers_has_no_weight_maps():
    with pytest.raises(ValueError, match="a Ring keeps its weights elsewhere"):
        weights(no_layers().model)


def test_what_is_no_model_is_refused():
    with pytest.raises(TypeError, match="wanted a model with parameters"):
        weights(len)


@pytest.mark.filterwarnings("ignore:.*[Gg]lyph")  # matplotlib's fonts do not have every letter, and it says so
@settings(max_examples=8)
@given(labels, labels)
@example("_hidden", "$x^$")
def test_any_label_can_name_classes_and_inputs(first, second):
    model, _, X, y = two_classes().all
    axes = decision_boundary(model, X, y, resolution=4, classes=[first, second], names=[second, first])
    axes.figure.canvas.draw()


def test_hostile_names_leave_the_svg_well_formed(tmp_path):
    model, _, X, y = two_classes().all
    path = tmp_path / "b.svg"
    decision_boundary(model, X, y, path, resolution=4, classes=["</text><script>", "\ud800\0"], names=["$x^", "a&b"])
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.parse(path).iter()}
    assert "script" not in tags


@pytest.mark.parametrize("run", [two_classes, three_classes, numbers, many_inputs, no_layers])
def test_what_neurons_answer_is_what_the_model_computes(run):
    model, history, X, _ = run().all
    asked = Probe(model)
    outputs = asked.outputs(X, asked.current())
    for row, found in zip(X, outputs, strict=True):
        out = model(row)
        assert list(found) == pytest.approx(
            [float(o) for o in (out if isinstance(out, list) else [out])], rel=1e-9, abs=1e-12
        )
    # Asking with other parameters leaves the model's own as they are.
    before = asked.current()
    asked.outputs(X, history.snapshots[0].parameters)
    assert asked.current() == before


def test_a_users_own_activation_is_asked_too():
    model = MLP(2, [3, 1], lambda x: x * x + 1.0, seed=2)
    asked = Probe(model)
    assert asked.outputs([[0.5, -1.0]], asked.current())[0, 0] == pytest.approx(float(model([0.5, -1.0])), rel=1e-12)


class Unrecordable:
    """A model that looks at its own numbers, which a recording refuses."""

    def __init__(self):
        self.w = Value(2.0)

    def parameters(self):
        return [self.w]

    def __call__(self, row):
        return [row[0] * self.w.data, self.w + row[1]]


def test_a_model_that_cannot_be_recorded_is_asked_point_by_point():
    asked = Probe(Unrecordable())
    assert asked.outputs([[1.0, 2.0], [3.0, 4.0]], (5.0,)).tolist() == [[5.0, 7.0], [15.0, 9.0]]
    assert asked.current() == (2.0,)


def test_the_answers_of_all_layers_are_those_of_the_layers_one_by_one():
    model = MLP(2, [3, 4, 2], "tanh", seed=2)
    points = [[0.5, -1.0], [0.25, 3.0]]
    answers = Probe(model).answers(points, [p.data for p in model.parameters()])
    for k, row in enumerate(points):
        out = row
        for layer, found in zip(model.layers, answers, strict=True):
            out = layer(out)
            assert found[k].tolist() == pytest.approx([o.data for o in out], rel=1e-14)


@pytest.mark.parametrize(
    ("targets", "outputs", "expected"),
    [
        ([0, 1], 1, True),
        ([-1.0, 1.0], 1, True),
        ([-1, 0, 1], 1, False),
        ([2, 3, 5], 1, False),
        ([0, 1, 2], 3, True),
        ([0, 1, 2], 2, False),
        (list(range(26)), 26, True),
        ([0.5, 1], 2, False),
        ([[0, 1], [1.0, 0.0]], 2, True),
        ([[0.5, 0.5], [1.0, 0.0]], 2, False),
        ([[0.0, -1.0], [1.0, 0.0]], 2, False),
    ],
)
def test_classes_are_told_from_numbers(targets, outputs, expected):
    assert is_classes(targets, outputs) is expected


@pytest.mark.program
def test_plots_can_be_drawn_in_threads(tmp_path):
    model, history, X, y = fit_again()
    errors = []

    def draw(k: int) -> None:
        try:
            decision_boundary(model, X, y, tmp_path / f"{k}.png", resolution=10)
            loss_curve(history, tmp_path / f"l{k}.png")
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=draw, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len({(tmp_path / f"{k}.png").read_bytes() for k in range(4)}) == 1


def fit_again():
    model, _, X, y = two_classes().all
    return model, fit(model, X, y, epochs=1, progress=False), X, y


def test_without_matplotlib_the_error_says_what_to_install():
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "from nn.history import Epoch, History\nfrom viz.learning.plots import loss_curve\n"
        "try: loss_curve(History('mse', 'SGD', [Epoch(1, 0.5, None, {}, 0.1)]))\n"
        "except ImportError as error: print(error)"
    )
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert "pip install matplotlib" in told


def test_importing_the_plots_does_not_import_matplotlib():
    code = "import sys, viz; print('matplotlib' in sys.modules, 'numpy' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert told.split() == ["False", "False"]


def test_a_plot_without_a_path_shows_itself_in_a_notebook():
    shown = loss_curve(History("mse", "SGD", [Epoch(1, 1.0, None, {}, 0.1), Epoch(2, 0.5, None, {}, 0.1)]))
    assert shown._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize("draw", [loss_curve, decision_boundary, confusion_matrix, weights])
def test_every_plot_shows_itself_also_when_it_is_saved(draw, tmp_path):
    run = two_classes()
    given = {loss_curve: (run.history,), weights: (run.model,)}.get(draw, (run.model, run.X, run.y))
    assert draw(*given, tmp_path / "plot.svg")._repr_png_().startswith(b"\x89PNG")
