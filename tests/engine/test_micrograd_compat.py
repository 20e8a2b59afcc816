"""Programs written for micrograd run with only their imports changed, and give the same numbers.

Each program is a text without imports that is run twice, once with micrograd's names and once with ours.
"""

import gc
import random

import pytest

import autograd
import nn

micrograd_engine = pytest.importorskip("micrograd.engine")
micrograd_nn = pytest.importorskip("micrograd.nn")

OURS = {"Value": autograd.Value, "Neuron": nn.Neuron, "Layer": nn.Layer, "MLP": nn.MLP}
THEIRS = {"Value": micrograd_engine.Value, "Neuron": micrograd_nn.Neuron, "Layer": micrograd_nn.Layer} | {
    "MLP": micrograd_nn.MLP
}

README_EXAMPLE = """
a = Value(-4.0)
b = Value(2.0)
c = a + b
d = a * b + b**3
c += c + 1
c += 1 + c + (-a)
d += d * 2 + (b + a).relu()
d += 3 * d + (b - a).relu()
e = c - d
f = e**2
g = f / 2.0
g += 10.0 / f
numbers = [g.data]
g.backward()
numbers += [a.grad, b.grad]
"""

NEURON_EXAMPLE = """
random.seed(1337)
n = Neuron(2)
x = [Value(1.0), Value(-2.0)]
y = n(x)
y.backward()
numbers = [y.data, n.b.data, n.b.grad, *(w.data for w in n.w), *(w.grad for w in n.w), *(v.grad for v in x)]
linear = Neuron(3, nonlin=False)
layer = Layer(3, 2, nonlin=False)
out = layer([1.0, 2.0, 3.0])
numbers += [linear([1.0, 2.0, 3.0]).data, *(v.data for v in out), len(layer.parameters()), len(n.parameters())]
numbers += [p.data for p in layer.parameters()]
numbers += [w.data for neuron in layer.neurons for w in neuron.w]
"""

DEMO = """
random.seed(1337)
model = MLP(2, [16, 16, 1])
numbers = [len(model.parameters()), len(model.layers), len(model.layers[0].neurons)]

def loss():
    inputs = [list(map(Value, xrow)) for xrow in X]
    scores = list(map(model, inputs))
    losses = [(1 + -yi * scorei).relu() for yi, scorei in zip(y, scores)]
    data_loss = sum(losses) * (1.0 / len(losses))
    alpha = 1e-4
    reg_loss = alpha * sum((p * p for p in model.parameters()))
    total_loss = data_loss + reg_loss
    accuracy = [(yi > 0) == (scorei.data > 0) for yi, scorei in zip(y, scores)]
    return total_loss, sum(accuracy) / len(accuracy)

for k in range(STEPS):
    total_loss, acc = loss()
    model.zero_grad()
    total_loss.backward()
    learning_rate = 1.0 - 0.9 * k / 100
    for p in model.parameters():
        p.data -= learning_rate * p.grad
    numbers += [total_loss.data, acc]

numbers += [p.data for p in model.parameters()]
numbers += [model(list(map(Value, xrow))).data for xrow in X[:5]]
"""


def moons(count):
    from sklearn.datasets import make_moons

    X, y = make_moons(n_samples=count, noise=0.1, random_state=1337)
    return X, y * 2 - 1


def numbers_of(program, names):
    scope = {"random": random} | names
    exec(program, scope)
    return [float(x) for x in scope["numbers"]]


@pytest.mark.parametrize("program", [README_EXAMPLE, NEURON_EXAMPLE], ids=["readme", "neuron"])
def test_a_program_gives_the_same_numbers(program):
    state = random.getstate()
    try:
        assert numbers_of(program, OURS) == pytest.approx(numbers_of(program, THEIRS), rel=1e-14)
    finally:
        random.setstate(state)


def test_the_readme_example_gives_the_numbers_its_readme_prints():
    numbers = [f"{x:.4f}" for x in numbers_of(README_EXAMPLE, OURS)]
    assert numbers == ["24.7041", "138.8338", "645.5773"]


def test_the_demo_gives_the_same_numbers():
    pytest.importorskip("sklearn")
    X, y = moons(50)
    names = {"X": X, "y": y, "STEPS": 4}
    state = random.getstate()
    gc.disable()  # the garbage collector takes nine tenths of micrograd's time
    try:
        ours, theirs = numbers_of(DEMO, OURS | names), numbers_of(DEMO, THEIRS | names)
    finally:
        gc.enable()
        random.setstate(state)
        gc.collect()
    assert len(ours) > 337
    assert ours == pytest.approx(theirs, rel=1e-9)
    first, last = ours[3], ours[9]
    assert last < first
