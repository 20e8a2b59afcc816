# Generated from primitives.py by `python -m autograd.formulas`: do not edit.
from autograd.jit.passes.building cimport Builder

cdef int d_add(Builder b, int k, int x, int y, int z) except -1
cdef int d_sub(Builder b, int k, int x, int y, int z) except -1
cdef int d_mul(Builder b, int k, int x, int y, int z) except -1
cdef int d_div(Builder b, int k, int x, int y, int z) except -1
cdef int d_neg(Builder b, int k, int x, int z) except -1
cdef int d_pow(Builder b, int k, int x, int y, int z) except -1
cdef int d_powc(Builder b, int k, int x, int y, int z) except -1
cdef int d_mod(Builder b, int k, int x, int y, int z) except -1
cdef int d_floordiv(Builder b, int k, int x, int y, int z) except -1
cdef int d_square(Builder b, int k, int x, int z) except -1
cdef int d_reciprocal(Builder b, int k, int x, int z) except -1
cdef int d_sqrt(Builder b, int k, int x, int z) except -1
cdef int d_cbrt(Builder b, int k, int x, int z) except -1
cdef int d_exp(Builder b, int k, int x, int z) except -1
cdef int d_expm1(Builder b, int k, int x, int z) except -1
cdef int d_log(Builder b, int k, int x, int z) except -1
cdef int d_log2(Builder b, int k, int x, int z) except -1
cdef int d_log10(Builder b, int k, int x, int z) except -1
cdef int d_log1p(Builder b, int k, int x, int z) except -1
cdef int d_sin(Builder b, int k, int x, int z) except -1
cdef int d_cos(Builder b, int k, int x, int z) except -1
cdef int d_tan(Builder b, int k, int x, int z) except -1
cdef int d_asin(Builder b, int k, int x, int z) except -1
cdef int d_acos(Builder b, int k, int x, int z) except -1
cdef int d_atan(Builder b, int k, int x, int z) except -1
cdef int d_sinh(Builder b, int k, int x, int z) except -1
cdef int d_cosh(Builder b, int k, int x, int z) except -1
cdef int d_tanh(Builder b, int k, int x, int z) except -1
cdef int d_asinh(Builder b, int k, int x, int z) except -1
cdef int d_acosh(Builder b, int k, int x, int z) except -1
cdef int d_atanh(Builder b, int k, int x, int z) except -1
cdef int d_sigmoid(Builder b, int k, int x, int z) except -1
cdef int d_softplus(Builder b, int k, int x, int z) except -1
cdef int d_relu(Builder b, int k, int x, int z) except -1
cdef int d_leaky_relu(Builder b, int k, int x, int y, int z) except -1
cdef int d_elu(Builder b, int k, int x, int y, int z) except -1
cdef int d_gelu(Builder b, int k, int x, int z) except -1
cdef int d_gelu_tanh(Builder b, int k, int x, int z) except -1
cdef int d_silu(Builder b, int k, int x, int z) except -1
cdef int d_erf(Builder b, int k, int x, int z) except -1
cdef int d_erfc(Builder b, int k, int x, int z) except -1
cdef int d_abs(Builder b, int k, int x, int z) except -1
cdef int d_sign(Builder b, int k, int x, int z) except -1
cdef int d_floor(Builder b, int k, int x, int z) except -1
cdef int d_ceil(Builder b, int k, int x, int z) except -1
cdef int d_round(Builder b, int k, int x, int z) except -1
cdef int d_trunc(Builder b, int k, int x, int z) except -1
cdef int d_detach(Builder b, int k, int x, int z) except -1
cdef int d_identity(Builder b, int k, int x, int z) except -1
cdef int d_maximum(Builder b, int k, int x, int y, int z) except -1
cdef int d_minimum(Builder b, int k, int x, int y, int z) except -1
cdef int d_atan2(Builder b, int k, int x, int y, int z) except -1
cdef int d_hypot(Builder b, int k, int x, int y, int z) except -1
cdef int d_clip(Builder b, int k, int x, int lo, int hi, int z) except -1
cdef int d_gelu_dx(Builder b, int k, int x, int z) except -1
cdef int d_gelu_rise(Builder b, int k, int x, int z) except -1
cdef int d_gelu_tanh_dx(Builder b, int k, int x, int z) except -1
cdef int s_gelu_tanh_dx(Builder b, int k, int x, int z, int g) except -1
cdef int a_gelu_tanh_dx(Builder b, int k, int x, int z) except -1
cdef int d_gelu_tanh_rise(Builder b, int k, int x, int z) except -1
cdef int d_silu_dx(Builder b, int k, int x, int z) except -1
cdef int s_silu_dx(Builder b, int k, int x, int z, int g) except -1
cdef int a_silu_dx(Builder b, int k, int x, int z) except -1
cdef int d_silu_rise(Builder b, int k, int x, int z) except -1
cdef int d_sech2(Builder b, int k, int x, int z) except -1
cdef int d_sigmoid_dx(Builder b, int k, int x, int z) except -1
cdef int d_pow_dx(Builder b, int k, int x, int y, int z) except -1
cdef int s_pow_dx(Builder b, int k, int x, int y, int z, int g) except -1
cdef int a_pow_dx(Builder b, int k, int x, int y, int z) except -1
cdef int d_pow_dy(Builder b, int k, int x, int y, int z) except -1
cdef int s_pow_dy(Builder b, int k, int x, int y, int z, int g) except -1
cdef int a_pow_dy(Builder b, int k, int x, int y, int z) except -1
cdef int d_atan2_dx(Builder b, int k, int x, int y, int z) except -1
cdef int d_hypot_dx(Builder b, int k, int x, int y, int z) except -1
cdef int d_gauss_times(Builder b, int k, int x, int y, int z) except -1
cdef int d_normal_pdf_times(Builder b, int k, int x, int y, int z) except -1
cdef int d_normal_pdf(Builder b, int k, int x, int z) except -1
cdef int d_normal_cdf(Builder b, int k, int x, int z) except -1
cdef int d_mills(Builder b, int k, int x, int z) except -1
cdef int d_gelu_angle(Builder b, int k, int x, int z) except -1
cdef int d_gelu_angle_dx(Builder b, int k, int x, int z) except -1
cdef int d_gelu_reach(Builder b, int k, int x, int z) except -1
cdef int d_gelu_bend(Builder b, int k, int x, int z) except -1
cdef int d_gelu_factor(Builder b, int k, int x, int z) except -1
cdef int d_sigmoid_of_sum(Builder b, int k, int x, int y, int z) except -1
cdef int d_tilted(Builder b, int k, int x, int y, int low, int z) except -1
cdef int d_small_expm1(Builder b, int k, int x, int z) except -1
cdef int d_times_square(Builder b, int k, int x, int y, int z) except -1
cdef int d_pow_dx_kept(Builder b, int k, int p, int x, int y, int z) except -1
cdef int d_pow_dy_kept(Builder b, int k, int p, int x, int y, int z) except -1
cdef int d_leaky_relu_dy(Builder b, int k, int x, int z) except -1
cdef int s_leaky_relu_dy(Builder b, int k, int x, int z, int g) except -1
cdef int a_leaky_relu_dy(Builder b, int k, int x, int z) except -1
cdef int d_elu_dy(Builder b, int k, int x, int z) except -1
cdef int s_elu_dy(Builder b, int k, int x, int z, int g) except -1
cdef int a_elu_dy(Builder b, int k, int x, int z) except -1
cdef int d_lt(Builder b, int k, int x, int y, int z) except -1
cdef int d_le(Builder b, int k, int x, int y, int z) except -1
cdef int d_gt(Builder b, int k, int x, int y, int z) except -1
cdef int d_ge(Builder b, int k, int x, int y, int z) except -1
cdef int d_eq(Builder b, int k, int x, int y, int z) except -1
cdef int d_ne(Builder b, int k, int x, int y, int z) except -1
cdef int d_fmod(Builder b, int k, int x, int y, int z) except -1
cdef int s_fmod(Builder b, int k, int x, int y, int z, int g) except -1
cdef int a_fmod(Builder b, int k, int x, int y, int z) except -1
cdef int d_copysign(Builder b, int k, int x, int y, int z) except -1
cdef int d_chosen(Builder b, int k, int x, int y, int z) except -1
cdef int s_chosen(Builder b, int k, int x, int y, int z, int g) except -1
cdef int a_chosen(Builder b, int k, int x, int y, int z) except -1
cdef int d_norm_share(Builder b, int k, int x, int y, int z) except -1
cdef int s_norm_share(Builder b, int k, int x, int y, int z, int g) except -1
cdef int a_norm_share(Builder b, int k, int x, int y, int z) except -1
cdef int d_exp_below(Builder b, int k, int x, int y, int z) except -1
cdef int d_high(Builder b, int k, int x, int z) except -1
cdef int d_mul_error(Builder b, int k, int x, int y, int z) except -1
cdef int d_add_error(Builder b, int k, int x, int y, int z) except -1
cdef int d_gelu_factor_error(Builder b, int k, int x, int z) except -1
cdef int d_gelu_angle_error(Builder b, int k, int x, int z) except -1
cdef int d_gelu_reach_error(Builder b, int k, int x, int z) except -1
cdef int d_scale(Builder b, int k, int x, int y, int z) except -1
cdef int d_rint_of_sum(Builder b, int k, int x, int y, int z) except -1
cdef int d_round_to_part(Builder b, int k, int x, int y, int z) except -1
cdef int d_round_to_multiple(Builder b, int k, int x, int y, int z) except -1
cdef int d_norm_scale(Builder b, int k, int x, int z) except -1
cdef int d_norm_part(Builder b, int k, int x, int y, int z) except -1
cdef int d_scaled(Builder b, int k, int x, int y, int z) except -1
cdef int d_div_dy(Builder b, int k, int x, int y, int r, int z) except -1
cdef int s_div_dy(Builder b, int k, int x, int y, int r, int z, int g) except -1
cdef int a_div_dy(Builder b, int k, int x, int y, int r, int z) except -1
cdef int d_mod_dx(Builder b, int k, int r, int z) except -1
cdef int s_mod_dx(Builder b, int k, int r, int z, int g) except -1
cdef int a_mod_dx(Builder b, int k, int r, int z) except -1
cdef int d_mod_dy(Builder b, int k, int x, int y, int r, int z) except -1
cdef int s_mod_dy(Builder b, int k, int x, int y, int r, int z, int g) except -1
cdef int a_mod_dy(Builder b, int k, int x, int y, int r, int z) except -1
cdef int d_cbrt_dx(Builder b, int k, int x, int r, int z) except -1
cdef int s_cbrt_dx(Builder b, int k, int x, int r, int z, int g) except -1
cdef int a_cbrt_dx(Builder b, int k, int x, int r, int z) except -1
cdef int d_log_dx(Builder b, int k, int x, int r, int z) except -1
cdef int s_log_dx(Builder b, int k, int x, int r, int z, int g) except -1
cdef int a_log_dx(Builder b, int k, int x, int r, int z) except -1
cdef int d_log2_dx(Builder b, int k, int x, int r, int z) except -1
cdef int s_log2_dx(Builder b, int k, int x, int r, int z, int g) except -1
cdef int a_log2_dx(Builder b, int k, int x, int r, int z) except -1
cdef int d_log10_dx(Builder b, int k, int x, int r, int z) except -1
cdef int s_log10_dx(Builder b, int k, int x, int r, int z, int g) except -1
cdef int a_log10_dx(Builder b, int k, int x, int r, int z) except -1
cdef int d_log1p_dx(Builder b, int k, int x, int r, int z) except -1
cdef int s_log1p_dx(Builder b, int k, int x, int r, int z, int g) except -1
cdef int a_log1p_dx(Builder b, int k, int x, int r, int z) except -1
cdef int d_atan_dx(Builder b, int k, int x, int z) except -1
cdef int s_atan_dx(Builder b, int k, int x, int z, int g) except -1
cdef int a_atan_dx(Builder b, int k, int x, int z) except -1
cdef int d_atanh_dx(Builder b, int k, int x, int r, int z) except -1
cdef int s_atanh_dx(Builder b, int k, int x, int r, int z, int g) except -1
cdef int a_atanh_dx(Builder b, int k, int x, int r, int z) except -1
cdef int d_relu_dx(Builder b, int k, int x, int z) except -1
cdef int s_relu_dx(Builder b, int k, int x, int z, int g) except -1
cdef int a_relu_dx(Builder b, int k, int x, int z) except -1
cdef int d_leaky_relu_dx(Builder b, int k, int x, int y, int z) except -1
cdef int s_leaky_relu_dx(Builder b, int k, int x, int y, int z, int g) except -1
cdef int a_leaky_relu_dx(Builder b, int k, int x, int y, int z) except -1
cdef int d_elu_dx(Builder b, int k, int x, int y, int z) except -1
cdef int s_elu_dx(Builder b, int k, int x, int y, int z, int g) except -1
cdef int a_elu_dx(Builder b, int k, int x, int y, int z) except -1
cdef int d_abs_dx(Builder b, int k, int x, int z) except -1
cdef int s_abs_dx(Builder b, int k, int x, int z, int g) except -1
cdef int a_abs_dx(Builder b, int k, int x, int z) except -1
cdef int d_maximum_dx(Builder b, int k, int x, int y, int z) except -1
cdef int s_maximum_dx(Builder b, int k, int x, int y, int z, int g) except -1
cdef int a_maximum_dx(Builder b, int k, int x, int y, int z) except -1
cdef int d_maximum_dy(Builder b, int k, int x, int y, int z) except -1
cdef int s_maximum_dy(Builder b, int k, int x, int y, int z, int g) except -1
cdef int a_maximum_dy(Builder b, int k, int x, int y, int z) except -1
cdef int d_minimum_dx(Builder b, int k, int x, int y, int z) except -1
cdef int s_minimum_dx(Builder b, int k, int x, int y, int z, int g) except -1
cdef int a_minimum_dx(Builder b, int k, int x, int y, int z) except -1
cdef int d_minimum_dy(Builder b, int k, int x, int y, int z) except -1
cdef int s_minimum_dy(Builder b, int k, int x, int y, int z, int g) except -1
cdef int a_minimum_dy(Builder b, int k, int x, int y, int z) except -1
cdef int d_clip_dx(Builder b, int k, int x, int lo, int hi, int z) except -1
cdef int d_clip_dlo(Builder b, int k, int x, int lo, int hi, int z) except -1
cdef int d_clip_dhi(Builder b, int k, int x, int lo, int hi, int z) except -1
cdef int partial(Builder b, int op, int k, int x, int y, int w, int z) except -1
cdef int share(Builder b, int op, int k, int x, int y, int w, int z, int g) except -1
cdef int alive(Builder b, int op, int k, int x, int y, int w, int z) except -1
