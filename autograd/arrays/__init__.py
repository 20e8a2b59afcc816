"""Values many at a time: NumPy's functions, linear equations, and optimizers' steps over lists of parameters."""
