// 16 bins at a time, in vectors of whatever width the CPU has.
#ifndef EXOSPOOL_LANES_H
#define EXOSPOOL_LANES_H

#include <stdint.h>

#include "Exponential.h"

typedef float lanes_f32 __attribute__((vector_size(64), aligned(4)));
typedef int32_t lanes_i32 __attribute__((vector_size(64), aligned(4)));

#define INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)
// Without it compilers break 64 bytes into two halves even where one instruction takes them.
#define EVERY_WIDTH EVERY_CPU __attribute__((min_vector_width(512)))
#else
#define EVERY_WIDTH
#endif

// Macros, since compilers refuse functions whose vectors not every CPU has, even inlined ones.
#define LANES(x)                                                                                               \
  ((lanes_f32){(x), (x), (x), (x), (x), (x), (x), (x), (x), (x), (x), (x), (x), (x), (x), (x)})

// Floating-point numbers that are not negative are in the order of their bits as integers, and integers have no NaN for
// which compilers would add instructions. A negative number counts as less than all others.
#define BITS(x) ((lanes_i32)(x))
#define LARGER(a, b) ((lanes_f32)__builtin_elementwise_max(BITS(a), BITS(b)))
#define SMALLER(a, b) ((lanes_f32)__builtin_elementwise_min(BITS(a), BITS(b)))
#define LARGEST(x) float_of_bits(__builtin_reduce_max(BITS(x)))
#define SMALLEST(x) float_of_bits(__builtin_reduce_min(BITS(x)))

INLINE float float_of_bits(int32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

#define LOAD(p) (*(const lanes_f32 *)(p))
#define AT(p) (*(lanes_f32 *)(p))

// exp(x) for |x| up to 80: as in Exponential.h, with a polynomial of degree 5 that is 1 at 0 and fitted to the interval, right
// to 9.1e-8. The n of 2^n is added to the exponent. n ln 2 is exact to 1e-9 n where multiplication and addition are
// fused, to 4e-8 n elsewhere.
#define BOUNDED_EXPONENTIAL(x)                                                                                 \
  ({                                                                                                           \
    const lanes_f32 t = (x);                                                                                   \
    const lanes_f32 shifted = t * 1.44269504088896341f + 12582912.0f;                                          \
    const lanes_f32 r = t - (shifted - 12582912.0f) * 0.693147180559945309f;                                   \
    lanes_f32 p = r * 0.00829031471f + 0.0418979293f;                                                          \
    p = p * r + 0.166676362f;                                                                                  \
    p = p * r + 0.499991495f;                                                                                  \
    p = p * r + 0.999999707f;                                                                                  \
    p = p * r + 1.0f;                                                                                          \
    (lanes_f32)(BITS(p) + (BITS(shifted) << 23));                                                              \
  })

// exp(x), x held within +-80.
#define EXPONENTIAL(x)                                                                                         \
  ({                                                                                                           \
    const lanes_i32 bits = BITS(x), sign = bits & INT32_MIN;                                                   \
    const lanes_f32 size = SMALLER(bits & INT32_MAX, LANES(80.0f));                                            \
    BOUNDED_EXPONENTIAL((lanes_f32)(BITS(size) | sign));                                                       \
  })

// exp(-x) for x >= 0, held at 80.
#define DECAY(x) BOUNDED_EXPONENTIAL(-SMALLER((x), LANES(80.0f)))

#endif
