"""Generated from primitives.py by `python -m autograd.formulas`: do not edit.

`d_name(k, *operands, z)` is the row's partial number k as a Value or a float.
"""

# ruff: noqa
# pyright: basic, reportMissingImports=false
try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.generated.kernels import *
    from cython.cimports.autograd.node import data_of
    from cython.cimports.autograd.value import Value, binary, unary
else:
    from autograd.generated.kernels import *
    from autograd.node import data_of
    from autograd.value import Value, binary, unary


def one(op, x):
    """The row's value at a Value or a float."""
    if type(x) is Value:
        return unary(op, x)
    z, _ = forward_unary(op, x)
    return z


def two(op, x, y):
    """The row's value at two operands, Values or floats."""
    if type(x) is Value or type(y) is Value:
        return binary(op, x, y)
    z, _, _ = forward_binary(op, x, y)
    return z


def power(x, y):
    """x to the power y, which is a constant where it is a float."""
    return two(POW if type(y) is Value else POWC, x, y)


def d_add(k, x, y, z):
    return 1.0 if k == 0 else 1.0


def d_sub(k, x, y, z):
    return 1.0 if k == 0 else -1.0


def d_mul(k, x, y, z):
    return y if k == 0 else x


def d_div(k, x, y, z):
    return two(DIV, 1.0, y) if k == 0 else (two(DIV, one(NEG, z), y) if ((data_of(one(ABS, z)) > 2.3e-308) or (data_of(z) == 0.0)) else two(MUL, one(NEG, x), one(SQUARE, two(DIV, 1.0, y))))


def d_neg(k, x, z):
    return -1.0


def d_pow(k, x, y, z):
    return two(POW_DX, x, y) if k == 0 else two(POW_DY, x, y)


def d_powc(k, x, y, z):
    return two(POW_DX, x, y) if k == 0 else 0.0


def d_mod(k, x, y, z):
    return (1.0 if (data_of(z) == data_of(z)) else z) if k == 0 else (one(NEG, two(FLOORDIV, x, y)) if (data_of(z) == data_of(z)) else z)


def d_floordiv(k, x, y, z):
    return 0.0 if k == 0 else 0.0


def d_square(k, x, z):
    return two(MUL, 2.0, x)


def d_reciprocal(k, x, z):
    return two(MUL, one(NEG, z), z)


def d_sqrt(k, x, z):
    return two(DIV, 0.5, two(ADD, 0.0, z))


def d_cbrt(k, x, z):
    return (two(DIV, two(ADD, two(DIV, 1.0, two(MUL, z, z)), two(DIV, two(MUL, 2.0, z), x)), 9.0) if ((data_of(two(SUB, x, x)) == 0.0) and (data_of(x) != 0.0)) else two(DIV, 1.0, two(MUL, z, z)))


def d_exp(k, x, z):
    return z


def d_expm1(k, x, z):
    return one(EXP, x)


def d_log(k, x, z):
    return (two(DIV, 1.0, x) if (data_of(x) > 0.0) else one(NEG, z))


def d_log2(k, x, z):
    return (two(DIV, 1.4426950408889634, x) if (data_of(x) > 0.0) else one(NEG, z))


def d_log10(k, x, z):
    return (two(DIV, 0.4342944819032518, x) if (data_of(x) > 0.0) else one(NEG, z))


def d_log1p(k, x, z):
    return (two(DIV, 1.0, two(ADD, 1.0, x)) if (data_of(x) > -1.0) else one(NEG, z))


def d_sin(k, x, z):
    return one(COS, x)


def d_cos(k, x, z):
    return one(NEG, one(SIN, x))


def d_tan(k, x, z):
    return two(ADD, 1.0, two(MUL, z, z))


def d_asin(k, x, z):
    return two(DIV, 1.0, one(SQRT, two(MUL, two(SUB, 1.0, x), two(ADD, 1.0, x))))


