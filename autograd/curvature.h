/* Generated from primitives.py by `python -m autograd.generate`: do not edit. */
#ifndef GLASSGRAD_CURVATURE_H
#define GLASSGRAD_CURVATURE_H
#include "kernels.h"

static inline double second(int op, int entry, double x, double y, double z, double dx, double dy) {
    switch (4 * op + entry) {
    case 4 * OP_MUL + 1: return 1.0;
    case 4 * OP_MUL + 2: return 1.0;
    case 4 * OP_DIV + 1: return (-((1.0 / y) / y));
    case 4 * OP_DIV + 2: return ((-dx) / y);
    case 4 * OP_DIV + 3: return (((-dy) / y) + (-(((-z) / y) / y)));
    case 4 * OP_POW + 0: return ((y == 0.0) ? 0.0 : (((y >= 1.0) || (x == 0.0)) ? (y * v_pow_dx(x, (y - 1.0))) : (((y - 1.0) * v_pow_dx(x, y)) / x)));
    case 4 * OP_POW + 1: return (((x == 0.0) && (y > 1.0)) ? 0.0 : (pow(x, (y - 1.0)) * (1.0 + (y * log(x)))));
    case 4 * OP_POW + 2: return (((x == 0.0) && (y > 1.0)) ? 0.0 : (pow(x, (y - 1.0)) * (1.0 + (y * log(x)))));
    case 4 * OP_POW + 3: return (((x == 0.0) && (y >= 0.0)) ? 0.0 : (v_pow_dy(x, y) * log(x)));
    case 4 * OP_POWC + 0: return ((y == 0.0) ? 0.0 : (((y >= 1.0) || (x == 0.0)) ? (y * v_pow_dx(x, (y - 1.0))) : (((y - 1.0) * v_pow_dx(x, y)) / x)));
    case 4 * OP_POWC + 1: return (((x == 0.0) && (y > 1.0)) ? 0.0 : (pow(x, (y - 1.0)) * (1.0 + (y * log(x)))));
    case 4 * OP_MOD + 0: return ((z == z) ? 0.0 : dx);
    case 4 * OP_MOD + 1: return ((z == z) ? 0.0 : dy);
    case 4 * OP_MOD + 2: return ((z == z) ? 0.0 : dx);
    case 4 * OP_MOD + 3: return ((z == z) ? 0.0 : dy);
    case 4 * OP_SQUARE + 0: return 2.0;
    case 4 * OP_RECIPROCAL + 0: return (((-dx) * z) + ((-z) * dx));
    case 4 * OP_SQRT + 0: return ((-((0.5 / (0.0 + z)) / (0.0 + z))) * dx);
    case 4 * OP_CBRT + 0: return ((((x - x) == 0.0) && (x != 0.0)) ? ((((-((1.0 / (z * z)) / (z * z))) * ((dx * z) + (z * dx))) + (((2.0 * dx) / x) + (-(((2.0 * z) / x) / x)))) / 9.0) : ((-((1.0 / (z * z)) / (z * z))) * ((dx * z) + (z * dx))));
    case 4 * OP_EXP + 0: return dx;
    case 4 * OP_EXPM1 + 0: return exp(x);
    case 4 * OP_LOG + 0: return ((x > 0.0) ? (-((1.0 / x) / x)) : (-dx));
    case 4 * OP_LOG2 + 0: return ((x > 0.0) ? (-((1.4426950408889634 / x) / x)) : (-dx));
    case 4 * OP_LOG10 + 0: return ((x > 0.0) ? (-((0.4342944819032518 / x) / x)) : (-dx));
    case 4 * OP_LOG1P + 0: return ((x > (-1.0)) ? (-((1.0 / (1.0 + x)) / (1.0 + x))) : (-dx));
    case 4 * OP_SIN + 0: return (-sin(x));
    case 4 * OP_COS + 0: return (-cos(x));
    case 4 * OP_TAN + 0: return ((dx * z) + (z * dx));
    case 4 * OP_ASIN + 0: return ((-((1.0 / sqrt(((1.0 - x) * (1.0 + x)))) / sqrt(((1.0 - x) * (1.0 + x))))) * ((0.5 / (0.0 + sqrt(((1.0 - x) * (1.0 + x))))) * (((-1.0) * (1.0 + x)) + (1.0 - x))));
    case 4 * OP_ACOS + 0: return ((-(((-1.0) / sqrt(((1.0 - x) * (1.0 + x)))) / sqrt(((1.0 - x) * (1.0 + x))))) * ((0.5 / (0.0 + sqrt(((1.0 - x) * (1.0 + x))))) * (((-1.0) * (1.0 + x)) + (1.0 - x))));
    case 4 * OP_ATAN + 0: return ((((-1e+150) < x) && (x < 1e+150)) ? ((-((1.0 / (1.0 + (x * x))) / (1.0 + (x * x)))) * (x + x)) : (((-((1.0 / x) / x)) / x) + (-(((1.0 / x) / x) / x))));
    case 4 * OP_SINH + 0: return sinh(x);
    case 4 * OP_COSH + 0: return cosh(x);
    case 4 * OP_TANH + 0: return (((-2.0) * v_sech2(x)) * tanh(x));
    case 4 * OP_ASINH + 0: return ((-((1.0 / hypot(x, 1.0)) / hypot(x, 1.0))) * v_hypot_dx(x, 1.0));
    case 4 * OP_ACOSH + 0: return ((-((1.0 / (sqrt((x - 1.0)) * sqrt((x + 1.0)))) / (sqrt((x - 1.0)) * sqrt((x + 1.0))))) * (((0.5 / (0.0 + sqrt((x - 1.0)))) * sqrt((x + 1.0))) + (sqrt((x - 1.0)) * (0.5 / (0.0 + sqrt((x + 1.0)))))));
    case 4 * OP_ATANH + 0: return ((((-1.0) <= x) && (x <= 1.0)) ? ((-((1.0 / ((1.0 - x) * (1.0 + x))) / ((1.0 - x) * (1.0 + x)))) * (((-1.0) * (1.0 + x)) + (1.0 - x))) : dx);
    case 4 * OP_SIGMOID + 0: return ((-v_sigmoid_dx(x)) * tanh((0.5 * x)));
    case 4 * OP_SOFTPLUS + 0: return v_sigmoid_dx(x);
    case 4 * OP_RELU + 0: return ((x > 0.0) ? 0.0 : ((x <= 0.0) ? 0.0 : 1.0));
    case 4 * OP_LEAKY_RELU + 0: return ((x > 0.0) ? 0.0 : ((x <= 0.0) ? 0.0 : 1.0));
    case 4 * OP_LEAKY_RELU + 1: return ((x > 0.0) ? 0.0 : ((x <= 0.0) ? 1.0 : 0.0));
    case 4 * OP_LEAKY_RELU + 2: return ((x > 0.0) ? 0.0 : 1.0);
    case 4 * OP_ELU + 0: return ((x > 0.0) ? 0.0 : (y * exp(x)));
    case 4 * OP_ELU + 1: return ((x > 0.0) ? 0.0 : exp(x));
    case 4 * OP_ELU + 2: return ((x > 0.0) ? 0.0 : exp(x));
    case 4 * OP_GELU + 0: return ((((-40.0) < x) && (x < 40.0)) ? (v_normal_pdf(x) + (v_normal_pdf(x) + (x * ((-x) * v_normal_pdf(x))))) : v_normal_pdf(x));
    case 4 * OP_GELU_TANH + 0: return ((((-40.0) < x) && (x < 40.0)) ? ((((v_sigmoid_of_sum(v_gelu_angle(x), v_gelu_angle_error(x)) * v_sigmoid_of_sum((-v_gelu_angle(x)), (-v_gelu_angle_error(x)))) * v_gelu_angle_dx(x)) * (1.0 + ((x * v_gelu_angle_dx(x)) * v_sigmoid((-v_gelu_angle(x)))))) + (v_sigmoid_of_sum(v_gelu_angle(x), v_gelu_angle_error(x)) * (((v_gelu_angle_dx(x) + (x * (1.5957691216057308 * (0.26829 * x)))) * v_sigmoid((-v_gelu_angle(x)))) + ((x * v_gelu_angle_dx(x)) * (v_sigmoid_dx((-v_gelu_angle(x))) * (-v_gelu_angle_dx(x))))))) : ((x < 0.0) ? 0.0 : ((x > 0.0) ? 0.0 : 1.0)));
    case 4 * OP_SILU + 0: return ((((-700.0) <= x) && (x <= 700.0)) ? ((v_sigmoid_dx(x) * (1.0 + (x * v_sigmoid((-x))))) + (v_sigmoid(x) * (v_sigmoid((-x)) + (x * (v_sigmoid_dx((-x)) * (-1.0)))))) : ((((-800.0) < x) && (x < 0.0)) ? (((exp((0.5 * x)) + ((1.0 + x) * (exp((0.5 * x)) * 0.5))) * exp((0.5 * x))) + (((1.0 + x) * exp((0.5 * x))) * (exp((0.5 * x)) * 0.5))) : v_sigmoid_dx(x)));
    case 4 * OP_ERF + 0: return (1.1283791670955126 * ((-2.0) * (x * v_gauss(x))));
    case 4 * OP_ERFC + 0: return ((-1.1283791670955126) * ((-2.0) * (x * v_gauss(x))));
    case 4 * OP_MAXIMUM + 0: return ((x > y) ? 0.0 : ((x < y) ? 0.0 : ((x == y) ? 0.0 : 1.0)));
    case 4 * OP_MAXIMUM + 1: return ((x > y) ? 0.0 : ((x < y) ? 0.0 : ((x == y) ? 0.0 : 1.0)));
    case 4 * OP_MAXIMUM + 2: return ((x < y) ? 0.0 : ((x > y) ? 0.0 : ((x == y) ? 0.0 : 1.0)));
    case 4 * OP_MAXIMUM + 3: return ((x < y) ? 0.0 : ((x > y) ? 0.0 : ((x == y) ? 0.0 : 1.0)));
    case 4 * OP_MINIMUM + 0: return ((x < y) ? 0.0 : ((x > y) ? 0.0 : ((x == y) ? 0.0 : 1.0)));
    case 4 * OP_MINIMUM + 1: return ((x < y) ? 0.0 : ((x > y) ? 0.0 : ((x == y) ? 0.0 : 1.0)));
    case 4 * OP_MINIMUM + 2: return ((x > y) ? 0.0 : ((x < y) ? 0.0 : ((x == y) ? 0.0 : 1.0)));
    case 4 * OP_MINIMUM + 3: return ((x > y) ? 0.0 : ((x < y) ? 0.0 : ((x == y) ? 0.0 : 1.0)));
    case 4 * OP_ATAN2 + 0: return (((-2.0) * v_atan2_dx(x, y)) * v_atan2_dx(y, x));
    case 4 * OP_ATAN2 + 1: return ((v_atan2_dx(y, x) - v_atan2_dx(x, y)) * (v_atan2_dx(y, x) + v_atan2_dx(x, y)));
    case 4 * OP_ATAN2 + 2: return (-((v_atan2_dx(x, y) - v_atan2_dx(y, x)) * (v_atan2_dx(x, y) + v_atan2_dx(y, x))));
    case 4 * OP_ATAN2 + 3: return (-(((-2.0) * v_atan2_dx(y, x)) * v_atan2_dx(x, y)));
    case 4 * OP_HYPOT + 0: return (v_hypot_dx(y, x) * (v_hypot_dx(y, x) / hypot(x, y)));
    case 4 * OP_HYPOT + 1: return ((-v_hypot_dx(x, y)) * (v_hypot_dx(y, x) / hypot(x, y)));
    case 4 * OP_HYPOT + 2: return ((-v_hypot_dx(y, x)) * (v_hypot_dx(x, y) / hypot(y, x)));
    case 4 * OP_HYPOT + 3: return (v_hypot_dx(x, y) * (v_hypot_dx(x, y) / hypot(y, x)));
    case 4 * OP_SECH2 + 0: return ((((-2.0) * dx) * tanh(x)) + (((-2.0) * z) * v_sech2(x)));
    case 4 * OP_SIGMOID_DX + 0: return (((-dx) * tanh((0.5 * x))) + ((-z) * (v_sech2((0.5 * x)) * 0.5)));
    case 4 * OP_POW_DX + 0: return ((y == 0.0) ? 0.0 : (((y >= 1.0) || (x == 0.0)) ? (y * (((y - 1.0) == 0.0) ? 0.0 : ((((y - 1.0) >= 1.0) || (x == 0.0)) ? ((y - 1.0) * v_pow_dx(x, ((y - 1.0) - 1.0))) : ((((y - 1.0) - 1.0) * v_pow_dx(x, (y - 1.0))) / x)))) : ((((y - 1.0) * dx) / x) + (-((((y - 1.0) * z) / x) / x)))));
    case 4 * OP_POW_DX + 1: return ((y == 0.0) ? 0.0 : (((y >= 1.0) || (x == 0.0)) ? (v_pow_dx(x, (y - 1.0)) + (y * (((x == 0.0) && ((y - 1.0) > 1.0)) ? 0.0 : (pow(x, ((y - 1.0) - 1.0)) * (1.0 + ((y - 1.0) * log(x))))))) : ((z + ((y - 1.0) * dy)) / x)));
    case 4 * OP_POW_DX + 2: return (((x == 0.0) && (y > 1.0)) ? 0.0 : ((v_pow_dx(x, (y - 1.0)) * (1.0 + (y * log(x)))) + (pow(x, (y - 1.0)) * (y * ((x > 0.0) ? (1.0 / x) : (-log(x)))))));
    case 4 * OP_POW_DX + 3: return (((x == 0.0) && (y > 1.0)) ? 0.0 : ((v_pow_dy(x, (y - 1.0)) * (1.0 + (y * log(x)))) + (pow(x, (y - 1.0)) * log(x))));
    case 4 * OP_POW_DY + 0: return (((x == 0.0) && (y > 1.0)) ? 0.0 : ((v_pow_dx(x, (y - 1.0)) * (1.0 + (y * log(x)))) + (pow(x, (y - 1.0)) * (y * ((x > 0.0) ? (1.0 / x) : (-log(x)))))));
    case 4 * OP_POW_DY + 1: return (((x == 0.0) && (y > 1.0)) ? 0.0 : ((v_pow_dy(x, (y - 1.0)) * (1.0 + (y * log(x)))) + (pow(x, (y - 1.0)) * log(x))));
    case 4 * OP_POW_DY + 2: return (((x == 0.0) && (y >= 0.0)) ? 0.0 : ((dx * log(x)) + (z * ((x > 0.0) ? (1.0 / x) : (-log(x))))));
    case 4 * OP_POW_DY + 3: return (((x == 0.0) && (y >= 0.0)) ? 0.0 : (dy * log(x)));
    case 4 * OP_ATAN2_DX + 0: return ((((-2.0) * dx) * v_atan2_dx(y, x)) + (((-2.0) * z) * ((v_atan2_dx(x, y) - v_atan2_dx(y, x)) * (v_atan2_dx(x, y) + v_atan2_dx(y, x)))));
    case 4 * OP_ATAN2_DX + 1: return ((((-2.0) * dy) * v_atan2_dx(y, x)) + (((-2.0) * z) * (((-2.0) * v_atan2_dx(y, x)) * v_atan2_dx(x, y))));
    case 4 * OP_ATAN2_DX + 2: return (((((v_atan2_dx(x, y) - v_atan2_dx(y, x)) * (v_atan2_dx(x, y) + v_atan2_dx(y, x))) + (-dx)) * (v_atan2_dx(y, x) + z)) + ((v_atan2_dx(y, x) - z) * (((v_atan2_dx(x, y) - v_atan2_dx(y, x)) * (v_atan2_dx(x, y) + v_atan2_dx(y, x))) + dx)));
    case 4 * OP_ATAN2_DX + 3: return ((((((-2.0) * v_atan2_dx(y, x)) * v_atan2_dx(x, y)) + (-dy)) * (v_atan2_dx(y, x) + z)) + ((v_atan2_dx(y, x) - z) * ((((-2.0) * v_atan2_dx(y, x)) * v_atan2_dx(x, y)) + dy)));
    case 4 * OP_HYPOT_DX + 0: return ((((-v_hypot_dx(y, x)) * (v_hypot_dx(x, y) / hypot(y, x))) * (v_hypot_dx(y, x) / hypot(x, y))) + (v_hypot_dx(y, x) * ((((-v_hypot_dx(y, x)) * (v_hypot_dx(x, y) / hypot(y, x))) / hypot(x, y)) + ((-((v_hypot_dx(y, x) / hypot(x, y)) / hypot(x, y))) * v_hypot_dx(x, y)))));
    case 4 * OP_HYPOT_DX + 1: return (((v_hypot_dx(x, y) * (v_hypot_dx(x, y) / hypot(y, x))) * (v_hypot_dx(y, x) / hypot(x, y))) + (v_hypot_dx(y, x) * (((v_hypot_dx(x, y) * (v_hypot_dx(x, y) / hypot(y, x))) / hypot(x, y)) + ((-((v_hypot_dx(y, x) / hypot(x, y)) / hypot(x, y))) * v_hypot_dx(y, x)))));
    case 4 * OP_HYPOT_DX + 2: return (((-dx) * (v_hypot_dx(y, x) / hypot(x, y))) + ((-z) * ((((-v_hypot_dx(y, x)) * (v_hypot_dx(x, y) / hypot(y, x))) / hypot(x, y)) + ((-((v_hypot_dx(y, x) / hypot(x, y)) / hypot(x, y))) * v_hypot_dx(x, y)))));
    case 4 * OP_HYPOT_DX + 3: return (((-dy) * (v_hypot_dx(y, x) / hypot(x, y))) + ((-z) * (((v_hypot_dx(x, y) * (v_hypot_dx(x, y) / hypot(y, x))) / hypot(x, y)) + ((-((v_hypot_dx(y, x) / hypot(x, y)) / hypot(x, y))) * v_hypot_dx(y, x)))));
    case 4 * OP_GAUSS + 0: return ((-2.0) * (z + (x * dx)));
    case 4 * OP_NORMAL_PDF + 0: return (((-1.0) * z) + ((-x) * dx));
    case 4 * OP_NORMAL_CDF + 0: return ((-x) * v_normal_pdf(x));
    case 4 * OP_GELU_ANGLE + 0: return (1.5957691216057308 * (0.26829 * x));
    case 4 * OP_GELU_ANGLE_DX + 0: return (1.5957691216057308 * 0.26829);
    case 4 * OP_GELU_FACTOR + 0: return 0.08943;
    case 4 * OP_SIGMOID_OF_SUM + 0: return ((dx * v_sigmoid_of_sum((-x), (-y))) + (z * ((v_sigmoid_of_sum((-x), (-y)) * v_sigmoid_of_sum((-(-x)), (-(-y)))) * (-1.0))));
    case 4 * OP_SIGMOID_OF_SUM + 1: return ((dy * v_sigmoid_of_sum((-x), (-y))) + (z * ((v_sigmoid_of_sum((-x), (-y)) * v_sigmoid_of_sum((-(-x)), (-(-y)))) * (-1.0))));
    case 4 * OP_SIGMOID_OF_SUM + 2: return ((dx * v_sigmoid_of_sum((-x), (-y))) + (z * ((v_sigmoid_of_sum((-x), (-y)) * v_sigmoid_of_sum((-(-x)), (-(-y)))) * (-1.0))));
    case 4 * OP_SIGMOID_OF_SUM + 3: return ((dy * v_sigmoid_of_sum((-x), (-y))) + (z * ((v_sigmoid_of_sum((-x), (-y)) * v_sigmoid_of_sum((-(-x)), (-(-y)))) * (-1.0))));
    default: (void)x; (void)y; (void)z; (void)dx; (void)dy; return 0.0;
    }
}

