/* Generated from primitives.py by `python -m autograd.formulas`: do not edit. */
#ifndef EACH_UNARY
/* EACH_BINARY(DO) is DO(OP, name, operands ...) for each row with two operands, EACH_BINARY_IN_SINGLE for
   those of them that there are in single precision. */
#define EACH_UNARY(DO) \
    DO(NEG, neg, x) \
    DO(SQUARE, square, x) \
    DO(RECIPROCAL, reciprocal, x) \
    DO(SQRT, sqrt, x) \
    DO(CBRT, cbrt, x) \
    DO(EXP, exp, x) \
    DO(EXPM1, expm1, x) \
    DO(LOG, log, x) \
    DO(LOG2, log2, x) \
    DO(LOG10, log10, x) \
    DO(LOG1P, log1p, x) \
    DO(SIN, sin, x) \
    DO(COS, cos, x) \
    DO(TAN, tan, x) \
    DO(ASIN, asin, x) \
    DO(ACOS, acos, x) \
    DO(ATAN, atan, x) \
    DO(SINH, sinh, x) \
    DO(COSH, cosh, x) \
    DO(TANH, tanh, x) \
    DO(ASINH, asinh, x) \
    DO(ACOSH, acosh, x) \
    DO(ATANH, atanh, x) \
    DO(SIGMOID, sigmoid, x) \
    DO(SOFTPLUS, softplus, x) \
    DO(RELU, relu, x) \
    DO(MILLS, mills, x) \
    DO(HIGH, high, x) \
    DO(NORMAL_CDF, normal_cdf, x) \
    DO(SMALL_EXPM1, small_expm1, x) \
    DO(GELU, gelu, x) \
    DO(GELU_FACTOR, gelu_factor, x) \
    DO(GELU_ANGLE, gelu_angle, x) \
    DO(GELU_FACTOR_ERROR, gelu_factor_error, x) \
    DO(GELU_ANGLE_ERROR, gelu_angle_error, x) \
    DO(GELU_TANH, gelu_tanh, x) \
    DO(SILU, silu, x) \
    DO(ERF, erf, x) \
    DO(ERFC, erfc, x) \
    DO(ABS, abs, x) \
    DO(SIGN, sign, x) \
    DO(FLOOR, floor, x) \
    DO(CEIL, ceil, x) \
    DO(ROUND, round, x) \
    DO(TRUNC, trunc, x) \
    DO(DETACH, detach, x) \
    DO(IDENTITY, identity, x) \
    DO(GELU_RISE, gelu_rise, x) \
    DO(GELU_DX, gelu_dx, x) \
    DO(GELU_ANGLE_DX, gelu_angle_dx, x) \
    DO(GELU_REACH, gelu_reach, x) \
    DO(GELU_REACH_ERROR, gelu_reach_error, x) \
    DO(GELU_TANH_RISE, gelu_tanh_rise, x) \
    DO(GELU_TANH_DX, gelu_tanh_dx, x) \
    DO(SILU_RISE, silu_rise, x) \
    DO(SILU_DX, silu_dx, x) \
    DO(SECH2, sech2, x) \
    DO(SIGMOID_DX, sigmoid_dx, x) \
    DO(NORMAL_PDF, normal_pdf, x) \
    DO(GELU_BEND, gelu_bend, x) \
    DO(LEAKY_RELU_DY, leaky_relu_dy, x) \
    DO(ELU_DY, elu_dy, x) \
    DO(NORM_SCALE, norm_scale, x) \
    DO(MOD_DX, mod_dx, r) \
    DO(ATAN_DX, atan_dx, x) \
    DO(RELU_DX, relu_dx, x) \
    DO(ABS_DX, abs_dx, x)
#define EACH_UNARY_IN_SINGLE(DO) \
    DO(NEG, neg, x) \
    DO(SQUARE, square, x) \
    DO(RECIPROCAL, reciprocal, x) \
    DO(SQRT, sqrt, x) \
    DO(RELU, relu, x) \
    DO(ABS, abs, x) \
    DO(SIGN, sign, x) \
    DO(FLOOR, floor, x) \
    DO(CEIL, ceil, x) \
    DO(ROUND, round, x) \
    DO(TRUNC, trunc, x) \
    DO(DETACH, detach, x) \
    DO(IDENTITY, identity, x) \
    DO(LEAKY_RELU_DY, leaky_relu_dy, x) \
    DO(NORM_SCALE, norm_scale, x) \
    DO(MOD_DX, mod_dx, r) \
    DO(RELU_DX, relu_dx, x) \
    DO(ABS_DX, abs_dx, x)
#define EACH_BINARY(DO) \
    DO(ADD, add, x, y) \
    DO(SUB, sub, x, y) \
    DO(MUL, mul, x, y) \
    DO(DIV, div, x, y) \
    DO(POW, pow, x, y) \
    DO(POWC, powc, x, y) \
    DO(MOD, mod, x, y) \
    DO(FLOORDIV, floordiv, x, y) \
    DO(LEAKY_RELU, leaky_relu, x, y) \
    DO(ELU, elu, x, y) \
    DO(MUL_ERROR, mul_error, x, y) \
    DO(TIMES_SQUARE, times_square, x, y) \
    DO(NORMAL_PDF_TIMES, normal_pdf_times, x, y) \
    DO(ADD_ERROR, add_error, x, y) \
    DO(SIGMOID_OF_SUM, sigmoid_of_sum, x, y) \
    DO(MAXIMUM, maximum, x, y) \
    DO(MINIMUM, minimum, x, y) \
    DO(ATAN2, atan2, x, y) \
    DO(HYPOT, hypot, x, y) \
    DO(POW_DX, pow_dx, x, y) \
    DO(POW_DY, pow_dy, x, y) \
    DO(SCALE, scale, x, y) \
    DO(ATAN2_DX, atan2_dx, x, y) \
    DO(SCALED, scaled, x, y) \
    DO(HYPOT_DX, hypot_dx, x, y) \
    DO(GAUSS_TIMES, gauss_times, x, y) \
    DO(LT, lt, x, y) \
    DO(LE, le, x, y) \
    DO(GT, gt, x, y) \
    DO(GE, ge, x, y) \
    DO(EQ, eq, x, y) \
    DO(NE, ne, x, y) \
    DO(FMOD, fmod, x, y) \
    DO(COPYSIGN, copysign, x, y) \
    DO(CHOSEN, chosen, x, y) \
    DO(NORM_SHARE, norm_share, x, y) \
    DO(EXP_BELOW, exp_below, x, y) \
    DO(RINT_OF_SUM, rint_of_sum, x, y) \
    DO(ROUND_TO_PART, round_to_part, x, y) \
    DO(ROUND_TO_MULTIPLE, round_to_multiple, x, y) \
    DO(NORM_PART, norm_part, x, y) \
    DO(CBRT_DX, cbrt_dx, x, r) \
    DO(LOG_DX, log_dx, x, r) \
    DO(LOG2_DX, log2_dx, x, r) \
    DO(LOG10_DX, log10_dx, x, r) \
    DO(LOG1P_DX, log1p_dx, x, r) \
    DO(ATANH_DX, atanh_dx, x, r) \
    DO(LEAKY_RELU_DX, leaky_relu_dx, x, y) \
    DO(ELU_DX, elu_dx, x, y) \
    DO(MAXIMUM_DX, maximum_dx, x, y) \
    DO(MAXIMUM_DY, maximum_dy, x, y) \
    DO(MINIMUM_DX, minimum_dx, x, y) \
    DO(MINIMUM_DY, minimum_dy, x, y)
#define EACH_BINARY_IN_SINGLE(DO) \
    DO(ADD, add, x, y) \
    DO(SUB, sub, x, y) \
    DO(MUL, mul, x, y) \
    DO(DIV, div, x, y) \
    DO(LEAKY_RELU, leaky_relu, x, y) \
    DO(TIMES_SQUARE, times_square, x, y) \
    DO(MAXIMUM, maximum, x, y) \
    DO(MINIMUM, minimum, x, y) \
    DO(LT, lt, x, y) \
    DO(LE, le, x, y) \
    DO(GT, gt, x, y) \
    DO(GE, ge, x, y) \
    DO(EQ, eq, x, y) \
    DO(NE, ne, x, y) \
    DO(COPYSIGN, copysign, x, y) \
    DO(CHOSEN, chosen, x, y) \
    DO(NORM_PART, norm_part, x, y) \
    DO(LEAKY_RELU_DX, leaky_relu_dx, x, y)
#define EACH_TERNARY(DO) \
    DO(CLIP, clip, x, lo, hi) \
    DO(WHERE, where, c, x, y) \
    DO(TILTED, tilted, x, y, low) \
    DO(POW_DX_KEPT, pow_dx_kept, p, x, y) \
    DO(POW_DY_KEPT, pow_dy_kept, p, x, y) \
    DO(DIV_DY, div_dy, x, y, r) \
    DO(MOD_DY, mod_dy, x, y, r) \
    DO(CLIP_DX, clip_dx, x, lo, hi) \
    DO(CLIP_DLO, clip_dlo, x, lo, hi) \
    DO(CLIP_DHI, clip_dhi, x, lo, hi)
#define EACH_TERNARY_IN_SINGLE(DO) \
    DO(CLIP, clip, x, lo, hi) \
    DO(WHERE, where, c, x, y)
/* DO(OP, name, other): V(p_name_by_other)(y, z) is the partial, y the value of the other operation. */
#define EACH_BY_ANOTHER(DO) \
    DO(EXPM1, expm1, exp) \
    DO(SIN, sin, cos) \
    DO(COS, cos, sin) \
    DO(SINH, sinh, cosh) \
    DO(COSH, cosh, sinh) \
    DO(TANH, tanh, sech2) \
    DO(SIGMOID, sigmoid, sigmoid_dx) \
    DO(SOFTPLUS, softplus, sigmoid) \
    DO(NORMAL_CDF, normal_cdf, normal_pdf) \
    DO(GELU, gelu, gelu_dx) \
    DO(GELU_TANH, gelu_tanh, gelu_tanh_dx) \
    DO(SILU, silu, silu_dx) \
    DO(SILU_RISE, silu_rise, exp) \
    DO(SECH2, sech2, tanh)
#endif

