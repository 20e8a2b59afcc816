"""Saved models: the same bits back, in one step or not at all, and no file that can do harm."""

import json
import math
import os
import random
import struct
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn.saving
from autograd import Value
from nn import ACTIVATIONS, MLP, Layer, Module, fit, load, moons, save

finite = st.floats(allow_nan=False, allow_infinity=False)
SUFFIXES = [".json", ".safetensors"]


@st.composite
def models(draw):
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    activations = [draw(st.sampled_from(sorted(ACTIVATIONS))) for _ in sizes[1:]]
    dropout = draw(st.sampled_from([0.0, 0.0, 5e-324, 0.1, 0.5, math.nextafter(1.0, 0.0)]))
    model = MLP(sizes[0], sizes[1:], activations, init="zeros", seed=0, bias=draw(st.booleans()), dropout=dropout)
    for p in model.parameters():
        p.data = draw(finite)
    return model


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), finite, st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=8,
)


def bits(model):
    return [struct.pack("<d", p.data) for p in model.parameters()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(model=models(), metadata=st.dictionaries(st.text(max_size=5), json_values, max_size=3))
def test_a_saved_model_comes_back_to_the_bit(folder, suffix, model, metadata):
    path = folder / f"model{suffix}"
    save(model, path, metadata=metadata)
    back = load(path)
    assert bits(back) == bits(model)
    assert back.metadata == metadata
    assert back.dropout == model.dropout
    assert list(back.state_dict()) == list(model.state_dict())
    names = [neuron.activation for layer in back.layers for neuron in layer.neurons]
    assert names == [neuron.activation for layer in model.layers for neuron in layer.neurons]


@given(model=models())
def test_the_two_formats_hold_the_same_model(folder, model):
    for suffix in SUFFIXES:
        save(model, folder / f"same{suffix}")
    a, b = (load(folder / f"same{suffix}") for suffix in SUFFIXES)
    assert bits(a) == bits(b)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_model_gives_the_same_file(tmp_path, suffix):
    for name in "ab":
        save(MLP(2, [12, 3], seed=1), tmp_path / (name + suffix), metadata={"z": 1, "a": [2.5, None]})
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_loaded_model_predicts_and_is_saved_again_with_its_metadata(tmp_path, suffix):
    model = MLP(2, [16, 16, 1], seed=0)
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    save(model, first, metadata={"classes": ("yes", "no")})
    back = load(str(first))
    assert back([0.5, -1.0]).data == model([0.5, -1.0]).data
    assert back.metadata == {"classes": ["yes", "no"]}
    save(back, second)
    assert first.read_bytes() == second.read_bytes()


def test_loading_leaves_the_global_random_source_alone(tmp_path):
    save(MLP(2, [3], seed=0), tmp_path / "m.json")
    state = random.getstate()
    load(tmp_path / "m.json")
    assert random.getstate() == state


def test_json_is_readable():
    from nn.formats.blueprint import blueprint
    from nn.formats.json_format import to_json

    text = to_json(blueprint(MLP(2, [2, 1], init="zeros"), {})).decode()
    assert '"format": "glassgrad mlp 1",\n"nin": 2,\n"nouts": [2, 1]' in text
    assert '{"activation": "relu", "weights": [\n[0.0, 0.0],\n[0.0, 0.0]\n], "biases": [0.0, 0.0]}' in text


def test_files_of_models_without_dropout_say_nothing_of_it(tmp_path):
    for suffix in SUFFIXES:
        save(MLP(2, [2, 1], seed=0), tmp_path / f"m{suffix}")
        assert b"dropout" not in (tmp_path / f"m{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_loaded_model_is_trained_with_the_same_dropout_and_the_same_bits_each_time(tmp_path, suffix):
    X, y = moons(40, seed=1)
    save(MLP(2, [8, 1], seed=3, dropout=0.5), tmp_path / f"m{suffix}")
    twins = [load(tmp_path / f"m{suffix}") for _ in range(2)]
    plain = load(tmp_path / f"m{suffix}")
    plain.dropout = 0.0
    for model in (*twins, plain):
        fit(model, X, y, epochs=2, progress=False)
    assert bits(twins[0]) == bits(twins[1]) != bits(plain)
    assert repr(twins[0]) == "MLP(2, [8, 1], activation='relu', dropout=0.5)"


def test_safetensors_have_the_shapes_of_pytorch(tmp_path):
    from safetensors.numpy import load_file

    model = MLP(2, [3, 1], seed=0)
    save(model, tmp_path / "m.safetensors")
    found = load_file(str(tmp_path / "m.safetensors"))
    assert {name: array.shape for name, array in found.items()} == {
        "layers.0.weight": (3, 2),
        "layers.0.bias": (3,),
        "layers.1.weight": (1, 3),
        "layers.1.bias": (1,),
    }
    assert found["layers.0.weight"][2, 1] == model.layers[0].neurons[2].w[1].data


# ---- what cannot be saved


class Own(Module):
    def __init__(self):
        self.w = Value(1.0)


def changed(change):
    model = MLP(2, [3, 1], seed=0)
    change(model)
    return model


def share(model):
    model.layers[0].neurons[0].w[0] = model.layers[0].neurons[1].w[0]


def compute(model):
    model.layers[0].neurons[0].w[0] = model.layers[0].neurons[0].w[0] * 2.0


def one_nan(model):
    model.layers[0].neurons[1].b.data = math.nan


def other_activation(model):
    model.layers[0].neurons[1].activation = "tanh"


def no_bias(model):
    vars(model.layers[0].neurons[1])["b"] = 0.0


def shorter(model):
    model.layers[1].neurons[0].w.pop()


def too_much_dropout(model):
    model.dropout = 1.5


@pytest.mark.parametrize(
    ("model", "error", "said"),
    [
        (Own(), TypeError, r"only an MLP of plain layers can be saved, got Own; .* store\s+model.state_dict\(\)"),
        (Layer(2, 3, seed=0), TypeError, "got Layer"),
        (None, TypeError, "got NoneType"),
        (MLP(2, [3, 1], lambda z: z * 2.0), ValueError, "layer 0 is a function of yours, and code is never stored"),
        (changed(share), ValueError, "shared"),
        (changed(compute), ValueError, "computed"),
        (changed(one_nan), ValueError, "layers.0.neurons.1.b is nan; only finite"),
        (changed(other_activation), ValueError, "neurons of layer 0 differ in activation"),
        (changed(no_bias), ValueError, "only some neurons of layer 0 have a bias"),
        (changed(shorter), ValueError, "layer 1 do not all take 3 inputs"),
        (changed(too_much_dropout), ValueError, "dropout must be a number from 0 to below 1, got 1.5"),
    ],
)
def test_what_a_file_cannot_say_is_refused_and_nothing_is_written(tmp_path, model, error, said):
    with pytest.raises(error, match=said):
        save(model, tmp_path / "m.json")
    assert os.listdir(tmp_path) == []


def cycle():
    d = {}
    d["d"] = d
    return d


@pytest.mark.parametrize(
    ("metadata", "error", "said"),
    [
        ([1], TypeError, "metadata must be a dict, got list"),
        ({"a": {1, 2}}, TypeError, "plain JSON values"),
        ({"a": Value(1.0)}, TypeError, "plain JSON values"),
        ({1: 2}, TypeError, "the key 1 is not a str"),
        ({"a": [{None: 2}]}, TypeError, "the key None is not a str"),
        ({"a": math.nan}, ValueError, "metadata cannot be stored"),
        ({"a": -math.inf}, ValueError, "metadata cannot be stored"),
        (cycle(), ValueError, "nested too deeply or contains itself"),
    ],
)
def test_metadata_is_plain(tmp_path, metadata, error, said):
    with pytest.raises(error, match=said):
        save(MLP(1, [1], seed=0), tmp_path / "m.json", metadata=metadata)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("path", "error", "said"),
    [
        ("m.pickle", ValueError, "the name must end in .json or .safetensors, got 'm.pickle'"),
        ("m", ValueError, "the name must end in"),
        ("a\0.json", ValueError, "cannot be a file name"),
        (3, TypeError, "path must be a str or a Path, got int"),
        (b"m.json", TypeError, "got bytes"),
        ("nowhere/m.json", FileNotFoundError, "nowhere"),
    ],
)
def test_wrong_paths_are_told(tmp_path, monkeypatch, path, error, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=said):
        save(MLP(1, [1], seed=0), path)
    with pytest.raises(error):
        load(path)
    assert os.listdir(tmp_path) == []


def test_a_folder_is_not_a_file(tmp_path):
    (tmp_path / "m.json").mkdir()
    with pytest.raises(IsADirectoryError, match="is a folder; add a file name"):
        save(MLP(1, [1], seed=0), tmp_path / "m.json")
    with pytest.raises(IsADirectoryError):
        load(tmp_path / "m.json")


@pytest.mark.parametrize("failing", ["replace", "fsync"])
def test_a_failed_save_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, failing):
    path = tmp_path / "m.json"
    save(MLP(1, [1], seed=0), path)
    before = path.read_bytes()

    def fail(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(KeyboardInterrupt):
        save(MLP(1, [1], seed=1), path)
    assert os.listdir(tmp_path) == ["m.json"]
    assert path.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "symlink") or sys.platform == "win32", reason="needs symbolic links")
