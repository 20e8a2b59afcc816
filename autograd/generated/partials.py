"""Generated from primitives.py by `python -m autograd.formulas`: do not edit.

What follows adds to the graph that b builds: `partial(b, op, k, x, y, w, z)` the operation's partial number k,
`share(..., g)` the product with g, and `alive(...)` whether there is one: 0 where a condition leaves nothing.
"""

# ruff: noqa
# pyright: basic, reportMissingImports=false
try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.jit.passes.building import Builder
    from cython.cimports.autograd.generated.kernels import *
else:
    from autograd.generated.kernels import *


def d_add(b, k, x, y, z):
    if k == 0:
        return b.constant(1.0)
    return b.constant(1.0)


def d_sub(b, k, x, y, z):
    if k == 0:
        return b.constant(1.0)
    return b.constant(-1.0)


def d_mul(b, k, x, y, z):
    if k == 0:
        return y
    return x


def d_div(b, k, x, y, z):
    if k == 0:
        return b.two(DIV, b.constant(1.0), y)
    return b.three(DIV_DY, x, y, z)


def d_neg(b, k, x, z):
    return b.constant(-1.0)


def d_pow(b, k, x, y, z):
    if k == 0:
        return b.two(POW_DX, x, y)
    return b.two(POW_DY, x, y)


def d_powc(b, k, x, y, z):
    if k == 0:
        return b.two(POW_DX, x, y)
    return b.constant(0.0)


def d_mod(b, k, x, y, z):
    if k == 0:
        return b.one(MOD_DX, z)
    return b.three(MOD_DY, x, y, z)


def d_floordiv(b, k, x, y, z):
    if k == 0:
        return b.constant(0.0)
    return b.constant(0.0)


def d_square(b, k, x, z):
    return b.two(MUL, b.constant(2.0), x)


def d_reciprocal(b, k, x, z):
    return b.two(MUL, b.one(NEG, z), z)


def d_sqrt(b, k, x, z):
    return b.two(DIV, b.constant(0.5), b.two(ADD, b.constant(0.0), z))


def d_cbrt(b, k, x, z):
    return b.two(CBRT_DX, x, z)


def d_exp(b, k, x, z):
    return z


def d_expm1(b, k, x, z):
    return b.one(EXP, x)


def d_log(b, k, x, z):
    return b.two(LOG_DX, x, z)


def d_log2(b, k, x, z):
    return b.two(LOG2_DX, x, z)


def d_log10(b, k, x, z):
    return b.two(LOG10_DX, x, z)


def d_log1p(b, k, x, z):
    return b.two(LOG1P_DX, x, z)


def d_sin(b, k, x, z):
    return b.one(COS, x)


def d_cos(b, k, x, z):
    return b.one(NEG, b.one(SIN, x))


def d_tan(b, k, x, z):
    return b.two(ADD, b.constant(1.0), b.two(MUL, z, z))


def d_asin(b, k, x, z):
    return b.two(DIV, b.constant(1.0), b.one(SQRT, b.two(MUL, b.two(SUB, b.constant(1.0), x), b.two(ADD, b.constant(1.0), x))))


def d_acos(b, k, x, z):
    return b.two(DIV, b.constant(-1.0), b.one(SQRT, b.two(MUL, b.two(SUB, b.constant(1.0), x), b.two(ADD, b.constant(1.0), x))))


def d_atan(b, k, x, z):
    return b.one(ATAN_DX, x)


def d_sinh(b, k, x, z):
    return b.one(COSH, x)


def d_cosh(b, k, x, z):
    return b.one(SINH, x)


def d_tanh(b, k, x, z):
    return b.one(SECH2, x)


def d_asinh(b, k, x, z):
    return b.two(DIV, b.constant(1.0), b.two(HYPOT, x, b.constant(1.0)))


def d_acosh(b, k, x, z):
    return b.two(DIV, b.constant(1.0), b.two(MUL, b.one(SQRT, b.two(SUB, x, b.constant(1.0))), b.one(SQRT, b.two(ADD, x, b.constant(1.0)))))


def d_atanh(b, k, x, z):
    return b.two(ATANH_DX, x, z)


def d_sigmoid(b, k, x, z):
    return b.one(SIGMOID_DX, x)


def d_softplus(b, k, x, z):
    return b.one(SIGMOID, x)


def d_relu(b, k, x, z):
    return b.one(RELU_DX, x)


def d_leaky_relu(b, k, x, y, z):
    if k == 0:
        return b.two(LEAKY_RELU_DX, x, y)
    return b.one(LEAKY_RELU_DY, x)


def d_elu(b, k, x, y, z):
    if k == 0:
        return b.two(ELU_DX, x, y)
    return b.one(ELU_DY, x)


def d_gelu(b, k, x, z):
    return b.one(GELU_DX, x)


def d_gelu_tanh(b, k, x, z):
    return b.one(GELU_TANH_DX, x)


def d_silu(b, k, x, z):
    return b.one(SILU_DX, x)


def d_erf(b, k, x, z):
    return b.two(GAUSS_TIMES, x, b.constant(1.1283791670955126))


def d_erfc(b, k, x, z):
    return b.two(GAUSS_TIMES, x, b.constant(-1.1283791670955126))


def d_abs(b, k, x, z):
    return b.one(ABS_DX, x)


def d_sign(b, k, x, z):
    return b.constant(0.0)


def d_floor(b, k, x, z):
    return b.constant(0.0)


def d_ceil(b, k, x, z):
    return b.constant(0.0)


def d_round(b, k, x, z):
    return b.constant(0.0)


def d_trunc(b, k, x, z):
    return b.constant(0.0)


def d_detach(b, k, x, z):
    return b.constant(0.0)


def d_identity(b, k, x, z):
    return b.constant(1.0)


def d_maximum(b, k, x, y, z):
    if k == 0:
        return b.two(MAXIMUM_DX, x, y)
    return b.two(MAXIMUM_DY, x, y)


def d_minimum(b, k, x, y, z):
    if k == 0:
        return b.two(MINIMUM_DX, x, y)
    return b.two(MINIMUM_DY, x, y)


def d_atan2(b, k, x, y, z):
    if k == 0:
        return b.two(ATAN2_DX, x, y)
    return b.one(NEG, b.two(ATAN2_DX, y, x))


def d_hypot(b, k, x, y, z):
    if k == 0:
        return b.two(HYPOT_DX, x, y)
    return b.two(HYPOT_DX, y, x)


def d_clip(b, k, x, lo, hi, z):
    if k == 0:
        return b.three(CLIP_DX, x, lo, hi)
    if k == 1:
        return b.three(CLIP_DLO, x, lo, hi)
    return b.three(CLIP_DHI, x, lo, hi)


def d_gelu_dx(b, k, x, z):
    return b.two(NORMAL_PDF_TIMES, x, b.two(MUL, b.two(SUB, b.two(SUB, b.constant(1.4142135623730951), x), b.constant(9.667293313452913e-17)), b.two(SUB, b.two(ADD, b.constant(1.4142135623730951), x), b.constant(9.667293313452913e-17))))


