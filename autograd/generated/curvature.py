"""Generated from primitives.py by `python -m autograd.formulas`: do not edit.

Entry 2 * k + j of an operation is how its partial k changes with operand j.
"""

# ruff: noqa
# pyright: basic
from autograd.generated.kernels import *
from autograd.ieee import *
from autograd.generated.kernels import abs_ as abs
from autograd.generated.kernels import round_ as round


def s_mul_1(x, y, z, dx, dy):
    return 1.0


def s_mul_2(x, y, z, dx, dy):
    return 1.0


def s_div_1(x, y, z, dx, dy):
    return -div(div(1.0, y), y)


def s_div_2(x, y, z, dx, dy):
    return div(-dx, y) if fabs(z) > 2.3e-308 or z == 0.0 else -1.0 * square(div(1.0, y))


def s_div_3(x, y, z, dx, dy):
    return div(-dy, y) + -div(div(-z, y), y) if fabs(z) > 2.3e-308 or z == 0.0 else -x * (2.0 * div(1.0, y) * -div(div(1.0, y), y))


def s_pow_0(x, y, z, dx, dy):
    return 0.0 if y == 0.0 else y * pow_dx(x, y - 1.0) if y >= 1.0 or x == 0.0 else div((y - 1.0) * pow_dx(x, y), x)


def s_pow_1(x, y, z, dx, dy):
    return 0.0 if x == 0.0 and y > 1.0 else pow(x, y - 1.0) * (1.0 + y * log(x))


def s_pow_2(x, y, z, dx, dy):
    return 0.0 if x == 0.0 and y > 1.0 else pow(x, y - 1.0) * (1.0 + y * log(x))


def s_pow_3(x, y, z, dx, dy):
    return 0.0 if x == 0.0 and y >= 0.0 else pow_dy(x, y) * log(x)


def s_powc_0(x, y, z, dx, dy):
    return 0.0 if y == 0.0 else y * pow_dx(x, y - 1.0) if y >= 1.0 or x == 0.0 else div((y - 1.0) * pow_dx(x, y), x)


def s_powc_1(x, y, z, dx, dy):
    return 0.0 if x == 0.0 and y > 1.0 else pow(x, y - 1.0) * (1.0 + y * log(x))


def s_mod_0(x, y, z, dx, dy):
    return 0.0 if z == z else dx


def s_mod_1(x, y, z, dx, dy):
    return 0.0 if z == z else dy


def s_mod_2(x, y, z, dx, dy):
    return 0.0 if z == z else dx


def s_mod_3(x, y, z, dx, dy):
    return 0.0 if z == z else dy


def s_square_0(x, y, z, dx, dy):
    return 2.0


def s_reciprocal_0(x, y, z, dx, dy):
    return -dx * z + -z * dx


def s_sqrt_0(x, y, z, dx, dy):
    return -div(div(0.5, 0.0 + z), 0.0 + z) * dx


def s_cbrt_0(x, y, z, dx, dy):
    return div(-div(div(1.0, z * z), z * z) * (dx * z + z * dx) + (div(2.0 * dx, x) + -div(div(2.0 * z, x), x)), 9.0) if x - x == 0.0 and x != 0.0 else -div(div(1.0, z * z), z * z) * (dx * z + z * dx)


def s_exp_0(x, y, z, dx, dy):
    return dx


def s_expm1_0(x, y, z, dx, dy):
    return exp(x)


def s_log_0(x, y, z, dx, dy):
    return -div(div(1.0, x), x) if x > 0.0 else -dx


def s_log2_0(x, y, z, dx, dy):
    return -div(div(1.4426950408889634, x), x) if x > 0.0 else -dx


def s_log10_0(x, y, z, dx, dy):
    return -div(div(0.4342944819032518, x), x) if x > 0.0 else -dx


def s_log1p_0(x, y, z, dx, dy):
    return -div(div(1.0, 1.0 + x), 1.0 + x) if x > -1.0 else -dx


def s_sin_0(x, y, z, dx, dy):
    return -sin(x)


def s_cos_0(x, y, z, dx, dy):
    return -cos(x)


def s_tan_0(x, y, z, dx, dy):
    return dx * z + z * dx


def s_asin_0(x, y, z, dx, dy):
    return -div(div(1.0, sqrt((1.0 - x) * (1.0 + x))), sqrt((1.0 - x) * (1.0 + x))) * (div(0.5, 0.0 + sqrt((1.0 - x) * (1.0 + x))) * (-1.0 * (1.0 + x) + (1.0 - x)))


def s_acos_0(x, y, z, dx, dy):
    return -div(div(-1.0, sqrt((1.0 - x) * (1.0 + x))), sqrt((1.0 - x) * (1.0 + x))) * (div(0.5, 0.0 + sqrt((1.0 - x) * (1.0 + x))) * (-1.0 * (1.0 + x) + (1.0 - x)))


def s_atan_0(x, y, z, dx, dy):
    return -div(div(1.0, 1.0 + x * x), 1.0 + x * x) * (x + x) if -1e+150 < x < 1e+150 else div(-div(div(1.0, x), x), x) + -div(div(div(1.0, x), x), x)


def s_sinh_0(x, y, z, dx, dy):
    return sinh(x)


