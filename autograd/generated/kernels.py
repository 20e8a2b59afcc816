"""Generated from primitives.py by `python -m autograd.formulas`: do not edit.

`VALUES[name]` computes a row's value on floats; `FORWARD[op]` its value and partials.
"""

# ruff: noqa
# pyright: basic
from autograd.ieee import *

NAMES = ('', 'add', 'sub', 'mul', 'div', 'neg', 'pow', 'powc', 'mod', 'floordiv', 'square', 'reciprocal', 'sqrt', 'cbrt', 'exp', 'expm1', 'log', 'log2', 'log10', 'log1p', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'sigmoid', 'softplus', 'relu', 'leaky_relu', 'elu', 'gelu', 'gelu_tanh', 'silu', 'erf', 'erfc', 'abs', 'sign', 'floor', 'ceil', 'round', 'trunc', 'detach', 'identity', 'maximum', 'minimum', 'atan2', 'hypot', 'clip', 'where', 'sum', 'mean', 'prod', 'dot', 'logsumexp', 'max', 'min', 'norm', 'take', 'program', 'gelu_dx', 'gelu_rise', 'gelu_tanh_dx', 'gelu_tanh_rise', 'silu_dx', 'silu_rise', 'sech2', 'sigmoid_dx', 'pow_dx', 'pow_dy', 'atan2_dx', 'hypot_dx', 'gauss_times', 'normal_pdf_times', 'normal_pdf', 'normal_cdf', 'mills', 'gelu_angle', 'gelu_angle_dx', 'gelu_reach', 'gelu_bend', 'gelu_factor', 'sigmoid_of_sum', 'tilted', 'small_expm1', 'times_square', 'pow_dx_kept', 'pow_dy_kept', 'leaky_relu_dy', 'elu_dy', 'lt', 'le', 'gt', 'ge', 'eq', 'ne', 'fmod', 'copysign', 'chosen', 'norm_share', 'exp_below', 'high', 'mul_error', 'add_error', 'gelu_factor_error', 'gelu_angle_error', 'gelu_reach_error', 'scale', 'rint_of_sum', 'round_to_part', 'round_to_multiple', 'norm_scale', 'norm_part', 'scaled', 'div_dy', 'mod_dx', 'mod_dy', 'cbrt_dx', 'log_dx', 'log2_dx', 'log10_dx', 'log1p_dx', 'atan_dx', 'atanh_dx', 'relu_dx', 'leaky_relu_dx', 'elu_dx', 'abs_dx', 'maximum_dx', 'maximum_dy', 'minimum_dx', 'minimum_dy', 'clip_dx', 'clip_dlo', 'clip_dhi')
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
SIGMOID = 32
SOFTPLUS = 33
RELU = 34
LEAKY_RELU = 35
ELU = 36
GELU = 37
GELU_TANH = 38
SILU = 39
ERF = 40
ERFC = 41
ABS = 42
SIGN = 43
FLOOR = 44
CEIL = 45
ROUND = 46
TRUNC = 47
DETACH = 48
IDENTITY = 49
MAXIMUM = 50
MINIMUM = 51
ATAN2 = 52
HYPOT = 53
CLIP = 54
WHERE = 55
SUM = 56
MEAN = 57
PROD = 58
DOT = 59
LOGSUMEXP = 60
MAX = 61
MIN = 62
NORM = 63
TAKE = 64
PROGRAM = 65
GELU_DX = 66
GELU_RISE = 67
GELU_TANH_DX = 68
GELU_TANH_RISE = 69
SILU_DX = 70
SILU_RISE = 71
SECH2 = 72
SIGMOID_DX = 73
POW_DX = 74
POW_DY = 75
ATAN2_DX = 76
HYPOT_DX = 77
GAUSS_TIMES = 78
NORMAL_PDF_TIMES = 79
NORMAL_PDF = 80
NORMAL_CDF = 81
MILLS = 82
GELU_ANGLE = 83
GELU_ANGLE_DX = 84
GELU_REACH = 85
GELU_BEND = 86
GELU_FACTOR = 87
SIGMOID_OF_SUM = 88
TILTED = 89
SMALL_EXPM1 = 90
TIMES_SQUARE = 91
POW_DX_KEPT = 92
POW_DY_KEPT = 93
LEAKY_RELU_DY = 94
ELU_DY = 95
LT = 96
LE = 97
GT = 98
GE = 99
EQ = 100
NE = 101
FMOD = 102
COPYSIGN = 103
CHOSEN = 104
NORM_SHARE = 105
EXP_BELOW = 106
HIGH = 107
MUL_ERROR = 108
ADD_ERROR = 109
GELU_FACTOR_ERROR = 110
GELU_ANGLE_ERROR = 111
GELU_REACH_ERROR = 112
SCALE = 113
RINT_OF_SUM = 114
ROUND_TO_PART = 115
ROUND_TO_MULTIPLE = 116
NORM_SCALE = 117
NORM_PART = 118
SCALED = 119
DIV_DY = 120
MOD_DX = 121
MOD_DY = 122
CBRT_DX = 123
LOG_DX = 124
LOG2_DX = 125
LOG10_DX = 126
LOG1P_DX = 127
ATAN_DX = 128
ATANH_DX = 129
RELU_DX = 130
LEAKY_RELU_DX = 131
ELU_DX = 132
ABS_DX = 133
MAXIMUM_DX = 134
MAXIMUM_DY = 135
MINIMUM_DX = 136
MINIMUM_DY = 137
CLIP_DX = 138
CLIP_DLO = 139
CLIP_DHI = 140
FIRST_PARTIAL, OPERATIONS = 120, 141
SELECTED = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 7, 7, 0, 0, 0, 0, 0, 255, 255, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3, 3, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 1, 7, 3, 3, 3, 3, 3, 1, 3, 1, 3, 3, 1, 3, 3, 3, 3, 7, 7, 7)
STEP = (0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 7, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 7, 0, 2, 2, 2, 2, 0, 2, 1, 3, 0, 1, 3, 3, 3, 3, 0, 0, 0)
CONDITIONAL = (0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 3, 1, 1, 1, 1, 1, 1, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0)
SLOPE_FROM = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 14, 0, 0, 0, 0, 21, 20, 0, 0, 0, 0, 27, 26, 72, 0, 0, 0, 73, 32, 0, 0, 0, 66, 68, 70, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 14, 28, 0, 0, 0, 0, 0, 0, 0, 0, 80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


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
    return copysign(0.0, y) if fmod(x, y) == 0.0 else fmod(x, y) + y if (fmod(x, y) < 0.0) != (y < 0.0) else fmod(x, y)


def floordiv(x, y):
    return floor(div(x, y)) if y == 0.0 or fmod(x, y) == 0.0 else 0.0 + rint(div(x - fmod(x, y), y)) - (1.0 if (fmod(x, y) < 0.0) != (y < 0.0) else 0.0)


def square(x):
    return x * x


def reciprocal(x):
    return div(1.0, x)


def sigmoid(x):
    return div(1.0 if x >= 0.0 else exp(-fabs(x)), 1.0 + exp(-fabs(x)))


