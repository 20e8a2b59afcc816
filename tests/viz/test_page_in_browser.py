"""The page of backpropagation as a reader meets it: in a browser, by mouse and keyboard, in windows of all sizes."""

# ruff: noqa: RUF001 - the page writes a multiplication as on a board

from __future__ import annotations

import math
import re
from functools import partial
from pathlib import Path

import pytest
from hostile import LABELS
from lessons import everything, lesson, neuron, tangled, thousand

import autograd
import viz
from autograd import Value, scope
from nn import MLP

pytest_plugins = ["browser"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lesson_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "lesson.html"
    viz.page(lesson(), path)
    return path


@pytest.fixture(scope="module")
def neuron_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "neuron.html"
    viz.page(neuron(), path)
    return path


@pytest.fixture(scope="module")
def thousand_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "thousand.html"
    viz.page(thousand(), path)
    return path


def test_nothing_but_the_file_is_asked_for_and_nothing_complained_of(opened, neuron_page):
    page = opened(neuron_page)
    page.press(*["ArrowRight"] * 12)
    page.page.click("#n3")
    assert [url for url in page.requests if not url.startswith("data:")] == [neuron_page.as_uri()]
    assert page.complaints == []


def test_each_click_says_the_rule_and_the_numbers(opened, lesson_page):
    page = opened(lesson_page)
    assert page.text("#counter") == "0 / 8"
    assert "4 values are given" in page.text("#step")
    page.page.click("#forward")
    assert "Multiply to get e" in page.text("#step")
    assert "e = a × b e = 2 × (-3) = -6" in page.text("#step")
    assert page.text("#n2") == "e ×-6grad 0"
    for _ in range(3):
        page.page.click("#forward")
    assert "L.grad = 1" in page.text("#step")
    page.page.click("#forward")
    assert "Back through ×, which made L" in page.text("#step")
    assert "d f = -2 1 × (-2) = -2 0 → -2" in page.text("#step")
    page.page.click("#last")
    assert "Every value knows its gradient" in page.text("#step")
    assert "a 2 6" in page.text("#step")
    page.page.click("#back")
    assert "a b = -3 (-2) × (-3) = 6 0 → 6" in page.text("#step")


def test_the_whole_page_works_by_keyboard_alone(opened, lesson_page):
    page = opened(lesson_page)
    page.press("ArrowRight", "ArrowRight", "ArrowLeft")
    assert page.text("#counter") == "1 / 8"
    page.press("End")
    assert page.text("#counter") == "8 / 8"
    page.press("Home")
    assert page.text("#counter") == "0 / 8"
    for _ in range(30):
        page.press("Tab")
        if page.run("document.activeElement.id") == "n0":
            break
    assert page.run("document.activeElement.id") == "n0"
    page.press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Enter")
    assert page.run("document.activeElement.id") == "n2"
    assert "e = a × b" in page.text("#details")
    page.press("ArrowRight")
    assert page.text("#counter") == "1 / 8"


def test_a_button_keeps_the_space_key_for_itself(opened, lesson_page):
    page = opened(lesson_page)
    page.page.focus("#forward")
    page.press(" ")
    assert page.text("#counter") == "1 / 8"
    assert page.text("#play") == "Play"


def test_the_space_key_plays_and_pauses(opened, lesson_page):
    page = opened(lesson_page)
    page.page.select_option("#speed", "400")
    page.run("document.activeElement.blur()")
    page.press(" ")
    page.wait_for("#counter", "[2-8] / 8")
    page.press(" ")
    assert page.text("#play") == "Play"
    page.press("End", " ")
    page.wait_for("#counter", "[1-7] / 8")


def test_a_box_clicked_shows_formula_derivatives_numbers_and_source(opened, lesson_page):
    page = opened(lesson_page)
    page.press("End")
    page.page.click("#n2")
    shown = page.text("#details")
    assert "e = a × b" in shown
    assert "e = 2 × (-3)" in shown
    assert "Value -6" in shown
    assert "Gradient -2" in shown
    assert "a b -3" in shown
    assert "b a 2" in shown
    assert re.search(r"lessons\.py:\d+ in lesson", shown)
    page.page.click("#details >> text=Go to its forward step")
    assert page.text("#counter") == "1 / 8"


@pytest.mark.parametrize(
    "build", [lesson, neuron, everything, thousand, *(partial(tangled, seed) for seed in range(6))]
)
def test_the_page_ends_with_the_gradients_of_the_engine(opened, tmp_path, build):
    y = build()
    viz.page(y, tmp_path / "p.html")
    page = opened(tmp_path / "p.html")
    page.press("End")
    order = autograd.topological_order(y)
    for v in order:
        v.grad = 0.0
    y.backward()
    assert page.run("grads") == [v.grad for v in order]
    page.press("Home")
    assert set(page.run("grads")) == {0}
    assert page.run("reached.some(Boolean)") is False


def test_every_operation_has_its_formulas_in_names_and_numbers(opened, tmp_path):
    y = everything()
    viz.page(y, tmp_path / "p.html")
    page = opened(tmp_path / "p.html")
    texts = page.run(
        """steps.map((_, k) => { player.jump(k); return document.getElementById("step").innerText; })
             .concat(nodes.map((node) => { choose(node); return document.getElementById("details").innerText; }))"""
    )
    for text in texts:
        assert not re.search("undefined|null|NaN|object", text), text
    assert page.complaints == []
    used = {v.op for v in autograd.topological_order(y)}
    assert {name for name, row in autograd.TABLE.items() if row.public} - used <= {"", "detach", "gelu_tanh"}


def test_going_back_and_forth_shows_what_going_straight_shows(opened, neuron_page):
    straight, wandering = opened(neuron_page), opened(neuron_page)
    straight.press(*["ArrowRight"] * 7)
    wandering.press("End", *["ArrowLeft"] * 8, *["ArrowRight"] * 4, "ArrowLeft")
    state = "[player.at(), grads, known, reached, document.getElementById('graph').textContent]"
    assert wandering.run(state) == straight.run(state)


def test_a_value_used_twice_gets_both_amounts(opened, tmp_path):
    a = Value(3.0, "a")
    viz.page(a * a, tmp_path / "p.html")
    page = opened(tmp_path / "p.html")
    page.press("End", "ArrowLeft")
    assert "a, first factor a = 3 1 × 3 = 3 0 → 3 a, second factor a = 3 1 × 3 = 3 3 → 6" in page.text("#step")


def test_a_name_that_is_an_expression_stands_in_parentheses_before_its_gradient(opened, tmp_path):
    a = Value(3.0, "a")
    y = a * a + a
    y.label = "a*a + a"
    viz.page(y, tmp_path / "p.html")
    page = opened(tmp_path / "p.html")
    page.press("End", "ArrowLeft", "ArrowLeft")
    assert "(a*a + a).grad is 1" in page.text("#step")
    page.press("ArrowLeft")
    assert "(a*a + a).grad = 1" in page.text("#step")


def test_a_folded_parameter_keeps_its_steps_and_its_details(opened, tmp_path):
    y = neuron()
    viz.page(y, tmp_path / "p.html", fold=True)
    page = opened(tmp_path / "p.html")
    assert page.page.locator("#graph .n").count() == 6
    assert "The 3 parameters stand in the boxes that use them" in page.text(".hint")
    page.press("End", "ArrowLeft")
    assert "w1 (-3) − 0.1 × (-0.09913) -2.99" in page.text("#step")
    page.press("ArrowLeft", "ArrowLeft")
    assert "w1 x1 = 2" in page.text("#step")
    assert page.text("#n5").startswith("v1 dot1.4grad -0.0")
    y.backward()
    page.page.click("#step >> text=w1")
    assert f"Gradient {y.inputs[0].inputs[0].inputs[0].inputs[1].grad!r}" in page.text("#details")
    assert "Drawn in the box of" in page.text("#details")
    page.page.locator("#graph .n").first.focus()
    page.press("ArrowDown", "ArrowDown", "ArrowDown", "Enter", "ArrowUp")
    assert page.complaints == []


def test_numbers_that_are_none_are_shown_as_such(opened, tmp_path):
    x = Value(0.0, "x")
    viz.page((x.log() * 0.0 + x.sqrt()).exp() / x, tmp_path / "p.html")
    page = opened(tmp_path / "p.html")
    page.press("End")
    assert "nan" in page.text("#step")
    assert page.complaints == []


@pytest.mark.parametrize(("width", "height", "zoom"), [(320, 640, 1), (1280, 800, 2), (1280, 1024, 4), (1920, 1080, 1)])
def test_a_narrow_or_enlarged_window_shows_everything(opened, neuron_page, width, height, zoom):
    page = opened(neuron_page, width=width, height=height, zoom=zoom)
    for keys in ([], ["ArrowRight"] * 7, ["End"]):
        page.press(*keys)
        assert not page.overflows()
    page.page.click("#n5")
    assert not page.overflows()
    assert page.page.is_visible("#details >> text=Local derivatives")


def test_every_text_stays_in_its_box(opened, tmp_path):
    names = ["W" * 60, "日本語" * 20, "\u202eabc" * 9, "-1.2345678e-123", "gradient descent"]
    total = Value(-1.2345678e-123, names[0])
    for name in names:
        with scope(name):
            total = total * Value(-1.2345678e-123, name) + Value(-9.87654321e200, name)
    viz.page(total, tmp_path / "p.html")
    page = opened(tmp_path / "p.html")
    page.press("End")
    assert page.texts_outside_boxes() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_in_both_schemes(opened, neuron_page, scheme):
    page = opened(neuron_page, scheme=scheme)
    page.press(*["ArrowRight"] * 6)
    for selector in ("#step", ".kicker", "#counter", ".legend li", ".hint", "#graph .n text"):
        assert page.contrast(selector) >= 4.5, selector


def test_the_scheme_can_be_chosen_by_hand(opened, lesson_page):
    page = opened(lesson_page)
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    before = page.run(paper)
    page.page.click("#theme")
    assert page.run(paper) != before
    page.page.click("#theme")
    assert page.run(paper) == before


def test_no_hostile_label_runs_or_breaks_anything(opened, tmp_path):
    total = Value(0.0)
    for label in LABELS:
        with scope(label.replace("/", "") or "empty"):
            total = total + Value(1.0, label) * 2.0
            total.label = label
    viz.page(total, tmp_path / "p.html", title="</title><script>alert(1)</script>")
    page = opened(tmp_path / "p.html")
    dialogs: list[str] = []
    page.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.press(*["ArrowRight"] * 40, "End")
    page.page.click("#n1")
    assert dialogs == []
    assert page.complaints == []
    assert not page.overflows()


def test_the_policy_stops_a_script_that_got_in(opened, lesson_page):
    page = opened(lesson_page)
    page.run(
        """(() => {
             const script = document.createElement("script");
             script.textContent = "window.got = 1";
             document.body.append(script);
           })()"""
    )
    page.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.got = 1\">')")
    page.run("new Image().src = 'http://127.0.0.1:9/x.png'")
    page.page.wait_for_timeout(100)
    assert page.run("window.got") is None
    assert len([text for text in page.complaints if "Content Security Policy" in text]) >= 3


