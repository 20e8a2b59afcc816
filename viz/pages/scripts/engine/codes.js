// Generated from the table of operations by `python -m viz.pages.machine.build`: do not edit.
"use strict";

export const CODES = { sub: 2, mul: 3, neg: 5, square: 10, detach: 48, mean: 57, dot: 59, logsumexp: 60, take: 64, relu:
  34, leaky_relu: 35, elu: 36, gelu: 37, silu: 39, softplus: 33, sigmoid: 32, tanh: 28, erf: 40, atan: 25, asinh: 29,
  sin: 20, cos: 21, exp: 14, abs: 42 };