def d_acos(k, x, z):
    return two(DIV, -1.0, one(SQRT, two(MUL, two(SUB, 1.0, x), two(ADD, 1.0, x))))


def d_atan(k, x, z):
    return (two(DIV, 1.0, two(ADD, 1.0, two(MUL, x, x))) if (-1e+150 < data_of(x) < 1e+150) else two(DIV, two(DIV, 1.0, x), x))


def d_sinh(k, x, z):
    return one(COSH, x)


def d_cosh(k, x, z):
    return one(SINH, x)


def d_tanh(k, x, z):
    return one(SECH2, x)


def d_asinh(k, x, z):
    return two(DIV, 1.0, two(HYPOT, x, 1.0))


def d_acosh(k, x, z):
    return two(DIV, 1.0, two(MUL, one(SQRT, two(SUB, x, 1.0)), one(SQRT, two(ADD, x, 1.0))))


def d_atanh(k, x, z):
    return (two(DIV, 1.0, two(MUL, two(SUB, 1.0, x), two(ADD, 1.0, x))) if (-1.0 <= data_of(x) <= 1.0) else z)


def d_sigmoid(k, x, z):
    return one(SIGMOID_DX, x)


def d_softplus(k, x, z):
    return one(SIGMOID, x)


def d_relu(k, x, z):
    return (1.0 if (data_of(x) > 0.0) else (0.0 if (data_of(x) <= 0.0) else x))


def d_leaky_relu(k, x, y, z):
    return (1.0 if (data_of(x) > 0.0) else (y if (data_of(x) <= 0.0) else x)) if k == 0 else one(LEAKY_RELU_DY, x)


def d_elu(k, x, y, z):
    return (1.0 if (data_of(x) > 0.0) else (two(MUL, y, one(EXP, x)) if (data_of(x) > -700.0) else two(TIMES_SQUARE, y, one(EXP, two(MUL, 0.5, x))))) if k == 0 else one(ELU_DY, x)


def d_gelu(k, x, z):
    return one(GELU_DX, x)


def d_gelu_tanh(k, x, z):
    return one(GELU_TANH_DX, x)


def d_silu(k, x, z):
    return one(SILU_DX, x)


def d_erf(k, x, z):
    return two(GAUSS_TIMES, x, 1.1283791670955126)


def d_erfc(k, x, z):
    return two(GAUSS_TIMES, x, -1.1283791670955126)


def d_abs(k, x, z):
    return (1.0 if (data_of(x) > 0.0) else (-1.0 if (data_of(x) < 0.0) else two(MUL, x, 0.0)))


def d_sign(k, x, z):
    return 0.0


def d_floor(k, x, z):
    return 0.0


def d_ceil(k, x, z):
    return 0.0


def d_round(k, x, z):
    return 0.0


def d_trunc(k, x, z):
    return 0.0


def d_detach(k, x, z):
    return 0.0


def d_identity(k, x, z):
    return 1.0


def d_maximum(k, x, y, z):
    return (1.0 if (data_of(x) > data_of(y)) else (0.0 if (data_of(x) < data_of(y)) else (0.5 if (data_of(x) == data_of(y)) else two(ADD, x, y)))) if k == 0 else (1.0 if (data_of(x) < data_of(y)) else (0.0 if (data_of(x) > data_of(y)) else (0.5 if (data_of(x) == data_of(y)) else two(ADD, x, y))))


def d_minimum(k, x, y, z):
    return (1.0 if (data_of(x) < data_of(y)) else (0.0 if (data_of(x) > data_of(y)) else (0.5 if (data_of(x) == data_of(y)) else two(ADD, x, y)))) if k == 0 else (1.0 if (data_of(x) > data_of(y)) else (0.0 if (data_of(x) < data_of(y)) else (0.5 if (data_of(x) == data_of(y)) else two(ADD, x, y))))