def s_cosh_0(x, y, z, dx, dy):
    return cosh(x)


def s_tanh_0(x, y, z, dx, dy):
    return -2.0 * sech2(x) * tanh(x)


def s_asinh_0(x, y, z, dx, dy):
    return -div(div(1.0, hypot(x, 1.0)), hypot(x, 1.0)) * hypot_dx(x, 1.0)


def s_acosh_0(x, y, z, dx, dy):
    return -div(div(1.0, sqrt(x - 1.0) * sqrt(x + 1.0)), sqrt(x - 1.0) * sqrt(x + 1.0)) * (div(0.5, 0.0 + sqrt(x - 1.0)) * sqrt(x + 1.0) + sqrt(x - 1.0) * div(0.5, 0.0 + sqrt(x + 1.0)))


def s_atanh_0(x, y, z, dx, dy):
    return -div(div(1.0, (1.0 - x) * (1.0 + x)), (1.0 - x) * (1.0 + x)) * (-1.0 * (1.0 + x) + (1.0 - x)) if -1.0 <= x <= 1.0 else dx


def s_sigmoid_0(x, y, z, dx, dy):
    return -sigmoid_dx(x) * tanh(0.5 * x)


def s_softplus_0(x, y, z, dx, dy):
    return sigmoid_dx(x)


def s_relu_0(x, y, z, dx, dy):
    return 0.0 if x > 0.0 else 0.0 if x <= 0.0 else 1.0


def s_leaky_relu_0(x, y, z, dx, dy):
    return 0.0 if x > 0.0 else 0.0 if x <= 0.0 else 1.0


def s_leaky_relu_1(x, y, z, dx, dy):
    return 0.0 if x > 0.0 else 1.0 if x <= 0.0 else 0.0


def s_leaky_relu_2(x, y, z, dx, dy):
    return 0.0 if x > 0.0 else 1.0 if x == x else x


def s_elu_0(x, y, z, dx, dy):
    return 0.0 if x > 0.0 else y * exp(x) if x > -700.0 else 2.0 * y * exp(0.5 * x) * (exp(0.5 * x) * 0.5)


def s_elu_1(x, y, z, dx, dy):
    return 0.0 if x > 0.0 else exp(x) if x > -700.0 else exp(0.5 * x) * exp(0.5 * x)


def s_elu_2(x, y, z, dx, dy):
    return 0.0 if x > 0.0 else exp(x)


def s_gelu_0(x, y, z, dx, dy):
    return normal_pdf_times(x, (1.4142135623730951 - x - 9.667293313452913e-17) * (1.4142135623730951 + x - 9.667293313452913e-17))


def s_gelu_tanh_0(x, y, z, dx, dy):
    return sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) * sigmoid_of_sum(-gelu_angle(x), -gelu_angle_error(x)) * (gelu_bend(x) - x * square(gelu_angle_dx(x)) * tanh(0.5 * gelu_angle(x))) if -20.0 < x < 20.0 else times_square((gelu_bend(x) - fabs(x) * square(gelu_angle_dx(x))) * (1.0 + gelu_angle_error(-fabs(x))), exp(-0.5 * fabs(gelu_angle(x)))) if -40.0 < x < 40.0 else x if x != x else 0.0


def s_silu_0(x, y, z, dx, dy):
    return sigmoid_dx(x) * (2.0 - x * tanh(0.5 * x)) if -700.0 <= x <= 700.0 else times_square(2.0 - fabs(x), exp(-0.5 * fabs(x))) if -800.0 < x < 800.0 else sigmoid_dx(x)


def s_erf_0(x, y, z, dx, dy):
    return gauss_times(x, -2.0 * x * 1.1283791670955126)


def s_erfc_0(x, y, z, dx, dy):
    return gauss_times(x, -2.0 * x * -1.1283791670955126)


def s_maximum_0(x, y, z, dx, dy):
    return 0.0 if x > y else 0.0 if x < y else 0.0 if x == y else 1.0


def s_maximum_1(x, y, z, dx, dy):
    return 0.0 if x > y else 0.0 if x < y else 0.0 if x == y else 1.0


def s_maximum_2(x, y, z, dx, dy):
    return 0.0 if x < y else 0.0 if x > y else 0.0 if x == y else 1.0


def s_maximum_3(x, y, z, dx, dy):
    return 0.0 if x < y else 0.0 if x > y else 0.0 if x == y else 1.0


def s_minimum_0(x, y, z, dx, dy):
    return 0.0 if x < y else 0.0 if x > y else 0.0 if x == y else 1.0


def s_minimum_1(x, y, z, dx, dy):
    return 0.0 if x < y else 0.0 if x > y else 0.0 if x == y else 1.0


def s_minimum_2(x, y, z, dx, dy):
    return 0.0 if x > y else 0.0 if x < y else 0.0 if x == y else 1.0


def s_minimum_3(x, y, z, dx, dy):
    return 0.0 if x > y else 0.0 if x < y else 0.0 if x == y else 1.0


def s_atan2_0(x, y, z, dx, dy):
    return -2.0 * atan2_dx(x, y) * atan2_dx(y, x)


def s_atan2_1(x, y, z, dx, dy):
    return (atan2_dx(y, x) - atan2_dx(x, y)) * (atan2_dx(y, x) + atan2_dx(x, y))


