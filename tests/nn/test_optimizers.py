"""Each optimizer against its published rule, written again in plain floats, and against PyTorch where installed."""

import copy
import json
import math
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograd import Value
from nn import MLP, SGD, Adam, AdamW


def sgd(p, gradients, lr, momentum=0.0, nesterov=False, weight_decay=0.0):
    b = None
    for g in gradients:
        g = g + weight_decay * p
        b = g if b is None else momentum * b + g
        p = p - lr * (g + momentum * b if nesterov else b)
    return p


def adam(p, gradients, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False):
    m = v = 0.0
    for t, g in enumerate(gradients, 1):
        if decoupled:
            p = p - lr * weight_decay * p
        else:
            g = g + weight_decay * p
        m = betas[0] * m + (1 - betas[0]) * g
        v = betas[1] * v + (1 - betas[1]) * g**2
        p = p - lr * (m / (1 - betas[0] ** t)) / (math.sqrt(v / (1 - betas[1] ** t)) + eps)
    return p


def adamw(p, gradients, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
    return adam(p, gradients, lr, betas, eps, weight_decay, decoupled=True)


def moved(make, start, gradients, **settings):
    """Where an optimizer brings parameters that see these gradients, one list a parameter."""
    parameters = [Value(p) for p in start]
    optimizer = make(parameters, **settings)
    for step in zip(*gradients, strict=True):
        for p, g in zip(parameters, step, strict=True):
            p.grad = g
        optimizer.step()
    return [p.data for p in parameters]


ordinary = st.floats(-10, 10).filter(lambda x: x == 0 or abs(x) > 1e-6)
fractions = st.floats(0, 0.999)
rates = st.floats(0, 1)
decays = st.floats(0, 0.5)
runs = st.integers(1, 4).flatmap(
    lambda n: st.tuples(
        st.lists(ordinary, min_size=n, max_size=n),
        st.integers(1, 6).flatmap(
            lambda steps: st.lists(st.lists(ordinary, min_size=steps, max_size=steps), min_size=n, max_size=n)
        ),
    )
)
sgd_settings = st.one_of(
    st.fixed_dictionaries({"lr": rates}, optional={"momentum": fractions, "weight_decay": decays}),
    st.fixed_dictionaries({"lr": rates, "momentum": st.floats(0.1, 0.99), "nesterov": st.booleans()}),
)
adam_settings = st.fixed_dictionaries(
    {"lr": rates},
    optional={"betas": st.tuples(fractions, fractions), "eps": st.floats(1e-10, 0.1), "weight_decay": decays},
)
RULES = [(SGD, sgd, sgd_settings), (Adam, adam, adam_settings), (AdamW, adamw, adam_settings)]


@pytest.mark.parametrize(("make", "rule", "settings"), RULES)
@given(st.data())
def test_steps_follow_the_published_rule(make, rule, settings, data):
    start, gradients = data.draw(runs)
    chosen = data.draw(settings)
    expected = [rule(p, g, **chosen) for p, g in zip(start, gradients, strict=True)]
    # The order of a few multiplications differs; where terms of size 10 cancel, their roundings remain.
    assert moved(make, start, gradients, **chosen) == pytest.approx(expected, rel=1e-10, abs=1e-11)


@pytest.mark.parametrize(("make", "rule", "settings"), RULES)
def test_the_defaults_are_those_of_pytorch(make, rule, settings):
    lr = 0.01 if make is SGD else 0.001
    assert moved(make, [3.0], [[1.0, -2.0, 0.5]]) == pytest.approx([rule(3.0, [1.0, -2.0, 0.5], lr)], rel=1e-14)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("SGD", {"lr": 0.1}),
        ("SGD", {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.02}),
        ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.02}),
        ("Adam", {"lr": 0.1, "betas": (0.8, 0.95), "weight_decay": 0.1}),
        ("AdamW", {"lr": 0.1, "weight_decay": 0.1}),
    ],
)
def test_steps_are_those_of_pytorch(name, settings):
    torch = pytest.importorskip("torch")
    start, gradients = [3.0, -1.0], [[1.0, -2.0, 0.5, 0.0], [0.3, 0.2, -4.0, 1.0]]
    theirs = [torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in start]
    optimizer = getattr(torch.optim, name)(theirs, **settings)
    for step in zip(*gradients, strict=True):
        for p, g in zip(theirs, step, strict=True):
            p.grad = torch.tensor(g, dtype=torch.float64)
        optimizer.step()
    ours = moved({"SGD": SGD, "Adam": Adam, "AdamW": AdamW}[name], start, gradients, **settings)
    assert ours == pytest.approx([p.item() for p in theirs], rel=1e-13)


