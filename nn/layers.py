"""Neuron, Layer and MLP: a neuron is one `dot` node and its activation node, a layer is neurons side by side.

Inputs are checked once a layer, not once a neuron, because the forward pass is the hot path: lengths before, and
single numbers only after `dot` has refused one.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from autograd import Value, dot, mean, sqrt, square
from autograd.hooks import note_with, noted
from nn.activations import Activation, activation_function, activation_name
from nn.initializers import Initializer, Random, chosen_initializer, random_source
from nn.module import Module, Weights
from nn.numbers import check_parameters, size
from nn.scopes import NeuronScopes
from nn.wording import shown

Number: TypeAlias = Value | float


class Neuron(Module):
    """activation(b + w[0] * x[0] + ... + w[nin - 1] * x[nin - 1]), one `dot` node and one activation node.

    `w` is a list of `nin` Values, `b` is a Value, 0.0 at first, or the plain number 0.0 when `bias` is False; numbers
    put into `w` or over `b` become the data of the parameters. `activation` is a name from `nn.ACTIVATIONS` or a
    function of one Value; `nonlin=False` leaves it out, as in micrograd. Weights are drawn as `MLP` describes; `nout`,
    the width of the layer around it, matters to that alone.

    >>> from nn import Neuron
    >>> neuron = Neuron(2, activation="relu", seed=1)
    >>> neuron.w[0], neuron.w[1], neuron.b = 1.0, -2.0, 0.5
    >>> neuron([3.0, 1.0]).data
    1.5
    """

    def __init__(
        self,
        nin: int,
        nonlin: bool = True,
        *,
        activation: Activation = "relu",
        init: str | Initializer | None = None,
        seed: int | None = None,
        rng: Random | None = None,
        bias: bool = True,
        nout: int = 1,
    ) -> None:
        nin = size("Neuron: nin", nin)
        if not isinstance(nonlin, bool):
            raise TypeError(
                f"Neuron: nonlin must be True or False, got {shown(nonlin)}; name a function with activation="
            )
        check_parameters("Neuron", nin + bool(bias))
        activation = activation if nonlin else "linear"
        function = activation_function(activation)
        draw = chosen_initializer(init, seed, rng, activation)
        weights = list(draw(random_source(seed, rng), nin, size("Neuron: nout", nout)))
        if len(weights) != nin:
            raise ValueError(f"Neuron: init must return {nin} weights, got {len(weights)}")
        self.__dict__["w"] = Weights([Value(weight) for weight in weights])
        self.__dict__["b"] = Value(0.0) if bias else 0.0
        self._set_activation(activation, function)

    def __call__(self, x: Iterable[Number]) -> Any:
        """The neuron's answer to one row of inputs: numbers, Values, both mixed, or a NumPy row."""
        row = checked_row(x, len(self.w), "Neuron")
        try:
            z = dot(self.w, row, start=self.b)
        except TypeError as error:
            raise explained(error, row, "Neuron") from None
        return z if self._function is None else self._function(z)

    @property
    def w(self) -> Any:
        """The weights, one an input; settable, as a whole or one by one."""
        return self.__dict__["w"]

    @w.setter
    def w(self, weights: Iterable[Number]) -> None:
        weights = list(weights)
        if len(weights) != len(self.w):
            raise ValueError(f"Neuron: w must stay a list of {len(self.w)} weights, got {len(weights)}")
        self.w[:] = weights

    @property
    def b(self) -> Any:
        """The bias, a Value, or 0.0 without; settable."""
        return self.__dict__["b"]

    @b.setter
    def b(self, bias: Number) -> None:
        if type(bias) is Value or not isinstance(self.b, Value):
            self.__dict__["b"] = bias
        else:
            self.b.data = bias

    @property
    def activation(self) -> Activation:
        """The activation's name, or the function given for it; settable."""
        return self.__dict__["activation"]

    @activation.setter
    def activation(self, activation: Activation) -> None:
        self._set_activation(activation, activation_function(activation))

    @property
    def nonlin(self) -> bool:
        """Whether there is an activation at all, as in micrograd."""
        return self._function is not None

    def _set_activation(self, activation: Activation, function: Any) -> None:
        self.__dict__["activation"] = "linear" if activation is None else activation
        self._function = function

    def __repr__(self) -> str:
        bias = "" if isinstance(self.b, Value) else ", bias=False"
        return f"Neuron({len(self.w)}, activation={activation_name(self.activation)!r}{bias})"