def s_atan2_2(x, y, z, dx, dy):
    return -((atan2_dx(x, y) - atan2_dx(y, x)) * (atan2_dx(x, y) + atan2_dx(y, x)))


def s_atan2_3(x, y, z, dx, dy):
    return -(-2.0 * atan2_dx(y, x) * atan2_dx(x, y))


def s_hypot_0(x, y, z, dx, dy):
    return hypot_dx(y, x) * div(hypot_dx(y, x), hypot(x, y))


def s_hypot_1(x, y, z, dx, dy):
    return -hypot_dx(x, y) * div(hypot_dx(y, x), hypot(x, y))


def s_hypot_2(x, y, z, dx, dy):
    return -hypot_dx(y, x) * div(hypot_dx(x, y), hypot(y, x))


def s_hypot_3(x, y, z, dx, dy):
    return hypot_dx(x, y) * div(hypot_dx(x, y), hypot(y, x))


def s_gelu_dx_0(x, y, z, dx, dy):
    return normal_pdf_times(x, -x * ((1.4142135623730951 - x - 9.667293313452913e-17) * (1.4142135623730951 + x - 9.667293313452913e-17))) + normal_pdf(x) * (-1.0 * (1.4142135623730951 + x - 9.667293313452913e-17) + (1.4142135623730951 - x - 9.667293313452913e-17))


def s_gelu_rise_0(x, y, z, dx, dy):
    return 0.776569965981104 + x * (-0.05459902919601288 + x * (-0.4560329331888871 + x * (-0.07385761074127999 + x * (0.11653007902911591 + x * (0.03177459865673304 + x * (-0.017916304542086033 + x * (-0.006703441611086203 + x * (0.001863397378989347 + x * (0.0009477549723744242 + x * (-0.00013457132355679512 + x * (-0.0001007340438389494 + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08))))))))))))))) + x * (-0.05459902919601288 + x * (-0.4560329331888871 + x * (-0.07385761074127999 + x * (0.11653007902911591 + x * (0.03177459865673304 + x * (-0.017916304542086033 + x * (-0.006703441611086203 + x * (0.001863397378989347 + x * (0.0009477549723744242 + x * (-0.00013457132355679512 + x * (-0.0001007340438389494 + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08)))))))))))))) + x * (-0.4560329331888871 + x * (-0.07385761074127999 + x * (0.11653007902911591 + x * (0.03177459865673304 + x * (-0.017916304542086033 + x * (-0.006703441611086203 + x * (0.001863397378989347 + x * (0.0009477549723744242 + x * (-0.00013457132355679512 + x * (-0.0001007340438389494 + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08))))))))))))) + x * (-0.07385761074127999 + x * (0.11653007902911591 + x * (0.03177459865673304 + x * (-0.017916304542086033 + x * (-0.006703441611086203 + x * (0.001863397378989347 + x * (0.0009477549723744242 + x * (-0.00013457132355679512 + x * (-0.0001007340438389494 + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08)))))))))))) + x * (0.11653007902911591 + x * (0.03177459865673304 + x * (-0.017916304542086033 + x * (-0.006703441611086203 + x * (0.001863397378989347 + x * (0.0009477549723744242 + x * (-0.00013457132355679512 + x * (-0.0001007340438389494 + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08))))))))))) + x * (0.03177459865673304 + x * (-0.017916304542086033 + x * (-0.006703441611086203 + x * (0.001863397378989347 + x * (0.0009477549723744242 + x * (-0.00013457132355679512 + x * (-0.0001007340438389494 + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08)))))))))) + x * (-0.017916304542086033 + x * (-0.006703441611086203 + x * (0.001863397378989347 + x * (0.0009477549723744242 + x * (-0.00013457132355679512 + x * (-0.0001007340438389494 + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08))))))))) + x * (-0.006703441611086203 + x * (0.001863397378989347 + x * (0.0009477549723744242 + x * (-0.00013457132355679512 + x * (-0.0001007340438389494 + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08)))))))) + x * (0.001863397378989347 + x * (0.0009477549723744242 + x * (-0.00013457132355679512 + x * (-0.0001007340438389494 + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08))))))) + x * (0.0009477549723744242 + x * (-0.00013457132355679512 + x * (-0.0001007340438389494 + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08)))))) + x * (-0.00013457132355679512 + x * (-0.0001007340438389494 + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08))))) + x * (-0.0001007340438389494 + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08)))) + x * (6.050576862680628e-06 + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08))) + x * (8.563819917447765e-06 + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08)) + x * (8.196797373307641e-09 + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08) + x * (-5.999687641543789e-07 + x * -7.283607745666731e-08 + x * -7.283607745666731e-08)))))))))))))))


