#include "CBLAS.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>

bool exospool_has_avx512(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
#else
  return false;
#endif
}

// The Swift runtime's, also where it is linked in statically.
extern void _swift_stdlib_overrideUnsafeArgvArgc(char **argv, int argc) __attribute__((weak));

// Before main, while there is one thread: setenv is not safe beside another thread's getenv.
// What the user has set stays (third argument 0).
__attribute__((constructor)) static void choose_kernels(int argc, char **argv) {
  // setenv moves the environment off the stack, and by the environment's place a statically linked Swift runtime
  // finds the command line, in a constructor that runs after this one: without help there would be no arguments.
  if (_swift_stdlib_overrideUnsafeArgvArgc != NULL) _swift_stdlib_overrideUnsafeArgvArgc(argv, argc);
  if (exospool_has_avx512()) setenv("OPENBLAS_CORETYPE", "SkylakeX", 0);
  // Keeps the library from starting a pool of threads as it loads; the count is set by call.
  setenv("OPENBLAS_NUM_THREADS", "1", 0);
}

struct exospool_blas exospool_load_blas(void) {
  struct exospool_blas blas = {NULL};
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) library = dlopen("libopenblas.so", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return blas;
  exospool_sgemm_function *sgemm = (exospool_sgemm_function *)dlsym(library, "cblas_sgemm");
  exospool_dgemm_function *dgemm = (exospool_dgemm_function *)dlsym(library, "cblas_dgemm");
  exospool_sgemv_function *sgemv = (exospool_sgemv_function *)dlsym(library, "cblas_sgemv");
  exospool_dgemv_function *dgemv = (exospool_dgemv_function *)dlsym(library, "cblas_dgemv");
  void (*set_threads)(int) = (void (*)(int))dlsym(library, "openblas_set_num_threads");
  char *(*core_name)(void) = (char *(*)(void))dlsym(library, "openblas_get_corename");
  if (sgemm == NULL || dgemm == NULL || sgemv == NULL || dgemv == NULL) return blas;
  if (set_threads == NULL || core_name == NULL) return blas;
  set_threads(1);
  blas.sgemm = sgemm;
  blas.dgemm = dgemm;
  blas.sgemv = sgemv;
  blas.dgemv = dgemv;
  blas.set_threads = set_threads;
  blas.kernels = core_name();
  return blas;
}
