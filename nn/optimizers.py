"""Optimizers with PyTorch's face: SGD, Adam, AdamW, RMSProp and Lion.

Each update rule is documented here and looped over the parameters in `autograd.arrays.parameters`, at machine speed;
PyTorch's formulas are followed to the letter. What an optimizer remembers lies in `array('d')`, one number a parameter;
where `parameters` has been changed since, it is moved to the places that they have now.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterable, Mapping
from typing import Any

from autograd import Value
from autograd.arrays.parameters import (
    adapt,
    arena_for,
    descend,
    descend_with_momentum,
    only_leaves,
    only_values,
    same,
    zero_gradients,
)
from autograd.jit.watching.tracked import Tracked
from autograd.jit.watching.watch import changes_of_weights
from autograd.wording import counted
from nn.numbers import at_least_zero, fraction
from nn.wording import shown

_LARGEST = sys.float_info.max


class _Optimizer:
    """What the optimizers share: the parameters, checked numbers, and saving and restoring."""

    _numbers: tuple[str, ...] = ()
    _memories: tuple[str, ...] = ()
    _squares: tuple[str, ...] = ()  # those memories that cannot be negative
    # whose memories these are; where recorded functions have their numbers and gradients lie side by side
    _known: list[Value]
    _arena: Any = None

    def __init__(self, parameters: Iterable[Value], lr: float, weight_decay: float) -> None:
        self._take(_checked_parameters(type(self).__name__, parameters))
        self.lr = lr
        self.weight_decay = self._at_least_zero("weight_decay", weight_decay)
        self.steps = 0

    @property
    def lr(self) -> float:
        """The learning rate; set it between steps to follow a schedule."""
        return self._lr

    @lr.setter
    def lr(self, lr: float) -> None:
        self._lr = self._at_least_zero("lr", lr)

    def zero_grad(self) -> None:
        """Set the gradient of every parameter to 0.0."""
        self._follow()
        zero_gradients(self._known, self._arena)

    def step(self) -> None:
        """Move every parameter by one step of the rule, from its `.data` and `.grad`."""
        raise NotImplementedError(f"{type(self).__name__} has no step; define it in the subclass")

    def state_dict(self) -> dict[str, Any]:
        """Settings, number of steps and memory as plain JSON values; the parameters' own numbers are the model's."""
        state = self.kept_state()
        return state | {name: state[name].tolist() for name in self._memories}

    def kept_state(self) -> dict[str, Any]:
        """The same with memories in arrays, which takes no time: a run keeps it after every epoch."""
        self._follow()
        state: dict[str, Any] = {"optimizer": type(self).__name__, "steps": self.steps}
        state |= {name: getattr(self, name) for name in self._numbers}
        return state | {name: getattr(self, name)[:] for name in self._memories}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Continue where the optimizer that gave `state` stood; raises ValueError or TypeError and changes nothing."""
        kind = type(self).__name__
        if not isinstance(state, Mapping):
            raise TypeError(f"{kind}: state must be a dict from state_dict(), got {type(state).__name__}")
        wanted = self.state_dict()
        if set(state) != set(wanted):
            raise ValueError(f"{kind}: state must have exactly {', '.join(wanted)}; got {shown(list(state))}")
        if state["optimizer"] != kind:
            raise ValueError(f"{kind}: the state is that of {shown(state['optimizer'])}")
        steps = state["steps"]
        if type(steps) is not int or not 0 <= steps <= 2**53:
            raise ValueError(f"{kind}: steps must be a whole number in 0..2**53, got {shown(steps)}")
        memories = {name: self._memory(name, state[name]) for name in self._memories}
        fresh = self._with({name: state[name] for name in self._numbers})
        for name in self._numbers:
            setattr(self, name, getattr(fresh, name))
        for name, memory in memories.items():
            setattr(self, name, memory)
        self.steps = steps

    def __repr__(self) -> str:
        numbers = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._numbers)
        return f"{type(self).__name__}({counted(len(self.parameters), 'parameter')}, {numbers})"

    def _follow(self) -> None:
        """Where `parameters` is another list by now, check it; those that stay keep their memories, new ones have 0."""
        if self.parameters is self._taken and self._compared_at == changes_of_weights():
            return
        if type(self.parameters) in (list, Tracked) and same(list(self.parameters), self._known):
            self._compared_at = changes_of_weights() if self.parameters is self._taken else -1
            return
        parameters = _checked_parameters(type(self).__name__, self.parameters)
        place = {id(p): i for i, p in enumerate(self._known)}
        for name in self._memories:
            memory = getattr(self, name)
            kept = [memory[place[id(p)]] if id(p) in place else 0.0 for p in parameters]
            setattr(self, name, array("d", kept))
        self._take(parameters)

    def _take(self, parameters: list[Value]) -> None:
        """Have these be the parameters. Their list tells when it is changed: there may be hundreds of thousands."""
        self.parameters: list[Value] = Tracked(parameters)
        self._taken, self._known = self.parameters, parameters
        self._arena = arena_for(parameters)
        self._compared_at = changes_of_weights()

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_compared_at": -1}  # another process counts anew

    def _with(self, numbers: dict[str, Any]) -> _Optimizer:
        """A throw-away optimizer with other settings: its constructor is their check."""
        return type(self)([Value(0.0)], **numbers)

    def _memory(self, name: str, numbers: Any) -> array[float]:
        kind = type(self).__name__
        if not isinstance(numbers, (list, tuple, array)) or len(numbers) != len(self.parameters):
            raise ValueError(f"{kind}: {name} must be a list of {len(self.parameters)} numbers, one a parameter")
        lowest = 0.0 if name in self._squares else -_LARGEST
        if not all(type(x) in (int, float) and lowest <= x <= _LARGEST for x in numbers):
            kinds = "finite numbers from 0" if lowest == 0.0 else "finite numbers"
            raise ValueError(f"{kind}: {name} must hold {kinds} only")
        return array("d", numbers)

    def _at_least_zero(self, name: str, value: Any) -> float:
        return at_least_zero(value, f"{type(self).__name__}: {name}")

    def _fraction(self, name: str, value: Any) -> float:
        return fraction(value, f"{type(self).__name__}: {name}")

    def _zeros(self) -> array[float]:
        return array("d", bytes(8 * len(self.parameters)))