def softplus(x):
    return (x if x > 0.0 else 0.0) + log1p(exp(-fabs(x)))


def relu(x):
    return x if x > 0.0 else 0.0 if x <= 0.0 else x


def leaky_relu(x, y):
    return x if x > 0.0 else y * x


def elu(x, y):
    return x if x > 0.0 else y * expm1(x)


def mills(x):
    return 1.0 - x * (1.0 - 3.0 * x * (1.0 - 5.0 * x * (1.0 - 7.0 * x * (1.0 - 9.0 * x * (1.0 - 11.0 * x)))))


def high(x):
    return x * 134217729.0 - (x * 134217729.0 - x)


def mul_error(x, y):
    return high(x) * high(y) - x * y + high(x) * (y - high(y)) + (x - high(x)) * high(y) + (x - high(x)) * (y - high(y))


def normal_cdf(x):
    return 0.5 * erfc(-0.7071067811865476 * x) + 0.5641895835477563 * exp(-0.5 * x * x) * (mul_error(0.7071067811865476, x) - 4.833646656726457e-17 * x) if -40.0 < x < 10.0 else 0.5 * erfc(-x)


def small_expm1(x):
    return x + x * x * (0.5 + x * 0.16666666666666666)


def times_square(x, y):
    return x * y * y


def normal_pdf_times(x, y):
    return y * exp(-0.5 * high(x) * high(x)) * (0.3989422804014327 + (0.3989422804014327 * small_expm1(-0.5 * (x - high(x)) * (x + high(x))) - 2.49232720227773e-17)) if -37.5 < x < 37.5 else times_square(0.3989422804014327 * y * (1.0 + small_expm1(-0.5 * (x - high(x)) * (x + high(x)))), exp(-0.25 * high(x) * high(x))) if -40.0 < x < 40.0 else exp(-x * x)


def gelu(x):
    return x * normal_cdf(x) if x > -37.5 else normal_pdf_times(x, -mills(div(1.0, x * x))) if x > -40.0 else -0.0 if x < 0.0 else x


def gelu_factor(x):
    return 1.0 + 0.044715 * (x * x)


def gelu_angle(x):
    return 1.5957691216057308 * (x * gelu_factor(x))


def add_error(x, y):
    return x - (x + y - (x + y - x)) + (y - (x + y - x))


def gelu_factor_error(x):
    return add_error(1.0, 0.044715 * (x * x)) + (mul_error(0.044715, x * x) + 0.044715 * mul_error(x, x) + 2.1960211427085595e-18 * (x * x))


def gelu_angle_error(x):
    return mul_error(1.5957691216057308, x * gelu_factor(x)) + 1.5957691216057308 * (mul_error(x, gelu_factor(x)) + x * gelu_factor_error(x)) - 9.96930880911092e-17 * (x * gelu_factor(x))


def sigmoid_of_sum(x, y):
    return sigmoid(x) * (1.0 + y * sigmoid(-x))


def gelu_tanh(x):
    return x * sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) if -20.0 < x < 40.0 else times_square(x * (1.0 + gelu_angle_error(x)), exp(0.5 * gelu_angle(x))) if -40.0 < x < 0.0 else -0.0 if x < 0.0 else x


def silu(x):
    return x * sigmoid(x) if x >= -700.0 else times_square(x, exp(0.5 * x)) if x > -800.0 else -0.0 if x < 0.0 else x


def abs_(x):
    return fabs(x)


def sign(x):
    return 1.0 if x > 0.0 else -1.0 if x < 0.0 else x


def round_(x):
    return rint(x)


def detach(x):
    return x


def identity(x):
    return x


def maximum(x, y):
    return x if x > y else y if x < y else x if x == y and x != 0.0 else x + y


def minimum(x, y):
    return x if x <= y else y if x > y else x + y


def clip(x, lo, hi):
    return (lo if x < lo else hi if x > hi else x) if lo == lo and hi == hi else lo + hi


def where(c, x, y):
    return x if c else y


def gelu_rise(x):
    return x * (0.4314939923140469 + x * (0.388284982990552 + x * (-0.01819967639867096 + x * (-0.11400823329722178 + x * (-0.014771522148255996 + x * (0.019421679838185987 + x * (0.004539228379533291 + x * (-0.002239538067760754 + x * (-0.0007448268456762448 + x * (0.0001863397378989347 + x * (8.615954294312947e-05 + x * (-1.1214276963066259e-05 + x * (-7.748772602996107e-06 + x * (4.321840616200448e-07 + x * (5.70921327829851e-07 + x * (5.122998358317276e-10 + x * (-3.529228024437523e-08 + x * -4.046448747592628e-09)))))))))))))))))


def gelu_dx(x):
    return (gelu_rise(x + 0.7517915246935645 - 1.4956759177009883e-17) if -1.4 < x < -0.3 else normal_cdf(x) + normal_pdf_times(x, x)) if x > -37.5 else normal_pdf_times(x, x - div(mills(div(1.0, x * x)), x)) if x > -40.0 else normal_cdf(x)


def gelu_angle_dx(x):
    return 1.5957691216057308 * (1.0 + 0.134145 * (x * x))


def gelu_reach(x):
    return 1.0 + (1.5957691216057308 * x + 0.21406444881780073 * x * (x * x))


def gelu_reach_error(x):
    return add_error(1.5957691216057308 * x, 0.21406444881780073 * x * (x * x)) + (mul_error(1.5957691216057308, x) - 9.96930880911092e-17 * x)


def gelu_tanh_rise(x):
    return x * (0.4304000910248585 + x * (0.38751844613578895 + x * (-0.01578285352184177 + x * (-0.1139444830809613 + x * (-0.0166193283436241 + x * (0.019682309459681486 + x * (0.005261059274927876 + x * (-0.0024227318314625165 + x * (-0.0009274423678360045 + x * (0.0002639272570248958 + x * (0.00012425548183464833 + x * (-3.495138975430187e-05 + x * (-1.5966847291412686e-05 + x * (5.887599320797336e-06 + x * (2.469892763685634e-06 + x * (-8.879102927636128e-07 + x * (-4.3842887372620304e-07 + x * 3.233126109891417e-09)))))))))))))))))


def tilted(x, y, low):
    return x * (y + (x + low - div(x * (2.0 + x), square(1.0 + x)) * (y + x)))


def gelu_tanh_dx(x):
    return (gelu_tanh_rise(x + 0.7524614220710163 - 3.635560509207687e-17) if -1.4 < x < -0.3 else tilted(exp(-fabs(gelu_angle(x))), gelu_reach(x), gelu_reach_error(x) + gelu_angle_error(x) * gelu_reach(x)) if x < -1.0 else sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) * (1.0 + x * gelu_angle_dx(x) * sigmoid(-gelu_angle(x)))) if -20.0 < x < 40.0 else times_square(gelu_reach(x) * (1.0 + gelu_angle_error(x)), exp(0.5 * gelu_angle(x))) if -40.0 < x < 0.0 else 0.0 if x < 0.0 else 1.0 if x > 0.0 else x


def silu_rise(x):
    return x + 0.2784645427610738 * expm1(x)


