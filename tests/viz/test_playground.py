"""The playground: the machine's words and the numbers are Python's, and everything on the page can be touched."""

from __future__ import annotations

import itertools
import json
import math
import random
import re
from pathlib import Path

import numpy as np
import pytest
from lessons import Parsed

import viz
from autograd import Value
from nn import MLP, Layer, Module, fit, load, moons, save
from nn.activations import ACTIVATIONS
from nn.evaluators import Eager
from nn.recorded import Recorded
from nn.samples import Batch
from nn.tables.data import load_dataset
from nn.tables.table import MISSING
from nn.training.choices import LOSSES
from viz.pages import playground
from viz.pages.machine import build
from viz.pages.modules import SCRIPTS, imported, joined
from viz.pages.offline import asset
from viz.pages.playground import DATA_SETS

pytest_plugins = ["browser"]
browser_test = pytest.mark.browser


# ---- the modules


MODULES = sorted(SCRIPTS.rglob("*.js"))


@pytest.mark.parametrize("entry", ["page.js", "training.js", "playground/playground.js"])
def test_joined_modules_declare_every_name_once_and_import_nothing(entry):
    text = joined(entry)  # refuses what is declared twice
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_what_a_module_imports_is_exported_there_and_used_here(path):
    text = path.read_text(encoding="utf-8")
    for names, place in re.findall(r'^import \{ ([^}]*) \} from "([^"]*)";', text, re.MULTILINE):
        other = (path.parent / place).resolve().read_text(encoding="utf-8")
        for name in re.split(r",\s+", names):
            exported = re.search(
                rf"^export (async )?(function|class|const|let) (\{{[^}}]*)?\b{name}\b", other, re.MULTILINE
            )
            assert exported, (name, place)
            assert len(re.findall(rf"\b{name}\b", text)) > 1, f"{name} is not used"
    assert text.count("\nimport ") == len(imported(text))


def test_a_page_takes_as_much_as_python_gives_it():
    text = (SCRIPTS / "playground" / "files.js").read_text(encoding="utf-8")
    limits = dict(re.findall(r"^const (MOST_\w+) = (\d+);", text, re.MULTILINE))
    assert limits == {name: str(getattr(playground, name)) for name in ("MOST_ROWS", "MOST_PARAMETERS")}


def test_two_modules_with_one_name_are_refused(tmp_path, monkeypatch):
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nconst x = b;\n')
    (tmp_path / "b.js").write_text("export const b = 1;\nconst x = 2;\n")
    monkeypatch.setattr("viz.pages.modules.SCRIPTS", tmp_path)
    with pytest.raises(ValueError, match="both declare x; rename one"):
        joined("a.js")


def test_comments_and_indentation_stay_in_the_sources(tmp_path, monkeypatch):
    text = '// why\nconst a = "; // no comment";\n\nfunction f() {\n    // why\n    return a; // because\n}\n'
    (tmp_path / "a.js").write_text(text)
    monkeypatch.setattr("viz.pages.modules.SCRIPTS", tmp_path)
    assert joined("a.js") == '"use strict";\nconst a = "; // no comment";\nfunction f() {\nreturn a;\n}\n'


def test_comments_of_styles_stay_in_the_sources():
    for path in SCRIPTS.with_name("styles").glob("*.css"):
        assert "/*" not in asset(path.name)
        assert asset(path.name).count("{") == path.read_text(encoding="utf-8").count("{")


# ---- the machine


def test_the_module_that_is_kept_was_made_of_these_sources():
    assert build.is_current(), "python -m viz.pages.machine.build (needs clang, lld and wasi-libc)"


def program_of(model, loss, rows, targets):
    """The program that `fit` runs for a model and a loss."""
    recorded = Recorded(Eager(model, LOSSES[loss]))
    recorded.gradients(Batch(rows), Batch(targets))
    assert not recorded.reason
    found, stack, seen = [], [fast.entries for fast in recorded._fast.values()], set()
    while stack:
        item = stack.pop()
        if id(item) in seen or isinstance(item, (int, float, str, Value, np.ndarray)):
            continue
        seen.add(id(item))
        if type(item).__name__ == "Program":
            found.append(item)
        elif isinstance(item, dict):
            stack += [*item.values(), *item]
        elif isinstance(item, (list, tuple)):
            stack += item
        elif type(item).__module__.startswith("autograd.jit"):
            stack += [getattr(item, name) for name in dir(item) if not name.startswith("__") and hasattr(item, name)]
    (program,) = [program for program in found if program.tiled_slots]  # the others are for single rows
    return program


PAGES_LOSSES = ("binary_cross_entropy", "hinge", "cross_entropy", "mse")


def random_network(rng):
    loss = rng.choice(PAGES_LOSSES)
    layers = [rng.choice([1, 2, 3, 4, 7, 16]) for _ in range(rng.randint(1, 4))]
    layers[-1] = rng.randint(2, 5) if loss == "cross_entropy" else layers[-1] if loss == "mse" else 1
    activations = [rng.choice(list(ACTIVATIONS)) for _ in layers[1:]] + ["linear"]
    return rng.choice([1, 2, 3, 5]), layers, activations, loss


def targets_for(loss, outputs, rng, n):
    if loss == "mse":
        return [[rng.random() for _ in range(outputs)] if outputs > 1 else rng.random() for _ in range(n)]
    choices = {"hinge": (-1, 1), "binary_cross_entropy": (0, 1)}.get(loss, range(outputs))
    return [rng.choice(choices) for _ in range(n)]


@browser_test
def test_the_words_of_random_networks_are_pythons(scripted):
    rng = random.Random(7)
    networks, wanted = [], []
    for seed in range(1000):
        nin, widths, activations, loss = random_network(rng)
        rows = [[rng.uniform(-1, 1) for _ in range(nin)] for _ in range(4)]
        dropout = rng.choice([0.0, 0.5])
        model = MLP(nin, widths, activations, seed=seed, dropout=dropout).train()
        program = program_of(model, loss, rows, targets_for(loss, widths[-1], rng, 4))
        layers = [{"neurons": n, "activation": a} for n, a in zip(widths, activations, strict=True)]
        networks.append([{"inputs": nin, "layers": layers}, loss, bool(dropout)])
        wanted.append(
            {
                "code": list(program.code),
                "uniform": list(program.uniform),
                "tiled": list(program.tiled),
                "uniformSlots": program.uniform_slots,
                "tiledSlots": program.tiled_slots,
                "constants": list(program.constants),
                "rowInputs": len(program.row_inputs),
                "places": list(program.row_inputs),
                "roots": [list(map(int, root)) for root in program.roots],
                "parameters": len(model.parameters()),
            }
        )
    page = scripted("engine/words.js")
    found = page.evaluate("(networks) => networks.map((given) => trainingProgram(...given))", networks)
    for network, ours, theirs in zip(networks, wanted, found, strict=True):
        assert theirs == ours, network


