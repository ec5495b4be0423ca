// Elementwise loops over arrays, compiled for several levels of the x86-64 instruction set; the CPU chooses at
// load time. Swift cannot compile one function for several levels, hence C. No fast-math.
#ifndef EXOSPOOL_CVECTORMATH_H
#define EXOSPOOL_CVECTORMATH_H

#include "ChordAbsorption.h"
#include "LayerEmission.h"
#include "Images.h"
#include "RadiativeTransfer.h"

#define EXOSPOOL_DECLARE(REAL, SUFFIX)                                                                         \
  /* y = exp(x); beyond |x| = 87 (single precision) as at 87, so never 0 or infinite; NaN stays NaN. */        \
  void exospool_exp_##SUFFIX(const REAL *x, REAL *y, long count);                                              \
  /* x becomes x / (1 + exp(-x)). */                                                                           \
  void exospool_silu_##SUFFIX(REAL *x, long count);                                                            \
  /* y = x / (1 + exp(-x)), and x becomes dy/dx. */                                                            \
  void exospool_silu_derivative_##SUFFIX(REAL *x, REAL *y, long count);                                        \
  /* x becomes 1 / (1 + exp(-x)). */                                                                           \
  void exospool_sigmoid_##SUFFIX(REAL *x, long count);                                                         \
  /* y = 1 / (1 + exp(-x)), and x becomes dy/dx. */                                                            \
  void exospool_sigmoid_derivative_##SUFFIX(REAL *x, REAL *y, long count);                                     \
  /* a *= b. */                                                                                                \
  void exospool_multiply_##SUFFIX(REAL *a, const REAL *b, long count);                                         \
  /* Adds a row to every row of a row-major matrix. */                                                         \
  void exospool_add_row_##SUFFIX(REAL *matrix, const REAL *row, long rows, long columns);                      \
  /* sums[j] = sum over i of matrix[i][j]. */                                                                  \
  void exospool_column_sums_##SUFFIX(const REAL *matrix, REAL *sums, long rows, long columns);                 \
  /* Sum of squares, always added in the same order. */                                                        \
  double exospool_sum_of_squares_##SUFFIX(const REAL *x, long count);                                          \
  /* One step of AdamW; see AdamW.swift. */                                                                    \
  void exospool_adamw_##SUFFIX(REAL *parameters, const REAL *gradient, REAL *first, REAL *second, long count,  \
                               REAL rate, REAL decay1, REAL decay2, REAL correction1, REAL correction2,        \
                               REAL epsilon, REAL shrink, REAL scale);

EXOSPOOL_DECLARE(float, f32)
EXOSPOOL_DECLARE(double, f64)

#endif