def silu_dx(x):
    return (div(exp(-fabs(x)) * silu_rise(x + 1.2784645427610737 + 1.0946994183093437e-16) if -2.0 < x < -0.8 else (1.0 if x >= 0.0 else square(exp(-fabs(x)))) + exp(-fabs(x)) * (1.0 + x), square(1.0 + exp(-fabs(x)))) if -8.0 < x <= 700.0 else 1.0 if x > 0.0 else tilted(exp(-fabs(x)), 1.0 + x, 0.0)) if x >= -700.0 else times_square(1.0 + x, exp(0.5 * x)) if x > -800.0 else sigmoid(x)


def sech2(x):
    return div(4.0 * exp(-2.0 * fabs(x)), square(1.0 + exp(-2.0 * fabs(x))))


def sigmoid_dx(x):
    return div(exp(-fabs(x)), square(1.0 + exp(-fabs(x))))


def pow_dx_kept(p, x, y):
    return p if not fabs(p) < 1e-280 or x - x != 0.0 else copysign(times_square(y if y > 0.0 else div(y, x), pow(fabs(x), 0.5 * (y - 1.0 if y > 0.0 else y))), p)


def pow_dx(x, y):
    return 0.0 if y == 0.0 else pow_dx_kept(y * pow(x, y - 1.0) if y >= 0.5 or x == 0.0 or x - x != 0.0 else div(y * pow(x, y), x) if fabs(y) > 1e-290 else div(y, x), x, y)


def pow_dy_kept(p, x, y):
    return p if not fabs(p) < 1e-280 else times_square(log(x), pow(x, 0.5 * y))


def pow_dy(x, y):
    return 0.0 if x == 0.0 and y >= 0.0 else pow_dy_kept(pow(x, y) * log(x), x, y)


def scale(x, y):
    return 4.149515568880993e+180 if hypot(x, y) < 1.0 else 2.409919865102884e-181


def atan2_dx(x, y):
    return div(y, x * x + y * y) if 1e-140 < hypot(x, y) < 1e+150 else 0.0 if hypot(x, y) == 0.0 or (hypot(x, y) > 1.7976931348623157e+308 and x == x and (y == y)) else div(y * scale(x, y), square(x * scale(x, y)) + square(y * scale(x, y))) * scale(x, y)


def scaled(x, y):
    return copysign(1.0, x) if fabs(x) > 1.7976931348623157e+308 else x * 0.0 if fabs(y) > 1.7976931348623157e+308 else x * scale(x, y)


def hypot_dx(x, y):
    return div(x, hypot(x, y)) if 1e-290 < hypot(x, y) < 1e+300 else 0.0 if hypot(x, y) == 0.0 else div(scaled(x, y), hypot(scaled(x, y), scaled(y, x)))


def gauss_times(x, y):
    return y * exp(-high(x) * high(x)) * (1.0 + small_expm1(-(x - high(x)) * (x + high(x)))) if -26.0 < x < 26.0 else times_square(y * (1.0 + small_expm1(-(x - high(x)) * (x + high(x)))), exp(-0.5 * high(x) * high(x))) if -40.0 < x < 40.0 else exp(-x * x)


def normal_pdf(x):
    return normal_pdf_times(x, 1.0)


def gelu_bend(x):
    return 1.5957691216057308 * (2.0 + 0.53658 * (x * x))


def leaky_relu_dy(x):
    return 0.0 if x > 0.0 else x if x != 0.0 else -0.0


def elu_dy(x):
    return 0.0 if x > 0.0 else expm1(x) if x != 0.0 else -0.0


def lt(x, y):
    return 1.0 if x < y else 0.0


def le(x, y):
    return 1.0 if x <= y else 0.0


def gt(x, y):
    return 1.0 if x > y else 0.0


def ge(x, y):
    return 1.0 if x >= y else 0.0


def eq(x, y):
    return 1.0 if x == y else 0.0


def ne(x, y):
    return 1.0 if x != y else 0.0


def chosen(x, y):
    return x * y if x != 0.0 or copysign(1.0, x) < 0.0 else 0.0


def norm_share(x, y):
    return div(x, y) if y != 0.0 else 0.0


def exp_below(x, y):
    return 1.0 if x == y else exp(x - y) if y - y == 0.0 or x != x or y != y else 0.0


def rint_of_sum(x, y):
    return rint(x) + 1.0 if x - rint(x) == 0.5 and y > 0.0 else rint(x) - 1.0 if x - rint(x) == -0.5 and y < 0.0 else rint(x)


def round_to_part(x, y):
    return div(rint_of_sum(x * y, mul_error(x, y)), y) if fabs(x * y) < 9007199254740992.0 else x


def round_to_multiple(x, y):
    return rint_of_sum(div(x, y), x - div(x, y) * y - mul_error(div(x, y), y)) * y if fabs(div(x, y)) < 9007199254740992.0 else x


def norm_scale(x):
    return 1.0 if 1e-140 < x < 1e+140 else 4.149515568880993e+180 if x < 1.0 else 2.409919865102884e-181


def norm_part(x, y):
    return copysign(1.0, x) if fabs(x) > 1.7976931348623157e+308 else x * 0.0 if y > 1.7976931348623157e+308 else x * norm_scale(y)


def div_dy(x, y, r):
    return div(-r, y) if fabs(r) > 2.3e-308 or r == 0.0 else -x * square(div(1.0, y))


def mod_dx(r):
    return 1.0 if r == r else r


def mod_dy(x, y, r):
    return -floordiv(x, y) if r == r else r


def cbrt_dx(x, r):
    return div(div(1.0, r * r) + div(2.0 * r, x), 9.0) if x - x == 0.0 and x != 0.0 else div(1.0, r * r)


def log_dx(x, r):
    return div(1.0, x) if x > 0.0 else -r


def log2_dx(x, r):
    return div(1.4426950408889634, x) if x > 0.0 else -r


def log10_dx(x, r):
    return div(0.4342944819032518, x) if x > 0.0 else -r


def log1p_dx(x, r):
    return div(1.0, 1.0 + x) if x > -1.0 else -r


def atan_dx(x):
    return div(1.0, 1.0 + x * x) if -1e+150 < x < 1e+150 else div(div(1.0, x), x)


def atanh_dx(x, r):
    return div(1.0, (1.0 - x) * (1.0 + x)) if -1.0 <= x <= 1.0 else r


def relu_dx(x):
    return 1.0 if x > 0.0 else 0.0 if x <= 0.0 else x


def leaky_relu_dx(x, y):
    return 1.0 if x > 0.0 else y if x <= 0.0 else x


def elu_dx(x, y):
    return 1.0 if x > 0.0 else y * exp(x) if x > -700.0 else times_square(y, exp(0.5 * x))


def abs_dx(x):
    return 1.0 if x > 0.0 else -1.0 if x < 0.0 else x * 0.0


def maximum_dx(x, y):
    return 1.0 if x > y else 0.0 if x < y else 0.5 if x == y else x + y


def maximum_dy(x, y):
    return 1.0 if x < y else 0.0 if x > y else 0.5 if x == y else x + y


