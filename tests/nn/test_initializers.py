"""First weights: their scale, their source and their names."""

import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn import ACTIVATIONS, INITIALIZERS, MLP, Layer, Neuron
from nn.initializers import constant, fitted, he_uniform, lecun_uniform, xavier_uniform

VARIANCES = {
    "he": lambda nin, nout: 2 / nin,
    "kaiming": lambda nin, nout: 2 / nin,
    "xavier": lambda nin, nout: 2 / (nin + nout),
    "glorot": lambda nin, nout: 2 / (nin + nout),
    "lecun": lambda nin, nout: 1 / nin,
}
SCALED = [name for name in INITIALIZERS if "_" in name]


@pytest.mark.parametrize("name", SCALED)
@pytest.mark.parametrize(("nin", "nout"), [(20_000, 10), (20_000, 60_000)])
def test_variance_is_the_published_one(name, nin, nout):
    weights = INITIALIZERS[name](random.Random(3), nin, nout)
    expected = VARIANCES[name.split("_")[0]](nin, nout)
    # 20,000 draws: the standard error of a variance is about sqrt(2 / 20,000) = 1 %, of the mean 0.7 % of a deviation
    assert statistics.pvariance(weights) == pytest.approx(expected, rel=0.05)
    assert abs(statistics.fmean(weights)) < 0.03 * math.sqrt(expected)


@pytest.mark.parametrize("name", [name for name in SCALED if name.endswith("uniform")])
def test_uniform_weights_stay_within_their_bound(name):
    bound = math.sqrt(3 * VARIANCES[name.split("_")[0]](500, 300))
    weights = INITIALIZERS[name](random.Random(0), 500, 300)
    assert 0.95 * bound < max(map(abs, weights)) <= bound


@given(st.integers(), st.sampled_from(sorted(INITIALIZERS)))
def test_the_same_seed_gives_the_same_bits(seed, name):
    first, second = (MLP(3, [4, 2], init=name, seed=seed) for _ in range(2))
    assert first.state_dict() == second.state_dict()
    assert MLP(3, [4, 2], init=name, rng=random.Random(seed)).state_dict() == first.state_dict()


def test_a_seed_leaves_the_global_source_alone():
    state = random.getstate()
    MLP(3, [4, 2], seed=1)
    assert random.getstate() == state


def test_different_seeds_give_different_weights():
    assert MLP(3, [4], seed=1).state_dict() != MLP(3, [4], seed=2).state_dict()


def test_seeded_weights_are_those_of_every_python_version():
    # random.Random.random keeps its sequence from version to version, so these numbers may never change.
    weights = [w.data for w in Neuron(3, seed=42).w]
    u = random.Random(42)
    a = math.sqrt(2.0)  # He: sqrt(6 / 3)
    assert weights == [-a + 2 * a * u.random() for _ in range(3)]
    assert weights[0] == pytest.approx(0.39435853867479875, rel=1e-15)


def test_neurons_of_a_layer_differ():
    rows = [tuple(w.data for w in neuron.w) for neuron in Layer(3, 50, seed=0).neurons]
    assert len(set(rows)) == 50


@pytest.mark.parametrize(
    ("activation", "expected"),
    [
        ("relu", he_uniform),
        ("leaky_relu", he_uniform),
        ("gelu", he_uniform),
        ("silu", lecun_uniform),
        ("elu", lecun_uniform),
        ("tanh", xavier_uniform),
        ("sigmoid", xavier_uniform),
        ("linear", xavier_uniform),
        (len, xavier_uniform),
    ],
)
def test_the_default_fits_the_activation(activation, expected):
    assert fitted(activation) is expected


@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_a_seeded_layer_starts_with_the_fitted_weights(activation):
    layer = Layer(5, 7, activation=activation, seed=9)
    rng = random.Random(9)
    assert [[w.data for w in n.w] for n in layer.neurons] == [fitted(activation)(rng, 5, 7) for _ in range(7)]
    assert all(n.b.data == 0.0 for n in layer.neurons)


def test_each_layer_of_a_network_is_fitted_by_itself():
    bound = max(abs(w.data) for n in MLP(600, [600, 1], seed=0).layers[0].neurons[:20] for w in n.w)
    assert 0.097 < bound <= 0.1  # He: sqrt(6 / 600); Xavier would be 0.0707


def test_without_seed_the_global_source_gives_micrograd_weights():
    random.seed(5)
    layer = Layer(4, 3)
    random.seed(5)
    assert [w.data for n in layer.neurons for w in n.w] == [random.uniform(-1, 1) for _ in range(12)]


def test_zeros_and_constants():
    assert {w.data for w in Neuron(4, init="zeros").w} == {0.0}
    assert {w.data for w in Neuron(4, init=constant(0.25)).w} == {0.25}
    with pytest.raises(ValueError, match="constant: value must be finite, got nan"):
        constant(math.nan)


def test_a_function_may_draw_the_weights():
    network = MLP(2, [3, 1], init=lambda rng, nin, nout: [nin + 10 * nout] * nin)
    assert [n.w[0].data for layer in network.layers for n in layer.neurons] == [32.0, 32.0, 32.0, 13.0]


@pytest.mark.parametrize(
    ("keywords", "error", "said"),
    [
        ({"init": "he_unifrom"}, ValueError, "did you mean 'he_uniform'"),
        ({"init": "qqq"}, ValueError, "Choices: he_uniform"),
        ({"init": 3}, TypeError, "init must be a name or a function"),
        ({"init": lambda rng, nin, nout: [0.0]}, ValueError, "init must return 2 weights, got 1"),
        ({"seed": 1.5}, TypeError, "seed must be an int, got float"),
        ({"seed": True}, TypeError, "seed must be an int, got bool"),
        ({"rng": 3}, TypeError, "rng must be a random.Random, got int"),
        ({"seed": 1, "rng": random.Random(1)}, ValueError, "seed or rng, not both"),
    ],
)
@pytest.mark.parametrize(
    "make", [lambda **k: Neuron(2, **k), lambda **k: Layer(2, 2, **k), lambda **k: MLP(2, [2], **k)]
)
def test_wrong_choices_are_told(make, keywords, error, said):
    with pytest.raises(error, match=said):
        make(**keywords)