def s_gelu_tanh_dx_0(x, y, z, dx, dy):
    return (sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) * sigmoid_of_sum(-gelu_angle(x), -gelu_angle_error(x)) * gelu_angle_dx(x) * sigmoid_of_sum(-gelu_angle(x), -gelu_angle_error(x)) + sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) * (sigmoid_of_sum(-gelu_angle(x), -gelu_angle_error(x)) * sigmoid_of_sum(--gelu_angle(x), --gelu_angle_error(x)) * -gelu_angle_dx(x))) * (gelu_bend(x) - x * square(gelu_angle_dx(x)) * tanh(0.5 * gelu_angle(x))) + sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) * sigmoid_of_sum(-gelu_angle(x), -gelu_angle_error(x)) * (1.5957691216057308 * (1.07316 * x) + -((square(gelu_angle_dx(x)) + x * (2.0 * gelu_angle_dx(x) * (1.5957691216057308 * (0.26829 * x)))) * tanh(0.5 * gelu_angle(x)) + x * square(gelu_angle_dx(x)) * (sech2(0.5 * gelu_angle(x)) * (0.5 * gelu_angle_dx(x))))) if -20.0 < x < 20.0 else exp(-0.5 * fabs(gelu_angle(x))) * exp(-0.5 * fabs(gelu_angle(x))) * ((1.5957691216057308 * (1.07316 * x) + -((1.0 if x > 0.0 else -1.0 if x < 0.0 else x * 0.0) * square(gelu_angle_dx(x)) + fabs(x) * (2.0 * gelu_angle_dx(x) * (1.5957691216057308 * (0.26829 * x))))) * (1.0 + gelu_angle_error(-fabs(x)))) + 2.0 * ((gelu_bend(x) - fabs(x) * square(gelu_angle_dx(x))) * (1.0 + gelu_angle_error(-fabs(x)))) * exp(-0.5 * fabs(gelu_angle(x))) * (exp(-0.5 * fabs(gelu_angle(x))) * (-0.5 * ((1.0 if gelu_angle(x) > 0.0 else -1.0 if gelu_angle(x) < 0.0 else gelu_angle(x) * 0.0) * gelu_angle_dx(x)))) if -40.0 < x < 40.0 else 1.0 if x != x else 0.0


def s_gelu_tanh_rise_0(x, y, z, dx, dy):
    return 0.7750368922715779 + x * (-0.04734856056552531 + x * (-0.4557779323238452 + x * (-0.0830966417181205 + x * (0.11809385675808892 + x * (0.03682741492449513 + x * (-0.019381854651700132 + x * (-0.00834698131052404 + x * (0.002639272570248958 + x * (0.0013668103001811317 + x * (-0.00041941667705162243 + x * (-0.00020756901478836493 + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08))))))))))))))) + x * (-0.04734856056552531 + x * (-0.4557779323238452 + x * (-0.0830966417181205 + x * (0.11809385675808892 + x * (0.03682741492449513 + x * (-0.019381854651700132 + x * (-0.00834698131052404 + x * (0.002639272570248958 + x * (0.0013668103001811317 + x * (-0.00041941667705162243 + x * (-0.00020756901478836493 + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08)))))))))))))) + x * (-0.4557779323238452 + x * (-0.0830966417181205 + x * (0.11809385675808892 + x * (0.03682741492449513 + x * (-0.019381854651700132 + x * (-0.00834698131052404 + x * (0.002639272570248958 + x * (0.0013668103001811317 + x * (-0.00041941667705162243 + x * (-0.00020756901478836493 + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08))))))))))))) + x * (-0.0830966417181205 + x * (0.11809385675808892 + x * (0.03682741492449513 + x * (-0.019381854651700132 + x * (-0.00834698131052404 + x * (0.002639272570248958 + x * (0.0013668103001811317 + x * (-0.00041941667705162243 + x * (-0.00020756901478836493 + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08)))))))))))) + x * (0.11809385675808892 + x * (0.03682741492449513 + x * (-0.019381854651700132 + x * (-0.00834698131052404 + x * (0.002639272570248958 + x * (0.0013668103001811317 + x * (-0.00041941667705162243 + x * (-0.00020756901478836493 + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08))))))))))) + x * (0.03682741492449513 + x * (-0.019381854651700132 + x * (-0.00834698131052404 + x * (0.002639272570248958 + x * (0.0013668103001811317 + x * (-0.00041941667705162243 + x * (-0.00020756901478836493 + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08)))))))))) + x * (-0.019381854651700132 + x * (-0.00834698131052404 + x * (0.002639272570248958 + x * (0.0013668103001811317 + x * (-0.00041941667705162243 + x * (-0.00020756901478836493 + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08))))))))) + x * (-0.00834698131052404 + x * (0.002639272570248958 + x * (0.0013668103001811317 + x * (-0.00041941667705162243 + x * (-0.00020756901478836493 + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08)))))))) + x * (0.002639272570248958 + x * (0.0013668103001811317 + x * (-0.00041941667705162243 + x * (-0.00020756901478836493 + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08))))))) + x * (0.0013668103001811317 + x * (-0.00041941667705162243 + x * (-0.00020756901478836493 + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08)))))) + x * (-0.00041941667705162243 + x * (-0.00020756901478836493 + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08))))) + x * (-0.00020756901478836493 + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08)))) + x * (8.242639049116271e-05 + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08))) + x * (3.704839145528451e-05 + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08)) + x * (-1.4206564684217804e-05 + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08) + x * (-7.453290853345451e-06 + x * 5.819626997804551e-08 + x * 5.819626997804551e-08)))))))))))))))