class Layer(Module):
    """`nout` neurons over the same `nin` inputs; the answer of one neuron comes bare, of several as a list.

    The keywords are those of `Neuron`. One random source serves all neurons in turn.

    >>> from nn import Layer
    >>> len(Layer(2, 3, activation="tanh", seed=1)([0.5, -0.5]))
    3
    """

    def __init__(
        self,
        nin: int,
        nout: int,
        *,
        nonlin: bool = True,
        activation: Activation = "relu",
        init: str | Initializer | None = None,
        seed: int | None = None,
        rng: Random | None = None,
        bias: bool = True,
    ) -> None:
        nin, nout = size("Layer: nin", nin), size("Layer: nout", nout)
        check_parameters("Layer", nout * (nin + bool(bias)))
        draw = chosen_initializer(init, seed, rng, activation if nonlin else "linear")
        source = random_source(seed, rng)
        self.neurons = [
            Neuron(nin, nonlin, activation=activation, init=draw, rng=source, bias=bias, nout=nout) for _ in range(nout)
        ]
        self.name = "Layer"
        self.scopes = NeuronScopes()

    def __call__(self, x: Iterable[Number]) -> Any:
        """The neurons' answers to one row of inputs: numbers, Values, both mixed, or a NumPy row."""
        out = self.outputs(x)
        return out[0] if len(out) == 1 else out

    def outputs(self, x: Iterable[Number]) -> list[Value]:
        """The neurons' answers as a list, also where there is only one."""
        neurons = self.neurons
        row = checked_row(x, len(neurons[0].w), self.name)
        out = []
        outer = noted()
        try:
            for neuron, note in zip(neurons, self.scopes.notes(outer, len(neurons))):  # noqa: B905  # strict takes time
                note_with(note)
                if type(neuron) is not Neuron:
                    out.append(neuron(row))
                    continue
                z = dot(neuron.w, row, neuron.b)
                f = neuron._function
                out.append(z if f is None else f(z))
        except TypeError as error:
            raise explained(error, row, self.name) from None
        finally:
            note_with(outer)
        return out

    def __repr__(self) -> str:
        first = self.neurons[0]
        bias = "" if isinstance(first.b, Value) else ", bias=False"
        activation = activation_name(first.activation)
        return f"Layer({len(first.w)}, {len(self.neurons)}, activation={activation!r}{bias})"


_MASKS = 2**32  # added to a seed: the units that are left out depend on other random numbers than the weights do


def _generator(seed: int | None) -> Any:
    """NumPy's generator with the numbers of `random.Random`, which the playground's scripts draw too; NumPy is imported
    by networks that need it alone."""
    import numpy

    words = random.Random(None if seed is None else seed + _MASKS).getstate()[1]
    bits = numpy.random.MT19937()
    key = numpy.array(words[:-1], numpy.uint32)
    bits.state = {"bit_generator": "MT19937", "state": {"key": key, "pos": words[-1]}}
    return numpy.random.Generator(bits)


