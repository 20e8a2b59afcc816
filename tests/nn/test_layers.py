"""Neurons, layers and networks: what they compute, what they take, and what they say about everything else."""

import copy
import math
import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograd
from autograd import Value
from nn import ACTIVATIONS, MLP, Layer, Module, Neuron

numbers = st.floats(-3, 3)


def by_hand(model, x):
    """The network's answer in the engine's simplest operations, as its definition reads."""
    for layer in model.layers:
        out = []
        for neuron in layer.neurons:
            z = neuron.b + 0.0
            for w, item in zip(neuron.w, x, strict=True):
                z = z + w * item
            f = ACTIVATIONS[neuron.activation]
            out.append(z if f is None else f(z))
        x = out
    return x


@st.composite
def networks(draw):
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    activations = [draw(st.sampled_from(sorted(ACTIVATIONS))) for _ in sizes[1:]]
    model = MLP(sizes[0], sizes[1:], activations, seed=draw(st.integers(0, 99)), bias=draw(st.booleans()))
    return model, draw(st.lists(numbers, min_size=sizes[0], max_size=sizes[0]))


@given(networks())
def test_a_network_is_its_definition_and_so_are_its_gradients(drawn):
    model, x = drawn

    def answer(compute):
        model.zero_grad()
        row = [Value(item) for item in x]
        out = compute(row)
        total = sum(out if isinstance(out, list) else [out], Value(0.0))
        total.backward()
        return [total.data, *(v.grad for v in [*row, *model.parameters()])]

    expected = answer(lambda row: by_hand(model, row))
    assert answer(model) == pytest.approx(expected, rel=1e-12, abs=1e-12, nan_ok=True)


def test_a_neuron_is_one_dot_node_and_one_activation_node():
    neuron = Neuron(3, seed=0)
    x = [Value(1.0), Value(2.0), Value(3.0)]
    out = neuron(x)
    assert out.op == "relu"
    (z,) = out.inputs
    assert z.op == "dot"
    assert {id(v) for v in z.inputs} == {id(v) for v in [neuron.b, *neuron.w, *x]}
    assert Neuron(3, nonlin=False, seed=0)(x).op == "dot"


def test_relu_between_and_linear_at_the_end():
    model = MLP(2, [16, 16, 1], seed=0)
    assert [layer.neurons[0].activation for layer in model.layers] == ["relu", "relu", "linear"]
    assert [(len(layer.neurons), len(layer.neurons[0].w)) for layer in model.layers] == [(16, 2), (16, 16), (1, 16)]
    assert len(model.parameters()) == 337


def test_one_output_comes_bare_and_several_as_a_list():
    assert type(MLP(2, [3, 1], seed=0)([1, 2])) is Value
    several = MLP(2, [3, 2], seed=0)([1, 2])
    assert [type(v) for v in several] == [Value, Value]
    assert type(Layer(2, 1, seed=0)([1, 2])) is Value
    assert len(Layer(2, 2, seed=0)([1, 2])) == 2


def test_layers_of_one_neuron_may_follow_each_other():
    assert type(MLP(2, [1, 1, 3, 1], seed=0)([1, 2])) is Value
    first, second = Layer(2, 1, seed=0), Layer(1, 2, seed=1)
    assert len(second(first([1, 2]))) == 2


@pytest.mark.parametrize(
    "row",
    [
        (1.0, 2.0),
        [1, 2],
        [True, 2],
        [Value(1.0), 2.0],
        [Fraction(1), Decimal(2)],
        np.array([1.0, 2.0]),
        np.array([1.0, 2.0], dtype="float32"),
        np.array([1, 2]),
        [np.float64(1.0), np.int64(2)],
        np.array([Value(1.0), Value(2.0)], dtype=object),
        range(1, 3),
        iter([1.0, 2.0]),
    ],
    ids=lambda row: type(row).__name__,
)
@pytest.mark.parametrize("kind", ["neuron", "layer", "mlp"])
def test_rows_of_many_kinds_give_the_same_answer(row, kind):
    if kind != "neuron" and not isinstance(row, (list, tuple, np.ndarray, range)):
        row = iter([1.0, 2.0])  # parameters are made once: an iterator serves one call
    model = {"neuron": Neuron(2, seed=3), "layer": Layer(2, 1, seed=3), "mlp": MLP(2, [4, 1], seed=3)}[kind]
    if not isinstance(row, (list, tuple, np.ndarray, range)):
        row = iter([1.0, 2.0])
    assert model(row).data == model([1.0, 2.0]).data


