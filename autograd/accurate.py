"""Two derivatives near their zeros, where the terms of their formulas cancel: polynomials in the distance from there.

gelu'(x) at x = GELU_ZERO + d is d times a polynomial in d, and so has all its digits however small it is. The
polynomials interpolate at 18 Chebyshev points of -1.4 < x < -0.3; a test computes them again.
"""

GELU_ZERO = (-0.7517915246935645, 1.4956759177009883e-17)  # a sum of two numbers: its first 106 bits
GELU_RISE = (
    0.4314939923140469, 0.388284982990552, -0.01819967639867096, -0.11400823329722178, -0.014771522148255996,
    0.019421679838185987, 0.004539228379533291, -0.002239538067760754, -0.0007448268456762448, 0.0001863397378989347,
    8.615954294312947e-05, -1.1214276963066259e-05, -7.748772602996107e-06, 4.321840616200448e-07, 5.70921327829851e-07,
    5.122998358317276e-10, -3.529228024437523e-08, -4.046448747592628e-09,
)  # fmt: skip

GELU_TANH_ZERO = (-0.7524614220710163, 3.635560509207687e-17)
GELU_TANH_RISE = (
    0.4304000910248585, 0.38751844613578895, -0.01578285352184177, -0.1139444830809613, -0.0166193283436241,
    0.019682309459681486, 0.005261059274927876, -0.0024227318314625165, -0.0009274423678360045, 0.0002639272570248958,
    0.00012425548183464833, -3.495138975430187e-05, -1.5966847291412686e-05, 5.887599320797336e-06,
    2.469892763685634e-06, -8.879102927636128e-07, -4.3842887372620304e-07, 3.233126109891417e-09,
)  # fmt: skip


def slope(coefficients: tuple[float, ...]) -> tuple[float, ...]:
    """The coefficients of the derivative of x times the polynomial."""
    return tuple([(k + 1) * coefficient for k, coefficient in enumerate(coefficients)])


def polynomial(coefficients: tuple[float, ...], x: str) -> str:
    """The polynomial in x, constant first, as a formula."""
    *lower, text = map(repr, coefficients)
    for coefficient in reversed(lower):
        text = f"({coefficient} + {x} * {text})"
    return text