def d_atan2(k, x, y, z):
    return two(ATAN2_DX, x, y) if k == 0 else one(NEG, two(ATAN2_DX, y, x))


def d_hypot(k, x, y, z):
    return two(HYPOT_DX, x, y) if k == 0 else two(HYPOT_DX, y, x)


def d_gelu_dx(k, x, z):
    return two(NORMAL_PDF_TIMES, x, two(MUL, two(SUB, two(SUB, 1.4142135623730951, x), 9.667293313452913e-17), two(SUB, two(ADD, 1.4142135623730951, x), 9.667293313452913e-17)))


def d_gelu_rise(k, x, z):
    return two(ADD, 0.4314939923140469, two(MUL, x, two(ADD, 0.776569965981104, two(MUL, x, two(ADD, -0.05459902919601288, two(MUL, x, two(ADD, -0.4560329331888871, two(MUL, x, two(ADD, -0.07385761074127999, two(MUL, x, two(ADD, 0.11653007902911591, two(MUL, x, two(ADD, 0.03177459865673304, two(MUL, x, two(ADD, -0.017916304542086033, two(MUL, x, two(ADD, -0.006703441611086203, two(MUL, x, two(ADD, 0.001863397378989347, two(MUL, x, two(ADD, 0.0009477549723744242, two(MUL, x, two(ADD, -0.00013457132355679512, two(MUL, x, two(ADD, -0.0001007340438389494, two(MUL, x, two(ADD, 6.050576862680628e-06, two(MUL, x, two(ADD, 8.563819917447765e-06, two(MUL, x, two(ADD, 8.196797373307641e-09, two(MUL, x, two(ADD, -5.999687641543789e-07, two(MUL, x, -7.283607745666731e-08))))))))))))))))))))))))))))))))))


def d_gelu_tanh_dx(k, x, z):
    return (two(MUL, two(MUL, two(SIGMOID_OF_SUM, one(GELU_ANGLE, x), one(GELU_ANGLE_ERROR, x)), two(SIGMOID_OF_SUM, one(NEG, one(GELU_ANGLE, x)), one(NEG, one(GELU_ANGLE_ERROR, x)))), two(SUB, one(GELU_BEND, x), two(MUL, two(MUL, x, one(SQUARE, one(GELU_ANGLE_DX, x))), one(TANH, two(MUL, 0.5, one(GELU_ANGLE, x)))))) if (-20.0 < data_of(x) < 20.0) else (two(TIMES_SQUARE, two(MUL, two(SUB, one(GELU_BEND, x), two(MUL, one(ABS, x), one(SQUARE, one(GELU_ANGLE_DX, x)))), two(ADD, 1.0, one(GELU_ANGLE_ERROR, one(NEG, one(ABS, x))))), one(EXP, two(MUL, -0.5, one(ABS, one(GELU_ANGLE, x))))) if (-40.0 < data_of(x) < 40.0) else (x if (data_of(x) != data_of(x)) else 0.0)))


def d_gelu_tanh_rise(k, x, z):
    return two(ADD, 0.4304000910248585, two(MUL, x, two(ADD, 0.7750368922715779, two(MUL, x, two(ADD, -0.04734856056552531, two(MUL, x, two(ADD, -0.4557779323238452, two(MUL, x, two(ADD, -0.0830966417181205, two(MUL, x, two(ADD, 0.11809385675808892, two(MUL, x, two(ADD, 0.03682741492449513, two(MUL, x, two(ADD, -0.019381854651700132, two(MUL, x, two(ADD, -0.00834698131052404, two(MUL, x, two(ADD, 0.002639272570248958, two(MUL, x, two(ADD, 0.0013668103001811317, two(MUL, x, two(ADD, -0.00041941667705162243, two(MUL, x, two(ADD, -0.00020756901478836493, two(MUL, x, two(ADD, 8.242639049116271e-05, two(MUL, x, two(ADD, 3.704839145528451e-05, two(MUL, x, two(ADD, -1.4206564684217804e-05, two(MUL, x, two(ADD, -7.453290853345451e-06, two(MUL, x, 5.819626997804551e-08))))))))))))))))))))))))))))))))))


