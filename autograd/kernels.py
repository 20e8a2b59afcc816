"""Generated from primitives.py by `python -m autograd.generate`: do not edit.

`VALUES[name]` computes a row's value on floats; `FORWARD[op]` its value and partials.
"""

# ruff: noqa
# pyright: basic
from autograd.ieee import *

NAMES = ('', 'add', 'sub', 'mul', 'div', 'neg', 'pow', 'powc', 'mod', 'floordiv', 'square', 'reciprocal', 'sqrt', 'cbrt', 'exp', 'expm1', 'log', 'log2', 'log10', 'log1p', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'sech2', 'sigmoid', 'softplus', 'relu', 'leaky_relu', 'elu', 'gelu', 'gelu_tanh', 'silu', 'erf', 'erfc', 'normal_cdf', 'normal_pdf', 'abs', 'sign', 'floor', 'ceil', 'round', 'trunc', 'detach', 'maximum', 'minimum', 'atan2', 'hypot', 'clip', 'where', 'sum', 'mean', 'prod', 'dot', 'logsumexp', 'max', 'min', 'pow_dx', 'pow_dy', 'atan2_dx', 'hypot_dx')
ADD = 1
SUB = 2
MUL = 3
DIV = 4
NEG = 5
POW = 6
POWC = 7
MOD = 8
FLOORDIV = 9
SQUARE = 10
RECIPROCAL = 11
SQRT = 12
CBRT = 13
EXP = 14
EXPM1 = 15
LOG = 16
LOG2 = 17
LOG10 = 18
LOG1P = 19
SIN = 20
COS = 21
TAN = 22
ASIN = 23
ACOS = 24
ATAN = 25
SINH = 26
COSH = 27
TANH = 28
ASINH = 29
ACOSH = 30
ATANH = 31
SECH2 = 32
SIGMOID = 33
SOFTPLUS = 34
RELU = 35
LEAKY_RELU = 36
ELU = 37
GELU = 38
GELU_TANH = 39
SILU = 40
ERF = 41
ERFC = 42
NORMAL_CDF = 43
NORMAL_PDF = 44
ABS = 45
SIGN = 46
FLOOR = 47
CEIL = 48
ROUND = 49
TRUNC = 50
DETACH = 51
MAXIMUM = 52
MINIMUM = 53
ATAN2 = 54
HYPOT = 55
CLIP = 56
WHERE = 57
SUM = 58
MEAN = 59
PROD = 60
DOT = 61
LOGSUMEXP = 62
MAX = 63
MIN = 64
POW_DX = 65
POW_DY = 66
ATAN2_DX = 67
HYPOT_DX = 68


def add(x, y):
    return x + y


def sub(x, y):
    return x - y


def mul(x, y):
    return x * y


def neg(x):
    return -x


def powc(x, y):
    return pow(x, y)


def mod(x, y):
    return fmod(x, y) + y if fmod(x, y) != 0.0 and (fmod(x, y) < 0.0) != (y < 0.0) else fmod(x, y)


def floordiv(x, y):
    return floor(div(x, y))


def square(x):
    return x * x


def reciprocal(x):
    return div(1.0, x)


def sech2(x):
    return div(4.0 * exp(-2.0 * fabs(x)), (1.0 + exp(-2.0 * fabs(x))) * (1.0 + exp(-2.0 * fabs(x))))


def sigmoid(x):
    return div(1.0, 1.0 + exp(-x)) if x >= 0.0 else div(exp(x), 1.0 + exp(x))


def softplus(x):
    return x + log1p(exp(-x)) if x > 0.0 else log1p(exp(x))


def relu(x):
    return x if x > 0.0 else 0.0 if x <= 0.0 else x


def leaky_relu(x, y):
    return x if x > 0.0 else y * x


def elu(x, y):
    return x if x > 0.0 else y * expm1(x)


def normal_cdf(x):
    return 0.5 * erfc(-0.7071067811865476 * x)


def gelu(x):
    return x * normal_cdf(x)


def gelu_tanh(x):
    return x * sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x))


def silu(x):
    return x * sigmoid(x)


def normal_pdf(x):
    return 0.3989422804014327 * exp(-0.5 * x * x)


def abs_(x):
    return fabs(x)


