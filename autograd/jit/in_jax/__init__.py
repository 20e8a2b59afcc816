"""Recorded functions as JAX functions: `f.to_jax()`; imported only where that is asked for, and JAX with it."""