def test_a_link_is_replaced_and_its_target_left_alone(tmp_path):
    target, link = tmp_path / "precious.json", tmp_path / "m.json"
    target.write_text("precious")
    link.symlink_to(target)
    save(MLP(1, [1], seed=0), link)
    assert target.read_text() == "precious"
    assert not link.is_symlink()
    assert load(link)


def test_a_model_above_the_limit_is_neither_written_nor_read(tmp_path, monkeypatch):
    path = tmp_path / "m.json"
    save(MLP(1, [1], seed=0), path)
    monkeypatch.setattr(nn.saving, "MAX_BYTES", 100)
    with pytest.raises(ValueError, match="more than 100 bytes"):
        load(path)
    with pytest.raises(ValueError, match="the limit is 100"):
        save(MLP(1, [1], seed=0), tmp_path / "n.json")
    assert os.listdir(tmp_path) == ["m.json"]


# ---- what is no model


def good():
    return {
        "format": "glassgrad mlp 1",
        "nin": 2,
        "nouts": [1],
        "layers": [{"activation": "linear", "weights": [[1.0, 2]], "biases": [0.5]}],
        "metadata": {},
    }


def text(**changes):
    return json.dumps(good() | changes)


def layer(**changes):
    return text(layers=[good()["layers"][0] | changes])