def minimum_dx(x, y):
    return 1.0 if x < y else 0.0 if x > y else 0.5 if x == y else x + y


def minimum_dy(x, y):
    return 1.0 if x > y else 0.0 if x < y else 0.5 if x == y else x + y


def clip_dx(x, lo, hi):
    return (1.0 if lo <= x <= hi else 0.0 if x == x else x) if lo == lo and hi == hi else lo + hi


def clip_dlo(x, lo, hi):
    return (1.0 if x < lo else 0.0) if lo == lo and hi == hi else lo + hi


def clip_dhi(x, lo, hi):
    return (1.0 if x > hi else 0.0) if lo == lo and hi == hi else lo + hi


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
    return z, div(1.0, y), div(-z, y) if fabs(z) > 2.3e-308 or z == 0.0 else -x * square(div(1.0, y))


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
    z = copysign(0.0, y) if fmod(x, y) == 0.0 else fmod(x, y) + y if (fmod(x, y) < 0.0) != (y < 0.0) else fmod(x, y)
    return z, 1.0 if z == z else z, -floordiv(x, y) if z == z else z


def forward_floordiv(x, y):
    z = floor(div(x, y)) if y == 0.0 or fmod(x, y) == 0.0 else 0.0 + rint(div(x - fmod(x, y), y)) - (1.0 if (fmod(x, y) < 0.0) != (y < 0.0) else 0.0)
    return z, 0.0, 0.0


def forward_square(x):
    z = x * x
    return z, 2.0 * x


def forward_reciprocal(x):
    z = div(1.0, x)
    return z, -z * z


def forward_sqrt(x):
    z = sqrt(x)
    return z, div(0.5, 0.0 + z)


def forward_cbrt(x):
    z = cbrt(x)
    return z, div(div(1.0, z * z) + div(2.0 * z, x), 9.0) if x - x == 0.0 and x != 0.0 else div(1.0, z * z)


def forward_exp(x):
    z = exp(x)
    return z, z


def forward_expm1(x):
    z = expm1(x)
    return z, exp(x)


def forward_log(x):
    z = log(x)
    return z, div(1.0, x) if x > 0.0 else -z


def forward_log2(x):
    z = log2(x)
    return z, div(1.4426950408889634, x) if x > 0.0 else -z


def forward_log10(x):
    z = log10(x)
    return z, div(0.4342944819032518, x) if x > 0.0 else -z


def forward_log1p(x):
    z = log1p(x)
    return z, div(1.0, 1.0 + x) if x > -1.0 else -z


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
    return z, div(1.0, 1.0 + x * x) if -1e+150 < x < 1e+150 else div(div(1.0, x), x)


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
    return z, div(1.0, (1.0 - x) * (1.0 + x)) if -1.0 <= x <= 1.0 else z


def forward_sigmoid(x):
    z = div(1.0 if x >= 0.0 else exp(-fabs(x)), 1.0 + exp(-fabs(x)))
    return z, sigmoid_dx(x)


def forward_softplus(x):
    z = (x if x > 0.0 else 0.0) + log1p(exp(-fabs(x)))
    return z, sigmoid(x)


def forward_relu(x):
    z = x if x > 0.0 else 0.0 if x <= 0.0 else x
    return z, 1.0 if x > 0.0 else 0.0 if x <= 0.0 else x


def forward_leaky_relu(x, y):
    z = x if x > 0.0 else y * x
    return z, 1.0 if x > 0.0 else y if x <= 0.0 else x, leaky_relu_dy(x)


def forward_elu(x, y):
    z = x if x > 0.0 else y * expm1(x)
    return z, 1.0 if x > 0.0 else y * exp(x) if x > -700.0 else times_square(y, exp(0.5 * x)), elu_dy(x)


def forward_mills(x):
    z = 1.0 - x * (1.0 - 3.0 * x * (1.0 - 5.0 * x * (1.0 - 7.0 * x * (1.0 - 9.0 * x * (1.0 - 11.0 * x)))))
    return z, -1.0 + x * (6.0 - x * (45.0 - x * (420.0 - x * (4725.0 - x * (62370.0 - x * (945945.0 - x * 16216200.0))))))


def forward_high(x):
    z = x * 134217729.0 - (x * 134217729.0 - x)
    return z, 1.0


def forward_mul_error(x, y):
    z = high(x) * high(y) - x * y + high(x) * (y - high(y)) + (x - high(x)) * high(y) + (x - high(x)) * (y - high(y))
    return z, 0.0, 0.0


def forward_normal_cdf(x):
    z = 0.5 * erfc(-0.7071067811865476 * x) + 0.5641895835477563 * exp(-0.5 * x * x) * (mul_error(0.7071067811865476, x) - 4.833646656726457e-17 * x) if -40.0 < x < 10.0 else 0.5 * erfc(-x)
    return z, normal_pdf(x)


def forward_small_expm1(x):
    z = x + x * x * (0.5 + x * 0.16666666666666666)
    return z, 1.0 + z


def forward_times_square(x, y):
    z = x * y * y
    return z, y * y, 2.0 * x * y


def forward_normal_pdf_times(x, y):
    z = y * exp(-0.5 * high(x) * high(x)) * (0.3989422804014327 + (0.3989422804014327 * small_expm1(-0.5 * (x - high(x)) * (x + high(x))) - 2.49232720227773e-17)) if -37.5 < x < 37.5 else times_square(0.3989422804014327 * y * (1.0 + small_expm1(-0.5 * (x - high(x)) * (x + high(x)))), exp(-0.25 * high(x) * high(x))) if -40.0 < x < 40.0 else exp(-x * x)
    return z, normal_pdf_times(x, -x * y), normal_pdf(x)


def forward_gelu(x):
    z = x * normal_cdf(x) if x > -37.5 else normal_pdf_times(x, -mills(div(1.0, x * x))) if x > -40.0 else -0.0 if x < 0.0 else x
    return z, gelu_dx(x)


def forward_gelu_factor(x):
    z = 1.0 + 0.044715 * (x * x)
    return z, 0.08943 * x


def forward_gelu_angle(x):
    z = 1.5957691216057308 * (x * gelu_factor(x))
    return z, gelu_angle_dx(x)


def forward_add_error(x, y):
    z = x - (x + y - (x + y - x)) + (y - (x + y - x))
    return z, 0.0, 0.0


def forward_gelu_factor_error(x):
    z = add_error(1.0, 0.044715 * (x * x)) + (mul_error(0.044715, x * x) + 0.044715 * mul_error(x, x) + 2.1960211427085595e-18 * (x * x))
    return z, 0.0


def forward_gelu_angle_error(x):
    z = mul_error(1.5957691216057308, x * gelu_factor(x)) + 1.5957691216057308 * (mul_error(x, gelu_factor(x)) + x * gelu_factor_error(x)) - 9.96930880911092e-17 * (x * gelu_factor(x))
    return z, 0.0


def forward_sigmoid_of_sum(x, y):
    z = sigmoid(x) * (1.0 + y * sigmoid(-x))
    return z, z * sigmoid_of_sum(-x, -y), z * sigmoid_of_sum(-x, -y)


