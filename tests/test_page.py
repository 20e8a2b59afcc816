"""The page of backpropagation: what is in the file, and what a reader sees and can do in a real browser."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hostile import LABELS, labels
from hypothesis import example, given, settings

import autograd
import viz
from autograd import TABLE, Value, dot, record_source, scope
from viz.words import TEXTBOOK, WORDS, row_words

pytest_plugins = ["browser"]


class Parsed(HTMLParser):
    """A page as the parser of HTML sees it: elements with their attributes, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.text = ""
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag
        if tag in self.raw:
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in self.raw:
            self.raw[self._inside][-1] += data
        self.text += data

    def data(self) -> Any:
        places = [k for k, (_, attrs) in enumerate(e for e in self.elements if e[0] == "script") if "type" in attrs]
        return json.loads(self.raw["script"][places[0]])


def lesson() -> Value:
    """The first graph of many courses: L = (a * b + c) * f, with -8, and -4 and 6 as the gradients of b and a."""
    with record_source():
        a, b, c, f = Value(2.0, "a"), Value(-3.0, "b"), Value(10.0, "c"), Value(-2.0, "f")
        e = a * b
        e.label = "e"
        d = e + c
        d.label = "d"
        result = d * f
    result.label = "L"
    return result


def neuron() -> Value:
    xs, ws = [Value(2.0, "x1"), Value(0.5, "x2")], [Value(-3.0, "w1"), Value(1.0, "w2")]
    with scope("neuron"):
        out = dot(ws, xs, start=Value(6.9, "b")).tanh()
    loss = (1.0 - out) ** 2
    loss.label = "loss"
    return loss


def thousand() -> Value:
    """About a thousand nodes: one prediction of a 2-16-16-1 network, written with + and *."""
    xs = [Value(0.3, "x1"), Value(-0.7, "x2")]
    count = 0
    for layer, width in enumerate((16, 16, 1)):
        outs = []
        for n in range(width):
            with scope(f"layer {layer}"), scope(f"neuron {n}"):
                total = Value(0.1)
                for x in xs:
                    count += 1
                    total = total + Value(math.sin(count)) * x
                outs.append(total.relu() if width > 1 else total)
        xs = outs
    return xs[0]


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


# ---- the file ----


@settings(max_examples=40)
@given(labels, labels)
@example("</script><script>alert(1)</script>", "{{data}} {{policy}}")
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


def test_the_policy_allows_exactly_the_scripts_and_styles_of_the_page():
    parsed = Parsed(viz.page(lesson()).html)
    rules = policy(parsed)
    assert rules.startswith("default-src 'none'")
    assert "unsafe" not in rules
    for kind in ("script", "style"):
        (rule,) = re.findall(rf"{kind}-src ([^;]*)", rules)
        made = {"'sha256-" + base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() + "'" for t in parsed.raw[kind]}
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


def test_unnamed_parameters_are_called_by_their_place_in_the_neuron():
    with scope("neuron"):
        y = dot([Value(1.0), Value(2.0)], [Value(3.0, "x"), Value(4.0)], start=Value(0.5))
    names = [node["name"] for node in Parsed(viz.page(y).html).data()["nodes"]]
    assert names == ["b", "w1", "x", "w2", "v5", "v6"]


def test_given_names_are_not_doubled_by_made_up_ones():
    y = Value(1.0, "v1") * Value(2.0)
    names = [node["name"] for node in Parsed(viz.page(y).html).data()["nodes"]]
    assert names == ["v1", "t2", "t3"]


def test_unfolding_shows_every_multiplication():
    nodes = Parsed(viz.page(neuron(), unfold=True).html).data()["nodes"]
    assert [node.get("op") for node in nodes].count("mul") == 2
    assert "dot" not in [node.get("op") for node in nodes]


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
    with pytest.raises(ValueError, match=rf"{count + 1:,} nodes.*at most 2,000"):
        viz.page(y)


def test_what_is_no_value_is_refused():
    with pytest.raises(TypeError, match="wants a Value.*got float"):
        viz.page(3.0)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "error"),
    [("missing/page.html", FileNotFoundError), (".", IsADirectoryError), ("page.txt", ValueError), ("a\0.html", ValueError)],
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


