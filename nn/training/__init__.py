"""How networks are trained: `fit`, what it is made of, and what a table is trained with unless somebody says so."""

from nn.training.fitting import fit

__all__ = ["fit"]
