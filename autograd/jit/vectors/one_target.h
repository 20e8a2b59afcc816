/* What each_target.h includes for one target: the body, and where there is one the body in single precision.

   D(name) is `name` for the target in double precision and F(name) in single; V(name) is the one that the text is
   at. */
#define SINGLE 0
#define LANES DOUBLE_LANES
#define V D
#define real double
#include "vector.h"
#include "vector_math.h"
#include "kernels_vector.h"
#include TARGET_BODY
#undef real
#undef V
#undef LANES
#undef SINGLE

#ifdef SINGLE_BODY
#define SINGLE 1
#define LANES (2 * DOUBLE_LANES)
#define V F
#define real float
#include "vector.h"
#include "kernels_vector.h"
#include SINGLE_BODY
#undef real
#undef V
#undef LANES
#undef SINGLE
#endif