def test_one_input_may_come_bare():
    model = MLP(1, [3, 1], seed=0)
    assert model(0.5).data == model(Value(0.5)).data == model([0.5]).data


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: MLP(3, [4, 1], seed=0), "MLP layer 0 takes 3 inputs, got 2"),
        (lambda: Layer(3, 4, seed=0), "Layer takes 3 inputs, got 2"),
        (lambda: Neuron(3, seed=0), "Neuron takes 3 inputs, got 2"),
        (lambda: MLP(1, [4, 1], seed=0), "MLP layer 0 takes 1 input, got 2"),
    ],
)
@pytest.mark.parametrize("row", [[1.0, 2.0], (1.0, 2.0), np.array([1.0, 2.0]), range(2)], ids=str)
def test_a_row_of_the_wrong_length_names_the_layer(make, said, row):
    with pytest.raises(ValueError, match=rf"^{said}$"):
        make()(row)


@pytest.mark.parametrize(
    ("row", "error", "said"),
    [
        ("ab", TypeError, "MLP layer 0 takes a row of 2 inputs such as a list, got str"),
        (None, TypeError, "got NoneType"),
        (1.0, TypeError, "got float"),
        (Value(1.0), TypeError, "got Value"),
        ({0: 1.0, 1: 2.0}, TypeError, "got dict"),
        ({1.0, 2.0}, TypeError, "got set"),
        (["1", "2"], TypeError, "MLP layer 0 takes numbers and Values, got str as input 0"),
        ([1.0, None], TypeError, "got NoneType as input 1"),
        ([1.0, 2j], TypeError, "got complex as input 1"),
        ([[1.0, 2.0], [3.0, 4.0]], TypeError, "got list as input 0; it takes one row a call"),
        ([np.array([1.0, 2.0]), 1.0], TypeError, "got ndarray as input 0; it takes one row a call"),
        (np.zeros((5, 2)), ValueError, r"takes one row of 2 inputs, got shape \(5, 2\); call it row by row"),
        ([], ValueError, "takes 2 inputs, got 0"),
    ],
    ids=str,
)
def test_what_is_no_row_is_told(row, error, said):
    with pytest.raises(error, match=said):
        MLP(2, [4, 1], seed=0)(row)
    with pytest.raises(error):
        Neuron(2, seed=0)(row)


def test_a_number_too_large_for_a_float_stays_an_overflow():
    with pytest.raises(OverflowError):
        MLP(2, [4, 1], seed=0)([1.0, 10**400])


def test_a_layer_changed_into_a_wrong_width_is_named():
    model = MLP(2, [4, 3, 1], seed=0)
    model.layers[1] = Layer(5, 3, seed=0)
    model.layers[1].name = "MLP layer 1"
    with pytest.raises(ValueError, match=r"^MLP layer 1 takes 5 inputs, got 4$"):
        model([1.0, 2.0])


