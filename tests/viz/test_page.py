"""The file of the page of backpropagation: its structure, its policy, its numbers and its words."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re

import pytest
from hostile import labels
from hypothesis import example, given, settings
from lessons import Parsed, lesson, neuron, thousand

import autograd
import viz
from autograd import TABLE, Value, dot, scope
from nn import MLP, cross_entropy
from viz.pages.offline import json_text
from viz.pages.words import TEXTBOOK, WORDS, row_words
from viz.svg.labels import clean


@settings(max_examples=20)
@given(labels, labels)
@example("</script><script>alert(1)</script>", "{{data}} {{policy}}")
@example("</script x", "</script/><!--<script")
@example("nul\0 \ud800", "\u202e" + "x" * 100_000)
def test_no_label_changes_the_structure_of_the_page(first, second):
    tame, wild = Parsed(viz.page(labeled("a", "b")).html), Parsed(viz.page(labeled(first, second)).html)
    assert [tag for tag, _ in wild.elements] == [tag for tag, _ in tame.elements]
    assert [sorted(attrs) for _, attrs in wild.elements] == [sorted(attrs) for _, attrs in tame.elements]
    assert wild.raw["style"] == tame.raw["style"]
    assert policy(wild) == policy(tame)
    assert len(wild.data()["nodes"]) == 3


def labeled(first: str, second: str) -> Value:
    with scope("s"):
        x, y = Value(1.0, first), Value(2.0, second)
        z = x * y
    z.label = first
    return z


def policy(parsed: Parsed) -> str:
    (found,) = (attrs["content"] for tag, attrs in parsed.elements if "http-equiv" in attrs)
    assert found is not None
    return found


@given(labels)
@example("</script x")
def test_no_text_among_the_data_can_end_their_block(label):
    text = json_text({label: [label, {"a": label}]})
    assert text.isascii()
    assert not set("<>&") & set(text)
    assert list(json.loads(text)) == [clean(label)]


def test_the_policy_allows_exactly_the_scripts_and_styles_of_the_page():
    parsed = Parsed(viz.page(lesson()).html)
    rules = policy(parsed)
    assert rules.startswith("default-src 'none'")
    assert "unsafe" not in rules
    for kind in ("script", "style"):
        (rule,) = re.findall(rf"{kind}-src ([^;]*)", rules)
        made = {
            "'sha256-" + base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() + "'" for t in parsed.raw[kind]
        }
        allowed = set(rule.split())
        # The block of data is never run, so it needs no leave.
        assert allowed <= made
        assert len(made - allowed) == (kind == "script")


def test_nothing_in_the_page_points_outside():
    parsed = Parsed(viz.page(lesson()).html)
    for _, attrs in parsed.elements:
        assert not [name for name in attrs if name.startswith("on") or name in ("style", "src", "action", "srcset")]
        assert attrs.get("href", "data:,") == "data:,"
    styles = "".join(parsed.raw["style"])
    assert "url(" not in styles
    assert "@import" not in styles


def test_numbers_that_json_does_not_know_travel_as_words():
    x = Value(math.inf, "x")
    nodes = Parsed(viz.page(x * 0.0 + -math.inf).html).data()["nodes"]
    assert nodes[0]["data"] == "inf"
    assert nodes[1]["data"] == "nan"
    assert nodes[2]["operands"] == [1, ["-inf"]]


def test_a_page_leaves_every_gradient_as_it_was():
    a = Value(2.0)
    y = a * a
    a.grad, y.grad = 7.0, 9.0
    viz.page(y)
    assert (a.grad, y.grad) == (7.0, 9.0)


def test_a_page_made_within_no_grad_has_its_update_too():
    w = Value(2.0, label="w")
    y = w * w
    with autograd.no_grad():
        found = viz.page(y, parameters=[w]).html
    assert found == viz.page(y, parameters=[w]).html


def test_the_numbers_after_the_step_are_those_that_the_engine_computes():
    model = MLP(2, [3, 1], "tanh", seed=0)

    def loss():
        return (model([1.0, -2.0]) - 1.0) ** 2

    data = Parsed(viz.page(loss(), parameters=model.parameters(), lr=0.1).html).data()
    loss().backward()
    for p in model.parameters():
        p.data -= 0.1 * p.grad
    assert len(data["after"]) == len(data["nodes"])
    assert data["after"][-1]["data"] == pytest.approx(loss().data)


def test_unnamed_parameters_are_called_by_their_place_in_the_neuron():
    with scope("neuron"):
        y = dot([Value(1.0), Value(2.0)], [Value(3.0, "x"), Value(4.0)], start=Value(0.5))
    names = [node["name"] for node in Parsed(viz.page(y).html).data()["nodes"]]
    assert names == ["b", "w[0]", "x", "w[1]", "v1", "result"]


def test_given_names_are_not_doubled_by_made_up_ones():
    y = Value(1.0, "v1") * Value(2.0)
    names = [node["name"] for node in Parsed(viz.page(y).html).data()["nodes"]]
    assert names == ["v1", "t1", "result"]
    names = [node["name"] for node in Parsed(viz.page(Value(1.0, "result") * 2.0 + 1.0).html).data()["nodes"]]
    assert names == ["result", "v1", "v2"]


def test_unfolding_shows_every_multiplication():
    nodes = Parsed(viz.page(neuron(), unfold=True).html).data()["nodes"]
    assert [node.get("op") for node in nodes].count("mul") == 2
    assert "dot" not in [node.get("op") for node in nodes]


def test_parameters_of_a_large_graph_stand_in_the_boxes_that_use_them():
    model = MLP(8, [24, 10], seed=0)
    loss = cross_entropy([model([Value(k / 8, f"x{k}") for k in range(8)])], [3])
    parsed = Parsed(viz.page(loss).html)
    boxes = {
        attrs["id"] for _, attrs in parsed.elements if (attrs.get("class") or "").startswith("n ") and "id" in attrs
    }
    nodes = parsed.data()["nodes"]
    homes = {f"n{node['home']}" for node in nodes if "home" in node}
    assert len([node for node in nodes if "home" in node]) == len(model.parameters())
    assert len(boxes) == len(nodes) - len(model.parameters())
    assert len(homes & boxes) == 34


def test_folding_can_be_asked_for_and_refused():
    assert sum("home" in node for node in Parsed(viz.page(neuron(), fold=True).html).data()["nodes"]) == 3
    assert not any("home" in node for node in Parsed(viz.page(thousand(), fold=False).html).data()["nodes"])


def test_a_parameter_used_twice_keeps_its_own_box():
    with scope("s"):
        w = Value(2.0, "w")
        y = w * w
    assert not any("home" in node for node in Parsed(viz.page(y, fold=True).html).data()["nodes"])


def test_a_thousand_nodes_stay_below_the_size_promised():
    page = viz.page(thousand())
    assert 900 < len(Parsed(page.html).data()["nodes"]) < 1100
    assert len(page.html.encode()) < 1_500_000


def test_a_leaf_alone_has_a_page():
    assert len(Parsed(viz.page(Value(3.0)).html).data()["nodes"]) == 1


@pytest.mark.parametrize("count", [3000, 200_000])
def test_a_graph_too_large_to_follow_is_refused_with_its_size(count):
    y = Value(1.0)
    for _ in range(count):
        y = y + 1.0
    with pytest.raises(ValueError, match=rf"{count + 1:,} nodes.* at most [0-9,]+ and four times"):
        viz.page(y)


def test_a_graph_of_too_many_arrows_is_refused_too():
    x = Value(1.0)
    with pytest.raises(ValueError, match=r"2 nodes and 20,000 arrows.*at most 2,000"):
        viz.page(dot([x] * 10_000, [x] * 10_000))


def test_an_endless_scope_is_no_endless_picture():
    with scope("/".join("s" * 30_000)):
        y = Value(1.0) * 2.0
    assert len(viz.page(y).html) < 100_000


def test_what_is_no_value_is_refused():
    with pytest.raises(TypeError, match=r"wants a Value.*got float"):
        viz.page(3.0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ("missing/page.html", FileNotFoundError),
        (".", IsADirectoryError),
        ("page.txt", ValueError),
        ("a\0.html", ValueError),
    ],
)
def test_a_path_that_cannot_be_written_is_named(tmp_path, place, error):
    with pytest.raises(error):
        viz.page(Value(1.0) * 2.0, f"{tmp_path}/{place}")
    assert list(tmp_path.iterdir()) == []


def test_saving_returns_a_page_that_knows_its_path(tmp_path):
    saved = viz.page(lesson(), tmp_path / "p.html")
    assert saved.path == tmp_path / "p.html"
    assert saved.path.read_text(encoding="utf-8") == saved.html
    assert [file.name for file in tmp_path.iterdir()] == ["p.html"]


def test_a_notebook_gets_the_page_in_a_sandbox():
    (frame,) = (attrs for tag, attrs in Parsed(viz.page(lesson())._repr_html_()).elements if tag == "iframe")
    assert frame["sandbox"] == "allow-scripts"
    assert frame["srcdoc"] == viz.page(lesson()).html


def test_every_operation_of_the_table_has_words():
    for name, row in TABLE.items():
        words = row_words(name)
        assert words["noun"]
        assert words["rule"]
        assert len(words["partials"]) == len(row.partials)


def test_words_speak_only_of_operations_there_are():
    assert set(WORDS) <= set(TABLE)
    assert set(TEXTBOOK) <= set(TABLE)


@pytest.mark.parametrize("name", sorted(TEXTBOOK))
@pytest.mark.parametrize("place", [(0.7, 1.3), (2.5, 0.4), (1.9, 1.9)])
def test_the_textbook_form_gives_the_numbers_of_the_engine(name, place):
    row = TABLE[name]
    inputs = [Value(x) for x in place[: len(row.operands)]]
    operators = {
        "powc": lambda x, y: x**y.data,
        "pow": lambda x, y: x**y,
        "div": lambda x, y: x / y,
        "mod": lambda x, y: x % y,
        "leaky_relu": lambda x, y: autograd.leaky_relu(x, y.data),
    }
    z = (operators.get(name) or getattr(autograd, name))(*inputs)
    assert z.op == name
    z.backward()
    known = {f: getattr(math, f) for f in ("sqrt", "exp", "log", "tanh", "floor", "atan2")}
    known |= {"max": max, "min": min, "abs": abs, "sigmoid": lambda t: 1 / (1 + math.exp(-t)), "z": z.data}
    known |= dict(zip(row.operands, place, strict=False))
    value, partials = TEXTBOOK[name]
    assert eval(value, known) == pytest.approx(z.data, rel=1e-12)
    for x, text in zip(z.inputs, partials, strict=False):
        assert eval(text, known) == pytest.approx(x.grad, rel=1e-12)