@browser_test
@pytest.mark.parametrize("seed", [0, 1, 12345, 2**32 + 7, 2**53 - 1])
def test_random_numbers_are_pythons(scripted, seed):
    found = scripted("engine/random.js").evaluate(
        """(seed) => {
          const r = new Random(seed);
          return [Array.from({ length: 700 }, () => r.random()), r.uniform(-2, 3), r.shuffle([...Array(100).keys()]),
            Array.from({ length: 50 }, () => r.below(7))];
        }""",
        seed,
    )
    r = random.Random(seed)
    numbers = [r.random() for _ in range(700)]
    between = r.uniform(-2, 3)
    order = list(range(100))
    r.shuffle(order)
    assert found == [numbers, between, order, [r.randrange(7) for _ in range(50)]]


@browser_test
@pytest.mark.parametrize("activation", ["relu", "tanh", "sin", "elu"])
@pytest.mark.parametrize("sizes", [[2, 5, 1], [1, 3, 2, 4], [7, 1]], ids=str)
def test_first_weights_are_those_of_an_mlp_with_this_seed(scripted, activation, sizes):
    model = MLP(sizes[0], sizes[1:], activation, seed=3)
    layers = [{"neurons": n, "activation": activation} for n in sizes[1:]]
    layers[-1]["activation"] = "linear"
    page = scripted("engine/trainer.js")
    found = page.evaluate("(n) => Array.from(firstParameters(n, 3))", {"inputs": sizes[0], "layers": layers})
    assert found == [p.data for p in model.parameters()]


# ---- the page


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> Path:
    return viz.playground(path=tmp_path_factory.mktemp("playground") / "play.html").path


def started(opened, path, **options):
    page = opened(path, **options)
    page.wait_for("#counter", "(epoch 0|as given, 0 further epochs)")
    return page


def state(page):
    return page.run("glassgrad.state()")


def model_of(page):
    """The model that the page's program ends with."""
    names: dict = {}
    exec(page.run("glassgrad.python()"), names)
    return names["model"]


def same_as_page(page, tolerance=1e-12):
    numbers = [p.data for p in model_of(page).parameters()]
    assert numbers == pytest.approx(state(page)["parameters"], rel=tolerance, abs=tolerance)


def test_a_page_is_one_small_file_that_may_ask_for_nothing(plain):
    text = plain.read_text(encoding="utf-8")
    assert len(text) < 400_000
    assert "default-src 'none'" in text
    assert "'wasm-unsafe-eval'" in text
    assert "unsafe-inline" not in text
    assert viz.playground().html == text