def forward_gelu_tanh(x):
    z = x * sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) if -20.0 < x < 40.0 else times_square(x * (1.0 + gelu_angle_error(x)), exp(0.5 * gelu_angle(x))) if -40.0 < x < 0.0 else -0.0 if x < 0.0 else x
    return z, gelu_tanh_dx(x)


def forward_silu(x):
    z = x * sigmoid(x) if x >= -700.0 else times_square(x, exp(0.5 * x)) if x > -800.0 else -0.0 if x < 0.0 else x
    return z, silu_dx(x)


def forward_erf(x):
    z = erf(x)
    return z, gauss_times(x, 1.1283791670955126)


def forward_erfc(x):
    z = erfc(x)
    return z, gauss_times(x, -1.1283791670955126)


def forward_abs(x):
    z = fabs(x)
    return z, 1.0 if x > 0.0 else -1.0 if x < 0.0 else x * 0.0


def forward_sign(x):
    z = 1.0 if x > 0.0 else -1.0 if x < 0.0 else x
    return z, 0.0


def forward_floor(x):
    z = floor(x)
    return z, 0.0


def forward_ceil(x):
    z = ceil(x)
    return z, 0.0


def forward_round(x):
    z = rint(x)
    return z, 0.0


def forward_trunc(x):
    z = trunc(x)
    return z, 0.0


def forward_detach(x):
    z = x
    return z, 0.0


def forward_identity(x):
    z = x
    return z, 1.0


def forward_maximum(x, y):
    z = x if x > y else y if x < y else x if x == y and x != 0.0 else x + y
    return z, 1.0 if x > y else 0.0 if x < y else 0.5 if x == y else x + y, 1.0 if x < y else 0.0 if x > y else 0.5 if x == y else x + y


def forward_minimum(x, y):
    z = x if x <= y else y if x > y else x + y
    return z, 1.0 if x < y else 0.0 if x > y else 0.5 if x == y else x + y, 1.0 if x > y else 0.0 if x < y else 0.5 if x == y else x + y


def forward_atan2(x, y):
    z = atan2(x, y)
    return z, atan2_dx(x, y), -atan2_dx(y, x)


def forward_hypot(x, y):
    z = hypot(x, y)
    return z, hypot_dx(x, y), hypot_dx(y, x)


def forward_clip(x, lo, hi):
    z = (lo if x < lo else hi if x > hi else x) if lo == lo and hi == hi else lo + hi
    return z, (1.0 if lo <= x <= hi else 0.0 if x == x else x) if lo == lo and hi == hi else lo + hi, (1.0 if x < lo else 0.0) if lo == lo and hi == hi else lo + hi, (1.0 if x > hi else 0.0) if lo == lo and hi == hi else lo + hi


def forward_where(c, x, y):
    z = x if c else y
    return z, 0.0, 1.0 if c else 0.0, 0.0 if c else 1.0


def forward_gelu_rise(x):
    z = x * (0.4314939923140469 + x * (0.388284982990552 + x * (-0.01819967639867096 + x * (-0.11400823329722178 + x * (-0.014771522148255996 + x * (0.019421679838185987 + x * (0.004539228379533291 + x * (-0.002239538067760754 + x * (-0.0007448268456762448 + x * (0.0001863397378989347 + x * (8.615954294312947e-05 + x * (-1.1214276963066259e-05 + x * (-7.748772602996107e-06 + x * (4.321840616200448e-07 + x * (5.70921327829851e-07 + x * (5.122998358317276e-10 + x * (-3.529228024437523e-08 + x * -4.046448747592628e-09)))))))))))))))))
    return z, 0.4314939923140469 + x * (0.776569965981104 + x * (-0.05459902919601288 + x * (-0.4560329331888871 + x * (-0.07385761074127999 + x * (0.11653007902911591 + x * (0.03177459865673304 + x * (-0.017916304542086033 + x * (-0.006703441611086203 + x * (0.001863397378989347 + x * (0.0009477549723744242 + x * (-0.00013457132355679512 + x * (-0.0001007340438389494 + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08))))))))))))))))


def forward_gelu_dx(x):
    z = (gelu_rise(x + 0.7517915246935645 - 1.4956759177009883e-17) if -1.4 < x < -0.3 else normal_cdf(x) + normal_pdf_times(x, x)) if x > -37.5 else normal_pdf_times(x, x - div(mills(div(1.0, x * x)), x)) if x > -40.0 else normal_cdf(x)
    return z, normal_pdf_times(x, (1.4142135623730951 - x - 9.667293313452913e-17) * (1.4142135623730951 + x - 9.667293313452913e-17))


def forward_gelu_angle_dx(x):
    z = 1.5957691216057308 * (1.0 + 0.134145 * (x * x))
    return z, 1.5957691216057308 * (0.26829 * x)


def forward_gelu_reach(x):
    z = 1.0 + (1.5957691216057308 * x + 0.21406444881780073 * x * (x * x))
    return z, 1.5957691216057308 + 0.6421933464534022 * x * x


def forward_gelu_reach_error(x):
    z = add_error(1.5957691216057308 * x, 0.21406444881780073 * x * (x * x)) + (mul_error(1.5957691216057308, x) - 9.96930880911092e-17 * x)
    return z, 0.0


def forward_gelu_tanh_rise(x):
    z = x * (0.4304000910248585 + x * (0.38751844613578895 + x * (-0.01578285352184177 + x * (-0.1139444830809613 + x * (-0.0166193283436241 + x * (0.019682309459681486 + x * (0.005261059274927876 + x * (-0.0024227318314625165 + x * (-0.0009274423678360045 + x * (0.0002639272570248958 + x * (0.00012425548183464833 + x * (-3.495138975430187e-05 + x * (-1.5966847291412686e-05 + x * (5.887599320797336e-06 + x * (2.469892763685634e-06 + x * (-8.879102927636128e-07 + x * (-4.3842887372620304e-07 + x * 3.233126109891417e-09)))))))))))))))))
    return z, 0.4304000910248585 + x * (0.7750368922715779 + x * (-0.04734856056552531 + x * (-0.4557779323238452 + x * (-0.0830966417181205 + x * (0.11809385675808892 + x * (0.03682741492449513 + x * (-0.019381854651700132 + x * (-0.00834698131052404 + x * (0.002639272570248958 + x * (0.0013668103001811317 + x * (-0.00041941667705162243 + x * (-0.00020756901478836493 + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08))))))))))))))))


def forward_tilted(x, y, low):
    z = x * (y + (x + low - div(x * (2.0 + x), square(1.0 + x)) * (y + x)))
    return z, div(y + 2.0 * x - 2.0 * z * (1.0 + x), square(1.0 + x)), div(x, square(1.0 + x)), div(x, square(1.0 + x))