class MLP(Module):
    """Layers one after another: `MLP(2, [16, 16, 1])` has ReLU between the layers and is linear at the end.

    Arguments:
        nin: number of inputs. nouts: width of each layer, the last the number of outputs.
        activation: name from `nn.ACTIVATIONS` or function of one Value, for all layers but the last; or a list with
            one for every layer.
        output_activation: that of the last layer when `activation` is not a list.
        init: name from `nn.INITIALIZERS` or function `(rng, nin, nout) -> nin numbers`.
        seed, rng: where the weights come from, an int or a `random.Random`; the same seed gives the same bits.
        bias: whether neurons have one. It is 0.0 at first.
        dropout: the share of hidden units that are left out, others each time, in training (`fit`, `train()`); which
            ones, the seed or the rng says.

    With a seed or an rng the default of `init` fits each layer's activation (He, LeCun or Xavier). With none of the
    three the network starts as micrograd's does: weights from U(-1, 1), drawn from Python's global `random`, so that a
    program written for micrograd gives the same numbers under the same `random.seed`. That suits narrow layers only:
    give real models a seed.

    Raises ValueError for sizes outside 1..1,000,000, more than 10,000,000 parameters or unknown names, TypeError for
    sizes that are no ints, all before anything is allocated. `metadata` is a dict of the caller's that `save` keeps.

    >>> from nn import MLP
    >>> model = MLP(2, [16, 16, 1], activation="tanh", seed=1)
    >>> len(model.parameters()), type(model([0.5, -0.5])).__name__
    (337, 'Value')
    """

    def __init__(
        self,
        nin: int,
        nouts: Sequence[int],
        activation: Activation | Sequence[Activation] = "relu",
        *,
        output_activation: Activation = "linear",
        init: str | Initializer | None = None,
        seed: int | None = None,
        rng: Random | None = None,
        bias: bool = True,
        dropout: float = 0.0,
    ) -> None:
        if isinstance(nouts, (str, bytes)) or not hasattr(nouts, "__iter__"):
            raise TypeError(f"MLP: nouts must be a list of layer widths such as [16, 16, 1], got {shown(nouts)}")
        widths = [size(f"MLP: nouts[{i}]", width) for i, width in enumerate(nouts)]
        if not widths:
            raise ValueError("MLP: nouts must name at least one layer, got an empty list")
        sizes = [size("MLP: nin", nin), *widths]
        check_parameters("MLP", sum(n * (m + bool(bias)) for m, n in zip(sizes, widths)))  # noqa: B905
        activations = _per_layer(activation, output_activation, len(widths))
        source = random_source(seed, rng)
        self.layers: list[Layer] = []
        for i, (width, f) in enumerate(zip(widths, activations, strict=True)):
            draw = chosen_initializer(init, seed, rng, f)
            self.layers.append(Layer(sizes[i], width, activation=f, init=draw, rng=source, bias=bias))
            self.layers[i].name = f"MLP layer {i}"
            self.layers[i].scopes = NeuronScopes(f"mlp/layer {i}")
        self.metadata: dict[str, Any] = {}
        if isinstance(dropout, bool) or not isinstance(dropout, (int, float)) or not 0.0 <= dropout < 1.0:
            raise ValueError(f"MLP: dropout must be a share from 0 to below 1, got {shown(dropout)}")
        self.dropout = float(dropout)
        self._seed = source.getrandbits(32) if dropout and seed is None else seed
        self._drawn: Any = None

    def mask_source(self) -> Any:
        """NumPy's generator of the random numbers that `masks` takes; None without dropout."""
        if self._drawn is None and self.dropout:
            self._drawn = _generator(self._seed)
        return self._drawn if self.dropout else None

    def masks(self, rows: int) -> Any:
        """For each row a factor for each hidden unit: 0 for those left out, and for the others what makes up for them;
        None without dropout."""
        if not self.dropout:
            return None
        width = sum(len(layer.neurons) for layer in self.layers[:-1])
        if not width:
            return None
        return (self.mask_source().random((rows, width)) >= self.dropout) / (1.0 - self.dropout)

    def masked(self, x: Iterable[Number], mask: Any) -> Any:
        """The answer to one row, its hidden units times the factors of a mask."""
        out: Any = x
        at = 0
        for layer in self.layers[:-1]:
            out = [value * mask[at + i] for i, value in enumerate(layer.outputs(out))]
            at += len(layer.neurons)
        out = self.layers[-1].outputs(out)
        return out[0] if len(out) == 1 else out

    def __call__(self, x: Iterable[Number]) -> Any:
        """The answer to one row of inputs: a Value, or a list of them when the last layer has several neurons."""
        if self.training and self.dropout:
            masks = self.masks(1)
            if masks is not None:
                return self.masked(x, masks[0].tolist())
        out: Any = x
        for layer in self.layers:
            out = layer.outputs(out)
        return out[0] if len(out) == 1 else out

    def __repr__(self) -> str:
        widths = [len(layer.neurons) for layer in self.layers]
        names = [activation_name(layer.neurons[0].activation) for layer in self.layers]
        hidden, last = names[0], names[-1]
        if any(name != hidden for name in names[:-1]):
            activations = f"activation={_shortened(names)}"
        else:
            activations = f"activation={hidden!r}" if len(names) > 1 else "activation='relu'"
            activations += f", output_activation={last!r}" if last != "linear" else ""
        dropout = f", dropout={self.dropout}" if self.dropout else ""
        return f"MLP({len(self.layers[0].neurons[0].w)}, {_shortened(widths)}, {activations}{dropout})"