def test_the_page_works_in_a_notebooks_sandbox(opened, tmp_path):
    (tmp_path / "book.html").write_text(
        f"<!doctype html><meta charset=utf-8>{viz.page(lesson())._repr_html_()}", encoding="utf-8"
    )
    page = opened(tmp_path / "book.html")
    inner = page.page.frames[1]
    inner.click("#forward")
    assert inner.inner_text("#counter") == "1 / 8"
    assert page.complaints == []
    assert (
        inner.evaluate("(() => { try { return parent.document.title } catch (error) { return error.name } })()")
        == "SecurityError"
    )


def test_motion_stops_where_it_is_not_wanted(opened, lesson_page):
    moving, calm = opened(lesson_page, motion="no-preference"), opened(lesson_page)
    for page in (moving, calm):
        page.press(*["ArrowRight"] * 5)
    name = "getComputedStyle(document.querySelector('.e.backward path')).animationName"
    assert moving.run(name) == "flow"
    assert calm.run(name) == "none"


def test_a_large_graph_is_followed_to_the_step(opened, thousand_page):
    page = opened(thousand_page)
    for keys in (["End", "ArrowLeft"], ["Home", *["ArrowRight"] * 60]):
        page.press(*keys)
        assert page.in_sight(".n.now", "#view")


