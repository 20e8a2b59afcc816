"""Parts of pictures and pages whole: what is made of Graphviz's drawings, and small functions on a few arguments.

Where things stand is Graphviz's to say, and another version says something else; so what it drew once is kept too.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import numpy as np
import pytest
from kept import answers, kept_anew, same_as_kept, shown, tag_by_tag
from lessons import lesson, neuron
from test_kept_pictures import network, shortened

import autograd
import viz
from autograd import Value, dot
from nn import MLP
from viz.exercises.programs import derivatives, drawn
from viz.graphs import boxes, folding, grouping, styling
from viz.graphs.choosing import sketch
from viz.graphs.dot import dot_of
from viz.learning import boundary, classes, figures
from viz.learning.responses import Probe
from viz.networks import names
from viz.pages import layout, markdown, modules, offline, page, quantized, training_frames, words
from viz.pages.built_in import built_in_data
from viz.svg import labels, outlines, palette, render, stacking, style

KEPT = Path(__file__).with_name("kept")
LONG = "a long label of which a picture has no room for all the letters, so that some are left out"
HOSTILE = "<b>&\"'\x00\ud800\u202e]]>\\"
FLOATS = [0.0, -0.0, 1.0, 1e-12, 0.1 + 0.2, 1234567.8, 123456, 1e300, float("inf"), float("nan"), -2.5]
FIELD = np.array([[2.0, -1.0, 0.5], [0.0, 0.0, 0.0], [-3.0, 3.0, 1.0], [float("nan"), 1.0, 2.0]])
EXTENT = (10.0, 20.0, 40.0, 30.0)
BELOW = [(0.0, 50.0, 40.0, 20.0), (5.0, 0.0, 40.0, 30.0), (0.0, 100.0, 30.0, 10.0)]



def layer_of(neurons, inputs):
    return SimpleNamespace(shape=(neurons, inputs))


def network_of(*shapes):
    return SimpleNamespace(places=[layer_of(*shape) for shape in shapes])


CALLS = {
    labels.clean: [(x,) for x in ("a", LONG, HOSTILE, " a \n b\t", "x" * 60, "x" * 61, "x" * 300, "\u2028a",
        " " * 250 + "abc", " " * 239 + "ab", "a" + " " * 238 + "bc")],
    labels.brief: [(x,) for x in ("a", LONG, [1] * 50, 10**5000)],
    labels.named: [(x,) for x in (1, "a", LONG, None)],
    labels.named_apart: [(["a", "b"],), ([LONG, LONG + "!"],)],
    labels.xml: [(x,) for x in ("a", HOSTILE, LONG)],
    labels.dot_string: [(x,) for x in ("a", HOSTILE, LONG, 'a"b\\')],
    labels.dot_lines: [(("a", HOSTILE),)],
    labels.record_label: [(("a|b", "{c}", HOSTILE, "<d>"),)],
    outlines.coordinate: [(x,) for x in (1.0, 1.005, 100.0, 0.126, -0.001, 1e6)],
    outlines.rectangle: [(EXTENT, 4.5), (EXTENT, 7, 2.6, " a")],
    outlines.paper: [(10.0, 20.5)],
    outlines.outline: [(corner, EXTENT) for corner in ("circle", "cut", "double", "stack", "square", "none", "pill",
        "round")],
    palette.palette_css: [()],
    palette.legend: [({"input", "result"},), (set(style.KINDS),), (set(),)],
    style.blend: [("#000000", "#ffffff", x) for x in (0.0, 0.5, 1.0, -1.0, 2.0, float("nan"))] + [("#102030",
        "#405060", 0.25)],
    style.number: [(x,) for x in FLOATS],
    folding.level_named: [(x,) for x in (0, 4, 5, -1, True, "raw", "neuron", "By Layers", "operation", "x", None, 1.0)],
    folding.layer_of: [(x,) for x in ("mlp/layer 0/neuron 3", "a/b", "a", "", "Layer 2/x", "x/layers/y")],
    folding.family: [(x,) for x in ("neuron 3", "w[0]", "3", "a_12", "x-1.2", "neuron")],
    folding.by_number: [(x,) for x in ("b", "w[10]", "neuron 2", "", "1a2", "٣")],
    grouping.value_range: [(x,) for x in ([1.0], [1.0, 2.5], [-1e9, 1e-9], [float("nan"), 1.0], [3.0, 3.0])],
    boxes.note_of: [(5, 33, "folded to layers"), (33, 33, ""), (1000, 20000, "cut")],
    names.spoken: [("mlp/layer 0/neuron 3", "w[0]"), ("", "a"), ("mine", ""), ("a/mlp/b", "c")],
    names.code: [
        ("mlp/layer 0/neuron 3", "w[0]"), ("mlp/layer 2", ""), ("x/layer 0", "b"), ("mlp/layer 0/neuron 3/x", "b"),
    ],
    quantized.signed_bytes: [(x,) for x in (FIELD, np.zeros(3), np.array([float("inf"), 1.0, -0.5]),
        np.array([float("nan")]))],
    quantized.scaled_bytes: [(FIELD, -1.0, 2.0), (FIELD, 1.0, 1.0), (np.array([0.5, float("inf"), -9.0]), 0.0, 1.0)],
    quantized.class_bytes: [(FIELD, 3), (FIELD[:, :1], 2)],
    quantized.spread: [(list(range(10)), most) for most in (2, 3, 4, 7, 10, 20)] + [([], 3), ([1], 2)],
    classes.is_classes: [
        ([0, 1], 1), ([-1, 1], 1), ([0, 2], 1), ([-1, 0], 1), ([0, 2], 3), ([0, 3], 3), ([0.5, 1], 3), ([-1, 1], 3),
            ([[0, 1], [1, 0]], 2),
        ([[0, 1], [1, 1]], 2), ([[0, 1]], 1), ([[0.5, 0.5]], 2), ([[0, 2]], 2), ([[-1, 1, 0]], 3),
    ],
    classes.class_and_certainty: [(FIELD,), (FIELD[:, :1],), (FIELD[:, :2],)],
    classes.class_color: [(0, 2), (1, 2), (0, 3), (7, 9), (8, 9)],
    classes.class_names: [(None, 2), (["a", ""], 3), ([LONG, LONG + "!"], 2)],
    classes.input_names: [(None, 3), (["a"], 2), ([LONG], 1)],
    boundary.plane: [(FIELD[:3, :2],), (np.array([[1.0, 2.0]]),), (np.array([[1e9, 0.0], [1e9, 1.0]]),)],
    figures.plain: [(x,) for x in ("a", "$a$", "_a", LONG, HOSTILE)],
    figures._suffix: [("plot", x) for x in ("a.svg", "a.PNG", "a.pdf", "a", "a.txt", "a.svg.gz")],
    training_frames.fitting_moments: [
        (network_of(*shapes), wanted)
        for shapes, wanted in (
            ([(4, 3)], 40), ([(100, 300), (50, 100)], 40), ([], 5), ([(800, 784)], 40), ([(9, 784), (700, 9)], 60),
        )
    ],
    training_frames.shown_rows: [(layer_of(*x),) for x in ((4, 3), (1000, 784), (2, 60_000), (100, 500))],
    markdown.inline: [(x,) for x in ("*one* `a < b`", "**b** and *i*", "a*b*c", "`*x*`", "2 * 3 * 4", HOSTILE)],
    modules.declared: [
        ("function a() {}\nexport const b = 1;\nlet {c, d} = x;\nclass E {}\n  const f = 1;\nasync function g() {}",),
    ],
    modules.imported: [
        ('import { a, b } from "./x.js";\nimport "./y.js";\nimport {\n  c,\n} from "./z.js";\nconst d = 1;',),
    ],
    words.symbol: [(x,) for x in ("add", "mul", "tanh", "powc", "sum", "", "dot", "neg", "where")],
    words.row_words: [(x,) for x in ("add", "mul", "tanh", "powc", "dot", "max", "where")],
    stacking._moves: [
        (BELOW,), (BELOW[:2],), (BELOW[:1],), ([*BELOW, (200.0, 0.0, 10.0, 10.0)],),
        (sorted(BELOW, key=lambda e: e[1]),), ([BELOW[0], (0.0, 45.0, 40.0, 20.0)],),
    ],
    stacking._points_shifted: [(x, lambda x, y: y + x / 10) for x in ("M1,2C3,4 5,6", "1.5,-2 3e1,4", "", "M1,2")],
    offline.json_text: [(x,) for x in ({"a": "</script>"}, [1.5, None, float("inf"), float("nan")], "\u2028",
        {"b": [True, 1e300]})],
    render.format_of: [(Path(x),) for x in ("a.svg", "a.PNG", "a.gv", "a.dot", "a.pdf", "a.html", "a", "a.jpg",
        "x" * 300 + ".txt")],
    render.checked_path: [(x,) for x in ("", "a\x00.svg", "CON.svg", "a.svg", "a.", "x" * 300 + ".svg", "nul",
        "COM1.txt")],
    page._taken: [("v", ["v1"]), ("v", ["va", "1"]), ("v", [])],
    page._fits: [(10, 40, 10), (11, 1, 10), (10, 41, 10)],
}  # fmt: skip


def test_small_functions_of_pictures_answer_as_kept():
    same_as_kept(answers(CALLS), KEPT / "details.txt")


DRAWINGS = {  # and what stands on the arrows
    "lesson": (lambda: sketch(lesson(), level="operations"), None),
    "lesson_raw": (lambda: sketch(lesson(), level="raw"), "partials"),
    "neuron_unfolded": (lambda: sketch(neuron(), unfold=True), "flow"),
    "neurons": (lambda: sketch(network(), level="neurons"), "partials"),
    "layers": (lambda: sketch(MLP(4, [6, 6, 1], "relu", seed=1)([1.0, 2.0, 3.0, 4.0]), level="layers"), "flow"),
}


def drawn_once(name):
    """Graphviz's drawing of a DOT text, as it was when the kept texts were written."""

    def drawing(source, **_):
        path = KEPT / f"raw_{name}.svg"
        same_as_kept(source, KEPT / f"raw_{name}.dot")
        if kept_anew():
            path.write_text(real(source), encoding="utf-8")
        return path.read_text(encoding="utf-8")

    real = render.svg
    return drawing


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_of_graphviz_is_made_the_kept_picture(name):
    make, edges = DRAWINGS[name]
    shown = make()
    drawing = drawn_once(name)(dot_of(shown, edges=edges))
    same_as_kept(tag_by_tag(styling.styled(drawing, shown, edges=edges)), KEPT / f"styled_{name}.svg")