def s_silu_dx_0(x, y, z, dx, dy):
    return -sigmoid_dx(x) * tanh(0.5 * x) * (2.0 - x * tanh(0.5 * x)) + sigmoid_dx(x) * -(tanh(0.5 * x) + x * (sech2(0.5 * x) * 0.5)) if -700.0 <= x <= 700.0 else exp(-0.5 * fabs(x)) * exp(-0.5 * fabs(x)) * -(1.0 if x > 0.0 else -1.0 if x < 0.0 else x * 0.0) + 2.0 * (2.0 - fabs(x)) * exp(-0.5 * fabs(x)) * (exp(-0.5 * fabs(x)) * (-0.5 * (1.0 if x > 0.0 else -1.0 if x < 0.0 else x * 0.0))) if -800.0 < x < 800.0 else -sigmoid_dx(x) * tanh(0.5 * x)


def s_silu_rise_0(x, y, z, dx, dy):
    return 0.2784645427610738 * exp(x)


def s_sech2_0(x, y, z, dx, dy):
    return -2.0 * dx * tanh(x) + -2.0 * z * sech2(x)


def s_sigmoid_dx_0(x, y, z, dx, dy):
    return -dx * tanh(0.5 * x) + -z * (sech2(0.5 * x) * 0.5)


def s_pow_dx_0(x, y, z, dx, dy):
    return 0.0 if y == 0.0 else y * (0.0 if y - 1.0 == 0.0 else (y - 1.0) * pow_dx(x, y - 1.0 - 1.0) if y - 1.0 >= 1.0 or x == 0.0 else div((y - 1.0 - 1.0) * pow_dx(x, y - 1.0), x)) if y >= 1.0 or x == 0.0 else div((y - 1.0) * dx, x) + -div(div((y - 1.0) * z, x), x)


def s_pow_dx_1(x, y, z, dx, dy):
    return 0.0 if y == 0.0 else pow_dx(x, y - 1.0) + y * (0.0 if x == 0.0 and y - 1.0 > 1.0 else pow(x, y - 1.0 - 1.0) * (1.0 + (y - 1.0) * log(x))) if y >= 1.0 or x == 0.0 else div(z + (y - 1.0) * dy, x)


def s_pow_dx_2(x, y, z, dx, dy):
    return 0.0 if x == 0.0 and y > 1.0 else pow_dx(x, y - 1.0) * (1.0 + y * log(x)) + pow(x, y - 1.0) * (y * (div(1.0, x) if x > 0.0 else -log(x)))


def s_pow_dx_3(x, y, z, dx, dy):
    return 0.0 if x == 0.0 and y > 1.0 else pow_dy(x, y - 1.0) * (1.0 + y * log(x)) + pow(x, y - 1.0) * log(x)


def s_pow_dy_0(x, y, z, dx, dy):
    return 0.0 if x == 0.0 and y > 1.0 else pow_dx(x, y - 1.0) * (1.0 + y * log(x)) + pow(x, y - 1.0) * (y * (div(1.0, x) if x > 0.0 else -log(x)))


def s_pow_dy_1(x, y, z, dx, dy):
    return 0.0 if x == 0.0 and y > 1.0 else pow_dy(x, y - 1.0) * (1.0 + y * log(x)) + pow(x, y - 1.0) * log(x)


def s_pow_dy_2(x, y, z, dx, dy):
    return 0.0 if x == 0.0 and y >= 0.0 else dx * log(x) + z * (div(1.0, x) if x > 0.0 else -log(x))


def s_pow_dy_3(x, y, z, dx, dy):
    return 0.0 if x == 0.0 and y >= 0.0 else dy * log(x)


def s_atan2_dx_0(x, y, z, dx, dy):
    return -2.0 * dx * atan2_dx(y, x) + -2.0 * z * ((atan2_dx(x, y) - atan2_dx(y, x)) * (atan2_dx(x, y) + atan2_dx(y, x)))


def s_atan2_dx_1(x, y, z, dx, dy):
    return -2.0 * dy * atan2_dx(y, x) + -2.0 * z * (-2.0 * atan2_dx(y, x) * atan2_dx(x, y))


def s_atan2_dx_2(x, y, z, dx, dy):
    return ((atan2_dx(x, y) - atan2_dx(y, x)) * (atan2_dx(x, y) + atan2_dx(y, x)) + -dx) * (atan2_dx(y, x) + z) + (atan2_dx(y, x) - z) * ((atan2_dx(x, y) - atan2_dx(y, x)) * (atan2_dx(x, y) + atan2_dx(y, x)) + dx)


def s_atan2_dx_3(x, y, z, dx, dy):
    return (-2.0 * atan2_dx(y, x) * atan2_dx(x, y) + -dy) * (atan2_dx(y, x) + z) + (atan2_dx(y, x) - z) * (-2.0 * atan2_dx(y, x) * atan2_dx(x, y) + dy)


def s_hypot_dx_0(x, y, z, dx, dy):
    return -hypot_dx(y, x) * div(hypot_dx(x, y), hypot(y, x)) * div(hypot_dx(y, x), hypot(x, y)) + hypot_dx(y, x) * (div(-hypot_dx(y, x) * div(hypot_dx(x, y), hypot(y, x)), hypot(x, y)) + -div(div(hypot_dx(y, x), hypot(x, y)), hypot(x, y)) * hypot_dx(x, y))