def test_a_graph_of_far_more_than_2000_boxes_goes_by_layers(opened, tmp_path):
    model = MLP(2, [200, 100, 1], "tanh", seed=1)
    x = [Value(0.5, "x"), Value(-1.0, "y")]
    out = model(x)
    loss = (out - 1.0) ** 2
    loss.label = "loss"
    made = viz.page(loss, tmp_path / "p.html")
    assert len(made.html) < 200_000
    page = opened(made.path)
    assert "nodes are folded into layers" in page.text(".hint")
    assert "layer 0" in page.text("#graph")
    page.press("ArrowRight")
    assert "Compute layer 0" in page.text("#step")
    assert "200 neurons: dot, tanh, 600 parameters" in page.text("#step")
    page.press("End")
    page.page.click("#graph .n >> nth=2")
    model.zero_grad()
    loss.backward()
    grads = [p.grad for neuron in model.layers[0].neurons for p in (neuron.b, *neuron.w)]
    assert f"{min(grads):.3g} to {max(grads):.3g}" in page.text("#details")
    page.press("Home", "End", *["ArrowLeft"] * 3)
    assert page.complaints == []
    assert page.texts_outside_boxes() == []


@pytest.mark.parametrize("nouts", [[64, 64, 10], [800, 1], [100, 100, 100, 2]], ids=str)
def test_wide_networks_have_a_page(nouts):
    out = MLP(2, nouts, seed=1)([0.5, Value(1.0)])
    y = sum(out) if isinstance(out, list) else out
    assert viz.page(y).html