PAGES = {
    "lesson": lambda: viz.page(lesson()),
    "network_folded": lambda: viz.page(network(), fold=True),
    "layers": lambda: viz.page(MLP(6, [8, 8, 1], "relu", seed=1)([1.0] * 6), max_nodes=30),
}


def markup(html, emptied):
    """The tags of a page, a line each, with nothing in the `emptied` ones and no hashes of what was in them."""
    body = re.sub(rf"(?s)<({emptied})\b[^>]*>.*?</\1>", r"<\1>", html)
    return tag_by_tag(re.sub(r"sha256-[\w+/=]+", "sha256-...", body))


@pytest.mark.parametrize("name", PAGES)
def test_the_markup_of_a_page_is_the_kept(name, monkeypatch):
    monkeypatch.setattr(page, "svg", drawn_once(f"page_{name}"))
    same_as_kept(markup(PAGES[name]().html, "script|style"), KEPT / f"page_{name}.html")


def test_the_frame_of_a_lesson_is_the_kept():
    html = viz.lesson(2, beside={1, 2, 3}).html
    same_as_kept(markup(html, "script|style|svg|main"), KEPT / "lesson_2.html")


def test_the_programs_that_solutions_are_tried_on_are_the_kept_ones():
    lines = [f"{program}: {shown(derivatives(program))}" for seed in (1, 2) for program in drawn(24, seed)]
    same_as_kept("\n".join(lines), KEPT / "tried_programs.txt")