def test_nan_and_inf_pass_through():
    assert math.isnan(MLP(2, [3, 1], seed=0)([math.nan, 1.0]).data)


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (lambda: MLP(0, [1]), ValueError, "MLP: nin must be in 1..1,000,000, got 0"),
        (lambda: MLP(2, [3, 0]), ValueError, r"MLP: nouts\[1\] must be in 1..1,000,000, got 0"),
        (lambda: MLP(2, [-1]), ValueError, r"nouts\[0\]"),
        (lambda: MLP(10**9, [1]), ValueError, "got 1000000000"),
        (lambda: MLP(10 ** (10**4), [1]), ValueError, "nin must be in 1..1,000,000"),
        (lambda: MLP(True, [1]), TypeError, "nin must be a whole number, got bool"),
        (lambda: MLP(2.0, [1]), TypeError, "nin must be a whole number, got float"),
        (lambda: MLP("2", [1]), TypeError, "nin must be a whole number, got str"),
        (lambda: MLP(2, []), ValueError, "at least one layer"),
        (lambda: MLP(2, 3), TypeError, r"nouts must be a list of layer widths such as \[16, 16, 1\], got 3"),
        (lambda: MLP(2, "31"), TypeError, "nouts must be a list"),
        (lambda: MLP(2, [3, True]), TypeError, r"nouts\[1\] must be a whole number, got bool"),
        (lambda: MLP(10**6, [10**6]), ValueError, "1,000,001,000,000 parameters; the limit is 10,000,000"),
        (lambda: Layer(10**6, 11), ValueError, "Layer would have"),
        (lambda: Layer(0, 1), ValueError, "Layer: nin must be"),
        (lambda: Layer(1, None), TypeError, "Layer: nout must be a whole number, got NoneType"),
        (lambda: Neuron(0), ValueError, "Neuron: nin must be"),
        (lambda: Neuron(2, "tanh"), TypeError, "nonlin must be True or False, got 'tanh'; name a function with"),
    ],
)
def test_wrong_sizes_are_told_before_anything_is_allocated(make, error, said):
    with pytest.raises(error, match=said):
        make()


def test_numpy_sizes_are_taken():
    assert repr(MLP(np.int64(2), [np.int32(3), 1], seed=0)) == "MLP(2, [3, 1], activation='relu')"


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_an_activation_is_the_function_of_that_name(name):
    x = [0.3, -0.7]
    neuron = Neuron(2, activation=name, seed=1)
    z = Neuron(2, nonlin=False, seed=1)
    z.load_state_dict(neuron.state_dict())
    expected = z(x) if name == "linear" else getattr(autograd, name)(z(x))
    assert neuron(x).data == expected.data


def test_activations_by_layer():
    names = [layer.neurons[0].activation for layer in MLP(2, [3, 3, 1], ["tanh", "silu", "sigmoid"], seed=0).layers]
    assert names == ["tanh", "silu", "sigmoid"]
    model = MLP(2, [3, 3, 1], "tanh", output_activation="sigmoid", seed=0)
    assert [layer.neurons[0].activation for layer in model.layers] == ["tanh", "tanh", "sigmoid"]


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (lambda: MLP(2, [1], "rleu"), ValueError, "unknown activation 'rleu'; did you mean 'relu'"),
        (lambda: MLP(2, [1, 1], "ReLU"), ValueError, "did you mean 'relu'"),
        (lambda: MLP(2, [1, 1], "qqqq"), ValueError, "Choices: linear, relu, "),
        (lambda: MLP(2, [1, 1], "__class__"), ValueError, "unknown activation"),
        (lambda: MLP(2, [1], output_activation="softmax"), ValueError, "softmax works on a whole row"),
        (lambda: MLP(2, [1, 1], 3), TypeError, "activation must be a name or a function of one Value, got int"),
        (lambda: MLP(2, [1, 1], ["relu"]), ValueError, "lists 1 names for 2 layers"),
        (lambda: MLP(2, [1], ["relu"], output_activation="tanh"), ValueError, "put it last in the list"),
        (lambda: Neuron(2, activation=math.tanh), TypeError, "activation tanh returned float for a Value"),
        (lambda: Layer(2, 1, activation="rleu"), ValueError, "did you mean 'relu'"),
    ],
)
def test_wrong_activations_are_told(make, error, said):
    with pytest.raises(error, match=said):
        make()


def test_a_function_may_be_the_activation():
    neuron = Neuron(1, activation=lambda z: z * 3.0, seed=0)
    assert neuron([2.0]).data == neuron.w[0].data * 2.0 * 3.0
    assert Neuron(1, activation=None).activation == "linear"