@browser_test
@pytest.mark.parametrize("width", [390, 800, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_asks_for_nothing_complains_of_nothing_and_fits(opened, plain, width, scheme):
    page = started(opened, plain, width=width, scheme=scheme)
    page.run("glassgrad.run(3)")
    page.page.click(".thumb >> nth=0")
    assert page.requests == [plain.as_uri()]
    assert page.complaints == []
    assert not page.overflows()
    assert page.contrast("#counter") > 4.5
    assert page.contrast("#under") > 4.5


DATA = ["moons", "circles", "xor", "spiral", "blobs", "vowels", "sine", "step", "plane"]


@browser_test
@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw"])
def test_after_200_steps_the_parameters_are_those_of_fit(opened, plain, optimizer):
    page = started(opened, plain)
    page.page.get_by_label("optimizer").select_option(optimizer)
    for data in DATA:
        page.page.select_option("#setup select >> nth=0", data)
        page.run("glassgrad.run(14)")  # of 15 steps
        assert state(page)["data"]["set"] == data
        assert state(page)["settings"]["optimizer"] == optimizer
        assert state(page)["epoch"] == 14
        same_as_page(page)


@browser_test
def test_whatever_was_done_the_program_does_again(opened, plain):
    page = started(opened, plain)
    page.run("glassgrad.run(2)")
    page.run("glassgrad.set('layers.0.neurons.2.w.1', 0.5)")
    page.run("glassgrad.set('layers.0.neurons.2.b', -0.25)")
    page.press("e", "b", "b")
    page.page.get_by_label("learning rate").fill("0.005")
    page.page.get_by_label("weight decay").fill("0.01")
    page.page.get_by_label("batch size").fill("0")
    page.press("Tab")
    page.run("glassgrad.run(3)")
    page.page.mouse.click(*middle_of(page, "#cover"))
    page.run("glassgrad.run(2)")
    same_as_page(page)
    page.page.get_by_label("loss", exact=True).select_option("hinge")
    page.run("glassgrad.run(2)")
    page.page.get_by_label("optimizer").select_option("sgd")
    page.page.get_by_label("momentum").fill("0.9")
    page.press("Tab")
    page.run("glassgrad.run(2)")
    same_as_page(page, 1e-9)  # where hinge's gradients of all rows cancel, Adam makes steps of what rounding leaves
    assert page.complaints == []


def middle_of(page, selector):
    box = page.page.locator(selector).bounding_box()
    return box["x"] + box["width"] * 0.52, box["y"] + box["height"] * 0.31


@browser_test
def test_a_model_and_data_from_python_come_as_they_are(opened, tmp_path):
    X, y = moons(60, noise=0.1, seed=2)
    model = MLP(2, [5, 3, 1], ["gelu", "leaky_relu", "linear"], seed=4)
    fit(model, X, y, epochs=3, progress=False)
    page = started(opened, viz.playground(model, X, y, tmp_path / "p.html").path)
    found = state(page)
    assert found["parameters"] == [p.data for p in model.parameters()]
    assert found["names"] == [name for name, _ in model.named_parameters()]
    assert (found["data"]["X"], found["data"]["y"]) == ([list(row) for row in X], list(y))
    page.run("glassgrad.run(5)")
    same_as_page(page)
    loaded = load(tmp_weights(page, tmp_path))
    assert [p.data for p in loaded.parameters()] == state(page)["parameters"]


def tmp_weights(page, folder):
    path = folder / "model.json"
    path.write_text(page.run("glassgrad.weights()"), encoding="utf-8")
    return path


@browser_test
def test_the_numbers_of_a_neuron_are_the_engines(opened, tmp_path):
    X, y = [[0.5, -1.0], [1.5, 2.0], [0.1, 0.3]], [1, 0, 1]
    model = MLP(2, [3, 1], "tanh", seed=1)
    page = started(opened, viz.playground(model, X, y, tmp_path / "p.html").path)
    page.page.click("[aria-label='layer 0 · neuron 1']")
    values = [Value(x) for x in X[0]]
    out = model(values)
    hidden = model.layers[0].neurons[1]
    with_loss = LOSSES["binary_cross_entropy"]([out], [1])
    with_loss.backward()
    z = sum((w.data * x for w, x in zip(hidden.w, X[0], strict=True)), hidden.b.data)
    text = page.text("#inspector")
    assert f"= {z:.4g}".rstrip("0") in text
    assert f"by the sum {hidden.b.grad:.4g}".rstrip("0") in text
    total = LOSSES["binary_cross_entropy"]([model(row) for row in X], y)
    model.zero_grad()
    total.backward()
    assert f"{hidden.w[0].grad:.4g}".rstrip("0") in text


@browser_test
def test_a_weight_typed_in_moves_every_number(opened, plain):
    page = started(opened, plain)
    page.page.click(".thumb >> nth=0")
    before = page.text("#counter")
    field = page.page.get_by_label("layer 0 · neuron 0 · w[0]", exact=True)
    field.fill("2.5")
    page.press("Tab")
    assert state(page)["parameters"][0] == 2.5
    assert page.text("#counter") != before
    page.page.click("#undo")
    assert state(page)["parameters"][0] != 2.5


TIMES = "\N{MULTIPLICATION SIGN}"
FOCUSED = "document.activeElement.getAttribute('aria-label')"


@browser_test
def test_the_written_sum_follows_what_is_typed_and_the_focus_stays(opened, plain):
    page = started(opened, plain)
    page.page.click(".thumb >> nth=0")
    before = page.text("#inspector .equation >> nth=0"), page.run("document.querySelector('#inspector svg').innerHTML")
    gradient = page.text("#inspector tbody td:nth-child(4) >> nth=0")
    page.page.get_by_label("layer 0 · neuron 0 · w[0]", exact=True).select_text()
    page.page.keyboard.type("2.5")
    assert page.text("#inspector .equation >> nth=0").startswith(f"sum = 2.5 {TIMES} ")
    page.press("Enter")
    assert page.run(FOCUSED) == "layer 0 · neuron 0 · w[0]"
    assert page.text("#inspector .equation >> nth=0") != before[0]
    assert page.run("document.querySelector('#inspector svg').innerHTML") != before[1]
    assert page.text("#inspector tbody td:nth-child(4) >> nth=0") != gradient
    page.press("ArrowLeft")
    page.page.keyboard.type("7")  # the caret is where it was
    assert state(page)["parameters"][0] == 2.75
    page.press("Tab")
    page.page.keyboard.type("-1")
    assert page.run(FOCUSED) == "layer 0 · neuron 0 · w[1]"
    assert state(page)["parameters"][:2] == [2.75, -1]
    page.page.get_by_label("layer 0 · neuron 0 · b", exact=True).click()
    page.press("Control+a")
    page.page.keyboard.type("-")
    assert state(page)["parameters"][:2] == [2.75, -1]
    page.page.keyboard.type("4")
    assert state(page)["parameters"][2] == -4
    assert " + (-4) = " in page.text("#inspector .equation >> nth=0")
    page.page.click("#undo")
    assert state(page)["parameters"][2] == 0  # the number typed is undone as a whole
    assert page.page.get_by_label("layer 0 · neuron 0 · b", exact=True).input_value() == "0"
    assert page.complaints == []


@browser_test
def test_points_can_be_added_moved_and_removed_with_mouse_and_keys(opened, plain):
    page = started(opened, plain)
    count = len(state(page)["data"]["X"])
    x, y = middle_of(page, "#cover")
    box = page.page.locator("#cover").bounding_box()
    corner = box["x"] + 12, box["y"] + 12
    page.page.mouse.click(*corner)
    assert len(state(page)["data"]["X"]) == count + 1
    added = state(page)["data"]["X"][-1]
    page.page.mouse.move(*corner)
    page.page.mouse.down()
    page.page.mouse.move(corner[0] + 40, corner[1] + 5)
    page.page.mouse.up()
    assert state(page)["data"]["X"][-1] != added
    assert len(state(page)["data"]["X"]) == count + 1
    page.page.mouse.dblclick(corner[0] + 40, corner[1] + 5)
    assert len(state(page)["data"]["X"]) == count
    page.page.focus("#cover")
    page.press("ArrowRight", "ArrowUp", "Enter")
    assert len(state(page)["data"]["X"]) == count + 1
    page.press("Delete")
    assert len(state(page)["data"]["X"]) == count
    assert "p(" in page.text("#under")
    assert (x, y) != corner


@browser_test
def test_everything_can_be_reached_by_keyboard(opened, plain):
    page = started(opened, plain)
    page.press("e")
    page.wait_for("#counter", "epoch 1")
    page.press(" ")
    page.wait_for("#play", "Pause")
    page.press(" ")
    page.wait_for("#play", "Play")
    page.press("r")
    page.wait_for("#counter", "epoch 0")
    page.press("s")
    page.wait_for("#slow", "Start, step 1")
    reached = set()
    for _ in range(90):
        page.press("Tab")
        reached.add(
            page.run("document.activeElement.id || document.activeElement.className || document.activeElement.tagName")
        )
    assert {"play", "cover", "columns", "thumb", "python", "layer-more"} <= reached


@browser_test
@pytest.mark.parametrize("loss", ["binary_cross_entropy", "hinge"])
def test_slow_motion_goes_forward_back_and_takes_the_step(opened, plain, loss):
    page = started(opened, plain)
    page.page.get_by_label("loss", exact=True).select_option(loss)
    before = state(page)["parameters"]
    page.page.click("#sample")
    seen = []
    while page.page.locator("#slow").is_visible():
        seen.append(page.text("#slow .kicker"))
        page.page.click("#slow button >> nth=1")
    kinds = [text.split(",")[0] for text in seen]
    assert kinds == ["Start", *["Forward"] * 3, "Loss", *["Backward"] * 3, "Update"]
    assert state(page)["parameters"] != before
    same_as_page(page)


def rows_of_step(page):
    """The lines of the step that slow motion shows, cell by cell."""
    cells = "Array.from(row.cells, (cell) => cell.textContent)"
    lines = page.run(f"Array.from(document.querySelectorAll('#slow tr'), (row) => {cells})")
    return [[cell.replace("\N{MINUS SIGN}", "-") for cell in line] for line in lines]


def number(text):
    return float(text.strip("()"))


@browser_test
def test_slow_motion_writes_out_every_product_slope_and_step(opened, tmp_path):
    X, y = [[0.5, -1.0], [1.5, 2.0]], [0, 1]
    model = MLP(2, [2, 3, 1], ["sigmoid", "relu", "linear"], seed=3)
    page = started(opened, viz.playground(model, X, y, tmp_path / "p.html").path)
    page.page.click("#sample")
    seen = {}
    while page.page.locator("#slow").is_visible():
        seen[page.text("#slow h2")] = page.text("#slow p >> nth=1"), rows_of_step(page)
        page.page.click("#slow button >> nth=1")
    loss = LOSSES["binary_cross_entropy"]([model([Value(x) for x in X[0]])], [0])
    loss.backward()
    words, _ = next(found for title, found in seen.items() if title.startswith("The loss"))
    z = model(X[0])
    assert "sigmoid(z) = 1 / (1 + e^\N{MINUS SIGN}z)" in words
    assert f"= {1 / (1 + math.exp(-z)):.4g}".rstrip("0") in words
    for depth in (0, 1):
        for neuron, line in zip(model.layers[depth].neurons, seen[f"Back through layer {depth}"][1], strict=True):
            by_answer, total = line[1].removeprefix("answer: ").split(" = ")
            products = [[number(x) for x in term.split(f" {TIMES} ")] for term in by_answer.split(" + ")]
            assert sum(g * w for g, w in products) == pytest.approx(number(total), rel=2e-3, abs=1e-6)
            upper, rest = line[2].removeprefix("sum: ").split(f" {TIMES} slope ")
            slope, found = rest.split(" = ")
            assert number(upper) == number(total)
            assert number(upper) * number(slope) == pytest.approx(number(found), rel=2e-3, abs=1e-6)
            assert number(found) == pytest.approx(neuron.b.grad, rel=1e-3, abs=1e-9)
    assert len(seen["Every parameter takes one step"][1]) == len(model.parameters()) == 19
    assert page.complaints == []


@browser_test
def test_what_slow_motion_leaves_out_is_counted(opened, plain):
    page = started(opened, plain)  # 2 inputs, 6, 4 and 1 neurons: 51 parameters
    page.page.click("#sample")
    while "Every parameter" not in page.text("#slow h2"):
        page.page.click("#slow button >> nth=1")
    assert len(rows_of_step(page)) == 31
    assert rows_of_step(page)[-1] == ["…", "and 21 more, with smaller gradients"]


@browser_test
def test_layers_neurons_and_activations_can_be_changed(opened, plain):
    page = started(opened, plain)
    page.page.click("#layer-more")
    assert [layer["neurons"] for layer in state(page)["network"]["layers"]] == [6, 4, 4, 1]
    page.page.get_by_label("One neuron more in layer 0").click()
    page.page.get_by_label("Activation of layer 1").select_option("relu")
    layers = state(page)["network"]["layers"]
    assert (layers[0]["neurons"], layers[1]["activation"]) == (7, "relu")
    for _ in range(3):
        page.page.click("#layer-less")
    assert [layer["neurons"] for layer in state(page)["network"]["layers"]] == [1]
    page.run("glassgrad.run(2)")
    same_as_page(page)


@browser_test
def test_the_state_is_in_the_address(opened, plain):
    page = started(opened, plain)
    page.page.select_option("#setup select >> nth=0", "circles")
    page.page.get_by_label("learning rate").fill("0.5")
    page.press("Tab")
    again = page.beside(page.run("location.href"))
    again.until("Boolean(window.glassgrad)")
    found = again.run("glassgrad.state()")
    assert (found["data"]["set"], found["settings"]["lr"]) == ("circles", 0.5)


@browser_test
@pytest.mark.parametrize(
    "junk", ["%7B", "%7B%22source%22%3A%7B%22set%22%3A%22nope%22%7D%7D", "x" * 5000, "null", "[1]"]
)
def test_junk_in_the_address_does_no_harm(opened, plain, junk):
    page = started(opened, plain)
    again = page.beside(plain.as_uri() + "#" + junk)
    again.until("Boolean(window.glassgrad)")
    assert again.run("glassgrad.state().parameters.length") > 0


TABLES = [
    ("a,b,kind\n1,2,cat\n2,3,dog\n3,1,cat\n4,4,dog\n", 2, "4 rows, 2 inputs"),
    ("a;b;c;price\n1;2;3;10.5\n2;3;4;20.25\n3;1;0;30.5\n", 0, "3 rows, 3 inputs"),
    ('"x","y"\n1,0\n2,1\n3,2\n4,0\n', 3, "4 rows, 1 input on"),
    ("a,b\n1,x\n", None, "needs a first line"),
    ("a,b\n1,x\nq,y\n", 2, 'line 3 has "q", so all are taken as texts'),
    ("a,b\n1,x\n2,y,3\n", None, "line 3 has 3 cells and the first line 2"),
    ("a,b\n1,x\n2,x\n", None, "has one class only"),
    ("<script>alert(1)</script>,b\n1,x\n2,y\n", 2, "2 rows"),
    ("a,b,c\n1,x,0\n2,x,\n3,x,1\n", 2, "b left out: the same in every row 1 row without c left out"),
    ('a,"b, c",d\n1,"x, ""y""",0\n2,z,1\n', 2, "2 rows, 2 inputs"),
    ("a,b\nx,1\nx,2\n", None, "predict: a b a left out: the same"),
    ("a,b\n1,\n2,\n", None, "is empty in all rows but 0"),
    ("a,b\n" + "".join(f"t{i},{i}\n" for i in range(21)), None, "a left out: 21 different texts"),
]
MIXED = "age,city,smoker,flat,cost\n" + "".join(
    f"{'' if i % 9 == 4 else 20 + i * 7 % 41},{'NA' if i % 13 == 5 else ('Bern', 'Genf', 'Basel')[i * i % 3]},"
    f"{('no', 'yes')[i % 2]},1,{i * 3.25 + 0.125}\n"
    for i in range(40)
)


def give(page, name, text):
    page.page.set_input_files(
        "#setup input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": text.encode("utf-8")}
    )
    page.until(f"document.getElementById('said').textContent.includes({name!r})")
    return page.text("#said")


@browser_test
def test_a_state_and_a_model_are_taken_in_again(opened, plain):
    page = started(opened, plain)
    page.page.select_option("#setup select >> nth=0", "blobs")
    page.run("glassgrad.run(3)")
    saved, weights, before = page.run("glassgrad.file()"), page.run("glassgrad.weights()"), state(page)
    other = started(opened, plain)
    assert "parameters" in give(other, "state.json", saved)
    found = state(other)
    assert (found["parameters"], found["data"]["X"]) == (before["parameters"], before["data"]["X"])
    other.run("glassgrad.run(2)")
    same_as_page(other)
    page.run("glassgrad.reset(9)")
    give(page, "model.json", weights)
    assert state(page)["parameters"] == before["parameters"]
    assert page.complaints == other.complaints == []


@browser_test
def test_networks_averaged_into_one_are_taken_in_or_refused_in_a_sentence(opened, plain, tmp_path):
    page = started(opened, plain)
    X, y = moons(30, seed=1)
    model = MLP(2, [16, 16, 1], "tanh", seed=1)
    fit(model, X, [[float(t)] for t in y], loss="mse", epochs=1, ensemble=5, seed=1)
    save(model, tmp_path / "model.json")
    said = give(page, "model.json", (tmp_path / "model.json").read_text(encoding="utf-8"))
    assert "a layer has 80 neurons, as where several networks were averaged into one" in said
    assert state(page)["parameters"] == [p.data for p in model.parameters()]
    page.page.get_by_role("button", name="One neuron less in layer 0").click()
    assert [layer["neurons"] for layer in state(page)["network"]["layers"]] == [79, 80, 1]
    save(MLP(2, [200, 200, 1], seed=1), tmp_path / "model.json")
    give(page, "model.json", (tmp_path / "model.json").read_text(encoding="utf-8"))
    page.until("document.getElementById('said').textContent.includes('not taken')")
    said = page.text("#said")
    assert "41,001 parameters, and at most 20,000 can be shown here" in said
    assert "--ensemble 1 trains one alone" in said
    assert page.complaints == []


@browser_test
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: "{", "this is no JSON"),
        (lambda s: "[]", "neither a state"),
        (lambda s: s | {"parameters": [1.0]}, "its parameters must be"),
        (lambda s: s | {"hidden": [{"neurons": 1e9, "activation": "tanh"}]}, "at most 20,000 can be shown"),
        (lambda s: s | {"hidden": [{"neurons": 0, "activation": "tanh"}]}, "a layer has neurons"),
        (lambda s: s | {"hidden": [{"neurons": 3, "activation": "constructor"}]}, "a layer has neurons"),
        (lambda s: s | {"data": {"X": [["a"]] * 3, "y": [1, 2, 3], "classes": 0}}, "its rows must be"),
        (lambda s: s | {"data": {"X": [[1.0]] * 3, "y": [1, 2, 7], "classes": 3}}, "its targets must be"),
        (lambda s: {"format": "glassgrad mlp 1", "nin": 7, "layers": []}, "takes 7 inputs"),
        (lambda s: {"format": "glassgrad mlp 1", "nin": 2, "layers": []}, "the model has no layers"),
    ],
)
def test_a_file_that_is_damaged_says_how_and_the_page_goes_on(opened, plain, change, words):
    page = started(opened, plain)
    made = change(json.loads(page.run("glassgrad.file()")))
    assert words in give(page, "x.json", made if isinstance(made, str) else json.dumps(made))
    page.run("glassgrad.run(1)")
    same_as_page(page)
    assert page.complaints == []