@pytest.mark.parametrize("name", ["digits", "letters"])
def test_the_data_of_lessons_are_the_kept(name):
    same_as_kept(json.dumps(shortened(built_in_data(name)), indent=1, ensure_ascii=False), KEPT / f"data_{name}.json")


def constants(node):
    return [box.name for box in sketch(node, level="operations").boxes if box.kind == "constant"]


def test_more_than_eight_constants_of_a_row_are_one_box_that_says_how_many():
    for count in (7, 8):
        numbers = [float(k) for k in range(1, count + 1)]
        assert constants(dot([Value(1.0)] * count, numbers)) == [str(x) for x in numbers]
    assert constants(dot([Value(1.0)] * 9, [float(k) for k in range(9)])) == ["9 numbers"]


@pytest.mark.parametrize("name", ["max", "min", "prod", "logsumexp", "norm", "mean", "sum"])
def test_a_zero_that_was_given_first_is_shown(name):
    """Only a sum has a start, which is none where it is 0.0."""
    assert constants(getattr(autograd, name)([0.0, Value(1.0, "x")])) == ["0.0"]
    assert constants(getattr(autograd, name)([Value(1.0, "x")])) == []


def test_a_drawing_without_a_shift_stays_where_it_is():
    box = layout.Box("input", "a, input: details", "a", "", "1.0", "grad 0.0", "")
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60"><g class="graph"><g class="node" id="n0">'
        '<polygon points="10,20 50,20 50,40 10,40"/></g></g></svg>'
    )
    root = ElementTree.fromstring(layout.picture({0: box}, {}, lambda _: drawing))
    assert [(r.get("x"), r.get("y"), r.get("width"), r.get("height")) for r in root.iter("rect")] == [("10", "20",
        "40", "20")]


def test_responses_take_whole_numbers():
    model = MLP(2, [3, 1], "tanh", seed=1)
    asked = Probe(model)
    points = np.array([[1, 2], [3, 4]])
    wanted = [[model([float(a), float(b)]).data] for a, b in points]
    assert asked.outputs(points, asked.current()).tolist() == pytest.approx(np.array(wanted))
