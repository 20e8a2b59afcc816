"""Levels of detail: every level shows the whole graph, the default stays readable, and no size makes it hang."""

from __future__ import annotations

import random
import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograd import Value, dot, mean, scope
from nn import MLP
from viz import draw
from viz.graphs.choosing import sketch
from viz.graphs.folding import LEVELS, LIMIT, READABLE, family, layer_of, level_named


def network(sizes, seed=0):
    """A function like an MLP, with the scopes that networks set; written out so that nothing here depends on nn."""
    rng = random.Random(seed)
    weights = [
        [([Value(rng.uniform(-1, 1)) for _ in range(n)], Value(0.1)) for _ in range(m)] for n, m in pairwise(sizes)
    ]

    def run(row):
        for i, layer in enumerate(weights):
            out = []
            for k, (w, b) in enumerate(layer):
                with scope(f"mlp/layer {i}/neuron {k}"):
                    z = dot(w, row, start=b)
                    out.append(z if i == len(weights) - 1 else z.relu())
            row = out
        return row[0] if len(row) == 1 else row

    return run


def prediction(sizes=(2, 4, 1)):
    y = network(sizes)([Value(0.5, "x1"), Value(-0.3, "x2")])
    y.backward()
    return y


@st.composite
def graphs(draw_from):
    """Random graphs with shared parts, some nodes inside scopes."""
    nodes = [Value(draw_from(st.floats(-2, 2)), label=f"x{k}") for k in range(3)]
    for _ in range(draw_from(st.integers(1, 25))):
        x, y = draw_from(st.sampled_from(nodes)), draw_from(st.sampled_from(nodes))
        with scope(draw_from(st.sampled_from(["a/unit 1", "a/unit 2", "b"]))):
            made = draw_from(st.sampled_from([lambda x, y: x + y, lambda x, y: x * y, lambda x, y: x.tanh()]))(x, y)
        nodes.append(made if draw_from(st.booleans()) else made * 2)
    nodes[-1].backward()
    return nodes[-1]


@given(graphs(), st.sampled_from(LEVELS))
def test_every_arrow_joins_two_boxes_and_every_box_is_joined(value, level):
    shown = sketch(value, level=level)
    ids = [box.id for box in shown.boxes]
    ends = {end for link in shown.links for end in (link.source, link.target)}
    assert len(ids) == len(set(ids))
    assert ends <= set(ids)
    assert len(ids) == 1 or set(ids) == ends


@given(graphs())
def test_coarser_levels_never_have_more_boxes(value):
    counts = [len(sketch(value, level=level).boxes) for level in ("operations", "neurons", "layers")]
    assert counts == sorted(counts, reverse=True)


def test_a_small_network_at_every_level():
    counts = {level: len(sketch(prediction(), level=level).boxes) for level in LEVELS}
    leaves, computed, neurons = 2 + 4 * 3 + 5, 4 * 2 + 1, 5
    assert counts == {
        "raw": leaves + 2 * computed,
        "operations": leaves + computed,
        "neurons": 2 + neurons,
        "layers": 2 + 2,
        "repeats": 2 + 1 + 1 - 1,  # the inputs x1 and x2 are repeats of each other too
    }


def test_repeats_say_how_many_of_what():
    names = [box.name for box in sketch(prediction((2, 16, 1)), level="repeats").boxes]
    assert "16 x Neuron" in names
    assert "2 inputs" in names


def test_neurons_of_different_make_are_not_rolled_up_together():
    x = Value(1.0, "x")
    with scope("layer 0/neuron 0"):
        a = dot([Value(1.0)], [x]).tanh()
    with scope("layer 0/neuron 1"):
        b = dot([Value(1.0)], [x]).relu()
    assert len(sketch(a + b, level="repeats").boxes) == 4


@pytest.mark.parametrize(("inputs", "boxes"), [(21, 1), (12, 12)])
def test_inputs_that_would_be_higher_than_a_screen_are_one_box(inputs, boxes):
    rows = [Value(k / 8, f"input {k}") for k in range(inputs)]
    loss = (MLP(inputs, [18, 1], "relu", seed=1)(rows) - 1.0) ** 2
    found = [box for box in sketch(loss, level="layers").boxes if box.kind == "input"]
    assert len(found) == boxes
    if boxes == 1:
        assert found[0].name == "21 inputs"
        assert found[0].fields[0] == "input 0 … input 20"
        assert found[0].fields[1] == "data 0 to 2.5"
        assert float(re.search(r'height="([\d.]+)', draw(loss).svg())[1]) < 400


def test_layers_tell_their_neurons_and_parameters():
    boxes = {box.name: box.fields for box in sketch(prediction(), level="layers").boxes}
    assert "4 neurons" in boxes["layer 0"]
    assert "12 parameters" in boxes["layer 0"]


def test_the_picture_says_how_much_it_shows():
    drawing = draw(prediction((2, 16, 16, 1)))
    assert drawing.sketch.level == "layers"  # 288 arrows between neurons would be a gray rope
    assert "showing 5 of 404 nodes" in drawing.source
    assert "showing 5 of 404 nodes" in drawing.svg()
    assert "showing" not in draw(prediction()).source