@browser_test
@pytest.mark.parametrize(("text", "classes", "words"), TABLES)
def test_a_table_can_be_brought(opened, plain, tmp_path, text, classes, words):
    table = tmp_path / "table.csv"
    table.write_text(text, encoding="utf-8")
    page = started(opened, plain)
    page.page.set_input_files("#setup input[type=file]", table)
    page.until("document.getElementById('said').textContent.includes('table.csv')")
    assert words in page.text("#said")
    if classes is not None:
        found = state(page)
        assert found["network"]["layers"][-1]["neurons"] == (classes if classes > 2 else 1)
        page.run("glassgrad.run(3)")
        same_as_page(page)
    assert page.complaints == []


@browser_test
def test_a_table_of_numbers_texts_and_gaps_becomes_what_train_makes_of_it(opened, plain, tmp_path):
    (tmp_path / "mixed.csv").write_text(MIXED, encoding="utf-8")
    data = load_dataset(str(tmp_path / "mixed.csv"), target="cost", validation=0.0, held_out=0.0)
    page = started(opened, plain)
    assert "flat left out" in give(page, "mixed.csv", MIXED)
    found = json.loads(page.run("glassgrad.file()"))["data"]
    assert found["names"] == list(data.schema.inputs)
    order = np.argsort(np.ravel(data.train.targets))
    theirs = np.asarray(data.train.rows)[order]
    np.testing.assert_allclose(np.asarray(found["X"])[np.argsort(found["y"])], theirs, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(sorted(found["y"]), np.sort(np.ravel(data.train.targets)), rtol=1e-12, atol=1e-12)
    assert "a slice where the other 3 inputs are 0" in page.text("#axes")
    page.page.select_option("#axes select >> nth=1", label="smoker = yes")
    page.page.mouse.move(0, 0)
    page.page.hover("#cover")
    assert re.match(r"age -?\d.*, smoker = yes -?\d", page.text("#under"))
    page.page.select_option("#axes select >> nth=0", label="smoker = yes")  # taken already: the two are exchanged
    page.page.hover("#cover", position={"x": 20, "y": 20})
    assert re.match(r"smoker = yes -?\d.*, age -?\d", page.text("#under"))
    assert page.complaints == []


@browser_test
def test_of_two_inputs_the_first_goes_to_the_right_whatever_values_they_take(opened, plain):
    page = started(opened, plain)
    give(page, "two.csv", "yes,size,kind\n" + "".join(f"{i % 2},{i},{'ab'[i % 3 == 0]}\n" for i in range(12)))
    page.page.hover("#cover")
    assert re.match(r"yes -?\d.*, size -?\d", page.text("#under"))
    assert not page.page.is_visible("#axes")


def test_the_page_and_train_take_the_same_texts_for_gaps():
    text = (SCRIPTS / "engine" / "table.js").read_text(encoding="utf-8")
    assert set(json.loads(f"[{re.search(r'MISSING = new Set..([^)]*)..;', text)[1]}]")) == MISSING


@browser_test
@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        ("NAMES.forEach((n) => glassgrad.set(n, 0))", "have the same weights"),
        (
            "NAMES.filter((n) => n.startsWith('layers.0') && n.endsWith('b')).forEach((n) => glassgrad.set(n, 60))",
            "of the tanh neurons of layer 0 stand at one end",
        ),
    ],
)
def test_the_clinic_names_what_is_wrong(opened, plain, prepare, words):
    page = started(opened, plain)
    page.run(prepare.replace("NAMES", "glassgrad.state().names"))
    assert words in page.text("#clinic")


