// The inner loops of networks on images; see ImageKernels.swift for what each one means.
#ifndef EXOSPOOL_IMAGES_H
#define EXOSPOOL_IMAGES_H

/* Patches of images (images, height, width, channels): one at each position (y, x) of a rectangle of a smaller image,
   with the taps of a rectangle of the kernel. Tap (i, j) of position (y, x) is pixel
   (y stride + i - row_padding, x stride + j - column_padding). */
typedef struct {
  long images, height, width, channels;
  long first_row, rows, first_column, columns;
  long first_tap_row, tap_rows, first_tap_column, tap_columns;
  long stride, row_padding, column_padding;
} exospool_patches;

#define EXOSPOOL_DECLARE_IMAGES(REAL, SUFFIX)                                                                  \
  /* One patch a row: (images rows columns, tap_rows tap_columns channels); 0 outside of the image. */         \
  void exospool_gather_patches_##SUFFIX(const REAL *image, const exospool_patches *patches, REAL *rows);       \
  /* Adds each row to where it was gathered from. */                                                           \
  void exospool_scatter_patches_##SUFFIX(const REAL *rows, const exospool_patches *patches, REAL *image);      \
  /* A rectangle of each image (height, width, channels) of a batch, row by row; and adding it back. */        \
  void exospool_copy_rectangle_##SUFFIX(const REAL *image, long images, long height, long width,               \
                                        long channels, long first_row, long rows, long first_column,           \
                                        long columns, REAL *rectangle);                                        \
  void exospool_add_rectangle_##SUFFIX(const REAL *rectangle, long images, long height, long width,            \
                                       long channels, long first_row, long rows, long first_column,            \
                                       long columns, REAL *image);                                             \
  /* x becomes x where x > 0, else leak x. */                                                                  \
  void exospool_rectify_##SUFFIX(REAL *x, REAL leak, long count);                                              \
  /* upstream *= leak where y <= 0. */                                                                         \
  void exospool_rectify_gradient_##SUFFIX(REAL *upstream, const REAL *y, REAL leak, long count);               \
  /* sums[j] = sum over i of (a[i][j] - a0[j]) (b[i][j] - b0[j]). */                                           \
  void exospool_column_products_##SUFFIX(const REAL *a, const REAL *a0, const REAL *b, const REAL *b0,         \
                                         REAL *sums, long rows, long columns);                                 \
  /* y[i][j] = scale[j] x[i][j] + offset[j]. */                                                                \
  void exospool_scale_columns_##SUFFIX(const REAL *x, const REAL *scale, const REAL *offset, REAL *y,          \
                                       long rows, long columns);                                               \
  /* y[i][j] = y_scale[j] y[i][j] + x_scale[j] x[i][j] + offset[j]. */                                         \
  void exospool_combine_columns_##SUFFIX(const REAL *x, const REAL *x_scale, REAL *y, const REAL *y_scale,     \
                                         const REAL *offset, long rows, long columns);

EXOSPOOL_DECLARE_IMAGES(float, f32)
EXOSPOOL_DECLARE_IMAGES(double, f64)

#endif