def forward_gelu_tanh_dx(x):
    z = (gelu_tanh_rise(x + 0.7524614220710163 - 3.635560509207687e-17) if -1.4 < x < -0.3 else tilted(exp(-fabs(gelu_angle(x))), gelu_reach(x), gelu_reach_error(x) + gelu_angle_error(x) * gelu_reach(x)) if x < -1.0 else sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) * (1.0 + x * gelu_angle_dx(x) * sigmoid(-gelu_angle(x)))) if -20.0 < x < 40.0 else times_square(gelu_reach(x) * (1.0 + gelu_angle_error(x)), exp(0.5 * gelu_angle(x))) if -40.0 < x < 0.0 else 0.0 if x < 0.0 else 1.0 if x > 0.0 else x
    return z, sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) * sigmoid_of_sum(-gelu_angle(x), -gelu_angle_error(x)) * (gelu_bend(x) - x * square(gelu_angle_dx(x)) * tanh(0.5 * gelu_angle(x))) if -20.0 < x < 20.0 else times_square((gelu_bend(x) - fabs(x) * square(gelu_angle_dx(x))) * (1.0 + gelu_angle_error(-fabs(x))), exp(-0.5 * fabs(gelu_angle(x)))) if -40.0 < x < 40.0 else x if x != x else 0.0


def forward_silu_rise(x):
    z = x + 0.2784645427610738 * expm1(x)
    return z, 1.0 + 0.2784645427610738 * exp(x)


def forward_silu_dx(x):
    z = (div(exp(-fabs(x)) * silu_rise(x + 1.2784645427610737 + 1.0946994183093437e-16) if -2.0 < x < -0.8 else (1.0 if x >= 0.0 else square(exp(-fabs(x)))) + exp(-fabs(x)) * (1.0 + x), square(1.0 + exp(-fabs(x)))) if -8.0 < x <= 700.0 else 1.0 if x > 0.0 else tilted(exp(-fabs(x)), 1.0 + x, 0.0)) if x >= -700.0 else times_square(1.0 + x, exp(0.5 * x)) if x > -800.0 else sigmoid(x)
    return z, sigmoid_dx(x) * (2.0 - x * tanh(0.5 * x)) if -700.0 <= x <= 700.0 else times_square(2.0 - fabs(x), exp(-0.5 * fabs(x))) if -800.0 < x < 800.0 else sigmoid_dx(x)


def forward_sech2(x):
    z = div(4.0 * exp(-2.0 * fabs(x)), square(1.0 + exp(-2.0 * fabs(x))))
    return z, -2.0 * z * tanh(x)


def forward_sigmoid_dx(x):
    z = div(exp(-fabs(x)), square(1.0 + exp(-fabs(x))))
    return z, -z * tanh(0.5 * x)


def forward_pow_dx_kept(p, x, y):
    z = p if not fabs(p) < 1e-280 or x - x != 0.0 else copysign(times_square(y if y > 0.0 else div(y, x), pow(fabs(x), 0.5 * (y - 1.0 if y > 0.0 else y))), p)
    return z, 1.0, 0.0, 0.0


def forward_pow_dx(x, y):
    z = 0.0 if y == 0.0 else pow_dx_kept(y * pow(x, y - 1.0) if y >= 0.5 or x == 0.0 or x - x != 0.0 else div(y * pow(x, y), x) if fabs(y) > 1e-290 else div(y, x), x, y)
    return z, 0.0 if y == 0.0 else y * pow_dx(x, y - 1.0) if y >= 1.0 or x == 0.0 else div((y - 1.0) * z, x), 0.0 if x == 0.0 and y > 1.0 else pow(x, y - 1.0) * (1.0 + y * log(x))


def forward_pow_dy_kept(p, x, y):
    z = p if not fabs(p) < 1e-280 else times_square(log(x), pow(x, 0.5 * y))
    return z, 1.0, 0.0, 0.0


def forward_pow_dy(x, y):
    z = 0.0 if x == 0.0 and y >= 0.0 else pow_dy_kept(pow(x, y) * log(x), x, y)
    return z, 0.0 if x == 0.0 and y > 1.0 else pow(x, y - 1.0) * (1.0 + y * log(x)), 0.0 if x == 0.0 and y >= 0.0 else z * log(x)


def forward_scale(x, y):
    z = 4.149515568880993e+180 if hypot(x, y) < 1.0 else 2.409919865102884e-181
    return z, 0.0, 0.0


def forward_atan2_dx(x, y):
    z = div(y, x * x + y * y) if 1e-140 < hypot(x, y) < 1e+150 else 0.0 if hypot(x, y) == 0.0 or (hypot(x, y) > 1.7976931348623157e+308 and x == x and (y == y)) else div(y * scale(x, y), square(x * scale(x, y)) + square(y * scale(x, y))) * scale(x, y)
    return z, -2.0 * z * atan2_dx(y, x), (atan2_dx(y, x) - z) * (atan2_dx(y, x) + z)


def forward_scaled(x, y):
    z = copysign(1.0, x) if fabs(x) > 1.7976931348623157e+308 else x * 0.0 if fabs(y) > 1.7976931348623157e+308 else x * scale(x, y)
    return z, scale(x, y), 0.0


def forward_hypot_dx(x, y):
    z = div(x, hypot(x, y)) if 1e-290 < hypot(x, y) < 1e+300 else 0.0 if hypot(x, y) == 0.0 else div(scaled(x, y), hypot(scaled(x, y), scaled(y, x)))
    return z, hypot_dx(y, x) * div(hypot_dx(y, x), hypot(x, y)), -z * div(hypot_dx(y, x), hypot(x, y))


def forward_gauss_times(x, y):
    z = y * exp(-high(x) * high(x)) * (1.0 + small_expm1(-(x - high(x)) * (x + high(x)))) if -26.0 < x < 26.0 else times_square(y * (1.0 + small_expm1(-(x - high(x)) * (x + high(x)))), exp(-0.5 * high(x) * high(x))) if -40.0 < x < 40.0 else exp(-x * x)
    return z, gauss_times(x, -2.0 * x * y), gauss_times(x, 1.0)


def forward_normal_pdf(x):
    z = normal_pdf_times(x, 1.0)
    return z, normal_pdf_times(x, -x)


def forward_gelu_bend(x):
    z = 1.5957691216057308 * (2.0 + 0.53658 * (x * x))
    return z, 1.5957691216057308 * (1.07316 * x)


def forward_leaky_relu_dy(x):
    z = 0.0 if x > 0.0 else x if x != 0.0 else -0.0
    return z, 0.0 if x > 0.0 else 1.0 if x == x else x


def forward_elu_dy(x):
    z = 0.0 if x > 0.0 else expm1(x) if x != 0.0 else -0.0
    return z, 0.0 if x > 0.0 else exp(x)


def forward_lt(x, y):
    z = 1.0 if x < y else 0.0
    return z, 0.0, 0.0


def forward_le(x, y):
    z = 1.0 if x <= y else 0.0
    return z, 0.0, 0.0


def forward_gt(x, y):
    z = 1.0 if x > y else 0.0
    return z, 0.0, 0.0


def forward_ge(x, y):
    z = 1.0 if x >= y else 0.0
    return z, 0.0, 0.0


def forward_eq(x, y):
    z = 1.0 if x == y else 0.0
    return z, 0.0, 0.0


def forward_ne(x, y):
    z = 1.0 if x != y else 0.0
    return z, 0.0, 0.0