@pytest.mark.parametrize("make", [SGD, Adam, AdamW])
def test_a_network_learns(make):
    model = MLP(2, [8, 1], activation="tanh", seed=0)
    optimizer = make(model.parameters(), lr=0.05)

    def loss():
        return sum((model([a, b]) - a * b) ** 2 for a in (-1.0, 1.0) for b in (-1.0, 1.0))

    before = loss().data
    for _ in range(80):
        optimizer.zero_grad()
        total = loss()
        total.backward()
        optimizer.step()
    assert loss().data < 0.1 * before


@pytest.mark.parametrize("make", [lambda ps: SGD(ps, lr=0.1, momentum=0.9), Adam, AdamW])
def test_a_restored_optimizer_continues_with_the_same_bits(make):
    def run(optimizer, parameters, gradients):
        for g in gradients:
            for p in parameters:
                p.grad = g
            optimizer.step()

    straight, broken = [Value(1.0), Value(2.0)], [Value(1.0), Value(2.0)]
    run(make(straight), straight, [0.5, -1.0, 2.0, 0.1])
    first = make(broken)
    run(first, broken, [0.5, -1.0])
    second = make(broken)
    second.load_state_dict(json.loads(json.dumps(first.state_dict())))
    assert second.steps == 2
    run(second, broken, [2.0, 0.1])
    assert [p.data for p in broken] == [p.data for p in straight]


def test_a_restored_optimizer_has_the_settings_of_the_saved_one():
    saved = Adam([Value(1.0)], lr=0.3, betas=(0.5, 0.6), eps=1e-4, weight_decay=0.2)
    fresh = Adam([Value(1.0)])
    fresh.load_state_dict(saved.state_dict())
    assert repr(fresh) == "Adam(1 parameter, lr=0.3, betas=(0.5, 0.6), eps=0.0001, weight_decay=0.2)"


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"optimizer": "SGD"}, ValueError, "the state is that of 'SGD'"),
        ({"steps": -1}, ValueError, "steps must be a whole number"),
        ({"steps": 10**400}, ValueError, "steps must be a whole number"),
        ({"steps": True}, ValueError, "steps must be a whole number"),
        ({"lr": -1.0}, ValueError, "lr must be a number from 0"),
        ({"lr": "1"}, TypeError, "lr must be a number, got str"),
        ({"exp_avg": [1.0]}, ValueError, "exp_avg must be a list of 2 numbers"),
        ({"exp_avg_sq": [1.0, math.nan]}, ValueError, "exp_avg_sq must hold finite numbers"),
        ({"exp_avg": [1.0, 10**400]}, ValueError, "exp_avg must hold finite numbers"),
        ({"exp_avg_sq": [1.0, -1.0]}, ValueError, "exp_avg_sq must hold"),
        ({"more": 1}, ValueError, "state must have exactly"),
    ],
)
def test_a_wrong_state_is_refused_and_changes_nothing(change, error, said):
    optimizer = Adam([Value(1.0), Value(2.0)])
    before = optimizer.state_dict()
    with pytest.raises(error, match=said):
        optimizer.load_state_dict(before | {"exp_avg": [5.0, 5.0], "steps": 9, "lr": 0.5} | change)
    assert optimizer.state_dict() == before


def test_lr_can_be_set_between_steps():
    p = Value(1.0)
    optimizer = SGD([p], lr=1.0)
    optimizer.lr = 0.5
    p.grad = 1.0
    optimizer.step()
    assert p.data == 0.5
    with pytest.raises(ValueError, match=r"SGD: lr must be a number from 0, got -1\.0"):
        optimizer.lr = -1.0
    assert optimizer.lr == 0.5


def test_zero_grad_clears_every_gradient():
    ps = [Value(1.0), Value(2.0)]
    for p in ps:
        p.grad = 3.0
    SGD(ps).zero_grad()
    assert [p.grad for p in ps] == [0.0, 0.0]


def test_a_generator_of_parameters_serves_every_step():
    ps = [Value(1.0), Value(2.0)]
    optimizer = SGD((p for p in ps), lr=1.0)
    for _ in range(2):
        for p in ps:
            p.grad = 1.0
        optimizer.step()
    assert [p.data for p in ps] == [-1.0, 0.0]