@browser_test
def test_a_learning_rate_far_too_high_is_named_and_undone(opened, plain):
    page = started(opened, plain)
    page.page.get_by_label("optimizer").select_option("sgd")
    page.page.select_option("#setup select >> nth=0", "plane")
    page.page.get_by_label("Activation of layer 0").select_option("linear")
    page.page.get_by_label("learning rate").fill("100")
    page.press("Tab")
    page.page.click("#play")
    page.wait_for("#clinic li", "The numbers have become too large")
    page.page.click("#undo")
    assert all(isinstance(p, float | int) for p in state(page)["parameters"])
    assert "too large" not in page.run("document.getElementById('clinic').textContent")


@browser_test
def test_set_refuses_what_is_no_parameter_or_no_number(opened, plain):
    page = started(opened, plain)
    for call in (
        "glassgrad.set('layers.9.neurons.0.w.0', 1)",
        "glassgrad.set('x', 1)",
        "glassgrad.set('layers.0.neurons.0.w.0', NaN)",
    ):
        assert page.run(f"(() => {{ try {{ {call}; return ''; }} catch (error) {{ return error.message; }} }})()")


@browser_test
def test_the_same_seed_gives_the_same_numbers(opened, plain):
    page = started(opened, plain)
    first = page.run("glassgrad.run(3)")["parameters"]
    page.run("glassgrad.reset()")
    assert state(page)["epoch"] == 0
    assert page.run("glassgrad.run(3)")["parameters"] == first
    page.run("glassgrad.reset(2)")
    assert page.run("glassgrad.run(3)")["parameters"] != first
    same_as_page(page)