class SGD(_Optimizer):
    """Gradient descent, with momentum (Polyak 1964) and its Nesterov form where asked for.

    g = grad + weight_decay * p; buffer = momentum * buffer + g (g itself in the first step);
    p -= lr * (g + momentum * buffer if nesterov else buffer).

    >>> from autograd import Value
    >>> from nn import SGD
    >>> w = Value(1.0)
    >>> optimizer = SGD([w], lr=0.1)
    >>> (w * w).backward()
    >>> optimizer.step()
    >>> w.data
    0.8
    """

    _numbers = ("lr", "momentum", "nesterov", "weight_decay")
    _memories = ("momentum_buffer",)

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 0.01,
        *,
        momentum: float = 0.0,
        nesterov: bool = False,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        self.momentum = self._at_least_zero("momentum", momentum)
        if not isinstance(nesterov, bool):
            raise TypeError(f"SGD: nesterov must be True or False, got {shown(nesterov)}")
        if nesterov and not self.momentum:
            raise ValueError("SGD: nesterov needs a momentum above 0, such as 0.9")
        self.nesterov = nesterov
        self.momentum_buffer = self._zeros()

    def step(self) -> None:
        """Move every parameter down its gradient."""
        self._follow()
        if not self.momentum:
            descend(self._known, self.lr, self.weight_decay, self._arena)
        else:  # the buffer is zeros at first, so that the first buffer is the gradient itself
            descend_with_momentum(
                self._known, self.lr, self.weight_decay, self.momentum, self.nesterov, self.momentum_buffer,
                self._arena,
            )  # fmt: skip
        self.steps += 1


class Adam(_Optimizer):
    """Adam (Kingma and Ba 2015): steps scaled by running means of the gradient and of its square.

    g = grad + weight_decay * p; m = beta1 * m + (1 - beta1) * g; v = beta2 * v + (1 - beta2) * g * g; at step t
    p -= lr / (1 - beta1**t) * m / (sqrt(v / (1 - beta2**t)) + eps).

    >>> from autograd import Value
    >>> from nn import Adam
    >>> w = Value(1.0)
    >>> optimizer = Adam([w], lr=0.1)
    >>> (w * w).backward()
    >>> optimizer.step()
    >>> round(w.data, 6)
    0.9
    """

    _numbers = ("lr", "betas", "eps", "weight_decay")
    _memories = ("exp_avg", "exp_avg_sq")
    _squares = ("exp_avg_sq",)
    _decoupled = False

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 1e-3,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        if not isinstance(betas, (list, tuple)) or len(betas) != 2:
            kind = type(self).__name__
            raise TypeError(f"{kind}: betas must be two numbers such as (0.9, 0.999), got {shown(betas)}")
        self.betas = self._fraction("betas[0]", betas[0]), self._fraction("betas[1]", betas[1])
        self.eps = self._at_least_zero("eps", eps)
        if not self.eps:
            raise ValueError(f"{type(self).__name__}: eps must be above 0, or a parameter without gradient becomes nan")
        self.exp_avg, self.exp_avg_sq = self._zeros(), self._zeros()

    def step(self) -> None:
        """Move every parameter; `AdamW` differs only in where the weight decay goes."""
        self._follow()
        steps = self.steps + 1
        beta1, beta2 = self.betas
        rate = self.lr / (1.0 - beta1**steps)
        root = math.sqrt(1.0 - beta2**steps)
        decay = 0.0 if self._decoupled else self.weight_decay
        shrink = 1.0 - self.lr * self.weight_decay if self._decoupled else 1.0
        adapt(
            self._known, rate, root, self.eps, decay, shrink, beta1, beta2, self.exp_avg, self.exp_avg_sq,
            self._arena,
        )  # fmt: skip
        self.steps = steps