def forward_fmod(x, y):
    z = fmod(x, y)
    return z, 1.0 if z == z else z, -rint(div(x - z, y))


def forward_copysign(x, y):
    z = copysign(x, y)
    return z, copysign(1.0, x) * copysign(1.0, y), 0.0


def forward_chosen(x, y):
    z = x * y if x != 0.0 or copysign(1.0, x) < 0.0 else 0.0
    return z, y if x != 0.0 or copysign(1.0, x) < 0.0 else 0.0, x


def forward_norm_share(x, y):
    z = div(x, y) if y != 0.0 else 0.0
    return z, div(1.0, y), div(-z, y) if fabs(z) > 2.3e-308 or z == 0.0 else -x * square(div(1.0, y))


def forward_exp_below(x, y):
    z = 1.0 if x == y else exp(x - y) if y - y == 0.0 or x != x or y != y else 0.0
    return z, z, -z


def forward_rint_of_sum(x, y):
    z = rint(x) + 1.0 if x - rint(x) == 0.5 and y > 0.0 else rint(x) - 1.0 if x - rint(x) == -0.5 and y < 0.0 else rint(x)
    return z, 0.0, 0.0


def forward_round_to_part(x, y):
    z = div(rint_of_sum(x * y, mul_error(x, y)), y) if fabs(x * y) < 9007199254740992.0 else x
    return z, 0.0, 0.0


def forward_round_to_multiple(x, y):
    z = rint_of_sum(div(x, y), x - div(x, y) * y - mul_error(div(x, y), y)) * y if fabs(div(x, y)) < 9007199254740992.0 else x
    return z, 0.0, 0.0


def forward_norm_scale(x):
    z = 1.0 if 1e-140 < x < 1e+140 else 4.149515568880993e+180 if x < 1.0 else 2.409919865102884e-181
    return z, 0.0


def forward_norm_part(x, y):
    z = copysign(1.0, x) if fabs(x) > 1.7976931348623157e+308 else x * 0.0 if y > 1.7976931348623157e+308 else x * norm_scale(y)
    return z, norm_scale(y), 0.0


def forward_div_dy(x, y, r):
    z = div(-r, y) if fabs(r) > 2.3e-308 or r == 0.0 else -x * square(div(1.0, y))
    return z, (0.0 if fabs(r) > 2.3e-308 or r == 0.0 else -1.0 * square(div(1.0, y))) if z == z else z, (-div(div(-r, y), y) if fabs(r) > 2.3e-308 or r == 0.0 else -x * (2.0 * div(1.0, y) * -div(div(1.0, y), y))) if z == z else z, (div(-1.0, y) if fabs(r) > 2.3e-308 or r == 0.0 else 0.0) if z == z else z


def forward_mod_dx(r):
    z = 1.0 if r == r else r
    return z, 0.0 if z == z else z


def forward_mod_dy(x, y, r):
    z = -floordiv(x, y) if r == r else r
    return z, 0.0 if z == z else z, 0.0 if z == z else z, 0.0 if z == z else z


def forward_cbrt_dx(x, r):
    z = div(div(1.0, r * r) + div(2.0 * r, x), 9.0) if x - x == 0.0 and x != 0.0 else div(1.0, r * r)
    return z, (div(-div(div(2.0 * r, x), x), 9.0) if x - x == 0.0 and x != 0.0 else 0.0) if z == z else z, (div(-div(div(1.0, r * r), r * r) * (r + r) + div(2.0, x), 9.0) if x - x == 0.0 and x != 0.0 else -div(div(1.0, r * r), r * r) * (r + r)) if z == z else z


def forward_log_dx(x, r):
    z = div(1.0, x) if x > 0.0 else -r
    return z, (-div(div(1.0, x), x) if x > 0.0 else 0.0) if z == z else z, (0.0 if x > 0.0 else -1.0) if z == z else z


def forward_log2_dx(x, r):
    z = div(1.4426950408889634, x) if x > 0.0 else -r
    return z, (-div(div(1.4426950408889634, x), x) if x > 0.0 else 0.0) if z == z else z, (0.0 if x > 0.0 else -1.0) if z == z else z


def forward_log10_dx(x, r):
    z = div(0.4342944819032518, x) if x > 0.0 else -r
    return z, (-div(div(0.4342944819032518, x), x) if x > 0.0 else 0.0) if z == z else z, (0.0 if x > 0.0 else -1.0) if z == z else z


def forward_log1p_dx(x, r):
    z = div(1.0, 1.0 + x) if x > -1.0 else -r
    return z, (-div(div(1.0, 1.0 + x), 1.0 + x) if x > -1.0 else 0.0) if z == z else z, (0.0 if x > -1.0 else -1.0) if z == z else z


def forward_atan_dx(x):
    z = div(1.0, 1.0 + x * x) if -1e+150 < x < 1e+150 else div(div(1.0, x), x)
    return z, (-div(div(1.0, 1.0 + x * x), 1.0 + x * x) * (x + x) if -1e+150 < x < 1e+150 else div(-div(div(1.0, x), x), x) + -div(div(div(1.0, x), x), x)) if z == z else z


def forward_atanh_dx(x, r):
    z = div(1.0, (1.0 - x) * (1.0 + x)) if -1.0 <= x <= 1.0 else r
    return z, (-div(div(1.0, (1.0 - x) * (1.0 + x)), (1.0 - x) * (1.0 + x)) * (-1.0 * (1.0 + x) + (1.0 - x)) if -1.0 <= x <= 1.0 else 0.0) if z == z else z, (0.0 if -1.0 <= x <= 1.0 else 1.0) if z == z else z


def forward_relu_dx(x):
    z = 1.0 if x > 0.0 else 0.0 if x <= 0.0 else x
    return z, 0.0 if z == z else z


def forward_leaky_relu_dx(x, y):
    z = 1.0 if x > 0.0 else y if x <= 0.0 else x
    return z, 0.0 if z == z else z, (0.0 if x > 0.0 else 1.0 if x <= 0.0 else 0.0) if z == z else z


def forward_elu_dx(x, y):
    z = 1.0 if x > 0.0 else y * exp(x) if x > -700.0 else times_square(y, exp(0.5 * x))
    return z, (0.0 if x > 0.0 else y * exp(x) if x > -700.0 else 2.0 * y * exp(0.5 * x) * (exp(0.5 * x) * 0.5)) if z == z else z, (0.0 if x > 0.0 else exp(x) if x > -700.0 else exp(0.5 * x) * exp(0.5 * x)) if z == z else z


def forward_abs_dx(x):
    z = 1.0 if x > 0.0 else -1.0 if x < 0.0 else x * 0.0
    return z, 0.0 if z == z else z


def forward_maximum_dx(x, y):
    z = 1.0 if x > y else 0.0 if x < y else 0.5 if x == y else x + y
    return z, 0.0 if z == z else z, 0.0 if z == z else z


def forward_maximum_dy(x, y):
    z = 1.0 if x < y else 0.0 if x > y else 0.5 if x == y else x + y
    return z, 0.0 if z == z else z, 0.0 if z == z else z