# ---- the words ----


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
    functions = {"powc": lambda x, y: x**y.data, "div": lambda x, y: x / y, "pow": lambda x, y: x**y, "mod": lambda x, y: x % y}
    if name == "leaky_relu":
        pytest.skip("its slope is a constant in every graph")
    z = functions.get(name, getattr(autograd, name, None))(*inputs)
    assert z.op == name
    z.backward()
    known = {f: getattr(math, f) for f in ("sqrt", "exp", "log", "tanh", "floor", "atan2")}
    known |= {"max": max, "min": min, "abs": abs, "sigmoid": lambda t: 1 / (1 + math.exp(-t)), "z": z.data}
    known |= dict(zip(row.operands, place, strict=False))
    value, partials = TEXTBOOK[name]
    assert eval(value, known) == pytest.approx(z.data, rel=1e-12)
    for x, text in zip(z.inputs, partials, strict=False):
        assert eval(text, known) == pytest.approx(x.grad, rel=1e-12)


# ---- the browser ----

browser_test = pytest.mark.browser


@browser_test
def test_nothing_but_the_file_is_asked_for_and_nothing_complained_of(opened, neuron_page):
    page = opened(neuron_page)
    page.press(*["ArrowRight"] * 12)
    page.page.click("#n3")
    assert [url for url in page.requests if not url.startswith("data:")] == [neuron_page.as_uri()]
    assert page.complaints == []


@browser_test
def test_each_click_says_the_rule_and_the_numbers(opened, lesson_page):
    page = opened(lesson_page)
    assert page.text("#counter") == "0 / 8"
    assert "4 values are given" in page.text("#step")
    page.page.click("#forward")
    assert "Multiply to get e" in page.text("#step")
    assert "e = a × b e = 2 × (-3) = -6" in page.text("#step")
    assert page.text("#n2") == "e × -6 grad 0"
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


@browser_test
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
    page.press("ArrowDown", "ArrowDown", "Enter")
    assert page.run("document.activeElement.id") == "n2"
    assert "e = a × b" in page.text("#details")
    page.press("ArrowRight")
    assert page.text("#counter") == "1 / 8"


@browser_test
def test_the_space_key_plays_and_pauses(opened, lesson_page):
    page = opened(lesson_page)
    page.page.select_option("#speed", "400")
    page.run("document.activeElement.blur()")
    page.press(" ")
    page.page.wait_for_function("document.getElementById('counter').textContent === '2 / 8'")
    page.press(" ")
    assert page.text("#play") == "Play"
    page.press("End", " ")
    page.page.wait_for_function("document.getElementById('counter').textContent.startsWith('1 ')")


@browser_test
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
    assert re.search(r"test_page\.py:\d+ in lesson", shown)
    page.page.click("#details >> text=Go to its forward step")
    assert page.text("#counter") == "1 / 8"


@browser_test
@pytest.mark.parametrize("build", [lesson, neuron, thousand])
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


@browser_test
def test_going_back_and_forth_shows_what_going_straight_shows(opened, neuron_page):
    straight, wandering = opened(neuron_page), opened(neuron_page)
    straight.press(*["ArrowRight"] * 7)
    wandering.press("End", *["ArrowLeft"] * 6, *["ArrowRight"] * 4, "ArrowLeft")
    state = "[player.at(), grads, known, reached, document.getElementById('graph').textContent]"
    assert wandering.run(state) == straight.run(state)


@browser_test
def test_a_value_used_twice_gets_both_amounts(opened, tmp_path):
    a = Value(3.0, "a")
    viz.page(a * a, tmp_path / "p.html")
    page = opened(tmp_path / "p.html")
    page.press("End", "ArrowLeft")
    assert "a a = 3 1 × 3 = 3 0 → 3 a a = 3 1 × 3 = 3 3 → 6" in page.text("#step")


@browser_test
def test_numbers_that_are_none_are_shown_as_such(opened, tmp_path):
    x = Value(0.0, "x")
    viz.page((x.log() * 0.0 + x.sqrt()).exp() / x, tmp_path / "p.html")
    page = opened(tmp_path / "p.html")
    page.press("End")
    assert "nan" in page.text("#step")
    assert page.complaints == []


@browser_test
@pytest.mark.parametrize(("width", "height", "zoom"), [(320, 640, 1), (1280, 800, 2), (1280, 1024, 4), (1920, 1080, 1)])
def test_a_narrow_or_enlarged_window_shows_everything(opened, neuron_page, width, height, zoom):
    page = opened(neuron_page, width=width, height=height, zoom=zoom)
    for keys in ([], ["ArrowRight"] * 7, ["End"]):
        page.press(*keys)
        assert not page.overflows()
    page.page.click("#n3")
    assert not page.overflows()
    assert page.page.is_visible("#details >> text=Local derivatives")


