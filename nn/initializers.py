"""First weights of a neuron: functions of a random source and the layer's two widths.

All scales keep the variance of the signal about constant from layer to layer. Uniform draws are the default because
`random.Random.random` is the one method whose sequence Python promises to keep from version to version.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from types import ModuleType
from typing import Any, TypeAlias

from nn.numbers import finite
from nn.wording import nearest

Random: TypeAlias = random.Random | ModuleType  # the module `random` itself is Python's global source
Initializer: TypeAlias = Callable[[Any, int, int], list[float]]


def he_uniform(rng: random.Random, nin: int, nout: int) -> list[float]:
    """`nin` weights from U(-a, a) with variance 2 / nin, for ReLU and its relatives (He et al. 2015)."""
    return _uniform(rng, nin, 2.0 / nin)


def he_normal(rng: random.Random, nin: int, nout: int) -> list[float]:
    """`nin` weights from N(0, 2 / nin), for ReLU and its relatives (He et al. 2015)."""
    return _normal(rng, nin, 2.0 / nin)


def xavier_uniform(rng: random.Random, nin: int, nout: int) -> list[float]:
    """`nin` weights from U(-a, a) with variance 2 / (nin + nout), for tanh and sigmoid (Glorot and Bengio 2010)."""
    return _uniform(rng, nin, 2.0 / (nin + nout))


def xavier_normal(rng: random.Random, nin: int, nout: int) -> list[float]:
    """`nin` weights from N(0, 2 / (nin + nout)), for tanh and sigmoid (Glorot and Bengio 2010)."""
    return _normal(rng, nin, 2.0 / (nin + nout))


def lecun_uniform(rng: random.Random, nin: int, nout: int) -> list[float]:
    """`nin` weights from U(-a, a) with variance 1 / nin (LeCun et al. 1998)."""
    return _uniform(rng, nin, 1.0 / nin)


def lecun_normal(rng: random.Random, nin: int, nout: int) -> list[float]:
    """`nin` weights from N(0, 1 / nin) (LeCun et al. 1998)."""
    return _normal(rng, nin, 1.0 / nin)


def uniform(rng: random.Random, nin: int, nout: int) -> list[float]:
    """`nin` weights from U(-1, 1) whatever the widths: micrograd's, fit for narrow layers only."""
    return [rng.uniform(-1, 1) for _ in range(nin)]


def zeros(rng: random.Random, nin: int, nout: int) -> list[float]:
    """`nin` zeros. Neurons that start alike stay alike: for output layers and experiments."""
    return [0.0] * nin


def constant(value: float) -> Initializer:
    """An initializer that gives every weight the number `value`."""
    number = finite(value, "constant: value")
    return lambda rng, nin, nout: [number] * nin


INITIALIZERS: dict[str, Initializer] = {
    "he_uniform": he_uniform,
    "he_normal": he_normal,
    "kaiming_uniform": he_uniform,
    "kaiming_normal": he_normal,
    "xavier_uniform": xavier_uniform,
    "xavier_normal": xavier_normal,
    "glorot_uniform": xavier_uniform,
    "glorot_normal": xavier_normal,
    "lecun_uniform": lecun_uniform,
    "lecun_normal": lecun_normal,
    "uniform": uniform,
    "zeros": zeros,
}

# Half of a centered signal is cut off by the ReLU family, so its weights need twice the variance; curves that pass
# the origin with a slope below 1 and are not odd keep variance 1 / nin.
_FITTED: dict[str, Initializer] = {
    "relu": he_uniform,
    "leaky_relu": he_uniform,
    "gelu": he_uniform,
    "elu": lecun_uniform,
    "silu": lecun_uniform,
    "softplus": lecun_uniform,
}


def fitted(activation: object) -> Initializer:
    """The initializer that suits an activation: He for ReLU's family, LeCun for ELU's, Xavier for everything else."""
    return _FITTED.get(activation, xavier_uniform) if isinstance(activation, str) else xavier_uniform


def chosen_initializer(
    init: str | Initializer | None, seed: int | None, rng: Random | None, activation: object
) -> Initializer:
    """The initializer asked for; by default the fitted one, or micrograd's when there is neither seed nor rng.

    Raises ValueError for an unknown name, listing the choices, and TypeError for what is neither name nor function.
    """
    if init is None:
        return uniform if seed is None and rng is None else fitted(activation)
    if callable(init):
        return init
    if not isinstance(init, str):
        raise TypeError(f"init must be a name or a function (rng, nin, nout) -> list, got {type(init).__name__}")
    if init not in INITIALIZERS:
        near = nearest(init, INITIALIZERS)
        hint = f"; did you mean {near!r}?" if near else "."
        raise ValueError(f"unknown init {init[:40]!r}{hint} Choices: {', '.join(INITIALIZERS)}")
    return INITIALIZERS[init]


def random_source(seed: int | None, rng: Random | None) -> Random:
    """`rng`, or a new one from `seed`; with neither, Python's global `random`, governed by `random.seed`.

    Raises TypeError for a seed that is no int or an rng of another kind, ValueError when both are given.
    """
    if seed is not None and rng is not None:
        raise ValueError("give seed or rng, not both")
    if seed is not None:
        if type(seed) is not int:
            raise TypeError(f"seed must be an int, got {type(seed).__name__}")
        return random.Random(seed)
    if rng is None:
        return random
    if isinstance(rng, random.Random) or rng is random:
        return rng
    raise TypeError(f"rng must be a random.Random, got {type(rng).__name__}; for a plain number use seed=")


def _uniform(rng: random.Random, nin: int, variance: float) -> list[float]:
    a = math.sqrt(3.0 * variance)  # U(-a, a) has variance a * a / 3
    draw = rng.random
    return [-a + 2.0 * a * draw() for _ in range(nin)]  # the bits of rng.uniform(-a, a)


def _normal(rng: random.Random, nin: int, variance: float) -> list[float]:
    deviation = math.sqrt(variance)
    return [rng.gauss(0.0, deviation) for _ in range(nin)]