def forward_minimum_dx(x, y):
    z = 1.0 if x < y else 0.0 if x > y else 0.5 if x == y else x + y
    return z, 0.0 if z == z else z, 0.0 if z == z else z


def forward_minimum_dy(x, y):
    z = 1.0 if x > y else 0.0 if x < y else 0.5 if x == y else x + y
    return z, 0.0 if z == z else z, 0.0 if z == z else z


def forward_clip_dx(x, lo, hi):
    z = (1.0 if lo <= x <= hi else 0.0 if x == x else x) if lo == lo and hi == hi else lo + hi
    return z, 0.0, 0.0, 0.0


def forward_clip_dlo(x, lo, hi):
    z = (1.0 if x < lo else 0.0) if lo == lo and hi == hi else lo + hi
    return z, 0.0, 0.0, 0.0


def forward_clip_dhi(x, lo, hi):
    z = (1.0 if x > hi else 0.0) if lo == lo and hi == hi else lo + hi
    return z, 0.0, 0.0, 0.0


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
    'sigmoid': sigmoid,
    'softplus': softplus,
    'relu': relu,
    'leaky_relu': leaky_relu,
    'elu': elu,
    'mills': mills,
    'high': high,
    'mul_error': mul_error,
    'normal_cdf': normal_cdf,
    'small_expm1': small_expm1,
    'times_square': times_square,
    'normal_pdf_times': normal_pdf_times,
    'gelu': gelu,
    'gelu_factor': gelu_factor,
    'gelu_angle': gelu_angle,
    'add_error': add_error,
    'gelu_factor_error': gelu_factor_error,
    'gelu_angle_error': gelu_angle_error,
    'sigmoid_of_sum': sigmoid_of_sum,
    'gelu_tanh': gelu_tanh,
    'silu': silu,
    'erf': erf,
    'erfc': erfc,
    'abs': abs_,
    'sign': sign,
    'floor': floor,
    'ceil': ceil,
    'round': round_,
    'trunc': trunc,
    'detach': detach,
    'identity': identity,
    'maximum': maximum,
    'minimum': minimum,
    'atan2': atan2,
    'hypot': hypot,
    'clip': clip,
    'where': where,
    'gelu_rise': gelu_rise,
    'gelu_dx': gelu_dx,
    'gelu_angle_dx': gelu_angle_dx,
    'gelu_reach': gelu_reach,
    'gelu_reach_error': gelu_reach_error,
    'gelu_tanh_rise': gelu_tanh_rise,
    'tilted': tilted,
    'gelu_tanh_dx': gelu_tanh_dx,
    'silu_rise': silu_rise,
    'silu_dx': silu_dx,
    'sech2': sech2,
    'sigmoid_dx': sigmoid_dx,
    'pow_dx_kept': pow_dx_kept,
    'pow_dx': pow_dx,
    'pow_dy_kept': pow_dy_kept,
    'pow_dy': pow_dy,
    'scale': scale,
    'atan2_dx': atan2_dx,
    'scaled': scaled,
    'hypot_dx': hypot_dx,
    'gauss_times': gauss_times,
    'normal_pdf': normal_pdf,
    'gelu_bend': gelu_bend,
    'leaky_relu_dy': leaky_relu_dy,
    'elu_dy': elu_dy,
    'lt': lt,
    'le': le,
    'gt': gt,
    'ge': ge,
    'eq': eq,
    'ne': ne,
    'fmod': fmod,
    'copysign': copysign,
    'chosen': chosen,
    'norm_share': norm_share,
    'exp_below': exp_below,
    'rint_of_sum': rint_of_sum,
    'round_to_part': round_to_part,
    'round_to_multiple': round_to_multiple,
    'norm_scale': norm_scale,
    'norm_part': norm_part,
    'div_dy': div_dy,
    'mod_dx': mod_dx,
    'mod_dy': mod_dy,
    'cbrt_dx': cbrt_dx,
    'log_dx': log_dx,
    'log2_dx': log2_dx,
    'log10_dx': log10_dx,
    'log1p_dx': log1p_dx,
    'atan_dx': atan_dx,
    'atanh_dx': atanh_dx,
    'relu_dx': relu_dx,
    'leaky_relu_dx': leaky_relu_dx,
    'elu_dx': elu_dx,
    'abs_dx': abs_dx,
    'maximum_dx': maximum_dx,
    'maximum_dy': maximum_dy,
    'minimum_dx': minimum_dx,
    'minimum_dy': minimum_dy,
    'clip_dx': clip_dx,
    'clip_dlo': clip_dlo,
    'clip_dhi': clip_dhi,
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
    forward_abs,
    forward_sign,
    forward_floor,
    forward_ceil,
    forward_round,
    forward_trunc,
    forward_detach,
    forward_identity,
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
    None,
    None,
    None,
    forward_gelu_dx,
    forward_gelu_rise,
    forward_gelu_tanh_dx,
    forward_gelu_tanh_rise,
    forward_silu_dx,
    forward_silu_rise,
    forward_sech2,
    forward_sigmoid_dx,
    forward_pow_dx,
    forward_pow_dy,
    forward_atan2_dx,
    forward_hypot_dx,
    forward_gauss_times,
    forward_normal_pdf_times,
    forward_normal_pdf,
    forward_normal_cdf,
    forward_mills,
    forward_gelu_angle,
    forward_gelu_angle_dx,
    forward_gelu_reach,
    forward_gelu_bend,
    forward_gelu_factor,
    forward_sigmoid_of_sum,
    forward_tilted,
    forward_small_expm1,
    forward_times_square,
    forward_pow_dx_kept,
    forward_pow_dy_kept,
    forward_leaky_relu_dy,
    forward_elu_dy,
    forward_lt,
    forward_le,
    forward_gt,
    forward_ge,
    forward_eq,
    forward_ne,
    forward_fmod,
    forward_copysign,
    forward_chosen,
    forward_norm_share,
    forward_exp_below,
    forward_high,
    forward_mul_error,
    forward_add_error,
    forward_gelu_factor_error,
    forward_gelu_angle_error,
    forward_gelu_reach_error,
    forward_scale,
    forward_rint_of_sum,
    forward_round_to_part,
    forward_round_to_multiple,
    forward_norm_scale,
    forward_norm_part,
    forward_scaled,
    forward_div_dy,
    forward_mod_dx,
    forward_mod_dy,
    forward_cbrt_dx,
    forward_log_dx,
    forward_log2_dx,
    forward_log10_dx,
    forward_log1p_dx,
    forward_atan_dx,
    forward_atanh_dx,
    forward_relu_dx,
    forward_leaky_relu_dx,
    forward_elu_dx,
    forward_abs_dx,
    forward_maximum_dx,
    forward_maximum_dy,
    forward_minimum_dx,
    forward_minimum_dy,
    forward_clip_dx,
    forward_clip_dlo,
    forward_clip_dhi,
)


def forward_unary(op, x):
    return FORWARD[op](x)


def forward_binary(op, x, y):
    return FORWARD[op](x, y)


def forward_ternary(op, x, y, w):
    return FORWARD[op](x, y, w)