def d_gelu_rise(b, k, x, z):
    return b.two(ADD, b.constant(0.4314939923140469), b.two(MUL, x, b.two(ADD, b.constant(0.776569965981104), b.two(MUL, x, b.two(ADD, b.constant(-0.05459902919601288), b.two(MUL, x, b.two(ADD, b.constant(-0.4560329331888871), b.two(MUL, x, b.two(ADD, b.constant(-0.07385761074127999), b.two(MUL, x, b.two(ADD, b.constant(0.11653007902911591), b.two(MUL, x, b.two(ADD, b.constant(0.03177459865673304), b.two(MUL, x, b.two(ADD, b.constant(-0.017916304542086033), b.two(MUL, x, b.two(ADD, b.constant(-0.006703441611086203), b.two(MUL, x, b.two(ADD, b.constant(0.001863397378989347), b.two(MUL, x, b.two(ADD, b.constant(0.0009477549723744242), b.two(MUL, x, b.two(ADD, b.constant(-0.00013457132355679512), b.two(MUL, x, b.two(ADD, b.constant(-0.0001007340438389494), b.two(MUL, x, b.two(ADD, b.constant(6.050576862680628e-06), b.two(MUL, x, b.two(ADD, b.constant(8.563819917447765e-06), b.two(MUL, x, b.two(ADD, b.constant(8.196797373307641e-09), b.two(MUL, x, b.two(ADD, b.constant(-5.999687641543789e-07), b.two(MUL, x, b.constant(-7.283607745666731e-08)))))))))))))))))))))))))))))))))))


def d_gelu_tanh_dx(b, k, x, z):
    return b.three(WHERE, b.three(WHERE, b.two(LT, b.constant(-20.0), x), b.two(LT, x, b.constant(20.0)), b.constant(0.0)), b.two(MUL, b.two(MUL, b.two(SIGMOID_OF_SUM, b.one(GELU_ANGLE, x), b.one(GELU_ANGLE_ERROR, x)), b.two(SIGMOID_OF_SUM, b.one(NEG, b.one(GELU_ANGLE, x)), b.one(NEG, b.one(GELU_ANGLE_ERROR, x)))), b.two(SUB, b.one(GELU_BEND, x), b.two(MUL, b.two(MUL, x, b.one(SQUARE, b.one(GELU_ANGLE_DX, x))), b.one(TANH, b.two(MUL, b.constant(0.5), b.one(GELU_ANGLE, x)))))), b.three(WHERE, b.three(WHERE, b.two(LT, b.constant(-40.0), x), b.two(LT, x, b.constant(40.0)), b.constant(0.0)), b.two(TIMES_SQUARE, b.two(MUL, b.two(SUB, b.one(GELU_BEND, x), b.two(MUL, b.one(ABS, x), b.one(SQUARE, b.one(GELU_ANGLE_DX, x)))), b.two(ADD, b.constant(1.0), b.one(GELU_ANGLE_ERROR, b.one(NEG, b.one(ABS, x))))), b.one(EXP, b.two(MUL, b.constant(-0.5), b.one(ABS, b.one(GELU_ANGLE, x))))), b.three(WHERE, b.two(NE, x, x), x, b.constant(0.0))))


def s_gelu_tanh_dx(b, k, x, z, g):
    return b.three(WHERE, b.three(WHERE, b.two(LT, b.constant(-20.0), x), b.two(LT, x, b.constant(20.0)), b.constant(0.0)), b.two(MUL, g, b.two(MUL, b.two(MUL, b.two(SIGMOID_OF_SUM, b.one(GELU_ANGLE, x), b.one(GELU_ANGLE_ERROR, x)), b.two(SIGMOID_OF_SUM, b.one(NEG, b.one(GELU_ANGLE, x)), b.one(NEG, b.one(GELU_ANGLE_ERROR, x)))), b.two(SUB, b.one(GELU_BEND, x), b.two(MUL, b.two(MUL, x, b.one(SQUARE, b.one(GELU_ANGLE_DX, x))), b.one(TANH, b.two(MUL, b.constant(0.5), b.one(GELU_ANGLE, x))))))), b.three(WHERE, b.three(WHERE, b.two(LT, b.constant(-40.0), x), b.two(LT, x, b.constant(40.0)), b.constant(0.0)), b.two(MUL, g, b.two(TIMES_SQUARE, b.two(MUL, b.two(SUB, b.one(GELU_BEND, x), b.two(MUL, b.one(ABS, x), b.one(SQUARE, b.one(GELU_ANGLE_DX, x)))), b.two(ADD, b.constant(1.0), b.one(GELU_ANGLE_ERROR, b.one(NEG, b.one(ABS, x))))), b.one(EXP, b.two(MUL, b.constant(-0.5), b.one(ABS, b.one(GELU_ANGLE, x)))))), b.three(WHERE, b.two(NE, x, x), b.two(MUL, g, x), b.constant(0.0))))


def a_gelu_tanh_dx(b, k, x, z):
    return b.three(WHERE, b.three(WHERE, b.two(LT, b.constant(-20.0), x), b.two(LT, x, b.constant(20.0)), b.constant(0.0)), b.constant(1.0), b.three(WHERE, b.three(WHERE, b.two(LT, b.constant(-40.0), x), b.two(LT, x, b.constant(40.0)), b.constant(0.0)), b.constant(1.0), b.three(WHERE, b.two(NE, x, x), b.constant(1.0), b.constant(0.0))))


def d_gelu_tanh_rise(b, k, x, z):
    return b.two(ADD, b.constant(0.4304000910248585), b.two(MUL, x, b.two(ADD, b.constant(0.7750368922715779), b.two(MUL, x, b.two(ADD, b.constant(-0.04734856056552531), b.two(MUL, x, b.two(ADD, b.constant(-0.4557779323238452), b.two(MUL, x, b.two(ADD, b.constant(-0.0830966417181205), b.two(MUL, x, b.two(ADD, b.constant(0.11809385675808892), b.two(MUL, x, b.two(ADD, b.constant(0.03682741492449513), b.two(MUL, x, b.two(ADD, b.constant(-0.019381854651700132), b.two(MUL, x, b.two(ADD, b.constant(-0.00834698131052404), b.two(MUL, x, b.two(ADD, b.constant(0.002639272570248958), b.two(MUL, x, b.two(ADD, b.constant(0.0013668103001811317), b.two(MUL, x, b.two(ADD, b.constant(-0.00041941667705162243), b.two(MUL, x, b.two(ADD, b.constant(-0.00020756901478836493), b.two(MUL, x, b.two(ADD, b.constant(8.242639049116271e-05), b.two(MUL, x, b.two(ADD, b.constant(3.704839145528451e-05), b.two(MUL, x, b.two(ADD, b.constant(-1.4206564684217804e-05), b.two(MUL, x, b.two(ADD, b.constant(-7.453290853345451e-06), b.two(MUL, x, b.constant(5.819626997804551e-08)))))))))))))))))))))))))))))))))))


def d_silu_dx(b, k, x, z):
    return b.three(WHERE, b.three(WHERE, b.two(LE, b.constant(-700.0), x), b.two(LE, x, b.constant(700.0)), b.constant(0.0)), b.two(MUL, b.one(SIGMOID_DX, x), b.two(SUB, b.constant(2.0), b.two(MUL, x, b.one(TANH, b.two(MUL, b.constant(0.5), x))))), b.three(WHERE, b.three(WHERE, b.two(LT, b.constant(-800.0), x), b.two(LT, x, b.constant(800.0)), b.constant(0.0)), b.two(TIMES_SQUARE, b.two(SUB, b.constant(2.0), b.one(ABS, x)), b.one(EXP, b.two(MUL, b.constant(-0.5), b.one(ABS, x)))), b.one(SIGMOID_DX, x)))


def s_silu_dx(b, k, x, z, g):
    return b.three(WHERE, b.three(WHERE, b.two(LE, b.constant(-700.0), x), b.two(LE, x, b.constant(700.0)), b.constant(0.0)), b.two(MUL, g, b.two(MUL, b.one(SIGMOID_DX, x), b.two(SUB, b.constant(2.0), b.two(MUL, x, b.one(TANH, b.two(MUL, b.constant(0.5), x)))))), b.three(WHERE, b.three(WHERE, b.two(LT, b.constant(-800.0), x), b.two(LT, x, b.constant(800.0)), b.constant(0.0)), b.two(MUL, g, b.two(TIMES_SQUARE, b.two(SUB, b.constant(2.0), b.one(ABS, x)), b.one(EXP, b.two(MUL, b.constant(-0.5), b.one(ABS, x))))), b.two(MUL, g, b.one(SIGMOID_DX, x))))