REFUSED = {
    "empty": ("", "not JSON"),
    "binary": (b"\x80\x04\x95 pickle \xff", "not UTF-8"),
    "a byte order mark": ("\ufeff" + text(), "not JSON"),
    "a word": ("é" * 200, "not JSON"),
    "half a character": ("é".encode()[:1], "not JSON"),
    "truncated": (text()[:-20], "not JSON"),
    "garbage behind": (text() + "{}", "not JSON"),
    "a list": ("[]", "the file must be an object with exactly format"),
    "null": ("null", "the file must be an object"),
    "another format": (text(format="other"), "its format is 'other'"),
    "no format": (json.dumps({k: v for k, v in good().items() if k != "format"}), "exactly format"),
    "one key more": (text(code="import os"), "exactly format"),
    "repeated key": (text().replace('"nin": 2', '"nin": 2, "nin": 2'), "the key 'nin' is there twice"),
    "repeated key in metadata": (
        text().replace('"metadata": {}', '"metadata": {"a": 1, "a": 2}'),
        "'a' is there twice",
    ),
    "nan": (layer(biases=[math.nan]), "NaN is not a number"),
    "infinity": (layer(biases=[-math.inf]), "-Infinity is not a number"),
    "1e999": (layer().replace("0.5", "1e999"), "1e999 is too large"),
    "1e999 in metadata": (text().replace('"metadata": {}', '"metadata": {"a": 1e999}'), "1e999 is too large"),
    "an int too large": (layer().replace("0.5", "1" + "0" * 400), "too large for a float"),
    "an int of 5,000 digits": (layer().replace("0.5", "1" * 5000), "4300|limit"),
    "a bool as weight": (layer(weights=[[True, 1.0]]), "must be a list of numbers"),
    "a str as weight": (layer(weights=[["1.0", 1.0]]), "must be a list of numbers"),
    "a bool as size": (text(nin=True), "nin must be an int"),
    "a float as size": (text(nin=2.0), "nin must be an int"),
    "a huge size": (text(nin=10**9), "nin must be in 1..1,000,000"),
    "a negative size": (text(nin=-1), "nin must be in 1..1,000,000"),
    "a huge width": (text(nouts=[10**9]), "must be a list of 1000000000 rows"),
    "no layers": (text(nouts=[], layers=[]), "no layers"),
    "layers missing": (text(layers=[]), "one entry for each of nouts"),
    "wrong nin": (text(nin=3), "has 2 weights, wanted 3"),
    "weights no list": (layer(weights={"0": 1}), "list of 1 rows"),
    "a row no list": (layer(weights=[1.0]), "must be a list of numbers"),
    "an empty row": (layer(weights=[[]]), "has 0 weights, wanted 2"),
    "too many biases": (layer(biases=[1.0, 2.0]), "has 2 biases for 1 neurons"),
    "unknown activation": (layer(activation="__class__"), "unknown activation '__class__'"),
    "an activation no name": (layer(activation=["relu"]), "activation of layer 0 must be a name"),
    **{
        f"dropout {value}": (text().replace("{", f'{{"dropout": {value}, ', 1), said)
        for value, said in (
            ("1", "dropout must be a number from 0 to below 1, got 1"),
            ("-0.1", "dropout must be a number from 0"),
            ("1e999", "1e999 is too large"),
            ("NaN", "NaN is not a number"),
            ('"0.5"', "dropout must be a number from 0 to below 1, got '0.5'"),
            ("true", "got True"),
            ("null", "got None"),
            ("[0.5]", "dropout must be"),
            ("{}", "dropout must be"),
            ('0.5, "dropout": 0.5', "the key 'dropout' is there twice"),
            ("0." + "1" * 6000, "dropout|not JSON"),
        )
    },
    "metadata no object": (text(metadata=[1]), "metadata must be an object"),
    "deep nesting": ("[" * 100_000, "the file must be an object"),
    "deep objects": ('{"a":' * 100_000, "the file must be an object with exactly format"),
    "deep metadata": (text()[:-3] + '{"a": ' + "[" * 100_000, "nested too deeply"),
    "deeper metadata": (text()[:-3] + '{"a":' * 100_000, "nested too deeply"),
    "much of nothing": ("[" + "0," * 10**6 + "0]", "the file must be an object"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_model_is_refused_with_the_reason(tmp_path, name):
    content, said = REFUSED[name]
    path = tmp_path / "m.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ValueError, match=said) as caught:
        load(path)
    assert "m.json' is not a saved model: " in str(caught.value)
    assert len(str(caught.value)) < 600


def test_the_file_that_the_others_spoil_is_good(tmp_path):
    (tmp_path / "m.json").write_text(text())
    assert load(tmp_path / "m.json")([1.0, 1.0]).data == 3.5
    for value in ("0", "0.0", "-0.0", "0.5"):
        (tmp_path / "m.json").write_text(text().replace("{", f'{{"dropout": {value}, ', 1))
        assert load(tmp_path / "m.json").dropout == float(value)
    (tmp_path / "m.json").write_text(layer(biases=None))
    assert load(tmp_path / "m.json")([1.0, 1.0]).data == 3.0


@given(data=st.data())
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_damaged_file_loads_or_raises_value_error(folder, suffix, data):
    path = folder / f"damaged{suffix}"
    save(MLP(2, [2, 1], seed=0), path, metadata={"a": 1})
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.sampled_from([len(content), data.draw(st.integers(0, len(content)))]))]
    path.write_bytes(bytes(content))
    try:
        numbers = [p.data for p in load(path).parameters()]
    except ValueError:
        return
    assert all(map(math.isfinite, numbers))


