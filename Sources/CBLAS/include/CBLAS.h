// OpenBLAS, loaded at first use instead of linked.
//
// Why not linked: OpenBLAS picks its kernels in its own constructor, before any code of ours runs. Version 0.3.21
// does not know CPUs newer than itself and gives them AVX2 kernels, half as fast as the AVX-512 ones. The only
// switch is OPENBLAS_CORETYPE in the environment of that moment, so we set it first and load afterwards.
#ifndef EXOSPOOL_CBLAS_H
#define EXOSPOOL_CBLAS_H

#include <stdbool.h>

// CBLAS enumerations (BLAS Technical Forum Standard 2001, appendix B).
enum { exospool_row_major = 101, exospool_no_transpose = 111, exospool_transpose = 112 };

typedef void exospool_sgemm_function(int order, int transpose_a, int transpose_b, int m, int n, int k,
                                     float alpha, const float *a, int lda, const float *b, int ldb,
                                     float beta, float *c, int ldc);
typedef void exospool_dgemm_function(int order, int transpose_a, int transpose_b, int m, int n, int k,
                                     double alpha, const double *a, int lda, const double *b, int ldb,
                                     double beta, double *c, int ldc);
typedef void exospool_sgemv_function(int order, int transpose_a, int m, int n, float alpha, const float *a,
                                     int lda, const float *x, int incx, float beta, float *y, int incy);
typedef void exospool_dgemv_function(int order, int transpose_a, int m, int n, double alpha, const double *a,
                                     int lda, const double *x, int incx, double beta, double *y, int incy);

// All null where the library could not be loaded.
struct exospool_blas {
  exospool_sgemm_function *sgemm;
  exospool_dgemm_function *dgemm;
  exospool_sgemv_function *sgemv;
  exospool_dgemv_function *dgemv;
  void (*set_threads)(int);
  const char *kernels;
};

// Loads OpenBLAS, once a process. Call it from one thread at a time.
struct exospool_blas exospool_load_blas(void);

// Whether this CPU and operating system run the AVX-512 kernels (F, CD, BW, DQ, VL).
bool exospool_has_avx512(void);

#endif
