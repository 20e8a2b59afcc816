"""What a call of a recorded function answers on the way back: the class that the sweeps know, and that jit fills in.

Compiled by Cython where possible (types: recorded_call.pxd), so that a sweep over hundreds of results asks it without
going by way of Python.
"""


class RecordedCall:
    """The evaluation that a CALL node stands for; see jit/evaluation.py.

    Attributes:
        weights: during a backward pass what has arrived at each result, None where nothing has.
    """

    __slots__ = ("weights",)

    def weigh(self, k, weight):
        """Note what has arrived at the result k."""
        if self.weights is None:
            self.weights = [None] * self.count()
        self.weights[k] = weight
        return 0

    def count(self):
        """How many results there are."""
        raise NotImplementedError

    def partials(self, k):
        """The partials of the result k, in the form that a node keeps them in."""
        raise NotImplementedError

    def pulled(self, weights):
        """The partials of the weighted sum of the results; a weight is None where nothing has arrived."""
        raise NotImplementedError

    def is_ahead(self):
        """Whether the operands' gradients lie in an arena that is ahead of them."""
        return False

    def add_to_arena(self, partials):
        """Add the partials to the gradients there; False where they do not lie there any more."""
        return False

    def reaches(self, weights):
        """For each operand whether a derivative arrives there at all; 0 may."""
        raise NotImplementedError

    def pushed(self, tangents):
        """The derivative of each result when the operands move along the tangents, floats or None; so are these."""
        raise NotImplementedError

    def pulled_values(self, weights):
        """`pulled` in Values or floats, for each operand, or None."""
        raise NotImplementedError

    def pushed_values(self, tangents):
        """`pushed` in Values or floats or None; tangents may be Values too."""
        raise NotImplementedError
