/* Generated from primitives.py by `python -m autograd.formulas`: do not edit. */
#ifndef GLASSGRAD_KERNELS_H
#define GLASSGRAD_KERNELS_H
#include <math.h>

enum glassgrad_op { OP_LEAF = 0,
    OP_ADD = 1,
    OP_SUB = 2,
    OP_MUL = 3,
    OP_DIV = 4,
    OP_NEG = 5,
    OP_POW = 6,
    OP_POWC = 7,
    OP_MOD = 8,
    OP_FLOORDIV = 9,
    OP_SQUARE = 10,
    OP_RECIPROCAL = 11,
    OP_SQRT = 12,
    OP_CBRT = 13,
    OP_EXP = 14,
    OP_EXPM1 = 15,
    OP_LOG = 16,
    OP_LOG2 = 17,
    OP_LOG10 = 18,
    OP_LOG1P = 19,
    OP_SIN = 20,
    OP_COS = 21,
    OP_TAN = 22,
    OP_ASIN = 23,
    OP_ACOS = 24,
    OP_ATAN = 25,
    OP_SINH = 26,
    OP_COSH = 27,
    OP_TANH = 28,
    OP_ASINH = 29,
    OP_ACOSH = 30,
    OP_ATANH = 31,
    OP_SIGMOID = 32,
    OP_SOFTPLUS = 33,
    OP_RELU = 34,
    OP_LEAKY_RELU = 35,
    OP_ELU = 36,
    OP_GELU = 37,
    OP_GELU_TANH = 38,
    OP_SILU = 39,
    OP_ERF = 40,
    OP_ERFC = 41,
    OP_ABS = 42,
    OP_SIGN = 43,
    OP_FLOOR = 44,
    OP_CEIL = 45,
    OP_ROUND = 46,
    OP_TRUNC = 47,
    OP_DETACH = 48,
    OP_IDENTITY = 49,
    OP_MAXIMUM = 50,
    OP_MINIMUM = 51,
    OP_ATAN2 = 52,
    OP_HYPOT = 53,
    OP_CLIP = 54,
    OP_WHERE = 55,
    OP_SUM = 56,
    OP_MEAN = 57,
    OP_PROD = 58,
    OP_DOT = 59,
    OP_LOGSUMEXP = 60,
    OP_MAX = 61,
    OP_MIN = 62,
    OP_NORM = 63,
    OP_TAKE = 64,
    OP_PROGRAM = 65,
    OP_GELU_DX = 66,
    OP_GELU_RISE = 67,
    OP_GELU_TANH_DX = 68,
    OP_GELU_TANH_RISE = 69,
    OP_SILU_DX = 70,
    OP_SILU_RISE = 71,
    OP_SECH2 = 72,
    OP_SIGMOID_DX = 73,
    OP_POW_DX = 74,
    OP_POW_DY = 75,
    OP_ATAN2_DX = 76,
    OP_HYPOT_DX = 77,
    OP_GAUSS_TIMES = 78,
    OP_NORMAL_PDF_TIMES = 79,
    OP_NORMAL_PDF = 80,
    OP_NORMAL_CDF = 81,
    OP_MILLS = 82,
    OP_GELU_ANGLE = 83,
    OP_GELU_ANGLE_DX = 84,
    OP_GELU_REACH = 85,
    OP_GELU_BEND = 86,
    OP_GELU_FACTOR = 87,
    OP_SIGMOID_OF_SUM = 88,
    OP_TILTED = 89,
    OP_SMALL_EXPM1 = 90,
    OP_TIMES_SQUARE = 91,
    OP_POW_DX_KEPT = 92,
    OP_POW_DY_KEPT = 93,
    OP_LEAKY_RELU_DY = 94,
    OP_ELU_DY = 95,
    OP_LT = 96,
    OP_LE = 97,
    OP_GT = 98,
    OP_GE = 99,
    OP_EQ = 100,
    OP_NE = 101,
    OP_FMOD = 102,
    OP_COPYSIGN = 103,
    OP_CHOSEN = 104,
    OP_NORM_SHARE = 105,
    OP_EXP_BELOW = 106,
    OP_HIGH = 107,
    OP_MUL_ERROR = 108,
    OP_ADD_ERROR = 109,
    OP_GELU_FACTOR_ERROR = 110,
    OP_GELU_ANGLE_ERROR = 111,
    OP_GELU_REACH_ERROR = 112,
    OP_SCALE = 113,
    OP_RINT_OF_SUM = 114,
    OP_ROUND_TO_PART = 115,
    OP_ROUND_TO_MULTIPLE = 116,
    OP_NORM_SCALE = 117,
    OP_NORM_PART = 118,
    OP_SCALED = 119,
    OP_DIV_DY = 120,
    OP_MOD_DX = 121,
    OP_MOD_DY = 122,
    OP_CBRT_DX = 123,
    OP_LOG_DX = 124,
    OP_LOG2_DX = 125,
    OP_LOG10_DX = 126,
    OP_LOG1P_DX = 127,
    OP_ATAN_DX = 128,
    OP_ATANH_DX = 129,
    OP_RELU_DX = 130,
    OP_LEAKY_RELU_DX = 131,
    OP_ELU_DX = 132,
    OP_ABS_DX = 133,
    OP_MAXIMUM_DX = 134,
    OP_MAXIMUM_DY = 135,
    OP_MINIMUM_DX = 136,
    OP_MINIMUM_DY = 137,
    OP_CLIP_DX = 138,
    OP_CLIP_DLO = 139,
    OP_CLIP_DHI = 140,
    FIRST_PARTIAL = 120, OPERATIONS = 141
};