def a_silu_dx(b, k, x, z):
    return b.three(WHERE, b.three(WHERE, b.two(LE, b.constant(-700.0), x), b.two(LE, x, b.constant(700.0)), b.constant(0.0)), b.constant(1.0), b.three(WHERE, b.three(WHERE, b.two(LT, b.constant(-800.0), x), b.two(LT, x, b.constant(800.0)), b.constant(0.0)), b.constant(1.0), b.constant(1.0)))


def d_silu_rise(b, k, x, z):
    return b.two(ADD, b.constant(1.0), b.two(MUL, b.constant(0.2784645427610738), b.one(EXP, x)))


def d_sech2(b, k, x, z):
    return b.two(MUL, b.two(MUL, b.constant(-2.0), z), b.one(TANH, x))


def d_sigmoid_dx(b, k, x, z):
    return b.two(MUL, b.one(NEG, z), b.one(TANH, b.two(MUL, b.constant(0.5), x)))


def d_pow_dx(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, y, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.three(WHERE, b.two(GE, y, b.constant(1.0)), b.constant(1.0), b.two(EQ, x, b.constant(0.0))), b.two(MUL, y, b.two(POW_DX, x, b.two(SUB, y, b.constant(1.0)))), b.two(DIV, b.two(MUL, b.two(SUB, y, b.constant(1.0)), z), x)))
    return b.three(WHERE, b.three(WHERE, b.two(EQ, x, b.constant(0.0)), b.two(GT, y, b.constant(1.0)), b.constant(0.0)), b.constant(0.0), b.two(MUL, b.power(x, b.two(SUB, y, b.constant(1.0))), b.two(ADD, b.constant(1.0), b.two(MUL, y, b.one(LOG, x)))))


def s_pow_dx(b, k, x, y, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, y, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.three(WHERE, b.two(GE, y, b.constant(1.0)), b.constant(1.0), b.two(EQ, x, b.constant(0.0))), b.two(MUL, g, b.two(MUL, y, b.two(POW_DX, x, b.two(SUB, y, b.constant(1.0))))), b.two(MUL, g, b.two(DIV, b.two(MUL, b.two(SUB, y, b.constant(1.0)), z), x))))
    return b.three(WHERE, b.three(WHERE, b.two(EQ, x, b.constant(0.0)), b.two(GT, y, b.constant(1.0)), b.constant(0.0)), b.constant(0.0), b.two(MUL, g, b.two(MUL, b.power(x, b.two(SUB, y, b.constant(1.0))), b.two(ADD, b.constant(1.0), b.two(MUL, y, b.one(LOG, x))))))


def a_pow_dx(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, y, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.three(WHERE, b.two(GE, y, b.constant(1.0)), b.constant(1.0), b.two(EQ, x, b.constant(0.0))), b.constant(1.0), b.constant(1.0)))
    return b.three(WHERE, b.three(WHERE, b.two(EQ, x, b.constant(0.0)), b.two(GT, y, b.constant(1.0)), b.constant(0.0)), b.constant(0.0), b.constant(1.0))


def d_pow_dy(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.three(WHERE, b.two(EQ, x, b.constant(0.0)), b.two(GT, y, b.constant(1.0)), b.constant(0.0)), b.constant(0.0), b.two(MUL, b.power(x, b.two(SUB, y, b.constant(1.0))), b.two(ADD, b.constant(1.0), b.two(MUL, y, b.one(LOG, x)))))
    return b.three(WHERE, b.three(WHERE, b.two(EQ, x, b.constant(0.0)), b.two(GE, y, b.constant(0.0)), b.constant(0.0)), b.constant(0.0), b.two(MUL, z, b.one(LOG, x)))


def s_pow_dy(b, k, x, y, z, g):
    if k == 0:
        return b.three(WHERE, b.three(WHERE, b.two(EQ, x, b.constant(0.0)), b.two(GT, y, b.constant(1.0)), b.constant(0.0)), b.constant(0.0), b.two(MUL, g, b.two(MUL, b.power(x, b.two(SUB, y, b.constant(1.0))), b.two(ADD, b.constant(1.0), b.two(MUL, y, b.one(LOG, x))))))
    return b.three(WHERE, b.three(WHERE, b.two(EQ, x, b.constant(0.0)), b.two(GE, y, b.constant(0.0)), b.constant(0.0)), b.constant(0.0), b.two(MUL, g, b.two(MUL, z, b.one(LOG, x))))


def a_pow_dy(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.three(WHERE, b.two(EQ, x, b.constant(0.0)), b.two(GT, y, b.constant(1.0)), b.constant(0.0)), b.constant(0.0), b.constant(1.0))
    return b.three(WHERE, b.three(WHERE, b.two(EQ, x, b.constant(0.0)), b.two(GE, y, b.constant(0.0)), b.constant(0.0)), b.constant(0.0), b.constant(1.0))


def d_atan2_dx(b, k, x, y, z):
    if k == 0:
        return b.two(MUL, b.two(MUL, b.constant(-2.0), z), b.two(ATAN2_DX, y, x))
    return b.two(MUL, b.two(SUB, b.two(ATAN2_DX, y, x), z), b.two(ADD, b.two(ATAN2_DX, y, x), z))


def d_hypot_dx(b, k, x, y, z):
    if k == 0:
        return b.two(MUL, b.two(HYPOT_DX, y, x), b.two(DIV, b.two(HYPOT_DX, y, x), b.two(HYPOT, x, y)))
    return b.two(MUL, b.one(NEG, z), b.two(DIV, b.two(HYPOT_DX, y, x), b.two(HYPOT, x, y)))


def d_gauss_times(b, k, x, y, z):
    if k == 0:
        return b.two(GAUSS_TIMES, x, b.two(MUL, b.two(MUL, b.constant(-2.0), x), y))
    return b.two(GAUSS_TIMES, x, b.constant(1.0))


def d_normal_pdf_times(b, k, x, y, z):
    if k == 0:
        return b.two(NORMAL_PDF_TIMES, x, b.two(MUL, b.one(NEG, x), y))
    return b.one(NORMAL_PDF, x)


def d_normal_pdf(b, k, x, z):
    return b.two(NORMAL_PDF_TIMES, x, b.one(NEG, x))


def d_normal_cdf(b, k, x, z):
    return b.one(NORMAL_PDF, x)


def d_mills(b, k, x, z):
    return b.two(ADD, b.constant(-1.0), b.two(MUL, x, b.two(SUB, b.constant(6.0), b.two(MUL, x, b.two(SUB, b.constant(45.0), b.two(MUL, x, b.two(SUB, b.constant(420.0), b.two(MUL, x, b.two(SUB, b.constant(4725.0), b.two(MUL, x, b.two(SUB, b.constant(62370.0), b.two(MUL, x, b.two(SUB, b.constant(945945.0), b.two(MUL, x, b.constant(16216200.0)))))))))))))))


def d_gelu_angle(b, k, x, z):
    return b.one(GELU_ANGLE_DX, x)


def d_gelu_angle_dx(b, k, x, z):
    return b.two(MUL, b.constant(1.5957691216057308), b.two(MUL, b.constant(0.26829), x))


def d_gelu_reach(b, k, x, z):
    return b.two(ADD, b.constant(1.5957691216057308), b.two(MUL, b.two(MUL, b.constant(0.6421933464534022), x), x))