def change_an_item(optimizer, p):
    optimizer.parameters[0] = p


def change_a_slice(optimizer, p):
    optimizer.parameters[:] = [p]


def give_another_list(optimizer, p):
    optimizer.parameters = [p]


def give_the_weights_of_a_neuron(optimizer, p):
    optimizer.parameters = MLP(1, [1], seed=0).layers[0].neurons[0].w
    optimizer.parameters[:] = [p]


@pytest.mark.parametrize("through", [lambda x: x, copy.copy, lambda x: pickle.loads(pickle.dumps(x))])
@pytest.mark.parametrize(
    "change", [change_an_item, change_a_slice, give_another_list, give_the_weights_of_a_neuron]
)
def test_a_changed_list_of_parameters_is_followed(change, through):
    p, q = Value(1.0), Value(2.0)
    optimizer = SGD([p], lr=1.0)
    optimizer.zero_grad()
    change(optimizer, q)
    optimizer = through(optimizer)
    (moved,) = optimizer.parameters
    moved.grad = 1.0
    optimizer.step()
    assert (p.data, moved.data) == (1.0, 1.0)
    moved.grad = 5.0
    optimizer.zero_grad()
    assert moved.grad == 0.0


W = Value(1.0)


@pytest.mark.parametrize("make", [SGD, Adam, AdamW])
@pytest.mark.parametrize(
    ("parameters", "error", "said"),
    [
        ([], ValueError, "there are no parameters"),
        ([W, W], ValueError, "listed twice"),
        ([W, 2.0], TypeError, "parameter 1 must be a Value, got float"),
        ([W, [W]], TypeError, "parameter 1 must be a Value, got list"),
        ([W * 2.0], ValueError, "parameter 0 is the result of 'mul'; only leaves"),
        (W, TypeError, "must be a list of Values, got Value"),
        (None, TypeError, "must be a list of Values, got NoneType"),
        (MLP(1, [1], seed=0), TypeError, r"pass the parameters, not the model: \w+\(model.parameters\(\)\)"),
    ],
)
def test_wrong_parameters_are_told(make, parameters, error, said):
    with pytest.raises(error, match=said):
        make(parameters)


@pytest.mark.parametrize(
    ("make", "settings", "error", "said"),
    [
        (SGD, {"lr": -0.1}, ValueError, "SGD: lr must be a number from 0, got -0.1"),
        (SGD, {"lr": math.nan}, ValueError, "lr must be"),
        (SGD, {"lr": math.inf}, ValueError, "lr must be"),
        (SGD, {"lr": None}, TypeError, "lr must be a number, got NoneType"),
        (SGD, {"momentum": -1}, ValueError, "momentum must be a number from 0"),
        (SGD, {"nesterov": True}, ValueError, "nesterov needs a momentum"),
        (SGD, {"nesterov": 1, "momentum": 0.9}, TypeError, "nesterov must be True or False"),
        (SGD, {"weight_decay": -1}, ValueError, "weight_decay must be"),
        (Adam, {"betas": (0.9, 1.0)}, ValueError, r"betas\[1\] must be at least 0 and below 1, got 1.0"),
        (Adam, {"betas": 0.9}, TypeError, "betas must be two numbers"),
        (Adam, {"eps": 0.0}, ValueError, "eps must be above 0"),
        (AdamW, {"weight_decay": math.nan}, ValueError, "AdamW: weight_decay must be"),
    ],
)
def test_wrong_settings_are_told(make, settings, error, said):
    with pytest.raises(error, match=said):
        make([W], **settings)


def test_lists_of_parameters_are_looked_through():
    from autograd.arrays.parameters import numbers_of, only_leaves, only_values

    leaves = [Value(x) for x in (0.0, -0.0, math.inf, 1.5)]
    assert only_values(leaves)
    assert only_values([])
    assert not only_values([*leaves, 1.0])
    assert only_leaves(leaves)
    assert only_leaves([])
    assert not only_leaves([*leaves, leaves[0] + 1.0])
    assert [math.copysign(1.0, x) for x in numbers_of(leaves)] == [1.0, -1.0, 1.0, 1.0]
    assert list(numbers_of(leaves)) == [0.0, 0.0, math.inf, 1.5]
    assert len(numbers_of([])) == 0
    with pytest.raises(TypeError, match="is None"):
        numbers_of([None])
