// The exponentials of this target, written so that compilers turn loops over them into vector instructions.
#ifndef EXOSPOOL_EXPONENTIAL_H
#define EXOSPOOL_EXPONENTIAL_H

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#define EVERY_CPU __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EVERY_CPU
#endif

// exp(x) = 2^n exp(r), n = round(x / ln 2), |r| <= ln 2 / 2. exp(r) by its Taylor series to r^7: the remainder
// is below r^8 / 8! = 5e-9, a tenth of a unit in the last place. ln 2 in two parts keeps r exact.
static inline __attribute__((always_inline)) float bounded_exponential_f32(float t) {
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

static inline __attribute__((always_inline)) float exponential_f32(float x) {
  return bounded_exponential_f32(x < -87.0f ? -87.0f : (x > 87.0f ? 87.0f : x));
}

// exp(x) for x <= 0.
static inline __attribute__((always_inline)) float decay_f32(float x) {
  return bounded_exponential_f32(x < -87.0f ? -87.0f : x);
}

// The same in double precision, to r^13: the remainder is below r^14 / 14! = 4e-18. Beyond |x| = 708 as at 708.
static inline __attribute__((always_inline)) double vector_exponential_f64(double x) {
  double t = x < -708.0 ? -708.0 : (x > 708.0 ? 708.0 : x);
  double shifted = t * 1.4426950408889634074 + 6755399441055744.0;  // 1.5 2^52
  int64_t n;
  memcpy(&n, &shifted, sizeof n);
  double rounded = shifted - 6755399441055744.0;
  // ln 2 in two parts (W. J. Cody and W. Waite 1980, Software Manual for the Elementary Functions).
  double r = t - rounded * 6.93145751953125e-1;
  r = r - rounded * 1.42860682030941723212e-6;
  double p = 1.0 / 6227020800;
  p = p * r + 1.0 / 479001600;
  p = p * r + 1.0 / 39916800;
  p = p * r + 1.0 / 3628800;
  p = p * r + 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  p = p * r * r + r + 1.0;
  uint64_t bits = ((uint64_t)n + 1023u) << 52;
  double power;
  memcpy(&power, &bits, sizeof power);
  return p * power;
}

#endif
