"""The animated picture of a training run."""

from __future__ import annotations

import pytest
from runs import many_inputs, no_layers, numbers, three_classes, two_classes

import viz
from nn.history import History

Image = pytest.importorskip("PIL.Image", reason="Pillow comes with matplotlib, which is not installed")


@pytest.mark.parametrize("run", [two_classes, three_classes, numbers, many_inputs, no_layers])
def test_every_recorded_moment_is_a_frame(tmp_path, run):
    path = viz.animate(*run().all, tmp_path / "run.gif", frames=4, frames_per_second=10)
    with Image.open(path) as picture:
        assert picture.format == "GIF"
        assert picture.n_frames == 4
        assert picture.info["duration"] == 100
        assert picture.info["loop"] == 0
        first = picture.convert("RGB").tobytes()
        picture.seek(3)
        assert picture.info["duration"] == 2000
        assert picture.convert("RGB").tobytes() != first


def test_the_same_run_gives_the_same_file(tmp_path):
    paths = [viz.animate(*two_classes().all, tmp_path / name, frames=2) for name in ("a.gif", "b.gif")]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_any_name_can_be_given_to_classes_and_inputs(tmp_path):
    classes, names = ["</text>\0\ud800", "$x^$"], ["_a", "\u202eb"]
    assert viz.animate(*two_classes().all, tmp_path / "run.gif", frames=2, classes=classes, names=names).is_file()


def test_a_history_without_moments_is_refused(tmp_path):
    model, history, X, y = two_classes().all
    bare = History(history.loss, history.optimizer, history.records)
    with pytest.raises(ValueError, match="record_parameters=True"):
        viz.animate(model, bare, X, y, tmp_path / "run.gif")


@pytest.mark.parametrize(
    ("place", "options", "error"),
    [
        ("run.mp4", {}, ValueError),
        ("no/run.gif", {}, FileNotFoundError),
        ("run.gif", {"frames": 1}, ValueError),
        ("run.gif", {"frames_per_second": 0}, ValueError),
    ],
)
def test_what_cannot_be_made_is_refused_before_any_work(tmp_path, place, options, error):
    with pytest.raises(error):
        viz.animate(*two_classes().all, tmp_path / place, **options)
    assert list(tmp_path.iterdir()) == []


def test_an_animation_is_its_path_and_shows_itself(tmp_path):
    shown = viz.animate(*two_classes().all, tmp_path / "run.gif", frames=2)
    assert shown == tmp_path / "run.gif"
    assert 'src="data:image/gif;base64,R0lGOD' in shown._repr_html_()
    shown.unlink()
    assert "run.gif" in shown._repr_html_()