def d_gelu_bend(b, k, x, z):
    return b.two(MUL, b.constant(1.5957691216057308), b.two(MUL, b.constant(1.07316), x))


def d_gelu_factor(b, k, x, z):
    return b.two(MUL, b.constant(0.08943), x)


def d_sigmoid_of_sum(b, k, x, y, z):
    if k == 0:
        return b.two(MUL, z, b.two(SIGMOID_OF_SUM, b.one(NEG, x), b.one(NEG, y)))
    return b.two(MUL, z, b.two(SIGMOID_OF_SUM, b.one(NEG, x), b.one(NEG, y)))


def d_tilted(b, k, x, y, low, z):
    if k == 0:
        return b.two(DIV, b.two(SUB, b.two(ADD, y, b.two(MUL, b.constant(2.0), x)), b.two(MUL, b.two(MUL, b.constant(2.0), z), b.two(ADD, b.constant(1.0), x))), b.one(SQUARE, b.two(ADD, b.constant(1.0), x)))
    if k == 1:
        return b.two(DIV, x, b.one(SQUARE, b.two(ADD, b.constant(1.0), x)))
    return b.two(DIV, x, b.one(SQUARE, b.two(ADD, b.constant(1.0), x)))


def d_small_expm1(b, k, x, z):
    return b.two(ADD, b.constant(1.0), z)


def d_times_square(b, k, x, y, z):
    if k == 0:
        return b.two(MUL, y, y)
    return b.two(MUL, b.two(MUL, b.constant(2.0), x), y)


def d_pow_dx_kept(b, k, p, x, y, z):
    if k == 0:
        return b.constant(1.0)
    if k == 1:
        return b.constant(0.0)
    return b.constant(0.0)


def d_pow_dy_kept(b, k, p, x, y, z):
    if k == 0:
        return b.constant(1.0)
    if k == 1:
        return b.constant(0.0)
    return b.constant(0.0)


def d_leaky_relu_dy(b, k, x, z):
    return b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.two(EQ, x, x), b.constant(1.0), x))


def s_leaky_relu_dy(b, k, x, z, g):
    return b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.two(EQ, x, x), b.two(MUL, g, b.constant(1.0)), b.two(MUL, g, x)))


def a_leaky_relu_dy(b, k, x, z):
    return b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.two(EQ, x, x), b.constant(1.0), b.constant(1.0)))


def d_elu_dy(b, k, x, z):
    return b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.one(EXP, x))


def s_elu_dy(b, k, x, z, g):
    return b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.two(MUL, g, b.one(EXP, x)))


def a_elu_dy(b, k, x, z):
    return b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.constant(1.0))


def d_lt(b, k, x, y, z):
    if k == 0:
        return b.constant(0.0)
    return b.constant(0.0)


def d_le(b, k, x, y, z):
    if k == 0:
        return b.constant(0.0)
    return b.constant(0.0)


def d_gt(b, k, x, y, z):
    if k == 0:
        return b.constant(0.0)
    return b.constant(0.0)


def d_ge(b, k, x, y, z):
    if k == 0:
        return b.constant(0.0)
    return b.constant(0.0)


def d_eq(b, k, x, y, z):
    if k == 0:
        return b.constant(0.0)
    return b.constant(0.0)


def d_ne(b, k, x, y, z):
    if k == 0:
        return b.constant(0.0)
    return b.constant(0.0)


def d_fmod(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(1.0), z)
    return b.one(NEG, b.one(ROUND, b.two(DIV, b.two(SUB, x, z), y)))


def s_fmod(b, k, x, y, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.two(MUL, g, b.constant(1.0)), b.two(MUL, g, z))
    return b.two(MUL, g, b.one(NEG, b.one(ROUND, b.two(DIV, b.two(SUB, x, z), y))))


def a_fmod(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(1.0), b.constant(1.0))
    return b.constant(1.0)


def d_copysign(b, k, x, y, z):
    if k == 0:
        return b.two(MUL, b.two(COPYSIGN, b.constant(1.0), x), b.two(COPYSIGN, b.constant(1.0), y))
    return b.constant(0.0)


def d_chosen(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.three(WHERE, b.two(NE, x, b.constant(0.0)), b.constant(1.0), b.two(LT, b.two(COPYSIGN, b.constant(1.0), x), b.constant(0.0))), y, b.constant(0.0))
    return x


def s_chosen(b, k, x, y, z, g):
    if k == 0:
        return b.three(WHERE, b.three(WHERE, b.two(NE, x, b.constant(0.0)), b.constant(1.0), b.two(LT, b.two(COPYSIGN, b.constant(1.0), x), b.constant(0.0))), b.two(MUL, g, y), b.constant(0.0))
    return b.two(MUL, g, x)


def a_chosen(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.three(WHERE, b.two(NE, x, b.constant(0.0)), b.constant(1.0), b.two(LT, b.two(COPYSIGN, b.constant(1.0), x), b.constant(0.0))), b.constant(1.0), b.constant(0.0))
    return b.constant(1.0)


def d_norm_share(b, k, x, y, z):
    if k == 0:
        return b.two(DIV, b.constant(1.0), y)
    return b.three(WHERE, b.three(WHERE, b.two(GT, b.one(ABS, z), b.constant(2.3e-308)), b.constant(1.0), b.two(EQ, z, b.constant(0.0))), b.two(DIV, b.one(NEG, z), y), b.two(MUL, b.one(NEG, x), b.one(SQUARE, b.two(DIV, b.constant(1.0), y))))


def s_norm_share(b, k, x, y, z, g):
    if k == 0:
        return b.two(MUL, g, b.two(DIV, b.constant(1.0), y))
    return b.three(WHERE, b.three(WHERE, b.two(GT, b.one(ABS, z), b.constant(2.3e-308)), b.constant(1.0), b.two(EQ, z, b.constant(0.0))), b.two(MUL, g, b.two(DIV, b.one(NEG, z), y)), b.two(MUL, g, b.two(MUL, b.one(NEG, x), b.one(SQUARE, b.two(DIV, b.constant(1.0), y)))))


def a_norm_share(b, k, x, y, z):
    if k == 0:
        return b.constant(1.0)
    return b.three(WHERE, b.three(WHERE, b.two(GT, b.one(ABS, z), b.constant(2.3e-308)), b.constant(1.0), b.two(EQ, z, b.constant(0.0))), b.constant(1.0), b.constant(1.0))


def d_exp_below(b, k, x, y, z):
    if k == 0:
        return z
    return b.one(NEG, z)


def d_high(b, k, x, z):
    return b.constant(1.0)


def d_mul_error(b, k, x, y, z):
    if k == 0:
        return b.constant(0.0)
    return b.constant(0.0)


def d_add_error(b, k, x, y, z):
    if k == 0:
        return b.constant(0.0)
    return b.constant(0.0)


def d_gelu_factor_error(b, k, x, z):
    return b.constant(0.0)


def d_gelu_angle_error(b, k, x, z):
    return b.constant(0.0)


def d_gelu_reach_error(b, k, x, z):
    return b.constant(0.0)


def d_scale(b, k, x, y, z):
    if k == 0:
        return b.constant(0.0)
    return b.constant(0.0)


def d_rint_of_sum(b, k, x, y, z):
    if k == 0:
        return b.constant(0.0)
    return b.constant(0.0)


def d_round_to_part(b, k, x, y, z):
    if k == 0:
        return b.constant(0.0)
    return b.constant(0.0)


def d_round_to_multiple(b, k, x, y, z):
    if k == 0:
        return b.constant(0.0)
    return b.constant(0.0)


def d_norm_scale(b, k, x, z):
    return b.constant(0.0)


