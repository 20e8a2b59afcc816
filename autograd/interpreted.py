"""Stands in for the `cython` module where it is not installed: whoever imports this is not compiled."""

compiled = False