def s_hypot_dx_1(x, y, z, dx, dy):
    return hypot_dx(x, y) * div(hypot_dx(x, y), hypot(y, x)) * div(hypot_dx(y, x), hypot(x, y)) + hypot_dx(y, x) * (div(hypot_dx(x, y) * div(hypot_dx(x, y), hypot(y, x)), hypot(x, y)) + -div(div(hypot_dx(y, x), hypot(x, y)), hypot(x, y)) * hypot_dx(y, x))


def s_hypot_dx_2(x, y, z, dx, dy):
    return -dx * div(hypot_dx(y, x), hypot(x, y)) + -z * (div(-hypot_dx(y, x) * div(hypot_dx(x, y), hypot(y, x)), hypot(x, y)) + -div(div(hypot_dx(y, x), hypot(x, y)), hypot(x, y)) * hypot_dx(x, y))


def s_hypot_dx_3(x, y, z, dx, dy):
    return -dy * div(hypot_dx(y, x), hypot(x, y)) + -z * (div(hypot_dx(x, y) * div(hypot_dx(x, y), hypot(y, x)), hypot(x, y)) + -div(div(hypot_dx(y, x), hypot(x, y)), hypot(x, y)) * hypot_dx(y, x))


def s_gauss_times_0(x, y, z, dx, dy):
    return gauss_times(x, -2.0 * x * (-2.0 * x * y)) + gauss_times(x, 1.0) * (-2.0 * y)


def s_gauss_times_1(x, y, z, dx, dy):
    return gauss_times(x, 1.0) * (-2.0 * x)


def s_gauss_times_2(x, y, z, dx, dy):
    return gauss_times(x, -2.0 * x * 1.0)


def s_normal_pdf_times_0(x, y, z, dx, dy):
    return normal_pdf_times(x, -x * (-x * y)) + normal_pdf(x) * (-1.0 * y)


def s_normal_pdf_times_1(x, y, z, dx, dy):
    return normal_pdf(x) * -x


def s_normal_pdf_times_2(x, y, z, dx, dy):
    return normal_pdf_times(x, -x)


def s_normal_pdf_0(x, y, z, dx, dy):
    return normal_pdf_times(x, -x * -x) + normal_pdf(x) * -1.0


def s_normal_cdf_0(x, y, z, dx, dy):
    return normal_pdf_times(x, -x)


def s_mills_0(x, y, z, dx, dy):
    return 6.0 - x * (45.0 - x * (420.0 - x * (4725.0 - x * (62370.0 - x * (945945.0 - x * 16216200.0))))) + x * -(45.0 - x * (420.0 - x * (4725.0 - x * (62370.0 - x * (945945.0 - x * 16216200.0)))) + x * -(420.0 - x * (4725.0 - x * (62370.0 - x * (945945.0 - x * 16216200.0))) + x * -(4725.0 - x * (62370.0 - x * (945945.0 - x * 16216200.0)) + x * -(62370.0 - x * (945945.0 - x * 16216200.0) + x * -(945945.0 - x * 16216200.0 + x * -16216200.0)))))


def s_gelu_angle_0(x, y, z, dx, dy):
    return 1.5957691216057308 * (0.26829 * x)


def s_gelu_angle_dx_0(x, y, z, dx, dy):
    return 1.5957691216057308 * 0.26829


def s_gelu_reach_0(x, y, z, dx, dy):
    return 0.6421933464534022 * x + 0.6421933464534022 * x


def s_gelu_bend_0(x, y, z, dx, dy):
    return 1.5957691216057308 * 1.07316


def s_gelu_factor_0(x, y, z, dx, dy):
    return 0.08943


def s_sigmoid_of_sum_0(x, y, z, dx, dy):
    return dx * sigmoid_of_sum(-x, -y) + z * (sigmoid_of_sum(-x, -y) * sigmoid_of_sum(--x, --y) * -1.0)


def s_sigmoid_of_sum_1(x, y, z, dx, dy):
    return dy * sigmoid_of_sum(-x, -y) + z * (sigmoid_of_sum(-x, -y) * sigmoid_of_sum(--x, --y) * -1.0)


def s_sigmoid_of_sum_2(x, y, z, dx, dy):
    return dx * sigmoid_of_sum(-x, -y) + z * (sigmoid_of_sum(-x, -y) * sigmoid_of_sum(--x, --y) * -1.0)


def s_sigmoid_of_sum_3(x, y, z, dx, dy):
    return dy * sigmoid_of_sum(-x, -y) + z * (sigmoid_of_sum(-x, -y) * sigmoid_of_sum(--x, --y) * -1.0)


def s_small_expm1_0(x, y, z, dx, dy):
    return dx


def s_times_square_1(x, y, z, dx, dy):
    return y + y


def s_times_square_2(x, y, z, dx, dy):
    return 2.0 * y


def s_times_square_3(x, y, z, dx, dy):
    return 2.0 * x


def s_leaky_relu_dy_0(x, y, z, dx, dy):
    return 0.0 if x > 0.0 else 0.0 if x == x else 1.0


def s_elu_dy_0(x, y, z, dx, dy):
    return 0.0 if x > 0.0 else exp(x)


def s_fmod_0(x, y, z, dx, dy):
    return 0.0 if z == z else dx


def s_fmod_1(x, y, z, dx, dy):
    return 0.0 if z == z else dy