def safetensors_bytes(tensors, metadata):
    import numpy as np
    from safetensors.numpy import save as write

    return write({name: np.array(rows, dtype=dtype) for name, (rows, dtype) in tensors.items()}, metadata)


def described(**changes):
    return {"glassgrad": json.dumps({"format": "glassgrad mlp 1", "activations": ["relu"], "metadata": {}} | changes)}


WEIGHT = {"layers.0.weight": ([[1.0, 2.0]], "float64")}


@pytest.mark.parametrize(
    ("tensors", "metadata", "said"),
    [
        (WEIGHT, None, "no 'glassgrad' entry"),
        (WEIGHT, {"glassgrad": "[]"}, "must be an object with exactly format"),
        (WEIGHT, {"glassgrad": "["}, "not JSON"),
        (WEIGHT, described(format="x"), "its format is 'x'"),
        (WEIGHT, described(activations=[]), "activations must be a list of names"),
        (WEIGHT, described(activations=["system"]), "unknown activation 'system'"),
        (WEIGHT, described(activations=["relu", "relu"]), "no tensor 'layers.1.weight'"),
        (WEIGHT, described(metadata=None), "metadata must be an object"),
        *((WEIGHT, described(dropout=x), "dropout must be a number from 0") for x in (1, -0.5, True, None, "0", [])),
        (WEIGHT, described(drop=0.5), "must be an object with exactly format"),
        (WEIGHT | {"more": ([1.0], "float64")}, described(), "the tensor 'more' does not belong"),
        ({"layers.0.weight": ([[1.0, 2.0]], "float32")}, described(), "holds F32, wanted F64"),
        ({"layers.0.weight": ([1.0, 2.0], "float64")}, described(), r"must have the shape \(outputs, inputs\)"),
        ({"layers.0.weight": ([[], []], "float64")}, described(), r"shape \(outputs, inputs\), got \(2, 0\)"),
        ({"layers.0.weight": ([[1.0, math.inf]], "float64")}, described(), "not all finite"),
        (WEIGHT | {"layers.0.bias": ([[1.0]], "float64")}, described(), "must have one dimension"),
        (WEIGHT | {"layers.0.bias": ([1.0, 2.0], "float64")}, described(), "has 2 biases for 1 neurons"),
    ],
)
def test_safetensors_that_are_no_model_are_refused_with_the_reason(tmp_path, tensors, metadata, said):
    path = tmp_path / "m.safetensors"
    path.write_bytes(safetensors_bytes(tensors, metadata))
    with pytest.raises(ValueError, match=said):
        load(path)


@pytest.mark.parametrize("content", [b"", b"\0" * 8, b"\xff" * 8 + b"{}", struct.pack("<Q", 10**9) + b"{}"])
def test_what_is_no_safetensors_at_all_is_refused(tmp_path, content):
    (tmp_path / "m.safetensors").write_bytes(content)
    with pytest.raises(ValueError, match="is not a saved model"):
        load(tmp_path / "m.safetensors")


def test_without_the_package_the_error_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "safetensors", None)
    with pytest.raises(ImportError, match=r"pip install safetensors, or use \.json"):
        save(MLP(1, [1], seed=0), tmp_path / "m.safetensors")
    assert os.listdir(tmp_path) == []
