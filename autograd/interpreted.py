"""Stands in for the `cython` module where it is not installed: whoever imports this is not compiled."""

compiled = False


def binding(_on):
    """What says how Cython makes methods leaves a class as it is."""
    return lambda c: c