def d_norm_part(b, k, x, y, z):
    if k == 0:
        return b.one(NORM_SCALE, y)
    return b.constant(0.0)


def d_scaled(b, k, x, y, z):
    if k == 0:
        return b.two(SCALE, x, y)
    return b.constant(0.0)


def d_div_dy(b, k, x, y, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(GT, b.one(ABS, r), b.constant(2.3e-308)), b.constant(1.0), b.two(EQ, r, b.constant(0.0))), b.constant(0.0), b.two(MUL, b.constant(-1.0), b.one(SQUARE, b.two(DIV, b.constant(1.0), y)))), z)
    if k == 1:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(GT, b.one(ABS, r), b.constant(2.3e-308)), b.constant(1.0), b.two(EQ, r, b.constant(0.0))), b.one(NEG, b.two(DIV, b.two(DIV, b.one(NEG, r), y), y)), b.two(MUL, b.one(NEG, x), b.two(MUL, b.two(MUL, b.constant(2.0), b.two(DIV, b.constant(1.0), y)), b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), y), y))))), z)
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(GT, b.one(ABS, r), b.constant(2.3e-308)), b.constant(1.0), b.two(EQ, r, b.constant(0.0))), b.two(DIV, b.constant(-1.0), y), b.constant(0.0)), z)


def s_div_dy(b, k, x, y, r, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(GT, b.one(ABS, r), b.constant(2.3e-308)), b.constant(1.0), b.two(EQ, r, b.constant(0.0))), b.constant(0.0), b.two(MUL, g, b.two(MUL, b.constant(-1.0), b.one(SQUARE, b.two(DIV, b.constant(1.0), y))))), b.two(MUL, g, z))
    if k == 1:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(GT, b.one(ABS, r), b.constant(2.3e-308)), b.constant(1.0), b.two(EQ, r, b.constant(0.0))), b.two(MUL, g, b.one(NEG, b.two(DIV, b.two(DIV, b.one(NEG, r), y), y))), b.two(MUL, g, b.two(MUL, b.one(NEG, x), b.two(MUL, b.two(MUL, b.constant(2.0), b.two(DIV, b.constant(1.0), y)), b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), y), y)))))), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(GT, b.one(ABS, r), b.constant(2.3e-308)), b.constant(1.0), b.two(EQ, r, b.constant(0.0))), b.two(MUL, g, b.two(DIV, b.constant(-1.0), y)), b.constant(0.0)), b.two(MUL, g, z))


def a_div_dy(b, k, x, y, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(GT, b.one(ABS, r), b.constant(2.3e-308)), b.constant(1.0), b.two(EQ, r, b.constant(0.0))), b.constant(0.0), b.constant(1.0)), b.constant(1.0))
    if k == 1:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(GT, b.one(ABS, r), b.constant(2.3e-308)), b.constant(1.0), b.two(EQ, r, b.constant(0.0))), b.constant(1.0), b.constant(1.0)), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(GT, b.one(ABS, r), b.constant(2.3e-308)), b.constant(1.0), b.two(EQ, r, b.constant(0.0))), b.constant(1.0), b.constant(0.0)), b.constant(1.0))


def d_mod_dx(b, k, r, z):
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)


def s_mod_dx(b, k, r, z, g):
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))


def a_mod_dx(b, k, r, z):
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))


def d_mod_dy(b, k, x, y, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)
    if k == 1:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)


def s_mod_dy(b, k, x, y, r, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))
    if k == 1:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))


def a_mod_dy(b, k, x, y, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))
    if k == 1:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))


def d_cbrt_dx(b, k, x, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(EQ, b.two(SUB, x, x), b.constant(0.0)), b.two(NE, x, b.constant(0.0)), b.constant(0.0)), b.two(DIV, b.one(NEG, b.two(DIV, b.two(DIV, b.two(MUL, b.constant(2.0), r), x), x)), b.constant(9.0)), b.constant(0.0)), z)
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(EQ, b.two(SUB, x, x), b.constant(0.0)), b.two(NE, x, b.constant(0.0)), b.constant(0.0)), b.two(DIV, b.two(ADD, b.two(MUL, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), b.two(MUL, r, r)), b.two(MUL, r, r))), b.two(ADD, r, r)), b.two(DIV, b.constant(2.0), x)), b.constant(9.0)), b.two(MUL, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), b.two(MUL, r, r)), b.two(MUL, r, r))), b.two(ADD, r, r))), z)


def s_cbrt_dx(b, k, x, r, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(EQ, b.two(SUB, x, x), b.constant(0.0)), b.two(NE, x, b.constant(0.0)), b.constant(0.0)), b.two(MUL, g, b.two(DIV, b.one(NEG, b.two(DIV, b.two(DIV, b.two(MUL, b.constant(2.0), r), x), x)), b.constant(9.0))), b.constant(0.0)), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(EQ, b.two(SUB, x, x), b.constant(0.0)), b.two(NE, x, b.constant(0.0)), b.constant(0.0)), b.two(MUL, g, b.two(DIV, b.two(ADD, b.two(MUL, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), b.two(MUL, r, r)), b.two(MUL, r, r))), b.two(ADD, r, r)), b.two(DIV, b.constant(2.0), x)), b.constant(9.0))), b.two(MUL, g, b.two(MUL, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), b.two(MUL, r, r)), b.two(MUL, r, r))), b.two(ADD, r, r)))), b.two(MUL, g, z))


def a_cbrt_dx(b, k, x, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(EQ, b.two(SUB, x, x), b.constant(0.0)), b.two(NE, x, b.constant(0.0)), b.constant(0.0)), b.constant(1.0), b.constant(0.0)), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(EQ, b.two(SUB, x, x), b.constant(0.0)), b.two(NE, x, b.constant(0.0)), b.constant(0.0)), b.constant(1.0), b.constant(1.0)), b.constant(1.0))


def d_log_dx(b, k, x, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), x), x)), b.constant(0.0)), z)
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.constant(-1.0)), z)


def s_log_dx(b, k, x, r, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.two(MUL, g, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), x), x))), b.constant(0.0)), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.two(MUL, g, b.constant(-1.0))), b.two(MUL, g, z))


def a_log_dx(b, k, x, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(1.0), b.constant(0.0)), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.constant(1.0)), b.constant(1.0))


def d_log2_dx(b, k, x, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.4426950408889634), x), x)), b.constant(0.0)), z)
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.constant(-1.0)), z)


def s_log2_dx(b, k, x, r, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.two(MUL, g, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.4426950408889634), x), x))), b.constant(0.0)), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.two(MUL, g, b.constant(-1.0))), b.two(MUL, g, z))


def a_log2_dx(b, k, x, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(1.0), b.constant(0.0)), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.constant(1.0)), b.constant(1.0))


def d_log10_dx(b, k, x, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.one(NEG, b.two(DIV, b.two(DIV, b.constant(0.4342944819032518), x), x)), b.constant(0.0)), z)
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.constant(-1.0)), z)


def s_log10_dx(b, k, x, r, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.two(MUL, g, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(0.4342944819032518), x), x))), b.constant(0.0)), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.two(MUL, g, b.constant(-1.0))), b.two(MUL, g, z))


def a_log10_dx(b, k, x, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(1.0), b.constant(0.0)), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.constant(1.0)), b.constant(1.0))


def d_log1p_dx(b, k, x, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(-1.0)), b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), b.two(ADD, b.constant(1.0), x)), b.two(ADD, b.constant(1.0), x))), b.constant(0.0)), z)
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(-1.0)), b.constant(0.0), b.constant(-1.0)), z)