@browser_test
@pytest.mark.parametrize("name", ["circles", "sine", "blobs"])
def test_a_page_can_begin_with_any_of_its_data_sets(opened, tmp_path, name):
    page = started(opened, viz.playground(dataset=name, path=tmp_path / "p.html").path)
    assert state(page)["data"]["set"] == name


def test_the_data_sets_are_those_of_the_scripts():
    text = (SCRIPTS / "engine" / "data.js").read_text(encoding="utf-8")
    assert re.findall(r"^  (\w+): \{ (?:classes|inputs)", text, re.MULTILINE) == list(DATA_SETS)
    with pytest.raises(ValueError, match="dataset must be one of moons, circles"):
        viz.playground(dataset="nope")


# ---- from Python


@browser_test
def test_the_page_begins_with_the_training_that_is_said(opened, tmp_path):
    made = viz.playground(path=tmp_path / "p.html", optimizer="sgd", lr=0.25, batch_size=0)
    settings = state(started(opened, made.path))["settings"]
    assert (settings["optimizer"], settings["lr"], settings["batch"]) == ("sgd", 0.25, 0)


class Odd(Module):
    pass


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: viz.playground(Odd()), TypeError, "must be an nn.MLP, got Odd"),
        (lambda: viz.playground(Layer(2, 1, seed=1)), TypeError, "must be an nn.MLP, got Layer"),
        (lambda: viz.playground(MLP(2, [1], seed=1), [[1.0, 2.0]]), ValueError, "X and y belong together"),
        (lambda: viz.playground(MLP(3, [1], seed=1)), ValueError, "3 inputs and 1 outputs needs data of its own"),
        (lambda: viz.playground(MLP(2, [1], seed=1, bias=False)), ValueError, "layer 0 has no biases"),
        (lambda: viz.playground(MLP(2, [1], seed=1), [[1.0]] * 3, [0, 1, 0]), ValueError, "takes 2 inputs and"),
        (lambda: viz.playground(MLP(2, [2], seed=1), [[1.0, 2.0]] * 3, [0.5, 1, 0]), ValueError, "want a model of 1"),
        (lambda: viz.playground(None, [[1.0, 2.0]] * 2001, [0.5] * 2001), ValueError, "2,001 rows of 2 inputs"),
        (lambda: viz.playground(MLP(2, [300, 100, 1], seed=1)), ValueError, "31,101 parameters are more than"),
        (lambda: viz.playground(optimizer="lbfgs"), ValueError, "optimizer must be one of sgd, adam, adamw"),
        (lambda: viz.playground(lr=0.0), ValueError, "lr must be above 0"),
        (lambda: viz.playground(lr="x"), TypeError, "playground: lr"),
        (lambda: viz.playground(batch_size=-1), ValueError, "batch_size must be a whole number from 0 on"),
        (lambda: viz.playground(loss="mse"), ValueError, "loss must be one of binary_cross_entropy, hinge"),
        (lambda: viz.playground(MLP(2, [3, 1], lambda v: v.tanh(), seed=1)), ValueError, "must have one activation"),
    ],
)  # fmt: skip
def test_what_cannot_be_played_with_is_named(make, error, words):
    with pytest.raises(error, match=words):
        make()


@pytest.mark.parametrize(
    ("y", "classes", "loss"),
    [
        ([0, 1, 1, 0], 2, "binary_cross_entropy"),
        ([-1, 1, 1, -1], 2, "hinge"),
        ([0, 1, 2, 0], 3, "cross_entropy"),
        ([0.5, 1.5, 2.0, 0.0], 0, "mse"),
        ([[0.5, 1.0], [1.5, 2.0], [2.0, 1.0], [0.0, 0.0]], 0, "mse"),
        ([-3, 4, 5, 6], 0, "mse"),
        ([True, False, True, False], 2, "binary_cross_entropy"),
    ],
)
def test_targets_say_what_kind_of_task_it_is(y, classes, loss):
    data = Parsed(viz.playground(None, [[1.0, 2.0], [2.0, 1.0], [0.0, 1.0], [3.0, 3.0]], y).html).data()
    assert (data["data"]["classes"], data["loss"]) == (classes, loss)


PIXELS = [[0.0, 1.0, 0.5, 0.0, 0.25, 1.0], [1.0, 0.0, 0.5, 1.0, 0.0, 0.0], [0.5, 0.5, 0.0, 0.0, 1.0, 0.25]]


def test_rows_of_pixels_with_classes_are_pictures():
    data = Parsed(viz.playground(None, PIXELS, [0, 1, 0], picture=(2, 3)).html).data()["data"]
    assert data["view"] == {"kind": "image", "rows": 2, "columns": 3}


@pytest.mark.parametrize(
    ("targets", "picture"), [([0, 1, 0], (2, 2)), ([0, 1, 0], (6,)), ([0.5, 1.5, 0.25], (2, 3)), ([0, 1, 0], (1, 2, 3))]
)
def test_what_is_no_picture_is_told_how_many_pixels_its_rows_have(targets, picture):
    with pytest.raises(ValueError, match="picture must be the rows and columns of 6 pixels, with classes as targets"):
        viz.playground(None, PIXELS, targets, picture=picture)


@pytest.mark.parametrize("label", ["</script><script>alert(1)</script>", '"><img src=x>', "\u2028\0\ud800"])
def test_no_name_changes_the_structure_of_the_page(label):
    X, y = [[1.0, 2.0], [2.0, 1.0], [0.0, 1.0]], [0, 1, 0]
    tame = Parsed(viz.playground(None, X, y, title="t").html)
    wild = Parsed(viz.playground(None, X, y, classes=[label, label], names=[label, label], title="t").html)
    assert [tag for tag, _ in tame.elements] == [tag for tag, _ in wild.elements]