/* For each operation, as bits, the operands that were not chosen where their partial is 0. */
static const unsigned char SELECTED[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 7, 7, 0, 0, 0, 0, 0, 255, 255, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3, 3, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 1, 7, 3, 3, 3, 3, 3, 1, 3, 1, 3, 3, 1, 3, 3, 3, 3, 7, 7, 7};
/* Likewise those whose partials are steps, and those whose partials have a condition but are none. */
static const unsigned char STEP[] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 7, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 7, 0, 2, 2, 2, 2, 0, 2, 1, 3, 0, 1, 3, 3, 3, 3, 0, 0, 0};
static const unsigned char CONDITIONAL[] = {0, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 3, 1, 1, 1, 1, 1, 1, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0};
/* The operation whose value at the same operand spares the costly part of the partial; 0: there is none. */
static const short SLOPE_FROM[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 14, 0, 0, 0, 0, 21, 20, 0, 0, 0, 0, 27, 26, 72, 0, 0, 0, 73, 32, 0, 0, 0, 66, 68, 70, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 14, 28, 0, 0, 0, 0, 0, 0, 0, 0, 80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

static inline double v_add(double x, double y) { return (x + y); }
static inline double v_sub(double x, double y) { return (x - y); }
static inline double v_mul(double x, double y) { return (x * y); }
static inline double v_div(double x, double y) { return (x / y); }
static inline double v_neg(double x) { return (-x); }
static inline double v_pow(double x, double y) { return pow(x, y); }
static inline double v_powc(double x, double y) { return pow(x, y); }
static inline double v_mod(double x, double y) { return ((fmod(x, y) == 0.0) ? copysign(0.0, y) : (((fmod(x, y) < 0.0) != (y < 0.0)) ? (fmod(x, y) + y) : fmod(x, y))); }
static inline double v_floordiv(double x, double y) { return (((y == 0.0) || (fmod(x, y) == 0.0)) ? floor((x / y)) : ((0.0 + rint(((x - fmod(x, y)) / y))) - (((fmod(x, y) < 0.0) != (y < 0.0)) ? 1.0 : 0.0))); }
static inline double v_square(double x) { return (x * x); }
static inline double v_reciprocal(double x) { return (1.0 / x); }
static inline double v_sqrt(double x) { return sqrt(x); }
static inline double v_cbrt(double x) { return cbrt(x); }
static inline double v_exp(double x) { return exp(x); }
static inline double v_expm1(double x) { return expm1(x); }
static inline double v_log(double x) { return log(x); }
static inline double v_log2(double x) { return log2(x); }
static inline double v_log10(double x) { return log10(x); }
static inline double v_log1p(double x) { return log1p(x); }
static inline double v_sin(double x) { return sin(x); }
static inline double v_cos(double x) { return cos(x); }
static inline double v_tan(double x) { return tan(x); }
static inline double v_asin(double x) { return asin(x); }
static inline double v_acos(double x) { return acos(x); }
static inline double v_atan(double x) { return atan(x); }
static inline double v_sinh(double x) { return sinh(x); }
static inline double v_cosh(double x) { return cosh(x); }
static inline double v_tanh(double x) { return tanh(x); }
static inline double v_asinh(double x) { return asinh(x); }
static inline double v_acosh(double x) { return acosh(x); }
static inline double v_atanh(double x) { return atanh(x); }
static inline double v_sigmoid(double x) { return (((x >= 0.0) ? 1.0 : exp((-fabs(x)))) / (1.0 + exp((-fabs(x))))); }
static inline double v_softplus(double x) { return (((x > 0.0) ? x : 0.0) + log1p(exp((-fabs(x))))); }
static inline double v_relu(double x) { return ((x > 0.0) ? x : ((x <= 0.0) ? 0.0 : x)); }
static inline double v_leaky_relu(double x, double y) { return ((x > 0.0) ? x : (y * x)); }
static inline double v_elu(double x, double y) { return ((x > 0.0) ? x : (y * expm1(x))); }
static inline double v_mills(double x) { return (1.0 - (x * (1.0 - ((3.0 * x) * (1.0 - ((5.0 * x) * (1.0 - ((7.0 * x) * (1.0 - ((9.0 * x) * (1.0 - (11.0 * x)))))))))))); }
static inline double v_high(double x) { return ((x * 134217729.0) - ((x * 134217729.0) - x)); }
static inline double v_mul_error(double x, double y) { return (((((v_high(x) * v_high(y)) - (x * y)) + (v_high(x) * (y - v_high(y)))) + ((x - v_high(x)) * v_high(y))) + ((x - v_high(x)) * (y - v_high(y)))); }
static inline double v_normal_cdf(double x) { return ((((-40.0) < x) && (x < 10.0)) ? ((0.5 * erfc(((-0.7071067811865476) * x))) + ((0.5641895835477563 * exp((((-0.5) * x) * x))) * (v_mul_error(0.7071067811865476, x) - (4.833646656726457e-17 * x)))) : (0.5 * erfc((-x)))); }
static inline double v_small_expm1(double x) { return (x + ((x * x) * (0.5 + (x * 0.16666666666666666)))); }
static inline double v_times_square(double x, double y) { return ((x * y) * y); }
static inline double v_normal_pdf_times(double x, double y) { return ((((-37.5) < x) && (x < 37.5)) ? ((y * exp((((-0.5) * v_high(x)) * v_high(x)))) * (0.3989422804014327 + ((0.3989422804014327 * v_small_expm1((((-0.5) * (x - v_high(x))) * (x + v_high(x))))) - 2.49232720227773e-17))) : ((((-40.0) < x) && (x < 40.0)) ? v_times_square(((0.3989422804014327 * y) * (1.0 + v_small_expm1((((-0.5) * (x - v_high(x))) * (x + v_high(x)))))), exp((((-0.25) * v_high(x)) * v_high(x)))) : exp(((-x) * x)))); }
static inline double v_gelu(double x) { return ((x > (-37.5)) ? (x * v_normal_cdf(x)) : ((x > (-40.0)) ? v_normal_pdf_times(x, (-v_mills((1.0 / (x * x))))) : ((x < 0.0) ? (-0.0) : x))); }
static inline double v_gelu_factor(double x) { return (1.0 + (0.044715 * (x * x))); }
static inline double v_gelu_angle(double x) { return (1.5957691216057308 * (x * v_gelu_factor(x))); }
static inline double v_add_error(double x, double y) { return ((x - ((x + y) - ((x + y) - x))) + (y - ((x + y) - x))); }
static inline double v_gelu_factor_error(double x) { return (v_add_error(1.0, (0.044715 * (x * x))) + ((v_mul_error(0.044715, (x * x)) + (0.044715 * v_mul_error(x, x))) + (2.1960211427085595e-18 * (x * x)))); }
static inline double v_gelu_angle_error(double x) { return ((v_mul_error(1.5957691216057308, (x * v_gelu_factor(x))) + (1.5957691216057308 * (v_mul_error(x, v_gelu_factor(x)) + (x * v_gelu_factor_error(x))))) - (9.96930880911092e-17 * (x * v_gelu_factor(x)))); }
static inline double v_sigmoid_of_sum(double x, double y) { return (v_sigmoid(x) * (1.0 + (y * v_sigmoid((-x))))); }
static inline double v_gelu_tanh(double x) { return ((((-20.0) < x) && (x < 40.0)) ? (x * v_sigmoid_of_sum(v_gelu_angle(x), v_gelu_angle_error(x))) : ((((-40.0) < x) && (x < 0.0)) ? v_times_square((x * (1.0 + v_gelu_angle_error(x))), exp((0.5 * v_gelu_angle(x)))) : ((x < 0.0) ? (-0.0) : x))); }
static inline double v_silu(double x) { return ((x >= (-700.0)) ? (x * v_sigmoid(x)) : ((x > (-800.0)) ? v_times_square(x, exp((0.5 * x))) : ((x < 0.0) ? (-0.0) : x))); }
static inline double v_erf(double x) { return erf(x); }
static inline double v_erfc(double x) { return erfc(x); }
static inline double v_abs(double x) { return fabs(x); }
static inline double v_sign(double x) { return ((x > 0.0) ? 1.0 : ((x < 0.0) ? (-1.0) : x)); }
static inline double v_floor(double x) { return floor(x); }
static inline double v_ceil(double x) { return ceil(x); }
static inline double v_round(double x) { return rint(x); }
static inline double v_trunc(double x) { return trunc(x); }
static inline double v_detach(double x) { return x; }
static inline double v_identity(double x) { return x; }
static inline double v_maximum(double x, double y) { return ((x > y) ? x : ((x < y) ? y : (((x == y) && (x != 0.0)) ? x : (x + y)))); }
static inline double v_minimum(double x, double y) { return ((x <= y) ? x : ((x > y) ? y : (x + y))); }
static inline double v_atan2(double x, double y) { return atan2(x, y); }
static inline double v_hypot(double x, double y) { return hypot(x, y); }
static inline double v_clip(double x, double lo, double hi) { return (((lo == lo) && (hi == hi)) ? ((x < lo) ? lo : ((x > hi) ? hi : x)) : (lo + hi)); }
static inline double v_where(double c, double x, double y) { return (c ? x : y); }
static inline double v_gelu_rise(double x) { return (x * (0.4314939923140469 + (x * (0.388284982990552 + (x * ((-0.01819967639867096) + (x * ((-0.11400823329722178) + (x * ((-0.014771522148255996) + (x * (0.019421679838185987 + (x * (0.004539228379533291 + (x * ((-0.002239538067760754) + (x * ((-0.0007448268456762448) + (x * (0.0001863397378989347 + (x * (8.615954294312947e-05 + (x * ((-1.1214276963066259e-05) + (x * ((-7.748772602996107e-06) + (x * (4.321840616200448e-07 + (x * (5.70921327829851e-07 + (x * (5.122998358317276e-10 + (x * ((-3.529228024437523e-08) + (x * (-4.046448747592628e-09)))))))))))))))))))))))))))))))))))); }
static inline double v_gelu_dx(double x) { return ((x > (-37.5)) ? ((((-1.4) < x) && (x < (-0.3))) ? v_gelu_rise(((x + 0.7517915246935645) - 1.4956759177009883e-17)) : (v_normal_cdf(x) + v_normal_pdf_times(x, x))) : ((x > (-40.0)) ? v_normal_pdf_times(x, (x - (v_mills((1.0 / (x * x))) / x))) : v_normal_cdf(x))); }
static inline double v_gelu_angle_dx(double x) { return (1.5957691216057308 * (1.0 + (0.134145 * (x * x)))); }
static inline double v_gelu_reach(double x) { return (1.0 + ((1.5957691216057308 * x) + ((0.21406444881780073 * x) * (x * x)))); }
static inline double v_gelu_reach_error(double x) { return (v_add_error((1.5957691216057308 * x), ((0.21406444881780073 * x) * (x * x))) + (v_mul_error(1.5957691216057308, x) - (9.96930880911092e-17 * x))); }
static inline double v_gelu_tanh_rise(double x) { return (x * (0.4304000910248585 + (x * (0.38751844613578895 + (x * ((-0.01578285352184177) + (x * ((-0.1139444830809613) + (x * ((-0.0166193283436241) + (x * (0.019682309459681486 + (x * (0.005261059274927876 + (x * ((-0.0024227318314625165) + (x * ((-0.0009274423678360045) + (x * (0.0002639272570248958 + (x * (0.00012425548183464833 + (x * ((-3.495138975430187e-05) + (x * ((-1.5966847291412686e-05) + (x * (5.887599320797336e-06 + (x * (2.469892763685634e-06 + (x * ((-8.879102927636128e-07) + (x * ((-4.3842887372620304e-07) + (x * 3.233126109891417e-09))))))))))))))))))))))))))))))))))); }
static inline double v_tilted(double x, double y, double low) { return (x * (y + ((x + low) - (((x * (2.0 + x)) / v_square((1.0 + x))) * (y + x))))); }
static inline double v_gelu_tanh_dx(double x) { return ((((-20.0) < x) && (x < 40.0)) ? ((((-1.4) < x) && (x < (-0.3))) ? v_gelu_tanh_rise(((x + 0.7524614220710163) - 3.635560509207687e-17)) : ((x < (-1.0)) ? v_tilted(exp((-fabs(v_gelu_angle(x)))), v_gelu_reach(x), (v_gelu_reach_error(x) + (v_gelu_angle_error(x) * v_gelu_reach(x)))) : (v_sigmoid_of_sum(v_gelu_angle(x), v_gelu_angle_error(x)) * (1.0 + ((x * v_gelu_angle_dx(x)) * v_sigmoid((-v_gelu_angle(x)))))))) : ((((-40.0) < x) && (x < 0.0)) ? v_times_square((v_gelu_reach(x) * (1.0 + v_gelu_angle_error(x))), exp((0.5 * v_gelu_angle(x)))) : ((x < 0.0) ? 0.0 : ((x > 0.0) ? 1.0 : x)))); }
static inline double v_silu_rise(double x) { return (x + (0.2784645427610738 * expm1(x))); }
static inline double v_silu_dx(double x) { return ((x >= (-700.0)) ? ((((-8.0) < x) && (x <= 700.0)) ? (((((-2.0) < x) && (x < (-0.8))) ? (exp((-fabs(x))) * v_silu_rise(((x + 1.2784645427610737) + 1.0946994183093437e-16))) : (((x >= 0.0) ? 1.0 : v_square(exp((-fabs(x))))) + (exp((-fabs(x))) * (1.0 + x)))) / v_square((1.0 + exp((-fabs(x)))))) : ((x > 0.0) ? 1.0 : v_tilted(exp((-fabs(x))), (1.0 + x), 0.0))) : ((x > (-800.0)) ? v_times_square((1.0 + x), exp((0.5 * x))) : v_sigmoid(x))); }
static inline double v_sech2(double x) { return ((4.0 * exp(((-2.0) * fabs(x)))) / v_square((1.0 + exp(((-2.0) * fabs(x)))))); }
static inline double v_sigmoid_dx(double x) { return (exp((-fabs(x))) / v_square((1.0 + exp((-fabs(x)))))); }
static inline double v_pow_dx_kept(double p, double x, double y) { return (((!(fabs(p) < 1e-280)) || ((x - x) != 0.0)) ? p : copysign(v_times_square(((y > 0.0) ? y : (y / x)), pow(fabs(x), (0.5 * ((y > 0.0) ? (y - 1.0) : y)))), p)); }
static inline double v_pow_dx(double x, double y) { return ((y == 0.0) ? 0.0 : v_pow_dx_kept(((((y >= 0.5) || (x == 0.0)) || ((x - x) != 0.0)) ? (y * pow(x, (y - 1.0))) : ((fabs(y) > 1e-290) ? ((y * pow(x, y)) / x) : (y / x))), x, y)); }
static inline double v_pow_dy_kept(double p, double x, double y) { return ((!(fabs(p) < 1e-280)) ? p : v_times_square(log(x), pow(x, (0.5 * y)))); }
static inline double v_pow_dy(double x, double y) { return (((x == 0.0) && (y >= 0.0)) ? 0.0 : v_pow_dy_kept((pow(x, y) * log(x)), x, y)); }
static inline double v_scale(double x, double y) { return ((hypot(x, y) < 1.0) ? 4.149515568880993e+180 : 2.409919865102884e-181); }
static inline double v_atan2_dx(double x, double y) { return (((1e-140 < hypot(x, y)) && (hypot(x, y) < 1e+150)) ? (y / ((x * x) + (y * y))) : (((hypot(x, y) == 0.0) || (((hypot(x, y) > 1.7976931348623157e+308) && (x == x)) && (y == y))) ? 0.0 : (((y * v_scale(x, y)) / (v_square((x * v_scale(x, y))) + v_square((y * v_scale(x, y))))) * v_scale(x, y)))); }
static inline double v_scaled(double x, double y) { return ((fabs(x) > 1.7976931348623157e+308) ? copysign(1.0, x) : ((fabs(y) > 1.7976931348623157e+308) ? (x * 0.0) : (x * v_scale(x, y)))); }
static inline double v_hypot_dx(double x, double y) { return (((1e-290 < hypot(x, y)) && (hypot(x, y) < 1e+300)) ? (x / hypot(x, y)) : ((hypot(x, y) == 0.0) ? 0.0 : (v_scaled(x, y) / hypot(v_scaled(x, y), v_scaled(y, x))))); }
static inline double v_gauss_times(double x, double y) { return ((((-26.0) < x) && (x < 26.0)) ? ((y * exp(((-v_high(x)) * v_high(x)))) * (1.0 + v_small_expm1(((-(x - v_high(x))) * (x + v_high(x)))))) : ((((-40.0) < x) && (x < 40.0)) ? v_times_square((y * (1.0 + v_small_expm1(((-(x - v_high(x))) * (x + v_high(x)))))), exp((((-0.5) * v_high(x)) * v_high(x)))) : exp(((-x) * x)))); }
static inline double v_normal_pdf(double x) { return v_normal_pdf_times(x, 1.0); }
static inline double v_gelu_bend(double x) { return (1.5957691216057308 * (2.0 + (0.53658 * (x * x)))); }
static inline double v_leaky_relu_dy(double x) { return ((x > 0.0) ? 0.0 : ((x != 0.0) ? x : (-0.0))); }
static inline double v_elu_dy(double x) { return ((x > 0.0) ? 0.0 : ((x != 0.0) ? expm1(x) : (-0.0))); }
static inline double v_lt(double x, double y) { return ((x < y) ? 1.0 : 0.0); }
static inline double v_le(double x, double y) { return ((x <= y) ? 1.0 : 0.0); }
static inline double v_gt(double x, double y) { return ((x > y) ? 1.0 : 0.0); }
static inline double v_ge(double x, double y) { return ((x >= y) ? 1.0 : 0.0); }
static inline double v_eq(double x, double y) { return ((x == y) ? 1.0 : 0.0); }
static inline double v_ne(double x, double y) { return ((x != y) ? 1.0 : 0.0); }
static inline double v_fmod(double x, double y) { return fmod(x, y); }
static inline double v_copysign(double x, double y) { return copysign(x, y); }
static inline double v_chosen(double x, double y) { return (((x != 0.0) || (copysign(1.0, x) < 0.0)) ? (x * y) : 0.0); }
static inline double v_norm_share(double x, double y) { return ((y != 0.0) ? (x / y) : 0.0); }
static inline double v_exp_below(double x, double y) { return ((x == y) ? 1.0 : (((((y - y) == 0.0) || (x != x)) || (y != y)) ? exp((x - y)) : 0.0)); }
static inline double v_rint_of_sum(double x, double y) { return ((((x - rint(x)) == 0.5) && (y > 0.0)) ? (rint(x) + 1.0) : ((((x - rint(x)) == (-0.5)) && (y < 0.0)) ? (rint(x) - 1.0) : rint(x))); }
static inline double v_round_to_part(double x, double y) { return ((fabs((x * y)) < 9007199254740992.0) ? (v_rint_of_sum((x * y), v_mul_error(x, y)) / y) : x); }
static inline double v_round_to_multiple(double x, double y) { return ((fabs((x / y)) < 9007199254740992.0) ? (v_rint_of_sum((x / y), ((x - ((x / y) * y)) - v_mul_error((x / y), y))) * y) : x); }
static inline double v_norm_scale(double x) { return (((1e-140 < x) && (x < 1e+140)) ? 1.0 : ((x < 1.0) ? 4.149515568880993e+180 : 2.409919865102884e-181)); }
static inline double v_norm_part(double x, double y) { return ((fabs(x) > 1.7976931348623157e+308) ? copysign(1.0, x) : ((y > 1.7976931348623157e+308) ? (x * 0.0) : (x * v_norm_scale(y)))); }
static inline double v_div_dy(double x, double y, double r) { return (((fabs(r) > 2.3e-308) || (r == 0.0)) ? ((-r) / y) : ((-x) * v_square((1.0 / y)))); }
static inline double v_mod_dx(double r) { return ((r == r) ? 1.0 : r); }
static inline double v_mod_dy(double x, double y, double r) { return ((r == r) ? (-v_floordiv(x, y)) : r); }
static inline double v_cbrt_dx(double x, double r) { return ((((x - x) == 0.0) && (x != 0.0)) ? (((1.0 / (r * r)) + ((2.0 * r) / x)) / 9.0) : (1.0 / (r * r))); }
static inline double v_log_dx(double x, double r) { return ((x > 0.0) ? (1.0 / x) : (-r)); }
static inline double v_log2_dx(double x, double r) { return ((x > 0.0) ? (1.4426950408889634 / x) : (-r)); }
static inline double v_log10_dx(double x, double r) { return ((x > 0.0) ? (0.4342944819032518 / x) : (-r)); }
static inline double v_log1p_dx(double x, double r) { return ((x > (-1.0)) ? (1.0 / (1.0 + x)) : (-r)); }
static inline double v_atan_dx(double x) { return ((((-1e+150) < x) && (x < 1e+150)) ? (1.0 / (1.0 + (x * x))) : ((1.0 / x) / x)); }
static inline double v_atanh_dx(double x, double r) { return ((((-1.0) <= x) && (x <= 1.0)) ? (1.0 / ((1.0 - x) * (1.0 + x))) : r); }
static inline double v_relu_dx(double x) { return ((x > 0.0) ? 1.0 : ((x <= 0.0) ? 0.0 : x)); }
static inline double v_leaky_relu_dx(double x, double y) { return ((x > 0.0) ? 1.0 : ((x <= 0.0) ? y : x)); }
static inline double v_elu_dx(double x, double y) { return ((x > 0.0) ? 1.0 : ((x > (-700.0)) ? (y * exp(x)) : v_times_square(y, exp((0.5 * x))))); }
static inline double v_abs_dx(double x) { return ((x > 0.0) ? 1.0 : ((x < 0.0) ? (-1.0) : (x * 0.0))); }
static inline double v_maximum_dx(double x, double y) { return ((x > y) ? 1.0 : ((x < y) ? 0.0 : ((x == y) ? 0.5 : (x + y)))); }
static inline double v_maximum_dy(double x, double y) { return ((x < y) ? 1.0 : ((x > y) ? 0.0 : ((x == y) ? 0.5 : (x + y)))); }
static inline double v_minimum_dx(double x, double y) { return ((x < y) ? 1.0 : ((x > y) ? 0.0 : ((x == y) ? 0.5 : (x + y)))); }
static inline double v_minimum_dy(double x, double y) { return ((x > y) ? 1.0 : ((x < y) ? 0.0 : ((x == y) ? 0.5 : (x + y)))); }
static inline double v_clip_dx(double x, double lo, double hi) { return (((lo == lo) && (hi == hi)) ? (((lo <= x) && (x <= hi)) ? 1.0 : ((x == x) ? 0.0 : x)) : (lo + hi)); }
static inline double v_clip_dlo(double x, double lo, double hi) { return (((lo == lo) && (hi == hi)) ? ((x < lo) ? 1.0 : 0.0) : (lo + hi)); }
static inline double v_clip_dhi(double x, double lo, double hi) { return (((lo == lo) && (hi == hi)) ? ((x > hi) ? 1.0 : 0.0) : (lo + hi)); }
static inline double d_add_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 1.0; }
static inline double d_add_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 1.0; }
static inline double d_sub_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 1.0; }
static inline double d_sub_y(double x, double y, double z) { (void)x; (void)y; (void)z; return (-1.0); }
static inline double d_mul_x(double x, double y, double z) { (void)x; (void)y; (void)z; return y; }
static inline double d_mul_y(double x, double y, double z) { (void)x; (void)y; (void)z; return x; }
static inline double d_div_x(double x, double y, double z) { (void)x; (void)y; (void)z; return (1.0 / y); }
static inline double d_div_y(double x, double y, double z) { (void)x; (void)y; (void)z; return (((fabs(z) > 2.3e-308) || (z == 0.0)) ? ((-z) / y) : ((-x) * v_square((1.0 / y)))); }
static inline double d_neg_x(double x, double z) { (void)x; (void)z; return (-1.0); }
static inline double d_pow_x(double x, double y, double z) { (void)x; (void)y; (void)z; return v_pow_dx(x, y); }
static inline double d_pow_y(double x, double y, double z) { (void)x; (void)y; (void)z; return v_pow_dy(x, y); }
static inline double d_powc_x(double x, double y, double z) { (void)x; (void)y; (void)z; return v_pow_dx(x, y); }
static inline double d_powc_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_mod_x(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? 1.0 : z); }
static inline double d_mod_y(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? (-v_floordiv(x, y)) : z); }
static inline double d_floordiv_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_floordiv_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_square_x(double x, double z) { (void)x; (void)z; return (2.0 * x); }
static inline double d_reciprocal_x(double x, double z) { (void)x; (void)z; return ((-z) * z); }
static inline double d_sqrt_x(double x, double z) { (void)x; (void)z; return (0.5 / (0.0 + z)); }
static inline double d_cbrt_x(double x, double z) { (void)x; (void)z; return ((((x - x) == 0.0) && (x != 0.0)) ? (((1.0 / (z * z)) + ((2.0 * z) / x)) / 9.0) : (1.0 / (z * z))); }
static inline double d_exp_x(double x, double z) { (void)x; (void)z; return z; }
static inline double d_expm1_x(double x, double z) { (void)x; (void)z; return exp(x); }
static inline double d_log_x(double x, double z) { (void)x; (void)z; return ((x > 0.0) ? (1.0 / x) : (-z)); }
static inline double d_log2_x(double x, double z) { (void)x; (void)z; return ((x > 0.0) ? (1.4426950408889634 / x) : (-z)); }
static inline double d_log10_x(double x, double z) { (void)x; (void)z; return ((x > 0.0) ? (0.4342944819032518 / x) : (-z)); }
static inline double d_log1p_x(double x, double z) { (void)x; (void)z; return ((x > (-1.0)) ? (1.0 / (1.0 + x)) : (-z)); }
static inline double d_sin_x(double x, double z) { (void)x; (void)z; return cos(x); }
static inline double d_cos_x(double x, double z) { (void)x; (void)z; return (-sin(x)); }
static inline double d_tan_x(double x, double z) { (void)x; (void)z; return (1.0 + (z * z)); }
static inline double d_asin_x(double x, double z) { (void)x; (void)z; return (1.0 / sqrt(((1.0 - x) * (1.0 + x)))); }
static inline double d_acos_x(double x, double z) { (void)x; (void)z; return ((-1.0) / sqrt(((1.0 - x) * (1.0 + x)))); }
static inline double d_atan_x(double x, double z) { (void)x; (void)z; return ((((-1e+150) < x) && (x < 1e+150)) ? (1.0 / (1.0 + (x * x))) : ((1.0 / x) / x)); }
static inline double d_sinh_x(double x, double z) { (void)x; (void)z; return cosh(x); }
static inline double d_cosh_x(double x, double z) { (void)x; (void)z; return sinh(x); }
static inline double d_tanh_x(double x, double z) { (void)x; (void)z; return v_sech2(x); }
static inline double d_asinh_x(double x, double z) { (void)x; (void)z; return (1.0 / hypot(x, 1.0)); }
static inline double d_acosh_x(double x, double z) { (void)x; (void)z; return (1.0 / (sqrt((x - 1.0)) * sqrt((x + 1.0)))); }
static inline double d_atanh_x(double x, double z) { (void)x; (void)z; return ((((-1.0) <= x) && (x <= 1.0)) ? (1.0 / ((1.0 - x) * (1.0 + x))) : z); }
static inline double d_sigmoid_x(double x, double z) { (void)x; (void)z; return v_sigmoid_dx(x); }
static inline double d_softplus_x(double x, double z) { (void)x; (void)z; return v_sigmoid(x); }
static inline double d_relu_x(double x, double z) { (void)x; (void)z; return ((x > 0.0) ? 1.0 : ((x <= 0.0) ? 0.0 : x)); }
static inline double d_leaky_relu_x(double x, double y, double z) { (void)x; (void)y; (void)z; return ((x > 0.0) ? 1.0 : ((x <= 0.0) ? y : x)); }
static inline double d_leaky_relu_y(double x, double y, double z) { (void)x; (void)y; (void)z; return v_leaky_relu_dy(x); }
static inline double d_elu_x(double x, double y, double z) { (void)x; (void)y; (void)z; return ((x > 0.0) ? 1.0 : ((x > (-700.0)) ? (y * exp(x)) : v_times_square(y, exp((0.5 * x))))); }
static inline double d_elu_y(double x, double y, double z) { (void)x; (void)y; (void)z; return v_elu_dy(x); }
static inline double d_mills_x(double x, double z) { (void)x; (void)z; return ((-1.0) + (x * (6.0 - (x * (45.0 - (x * (420.0 - (x * (4725.0 - (x * (62370.0 - (x * (945945.0 - (x * 16216200.0)))))))))))))); }
static inline double d_high_x(double x, double z) { (void)x; (void)z; return 1.0; }
static inline double d_mul_error_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_mul_error_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_normal_cdf_x(double x, double z) { (void)x; (void)z; return v_normal_pdf(x); }
static inline double d_small_expm1_x(double x, double z) { (void)x; (void)z; return (1.0 + z); }
static inline double d_times_square_x(double x, double y, double z) { (void)x; (void)y; (void)z; return (y * y); }
static inline double d_times_square_y(double x, double y, double z) { (void)x; (void)y; (void)z; return ((2.0 * x) * y); }
static inline double d_normal_pdf_times_x(double x, double y, double z) { (void)x; (void)y; (void)z; return v_normal_pdf_times(x, ((-x) * y)); }
static inline double d_normal_pdf_times_y(double x, double y, double z) { (void)x; (void)y; (void)z; return v_normal_pdf(x); }
static inline double d_gelu_x(double x, double z) { (void)x; (void)z; return v_gelu_dx(x); }
static inline double d_gelu_factor_x(double x, double z) { (void)x; (void)z; return (0.08943 * x); }
static inline double d_gelu_angle_x(double x, double z) { (void)x; (void)z; return v_gelu_angle_dx(x); }
static inline double d_add_error_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_add_error_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_gelu_factor_error_x(double x, double z) { (void)x; (void)z; return 0.0; }
static inline double d_gelu_angle_error_x(double x, double z) { (void)x; (void)z; return 0.0; }
static inline double d_sigmoid_of_sum_x(double x, double y, double z) { (void)x; (void)y; (void)z; return (z * v_sigmoid_of_sum((-x), (-y))); }
static inline double d_sigmoid_of_sum_y(double x, double y, double z) { (void)x; (void)y; (void)z; return (z * v_sigmoid_of_sum((-x), (-y))); }
static inline double d_gelu_tanh_x(double x, double z) { (void)x; (void)z; return v_gelu_tanh_dx(x); }
static inline double d_silu_x(double x, double z) { (void)x; (void)z; return v_silu_dx(x); }
static inline double d_erf_x(double x, double z) { (void)x; (void)z; return v_gauss_times(x, 1.1283791670955126); }
static inline double d_erfc_x(double x, double z) { (void)x; (void)z; return v_gauss_times(x, (-1.1283791670955126)); }
static inline double d_abs_x(double x, double z) { (void)x; (void)z; return ((x > 0.0) ? 1.0 : ((x < 0.0) ? (-1.0) : (x * 0.0))); }
static inline double d_sign_x(double x, double z) { (void)x; (void)z; return 0.0; }
static inline double d_floor_x(double x, double z) { (void)x; (void)z; return 0.0; }
static inline double d_ceil_x(double x, double z) { (void)x; (void)z; return 0.0; }
static inline double d_round_x(double x, double z) { (void)x; (void)z; return 0.0; }
static inline double d_trunc_x(double x, double z) { (void)x; (void)z; return 0.0; }
static inline double d_detach_x(double x, double z) { (void)x; (void)z; return 0.0; }
static inline double d_identity_x(double x, double z) { (void)x; (void)z; return 1.0; }
static inline double d_maximum_x(double x, double y, double z) { (void)x; (void)y; (void)z; return ((x > y) ? 1.0 : ((x < y) ? 0.0 : ((x == y) ? 0.5 : (x + y)))); }
static inline double d_maximum_y(double x, double y, double z) { (void)x; (void)y; (void)z; return ((x < y) ? 1.0 : ((x > y) ? 0.0 : ((x == y) ? 0.5 : (x + y)))); }
static inline double d_minimum_x(double x, double y, double z) { (void)x; (void)y; (void)z; return ((x < y) ? 1.0 : ((x > y) ? 0.0 : ((x == y) ? 0.5 : (x + y)))); }
static inline double d_minimum_y(double x, double y, double z) { (void)x; (void)y; (void)z; return ((x > y) ? 1.0 : ((x < y) ? 0.0 : ((x == y) ? 0.5 : (x + y)))); }
static inline double d_atan2_x(double x, double y, double z) { (void)x; (void)y; (void)z; return v_atan2_dx(x, y); }
static inline double d_atan2_y(double x, double y, double z) { (void)x; (void)y; (void)z; return (-v_atan2_dx(y, x)); }
static inline double d_hypot_x(double x, double y, double z) { (void)x; (void)y; (void)z; return v_hypot_dx(x, y); }
static inline double d_hypot_y(double x, double y, double z) { (void)x; (void)y; (void)z; return v_hypot_dx(y, x); }
static inline double d_clip_x(double x, double lo, double hi, double z) { (void)x; (void)lo; (void)hi; (void)z; return (((lo == lo) && (hi == hi)) ? (((lo <= x) && (x <= hi)) ? 1.0 : ((x == x) ? 0.0 : x)) : (lo + hi)); }
static inline double d_clip_lo(double x, double lo, double hi, double z) { (void)x; (void)lo; (void)hi; (void)z; return (((lo == lo) && (hi == hi)) ? ((x < lo) ? 1.0 : 0.0) : (lo + hi)); }
static inline double d_clip_hi(double x, double lo, double hi, double z) { (void)x; (void)lo; (void)hi; (void)z; return (((lo == lo) && (hi == hi)) ? ((x > hi) ? 1.0 : 0.0) : (lo + hi)); }
static inline double d_where_c(double c, double x, double y, double z) { (void)c; (void)x; (void)y; (void)z; return 0.0; }
static inline double d_where_x(double c, double x, double y, double z) { (void)c; (void)x; (void)y; (void)z; return (c ? 1.0 : 0.0); }
static inline double d_where_y(double c, double x, double y, double z) { (void)c; (void)x; (void)y; (void)z; return (c ? 0.0 : 1.0); }
static inline double d_gelu_rise_x(double x, double z) { (void)x; (void)z; return (0.4314939923140469 + (x * (0.776569965981104 + (x * ((-0.05459902919601288) + (x * ((-0.4560329331888871) + (x * ((-0.07385761074127999) + (x * (0.11653007902911591 + (x * (0.03177459865673304 + (x * ((-0.017916304542086033) + (x * ((-0.006703441611086203) + (x * (0.001863397378989347 + (x * (0.0009477549723744242 + (x * ((-0.00013457132355679512) + (x * ((-0.0001007340438389494) + (x * (6.050576862680628e-06 + (x * (8.563819917447765e-06 + (x * (8.196797373307641e-09 + (x * ((-5.999687641543789e-07) + (x * (-7.283607745666731e-08))))))))))))))))))))))))))))))))))); }
static inline double d_gelu_dx_x(double x, double z) { (void)x; (void)z; return v_normal_pdf_times(x, (((1.4142135623730951 - x) - 9.667293313452913e-17) * ((1.4142135623730951 + x) - 9.667293313452913e-17))); }
static inline double d_gelu_angle_dx_x(double x, double z) { (void)x; (void)z; return (1.5957691216057308 * (0.26829 * x)); }
static inline double d_gelu_reach_x(double x, double z) { (void)x; (void)z; return (1.5957691216057308 + ((0.6421933464534022 * x) * x)); }
static inline double d_gelu_reach_error_x(double x, double z) { (void)x; (void)z; return 0.0; }
static inline double d_gelu_tanh_rise_x(double x, double z) { (void)x; (void)z; return (0.4304000910248585 + (x * (0.7750368922715779 + (x * ((-0.04734856056552531) + (x * ((-0.4557779323238452) + (x * ((-0.0830966417181205) + (x * (0.11809385675808892 + (x * (0.03682741492449513 + (x * ((-0.019381854651700132) + (x * ((-0.00834698131052404) + (x * (0.002639272570248958 + (x * (0.0013668103001811317 + (x * ((-0.00041941667705162243) + (x * ((-0.00020756901478836493) + (x * (8.242639049116271e-05 + (x * (3.704839145528451e-05 + (x * ((-1.4206564684217804e-05) + (x * ((-7.453290853345451e-06) + (x * 5.819626997804551e-08)))))))))))))))))))))))))))))))))); }
static inline double d_tilted_x(double x, double y, double low, double z) { (void)x; (void)y; (void)low; (void)z; return (((y + (2.0 * x)) - ((2.0 * z) * (1.0 + x))) / v_square((1.0 + x))); }
static inline double d_tilted_y(double x, double y, double low, double z) { (void)x; (void)y; (void)low; (void)z; return (x / v_square((1.0 + x))); }
static inline double d_tilted_low(double x, double y, double low, double z) { (void)x; (void)y; (void)low; (void)z; return (x / v_square((1.0 + x))); }
static inline double d_gelu_tanh_dx_x(double x, double z) { (void)x; (void)z; return ((((-20.0) < x) && (x < 20.0)) ? ((v_sigmoid_of_sum(v_gelu_angle(x), v_gelu_angle_error(x)) * v_sigmoid_of_sum((-v_gelu_angle(x)), (-v_gelu_angle_error(x)))) * (v_gelu_bend(x) - ((x * v_square(v_gelu_angle_dx(x))) * tanh((0.5 * v_gelu_angle(x)))))) : ((((-40.0) < x) && (x < 40.0)) ? v_times_square(((v_gelu_bend(x) - (fabs(x) * v_square(v_gelu_angle_dx(x)))) * (1.0 + v_gelu_angle_error((-fabs(x))))), exp(((-0.5) * fabs(v_gelu_angle(x))))) : ((x != x) ? x : 0.0))); }
static inline double d_silu_rise_x(double x, double z) { (void)x; (void)z; return (1.0 + (0.2784645427610738 * exp(x))); }
static inline double d_silu_dx_x(double x, double z) { (void)x; (void)z; return ((((-700.0) <= x) && (x <= 700.0)) ? (v_sigmoid_dx(x) * (2.0 - (x * tanh((0.5 * x))))) : ((((-800.0) < x) && (x < 800.0)) ? v_times_square((2.0 - fabs(x)), exp(((-0.5) * fabs(x)))) : v_sigmoid_dx(x))); }
static inline double d_sech2_x(double x, double z) { (void)x; (void)z; return (((-2.0) * z) * tanh(x)); }
static inline double d_sigmoid_dx_x(double x, double z) { (void)x; (void)z; return ((-z) * tanh((0.5 * x))); }
static inline double d_pow_dx_kept_p(double p, double x, double y, double z) { (void)p; (void)x; (void)y; (void)z; return 1.0; }
static inline double d_pow_dx_kept_x(double p, double x, double y, double z) { (void)p; (void)x; (void)y; (void)z; return 0.0; }
static inline double d_pow_dx_kept_y(double p, double x, double y, double z) { (void)p; (void)x; (void)y; (void)z; return 0.0; }
static inline double d_pow_dx_x(double x, double y, double z) { (void)x; (void)y; (void)z; return ((y == 0.0) ? 0.0 : (((y >= 1.0) || (x == 0.0)) ? (y * v_pow_dx(x, (y - 1.0))) : (((y - 1.0) * z) / x))); }
static inline double d_pow_dx_y(double x, double y, double z) { (void)x; (void)y; (void)z; return (((x == 0.0) && (y > 1.0)) ? 0.0 : (pow(x, (y - 1.0)) * (1.0 + (y * log(x))))); }
static inline double d_pow_dy_kept_p(double p, double x, double y, double z) { (void)p; (void)x; (void)y; (void)z; return 1.0; }
static inline double d_pow_dy_kept_x(double p, double x, double y, double z) { (void)p; (void)x; (void)y; (void)z; return 0.0; }
static inline double d_pow_dy_kept_y(double p, double x, double y, double z) { (void)p; (void)x; (void)y; (void)z; return 0.0; }
static inline double d_pow_dy_x(double x, double y, double z) { (void)x; (void)y; (void)z; return (((x == 0.0) && (y > 1.0)) ? 0.0 : (pow(x, (y - 1.0)) * (1.0 + (y * log(x))))); }
static inline double d_pow_dy_y(double x, double y, double z) { (void)x; (void)y; (void)z; return (((x == 0.0) && (y >= 0.0)) ? 0.0 : (z * log(x))); }
static inline double d_scale_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_scale_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_atan2_dx_x(double x, double y, double z) { (void)x; (void)y; (void)z; return (((-2.0) * z) * v_atan2_dx(y, x)); }
static inline double d_atan2_dx_y(double x, double y, double z) { (void)x; (void)y; (void)z; return ((v_atan2_dx(y, x) - z) * (v_atan2_dx(y, x) + z)); }
static inline double d_scaled_x(double x, double y, double z) { (void)x; (void)y; (void)z; return v_scale(x, y); }
static inline double d_scaled_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_hypot_dx_x(double x, double y, double z) { (void)x; (void)y; (void)z; return (v_hypot_dx(y, x) * (v_hypot_dx(y, x) / hypot(x, y))); }
static inline double d_hypot_dx_y(double x, double y, double z) { (void)x; (void)y; (void)z; return ((-z) * (v_hypot_dx(y, x) / hypot(x, y))); }
static inline double d_gauss_times_x(double x, double y, double z) { (void)x; (void)y; (void)z; return v_gauss_times(x, (((-2.0) * x) * y)); }
static inline double d_gauss_times_y(double x, double y, double z) { (void)x; (void)y; (void)z; return v_gauss_times(x, 1.0); }
static inline double d_normal_pdf_x(double x, double z) { (void)x; (void)z; return v_normal_pdf_times(x, (-x)); }
static inline double d_gelu_bend_x(double x, double z) { (void)x; (void)z; return (1.5957691216057308 * (1.07316 * x)); }
static inline double d_leaky_relu_dy_x(double x, double z) { (void)x; (void)z; return ((x > 0.0) ? 0.0 : ((x == x) ? 1.0 : x)); }
static inline double d_elu_dy_x(double x, double z) { (void)x; (void)z; return ((x > 0.0) ? 0.0 : exp(x)); }
static inline double d_lt_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_lt_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_le_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_le_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_gt_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_gt_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_ge_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_ge_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_eq_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_eq_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_ne_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_ne_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_fmod_x(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? 1.0 : z); }
static inline double d_fmod_y(double x, double y, double z) { (void)x; (void)y; (void)z; return (-rint(((x - z) / y))); }
static inline double d_copysign_x(double x, double y, double z) { (void)x; (void)y; (void)z; return (copysign(1.0, x) * copysign(1.0, y)); }
static inline double d_copysign_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_chosen_x(double x, double y, double z) { (void)x; (void)y; (void)z; return (((x != 0.0) || (copysign(1.0, x) < 0.0)) ? y : 0.0); }
static inline double d_chosen_y(double x, double y, double z) { (void)x; (void)y; (void)z; return x; }
static inline double d_norm_share_x(double x, double y, double z) { (void)x; (void)y; (void)z; return (1.0 / y); }
static inline double d_norm_share_y(double x, double y, double z) { (void)x; (void)y; (void)z; return (((fabs(z) > 2.3e-308) || (z == 0.0)) ? ((-z) / y) : ((-x) * v_square((1.0 / y)))); }
static inline double d_exp_below_x(double x, double y, double z) { (void)x; (void)y; (void)z; return z; }
static inline double d_exp_below_y(double x, double y, double z) { (void)x; (void)y; (void)z; return (-z); }
static inline double d_rint_of_sum_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_rint_of_sum_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_round_to_part_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_round_to_part_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_round_to_multiple_x(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_round_to_multiple_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_norm_scale_x(double x, double z) { (void)x; (void)z; return 0.0; }
static inline double d_norm_part_x(double x, double y, double z) { (void)x; (void)y; (void)z; return v_norm_scale(y); }
static inline double d_norm_part_y(double x, double y, double z) { (void)x; (void)y; (void)z; return 0.0; }
static inline double d_div_dy_x(double x, double y, double r, double z) { (void)x; (void)y; (void)r; (void)z; return ((z == z) ? (((fabs(r) > 2.3e-308) || (r == 0.0)) ? 0.0 : ((-1.0) * v_square((1.0 / y)))) : z); }
static inline double d_div_dy_y(double x, double y, double r, double z) { (void)x; (void)y; (void)r; (void)z; return ((z == z) ? (((fabs(r) > 2.3e-308) || (r == 0.0)) ? (-(((-r) / y) / y)) : ((-x) * ((2.0 * (1.0 / y)) * (-((1.0 / y) / y))))) : z); }
static inline double d_div_dy_r(double x, double y, double r, double z) { (void)x; (void)y; (void)r; (void)z; return ((z == z) ? (((fabs(r) > 2.3e-308) || (r == 0.0)) ? ((-1.0) / y) : 0.0) : z); }
static inline double d_mod_dx_r(double r, double z) { (void)r; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_mod_dy_x(double x, double y, double r, double z) { (void)x; (void)y; (void)r; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_mod_dy_y(double x, double y, double r, double z) { (void)x; (void)y; (void)r; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_mod_dy_r(double x, double y, double r, double z) { (void)x; (void)y; (void)r; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_cbrt_dx_x(double x, double r, double z) { (void)x; (void)r; (void)z; return ((z == z) ? ((((x - x) == 0.0) && (x != 0.0)) ? ((-(((2.0 * r) / x) / x)) / 9.0) : 0.0) : z); }
static inline double d_cbrt_dx_r(double x, double r, double z) { (void)x; (void)r; (void)z; return ((z == z) ? ((((x - x) == 0.0) && (x != 0.0)) ? ((((-((1.0 / (r * r)) / (r * r))) * (r + r)) + (2.0 / x)) / 9.0) : ((-((1.0 / (r * r)) / (r * r))) * (r + r))) : z); }
static inline double d_log_dx_x(double x, double r, double z) { (void)x; (void)r; (void)z; return ((z == z) ? ((x > 0.0) ? (-((1.0 / x) / x)) : 0.0) : z); }
static inline double d_log_dx_r(double x, double r, double z) { (void)x; (void)r; (void)z; return ((z == z) ? ((x > 0.0) ? 0.0 : (-1.0)) : z); }
static inline double d_log2_dx_x(double x, double r, double z) { (void)x; (void)r; (void)z; return ((z == z) ? ((x > 0.0) ? (-((1.4426950408889634 / x) / x)) : 0.0) : z); }
static inline double d_log2_dx_r(double x, double r, double z) { (void)x; (void)r; (void)z; return ((z == z) ? ((x > 0.0) ? 0.0 : (-1.0)) : z); }
static inline double d_log10_dx_x(double x, double r, double z) { (void)x; (void)r; (void)z; return ((z == z) ? ((x > 0.0) ? (-((0.4342944819032518 / x) / x)) : 0.0) : z); }
static inline double d_log10_dx_r(double x, double r, double z) { (void)x; (void)r; (void)z; return ((z == z) ? ((x > 0.0) ? 0.0 : (-1.0)) : z); }
static inline double d_log1p_dx_x(double x, double r, double z) { (void)x; (void)r; (void)z; return ((z == z) ? ((x > (-1.0)) ? (-((1.0 / (1.0 + x)) / (1.0 + x))) : 0.0) : z); }
static inline double d_log1p_dx_r(double x, double r, double z) { (void)x; (void)r; (void)z; return ((z == z) ? ((x > (-1.0)) ? 0.0 : (-1.0)) : z); }
static inline double d_atan_dx_x(double x, double z) { (void)x; (void)z; return ((z == z) ? ((((-1e+150) < x) && (x < 1e+150)) ? ((-((1.0 / (1.0 + (x * x))) / (1.0 + (x * x)))) * (x + x)) : (((-((1.0 / x) / x)) / x) + (-(((1.0 / x) / x) / x)))) : z); }
static inline double d_atanh_dx_x(double x, double r, double z) { (void)x; (void)r; (void)z; return ((z == z) ? ((((-1.0) <= x) && (x <= 1.0)) ? ((-((1.0 / ((1.0 - x) * (1.0 + x))) / ((1.0 - x) * (1.0 + x)))) * (((-1.0) * (1.0 + x)) + (1.0 - x))) : 0.0) : z); }
static inline double d_atanh_dx_r(double x, double r, double z) { (void)x; (void)r; (void)z; return ((z == z) ? ((((-1.0) <= x) && (x <= 1.0)) ? 0.0 : 1.0) : z); }
static inline double d_relu_dx_x(double x, double z) { (void)x; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_leaky_relu_dx_x(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_leaky_relu_dx_y(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? ((x > 0.0) ? 0.0 : ((x <= 0.0) ? 1.0 : 0.0)) : z); }
static inline double d_elu_dx_x(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? ((x > 0.0) ? 0.0 : ((x > (-700.0)) ? (y * exp(x)) : (((2.0 * y) * exp((0.5 * x))) * (exp((0.5 * x)) * 0.5)))) : z); }
static inline double d_elu_dx_y(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? ((x > 0.0) ? 0.0 : ((x > (-700.0)) ? exp(x) : (exp((0.5 * x)) * exp((0.5 * x))))) : z); }
static inline double d_abs_dx_x(double x, double z) { (void)x; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_maximum_dx_x(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_maximum_dx_y(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_maximum_dy_x(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_maximum_dy_y(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_minimum_dx_x(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_minimum_dx_y(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_minimum_dy_x(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_minimum_dy_y(double x, double y, double z) { (void)x; (void)y; (void)z; return ((z == z) ? 0.0 : z); }
static inline double d_clip_dx_x(double x, double lo, double hi, double z) { (void)x; (void)lo; (void)hi; (void)z; return 0.0; }
static inline double d_clip_dx_lo(double x, double lo, double hi, double z) { (void)x; (void)lo; (void)hi; (void)z; return 0.0; }
static inline double d_clip_dx_hi(double x, double lo, double hi, double z) { (void)x; (void)lo; (void)hi; (void)z; return 0.0; }
static inline double d_clip_dlo_x(double x, double lo, double hi, double z) { (void)x; (void)lo; (void)hi; (void)z; return 0.0; }
static inline double d_clip_dlo_lo(double x, double lo, double hi, double z) { (void)x; (void)lo; (void)hi; (void)z; return 0.0; }
static inline double d_clip_dlo_hi(double x, double lo, double hi, double z) { (void)x; (void)lo; (void)hi; (void)z; return 0.0; }
static inline double d_clip_dhi_x(double x, double lo, double hi, double z) { (void)x; (void)lo; (void)hi; (void)z; return 0.0; }
static inline double d_clip_dhi_lo(double x, double lo, double hi, double z) { (void)x; (void)lo; (void)hi; (void)z; return 0.0; }
static inline double d_clip_dhi_hi(double x, double lo, double hi, double z) { (void)x; (void)lo; (void)hi; (void)z; return 0.0; }

static inline double forward_unary(int op, double x, double *dx) {
    double z;
    switch (op) {
    case OP_NEG: z = v_neg(x); *dx = d_neg_x(x, z); return z;
    case OP_SQUARE: z = v_square(x); *dx = d_square_x(x, z); return z;
    case OP_RECIPROCAL: z = v_reciprocal(x); *dx = d_reciprocal_x(x, z); return z;
    case OP_SQRT: z = v_sqrt(x); *dx = d_sqrt_x(x, z); return z;
    case OP_CBRT: z = v_cbrt(x); *dx = d_cbrt_x(x, z); return z;
    case OP_EXP: z = v_exp(x); *dx = d_exp_x(x, z); return z;
    case OP_EXPM1: z = v_expm1(x); *dx = d_expm1_x(x, z); return z;
    case OP_LOG: z = v_log(x); *dx = d_log_x(x, z); return z;
    case OP_LOG2: z = v_log2(x); *dx = d_log2_x(x, z); return z;
    case OP_LOG10: z = v_log10(x); *dx = d_log10_x(x, z); return z;
    case OP_LOG1P: z = v_log1p(x); *dx = d_log1p_x(x, z); return z;
    case OP_SIN: z = v_sin(x); *dx = d_sin_x(x, z); return z;
    case OP_COS: z = v_cos(x); *dx = d_cos_x(x, z); return z;
    case OP_TAN: z = v_tan(x); *dx = d_tan_x(x, z); return z;
    case OP_ASIN: z = v_asin(x); *dx = d_asin_x(x, z); return z;
    case OP_ACOS: z = v_acos(x); *dx = d_acos_x(x, z); return z;
    case OP_ATAN: z = v_atan(x); *dx = d_atan_x(x, z); return z;
    case OP_SINH: z = v_sinh(x); *dx = d_sinh_x(x, z); return z;
    case OP_COSH: z = v_cosh(x); *dx = d_cosh_x(x, z); return z;
    case OP_TANH: z = v_tanh(x); *dx = d_tanh_x(x, z); return z;
    case OP_ASINH: z = v_asinh(x); *dx = d_asinh_x(x, z); return z;
    case OP_ACOSH: z = v_acosh(x); *dx = d_acosh_x(x, z); return z;
    case OP_ATANH: z = v_atanh(x); *dx = d_atanh_x(x, z); return z;
    case OP_SIGMOID: z = v_sigmoid(x); *dx = d_sigmoid_x(x, z); return z;
    case OP_SOFTPLUS: z = v_softplus(x); *dx = d_softplus_x(x, z); return z;
    case OP_RELU: z = v_relu(x); *dx = d_relu_x(x, z); return z;
    case OP_GELU: z = v_gelu(x); *dx = d_gelu_x(x, z); return z;
    case OP_GELU_TANH: z = v_gelu_tanh(x); *dx = d_gelu_tanh_x(x, z); return z;
    case OP_SILU: z = v_silu(x); *dx = d_silu_x(x, z); return z;
    case OP_ERF: z = v_erf(x); *dx = d_erf_x(x, z); return z;
    case OP_ERFC: z = v_erfc(x); *dx = d_erfc_x(x, z); return z;
    case OP_ABS: z = v_abs(x); *dx = d_abs_x(x, z); return z;
    case OP_SIGN: z = v_sign(x); *dx = d_sign_x(x, z); return z;
    case OP_FLOOR: z = v_floor(x); *dx = d_floor_x(x, z); return z;
    case OP_CEIL: z = v_ceil(x); *dx = d_ceil_x(x, z); return z;
    case OP_ROUND: z = v_round(x); *dx = d_round_x(x, z); return z;
    case OP_TRUNC: z = v_trunc(x); *dx = d_trunc_x(x, z); return z;
    case OP_DETACH: z = v_detach(x); *dx = d_detach_x(x, z); return z;
    case OP_IDENTITY: z = v_identity(x); *dx = d_identity_x(x, z); return z;
    case OP_GELU_DX: z = v_gelu_dx(x); *dx = d_gelu_dx_x(x, z); return z;
    case OP_GELU_RISE: z = v_gelu_rise(x); *dx = d_gelu_rise_x(x, z); return z;
    case OP_GELU_TANH_DX: z = v_gelu_tanh_dx(x); *dx = d_gelu_tanh_dx_x(x, z); return z;
    case OP_GELU_TANH_RISE: z = v_gelu_tanh_rise(x); *dx = d_gelu_tanh_rise_x(x, z); return z;
    case OP_SILU_DX: z = v_silu_dx(x); *dx = d_silu_dx_x(x, z); return z;
    case OP_SILU_RISE: z = v_silu_rise(x); *dx = d_silu_rise_x(x, z); return z;
    case OP_SECH2: z = v_sech2(x); *dx = d_sech2_x(x, z); return z;
    case OP_SIGMOID_DX: z = v_sigmoid_dx(x); *dx = d_sigmoid_dx_x(x, z); return z;
    case OP_NORMAL_PDF: z = v_normal_pdf(x); *dx = d_normal_pdf_x(x, z); return z;
    case OP_NORMAL_CDF: z = v_normal_cdf(x); *dx = d_normal_cdf_x(x, z); return z;
    case OP_MILLS: z = v_mills(x); *dx = d_mills_x(x, z); return z;
    case OP_GELU_ANGLE: z = v_gelu_angle(x); *dx = d_gelu_angle_x(x, z); return z;
    case OP_GELU_ANGLE_DX: z = v_gelu_angle_dx(x); *dx = d_gelu_angle_dx_x(x, z); return z;
    case OP_GELU_REACH: z = v_gelu_reach(x); *dx = d_gelu_reach_x(x, z); return z;
    case OP_GELU_BEND: z = v_gelu_bend(x); *dx = d_gelu_bend_x(x, z); return z;
    case OP_GELU_FACTOR: z = v_gelu_factor(x); *dx = d_gelu_factor_x(x, z); return z;
    case OP_SMALL_EXPM1: z = v_small_expm1(x); *dx = d_small_expm1_x(x, z); return z;
    case OP_LEAKY_RELU_DY: z = v_leaky_relu_dy(x); *dx = d_leaky_relu_dy_x(x, z); return z;
    case OP_ELU_DY: z = v_elu_dy(x); *dx = d_elu_dy_x(x, z); return z;
    case OP_HIGH: z = v_high(x); *dx = d_high_x(x, z); return z;
    case OP_GELU_FACTOR_ERROR: z = v_gelu_factor_error(x); *dx = d_gelu_factor_error_x(x, z); return z;
    case OP_GELU_ANGLE_ERROR: z = v_gelu_angle_error(x); *dx = d_gelu_angle_error_x(x, z); return z;
    case OP_GELU_REACH_ERROR: z = v_gelu_reach_error(x); *dx = d_gelu_reach_error_x(x, z); return z;
    case OP_NORM_SCALE: z = v_norm_scale(x); *dx = d_norm_scale_x(x, z); return z;
    case OP_MOD_DX: z = v_mod_dx(x); *dx = d_mod_dx_r(x, z); return z;
    case OP_ATAN_DX: z = v_atan_dx(x); *dx = d_atan_dx_x(x, z); return z;
    case OP_RELU_DX: z = v_relu_dx(x); *dx = d_relu_dx_x(x, z); return z;
    case OP_ABS_DX: z = v_abs_dx(x); *dx = d_abs_dx_x(x, z); return z;
    default: *dx = NAN; return NAN;
    }
}

static inline double forward_binary(int op, double x, double y, double *dx, double *dy) {
    double z;
    switch (op) {
    case OP_ADD: z = v_add(x, y); *dx = d_add_x(x, y, z); *dy = d_add_y(x, y, z); return z;
    case OP_SUB: z = v_sub(x, y); *dx = d_sub_x(x, y, z); *dy = d_sub_y(x, y, z); return z;
    case OP_MUL: z = v_mul(x, y); *dx = d_mul_x(x, y, z); *dy = d_mul_y(x, y, z); return z;
    case OP_DIV: z = v_div(x, y); *dx = d_div_x(x, y, z); *dy = d_div_y(x, y, z); return z;
    case OP_POW: z = v_pow(x, y); *dx = d_pow_x(x, y, z); *dy = d_pow_y(x, y, z); return z;
    case OP_POWC: z = v_powc(x, y); *dx = d_powc_x(x, y, z); *dy = d_powc_y(x, y, z); return z;
    case OP_MOD: z = v_mod(x, y); *dx = d_mod_x(x, y, z); *dy = d_mod_y(x, y, z); return z;
    case OP_FLOORDIV: z = v_floordiv(x, y); *dx = d_floordiv_x(x, y, z); *dy = d_floordiv_y(x, y, z); return z;
    case OP_LEAKY_RELU: z = v_leaky_relu(x, y); *dx = d_leaky_relu_x(x, y, z); *dy = d_leaky_relu_y(x, y, z); return z;
    case OP_ELU: z = v_elu(x, y); *dx = d_elu_x(x, y, z); *dy = d_elu_y(x, y, z); return z;
    case OP_MAXIMUM: z = v_maximum(x, y); *dx = d_maximum_x(x, y, z); *dy = d_maximum_y(x, y, z); return z;
    case OP_MINIMUM: z = v_minimum(x, y); *dx = d_minimum_x(x, y, z); *dy = d_minimum_y(x, y, z); return z;
    case OP_ATAN2: z = v_atan2(x, y); *dx = d_atan2_x(x, y, z); *dy = d_atan2_y(x, y, z); return z;
    case OP_HYPOT: z = v_hypot(x, y); *dx = d_hypot_x(x, y, z); *dy = d_hypot_y(x, y, z); return z;
    case OP_POW_DX: z = v_pow_dx(x, y); *dx = d_pow_dx_x(x, y, z); *dy = d_pow_dx_y(x, y, z); return z;
    case OP_POW_DY: z = v_pow_dy(x, y); *dx = d_pow_dy_x(x, y, z); *dy = d_pow_dy_y(x, y, z); return z;
    case OP_ATAN2_DX: z = v_atan2_dx(x, y); *dx = d_atan2_dx_x(x, y, z); *dy = d_atan2_dx_y(x, y, z); return z;
    case OP_HYPOT_DX: z = v_hypot_dx(x, y); *dx = d_hypot_dx_x(x, y, z); *dy = d_hypot_dx_y(x, y, z); return z;
    case OP_GAUSS_TIMES: z = v_gauss_times(x, y); *dx = d_gauss_times_x(x, y, z); *dy = d_gauss_times_y(x, y, z); return z;
    case OP_NORMAL_PDF_TIMES: z = v_normal_pdf_times(x, y); *dx = d_normal_pdf_times_x(x, y, z); *dy = d_normal_pdf_times_y(x, y, z); return z;
    case OP_SIGMOID_OF_SUM: z = v_sigmoid_of_sum(x, y); *dx = d_sigmoid_of_sum_x(x, y, z); *dy = d_sigmoid_of_sum_y(x, y, z); return z;
    case OP_TIMES_SQUARE: z = v_times_square(x, y); *dx = d_times_square_x(x, y, z); *dy = d_times_square_y(x, y, z); return z;
    case OP_LT: z = v_lt(x, y); *dx = d_lt_x(x, y, z); *dy = d_lt_y(x, y, z); return z;
    case OP_LE: z = v_le(x, y); *dx = d_le_x(x, y, z); *dy = d_le_y(x, y, z); return z;
    case OP_GT: z = v_gt(x, y); *dx = d_gt_x(x, y, z); *dy = d_gt_y(x, y, z); return z;
    case OP_GE: z = v_ge(x, y); *dx = d_ge_x(x, y, z); *dy = d_ge_y(x, y, z); return z;
    case OP_EQ: z = v_eq(x, y); *dx = d_eq_x(x, y, z); *dy = d_eq_y(x, y, z); return z;
    case OP_NE: z = v_ne(x, y); *dx = d_ne_x(x, y, z); *dy = d_ne_y(x, y, z); return z;
    case OP_FMOD: z = v_fmod(x, y); *dx = d_fmod_x(x, y, z); *dy = d_fmod_y(x, y, z); return z;
    case OP_COPYSIGN: z = v_copysign(x, y); *dx = d_copysign_x(x, y, z); *dy = d_copysign_y(x, y, z); return z;
    case OP_CHOSEN: z = v_chosen(x, y); *dx = d_chosen_x(x, y, z); *dy = d_chosen_y(x, y, z); return z;
    case OP_NORM_SHARE: z = v_norm_share(x, y); *dx = d_norm_share_x(x, y, z); *dy = d_norm_share_y(x, y, z); return z;
    case OP_EXP_BELOW: z = v_exp_below(x, y); *dx = d_exp_below_x(x, y, z); *dy = d_exp_below_y(x, y, z); return z;
    case OP_MUL_ERROR: z = v_mul_error(x, y); *dx = d_mul_error_x(x, y, z); *dy = d_mul_error_y(x, y, z); return z;
    case OP_ADD_ERROR: z = v_add_error(x, y); *dx = d_add_error_x(x, y, z); *dy = d_add_error_y(x, y, z); return z;
    case OP_SCALE: z = v_scale(x, y); *dx = d_scale_x(x, y, z); *dy = d_scale_y(x, y, z); return z;
    case OP_RINT_OF_SUM: z = v_rint_of_sum(x, y); *dx = d_rint_of_sum_x(x, y, z); *dy = d_rint_of_sum_y(x, y, z); return z;
    case OP_ROUND_TO_PART: z = v_round_to_part(x, y); *dx = d_round_to_part_x(x, y, z); *dy = d_round_to_part_y(x, y, z); return z;
    case OP_ROUND_TO_MULTIPLE: z = v_round_to_multiple(x, y); *dx = d_round_to_multiple_x(x, y, z); *dy = d_round_to_multiple_y(x, y, z); return z;
    case OP_NORM_PART: z = v_norm_part(x, y); *dx = d_norm_part_x(x, y, z); *dy = d_norm_part_y(x, y, z); return z;
    case OP_SCALED: z = v_scaled(x, y); *dx = d_scaled_x(x, y, z); *dy = d_scaled_y(x, y, z); return z;
    case OP_CBRT_DX: z = v_cbrt_dx(x, y); *dx = d_cbrt_dx_x(x, y, z); *dy = d_cbrt_dx_r(x, y, z); return z;
    case OP_LOG_DX: z = v_log_dx(x, y); *dx = d_log_dx_x(x, y, z); *dy = d_log_dx_r(x, y, z); return z;
    case OP_LOG2_DX: z = v_log2_dx(x, y); *dx = d_log2_dx_x(x, y, z); *dy = d_log2_dx_r(x, y, z); return z;
    case OP_LOG10_DX: z = v_log10_dx(x, y); *dx = d_log10_dx_x(x, y, z); *dy = d_log10_dx_r(x, y, z); return z;
    case OP_LOG1P_DX: z = v_log1p_dx(x, y); *dx = d_log1p_dx_x(x, y, z); *dy = d_log1p_dx_r(x, y, z); return z;
    case OP_ATANH_DX: z = v_atanh_dx(x, y); *dx = d_atanh_dx_x(x, y, z); *dy = d_atanh_dx_r(x, y, z); return z;
    case OP_LEAKY_RELU_DX: z = v_leaky_relu_dx(x, y); *dx = d_leaky_relu_dx_x(x, y, z); *dy = d_leaky_relu_dx_y(x, y, z); return z;
    case OP_ELU_DX: z = v_elu_dx(x, y); *dx = d_elu_dx_x(x, y, z); *dy = d_elu_dx_y(x, y, z); return z;
    case OP_MAXIMUM_DX: z = v_maximum_dx(x, y); *dx = d_maximum_dx_x(x, y, z); *dy = d_maximum_dx_y(x, y, z); return z;
    case OP_MAXIMUM_DY: z = v_maximum_dy(x, y); *dx = d_maximum_dy_x(x, y, z); *dy = d_maximum_dy_y(x, y, z); return z;
    case OP_MINIMUM_DX: z = v_minimum_dx(x, y); *dx = d_minimum_dx_x(x, y, z); *dy = d_minimum_dx_y(x, y, z); return z;
    case OP_MINIMUM_DY: z = v_minimum_dy(x, y); *dx = d_minimum_dy_x(x, y, z); *dy = d_minimum_dy_y(x, y, z); return z;
    default: *dx = NAN; *dy = NAN; return NAN;
    }
}

static inline double forward_ternary(int op, double x, double y, double w, double *dx, double *dy, double *dw) {
    double z;
    switch (op) {
    case OP_CLIP: z = v_clip(x, y, w); *dx = d_clip_x(x, y, w, z); *dy = d_clip_lo(x, y, w, z); *dw = d_clip_hi(x, y, w, z); return z;
    case OP_WHERE: z = v_where(x, y, w); *dx = d_where_c(x, y, w, z); *dy = d_where_x(x, y, w, z); *dw = d_where_y(x, y, w, z); return z;
    case OP_TILTED: z = v_tilted(x, y, w); *dx = d_tilted_x(x, y, w, z); *dy = d_tilted_y(x, y, w, z); *dw = d_tilted_low(x, y, w, z); return z;
    case OP_POW_DX_KEPT: z = v_pow_dx_kept(x, y, w); *dx = d_pow_dx_kept_p(x, y, w, z); *dy = d_pow_dx_kept_x(x, y, w, z); *dw = d_pow_dx_kept_y(x, y, w, z); return z;
    case OP_POW_DY_KEPT: z = v_pow_dy_kept(x, y, w); *dx = d_pow_dy_kept_p(x, y, w, z); *dy = d_pow_dy_kept_x(x, y, w, z); *dw = d_pow_dy_kept_y(x, y, w, z); return z;
    case OP_DIV_DY: z = v_div_dy(x, y, w); *dx = d_div_dy_x(x, y, w, z); *dy = d_div_dy_y(x, y, w, z); *dw = d_div_dy_r(x, y, w, z); return z;
    case OP_MOD_DY: z = v_mod_dy(x, y, w); *dx = d_mod_dy_x(x, y, w, z); *dy = d_mod_dy_y(x, y, w, z); *dw = d_mod_dy_r(x, y, w, z); return z;
    case OP_CLIP_DX: z = v_clip_dx(x, y, w); *dx = d_clip_dx_x(x, y, w, z); *dy = d_clip_dx_lo(x, y, w, z); *dw = d_clip_dx_hi(x, y, w, z); return z;
    case OP_CLIP_DLO: z = v_clip_dlo(x, y, w); *dx = d_clip_dlo_x(x, y, w, z); *dy = d_clip_dlo_lo(x, y, w, z); *dw = d_clip_dlo_hi(x, y, w, z); return z;
    case OP_CLIP_DHI: z = v_clip_dhi(x, y, w); *dx = d_clip_dhi_x(x, y, w, z); *dy = d_clip_dhi_lo(x, y, w, z); *dw = d_clip_dhi_hi(x, y, w, z); return z;
    default: *dx = NAN; *dy = NAN; *dw = NAN; return NAN;
    }
}

#endif
