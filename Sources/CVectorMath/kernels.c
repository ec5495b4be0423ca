#include "CVectorMath.h"

#include <math.h>

#include "Exponential.h"

static inline __attribute__((always_inline)) double exponential_f64(double x) { return exp(x); }

// sqrt() of the C library sets errno, which keeps it from being vectorised.
#define SQUARE_ROOT(x) __builtin_elementwise_sqrt(x)

#define DEFINE(REAL, SUFFIX)                                                                                   \
  EVERY_CPU void exospool_exp_##SUFFIX(const REAL *x, REAL *y, long count) {                                   \
    for (long i = 0; i < count; i++) y[i] = exponential_##SUFFIX(x[i]);                                        \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_silu_##SUFFIX(REAL *x, long count) {                                                 \
    for (long i = 0; i < count; i++) x[i] = x[i] * (1 / (1 + exponential_##SUFFIX(-x[i])));                    \
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
  EVERY_CPU void exospool_sigmoid_##SUFFIX(REAL *x, long count) {                                              \
    for (long i = 0; i < count; i++) x[i] = 1 / (1 + exponential_##SUFFIX(-x[i]));                             \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_sigmoid_derivative_##SUFFIX(REAL *restrict x, REAL *restrict y, long count) {        \
    for (long i = 0; i < count; i++) {                                                                         \
      REAL value = 1 / (1 + exponential_##SUFFIX(-x[i]));                                                      \
      y[i] = value;                                                                                            \
      x[i] = value * (1 - value);                                                                              \
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
