"""C on vectors, for the machine: one width for each target, and the mathematics that a C library has not."""