def s_chosen_1(x, y, z, dx, dy):
    return 1.0 if x != 0.0 or copysign(1.0, x) < 0.0 else 0.0


def s_chosen_2(x, y, z, dx, dy):
    return 1.0


def s_norm_share_1(x, y, z, dx, dy):
    return -div(div(1.0, y), y)


def s_norm_share_2(x, y, z, dx, dy):
    return div(-dx, y) if fabs(z) > 2.3e-308 or z == 0.0 else -1.0 * square(div(1.0, y))


def s_norm_share_3(x, y, z, dx, dy):
    return div(-dy, y) + -div(div(-z, y), y) if fabs(z) > 2.3e-308 or z == 0.0 else -x * (2.0 * div(1.0, y) * -div(div(1.0, y), y))


def s_exp_below_0(x, y, z, dx, dy):
    return dx


def s_exp_below_1(x, y, z, dx, dy):
    return dy


def s_exp_below_2(x, y, z, dx, dy):
    return -dx


def s_exp_below_3(x, y, z, dx, dy):
    return -dy


SECONDS = {
    (MUL, 1): s_mul_1,
    (MUL, 2): s_mul_2,
    (DIV, 1): s_div_1,
    (DIV, 2): s_div_2,
    (DIV, 3): s_div_3,
    (POW, 0): s_pow_0,
    (POW, 1): s_pow_1,
    (POW, 2): s_pow_2,
    (POW, 3): s_pow_3,
    (POWC, 0): s_powc_0,
    (POWC, 1): s_powc_1,
    (MOD, 0): s_mod_0,
    (MOD, 1): s_mod_1,
    (MOD, 2): s_mod_2,
    (MOD, 3): s_mod_3,
    (SQUARE, 0): s_square_0,
    (RECIPROCAL, 0): s_reciprocal_0,
    (SQRT, 0): s_sqrt_0,
    (CBRT, 0): s_cbrt_0,
    (EXP, 0): s_exp_0,
    (EXPM1, 0): s_expm1_0,
    (LOG, 0): s_log_0,
    (LOG2, 0): s_log2_0,
    (LOG10, 0): s_log10_0,
    (LOG1P, 0): s_log1p_0,
    (SIN, 0): s_sin_0,
    (COS, 0): s_cos_0,
    (TAN, 0): s_tan_0,
    (ASIN, 0): s_asin_0,
    (ACOS, 0): s_acos_0,
    (ATAN, 0): s_atan_0,
    (SINH, 0): s_sinh_0,
    (COSH, 0): s_cosh_0,
    (TANH, 0): s_tanh_0,
    (ASINH, 0): s_asinh_0,
    (ACOSH, 0): s_acosh_0,
    (ATANH, 0): s_atanh_0,
    (SIGMOID, 0): s_sigmoid_0,
    (SOFTPLUS, 0): s_softplus_0,
    (RELU, 0): s_relu_0,
    (LEAKY_RELU, 0): s_leaky_relu_0,
    (LEAKY_RELU, 1): s_leaky_relu_1,
    (LEAKY_RELU, 2): s_leaky_relu_2,
    (ELU, 0): s_elu_0,
    (ELU, 1): s_elu_1,
    (ELU, 2): s_elu_2,
    (GELU, 0): s_gelu_0,
    (GELU_TANH, 0): s_gelu_tanh_0,
    (SILU, 0): s_silu_0,
    (ERF, 0): s_erf_0,
    (ERFC, 0): s_erfc_0,
    (MAXIMUM, 0): s_maximum_0,
    (MAXIMUM, 1): s_maximum_1,
    (MAXIMUM, 2): s_maximum_2,
    (MAXIMUM, 3): s_maximum_3,
    (MINIMUM, 0): s_minimum_0,
    (MINIMUM, 1): s_minimum_1,
    (MINIMUM, 2): s_minimum_2,
    (MINIMUM, 3): s_minimum_3,
    (ATAN2, 0): s_atan2_0,
    (ATAN2, 1): s_atan2_1,
    (ATAN2, 2): s_atan2_2,
    (ATAN2, 3): s_atan2_3,
    (HYPOT, 0): s_hypot_0,
    (HYPOT, 1): s_hypot_1,
    (HYPOT, 2): s_hypot_2,
    (HYPOT, 3): s_hypot_3,
    (GELU_DX, 0): s_gelu_dx_0,
    (GELU_RISE, 0): s_gelu_rise_0,
    (GELU_TANH_DX, 0): s_gelu_tanh_dx_0,
    (GELU_TANH_RISE, 0): s_gelu_tanh_rise_0,
    (SILU_DX, 0): s_silu_dx_0,
    (SILU_RISE, 0): s_silu_rise_0,
    (SECH2, 0): s_sech2_0,
    (SIGMOID_DX, 0): s_sigmoid_dx_0,
    (POW_DX, 0): s_pow_dx_0,
    (POW_DX, 1): s_pow_dx_1,
    (POW_DX, 2): s_pow_dx_2,
    (POW_DX, 3): s_pow_dx_3,
    (POW_DY, 0): s_pow_dy_0,
    (POW_DY, 1): s_pow_dy_1,
    (POW_DY, 2): s_pow_dy_2,
    (POW_DY, 3): s_pow_dy_3,
    (ATAN2_DX, 0): s_atan2_dx_0,
    (ATAN2_DX, 1): s_atan2_dx_1,
    (ATAN2_DX, 2): s_atan2_dx_2,
    (ATAN2_DX, 3): s_atan2_dx_3,
    (HYPOT_DX, 0): s_hypot_dx_0,
    (HYPOT_DX, 1): s_hypot_dx_1,
    (HYPOT_DX, 2): s_hypot_dx_2,
    (HYPOT_DX, 3): s_hypot_dx_3,
    (GAUSS_TIMES, 0): s_gauss_times_0,
    (GAUSS_TIMES, 1): s_gauss_times_1,
    (GAUSS_TIMES, 2): s_gauss_times_2,
    (NORMAL_PDF_TIMES, 0): s_normal_pdf_times_0,
    (NORMAL_PDF_TIMES, 1): s_normal_pdf_times_1,
    (NORMAL_PDF_TIMES, 2): s_normal_pdf_times_2,
    (NORMAL_PDF, 0): s_normal_pdf_0,
    (NORMAL_CDF, 0): s_normal_cdf_0,
    (MILLS, 0): s_mills_0,
    (GELU_ANGLE, 0): s_gelu_angle_0,
    (GELU_ANGLE_DX, 0): s_gelu_angle_dx_0,
    (GELU_REACH, 0): s_gelu_reach_0,
    (GELU_BEND, 0): s_gelu_bend_0,
    (GELU_FACTOR, 0): s_gelu_factor_0,
    (SIGMOID_OF_SUM, 0): s_sigmoid_of_sum_0,
    (SIGMOID_OF_SUM, 1): s_sigmoid_of_sum_1,
    (SIGMOID_OF_SUM, 2): s_sigmoid_of_sum_2,
    (SIGMOID_OF_SUM, 3): s_sigmoid_of_sum_3,
    (SMALL_EXPM1, 0): s_small_expm1_0,
    (TIMES_SQUARE, 1): s_times_square_1,
    (TIMES_SQUARE, 2): s_times_square_2,
    (TIMES_SQUARE, 3): s_times_square_3,
    (LEAKY_RELU_DY, 0): s_leaky_relu_dy_0,
    (ELU_DY, 0): s_elu_dy_0,
    (FMOD, 0): s_fmod_0,
    (FMOD, 1): s_fmod_1,
    (CHOSEN, 1): s_chosen_1,
    (CHOSEN, 2): s_chosen_2,
    (NORM_SHARE, 1): s_norm_share_1,
    (NORM_SHARE, 2): s_norm_share_2,
    (NORM_SHARE, 3): s_norm_share_3,
    (EXP_BELOW, 0): s_exp_below_0,
    (EXP_BELOW, 1): s_exp_below_1,
    (EXP_BELOW, 2): s_exp_below_2,
    (EXP_BELOW, 3): s_exp_below_3,
}
MASKS = {
    MUL: 6,
    DIV: 14,
    POW: 15,
    POWC: 3,
    MOD: 15,
    SQUARE: 1,
    RECIPROCAL: 1,
    SQRT: 1,
    CBRT: 1,
    EXP: 1,
    EXPM1: 1,
    LOG: 1,
    LOG2: 1,
    LOG10: 1,
    LOG1P: 1,
    SIN: 1,
    COS: 1,
    TAN: 1,
    ASIN: 1,
    ACOS: 1,
    ATAN: 1,
    SINH: 1,
    COSH: 1,
    TANH: 1,
    ASINH: 1,
    ACOSH: 1,
    ATANH: 1,
    SIGMOID: 1,
    SOFTPLUS: 1,
    RELU: 1,
    LEAKY_RELU: 7,
    ELU: 7,
    GELU: 1,
    GELU_TANH: 1,
    SILU: 1,
    ERF: 1,
    ERFC: 1,
    MAXIMUM: 15,
    MINIMUM: 15,
    ATAN2: 15,
    HYPOT: 15,
    GELU_DX: 1,
    GELU_RISE: 1,
    GELU_TANH_DX: 1,
    GELU_TANH_RISE: 1,
    SILU_DX: 1,
    SILU_RISE: 1,
    SECH2: 1,
    SIGMOID_DX: 1,
    POW_DX: 15,
    POW_DY: 15,
    ATAN2_DX: 15,
    HYPOT_DX: 15,
    GAUSS_TIMES: 7,
    NORMAL_PDF_TIMES: 7,
    NORMAL_PDF: 1,
    NORMAL_CDF: 1,
    MILLS: 1,
    GELU_ANGLE: 1,
    GELU_ANGLE_DX: 1,
    GELU_REACH: 1,
    GELU_BEND: 1,
    GELU_FACTOR: 1,
    SIGMOID_OF_SUM: 15,
    SMALL_EXPM1: 1,
    TIMES_SQUARE: 14,
    LEAKY_RELU_DY: 1,
    ELU_DY: 1,
    FMOD: 3,
    CHOSEN: 6,
    NORM_SHARE: 14,
    EXP_BELOW: 15,
}


def second(op, entry, x, y, z, dx, dy):
    return SECONDS[op, entry](x, y, z, dx, dy)


def mask(op):
    """Which entries are not zero whatever the numbers, as bits."""
    return MASKS.get(op, 0)