def d_silu_dx(k, x, z):
    return (two(MUL, one(SIGMOID_DX, x), two(SUB, 2.0, two(MUL, x, one(TANH, two(MUL, 0.5, x))))) if (-700.0 <= data_of(x) <= 700.0) else (two(TIMES_SQUARE, two(SUB, 2.0, one(ABS, x)), one(EXP, two(MUL, -0.5, one(ABS, x)))) if (-800.0 < data_of(x) < 800.0) else one(SIGMOID_DX, x)))


def d_silu_rise(k, x, z):
    return two(ADD, 1.0, two(MUL, 0.2784645427610738, one(EXP, x)))


def d_sech2(k, x, z):
    return two(MUL, two(MUL, -2.0, z), one(TANH, x))


def d_sigmoid_dx(k, x, z):
    return two(MUL, one(NEG, z), one(TANH, two(MUL, 0.5, x)))


def d_pow_dx(k, x, y, z):
    return (0.0 if (data_of(y) == 0.0) else (two(MUL, y, two(POW_DX, x, two(SUB, y, 1.0))) if ((data_of(y) >= 1.0) or (data_of(x) == 0.0)) else two(DIV, two(MUL, two(SUB, y, 1.0), z), x))) if k == 0 else (0.0 if ((data_of(x) == 0.0) and (data_of(y) > 1.0)) else two(MUL, power(x, two(SUB, y, 1.0)), two(ADD, 1.0, two(MUL, y, one(LOG, x)))))


def d_pow_dy(k, x, y, z):
    return (0.0 if ((data_of(x) == 0.0) and (data_of(y) > 1.0)) else two(MUL, power(x, two(SUB, y, 1.0)), two(ADD, 1.0, two(MUL, y, one(LOG, x))))) if k == 0 else (0.0 if ((data_of(x) == 0.0) and (data_of(y) >= 0.0)) else two(MUL, z, one(LOG, x)))


def d_atan2_dx(k, x, y, z):
    return two(MUL, two(MUL, -2.0, z), two(ATAN2_DX, y, x)) if k == 0 else two(MUL, two(SUB, two(ATAN2_DX, y, x), z), two(ADD, two(ATAN2_DX, y, x), z))


def d_hypot_dx(k, x, y, z):
    return two(MUL, two(HYPOT_DX, y, x), two(DIV, two(HYPOT_DX, y, x), two(HYPOT, x, y))) if k == 0 else two(MUL, one(NEG, z), two(DIV, two(HYPOT_DX, y, x), two(HYPOT, x, y)))


def d_gauss_times(k, x, y, z):
    return two(GAUSS_TIMES, x, two(MUL, two(MUL, -2.0, x), y)) if k == 0 else two(GAUSS_TIMES, x, 1.0)


def d_normal_pdf_times(k, x, y, z):
    return two(NORMAL_PDF_TIMES, x, two(MUL, one(NEG, x), y)) if k == 0 else one(NORMAL_PDF, x)


def d_normal_pdf(k, x, z):
    return two(NORMAL_PDF_TIMES, x, one(NEG, x))


def d_normal_cdf(k, x, z):
    return one(NORMAL_PDF, x)


def d_mills(k, x, z):
    return two(ADD, -1.0, two(MUL, x, two(SUB, 6.0, two(MUL, x, two(SUB, 45.0, two(MUL, x, two(SUB, 420.0, two(MUL, x, two(SUB, 4725.0, two(MUL, x, two(SUB, 62370.0, two(MUL, x, two(SUB, 945945.0, two(MUL, x, 16216200.0))))))))))))))


def d_gelu_angle(k, x, z):
    return one(GELU_ANGLE_DX, x)


