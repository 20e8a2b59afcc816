/* What each_target.h includes for one target, in order. */
#include "vector.h"
#include "vector_math.h"
#include "kernels_vector.h"
#include TARGET_BODY