def sign(x):
    return 1.0 if x > 0.0 else -1.0 if x < 0.0 else x


def round_(x):
    return rint(x)


def detach(x):
    return x


def maximum(x, y):
    return x if x >= y else y if x < y else x + y


def minimum(x, y):
    return x if x <= y else y if x > y else x + y


def clip(x, lo, hi):
    return lo if x < lo else hi if x > hi else x


def where(c, x, y):
    return x if c else y


def pow_dx(x, y):
    return 0.0 if y == 0.0 else y * pow(x, y - 1.0)


def pow_dy(x, y):
    return 0.0 if x == 0.0 and y >= 0.0 else pow(x, y) * log(x)


def atan2_dx(x, y):
    return div(y, x * x + y * y)


def hypot_dx(x, y):
    return div(x, hypot(x, y))


def forward_add(x, y):
    z = x + y
    return z, 1.0, 1.0


def forward_sub(x, y):
    z = x - y
    return z, 1.0, -1.0


def forward_mul(x, y):
    z = x * y
    return z, y, x


def forward_div(x, y):
    z = div(x, y)
    return z, div(1.0, y), div(-z, y)


def forward_neg(x):
    z = -x
    return z, -1.0


def forward_pow(x, y):
    z = pow(x, y)
    return z, pow_dx(x, y), pow_dy(x, y)


def forward_powc(x, y):
    z = pow(x, y)
    return z, pow_dx(x, y), 0.0


def forward_mod(x, y):
    z = fmod(x, y) + y if fmod(x, y) != 0.0 and (fmod(x, y) < 0.0) != (y < 0.0) else fmod(x, y)
    return z, 1.0 if z == z else z, -floor(div(x, y)) if z == z else z


def forward_floordiv(x, y):
    z = floor(div(x, y))
    return z, 0.0, 0.0


def forward_square(x):
    z = x * x
    return z, 2.0 * x


def forward_reciprocal(x):
    z = div(1.0, x)
    return z, -z * z


def forward_sqrt(x):
    z = sqrt(x)
    return z, div(0.5, z)


def forward_cbrt(x):
    z = cbrt(x)
    return z, div(1.0, 3.0 * z * z)


def forward_exp(x):
    z = exp(x)
    return z, z


def forward_expm1(x):
    z = expm1(x)
    return z, exp(x)


def forward_log(x):
    z = log(x)
    return z, div(1.0, x) if x >= 0.0 else z


def forward_log2(x):
    z = log2(x)
    return z, div(1.4426950408889634, x) if x >= 0.0 else z


def forward_log10(x):
    z = log10(x)
    return z, div(0.4342944819032518, x) if x >= 0.0 else z


def forward_log1p(x):
    z = log1p(x)
    return z, div(1.0, 1.0 + x) if x >= -1.0 else z


def forward_sin(x):
    z = sin(x)
    return z, cos(x)


def forward_cos(x):
    z = cos(x)
    return z, -sin(x)


def forward_tan(x):
    z = tan(x)
    return z, 1.0 + z * z


def forward_asin(x):
    z = asin(x)
    return z, div(1.0, sqrt((1.0 - x) * (1.0 + x)))


def forward_acos(x):
    z = acos(x)
    return z, div(-1.0, sqrt((1.0 - x) * (1.0 + x)))


def forward_atan(x):
    z = atan(x)
    return z, div(1.0, 1.0 + x * x)


def forward_sinh(x):
    z = sinh(x)
    return z, cosh(x)


def forward_cosh(x):
    z = cosh(x)
    return z, sinh(x)


def forward_tanh(x):
    z = tanh(x)
    return z, sech2(x)


def forward_asinh(x):
    z = asinh(x)
    return z, div(1.0, hypot(x, 1.0))


def forward_acosh(x):
    z = acosh(x)
    return z, div(1.0, sqrt(x - 1.0) * sqrt(x + 1.0))


def forward_atanh(x):
    z = atanh(x)
    return z, div(1.0, (1.0 - x) * (1.0 + x)) if fabs(x) <= 1.0 else z


def forward_sech2(x):
    z = div(4.0 * exp(-2.0 * fabs(x)), (1.0 + exp(-2.0 * fabs(x))) * (1.0 + exp(-2.0 * fabs(x))))
    return z, -2.0 * z * tanh(x)