def d_gelu_angle_dx(k, x, z):
    return two(MUL, 1.5957691216057308, two(MUL, 0.26829, x))


def d_gelu_reach(k, x, z):
    return two(ADD, 1.5957691216057308, two(MUL, two(MUL, 0.6421933464534022, x), x))


def d_gelu_bend(k, x, z):
    return two(MUL, 1.5957691216057308, two(MUL, 1.07316, x))


def d_gelu_factor(k, x, z):
    return two(MUL, 0.08943, x)


def d_sigmoid_of_sum(k, x, y, z):
    return two(MUL, z, two(SIGMOID_OF_SUM, one(NEG, x), one(NEG, y))) if k == 0 else two(MUL, z, two(SIGMOID_OF_SUM, one(NEG, x), one(NEG, y)))


def d_small_expm1(k, x, z):
    return two(ADD, 1.0, z)


def d_times_square(k, x, y, z):
    return two(MUL, y, y) if k == 0 else two(MUL, two(MUL, 2.0, x), y)


def d_leaky_relu_dy(k, x, z):
    return (0.0 if (data_of(x) > 0.0) else (1.0 if (data_of(x) == data_of(x)) else x))


def d_elu_dy(k, x, z):
    return (0.0 if (data_of(x) > 0.0) else one(EXP, x))


def d_lt(k, x, y, z):
    return 0.0 if k == 0 else 0.0


def d_le(k, x, y, z):
    return 0.0 if k == 0 else 0.0


def d_gt(k, x, y, z):
    return 0.0 if k == 0 else 0.0


def d_ge(k, x, y, z):
    return 0.0 if k == 0 else 0.0


def d_eq(k, x, y, z):
    return 0.0 if k == 0 else 0.0


def d_ne(k, x, y, z):
    return 0.0 if k == 0 else 0.0


def d_fmod(k, x, y, z):
    return (1.0 if (data_of(z) == data_of(z)) else z) if k == 0 else one(NEG, one(ROUND, two(DIV, two(SUB, x, z), y)))


def d_copysign(k, x, y, z):
    return two(MUL, two(COPYSIGN, 1.0, x), two(COPYSIGN, 1.0, y)) if k == 0 else 0.0


def d_chosen(k, x, y, z):
    return (y if ((data_of(x) != 0.0) or (data_of(two(COPYSIGN, 1.0, x)) < 0.0)) else 0.0) if k == 0 else x


def d_norm_share(k, x, y, z):
    return two(DIV, 1.0, y) if k == 0 else (two(DIV, one(NEG, z), y) if ((data_of(one(ABS, z)) > 2.3e-308) or (data_of(z) == 0.0)) else two(MUL, one(NEG, x), one(SQUARE, two(DIV, 1.0, y))))


def d_exp_below(k, x, y, z):
    return z if k == 0 else one(NEG, z)


def d_high(k, x, z):
    return 1.0


def d_mul_error(k, x, y, z):
    return 0.0 if k == 0 else 0.0


def d_add_error(k, x, y, z):
    return 0.0 if k == 0 else 0.0


def d_gelu_factor_error(k, x, z):
    return 0.0


def d_gelu_angle_error(k, x, z):
    return 0.0


def d_gelu_reach_error(k, x, z):
    return 0.0


def d_scale(k, x, y, z):
    return 0.0 if k == 0 else 0.0


def d_rint_of_sum(k, x, y, z):
    return 0.0 if k == 0 else 0.0


def d_round_to_part(k, x, y, z):
    return 0.0 if k == 0 else 0.0


def d_round_to_multiple(k, x, y, z):
    return 0.0 if k == 0 else 0.0


def d_norm_scale(k, x, z):
    return 0.0


def d_norm_part(k, x, y, z):
    return one(NORM_SCALE, y) if k == 0 else 0.0


def d_scaled(k, x, y, z):
    return two(SCALE, x, y) if k == 0 else 0.0


