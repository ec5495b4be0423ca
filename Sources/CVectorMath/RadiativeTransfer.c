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

// The mean of the exponentials is written 1 - sum of weights (1 - exp): where little is absorbed, what is
// absorbed keeps its digits, and weights whose rounded sum is not quite 1 do no harm.
EVERY_CPU void exospool_exponential_mean_f32(const float *restrict k, long stride,
                                             const float *restrict weights, long points,
                                             const float *restrict amount, float *restrict transmittance,
                                             long count) {
  if (points == 8) {
    for (long j = 0; j < count; j++) {
      float absorbed = 0;
      const float a = -amount[j];
#pragma clang loop unroll(full)
      for (long g = 0; g < 8; g++)
        absorbed += weights[g] * (1 - exponential_f32(k[g * stride + j] * a));
      transmittance[j] *= 1 - absorbed;
    }
    return;
  }
  enum { block = 64 };
  for (long start = 0; start < count; start += block) {
    const long size = count - start < block ? count - start : block;
    float absorbed[block] = {0};
    for (long g = 0; g < points; g++) {
      const float weight = weights[g];
      for (long j = 0; j < size; j++)
        absorbed[j] += weight * (1 - exponential_f32(-k[g * stride + start + j] * amount[start + j]));
    }
    for (long j = 0; j < size; j++) transmittance[start + j] *= 1 - absorbed[j];
  }
}

EVERY_CPU void exospool_slant_means_f32(const float *restrict k, long stride, const float *restrict weights,
                                        long points, const float *restrict amount, float *restrict tau,
                                        const float *restrict slants, long slant_count,
                                        float *restrict transmittance, long count) {
  for (long g = 0; g < points; g++)
    for (long j = 0; j < count; j++) tau[g * count + j] += k[g * stride + j] * amount[j];
  for (long s = 0; s < slant_count; s++) {
    const float slant = -slants[s];
    float *restrict result = transmittance + s * count;
    if (points == 8) {
      for (long j = 0; j < count; j++) {
        float absorbed = 0;
#pragma clang loop unroll(full)
        for (long g = 0; g < 8; g++)
          absorbed += weights[g] * (1 - exponential_f32(tau[g * count + j] * slant));
        result[j] *= 1 - absorbed;
      }
    } else {
      for (long j = 0; j < count; j++) {
        float absorbed = 0;
        for (long g = 0; g < points; g++)
          absorbed += weights[g] * (1 - exponential_f32(tau[g * count + j] * slant));
        result[j] *= 1 - absorbed;
      }
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