def s_log1p_dx(b, k, x, r, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(-1.0)), b.two(MUL, g, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), b.two(ADD, b.constant(1.0), x)), b.two(ADD, b.constant(1.0), x)))), b.constant(0.0)), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(-1.0)), b.constant(0.0), b.two(MUL, g, b.constant(-1.0))), b.two(MUL, g, z))


def a_log1p_dx(b, k, x, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(-1.0)), b.constant(1.0), b.constant(0.0)), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(-1.0)), b.constant(0.0), b.constant(1.0)), b.constant(1.0))


def d_atan_dx(b, k, x, z):
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(LT, b.constant(-1e+150), x), b.two(LT, x, b.constant(1e+150)), b.constant(0.0)), b.two(MUL, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), b.two(ADD, b.constant(1.0), b.two(MUL, x, x))), b.two(ADD, b.constant(1.0), b.two(MUL, x, x)))), b.two(ADD, x, x)), b.two(ADD, b.two(DIV, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), x), x)), x), b.one(NEG, b.two(DIV, b.two(DIV, b.two(DIV, b.constant(1.0), x), x), x)))), z)


def s_atan_dx(b, k, x, z, g):
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(LT, b.constant(-1e+150), x), b.two(LT, x, b.constant(1e+150)), b.constant(0.0)), b.two(MUL, g, b.two(MUL, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), b.two(ADD, b.constant(1.0), b.two(MUL, x, x))), b.two(ADD, b.constant(1.0), b.two(MUL, x, x)))), b.two(ADD, x, x))), b.two(MUL, g, b.two(ADD, b.two(DIV, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), x), x)), x), b.one(NEG, b.two(DIV, b.two(DIV, b.two(DIV, b.constant(1.0), x), x), x))))), b.two(MUL, g, z))


def a_atan_dx(b, k, x, z):
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(LT, b.constant(-1e+150), x), b.two(LT, x, b.constant(1e+150)), b.constant(0.0)), b.constant(1.0), b.constant(1.0)), b.constant(1.0))


def d_atanh_dx(b, k, x, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(LE, b.constant(-1.0), x), b.two(LE, x, b.constant(1.0)), b.constant(0.0)), b.two(MUL, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), b.two(MUL, b.two(SUB, b.constant(1.0), x), b.two(ADD, b.constant(1.0), x))), b.two(MUL, b.two(SUB, b.constant(1.0), x), b.two(ADD, b.constant(1.0), x)))), b.two(ADD, b.two(MUL, b.constant(-1.0), b.two(ADD, b.constant(1.0), x)), b.two(SUB, b.constant(1.0), x))), b.constant(0.0)), z)
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(LE, b.constant(-1.0), x), b.two(LE, x, b.constant(1.0)), b.constant(0.0)), b.constant(0.0), b.constant(1.0)), z)


def s_atanh_dx(b, k, x, r, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(LE, b.constant(-1.0), x), b.two(LE, x, b.constant(1.0)), b.constant(0.0)), b.two(MUL, g, b.two(MUL, b.one(NEG, b.two(DIV, b.two(DIV, b.constant(1.0), b.two(MUL, b.two(SUB, b.constant(1.0), x), b.two(ADD, b.constant(1.0), x))), b.two(MUL, b.two(SUB, b.constant(1.0), x), b.two(ADD, b.constant(1.0), x)))), b.two(ADD, b.two(MUL, b.constant(-1.0), b.two(ADD, b.constant(1.0), x)), b.two(SUB, b.constant(1.0), x)))), b.constant(0.0)), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(LE, b.constant(-1.0), x), b.two(LE, x, b.constant(1.0)), b.constant(0.0)), b.constant(0.0), b.two(MUL, g, b.constant(1.0))), b.two(MUL, g, z))


def a_atanh_dx(b, k, x, r, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(LE, b.constant(-1.0), x), b.two(LE, x, b.constant(1.0)), b.constant(0.0)), b.constant(1.0), b.constant(0.0)), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.three(WHERE, b.two(LE, b.constant(-1.0), x), b.two(LE, x, b.constant(1.0)), b.constant(0.0)), b.constant(0.0), b.constant(1.0)), b.constant(1.0))


def d_relu_dx(b, k, x, z):
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)


def s_relu_dx(b, k, x, z, g):
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))


def a_relu_dx(b, k, x, z):
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))


def d_leaky_relu_dx(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.two(LE, x, b.constant(0.0)), b.constant(1.0), b.constant(0.0))), z)


def s_leaky_relu_dx(b, k, x, y, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.two(LE, x, b.constant(0.0)), b.two(MUL, g, b.constant(1.0)), b.constant(0.0))), b.two(MUL, g, z))


def a_leaky_relu_dx(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.two(LE, x, b.constant(0.0)), b.constant(1.0), b.constant(0.0))), b.constant(1.0))


def d_elu_dx(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.two(GT, x, b.constant(-700.0)), b.two(MUL, y, b.one(EXP, x)), b.two(MUL, b.two(MUL, b.two(MUL, b.constant(2.0), y), b.one(EXP, b.two(MUL, b.constant(0.5), x))), b.two(MUL, b.one(EXP, b.two(MUL, b.constant(0.5), x)), b.constant(0.5))))), z)
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.two(GT, x, b.constant(-700.0)), b.one(EXP, x), b.two(MUL, b.one(EXP, b.two(MUL, b.constant(0.5), x)), b.one(EXP, b.two(MUL, b.constant(0.5), x))))), z)


def s_elu_dx(b, k, x, y, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.two(GT, x, b.constant(-700.0)), b.two(MUL, g, b.two(MUL, y, b.one(EXP, x))), b.two(MUL, g, b.two(MUL, b.two(MUL, b.two(MUL, b.constant(2.0), y), b.one(EXP, b.two(MUL, b.constant(0.5), x))), b.two(MUL, b.one(EXP, b.two(MUL, b.constant(0.5), x)), b.constant(0.5)))))), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.two(GT, x, b.constant(-700.0)), b.two(MUL, g, b.one(EXP, x)), b.two(MUL, g, b.two(MUL, b.one(EXP, b.two(MUL, b.constant(0.5), x)), b.one(EXP, b.two(MUL, b.constant(0.5), x)))))), b.two(MUL, g, z))


def a_elu_dx(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.two(GT, x, b.constant(-700.0)), b.constant(1.0), b.constant(1.0))), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.three(WHERE, b.two(GT, x, b.constant(0.0)), b.constant(0.0), b.three(WHERE, b.two(GT, x, b.constant(-700.0)), b.constant(1.0), b.constant(1.0))), b.constant(1.0))


def d_abs_dx(b, k, x, z):
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)


def s_abs_dx(b, k, x, z, g):
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))


def a_abs_dx(b, k, x, z):
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))


def d_maximum_dx(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)


def s_maximum_dx(b, k, x, y, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))


def a_maximum_dx(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))


def d_maximum_dy(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)


def s_maximum_dy(b, k, x, y, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))


def a_maximum_dy(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))


def d_minimum_dx(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)


def s_minimum_dx(b, k, x, y, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))


def a_minimum_dx(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))


def d_minimum_dy(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), z)


def s_minimum_dy(b, k, x, y, z, g):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.two(MUL, g, z))


def a_minimum_dy(b, k, x, y, z):
    if k == 0:
        return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))
    return b.three(WHERE, b.two(EQ, z, z), b.constant(0.0), b.constant(1.0))


def d_clip_dx(b, k, x, lo, hi, z):
    if k == 0:
        return b.constant(0.0)
    if k == 1:
        return b.constant(0.0)
    return b.constant(0.0)


def d_clip_dlo(b, k, x, lo, hi, z):
    if k == 0:
        return b.constant(0.0)
    if k == 1:
        return b.constant(0.0)
    return b.constant(0.0)


