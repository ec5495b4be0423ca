#include "RadiativeTransfer.h"

#include "Exponential.h"

EVERY_CPU void exospool_vector_exp_f64(const double *x, double *y, long count) {
  for (long j = 0; j < count; j++) y[j] = vector_exponential_f64(x[j]);
}

EVERY_CPU void exospool_add_absorbed_f64(const double *restrict tau, double weight, double *restrict sum,
                                         long count) {
  for (long j = 0; j < count; j++) sum[j] += weight * (1 - vector_exponential_f64(-tau[j]));
}

EVERY_CPU void exospool_add_absorbed_f32(const float *restrict transmittance, double weight,
                                         double *restrict sum, long count) {
  for (long j = 0; j < count; j++) sum[j] += weight * (double)(1 - transmittance[j]);
}

EVERY_CPU void exospool_transmittance_f32(const double *restrict tau, float *restrict transmittance,
                                          long count) {
  for (long j = 0; j < count; j++) transmittance[j] = exponential_f32((float)-tau[j]);
}

EVERY_CPU void exospool_add_rows_f64(double *restrict y, const double *r0, const double *r1, const double *r2,
                                     const double *r3, const double *c, long count) {
  const double c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3];
  for (long j = 0; j < count; j++) y[j] += c0 * r0[j] + c1 * r1[j] + c2 * r2[j] + c3 * r3[j];
}

enum { block = 64 };

// Below this nothing more can be seen: 1e-9 of a ring or of a layer's light.
static const float opaque = 1e-9f;

static inline __attribute__((always_inline)) int is_opaque(const float *transmittance, long count) {
  float largest = 0;
  for (long j = 0; j < count; j++) largest = transmittance[j] > largest ? transmittance[j] : largest;
  return largest < opaque;
}

// transmittance[j] *= mean over g of exp(k[g stride + j] amount[j]), amounts negative. The mean is written 1 - sum of
// weights (1 - exp): where little is absorbed, what is absorbed keeps its digits, and weights whose rounded sum is
// not quite 1 do no harm.
static inline __attribute__((always_inline)) void multiply_by_means(const float *restrict k, long stride,
                                                                    const float *restrict weights, long points,
                                                                    const float *restrict amount, float slant,
                                                                    float *restrict transmittance, long count) {
  if (points == 8) {
    float w[8];
    for (long g = 0; g < 8; g++) w[g] = weights[g];
#pragma clang loop vectorize(assume_safety)
    for (long j = 0; j < count; j++) {
      float absorbed = 0;
      const float a = slant * amount[j];
#pragma clang loop unroll(full)
      for (long g = 0; g < 8; g++) absorbed += w[g] * (1 - decay_f32(k[g * stride + j] * a));
      transmittance[j] *= 1 - absorbed;
    }
  } else {
    float absorbed[block] = {0};
    for (long g = 0; g < points; g++) {
      const float weight = weights[g];
      for (long j = 0; j < count; j++)
        absorbed[j] += weight * (1 - decay_f32(k[g * stride + j] * (slant * amount[j])));
    }
    for (long j = 0; j < count; j++) transmittance[j] *= 1 - absorbed[j];
  }
}

EVERY_CPU void exospool_exponential_mean_f32(const float *restrict k, long stride,
                                             const float *restrict weights, long points,
                                             const float *restrict amount, float *restrict transmittance,
                                             long count) {
  for (long start = 0; start < count; start += block) {
    const long size = count - start < block ? count - start : block;
    if (is_opaque(transmittance + start, size)) continue;
    multiply_by_means(k + start, stride, weights, points, amount + start, -1, transmittance + start, size);
  }
}

EVERY_CPU void exospool_slant_means_f32(const float *restrict k, long stride, const float *restrict weights,
                                        long points, const float *restrict amount, float *restrict tau,
                                        const float *restrict slants, long slant_count,
                                        float *restrict transmittance, long count) {
  static const float ones[block] = {
      1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
      1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  for (long g = 0; g < points; g++)
    for (long j = 0; j < count; j++) tau[g * count + j] += k[g * stride + j] * amount[j];
  for (long s = 0; s < slant_count; s++) {
    for (long start = 0; start < count; start += block) {
      const long size = count - start < block ? count - start : block;
      float *restrict result = transmittance + s * count + start;
      if (is_opaque(result, size)) continue;
      multiply_by_means(tau + start, count, weights, points, ones, -slants[s], result, size);
    }
  }
}

EVERY_CPU void exospool_emit_f64(const double *restrict tau, const double *restrict source,
                                 const double *slants, const double *weights, long slant_count,
                                 double *restrict transmittance, double *restrict flux, long count) {
  for (long s = 0; s < slant_count; s++) {
    const double slant = -slants[s], weight = weights[s];
    double *restrict above = transmittance + s * count;
    for (long j = 0; j < count; j++) {
      const double below = vector_exponential_f64(slant * tau[j]);
      flux[j] += weight * source[j] * (above[j] - below);
      above[j] = below;
    }
  }
}

EVERY_CPU void exospool_emit_f32(const float *restrict below, const double *restrict source,
                                 const double *weights, long slant_count, float *restrict transmittance,
                                 double *restrict flux, long count) {
  for (long s = 0; s < slant_count; s++) {
    const double weight = weights[s];
    for (long j = 0; j < count; j++) {
      flux[j] += weight * source[j] * (double)(transmittance[s * count + j] - below[s * count + j]);
      transmittance[s * count + j] = below[s * count + j];
    }
  }
}
