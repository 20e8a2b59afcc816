"""Computation graphs as pictures: what is shown, how it is folded, and the DOT text it becomes."""