def forward_sigmoid(x):
    z = div(1.0, 1.0 + exp(-x)) if x >= 0.0 else div(exp(x), 1.0 + exp(x))
    return z, sigmoid(x) * sigmoid(-x)


def forward_softplus(x):
    z = x + log1p(exp(-x)) if x > 0.0 else log1p(exp(x))
    return z, sigmoid(x)


def forward_relu(x):
    z = x if x > 0.0 else 0.0 if x <= 0.0 else x
    return z, 1.0 if x > 0.0 else 0.0 if x <= 0.0 else x


def forward_leaky_relu(x, y):
    z = x if x > 0.0 else y * x
    return z, 1.0 if x > 0.0 else y if x <= 0.0 else x, 0.0 if x > 0.0 else x


def forward_elu(x, y):
    z = x if x > 0.0 else y * expm1(x)
    return z, 1.0 if x > 0.0 else y * exp(x), 0.0 if x > 0.0 else expm1(x)


def forward_normal_cdf(x):
    z = 0.5 * erfc(-0.7071067811865476 * x)
    return z, normal_pdf(x)


def forward_gelu(x):
    z = x * normal_cdf(x)
    return z, normal_cdf(x) + x * normal_pdf(x)


def forward_gelu_tanh(x):
    z = x * sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x))
    return z, sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x)) + x * 1.5957691216057308 * (1.0 + 0.134145 * x * x) * sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x)) * sigmoid(-1.5957691216057308 * (x + 0.044715 * x * x * x))


def forward_silu(x):
    z = x * sigmoid(x)
    return z, sigmoid(x) + x * sigmoid(x) * sigmoid(-x)


def forward_erf(x):
    z = erf(x)
    return z, 1.1283791670955126 * exp(-x * x)


def forward_erfc(x):
    z = erfc(x)
    return z, -1.1283791670955126 * exp(-x * x)


def forward_normal_pdf(x):
    z = 0.3989422804014327 * exp(-0.5 * x * x)
    return z, -x * z


def forward_abs(x):
    z = fabs(x)
    return z, 1.0 if x > 0.0 else -1.0 if x < 0.0 else x * 0.0


def forward_sign(x):
    z = 1.0 if x > 0.0 else -1.0 if x < 0.0 else x
    return z, 0.0 if x == x else x


def forward_floor(x):
    z = floor(x)
    return z, 0.0 if x == x else x


def forward_ceil(x):
    z = ceil(x)
    return z, 0.0 if x == x else x


def forward_round(x):
    z = rint(x)
    return z, 0.0 if x == x else x


def forward_trunc(x):
    z = trunc(x)
    return z, 0.0 if x == x else x


def forward_detach(x):
    z = x
    return z, 0.0


def forward_maximum(x, y):
    z = x if x >= y else y if x < y else x + y
    return z, 1.0 if x > y else 0.0 if x < y else 0.5 if x == y else x + y, 1.0 if x < y else 0.0 if x > y else 0.5 if x == y else x + y


def forward_minimum(x, y):
    z = x if x <= y else y if x > y else x + y
    return z, 1.0 if x < y else 0.0 if x > y else 0.5 if x == y else x + y, 1.0 if x > y else 0.0 if x < y else 0.5 if x == y else x + y


def forward_atan2(x, y):
    z = atan2(x, y)
    return z, atan2_dx(x, y), atan2_dx(-y, x)


def forward_hypot(x, y):
    z = hypot(x, y)
    return z, hypot_dx(x, y), hypot_dx(y, x)


def forward_clip(x, lo, hi):
    z = lo if x < lo else hi if x > hi else x
    return z, 1.0 if lo <= x <= hi else 0.0 if x == x else x, 1.0 if x < lo else 0.0, 1.0 if x > hi else 0.0


def forward_where(c, x, y):
    z = x if c else y
    return z, 0.0, 1.0 if c else 0.0, 0.0 if c else 1.0


def forward_pow_dx(x, y):
    z = 0.0 if y == 0.0 else y * pow(x, y - 1.0)
    return z, 0.0 if y == 0.0 else y * pow_dx(x, y - 1.0), pow(x, y - 1.0) + y * pow_dy(x, y - 1.0)