def test_a_step_that_changes_little_shows_what_it_changes(opened, tmp_path):
    w, x = Value(2.0, label="w"), Value(1.0, label="x")
    loss = (w * x - 1.9999) ** 2 + 0.25
    loss.label = "loss"
    page = opened(viz.page(loss, tmp_path / "little.html", parameters=[w], lr=0.1).path)
    page.press("End")
    assert re.search(r"loss: 0\.25000001 → 0\.250000006\d* It is smaller", page.text("#step"))
    page.press("ArrowLeft")
    assert "1.99998" in page.text("#step")


def test_a_power_is_explained_without_a_remark_for_maintainers(opened, tmp_path):
    page = opened(viz.page(Value(3.0, label="a") ** 2.5, tmp_path / "power.html").path)
    page.press("ArrowRight")
    assert "x to a constant power y." in page.text("#step")


def test_numbers_before_and_after_have_as_many_digits_as_tell_them_apart(scripted):
    page = scripted("numbers.js")
    for before, after, wanted in (
        (0.25, 0.2499, ["0.25", "0.2499"]),
        (0.25, 0.2499999, ["0.25", "0.2499999"]),
        (2.0, 2.0, ["2", "2"]),
        (1e-9, 1.0000001e-9, ["1e-9", "1.0000001e-9"]),
        (123456.0, 123456.25, ["123456", "123456.3"]),
    ):
        assert page.evaluate(f"toldApart({before!r}, {after!r})") == wanted


def test_after_the_update_operands_result_and_derivatives_are_of_one_moment(opened, tmp_path):
    w, x, b = Value(2.0, label="w"), Value(0.5, label="x"), Value(0.1, label="b")
    z = w * x + b
    z.label = "z"
    y = z.tanh()
    y.label = "y"
    page = opened(viz.page(y, tmp_path / "moment.html", parameters=[w, b], lr=1.0).path)
    y.backward()
    place = autograd.topological_order(y).index(y)
    page.press("End", "ArrowLeft")
    page.run(f"choose(nodes[{place}])")
    before = page.text("#details")
    assert "In numbers, before the update y = tanh(1.1)" in before
    assert f"Value, before the update {y.data!r}" in before
    assert "Local derivatives, before the update" in before
    page.press("End")
    moved = (w.data - w.grad) * x.data + (b.data - b.grad)
    after = page.text("#details")
    assert f"In numbers y = tanh({float(f'{moved:.4g}')!r})" in after
    assert re.search(rf"Value {math.tanh(moved)!r} ", after)
    assert repr(1 - math.tanh(moved) ** 2)[:12] in after
    assert "Gradient, before the update 1" in after


def test_the_frame_is_no_higher_than_a_small_graph_needs(opened, lesson_page, thousand_page):
    page = opened(lesson_page)
    frame, graph = (page.page.locator(name).bounding_box()["height"] for name in ("#view", "#graph"))
    assert graph < frame < graph + 50
    large = opened(thousand_page)
    assert large.page.locator("#view").bounding_box()["height"] == 800 - 14 * 16  # as the style has it


def test_a_wide_graph_can_be_read_at_first_and_fit_takes_turns_between_width_and_height(opened, tmp_path):
    chain = Value(0.5, label="x")
    for _ in range(7):
        chain = chain.tanh()
    page = opened(viz.page(chain, tmp_path / "chain.html").path, width=1280)
    graph = "document.getElementById('graph')"
    share = f"{graph}.getAttribute('width') / {graph}.viewBox.baseVal.width"
    view = "document.getElementById('view')"
    assert page.run(share) > 0.75
    page.page.click("#fit")
    assert page.run(f"{view}.scrollWidth <= {view}.clientWidth")
    whole = page.run(share)
    page.page.click("#fit")
    assert page.run(share) > 1.5 * whole
    assert page.run(f"{view}.scrollHeight <= {view}.clientHeight")
    page.page.click("#fit")
    assert page.run(share) == pytest.approx(whole, rel=0.01)


def test_the_last_steps_are_scrolled_to_within_the_graph(opened, tmp_path):
    w, b = Value(0.5, "w"), Value(0.1, "b")
    loss = ((w * 2.0 + b).tanh() - 1.0) ** 2
    page = opened(viz.page(loss, tmp_path / "step.html", parameters=[w, b]).path)
    page.page.click("#last")
    said = page.text("#step")
    assert said.startswith("Forward again result after the update result = (-0.1752) ^ 2 = 0.03069 result: 0.0398 →")
    assert page.in_sight("#n6", "#view")
    page.press("ArrowLeft")
    assert page.in_sight("#n0", "#view")
    assert page.in_sight("#n2", "#view")  # both parameters
    assert page.run("scrollY") == 0
