"""The playground in a notebook: its weights are the model's, both ways."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest

import viz
from nn import MLP, moons
from viz.pages.modules import SCRIPTS
from viz.pages.widget import playground_widget

pytest_plugins = ["browser"]


def model_and_data():
    X, y = moons(40, noise=0.1, seed=1)
    return MLP(2, [3, 1], "tanh", seed=1), X, y


def numbers(model):
    return [p.data for p in model.parameters()]


def test_what_the_page_says_is_the_models_and_back():
    pytest.importorskip("anywidget")
    model, X, y = model_and_data()
    widget = playground_widget(model, X, y)
    assert widget.parameters == numbers(model)
    widget.parameters = [0.5] * len(widget.parameters)  # as a page does
    assert set(numbers(model)) == {0.5}
    model.layers[0].neurons[0].b.data = -2.0
    widget.update()
    assert widget.parameters[2] == -2.0


@pytest.mark.parametrize("given", [[1.0], [float("nan")] * 13, []])
def test_numbers_of_another_network_leave_the_model_as_it_is(given):
    pytest.importorskip("anywidget")
    model, X, y = model_and_data()
    before = numbers(model)
    playground_widget(model, X, y).parameters = given
    assert numbers(model) == before


def test_without_the_package_the_command_to_install_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(ImportError, match="pip install anywidget"):
        playground_widget(*model_and_data())


HOST = """
const store = { html: HTML, height: 900, parameters: PARAMETERS };
const listeners = [];
window.saved = 0;
window.model = {
  get: (name) => store[name],
  set: (name, value) => { store[name] = value; listeners.forEach((listener) => listener()); },
  save_changes: () => { window.saved += 1; },
  on: (name, listener) => listeners.push(listener),
  off: (name, listener) => listeners.splice(listeners.indexOf(listener), 1),
};
window.leave = render({ model: window.model, el: document.body });
"""


@pytest.mark.browser
def test_a_page_in_a_frame_and_its_host_exchange_weights(opened, tmp_path):
    model, X, y = model_and_data()
    made = viz.playground(model, X, y)
    blank = tmp_path / "host.html"
    blank.write_text("<!doctype html><title>host</title><body></body>", encoding="utf-8")
    host = opened(blank, height=900)
    script = (SCRIPTS / "widget.js").read_text(encoding="utf-8")
    script = script.replace("export default { render };", "").replace("export function", "function")
    start = HOST.replace("PARAMETERS", json.dumps(numbers(model))).replace("HTML", json.dumps(made.html))
    host.run(f"() => {{ {script}\n{start} }}")
    frame = replace(host, page=host.page.frames[1])
    frame.wait_for("#counter", "as given, 0 further epochs")
    assert host.run("saved") == 0  # nothing has moved yet
    frame.run("glassgrad.run(3)")
    host.until("saved > 0")
    assert host.run("model.get('parameters')") == frame.run("glassgrad.state().parameters")
    host.run("model.set('parameters', model.get('parameters').map(() => 0.25))")
    frame.until("glassgrad.state().parameters.every((x) => x === 0.25)")
    host.run("model.set('parameters', [1, 2])")  # of another network: not taken
    host.run("leave()")
    assert frame.run("glassgrad.state().parameters[0]") == 0.25
    assert host.complaints == []
