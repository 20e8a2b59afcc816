"""A test that is quick to say whether backward works, for the test of mutation testing; not collected by itself."""

from autograd import Value


def test_gradient_of_a_product():
    x = Value(3.0)
    (x * x).backward()
    assert x.grad == 6.0