def forward_pow_dy(x, y):
    z = 0.0 if x == 0.0 and y >= 0.0 else pow(x, y) * log(x)
    return z, pow_dx(x, y) * log(x) + pow(x, y - 1.0), pow_dy(x, y) * log(x)


def forward_atan2_dx(x, y):
    z = div(y, x * x + y * y)
    return z, div(-2.0 * x * z, x * x + y * y), div(x * x - y * y, (x * x + y * y) * (x * x + y * y))


def forward_hypot_dx(x, y):
    z = div(x, hypot(x, y))
    return z, div(square(div(y, hypot(x, y))), hypot(x, y)), div(-div(x, hypot(x, y)) * div(y, hypot(x, y)), hypot(x, y))


VALUES = {
    'add': add,
    'sub': sub,
    'mul': mul,
    'div': div,
    'neg': neg,
    'pow': pow,
    'powc': powc,
    'mod': mod,
    'floordiv': floordiv,
    'square': square,
    'reciprocal': reciprocal,
    'sqrt': sqrt,
    'cbrt': cbrt,
    'exp': exp,
    'expm1': expm1,
    'log': log,
    'log2': log2,
    'log10': log10,
    'log1p': log1p,
    'sin': sin,
    'cos': cos,
    'tan': tan,
    'asin': asin,
    'acos': acos,
    'atan': atan,
    'sinh': sinh,
    'cosh': cosh,
    'tanh': tanh,
    'asinh': asinh,
    'acosh': acosh,
    'atanh': atanh,
    'sech2': sech2,
    'sigmoid': sigmoid,
    'softplus': softplus,
    'relu': relu,
    'leaky_relu': leaky_relu,
    'elu': elu,
    'normal_cdf': normal_cdf,
    'gelu': gelu,
    'gelu_tanh': gelu_tanh,
    'silu': silu,
    'erf': erf,
    'erfc': erfc,
    'normal_pdf': normal_pdf,
    'abs': abs_,
    'sign': sign,
    'floor': floor,
    'ceil': ceil,
    'round': round_,
    'trunc': trunc,
    'detach': detach,
    'maximum': maximum,
    'minimum': minimum,
    'atan2': atan2,
    'hypot': hypot,
    'clip': clip,
    'where': where,
    'pow_dx': pow_dx,
    'pow_dy': pow_dy,
    'atan2_dx': atan2_dx,
    'hypot_dx': hypot_dx,
}

FORWARD = (
    None,
    forward_add,
    forward_sub,
    forward_mul,
    forward_div,
    forward_neg,
    forward_pow,
    forward_powc,
    forward_mod,
    forward_floordiv,
    forward_square,
    forward_reciprocal,
    forward_sqrt,
    forward_cbrt,
    forward_exp,
    forward_expm1,
    forward_log,
    forward_log2,
    forward_log10,
    forward_log1p,
    forward_sin,
    forward_cos,
    forward_tan,
    forward_asin,
    forward_acos,
    forward_atan,
    forward_sinh,
    forward_cosh,
    forward_tanh,
    forward_asinh,
    forward_acosh,
    forward_atanh,
    forward_sech2,
    forward_sigmoid,
    forward_softplus,
    forward_relu,
    forward_leaky_relu,
    forward_elu,
    forward_gelu,
    forward_gelu_tanh,
    forward_silu,
    forward_erf,
    forward_erfc,
    forward_normal_cdf,
    forward_normal_pdf,
    forward_abs,
    forward_sign,
    forward_floor,
    forward_ceil,
    forward_round,
    forward_trunc,
    forward_detach,
    forward_maximum,
    forward_minimum,
    forward_atan2,
    forward_hypot,
    forward_clip,
    forward_where,
    None,
    None,
    None,
    None,
    None,
    None,
    None,
    forward_pow_dx,
    forward_pow_dy,
    forward_atan2_dx,
    forward_hypot_dx,
)


def forward_unary(op, x):
    return FORWARD[op](x)


def forward_binary(op, x, y):
    return FORWARD[op](x, y)


def forward_ternary(op, x, y, w):
    return FORWARD[op](x, y, w)