@browser_test
def test_every_text_stays_in_its_box(opened, tmp_path):
    names = ["W" * 60, "日本語" * 20, "\u202eabc" * 9, "-1.2345678e-123", "gradient descent"]
    total = Value(-1.2345678e-123, names[0])
    for name in names:
        with scope(name):
            total = total * Value(-1.2345678e-123, name) + Value(-9.87654321e200, name)
    viz.page(total, tmp_path / "p.html")
    page = opened(tmp_path / "p.html")
    page.press("End")
    outside = page.run(
        """[...document.querySelectorAll("#graph .n")].flatMap((box) => {
             const edge = box.querySelector("rect, polygon").getBBox();
             return [...box.querySelectorAll("text")]
               .filter((text) => { const at = text.getBBox(); return at.x < edge.x || at.x + at.width > edge.x + edge.width
                 || at.y < edge.y || at.y + at.height > edge.y + edge.height; })
               .map((text) => text.textContent);
           })"""
    )
    assert outside == []


@browser_test
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_in_both_schemes(opened, neuron_page, scheme):
    page = opened(neuron_page, scheme=scheme)
    page.press(*["ArrowRight"] * 6)
    for selector in ("#step", ".kicker", "#counter", ".legend li", ".hint", "#graph .n text"):
        assert page.run(CONTRAST.replace("SELECTOR", selector)) >= 4.5, selector


CONTRAST = """(() => {
  const light = (color) => { const [r, g, b] = color.match(/[\\d.]+/g).map(Number)
    .map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const element = document.querySelector("SELECTOR");
  const style = getComputedStyle(element);
  const ink = light(element.closest("svg") ? style.fill : style.color);
  const box = element.closest("g.n");
  const paper = light(box ? getComputedStyle(box.querySelector("rect, polygon")).fill : getComputedStyle(document.documentElement).backgroundColor);
  return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
})()"""


@browser_test
def test_the_scheme_can_be_chosen_by_hand(opened, lesson_page):
    page = opened(lesson_page)
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    before = page.run(paper)
    page.page.click("#theme")
    assert page.run(paper) != before
    page.page.click("#theme")
    assert page.run(paper) == before


@browser_test
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


@browser_test
def test_the_policy_stops_a_script_that_got_in(opened, lesson_page):
    page = opened(lesson_page)
    page.run("(() => { const s = document.createElement('script'); s.textContent = 'window.got = 1'; document.body.append(s); })()")
    page.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.got = 1\">')")
    page.run("new Image().src = 'http://127.0.0.1:9/x.png'")
    page.page.wait_for_timeout(100)
    assert page.run("window.got") is None
    assert len([text for text in page.complaints if "Content Security Policy" in text]) >= 3


@browser_test
def test_the_page_works_in_a_notebooks_sandbox(opened, tmp_path):
    (tmp_path / "book.html").write_text(f"<!doctype html><meta charset=utf-8>{viz.page(lesson())._repr_html_()}", encoding="utf-8")
    page = opened(tmp_path / "book.html")
    inner = page.page.frames[1]
    inner.click("#forward")
    assert inner.inner_text("#counter") == "1 / 8"
    assert page.complaints == []
    assert inner.evaluate("(() => { try { return parent.document.title } catch (error) { return error.name } })()") == "SecurityError"


@browser_test
def test_motion_stops_where_it_is_not_wanted(opened, lesson_page):
    moving, calm = opened(lesson_page, motion="no-preference"), opened(lesson_page)
    for page in (moving, calm):
        page.press(*["ArrowRight"] * 5)
    name = "getComputedStyle(document.querySelector('.e.backward path')).animationName"
    assert moving.run(name) == "flow"
    assert calm.run(name) == "none"


@browser_test
def test_a_large_graph_is_followed_to_the_step(opened, thousand_page):
    page = opened(thousand_page)
    for keys in (["End", "ArrowLeft"], ["Home", *["ArrowRight"] * 60]):
        page.press(*keys)
        assert page.run(
            """(() => { const box = document.querySelector(".n.now").getBoundingClientRect();
                 const view = document.getElementById("view").getBoundingClientRect();
                 return box.left >= view.left && box.right <= view.right && box.top >= view.top && box.bottom <= view.bottom; })()"""
        )
