"""Reset begins anew: the network as it now is has the weights of its seed, or those that were loaded into it."""

from __future__ import annotations

import pytest

import viz
from nn import MLP

pytest_plugins = ["browser"]
pytestmark = pytest.mark.browser

PARAMETERS = "glassgrad.state().parameters"
SEEDS = "Array.from(firstParameters(glassgrad.state().network, glassgrad.state().settings.seed))"


def started(opened, path):
    page = opened(path)
    page.wait_for("#counter", "(epoch 0|as given, 0 further epochs)")
    return page


def typed(page, label, value):
    page.page.get_by_role("spinbutton", name=label, exact=True).fill(value)
    page.press("Tab")


def click_on_the_plane(page):
    page.page.locator("#cover").scroll_into_view_if_needed()
    box = page.page.locator("#cover").bounding_box()
    page.page.mouse.click(box["x"] + box["width"] * 0.52, box["y"] + box["height"] * 0.31)


def chosen(label, value):
    return lambda page: page.page.get_by_label(label, exact=True).select_option(value)


CHANGES = {  # every way of changing the network or what it is trained on and with
    "nothing": lambda page: None,
    "activation": chosen("Activation of layer 0", "relu"),
    "width": lambda page: page.page.get_by_label("One neuron more in layer 0").click(),
    "a layer more": lambda page: page.page.click("#layer-more"),
    "a layer less": lambda page: page.page.click("#layer-less"),
    "data set": chosen("set", "circles"),
    "classes": chosen("set", "blobs"),
    "noise": lambda page: typed(page, "noise", "0.3"),
    "loss": chosen("loss", "hinge"),
    "optimizer": chosen("optimizer", "sgd"),
    "learning rate": lambda page: typed(page, "learning rate", "0.3"),
    "dropout": lambda page: typed(page, "dropout", "0.3"),
    "seed": lambda page: typed(page, "seed", "7"),
    "a weight by hand": lambda page: page.run("glassgrad.set('layers.0.neurons.0.b', 5)"),
    "a point": click_on_the_plane,
    "undo": lambda page: page.press("e", "u"),
}
SHAPED = {"width", "a layer more", "a layer less", "classes"}  # no weights of before fit then
STARTED = SHAPED | {"activation", "data set", "noise", "loss", "seed"}  # what begins anew by itself


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return viz.playground(path=tmp_path_factory.mktemp("reset") / "play.html").path


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    model = MLP(2, [6, 4, 1], "tanh", seed=5)
    return model, viz.playground(model, path=tmp_path_factory.mktemp("reset") / "loaded.html").path


@pytest.mark.parametrize("change", CHANGES)
def test_reset_draws_the_weights_of_the_seed_for_the_network_as_it_now_is(opened, plain, change):
    page = started(opened, plain)
    page.run("glassgrad.run(3)")
    CHANGES[change](page)
    if change in STARTED:
        assert page.run(PARAMETERS) == page.run(SEEDS)
    page.run("glassgrad.run(2)")
    assert page.run(PARAMETERS) != page.run(SEEDS)
    page.page.click("#reset")
    assert (page.run(PARAMETERS), page.run("glassgrad.state().epoch")) == (page.run(SEEDS), 0)
    page.run("glassgrad.run(2); glassgrad.reset()")
    assert page.run(PARAMETERS) == page.run(SEEDS)


@pytest.mark.parametrize("change", CHANGES)
def test_reset_goes_back_to_a_loaded_model_while_its_weights_fit(opened, loaded, change):
    model, path = loaded
    weights = [p.data for p in model.parameters()]
    page = started(opened, path)
    page.run("glassgrad.run(3)")
    CHANGES[change](page)
    page.run("glassgrad.run(2)")
    page.page.click("#reset")
    assert page.run(PARAMETERS) == (page.run(SEEDS) if change in SHAPED | {"seed"} else weights)


def test_a_model_taken_from_a_file_comes_back_too(opened, plain):
    page = started(opened, plain)
    page.run("glassgrad.run(3)")
    weights, text = page.run(PARAMETERS), page.run("glassgrad.weights()")
    page.run("glassgrad.reset(4)")
    page.page.set_input_files(
        "#setup input[type=file]", {"name": "m.json", "mimeType": "application/json", "buffer": text.encode()}
    )
    page.until("document.getElementById('said').textContent.includes('m.json')")
    page.page.get_by_label("Activation of layer 0").select_option("relu")
    page.run("glassgrad.run(2)")
    page.page.click("#reset")
    assert page.run(PARAMETERS) == weights
    page.page.click("#layer-more")
    page.page.click("#layer-less")
    assert page.run(PARAMETERS) == weights  # which fit again
    page.run("glassgrad.reset(1)")
    assert page.run(PARAMETERS) == page.run(SEEDS)


def test_points_that_are_held_out_are_spoken_of_only_where_there_are_some(opened, plain):
    page = started(opened, plain)
    assert "Hollow points are held out." in page.text("#under")
    typed(page, "held-out share", "0")
    assert "Hollow" not in page.text("#under")