def test_every_activation_of_nn_has_a_code_and_a_place_in_the_list():
    text = (SCRIPTS / "playground" / "lab.js").read_text(encoding="utf-8")
    listed = json.loads(re.search(r"ACTIVATIONS = (\[[^\]]*\])", text)[1])
    assert sorted(listed) == sorted(ACTIVATIONS)
    assert all(a != b for a, b in itertools.pairwise(sorted(listed)))


# ---- the command


def run_command(capsys, *arguments):
    from nn.__main__ import main

    code = main(["playground", *map(str, arguments)])
    found = capsys.readouterr()
    return code, found.out, found.err


def test_the_command_writes_the_page_and_says_where(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, _ = run_command(capsys)
    assert (code, out) == (0, "written to playground.html\n")
    assert (tmp_path / "playground.html").read_text(encoding="utf-8") == viz.playground().html


def test_a_table_of_ones_own_is_played_with(tmp_path, capsys):
    table = tmp_path / "flowers.csv"
    rows = [f"{k % 5 + 0.5},{k % 7},{'red' if k % 2 else 'blue'}" for k in range(40)]
    table.write_text("\n".join(["length,width,color", *rows]) + "\n", encoding="utf-8")
    code, _, _ = run_command(capsys, table, "--target", "color", "-o", tmp_path / "p.html")
    assert code == 0
    data = Parsed((tmp_path / "p.html").read_text(encoding="utf-8")).data()["data"]
    assert (data["names"], data["classNames"], len(data["X"])) == (["length", "width"], ["blue", "red"], 40)


def played(tmp_path, capsys, count, *options):
    table = tmp_path / "t.csv"
    lines = [f"{k % 5 + 0.5},{k % 7},{k % 3},{'red' if k % 2 else 'blue'}" for k in range(count)]
    table.write_text("\n".join(["length,width,height,color", *lines]) + "\n", encoding="utf-8")
    code, out, _ = run_command(capsys, table, "--target", "color", "-o", tmp_path / "p.html", *options)
    assert code == 0
    return out, Parsed((tmp_path / "p.html").read_text(encoding="utf-8")).data()["data"]


def test_rows_of_a_table_are_held_out_as_train_does(tmp_path, capsys):
    out, data = played(tmp_path, capsys, 40)
    assert (data["held"], len(data["X"])) == (8, 40)
    assert "8 of 40 rows are held out; --held-out 0 trains on all\n" in out


@browser_test
def test_the_page_of_a_table_says_from_the_start_that_its_plane_is_a_slice(opened, tmp_path, capsys):
    played(tmp_path, capsys, 40)
    page = started(opened, tmp_path / "p.html")
    assert page.text("#axes").endswith("upward: a slice where the other input is 0, of a number its mean.")
    chosen = "[...document.querySelectorAll('#axes select')].map((select) => select.selectedOptions[0].text)"
    assert page.run(chosen) == ["length", "width"]


@pytest.mark.parametrize(("count", "options"), [(40, ("--held-out", "0")), (9, ())])
def test_where_no_rows_are_held_out_it_is_said(tmp_path, capsys, count, options):
    out, data = played(tmp_path, capsys, count, *options)
    assert (data["held"], len(data["X"])) == (0, count)
    assert "no rows are held out" in out


def test_of_a_large_table_both_parts_are_thinned_alike(tmp_path, capsys):
    out, data = played(tmp_path, capsys, 5000)
    assert (data["held"], len(data["y"])) == (400, 2000)
    assert "5,000 rows are more than a page shows; 2,000 of them are taken" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--target", "x"], "--target names a column of a CSV file"),
        (["nothing.csv", "--target", "x"], "nothing.csv"),
        (["spiral", "--target", "x"], "--target names a column of a CSV file"),
        (["-o", "a.txt"], "has to end in .html"),
        (["-o", "no/such/folder.html"], "does not exist"),
    ],
)
def test_wrong_commands_are_told_in_one_line(arguments, words, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = run_command(capsys, *arguments)
    assert code == 2
    assert words in err
    assert err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_only_open_opens_a_browser(tmp_path, capsys, monkeypatch):
    opened_pages = []
    monkeypatch.setattr("webbrowser.open", opened_pages.append)
    run_command(capsys, "-o", tmp_path / "a.html")
    assert opened_pages == []
    run_command(capsys, "-o", tmp_path / "a.html", "--open")
    assert opened_pages == [(tmp_path / "a.html").resolve().as_uri()]


@browser_test
@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw"])
def test_an_l1_penalty_is_that_of_fit(opened, plain, optimizer):
    page = started(opened, plain)
    page.page.get_by_label("optimizer").select_option(optimizer)
    page.page.get_by_label("L1 penalty").fill("0.01")
    page.press("Tab", "e", "b", "b")
    page.run("glassgrad.run(8)")
    assert "l1=0.01" in page.run("glassgrad.python()")
    same_as_page(page)
    page.page.get_by_label("L1 penalty").fill("0")
    page.press("Tab")
    page.run("glassgrad.run(2)")
    same_as_page(page)
    assert page.complaints == []


# ---- dropout


def with_dropout(page, share):
    page.page.get_by_label("dropout", exact=True).fill(str(share))
    page.press("Tab")


@browser_test
@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw"])
def test_with_dropout_the_parameters_after_200_steps_are_those_of_fit(opened, plain, optimizer):
    page = started(opened, plain)
    page.page.get_by_label("optimizer").select_option(optimizer)
    for data, share in itertools.product(["moons", "blobs", "sine"], [0.1, 0.5]):
        page.page.select_option("#setup select >> nth=0", data)
        with_dropout(page, share)
        page.run("glassgrad.reset()")
        page.run("glassgrad.run(14)")  # of 15 steps
        assert f"dropout={share})" in page.run("glassgrad.python()")
        same_as_page(page)
    assert page.complaints == []


@browser_test
def test_dropout_changed_in_between_undone_and_by_hand_is_what_the_program_does(opened, plain):
    page = started(opened, plain)
    page.press("e", "b")
    with_dropout(page, 0.3)
    page.press("e", "b", "b")
    page.run("glassgrad.run(2)")
    page.press("u")  # the last epochs by hand, with the units they left out
    page.press("e", "s")
    while page.page.locator("#slow").is_visible():
        page.page.click("#slow button >> nth=1")
    with_dropout(page, 0)
    page.press("e")
    with_dropout(page, 0.6)
    same_as_page(page)
    page.page.get_by_label("loss", exact=True).select_option("hinge")
    page.press("e", "b")
    page.page.mouse.click(*middle_of(page, "#cover"))
    page.press("e")
    assert "model.dropout = 0.6" in page.run("glassgrad.python()") or "dropout=0.6" in page.run("glassgrad.python()")
    same_as_page(page)
    assert page.complaints == []


@browser_test
def test_slow_motion_shows_the_units_that_the_step_leaves_out(opened, plain):
    page = started(opened, plain)
    with_dropout(page, 0.5)
    page.run("glassgrad.reset()")
    page.page.click("#sample")
    model = MLP(2, [6, 4, 1], ["tanh", "tanh", "linear"], seed=1, dropout=0.5)
    mask = model.masks(1)[0]
    page.page.click("#slow button >> nth=1")
    lines = page.run("Array.from(document.querySelectorAll('#slow tr'), (line) => line.textContent)")
    assert ["left out" in line for line in lines] == [factor == 0 for factor in mask[:6]]
    assert f"leaves {sum(mask[:6] == 0)} of 6 out" in page.text("#slow")
    row = state(page)["data"]["X"][0]
    target = state(page)["data"]["y"][0]
    out = model.masked([Value(x) for x in row], mask.tolist())
    loss = LOSSES["binary_cross_entropy"]([out], [target])
    for _ in range(3):
        page.page.click("#slow button >> nth=1")
    assert f"The loss of this row is {loss.data:.4g}".rstrip("0") in page.text("#slow h2")
    loss.backward()
    largest = max(model.parameters(), key=lambda p: abs(p.grad))
    for _ in range(4):
        page.page.click("#slow button >> nth=1")
    first = page.text("#slow tr >> nth=0").replace("\N{MINUS SIGN}", "-")
    assert f"gradient {largest.grad:.4g}".rstrip("0") in first
    same_as_page(page)


@browser_test
def test_dropout_is_in_the_address_the_state_and_the_weights(opened, plain, tmp_path):
    page = started(opened, plain)
    with_dropout(page, 0.25)
    assert page.page.locator("#dropout-note").is_visible()
    again = page.beside(page.run("location.href"))
    again.until("Boolean(window.glassgrad)")
    assert again.run("glassgrad.state().settings.dropout") == 0.25
    page.run("glassgrad.run(3)")
    assert load(tmp_weights(page, tmp_path)).dropout == 0.25
    saved, weights = page.run("glassgrad.file()"), page.run("glassgrad.weights()")
    for name, text in (("state.json", saved), ("model.json", weights)):
        other = started(opened, plain)
        give(other, name, text)
        assert state(other)["settings"]["dropout"] == 0.25
        other.run("glassgrad.run(2)")
        same_as_page(other)
    with_dropout(page, 0)
    assert "dropout" not in page.run("glassgrad.weights()")


@browser_test
@pytest.mark.parametrize("share", [1, 7, -1, "x", None])
def test_a_dropout_that_is_none_is_refused(opened, plain, share):
    page = started(opened, plain)
    found = json.loads(page.run("glassgrad.weights()")) | {"dropout": share}
    assert "dropout must be a number from 0 to below 1" in give(page, "model.json", json.dumps(found))
    saved = json.loads(page.run("glassgrad.file()"))
    saved["settings"]["dropout"] = share
    told = give(page, "state.json", json.dumps(saved))
    assert ("dropout must be" in told) == (share in (1, 7))
    assert state(page)["settings"]["dropout"] == 0
    with_dropout(page, 1)
    assert "dropout: a number from 0 to 0.95 is wanted" in page.text("#said")
    again = page.beside(page.run("location.href").replace("%22dropout%22%3A0", "%22dropout%22%3A1"))
    again.until("Boolean(window.glassgrad)")
    assert again.run("glassgrad.state().settings.dropout") == 0


@browser_test
def test_a_model_with_dropout_comes_from_python_with_it(opened, tmp_path):
    X, y = moons(60, noise=0.1, seed=2)
    model = MLP(2, [8, 1], "tanh", seed=4, dropout=0.4)
    page = started(opened, viz.playground(model, X, y, tmp_path / "p.html").path)
    assert state(page)["settings"]["dropout"] == 0.4
    page.run("glassgrad.run(5)")
    same_as_page(page)


@browser_test
def test_the_clinic_says_that_dropout_leaves_too_little(opened, plain):
    page = started(opened, plain)
    for _ in range(5):
        page.page.get_by_label("One neuron less in layer 0").click()
    for _ in range(3):
        page.page.get_by_label("One neuron less in layer 1").click()
    with_dropout(page, 0.9)
    page.run("glassgrad.run(5)")
    assert "with 90% of the hidden neurons left out of each step" in page.text("#clinic")
    names: dict = {}
    code = page.run("glassgrad.python()").replace("\nfit(", "\nhistory = fit(")
    exec(code, names)
    assert any("with 90% of the hidden neurons left out" in note for note in names["history"].notes)


@browser_test
def test_what_the_controls_say_is_explained_on_the_page(opened, plain):
    page = started(opened, plain)
    page.page.locator(".words summary").click()
    listed = page.page.locator(".words button").all_inner_texts()
    assert {"Momentum", "Hinge, margin", "L1 penalty, L1", "Logit", "Softmax", "Seed"} <= set(listed)
    page.page.get_by_role("button", name="Momentum").click()
    assert page.text("#word-momentum").startswith("Momentum. The share of the last step")
    page.press("Escape")
    for width in (390, 700, 1280):
        page.page.set_viewport_size({"width": width, "height": 800})
        below = page.page.locator("#words").bounding_box()["y"]
        assert below > page.page.locator("#out").bounding_box()["y"]
        assert not page.overflows()


@browser_test
def test_the_commonest_class_of_training_is_judged_by_the_rows_held_out(opened, tmp_path):
    y = [1, 1, *[0] * 8, *[1] * 14, *[0] * 6]  # of the rows to train on 1 is the commonest, of those held out 0
    rows = [[k / 10.0, k % 3 / 3.0] for k in range(len(y))]
    path = viz.playground(X=rows, y=y, held_out=10, path=tmp_path / "p.html").path
    assert "always the commonest class: 20.0 %" in started(opened, path).text("#accuracy p")
    path = viz.playground(X=rows[10:], y=y[10:], path=tmp_path / "p.html").path
    page = started(opened, path)
    page.page.get_by_label("held-out share").fill("0")
    page.press("Tab")
    assert "always the commonest class: 70.0 %" in page.text("#accuracy p")


@browser_test
@pytest.mark.parametrize(("width", "beside"), [(1280, True), (1000, False)])
def test_a_pad_to_draw_on_stands_beside_the_network(opened, tmp_path, width, beside):
    rows = [[float(k == j) for j in range(64)] for k in range(10)]
    path = viz.playground(X=rows, y=[k % 2 for k in range(10)], path=tmp_path / "d.html", picture=(8, 8)).path
    page = started(opened, path)
    page.page.set_viewport_size({"width": width, "height": 800})
    pad, network = (page.page.locator(f"#{name}").bounding_box() for name in ("part", "network"))
    assert (network["x"] >= pad["x"] + pad["width"]) == beside
    assert (network["y"] >= pad["y"] + pad["height"]) != beside
    assert not page.overflows()