def test_the_default_is_the_finest_level_that_stays_readable():
    assert sketch(prediction()).level == "raw"
    assert len(sketch(prediction((2, 8, 8, 1))).boxes) <= READABLE
    x = Value(1.0)
    y = x
    for k in range(1000):
        y = y + Value(1.0, f"a{k}") if k % 2 else y * Value(1.0, f"b{k}")
    assert len(sketch(y).boxes) <= LIMIT


def test_max_nodes_is_kept():
    for most in (1, 5, 20, 50):
        assert len([box for box in sketch(prediction(), max_nodes=most).boxes if box.kind != "more"]) <= max(most, 3)


def test_a_level_that_needs_too_many_boxes_is_refused_with_the_way_out():
    y = Value(1.0)
    for _ in range(3000):
        y = y.tanh()
    with pytest.raises(
        ValueError, match=r"at least 6,001 boxes of 3,001 nodes, more than 2,000.*leave level out.*around"
    ):
        draw(y, level="raw")
    assert len(draw(y, level="operations", max_nodes=5000).sketch.boxes) == 3001


def test_around_and_hops_cut_out_a_neighborhood():
    y = prediction()
    hidden = y.inputs[2]
    near = sketch(y, around=hidden, hops=1, level="operations")
    assert {box.node.op for box in near.boxes if box.node is not None} == {"relu", "dot"}
    assert any(box.name.endswith("more") for box in near.boxes)
    assert "showing 3 of 28 nodes" in near.note
    assert any(box.name == "x1" for box in sketch(y, around="x1").boxes)
    assert len([b for b in sketch(y, hops=0).boxes if b.node is not None]) == 1


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"around": Value(1.0)}, ValueError, "not in this graph"),
        ({"around": "nobody"}, ValueError, "'nobody' in this graph"),
        ({"hops": -1}, ValueError, "hops must be at least 0"),
        ({"hops": 1.5}, TypeError, "hops must be an int"),
        ({"max_nodes": 0}, ValueError, "max_nodes must be at least 1"),
        *(({"max_nodes": 1, "level": k}, ValueError, r"makes at least \d+ boxes of \d+ nodes") for k in range(5)),
        ({"around": "x1", "level": "layers"}, ValueError, "raw or operations"),
        ({"parameters": [1.0]}, TypeError, "parameters must hold Values, got float"),
        ({"level": 9}, ValueError, "level must be one of"),
    ],
)
def test_options_that_do_not_fit_are_named(options, error, words):
    with pytest.raises(error, match=words):
        draw(prediction(), **options)


def test_levels_have_singular_names_and_numbers():
    named = [level_named(name) for name in ("neuron", "by layer", "Raw", 1)]
    assert named == ["neurons", "layers", "raw", "operations"]
    with pytest.raises(ValueError, match="got True"):
        level_named(True)
    assert family("neuron 12") == "neuron"
    assert layer_of("encoder/block 3") == "encoder"


def test_a_run_of_the_same_operation_is_one_box():
    y = Value(1.0, "x")
    for _ in range(50_000):
        y = y * 1.0001
    shown = sketch(y)
    assert shown.level == "repeats"
    assert any(re.match(r"49,999 x mul", box.name) for box in shown.boxes)


def test_a_graph_that_no_level_can_fold_shows_its_end():
    y = Value(1.0, "x")
    for _ in range(10_000):
        y = (y * 1.0001).tanh()
    shown = sketch(y)
    assert "showing 300 of 20,001 nodes" in shown.note
    assert any(box.kind == "more" and box.name == "1 more" for box in shown.boxes)


@pytest.mark.parametrize("width", range(1, 8))
def test_the_end_of_a_graph_that_no_level_can_fold_has_as_many_nodes_as_stay_readable(width):
    y = Value(1.0, "x")
    for _ in range(1000):
        y = dot([y] * width, [Value(0.5) for _ in range(width)]).tanh()
    assert f"showing {READABLE} of" in sketch(y).note


@pytest.mark.program
def test_a_batch_of_100_000_nodes_opens_folded_within_two_seconds():
    run = network((2, 16, 16, 1))
    rng = random.Random(1)
    losses = []
    for _ in range(1450):
        y = run([Value(rng.random()), Value(rng.random())])
        losses.append((1 - y * rng.choice((-1.0, 1.0))).relu())
    loss = mean(losses)
    loss.backward()
    start = time.process_time()  # not the clock on the wall: other tests may be running
    picture = draw(loss)
    picture.svg()
    seconds = time.process_time() - start
    assert picture.sketch.total > 100_000
    assert len(picture.sketch.boxes) < 20
    assert seconds < 4  # 0.8 s where it was written; the target is 2 s, the rest is for slower machines


def test_unfolding_a_large_graph_is_refused():
    xs = [Value(1.0) for _ in range(400)]
    with pytest.raises(ValueError, match="unfold takes graphs of at most 100,000 operands"):
        draw(mean([dot(xs, xs) for _ in range(200)]), unfold=True)


def test_shared_parts_are_counted_once_not_once_a_path():
    y = Value(1.0, "x")
    for _ in range(1000):
        y = y + y
    assert sketch(y).total == 1001


def test_a_scope_of_a_hundred_thousand_levels_slows_nothing_down():
    with scope("a/" * 100_000), scope("neuron 1"):
        y = Value(1.0, "x") * 2
    for level in LEVELS:
        assert draw(y, level=level).source.count("subgraph") <= 12
    assert "<svg" in draw(y).svg()