if not cython.compiled:
    PARTIALS = {ADD: d_add, SUB: d_sub, MUL: d_mul, DIV: d_div, NEG: d_neg, POW: d_pow, POWC: d_powc, MOD: d_mod, FLOORDIV: d_floordiv, SQUARE: d_square, RECIPROCAL: d_reciprocal, SQRT: d_sqrt, CBRT: d_cbrt, EXP: d_exp, EXPM1: d_expm1, LOG: d_log, LOG2: d_log2, LOG10: d_log10, LOG1P: d_log1p, SIN: d_sin, COS: d_cos, TAN: d_tan, ASIN: d_asin, ACOS: d_acos, ATAN: d_atan, SINH: d_sinh, COSH: d_cosh, TANH: d_tanh, ASINH: d_asinh, ACOSH: d_acosh, ATANH: d_atanh, SIGMOID: d_sigmoid, SOFTPLUS: d_softplus, RELU: d_relu, LEAKY_RELU: d_leaky_relu, ELU: d_elu, GELU: d_gelu, GELU_TANH: d_gelu_tanh, SILU: d_silu, ERF: d_erf, ERFC: d_erfc, ABS: d_abs, SIGN: d_sign, FLOOR: d_floor, CEIL: d_ceil, ROUND: d_round, TRUNC: d_trunc, DETACH: d_detach, IDENTITY: d_identity, MAXIMUM: d_maximum, MINIMUM: d_minimum, ATAN2: d_atan2, HYPOT: d_hypot, GELU_DX: d_gelu_dx, GELU_RISE: d_gelu_rise, GELU_TANH_DX: d_gelu_tanh_dx, GELU_TANH_RISE: d_gelu_tanh_rise, SILU_DX: d_silu_dx, SILU_RISE: d_silu_rise, SECH2: d_sech2, SIGMOID_DX: d_sigmoid_dx, POW_DX: d_pow_dx, POW_DY: d_pow_dy, ATAN2_DX: d_atan2_dx, HYPOT_DX: d_hypot_dx, GAUSS_TIMES: d_gauss_times, NORMAL_PDF_TIMES: d_normal_pdf_times, NORMAL_PDF: d_normal_pdf, NORMAL_CDF: d_normal_cdf, MILLS: d_mills, GELU_ANGLE: d_gelu_angle, GELU_ANGLE_DX: d_gelu_angle_dx, GELU_REACH: d_gelu_reach, GELU_BEND: d_gelu_bend, GELU_FACTOR: d_gelu_factor, SIGMOID_OF_SUM: d_sigmoid_of_sum, SMALL_EXPM1: d_small_expm1, TIMES_SQUARE: d_times_square, LEAKY_RELU_DY: d_leaky_relu_dy, ELU_DY: d_elu_dy, LT: d_lt, LE: d_le, GT: d_gt, GE: d_ge, EQ: d_eq, NE: d_ne, FMOD: d_fmod, COPYSIGN: d_copysign, CHOSEN: d_chosen, NORM_SHARE: d_norm_share, EXP_BELOW: d_exp_below, HIGH: d_high, MUL_ERROR: d_mul_error, ADD_ERROR: d_add_error, GELU_FACTOR_ERROR: d_gelu_factor_error, GELU_ANGLE_ERROR: d_gelu_angle_error, GELU_REACH_ERROR: d_gelu_reach_error, SCALE: d_scale, RINT_OF_SUM: d_rint_of_sum, ROUND_TO_PART: d_round_to_part, ROUND_TO_MULTIPLE: d_round_to_multiple, NORM_SCALE: d_norm_scale, NORM_PART: d_norm_part, SCALED: d_scaled}

    def partial_unary(op, k, x, z):
        return PARTIALS[op](k, x, z)

    def partial_binary(op, k, x, y, z):
        return PARTIALS[op](k, x, y, z)