static inline PURE vd V(w_add)(vd x, vd y) { (void)x; (void)y; return (x + y); }
static inline PURE vd V(w_sub)(vd x, vd y) { (void)x; (void)y; return (x - y); }
static inline PURE vd V(w_mul)(vd x, vd y) { (void)x; (void)y; return (x * y); }
static inline PURE vd V(w_div)(vd x, vd y) { (void)x; (void)y; return (x / y); }
static inline PURE vd V(w_neg)(vd x) { (void)x; return (-x); }
static inline PURE vd V(w_square)(vd x) { (void)x; return (x * x); }
static inline PURE vd V(w_reciprocal)(vd x) { (void)x; return (V(broadcast)(1.0) / x); }
static inline PURE vd V(w_sqrt)(vd x) { (void)x; return V(sqrt)(x); }
static inline PURE vd V(w_relu)(vd x) { (void)x; return V(select)(V(gt)(x, V(broadcast)(0.0)), x, V(select)(V(le)(x, V(broadcast)(0.0)), V(broadcast)(0.0), x)); }
static inline PURE vd V(w_leaky_relu)(vd x, vd y) { (void)x; (void)y; return V(select)(V(gt)(x, V(broadcast)(0.0)), x, (y * x)); }
static inline PURE vd V(w_times_square)(vd x, vd y) { (void)x; (void)y; return ((x * y) * y); }
static inline PURE vd V(w_abs)(vd x) { (void)x; return V(fabs)(x); }
static inline PURE vd V(w_sign)(vd x) { (void)x; return V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(1.0), V(select)(V(lt)(x, V(broadcast)(0.0)), (-V(broadcast)(1.0)), x)); }
static inline PURE vd V(w_floor)(vd x) { (void)x; return V(floor)(x); }
static inline PURE vd V(w_ceil)(vd x) { (void)x; return V(ceil)(x); }
static inline PURE vd V(w_round)(vd x) { (void)x; return V(rint)(x); }
static inline PURE vd V(w_trunc)(vd x) { (void)x; return V(trunc)(x); }
static inline PURE vd V(w_detach)(vd x) { (void)x; return x; }
static inline PURE vd V(w_identity)(vd x) { (void)x; return x; }
static inline PURE vd V(w_maximum)(vd x, vd y) { (void)x; (void)y; return V(select)(V(gt)(x, y), x, V(select)(V(lt)(x, y), y, V(select)(V(both)(V(eq)(x, y), V(ne)(x, V(broadcast)(0.0))), x, (x + y)))); }
static inline PURE vd V(w_minimum)(vd x, vd y) { (void)x; (void)y; return V(select)(V(le)(x, y), x, V(select)(V(gt)(x, y), y, (x + y))); }
static inline PURE vd V(w_clip)(vd x, vd lo, vd hi) { (void)x; (void)lo; (void)hi; return V(select)(V(both)(V(eq)(lo, lo), V(eq)(hi, hi)), V(select)(V(lt)(x, lo), lo, V(select)(V(gt)(x, hi), hi, x)), (lo + hi)); }
static inline PURE vd V(w_where)(vd c, vd x, vd y) { (void)c; (void)x; (void)y; return V(select)(V(truth)(c), x, y); }
static inline PURE vd V(w_leaky_relu_dy)(vd x) { (void)x; return V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(0.0), V(select)(V(ne)(x, V(broadcast)(0.0)), x, (-V(broadcast)(0.0)))); }
static inline PURE vd V(w_lt)(vd x, vd y) { (void)x; (void)y; return V(select)(V(lt)(x, y), V(broadcast)(1.0), V(broadcast)(0.0)); }
static inline PURE vd V(w_le)(vd x, vd y) { (void)x; (void)y; return V(select)(V(le)(x, y), V(broadcast)(1.0), V(broadcast)(0.0)); }
static inline PURE vd V(w_gt)(vd x, vd y) { (void)x; (void)y; return V(select)(V(gt)(x, y), V(broadcast)(1.0), V(broadcast)(0.0)); }
static inline PURE vd V(w_ge)(vd x, vd y) { (void)x; (void)y; return V(select)(V(ge)(x, y), V(broadcast)(1.0), V(broadcast)(0.0)); }
static inline PURE vd V(w_eq)(vd x, vd y) { (void)x; (void)y; return V(select)(V(eq)(x, y), V(broadcast)(1.0), V(broadcast)(0.0)); }
static inline PURE vd V(w_ne)(vd x, vd y) { (void)x; (void)y; return V(select)(V(ne)(x, y), V(broadcast)(1.0), V(broadcast)(0.0)); }
static inline PURE vd V(w_copysign)(vd x, vd y) { (void)x; (void)y; return V(copysign)(x, y); }
static inline PURE vd V(w_chosen)(vd x, vd y) { (void)x; (void)y; return V(select)(V(either)(V(ne)(x, V(broadcast)(0.0)), V(lt)(V(copysign)(V(broadcast)(1.0), x), V(broadcast)(0.0))), (x * y), V(broadcast)(0.0)); }
static inline PURE vd V(w_norm_scale)(vd x) { (void)x; return V(select)(V(both)(V(lt)(V(broadcast)(1e-140), x), V(lt)(x, V(broadcast)(1e+140))), V(broadcast)(1.0), V(select)(V(lt)(x, V(broadcast)(1.0)), V(broadcast)(4.149515568880993e+180), V(broadcast)(2.409919865102884e-181))); }
static inline PURE vd V(w_norm_part)(vd x, vd y) { (void)x; (void)y; return V(select)(V(gt)(V(fabs)(x), V(broadcast)(1.7976931348623157e+308)), V(copysign)(V(broadcast)(1.0), x), V(select)(V(gt)(y, V(broadcast)(1.7976931348623157e+308)), (x * V(broadcast)(0.0)), (x * V(w_norm_scale)(y)))); }
static inline PURE vd V(w_mod_dx)(vd r) { (void)r; return V(select)(V(eq)(r, r), V(broadcast)(1.0), r); }
static inline PURE vd V(w_relu_dx)(vd x) { (void)x; return V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(1.0), V(select)(V(le)(x, V(broadcast)(0.0)), V(broadcast)(0.0), x)); }
static inline PURE vd V(w_leaky_relu_dx)(vd x, vd y) { (void)x; (void)y; return V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(1.0), V(select)(V(le)(x, V(broadcast)(0.0)), y, x)); }
static inline PURE vd V(w_abs_dx)(vd x) { (void)x; return V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(1.0), V(select)(V(lt)(x, V(broadcast)(0.0)), (-V(broadcast)(1.0)), (x * V(broadcast)(0.0)))); }
static inline PURE vd V(p_add_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(1.0); }
static inline PURE vd V(p_add_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(1.0); }
static inline PURE vd V(p_sub_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(1.0); }
static inline PURE vd V(p_sub_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return (-V(broadcast)(1.0)); }
static inline PURE vd V(p_mul_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return y; }
static inline PURE vd V(p_mul_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return x; }
static inline PURE vd V(p_div_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return (V(broadcast)(1.0) / y); }
static inline PURE vd V(p_div_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return CHOOSE(V(either)(V(gt)(V(fabs)(z), V(broadcast)(2.3e-308)), V(eq)(z, V(broadcast)(0.0))), ((-z) / y), ((-x) * V(w_square)((V(broadcast)(1.0) / y)))); }
static inline PURE vd V(p_neg_x)(vd x, vd z) { (void)x; (void)z; return (-V(broadcast)(1.0)); }
static inline PURE vd V(p_square_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(2.0) * x); }
static inline PURE vd V(p_reciprocal_x)(vd x, vd z) { (void)x; (void)z; return ((-z) * z); }
static inline PURE vd V(p_sqrt_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(0.5) / (V(broadcast)(0.0) + z)); }
static inline PURE vd V(p_relu_x)(vd x, vd z) { (void)x; (void)z; return V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(1.0), V(select)(V(le)(x, V(broadcast)(0.0)), V(broadcast)(0.0), x)); }
static inline PURE vd V(p_leaky_relu_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(1.0), V(select)(V(le)(x, V(broadcast)(0.0)), y, x)); }
static inline PURE vd V(p_leaky_relu_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_leaky_relu_dy)(x); }
static inline PURE vd V(p_times_square_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return (y * y); }
static inline PURE vd V(p_times_square_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return ((V(broadcast)(2.0) * x) * y); }
static inline PURE vd V(p_abs_x)(vd x, vd z) { (void)x; (void)z; return V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(1.0), V(select)(V(lt)(x, V(broadcast)(0.0)), (-V(broadcast)(1.0)), (x * V(broadcast)(0.0)))); }
static inline PURE vd V(p_sign_x)(vd x, vd z) { (void)x; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_floor_x)(vd x, vd z) { (void)x; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_ceil_x)(vd x, vd z) { (void)x; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_round_x)(vd x, vd z) { (void)x; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_trunc_x)(vd x, vd z) { (void)x; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_detach_x)(vd x, vd z) { (void)x; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_identity_x)(vd x, vd z) { (void)x; (void)z; return V(broadcast)(1.0); }
static inline PURE vd V(p_maximum_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(gt)(x, y), V(broadcast)(1.0), V(select)(V(lt)(x, y), V(broadcast)(0.0), V(select)(V(eq)(x, y), V(broadcast)(0.5), (x + y)))); }
static inline PURE vd V(p_maximum_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(lt)(x, y), V(broadcast)(1.0), V(select)(V(gt)(x, y), V(broadcast)(0.0), V(select)(V(eq)(x, y), V(broadcast)(0.5), (x + y)))); }
static inline PURE vd V(p_minimum_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(lt)(x, y), V(broadcast)(1.0), V(select)(V(gt)(x, y), V(broadcast)(0.0), V(select)(V(eq)(x, y), V(broadcast)(0.5), (x + y)))); }
static inline PURE vd V(p_minimum_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(gt)(x, y), V(broadcast)(1.0), V(select)(V(lt)(x, y), V(broadcast)(0.0), V(select)(V(eq)(x, y), V(broadcast)(0.5), (x + y)))); }
static inline PURE vd V(p_clip_x)(vd x, vd lo, vd hi, vd z) { (void)x; (void)lo; (void)hi; (void)z; return V(select)(V(both)(V(eq)(lo, lo), V(eq)(hi, hi)), V(select)(V(both)(V(le)(lo, x), V(le)(x, hi)), V(broadcast)(1.0), V(select)(V(eq)(x, x), V(broadcast)(0.0), x)), (lo + hi)); }
static inline PURE vd V(p_clip_lo)(vd x, vd lo, vd hi, vd z) { (void)x; (void)lo; (void)hi; (void)z; return V(select)(V(both)(V(eq)(lo, lo), V(eq)(hi, hi)), V(select)(V(lt)(x, lo), V(broadcast)(1.0), V(broadcast)(0.0)), (lo + hi)); }
static inline PURE vd V(p_clip_hi)(vd x, vd lo, vd hi, vd z) { (void)x; (void)lo; (void)hi; (void)z; return V(select)(V(both)(V(eq)(lo, lo), V(eq)(hi, hi)), V(select)(V(gt)(x, hi), V(broadcast)(1.0), V(broadcast)(0.0)), (lo + hi)); }
static inline PURE vd V(p_where_c)(vd c, vd x, vd y, vd z) { (void)c; (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_where_x)(vd c, vd x, vd y, vd z) { (void)c; (void)x; (void)y; (void)z; return V(select)(V(truth)(c), V(broadcast)(1.0), V(broadcast)(0.0)); }
static inline PURE vd V(p_where_y)(vd c, vd x, vd y, vd z) { (void)c; (void)x; (void)y; (void)z; return V(select)(V(truth)(c), V(broadcast)(0.0), V(broadcast)(1.0)); }
static inline PURE vd V(p_leaky_relu_dy_x)(vd x, vd z) { (void)x; (void)z; return V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(0.0), V(select)(V(eq)(x, x), V(broadcast)(1.0), x)); }
static inline PURE vd V(p_lt_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_lt_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_le_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_le_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_gt_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_gt_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_ge_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_ge_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_eq_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_eq_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_ne_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_ne_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_copysign_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return (V(copysign)(V(broadcast)(1.0), x) * V(copysign)(V(broadcast)(1.0), y)); }
static inline PURE vd V(p_copysign_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_chosen_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(either)(V(ne)(x, V(broadcast)(0.0)), V(lt)(V(copysign)(V(broadcast)(1.0), x), V(broadcast)(0.0))), y, V(broadcast)(0.0)); }
static inline PURE vd V(p_chosen_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return x; }
static inline PURE vd V(p_norm_scale_x)(vd x, vd z) { (void)x; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_norm_part_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_norm_scale)(y); }
static inline PURE vd V(p_norm_part_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_mod_dx_r)(vd r, vd z) { (void)r; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_relu_dx_x)(vd x, vd z) { (void)x; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_leaky_relu_dx_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_leaky_relu_dx_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(eq)(z, z), V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(0.0), V(select)(V(le)(x, V(broadcast)(0.0)), V(broadcast)(1.0), V(broadcast)(0.0))), z); }
static inline PURE vd V(p_abs_dx_x)(vd x, vd z) { (void)x; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
#if !SINGLE
INLINE vd V(w_pow)(vd x, vd y) { (void)x; (void)y; return IN_LOOP(pow)(x, y); }
INLINE vd V(w_powc)(vd x, vd y) { (void)x; (void)y; return IN_LOOP(pow)(x, y); }
static inline PURE vd V(w_mod)(vd x, vd y) { (void)x; (void)y; return __extension__({ vd shared_1 = V(fmod)(x, y); V(select)(V(eq)(shared_1, V(broadcast)(0.0)), V(copysign)(V(broadcast)(0.0), y), V(select)(V(differ)(V(lt)(shared_1, V(broadcast)(0.0)), V(lt)(y, V(broadcast)(0.0))), (shared_1 + y), shared_1)); }); }
static inline PURE vd V(w_floordiv)(vd x, vd y) { (void)x; (void)y; return __extension__({ vd shared_1 = V(fmod)(x, y); CHOOSE(V(either)(V(eq)(y, V(broadcast)(0.0)), V(eq)(shared_1, V(broadcast)(0.0))), V(floor)((x / y)), ((V(broadcast)(0.0) + V(rint)(((x - shared_1) / y))) - V(select)(V(differ)(V(lt)(shared_1, V(broadcast)(0.0)), V(lt)(y, V(broadcast)(0.0))), V(broadcast)(1.0), V(broadcast)(0.0)))); }); }
INLINE vd V(w_cbrt)(vd x) { (void)x; return IN_LOOP(cbrt)(x); }
INLINE vd V(w_exp)(vd x) { (void)x; return IN_LOOP(exp)(x); }
INLINE vd V(w_expm1)(vd x) { (void)x; return IN_LOOP(expm1)(x); }
INLINE vd V(w_log)(vd x) { (void)x; return IN_LOOP(log)(x); }
INLINE vd V(w_log2)(vd x) { (void)x; return IN_LOOP(log2)(x); }
INLINE vd V(w_log10)(vd x) { (void)x; return IN_LOOP(log10)(x); }
INLINE vd V(w_log1p)(vd x) { (void)x; return IN_LOOP(log1p)(x); }
INLINE vd V(w_sin)(vd x) { (void)x; return IN_LOOP(sin)(x); }
INLINE vd V(w_cos)(vd x) { (void)x; return IN_LOOP(cos)(x); }
INLINE vd V(w_tan)(vd x) { (void)x; return IN_LOOP(tan)(x); }
INLINE vd V(w_asin)(vd x) { (void)x; return IN_LOOP(asin)(x); }
INLINE vd V(w_acos)(vd x) { (void)x; return IN_LOOP(acos)(x); }
INLINE vd V(w_atan)(vd x) { (void)x; return IN_LOOP(atan)(x); }
INLINE vd V(w_sinh)(vd x) { (void)x; return IN_LOOP(sinh)(x); }
INLINE vd V(w_cosh)(vd x) { (void)x; return IN_LOOP(cosh)(x); }
INLINE vd V(w_tanh)(vd x) { (void)x; return IN_LOOP(tanh)(x); }
INLINE vd V(w_asinh)(vd x) { (void)x; return IN_LOOP(asinh)(x); }
INLINE vd V(w_acosh)(vd x) { (void)x; return IN_LOOP(acosh)(x); }
INLINE vd V(w_atanh)(vd x) { (void)x; return IN_LOOP(atanh)(x); }
static inline PURE vd V(w_sigmoid)(vd x) { (void)x; return __extension__({ vd shared_1 = V(exp)((-V(fabs)(x))); (V(select)(V(ge)(x, V(broadcast)(0.0)), V(broadcast)(1.0), shared_1) / (V(broadcast)(1.0) + shared_1)); }); }
static inline PURE vd V(w_softplus)(vd x) { (void)x; return (V(select)(V(gt)(x, V(broadcast)(0.0)), x, V(broadcast)(0.0)) + V(log1p)(V(exp)((-V(fabs)(x))))); }
static inline PURE vd V(w_elu)(vd x, vd y) { (void)x; (void)y; return CHOOSE(V(gt)(x, V(broadcast)(0.0)), x, (y * V(expm1)(x))); }
static inline PURE vd V(w_mills)(vd x) { (void)x; return (V(broadcast)(1.0) - (x * (V(broadcast)(1.0) - ((V(broadcast)(3.0) * x) * (V(broadcast)(1.0) - ((V(broadcast)(5.0) * x) * (V(broadcast)(1.0) - ((V(broadcast)(7.0) * x) * (V(broadcast)(1.0) - ((V(broadcast)(9.0) * x) * (V(broadcast)(1.0) - (V(broadcast)(11.0) * x)))))))))))); }
static inline PURE vd V(w_high)(vd x) { (void)x; return ((x * V(broadcast)(134217729.0)) - ((x * V(broadcast)(134217729.0)) - x)); }
static inline PURE vd V(w_mul_error)(vd x, vd y) { (void)x; (void)y; return (((((V(w_high)(x) * V(w_high)(y)) - (x * y)) + (V(w_high)(x) * (y - V(w_high)(y)))) + ((x - V(w_high)(x)) * V(w_high)(y))) + ((x - V(w_high)(x)) * (y - V(w_high)(y)))); }
static inline PURE vd V(w_normal_cdf)(vd x) { (void)x; return CHOOSE(V(both)(V(lt)((-V(broadcast)(40.0)), x), V(lt)(x, V(broadcast)(10.0))), ((V(broadcast)(0.5) * V(erfc)(((-V(broadcast)(0.7071067811865476)) * x))) + ((V(broadcast)(0.5641895835477563) * V(exp)((((-V(broadcast)(0.5)) * x) * x))) * (V(w_mul_error)(V(broadcast)(0.7071067811865476), x) - (V(broadcast)(4.833646656726457e-17) * x)))), (V(broadcast)(0.5) * V(erfc)((-x)))); }
static inline PURE vd V(w_small_expm1)(vd x) { (void)x; return (x + ((x * x) * (V(broadcast)(0.5) + (x * V(broadcast)(0.16666666666666666))))); }
static inline PURE vd V(w_normal_pdf_times)(vd x, vd y) { (void)x; (void)y; return CHOOSE(V(both)(V(lt)((-V(broadcast)(37.5)), x), V(lt)(x, V(broadcast)(37.5))), ((y * V(exp)((((-V(broadcast)(0.5)) * V(w_high)(x)) * V(w_high)(x)))) * (V(broadcast)(0.3989422804014327) + ((V(broadcast)(0.3989422804014327) * V(w_small_expm1)((((-V(broadcast)(0.5)) * (x - V(w_high)(x))) * (x + V(w_high)(x))))) - V(broadcast)(2.49232720227773e-17)))), CHOOSE(V(both)(V(lt)((-V(broadcast)(40.0)), x), V(lt)(x, V(broadcast)(40.0))), V(w_times_square)(((V(broadcast)(0.3989422804014327) * y) * (V(broadcast)(1.0) + V(w_small_expm1)((((-V(broadcast)(0.5)) * (x - V(w_high)(x))) * (x + V(w_high)(x)))))), V(exp)((((-V(broadcast)(0.25)) * V(w_high)(x)) * V(w_high)(x)))), V(exp)(((-x) * x)))); }
static inline PURE vd V(w_gelu)(vd x) { (void)x; return CHOOSE(V(gt)(x, (-V(broadcast)(37.5))), (x * V(w_normal_cdf)(x)), CHOOSE(V(gt)(x, (-V(broadcast)(40.0))), V(w_normal_pdf_times)(x, (-V(w_mills)((V(broadcast)(1.0) / (x * x))))), V(select)(V(lt)(x, V(broadcast)(0.0)), (-V(broadcast)(0.0)), x))); }
static inline PURE vd V(w_gelu_factor)(vd x) { (void)x; return (V(broadcast)(1.0) + (V(broadcast)(0.044715) * (x * x))); }
static inline PURE vd V(w_gelu_angle)(vd x) { (void)x; return (V(broadcast)(1.5957691216057308) * (x * V(w_gelu_factor)(x))); }
static inline PURE vd V(w_add_error)(vd x, vd y) { (void)x; (void)y; return ((x - ((x + y) - ((x + y) - x))) + (y - ((x + y) - x))); }
static inline PURE vd V(w_gelu_factor_error)(vd x) { (void)x; return (V(w_add_error)(V(broadcast)(1.0), (V(broadcast)(0.044715) * (x * x))) + ((V(w_mul_error)(V(broadcast)(0.044715), (x * x)) + (V(broadcast)(0.044715) * V(w_mul_error)(x, x))) + (V(broadcast)(2.1960211427085595e-18) * (x * x)))); }
static inline PURE vd V(w_gelu_angle_error)(vd x) { (void)x; return ((V(w_mul_error)(V(broadcast)(1.5957691216057308), (x * V(w_gelu_factor)(x))) + (V(broadcast)(1.5957691216057308) * (V(w_mul_error)(x, V(w_gelu_factor)(x)) + (x * V(w_gelu_factor_error)(x))))) - (V(broadcast)(9.96930880911092e-17) * (x * V(w_gelu_factor)(x)))); }
static inline PURE vd V(w_sigmoid_of_sum)(vd x, vd y) { (void)x; (void)y; return (V(w_sigmoid)(x) * (V(broadcast)(1.0) + (y * V(w_sigmoid)((-x))))); }
static inline PURE vd V(w_gelu_tanh)(vd x) { (void)x; return CHOOSE(V(both)(V(lt)((-V(broadcast)(20.0)), x), V(lt)(x, V(broadcast)(40.0))), (x * V(w_sigmoid_of_sum)(V(w_gelu_angle)(x), V(w_gelu_angle_error)(x))), CHOOSE(V(both)(V(lt)((-V(broadcast)(40.0)), x), V(lt)(x, V(broadcast)(0.0))), V(w_times_square)((x * (V(broadcast)(1.0) + V(w_gelu_angle_error)(x))), V(exp)((V(broadcast)(0.5) * V(w_gelu_angle)(x)))), V(select)(V(lt)(x, V(broadcast)(0.0)), (-V(broadcast)(0.0)), x))); }
static inline PURE vd V(w_silu)(vd x) { (void)x; return CHOOSE(V(ge)(x, (-V(broadcast)(700.0))), (x * V(w_sigmoid)(x)), CHOOSE(V(gt)(x, (-V(broadcast)(800.0))), V(w_times_square)(x, V(exp)((V(broadcast)(0.5) * x))), V(select)(V(lt)(x, V(broadcast)(0.0)), (-V(broadcast)(0.0)), x))); }
static inline PURE vd V(w_erf)(vd x) { (void)x; return V(erf)(x); }
static inline PURE vd V(w_erfc)(vd x) { (void)x; return V(erfc)(x); }
INLINE vd V(w_atan2)(vd x, vd y) { (void)x; (void)y; return IN_LOOP(atan2)(x, y); }
INLINE vd V(w_hypot)(vd x, vd y) { (void)x; (void)y; return IN_LOOP(hypot)(x, y); }
static inline PURE vd V(w_gelu_rise)(vd x) { (void)x; return (x * (V(broadcast)(0.4314939923140469) + (x * (V(broadcast)(0.388284982990552) + (x * ((-V(broadcast)(0.01819967639867096)) + (x * ((-V(broadcast)(0.11400823329722178)) + (x * ((-V(broadcast)(0.014771522148255996)) + (x * (V(broadcast)(0.019421679838185987) + (x * (V(broadcast)(0.004539228379533291) + (x * ((-V(broadcast)(0.002239538067760754)) + (x * ((-V(broadcast)(0.0007448268456762448)) + (x * (V(broadcast)(0.0001863397378989347) + (x * (V(broadcast)(8.615954294312947e-05) + (x * ((-V(broadcast)(1.1214276963066259e-05)) + (x * ((-V(broadcast)(7.748772602996107e-06)) + (x * (V(broadcast)(4.321840616200448e-07) + (x * (V(broadcast)(5.70921327829851e-07) + (x * (V(broadcast)(5.122998358317276e-10) + (x * ((-V(broadcast)(3.529228024437523e-08)) + (x * (-V(broadcast)(4.046448747592628e-09))))))))))))))))))))))))))))))))))))); }
static inline PURE vd V(w_gelu_dx)(vd x) { (void)x; return CHOOSE(V(gt)(x, (-V(broadcast)(37.5))), CHOOSE(V(both)(V(lt)((-V(broadcast)(1.4)), x), V(lt)(x, (-V(broadcast)(0.3)))), V(w_gelu_rise)(((x + V(broadcast)(0.7517915246935645)) - V(broadcast)(1.4956759177009883e-17))), (V(w_normal_cdf)(x) + V(w_normal_pdf_times)(x, x))), CHOOSE(V(gt)(x, (-V(broadcast)(40.0))), V(w_normal_pdf_times)(x, (x - (V(w_mills)((V(broadcast)(1.0) / (x * x))) / x))), V(w_normal_cdf)(x))); }
static inline PURE vd V(w_gelu_angle_dx)(vd x) { (void)x; return (V(broadcast)(1.5957691216057308) * (V(broadcast)(1.0) + (V(broadcast)(0.134145) * (x * x)))); }
static inline PURE vd V(w_gelu_reach)(vd x) { (void)x; return (V(broadcast)(1.0) + ((V(broadcast)(1.5957691216057308) * x) + ((V(broadcast)(0.21406444881780073) * x) * (x * x)))); }
static inline PURE vd V(w_gelu_reach_error)(vd x) { (void)x; return (V(w_add_error)((V(broadcast)(1.5957691216057308) * x), ((V(broadcast)(0.21406444881780073) * x) * (x * x))) + (V(w_mul_error)(V(broadcast)(1.5957691216057308), x) - (V(broadcast)(9.96930880911092e-17) * x))); }
static inline PURE vd V(w_gelu_tanh_rise)(vd x) { (void)x; return (x * (V(broadcast)(0.4304000910248585) + (x * (V(broadcast)(0.38751844613578895) + (x * ((-V(broadcast)(0.01578285352184177)) + (x * ((-V(broadcast)(0.1139444830809613)) + (x * ((-V(broadcast)(0.0166193283436241)) + (x * (V(broadcast)(0.019682309459681486) + (x * (V(broadcast)(0.005261059274927876) + (x * ((-V(broadcast)(0.0024227318314625165)) + (x * ((-V(broadcast)(0.0009274423678360045)) + (x * (V(broadcast)(0.0002639272570248958) + (x * (V(broadcast)(0.00012425548183464833) + (x * ((-V(broadcast)(3.495138975430187e-05)) + (x * ((-V(broadcast)(1.5966847291412686e-05)) + (x * (V(broadcast)(5.887599320797336e-06) + (x * (V(broadcast)(2.469892763685634e-06) + (x * ((-V(broadcast)(8.879102927636128e-07)) + (x * ((-V(broadcast)(4.3842887372620304e-07)) + (x * V(broadcast)(3.233126109891417e-09)))))))))))))))))))))))))))))))))))); }
static inline PURE vd V(w_tilted)(vd x, vd y, vd low) { (void)x; (void)y; (void)low; return (x * (y + ((x + low) - (((x * (V(broadcast)(2.0) + x)) / V(w_square)((V(broadcast)(1.0) + x))) * (y + x))))); }
static inline PURE vd V(w_gelu_tanh_dx)(vd x) { (void)x; return CHOOSE(V(both)(V(lt)((-V(broadcast)(20.0)), x), V(lt)(x, V(broadcast)(40.0))), CHOOSE(V(both)(V(lt)((-V(broadcast)(1.4)), x), V(lt)(x, (-V(broadcast)(0.3)))), V(w_gelu_tanh_rise)(((x + V(broadcast)(0.7524614220710163)) - V(broadcast)(3.635560509207687e-17))), CHOOSE(V(lt)(x, (-V(broadcast)(1.0))), V(w_tilted)(V(exp)((-V(fabs)(V(w_gelu_angle)(x)))), V(w_gelu_reach)(x), (V(w_gelu_reach_error)(x) + (V(w_gelu_angle_error)(x) * V(w_gelu_reach)(x)))), (V(w_sigmoid_of_sum)(V(w_gelu_angle)(x), V(w_gelu_angle_error)(x)) * (V(broadcast)(1.0) + ((x * V(w_gelu_angle_dx)(x)) * V(w_sigmoid)((-V(w_gelu_angle)(x)))))))), CHOOSE(V(both)(V(lt)((-V(broadcast)(40.0)), x), V(lt)(x, V(broadcast)(0.0))), V(w_times_square)((V(w_gelu_reach)(x) * (V(broadcast)(1.0) + V(w_gelu_angle_error)(x))), V(exp)((V(broadcast)(0.5) * V(w_gelu_angle)(x)))), V(select)(V(lt)(x, V(broadcast)(0.0)), V(broadcast)(0.0), V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(1.0), x)))); }
static inline PURE vd V(w_silu_rise)(vd x) { (void)x; return (x + (V(broadcast)(0.2784645427610738) * V(expm1)(x))); }
static inline PURE vd V(w_silu_dx)(vd x) { (void)x; return CHOOSE(V(ge)(x, (-V(broadcast)(700.0))), CHOOSE(V(both)(V(lt)((-V(broadcast)(8.0)), x), V(le)(x, V(broadcast)(700.0))), __extension__({ vd shared_1 = V(exp)((-V(fabs)(x))); (CHOOSE(V(both)(V(lt)((-V(broadcast)(2.0)), x), V(lt)(x, (-V(broadcast)(0.8)))), (shared_1 * V(w_silu_rise)(((x + V(broadcast)(1.2784645427610737)) + V(broadcast)(1.0946994183093437e-16)))), (V(select)(V(ge)(x, V(broadcast)(0.0)), V(broadcast)(1.0), V(w_square)(shared_1)) + (shared_1 * (V(broadcast)(1.0) + x)))) / V(w_square)((V(broadcast)(1.0) + shared_1))); }), CHOOSE(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(1.0), V(w_tilted)(V(exp)((-V(fabs)(x))), (V(broadcast)(1.0) + x), V(broadcast)(0.0)))), CHOOSE(V(gt)(x, (-V(broadcast)(800.0))), V(w_times_square)((V(broadcast)(1.0) + x), V(exp)((V(broadcast)(0.5) * x))), V(w_sigmoid)(x))); }
static inline PURE vd V(w_sech2)(vd x) { (void)x; return __extension__({ vd shared_1 = V(exp)(((-V(broadcast)(2.0)) * V(fabs)(x))); ((V(broadcast)(4.0) * shared_1) / V(w_square)((V(broadcast)(1.0) + shared_1))); }); }
static inline PURE vd V(w_sigmoid_dx)(vd x) { (void)x; return __extension__({ vd shared_1 = V(exp)((-V(fabs)(x))); (shared_1 / V(w_square)((V(broadcast)(1.0) + shared_1))); }); }
static inline PURE vd V(w_pow_dx_kept)(vd p, vd x, vd y) { (void)p; (void)x; (void)y; return CHOOSE(V(either)(V(not)(V(lt)(V(fabs)(p), V(broadcast)(1e-280))), V(ne)((x - x), V(broadcast)(0.0))), p, V(copysign)(V(w_times_square)(CHOOSE(V(gt)(y, V(broadcast)(0.0)), y, (y / x)), V(pow)(V(fabs)(x), (V(broadcast)(0.5) * V(select)(V(gt)(y, V(broadcast)(0.0)), (y - V(broadcast)(1.0)), y)))), p)); }
static inline PURE vd V(w_pow_dx)(vd x, vd y) { (void)x; (void)y; return CHOOSE(V(eq)(y, V(broadcast)(0.0)), V(broadcast)(0.0), V(w_pow_dx_kept)(CHOOSE(V(either)(V(either)(V(ge)(y, V(broadcast)(0.5)), V(eq)(x, V(broadcast)(0.0))), V(ne)((x - x), V(broadcast)(0.0))), (y * V(pow)(x, (y - V(broadcast)(1.0)))), CHOOSE(V(gt)(V(fabs)(y), V(broadcast)(1e-290)), ((y * V(pow)(x, y)) / x), (y / x))), x, y)); }
static inline PURE vd V(w_pow_dy_kept)(vd p, vd x, vd y) { (void)p; (void)x; (void)y; return CHOOSE(V(not)(V(lt)(V(fabs)(p), V(broadcast)(1e-280))), p, V(w_times_square)(V(log)(x), V(pow)(x, (V(broadcast)(0.5) * y)))); }
static inline PURE vd V(w_pow_dy)(vd x, vd y) { (void)x; (void)y; return CHOOSE(V(both)(V(eq)(x, V(broadcast)(0.0)), V(ge)(y, V(broadcast)(0.0))), V(broadcast)(0.0), V(w_pow_dy_kept)((V(pow)(x, y) * V(log)(x)), x, y)); }
static inline PURE vd V(w_scale)(vd x, vd y) { (void)x; (void)y; return V(select)(V(lt)(V(hypot)(x, y), V(broadcast)(1.0)), V(broadcast)(4.149515568880993e+180), V(broadcast)(2.409919865102884e-181)); }
static inline PURE vd V(w_atan2_dx)(vd x, vd y) { (void)x; (void)y; return __extension__({ vd shared_1 = V(hypot)(x, y); CHOOSE(V(both)(V(lt)(V(broadcast)(1e-140), shared_1), V(lt)(shared_1, V(broadcast)(1e+150))), (y / ((x * x) + (y * y))), CHOOSE(V(either)(V(eq)(shared_1, V(broadcast)(0.0)), V(both)(V(both)(V(gt)(shared_1, V(broadcast)(1.7976931348623157e+308)), V(eq)(x, x)), V(eq)(y, y))), V(broadcast)(0.0), __extension__({ vd shared_1 = V(w_scale)(x, y); (((y * shared_1) / (V(w_square)((x * shared_1)) + V(w_square)((y * shared_1)))) * shared_1); }))); }); }
static inline PURE vd V(w_scaled)(vd x, vd y) { (void)x; (void)y; return CHOOSE(V(gt)(V(fabs)(x), V(broadcast)(1.7976931348623157e+308)), V(copysign)(V(broadcast)(1.0), x), CHOOSE(V(gt)(V(fabs)(y), V(broadcast)(1.7976931348623157e+308)), (x * V(broadcast)(0.0)), (x * V(w_scale)(x, y)))); }
static inline PURE vd V(w_hypot_dx)(vd x, vd y) { (void)x; (void)y; return __extension__({ vd shared_1 = V(hypot)(x, y); CHOOSE(V(both)(V(lt)(V(broadcast)(1e-290), shared_1), V(lt)(shared_1, V(broadcast)(1e+300))), (x / shared_1), CHOOSE(V(eq)(shared_1, V(broadcast)(0.0)), V(broadcast)(0.0), __extension__({ vd shared_1 = V(w_scaled)(x, y); (shared_1 / V(hypot)(shared_1, V(w_scaled)(y, x))); }))); }); }
static inline PURE vd V(w_gauss_times)(vd x, vd y) { (void)x; (void)y; return CHOOSE(V(both)(V(lt)((-V(broadcast)(26.0)), x), V(lt)(x, V(broadcast)(26.0))), ((y * V(exp)(((-V(w_high)(x)) * V(w_high)(x)))) * (V(broadcast)(1.0) + V(w_small_expm1)(((-(x - V(w_high)(x))) * (x + V(w_high)(x)))))), CHOOSE(V(both)(V(lt)((-V(broadcast)(40.0)), x), V(lt)(x, V(broadcast)(40.0))), V(w_times_square)((y * (V(broadcast)(1.0) + V(w_small_expm1)(((-(x - V(w_high)(x))) * (x + V(w_high)(x)))))), V(exp)((((-V(broadcast)(0.5)) * V(w_high)(x)) * V(w_high)(x)))), V(exp)(((-x) * x)))); }
static inline PURE vd V(w_normal_pdf)(vd x) { (void)x; return V(w_normal_pdf_times)(x, V(broadcast)(1.0)); }
static inline PURE vd V(w_gelu_bend)(vd x) { (void)x; return (V(broadcast)(1.5957691216057308) * (V(broadcast)(2.0) + (V(broadcast)(0.53658) * (x * x)))); }
static inline PURE vd V(w_elu_dy)(vd x) { (void)x; return CHOOSE(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(0.0), CHOOSE(V(ne)(x, V(broadcast)(0.0)), V(expm1)(x), (-V(broadcast)(0.0)))); }
INLINE vd V(w_fmod)(vd x, vd y) { (void)x; (void)y; return IN_LOOP(fmod)(x, y); }
static inline PURE vd V(w_norm_share)(vd x, vd y) { (void)x; (void)y; return CHOOSE(V(ne)(y, V(broadcast)(0.0)), (x / y), V(broadcast)(0.0)); }
static inline PURE vd V(w_exp_below)(vd x, vd y) { (void)x; (void)y; return CHOOSE(V(eq)(x, y), V(broadcast)(1.0), CHOOSE(V(either)(V(either)(V(eq)((y - y), V(broadcast)(0.0)), V(ne)(x, x)), V(ne)(y, y)), V(exp)((x - y)), V(broadcast)(0.0))); }
static inline PURE vd V(w_rint_of_sum)(vd x, vd y) { (void)x; (void)y; return V(select)(V(both)(V(eq)((x - V(rint)(x)), V(broadcast)(0.5)), V(gt)(y, V(broadcast)(0.0))), (V(rint)(x) + V(broadcast)(1.0)), V(select)(V(both)(V(eq)((x - V(rint)(x)), (-V(broadcast)(0.5))), V(lt)(y, V(broadcast)(0.0))), (V(rint)(x) - V(broadcast)(1.0)), V(rint)(x))); }
static inline PURE vd V(w_round_to_part)(vd x, vd y) { (void)x; (void)y; return CHOOSE(V(lt)(V(fabs)((x * y)), V(broadcast)(9007199254740992.0)), (V(w_rint_of_sum)((x * y), V(w_mul_error)(x, y)) / y), x); }
static inline PURE vd V(w_round_to_multiple)(vd x, vd y) { (void)x; (void)y; return CHOOSE(V(lt)(V(fabs)((x / y)), V(broadcast)(9007199254740992.0)), (V(w_rint_of_sum)((x / y), ((x - ((x / y) * y)) - V(w_mul_error)((x / y), y))) * y), x); }
static inline PURE vd V(w_div_dy)(vd x, vd y, vd r) { (void)x; (void)y; (void)r; return CHOOSE(V(either)(V(gt)(V(fabs)(r), V(broadcast)(2.3e-308)), V(eq)(r, V(broadcast)(0.0))), ((-r) / y), ((-x) * V(w_square)((V(broadcast)(1.0) / y)))); }
static inline PURE vd V(w_mod_dy)(vd x, vd y, vd r) { (void)x; (void)y; (void)r; return CHOOSE(V(eq)(r, r), (-V(w_floordiv)(x, y)), r); }
static inline PURE vd V(w_cbrt_dx)(vd x, vd r) { (void)x; (void)r; return CHOOSE(V(both)(V(eq)((x - x), V(broadcast)(0.0)), V(ne)(x, V(broadcast)(0.0))), (((V(broadcast)(1.0) / (r * r)) + ((V(broadcast)(2.0) * r) / x)) / V(broadcast)(9.0)), (V(broadcast)(1.0) / (r * r))); }
static inline PURE vd V(w_log_dx)(vd x, vd r) { (void)x; (void)r; return CHOOSE(V(gt)(x, V(broadcast)(0.0)), (V(broadcast)(1.0) / x), (-r)); }
static inline PURE vd V(w_log2_dx)(vd x, vd r) { (void)x; (void)r; return CHOOSE(V(gt)(x, V(broadcast)(0.0)), (V(broadcast)(1.4426950408889634) / x), (-r)); }
static inline PURE vd V(w_log10_dx)(vd x, vd r) { (void)x; (void)r; return CHOOSE(V(gt)(x, V(broadcast)(0.0)), (V(broadcast)(0.4342944819032518) / x), (-r)); }
static inline PURE vd V(w_log1p_dx)(vd x, vd r) { (void)x; (void)r; return CHOOSE(V(gt)(x, (-V(broadcast)(1.0))), (V(broadcast)(1.0) / (V(broadcast)(1.0) + x)), (-r)); }
static inline PURE vd V(w_atan_dx)(vd x) { (void)x; return CHOOSE(V(both)(V(lt)((-V(broadcast)(1e+150)), x), V(lt)(x, V(broadcast)(1e+150))), (V(broadcast)(1.0) / (V(broadcast)(1.0) + (x * x))), ((V(broadcast)(1.0) / x) / x)); }
static inline PURE vd V(w_atanh_dx)(vd x, vd r) { (void)x; (void)r; return CHOOSE(V(both)(V(le)((-V(broadcast)(1.0)), x), V(le)(x, V(broadcast)(1.0))), (V(broadcast)(1.0) / ((V(broadcast)(1.0) - x) * (V(broadcast)(1.0) + x))), r); }
static inline PURE vd V(w_elu_dx)(vd x, vd y) { (void)x; (void)y; return CHOOSE(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(1.0), CHOOSE(V(gt)(x, (-V(broadcast)(700.0))), (y * V(exp)(x)), V(w_times_square)(y, V(exp)((V(broadcast)(0.5) * x))))); }
static inline PURE vd V(w_maximum_dx)(vd x, vd y) { (void)x; (void)y; return V(select)(V(gt)(x, y), V(broadcast)(1.0), V(select)(V(lt)(x, y), V(broadcast)(0.0), V(select)(V(eq)(x, y), V(broadcast)(0.5), (x + y)))); }
static inline PURE vd V(w_maximum_dy)(vd x, vd y) { (void)x; (void)y; return V(select)(V(lt)(x, y), V(broadcast)(1.0), V(select)(V(gt)(x, y), V(broadcast)(0.0), V(select)(V(eq)(x, y), V(broadcast)(0.5), (x + y)))); }
static inline PURE vd V(w_minimum_dx)(vd x, vd y) { (void)x; (void)y; return V(select)(V(lt)(x, y), V(broadcast)(1.0), V(select)(V(gt)(x, y), V(broadcast)(0.0), V(select)(V(eq)(x, y), V(broadcast)(0.5), (x + y)))); }
static inline PURE vd V(w_minimum_dy)(vd x, vd y) { (void)x; (void)y; return V(select)(V(gt)(x, y), V(broadcast)(1.0), V(select)(V(lt)(x, y), V(broadcast)(0.0), V(select)(V(eq)(x, y), V(broadcast)(0.5), (x + y)))); }
static inline PURE vd V(w_clip_dx)(vd x, vd lo, vd hi) { (void)x; (void)lo; (void)hi; return V(select)(V(both)(V(eq)(lo, lo), V(eq)(hi, hi)), V(select)(V(both)(V(le)(lo, x), V(le)(x, hi)), V(broadcast)(1.0), V(select)(V(eq)(x, x), V(broadcast)(0.0), x)), (lo + hi)); }
static inline PURE vd V(w_clip_dlo)(vd x, vd lo, vd hi) { (void)x; (void)lo; (void)hi; return V(select)(V(both)(V(eq)(lo, lo), V(eq)(hi, hi)), V(select)(V(lt)(x, lo), V(broadcast)(1.0), V(broadcast)(0.0)), (lo + hi)); }
static inline PURE vd V(w_clip_dhi)(vd x, vd lo, vd hi) { (void)x; (void)lo; (void)hi; return V(select)(V(both)(V(eq)(lo, lo), V(eq)(hi, hi)), V(select)(V(gt)(x, hi), V(broadcast)(1.0), V(broadcast)(0.0)), (lo + hi)); }
static inline PURE vd V(p_pow_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_pow_dx)(x, y); }
static inline PURE vd V(p_pow_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_pow_dy)(x, y); }
static inline PURE vd V(p_powc_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_pow_dx)(x, y); }
static inline PURE vd V(p_powc_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_mod_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(1.0), z); }
static inline PURE vd V(p_mod_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return CHOOSE(V(eq)(z, z), (-V(w_floordiv)(x, y)), z); }
static inline PURE vd V(p_floordiv_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_floordiv_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_cbrt_x)(vd x, vd z) { (void)x; (void)z; return CHOOSE(V(both)(V(eq)((x - x), V(broadcast)(0.0)), V(ne)(x, V(broadcast)(0.0))), (((V(broadcast)(1.0) / (z * z)) + ((V(broadcast)(2.0) * z) / x)) / V(broadcast)(9.0)), (V(broadcast)(1.0) / (z * z))); }
static inline PURE vd V(p_exp_x)(vd x, vd z) { (void)x; (void)z; return z; }
static inline PURE vd V(p_expm1_x)(vd x, vd z) { (void)x; (void)z; return V(exp)(x); }
static inline PURE vd V(p_log_x)(vd x, vd z) { (void)x; (void)z; return CHOOSE(V(gt)(x, V(broadcast)(0.0)), (V(broadcast)(1.0) / x), (-z)); }
static inline PURE vd V(p_log2_x)(vd x, vd z) { (void)x; (void)z; return CHOOSE(V(gt)(x, V(broadcast)(0.0)), (V(broadcast)(1.4426950408889634) / x), (-z)); }
static inline PURE vd V(p_log10_x)(vd x, vd z) { (void)x; (void)z; return CHOOSE(V(gt)(x, V(broadcast)(0.0)), (V(broadcast)(0.4342944819032518) / x), (-z)); }
static inline PURE vd V(p_log1p_x)(vd x, vd z) { (void)x; (void)z; return CHOOSE(V(gt)(x, (-V(broadcast)(1.0))), (V(broadcast)(1.0) / (V(broadcast)(1.0) + x)), (-z)); }
static inline PURE vd V(p_sin_x)(vd x, vd z) { (void)x; (void)z; return V(cos)(x); }
static inline PURE vd V(p_cos_x)(vd x, vd z) { (void)x; (void)z; return (-V(sin)(x)); }
static inline PURE vd V(p_tan_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(1.0) + (z * z)); }
static inline PURE vd V(p_asin_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(1.0) / V(sqrt)(((V(broadcast)(1.0) - x) * (V(broadcast)(1.0) + x)))); }
static inline PURE vd V(p_acos_x)(vd x, vd z) { (void)x; (void)z; return ((-V(broadcast)(1.0)) / V(sqrt)(((V(broadcast)(1.0) - x) * (V(broadcast)(1.0) + x)))); }
static inline PURE vd V(p_atan_x)(vd x, vd z) { (void)x; (void)z; return CHOOSE(V(both)(V(lt)((-V(broadcast)(1e+150)), x), V(lt)(x, V(broadcast)(1e+150))), (V(broadcast)(1.0) / (V(broadcast)(1.0) + (x * x))), ((V(broadcast)(1.0) / x) / x)); }
static inline PURE vd V(p_sinh_x)(vd x, vd z) { (void)x; (void)z; return V(cosh)(x); }
static inline PURE vd V(p_cosh_x)(vd x, vd z) { (void)x; (void)z; return V(sinh)(x); }
static inline PURE vd V(p_tanh_x)(vd x, vd z) { (void)x; (void)z; return V(w_sech2)(x); }
static inline PURE vd V(p_asinh_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(1.0) / V(hypot)(x, V(broadcast)(1.0))); }
static inline PURE vd V(p_acosh_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(1.0) / (V(sqrt)((x - V(broadcast)(1.0))) * V(sqrt)((x + V(broadcast)(1.0))))); }
static inline PURE vd V(p_atanh_x)(vd x, vd z) { (void)x; (void)z; return CHOOSE(V(both)(V(le)((-V(broadcast)(1.0)), x), V(le)(x, V(broadcast)(1.0))), (V(broadcast)(1.0) / ((V(broadcast)(1.0) - x) * (V(broadcast)(1.0) + x))), z); }
static inline PURE vd V(p_sigmoid_x)(vd x, vd z) { (void)x; (void)z; return V(w_sigmoid_dx)(x); }
static inline PURE vd V(p_softplus_x)(vd x, vd z) { (void)x; (void)z; return V(w_sigmoid)(x); }
static inline PURE vd V(p_elu_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return CHOOSE(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(1.0), CHOOSE(V(gt)(x, (-V(broadcast)(700.0))), (y * V(exp)(x)), V(w_times_square)(y, V(exp)((V(broadcast)(0.5) * x))))); }
static inline PURE vd V(p_elu_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_elu_dy)(x); }
static inline PURE vd V(p_mills_x)(vd x, vd z) { (void)x; (void)z; return ((-V(broadcast)(1.0)) + (x * (V(broadcast)(6.0) - (x * (V(broadcast)(45.0) - (x * (V(broadcast)(420.0) - (x * (V(broadcast)(4725.0) - (x * (V(broadcast)(62370.0) - (x * (V(broadcast)(945945.0) - (x * V(broadcast)(16216200.0))))))))))))))); }
static inline PURE vd V(p_high_x)(vd x, vd z) { (void)x; (void)z; return V(broadcast)(1.0); }
static inline PURE vd V(p_mul_error_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_mul_error_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_normal_cdf_x)(vd x, vd z) { (void)x; (void)z; return V(w_normal_pdf)(x); }
static inline PURE vd V(p_small_expm1_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(1.0) + z); }
static inline PURE vd V(p_normal_pdf_times_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_normal_pdf_times)(x, ((-x) * y)); }
static inline PURE vd V(p_normal_pdf_times_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_normal_pdf)(x); }
static inline PURE vd V(p_gelu_x)(vd x, vd z) { (void)x; (void)z; return V(w_gelu_dx)(x); }
static inline PURE vd V(p_gelu_factor_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(0.08943) * x); }
static inline PURE vd V(p_gelu_angle_x)(vd x, vd z) { (void)x; (void)z; return V(w_gelu_angle_dx)(x); }
static inline PURE vd V(p_add_error_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_add_error_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_gelu_factor_error_x)(vd x, vd z) { (void)x; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_gelu_angle_error_x)(vd x, vd z) { (void)x; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_sigmoid_of_sum_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return (z * V(w_sigmoid_of_sum)((-x), (-y))); }
static inline PURE vd V(p_sigmoid_of_sum_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return (z * V(w_sigmoid_of_sum)((-x), (-y))); }
static inline PURE vd V(p_gelu_tanh_x)(vd x, vd z) { (void)x; (void)z; return V(w_gelu_tanh_dx)(x); }
static inline PURE vd V(p_silu_x)(vd x, vd z) { (void)x; (void)z; return V(w_silu_dx)(x); }
static inline PURE vd V(p_erf_x)(vd x, vd z) { (void)x; (void)z; return V(w_gauss_times)(x, V(broadcast)(1.1283791670955126)); }
static inline PURE vd V(p_erfc_x)(vd x, vd z) { (void)x; (void)z; return V(w_gauss_times)(x, (-V(broadcast)(1.1283791670955126))); }
static inline PURE vd V(p_atan2_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_atan2_dx)(x, y); }
static inline PURE vd V(p_atan2_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return (-V(w_atan2_dx)(y, x)); }
static inline PURE vd V(p_hypot_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_hypot_dx)(x, y); }
static inline PURE vd V(p_hypot_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_hypot_dx)(y, x); }
static inline PURE vd V(p_gelu_rise_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(0.4314939923140469) + (x * (V(broadcast)(0.776569965981104) + (x * ((-V(broadcast)(0.05459902919601288)) + (x * ((-V(broadcast)(0.4560329331888871)) + (x * ((-V(broadcast)(0.07385761074127999)) + (x * (V(broadcast)(0.11653007902911591) + (x * (V(broadcast)(0.03177459865673304) + (x * ((-V(broadcast)(0.017916304542086033)) + (x * ((-V(broadcast)(0.006703441611086203)) + (x * (V(broadcast)(0.001863397378989347) + (x * (V(broadcast)(0.0009477549723744242) + (x * ((-V(broadcast)(0.00013457132355679512)) + (x * ((-V(broadcast)(0.0001007340438389494)) + (x * (V(broadcast)(6.050576862680628e-06) + (x * (V(broadcast)(8.563819917447765e-06) + (x * (V(broadcast)(8.196797373307641e-09) + (x * ((-V(broadcast)(5.999687641543789e-07)) + (x * (-V(broadcast)(7.283607745666731e-08)))))))))))))))))))))))))))))))))))); }
static inline PURE vd V(p_gelu_dx_x)(vd x, vd z) { (void)x; (void)z; return V(w_normal_pdf_times)(x, (((V(broadcast)(1.4142135623730951) - x) - V(broadcast)(9.667293313452913e-17)) * ((V(broadcast)(1.4142135623730951) + x) - V(broadcast)(9.667293313452913e-17)))); }
static inline PURE vd V(p_gelu_angle_dx_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(1.5957691216057308) * (V(broadcast)(0.26829) * x)); }
static inline PURE vd V(p_gelu_reach_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(1.5957691216057308) + ((V(broadcast)(0.6421933464534022) * x) * x)); }
static inline PURE vd V(p_gelu_reach_error_x)(vd x, vd z) { (void)x; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_gelu_tanh_rise_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(0.4304000910248585) + (x * (V(broadcast)(0.7750368922715779) + (x * ((-V(broadcast)(0.04734856056552531)) + (x * ((-V(broadcast)(0.4557779323238452)) + (x * ((-V(broadcast)(0.0830966417181205)) + (x * (V(broadcast)(0.11809385675808892) + (x * (V(broadcast)(0.03682741492449513) + (x * ((-V(broadcast)(0.019381854651700132)) + (x * ((-V(broadcast)(0.00834698131052404)) + (x * (V(broadcast)(0.002639272570248958) + (x * (V(broadcast)(0.0013668103001811317) + (x * ((-V(broadcast)(0.00041941667705162243)) + (x * ((-V(broadcast)(0.00020756901478836493)) + (x * (V(broadcast)(8.242639049116271e-05) + (x * (V(broadcast)(3.704839145528451e-05) + (x * ((-V(broadcast)(1.4206564684217804e-05)) + (x * ((-V(broadcast)(7.453290853345451e-06)) + (x * V(broadcast)(5.819626997804551e-08))))))))))))))))))))))))))))))))))); }
static inline PURE vd V(p_tilted_x)(vd x, vd y, vd low, vd z) { (void)x; (void)y; (void)low; (void)z; return (((y + (V(broadcast)(2.0) * x)) - ((V(broadcast)(2.0) * z) * (V(broadcast)(1.0) + x))) / V(w_square)((V(broadcast)(1.0) + x))); }
static inline PURE vd V(p_tilted_y)(vd x, vd y, vd low, vd z) { (void)x; (void)y; (void)low; (void)z; return (x / V(w_square)((V(broadcast)(1.0) + x))); }
static inline PURE vd V(p_tilted_low)(vd x, vd y, vd low, vd z) { (void)x; (void)y; (void)low; (void)z; return (x / V(w_square)((V(broadcast)(1.0) + x))); }
static inline PURE vd V(p_gelu_tanh_dx_x)(vd x, vd z) { (void)x; (void)z; return CHOOSE(V(both)(V(lt)((-V(broadcast)(20.0)), x), V(lt)(x, V(broadcast)(20.0))), ((V(w_sigmoid_of_sum)(V(w_gelu_angle)(x), V(w_gelu_angle_error)(x)) * V(w_sigmoid_of_sum)((-V(w_gelu_angle)(x)), (-V(w_gelu_angle_error)(x)))) * (V(w_gelu_bend)(x) - ((x * V(w_square)(V(w_gelu_angle_dx)(x))) * V(tanh)((V(broadcast)(0.5) * V(w_gelu_angle)(x)))))), CHOOSE(V(both)(V(lt)((-V(broadcast)(40.0)), x), V(lt)(x, V(broadcast)(40.0))), V(w_times_square)(((V(w_gelu_bend)(x) - (V(fabs)(x) * V(w_square)(V(w_gelu_angle_dx)(x)))) * (V(broadcast)(1.0) + V(w_gelu_angle_error)((-V(fabs)(x))))), V(exp)(((-V(broadcast)(0.5)) * V(fabs)(V(w_gelu_angle)(x))))), V(select)(V(ne)(x, x), x, V(broadcast)(0.0)))); }
static inline PURE vd V(p_silu_rise_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(1.0) + (V(broadcast)(0.2784645427610738) * V(exp)(x))); }
static inline PURE vd V(p_silu_dx_x)(vd x, vd z) { (void)x; (void)z; return CHOOSE(V(both)(V(le)((-V(broadcast)(700.0)), x), V(le)(x, V(broadcast)(700.0))), (V(w_sigmoid_dx)(x) * (V(broadcast)(2.0) - (x * V(tanh)((V(broadcast)(0.5) * x))))), CHOOSE(V(both)(V(lt)((-V(broadcast)(800.0)), x), V(lt)(x, V(broadcast)(800.0))), V(w_times_square)((V(broadcast)(2.0) - V(fabs)(x)), V(exp)(((-V(broadcast)(0.5)) * V(fabs)(x)))), V(w_sigmoid_dx)(x))); }
static inline PURE vd V(p_sech2_x)(vd x, vd z) { (void)x; (void)z; return (((-V(broadcast)(2.0)) * z) * V(tanh)(x)); }
static inline PURE vd V(p_sigmoid_dx_x)(vd x, vd z) { (void)x; (void)z; return ((-z) * V(tanh)((V(broadcast)(0.5) * x))); }
static inline PURE vd V(p_pow_dx_kept_p)(vd p, vd x, vd y, vd z) { (void)p; (void)x; (void)y; (void)z; return V(broadcast)(1.0); }
static inline PURE vd V(p_pow_dx_kept_x)(vd p, vd x, vd y, vd z) { (void)p; (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_pow_dx_kept_y)(vd p, vd x, vd y, vd z) { (void)p; (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_pow_dx_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return CHOOSE(V(eq)(y, V(broadcast)(0.0)), V(broadcast)(0.0), CHOOSE(V(either)(V(ge)(y, V(broadcast)(1.0)), V(eq)(x, V(broadcast)(0.0))), (y * V(w_pow_dx)(x, (y - V(broadcast)(1.0)))), (((y - V(broadcast)(1.0)) * z) / x))); }
static inline PURE vd V(p_pow_dx_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return CHOOSE(V(both)(V(eq)(x, V(broadcast)(0.0)), V(gt)(y, V(broadcast)(1.0))), V(broadcast)(0.0), (V(pow)(x, (y - V(broadcast)(1.0))) * (V(broadcast)(1.0) + (y * V(log)(x))))); }
static inline PURE vd V(p_pow_dy_kept_p)(vd p, vd x, vd y, vd z) { (void)p; (void)x; (void)y; (void)z; return V(broadcast)(1.0); }
static inline PURE vd V(p_pow_dy_kept_x)(vd p, vd x, vd y, vd z) { (void)p; (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_pow_dy_kept_y)(vd p, vd x, vd y, vd z) { (void)p; (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_pow_dy_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return CHOOSE(V(both)(V(eq)(x, V(broadcast)(0.0)), V(gt)(y, V(broadcast)(1.0))), V(broadcast)(0.0), (V(pow)(x, (y - V(broadcast)(1.0))) * (V(broadcast)(1.0) + (y * V(log)(x))))); }
static inline PURE vd V(p_pow_dy_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return CHOOSE(V(both)(V(eq)(x, V(broadcast)(0.0)), V(ge)(y, V(broadcast)(0.0))), V(broadcast)(0.0), (z * V(log)(x))); }
static inline PURE vd V(p_scale_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_scale_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_atan2_dx_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return (((-V(broadcast)(2.0)) * z) * V(w_atan2_dx)(y, x)); }
static inline PURE vd V(p_atan2_dx_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return __extension__({ vd shared_1 = V(w_atan2_dx)(y, x); ((shared_1 - z) * (shared_1 + z)); }); }
static inline PURE vd V(p_scaled_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_scale)(x, y); }
static inline PURE vd V(p_scaled_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_hypot_dx_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return __extension__({ vd shared_1 = V(w_hypot_dx)(y, x); (shared_1 * (shared_1 / V(hypot)(x, y))); }); }
static inline PURE vd V(p_hypot_dx_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return ((-z) * (V(w_hypot_dx)(y, x) / V(hypot)(x, y))); }
static inline PURE vd V(p_gauss_times_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_gauss_times)(x, (((-V(broadcast)(2.0)) * x) * y)); }
static inline PURE vd V(p_gauss_times_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(w_gauss_times)(x, V(broadcast)(1.0)); }
static inline PURE vd V(p_normal_pdf_x)(vd x, vd z) { (void)x; (void)z; return V(w_normal_pdf_times)(x, (-x)); }
static inline PURE vd V(p_gelu_bend_x)(vd x, vd z) { (void)x; (void)z; return (V(broadcast)(1.5957691216057308) * (V(broadcast)(1.07316) * x)); }
static inline PURE vd V(p_elu_dy_x)(vd x, vd z) { (void)x; (void)z; return CHOOSE(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(0.0), V(exp)(x)); }
static inline PURE vd V(p_fmod_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(1.0), z); }
static inline PURE vd V(p_fmod_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return (-V(rint)(((x - z) / y))); }
static inline PURE vd V(p_norm_share_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return (V(broadcast)(1.0) / y); }
static inline PURE vd V(p_norm_share_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return CHOOSE(V(either)(V(gt)(V(fabs)(z), V(broadcast)(2.3e-308)), V(eq)(z, V(broadcast)(0.0))), ((-z) / y), ((-x) * V(w_square)((V(broadcast)(1.0) / y)))); }
static inline PURE vd V(p_exp_below_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return z; }
static inline PURE vd V(p_exp_below_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return (-z); }
static inline PURE vd V(p_rint_of_sum_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_rint_of_sum_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_round_to_part_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_round_to_part_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_round_to_multiple_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_round_to_multiple_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_div_dy_x)(vd x, vd y, vd r, vd z) { (void)x; (void)y; (void)r; (void)z; return CHOOSE(V(eq)(z, z), CHOOSE(V(either)(V(gt)(V(fabs)(r), V(broadcast)(2.3e-308)), V(eq)(r, V(broadcast)(0.0))), V(broadcast)(0.0), ((-V(broadcast)(1.0)) * V(w_square)((V(broadcast)(1.0) / y)))), z); }
static inline PURE vd V(p_div_dy_y)(vd x, vd y, vd r, vd z) { (void)x; (void)y; (void)r; (void)z; return CHOOSE(V(eq)(z, z), CHOOSE(V(either)(V(gt)(V(fabs)(r), V(broadcast)(2.3e-308)), V(eq)(r, V(broadcast)(0.0))), (-(((-r) / y) / y)), ((-x) * ((V(broadcast)(2.0) * (V(broadcast)(1.0) / y)) * (-((V(broadcast)(1.0) / y) / y))))), z); }
static inline PURE vd V(p_div_dy_r)(vd x, vd y, vd r, vd z) { (void)x; (void)y; (void)r; (void)z; return CHOOSE(V(eq)(z, z), CHOOSE(V(either)(V(gt)(V(fabs)(r), V(broadcast)(2.3e-308)), V(eq)(r, V(broadcast)(0.0))), ((-V(broadcast)(1.0)) / y), V(broadcast)(0.0)), z); }
static inline PURE vd V(p_mod_dy_x)(vd x, vd y, vd r, vd z) { (void)x; (void)y; (void)r; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_mod_dy_y)(vd x, vd y, vd r, vd z) { (void)x; (void)y; (void)r; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_mod_dy_r)(vd x, vd y, vd r, vd z) { (void)x; (void)y; (void)r; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_cbrt_dx_x)(vd x, vd r, vd z) { (void)x; (void)r; (void)z; return CHOOSE(V(eq)(z, z), CHOOSE(V(both)(V(eq)((x - x), V(broadcast)(0.0)), V(ne)(x, V(broadcast)(0.0))), ((-(((V(broadcast)(2.0) * r) / x) / x)) / V(broadcast)(9.0)), V(broadcast)(0.0)), z); }
static inline PURE vd V(p_cbrt_dx_r)(vd x, vd r, vd z) { (void)x; (void)r; (void)z; return CHOOSE(V(eq)(z, z), CHOOSE(V(both)(V(eq)((x - x), V(broadcast)(0.0)), V(ne)(x, V(broadcast)(0.0))), ((((-((V(broadcast)(1.0) / (r * r)) / (r * r))) * (r + r)) + (V(broadcast)(2.0) / x)) / V(broadcast)(9.0)), ((-((V(broadcast)(1.0) / (r * r)) / (r * r))) * (r + r))), z); }
static inline PURE vd V(p_log_dx_x)(vd x, vd r, vd z) { (void)x; (void)r; (void)z; return CHOOSE(V(eq)(z, z), CHOOSE(V(gt)(x, V(broadcast)(0.0)), (-((V(broadcast)(1.0) / x) / x)), V(broadcast)(0.0)), z); }
static inline PURE vd V(p_log_dx_r)(vd x, vd r, vd z) { (void)x; (void)r; (void)z; return V(select)(V(eq)(z, z), V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(0.0), (-V(broadcast)(1.0))), z); }
static inline PURE vd V(p_log2_dx_x)(vd x, vd r, vd z) { (void)x; (void)r; (void)z; return CHOOSE(V(eq)(z, z), CHOOSE(V(gt)(x, V(broadcast)(0.0)), (-((V(broadcast)(1.4426950408889634) / x) / x)), V(broadcast)(0.0)), z); }
static inline PURE vd V(p_log2_dx_r)(vd x, vd r, vd z) { (void)x; (void)r; (void)z; return V(select)(V(eq)(z, z), V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(0.0), (-V(broadcast)(1.0))), z); }
static inline PURE vd V(p_log10_dx_x)(vd x, vd r, vd z) { (void)x; (void)r; (void)z; return CHOOSE(V(eq)(z, z), CHOOSE(V(gt)(x, V(broadcast)(0.0)), (-((V(broadcast)(0.4342944819032518) / x) / x)), V(broadcast)(0.0)), z); }
static inline PURE vd V(p_log10_dx_r)(vd x, vd r, vd z) { (void)x; (void)r; (void)z; return V(select)(V(eq)(z, z), V(select)(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(0.0), (-V(broadcast)(1.0))), z); }
static inline PURE vd V(p_log1p_dx_x)(vd x, vd r, vd z) { (void)x; (void)r; (void)z; return CHOOSE(V(eq)(z, z), CHOOSE(V(gt)(x, (-V(broadcast)(1.0))), (-((V(broadcast)(1.0) / (V(broadcast)(1.0) + x)) / (V(broadcast)(1.0) + x))), V(broadcast)(0.0)), z); }
static inline PURE vd V(p_log1p_dx_r)(vd x, vd r, vd z) { (void)x; (void)r; (void)z; return V(select)(V(eq)(z, z), V(select)(V(gt)(x, (-V(broadcast)(1.0))), V(broadcast)(0.0), (-V(broadcast)(1.0))), z); }
static inline PURE vd V(p_atan_dx_x)(vd x, vd z) { (void)x; (void)z; return CHOOSE(V(eq)(z, z), CHOOSE(V(both)(V(lt)((-V(broadcast)(1e+150)), x), V(lt)(x, V(broadcast)(1e+150))), ((-((V(broadcast)(1.0) / (V(broadcast)(1.0) + (x * x))) / (V(broadcast)(1.0) + (x * x)))) * (x + x)), (((-((V(broadcast)(1.0) / x) / x)) / x) + (-(((V(broadcast)(1.0) / x) / x) / x)))), z); }
static inline PURE vd V(p_atanh_dx_x)(vd x, vd r, vd z) { (void)x; (void)r; (void)z; return CHOOSE(V(eq)(z, z), CHOOSE(V(both)(V(le)((-V(broadcast)(1.0)), x), V(le)(x, V(broadcast)(1.0))), ((-((V(broadcast)(1.0) / ((V(broadcast)(1.0) - x) * (V(broadcast)(1.0) + x))) / ((V(broadcast)(1.0) - x) * (V(broadcast)(1.0) + x)))) * (((-V(broadcast)(1.0)) * (V(broadcast)(1.0) + x)) + (V(broadcast)(1.0) - x))), V(broadcast)(0.0)), z); }
static inline PURE vd V(p_atanh_dx_r)(vd x, vd r, vd z) { (void)x; (void)r; (void)z; return V(select)(V(eq)(z, z), V(select)(V(both)(V(le)((-V(broadcast)(1.0)), x), V(le)(x, V(broadcast)(1.0))), V(broadcast)(0.0), V(broadcast)(1.0)), z); }
static inline PURE vd V(p_elu_dx_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return CHOOSE(V(eq)(z, z), CHOOSE(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(0.0), CHOOSE(V(gt)(x, (-V(broadcast)(700.0))), (y * V(exp)(x)), __extension__({ vd shared_1 = V(exp)((V(broadcast)(0.5) * x)); (((V(broadcast)(2.0) * y) * shared_1) * (shared_1 * V(broadcast)(0.5))); }))), z); }
static inline PURE vd V(p_elu_dx_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return CHOOSE(V(eq)(z, z), CHOOSE(V(gt)(x, V(broadcast)(0.0)), V(broadcast)(0.0), CHOOSE(V(gt)(x, (-V(broadcast)(700.0))), V(exp)(x), __extension__({ vd shared_1 = V(exp)((V(broadcast)(0.5) * x)); (shared_1 * shared_1); }))), z); }
static inline PURE vd V(p_maximum_dx_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_maximum_dx_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_maximum_dy_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_maximum_dy_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_minimum_dx_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_minimum_dx_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_minimum_dy_x)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_minimum_dy_y)(vd x, vd y, vd z) { (void)x; (void)y; (void)z; return V(select)(V(eq)(z, z), V(broadcast)(0.0), z); }
static inline PURE vd V(p_clip_dx_x)(vd x, vd lo, vd hi, vd z) { (void)x; (void)lo; (void)hi; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_clip_dx_lo)(vd x, vd lo, vd hi, vd z) { (void)x; (void)lo; (void)hi; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_clip_dx_hi)(vd x, vd lo, vd hi, vd z) { (void)x; (void)lo; (void)hi; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_clip_dlo_x)(vd x, vd lo, vd hi, vd z) { (void)x; (void)lo; (void)hi; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_clip_dlo_lo)(vd x, vd lo, vd hi, vd z) { (void)x; (void)lo; (void)hi; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_clip_dlo_hi)(vd x, vd lo, vd hi, vd z) { (void)x; (void)lo; (void)hi; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_clip_dhi_x)(vd x, vd lo, vd hi, vd z) { (void)x; (void)lo; (void)hi; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_clip_dhi_lo)(vd x, vd lo, vd hi, vd z) { (void)x; (void)lo; (void)hi; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_clip_dhi_hi)(vd x, vd lo, vd hi, vd z) { (void)x; (void)lo; (void)hi; (void)z; return V(broadcast)(0.0); }
static inline PURE vd V(p_expm1_by_exp)(vd y, vd z) { (void)y; (void)z; return y; }
static inline PURE vd V(p_sin_by_cos)(vd y, vd z) { (void)y; (void)z; return y; }
static inline PURE vd V(p_cos_by_sin)(vd y, vd z) { (void)y; (void)z; return (-y); }
static inline PURE vd V(p_sinh_by_cosh)(vd y, vd z) { (void)y; (void)z; return y; }
static inline PURE vd V(p_cosh_by_sinh)(vd y, vd z) { (void)y; (void)z; return y; }
static inline PURE vd V(p_tanh_by_sech2)(vd y, vd z) { (void)y; (void)z; return y; }
static inline PURE vd V(p_sigmoid_by_sigmoid_dx)(vd y, vd z) { (void)y; (void)z; return y; }
static inline PURE vd V(p_softplus_by_sigmoid)(vd y, vd z) { (void)y; (void)z; return y; }
static inline PURE vd V(p_normal_cdf_by_normal_pdf)(vd y, vd z) { (void)y; (void)z; return y; }
static inline PURE vd V(p_gelu_by_gelu_dx)(vd y, vd z) { (void)y; (void)z; return y; }
static inline PURE vd V(p_gelu_tanh_by_gelu_tanh_dx)(vd y, vd z) { (void)y; (void)z; return y; }
static inline PURE vd V(p_silu_by_silu_dx)(vd y, vd z) { (void)y; (void)z; return y; }
static inline PURE vd V(p_silu_rise_by_exp)(vd y, vd z) { (void)y; (void)z; return (V(broadcast)(1.0) + (V(broadcast)(0.2784645427610738) * y)); }
static inline PURE vd V(p_sech2_by_tanh)(vd y, vd z) { (void)y; (void)z; return (((-V(broadcast)(2.0)) * z) * y); }
#endif
