"""The solution of all eight exercises; `files.py` cuts the steps out of it, and says what the marks mean."""

import math


# [1
class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, inputs=(), partials=()):
        """Keep `data`, the number; `grad`, at first 0.0; `inputs`, the Values it was made of; `partials`, the
        derivative of this number by each of them."""
        # solution
        self.data = data
        self.grad = 0.0
        self.inputs = inputs
        self.partials = partials
        # end

    # 1]
    # [2
    def __add__(self, other):
        """The sum as a new Value, whose inputs are self and other. How fast does a sum grow when one term grows?"""
        other = other if isinstance(other, Value) else Value(other)
        # solution
        return Value(self.data + other.data, (self, other), (1.0, 1.0))
        # end

    def __radd__(self, other):
        """Python asks this for 1.0 + x."""
        # solution
        return self + other
        # end

    # 2]
    # [3
    def __mul__(self, other):
        """The product as a new Value. How fast does x * y grow when x grows?"""
        other = other if isinstance(other, Value) else Value(other)
        # solution
        return Value(self.data * other.data, (self, other), (other.data, self.data))
        # end

    def __rmul__(self, other):
        return self * other

    # 3]
    # [4
    def order(self):
        """A list of all Values that this one depends on, itself last: every Value behind its inputs, and only once."""
        # solution
        found, seen = [], set()

        def visit(value):
            if id(value) not in seen:
                seen.add(id(value))
                for x in value.inputs:
                    visit(x)
                found.append(value)

        visit(self)
        return found
        # end

    # 4]
    # [5
    def backward(self):
        """Fill in `grad`: 1.0 here; from the last to the first, each Value hands its inputs their share."""
        # solution
        self.grad = 1.0
        for value in reversed(self.order()):
            for x, partial in zip(value.inputs, value.partials, strict=True):
                x.grad += value.grad * partial
        # end

    # 5]
    # [6
    def __pow__(self, n):
        """The power with a plain number n."""
        # solution
        return Value(self.data**n, (self,), (n * self.data ** (n - 1),))
        # end

    def tanh(self):
        """The hyperbolic tangent: math.tanh. Its derivative is 1 - tanh squared."""
        # solution
        t = math.tanh(self.data)
        return Value(t, (self,), (1 - t * t,))
        # end

    # 6]


# [7
class Neuron:
    """tanh(w[0] * x[0] + w[1] * x[1] + ... + b)"""

    def __init__(self, weights, bias):
        self.w = [Value(w) for w in weights]
        self.b = Value(bias)

    def parameters(self):
        """All weights, and the bias behind them."""
        # solution
        return [*self.w, self.b]
        # end

    def __call__(self, x):
        """The answer to a list of numbers."""
        # solution
        total = self.b
        for w, number in zip(self.w, x, strict=True):
            total = total + w * number
        return total.tanh()
        # end


# 7]
# [8
def step(parameters, loss, lr):
    """One step of training: gradients to 0.0, backward from the loss, and each parameter against its gradient."""
    # solution
    for p in parameters:
        p.grad = 0.0
    loss.backward()
    for p in parameters:
        p.data -= lr * p.grad
    # end


# 8]