class LayerNorm(Module):
    """Rows of `n` numbers with mean 0 and variance 1, times gains and plus biases that are learned (Ba et al. 2016).

    >>> from nn import LayerNorm
    >>> [round(y.data, 2) for y in LayerNorm(2)([1.0, 3.0])]
    [-1.0, 1.0]
    """

    def __init__(self, n: int, *, eps: float = 1e-5) -> None:
        n = size("LayerNorm: n", n)
        self.gain = Weights([Value(1.0) for _ in range(n)])
        self.bias = Weights([Value(0.0) for _ in range(n)])
        self.eps = eps

    def __call__(self, x: Iterable[Number]) -> list[Any]:
        """The row normalized, gained and shifted."""
        row = checked_row(x, len(self.gain), "LayerNorm")
        middle = mean(row)
        centered = [value - middle for value in row]
        factor = 1.0 / sqrt(mean([square(value) for value in centered]) + self.eps)
        return [value * factor * g + b for value, g, b in zip(centered, self.gain, self.bias, strict=True)]

    def __repr__(self) -> str:
        return f"LayerNorm({len(self.gain)})"


def _per_layer(activation: Any, output: Activation, layers: int) -> list[Activation]:
    if isinstance(activation, (list, tuple)):
        if len(activation) != layers:
            raise ValueError(f"MLP: activation lists {len(activation)} names for {layers} layers; give one a layer")
        if output not in ("linear", None):
            raise ValueError("MLP: output_activation is given beside a list of activations; put it last in the list")
        return list(activation)
    activation_function(activation)  # one layer alone does not use it, and a wrong name is still a mistake
    return [activation] * (layers - 1) + [output]


def _shortened(items: list[Any], limit: int = 8) -> str:
    if len(items) <= limit:
        return repr(items)
    shown = ", ".join(repr(item) for item in items[: limit - 2])
    return f"[{shown}, ..., {items[-1]!r}] ({len(items)} layers)"


def checked_row(x: Any, nin: int, where: str) -> list[Any]:
    """`x` as a list of `nin` items, which are not looked at."""
    if type(x) is not list:
        x = _listed(x, nin, where)
    if len(x) != nin:
        raise ValueError(f"{where} takes {_inputs(nin)}, got {len(x)}")
    return x


def _listed(x: Any, nin: int, where: str) -> list[Any]:
    if getattr(x, "ndim", 1) > 1:
        raise ValueError(f"{where} takes one row of {_inputs(nin)}, got shape {x.shape}; call it row by row")
    if hasattr(x, "tolist"):
        x = x.tolist()  # Python floats are faster than NumPy's in everything that follows
    if nin == 1 and isinstance(x, (Value, int, float)):
        return [x]
    if isinstance(x, (Value, str, bytes, dict, set, frozenset)) or not hasattr(x, "__iter__"):
        raise TypeError(f"{where} takes a row of {_inputs(nin)} such as a list, got {type(x).__name__}")
    return [*x]


def explained(error: TypeError, row: Sequence[Any], where: str) -> TypeError:
    """A better message when an input is to blame for `error`, else `error` itself."""
    for i, item in enumerate(row):
        if isinstance(item, (str, bytes, complex)) or not hasattr(item, "__float__") or getattr(item, "ndim", 0):
            kind = type(item).__name__
            several = hasattr(item, "__len__") and not isinstance(item, (str, bytes))
            hint = "; it takes one row a call" if several else ""
            return TypeError(f"{where} takes numbers and Values, got {kind} as input {i}{hint}")
    return error


def _inputs(nin: int) -> str:
    return "1 input" if nin == 1 else f"{nin} inputs"