class AdamW(Adam):
    """Adam with decoupled weight decay (Loshchilov and Hutter 2019).

    p shrinks by lr * weight_decay * p before the step, and the decay does not go through the running means.

    >>> from autograd import Value
    >>> from nn import AdamW
    >>> w = Value(1.0)
    >>> optimizer = AdamW([w], lr=0.1, weight_decay=0.5)
    >>> (w * w).backward()
    >>> optimizer.step()
    >>> round(w.data, 6)
    0.85
    """

    _decoupled = True

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 1e-3,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.01,
    ) -> None:
        super().__init__(parameters, lr, betas=betas, eps=eps, weight_decay=weight_decay)


class RMSProp(_Optimizer):
    """RMSProp (Tieleman and Hinton 2012): steps scaled by a running mean of the gradient's square.

    g = grad + weight_decay * p; v = alpha * v + (1 - alpha) * g * g; p -= lr * g / (sqrt(v) + eps).

    >>> from autograd import Value
    >>> from nn import RMSProp
    >>> p = Value(1.0)
    >>> optimizer = RMSProp([p], lr=0.1)
    >>> (p * 2.0).backward()
    >>> optimizer.step()
    >>> p.data < 1.0
    True
    """

    _numbers = ("lr", "alpha", "eps", "weight_decay")
    _memories = ("square_avg",)
    _squares = ("square_avg",)

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 0.01,
        *,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        self.alpha = self._fraction("alpha", alpha)
        self.eps = self._at_least_zero("eps", eps)
        if not self.eps:
            raise ValueError("RMSProp: eps must be above 0, or a parameter without gradient becomes nan")
        self.square_avg = self._zeros()
        self._gradients = self._zeros()

    def step(self) -> None:
        """Move every parameter: Adam's step without a mean of the gradient and without corrections."""
        self._follow()
        if len(self._gradients) != len(self.parameters):
            self._gradients = self._zeros()
        self.steps += 1
        adapt(
            self._known, self.lr, 1.0, self.eps, self.weight_decay, 1.0, 0.0, self.alpha, self._gradients,
            self.square_avg, self._arena,
        )  # fmt: skip


class Lion(_Optimizer):
    """Lion (Chen et al. 2023): steps of one length, along the sign of a running mean.

    p shrinks by lr * weight_decay * p; p -= lr * sign(beta1 * m + (1 - beta1) * grad); m = beta2 * m + (1 - beta2) *
    grad.

    >>> from autograd import Value
    >>> from nn import Lion
    >>> p = Value(1.0)
    >>> optimizer = Lion([p], lr=0.1)
    >>> (p * 2.0).backward()
    >>> optimizer.step()
    >>> p.data < 1.0
    True
    """

    _numbers = ("lr", "betas", "weight_decay")
    _memories = ("exp_avg",)

    def __init__(
        self,
        parameters: Iterable[Value],
        lr: float = 1e-4,
        *,
        betas: tuple[float, float] = (0.9, 0.99),
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        if not isinstance(betas, (list, tuple)) or len(betas) != 2:
            raise TypeError(f"Lion: betas must be two numbers such as (0.9, 0.99), got {shown(betas)}")
        self.betas = self._fraction("betas[0]", betas[0]), self._fraction("betas[1]", betas[1])
        self.exp_avg = self._zeros()

    def step(self) -> None:
        """Move every parameter by lr, in the direction of its mean."""
        self._follow()
        self.steps += 1
        beta1, beta2 = self.betas
        shrink = 1.0 - self.lr * self.weight_decay
        for i, p in enumerate(self.parameters):
            g, m = p.grad, self.exp_avg[i]
            ahead = beta1 * m + (1.0 - beta1) * g
            p.data = p.data * shrink - self.lr * ((ahead > 0.0) - (ahead < 0.0))
            self.exp_avg[i] = beta2 * m + (1.0 - beta2) * g


def _checked_parameters(name: str, parameters: Any) -> list[Value]:
    if hasattr(parameters, "parameters"):
        raise TypeError(f"{name}: pass the parameters, not the model: {name}(model.parameters())")
    if isinstance(parameters, (Value, str, bytes)) or not hasattr(parameters, "__iter__"):
        raise TypeError(f"{name}: parameters must be a list of Values, got {type(parameters).__name__}")
    parameters = list(parameters)
    if not parameters:
        raise ValueError(f"{name}: there are no parameters to optimize; a generator can be used up only once")
    if not only_values(parameters):
        i, p = next((i, p) for i, p in enumerate(parameters) if type(p) is not Value)
        raise TypeError(f"{name}: parameter {i} must be a Value, got {type(p).__name__}")
    if not only_leaves(parameters):
        i, p = next((i, p) for i, p in enumerate(parameters) if p.op)
        raise ValueError(f"{name}: parameter {i} is the result of {shown(p.op)}; only leaves can be optimized")
    if len(set(map(id, parameters))) < len(parameters):
        raise ValueError(f"{name}: a parameter is listed twice, so it would be moved twice a step")
    return parameters