def test_a_module_as_activation_brings_its_parameters():
    class Slope(Module):
        def __init__(self):
            self.slope = Value(0.25)

        def __call__(self, z):
            return autograd.maximum(z, self.slope * z)

    layer = Layer(2, 3, activation=Slope(), seed=0)
    assert len(layer.parameters()) == 10
    sum(layer([1.0, 2.0])).backward()
    assert layer.neurons[0].activation.slope.grad != 0.0


def test_the_activation_of_a_neuron_can_be_changed():
    neuron = Neuron(1, seed=0)
    neuron.activation = "linear"
    assert not neuron.nonlin
    assert neuron([-5.0]).data == -5.0 * neuron.w[0].data
    with pytest.raises(ValueError, match="unknown activation"):
        neuron.activation = "rleu"
    assert neuron.activation == "linear"


def test_without_bias_there_is_none():
    model = MLP(2, [3, 1], seed=0, bias=False)
    assert len(model.parameters()) == 9
    assert not any(name.endswith(".b") for name in model.state_dict())
    assert model([0.0, 0.0]).data == 0.0


def test_a_subclass_of_neuron_in_a_layer_is_called():
    class Doubled(Neuron):
        def __call__(self, x):
            return 2.0 * super().__call__(x)

    layer = Layer(1, 1, nonlin=False, seed=0)
    before = layer([3.0]).data
    doubled = Doubled(1, nonlin=False)
    doubled.load_state_dict(layer.neurons[0].state_dict())
    layer.neurons[0] = doubled
    assert layer([3.0]).data == 2.0 * before


def test_reprs_are_short_and_say_what_matters():
    assert repr(MLP(2, [16, 16, 1], seed=0)) == "MLP(2, [16, 16, 1], activation='relu')"
    assert repr(MLP(2, [3, 1], "tanh", output_activation="sigmoid", seed=0)) == (
        "MLP(2, [3, 1], activation='tanh', output_activation='sigmoid')"
    )
    assert repr(MLP(2, [3, 2, 1], ["tanh", "relu", "linear"])) == (
        "MLP(2, [3, 2, 1], activation=['tanh', 'relu', 'linear'])"
    )
    assert repr(MLP(1, [1] * 50, seed=0)) == "MLP(1, [1, 1, 1, 1, 1, 1, ..., 1] (50 layers), activation='relu')"
    assert repr(Layer(2, 3, seed=0)) == "Layer(2, 3, activation='relu')"
    assert repr(Neuron(2, nonlin=False, bias=False)) == "Neuron(2, activation='linear', bias=False)"


def test_nodes_stand_in_the_scope_of_their_neuron():
    model = MLP(2, [3, 1], seed=0)
    out = model([1.0, 2.0])
    assert out.scope == "mlp/layer 1/neuron 0"
    paths = [v.scope for v in autograd.topological_order(out) if v.op == "relu"]
    assert sorted(paths) == [f"mlp/layer 0/neuron {i}" for i in range(3)]
    with autograd.scope("tower"):
        assert model([1.0, 2.0]).scope == "tower/mlp/layer 1/neuron 0"
        assert Value(1.0).exp().scope == "tower"
        assert Layer(2, 2, seed=0)([1.0, 2.0])[1].scope == "tower/neuron 1"
    assert model([1.0, 2.0]).scope == "mlp/layer 1/neuron 0"
    assert Layer(2, 2, seed=0)([1.0, 2.0])[1].scope == ""


def test_an_error_leaves_the_scope():
    with pytest.raises(TypeError):
        MLP(2, [3, 1], seed=0)([1.0, None])
    assert Value(1.0).exp().scope == ""


def test_a_network_can_be_copied_and_pickled():
    model = MLP(2, [3, 1], seed=0)
    model([1.0, 2.0])
    for other in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert other.state_dict() == model.state_dict()
        assert {id(p) for p in other.parameters()}.isdisjoint(id(p) for p in model.parameters())
        assert other([1.0, 2.0]).data == model([1.0, 2.0]).data
