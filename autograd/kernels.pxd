# Generated from primitives.py by `python -m autograd.generate`: do not edit.
cdef extern from "kernels.h" nogil:
    enum:
        ADD "OP_ADD"
        SUB "OP_SUB"
        MUL "OP_MUL"
        DIV "OP_DIV"
        NEG "OP_NEG"
        POW "OP_POW"
        POWC "OP_POWC"
        MOD "OP_MOD"
        FLOORDIV "OP_FLOORDIV"
        SQUARE "OP_SQUARE"
        RECIPROCAL "OP_RECIPROCAL"
        SQRT "OP_SQRT"
        CBRT "OP_CBRT"
        EXP "OP_EXP"
        EXPM1 "OP_EXPM1"
        LOG "OP_LOG"
        LOG2 "OP_LOG2"
        LOG10 "OP_LOG10"
        LOG1P "OP_LOG1P"
        SIN "OP_SIN"
        COS "OP_COS"
        TAN "OP_TAN"
        ASIN "OP_ASIN"
        ACOS "OP_ACOS"
        ATAN "OP_ATAN"
        SINH "OP_SINH"
        COSH "OP_COSH"
        TANH "OP_TANH"
        ASINH "OP_ASINH"
        ACOSH "OP_ACOSH"
        ATANH "OP_ATANH"
        SIGMOID "OP_SIGMOID"
        SOFTPLUS "OP_SOFTPLUS"
        RELU "OP_RELU"
        LEAKY_RELU "OP_LEAKY_RELU"
        ELU "OP_ELU"
        GELU "OP_GELU"
        GELU_TANH "OP_GELU_TANH"
        SILU "OP_SILU"
        ERF "OP_ERF"
        ERFC "OP_ERFC"
        ABS "OP_ABS"
        SIGN "OP_SIGN"
        FLOOR "OP_FLOOR"
        CEIL "OP_CEIL"
        ROUND "OP_ROUND"
        TRUNC "OP_TRUNC"
        DETACH "OP_DETACH"
        IDENTITY "OP_IDENTITY"
        MAXIMUM "OP_MAXIMUM"
        MINIMUM "OP_MINIMUM"
        ATAN2 "OP_ATAN2"
        HYPOT "OP_HYPOT"
        CLIP "OP_CLIP"
        WHERE "OP_WHERE"
        SUM "OP_SUM"
        MEAN "OP_MEAN"
        PROD "OP_PROD"
        DOT "OP_DOT"
        LOGSUMEXP "OP_LOGSUMEXP"
        MAX "OP_MAX"
        MIN "OP_MIN"
        TAKE "OP_TAKE"
        PROGRAM "OP_PROGRAM"
        SECH2 "OP_SECH2"
        SIGMOID_DX "OP_SIGMOID_DX"
        POW_DX "OP_POW_DX"
        POW_DY "OP_POW_DY"
        ATAN2_DX "OP_ATAN2_DX"
        HYPOT_DX "OP_HYPOT_DX"
        GAUSS "OP_GAUSS"
        NORMAL_PDF "OP_NORMAL_PDF"
        NORMAL_CDF "OP_NORMAL_CDF"
        GELU_ANGLE "OP_GELU_ANGLE"
        GELU_ANGLE_DX "OP_GELU_ANGLE_DX"
        GELU_FACTOR "OP_GELU_FACTOR"
        SIGMOID_OF_SUM "OP_SIGMOID_OF_SUM"
        HIGH "OP_HIGH"
        MUL_ERROR "OP_MUL_ERROR"
        ADD_ERROR "OP_ADD_ERROR"
        GELU_FACTOR_ERROR "OP_GELU_FACTOR_ERROR"
        GELU_ANGLE_ERROR "OP_GELU_ANGLE_ERROR"
        SCALE "OP_SCALE"
        SCALED "OP_SCALED"
    double c_unary "forward_unary"(int op, double x, double *dx)
    double c_binary "forward_binary"(int op, double x, double y, double *dx, double *dy)
    double c_ternary "forward_ternary"(int op, double x, double y, double w, double *dx, double *dy, double *dw)

cdef inline (double, double) forward_unary(int op, double x) noexcept nogil:
    cdef double dx
    cdef double z = c_unary(op, x, &dx)
    return z, dx

cdef inline (double, double, double) forward_binary(int op, double x, double y) noexcept nogil:
    cdef double dx, dy
    cdef double z = c_binary(op, x, y, &dx, &dy)
    return z, dx, dy

cdef inline (double, double, double, double) forward_ternary(int op, double x, double y, double w) noexcept nogil:
    cdef double dx, dy, dw
    cdef double z = c_ternary(op, x, y, w, &dx, &dy, &dw)
    return z, dx, dy, dw