def d_clip_dhi(b, k, x, lo, hi, z):
    if k == 0:
        return b.constant(0.0)
    if k == 1:
        return b.constant(0.0)
    return b.constant(0.0)


def partial(b, op, k, x, y, w, z):
    if op == ADD:
        return d_add(b, k, x, y, z)
    if op == SUB:
        return d_sub(b, k, x, y, z)
    if op == MUL:
        return d_mul(b, k, x, y, z)
    if op == DIV:
        return d_div(b, k, x, y, z)
    if op == NEG:
        return d_neg(b, k, x, z)
    if op == POW:
        return d_pow(b, k, x, y, z)
    if op == POWC:
        return d_powc(b, k, x, y, z)
    if op == MOD:
        return d_mod(b, k, x, y, z)
    if op == FLOORDIV:
        return d_floordiv(b, k, x, y, z)
    if op == SQUARE:
        return d_square(b, k, x, z)
    if op == RECIPROCAL:
        return d_reciprocal(b, k, x, z)
    if op == SQRT:
        return d_sqrt(b, k, x, z)
    if op == CBRT:
        return d_cbrt(b, k, x, z)
    if op == EXP:
        return d_exp(b, k, x, z)
    if op == EXPM1:
        return d_expm1(b, k, x, z)
    if op == LOG:
        return d_log(b, k, x, z)
    if op == LOG2:
        return d_log2(b, k, x, z)
    if op == LOG10:
        return d_log10(b, k, x, z)
    if op == LOG1P:
        return d_log1p(b, k, x, z)
    if op == SIN:
        return d_sin(b, k, x, z)
    if op == COS:
        return d_cos(b, k, x, z)
    if op == TAN:
        return d_tan(b, k, x, z)
    if op == ASIN:
        return d_asin(b, k, x, z)
    if op == ACOS:
        return d_acos(b, k, x, z)
    if op == ATAN:
        return d_atan(b, k, x, z)
    if op == SINH:
        return d_sinh(b, k, x, z)
    if op == COSH:
        return d_cosh(b, k, x, z)
    if op == TANH:
        return d_tanh(b, k, x, z)
    if op == ASINH:
        return d_asinh(b, k, x, z)
    if op == ACOSH:
        return d_acosh(b, k, x, z)
    if op == ATANH:
        return d_atanh(b, k, x, z)
    if op == SIGMOID:
        return d_sigmoid(b, k, x, z)
    if op == SOFTPLUS:
        return d_softplus(b, k, x, z)
    if op == RELU:
        return d_relu(b, k, x, z)
    if op == LEAKY_RELU:
        return d_leaky_relu(b, k, x, y, z)
    if op == ELU:
        return d_elu(b, k, x, y, z)
    if op == GELU:
        return d_gelu(b, k, x, z)
    if op == GELU_TANH:
        return d_gelu_tanh(b, k, x, z)
    if op == SILU:
        return d_silu(b, k, x, z)
    if op == ERF:
        return d_erf(b, k, x, z)
    if op == ERFC:
        return d_erfc(b, k, x, z)
    if op == ABS:
        return d_abs(b, k, x, z)
    if op == SIGN:
        return d_sign(b, k, x, z)
    if op == FLOOR:
        return d_floor(b, k, x, z)
    if op == CEIL:
        return d_ceil(b, k, x, z)
    if op == ROUND:
        return d_round(b, k, x, z)
    if op == TRUNC:
        return d_trunc(b, k, x, z)
    if op == DETACH:
        return d_detach(b, k, x, z)
    if op == IDENTITY:
        return d_identity(b, k, x, z)
    if op == MAXIMUM:
        return d_maximum(b, k, x, y, z)
    if op == MINIMUM:
        return d_minimum(b, k, x, y, z)
    if op == ATAN2:
        return d_atan2(b, k, x, y, z)
    if op == HYPOT:
        return d_hypot(b, k, x, y, z)
    if op == CLIP:
        return d_clip(b, k, x, y, w, z)
    if op == GELU_DX:
        return d_gelu_dx(b, k, x, z)
    if op == GELU_RISE:
        return d_gelu_rise(b, k, x, z)
    if op == GELU_TANH_DX:
        return d_gelu_tanh_dx(b, k, x, z)
    if op == GELU_TANH_RISE:
        return d_gelu_tanh_rise(b, k, x, z)
    if op == SILU_DX:
        return d_silu_dx(b, k, x, z)
    if op == SILU_RISE:
        return d_silu_rise(b, k, x, z)
    if op == SECH2:
        return d_sech2(b, k, x, z)
    if op == SIGMOID_DX:
        return d_sigmoid_dx(b, k, x, z)
    if op == POW_DX:
        return d_pow_dx(b, k, x, y, z)
    if op == POW_DY:
        return d_pow_dy(b, k, x, y, z)
    if op == ATAN2_DX:
        return d_atan2_dx(b, k, x, y, z)
    if op == HYPOT_DX:
        return d_hypot_dx(b, k, x, y, z)
    if op == GAUSS_TIMES:
        return d_gauss_times(b, k, x, y, z)
    if op == NORMAL_PDF_TIMES:
        return d_normal_pdf_times(b, k, x, y, z)
    if op == NORMAL_PDF:
        return d_normal_pdf(b, k, x, z)
    if op == NORMAL_CDF:
        return d_normal_cdf(b, k, x, z)
    if op == MILLS:
        return d_mills(b, k, x, z)
    if op == GELU_ANGLE:
        return d_gelu_angle(b, k, x, z)
    if op == GELU_ANGLE_DX:
        return d_gelu_angle_dx(b, k, x, z)
    if op == GELU_REACH:
        return d_gelu_reach(b, k, x, z)
    if op == GELU_BEND:
        return d_gelu_bend(b, k, x, z)
    if op == GELU_FACTOR:
        return d_gelu_factor(b, k, x, z)
    if op == SIGMOID_OF_SUM:
        return d_sigmoid_of_sum(b, k, x, y, z)
    if op == TILTED:
        return d_tilted(b, k, x, y, w, z)
    if op == SMALL_EXPM1:
        return d_small_expm1(b, k, x, z)
    if op == TIMES_SQUARE:
        return d_times_square(b, k, x, y, z)
    if op == POW_DX_KEPT:
        return d_pow_dx_kept(b, k, x, y, w, z)
    if op == POW_DY_KEPT:
        return d_pow_dy_kept(b, k, x, y, w, z)
    if op == LEAKY_RELU_DY:
        return d_leaky_relu_dy(b, k, x, z)
    if op == ELU_DY:
        return d_elu_dy(b, k, x, z)
    if op == LT:
        return d_lt(b, k, x, y, z)
    if op == LE:
        return d_le(b, k, x, y, z)
    if op == GT:
        return d_gt(b, k, x, y, z)
    if op == GE:
        return d_ge(b, k, x, y, z)
    if op == EQ:
        return d_eq(b, k, x, y, z)
    if op == NE:
        return d_ne(b, k, x, y, z)
    if op == FMOD:
        return d_fmod(b, k, x, y, z)
    if op == COPYSIGN:
        return d_copysign(b, k, x, y, z)
    if op == CHOSEN:
        return d_chosen(b, k, x, y, z)
    if op == NORM_SHARE:
        return d_norm_share(b, k, x, y, z)
    if op == EXP_BELOW:
        return d_exp_below(b, k, x, y, z)
    if op == HIGH:
        return d_high(b, k, x, z)
    if op == MUL_ERROR:
        return d_mul_error(b, k, x, y, z)
    if op == ADD_ERROR:
        return d_add_error(b, k, x, y, z)
    if op == GELU_FACTOR_ERROR:
        return d_gelu_factor_error(b, k, x, z)
    if op == GELU_ANGLE_ERROR:
        return d_gelu_angle_error(b, k, x, z)
    if op == GELU_REACH_ERROR:
        return d_gelu_reach_error(b, k, x, z)
    if op == SCALE:
        return d_scale(b, k, x, y, z)
    if op == RINT_OF_SUM:
        return d_rint_of_sum(b, k, x, y, z)
    if op == ROUND_TO_PART:
        return d_round_to_part(b, k, x, y, z)
    if op == ROUND_TO_MULTIPLE:
        return d_round_to_multiple(b, k, x, y, z)
    if op == NORM_SCALE:
        return d_norm_scale(b, k, x, z)
    if op == NORM_PART:
        return d_norm_part(b, k, x, y, z)
    if op == SCALED:
        return d_scaled(b, k, x, y, z)
    if op == DIV_DY:
        return d_div_dy(b, k, x, y, w, z)
    if op == MOD_DX:
        return d_mod_dx(b, k, x, z)
    if op == MOD_DY:
        return d_mod_dy(b, k, x, y, w, z)
    if op == CBRT_DX:
        return d_cbrt_dx(b, k, x, y, z)
    if op == LOG_DX:
        return d_log_dx(b, k, x, y, z)
    if op == LOG2_DX:
        return d_log2_dx(b, k, x, y, z)
    if op == LOG10_DX:
        return d_log10_dx(b, k, x, y, z)
    if op == LOG1P_DX:
        return d_log1p_dx(b, k, x, y, z)
    if op == ATAN_DX:
        return d_atan_dx(b, k, x, z)
    if op == ATANH_DX:
        return d_atanh_dx(b, k, x, y, z)
    if op == RELU_DX:
        return d_relu_dx(b, k, x, z)
    if op == LEAKY_RELU_DX:
        return d_leaky_relu_dx(b, k, x, y, z)
    if op == ELU_DX:
        return d_elu_dx(b, k, x, y, z)
    if op == ABS_DX:
        return d_abs_dx(b, k, x, z)
    if op == MAXIMUM_DX:
        return d_maximum_dx(b, k, x, y, z)
    if op == MAXIMUM_DY:
        return d_maximum_dy(b, k, x, y, z)
    if op == MINIMUM_DX:
        return d_minimum_dx(b, k, x, y, z)
    if op == MINIMUM_DY:
        return d_minimum_dy(b, k, x, y, z)
    if op == CLIP_DX:
        return d_clip_dx(b, k, x, y, w, z)
    if op == CLIP_DLO:
        return d_clip_dlo(b, k, x, y, w, z)
    if op == CLIP_DHI:
        return d_clip_dhi(b, k, x, y, w, z)
    raise KeyError(op)


