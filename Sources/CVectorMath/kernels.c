#include "CVectorMath.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#define EVERY_CPU __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EVERY_CPU
#endif

// exp(x) = 2^n exp(r), n = round(x / ln 2), |r| <= ln 2 / 2. exp(r) by its Taylor series to r^7: the remainder
// is below r^8 / 8! = 5e-9, a tenth of a unit in the last place. ln 2 in two parts keeps r exact.
static inline __attribute__((always_inline)) float exponential_f32(float x) {
  float t = x < -87.0f ? -87.0f : (x > 87.0f ? 87.0f : x);
  float shifted = t * 1.44269504088896341f + 12582912.0f;  // 1.5 2^23: the fraction is rounded away
  int32_t n;
  memcpy(&n, &shifted, sizeof n);
  float rounded = shifted - 12582912.0f;
  float r = t - rounded * 0.693359375f;
  r = r + rounded * 2.12194440e-4f;
  float p = 1.0f / 5040;
  p = p * r + 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r * r + r + 1.0f;
  uint32_t bits = ((uint32_t)n + 127u) << 23;
  float power;
  memcpy(&power, &bits, sizeof power);
  return p * power;
}

static inline __attribute__((always_inline)) double exponential_f64(double x) { return exp(x); }

// sqrt() of the C library sets errno, which keeps it from being vectorised.
#define SQUARE_ROOT(x) __builtin_elementwise_sqrt(x)

#define DEFINE(REAL, SUFFIX)                                                                                   \
  EVERY_CPU void exospool_exp_##SUFFIX(const REAL *x, REAL *y, long count) {                                   \
    for (long i = 0; i < count; i++) y[i] = exponential_##SUFFIX(x[i]);                                        \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_silu_##SUFFIX(const REAL *x, REAL *y, long count) {                                  \
    for (long i = 0; i < count; i++) y[i] = x[i] * (1 / (1 + exponential_##SUFFIX(-x[i])));                    \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_silu_derivative_##SUFFIX(REAL *restrict x, REAL *restrict y, long count) {           \
    for (long i = 0; i < count; i++) {                                                                         \
      REAL sigmoid = 1 / (1 + exponential_##SUFFIX(-x[i]));                                                    \
      REAL value = x[i] * sigmoid;                                                                             \
      y[i] = value;                                                                                            \
      x[i] = sigmoid + value * (1 - sigmoid);                                                                  \
    }                                                                                                          \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_multiply_##SUFFIX(REAL *restrict a, const REAL *restrict b, long count) {            \
    for (long i = 0; i < count; i++) a[i] *= b[i];                                                             \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_add_row_##SUFFIX(REAL *restrict matrix, const REAL *restrict row, long rows,         \
                                           long columns) {                                                     \
    for (long i = 0; i < rows; i++)                                                                            \
      for (long j = 0; j < columns; j++) matrix[i * columns + j] += row[j];                                    \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_column_sums_##SUFFIX(const REAL *restrict matrix, REAL *restrict sums, long rows,    \
                                               long columns) {                                                 \
    for (long j = 0; j < columns; j++) sums[j] = 0;                                                            \
    for (long i = 0; i < rows; i++)                                                                            \
      for (long j = 0; j < columns; j++) sums[j] += matrix[i * columns + j];                                   \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU double exospool_sum_of_squares_##SUFFIX(const REAL *x, long count) {                               \
    double lanes[16] = {0};                                                                                    \
    long i = 0;                                                                                                \
    for (; i + 16 <= count; i += 16)                                                                           \
      for (int lane = 0; lane < 16; lane++) lanes[lane] += (double)x[i + lane] * (double)x[i + lane];          \
    for (; i < count; i++) lanes[i % 16] += (double)x[i] * (double)x[i];                                       \
    double sum = 0;                                                                                            \
    for (int lane = 0; lane < 16; lane++) sum += lanes[lane];                                                  \
    return sum;                                                                                                \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_adamw_##SUFFIX(REAL *restrict parameters, const REAL *restrict gradient,             \
                                         REAL *restrict first, REAL *restrict second, long count, REAL rate,   \
                                         REAL decay1, REAL decay2, REAL correction1, REAL correction2,         \
                                         REAL epsilon, REAL shrink, REAL scale) {                              \
    for (long i = 0; i < count; i++) {                                                                         \
      REAL g = gradient[i] * scale;                                                                            \
      REAL m = decay1 * first[i] + (1 - decay1) * g;                                                           \
      REAL v = decay2 * second[i] + (1 - decay2) * g * g;                                                      \
      first[i] = m;                                                                                            \
      second[i] = v;                                                                                           \
      parameters[i] = parameters[i] * shrink -                                                                 \
                      rate * (m * correction1) / (SQUARE_ROOT(v * correction2) + epsilon);                   \
    }                                                                                                          \
  }

DEFINE(float, f32)
DEFINE(double, f64)
