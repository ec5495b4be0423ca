#include <string.h>

#include "CVectorMath.h"
#include "Exponential.h"

static inline long larger(long a, long b) { return a > b ? a : b; }
static inline long smaller(long a, long b) { return a < b ? a : b; }

// Of a patch's taps in one direction those that lie inside the image: from `first` on, `count` of them.
static inline void inside(long pixel, long taps, long pixels, long *first, long *count) {
  *first = larger(0, -pixel);
  *count = larger(0, smaller(taps, pixels - pixel) - *first);
}

#define DEFINE(REAL, SUFFIX)                                                                                   \
  static inline __attribute__((always_inline)) void add_##SUFFIX(REAL *restrict to, const REAL *restrict from, \
                                                                 long count) {                                 \
    for (long i = 0; i < count; i++) to[i] += from[i];                                                         \
  }                                                                                                            \
                                                                                                               \
  void exospool_gather_patches_##SUFFIX(const REAL *image, const exospool_patches *p, REAL *rows) {            \
    long run = p->tap_columns * p->channels;                                                                   \
    for (long n = 0; n < p->images; n++, image += p->height * p->width * p->channels)                          \
      for (long y = p->first_row; y < p->first_row + p->rows; y++)                                             \
        for (long x = p->first_column; x < p->first_column + p->columns; x++) {                                \
          long left = x * p->stride + p->first_tap_column - p->column_padding, first, count;                   \
          inside(left, p->tap_columns, p->width, &first, &count);                                              \
          for (long i = 0; i < p->tap_rows; i++, rows += run) {                                                \
            long row = y * p->stride + p->first_tap_row + i - p->row_padding;                                  \
            if (row < 0 || row >= p->height || count < p->tap_columns) memset(rows, 0, run * sizeof(REAL));    \
            if (row >= 0 && row < p->height && count > 0)                                                      \
              memcpy(rows + first * p->channels, image + (row * p->width + left + first) * p->channels,        \
                     count * p->channels * sizeof(REAL));                                                      \
          }                                                                                                    \
        }                                                                                                      \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_scatter_patches_##SUFFIX(const REAL *rows, const exospool_patches *p, REAL *image) { \
    long run = p->tap_columns * p->channels;                                                                   \
    for (long n = 0; n < p->images; n++, image += p->height * p->width * p->channels)                          \
      for (long y = p->first_row; y < p->first_row + p->rows; y++)                                             \
        for (long x = p->first_column; x < p->first_column + p->columns; x++) {                                \
          long left = x * p->stride + p->first_tap_column - p->column_padding, first, count;                   \
          inside(left, p->tap_columns, p->width, &first, &count);                                              \
          for (long i = 0; i < p->tap_rows; i++, rows += run) {                                                \
            long row = y * p->stride + p->first_tap_row + i - p->row_padding;                                  \
            if (row >= 0 && row < p->height && count > 0)                                                      \
              add_##SUFFIX(image + (row * p->width + left + first) * p->channels, rows + first * p->channels,  \
                           count * p->channels);                                                               \
          }                                                                                                    \
        }                                                                                                      \
  }                                                                                                            \
                                                                                                               \
  void exospool_copy_rectangle_##SUFFIX(const REAL *image, long images, long height, long width,               \
                                        long channels, long first_row, long rows, long first_column,           \
                                        long columns, REAL *rectangle) {                                       \
    for (long n = 0; n < images; n++, image += height * width * channels)                                      \
      for (long y = first_row; y < first_row + rows; y++, rectangle += columns * channels)                     \
        memcpy(rectangle, image + (y * width + first_column) * channels, columns * channels * sizeof(REAL));   \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_add_rectangle_##SUFFIX(const REAL *rectangle, long images, long height, long width,  \
                                                 long channels, long first_row, long rows, long first_column,  \
                                                 long columns, REAL *image) {                                  \
    for (long n = 0; n < images; n++, image += height * width * channels)                                      \
      for (long y = first_row; y < first_row + rows; y++, rectangle += columns * channels)                     \
        add_##SUFFIX(image + (y * width + first_column) * channels, rectangle, columns * channels);            \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_rectify_##SUFFIX(REAL *x, REAL leak, long count) {                                   \
    for (long i = 0; i < count; i++) x[i] = x[i] > 0 ? x[i] : leak * x[i];                                     \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_rectify_gradient_##SUFFIX(REAL *restrict upstream, const REAL *restrict y,           \
                                                    REAL leak, long count) {                                   \
    for (long i = 0; i < count; i++) upstream[i] = y[i] > 0 ? upstream[i] : leak * upstream[i];                \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_column_products_##SUFFIX(const REAL *a, const REAL *a0, const REAL *b,               \
                                                   const REAL *b0, REAL *restrict sums, long rows,             \
                                                   long columns) {                                             \
    for (long j = 0; j < columns; j++) sums[j] = 0;                                                            \
    for (long i = 0; i < rows; i++, a += columns, b += columns)                                                \
      for (long j = 0; j < columns; j++) sums[j] += (a[j] - a0[j]) * (b[j] - b0[j]);                           \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_scale_columns_##SUFFIX(const REAL *restrict x, const REAL *restrict scale,           \
                                                 const REAL *restrict offset, REAL *restrict y, long rows,     \
                                                 long columns) {                                               \
    for (long i = 0; i < rows; i++, x += columns, y += columns)                                                \
      for (long j = 0; j < columns; j++) y[j] = scale[j] * x[j] + offset[j];                                   \
  }                                                                                                            \
                                                                                                               \
  EVERY_CPU void exospool_combine_columns_##SUFFIX(const REAL *restrict x, const REAL *restrict x_scale,       \
                                                   REAL *restrict y, const REAL *restrict y_scale,             \
                                                   const REAL *restrict offset, long rows, long columns) {     \
    for (long i = 0; i < rows; i++, x += columns, y += columns)                                                \
      for (long j = 0; j < columns; j++) y[j] = y_scale[j] * y[j] + x_scale[j] * x[j] + offset[j];             \
  }

DEFINE(float, f32)
DEFINE(double, f64)