def share(b, op, k, x, y, w, z, g):
    if op == GELU_TANH_DX:
        return s_gelu_tanh_dx(b, k, x, z, g)
    if op == SILU_DX:
        return s_silu_dx(b, k, x, z, g)
    if op == POW_DX:
        return s_pow_dx(b, k, x, y, z, g)
    if op == POW_DY:
        return s_pow_dy(b, k, x, y, z, g)
    if op == LEAKY_RELU_DY:
        return s_leaky_relu_dy(b, k, x, z, g)
    if op == ELU_DY:
        return s_elu_dy(b, k, x, z, g)
    if op == FMOD:
        return s_fmod(b, k, x, y, z, g)
    if op == CHOSEN:
        return s_chosen(b, k, x, y, z, g)
    if op == NORM_SHARE:
        return s_norm_share(b, k, x, y, z, g)
    if op == DIV_DY:
        return s_div_dy(b, k, x, y, w, z, g)
    if op == MOD_DX:
        return s_mod_dx(b, k, x, z, g)
    if op == MOD_DY:
        return s_mod_dy(b, k, x, y, w, z, g)
    if op == CBRT_DX:
        return s_cbrt_dx(b, k, x, y, z, g)
    if op == LOG_DX:
        return s_log_dx(b, k, x, y, z, g)
    if op == LOG2_DX:
        return s_log2_dx(b, k, x, y, z, g)
    if op == LOG10_DX:
        return s_log10_dx(b, k, x, y, z, g)
    if op == LOG1P_DX:
        return s_log1p_dx(b, k, x, y, z, g)
    if op == ATAN_DX:
        return s_atan_dx(b, k, x, z, g)
    if op == ATANH_DX:
        return s_atanh_dx(b, k, x, y, z, g)
    if op == RELU_DX:
        return s_relu_dx(b, k, x, z, g)
    if op == LEAKY_RELU_DX:
        return s_leaky_relu_dx(b, k, x, y, z, g)
    if op == ELU_DX:
        return s_elu_dx(b, k, x, y, z, g)
    if op == ABS_DX:
        return s_abs_dx(b, k, x, z, g)
    if op == MAXIMUM_DX:
        return s_maximum_dx(b, k, x, y, z, g)
    if op == MAXIMUM_DY:
        return s_maximum_dy(b, k, x, y, z, g)
    if op == MINIMUM_DX:
        return s_minimum_dx(b, k, x, y, z, g)
    if op == MINIMUM_DY:
        return s_minimum_dy(b, k, x, y, z, g)
    return b.two(MUL, g, partial(b, op, k, x, y, w, z))


def alive(b, op, k, x, y, w, z):
    if op == GELU_TANH_DX:
        return a_gelu_tanh_dx(b, k, x, z)
    if op == SILU_DX:
        return a_silu_dx(b, k, x, z)
    if op == POW_DX:
        return a_pow_dx(b, k, x, y, z)
    if op == POW_DY:
        return a_pow_dy(b, k, x, y, z)
    if op == LEAKY_RELU_DY:
        return a_leaky_relu_dy(b, k, x, z)
    if op == ELU_DY:
        return a_elu_dy(b, k, x, z)
    if op == FMOD:
        return a_fmod(b, k, x, y, z)
    if op == CHOSEN:
        return a_chosen(b, k, x, y, z)
    if op == NORM_SHARE:
        return a_norm_share(b, k, x, y, z)
    if op == DIV_DY:
        return a_div_dy(b, k, x, y, w, z)
    if op == MOD_DX:
        return a_mod_dx(b, k, x, z)
    if op == MOD_DY:
        return a_mod_dy(b, k, x, y, w, z)
    if op == CBRT_DX:
        return a_cbrt_dx(b, k, x, y, z)
    if op == LOG_DX:
        return a_log_dx(b, k, x, y, z)
    if op == LOG2_DX:
        return a_log2_dx(b, k, x, y, z)
    if op == LOG10_DX:
        return a_log10_dx(b, k, x, y, z)
    if op == LOG1P_DX:
        return a_log1p_dx(b, k, x, y, z)
    if op == ATAN_DX:
        return a_atan_dx(b, k, x, z)
    if op == ATANH_DX:
        return a_atanh_dx(b, k, x, y, z)
    if op == RELU_DX:
        return a_relu_dx(b, k, x, z)
    if op == LEAKY_RELU_DX:
        return a_leaky_relu_dx(b, k, x, y, z)
    if op == ELU_DX:
        return a_elu_dx(b, k, x, y, z)
    if op == ABS_DX:
        return a_abs_dx(b, k, x, z)
    if op == MAXIMUM_DX:
        return a_maximum_dx(b, k, x, y, z)
    if op == MAXIMUM_DY:
        return a_maximum_dy(b, k, x, y, z)
    if op == MINIMUM_DX:
        return a_minimum_dx(b, k, x, y, z)
    if op == MINIMUM_DY:
        return a_minimum_dy(b, k, x, y, z)
    return b.constant(1.0)