static inline int mask(int op) {
    switch (op) {
    case OP_MUL: return 6;
    case OP_DIV: return 14;
    case OP_POW: return 15;
    case OP_POWC: return 3;
    case OP_MOD: return 15;
    case OP_SQUARE: return 1;
    case OP_RECIPROCAL: return 1;
    case OP_SQRT: return 1;
    case OP_CBRT: return 1;
    case OP_EXP: return 1;
    case OP_EXPM1: return 1;
    case OP_LOG: return 1;
    case OP_LOG2: return 1;
    case OP_LOG10: return 1;
    case OP_LOG1P: return 1;
    case OP_SIN: return 1;
    case OP_COS: return 1;
    case OP_TAN: return 1;
    case OP_ASIN: return 1;
    case OP_ACOS: return 1;
    case OP_ATAN: return 1;
    case OP_SINH: return 1;
    case OP_COSH: return 1;
    case OP_TANH: return 1;
    case OP_ASINH: return 1;
    case OP_ACOSH: return 1;
    case OP_ATANH: return 1;
    case OP_SIGMOID: return 1;
    case OP_SOFTPLUS: return 1;
    case OP_RELU: return 1;
    case OP_LEAKY_RELU: return 7;
    case OP_ELU: return 7;
    case OP_GELU: return 1;
    case OP_GELU_TANH: return 1;
    case OP_SILU: return 1;
    case OP_ERF: return 1;
    case OP_ERFC: return 1;
    case OP_MAXIMUM: return 15;
    case OP_MINIMUM: return 15;
    case OP_ATAN2: return 15;
    case OP_HYPOT: return 15;
    case OP_SECH2: return 1;
    case OP_SIGMOID_DX: return 1;
    case OP_POW_DX: return 15;
    case OP_POW_DY: return 15;
    case OP_ATAN2_DX: return 15;
    case OP_HYPOT_DX: return 15;
    case OP_GAUSS: return 1;
    case OP_NORMAL_PDF: return 1;
    case OP_NORMAL_CDF: return 1;
    case OP_GELU_ANGLE: return 1;
    case OP_GELU_ANGLE_DX: return 1;
    case OP_GELU_FACTOR: return 1;
    case OP_SIGMOID_OF_SUM: return 15;
    default: return 0;
    }
}

#endif
